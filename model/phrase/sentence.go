package phrase

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence is something said to the user: an English format, as for fmt.Sprintf, and its arguments. The word tables
// hold the Vietnamese of every format that the program uses, so that a rule can speak without knowing the language of
// the screen. An argument may be a Sentence itself, or anything with a Label method.
type Sentence struct {
	Format string
	Args   []any
}

// english is a format as it is said. Where the same English words are two Vietnamese ones, what stands before "::"
// tells which are meant and is not said: "status::done" is "done".
func english(format string) string {
	if _, said, told := strings.Cut(format, "::"); told {
		return said
	}
	return format
}

// Say makes a Sentence.
func Say(format string, args ...any) Sentence { return Sentence{Format: format, Args: args} }

// Counted is how many there are of something, as an argument of a Sentence.
type Counted struct {
	N         int
	One, Many string // English formats of N; Many is the one that the word tables know
}

// Count makes a Counted.
func Count(n int, one, many string) Counted { return Counted{n, one, many} }

// String says it in English.
func (c Counted) String() string {
	if c.N == 1 {
		return fmt.Sprintf(c.One, c.N)
	}
	return fmt.Sprintf(c.Many, c.N)
}

// IsZero reports whether nothing is said.
func (s Sentence) IsZero() bool { return s.Format == "" }

// String is the sentence in English.
func (s Sentence) String() string {
	args := make([]any, len(s.Args))
	for i, arg := range s.Args {
		switch said := arg.(type) {
		case interface{ Label(Language) string }:
			arg = said.Label(English)
		case float64:
			arg = strconv.FormatFloat(said, 'f', -1, 64)
		}
		args[i] = arg
	}
	return fmt.Sprintf(english(s.Format), args...)
}

// Refusal is an error that a person can act on: what is wrong and what to do.
type Refusal struct {
	What Sentence
	Hint Sentence // may be empty
	Err  error    // the cause, where there is one
	// Brief is the reason in a few words, for where there is no room beside keys; empty where nobody needs it.
	Brief Sentence
}

// Refuse makes a Refusal.
func Refuse(what, hint Sentence) *Refusal { return &Refusal{What: what, Hint: hint} }

// InBrief gives the reason in a few words, too.
func (r *Refusal) InBrief(words Sentence) *Refusal {
	r.Brief = words
	return r
}

// Error is the English sentence without the hint.
func (r *Refusal) Error() string {
	if r.Err != nil {
		return r.What.String() + ": " + r.Err.Error()
	}
	return r.What.String()
}

// Unwrap gives the cause.
func (r *Refusal) Unwrap() error { return r.Err }

// HintOf is the hint that goes with an error, or an empty Sentence.
func HintOf(err error) Sentence {
	if refusal, ok := errors.AsType[*Refusal](err); ok && !refusal.Hint.IsZero() {
		return refusal.Hint
	}
	if cause := DescribeOSError(err); cause != nil {
		return cause.Hint
	}
	return Sentence{}
}

// Problem is one thing wrong in a data file, with its place.
type Problem struct {
	File    string // as the user would write it, for example data/progress/van-phong.toml
	Line    int    // from 1; 0 when the problem is the file itself
	Column  int    // from 1, in characters
	What    Sentence
	Hint    Sentence
	Warning bool // the data can be used as it stands
	// About is the id of whose entry it is where it is about a person on the roster; "" otherwise.
	About string
	// InConflict says that the file holds the marks of a merge.
	InConflict bool
	// Lost says that the file is missing and must not be made anew, since git still has it; Hint is the way out.
	Lost bool
	// Unread says that nothing is wrong: the file has only not been read yet.
	Unread bool
}

// Place is file:line:col, or the file alone.
func (p Problem) Place() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// In reports whether the problem is in a file of this name, or below a folder of it.
func (p Problem) In(name string) bool { return slices.Contains(strings.Split(p.File, "/"), name) }

// Error is the place and the English sentence.
func (p Problem) Error() string { return p.Place() + ": " + p.What.String() }

// Capital begins a sentence with what elsewhere stands in the middle of one.
func Capital(said string) string {
	first, size := utf8.DecodeRuneInString(said)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + said[size:]
}
