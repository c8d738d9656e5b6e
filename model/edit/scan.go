package edit

import "strings"

// span is a piece of the source: the bytes from start up to, not including, end.
type span struct{ start, end int }

func (s span) of(text string) string { return text[s.start:s.end] }

// keyPart is one part of a dotted key. The span holds the quotes, the name does not.
type keyPart struct {
	span
	name string
}

// value is a value in the source.
type value struct {
	span
	kind     Kind     // Scalar, Array or InlineTable
	elements []*value // of an array
	entries  []*entry // of an inline table
}

// entry is one key = value, on lines of its own or in an inline table. The span reaches
// from the first byte of the key to the last of the value.
type entry struct {
	span
	keys   []keyPart
	equals int // the = sign
	value  *value
	leaf   *Node // what the value became; nil when it has no place in the tree
}

type statementKind int

const (
	keyStatement  statementKind = iota // key = value
	tableHeader                        // [name]
	elementHeader                      // [[name]]
)

// statement is what stands on a line of its own: a key with its value, or a header.
type statement struct {
	kind  statementKind
	line  int // first byte of its first line
	next  int // just past the line end of its last line, or the end of the text
	keys  []keyPart
	name  span   // brackets and name of a header
	entry *entry // of a keyStatement
}

// slab hands out zeroed values by reference, many to an allocation.
type slab[T any] struct {
	free []T
	size int // of the last allocation
}

func (s *slab[T]) next() *T {
	if len(s.free) == 0 {
		s.size = min(max(16, 2*s.size), 256)
		s.free = make([]T, s.size)
	}
	p := &s.free[0]
	s.free = s.free[1:]
	return p
}

// keyPath is the size of the key path around what is being read.
type keyPath struct{ parts, bytes int }

// scanner reads the statements of a text. It checks what stands where, not the scalars
// themselves, except for their quotes and escapes: the decoder judges the rest.
type scanner struct {
	text string
	at   int

	depth  int // open brackets around the value that is being read
	braces int // those of them that belong to inline tables
	work   int // see maxKeyWork
	path   keyPath

	failure *Error // why the last statement cannot be read: nothing more is read
	over    bool   // it is over a limit
	suspect int    // opening quotes of a text that closes in front of another one; or -1

	statements []*statement
	values     slab[value]
	entries    slab[entry]
	pool       slab[statement]
	parts      []keyPart // room for the parts of the next keys
}

// scan reads the statements of a text up to the first that cannot be read.
func scan(text string) *scanner {
	s := &scanner{text: text, at: fileStart(text), suspect: -1}
	s.statements = make([]*statement, 0, 16+len(text)/40)
	var section keyPath
	for s.skipTrivia(); s.at < len(text); s.skipTrivia() {
		st := s.pool.next()
		st.line = lineStart(text, s.at)
		s.path, s.depth, s.braces = section, 0, 0
		if !s.statement(st) {
			if s.suspect >= 0 && !s.over {
				// The torn line is most likely inside a text that swallowed its own end.
				s.failure = problem(s.suspect, MessageLongStringOpen, hintOf(hintEndsAtNext))
			}
			return s
		}
		if st.kind != keyStatement {
			section = keyPath{len(st.keys), st.name.end - st.name.start}
		}
		s.statements = append(s.statements, st)
	}
	return s
}

// fail notes why the statement cannot be read; it returns false for the caller to return.
func (s *scanner) fail(offset int, message string, h hint) bool {
	if s.failure == nil {
		s.failure = problem(offset, message, h)
	}
	return false
}

// stop ends the reading at a limit.
func (s *scanner) stop(over *Error) bool {
	s.failure, s.over = over, true
	return false
}

// sees says whether c is the next byte.
func (s *scanner) sees(c byte) bool { return s.at < len(s.text) && s.text[s.at] == c }

func (s *scanner) skipBlanks() { s.at = skipBlanks(s.text, s.at) }

// skipTrivia moves over blanks, line ends and comments, and says whether it has come to
// another line.
func (s *scanner) skipTrivia() (newLine bool) {
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case '\n':
			newLine = true
			s.at++
		case ' ', '\t', '\r':
			s.at++
		case '#':
			s.at = lineEnd(s.text, s.at)
		default:
			return newLine
		}
	}
	return newLine
}

// statement reads one statement with the end of its line.
func (s *scanner) statement(st *statement) bool {
	if conflictMarkerAt(s.text, s.at) != 0 && s.at == st.line {
		return s.fail(s.at, MessageConflict, hintOf(hintConflict))
	}
	after := MessageAfterValue
	if s.sees('[') {
		after = MessageAfterHeader
		if !s.header(st) {
			return false
		}
	} else {
		st.entry = s.keyValue()
		if st.entry == nil {
			return false
		}
		st.keys = st.entry.keys
	}
	s.skipBlanks()
	if s.sees('#') {
		s.at = lineEnd(s.text, s.at)
	}
	if s.sees('\r') {
		s.at++
	}
	if s.at < len(s.text) && !s.sees('\n') {
		return s.fail(s.at, after, hintOf(hintOneLine))
	}
	s.at = min(s.at+1, len(s.text))
	st.next = s.at
	return true
}

func (s *scanner) header(st *statement) bool {
	st.kind, st.name.start = tableHeader, s.at
	brackets := 1
	s.at++
	if s.sees('[') {
		st.kind, brackets = elementHeader, 2
		s.at++
	}
	s.path = keyPath{}
	if st.keys = s.key(); st.keys == nil {
		return false
	}
	for range brackets {
		if !s.sees(']') {
			return s.fail(s.at, MessageNoBracket, s.hintLetter())
		}
		s.at++
	}
	st.name.end = s.at
	return true
}

// keyValue reads key = value; nil when it cannot be read.
func (s *scanner) keyValue() *entry {
	e := s.entries.next()
	e.start = s.at
	around := s.path
	if e.keys = s.key(); e.keys == nil {
		return nil
	}
	if !s.sees('=') {
		s.fail(s.at, MessageNoEquals, s.hintLetter())
		return nil
	}
	e.equals = s.at
	s.at++
	s.skipBlanks()
	s.path = keyPath{around.parts + len(e.keys), around.bytes + e.equals - e.start}
	if e.value = s.value(); e.value == nil {
		return nil
	}
	s.path = around
	e.end = e.value.end
	return e
}

func isBare(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}

// key reads a dotted key and the blanks around it; nil when it cannot be read.
func (s *scanner) key() []keyPart {
	if cap(s.parts)-len(s.parts) < MaxKeyParts {
		s.parts = make([]keyPart, 0, 4*MaxKeyParts)
	}
	first, count, start := len(s.parts), 0, s.at
	for {
		s.skipBlanks()
		part, ok := s.keyPart()
		if !ok {
			return nil
		}
		if count++; count <= MaxKeyParts {
			s.parts = append(s.parts, part)
		}
		s.skipBlanks()
		if !s.sees('.') {
			break
		}
		s.at++
	}
	if count > MaxKeyParts {
		s.stop(tooManyParts(start, count))
		return nil
	}
	if !s.spend(count*(s.path.parts+count)*(s.path.bytes+s.at-start), start) {
		return nil
	}
	return s.parts[first:len(s.parts):len(s.parts)]
}

// spend counts what the decoder will copy to keep book of a key.
func (s *scanner) spend(work, offset int) bool {
	if s.work += work; s.work > maxKeyWork {
		return s.stop(tooLongKeys(offset))
	}
	return true
}

func (s *scanner) keyPart() (part keyPart, ok bool) {
	start := s.at
	if s.sees('"') || s.sees('\'') {
		return s.quotedPart()
	}
	for s.at < len(s.text) && isBare(s.text[s.at]) {
		s.at++
	}
	if s.at == start {
		return part, s.fail(start, MessageNoKey, s.hintLetter())
	}
	return keyPart{span{start, s.at}, s.text[start:s.at]}, true
}

// hintLetter explains a key that ends too early.
func (s *scanner) hintLetter() hint {
	if s.at < len(s.text) && s.text[s.at] >= 0x80 {
		return hintOf(hintLetters)
	}
	return hint{}
}

func (s *scanner) quotedPart() (part keyPart, ok bool) {
	start := s.at
	if opensLongString(s.text, start) {
		return part, s.fail(start, MessageNoKey, hintOf(hintNameQuotes))
	}
	end, closed := skipString(s.text, start)
	if !closed {
		s.at = end
		return part, s.fail(start, MessageStringOpen, hintOf(hintClose, s.text[start:start+1]))
	}
	s.at = end
	name := s.text[start+1 : end-1]
	if s.text[start] == '"' && strings.IndexByte(name, '\\') >= 0 {
		if !s.checkEscapes(start, end) {
			return part, false
		}
		name = unescape(name)
	}
	return keyPart{span{start, end}, name}, true
}
