package cli

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// pageWidth is how many columns help and reports as text may take.
const pageWidth = 80

// section prints a title and indented lines; nothing when there are no lines.
func (p *printer) section(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.out.line("")
	p.out.line(title)
	for _, line := range lines {
		p.out.line("  " + line)
	}
}

// columns prints a title and rows of two columns, the second one wrapped.
func (p *printer) columns(title string, rows [][2]string) {
	p.section(title, columnLines(rows, pageWidth-2))
}

// columnLines are rows of two columns, the second one wrapped.
func columnLines(rows [][2]string, width int) []string {
	left := 0
	for _, row := range rows {
		left = max(left, ansi.StringWidth(row[0]))
	}
	var lines []string
	for _, row := range rows {
		label := row[0] + strings.Repeat(" ", left-ansi.StringWidth(row[0])+2)
		for _, line := range wrap(row[1], width-left-2) {
			lines = append(lines, label+line)
			label = strings.Repeat(" ", left+2)
		}
	}
	return lines
}

// paragraph prints wrapped text.
func (p *printer) paragraph(text string) {
	for _, line := range wrap(text, pageWidth) {
		p.out.line(line)
	}
}

// wrap breaks text at spaces; a word wider than the line stays whole, so that it can be copied.
func wrap(text string, width int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		line := ""
		for word := range strings.FieldsSeq(paragraph) {
			switch {
			case line == "":
				line = word
			case ansi.StringWidth(line)+1+ansi.StringWidth(word) <= width:
				line += " " + word
			default:
				lines = append(lines, line)
				line = word
			}
		}
		lines = append(lines, line)
	}
	return lines
}
