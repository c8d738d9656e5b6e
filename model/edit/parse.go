package edit

import (
	"errors"

	"github.com/BurntSushi/toml"
)

// Document is a parsed file: every value with its place.
type Document struct {
	text     string
	root     *Node
	sections []*section
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

// Parse reads a file. A file in which anything is wrong gives no document, but the first
// error in it: a limit that it is over, a conflict that git left, bytes that are no text,
// and then what stands first.
func Parse(src []byte) (*Document, *Error) {
	if len(src) > MaxSize {
		return nil, tooLarge(len(src))
	}
	return parse(string(src))
}

func parse(text string) (*Document, *Error) {
	d, problem := read(text)
	if d == nil {
		return nil, problem
	}
	if problem == nil && d.root.readScalars(text) {
		return d, nil
	}
	return d.confirmed(problem) // it finds what is wrong first
}

// parseConfirmed reads a text as parse does, and has the decoder read it too: both must say the same.
func parseConfirmed(text string) (*Document, *Error) {
	d, problem := read(text)
	if d == nil {
		return nil, problem
	}
	return d.confirmed(problem)
}

// confirmed is the document if there is no problem in it and the decoder reads the same.
func (d *Document) confirmed(problem *Error) (*Document, *Error) {
	tree, err := decode(d.text)
	if problem != nil || err != nil {
		return nil, d.firstError(problem, err)
	}
	if problem := attach(d.text, d.root, tree); problem != nil {
		return nil, problem
	}
	return d, nil
}

// readScalars reads every scalar at and below a node; it reports false where one is not good.
func (n *Node) readScalars(text string) bool {
	if n.kind == Scalar {
		source := n.source.of(text)
		decoded, err := decodeScalar(source)
		n.decoded = decoded
		return scalarProblem(source, n.source.start, decoded, err) == nil
	}
	for _, e := range n.elems {
		if !e.readScalars(text) {
			return false
		}
	}
	for _, c := range n.kids {
		if !c.node.readScalars(text) {
			return false
		}
	}
	return true
}

// read builds the tree of a text without the decoder, up to the first error of syntax or
// the first name that is defined twice. There is no document of a text over a limit, with a
// conflict, or with characters that no TOML file may hold.
func read(text string) (*Document, *Error) {
	for _, check := range []func(string) *Error{findConflict, checkCharacters, checkKeyCount} {
		if problem := check(text); problem != nil {
			return nil, problem
		}
	}
	s := scan(text)
	if s.over {
		return nil, s.failure
	}
	d := &Document{text: text}
	if clash := d.buildIndex(s.statements); clash != nil {
		return d, clash
	}
	return d, s.failure
}

// firstError is what stands first: a scalar that the decoder refuses, or another problem.
// Where there is neither, it is the decoder's own error.
func (d *Document) firstError(problem *Error, err error) *Error {
	for _, s := range d.sections {
		for _, st := range s.keys {
			if bad := badScalar(d.text, st.entry.value); bad != nil && (problem == nil || bad.Offset < problem.Offset) {
				return bad
			}
		}
	}
	if problem == nil {
		problem = decoderError(d.text, err)
	}
	return problem
}

// badScalar reads every scalar of a value by itself.
func badScalar(text string, v *value) *Error {
	for _, e := range v.elements {
		if bad := badScalar(text, e); bad != nil {
			return bad
		}
	}
	for _, e := range v.entries {
		if bad := badScalar(text, e.value); bad != nil {
			return bad
		}
	}
	if v.kind != Scalar {
		return nil
	}
	source := v.of(text)
	decoded, err := decodeScalar(source)
	return scalarProblem(source, v.start, decoded, err)
}

// scalarProblem is what is wrong with a scalar; nil when it is good.
func scalarProblem(source string, offset int, decoded any, err error) *Error {
	if err == nil && offsetError(source, decoded) {
		err = errors.New("offset")
	}
	if err == nil {
		return nil
	}
	return scalarError(source, offset, err)
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
func attach(text string, n *Node, decoded any) *Error {
	same := true
	switch n.kind {
	case Scalar:
		switch decoded.(type) {
		case map[string]any, []any, []map[string]any, nil:
			same = false
		}
		n.decoded = decoded
		if problem := scalarProblem(n.source.of(text), n.source.start, decoded, nil); problem != nil {
			return problem
		}
	case Array, TableArray:
		if same = lengthOf(decoded) == len(n.elems); same {
			for i, e := range n.elems {
				if problem := attach(text, e, elementOf(decoded, i)); problem != nil {
					return problem
				}
			}
		}
	case Table, InlineTable:
		table, isTable := decoded.(map[string]any)
		if same = isTable && len(table) == len(n.kids); same {
			for _, c := range n.kids {
				if problem := attach(text, c.node, table[c.name]); problem != nil {
					return problem
				}
			}
		}
	}
	if !same {
		return problem(n.KeyOffset(), MessageOther, hintOf(hintReadOtherwise))
	}
	return nil
}
