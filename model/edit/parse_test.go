package edit

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// parseCases are files with problems; want lists the first of them as line:column message,
// each as it is named once the line of the one before it is taken out; none for a good file.
var parseCases = []struct {
	name, src string
	want      []string
}{
	{"nothing wrong", "a = 1\n", nil},
	{
		"two bad values, the good ones between", "ok = 1\nd = 2019-02-31\nfine = \"x\"\n\n[t]\nn = 99999999999999999999\nlast = true\n",
		[]string{"2:5 not a date or time", "6:5 the number is out of range"},
	},
	{
		"bad values in arrays and inline tables", "a = [1, 2019-13-01, 07]\nb = { x = 1.e5 }\nc = [07]\nd = { y = \"\\q\" }\n",
		[]string{"1:9 not a date or time", "2:11 not a number", "3:6 not a number", "4:12 unknown escape in a text"},
	},
	{
		"torn lines among others", "[activity.a]\nstatus = \nby \"lan\"\nat = 2019-02-31\nnote = \"x\" y\nstatus = \"todo\"\n",
		[]string{"2:10 the value is missing", "3:4 the = after the key is missing", "4:6 not a date or time", "5:12 there is something after the value"},
	},
	{
		"days as people write them", "a = 18/11/2019\nb = 31/2/2019 # x\nc = 18.11.2019\nd = [1, 18/11/2019]\ne = 15.000.000\nf = 2019-11-18\n",
		[]string{"1:5 not a date or time", "2:5 not a date or time", "3:5 not a date or time", "4:9 not a date or time", "5:5 not a number"},
	},
	{
		"text without quotes", "status = done\nname = đang làm\nlist = [a, b]\nyes = True\n",
		[]string{"1:10 text without quotes", "2:8 text without quotes", "3:9 text without quotes", "4:7 text without quotes"},
	},
	{
		"keys twice", "a = 1\n[t]\nx = 1\ny = 2\nx = 3\n[u]\nd = 2019-02-31\n",
		[]string{"5:1 the key is defined twice (3:1)", "7:5 not a date or time"},
	},
	{
		"tables twice", "[t]\nx = 1\n[t]\ny = 2019-02-31\n[t.u]\nx = 1\n",
		[]string{"3:2 the table is defined twice (1:2)", "4:5 not a date or time"},
	},
	{
		"names in use", "a = 1\n[a]\n[a.b]\nb.c = 1\n[[d]]\n[d]\n[e]\nf.g = 1\n[e.f]\n[[e]]\n",
		[]string{
			"2:2 the name is already in use for something else (1:1)", "3:2 the name is already in use for something else (1:1)",
			"6:2 the name is already in use for something else (5:3)", "9:4 the table is defined twice (8:1)",
			"10:3 the name is already in use for something else (7:2)",
		},
	},
	{
		"text not closed", "note = \"abc\nby = \"lan\"\nat = 2019-02-31\n",
		[]string{"1:8 a closing quotation mark is missing", "3:6 not a date or time"},
	},
	{
		"text broken over two lines", "note = \"one\ntwo\"\nat = 2019-02-31\n",
		[]string{"1:8 a closing quotation mark is missing"},
	},
	{
		"array not closed", "evidence = [\"a\",\n  \"b\"\n\n[activity.b]\nstatus = 2019-02-31\n",
		[]string{"1:12 a closing bracket of the array is missing"},
	},
	{
		"array not closed before a key", "x = [1, 2\ny = [3\nz = 2019-02-31\n",
		[]string{"1:5 a closing bracket of the array is missing", "2:5 a closing bracket of the array is missing", "3:5 not a date or time"},
	},
	{
		"comma missing", "x = [1 2]\ny = [\n  1\n  2\n]\nz = { a = 1 b = 2 }\nd = 2019-02-31\n",
		[]string{"1:8 a comma or the closing bracket is missing", "4:3 a comma or the closing bracket is missing", "6:13 a comma or the closing bracket is missing", "7:5 not a date or time"},
	},
	{
		"brackets at the end", "x = [1,",
		[]string{"1:5 a closing bracket of the array is missing"},
	},
	{
		"inline table at the end", "x = { a = 1,",
		[]string{"1:5 a closing brace of the inline table is missing"},
	},
	{
		"long text not closed", "a = 2019-02-31\nx = \"\"\"\nabc\ny = 1\n",
		[]string{"1:5 not a date or time", "2:5 the closing quotation marks of several lines are missing"},
	},
	{
		"long text that swallows the next one", "a = 2019-02-31\nx = \"\"\"\nabc\ny = \"\"\"\nđã làm\nchưa làm\n\"\"\"\nz = 1\n",
		[]string{"1:5 not a date or time", "2:5 the closing quotation marks of several lines are missing"},
	},
	{
		"torn header", "[a]\nx = 1\n[b\nz = 2019-02-31\n[c]\nx = 1\ny = 2019-02-31\n",
		[]string{"3:3 the ] after the table name is missing", "4:5 not a date or time", "7:5 not a date or time"},
	},
	{
		"a torn header and a real clash", "[p.q]\n[t\n[p.q]\n[v]\n[[v]]\n[w.x]\n[w]\n[[w]]\n",
		[]string{
			"2:3 the ] after the table name is missing", "3:4 the table is defined twice (1:4)",
			"5:3 the name is already in use for something else (4:2)", "8:3 the name is already in use for something else (7:2)",
		},
	},
	{
		"text whose opening is torn", "a = 2019-02-31\nresults =\nĐã treo băng rôn.\n\nĐã họp.\"\"\"\nb = 1\nc = \"\"\"\nx\"\"\"\n",
		[]string{"1:5 not a date or time", "2:10 the value is missing"},
	},
	{
		"header without its first bracket", "[a]\nx = 1\nb]\nx = 2\n",
		[]string{"3:2 the = after the key is missing"},
	},
	{
		"after a header", "[a] x = 1\ny = 1\n[]\n[a.]\n",
		[]string{"1:5 there is something after the table name", "3:2 a key is missing", "4:4 a key is missing"},
	},
	{
		"key with Vietnamese letters", "tổ = 1\na = 1\n\"\"\"a\"\"\" = 1\n",
		[]string{"1:2 the = after the key is missing", "3:1 a key is missing"},
	},
	{
		"conflict", "[a]\nx = 1\n<<<<<<< HEAD\ny = 2\n=======\ny = 3\n>>>>>>> theirs\nz = 2019-02-31\n",
		[]string{"3:1 git conflict marker", "8:5 not a date or time"},
	},
	{
		"two conflicts, one with its base, headers inside", "<<<<<<< HEAD\n[a]\n=======\n[b]\n>>>>>>> b\nx = 1\n<<<<<<< HEAD\n[c]\n||||||| base\n[a]\n=======\n[d]\n>>>>>>> b\nx = 2\n",
		[]string{"1:1 git conflict marker", "7:1 git conflict marker"},
	},
	{
		"conflict in a long text and in an array", "x = \"\"\"\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> b\n\"\"\"\ny = [\n<<<<<<< HEAD\n  1,\n=======\n  2,\n>>>>>>> b\n]\nz = 2019-02-31\n",
		[]string{"2:1 git conflict marker", "9:1 git conflict marker", "15:5 not a date or time"},
	},
	{
		"conflict that swaps the opening of a text", "<<<<<<< HEAD\nx = \"\"\"\na\n=======\nx = \"\"\"\nb\n>>>>>>> b\nc\"\"\"\ny = 2019-02-31\n",
		[]string{"1:1 git conflict marker"},
	},
	{
		"marker left over", "d = 2019-02-31\nx = 1\n=======\nx = 2\n>>>>>>> b\n",
		[]string{"1:5 not a date or time", "3:1 git conflict marker"},
	},
	{"a rule in a long text is no conflict", "x = \"\"\"\nKết quả\n=======\n>>>>>>> x\n\"\"\"\n", nil},
	{
		"CRLF conflict", "a = 1\r\n<<<<<<< HEAD\r\nb = 1\r\n=======\r\nb = 2\r\n>>>>>>> b\r\nc = 2019-02-31\r\n",
		[]string{"2:1 git conflict marker", "7:5 not a date or time"},
	},
	{
		"bytes that are not UTF-8", "# \xe1\nx = \"a\xff\xfeb\"\ny = 2019-02-31\nz\xff = 1\n",
		[]string{"1:3 not UTF-8 text", "2:7 not UTF-8 text", "4:2 not UTF-8 text", "3:5 not a date or time"},
	},
	{
		"control characters", "# a\x00\nx = \"\x1b[2J\"\ny = 'a\rb'\nz = 1\n",
		[]string{"1:4 control character", "2:6 control character", "3:7 control character"},
	},
	{"UTF-16", "\xff\xfea\x00=\x001\x00\n\x00", []string{"1:1 the file is in UTF-16"}},
	{"column in characters, BOM not counted", "\xef\xbb\xbf\"tổ\" = 2019-02-31\n", []string{"1:8 not a date or time"}},
	{"offset from UTC", "a = 2019-11-15T08:00:00+07:60\n", []string{"1:5 not a date or time"}},
	{"hex and times", "a = 0x\nb = 25:00:00\nc = 1__0\nd = +0x1\n", []string{"1:5 not a number", "2:5 not a date or time", "3:5 not a number", "4:5 not a number"}},
}

func describe(src []byte, e *Error) string {
	line, column := Position(src, e.Offset)
	said := fmt.Sprintf("%d:%d %s", line, column, e.Message)
	if e.Other >= 0 {
		line, column = Position(src, e.Other)
		said += fmt.Sprintf(" (%d:%d)", line, column)
	}
	return said
}

// without blanks out the line that an error stands in, or the whole conflict.
func without(src []byte, e *Error) []byte {
	text := string(src)
	start, end := lineStart(text, e.Offset), lineEnd(text, e.Offset)
	if closing := strings.Index(text[start:], "\n>>>>>>>"); e.Message == MessageConflict && closing >= 0 {
		end = lineEnd(text, start+closing+1)
	}
	mended := slices.Clone(src)
	for i := start; i < end; i++ {
		if mended[i] != '\n' && mended[i] != '\r' {
			mended[i] = ' '
		}
	}
	return mended
}

func TestParseProblems(t *testing.T) {
	for _, c := range parseCases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			src := []byte(c.src)
			for d, problem := Parse(src); problem != nil; d, problem = Parse(src) {
				checkProblem(t, src, d, problem)
				got = append(got, describe(src, problem))
				if len(got) == max(1, len(c.want)) {
					break
				}
				src = without(src, problem)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
			}
		})
	}
}

// Every node knows where it and its key stand.
func TestPlaces(t *testing.T) {
	src := "\xef\xbb\xbfschema = 1\n\n[plan]\nid = \"x\" # c\na.b = 1\n\n[[unit]] # u\nid = 'a'\n  [unit.deep.er]\n  l = [ 1, {k = 2} ]\n[[ unit ]]\n"
	d, problem := Parse([]byte(src))
	if problem != nil {
		t.Fatal(describe([]byte(src), problem))
	}
	tests := []struct {
		path       Path
		kind       Kind
		value, key string // what stands at Offset to End, and what begins at KeyOffset
	}{
		{nil, Table, "", "\xef\xbb\xbf"},
		{Path{"schema"}, Scalar, "1", "schema"},
		{Path{"plan"}, Table, "[plan]", "plan]"},
		{Path{"plan", "id"}, Scalar, `"x"`, "id ="},
		{Path{"plan", "a"}, Table, "a", "a.b"},
		{Path{"plan", "a", "b"}, Scalar, "1", "b = 1"},
		{Path{"unit"}, TableArray, "[[unit]]", "unit]] #"},
		{Path{"unit", 0}, Table, "[[unit]]", "unit]] #"},
		{Path{"unit", 1}, Table, "[[ unit ]]", "unit ]]"},
		{Path{"unit", -1}, Table, "[[ unit ]]", "unit ]]"},
		{Path{"unit", 0, "deep"}, Table, "deep", "deep.er"},
		{Path{"unit", 0, "deep", "er"}, Table, "[unit.deep.er]", "er]"},
		{Path{"unit", 0, "deep", "er", "l"}, Array, "[ 1, {k = 2} ]", "l ="},
		{Path{"unit", 0, "deep", "er", "l", 0}, Scalar, "1", "1, {"},
		{Path{"unit", 0, "deep", "er", "l", 1}, InlineTable, "{k = 2}", "{k"},
		{Path{"unit", 0, "deep", "er", "l", 1, "k"}, Scalar, "2", "k = 2"},
		{Path{"unit", 2}, Missing, "", "\xef\xbb\xbf"},
		{Path{"plan", "id", "x"}, Missing, "", "\xef\xbb\xbf"},
	}
	for _, c := range tests {
		n := d.Find(c.path...)
		if n.Kind() != c.kind || src[n.Offset():n.End()] != c.value || !strings.HasPrefix(src[n.KeyOffset():], c.key) {
			t.Errorf("%v: %v %q at key %.12q", c.path, n.Kind(), src[n.Offset():n.End()], src[n.KeyOffset():])
		}
	}
	if keys := d.Root().Keys(); !slices.Equal(keys, []string{"schema", "plan", "unit"}) {
		t.Errorf("keys %v", keys)
	}
	if n := d.Find("unit"); n.Len() != 2 || d.Find("plan").Len() != 2 {
		t.Errorf("lengths %d, %d", n.Len(), d.Find("plan").Len())
	}
	value := fmt.Sprint(d.Root().Value())
	if value != "map[plan:map[a:map[b:1] id:x] schema:1 unit:[map[deep:map[er:map[l:[1 map[k:2]]]] id:a] map[]]]" {
		t.Errorf("value %s", value)
	}
}

// A table with many keys is found by name as a small one is.
func TestManyKeys(t *testing.T) {
	if _, problem := Parse([]byte(manyKeys(100) + "k50 = 2\n")); problem == nil || problem.Message != MessageKeyTwice {
		t.Fatal(problem)
	}
	d, _ := Parse([]byte(manyKeys(100)))
	for i := range 100 {
		if key := fmt.Sprintf("k%d", i); d.Find(key).Value() != int64(1) {
			t.Errorf("%s is %v", key, d.Find(key).Value())
		}
	}
}

// A nil node answers every question with nothing.
func TestMissingNode(t *testing.T) {
	var d *Document
	n := d.Find("a", 1)
	if n != nil || n.Kind() != Missing || n.Value() != nil || n.Offset() != 0 || n.End() != 0 || n.KeyOffset() != 0 ||
		n.Keys() != nil || n.Len() != 0 || n.Elem(0) != nil || n.Child("x") != nil {
		t.Error("a nil node is not empty")
	}
}

func TestPosition(t *testing.T) {
	src := []byte("\xef\xbb\xbfa = 1\r\ntổ \xff = 2\n")
	tests := []struct{ offset, line, column int }{
		{-1, 1, 1}, {0, 1, 1}, {3, 1, 1}, {4, 1, 2}, {8, 1, 6}, {10, 2, 1}, {11, 2, 2}, {14, 2, 3}, {15, 2, 4}, {16, 2, 5}, {len(src), 3, 1}, {999, 3, 1},
	}
	for _, c := range tests {
		if line, column := Position(src, c.offset); line != c.line || column != c.column {
			t.Errorf("%d: %d:%d, want %d:%d", c.offset, line, column, c.line, c.column)
		}
	}
}

// Hints show pieces of a file only so that no terminal can take them for commands.
func TestHintsAreSafe(t *testing.T) {
	for _, src := range []string{
		"a = 2019-02-31" + strings.Repeat("9", 100_000), "a = 1" + strings.Repeat("x", 100) + "\n", "a = 1.\u202e\n", "\u009b = 1\n",
	} {
		_, e := Parse([]byte(src))
		if e == nil {
			t.Errorf("%.20q: no problem", src)
		} else if strings.ContainsAny(e.Error(), "\u202e\u009b\x1b") || len(e.Error()) > 300 {
			t.Errorf("%.20q: %q", src, e.Error())
		}
	}
}

// The commonest slip in a file: a day as people in Vietnam write it.
func TestADayWithSlashesIsNamed(t *testing.T) {
	_, problem := Parse([]byte("at = 31/02/2019 # họp\n"))
	const want = `not a date or time: found "31/02/2019"; write a day as 2019-02-28: year, month, day, without quotes`
	if problem == nil || problem.Error() != want {
		t.Errorf("said %v, want %s", problem, want)
	}
}
