package reports

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"example.org/tiendo/model/report"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// paperLine is a line of the report as it is shown, with what is sought in it: the words, and the block of lines that
// they belong to.
type paperLine struct {
	words, shown string
	block        int
}

// paperText sets the report in lines of a width, as it reads on paper.
type paperText struct {
	f     *frame.Frame
	d     *report.Document
	width int
	lines []paperLine
	block int
}

// Sizes of the paper on the screen, in cells.
const (
	widestPaper = 100 // longer lines are hard to read
	twoColumns  = 64  // from which the head has two
	tableGap    = 2
	leastText   = 14 // of a column of words
	mostHead    = 11 // of a word above a column of numbers
	groupLines  = 3
)

// fill stands where somebody fills in by hand.
const fill = "……………………………………"

// setPaper is the whole report in lines of a width.
func setPaper(f *frame.Frame, d *report.Document, width int) []paperLine {
	p := &paperText{f: f, d: d, width: min(width, widestPaper)}
	bold, plain := f.Styles.Title, f.Styles.Plain
	p.head()
	p.blank()
	p.centre(d.Title, bold)
	p.centre(d.Subject, bold)
	p.blank()
	p.recipients()
	p.blank()
	p.paragraph(d.LeadIn, "", "", plain)
	for _, part := range d.Parts {
		p.blank()
		p.paragraph(part.Heading, "", "", bold)
		for _, section := range part.Sections {
			p.blank()
			p.paragraph(strconv.Itoa(section.Number)+". "+section.Title, "", "", bold)
			for _, paragraph := range section.Paragraphs {
				p.said(paragraph)
			}
		}
	}
	p.blank()
	p.paragraph(d.Closing, "", "", plain)
	p.blank()
	p.foot()
	number, unit := 4, min(max(p.width/4, leastText), leastText*2)
	annexes := d.Annexes(max((p.width-number-unit)/(mostHead+tableGap), 1))
	for i := range annexes {
		p.annex(&annexes[i])
	}
	return p.lines
}

// put adds lines that belong together.
func (p *paperText) put(style lipgloss.Style, lines ...string) {
	for _, line := range lines {
		words := strings.TrimLeft(line, " ") // no ground under what stands before them
		p.lines = append(p.lines, paperLine{line, line[:len(line)-len(words)] + style.Render(words), p.block})
	}
	p.block++
}

func (p *paperText) blank() { p.put(p.f.Styles.Plain, "") }

// paragraph wraps words. What stands before the first line of it and before the others takes its place of them.
func (p *paperText) paragraph(words, first, others string, style lipgloss.Style) {
	var lines []string
	for line := range strings.SplitSeq(words, "\n") {
		for _, wrapped := range layout.Wrap(line, p.width-layout.Width(first)) {
			before := others
			if len(lines) == 0 {
				before = first
			}
			lines = append(lines, before+wrapped)
		}
	}
	p.put(style, lines...)
}

func centred(words string, width int) (lines []string) {
	for _, line := range layout.Wrap(words, width) {
		lines = append(lines, layout.Blank((width-layout.Width(line))/2)+line)
	}
	return lines
}

func (p *paperText) centre(words string, style lipgloss.Style) {
	if words != "" {
		p.put(style, centred(words, p.width)...)
	}
}

// beside sets lines in the two halves of the width.
func (p *paperText) beside(left, right []string, style lipgloss.Style) {
	lines := make([]string, max(len(left), len(right)))
	copy(lines, left)
	for i, line := range right {
		lines[i] = layout.Left(lines[i], p.width/2) + line
	}
	p.put(style, lines...)
}

// head is who writes and the country, above the title.
func (p *paperText) head() {
	h := &p.d.Header
	p.centre(h.MadeUp, p.f.Styles.Late)
	number := strings.Join(strings.Fields(h.Number), " …… ")
	left, right := []string{cmp.Or(h.Parent, fill), h.Issuer, number}, []string{h.Nation, h.Motto, h.Dateline}
	if p.width < twoColumns {
		for _, words := range append(left, right...) {
			p.centre(words, p.f.Styles.Plain)
		}
		return
	}
	half := p.width / 2
	for i := range left {
		style := p.f.Styles.Title
		if i == len(left)-1 {
			style = p.f.Styles.Plain
		}
		p.beside(centred(left[i], half-1), centred(right[i], p.width-half), style)
	}
}

func (p *paperText) recipients() {
	label := p.d.T("To:")
	switch names := p.d.Recipients; len(names) {
	case 0:
		p.centre(label+" "+fill, p.f.Styles.Plain)
	case 1:
		p.centre(label+" "+names[0], p.f.Styles.Plain)
	default:
		p.paragraph(label, "", "", p.f.Styles.Plain)
		for _, name := range names {
			p.paragraph(name+";", "- ", "  ", p.f.Styles.Plain)
		}
	}
}

// said is a paragraph of a section.
func (p *paperText) said(paragraph report.Paragraph) {
	styles := &p.f.Styles
	switch {
	case paragraph.Kind == report.Heading, paragraph.Kind == report.Point:
		p.paragraph(paragraph.Text, "", "", styles.Title)
	case paragraph.Kind == report.Item && paragraph.Unit != "":
		p.paragraph(paragraph.Unit+": "+paragraph.Text, "- ", "  ", styles.Plain)
	case paragraph.Kind == report.Item:
		p.paragraph(paragraph.Text, "- ", "  ", styles.Plain)
	case paragraph.Kind == report.Blank:
		p.paragraph(layout.Cut(paragraph.Text, p.width), "", "", styles.Muted)
	case paragraph.Unit != "": // goes on in the item
		p.paragraph(paragraph.Text, "  ", "  ", styles.Plain)
	default:
		p.paragraph(paragraph.Text, "", "", styles.Plain)
	}
}

// foot are the copies and the signature.
func (p *paperText) foot() {
	half, copies := p.width/2, p.d.Distribution
	if p.width < twoColumns {
		half = p.width
	}
	left := layout.Wrap(copies.Label, half-1)
	for _, line := range copies.Lines {
		for n, wrapped := range layout.Wrap(line, half-3) {
			left = append(left, [2]string{"- ", "  "}[min(n, 1)]+wrapped)
		}
	}
	var right []string
	for _, title := range append(slices.Clone(p.d.Signature.Titles), p.d.Signature.Name) {
		right = append(right, centred(title, max(p.width-half, half))...)
	}
	if p.width < twoColumns {
		p.put(p.f.Styles.Plain, left...)
		p.blank()
		p.put(p.f.Styles.Title, right...)
		return
	}
	p.beside(left, right, p.f.Styles.Plain)
}

func (p *paperText) annex(annex *report.Annex) {
	p.blank()
	p.centre(annex.Name, p.f.Styles.Title)
	p.centre(annex.Title, p.f.Styles.Title)
	p.centre(p.d.Header.FiguresAsOf, p.f.Styles.Muted)
	for i := range annex.Tables {
		p.blank()
		p.table(&annex.Tables[i])
	}
	p.blank()
	for _, note := range annex.Notes {
		p.paragraph(note, "", "", p.f.Styles.Muted)
	}
}

// table sets a table in its columns, or, where these have no room, each row as a list of what stands in it.
func (p *paperText) table(table *report.Table) {
	if table.Caption != "" {
		p.paragraph(table.Caption, "", "", p.f.Styles.Muted)
	}
	widths, fits := p.columns(table)
	if !fits {
		p.list(table)
		return
	}
	if len(table.Groups) > 0 {
		p.groups(table.Groups, widths)
	}
	heads := make([]report.Cell, len(table.Heads))
	for i, head := range table.Heads {
		heads[i].Text = head.Title
	}
	p.row(table, heads, widths, p.f.Styles.Muted)
	p.rule(widths)
	for _, row := range table.Rows {
		p.row(table, row, widths, p.f.Styles.Plain)
	}
	if table.Total == nil {
		return
	}
	p.rule(widths)
	p.row(table, table.Total, widths, p.f.Styles.Title)
	for _, row := range table.Below {
		p.row(table, row, widths, p.f.Styles.Plain)
	}
}

func (p *paperText) rule(widths []int) {
	whole := (len(widths) - 1) * tableGap
	for _, width := range widths {
		whole += width
	}
	p.put(p.f.Styles.Muted, strings.Repeat(p.f.Signs.Rule, whole))
}

// columns are the widths of the columns: what they need, then the heads of numbers in few lines, and for words what is
// left. fits reports whether there is room for them.
func (p *paperText) columns(table *report.Table) (widths []int, fits bool) {
	widths = make([]int, len(table.Heads))
	wanted, spare := make([]int, len(table.Heads)), p.width-(len(table.Heads)-1)*tableGap
	for i, head := range table.Heads {
		for word := range strings.FieldsSeq(head.Title) {
			widths[i] = max(widths[i], min(layout.Width(word), mostHead))
		}
		for _, row := range p.rows(table) {
			wanted[i] = max(wanted[i], layout.Width(row[i].Printed(p.d.Language)))
		}
		if head.Numbers {
			widths[i] = max(widths[i], wanted[i])
		} else {
			widths[i] = max(widths[i], min(wanted[i], leastText))
		}
		spare -= widths[i]
	}
	if spare < 0 {
		return nil, false
	}
	widen := func(i, most int) {
		wider := min(max(min(wanted[i], most)-widths[i], 0), spare)
		widths[i], spare = widths[i]+wider, spare-wider
	}
	for i := range widths {
		widen(i, p.width/3)
	}
	for ; spare > 0; spare-- { // the column with the highest head
		highest, lines := -1, headLines
		for i, head := range table.Heads {
			if n := len(layout.Wrap(head.Title, widths[i])); n > lines {
				highest, lines = i, n
			}
		}
		if highest < 0 {
			break
		}
		widths[highest]++
	}
	for i := range widths {
		widen(i, p.width)
	}
	return widths, true
}

// rows are all rows of a table, the total and what stands below it too.
func (p *paperText) rows(table *report.Table) [][]report.Cell {
	rows := append([][]report.Cell{}, table.Rows...)
	if table.Total != nil {
		rows = append(append(rows, table.Total), table.Below...)
	}
	return rows
}

// groups are the common titles of some columns.
func (p *paperText) groups(groups []report.Group, widths []int) {
	var lines []string
	from, column := 0, 0
	for _, group := range groups {
		room := (group.Span - 1) * tableGap
		for range group.Span {
			room += widths[column]
			column++
		}
		for n, line := range layout.First(layout.Wrap(group.Title, room), groupLines, room) {
			for n >= len(lines) {
				lines = append(lines, "")
			}
			lines[n] = layout.Left(lines[n], from) + line
		}
		from += room + tableGap
	}
	p.put(p.f.Styles.Muted, lines...)
}

// row is a row of a table; words that are too long go on in the next line.
func (p *paperText) row(table *report.Table, cells []report.Cell, widths []int, style lipgloss.Style) {
	var lines []string
	from := 0
	for i, cell := range cells {
		for n, line := range layout.Wrap(cell.Printed(p.d.Language), widths[i]) {
			for n >= len(lines) {
				lines = append(lines, "")
			}
			if table.Heads[i].Numbers {
				line = layout.Right(line, widths[i])
			}
			lines[n] = layout.Left(lines[n], from) + line
		}
		from += widths[i] + tableGap
	}
	p.put(style, lines...)
}

// list sets each row of a table under its name, with the heads before what stands in it.
func (p *paperText) list(table *report.Table) {
	for _, row := range p.rows(table) {
		var name, items []string
		for i, cell := range row {
			printed := cell.Printed(p.d.Language)
			switch {
			case printed == "":
			case i < 2 && !table.Heads[i].Numbers, i == 0:
				name = append(name, printed)
			default:
				items = append(items, table.Heads[i].Title+": "+printed)
			}
		}
		p.paragraph(strings.Join(name, ". "), "", "", p.f.Styles.Title)
		p.paragraph(strings.Join(items, " · "), "  ", "  ", p.f.Styles.Plain)
	}
}

// found are the lines that hold what is sought, in blocks: words may go on in the next line.
func found(lines []paperLine, query text.Query) []int {
	var at []int
	for from := 0; from < len(lines); {
		to := from
		var words []string
		for to < len(lines) && lines[to].block == lines[from].block {
			words = append(words, lines[to].words)
			to++
		}
		if query.Match(text.NewFolded(strings.Join(words, " "))) {
			own := at
			for i := from; i < to; i++ {
				if query.Match(text.NewFolded(lines[i].words)) {
					own = append(own, i)
				}
			}
			if len(own) == len(at) { // it is spread over several
				own = append(own, from)
			}
			at = own
		}
		from = to
	}
	return at
}
