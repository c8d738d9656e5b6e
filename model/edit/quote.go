package edit

import (
	"fmt"
	"strings"
)

// keyText spells a key, dotted when there are several parts.
func keyText(parts ...string) string {
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = part
		if part == "" || strings.IndexFunc(part, func(r rune) bool { return r >= 0x80 || !isBare(byte(r)) }) >= 0 {
			texts[i] = Quote(part)
		}
	}
	return strings.Join(texts, ".")
}

// Quote spells a text of any number of lines on one line between double quotes.
func Quote(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte('"')
	for _, r := range s {
		writeRune(&b, r)
	}
	b.WriteByte('"')
	return b.String()
}

// writeRune writes a character as it stands in a basic string: escaped where TOML wants it,
// and also where a terminal that shows the file or its diff could take it for a command or
// turn the reading direction.
func writeRune(b *strings.Builder, r rune) {
	switch {
	case r == '"' || r == '\\':
		b.WriteByte('\\')
		b.WriteRune(r)
	case r == '\n':
		b.WriteString(`\n`)
	case r == '\r':
		b.WriteString(`\r`)
	case r == '\t':
		b.WriteString(`\t`)
	case needsEscape(r):
		fmt.Fprintf(b, `\u%04X`, r)
	default:
		b.WriteRune(r)
	}
}

// needsEscape holds for the characters that quote writes by their number: C0 and C1
// controls, marks and overrides of the reading direction, line and paragraph separators,
// and the byte order mark.
func needsEscape(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xfeff:
		return true
	case r == 0x61c, r == 0x200e, r == 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}

// longText spells a text between """, each of its lines on a line of its own. What starts
// the first line is lead, a line end or nothing.
func longText(s, lead string) string {
	var b strings.Builder
	b.Grow(len(s) + 16)
	b.WriteString(`"""`)
	b.WriteString(lead)
	quotes := 0
	for i, r := range s {
		switch {
		case r == '"':
			// Three in a row, or one before the closing quotes, would end the text.
			if quotes++; quotes == 3 || i == len(s)-1 {
				b.WriteByte('\\')
				quotes = 0
			}
			b.WriteByte('"')
			continue
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case conflictMarkerAt(s, i) != 0 && (i == 0 || s[i-1] == '\n'):
			// A reader must never take the text for a git conflict.
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			writeRune(&b, r)
		}
		quotes = 0
	}
	b.WriteString(`"""`)
	return b.String()
}

// restyle spells a text with the quotes of the value that it replaces where that is
// possible, and else as given.
func restyle(old, s string, r room, otherwise string) string {
	switch {
	case opensLongString(old, 0):
		lead := ""
		if rest := strings.TrimPrefix(old[3:], "\r"); strings.HasPrefix(rest, "\n") {
			lead = old[3 : len(old)-len(rest)+1]
		}
		if lead != "" && !strings.Contains(s, "\n") { // it was long only for its lines; an undo is back on one
			return otherwise
		}
		if r.crlf && strings.Contains(s, "\n") || lead == "" && strings.HasPrefix(s, "\n") {
			return otherwise
		}
		if old[0] == '"' {
			return longText(s, lead)
		}
		if !strings.Contains(s, "'''") && !strings.HasSuffix(s, "'") && isPlain(s, true) {
			return "'''" + lead + s + "'''"
		}
	case old[0] == '\'':
		if !strings.Contains(s, "'") && isPlain(s, false) {
			return "'" + s + "'"
		}
	}
	return otherwise
}

// isPlain says whether a text needs no escapes between single quotes.
func isPlain(s string, long bool) bool {
	for i, r := range s {
		if r == '\n' && long || r == '\t' {
			continue
		}
		if needsEscape(r) || conflictMarkerAt(s, i) != 0 && (i == 0 || s[i-1] == '\n') {
			return false
		}
	}
	return true
}
