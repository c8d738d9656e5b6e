package edit

import (
	"errors"
	"slices"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// Document is a parsed file: every value with its place.
type Document struct {
	text     string
	root     *Node
	sections []*section
	complete bool
}

// Root returns the table that holds everything else.
func (d *Document) Root() *Node {
	if d == nil {
		return nil
	}
	return d.root
}

// Find returns what stands at a path of keys (string) and indices (int); nil when nothing
// does.
func (d *Document) Find(path ...any) *Node {
	n, rest := d.Root().find(path)
	if len(rest) > 0 {
		return nil
	}
	return n
}

// Complete says whether every line could be read. When a line is torn, a key that is not
// in the document may yet be in the file.
func (d *Document) Complete() bool { return d != nil && d.complete }

// Parse reads a file. It returns all problems that can be told apart, in file order, and a
// document of what could be read: the good values when there are problems, nil when the
// file is over a limit or in UTF-16.
func Parse(src []byte) (*Document, []*Error) {
	if len(src) > MaxSize {
		return nil, []*Error{tooLarge(len(src))}
	}
	return parse(string(src))
}

func parse(src string) (*Document, []*Error) {
	problems := checkCharacters(src)
	if len(problems) > 0 && problems[0].Message == MessageUTF16 {
		return nil, problems
	}
	text, unsettled, conflicts := settleConflicts(src)
	d, found, over := read(text)
	if over != nil {
		return nil, []*Error{over}
	}
	d.complete = d.complete && len(conflicts) == 0
	problems = merge(text, problems, append(found, conflicts...))
	if len(problems) > 0 {
		problems = append(problems, d.decodeScalars(unsettled)...)
		return d, inOrder(problems)
	}
	tree, err := decode(text)
	if err != nil {
		problems = d.decodeScalars(nil)
		if len(problems) == 0 {
			problems = []*Error{decoderError(text, err)}
		}
		return d, inOrder(problems)
	}
	if problems = attach(text, d.root, tree, nil); len(problems) > 0 {
		return d, inOrder(problems)
	}
	return d, nil
}

// read scans a text and builds its tree, without the decoder.
func read(text string) (d *Document, problems []*Error, over *Error) {
	if over := checkKeyCount(text); over != nil {
		return nil, nil, over
	}
	s := scan(text)
	if s.over != nil {
		return nil, nil, s.over
	}
	d = &Document{text: text, complete: s.complete}
	return d, append(s.problems, d.buildIndex(s.statements)...), nil
}

// merge joins the problems of characters with the others, and leaves out what could not be
// read only because of such a character on the same line.
func merge(text string, characters, others []*Error) []*Error {
	if len(characters) == 0 {
		return others
	}
	lines := make(map[int]bool, len(characters))
	for _, e := range characters {
		lines[lineStart(text, e.Offset)] = true
	}
	for _, e := range others {
		if e.Message == MessageConflict || e.Other >= 0 || !lines[lineStart(text, e.Offset)] {
			characters = append(characters, e)
		}
	}
	return characters
}

// inOrder sorts problems by their place.
func inOrder(problems []*Error) []*Error {
	slices.SortStableFunc(problems, func(a, b *Error) int { return a.Offset - b.Offset })
	return problems[:min(len(problems), MaxErrors)]
}

// decodeScalars reads every scalar by itself and reports the bad ones. Those in an
// unsettled region keep no value.
func (d *Document) decodeScalars(unsettled []span) []*Error {
	var problems []*Error
	var visit func(v *value, n *Node)
	visit = func(v *value, n *Node) { // n is nil where the value has no place in the tree
		for i, e := range v.elements {
			visit(e, n.Elem(i))
		}
		for _, e := range v.entries {
			visit(e.value, e.leaf)
		}
		if v.kind != Scalar || v.bad || len(problems) >= MaxErrors {
			return
		}
		source := v.of(d.text)
		decoded, err := decodeScalar(source)
		if err == nil && offsetError(source, decoded) {
			err = errors.New("offset")
		}
		if err != nil {
			problems = append(problems, scalarError(source, v.start, err))
			return
		}
		if n != nil && !overlaps(v.span, unsettled) && isClean(source) {
			n.decoded = decoded
		}
	}
	for _, s := range d.sections {
		for _, st := range s.keys {
			visit(st.entry.value, st.entry.leaf)
		}
	}
	return problems
}

// isClean is false for a source that holds what checkCharacters reports: its value cannot
// be trusted.
func isClean(source string) bool { return utf8.ValidString(source) && nextControl(source, 0) < 0 }

func overlaps(place span, regions []span) bool {
	for _, r := range regions {
		if place.start < r.end && r.start < place.end {
			return true
		}
	}
	return false
}

// decoderError carries over the decoder's own message, for what nothing else has found.
func decoderError(text string, err error) *Error {
	offset, message := 0, err.Error()
	if parse, ok := errors.AsType[toml.ParseError](err); ok {
		offset, message = min(max(parse.Position.Start+fileStart(text), 0), len(text)), parse.Message
	}
	return problem(offset, MessageOther, hintOf(hintDecoder, quoteSource(message)))
}

// attach gives every scalar the value that the decoder read at its place. A tree of
// another shape would mean that the decoder and the scanner read the file differently:
// that is reported, and such a file is never edited.
func attach(text string, n *Node, decoded any, problems []*Error) []*Error {
	same := true
	switch n.kind {
	case Scalar:
		switch decoded.(type) {
		case map[string]any, []any, []map[string]any, nil:
			same = false
		}
		n.decoded = decoded
		if source := n.source.of(text); offsetError(source, decoded) {
			n.decoded = nil
			problems = append(problems, scalarError(source, n.source.start, errors.New("offset")))
		}
	case Array, TableArray:
		if same = lengthOf(decoded) == len(n.elems); same {
			for i, e := range n.elems {
				problems = attach(text, e, elementOf(decoded, i), problems)
			}
		}
	case Table, InlineTable:
		table, isTable := decoded.(map[string]any)
		if same = isTable && len(table) == len(n.kids); same {
			for _, c := range n.kids {
				problems = attach(text, c.node, table[c.name], problems)
			}
		}
	}
	if !same && len(problems) < MaxErrors {
		problems = append(problems, problem(n.KeyOffset(), MessageOther, hintOf(hintReadOtherwise)))
	}
	return problems
}
