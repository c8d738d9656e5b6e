package edit

import "fmt"

// Limits refuse hostile files before the decoder sees them: its cost grows with the square
// of the nesting and of the number of key parts, so that a file of 40 KB can cost it a
// minute and gigabytes. Plans and progress files stay far below all of them. Apply keeps
// its result within the same limits.
const (
	MaxSize     = 1 << 20 // bytes of a file
	MaxDepth    = 16      // arrays and inline tables inside each other
	MaxKeyParts = 16      // parts of one dotted key or header
	MaxKeys     = 50_000  // keys and table headers of a file
	MaxErrors   = 200     // problems that Parse reports of one file
)

// maxKeyWork bounds the bytes that the decoder copies to keep book of key paths. Without
// it a file within the other limits could still cost minutes: a header of 500 KB followed
// by 50,000 keys makes the decoder store the long name 50,000 times. A file of 50,000 keys
// with paths of 60 bytes needs a fifth of it.
const maxKeyWork = 1 << 26

func tooLarge(size int) *Error {
	return &Error{
		Offset: 0, Other: -1, Message: MessageTooLarge,
		Hint: fmt.Sprintf("it has %d bytes; want at most %d", size, MaxSize),
	}
}

func tooDeep(text string, offset int) *Error {
	depth, _ := measure(text)
	return &Error{
		Offset: offset, Other: -1, Message: MessageTooDeep,
		Hint: fmt.Sprintf("there are %d levels of brackets; want at most %d", max(depth, MaxDepth+1), MaxDepth),
	}
}

func tooManyKeys(text string, offset int) *Error {
	_, keys := measure(text)
	return &Error{
		Offset: offset, Other: -1, Message: MessageTooManyKeys,
		Hint: fmt.Sprintf("there are %d keys and headers; want at most %d", max(keys, MaxKeys+1), MaxKeys),
	}
}

func tooManyParts(offset, parts int) *Error {
	return &Error{
		Offset: offset, Other: -1, Message: MessageTooManyParts,
		Hint: fmt.Sprintf("it has %d parts; want at most %d", parts, MaxKeyParts),
	}
}

func tooLongKeys(offset int) *Error {
	return &Error{
		Offset: offset, Other: -1, Message: MessageTooLongKeys,
		Hint: "use shorter names and fewer levels of tables",
	}
}

// measure counts the deepest nesting of brackets and the keys and headers of a text that
// is over a limit, so that the error can name what was found. It takes one pass, whatever
// the text holds.
func measure(text string) (depth, keys int) {
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
			keys++
		case '[', '{':
			if c == '[' && lineFresh && open == 0 {
				keys++
				p = lineEnd(text, p) - 1 // a header, not a value
				break
			}
			open++
			depth = max(depth, open)
		case ']', '}':
			open = max(0, open-1)
		}
		lineFresh = false
	}
	return depth, keys
}
