package edit

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// byteOrderMark may stand at the start of a file; it is no part of the first line.
const byteOrderMark = "\xef\xbb\xbf"

// Lines finds places in a text.
type Lines struct {
	src    []byte
	starts []int // of the lines, in bytes
}

// LinesOf looks where the lines of a text begin.
func LinesOf(src []byte) *Lines {
	lines := &Lines{src: src, starts: make([]int, 1, bytes.Count(src, []byte("\n"))+1)}
	for i, b := range src {
		if b == '\n' {
			lines.starts = append(lines.starts, i+1)
		}
	}
	return lines
}

// Position turns a byte offset into a line and a column, both counted from 1. The column counts characters, not bytes,
// and leaves out a byte order mark. An offset outside of the text is taken as the nearest one inside.
func (l *Lines) Position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(l.src))
	line, found := slices.BinarySearch(l.starts, offset)
	if found {
		line++
	}
	start := l.starts[line-1]
	column = utf8.RuneCount(l.src[start:offset]) + 1
	if start == 0 && bytes.HasPrefix(l.src[:offset], []byte(byteOrderMark)) {
		column--
	}
	return line, column
}

// Position is the place of one byte, as [Lines.Position].
func Position(src []byte, offset int) (line, column int) { return LinesOf(src).Position(offset) }

// fileStart is the first byte after a byte order mark.
func fileStart(text string) int {
	if strings.HasPrefix(text, byteOrderMark) {
		return len(byteOrderMark)
	}
	return 0
}

// lineStart is the first byte of the line that holds the byte before p, or p's own when p
// is a line start.
func lineStart(text string, p int) int {
	if i := strings.LastIndexByte(text[:p], '\n'); i >= 0 {
		return i + 1
	}
	return min(p, fileStart(text))
}

// lineEnd is the line feed that ends the line of p, or the end of the text.
func lineEnd(text string, p int) int {
	if i := strings.IndexByte(text[p:], '\n'); i >= 0 {
		return p + i
	}
	return len(text)
}

// lineNext is the first byte of the line after the one of p, or the end of the text.
func lineNext(text string, p int) int {
	return min(lineEnd(text, p)+1, len(text))
}

// lineBreak is the line end in use just before p, and if there is none, in the text.
func lineBreak(text string, p int) string {
	i := strings.LastIndexByte(text[:p], '\n')
	if i < 0 {
		i = strings.IndexByte(text, '\n')
	}
	if i > 0 && text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// isBlank says whether s holds nothing but blanks and line ends.
func isBlank(s string) bool { return strings.Trim(s, " \t\r\n") == "" }

// blankLineAbove says whether p, a line start, has an empty line directly above it.
func blankLineAbove(text string, p int) bool {
	return p > fileStart(text) && text[p-1] == '\n' && isBlank(text[lineStart(text, p-1):p])
}

// indentation returns the blanks between the line start and p, "" when anything else
// stands there.
func indentation(text string, p int) string {
	if lead := text[lineStart(text, p):p]; isBlank(lead) {
		return lead
	}
	return ""
}

// skipBlanks is the first byte from p on that is no blank or tab.
func skipBlanks(text string, p int) int {
	for p < len(text) && (text[p] == ' ' || text[p] == '\t') {
		p++
	}
	return p
}

// opensLongString says whether a string of several lines begins at p.
func opensLongString(text string, p int) bool {
	return strings.HasPrefix(text[p:], `"""`) || strings.HasPrefix(text[p:], `'''`)
}

// skipString moves over the string that starts at p, whichever of the four kinds it is.
// When the string does not end, closed is false and end is the line's end for a string of
// one line, the text's end for one of several lines.
func skipString(text string, p int) (end int, closed bool) {
	quote := text[p]
	if opensLongString(text, p) {
		return skipLongString(text, p+3, quote)
	}
	for p++; p < len(text); p++ {
		switch c := text[p]; {
		case c == '\n':
			return p, false
		case c == quote:
			return p + 1, true
		case c == '\\' && quote == '"' && p+1 < len(text) && text[p+1] != '\n':
			p++
		}
	}
	return len(text), false
}

func skipLongString(text string, p int, quote byte) (end int, closed bool) {
	for p < len(text) {
		switch {
		case text[p] == '\\' && quote == '"':
			p += 2
		case text[p] == quote && p+2 < len(text) && text[p+1] == quote && text[p+2] == quote:
			p += 3
			for range 2 { // up to two more quotes belong to the text
				if p < len(text) && text[p] == quote {
					p++
				}
			}
			return p, true
		default:
			p++
		}
	}
	return len(text), false
}
