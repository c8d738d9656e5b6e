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
	inPaste bool
	pasted  int  // bytes of the paste since it was begun or last begun anew
	ended   int  // how many bytes of pasteEnd the last bytes of the paste are
	last    byte // the last byte of the paste

	dropping bool // an answer that was too long to be kept whole is being dropped, up to its end
}

// take moves from src to dst as much as can be handed over now, and says how many bytes it put into dst and
// how many it has used of src. Inside a paste it may put more than it uses. If wait is not none, the unused
// rest of src is the beginning of something; otherwise take can be called again with the rest, if there is any.
// dst and src must not overlap, and dst must not be empty.
func (f *framer) take(dst, src []byte) (wrote, used int, wait patience) {
	for used < len(src) {
		if f.inPaste {
			put := f.takePasted(dst[wrote:], src[used])
			if put == 0 {
				return wrote, used, none
			}
			wrote, used = wrote+put, used+1
			continue
		}
		if f.dropping {
			used += f.drop(src[used:])
			continue
		}
		size, isAnswer, missing := unit(src[used:])
		if missing != none {
			return wrote, used, missing
		}
		if isAnswer {
			f.dropping = size == maxSequence
			used += size
			continue
		}
		if wrote > 0 && size > len(dst)-wrote {
			return wrote, used, none
		}
		whole := src[used : used+size]
		if key, isSS3 := keypad(whole); isSS3 {
			wrote, used = wrote+copy(dst[wrote:], key), used+size
			continue
		}
		if s := string(whole); s == "\x1bOH" || s == "\x1bOF" { // Home and End, which Bubble Tea v1 knows as CSI only
			whole[1] = '['
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
	return wrote, used, none
}

// drop says how many bytes of src still belong to an answer that is being dropped. It ends with ST or BEL; any other
// control character is a key again.
func (f *framer) drop(src []byte) int {
	for i, c := range src {
		switch {
		case c >= ' ':
			continue
		case c == '\a':
			i++
		case c == 0x1b && i+1 < len(src) && src[i+1] == '\\':
			i += 2
		}
		f.dropping = false
		return i
	}
	return len(src)
}

// keypad is the key that a sequence ESC O … of a numeric keypad in application mode stands for, which Bubble Tea v1
// would take for Alt+O and a letter: "" for one that nobody knows. It reports whether the sequence is one of these;
// arrows, Home, End and F1 to F4 are not.
func keypad(whole []byte) (key string, isSS3 bool) {
	const digitsAndSigns = "*+,-./0123456789"
	if len(whole) != 3 || whole[0] != 0x1b || whole[1] != 'O' || strings.IndexByte("ABCDFHPQRS", whole[2]) >= 0 {
		return "", false
	}
	switch c := whole[2]; {
	case 'j' <= c && c <= 'y':
		return digitsAndSigns[c-'j' : c-'j'+1], true
	case c == 'M':
		return "\r", true
	case c == 'I':
		return "\t", true
	case c == ' ':
		return " ", true
	case c == 'X':
		return "=", true
	}
	return "", true
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
		size, wait = ss3(b)
	case 0x1b:
		size, wait = escapeTwice(b)
	case ']', 'P', '_', '^':
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

// ss3 is the length of a sequence that starts with ESC O.
func ss3(b []byte) (size int, wait patience) {
	switch {
	case len(b) == 2:
		return 0, keyPatience
	case ' ' <= b[2] && b[2] <= '~':
		return 3, none
	}
	return 2, none // Alt+O
}

// escapeTwice tells a key with Alt, ESC [ … or ESC O …, from Esc pressed twice.
func escapeTwice(b []byte) (size int, wait patience) {
	if len(b) == 2 {
		return 0, keyPatience
	}
	switch b[2] {
	case '[':
		size, wait = csi(b[1:])
	case 'O':
		size, wait = ss3(b[1:])
	}
	return 1 + size, wait
}

// controlString tells an answer of the terminal (OSC, with the title as ESC ] l and ESC ] L, DCS, APC, PM) from ], P, _
// or ^ typed with Alt.
func controlString(b []byte) (size int, isAnswer bool, wait patience) {
	const typed = 2
	if len(b) == 2 {
		return 0, false, keyPatience
	}
	answers := "0123456789lL"
	switch b[1] {
	case 'P':
		answers = "01>!"
	case '_':
		answers = "G"
	}
	if private := b[1] == '^' && b[2] >= ' '; !private && strings.IndexByte(answers, b[2]) < 0 {
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
