// Package help holds what there is to read about the program beside the manuals of its commands: topics, each in both
// languages, as Markdown that a forge shows and a terminal prints.
package help

import (
	"embed"
	"strings"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/layout"
)

//go:embed en vi
var files embed.FS

// The manuals of the commands are read at every start.
var (
	//go:embed en/commands.md
	manualsEnglish string
	//go:embed vi/commands.md
	manualsVietnamese string
)

// Topics are the names of all topics, those first that are also for a visitor over SSH.
func Topics() []string {
	return append(ForVisitors(), "data", "reports", "sync", "ssh", "forge", "admin")
}

// ForVisitors are the topics that are for those, too, who come over SSH.
func ForVisitors() []string { return []string{"staff", "coordinator", "keys"} }

// Markdown is a topic as it is written; "" when there is none of this name.
func Markdown(language phrase.Language, topic string) string {
	content, err := files.ReadFile(language.Pick("vi", "en") + "/" + topic + ".md")
	if err != nil {
		return ""
	}
	return string(content)
}

// Manuals are what there is to say about the commands beside their line in a list, by their paths, as "tiendo tick".
// The one of "ssh" is for visitors.
func Manuals(language phrase.Language) map[string]string {
	manuals := map[string]string{}
	for section := range strings.SplitSeq(language.Pick(manualsVietnamese, manualsEnglish), "\n# ") {
		command, manual, _ := strings.Cut(strings.TrimPrefix(section, "# "), "\n")
		manuals[command] = strings.TrimSpace(manual)
	}
	return manuals
}

// Title is the first heading of a topic.
func Title(language phrase.Language, topic string) string {
	first, _, _ := strings.Cut(Markdown(language, topic), "\n")
	return strings.TrimPrefix(first, "# ")
}

// Titles are names of topics, each with its title.
func Titles(language phrase.Language, topics []string) [][2]string {
	var rows [][2]string
	for _, topic := range topics {
		rows = append(rows, [2]string{topic, Title(language, topic)})
	}
	return rows
}

// Text is a topic for a terminal: a fenced block is indented, and the columns of a table stand below each other.
func Text(language phrase.Language, topic string) string {
	var out, table []string
	fenced := false
	for line := range strings.Lines(strings.TrimRight(Markdown(language, topic), "\n")) {
		line = strings.TrimRight(line, "\n")
		if !strings.HasPrefix(line, "|") {
			out, table = append(out, columns(table)...), nil
		}
		switch {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
		case fenced && line != "":
			out = append(out, "    "+line)
		case strings.HasPrefix(line, "|"):
			table = append(table, line)
		default:
			out = append(out, line)
		}
	}
	return strings.Join(append(out, columns(table)...), "\n")
}

// columns are the rows of a table with two columns, without its head.
func columns(table []string) []string {
	const head = 2 // and the line below it
	if len(table) <= head {
		return nil
	}
	widest, rows := 0, make([][2]string, 0, len(table))
	for _, line := range table[head:] {
		left, right, _ := strings.Cut(strings.Trim(line, "| "), " | ")
		left = strings.ReplaceAll(left, "`", "")
		rows = append(rows, [2]string{left, right})
		widest = max(widest, layout.Width(left))
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = "  " + row[0] + layout.Blank(widest-layout.Width(row[0])+2) + row[1]
	}
	return lines
}
