package edit

import (
	"slices"
	"strings"
)

// delete removes what a path names.
func (e *editor) delete(path Path) error {
	n, rest := e.doc.root.find(path)
	if len(rest) > 0 {
		if _, isIndex := rest[0].(int); isIndex {
			return ErrIndex
		}
		return ErrNotFound
	}
	path = slices.Clone(path)
	for n.parent != nil && goesWith(n.parent) {
		n, path = n.parent, path[:len(path)-1]
	}
	if len(path) == 0 {
		return ErrPath
	}
	if err := e.checkGoing(n); err != nil {
		return err
	}
	if err := e.expect(treeChange{kind: deleteOperation}, path); err != nil {
		return err
	}
	return e.remove(n, path)
}

// goesWith says whether a table or array of tables exists only through its one child.
func goesWith(n *Node) bool {
	switch n.kind {
	case TableArray:
		return len(n.elems) == 1
	case Table:
		return n.origin != byHeader && len(n.kids) == 1
	}
	return false
}

func (e *editor) remove(n *Node, path Path) error {
	text := e.doc.text
	if n.parent.kind == Array {
		i := slices.Index(n.parent.elems, n)
		return e.replace(removeItem(text, n.parent.source.span, spansOf(n.parent.source), i)...)
	}
	if list := inlineTableAround(n); list != nil {
		return e.removeEntries(n, list, path)
	}
	var regions []span
	begins := false // a section that goes begins the file
	for _, s := range e.doc.sections {
		if s.header != nil && s.table.within(n) {
			regions = append(regions, e.doc.sectionRegion(s))
			begins = begins || s.header.line == fileStart(text)
			continue
		}
		var lines []span
		for _, st := range s.keys {
			if st.entry.leaf.within(n) {
				lines = append(lines, span{st.line, st.next})
			}
		}
		if s.header == nil && len(lines) > 0 && len(lines) == len(s.keys) {
			lines = e.doc.withBlankLine(lines)
		}
		regions = append(regions, lines...)
	}
	regions = mergeRegions(regions)
	if begins {
		regions[0] = e.doc.withBlankLinesBelow(regions[0])
	}
	return e.replace(cut(text, regions)...)
}

// inlineTableAround returns the inline table in which the entries of n stand; nil when they
// stand on lines of their own.
func inlineTableAround(n *Node) *Node {
	for n = n.parent; n != nil; n = n.parent {
		if n.kind == InlineTable {
			return n
		}
		if n.kind == Array {
			return nil
		}
	}
	return nil
}

// removeEntries removes the entries of the inline table list that belong to n, one after
// the other: n has several when dotted keys made it.
func (e *editor) removeEntries(n, list *Node, path Path) error {
	for {
		i := slices.IndexFunc(list.source.entries, func(entry *entry) bool { return entry.leaf.within(n) })
		if i < 0 {
			return nil
		}
		if err := e.replace(removeItem(e.doc.text, list.source.span, spansOf(list.source), i)...); err != nil {
			return err
		}
		if n = e.doc.Find(path...); n == nil {
			return nil
		}
		list = inlineTableAround(n)
	}
}

// sectionRegion is what goes when a section goes: the comment lines glued to its header,
// unless they begin the file and so may be about all of it; header and keys; comment lines
// glued to the last of these; and one blank line above. Comments that stand apart stay.
func (d *Document) sectionRegion(s *section) span {
	start, end := s.start, d.statementsEnd(s)
	if start == fileStart(d.text) {
		start = s.header.line
	}
	for end < s.end {
		if i := skipBlanks(d.text, end); i >= s.end || d.text[i] != '#' {
			break
		}
		end = lineNext(d.text, end)
	}
	if blankLineAbove(d.text, start) {
		start = lineStart(d.text, start-1)
	}
	return span{start, end}
}

// withBlankLinesBelow adds to the sections that begin a file the blank lines which set
// them apart from the next one.
func (d *Document) withBlankLinesBelow(region span) span {
	rest := d.text[region.end:]
	if blanks := len(rest) - len(strings.TrimLeft(rest, " \t\r\n")); blanks < len(rest) {
		region.end = lineStart(d.text, region.end+blanks)
	}
	return region
}

// withBlankLine adds to the only keys at the top of a file the blank line that set them
// apart from the comments above or from the first header below.
func (d *Document) withBlankLine(lines []span) []span {
	first, last := &lines[0], &lines[len(lines)-1]
	switch {
	case blankLineAbove(d.text, first.start):
		first.start = lineStart(d.text, first.start-1)
	case first.start == fileStart(d.text) && len(d.sections) > 1 && isBlank(d.text[last.end:lineNext(d.text, last.end)]):
		last.end = lineNext(d.text, last.end)
	}
	return lines
}

// mergeRegions sorts regions and joins those that touch.
func mergeRegions(regions []span) []span {
	slices.SortFunc(regions, func(a, b span) int { return a.start - b.start })
	var merged []span
	for _, r := range regions {
		if n := len(merged); n > 0 && r.start <= merged[n-1].end {
			merged[n-1].end = max(merged[n-1].end, r.end)
		} else {
			merged = append(merged, r)
		}
	}
	return merged
}

// cut removes regions of whole lines. A text that does not end with a line end still does
// not when its last line goes.
func cut(text string, regions []span) []splice {
	splices := make([]splice, len(regions))
	for i, r := range regions {
		if r.end == len(text) && !strings.HasSuffix(text, "\n") && r.start > fileStart(text) {
			r.start--
			if r.start > fileStart(text) && text[r.start-1] == '\r' {
				r.start--
			}
		}
		splices[i].span = r
	}
	return splices
}
