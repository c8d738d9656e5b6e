package terminal

import (
	"strings"
	"time"
	"unicode/utf8"
)

const (
	// maxChunk is the most bytes that one Read hands over. Bubble Tea v1 reads into 256 bytes and takes a full
	// buffer for one that was cut off.
	maxChunk = 255

	// maxSequence is the longest escape sequence that is kept whole, in bytes. No key and no mouse report comes
	// near it.
	maxSequence = 64

	// maxPaste is the length in bytes after which a paste is ended and begun anew. Bubble Tea v1 looks through
	// all of a paste again for every chunk: 1 MiB in one piece keeps it busy for five seconds.
	maxPaste = 16 << 10

	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// patience is how long to wait for the rest of what has arrived in part.
type patience time.Duration

const (
	// none: nothing is missing.
	none patience = 0
	// keyPatience: what is here could be a key of its own, Esc or Alt+[, and someone waits for its effect.
	keyPatience = patience(40 * time.Millisecond)
	// piecePatience: what is here is no key and no letter. Only a slow network separates it from its rest.
	piecePatience = patience(time.Second)
)

// framer cuts a stream of terminal input where Bubble Tea can take it: between characters and between escape
// sequences. It drops answers of the terminal to questions that an earlier program asked; they are no keys but
// would be read as such. The zero framer is at the start of a stream.
type framer struct {
	inString bool // in an answer that is too long to be kept, up to its end
	inPaste  bool
	pasted   int  // bytes of the paste since it was begun or last begun anew
	ended    int  // how many bytes of pasteEnd the last bytes of the paste are
	last     byte // the last byte of the paste
}

// take moves from src to dst as much as can be handed over now, and says how many bytes it put into dst and
// how many it has used of src. Inside a paste it may put more than it uses. If wait is not none, the unused
// rest of src is the beginning of something; otherwise take can be called again with the rest, if there is any.
// dst and src must not overlap, and dst must not be empty.
func (f *framer) take(dst, src []byte) (wrote, used int, wait patience) {
	for used < len(src) {
		if f.inString {
			skipped, missing := f.skip(src[used:])
			if used += skipped; missing != none {
				return wrote, used, missing
			}
			continue
		}
		if f.inPaste {
			put := f.takePasted(dst[wrote:], src[used])
			if put == 0 {
				return wrote, used, none
			}
			wrote, used = wrote+put, used+1
			continue
		}
		size, isAnswer, missing := unit(src[used:])
		if missing != none {
			return wrote, used, missing
		}
		whole := src[used : used+size]
		if isAnswer {
			used += size
			f.inString = size == maxSequence && !ended(whole)
			continue
		}
		if key, is := keypad(whole); is {
			if wrote == len(dst) {
				return wrote, used, none
			}
			dst[wrote] = key
			wrote, used = wrote+1, used+size
			continue
		}
		if wrote > 0 && size > len(dst)-wrote {
			return wrote, used, none
		}
		copied := copy(dst[wrote:], whole) // if dst is too small even for one, rather in pieces than not at all
		wrote, used = wrote+copied, used+copied
		switch string(whole) {
		case pasteStart:
			f.inPaste = true
		case "\x1b":
			return wrote, used, none // Bubble Tea would join it with what follows to a key with Alt
		}
	}
	if f.inString {
		return wrote, used, piecePatience
	}
	return wrote, used, none
}

// skip is how much of b still belongs to a long answer.
func (f *framer) skip(b []byte) (size int, wait patience) {
	for i, c := range b {
		switch {
		case c == '\a':
			f.inString = false
			return i + 1, none
		case c == 0x1b && i+1 == len(b):
			return i, piecePatience
		case c == 0x1b && b[i+1] == '\\':
			f.inString = false
			return i + 2, none
		case c < ' ':
			f.inString = false
			return i, none // broken off: what comes now is something else
		}
	}
	return len(b), none
}

// giveUp is called when the rest of what has come in part does not come.
func (f *framer) giveUp() { f.inString = false }

// ended reports whether an answer has its end.
func ended(answer []byte) bool {
	return answer[len(answer)-1] == '\a' || strings.HasSuffix(string(answer), "\x1b\\")
}

// keypad is the character of a key of the numeric keypad. Some programs leave it in a mode in which it sends
// ESC O and a letter, which Bubble Tea v1 takes for Alt+O and that letter.
func keypad(sequence []byte) (key byte, is bool) {
	if len(sequence) != 3 || sequence[0] != 0x1b || sequence[1] != 'O' {
		return 0, false
	}
	switch c := sequence[2]; {
	case 'j' <= c && c <= 'y': // * + , - . / 0 … 9
		return c - 'j' + '*', true
	case c == 'M':
		return '\r', true
	case c == 'X':
		return '=', true
	}
	return 0, false
}

// takePasted moves one byte of a paste. Where a paste has become long it puts the end of a paste and the start
// of the next before it. It returns how many bytes it put, 0 if dst has no room.
func (f *framer) takePasted(dst []byte, c byte) int {
	const again = pasteEnd + pasteStart
	if len(dst) == 0 {
		return 0
	}
	put := 0
	if f.mayBreakBefore(c) && len(dst) > len(again) {
		put = copy(dst, again)
		f.pasted = 0
	}
	dst[put] = c
	f.pasted++
	f.last = c
	switch c {
	case pasteEnd[f.ended]:
		f.ended++
	case pasteEnd[0]:
		f.ended = 1
	default:
		f.ended = 0
	}
	if f.ended == len(pasteEnd) {
		*f = framer{}
	}
	return put + 1
}

// mayBreakBefore reports whether a long paste may be ended before c: not inside a character, not between a
// letter and its mark, which an ASCII character never is, and not inside a line break or an escape sequence.
// Text without any ASCII has to be broken somewhere.
func (f *framer) mayBreakBefore(c byte) bool {
	if f.ended > 0 || c == 0x1b || f.last == '\r' && c == '\n' {
		return false
	}
	return f.pasted >= maxPaste && c < utf8.RuneSelf || f.pasted >= 2*maxPaste && utf8.RuneStart(c)
}

// unit returns the length of the character or sequence that b starts with, and whether it is an answer of the
// terminal. If b ends before it does, wait says how long to wait for the rest and the length means nothing.
func unit(b []byte) (size int, isAnswer bool, wait patience) {
	switch {
	case b[0] == 0x1b:
		return escape(b)
	case b[0] < utf8.RuneSelf:
		return 1, false, none
	}
	size, wait = character(b)
	return size, false, wait
}

func character(b []byte) (size int, wait patience) {
	if !utf8.FullRune(b) {
		return 0, piecePatience
	}
	_, size = utf8.DecodeRune(b)
	return size, none
}

// escape is unit for what starts with ESC.
func escape(b []byte) (size int, isAnswer bool, wait patience) {
	if len(b) == 1 {
		return 0, false, keyPatience
	}
	switch b[1] {
	case '[':
		size, wait = csi(b)
	case 'O':
		return ss3(b)
	case 0x1b:
		return escapeTwice(b)
	case ']', 'P', '_', '^', 'X':
		return controlString(b)
	default:
		// A character typed with Alt.
		size, wait = character(b[1:])
		size++
	}
	return size, false, wait
}

// csi is the length of a sequence that starts with ESC [.
func csi(b []byte) (size int, wait patience) {
	const x10Mouse, linuxFunctionKey = 6, 4 // ESC [ M and three bytes of any value; ESC [ [ and a letter
	if len(b) == 2 {
		return 0, keyPatience
	}
	switch b[2] {
	case 'M':
		return fixed(b, x10Mouse)
	case '[':
		return fixed(b, linuxFunctionKey)
	}
	for i, c := range b[2:min(len(b), maxSequence)] {
		switch {
		case '@' <= c && c <= '~':
			return 2 + i + 1, none
		case c < ' ' || c > '~':
			return 2 + i, none // broken off: what comes now is something else
		}
	}
	switch {
	case len(b) >= maxSequence:
		return maxSequence, none
	case b[len(b)-1] == '$': // the last byte of a key in rxvt, and of no key elsewhere
		return 0, keyPatience
	}
	return 0, piecePatience
}

func fixed(b []byte, size int) (int, patience) {
	if len(b) < size {
		return 0, piecePatience
	}
	return size, none
}

// ss3 is what starts with ESC O: a key if it is one that is known here, else it is dropped as answers are.
func ss3(b []byte) (size int, unknown bool, wait patience) {
	if len(b) == 2 {
		return 0, false, keyPatience
	}
	end := 2 // before the final letter there may be modifiers
	for end < min(len(b), maxSequence) && ('0' <= b[end] && b[end] <= '9' || b[end] == ';') {
		end++
	}
	switch {
	case end == maxSequence:
		return end, true, none
	case end == len(b):
		return 0, false, piecePatience
	case b[end] < ' ' || b[end] > '~':
		return end, end > 2, none // Alt+O, or broken off
	}
	size = end + 1
	_, isKeypad := keypad(b[:size])
	return size, !isKeypad && (end > 2 || strings.IndexByte("ABCDPQRS", b[end]) < 0), none
}

// escapeTwice tells a key with Alt, ESC [ … or ESC O …, from Esc pressed twice.
func escapeTwice(b []byte) (size int, unknown bool, wait patience) {
	if len(b) == 2 {
		return 0, false, keyPatience
	}
	switch b[2] {
	case '[':
		size, wait = csi(b[1:])
	case 'O':
		size, unknown, wait = ss3(b[1:])
		_, isKeypad := keypad(b[1:min(len(b), 1+size)])
		unknown = unknown || isKeypad
	}
	return 1 + size, unknown, wait
}

// controlString tells an answer of the terminal (OSC, DCS, APC, PM, SOS) from ], P, _, ^ or X typed with Alt. One that
// is longer than what is kept is an answer as far as it goes.
func controlString(b []byte) (size int, isAnswer bool, wait patience) {
	const typed = 2
	if len(b) == 2 {
		return 0, false, keyPatience
	}
	answers := "0123456789lL" // the last two: the titles of the window and of its icon
	switch b[1] {
	case 'P':
		answers = "01>!"
	case '_':
		answers = "G"
	case '^', 'X':
		answers = ""
	}
	if answers != "" && strings.IndexByte(answers, b[2]) < 0 {
		return typed, false, none
	}
	for i := 2; i < min(len(b), maxSequence); i++ {
		switch {
		case b[i] == '\a':
			return i + 1, true, none
		case b[i] == 0x1b && i+1 == len(b):
			return 0, false, piecePatience
		case b[i] == 0x1b && b[i+1] == '\\':
			return i + 2, true, none
		case b[i] < ' ':
			return typed, false, none
		}
	}
	if len(b) >= maxSequence {
		return maxSequence, true, none
	}
	return 0, false, piecePatience
}
