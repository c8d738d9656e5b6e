package report

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"example.org/tiendo/model/text"
)

// sheet is one sheet of the workbook.
type sheet struct {
	name  string
	lines []string // above the table
	table Table
	after []string // below it
	chart *sheet   // whose table is drawn; it has the page to itself
}

// longestCell is how many UTF-16 units a cell of a spreadsheet holds.
const longestCell = 32_767

// The looks of cells, as xlsxStyles lists them.
const (
	cellPlain = iota
	cellBold
	cellHead
	cellText
	cellNumber
	cellTextTotal
	cellNumberTotal
	cellTitle
	cellFraction // as cellNumber, with the digits that there are: a format would round them
	cellFractionTotal
	cellMarked         // as cellNumber, with the mark of what is not confirmed
	cellFractionMarked // as cellFraction
)

// writeXlsx writes a workbook for those who go on counting: figures are numbers, totals
// are the report's own (no formulas), and everything that people wrote is text. It is
// written by hand, as the document is: the same bytes for the same report, and 6 MiB less of program.
func (d *Document) writeXlsx(w io.Writer) error {
	sheets := d.sheets()
	p := newPack(w)
	p.part("[Content_Types].xml", func(x *xmlWriter) {
		x.raw(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
			`<Default Extension="xml" ContentType="application/xml"/>`,
			`<Override PartName="/xl/workbook.xml" ContentType="`, officeTypes,
			`spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="`, officeTypes,
			`spreadsheetml.styles+xml"/>`)
		for i := range sheets {
			x.raw(`<Override PartName="/xl/worksheets/sheet`, strconv.Itoa(i+1), `.xml" ContentType="`, officeTypes,
				`spreadsheetml.worksheet+xml"/>`)
		}
		x.raw(`<Override PartName="/xl/drawings/drawing1.xml" ContentType="`, officeTypes,
			`drawing+xml"/><Override PartName="/xl/charts/chart1.xml" ContentType="`, officeTypes,
			`drawingml.chart+xml"/></Types>`)
	})
	p.fixed("_rels/.rels", relations(relation{"officeDocument", "xl/workbook.xml"}))
	p.part("xl/workbook.xml", func(x *xmlWriter) {
		x.raw(`<workbook xmlns="`, sheetNamespace, `" xmlns:r="`, relationNamespace, `"><sheets>`)
		for i := range sheets {
			number := strconv.Itoa(i + 1)
			x.raw(`<sheet name="`)
			x.text(sheets[i].name)
			x.raw(`" sheetId="`, number, `" r:id="rId`, number, `"/>`)
		}
		x.raw(`</sheets><definedNames>`)
		for i := range sheets {
			if len(sheets[i].table.Heads) > 0 { // the heads stand on every printed page
				row := strconv.Itoa(sheets[i].headRow())
				x.raw(`<definedName name="_xlnm.Print_Titles" localSheetId="`, strconv.Itoa(i), `">`)
				x.text("'" + sheets[i].name + "'!$" + row + ":$" + row)
				x.raw(`</definedName>`)
			}
		}
		x.raw(`</definedNames></workbook>`)
	})
	var parts []relation
	for i := range sheets {
		parts = append(parts, relation{"worksheet", "worksheets/sheet" + strconv.Itoa(i+1) + ".xml"})
	}
	p.fixed("xl/_rels/workbook.xml.rels", relations(append(parts, relation{"styles", "styles.xml"})...))
	p.fixed("xl/styles.xml", xlsxStyles)
	for i := range sheets {
		path := "xl/worksheets/sheet" + strconv.Itoa(i+1) + ".xml"
		p.part(path, func(x *xmlWriter) { sheets[i].write(&sheetText{xmlWriter: x}) })
		if sheets[i].chart != nil {
			p.fixed("xl/worksheets/_rels/sheet"+strconv.Itoa(i+1)+".xml.rels",
				relations(relation{"drawing", "../drawings/drawing1.xml"}))
			p.part("xl/drawings/drawing1.xml", func(x *xmlWriter) { sheets[i].writeDrawing(x) })
			p.fixed("xl/drawings/_rels/drawing1.xml.rels", relations(relation{"chart", "../charts/chart1.xml"}))
			p.part("xl/charts/chart1.xml", func(x *xmlWriter) { sheets[i].chart.writeChart(x, d) })
		}
	}
	return p.close()
}

const (
	sheetNamespace    = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// relation is a part that another one refers to, by its kind; the ids are rId1, rId2 and so on.
type relation struct{ kind, target string }

func relations(all ...relation) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="` + packageRelations + `">`)
	for i, r := range all {
		b.WriteString(`<Relationship Id="rId` + strconv.Itoa(i+1) + `" Type="` + officeRelation + r.kind + `" Target="` +
			r.target + `"/>`)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

// sheets are the annexes first, which is what a spreadsheet is for, then the text.
func (d *Document) sheets() []sheet {
	annexes := d.Annexes(0)
	var sheets []sheet
	top := func(lines ...string) []string {
		if d.MadeUp {
			return append([]string{d.Header.MadeUp}, lines...)
		}
		return lines
	}
	for i := range annexes {
		annex := &annexes[i]
		sheets = append(sheets, sheet{name: annex.Name, lines: top(annex.Title, d.Header.FiguresAsOf),
			table: annex.Tables[0], after: annex.Notes})
	}
	if units := sheets[slices.Index(d.annexKinds(), unitsAnnex)]; len(d.Units) > 0 {
		sheets = append(sheets, sheet{name: d.T("Chart"), lines: units.lines, chart: &units})
	}
	sheets = append(sheets, sheet{name: d.T("Text"), lines: top(d.Title, d.Subject), table: d.textTable()})
	if len(d.Goals)+len(d.Messages) > 0 {
		sheets = append(sheets,
			sheet{name: d.T("Goals and messages"), lines: top(d.Plan.Title), table: d.passageTable()})
	}
	return sheets
}

// textTable is the text of the report, a paragraph to a row. What is longer than a cell goes on in the next row.
func (d *Document) textTable() Table {
	table := Table{Heads: []Head{
		{Title: d.T("Section"), Width: 40},
		{Title: d.T("Unit"), Width: 34},
		{Title: d.T("column::Text"), Width: 100},
	}}
	add := func(section, unit, said string) {
		for _, piece := range pieces(said) {
			table.Rows = append(table.Rows, []Cell{{Text: section}, {Text: unit}, {Text: piece}})
		}
	}
	add("", "", d.LeadIn)
	for _, part := range d.Parts {
		for _, section := range part.Sections {
			for _, p := range section.Paragraphs {
				if p.Kind != Blank {
					add(part.Heading+" – "+strconv.Itoa(section.Number)+". "+section.Title, p.Unit, p.Text)
				}
			}
		}
	}
	add("", "", d.Closing)
	return table
}

// pieces cuts a text into what cells hold.
func pieces(s string) []string {
	if len(s) <= longestCell {
		return []string{s}
	}
	units := 0
	for i, r := range s {
		if units += utf16.RuneLen(r); units > longestCell {
			return append([]string{s[:i]}, pieces(s[i:])...)
		}
	}
	return []string{s}
}

// sheetText writes the rows of a sheet.
type sheetText struct {
	*xmlWriter
	row   int
	heads []Head
}

// The height of a line, and the greatest of a row, in points.
const (
	lineHeight = 15
	mostHeight = 405
)

// height is how high a row must be for its longest text. Not every program works that out by itself.
func (t *sheetText) height(cells []Cell) int {
	lines := 1
	for i, cell := range cells {
		if i < len(t.heads) && cell.Number == nil {
			width := max(t.heads[i].Width, narrowest) - 1
			lines = max(lines, (utf8.RuneCountInString(cell.Text)+width-1)/width)
		}
	}
	return min(lines*lineHeight, mostHeight)
}

// narrowest is the least width of a column, in letters.
const narrowest = 8

func (s *sheet) headRow() int { return len(s.lines) + 2 }

// write writes the lines, the table and what stands below it.
func (s *sheet) write(t *sheetText) {
	head := strconv.Itoa(s.headRow())
	t.raw(`<worksheet xmlns="`, sheetNamespace, `" xmlns:r="`, relationNamespace,
		`"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
	if s.chart == nil {
		t.raw(`<sheetViews><sheetView workbookViewId="0"><pane xSplit="2" ySplit="`, head, `" topLeftCell="C`,
			strconv.Itoa(s.headRow()+1), `" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>`)
	}
	if len(s.table.Heads) > 0 {
		t.raw(`<cols>`)
		for i, h := range s.table.Heads {
			number := strconv.Itoa(i + 1)
			t.raw(`<col min="`, number, `" max="`, number, `" width="`, strconv.Itoa(max(h.Width, narrowest)),
				`" customWidth="1"/>`)
		}
		t.raw(`</cols>`)
	}
	t.raw(`<sheetData>`)
	for i, line := range s.lines {
		look := cellBold
		if i == 0 {
			look = cellTitle
		}
		t.line(look, Cell{Text: line})
	}
	t.row++ // an empty one
	heads := make([]Cell, len(s.table.Heads))
	for i, h := range s.table.Heads {
		heads[i] = Cell{Text: h.Title}
	}
	t.heads = s.table.Heads
	t.line(cellHead, heads...)
	for _, cells := range s.table.Rows {
		t.cells(cells, cellText, cellNumber)
	}
	for _, cells := range s.table.below() {
		t.cells(cells, cellTextTotal, cellNumberTotal)
	}
	t.heads = nil
	for _, line := range s.after {
		t.line(cellPlain, Cell{Text: line})
	}
	if s.chart != nil { // all of it on one page
		t.raw(`</sheetData><pageSetup paperSize="9" orientation="landscape"/><drawing r:id="rId1"/>`)
	} else {
		t.raw(`</sheetData><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>`)
	}
	t.raw(`</worksheet>`)
}

var fractions = map[int]int{cellNumber: cellFraction, cellNumberTotal: cellFractionTotal,
	cellMarked: cellFractionMarked}

func (t *sheetText) line(look int, cells ...Cell) { t.cells(cells, look, look) }

func (t *sheetText) cells(cells []Cell, words, numbers int) {
	t.row++
	row := strconv.Itoa(t.row)
	t.raw(`<row r="`, row, `"`)
	if height := t.height(cells); height > lineHeight {
		t.raw(` ht="`, strconv.Itoa(height), `" customHeight="1"`)
	}
	t.raw(`>`)
	for i, cell := range cells {
		place := columnName(i) + row
		switch {
		case cell.Number != nil:
			said, look := plain(*cell.Number), numbers
			if cell.Mark != "" { // the number stays one that can be counted on
				look = cellMarked
			}
			if strings.Contains(said, ".") {
				look = fractions[look]
			}
			t.raw(`<c r="`, place, `" s="`, strconv.Itoa(look), `"><v>`, said, `</v></c>`)
		case cell.Text == "":
			t.raw(`<c r="`, place, `" s="`, strconv.Itoa(words), `"/>`)
		default: // a string that is no formula, whatever it begins with, and holds no escape, as _x0041_ would be
			t.raw(`<c r="`, place, `" s="`, strconv.Itoa(words), `" t="inlineStr"><is><t xml:space="preserve">`)
			t.text(strings.ReplaceAll(text.Text(cell.Text), "_x", "_x005F_x"))
			t.raw(`</t></is></c>`)
		}
	}
	t.raw(`</row>`)
}

// columnName is A, B … Z, AA for 0, 1 and so on.
func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// xlsxStyles are the looks of cells, in the order of the constants.
const xlsxStyles = `<styleSheet xmlns="` + sheetNamespace +
	`"><numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0&quot;` + notConfirmed +
	`&quot;"/><numFmt numFmtId="165" formatCode="General&quot;` + notConfirmed +
	`&quot;"/></numFmts>` +
	`<fonts count="3"><font><sz val="11"/><name val="Times New Roman"/></font><font><b/><sz val="11"/>` +
	`<name val="Times New Roman"/></font><font><b/><sz val="14"/><name val="Times New Roman"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
	`</fills>` +
	`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/>` +
	`<right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="12">` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
	`<xf numFmtId="49" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1">` +
	`<alignment horizontal="center" vertical="center" wrapText="1"/></xf>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyFont="1" applyNumberFormat="1" applyBorder="1" ` +
	`applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="3" fontId="0" fillId="0" borderId="1" xfId="0" applyFont="1" applyNumberFormat="1" applyBorder="1" ` +
	`applyAlignment="1"><alignment vertical="top"/></xf>` +
	`<xf numFmtId="49" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1"/>` +
	`<xf numFmtId="3" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1"/>` +
	`<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1">` +
	`<alignment vertical="top"/></xf>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1"/>` +
	`<xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyFont="1" applyNumberFormat="1" ` +
	`applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>` +
	`<xf numFmtId="165" fontId="0" fillId="0" borderId="1" xfId="0" applyFont="1" applyNumberFormat="1" ` +
	`applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>` +
	`</cellXfs></styleSheet>`
