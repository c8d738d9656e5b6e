package source

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"example.org/tiendo/model/phrase"
)

// The limits of the zip and the XML of a .docx. A long plan has some megabytes of XML.
const (
	maxParts  = 4_000   // files in the zip
	maxPart   = 8 << 20 // bytes of one part, unpacked
	maxRatio  = 300     // how many times a part may grow; XML grows ten- to fifty-fold
	smallPart = 1 << 20 // below that the ratio says nothing
	maxDepth  = 128     // of elements in each other
)

// Word reads a .docx: its text as it is printed, with the numbers and dashes that Word makes, tracked changes as
// accepted, text boxes, footnotes, and what stands in headers and footers.
func Word(content []byte) (*Document, error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, &phrase.Refusal{What: phrase.Say("the file cannot be read as a .docx"), Err: err,
			Hint: phrase.Say("open it in Word or LibreOffice and save it again as .docx")}
	}
	if len(archive.File) > maxParts {
		return nil, refuseWord(phrase.Say("the .docx has more than %d parts", maxParts))
	}
	parts := map[string]*zip.File{}
	for _, file := range archive.File {
		parts[strings.TrimPrefix(path.Clean("/"+file.Name), "/")] = file
	}
	main := mainPart(parts)
	if main == "" {
		return nil, phrase.Refuse(phrase.Say("the file is a zip, but no .docx: it holds no word/document.xml"),
			phrase.Say("open it in Word or LibreOffice and save it again as .docx"))
	}
	reader := wordReader{parts: parts, folder: path.Dir(main)}
	reader.document.Word = true
	if err := reader.read(main); err != nil {
		return nil, err
	}
	return &reader.document, nil
}

func refuseWord(what phrase.Sentence) error {
	return phrase.Refuse(what, phrase.Say("a plan is much smaller: copy its text into a new document and save that"))
}

// mainPart is the part that holds the text; "" when there is none. A file that Word has made has it at one place.
func mainPart(parts map[string]*zip.File) string {
	for _, name := range []string{"word/document.xml", "word/document2.xml"} {
		if parts[name] != nil {
			return name
		}
	}
	return ""
}

// wordReader reads the parts of a .docx.
type wordReader struct {
	builder
	parts     map[string]*zip.File
	folder    string
	numbering numbering
	line      int // paragraphs so far
	tables    int
	footnotes map[string][]string // texts by their ids
	endnotes  map[string][]string
}

// open gives what a part holds; nil where there is none.
func (r *wordReader) open(name string) ([]byte, error) {
	file := r.parts[name]
	if file == nil {
		return nil, nil
	}
	if file.UncompressedSize64 > maxPart {
		return nil, refuseWord(phrase.Say("%s in the .docx unpacks to more than %d MB", name, maxPart>>20))
	}
	if file.UncompressedSize64 > smallPart && file.UncompressedSize64/max(file.CompressedSize64, 1) > maxRatio {
		return nil, refuseWord(phrase.Say("%s in the .docx grows more than %d times when unpacked", name, maxRatio))
	}
	unpacked, err := file.Open()
	if err != nil {
		return nil, broken(name, err)
	}
	content, err := io.ReadAll(io.LimitReader(unpacked, maxPart+1)) // what the zip says of its size may be a lie
	if err = errors.Join(err, unpacked.Close()); err != nil && len(content) <= maxPart {
		return nil, broken(name, err)
	}
	if len(content) > maxPart {
		return nil, refuseWord(phrase.Say("%s in the .docx unpacks to more than %d MB", name, maxPart>>20))
	}
	return content, nil
}

func broken(name string, err error) error {
	return &phrase.Refusal{What: phrase.Say("%s in the .docx cannot be read", name), Err: err,
		Hint: phrase.Say("open it in Word or LibreOffice and save it again as .docx")}
}

// read reads the styles and the numbering, then the text.
func (r *wordReader) read(main string) error {
	for _, name := range []string{"numbering.xml", "styles.xml", "footnotes.xml", "endnotes.xml"} {
		root, err := r.tree(r.folder + "/" + name)
		if err != nil {
			return err
		}
		switch name {
		case "numbering.xml":
			r.numbering.read(root)
		case "styles.xml":
			r.numbering.readStyles(root)
		case "footnotes.xml":
			r.footnotes = noteTexts(root, "footnote")
		case "endnotes.xml":
			r.endnotes = noteTexts(root, "endnote")
		}
	}
	root, err := r.tree(main)
	if err != nil {
		return err
	}
	if err := r.readBody(root.child("body"), cellPlace{}); err != nil {
		return err
	}
	return r.readMargins()
}

// readMargins reads what is printed on each page. It is no part of the plan, but nothing may be lost unseen.
func (r *wordReader) readMargins() error {
	seen := map[string]bool{}
	for _, kind := range []string{"header", "footer"} {
		for _, number := range []string{"", "1", "2", "3", "4", "5", "6", "7", "8", "9"} {
			root, err := r.tree(r.folder + "/" + kind + number + ".xml")
			if err != nil {
				return err
			}
			for _, paragraph := range root.all("p", nil) {
				words := strings.TrimSpace(plainText(paragraph))
				if words == "" || seen[words] {
					continue
				}
				seen[words] = true
				r.line++
				if err := r.add(Block{Place: Place{Line: r.line}, Part: Margin, Text: words}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// cellPlace is the cell in which paragraphs are read.
type cellPlace struct{ table, row, column int }

// readBody reads the paragraphs and tables below an element.
func (r *wordReader) readBody(of *element, in cellPlace) error {
	var carried *paragraph // of a paragraph whose end was deleted: it goes on in the next one
	for _, child := range of.flow() {
		switch child.name {
		case "p":
			p := r.paragraphOf(child)
			if carried != nil {
				p.join(carried)
				carried = nil
			}
			if p.endDeleted {
				carried = &p
				continue
			}
			if err := r.emit(&p, in); err != nil {
				return err
			}
		case "tbl":
			if err := r.readTable(child, in); err != nil {
				return err
			}
		}
	}
	if carried != nil {
		return r.emit(carried, in)
	}
	return nil
}

func (r *wordReader) readTable(table *element, in cellPlace) error {
	r.tables++
	number, row := r.tables, 0
	if in.table > 0 { // a table in a cell is a part of the cell
		number, row = in.table, in.row-1
	}
	for _, tr := range table.flow() {
		if tr.name != "tr" || tr.child("trPr").child("del") != nil { // a row that was deleted
			continue
		}
		row++
		column := tr.child("trPr").child("gridBefore").number("val", 0)
		for _, tc := range tr.flow() {
			if tc.name != "tc" {
				continue
			}
			column++
			place := cellPlace{number, row, column}
			if in.table > 0 {
				place = in
			}
			if err := r.readBody(tc, place); err != nil {
				return err
			}
			column += tc.child("tcPr").child("gridSpan").number("val", 1) - 1
		}
	}
	return nil
}

// emit gives the blocks of a paragraph.
func (r *wordReader) emit(p *paragraph, in cellPlace) error {
	r.line++
	label := r.numbering.label(p.style, p.numID, p.level, p.numbered)
	place := Place{Line: r.line, Table: in.table, Row: in.row, Column: in.column}
	for i, line := range p.pieces() {
		beside := []string{line}
		if in.table == 0 {
			beside = besideEachOther(line)
		}
		for column, words := range beside {
			block := Block{Place: place, Text: words}
			if len(beside) > 1 {
				block.Column = column + 1
			}
			if i == 0 && column == 0 {
				block.Label = label
			}
			if err := r.add(block); err != nil {
				return err
			}
		}
	}
	for _, box := range p.boxes {
		for _, line := range box {
			if err := r.add(Block{Place: place, Part: Box, Text: line}); err != nil {
				return err
			}
		}
	}
	for _, id := range p.notes {
		texts := r.footnotes[id.id]
		if id.end {
			texts = r.endnotes[id.id]
		}
		for _, line := range texts {
			if err := r.add(Block{Place: place, Part: Footnote, Text: line}); err != nil {
				return err
			}
		}
	}
	return nil
}

// noteTexts are the texts of notes by their ids.
func noteTexts(root *element, name string) map[string][]string {
	notes := map[string][]string{}
	for _, note := range root.all(name, nil) {
		if kind := note.attribute("type"); kind != "" && kind != "normal" {
			continue
		}
		for _, p := range note.all("p", nil) {
			if words := strings.TrimSpace(plainText(p)); words != "" {
				notes[note.attribute("id")] = append(notes[note.attribute("id")], words)
			}
		}
	}
	return notes
}

// element is one element of the XML, without its namespaces: in the parts of a .docx that are read here no two
// elements differ by them alone.
type element struct {
	name       string
	attributes []xml.Attr
	children   []*element
	text       string
}

// tree reads a part whole; nil where there is none.
func (r *wordReader) tree(name string) (*element, error) {
	content, err := r.open(name)
	if content == nil || err != nil {
		return nil, err
	}
	return parseXML(name, content)
}

func parseXML(name string, content []byte) (*element, error) {
	const mostElements = 200_000 // that are kept
	decoder := xml.NewDecoder(bytes.NewReader(content))
	root := &element{}
	stack, names := []*element{root}, []string{}
	ignored := &element{} // stands for all that only say how a thing looks
	elements := 0
	for {
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, broken(name, err)
		}
		top := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.Directive: // entities of its own, which no program that makes .docx writes
			return nil, refuseWord(phrase.Say("%s in the .docx declares entities", name))
		case xml.StartElement:
			if len(stack) > maxDepth {
				return nil, refuseWord(phrase.Say("%s in the .docx is nested more than %d deep", name, maxDepth))
			}
			if top == ignored || !counts(top.name, token.Name.Local) {
				stack, names = append(stack, ignored), append(names, token.Name.Local)
				continue
			}
			if elements++; elements > mostElements {
				return nil, refuseWord(phrase.Say("%s in the .docx has more than %d elements", name, mostElements))
			}
			child := &element{name: token.Name.Local}
			if len(token.Attr) > 0 && needsAttributes(token.Name.Local) {
				child.attributes = append(child.attributes, token.Attr...)
			}
			top.children = append(top.children, child)
			stack, names = append(stack, child), append(names, child.name)
		case xml.EndElement:
			last := len(names) - 1
			if last < 0 || names[last] != token.Name.Local {
				return nil, broken(name, errors.New("</"+token.Name.Local+">"))
			}
			stack, names = stack[:len(stack)-1], names[:last]
		case xml.CharData:
			if top.name == "t" { // no other text counts
				top.text += string(token)
			}
		}
	}
	if len(stack) != 1 {
		return nil, broken(name, io.ErrUnexpectedEOF)
	}
	if len(root.children) == 0 {
		return root, nil
	}
	return root.children[len(root.children)-1], nil
}

// counts reports whether an element says more than how a thing looks.
func counts(parent, name string) bool {
	switch parent {
	case "rPr":
		return name == "vanish" || name == "del"
	case "pPr":
		return name == "pStyle" || name == "numPr" || name == "rPr"
	case "tcPr":
		return name == "gridSpan"
	}
	switch name {
	case "sectPr", "tblPr", "tblGrid", "bookmarkStart", "bookmarkEnd", "proofErr", "latentStyles", "docDefaults", "rsids",
		"lastRenderedPageBreak", "tblBorders":
		return false
	}
	return true
}

// needsAttributes spares the memory of attributes that say how a thing looks.
func needsAttributes(name string) bool {
	return name != "p" && name != "r" && name != "t" && name != "tr" && name != "tc" && name != "tbl"
}

// child is the first child of a name, nil when there is none; that of nil is nil.
func (e *element) child(name string) *element {
	if e == nil {
		return nil
	}
	for _, child := range e.children {
		if child.name == name {
			return child
		}
	}
	return nil
}

// attribute is the value of an attribute, whatever its namespace; "" where there is none.
func (e *element) attribute(name string) string {
	if e == nil {
		return ""
	}
	for _, attribute := range e.attributes {
		if attribute.Name.Local == name {
			return attribute.Value
		}
	}
	return ""
}

// number is the value of an attribute that is a whole number, at most 1,000.
func (e *element) number(name string, otherwise int) int {
	value := e.attribute(name)
	n, err := strconv.ParseUint(value, 10, 16)
	if err != nil || len(value) > 3 {
		return otherwise
	}
	return int(n)
}

// all are the elements of a name below this one, in document order.
func (e *element) all(name string, found []*element) []*element {
	if e == nil {
		return found
	}
	for _, child := range e.children {
		if child.name == name {
			found = append(found, child)
			continue
		}
		found = child.all(name, found)
	}
	return found
}

// flow are the children as they are printed: what only wraps others is opened, what was deleted is left out.
func (e *element) flow() []*element {
	if e == nil {
		return nil
	}
	var out []*element
	for _, child := range e.children {
		switch child.name {
		case "sdt":
			out = append(out, child.child("sdtContent").flow()...)
		case "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "bdo", "dir":
			out = append(out, child.flow()...)
		case "AlternateContent":
			out = append(out, child.child("Choice").flow()...)
		case "del", "moveFrom":
		default:
			out = append(out, child)
		}
	}
	return out
}
