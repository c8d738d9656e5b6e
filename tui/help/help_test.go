package help_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/help"
	"example.org/tiendo/tui/layout"
)

// Every topic, and the manuals of the commands, stand in both languages with the same headings, commands and flags, and fits a page of 80 columns.
func TestTopics(t *testing.T) {
	command := regexp.MustCompile("(?m)`tiendo [a-z-]+|^ {4,8}(?:tiendo|git|ssh) [a-z-]+|--[a-z][a-z-]+")
	told := map[string]bool{}
	for _, topic := range append(help.Topics(), "commands") {
		told[topic+".md"] = true
		english, vietnamese := help.Markdown(phrase.English, topic), help.Markdown(phrase.Vietnamese, topic)
		if english == "" || vietnamese == "" {
			t.Errorf("%s lacks a language", topic)
			continue
		}
		names := func(text string) []string {
			all := command.FindAllString(text, -1)
			for i := range all {
				all[i] = strings.Trim(all[i], "` ")
			}
			slices.Sort(all)
			return slices.Compact(all)
		}
		if a, b := names(english), names(vietnamese); !slices.Equal(a, b) {
			t.Errorf("%s names\n%q in English and\n%q in Vietnamese", topic, a, b)
		}
		for _, mark := range []string{"\n# ", "\n## ", "\n- ", "\n| ", "\n```", "\n    "} {
			if a, b := strings.Count(english, mark), strings.Count(vietnamese, mark); a != b {
				t.Errorf("%s has %d of %q in English and %d in Vietnamese", topic, a, mark, b)
			}
		}
		for _, language := range []phrase.Language{phrase.English, phrase.Vietnamese} {
			prose := true
			for line := range strings.Lines(help.Markdown(language, topic)) {
				line = strings.TrimRight(line, "\n")
				if strings.HasPrefix(line, "```") {
					prose = !prose
				}
				if width := layout.Width(line); prose && width > 79 && !strings.HasPrefix(line, "|") {
					t.Errorf("%s in %s: %d columns: %s", topic, language, width, line)
				}
			}
		}
	}
	for _, language := range []string{"en", "vi"} {
		entries, err := fs.ReadDir(os.DirFS("."), language)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			if !told[entry.Name()] {
				t.Errorf("%s/%s is no topic", language, entry.Name())
			}
		}
	}
}

// A terminal gets no marks that only a page of a forge needs.
func TestText(t *testing.T) {
	for _, topic := range help.Topics() {
		for _, language := range []phrase.Language{phrase.English, phrase.Vietnamese} {
			text := help.Text(language, topic)
			if strings.Contains(text, "```") || strings.Contains(text, "\n|") {
				t.Errorf("%s in %s shows marks of Markdown", topic, language)
			}
			if title := help.Title(language, topic); title == "" || !strings.HasPrefix(text, "# "+title+"\n") {
				t.Errorf("%s in %s begins with %.40q, and its title is %q", topic, language, text, title)
			}
		}
	}
	if keys := help.Text(phrase.English, "keys"); !strings.Contains(keys, "\n  Space  ") || !strings.Contains(keys, "\n  L T M ? q") {
		t.Errorf("the keys stand in no columns:\n%s", keys)
	}
	if help.Text(phrase.English, "../en/keys") != "" || help.Text(phrase.English, "nothing") != "" {
		t.Error("there is a text for what is no topic")
	}
}
