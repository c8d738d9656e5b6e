package edit

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"
)

type applyCase struct {
	name, src string
	ops       []Operation
	want      string
}

func runApply(t *testing.T, cases []applyCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			before := []byte(c.src)
			out, err := Apply(before, c.ops...)
			if err != nil {
				t.Fatal(err)
			}
			if string(out) != c.want {
				t.Errorf("got\n%s\nwant\n%s", out, c.want)
			}
			if string(before) != c.src {
				t.Error("the source itself was changed")
			}
		})
	}
}

// One edit changes what it must and nothing else, whatever surrounds it.
func TestApplyTricky(t *testing.T) {
	runApply(t, []applyCase{
		{
			"comments and alignment",
			"# kế hoạch\n[activity.c01]   # lắp đặt\nstatus   = \"todo\"      # todo | done\nat       = 2026-01-02\n\n# hết\n[activity.c02]\nstatus = \"todo\"\n",
			[]Operation{Set(Path{"activity", "c01", "status"}, "done"), Set(Path{"activity", "c01", "note"}, "Đã xong")},
			"# kế hoạch\n[activity.c01]   # lắp đặt\nstatus   = \"done\"      # todo | done\nat       = 2026-01-02\nnote     = \"Đã xong\"\n\n# hết\n[activity.c02]\nstatus = \"todo\"\n",
		},
		{
			"a section without keys lines up as the one above",
			"[activity.a]\nstatus   = \"todo\"\n\n[report]\n",
			[]Operation{Set(Path{"report", "status"}, "submitted"), Set(Path{"report", "by"}, "lan"), Set(Path{"report", "submitted_at"}, Raw("2019-12-12"))},
			"[activity.a]\nstatus   = \"todo\"\n\n[report]\nstatus   = \"submitted\"\nby       = \"lan\"\nsubmitted_at = 2019-12-12\n",
		},
		{
			"a new table lines up as the one above",
			"[activity.a]\nstatus   = \"todo\"\n",
			[]Operation{Set(Path{"message", "m05", "channels"}, []string{"website"}), Set(Path{"message", "m05", "by"}, "lan")},
			"[activity.a]\nstatus   = \"todo\"\n\n[message.m05]\nchannels = [\"website\"]\nby       = \"lan\"\n",
		},
		{
			"a section whose only key does not line up stays as it is",
			"[a]\nstatus   = 1\n\n[b]\nx = 1\n",
			[]Operation{Set(Path{"b", "y"}, 2)},
			"[a]\nstatus   = 1\n\n[b]\nx = 1\ny = 2\n",
		},
		{
			"CRLF and BOM",
			"\xef\xbb\xbf[a]\r\nx = 'cũ' # c\r\n\r\n[b]\r\ny = 1\r\n",
			[]Operation{Set(Path{"a", "x"}, "mới"), Set(Path{"a", "z"}, "it's"), Set(Path{"c", "k"}, true)},
			"\xef\xbb\xbf[a]\r\nx = 'mới' # c\r\nz = \"it's\"\r\n\r\n[b]\r\ny = 1\r\n\r\n[c]\r\nk = true\r\n",
		},
		{
			"hash and brackets in strings",
			"a = \"# not ] a } comment\" # real\nb = ['#', \"]\", '''\n]#\n''',] # z\n",
			[]Operation{Set(Path{"b"}, []string{"#", "]", "]#\n", "mới"}), Set(Path{"a"}, "x")},
			"a = \"x\" # real\nb = ['#', \"]\", '''\n]#\n''', \"mới\",] # z\n",
		},
		{
			"array of several lines with comments",
			"ev = [\n  # ảnh\n  \"p1.jpg\", # một\n  \"p2.jpg\" # hai\n  # cuối\n]\n",
			[]Operation{Set(Path{"ev"}, []string{"p1.jpg", "p2.jpg", "p3.jpg"})},
			"ev = [\n  # ảnh\n  \"p1.jpg\", # một\n  \"p2.jpg\", # hai\n  \"p3.jpg\"\n  # cuối\n]\n",
		},
		{
			"last comma",
			"ev = [\n\t\"p1\", # một\n\t\"p2\", # hai\n]\n",
			[]Operation{Set(Path{"ev"}, []string{"p1", "p2", "p3"})},
			"ev = [\n\t\"p1\", # một\n\t\"p2\", # hai\n\t\"p3\",\n]\n",
		},
		{
			"array of tables",
			"[[log]]\nd = 2026-01-01\n[log.by]\nn = \"A\"\n\n[[log]]\nd = 2026-01-02\n",
			[]Operation{
				Set(Path{"log", 0, "d"}, Raw("2026-02-01")), Set(Path{"log", 0, "by", "n"}, "B"),
				Set(Path{"log", -1, "by", "n"}, "C"), Set(Path{"log", 0, "x", "y"}, 1),
			},
			"[[log]]\nd = 2026-02-01\n[log.by]\nn = \"B\"\n\n[log.x]\ny = 1\n\n[[log]]\nd = 2026-01-02\n\n[log.by]\nn = \"C\"\n",
		},
		{
			"dotted keys",
			"[unit]\nowner.name = \"A\"\nowner . 'đội' = 3 # đ\nsize = 1\n",
			[]Operation{Set(Path{"unit", "owner", "đội"}, 4), Set(Path{"unit", "owner", "tel"}, "09")},
			"[unit]\nowner.name = \"A\"\nowner . 'đội' = 4 # đ\nowner.tel = \"09\"\nsize = 1\n",
		},
		{
			"inline tables",
			"p = { x = 1, q.r = [ {a = 1}, {a = 2} ] }\nz = {}\n",
			[]Operation{Set(Path{"p", "q", "r", 1, "a"}, 5), Set(Path{"p", "y"}, 2), Set(Path{"z", "k"}, "v")},
			"p = { x = 1, q.r = [ {a = 1}, {a = 5} ], y = 2 }\nz = { k = \"v\" }\n",
		},
		{
			"long text keeps its quotes",
			"note = \"\"\"\nDòng 1 \\\n   nối\nDòng \"\"2\"\"\"\"\"\nk = 1\n",
			[]Operation{Set(Path{"note"}, "một\nhai \"\"\" ba\\")},
			"note = \"\"\"\nmột\nhai \"\"\\\" ba\\\\\"\"\"\nk = 1\n",
		},
		{
			"quoted table names",
			"[activity.\"c.01\".'ắc quy']\ns = 0x1F\n[activity.\"c.01\"]\nn = 1\n",
			[]Operation{
				Set(Path{"activity", "c.01", "ắc quy", "s"}, 31), Set(Path{"activity", "c.01", "m"}, 2),
				Set(Path{"activity", "c.02", "s"}, 1),
			},
			"[activity.\"c.01\".'ắc quy']\ns = 0x1F\n[activity.\"c.01\"]\nn = 1\nm = 2\n[activity.\"c.02\"]\ns = 1\n",
		},
		{
			"the blanks in an empty inline table stay",
			"a = [ ]\nb = [ \t ]\nc = { }\nd = {   }\ne = []\nf = {}\n",
			[]Operation{
				Set(Path{"a"}, []any{1}), Set(Path{"b"}, []any{1}), Set(Path{"c", "x"}, 1), Set(Path{"d", "x"}, 1),
				Set(Path{"e"}, []any{1}), Set(Path{"f", "x"}, 1),
			},
			"a = [1]\nb = [1]\nc = { x = 1 }\nd = { x = 1  }\ne = [1]\nf = { x = 1 }\n",
		},
		{"empty file", "", []Operation{Set(Path{"a", "b"}, 1)}, "[a]\nb = 1\n"},
		{"only a comment, no line end", "# đầu", []Operation{Set(Path{"a"}, 1)}, "# đầu\n\na = 1"},
		{"no line end at the end", "[t]\na = 1", []Operation{Set(Path{"t", "b"}, 2), Set(Path{"t", "c"}, 3), Set(Path{"u", "d"}, 4)}, "[t]\na = 1\nb = 2\nc = 3\n\n[u]\nd = 4"},
		{"key before the first header", "# tệp\n\n# bảng t\n[t]\nx = 1\n", []Operation{Set(Path{"v"}, 2)}, "# tệp\n\nv = 2\n\n# bảng t\n[t]\nx = 1\n"},
		{"key where the file starts with a header", "[t]\nx = 1\n", []Operation{Set(Path{"v"}, 2), Set(Path{"w"}, 3)}, "v = 2\nw = 3\n\n[t]\nx = 1\n"},
		{
			"the same value keeps its spelling",
			"n = 1_000 # nghìn\ns = 'a'\nd = 2026-01-02T00:00:00Z\nl = [ 1,2 ]\nf = nan\n",
			[]Operation{
				Set(Path{"n"}, 1000), Set(Path{"s"}, "a"), Set(Path{"d"}, Raw("2026-01-02 00:00:00Z")),
				Set(Path{"l"}, []any{1, 2}), Set(Path{"f"}, math.NaN()),
			},
			"n = 1_000 # nghìn\ns = 'a'\nd = 2026-01-02T00:00:00Z\nl = [ 1,2 ]\nf = nan\n",
		},
		{
			"indented sections",
			"[a]\n  x = 1\n\n  [a.b]\n    y = 1 # c\n\n[c]\nz = 1\n",
			[]Operation{Set(Path{"a", "b", "w"}, 2), Set(Path{"a", "n", "w"}, 2)},
			"[a]\n  x = 1\n\n  [a.b]\n    y = 1 # c\n    w = 2\n\n  [a.n]\n    w = 2\n\n[c]\nz = 1\n",
		},
		{
			"mixed line ends",
			"a = 1\nb = 2\r\n[t]\r\nc = 3\nd = 4\r\n",
			[]Operation{Set(Path{"t", "e"}, 5), Set(Path{"a2"}, 5)},
			"a = 1\nb = 2\r\na2 = 5\r\n[t]\r\nc = 3\nd = 4\r\ne = 5\r\n",
		},
		{"NFD is another key than NFC", "[\"Tổ\"]\nx = 1\n", []Operation{Set(Path{"To\u0302\u0309", "x"}, 2)}, "[\"Tổ\"]\nx = 1\n\n[\"To\u0302\u0309\"]\nx = 2\n"},
		{"implicit parent", "[a.b]\nx = 1\n", []Operation{Set(Path{"a", "y"}, 2)}, "[a.b]\nx = 1\n\n[a]\ny = 2\n"},
		{"comment at the end of a file without blank lines", "[a]\nx = 1\n[b]\ny = 1\n# hết\n", []Operation{Set(Path{"c", "z"}, 1)}, "[a]\nx = 1\n[b]\ny = 1\n# hết\n\n[c]\nz = 1\n"},
	})
}

// Entries of a progress file grow as a person would write them.
func TestApplyProgress(t *testing.T) {
	entry := func(key ...any) Path { return append(Path{"activity", "x"}, key...) }
	runApply(t, []applyCase{
		{
			"a tick with all that goes with it",
			"[activity.x]\nstatus   = \"todo\"                # todo | doing\n\n[activity.y]\nstatus   = \"todo\"\n",
			[]Operation{
				Set(entry("status"), "done"), Set(entry("by"), "lan"), Set(entry("at"), Raw("2019-11-18T09:20:11+07:00")),
				Set(entry("note"), "Treo tại trụ sở."), Set(entry("evidence"), []string{"a", "b"}),
				Set(entry("figures", "bang-ron"), 4), Set(entry("figures", "pano"), 2),
			},
			"[activity.x]\nstatus   = \"done\"                # todo | doing\nby       = \"lan\"\nat       = 2019-11-18T09:20:11+07:00\nnote     = \"Treo tại trụ sở.\"\nevidence = [\"a\", \"b\"]\n\n[activity.x.figures]\nbang-ron = 4\npano     = 2\n\n[activity.y]\nstatus   = \"todo\"\n",
		},
		{
			"one key with one blank is not aligned",
			"[activity.x]\nstatus = \"todo\"\n",
			[]Operation{Set(entry("by"), "lan")},
			"[activity.x]\nstatus = \"todo\"\nby = \"lan\"\n",
		},
		{
			"two keys that line up are aligned, a longer one gets one blank",
			"[activity.x]\nstatus = \"todo\"\nby     = \"lan\"\n",
			[]Operation{Set(entry("at"), 1), Set(entry("evidence"), 2)},
			"[activity.x]\nstatus = \"todo\"\nby     = \"lan\"\nat     = 1\nevidence = 2\n",
		},
		{
			"one key too long for the column does not spoil it",
			"[report]\nstatus       = \"draft\"\nrecommendations = \"\"\n",
			[]Operation{Set(Path{"report", "submitted_at"}, 1), Set(Path{"report", "results"}, 2)},
			"[report]\nstatus       = \"draft\"\nrecommendations = \"\"\nsubmitted_at = 1\nresults      = 2\n",
		},
		{
			"keys that do not line up",
			"[activity.x]\nstatus   = \"todo\"\nby = \"lan\"\n",
			[]Operation{Set(entry("at"), 1)},
			"[activity.x]\nstatus   = \"todo\"\nby = \"lan\"\nat = 1\n",
		},
		{
			"a new table is aligned as the one before",
			"[activity.w]\nstatus   = \"todo\"\n\n[message.m05]\nchannels = []\n",
			[]Operation{Set(entry("status"), "done"), Set(entry("by"), "lan")},
			"[activity.w]\nstatus   = \"todo\"\n\n[activity.x]\nstatus   = \"done\"\nby       = \"lan\"\n\n[message.m05]\nchannels = []\n",
		},
		{
			"a sub-table goes after those that are there",
			"[activity.x]\nstatus = 1\n\n[activity.x.a]\nk = 1\n\n[activity.y]\nstatus = 1\n",
			[]Operation{Set(entry("figures", "n"), 4)},
			"[activity.x]\nstatus = 1\n\n[activity.x.a]\nk = 1\n\n[activity.x.figures]\nn = 4\n\n[activity.y]\nstatus = 1\n",
		},
		{
			"no blank lines between sections",
			"[activity.x]\nstatus = 1\n[activity.y]\nstatus = 1\n",
			[]Operation{Set(entry("figures", "n"), 4), Set(Path{"activity", "z", "status"}, 1)},
			"[activity.x]\nstatus = 1\n[activity.x.figures]\nn = 4\n[activity.y]\nstatus = 1\n[activity.z]\nstatus = 1\n",
		},
		{
			"several operations on the same things",
			"a = 1\nl = [1]\np = { x = 1 }\n",
			[]Operation{
				Set(Path{"a"}, 2), Set(Path{"a"}, 3), Set(Path{"b"}, 1), Set(Path{"b"}, 2), Set(Path{"l"}, []any{1, 2}), Set(Path{"l"}, []any{1, 2, 3}),
				Set(Path{"p", "x"}, 2), Set(Path{"p"}, Raw("{ y = 1 }")), Set(Path{"p", "y"}, 2), Delete(Path{"a"}), Set(Path{"a"}, "end"),
			},
			"l = [1, 2, 3]\np = { y = 2 }\nb = 2\na = \"end\"\n",
		},
	})
}

// The kinds of values and how they are written.
func TestApplyValues(t *testing.T) {
	zone := time.FixedZone("", 7*3600)
	local := func(source string) any {
		v, err := decodeValue(source)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	tests := []struct {
		old  string
		v    any
		want string
	}{
		{"0", "a\tb\x00\x1b\u009b\u202e\"\\ế", `"a\tb\u0000\u001B\u009B\u202E\"\\ế"`},
		{"0", "một\nhai", "\"\"\"\nmột\nhai\"\"\""},
		{"'cũ'", "một\nhai\n", "\"\"\"\nmột\nhai\n\"\"\""},
		{"'cũ'", "it's", `"it's"`},
		{"'cũ'", "a\\b", `'a\b'`},
		{"'''cũ'''", "a'b\nc", "'''a'b\nc'''"},
		{"'''\ncũ'''", "a'''b", `"a'''b"`},
		{"'''\ncũ'''", "", `""`},
		{"\"\"\"\ncũ\"\"\"", "mới", `"mới"`},
		{"\"\"\"cũ\"\"\"", "\nmới", "\"\"\"\n\nmới\"\"\""},
		{"0", "a\r\nb\x01\n\t\"\"\"\"c\"", "\"\"\"\na\\r\nb\\u0001\n\t\"\"\\\"\"c\\\"\"\"\""},
		{"0", "<<<<<<< a\n=======\n>>>>>>> b", "\"\"\"\n\\u003C<<<<<< a\n\\u003D======\n\\u003E>>>>>> b\"\"\""},
		{"'''\nx'''", "<<<<<<< a\nb", "\"\"\"\n\\u003C<<<<<< a\nb\"\"\""},
		{"[]", []string{"a\nb"}, `["a\nb"]`},
		{"[0]", []any{MultiLine("a\nb"), MultiLine("c")}, "[\"\"\"\na\nb\"\"\", \"c\"]"},
		{"0", MultiLine("a\nb"), "\"\"\"\na\nb\"\"\""},
		{"0", MultiLine("a"), `"a"`},
		{"0", map[string]any{"b": 1, "a": "x\ny", "c d": []any{}}, `{ a = "x\ny", b = 1, "c d" = [] }`},
		{"0", []KeyValue{{"b", 1}, {"a", true}}, `{ b = 1, a = true }`},
		{"0", []KeyValue{}, `{}`},
		{"0", -1.0, "-1.0"},
		{"0", 1e300, "1e+300"},
		{"0", math.Inf(-1), "-inf"},
		{"0", math.Copysign(0, -1), "-0.0"},
		{"0", int64(math.MinInt64), "-9223372036854775808"},
		{"0", time.Date(2019, 11, 18, 9, 20, 11, 0, zone), "2019-11-18T09:20:11+07:00"},
		{"0", time.Date(2019, 11, 18, 9, 20, 11, 500, time.UTC), "2019-11-18T09:20:11.0000005Z"},
		{"0", local("2019-11-18"), "2019-11-18"},
		{"0", local("08:30:00.5"), "08:30:00.5"},
		{"0", local("2019-11-18 08:30:00"), "2019-11-18T08:30:00"},
		{"0", Raw("0x_f"), ""},
		{"0", Raw("[ 1, # one\n 2 ]"), "[ 1, # one\n 2 ]"},
		{"0", Raw("1 # x"), ""},
		{"0", Raw("1\ny = 2"), ""},
		{"0", Raw(" 1"), ""},
		{"0", Raw(""), ""},
		{"0", Raw("2019-02-31"), ""},
		{"0", Raw("2019-11-18T09:20:11+07:60"), ""},
		{"0", Raw("'a"), ""},
		{"0", Raw("oops"), ""},
		{"0", "\xff", ""},
		{"0", []string{"\xff"}, ""},
		{"0", []KeyValue{{"\xff", 1}}, ""},
		{"0", []KeyValue{{"a", 1}, {"a", 2}}, ""},
		{"0", uint8(1), ""},
		{"0", nil, ""},
		{"0", []any{struct{}{}}, ""},
		{"0", time.Date(10000, 1, 1, 0, 0, 0, 0, zone), ""},
		{"0", time.Date(2019, 1, 1, 0, 0, 0, 0, time.FixedZone("", 7*3600+6*60+40)), ""},
	}
	for _, c := range tests {
		out, err := Apply([]byte("x = "+c.old+" # c\ny = 1\n"), Set(Path{"x"}, c.v))
		if c.want == "" {
			if !errors.Is(err, ErrValue) || out != nil {
				t.Errorf("%#v: written as %q, %v", c.v, out, err)
			}
			continue
		}
		if want := "x = " + c.want + " # c\ny = 1\n"; err != nil || string(out) != want {
			t.Errorf("%#v\ngot  %q, %v\nwant %q", c.v, out, err, want)
		}
	}
}

// In a file with CRLF line ends a text is written so that it reads back as it was given.
func TestApplyTextCRLF(t *testing.T) {
	runApply(t, []applyCase{
		{"new", "a = 1\r\n", []Operation{Set(Path{"b"}, MultiLine("x\ny"))}, "a = 1\r\nb = \"x\\ny\"\r\n"},
		{"long before", "a = \"\"\"\r\nx\r\ny\"\"\"\r\n", []Operation{Set(Path{"a"}, "x\nz")}, "a = \"x\\nz\"\r\n"},
		{"long before, one line now", "a = \"\"\"\r\nx\r\ny\"\"\"\r\n", []Operation{Set(Path{"a"}, "z")}, "a = \"z\"\r\n"},
	})
}

// An array of several lines keeps the lines and comments of the elements that stay.
func TestApplyLists(t *testing.T) {
	src := "ev = [\n  \"a\", # một\n  # hai\n  'b',\n  \"c\" # ba\n]\n"
	set := func(list ...string) []Operation { return []Operation{Set(Path{"ev"}, list)} }
	runApply(t, []applyCase{
		{"one element changes", src, set("a", "x", "c"), "ev = [\n  \"a\", # một\n  # hai\n  'x',\n  \"c\" # ba\n]\n"},
		{"the first goes", src, set("b", "c"), "ev = [\n  # hai\n  'b',\n  \"c\" # ba\n]\n"},
		{"the last goes", src, set("a", "b"), "ev = [\n  \"a\", # một\n  # hai\n  'b'\n]\n"},
		{"two more", src, set("a", "b", "c", "d", "e"), "ev = [\n  \"a\", # một\n  # hai\n  'b',\n  \"c\", # ba\n  \"d\",\n  \"e\"\n]\n"},
		{"all else", src, set("x", "c", "d", "e"), "ev = [\n  \"x\",\n  \"c\",\n  \"d\",\n  \"e\"\n]\n"},
		{"none", src, set(), "ev = [\n  # hai\n]\n"},
		{"none left of two", "l = [\n  1,\n  2,\n]\n", []Operation{Set(Path{"l"}, []any{3})}, "l = [\n  3,\n]\n"},
		{"one line stays one line", "l = [ 1, 2 ] # c\n", []Operation{Set(Path{"l"}, []any{3, 4, 5})}, "l = [3, 4, 5] # c\n"},
		{"empty over two lines", "l = [\n]\n", []Operation{Set(Path{"l"}, []any{1})}, "l = [\n  1,\n]\n"},
		{"missing array", "", []Operation{Set(Path{"t", "l"}, []any{1}), Set(Path{"t", "l"}, []any{1, 2})}, "[t]\nl = [1, 2]\n"},
		{"tables as elements", "l = [\n  { id = 'a' },\n]\n", []Operation{AppendTable(Path{"l"}, KeyValue{"id", "b"}, KeyValue{"n", "x\ny"})}, "l = [\n  { id = 'a' },\n  { id = \"b\", n = \"x\\ny\" },\n]\n"},
	})
}

func TestAppendTable(t *testing.T) {
	person := []KeyValue{{"id", "lan"}, {"name", "Nguyễn Thị Lan"}, {"keys", []string{"ssh-ed25519 A"}}}
	runApply(t, []applyCase{
		{"empty file", "", []Operation{AppendTable(Path{"person"}, person...)}, "[[person]]\nid = \"lan\"\nname = \"Nguyễn Thị Lan\"\nkeys = [\"ssh-ed25519 A\"]\n"},
		{
			"aligned as the one before",
			"[[person]] # x\nid    = \"a\"\nemail = \"b\"\n\n[[unit]]\nid = \"u\"\n",
			[]Operation{AppendTable(Path{"person"}, person...)},
			"[[person]] # x\nid    = \"a\"\nemail = \"b\"\n\n[[person]]\nid    = \"lan\"\nname  = \"Nguyễn Thị Lan\"\nkeys  = [\"ssh-ed25519 A\"]\n\n[[unit]]\nid = \"u\"\n",
		},
		{
			"the first one, lined up as the section above",
			"[[group]]\nid   = \"g\"\nname = \"G\"\n",
			[]Operation{AppendTable(Path{"person"}, KeyValue{"id", "a"}, KeyValue{"coordinator", true})},
			"[[group]]\nid   = \"g\"\nname = \"G\"\n\n[[person]]\nid          = \"a\"\ncoordinator = true\n",
		},
		{
			"after the sub-tables of the last one, indented",
			"[[activity]]\nid = \"a\"\n\n  [[activity.indicator]]\n  id      = \"x\"\n  measure = \"cái\"\n\n[[activity]]\nid = \"b\"\n",
			[]Operation{
				AppendTable(Path{"activity", 0, "indicator"}, KeyValue{"id", "y"}, KeyValue{"name", "Y"}),
				AppendTable(Path{"activity", 1, "indicator"}, KeyValue{"id", "z"}), AppendTable(Path{"activity"}, KeyValue{"id", "c"}),
			},
			"[[activity]]\nid = \"a\"\n\n  [[activity.indicator]]\n  id      = \"x\"\n  measure = \"cái\"\n\n  [[activity.indicator]]\n  id      = \"y\"\n  name    = \"Y\"\n\n[[activity]]\nid = \"b\"\n\n[[activity.indicator]]\nid = \"z\"\n\n[[activity]]\nid = \"c\"\n",
		},
		{"long text", "", []Operation{AppendTable(Path{"m"}, KeyValue{"text", "a\nb"}, KeyValue{"id", 1})}, "[[m]]\ntext = \"\"\"\na\nb\"\"\"\nid = 1\n"},
		{"no keys, no line end", "a = 1", []Operation{AppendTable(Path{"m"})}, "a = 1\n\n[[m]]"},
		{"below dotted keys", "a.b = 1\n", []Operation{AppendTable(Path{"a", "c"}, KeyValue{"d", 1})}, "a.b = 1\na.c = [{ d = 1 }]\n"},
		{"below an inline table", "a = { b = 1 }\n", []Operation{AppendTable(Path{"a", "c"}, KeyValue{"d", 1})}, "a = { b = 1, c = [{ d = 1 }] }\n"},
		{"quoted names", "[\"ổ\"]\nx = 1\n", []Operation{AppendTable(Path{"ổ", "c d"}, KeyValue{"e f", 1})}, "[\"ổ\"]\nx = 1\n\n[[\"ổ\".\"c d\"]]\n\"e f\" = 1\n"},
	})
}

func TestDelete(t *testing.T) {
	progress := "# đơn vị\n\n[activity.x]\nstatus = 1\n# by = 2\n\n# riêng\n\n# số liệu\n[activity.x.figures]\nn = 1\n\n[activity.y]\nstatus = \"\"\"\na\n\nb\"\"\" # c\nby = 2\n"
	runApply(t, []applyCase{
		{"key with its comment", progress, []Operation{Delete(Path{"activity", "y", "status"})}, strings.Replace(progress, "status = \"\"\"\na\n\nb\"\"\" # c\n", "", 1)},
		{"table with its sub-tables and their comments", progress, []Operation{Delete(Path{"activity", "x"})}, "# đơn vị\n\n# riêng\n\n[activity.y]\nstatus = \"\"\"\na\n\nb\"\"\" # c\nby = 2\n"},
		{"last table", progress, []Operation{Delete(Path{"activity", "y"})}, progress[:strings.Index(progress, "\n[activity.y]")]},
		{"sub-table", progress, []Operation{Delete(Path{"activity", "x", "figures"})}, strings.Replace(progress, "\n# số liệu\n[activity.x.figures]\nn = 1\n", "", 1)},
		{"all tables of an implicit one", progress, []Operation{Delete(Path{"activity"})}, "# đơn vị\n\n# riêng\n"},
		{"table at the top keeps the comment of the file", "# tệp\n[a]\nx = 1\n\n[b]\n", []Operation{Delete(Path{"a"})}, "# tệp\n\n[b]\n"},
		{"table at the very top", "[a]\nx = 1\n\n[b]\n", []Operation{Delete(Path{"a"})}, "[b]\n"},
		{"element and its tables", "[[p]]\nid = 1\n\n[p.q]\nx = 1\n\n[[p]]\nid = 2\n", []Operation{Delete(Path{"p", 0})}, "[[p]]\nid = 2\n"},
		{"last element", "[[p]]\nid = 1\n\n[[p]]\nid = 2\n", []Operation{Delete(Path{"p", -1}), Delete(Path{"p", -1})}, ""},
		{"dotted keys", "[t]\na.b = 1\nx = 1\na.c.d = 2\n", []Operation{Delete(Path{"t", "a"})}, "[t]\nx = 1\n"},
		{"the last dotted key takes its tables along", "[t]\na.b.c = 1\nx = 1\n", []Operation{Delete(Path{"t", "a", "b", "c"})}, "[t]\nx = 1\n"},
		{"a table with its own header stays", "[t]\nx = 1\n", []Operation{Delete(Path{"t", "x"})}, "[t]\n"},
		{"keys of inline tables", "p = { a = 1, b.c = 2, d = 3, b.e = 4 }\n", []Operation{Delete(Path{"p", "b"}), Delete(Path{"p", "a"})}, "p = { d = 3 }\n"},
		{"the only key of an inline table", "p = { a = 1 }\n", []Operation{Delete(Path{"p", "a"})}, "p = {}\n"},
		{"inline table of several lines", "p = {\n  a = 1, # c\n  b = 2 # d\n}\n", []Operation{Delete(Path{"p", "b"})}, "p = {\n  a = 1 # c\n}\n"},
		{"elements", "l = [ 1, 2, 3 ]\nm = [\n  1, # một\n  2, 3\n]\n", []Operation{Delete(Path{"l", 1}), Delete(Path{"m", 0}), Delete(Path{"m", 1})}, "l = [ 1, 3 ]\nm = [\n  2\n]\n"},
		{"first of several on a line", "m = [1, # một\n  2]\n", []Operation{Delete(Path{"m", 0})}, "m = [ # một\n  2]\n"},
		{"comment before the last one", "m = [1, # một\n  2]\n", []Operation{Delete(Path{"m", 1})}, "m = [1, # một\n  ]\n"},
		{"no line end", "a = 1\r\nb = 2", []Operation{Delete(Path{"b"})}, "a = 1"},
		{"only key", "# c\n\na = 1\n\n[t]\n", []Operation{Delete(Path{"a"})}, "# c\n\n[t]\n"},
		{"everything", "a = 1", []Operation{Delete(Path{"a"})}, ""},
	})
}
