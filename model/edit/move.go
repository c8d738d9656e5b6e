package edit

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrScattered refuses to move or put back an element whose parts do not stand together, or beside which comments stand
// of which nobody knows what they are about.
var ErrScattered = errors.New("what is to be moved does not stand together")

// Move puts an element of an array or array of tables to another place among the others, counted without it. Elements
// change places and nothing else: each takes along its sub-tables and the comments glued to it, in its own bytes; blank
// lines, comments that stand apart, and one above the first element where no other element has one, stay where they
// are. What stands scattered is refused with ErrScattered.
func Move(p Path, to int) Operation { return Operation{moveOperation, p, to} }

// Element is the source of an element of an array or array of tables, as [PutBack] takes it: with its sub-tables, and
// the comments glued to it. It is "" where the element does not stand together.
func Element(d *Document, p Path) string {
	n, rest := d.Root().find(p)
	if len(rest) > 0 || n.parent == nil {
		return ""
	}
	blocks, err := d.blocks(n.parent)
	if err != nil {
		return ""
	}
	return blocks[slices.Index(n.parent.elems, n)].of(d.text)
}

// PutBack adds the source of an element, as [Element] gives it, at its place among the elements that are there.
func PutBack(p Path, source string) Operation { return Operation{putBackOperation, p, source} }

// blocks are the places of the elements of an array or array of tables, in order.
func (d *Document) blocks(list *Node) ([]span, error) {
	var blocks []span
	switch list.Kind() {
	case Array:
		blocks = spansOf(list.source)
		for i := range blocks {
			between := span{list.source.start + 1, blocks[i].start}
			if i > 0 {
				between.start = blocks[i-1].end
			}
			if strings.Contains(between.of(d.text), "#") {
				return nil, ErrScattered
			}
		}
		if n := len(blocks); n > 0 && strings.Contains(d.text[blocks[n-1].end:list.source.end], "#") {
			return nil, ErrScattered
		}
	case TableArray:
		for _, element := range list.elems {
			block, err := d.block(element)
			if err != nil || len(blocks) > 0 && block.start < blocks[len(blocks)-1].end {
				return nil, ErrScattered
			}
			blocks = append(blocks, block)
		}
		if list.headed() {
			blocks[0].start = list.elems[0].section.header.line
		}
	default:
		return nil, ErrNotArray
	}
	return blocks, nil
}

// headed reports whether the comment above the first of several elements speaks of all of them: no other has one.
func (n *Node) headed() bool {
	commented := 0
	for _, element := range n.elems {
		if s := element.section; s.start < s.header.line {
			commented++
		}
	}
	first := n.elems[0].section
	return len(n.elems) > 1 && commented == 1 && first.start < first.header.line
}

// block is the place of an element of an array of tables: from the comments glued to its header up to the last line
// of what belongs to it, without that line's end.
func (d *Document) block(element *Node) (span, error) {
	first, last := -1, -1
	for i, s := range d.sections {
		if s.header == nil || !s.table.within(element) {
			continue
		}
		if first >= 0 && i != last+1 {
			return span{}, ErrScattered
		}
		if last = i; first < 0 {
			first = i
		}
	}
	if first < 0 {
		return span{}, ErrScattered
	}
	start, end := d.sections[first].start, d.sectionRegion(d.sections[last]).end
	if start == fileStart(d.text) {
		start = d.sections[first].header.line
	}
	if end > start && d.text[end-1] == '\n' {
		if end--; end > start && d.text[end-1] == '\r' {
			end--
		}
	}
	return span{start, end}, nil
}

func (e *editor) move(path Path, to int) error {
	n, rest := e.doc.root.find(path)
	if len(rest) > 0 {
		return ErrIndex
	}
	list := n.parent
	if list == nil || list.kind != Array && list.kind != TableArray {
		return ErrNotArray
	}
	if to < 0 || to >= len(list.elems) {
		return ErrIndex
	}
	from := slices.Index(list.elems, n)
	if from == to {
		return nil
	}
	blocks, err := e.doc.blocks(list)
	if err != nil {
		return err
	}
	if err := e.checkSource(); err != nil {
		return err
	}
	order := slices.Delete(slices.Clone(blocks), from, from+1)
	order = slices.Insert(order, to, blocks[from])
	var splices []splice
	texts := make([]string, len(blocks))
	for i := range blocks {
		if texts[i] = order[i].of(e.doc.text); blocks[i] != order[i] {
			splices = append(splices, splice{blocks[i], texts[i]})
		}
	}
	above := slices.Clone(path[:len(path)-1])
	if err := e.replace(splices...); err != nil {
		return err
	}
	if err := e.standsAs(above, texts); err != nil {
		return err
	}
	return e.expect(treeChange{moveOperation, [2]int{from, to}}, above)
}

// standsAs makes sure that each element has kept its own comments, and taken no other: moved back, it would else not
// be as it was.
func (e *editor) standsAs(list Path, texts []string) error {
	n, _ := e.doc.root.find(list)
	blocks, err := e.doc.blocks(n)
	if err != nil || len(blocks) != len(texts) {
		return ErrScattered
	}
	for i := range blocks {
		if blocks[i].of(e.doc.text) != texts[i] {
			return ErrScattered
		}
	}
	return nil
}

func (e *editor) putBack(path Path, source string) error {
	at, isIndex := path[len(path)-1].(int)
	if !isIndex || len(path) < 2 {
		return ErrNotArray
	}
	list := slices.Clone(path[:len(path)-1])
	n, rest := e.doc.root.find(list)
	names, err := missing(n, rest)
	if err != nil {
		return err
	}
	if strings.HasPrefix(source, "{") {
		return e.putBackInline(list, at, n, names, source)
	}
	if len(rest) == 0 && n.kind != TableArray || n.kind == InlineTable || n.kind == Table && n.origin == byDots {
		return ErrNotArray
	}
	element, err := decodeElement(source, append(n.names(), names...))
	if err != nil {
		return err
	}
	lines := strings.Split(strings.ReplaceAll(source, "\r\n", "\n"), "\n")
	if len(rest) > 0 {
		if at != 0 {
			return ErrIndex
		}
		if err := e.replace(e.doc.insertSection(n.last, lines...)); err != nil {
			return err
		}
		return e.expect(treeChange{appendTableOperation, element}, list)
	}
	if at < 0 || at > len(n.elems) {
		return ErrIndex
	}
	blocks, err := e.doc.blocks(n)
	if err != nil {
		return err
	}
	if err := e.replace(e.doc.between(n, blocks, at, lines)); err != nil {
		return err
	}
	if err := e.putBackWhole(list, at, lines); err != nil {
		return err
	}
	if err := e.expect(treeChange{appendTableOperation, element}, list); err != nil {
		return err
	}
	return e.expect(treeChange{moveOperation, [2]int{len(blocks), at}}, list)
}

// putBackWhole makes sure that an element that was put back has its own comments, and no other.
func (e *editor) putBackWhole(list Path, at int, lines []string) error {
	n, _ := e.doc.root.find(list)
	blocks, err := e.doc.blocks(n)
	if err != nil {
		return err
	}
	got := strings.ReplaceAll(blocks[at].of(e.doc.text), "\r\n", "\n")
	if want := strings.Join(lines, "\n"); got != want && (at > 0 || !strings.HasSuffix(want, got)) {
		return ErrScattered
	}
	return nil
}

// between adds the lines of an element after the one before it, or else before the one after it, with a blank line
// where those have one.
func (d *Document) between(list *Node, blocks []span, at int, lines []string) splice {
	end := lineBreak(d.text, len(d.text))
	text := strings.Join(lines, end)
	if at > 0 {
		before := blocks[at-1].end
		next := lineNext(d.text, before)
		apart := blankLineAbove(d.text, blocks[at-1].start)
		if apart || next < len(d.text) && isBlank(d.text[next:lineNext(d.text, next)]) {
			text = end + text
		}
		return splice{span{before, before}, end + text}
	}
	last := strings.TrimLeft(lines[len(lines)-1], " \t")
	if blankLineAbove(d.text, list.elems[0].section.start) || strings.HasPrefix(last, "#") {
		text += end
	}
	return splice{span{blocks[0].start, blocks[0].start}, text + end}
}

// putBackInline adds an element that is an inline table.
func (e *editor) putBackInline(list Path, at int, n *Node, names []string, source string) error {
	spelled, err := spellRaw(source)
	if err != nil {
		return err
	}
	switch {
	case len(names) > 0:
		return e.setMissing(n, list, list[len(list)-len(names):], []any{Raw(source)})
	case n.kind != Array:
		return ErrNotArray
	}
	if err := e.replace(addItem(e.doc.text, n.source.span, spansOf(n.source), source)...); err != nil {
		return err
	}
	if err := e.expect(treeChange{appendTableOperation, spelled.decoded}, list); err != nil {
		return err
	}
	return e.move(append(list, len(n.elems)), at)
}

// decodeElement reads the source of one element of the array of tables that the names lead to.
func decodeElement(source string, names []string) (any, error) {
	d, problem := parse(source)
	if problem != nil {
		return nil, fmt.Errorf("%w: %w", ErrValue, problem)
	}
	n := d.root
	for i, name := range names {
		if len(n.kids) != 1 {
			return nil, ErrValue
		}
		if n = n.Child(name); n != nil && n.kind == TableArray && i < len(names)-1 {
			n = n.Elem(0)
		}
		if n == nil {
			return nil, ErrValue
		}
	}
	if n.kind != TableArray || len(n.elems) != 1 {
		return nil, ErrValue
	}
	return kept{source, n.elems[0]}, nil
}

// moved is a list with one of its elements at another place.
func moved(list []any, from, to int) []any {
	element := list[from]
	return slices.Insert(slices.Delete(list, from, from+1), to, element)
}
