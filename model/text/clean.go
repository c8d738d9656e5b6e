// Package text makes strings from outside safe to show and to store, and searches and sorts Vietnamese.
//
// From outside means from a file, git, the environment, a file name, an error of another program, the
// clipboard or a client. Such a string is cleaned once, where it enters, so that no screen, log, export or
// commit message ever sees the raw one.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	// maxMarks is the number of combining marks kept on one letter. Vietnamese in NFC needs none and other
	// languages get by with two; more is a tower that covers the lines above.
	maxMarks = 2

	tabInText = "    "
)

// Line makes any string safe to show on one line: valid UTF-8 in NFC, without control characters, without
// bidirectional or invisible format characters, with at most two combining marks on a letter and none that
// has no letter. A line break, a tab and every kind of blank of one cell become one space.
//
// A character that could deceive or drive a terminal is shown as U+FFFD, so that tampering is seen; one that
// is invisible and harmless (soft hyphen, zero-width space, variation selector) is dropped.
//
// Line(Line(s)) == Line(s). A string that is clean already is returned as it is, without allocation.
func Line(s string) string { return clean(s, false) }

// Text is Line for a text of several lines: every kind of line break becomes "\n", a tab four spaces.
// Every line of the result is clean in the sense of Line.
func Text(s string) string { return clean(s, true) }

func clean(s string, keepBreaks bool) string {
	if isPlain(s, keepBreaks) {
		return s
	}
	lineBreak, tab := " ", " "
	if keepBreaks {
		lineBreak, tab = "\n", tabInText
	}
	s = norm.NFC.String(s)
	if isPlain(s, keepBreaks) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	marks := maxMarks // at the start of a line and after a blank there is no letter that could carry a mark
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case r == '\r' && i < len(s) && s[i] == '\n', isHarmless(r):
			continue
		case isLineBreak(r):
			b.WriteString(lineBreak)
			marks = maxMarks
		case r == '\t':
			b.WriteString(tab)
			marks = maxMarks
		case isBlank(r):
			b.WriteByte(' ')
			marks = maxMarks
		case unicode.In(r, unicode.Mn, unicode.Me): // a mark
			if marks < maxMarks {
				b.WriteRune(r)
				marks++
			}
		case r == utf8.RuneError && size == 1, isDangerous(r):
			b.WriteRune(utf8.RuneError)
			marks = 0
		default:
			b.WriteRune(r)
			marks = 0
		}
	}
	// Once more, because what was dropped may have kept a letter and its mark apart.
	return norm.NFC.String(b.String())
}

// isPlain reports that there is nothing to clean. It knows only the characters that make up nearly all of our
// text, all of them NFC in any order; false means "look closer".
func isPlain(s string, keepBreaks bool) bool {
	for _, r := range s {
		switch {
		case ' ' <= r && r < 0x7f:
		case 0xc0 <= r && r <= 0x17f, r == 'Ơ', r == 'ơ', r == 'Ư', r == 'ư', 0x1ea0 <= r && r <= 0x1ef9:
		case r == '–', r == '—', r == '‘', r == '’', r == '“', r == '”', r == '…', r == '•', r == '°', r == '«', r == '»':
		case r == '\n' && keepBreaks:
		default:
			return false
		}
	}
	return true
}

func isLineBreak(r rune) bool {
	switch r {
	// Word puts U+000B where a line ends inside a paragraph; U+0085, U+2028 and U+2029 are Unicode's own.
	case '\n', '\v', '\f', '\r', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// isBlank reports a blank that takes one cell or less. The ideographic space takes two and stays.
func isBlank(r rune) bool {
	return r == ' ' || r == 0xa0 || 0x2000 <= r && r <= 0x200a || r == 0x202f || r == 0x205f
}

// isHarmless reports an invisible character that people paste without knowing it and that changes nothing but
// where a line may break or whether a sign is drawn in colour.
func isHarmless(r rune) bool {
	switch {
	case r == 0xad, 0x200b <= r && r <= 0x200d, r == 0x2060, r == 0xfeff: // soft hyphen, zero width, byte order mark
		return true
	case r == 0x34f, r == 0x17b4, r == 0x17b5: // combining marks that show nothing
		return true
	case 0x180b <= r && r <= 0x180d, r == 0x180f, 0xfe00 <= r && r <= 0xfe0f, 0xe0100 <= r && r <= 0xe01ef:
		return true // variation selectors
	}
	return false
}

// isDangerous reports what must not reach a screen unseen: control and format characters (escape sequences,
// changes of direction, tags), private use, what is no character at all, and letters that look like nothing.
func isDangerous(r rune) bool {
	switch {
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co):
		return true
	case r >= 0xe0000, r&0xfffe == 0xfffe, 0xfdd0 <= r && r <= 0xfdef: // tags and beyond; noncharacters
		return true
	case r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0: // Hangul fillers
		return true
	}
	return false
}
