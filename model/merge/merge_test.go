package merge

import (
	"strings"
	"testing"
)

// conflict writes what a conflict looks like.
func conflict(ours, base, theirs string) string {
	return "<<<<<<< ours\n" + ours + "||||||| base\n" + base + "=======\n" + theirs + ">>>>>>> theirs\n"
}

const (
	entryX = "[activity.x]\nstatus   = \"todo\"\n"
	entryY = "\n[activity.y]\nstatus   = \"todo\"\n"
	report = "\n[report]\n"
	three  = "# Văn phòng\n" + entryX + entryY + report

	accepted = "\n[report]\nstatus = \"accepted\"\n"
)

func with(text string, oldNew ...string) string { return strings.NewReplacer(oldNew...).Replace(text) }

type mergeCase struct{ base, ours, theirs, want string }

func mergeCases() map[string]mergeCase {
	doneX := with(entryX, "todo", "done")
	doneY := with(entryY, "todo", "done")
	return map[string]mergeCase{
		"nothing changed":            {three, three, three, three},
		"different entries":          {three, with(three, entryX, doneX), with(three, entryY, doneY), with(three, entryX, doneX, entryY, doneY)},
		"neighbouring lines":         {"[activity.x]\na = 1\n[activity.y]\na = 1\n", "[activity.x]\na = 2\n[activity.y]\na = 1\n", "[activity.x]\na = 1\n[activity.y]\na = 2\n", "[activity.x]\na = 2\n[activity.y]\na = 2\n"},
		"the same change":            {three, with(three, entryX, doneX), with(three, entryX, doneX), with(three, entryX, doneX)},
		"figures belong to an entry": {three, with(three, entryX, entryX+"\n[activity.x.figures]\na = 1\n"), with(three, entryY, doneY), with(three, entryX, entryX+"\n[activity.x.figures]\na = 1\n", entryY, doneY)},
		"two keys of one entry": {
			three, with(three, entryX, doneX), with(three, entryX, entryX+"note = \"a\"\n"),
			conflict("# Văn phòng\n"+doneX, "# Văn phòng\n"+entryX, "# Văn phòng\n"+entryX+"note = \"a\"\n") + entryY + report,
		},
		"an entry and its figures": {
			entryX + report, doneX + report, entryX + "[activity.x.figures]\na = 1\n" + report,
			conflict(doneX, entryX, entryX+"[activity.x.figures]\na = 1\n") + report,
		},
		"removed and changed": {
			three, "# Văn phòng\n" + entryX + report, with(three, entryY, doneY),
			"# Văn phòng\n" + entryX + "\n" + conflict("", entryY[1:], doneY[1:]) + report,
		},
		"removed on both sides":   {three, with(three, entryY, ""), with(three, entryY, ""), with(three, entryY, "")},
		"removed and left alone":  {three, with(three, entryY, ""), with(three, entryX, doneX), with(three, entryY, "", entryX, doneX)},
		"new ones at one place":   {three, three + "\n[message.m2]\na = 1\n", three + "\n[message.m1]\na = 1\n", three + "\n[message.m1]\na = 1\n\n[message.m2]\na = 1\n"},
		"the same new one":        {three, three + "\n[message.m1]\na = 1\n", three + "\n[message.m1]\na = 1\n", three + "\n[message.m1]\na = 1\n"},
		"two versions of one new": {three, three + "\n[message.m1]\na = 1\n", three + "\n[message.m1]\na = 2\n", three + "\n" + conflict("[message.m1]\na = 1\n", "", "[message.m1]\na = 2\n")},
		"new ones that are shared": {
			"", "[a]\n[b]\n[d]\n", "[b]\n[c]\n[d]\n", "[a]\n[b]\n[c]\n[d]\n",
		},
		"both files new":                    {"", entryX + report, entryX + entryY, entryX + entryY + report},
		"new at different places":           {three, with(three, report, "\n[activity.z]\na = 1\n"+report), three + "\n[message.m1]\na = 1\n", with(three, report, "\n[activity.z]\na = 1\n"+report) + "\n[message.m1]\na = 1\n"},
		"root keys one by one":              {"a = 1\nb = 1\nc = 1\n", "a = 2\nb = 1\nc = 1\n", "a = 1\nb = 1\nc = 2\nd = 3\n", "a = 2\nb = 1\nc = 2\nd = 3\n"},
		"a root key and a table":            {"a = 1\n", "a = 1\nb = 1\n", "a = 1\n\n[t]\nx = 1\n", "a = 1\nb = 1\n\n[t]\nx = 1\n"},
		"elements by their id":              {"[[unit]]\nid = \"a\"\n[[unit]]\nid = \"b\"\n", "[[unit]]\nid = \"a\"\nname = \"A\"\n[[unit]]\nid = \"b\"\n", "[[unit]]\nid = \"b\"\nname = \"B\"\n", conflict("[[unit]]\nid = \"a\"\nname = \"A\"\n", "[[unit]]\nid = \"a\"\n", "") + "[[unit]]\nid = \"b\"\nname = \"B\"\n"},
		"elements added by both":            {"[[person]]\nid = \"a\"\n", "[[person]]\nid = \"a\"\n\n[[person]]\nid = \"lan\"\n", "[[person]]\nid = \"a\"\n\n[[person]]\nid = \"hoa\"\n", "[[person]]\nid = \"a\"\n\n[[person]]\nid = \"hoa\"\n\n[[person]]\nid = \"lan\"\n"},
		"sub-tables of elements":            {"[[activity]]\nid = \"a\"\n[[activity.indicator]]\nid = \"i\"\n[[activity]]\nid = \"b\"\n", "[[activity]]\nid = \"a\"\n[[activity.indicator]]\nid = \"i\"\nsum = \"add\"\n[[activity]]\nid = \"b\"\n", "[[activity]]\nid = \"a\"\n[[activity.indicator]]\nid = \"i\"\n[[activity]]\nid = \"b\"\ntitle = \"B\"\n", "[[activity]]\nid = \"a\"\n[[activity.indicator]]\nid = \"i\"\nsum = \"add\"\n[[activity]]\nid = \"b\"\ntitle = \"B\"\n"},
		"elements without id are one entry": {"[[r]]\nt = 1\n[[r]]\nt = 2\n[s]\n", "[[r]]\nt = 2\n[s]\n", "[[r]]\nt = 1\n[[r]]\nt = 3\n[s]\n", conflict("[[r]]\nt = 2\n", "[[r]]\nt = 1\n[[r]]\nt = 2\n", "[[r]]\nt = 1\n[[r]]\nt = 3\n") + "[s]\n"},
		"the order of one side stays":       {"[a]\n[b]\n[c]\n", "[c]\n[a]\n[b]\n", "[a]\n[b]\nx = 1\n[c]\n", "[c]\n[a]\n[b]\nx = 1\n"},
		"two orders of tables":              {"[a]\n[b]\n[c]\n", "[c]\n[a]\n[b]\n", "[a]\n[c]\n[b]\n", "[a]\n[c]\n[b]\n"},
		"two orders of elements": {
			"[[u]]\nid = \"a\"\n[[u]]\nid = \"b\"\n[[u]]\nid = \"c\"\n",
			"[[u]]\nid = \"c\"\n[[u]]\nid = \"a\"\n[[u]]\nid = \"b\"\n",
			"[[u]]\nid = \"a\"\n[[u]]\nid = \"c\"\n[[u]]\nid = \"b\"\n",
			conflict(
				"[[u]]\nid = \"c\"\n[[u]]\nid = \"a\"\n[[u]]\nid = \"b\"\n",
				"[[u]]\nid = \"a\"\n[[u]]\nid = \"b\"\n[[u]]\nid = \"c\"\n",
				"[[u]]\nid = \"a\"\n[[u]]\nid = \"c\"\n[[u]]\nid = \"b\"\n"),
		},
		"another spelling on both sides": {"[a]\nx = 1\n", "[a]\nx = 0x2\n", "[a]\nx = 2\n", "[a]\nx = 0x2\n"},
		"headers or inline":              {"[activity.x]\n", "[activity.x]\nf = { a = 1 }\n", "[activity.x]\n[activity.x.f]\na = 1\n", "[activity.x]\n[activity.x.f]\na = 1\n"},
		"other spelling, other comments": {"[a]\nx = 1\n", "[a]\nx = 2 # one\n", "[a]\nx = 2 # two\n", conflict("[a]\nx = 2 # one\n", "[a]\nx = 1\n", "[a]\nx = 2 # two\n")},
		"other spelling, one comment":    {"[a]\nx = 1\n", "[a]\nx = 2 # one\n", "[a]\nx = 0x2\n", "[a]\nx = 2 # one\n"},
		"a date is no text":              {"[a]\nx = 1\n", "[a]\nx = 2019-11-15\n", "[a]\nx = \"2019-11-15\"\n", conflict("[a]\nx = 2019-11-15\n", "[a]\nx = 1\n", "[a]\nx = \"2019-11-15\"\n")},
		"a whole number is no fraction":  {"[a]\nx = 1\n", "[a]\nx = 2\n", "[a]\nx = 2.0\n", conflict("[a]\nx = 2\n", "[a]\nx = 1\n", "[a]\nx = 2.0\n")},
		"a comment and the value below":  {"# one\n[a]\nx = 1\n", "# two\n[a]\nx = 1\n", "# one\n[a]\nx = 2\n", conflict("# two\n[a]\nx = 1\n", "# one\n[a]\nx = 1\n", "# one\n[a]\nx = 2\n")},
		"a comment that stands apart":    {"# head\n\n[a]\nx = 1\n", "# other\n\n[a]\nx = 1\n", "# head\n\n[a]\nx = 2\n", "# other\n\n[a]\nx = 2\n"},
		"a comment below the last line":  {"[a]\nx = 1\n# end\n", "[a]\nx = 1\n# end\n\n[b]\ny = 1\n", "[a]\nx = 1\n# end\n\n[c]\ny = 1\n", "[a]\nx = 1\n# end\n\n[b]\ny = 1\n\n[c]\ny = 1\n"},
		"people below a long comment":    {"[[unit]]\nid = \"u\"\n\n# [[person]]\n# id = \"x\"\n", "[[unit]]\nid = \"u\"\n\n# [[person]]\n# id = \"x\"\n\n[[person]]\nid = \"lan\"\n", "[[unit]]\nid = \"u\"\n\n# [[person]]\n# id = \"x\"\n\n[[person]]\nid = \"hoa\"\n", "[[unit]]\nid = \"u\"\n\n# [[person]]\n# id = \"x\"\n\n[[person]]\nid = \"hoa\"\n\n[[person]]\nid = \"lan\"\n"},
		"line ends of one side":          {"[a]\nx = 1\n[b]\ny = 1\n", "[a]\r\nx = 1\r\n[b]\r\ny = 1\r\n", "[a]\nx = 2\n[b]\ny = 1\n", "[a]\nx = 2\n[b]\r\ny = 1\r\n"},
		"line ends of all three":         {"[a]\nx = 1\ny = 1\n", "[a]\r\nx = 1\ny = 1\n", "[a]\nx = 1\r\ny = 1\n", "[a]\nx = 1\r\ny = 1\n"},
		"a comment goes down":            {"# c\n\na = 1\n\n[[u]]\nid = \"a\"\n\n[[u]]\nid = \"b\"\n", "# c\n\na = 1\n\n[[u]]\nid = \"n\"\n\n[[u]]\nid = \"b\"\n", "a = 1\n\n[[u]]\nid = \"a\"\n\n[[u]]\nid = \"b\"\n\n# c\n", "a = 1\n\n[[u]]\nid = \"n\"\n\n[[u]]\nid = \"b\"\n\n# c\n"},
		"line ends of both sides":        {"[a]\r\nx = 1\r\n", "[a]\r\nx = 2\r\n", "[a]\r\nx = 3\r\n", "<<<<<<< ours\r\n[a]\r\nx = 2\r\n||||||| base\r\n[a]\r\nx = 1\r\n=======\r\n[a]\r\nx = 3\r\n>>>>>>> theirs\r\n"},
		"a byte order mark":              {"a = 1\n", "\xef\xbb\xbfa = 1\n", "a = 2\n", "\xef\xbb\xbfa = 2\n"},
		"a byte order mark goes":         {"\xef\xbb\xbf[a]\n", "[a]\n", "\xef\xbb\xbf[a]\n[b]\n", "[a]\n[b]\n"},
		"no final line end":              {"[a]\nx = 1", "[a]\nx = 2", "[a]\nx = 1\n\n[b]\ny = 1", "[a]\nx = 2\n\n[b]\ny = 1"},
		"the final line end comes":       {"[a]\nx = 1", "[a]\nx = 1\n", "[a]\nx = 2", "[a]\nx = 2\n"},
		"the final line end goes":        {"[a]\nx = 1\n", "[a]\nx = 1", "[a]\nx = 2\n", "[a]\nx = 2"},
		"a conflict at the end":          {"[a]\nx = 1", "[a]\nx = 2", "[a]\nx = 3", conflict("[a]\nx = 2\n", "[a]\nx = 1\n", "[a]\nx = 3\n")},
		"dotted keys":                    {"activity.x.a = 1\nactivity.y.a = 1\n", "activity.x.a = 2\nactivity.y.a = 1\n", "activity.x.a = 1\nactivity.y.a = 2\n", "activity.x.a = 2\nactivity.y.a = 2\n"},
		"dotted keys and a header":       {"activity.x.a = 1\n[activity.x.figures]\nn = 1\n", "activity.x.a = 2\n[activity.x.figures]\nn = 1\n", "activity.x.a = 1\n[activity.x.figures]\nn = 2\n", conflict("activity.x.a = 2\n[activity.x.figures]\nn = 1\n", "activity.x.a = 1\n[activity.x.figures]\nn = 1\n", "activity.x.a = 1\n[activity.x.figures]\nn = 2\n")},
		"an inline table":                {"activity = { x = { a = 1 }, y = { a = 1 } }\nz = 1\n", "activity = { x = { a = 2 }, y = { a = 1 } }\nz = 1\n", "activity = { x = { a = 1 }, y = { a = 1 } }\nz = 2\n", "activity = { x = { a = 2 }, y = { a = 1 } }\nz = 2\n"},
		"a scattered entry":              {"[activity.x]\na = 1\n[activity.y]\na = 1\n[activity.x.figures]\nn = 1\n[report]\n", "[activity.x]\na = 2\n[activity.y]\na = 1\n[activity.x.figures]\nn = 1\n[report]\n", "[activity.x]\na = 1\n[activity.y]\na = 1\n[activity.x.figures]\nn = 1\n[report]\nz = 1\n", "[activity.x]\na = 2\n[activity.y]\na = 1\n[activity.x.figures]\nn = 1\n[report]\nz = 1\n"},
		"a header that would take over keys of others": {
			"[[l]]\nid = \"a\"\n[[l]]\nid = \"b\"\n[t]\n[l.s]\nx = 1\n",
			"[[l]]\nid = \"a\"\n[[l]]\nid = \"b\"\n[t]\n[l.s]\nx = 1\n[[l]]\nid = \"c\"\n",
			"[[l]]\nid = \"a\"\n[[l]]\nid = \"b\"\n[t]\ny = 1\n[l.s]\nx = 1\n",
			"[[l]]\nid = \"a\"\n[[l]]\nid = \"b\"\n[t]\ny = 1\n[l.s]\nx = 1\n[[l]]\nid = \"c\"\n",
		},
		"two spellings of one entry": {
			"[activity]\nx.a = 1\n", "[activity]\nx.a = 1\ny.a = 1\n", "[activity]\nx.a = 1\n[activity.y]\na = 2\n",
			conflict("[activity]\nx.a = 1\ny.a = 1\n", "[activity]\nx.a = 1\n", "[activity]\nx.a = 1\n[activity.y]\na = 2\n"),
		},
		"a list becomes inline": {
			"[[u]]\nid = \"a\"\n", "u = [{ id = \"a\" }]\n", "[[u]]\nid = \"a\"\nx = 1\n",
			conflict("u = [{ id = \"a\" }]\n", "[[u]]\nid = \"a\"\n", "[[u]]\nid = \"a\"\nx = 1\n"),
		},
		"accepted, and a change elsewhere": {
			three, with(three, report, accepted), with(three, entryX, doneX),
			"# Văn phòng\n" + doneX + entryY + "\n" + conflict(accepted[1:], report[1:], report[1:]),
		},
		"accepted, and something new elsewhere": {
			three, three + "\n[message.m1]\na = 1\n", with(three, report, accepted),
			"# Văn phòng\n" + entryX + entryY + "\n" + conflict(report[1:], report[1:], accepted[1:]) + "\n[message.m1]\na = 1\n",
		},
		"accepted, and something gone elsewhere": {
			three, with(three, report, accepted), with(three, entryY, ""),
			"# Văn phòng\n" + entryX + "\n" + conflict(accepted[1:], report[1:], report[1:]),
		},
		"accepted, and the same change elsewhere": {
			three, with(three, report, accepted, entryX, doneX), with(three, entryX, doneX), with(three, report, accepted, entryX, doneX),
		},
		"accepted, and a comment elsewhere": {three, with(three, report, accepted), "# khác\n\n" + three, "# khác\n\n" + with(three, report, accepted)},
		"accepted before, and a change":     {with(three, report, accepted), with(three, report, accepted, entryX, doneX), with(three, report, accepted, entryY, doneY), with(three, report, accepted, entryX, doneX, entryY, doneY)},
		"accepted with dotted keys":         {"report.status = 'submitted'\na = 1\n", "report.status = 'accepted'\na = 1\n", "report.status = 'submitted'\na = 2\n", conflict("report.status = 'accepted'\n", "report.status = 'submitted'\n", "report.status = 'submitted'\n") + "a = 2\n"},
		"a root key below a comment":        {"# c\n\na = 1\n", "# c\n\nt = 2\n", "# c\n\nt = 2\n", "# c\n\nt = 2\n"},
		"a table above a comment":           {"# c\n\na = 1\n", "[t]\n\n# c\n", "[t]\n\n# c\n", "[t]\n\n# c\n"},
		"a table above, a key below":        {"# c\n", "[t]\n\n# c\n", "# c\n\na = 1\n", "\na = 1\n[t]\n\n# c\n"},
		"empty":                             {"", "", "", ""},
		"all gone":                          {"a = 1\n", "", "", ""},
		"only mark":                         {"\xef\xbb\xbf", "\xef\xbb\xbf", "\xef\xbb\xbfa = 1", "\xef\xbb\xbfa = 1"},
	}
}

// Every case is also merged with its sides changed over, and each side with itself.
func TestEntries(t *testing.T) {
	for name, c := range mergeCases() {
		t.Run(name, func(t *testing.T) {
			result := merged(t, c.base, c.ours, c.theirs)
			if string(result.Content) != c.want {
				t.Errorf("got\n%s\nwant\n%s", result.Content, c.want)
			}
			if inConflict := strings.Contains(c.want, markOurs); inConflict != (len(result.Conflicts) > 0) {
				t.Errorf("conflicts: %q", result.Conflicts)
			}
			checkLaws(t, c.base, c.ours, c.theirs)
		})
	}
}

func merged(t testing.TB, base, ours, theirs string) Result {
	t.Helper()
	result, err := Entries([]byte(base), []byte(ours), []byte(theirs))
	if err != nil {
		t.Fatalf("%v\nbase\n%s\nours\n%s\ntheirs\n%s", err, base, ours, theirs)
	}
	return result
}

func TestConflictNames(t *testing.T) {
	tests := map[string]struct{ base, ours, theirs, want string }{
		"activity": {"[activity.x]\na = 1\n", "[activity.x]\na = 2\n", "[activity.x]\na = 3\n", "activity.x"},
		"unit":     {"[[unit]]\nid = \"a\"\n", "[[unit]]\nid = \"a\"\nx = 1\n", "[[unit]]\nid = \"a\"\nx = 2\n", `unit["a"]`},
		"list":     {"[[r]]\na = 1\n", "[[r]]\na = 2\n", "[[r]]\na = 3\n", "r"},
		"two":      {"a = 1\nb = 1\n", "a = 2\nb = 2\n", "a = 3\nb = 3\n", "a;b"},
		"hostile":  {"\"\\u001b[2J\" = 1\n", "\"\\u001b[2J\" = 2\n", "\"\\u001b[2J\" = 3\n", `"\x1b[2J"`},
		"fused":    {"c = 1\na.b.x = 1\nd = 1\n[a.b.f]\n", "c = 1\na.b.x = 2\nd = 1\n[a.b.f]\n", "c = 1\na.b.x = 1\nd = 3\n[a.b.f]\n", ""},
		"mixed":    {"a.x = 1\nd = 1\na.y = 1\n", "a.x = 2\nd = 1\na.y = 1\n", "a.x = 1\nd = 3\na.y = 1\n", "a, d"},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(merged(t, c.base, c.ours, c.theirs).Conflicts, ";"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestUnreadable(t *testing.T) {
	good := "[activity.x]\nstatus = \"todo\"\n"
	tests := map[string]struct{ broken, want string }{
		"no TOML":        {"a = \n", "1:5: the value is missing"},
		"conflict marks": {conflict("a = 1\n", "", "a = 2\n"), "1:1: git conflict marker"},
		"too large":      {"# " + strings.Repeat("x", 1<<20), "1:1: the file is too large"},
		"too deep":       {"a = " + strings.Repeat("[", 20) + strings.Repeat("]", 20) + "\n", "1:21: brackets are nested too deeply"},
		"key twice":      {"a = 1\na = 2\n", "2:1: the key is defined twice"},
		"newer schema":   {"x = 1\nschema = 2\n", "2:10: schema is 2; want the number 1"},
		"newest plan":    {"schema = 3\n[plan]\n", "1:10: schema is 3; want the number 1"},
		"no schema":      {"schema = \"1\"\n", "1:10: schema is \"1\"; want the number 1"},
		"binary":         {"\x00\x01\xff", "1:1: control character"},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			for side, files := range [][3]string{{c.broken, good, good}, {good, c.broken, good}, {good, good, c.broken}} {
				result, err := Entries([]byte(files[0]), []byte(files[1]), []byte(files[2]))
				if want := [...]string{"base:", "ours:", "theirs:"}[side] + c.want; err == nil || err.Error() != want {
					t.Errorf("got %v, want %s", err, want)
				}
				if result.Content != nil {
					t.Errorf("still made %q", result.Content)
				}
			}
		})
	}
}

// One side has given the plan a calendar, and with it the second version; the other one has changed an activity.
func TestSecondVersionOfThePlan(t *testing.T) {
	base := "schema = 1\n\n[plan]\nid = \"x\"\n\n[[activity]]\nid = \"a\"\ntitle = \"A\"\n"
	ours := strings.Replace(base, "schema = 1", "schema = 2", 1) + "\n[calendar]\nholidays = [2019-09-02]\n"
	theirs := strings.Replace(base, `"A"`, `"B"`, 1)
	for _, sides := range [][2]string{{ours, theirs}, {theirs, ours}} {
		got := merged(t, base, sides[0], sides[1])
		if want := strings.Replace(ours, `"A"`, `"B"`, 1); string(got.Content) != want || len(got.Conflicts) > 0 {
			t.Errorf("got\n%s\nwant\n%s", got.Content, want)
		}
	}
}

// Marks that stand in a text must not be taken for those of a conflict.
func TestTextLikeMarks(t *testing.T) {
	text := "[a]\nx = \"\"\"\n=======\n\"\"\"\n"
	other := text + "[b]\n"
	if got := merged(t, text, text+"[c]\n", other); string(got.Content) != other+"[c]\n" {
		t.Errorf("got\n%s", got.Content)
	}
	if got, err := Entries([]byte(text), []byte(text+"y = 1\n"), []byte(text+"y = 2\n")); err == nil {
		t.Errorf("ambiguous marks:\n%s", got.Content)
	}
}
