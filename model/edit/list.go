package edit

import "strings"

// spansOf returns the places of the items of an array or inline table.
func spansOf(v *value) []span {
	items := make([]span, 0, len(v.elements)+len(v.entries))
	for _, e := range v.elements {
		items = append(items, e.span)
	}
	for _, e := range v.entries {
		items = append(items, e.span)
	}
	return items
}

// addItem adds an item at the end of the array or inline table at list: on a line of its
// own, with the comma as the others have it, when the last one stands so.
func addItem(text string, list span, items []span, item string) []splice {
	if len(items) == 0 {
		return addFirstItem(text, list, item)
	}
	last := items[len(items)-1]
	line := lineStart(text, last.start)
	if line <= list.start || !isBlank(text[line:last.start]) {
		return []splice{{span{last.end, last.end}, ", " + item}}
	}
	indent := text[line:last.start]
	comma, found := commaAfter(text, last.end)
	at := last.end
	if found {
		at = comma + 1
	}
	next := lineNext(text, at)
	switch {
	case next >= list.end && found: // the closing bracket stands on the same line
		return []splice{{span{at, at}, lineBreak(text, at) + indent + item + ","}}
	case next >= list.end:
		return []splice{{span{at, at}, "," + lineBreak(text, at) + indent + item}}
	case found:
		return []splice{{span{next, next}, indent + item + "," + lineBreak(text, next)}}
	}
	return []splice{
		{span{at, at}, ","},
		{span{next, next}, indent + item + lineBreak(text, next)},
	}
}

func addFirstItem(text string, list span, item string) []splice {
	inner := text[list.start+1 : list.end-1]
	if strings.Contains(inner, "\n") { // the closing bracket begins a line
		line := lineStart(text, list.end-1)
		indent := text[line : list.end-1]
		return []splice{{span{line, line}, indent + "  " + item + "," + lineBreak(text, line)}}
	}
	at := list.start + 1
	switch {
	case len(inner) > 1:
		at++
	case len(inner) == 1:
		at++
		item += inner
	case text[list.start] == '{':
		item = " " + item + " "
	}
	return []splice{{span{at, at}, item}}
}

// commaAfter finds the comma that follows an item.
func commaAfter(text string, p int) (comma int, found bool) {
	s := scanner{text: text, at: p}
	s.skipTrivia()
	return s.at, s.sees(',')
}

// removeItem removes item i of the array or inline table at list, with its line when it
// has one of its own.
func removeItem(text string, list span, items []span, i int) []splice {
	item := items[i]
	comma, hasComma := commaAfter(text, item.end)
	end := item.end
	if hasComma {
		end = comma + 1
	}
	if lines, own := ownLines(text, list, item.start, end); own {
		splices := []splice{{span: lines}}
		if i > 0 && i == len(items)-1 && !hasComma {
			before, _ := commaAfter(text, items[i-1].end)
			splices = append(splices, splice{span: span{before, before + 1}})
		}
		return splices
	}
	if i > 0 {
		before, _ := commaAfter(text, items[i-1].end)
		switch {
		case strings.Contains(text[before:item.start], "#"):
			return []splice{{span: span{item.start, end}}}
		case isBlank(text[items[i-1].end:before]) && !strings.Contains(text[items[i-1].end:before], "\n"):
			before = items[i-1].end
		}
		return []splice{{span: span{before, item.end}}}
	}
	if len(items) > 1 && isBlank(text[end:items[1].start]) && !strings.Contains(text[end:items[1].start], "\n") {
		end = items[1].start
	}
	if around := (span{list.start + 1, list.end - 1}); len(items) == 1 &&
		isBlank(text[around.start:item.start]+text[end:around.end]) {
		return []splice{{span: around}}
	}
	return []splice{{span: span{item.start, end}}}
}

// ownLines returns the lines of an item when nothing but a comment shares them with it.
func ownLines(text string, list span, start, end int) (lines span, own bool) {
	line := lineStart(text, start)
	if line <= list.start || !isBlank(text[line:start]) {
		return span{}, false
	}
	rest := strings.TrimLeft(text[end:lineEnd(text, end)], " \t\r")
	if rest != "" && rest[0] != '#' {
		return span{}, false
	}
	return span{line, lineNext(text, end)}, true
}

// setList gives the array of several lines at path new elements, and touches only those
// that differ: it removes or adds a run of elements, or changes some in place. When all of
// that happens at once the array is written anew, an element a line.
// Old and decoded are the decoded elements that it has and is to have.
func (e *editor) setList(path Path, list, old, decoded []any) error {
	first, same := 0, 0 // elements that are the same at the start and at the end
	for first < min(len(old), len(decoded)) && sameTree(old[first], decoded[first]) {
		first++
	}
	for same < min(len(old), len(decoded))-first && sameTree(old[len(old)-1-same], decoded[len(decoded)-1-same]) {
		same++
	}
	switch {
	case len(old) == len(decoded):
		for i := first; i < len(list)-same; i++ {
			if err := e.setElement(path, i, list[i], sameTree(old[i], decoded[i])); err != nil {
				return err
			}
		}
	case first+same == len(decoded):
		for i := len(old) - same - 1; i >= first; i-- {
			n := e.doc.Find(path...)
			if err := e.replace(removeItem(e.doc.text, n.source.span, spansOf(n.source), i)...); err != nil {
				return err
			}
		}
	case first == len(old):
		return e.appendAll(path, list[first:])
	default:
		return e.rewriteList(path, list)
	}
	return nil
}

func (e *editor) setElement(path Path, i int, v any, same bool) error {
	if same {
		return nil
	}
	n := e.doc.Find(path...).Elem(i)
	s, err := spell(v, e.room(n.parent))
	if err != nil {
		return err
	}
	return e.replace(splice{n.source.span, e.inStyle(n, v, s.text)})
}

func (e *editor) appendAll(path Path, list []any) error {
	for _, v := range list {
		n := e.doc.Find(path...)
		s, err := spell(v, e.room(n))
		if err != nil {
			return err
		}
		if err := e.replace(addItem(e.doc.text, n.source.span, spansOf(n.source), s.text)...); err != nil {
			return err
		}
	}
	return nil
}

// rewriteList writes an array anew, with the indentation and last comma of the old one.
func (e *editor) rewriteList(path Path, list []any) error {
	n, text := e.doc.Find(path...), e.doc.text
	end := lineBreak(text, n.source.start)
	indent := indentation(text, n.source.end-1)
	inner, comma := indent+"  ", true
	if items := spansOf(n.source); len(items) > 0 {
		inner = indentation(text, items[0].start)
		_, comma = commaAfter(text, items[len(items)-1].end)
	}
	var b strings.Builder
	b.WriteString("[" + end)
	for i, v := range list {
		s, err := spell(v, e.room(n))
		if err != nil {
			return err
		}
		b.WriteString(inner + s.text)
		if comma || i < len(list)-1 {
			b.WriteByte(',')
		}
		b.WriteString(end)
	}
	b.WriteString(indent + "]")
	if len(list) == 0 {
		return e.replace(splice{n.source.span, "[]"})
	}
	return e.replace(splice{n.source.span, b.String()})
}
