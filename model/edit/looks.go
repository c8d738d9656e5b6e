package edit

import "strings"

// looksLikeStatement says whether what begins at p, the first byte of a line that is not
// blank, can be nothing but a statement, even inside an array: a key with its =, or a
// header whose name is no value.
func looksLikeStatement(text string, p int) bool {
	if p >= len(text) || text[p] != '[' {
		return keyEqualsEnd(text, p) >= 0
	}
	closing := "]"
	p++
	if p < len(text) && text[p] == '[' {
		closing = "]]"
		p++
	}
	start := skipBlanks(text, p)
	if start >= len(text) || !isBare(text[start]) || isDigit(text[start]) || text[start] == '-' {
		return false
	}
	end := dottedKeyEnd(text, start)
	if end < 0 {
		return false
	}
	switch strings.TrimSpace(text[start:end]) {
	case "true", "false", "inf", "nan":
		return false
	}
	rest, found := strings.CutPrefix(text[end:lineEnd(text, end)], closing)
	rest = strings.TrimSpace(rest)
	return found && (rest == "" || rest[0] == '#')
}

// keyEqualsEnd is the first byte after `key =` and its blanks at p, -1 when no such thing
// stands there.
func keyEqualsEnd(text string, p int) int {
	end := dottedKeyEnd(text, skipBlanks(text, p))
	if end < 0 || end >= len(text) || text[end] != '=' {
		return -1
	}
	return skipBlanks(text, end+1)
}

// dottedKeyEnd is the first byte after a dotted key and its blanks at p, -1 when there is
// no key.
func dottedKeyEnd(text string, p int) int {
	for {
		start := p
		if p < len(text) && (text[p] == '"' || text[p] == '\'') {
			end, closed := skipString(text, p)
			if !closed || strings.IndexByte(text[p:end], '\n') >= 0 {
				return -1
			}
			p = end
		}
		for p < len(text) && isBare(text[p]) {
			p++
		}
		if p == start {
			return -1
		}
		p = skipBlanks(text, p)
		if p >= len(text) || text[p] != '.' {
			return p
		}
		p = skipBlanks(text, p+1)
	}
}
