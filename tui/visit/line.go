package visit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/tiendo/model/phrase"
)

const (
	// MaxLine is the longest command line that comes by SSH, in bytes. The longest note fits.
	MaxLine = 8 << 10

	maxLineWords = 200
)

// lineReader takes a command line apart, letter by letter.
type lineReader struct {
	words []string
	word  strings.Builder
	begun bool // there is a word, be it an empty one in quotes
	quote rune // ' or " inside quotes, else 0
}

// SplitLine takes a command line apart as a POSIX shell does: blanks part the
// words, and single quotes, double quotes and the backslash take away what a
// letter would mean. Nothing is expanded, and nothing but the words is ever
// made of the line: what a shell would act upon is refused.
func SplitLine(line string) ([]string, error) {
	if len(line) > MaxLine {
		return nil, badLine(phrase.Say("the command line is longer than %d bytes", MaxLine))
	}
	if !utf8.ValidString(line) {
		return nil, badLine(phrase.Say("the command line is not in UTF-8"))
	}
	if strings.IndexFunc(line, unicode.IsControl) >= 0 {
		return nil, badLine(phrase.Say("the command line contains a line break, a tab or another control character"))
	}
	var r lineReader
	letters := []rune(line)
	for i := 0; i < len(letters); i++ {
		escaped := letters[i] == '\\' && r.quote != '\''
		switch {
		case escaped && i+1 == len(letters):
			return nil, badLine(phrase.Say("the command line ends in a backslash"))
		case escaped && (r.quote == 0 || strings.ContainsRune("$`\"\\", letters[i+1])):
			i++
			r.keep(letters[i])
		default:
			if err := r.letter(letters[i]); err != nil {
				return nil, err
			}
		}
	}
	if r.quote != 0 {
		return nil, badLine(phrase.Say("a quotation mark is not closed: %s", string(r.quote)))
	}
	r.end()
	if len(r.words) > maxLineWords {
		return nil, badLine(phrase.Say("the command line has more than %d words", maxLineWords))
	}
	return r.words, nil
}

func badLine(what phrase.Sentence) error {
	return phrase.Refuse(what, phrase.Say("put a text into single quotes, and the whole command into double ones: ssh "+
		"HOST \"tick UNIT ACTIVITY --note 'a text'\""))
}

// letter reads one letter before which there is no backslash that matters.
func (r *lineReader) letter(letter rune) error {
	switch {
	case letter == r.quote:
		r.quote = 0
	case r.quote == '\'':
		r.keep(letter)
	case letter == '$' || letter == '`':
		return meaningful(letter)
	case r.quote == '"':
		r.keep(letter)
	case letter == ' ':
		r.end()
	case letter == '\'' || letter == '"':
		r.quote, r.begun = letter, true
	case strings.ContainsRune(";|&<>()", letter), !r.begun && (letter == '~' || letter == '#'):
		return meaningful(letter)
	default:
		r.keep(letter)
	}
	return nil
}

func meaningful(letter rune) error {
	return badLine(phrase.Say("%s means something to a shell, and there is none here", string(letter)))
}

func (r *lineReader) keep(letter rune) {
	r.word.WriteRune(letter)
	r.begun = true
}

func (r *lineReader) end() {
	if r.begun {
		r.words = append(r.words, r.word.String())
	}
	r.word.Reset()
	r.begun = false
}
