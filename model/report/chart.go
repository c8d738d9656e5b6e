package report

import (
	"slices"
	"strconv"
)

// chartNames is the column of the units' names.
const chartNames = 1

// column finds a column of a table by its key.
func (t *Table) column(key string) int {
	return slices.IndexFunc(t.Heads, func(head Head) bool { return head.Key == key })
}

// writeDrawing places the chart below the lines of its sheet: two rows for each unit, and some for the rest.
func (s *sheet) writeDrawing(x *xmlWriter) {
	first := len(s.lines) + 1
	x.raw(`<xdr:wsDr `+
		`xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" `+
		`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>`,
		`<xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>`, strconv.Itoa(first),
		`</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>`,
		`<xdr:to><xdr:col>12</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>`, strconv.Itoa(first+8+2*len(s.chart.table.Rows)),
		`</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>`,
		`<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart 1"/><xdr:cNvGraphicFramePr/>`+
			`</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>`,
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">`+
			`<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="`, relationNamespace,
		`" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>`)
}

// writeChart draws two bars for each unit: what is done, of what there is to do.
func (s *sheet) writeChart(x *xmlWriter, d *Document) {
	x.raw(`<c:chartSpace `+
		`xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" `+
		`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="`, relationNamespace,
		`"><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>`)
	x.text(d.T("Activities done by each unit"))
	x.raw(`</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea>` +
		`<c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>`)
	for i, series := range []struct {
		column int
		colour string
	}{{s.table.column("done"), "2E7D32"}, {s.table.column("assigned"), "BDBDBD"}} {
		number := strconv.Itoa(i)
		x.raw(`<c:ser><c:idx val="`, number, `"/><c:order val="`, number, `"/><c:tx><c:strRef><c:f>`)
		x.text(s.reference(series.column, s.headRow(), s.headRow()))
		x.raw(`</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>`)
		x.text(s.table.Heads[series.column].Title)
		x.raw(`</c:v></c:pt></c:strCache></c:strRef></c:tx><c:spPr><a:solidFill><a:srgbClr val="`, series.colour,
			`"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/><c:cat><c:strRef><c:f>`)
		x.text(s.reference(chartNames, s.headRow()+1, s.headRow()+len(s.table.Rows)))
		x.raw(`</c:f>`)
		s.cache(x, "strCache", chartNames)
		x.raw(`</c:strRef></c:cat><c:val><c:numRef><c:f>`)
		x.text(s.reference(series.column, s.headRow()+1, s.headRow()+len(s.table.Rows)))
		x.raw(`</c:f>`)
		s.cache(x, "numCache", series.column)
		x.raw(`</c:numRef></c:val></c:ser>`)
	}
	x.raw(`<c:gapWidth val="40"/><c:axId val="1"/><c:axId val="2"/></c:barChart>`,
		`<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>`+
			`<c:axPos val="l"/><c:crossAx val="2"/></c:catAx>`,
		`<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/>`+
			`<c:axPos val="t"/><c:numFmt formatCode="0" sourceLinked="0"/><c:crossAx val="1"/></c:valAx>`,
		`</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/></c:chart>`+
			`</c:chartSpace>`)
}

// cache writes what the cells of a column hold, for programs that do not look them up.
func (s *sheet) cache(x *xmlWriter, kind string, column int) {
	x.raw(`<c:`, kind, `>`)
	if kind == "numCache" {
		x.raw(`<c:formatCode>General</c:formatCode>`)
	}
	x.raw(`<c:ptCount val="`, strconv.Itoa(len(s.table.Rows)), `"/>`)
	for i, row := range s.table.Rows {
		cell := row[column]
		if cell.Text == "" && cell.Number == nil {
			continue
		}
		x.raw(`<c:pt idx="`, strconv.Itoa(i), `"><c:v>`)
		if cell.Number != nil {
			x.raw(plain(*cell.Number))
		} else {
			x.text(cell.Text)
		}
		x.raw(`</c:v></c:pt>`)
	}
	x.raw(`</c:`, kind, `>`)
}

// reference names cells of a column of the sheet.
func (s *sheet) reference(column, first, last int) string {
	name := columnName(column)
	place := "'" + s.name + "'!$" + name + "$" + strconv.Itoa(first)
	if last > first {
		place += ":$" + name + "$" + strconv.Itoa(last)
	}
	return place
}
