package decode

import (
	"bytes"
	"errors"
	"strings"
	"sync"

	"example.org/tiendo/model"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
)

// need says whether a key must be there.
type need bool

const (
	optional need = false
	required need = true
)

// maxRaw is how much of a wrong value a message repeats, in characters.
const maxRaw = 40

// File is one data file while it is read, with everything that is wrong with it, each
// problem with its place. What is good in a file that is TOML is read all the same.
type File struct {
	shown    string // its path in messages
	src      []byte
	lines    *edit.Lines    // of src, once a place was asked for
	Document *edit.Document // of a file that is not TOML: what stands above the line of its error
	Broken   bool           // the file is not TOML, or not of our version: nothing of it is read
	schema   int64          // its version
	openKeys []gap          // what is to be filled in, once it was looked for
	misreads []string       // keys of the second version that stand in a file of the first and are told of
	Problems []phrase.Problem
	// Bad names the subjects with an error in them. What was read of them is what is good, and
	// must not be written: a change would be made without knowing what stood there.
	Bad map[model.Subject]phrase.Problem
	// Texts are shared with other files; nil: they are not.
	Texts *Texts
}

// Texts hold texts once that stand in several files, as names do and what is said of many things. The zero value is
// ready, and several goroutines may use it.
type Texts struct {
	mutex sync.Mutex
	known map[string]string
}

// What is held: short texts, and of them so many as are met before it is begun anew.
const (
	longestShared = 256
	mostShared    = 4096
)

// keep gives a text that does not hold the file of which it is a part.
func (t *Texts) keep(text string) string {
	if t == nil || len(text) > longestShared {
		return strings.Clone(text)
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	kept, known := t.known[text]
	if !known {
		if kept = strings.Clone(text); t.known == nil || len(t.known) >= mostShared {
			t.known = make(map[string]string)
		}
		t.known[kept] = kept
	}
	return kept
}

// Parse reads a file as TOML; shown is its path in messages. What its values mean is for
// [Plan], [Roster], [Progress] and [Office] to say, which add to its problems.
func Parse(shown string, src []byte) *File {
	document, failure := edit.Parse(src)
	f := &File{shown: shown, src: src, Document: document, Broken: failure != nil}
	if failure == nil {
		return f
	}
	what, hint := phrase.Sentence{Format: failure.Message}, phrase.Sentence{}
	switch {
	case failure.Other >= 0: // the hint says no more than the line of the first
		what = phrase.Say("%s; first at %s", what, f.place(failure.Other))
	case failure.Hint != "":
		hint = phrase.Sentence{Format: failure.HintFormat, Args: failure.HintArgs}
	}
	f.problem(failure.Offset, what, hint)
	f.Problems[0].InConflict = failure.Message == edit.MessageConflict
	f.Document, _ = edit.Parse(src[:bytes.LastIndexByte(src[:failure.Offset], '\n')+1])
	return f
}

func (f *File) root() *table {
	return &table{File: f, node: f.Document.Root(), known: map[string]bool{}}
}

// place is file:line:col of a byte.
func (f *File) place(offset int) string {
	line, column := f.position(offset)
	return phrase.Problem{File: f.shown, Line: line, Column: column}.Place()
}

func (f *File) position(offset int) (line, column int) {
	if f.lines == nil {
		f.lines = edit.LinesOf(f.src)
	}
	return f.lines.Position(offset)
}

func (f *File) add(offset int, what, hint phrase.Sentence, warning bool) {
	line, column := f.position(offset)
	f.Problems = append(f.Problems, phrase.Problem{File: f.shown, Line: line, Column: column, What: what, Hint: hint,
		Warning: warning})
}

func (f *File) problem(offset int, what, hint phrase.Sentence) { f.add(offset, what, hint, false) }

func (f *File) warn(offset int, what, hint phrase.Sentence) { f.add(offset, what, hint, true) }

// refused says what a rule refuses, at a place in the file; it reports whether it does.
func (f *File) refused(offset int, err error, warning bool) bool {
	refusal, is := errors.AsType[*phrase.Refusal](err)
	if is {
		f.add(offset, refusal.What, refusal.Hint, warning)
	}
	return is
}

// FirstError is the first problem that is not just a warning.
func (f *File) FirstError() *phrase.Problem {
	for i := range f.Problems {
		if !f.Problems[i].Warning {
			return &f.Problems[i]
		}
	}
	return nil
}

// guard reads a subject and remembers it as bad when an error came up in it.
func (f *File) guard(read func() model.Subject) {
	before := len(f.Problems)
	subject := read()
	for _, problem := range f.Problems[before:] {
		if !problem.Warning {
			if f.Bad == nil {
				f.Bad = map[model.Subject]phrase.Problem{}
			}
			f.Bad[subject] = problem
			return
		}
	}
}

// wanted says what was found, a string or a Sentence, and what is wanted.
func wanted(key string, found any, want phrase.Sentence) phrase.Sentence {
	return phrase.Say("%s is %s; want %s", key, found, want)
}

func standsTwice(what, first string) phrase.Sentence {
	return phrase.Say("%q appears twice; first at %s", what, first)
}
