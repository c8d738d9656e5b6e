package edit

import "strings"

// recover notes why a statement could not be read and looks for the line at which reading
// can go on. It returns false when that is not sure: what follows would then be reported
// for a mistake that stands above it.
func (s *scanner) recover(st *statement) bool {
	failure := s.failure
	s.failure = nil
	if s.suspect >= 0 {
		// The torn line is most likely inside a text that swallowed its own end.
		kept := s.problems[:0]
		for _, e := range s.problems {
			if e.Offset < s.suspect {
				kept = append(kept, e)
			}
		}
		s.problems = kept
		s.report(s.suspect, MessageLongStringOpen, hintOf(hintEndsAtNext))
		return false
	}
	s.report(failure.Offset, failure.Message, hint{failure.HintFormat, failure.HintArgs})
	if failure.Message == MessageConflict {
		return false
	}
	line := s.text[st.line:lineEnd(s.text, st.line)]
	if st.kind == tableHeader || st.kind == elementHeader || tornHeader(line) {
		st.kind = unknownHeader
		s.statements = append(s.statements, st)
		s.at = lineNext(s.text, st.line)
		st.next = s.at
		return !strings.Contains(line, `"""`) && !strings.Contains(line, `'''`)
	}
	next, sure, stray := skipTorn(s.text, st.line)
	if stray {
		// These quotes close a text whose opening is torn: what came between was text.
		s.problems = s.problems[:min(s.torn+1, len(s.problems))]
	}
	s.at = next
	return sure
}

// tornHeader says whether a line without = that ends in ] may be a header that lost its
// first bracket: the keys below it then belong to a table that nobody knows.
func tornHeader(line string) bool {
	code, _, _ := strings.Cut(line, "#")
	return strings.HasSuffix(strings.TrimSpace(code), "]") && !strings.Contains(code, "=")
}

// skipTorn finds the line after a torn key = value that begins at p. It is sure when the
// torn statement ends by itself, all brackets and quotes closed, or when the next line
// can only be a new statement. Stray says that it met """ where no value can begin.
func skipTorn(text string, p int) (next int, sure, stray bool) {
	depth, braces := 0, 0
	afterEquals := false
	for p < len(text) {
		switch text[p] {
		case '\n':
			p++
			if depth == 0 || braces == 0 && looksLikeStatement(text, skipBlanks(text, p)) {
				return p, true, false
			}
			continue
		case ' ', '\t':
			p++
			continue
		case '#':
			p = lineEnd(text, p)
			continue
		case '"', '\'':
			long := opensLongString(text, p)
			if long && depth == 0 && !afterEquals {
				return p, false, true
			}
			end, closed := skipString(text, p)
			if closed {
				p, afterEquals = end, false
				continue
			}
			if end >= len(text) {
				return len(text), !long, false
			}
			return end + 1, braces == 0 && statementFollows(text, end+1), false
		case '[':
			depth++
		case '{':
			depth++
			braces++
		case ']':
			depth = max(0, depth-1)
		case '}':
			depth = max(0, depth-1)
			braces = max(0, braces-1)
		}
		afterEquals = text[p] == '='
		p++
	}
	return len(text), depth == 0, false
}

// statementFollows says whether the next line at or after p that is neither empty nor a
// comment is surely a statement. The end of the text will do as well.
func statementFollows(text string, p int) bool {
	s := scanner{text: text, at: p}
	s.skipTrivia()
	return s.at >= len(text) || looksLikeStatement(text, s.at)
}

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
