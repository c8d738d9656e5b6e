package visit

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// lines are command lines that can be taken apart, with their words.
var lines = map[string][]string{
	"":                                  nil,
	"   ":                               nil,
	"status":                            {"status"},
	"  status   --json ":                {"status", "--json"},
	"tick van-phong treo-bang-ron":      {"tick", "van-phong", "treo-bang-ron"},
	`tick u a --note 'Treo; đủ'`:        {"tick", "u", "a", "--note", "Treo; đủ"},
	`tick u a --note "Treo; đủ"`:        {"tick", "u", "a", "--note", "Treo; đủ"},
	`--note='a b'"c d"e\ f`:             {"--note=a bc de f"},
	`'' "" ''""`:                        {"", "", ""},
	`'it'\''s'`:                         {"it's"},
	`"say \"yes\" \\ \$5 \` + "`" + `"`: {`say "yes" \ $5 ` + "`"},
	`"a\b\'c"`:                          {`a\b\'c`},
	`'a\' b`:                            {`a\`, "b"},
	`\;\|\&\<\>\$\(\)\'\"\\\ \#`:        {`;|&<>$()'"\ #`},
	"a#b a~b":                           {"a#b", "a~b"},
	`'~' "#" \~`:                        {"~", "#", "~"},
	"a* ?b [c] {d,e} !":                 {"a*", "?b", "[c]", "{d,e}", "!"},
	"x=1 --figure bang-ron=4":           {"x=1", "--figure", "bang-ron=4"},
	`'$(reboot)' '` + "`id`" + `'`:      {"$(reboot)", "`id`"},
	"\u00a0a":                           {"\u00a0a"},
	`'<>&|;()'`:                         {"<>&|;()"},
}

func TestSplitLine(t *testing.T) {
	for line, want := range lines {
		got, err := SplitLine(line)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %q, %v; want %q", line, got, err, want)
		}
	}
}

// TestSplitLineAgreesWithTheShell compares with what sh makes of the same lines,
// apart from the names of files that it would put in the place of patterns.
func TestSplitLineAgreesWithTheShell(t *testing.T) {
	for line, want := range lines {
		if strings.Contains(line, "{") { // bash, where it is called sh, knows more of braces than POSIX
			continue
		}
		out, err := exec.Command("sh", "-f", "-c", `for word in `+line+` ""; do printf '%s\0' "$word"; done`).Output()
		if err != nil {
			t.Errorf("%s: sh fails: %v", line, err)
			continue
		}
		got := strings.Split(string(out), "\x00")
		if got = got[:len(got)-2]; !slices.Equal(got, want) {
			t.Errorf("%s: sh makes %q of it; want %q", line, got, want)
		}
	}
}

// refusedLines are command lines that are no list of words, with a part of the reason.
var refusedLines = map[string]string{
	"status; id":                         "; means",
	"status;id":                          "; means",
	"status & id":                        "& means",
	"status | id":                        "| means",
	"status > /tmp/x":                    "> means",
	"status < /tmp/x":                    "< means",
	"status $(id)":                       "$ means",
	"status $HOME":                       "$ means",
	"status `id`":                        "` means",
	`status "$(id)"`:                     "$ means",
	`status "` + "`id`" + `"`:            "` means",
	"(status)":                           "( means",
	"status)":                            ") means",
	"~/x":                                "~ means",
	"status #x":                          "# means",
	"status\nid":                         "control character",
	"status\tid":                         "control character",
	"status '\n'":                        "control character",
	"status \x1b[31m":                    "control character",
	"status \u009b":                      "control character",
	"status \x00":                        "control character",
	"status \x7f":                        "control character",
	"status \xff":                        "UTF-8",
	"status \xc0\xaf":                    "UTF-8",
	"status '":                           "not closed",
	`status "a`:                          "not closed",
	`status "a\"`:                        "not closed",
	`status \`:                           "ends in a backslash",
	`status "\`:                          "ends in a backslash",
	strings.Repeat("a", MaxLine+1):       "longer than",
	strings.Repeat("a ", maxLineWords+1): "more than 200 words",
}

func TestSplitLineRefuses(t *testing.T) {
	for line, reason := range refusedLines {
		words, err := SplitLine(line)
		if err == nil || !strings.Contains(err.Error(), reason) || phrase.HintOf(err).IsZero() {
			t.Errorf("%.40q: got %q, %v; want a refusal that says %q", line, words, err, reason)
		}
	}
	for _, line := range []string{strings.Repeat("a", MaxLine), strings.Repeat("a ", maxLineWords)} {
		if _, err := SplitLine(line); err != nil {
			t.Errorf("at the limit: %v", err)
		}
	}
}

// FuzzSplitLine wants of any line that it is refused, or that its words come out
// the same when they are quoted and taken apart again.
func FuzzSplitLine(f *testing.F) {
	for line := range lines {
		f.Add(line)
	}
	for line := range refusedLines {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		words, err := SplitLine(line)
		if err != nil {
			if words != nil || phrase.HintOf(err).IsZero() {
				t.Fatalf("a refusal with the words %q, or without a hint: %v", words, err)
			}
			return
		}
		if len(line) > MaxLine || len(words) > maxLineWords {
			t.Fatalf("%d bytes and %d words are accepted", len(line), len(words))
		}
		again := make([]string, len(words))
		for i, word := range words {
			if !utf8.ValidString(word) || strings.IndexFunc(word, unicode.IsControl) >= 0 {
				t.Fatalf("the word %q", word)
			}
			again[i] = text.Quoted(word)
		}
		line = strings.Join(again, " ")
		if len(line) > MaxLine {
			return // quoting has made it too long
		}
		if read, err := SplitLine(line); err != nil || !slices.Equal(read, words) {
			t.Fatalf("%q, quoted as %s, becomes %q, %v", words, line, read, err)
		}
	})
}
