package report

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"example.org/tiendo/model/text"
)

// wordText writes the body of a Word document in the layout of DOMAIN §5. Lengths are twips, sizes half points.
type wordText struct {
	*xmlWriter
	madeUp string
}

// The paper: A4; margins top and bottom 20 mm, left 30 mm, right 15 mm.
const (
	paperShort, paperLong               = 11906, 16838
	marginTop, marginLeft, marginRight  = 1134, 1701, 851
	portraitWidth                       = paperShort - marginLeft - marginRight
	landscapeWidth                      = paperLong - marginLeft - marginRight
	size11, size12, size13, size14      = 22, 24, 26, 28
	bodyIndent                          = 720 // by how much a paragraph begins further in
	styleBody, styleHeading, styleTitle = "Body", "Heading1", "Heading2"
	styleCentre, styleCell, styleNumber = "Centre", "Cell", "Number"
	styleCellHead, stylePlain           = "CellHead", ""
)

// look is how a paragraph differs from its style.
type look struct {
	bold, italic bool
	size         int // 0: as the style
	tight        int // by how much the letters stand closer, in twips
	right        bool
	left, hang   int  // where the lines begin, and by how much the first one begins before them
	keep         bool // on the page of the next paragraph
	before       int
	page         bool // begins a page
}

// paragraph writes one paragraph of one run.
func (t *wordText) paragraph(style, said string, l look) {
	t.open(style, l)
	t.run(said, l)
	t.raw("</w:p>")
}

// open begins a paragraph.
func (t *wordText) open(style string, l look) {
	t.raw("<w:p>")
	if style != "" || l != (look{}) {
		t.raw("<w:pPr>")
		if style != "" {
			t.raw(`<w:pStyle w:val="`, style, `"/>`)
		}
		if l.keep {
			t.raw(`<w:keepNext/>`)
		}
		if l.page {
			t.raw(`<w:pageBreakBefore/>`)
		}
		if l.before > 0 {
			t.raw(`<w:spacing w:before="`, strconv.Itoa(l.before), `"/>`)
		}
		if l.left > 0 {
			t.raw(`<w:ind w:left="`, strconv.Itoa(l.left), `" w:hanging="`, strconv.Itoa(l.hang), `"/>`)
		}
		if l.right {
			t.raw(`<w:jc w:val="right"/>`)
		}
		t.raw("</w:pPr>")
	}
}

// run writes a piece of text; its line ends are line breaks.
func (t *wordText) run(said string, l look) {
	if said == "" {
		return
	}
	t.raw("<w:r>")
	if l.bold || l.italic || l.size > 0 || l.tight > 0 {
		t.raw("<w:rPr>")
		if l.bold {
			t.raw("<w:b/><w:bCs/>")
		}
		if l.italic {
			t.raw("<w:i/><w:iCs/>")
		}
		if l.tight > 0 {
			t.raw(`<w:spacing w:val="-`, strconv.Itoa(l.tight), `"/>`)
		}
		if l.size > 0 {
			size := strconv.Itoa(l.size)
			t.raw(`<w:sz w:val="`, size, `"/><w:szCs w:val="`, size, `"/>`)
		}
		t.raw("</w:rPr>")
	}
	for i, line := range strings.Split(said, "\n") {
		if i > 0 {
			t.raw("<w:br/>")
		}
		t.raw(`<w:t xml:space="preserve">`)
		t.text(line)
		t.raw("</w:t>")
	}
	t.raw("</w:r>")
}

// rule draws a line of a length in the middle of a column.
func (t *wordText) rule(length, column int) {
	indent := strconv.Itoa(max(0, (column-length)/2))
	t.raw(`<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>`+
		`<w:spacing w:before="40" w:after="40" w:line="60" w:lineRule="exact"/><w:ind w:left="`,
		indent, `" w:right="`, indent, `"/></w:pPr></w:p>`)
}

// The widths of the letters A to Z and a to z of Times New Roman, in thousandths of the size.
var (
	capitals = [26]int{722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556,
		611, 722, 722, 944, 722, 722, 611}
	boldCapitals = [26]int{722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556,
		667, 722, 722, 1000, 722, 722, 667}
	letters = [26]int{444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
		278, 500, 500, 722, 500, 500, 444}
	boldLetters = [26]int{500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389,
		333, 556, 500, 722, 500, 500, 444}
)

// horn is by how much Ơ and Ư are wider than O and U.
const horn = 90

// textWidth is how wide a text is in Times New Roman; what is neither letter nor blank is guessed.
func textWidth(said string, size int, bold bool) int {
	large, small := &capitals, &letters
	if bold {
		large, small = &boldCapitals, &boldLetters
	}
	thousandths := 0
	for _, r := range said {
		if strings.ContainsRune("ƠƯơưỜỪờừỚỨớứỢỰợựỞỬởửỠỮỡữ", r) {
			thousandths += horn
		}
		plain := text.Fold(string(r)) // without accents
		switch {
		case plain == "" || strings.ContainsRune(" .,;:'", r):
			thousandths += 250
		case plain[0] < 'a' || plain[0] > 'z':
			thousandths += 500
		case unicode.IsUpper(r):
			thousandths += large[plain[0]-'a']
		default:
			thousandths += small[plain[0]-'a']
		}
	}
	return thousandths * size / 100 // half points to twips: × 10
}

// columns begins a table without borders, and endColumns ends it: the head and the foot of the paper.
func (t *wordText) columns(whole bool, widths ...int) {
	t.beginTable(widths, false)
	t.raw("<w:tr>")
	if whole {
		t.raw("<w:trPr><w:cantSplit/></w:trPr>")
	}
}

func (t *wordText) cell(width int, write func()) {
	t.raw(`<w:tc><w:tcPr><w:tcW w:w="`, strconv.Itoa(width), `" w:type="dxa"/></w:tcPr>`)
	write()
	t.raw("</w:tc>")
}

func (t *wordText) endColumns() { t.raw("</w:tr></w:tbl>") }

func (t *wordText) beginTable(widths []int, borders bool) {
	total := 0
	for _, width := range widths {
		total += width
	}
	margin := "0"
	t.raw(`<w:tbl><w:tblPr><w:tblW w:w="`, strconv.Itoa(total), `" w:type="dxa"/><w:jc w:val="center"/>`)
	if borders {
		margin = "57"
		t.raw(`<w:tblBorders>`)
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			t.raw(`<w:`, side, ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
		}
		t.raw(`</w:tblBorders>`)
	}
	t.raw(`<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="`, margin, `" w:type="dxa"/><w:right w:w="`, margin,
		`" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, width := range widths {
		t.raw(`<w:gridCol w:w="`, strconv.Itoa(width), `"/>`)
	}
	t.raw("</w:tblGrid>")
}

// section ends a section: what was written since the one before gets this paper
// and page numbers from 1. last is the one of the whole document, which stands outside of any paragraph.
func (t *wordText) section(landscape, last bool) {
	if !last {
		t.raw(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>`)
	}
	width, height, turned := paperShort, paperLong, ""
	if landscape {
		width, height, turned = height, width, ` w:orient="landscape"`
	}
	t.raw(`<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:headerReference w:type="first" r:id="rId3"/>`,
		`<w:type w:val="nextPage"/><w:pgSz w:w="`, strconv.Itoa(width), `" w:h="`, strconv.Itoa(height), `"`, turned, `/>`,
		`<w:pgMar w:top="`, strconv.Itoa(marginTop), `" w:right="`, strconv.Itoa(marginRight), `" w:bottom="`,
		strconv.Itoa(marginTop), `" w:left="`, strconv.Itoa(marginLeft),
		`" w:header="567" w:footer="567" w:gutter="0"/><w:pgNumType w:fmt="decimal" w:start="1"/><w:titlePg/></w:sectPr>`)
	if !last {
		t.raw("</w:pPr></w:p>")
	}
}

// table writes a table over the whole width of the landscape paper. Its head is repeated on every page.
func (t *wordText) table(table *Table, language func(Cell) string) {
	widths := table.widths(landscapeWidth)
	t.beginTable(widths, true)
	head := "<w:tr>"
	if table.lowHead() {
		head = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
	}
	if table.Groups != nil {
		t.raw(head)
		at := 0
		for _, group := range table.Groups {
			width := 0
			for _, w := range widths[at : at+group.Span] {
				width += w
			}
			properties, said := `<w:vAlign w:val="center"/>`, group.Title
			switch {
			case said == "":
				properties, said = `<w:vMerge w:val="restart"/>`+properties, table.Heads[at].Title
			case group.Span > 1:
				properties = `<w:gridSpan w:val="` + strconv.Itoa(group.Span) + `"/>` + properties
			}
			t.tableCell(width, properties, styleCellHead, said)
			at += group.Span
		}
		t.raw("</w:tr>")
	}
	t.raw(head)
	for i, h := range table.Heads {
		if table.Groups != nil && i < len(table.Groups) && table.Groups[i].Title == "" {
			t.tableCell(widths[i], `<w:vMerge/><w:vAlign w:val="center"/>`, styleCellHead, "")
			continue
		}
		t.tableCell(widths[i], `<w:vAlign w:val="center"/>`, styleCellHead, h.Title)
	}
	t.raw("</w:tr>")
	for n, cells := range slices.Concat(table.Rows, table.below()) {
		t.raw(rowOf(cells))
		for i, cell := range cells {
			style := styleCell
			if table.Heads[i].Numbers {
				style = styleNumber
			}
			if n >= len(table.Rows) {
				style += "Total"
			}
			t.tableCell(widths[i], "", style, language(cell))
		}
		t.raw("</w:tr>")
	}
	t.raw("</w:tbl>")
}

// longCell is how many bytes a cell may hold so that its row surely fits on a page. A
// row or a head that must stay whole and does not fit makes programs lay it out for ever.
const longCell = 400

func rowOf(cells []Cell) string {
	if slices.ContainsFunc(cells, func(cell Cell) bool { return len(cell.Text) > longCell }) {
		return "<w:tr>"
	}
	return "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
}

// lowHead reports whether the head leaves room for rows below it.
func (t *Table) lowHead() bool {
	return !slices.ContainsFunc(t.Heads, func(head Head) bool { return len(head.Title) > longCell }) &&
		!slices.ContainsFunc(t.Groups, func(group Group) bool { return len(group.Title) > longCell })
}

func (t *wordText) tableCell(width int, properties, style, said string) {
	t.raw(`<w:tc><w:tcPr><w:tcW w:w="`, strconv.Itoa(width), `" w:type="dxa"/>`, properties, "</w:tcPr>")
	t.paragraph(style, said, look{})
	t.raw("</w:tc>")
}

// widths shares out the width of the paper.
func (t *Table) widths(all int) []int {
	shares := 0
	for _, head := range t.Heads {
		shares += head.Width
	}
	widths := make([]int, len(t.Heads))
	left := all
	for i, head := range t.Heads {
		widths[i] = all * head.Width / shares
		left -= widths[i]
	}
	widths[1] += left
	return widths
}
