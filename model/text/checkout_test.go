package text

import "testing"

func TestCanBeFile(t *testing.T) {
	for _, name := range []string{"thanh-tra.toml", ".github", ".gitignore", ".gitattributes", "ảnh 1.jpg", "git", "console", "com", "com10", "nul-x", "a..b", ".x"} {
		if !CanBeFile(name) {
			t.Errorf("%q is refused", name)
		}
	}
	for _, name := range []string{
		"", ".", "..", "...", ".git", ".GIT", ".Git", "git~1", "GIT~1", ".git ", ".git.", ".git. .", ".g\u200cit", "\u200b.git", ".git\ufeff",
		"a/b", `a\b`, ".git::$INDEX_ALLOCATION", "a:b", "a\nb", "a\x00b", "a\x7fb", "x ", "x.", "con", "NUL", "aux.toml", "com1", "LPT9.x", "con .x",
		"a\xffb", "a?", string(make([]byte, 256)),
	} {
		if CanBeFile(name) {
			t.Errorf("%q is taken", name)
		}
	}
}

func TestFoldFileName(t *testing.T) {
	for _, pair := range [][2]string{{"Main", "main"}, {"ẢNH", "ảnh"}, {"a\u0309nh", "ảnh"}, {"ſ", "S"}} {
		if FoldFileName(pair[0]) != FoldFileName(pair[1]) {
			t.Errorf("%q and %q are two files", pair[0], pair[1])
		}
	}
	if FoldFileName("anh") == FoldFileName("ảnh") {
		t.Error("an accent makes another file")
	}
}
