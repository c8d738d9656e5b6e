package serve

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/tiendo/tui/terminal/terminaltest"
)

// shows draws pictures one after the other on one terminal, and the last also on a new one: both must show the same,
// also where what is erased has no ground.
func shows(t *testing.T, size Window, pictures ...string) {
	t.Helper()
	for _, term := range []string{"xterm-256color", "screen-256color"} {
		kept, anew := &screen{term: term}, &screen{term: term}
		changed, fresh := terminaltest.New(size.Width, size.Height), terminaltest.New(size.Width, size.Height)
		changed.Bare, fresh.Bare = !fills(term), !fills(term)
		for _, view := range pictures {
			_, _ = changed.Write(kept.paint(nil, &picture{view, size}, false))
		}
		_, _ = fresh.Write(anew.paint(nil, &picture{pictures[len(pictures)-1], size}, true))
		if err := errors.Join(changed.Err(), fresh.Err()); err != nil {
			t.Error(err)
		}
		got, want := changed.Cells(), fresh.Cells()
		for i := range want {
			if !slices.EqualFunc(got[i], want[i], terminaltest.Alike) {
				t.Errorf("%s: line %d shows\n%q\nwant\n%q", term, i+1, got[i], want[i])
			}
		}
	}
}

func TestPaintChanges(t *testing.T) {
	size := Window{40, 4}
	row := "   \x1b[1mVăn phòng Sở\x1b[0m   ✓   \x1b[31m!\x1b[0m   ◐     7/7"
	chosen := " \x1b[1;33m›\x1b[0m \x1b[1mVăn phòng Sở\x1b[0m   ✓  \x1b[1;33m[\x1b[0m\x1b[31m!\x1b[0m\x1b[1;33m]\x1b[0m  ◐     7/7"
	for name, pictures := range map[string][]string{
		"a choice":             {row + "\n" + row, chosen + "\n" + row, row + "\n" + chosen},
		"shorter":              {row, "x", ""},
		"longer":               {"x", row},
		"fewer lines":          {row + "\n" + row + "\n" + row, row},
		"wide letters":         {"報告 abc", "報 abc", "x報告 abc"},
		"only a style":         {"abc", "a\x1b[1mb\x1b[0mc", "abc"},
		"up to the edge":       {strings.Repeat("x", 40), strings.Repeat("y", 40), strings.Repeat("x", 39)},
		"too long":             {strings.Repeat("x", 50), "y" + strings.Repeat("x", 49), "y"},
		"a style that is left": {"\x1b[1m", "1 A \x1b[1m2 B\x1b[0m\nx", "1 A 2 B", "\x1b[1mabc\nabc", "abc\nabd"},
		"a ground":             {"x\n  abc", "\x1b[1;31;4mx\x1b[0m\n\x1b[38;5;231;48;5;24m  abc   \x1b[0m", "x\n  abc\nd", "x\n\x1b[7m  abc   \x1b[0m\nd", "\n\nd"},
		"many blanks":          {"a" + strings.Repeat(" x", 15), "a" + strings.Repeat(" ", 30) + "b", "a" + strings.Repeat("x ", 19), "a" + strings.Repeat(" ", 20) + "\x1b[7m" + strings.Repeat(" ", 15) + "\x1b[0m"},
		"another style":        {"\x1b[1;38;5;208mab\x1b[0m \x1b[32mc\x1b[0m", "\x1b[38;5;114;48;5;24mab\x1b[0m \x1b[4;32mc\x1b[0m", "\x1b[38;5;114mab\x1b[0m c", "\x1b[4mab\x1b[0m c"},
		"codes nobody knows":   {"\x1b[3mabc\x1b[0m", "\x1b[38;2;1;2;3mabd\x1b[0m", "\x1b[38;5mabe\x1b[0m", "abf"},
		"a style in two parts": {"a\x1b[1m\x1b[31mbc\x1b[0m", "a\x1b[1m\x1b[31mb\x1b[32mc\x1b[0m"},
	} {
		t.Run(name, func(t *testing.T) { shows(t, size, pictures...) })
	}
	const ground, wide = "\x1b[38;5;231;48;5;24m", "Thanh tra Sở                       [·]  ·   ·   ·     ·   ·   ◦   –      0/6"
	rows := [2]string{"   " + wide + "\n" + ground + " › " + wide + " " + reset, ground + " › " + wide + " " + reset + "\n   " + wide}
	large := Window{80, 24}
	shows(t, large, rows[0], rows[1], rows[0])
	for term, most := range map[string]int{"xterm-256color": 180, "screen": 197} {
		before := &screen{shown: strings.Split(rows[0], "\n"), size: large, term: term}
		if moved := before.paint(nil, &picture{rows[1], large}, false); len(moved) > most {
			t.Errorf("%s: a move of the cursor's ground takes %d bytes: %q", term, len(moved), moved)
		}
	}
	output := (&screen{shown: []string{row}, size: size}).paint(nil, &picture{chosen, size}, false)
	if len(output) > 100 {
		t.Errorf("a choice takes %d bytes: %q", len(output), output)
	}
}

func FuzzPaintChanges(f *testing.F) {
	f.Add("abc\ndef", "abd\ndef", "")
	f.Add("a\x1b[1mb\x1b[0mc", "a\x1b[31mb\x1b[0mc", "報告")
	f.Add("tiê\u0301n đô\u0323", "tiến độ", "x\x1b[0m\x1b[1m")
	f.Fuzz(func(t *testing.T, first, second, third string) {
		for _, view := range []string{first, second, third} {
			for letter := range strings.SplitSeq(strings.ReplaceAll(view, "\n", ""), "") {
				if letter != "\x1b" && letter < " " || letter == "\x7f" || letter > "\u0180" && letter < "\u1e00" || letter > "\u1eff" {
					t.Skip("no View holds it, or its width is not agreed upon")
				}
			}
			if !utf8.ValidString(view) || strings.Count(view, "\x1b") != strings.Count(view, "\x1b[1m")+strings.Count(view, reset) {
				t.Skip("no View holds it")
			}
		}
		shows(t, Window{12, 3}, first, second, third)
	})
}
