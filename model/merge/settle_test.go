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
		versions := Versions{Base: []byte(write(base, 0)), Ours: []byte(write(change(t, "ours", base), 0)), Theirs: []byte(write(change(t, "theirs", base), 0))}
		whole, err := Settle(versions)
		if err != nil {
			t.Fatal(err)
		}
		now, open := versions, whole
		for len(open.Open) > 0 {
			conflict := open.Open[rapid.IntRange(0, len(open.Open)-1).Draw(t, "which")]
			side := Side(rapid.IntRange(int(Ours), int(Theirs)).Draw(t, "side"))
			result, err := Settle(now, Settlement{Name: conflict.Name, Side: side})
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
			if now, _ = Apart(result.Content); now.Base == nil && len(result.Content) > 0 {
				t.Fatalf("cannot be taken apart:\n%s", result.Content)
			}
			if open, err = Settle(now); err != nil {
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
			result, err := Settle(versions, all...)
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

func TestWholeKeepsBoth(t *testing.T) {
	marked := Whole([]byte("a"), []byte("b\n"), []byte("<<<<<<< ours\nc"))
	if want := "<<<<<<< ours\nb\n||||||| base\na\n=======\n<<<<<<< ours\nc\n>>>>>>> theirs\n"; string(marked) != want {
		t.Errorf("got\n%s", marked)
	}
}

// An acceptance that waits for a decision goes on waiting when something else is settled first,
// although in what then stands between the marks one side has it as it was.
func TestAcceptanceStaysOpen(t *testing.T) {
	versions := Versions{
		Base:   []byte(three),
		Ours:   []byte(with(three, entryX, with(entryX, "todo", "done"), report, accepted)),
		Theirs: []byte(with(three, entryX, with(entryX, "todo", "doing"), entryY, with(entryY, "todo", "done"))),
	}
	whole, err := Settle(versions)
	if err != nil || len(whole.Open) != 2 || whole.Open[1].Name != "report" {
		t.Fatalf("%v: %+v", err, whole.Open)
	}
	first, err := Settle(versions, Settlement{Name: "activity.x", Side: Ours})
	if err != nil || strings.Join(first.Conflicts, " ") != "report" {
		t.Fatalf("%v: %v", err, first.Conflicts)
	}
	apart, ok := Apart(first.Content)
	again, err := Settle(apart)
	if !ok || err != nil || string(again.Content) != string(first.Content) {
		t.Fatalf("read again it is\n%s, %v\nwant\n%s", again.Content, err, first.Content)
	}
	last, err := Settle(apart, Settlement{Name: "report", Side: Theirs})
	if err != nil || len(last.Open) > 0 || strings.Contains(string(last.Content), "accepted") || strings.Count(string(last.Content), "done") != 2 {
		t.Errorf("%v:\n%s", err, last.Content)
	}
}
