package report

import (
	"io"
	"strconv"
)

// columnsOnPaper is how many indicators fit beside each other on A4 landscape.
const columnsOnPaper = 8

// The head of the paper: about 2 : 3, and wide enough for the country's name on one line.
const (
	headLeft  = portraitWidth - headRight
	headRight = 5950
)

// writeDocx writes the report as it is printed and signed.
func (d *Document) writeDocx(w io.Writer) error {
	return writeWord(w, d.Title+". "+d.Subject, d.Header.MadeUp, d.Language, func(t *wordText) {
		t.head(&d.Header)
		t.paragraph(styleCentre, d.Title, look{bold: true, before: 240})
		t.paragraph(styleCentre, d.Subject, look{bold: true})
		t.rule(portraitWidth/4, portraitWidth)
		t.recipients(d.pick("Kính gửi:", "To:"), d.Recipients)
		t.paragraph(styleBody, d.LeadIn, look{})
		for _, part := range d.Parts {
			t.paragraph(styleHeading, part.Heading, look{})
			for _, section := range part.Sections {
				t.paragraph(styleTitle, strconv.Itoa(section.Number)+". "+section.Title, look{})
				for _, p := range section.Paragraphs {
					t.said(p)
				}
			}
		}
		t.paragraph(styleBody, d.Closing, look{keep: true})
		t.foot(d.Distribution, d.Signature.Titles, d.Signature.Name)
		annexes := d.Annexes(columnsOnPaper)
		landscape := false
		for i := range annexes {
			t.section(landscape, false)
			landscape = annexes[i].Wide
			t.annex(d, &annexes[i])
		}
		t.section(landscape, true)
	})
}

// head writes the two columns at the top: who writes, and the country.
func (t *wordText) head(h *Header) {
	t.columns(false, headLeft, headRight)
	t.cell(headLeft, func() {
		parent := h.Parent
		if parent == "" {
			parent = "………………………"
		}
		t.paragraph(styleCentre, parent, look{size: size13})
		t.paragraph(styleCentre, h.Issuer, look{size: size13, bold: true})
		t.rule(min(textWidth(h.Issuer, size13), headLeft)*2/5, headLeft)
		t.paragraph(styleCentre, h.Number, look{size: size13, before: 60})
		if h.Concerning != "" {
			t.paragraph(styleCentre, h.Concerning, look{size: size12, before: 60})
		}
	})
	t.cell(headRight, func() {
		t.paragraph(styleCentre, h.Nation, look{size: size13, bold: true})
		t.paragraph(styleCentre, h.Motto, look{size: size14, bold: true})
		t.rule(min(textWidth(h.Motto, size14), headRight), headRight)
		t.paragraph(styleCentre, h.Dateline, look{size: size14, italic: true, before: 60})
	})
	t.endColumns()
}

// recipients writes one on the line, several below it.
func (t *wordText) recipients(label string, names []string) {
	switch len(names) {
	case 0:
		t.paragraph(styleCentre, label+" "+dots[:len(dots)/2], look{before: 240})
	case 1:
		t.paragraph(styleCentre, label+" "+names[0]+".", look{before: 240})
	default:
		t.paragraph(styleCentre, label, look{before: 240, keep: true})
		for i, name := range names {
			end := ";"
			if i == len(names)-1 {
				end = "."
			}
			t.paragraph(styleCentre, "- "+name+end, look{})
		}
	}
	t.paragraph(stylePlain, "", look{})
}

func (t *wordText) said(p Paragraph) {
	switch {
	case p.Kind == Point:
		t.paragraph(styleBody, p.Text, look{keep: true, italic: true})
	case p.Kind == Item && p.Unit != "":
		t.open(styleBody, look{})
		t.run("- "+p.Unit+": ", look{bold: true})
		t.run(p.Text, look{})
		t.raw("</w:p>")
	case p.Kind == Item:
		t.paragraph(styleBody, "- "+p.Text, look{})
	default:
		t.paragraph(styleBody, p.Text, look{})
	}
}

// foot writes the copies and the signature on one page.
func (t *wordText) foot(copies Distribution, titles []string, name string) {
	t.paragraph(stylePlain, "", look{keep: true})
	const left, right = portraitWidth / 2, portraitWidth - portraitWidth/2
	t.columns(len(name)+len(list(titles))+len(list(copies.Lines)) < longCell, left, right)
	t.cell(left, func() {
		t.paragraph(stylePlain, copies.Label, look{size: size12, bold: true, italic: true})
		for _, line := range copies.Lines {
			t.paragraph(stylePlain, "- "+line, look{size: size11})
		}
	})
	t.cell(right, func() {
		for _, title := range titles {
			t.paragraph(styleCentre, title, look{bold: true})
		}
		for range 5 {
			t.paragraph(styleCentre, "", look{})
		}
		t.paragraph(styleCentre, name, look{bold: true})
	})
	t.endColumns()
}

func (t *wordText) annex(d *Document, annex *Annex) {
	t.paragraph(styleCentre, d.pick("Phụ lục ", "Annex ")+annex.Number, look{bold: true})
	t.paragraph(styleCentre, annex.Title, look{bold: true})
	t.paragraph(styleCentre, d.Header.WithReport, look{italic: true})
	t.paragraph(styleCentre, d.Header.FiguresAsOf, look{italic: true, size: size12})
	for i := range annex.Tables {
		table := &annex.Tables[i]
		t.paragraph(stylePlain, table.Caption, look{size: size12, italic: true, right: true, keep: true, before: 120})
		t.table(table, func(cell Cell) string { return cell.printed(d.Language) })
	}
	for _, note := range annex.Notes {
		t.paragraph(stylePlain, note, look{size: size12, italic: true, before: 60})
	}
}
