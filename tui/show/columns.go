package show

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// PageWidth is how many columns help and reports as text may take.
const PageWidth = 80

// Section prints a title and indented lines; nothing when there are no lines.
func (p *Printer) Section(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.Out.Line("")
	p.Out.Line(title)
	for _, line := range lines {
		p.Out.Line("  " + line)
	}
}

// Columns prints a title and rows of two columns, the second one wrapped.
func (p *Printer) Columns(title string, rows [][2]string) {
	p.Section(title, p.columnLines(rows, PageWidth-2))
}

// columnLines are rows of two columns, the second one wrapped; without tables each row is a label and its value.
func (p *Printer) columnLines(rows [][2]string, width int) []string {
	var lines []string
	if p.Plain {
		for _, row := range rows {
			lines = append(lines, wrap(row[0]+": "+row[1], width)...)
		}
		return lines
	}
	left := 0
	for _, row := range rows {
		left = max(left, ansi.StringWidth(row[0]))
	}
	for _, row := range rows {
		label := row[0] + strings.Repeat(" ", left-ansi.StringWidth(row[0])+2)
		for _, line := range wrap(row[1], width-left-2) {
			lines = append(lines, label+line)
			label = strings.Repeat(" ", left+2)
		}
	}
	return lines
}

// Paragraph prints wrapped text.
func (p *Printer) Paragraph(text string) {
	for _, line := range wrap(text, PageWidth) {
		p.Out.Line(line)
	}
}

// hung wraps an item to a width behind its sign; the lines after the first begin with blanks of their own.
func hung(sign, blanks, item string, width int) []string {
	lines := wrap(item, width)
	for i, line := range lines {
		lines[i] = [2]string{sign, blanks}[min(i, 1)] + line
	}
	return lines
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
