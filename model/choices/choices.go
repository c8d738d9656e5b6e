// Package choices keeps what one person has chosen for the screen, whatever the plan: in a file of their own, which the
// program writes and a person may edit.
package choices

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// Key is what can be chosen.
type Key string

// The keys of the file.
const (
	Theme    Key = "theme"
	Language Key = "language"
	View     Key = "view"  // of the activities
	Mouse    Key = "mouse" // on at the start
	Sort     Key = "sort"  // the order of lists of units
)

// The views of the activities. ToDo is what the person has to do.
const (
	ToDo      = "todo"
	Matrix    = "matrix"
	Checklist = "checklist"
)

// The orders of a list of units: as the roster has them; what is late first; the least done first; by the day on which
// the report was sent, what is not sent last.
const (
	Roster     = "roster"
	Late       = "late"
	Done       = "done"
	Submission = "submission"
)

// Orders are the orders of a list of units, the usual one first.
func Orders() []string { return []string{Roster, Late, Done, Submission} }

// The values of Mouse, as the file has them.
const (
	On  = "true"
	Off = "false"
)

// Choices is what was chosen; a key that is missing was not.
type Choices map[Key]string

// values says which values a key may have.
func values(key Key) []string {
	return map[Key][]string{
		Theme: {"auto", "dark", "light", "plain"}, Language: {string(phrase.Vietnamese), string(phrase.English)},
		View: {ToDo, Matrix, Checklist}, Mouse: {On, Off}, Sort: Orders(),
	}[key]
}

func keys() []Key { return []Key{Theme, Language, View, Mouse, Sort} }

// most is the largest file that is read, in bytes: a person's own is far smaller.
const most = 1 << 16

// File is where the choices lie: below XDG_CONFIG_HOME where it is set, or where the system keeps settings. It is ""
// where there is no such place.
func File(env func(name string) string) string {
	const folder, name = "tiendo", "config.toml"
	for _, place := range []string{env("XDG_CONFIG_HOME"), env("AppData")} {
		if filepath.IsAbs(place) {
			return filepath.Join(place, folder, name)
		}
	}
	if home := env("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".config", folder, name)
	}
	return ""
}

// Read reads the choices. What is wrong in the file is told, each problem with its place, and is as if it were not
// there; a file that is missing chooses nothing.
func Read(path string) (Choices, []phrase.Problem) {
	content, err := read(path)
	if err != nil {
		return Choices{}, []phrase.Problem{{File: path, What: phrase.Of(err)}}
	}
	return parse(path, content)
}

func read(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	about, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !about.Mode().IsRegular() || about.Size() > most:
		return nil, &phrase.Refusal{What: phrase.Say("this is no file of settings")}
	}
	return os.ReadFile(path)
}

func parse(path string, content []byte) (Choices, []phrase.Problem) {
	chosen, problems := Choices{}, []phrase.Problem(nil)
	tell := func(offset int, warning bool, what, hint phrase.Sentence) {
		line, column := edit.Position(content, offset)
		problems = append(problems, phrase.Problem{File: path, Line: line, Column: column, What: what, Hint: hint,
			Warning: warning})
	}
	document, failure := edit.Parse(content)
	if failure != nil {
		tell(failure.Offset, false, phrase.Sentence{Format: failure.Message}, phrase.Sentence{Format: failure.HintFormat,
			Args: failure.HintArgs})
		return chosen, problems
	}
	root := document.Root()
	for _, name := range root.Keys() {
		node, key := root.Child(name), Key(name)
		allowed := values(key)
		if allowed == nil {
			tell(node.KeyOffset(), true, phrase.Say("unknown key %q", text.Line(name)), phrase.Say("known keys: %s", known()))
			continue
		}
		value := ""
		switch of := node.Value().(type) {
		case string:
			value = of
		case bool:
			value = strconv.FormatBool(of)
		}
		_, written := node.Value().(bool)
		if written != (key == Mouse) || !slices.Contains(allowed, value) {
			tell(node.Offset(), false, phrase.Say("%s is %s; want %s", name, raw(content, node), phrase.List(allowed)),
				phrase.Sentence{})
			continue
		}
		chosen[key] = value
	}
	return chosen, problems
}

// known is the keys of the file, for a message.
func known() string {
	var names []string
	for _, key := range keys() {
		names = append(names, string(key))
	}
	return phrase.List(names)
}

// raw is a value as it is written, as far as a message repeats it.
func raw(content []byte, node *edit.Node) string {
	const longest = 40
	letters := []rune(text.Line(string(content[node.Offset():node.End()])))
	return string(letters[:min(len(letters), longest)])
}

// Keep writes one choice into the file, and leaves everything else in it as it is, comments and unknown keys too. A
// file that is no TOML is not touched: the error is its [phrase.Problem].
func Keep(path string, key Key, value string) error {
	content, err := read(path)
	if err != nil {
		return err
	}
	if path == "" {
		return &phrase.Refusal{What: phrase.Say("there is no folder for settings here")}
	}
	if _, failure := edit.Parse(content); failure != nil {
		_, problems := parse(path, content)
		return problems[0]
	}
	var written any = value
	if key == Mouse {
		written = value == On
	}
	if !slices.Contains(values(key), value) {
		return &phrase.Refusal{What: phrase.Say("%s is %s; want %s", string(key), value, phrase.List(values(key)))}
	}
	content, err = edit.Apply(content, edit.Set(edit.Path{string(key)}, written))
	if err != nil {
		return err
	}
	if target, err := filepath.EvalSymlinks(path); err == nil { // a link to a file elsewhere stays one
		path = target
	}
	if err := os.MkdirAll(filepath.Dir(path), durable.Own); err != nil {
		return err
	}
	return durable.Replace(path, content, durable.Options{})
}
