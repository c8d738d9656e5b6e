package merge

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Conflicts are settled one by one in any order: what was settled is the chosen side's, byte for
// byte, and in the end the file is as if it had been settled at once.
func TestSettle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var base []block
		for _, name := range blockNames {
			if rapid.Bool().Draw(t, "there "+name) {
				base = append(base, block{name, texts(name, rapid.IntRange(0, 11).Draw(t, "number "+name))})
			}
		}
		versions := [3][]byte{[]byte(write(base, 0)), []byte(write(change(t, "ours", base), 0)), []byte(write(change(t, "theirs", base), 0))}
		whole, err := Entries(versions[0], versions[1], versions[2])
		if err != nil {
			t.Fatal(err)
		}
		now, open := versions, whole
		for len(open.Open) > 0 {
			conflict := open.Open[rapid.IntRange(0, len(open.Open)-1).Draw(t, "which")]
			side := Side(rapid.IntRange(int(Ours), int(Theirs)).Draw(t, "side"))
			result, err := Settle(now[0], now[1], now[2], Settlement{Name: conflict.Name, Side: side})
			if err != nil {
				t.Fatalf("%s: %v", conflict.Name, err)
			}
			if len(result.Open) >= len(open.Open) {
				t.Fatalf("%d were open, %d are", len(open.Open), len(result.Open))
			}
			if conflict.Has[side] && !strings.Contains(string(result.Content), conflict.Texts[side]) {
				t.Fatalf("%s is not as the side wrote it:\n%s", conflict.Name, result.Content)
			}
			// The next one begins with what stands in the file.
			if now, _ = Apart(result.Content); now[0] == nil && len(result.Content) > 0 {
				t.Fatalf("cannot be taken apart:\n%s", result.Content)
			}
			if open, err = Entries(now[0], now[1], now[2]); err != nil {
				t.Fatal(err)
			}
			if len(open.Open) != len(result.Open) || string(open.Content) != string(result.Content) {
				t.Fatalf("read again it is\n%s\nwant\n%s", open.Content, result.Content)
			}
		}
		for _, side := range []Side{Ours, Theirs} {
			var all []Settlement
			for _, conflict := range whole.Open {
				all = append(all, Settlement{Name: conflict.Name, Side: side})
			}
			result, err := Settle(versions[0], versions[1], versions[2], all...)
			if err != nil || len(result.Open) > 0 || dense(result.Content) != dense(whole.Settled[side]) {
				t.Fatalf("settled at once: %v\n%s\nwant\n%s", err, result.Content, whole.Settled[side])
			}
		}
	})
}

// dense is a text without blank lines: those above an entry that goes may go with it.
func dense(text []byte) string {
	var lines []string
	for line := range strings.Lines(string(text)) {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

func TestSettleWithAText(t *testing.T) {
	const base = "[activity.a]\nstatus = \"todo\"\n\n[report]\n"
	ours, theirs := strings.Replace(base, "todo", "done", 1), strings.Replace(base, "todo", "doing", 1)
	const own = "# cả hai\n[activity.a]\nstatus = \"done\"\nnote = \"x\"\n"
	result, err := Settle([]byte(base), []byte(ours), []byte(theirs), Settlement{Name: "activity.a", Side: Ours, Text: own})
	if err != nil || string(result.Content) != own+"\n[report]\n" {
		t.Errorf("%v\n%s", err, result.Content)
	}
	if lines, found := Text(result.Content, "activity.a"); !found || lines != own {
		t.Errorf("%v: %q", found, lines)
	}
	for name, wrong := range map[string]Settlement{
		"no such conflict":   {Name: "report", Side: Ours},
		"no TOML":            {Name: "activity.a", Side: Ours, Text: "[activity.a\n"},
		"a second entry":     {Name: "activity.a", Side: Ours, Text: own + "[activity.b]\n"},
		"another entry":      {Name: "activity.a", Side: Ours, Text: "[activity.b]\n"},
		"no end of the line": {Name: "activity.a", Side: Ours, Text: strings.TrimSuffix(own, "\n") + " x"},
		"into the next one":  {Name: "activity.a", Side: Ours, Text: "[activity.a]\nnote = \"\"\"\n"},
	} {
		if result, err := Settle([]byte(base), []byte(ours), []byte(theirs), wrong); err == nil {
			t.Errorf("%s: taken:\n%s", name, result.Content)
		}
	}
}

func TestWholeKeepsBoth(t *testing.T) {
	marked := Whole([]byte("a"), []byte("b\n"), []byte("<<<<<<< ours\nc"))
	if want := "<<<<<<< ours\nb\n||||||| base\na\n=======\n<<<<<<< ours\nc\n>>>>>>> theirs\n"; string(marked) != want {
		t.Errorf("got\n%s", marked)
	}
}
