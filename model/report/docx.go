package report

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// columnsOnPaper is how many indicators fit beside each other on A4 landscape.
const columnsOnPaper = 8

// The head of the paper: about 2 : 3, and wide enough for the country's name on one line.
const (
	headLeft  = portraitWidth - headRight
	headRight = 5950
	headRoom  = 200 // that a line leaves in its column
	mostTight = 10  // half a point: closer letters are hard to read
)

// writeDocx writes the report as it is printed and signed.
func (d *Document) writeDocx(w io.Writer) error {
	return writeWord(w, d.Title+". "+d.Subject, d.Header.MadeUp, d.Language, func(t *wordText) {
		t.head(&d.Header)
		t.paragraph(styleCentre, d.Title, look{bold: true, before: 240})
		t.paragraph(styleCentre, d.Subject, look{bold: true})
		t.rule(portraitWidth/4, portraitWidth)
		t.recipients(d.T("To:"), d.Recipients)
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
		for i := range annexes {
			t.section(i > 0, false)
			t.annex(d, &annexes[i])
		}
		t.section(true, true)
	})
}

// headLayout is how the head is set so that neither the body above the issuer nor the name of the country breaks.
type headLayout struct {
	left, right    int // the columns
	parent, nation int // sizes
	tight          int // of both lines
	breaks         bool
}

// layout takes the largest letters that fit: the decree allows 12 or 13 points for both lines. When even the
// smaller ones do not fit, they stand closer; a line that is longer still breaks before the name of the place.
func (h *Header) layout() headLayout {
	normal := headLayout{left: headLeft, right: headRight, parent: size13, nation: size13}
	if textWidth(h.Parent, size13, false)+headRoom <= headLeft {
		return normal
	}
	for _, sizes := range [][2]int{{size13, size13}, {size12, size13}, {size12, size12}} {
		left := textWidth(h.Parent, sizes[0], false) + headRoom
		right := textWidth(h.Nation, sizes[1], true) + headRoom
		tight := 0
		if lacking := left + right - portraitWidth; lacking > 0 {
			if sizes[1] > size12 {
				continue
			}
			letters := utf8.RuneCountInString(h.Parent + h.Nation)
			if tight = (lacking + letters - 1) / letters; tight > mostTight {
				break
			}
			left -= tight * utf8.RuneCountInString(h.Parent)
		}
		return headLayout{left: left, right: portraitWidth - left, parent: sizes[0], nation: sizes[1], tight: tight}
	}
	normal.breaks = true
	return normal
}

// head writes the two columns at the top: who writes, and the country.
func (t *wordText) head(h *Header) {
	l := h.layout()
	t.columns(false, l.left, l.right)
	t.cell(l.left, func() {
		parent := h.Parent
		if parent == "" {
			parent = "………………………"
		}
		if l.breaks {
			for _, place := range []string{" TỈNH ", " THÀNH PHỐ "} {
				parent = strings.Replace(parent, place, "\n"+place[1:], 1)
			}
		}
		t.paragraph(styleCentre, parent, look{size: l.parent, tight: l.tight})
		t.paragraph(styleCentre, h.Issuer, look{size: size13, bold: true})
		t.rule(min(textWidth(h.Issuer, size13, true), l.left)*2/5, l.left)
		t.paragraph(styleCentre, h.Number, look{size: size13, before: 60})
		if h.Concerning != "" {
			t.paragraph(styleCentre, h.Concerning, look{size: size12, before: 60})
		}
	})
	t.cell(l.right, func() {
		motto := l.nation + size14 - size13 // one point larger
		t.paragraph(styleCentre, h.Nation, look{size: l.nation, bold: true, tight: l.tight})
		t.paragraph(styleCentre, h.Motto, look{size: motto, bold: true})
		t.rule(min(textWidth(h.Motto, motto, true), l.right), l.right)
		t.paragraph(styleCentre, h.Dateline, look{size: size14, italic: true, before: 60})
	})
	t.endColumns()
}

// recipients writes one on the line of the label, several below it with their dashes under the colon.
func (t *wordText) recipients(label string, names []string) {
	switch len(names) {
	case 0:
		t.paragraph(styleCentre, label+" "+dots[:len(dots)/2], look{before: 240})
	case 1:
		t.paragraph(styleCentre, label+" "+listed(names)[0], look{before: 240})
	default:
		longest := 0
		for _, name := range names {
			longest = max(longest, textWidth("- "+name+";", size14, false))
		}
		indent := textWidth(strings.TrimSuffix(label, ":"), size14, false)
		left := max(bodyIndent, (portraitWidth-indent-longest)/2)
		t.paragraph(stylePlain, label, look{before: 240, keep: true, left: left})
		hang := textWidth("- ", size14, false)
		for _, name := range listed(names) {
			t.paragraph(stylePlain, "- "+name, look{left: left + indent + hang, hang: hang})
		}
	}
	t.paragraph(stylePlain, "", look{})
}

func (t *wordText) said(p Paragraph) {
	switch {
	case p.Kind == Heading:
		t.paragraph(styleBody, p.Text, look{keep: true, bold: true})
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
	t.paragraph(styleCentre, annex.Name, look{bold: true})
	t.paragraph(styleCentre, annex.Title, look{bold: true})
	t.paragraph(styleCentre, d.Header.WithReport, look{italic: true})
	t.paragraph(styleCentre, d.Header.FiguresAsOf, look{italic: true, size: size12})
	for i := range annex.Tables {
		table := &annex.Tables[i]
		t.paragraph(stylePlain, table.Caption, look{size: size12, italic: true, right: true, keep: true, before: 120})
		t.table(table, func(cell Cell) string { return cell.Printed(d.Language) })
	}
	for _, note := range annex.Notes {
		t.paragraph(stylePlain, note, look{size: size12, italic: true, before: 60})
	}
}
