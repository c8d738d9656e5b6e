package report

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model/text"
)

// writeMarkdown writes the whole report as one text, as forges and editors show it.
func (d *Document) writeMarkdown(w io.Writer) error {
	out := bufio.NewWriter(w) // keeps the first error for Flush
	line := func(parts ...string) {
		for _, part := range parts {
			_, _ = out.WriteString(part)
		}
		_, _ = out.WriteString("\n")
	}
	if d.MadeUp {
		line("> **", d.Header.MadeUp, "**\n")
	}
	for _, part := range []string{d.Header.Parent, d.Header.Issuer, strings.Join(strings.Fields(d.Header.Number), " …… "),
		d.Header.Dateline} {
		if part != "" {
			line(escapeMarkdown(part), "  ")
		}
	}
	line("\n# ", escapeMarkdown(d.Title), "\n\n**", escapeMarkdown(d.Subject), "**\n")
	switch names := listed(d.Recipients); len(names) {
	case 0:
	case 1:
		line(d.T("To: %s", escapeMarkdown(names[0])), "\n")
	default:
		line(d.T("To:"), "\n")
		for _, name := range names {
			line("- ", escapeMarkdown(name))
		}
		line("")
	}
	line(escapeMarkdown(d.LeadIn))
	for _, part := range d.Parts {
		line("\n## ", escapeMarkdown(part.Heading))
		for _, section := range part.Sections {
			line("\n### ", strconv.Itoa(section.Number), ". ", escapeMarkdown(section.Title), "\n")
			for _, p := range section.Paragraphs {
				line(markdownParagraph(p), "\n")
			}
		}
	}
	line(escapeMarkdown(d.Closing), "\n\n", d.Distribution.Label, "\n")
	for _, copied := range d.Distribution.Lines {
		line("- ", escapeMarkdown(copied))
	}
	line("")
	for _, title := range d.Signature.Titles {
		line("**", escapeMarkdown(title), "**  ")
	}
	if d.Signature.Name != "" {
		line("\n**", escapeMarkdown(d.Signature.Name), "**")
	}
	annexes := d.Annexes(0)
	for i := range annexes {
		line("\n## ", annexes[i].Name, ". ", escapeMarkdown(annexes[i].Title), "\n\n",
			d.Header.FiguresAsOf, "\n")
		for j := range annexes[i].Tables {
			markdownTable(out, &annexes[i].Tables[j], d)
		}
		for _, note := range annexes[i].Notes {
			line("\n", escapeMarkdown(note))
		}
	}
	return out.Flush()
}

func markdownParagraph(p Paragraph) string {
	switch {
	case p.Kind == Heading:
		return "#### " + escapeMarkdown(p.Text)
	case p.Kind == Point:
		return "**" + escapeMarkdown(p.Text) + "**"
	case p.Kind == Item && p.Unit != "":
		return "- **" + escapeMarkdown(p.Unit) + ":** " + escapeMarkdown(p.Text)
	case p.Kind == Item:
		return "- " + escapeMarkdown(p.Text)
	case p.Unit != "":
		return "  " + escapeMarkdown(p.Text) // goes on in the item
	default:
		return escapeMarkdown(p.Text)
	}
}

func markdownTable(out *bufio.Writer, table *Table, d *Document) {
	row := func(cell func(i int) string, n int) {
		_, _ = out.WriteString("|")
		for i := range n {
			_, _ = out.WriteString(" " + cell(i) + " |")
		}
		_, _ = out.WriteString("\n")
	}
	row(func(i int) string { return escapeMarkdown(table.Heads[i].Title) }, len(table.Heads))
	row(func(i int) string {
		if table.Heads[i].Numbers {
			return "---:"
		}
		return "---"
	}, len(table.Heads))
	for _, cells := range slices.Concat(table.Rows, table.below()) {
		row(func(i int) string { return escapeMarkdown(cells[i].Printed(d.Language)) }, len(cells))
	}
}

var markdownSigns = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "<", "&lt;", ">", "&gt;", "&",
	"&amp;", "[", `\[`, "]", `\]`, "#", `\#`, "|", `\|`, "~", `\~`, "!", `\!`)

// escapeMarkdown makes one line that says in Markdown what it says, at its beginning too.
func escapeMarkdown(s string) string {
	s = markdownSigns.Replace(text.Line(s))
	switch {
	case strings.HasPrefix(s, "-"), strings.HasPrefix(s, "+"), strings.HasPrefix(s, "="):
		return `\` + s
	}
	if number, rest, found := strings.Cut(s, "."); found && strings.Trim(number, "0123456789") == "" &&
		strings.HasPrefix(rest, " ") {
		return number + `\.` + rest
	}
	return s
}
