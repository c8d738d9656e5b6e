package source

import (
	"slices"
	"strings"
)

// paragraph is a paragraph of a .docx as it is printed.
type paragraph struct {
	style      string
	numID      string
	level      int
	numbered   bool // it says itself which list it belongs to, or that it belongs to none
	lines      []string
	boxes      [][]string
	notes      []noteID
	endDeleted bool
}

type noteID struct {
	id  string
	end bool
}

// join puts what was carried over in front.
func (p *paragraph) join(before *paragraph) {
	last := len(before.lines) - 1
	lines := append([]string{}, before.lines[:last]...)
	p.lines = append(append(lines, before.lines[last]+p.lines[0]), p.lines[1:]...)
	p.boxes = append(before.boxes, p.boxes...)
	p.notes = append(before.notes, p.notes...)
	p.style, p.numID, p.level, p.numbered = before.style, before.numID, before.level, before.numbered
}

// pieces are the lines of the paragraph. A line break made by hand only divides a paragraph in two where one of them is
// a list item or where what stands in capitals meets what does not; elsewhere it is a blank.
func (p *paragraph) pieces() []string {
	var out []string
	for _, line := range p.lines {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		last := len(out) - 1
		if last >= 0 {
			label, _ := splitLabel(line)
			before := out[last]
			if label == "" && !IsUpper(line) && !IsUpper(before) && !strings.HasSuffix(before, ":") {
				out[last] += " " + line
				continue
			}
		}
		out = append(out, line)
	}
	return out
}

// paragraphOf reads a paragraph: its list, its words, its boxes, its notes.
func (r *wordReader) paragraphOf(of *element) paragraph {
	p := paragraph{lines: []string{""}}
	properties := of.child("pPr")
	p.style = properties.child("pStyle").attribute("val")
	if list := properties.child("numPr"); list != nil && list.child("numId") != nil {
		p.numID, p.level, p.numbered = list.child("numId").attribute("val"), list.child("ilvl").number("val", 0), true
	} else if list != nil {
		p.level = list.child("ilvl").number("val", 0)
	}
	p.endDeleted = properties.child("rPr").child("del") != nil
	reader := runReader{paragraph: &p}
	reader.read(of)
	return p
}

// runReader reads the runs of a paragraph. Between the begin and the separator of a field stands what makes it, not
// what is printed.
type runReader struct {
	paragraph *paragraph
	fields    []bool // of each field that is open: its result has begun
}

func (r *runReader) write(s string) {
	if !slices.Contains(r.fields, false) {
		p := r.paragraph
		p.lines[len(p.lines)-1] += s
	}
}

func (r *runReader) read(of *element) {
	for _, child := range of.flow() {
		switch child.name {
		case "r":
			if child.child("rPr").child("vanish") == nil {
				r.read(child)
			}
		case "t":
			r.write(child.text)
		case "tab", "ptab":
			r.write("\t")
		case "br", "cr":
			if kind := child.attribute("type"); kind == "" || kind == "textWrapping" {
				r.paragraph.lines = append(r.paragraph.lines, "")
			}
		case "noBreakHyphen":
			r.write("-")
		case "sym":
			r.write("•")
		case "fldChar":
			switch n := len(r.fields); child.attribute("fldCharType") {
			case "begin":
				r.fields = append(r.fields, false)
			case "separate":
				if n > 0 {
					r.fields[n-1] = true
				}
			case "end":
				r.fields = r.fields[:max(0, n-1)]
			}
		case "footnoteReference", "endnoteReference":
			r.paragraph.notes = append(r.paragraph.notes,
				noteID{child.attribute("id"), child.name == "endnoteReference"})
		case "drawing", "pict", "object":
			r.readBoxes(child)
		}
	}
}

// readBoxes reads the text boxes that are anchored here.
func (r *runReader) readBoxes(of *element) {
	for _, content := range of.all("txbxContent", nil) {
		var lines []string
		for _, p := range content.all("p", nil) {
			if words := strings.TrimSpace(plainText(p)); words != "" {
				lines = append(lines, words)
			}
		}
		if len(lines) > 0 {
			r.paragraph.boxes = append(r.paragraph.boxes, lines)
		}
	}
}

// plainText is the text of a paragraph on one line.
func plainText(of *element) string {
	p := paragraph{lines: []string{""}}
	reader := runReader{paragraph: &p}
	reader.read(of)
	return strings.Join(p.lines, " ")
}
