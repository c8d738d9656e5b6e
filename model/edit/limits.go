package edit

// Limits refuse hostile files before the decoder sees them: its cost grows with the square
// of the nesting and of the number of key parts, so that a file of 40 KB can cost it a
// minute and gigabytes. Plans and progress files stay far below all of them. Apply keeps
// its result within the same limits.
const (
	MaxSize     = 1 << 20 // bytes of a file
	MaxDepth    = 16      // arrays and inline tables inside each other
	MaxKeyParts = 16      // parts of one dotted key or header
	MaxKeys     = 50_000  // keys and table headers of a file
)

// maxKeyWork bounds the bytes that the decoder copies to keep book of key paths. Without
// it a file within the other limits could still cost minutes: a header of 500 KB followed
// by 50,000 keys makes the decoder store the long name 50,000 times. A file of 50,000 keys
// with paths of 60 bytes needs a fifth of it.
const maxKeyWork = 1 << 26

func tooLarge(size int) *Error {
	return problem(0, MessageTooLarge, hintOf(hintSize, size, MaxSize))
}

func tooDeep(text string, offset int) *Error {
	depth := measure(text).depth
	return problem(offset, MessageTooDeep, hintOf(hintDepth, max(depth, MaxDepth+1), MaxDepth))
}

// checkKeyCount counts the keys and headers of a text before it is scanned: that takes a
// tenth of the time, and no memory. Most texts are too short to be counted.
func checkKeyCount(text string) *Error {
	if len(text) < 3*MaxKeys {
		return nil
	}
	m := measure(text)
	if m.keys <= MaxKeys {
		return nil
	}
	return problem(m.tooMany, MessageTooManyKeys, hintOf(hintKeys, m.keys, MaxKeys))
}

func tooManyParts(offset, parts int) *Error {
	return problem(offset, MessageTooManyParts, hintOf(hintParts, parts, MaxKeyParts))
}

func tooLongKeys(offset int) *Error {
	return problem(offset, MessageTooLongKeys, hintOf(hintLongKeys))
}

type measures struct {
	depth   int // deepest nesting of brackets
	keys    int // keys and headers
	tooMany int // where the first key over the limit stands
}

// measure counts what a limit is on. It takes one pass, whatever the text holds.
func measure(text string) measures {
	var m measures
	open, lineFresh := 0, true
	for p := 0; p < len(text); p++ {
		switch c := text[p]; c {
		case '\n':
			lineFresh = true
			continue
		case ' ', '\t', '\r':
			continue
		case '#':
			p = lineEnd(text, p) - 1
		case '"', '\'':
			end, _ := skipString(text, p)
			p = end - 1
		case '=':
			m.count(p)
		case '[', '{':
			if c == '[' && lineFresh && open == 0 {
				m.count(p)
				p = lineEnd(text, p) - 1 // a header, not a value
				break
			}
			open++
			m.depth = max(m.depth, open)
		case ']', '}':
			open = max(0, open-1)
		}
		lineFresh = false
	}
	return m
}

func (m *measures) count(p int) {
	if m.keys++; m.keys == MaxKeys+1 {
		m.tooMany = p
	}
}
