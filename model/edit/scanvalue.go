package edit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// value reads one value; nil when it cannot be read.
func (s *scanner) value() *value {
	v := s.values.next()
	v.kind, v.start = Scalar, s.at
	ok := false
	switch {
	case s.at >= len(s.text):
		ok = s.fail(s.at, MessageNoValue, hint{})
	case s.sees('"'), s.sees('\''):
		ok = s.quoted(v)
	case s.sees('['):
		ok = s.array(v)
	case s.sees('{'):
		ok = s.inlineTable(v)
	default:
		ok = s.bareScalar()
	}
	if !ok {
		return nil
	}
	v.end = s.at
	return v
}

// quoted reads a string of any of the four kinds.
func (s *scanner) quoted(v *value) bool {
	end, closed := skipString(s.text, v.start)
	long := opensLongString(s.text, v.start)
	s.at = end
	if !closed {
		if long {
			return s.fail(v.start, MessageLongStringOpen, hintOf(hintCloseLong, s.text[v.start:v.start+3]))
		}
		return s.fail(v.start, MessageStringOpen, hintOf(hintClose, s.text[v.start:v.start+1]))
	}
	if s.text[v.start] == '"' && strings.IndexByte(s.text[v.start:end], '\\') >= 0 {
		if !s.checkEscapes(v.start, end) {
			return false
		}
	}
	if long && s.suspect < 0 {
		// A text that was never closed ends where the next one begins: at key = """.
		closing := strings.TrimRight(s.text[v.start+3:end], s.text[v.start:v.start+1])
		closeAt := v.start + 3 + len(closing)
		line := lineStart(s.text, closeAt)
		if line > v.start && keyEqualsEnd(s.text, line) == closeAt {
			s.suspect = v.start
		}
	}
	return true
}

// bareScalar reads a value without quotes: a number, a date or time, true or false.
func (s *scanner) bareScalar() bool {
	start := s.at
	switch r, _ := utf8.DecodeRuneInString(s.text[s.at:]); {
	case r == '\n' || r == '\r' || r == '#':
		return s.fail(start, MessageNoValue, hint{})
	case unicode.IsLetter(r):
		return s.word()
	}
	s.bareToken()
	// A blank may stand for the T between date and time.
	if n := s.at - start; n == 10 && s.text[start+4] == '-' && s.sees(' ') && s.at+1 < len(s.text) &&
		isDigit(s.text[s.at+1]) {
		s.at++
		s.bareToken()
	}
	if s.at == start {
		return s.fail(start, MessageNoValue, hint{})
	}
	if s.sees('/') && isDigit(s.text[start]) { // a day as people write it: 18/11/2019
		for s.at < len(s.text) && (isDigit(s.text[s.at]) || s.sees('/')) {
			s.at++
		}
		return s.fail(start, MessageDate, hintOf(hintDayOrder, quoteSource(s.text[start:s.at])))
	}
	return true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func (s *scanner) bareToken() {
	for s.at < len(s.text) && (isBare(s.text[s.at]) || strings.IndexByte("+.:", s.text[s.at]) >= 0) {
		s.at++
	}
}

// word reads true, false, inf or nan, and takes any other word for a text whose quotes
// were forgotten.
func (s *scanner) word() bool {
	start := s.at
	s.bareToken()
	switch word := s.text[start:s.at]; strings.ToLower(word) {
	case "true", "false", "inf", "nan":
		if lower := strings.ToLower(word); lower != word {
			return s.fail(start, MessageUnquoted, hintOf(hintSmallLetters, lower))
		}
		return true
	}
	return s.fail(start, MessageUnquoted, hintOf(hintQuotes))
}

// enter opens a bracket.
func (s *scanner) enter() bool {
	if s.depth++; s.depth > MaxDepth {
		return s.stop(tooDeep(s.text, s.at))
	}
	s.at++
	return s.spend(s.path.bytes+1, s.at-1)
}

func (s *scanner) array(v *value) bool {
	v.kind = Array
	if !s.enter() {
		return false
	}
	for {
		newLine := s.skipTrivia()
		if s.sees(']') {
			break
		}
		if s.strayStatement(newLine) {
			return s.fail(v.start, MessageArrayOpen, hintOf(hintCloseArray))
		}
		e := s.value()
		if e == nil {
			return false
		}
		v.elements = append(v.elements, e)
		newLine = s.skipTrivia()
		if s.sees(',') {
			s.at++
		} else if !s.sees(']') {
			if s.strayStatement(newLine) {
				return s.fail(v.start, MessageArrayOpen, hintOf(hintCloseArray))
			}
			return s.fail(s.at, MessageNoComma, s.hintOpened(hintArrayBegins, v.start))
		}
	}
	s.at++
	s.depth--
	return true
}

// hintOpened names the line of an opening bracket when it stands above.
func (s *scanner) hintOpened(format string, start int) hint {
	if !strings.Contains(s.text[start:s.at], "\n") {
		return hint{}
	}
	return hintOf(format, strings.Count(s.text[:start], "\n")+1)
}

// strayStatement says whether, inside an array, the text ends or a line begins that can
// only be a statement: the array was never closed.
func (s *scanner) strayStatement(newLine bool) bool {
	return s.at >= len(s.text) || newLine && s.braces == 0 && looksLikeStatement(s.text, s.at)
}

func (s *scanner) inlineTable(v *value) bool {
	v.kind = InlineTable
	if !s.enter() {
		return false
	}
	s.braces++
	for {
		s.skipTrivia()
		if s.sees('}') {
			break
		}
		if s.at >= len(s.text) {
			return s.fail(v.start, MessageInlineOpen, hintOf(hintCloseInline))
		}
		e := s.keyValue()
		if e == nil {
			return false
		}
		v.entries = append(v.entries, e)
		s.skipTrivia()
		if s.sees(',') {
			s.at++
		} else if s.at < len(s.text) && !s.sees('}') {
			return s.fail(s.at, MessageNoComma, s.hintOpened(hintInlineBegins, v.start))
		}
	}
	s.at++
	s.braces--
	s.depth--
	return true
}
