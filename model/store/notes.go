package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// note is the record of a commit to come. It is on the disk before the file
// changes and goes when the commit is made, so that a crash in between loses no commit.
type note struct {
	File     string    `json:"-"` // of the note itself
	unsynced *os.File  // the file while it is not on the disk for sure
	Path     string    `json:"path"`   // relative to the data folder
	Before   string    `json:"before"` // SHA-256 of the bytes
	After    string    `json:"after"`
	Base     []byte    `json:"base,omitempty"` // the bytes before
	Content  []byte    `json:"content"`
	Author   string    `json:"author"`
	Email    string    `json:"email"`
	When     time.Time `json:"when"`
	Recorded time.Time `json:"recorded,omitzero"`
	Message  string    `json:"message"`
	// What the change was about, to see later whether it still stands there.
	Unit string            `json:"unit,omitempty"`
	Kind model.SubjectKind `json:"kind,omitempty"`
	ID   string            `json:"id,omitempty"`
	// Answered says that the file was written and the person was told so: the
	// change may no longer vanish without a word.
	Answered bool `json:"answered,omitempty"`
}

func (n *note) subject() model.Subject { return model.Subject{Kind: n.Kind, ID: n.ID} }

func (s *Store) notesDir() string { return filepath.Join(s.privateDir(), "notes") }

// keepNote writes a note. It is on the disk for sure once sync says so.
func (s *Store) keepNote(commit review.Commit, before, after []byte) (*note, error) {
	relative, err := filepath.Rel(s.dir, commit.Path)
	if err != nil {
		return nil, err
	}
	n := &note{
		Path: filepath.ToSlash(relative), Before: durable.Sum(before), After: durable.Sum(after), Base: before,
		Content: after,
		Author:  commit.AuthorName, Email: commit.AuthorEmail, When: commit.When, Recorded: commit.Recorded,
		Message: commit.Message,
		Unit:    commit.Unit, Kind: commit.Subject.Kind, ID: commit.Subject.ID,
	}
	if err := durable.MakeFolder(s.notesDir(), durable.Own); err != nil {
		return nil, err
	}
	n.File = s.nextNote()
	content, err := json.Marshal(n)
	if err != nil {
		return nil, err
	}
	n.unsynced, err = durable.Overwrite(spareOf(n.File), content)
	if errors.Is(err, fs.ErrPermission) && os.Remove(spareOf(n.File)) == nil { // another one's, from before they shared
		n.unsynced, err = durable.Overwrite(spareOf(n.File), content)
	}
	if err != nil {
		return nil, err
	}
	if err := os.Rename(spareOf(n.File), n.File); err != nil {
		return nil, errors.Join(err, n.unsynced.Close())
	}
	return n, nil
}

// spareOf is the file that the last note has left, beside the folder of notes: it becomes the next one.
func spareOf(note string) string {
	return filepath.Join(filepath.Dir(filepath.Dir(note)), "note.spare")
}

// sync makes sure that the note is on the disk.
func (n *note) sync() error {
	if n == nil {
		return nil
	}
	err := errors.Join(n.unsynced.Sync(), n.unsynced.Close())
	if err != nil {
		return err
	}
	return durable.SyncFolder(filepath.Dir(n.File))
}

// answered keeps that the person was told that the change is saved, although its commit has to wait.
func (n *note) answered() error {
	n.Answered = true
	content, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return durable.Replace(n.File, content,
		durable.Options{Temp: filepath.Dir(spareOf(n.File)), Pattern: durable.Locked, Mode: durable.OwnMode(n.File)})
}

// nextNote is a file name after those of all other notes: their order is that of the changes.
func (s *Store) nextNote() string {
	last := 0
	for _, file := range filesLike(s.notesDir(), "*.json") {
		number, _ := strconv.Atoi(strings.TrimSuffix(filepath.Base(file), ".json"))
		last = max(last, number)
	}
	return filepath.Join(s.notesDir(), fmt.Sprintf("%09d.json", last+1))
}

// drop takes a note away. One that cannot be taken away is harmless: recovery finds its commit made.
func (n *note) drop() {
	if n != nil && os.Rename(n.File, spareOf(n.File)) != nil {
		_ = os.Remove(n.File)
	}
}

// notes reads the notes in the order of their writing. One that cannot be read is put aside and named.
func (s *Store) notes() (all []*note, aside []phrase.Sentence) {
	for _, file := range filesLike(s.notesDir(), "*.json") {
		n := &note{}
		content, err := os.ReadFile(file)
		if err == nil && len(bytes.Trim(content, "\x00")) == 0 {
			_ = os.Remove(file) // the power went before it was on the disk, so that nothing was written and nobody told
			continue
		}
		if errors.Is(err, fs.ErrPermission) {
			aside = append(aside, phrase.Say("a note of a commit to come may be read by its owner only, who can make that "+
				"commit: %s", filepath.Base(file)))
			continue
		}
		if err == nil {
			err = json.Unmarshal(content, n)
		}
		if err == nil && (durable.Sum(n.Content) != n.After || !filepath.IsLocal(filepath.FromSlash(n.Path))) {
			err = errors.New("the note is damaged")
		}
		if err != nil {
			_ = os.Rename(file, strings.TrimSuffix(file, ".json")+".unreadable")
			aside = append(aside, phrase.Say("a note of a commit to come could not be read and was put aside: %s",
				filepath.Base(file)))
			continue
		}
		n.File = file
		all = append(all, n)
	}
	return all, aside
}

// noted are the commits of a file that wait. They explain that the last commit does not hold it.
func (s *Store) noted(path string) []*note {
	all, _ := s.notes()
	return slices.DeleteFunc(all, func(n *note) bool { return s.notedFile(n) != path })
}

func (s *Store) notedFile(n *note) string { return filepath.Join(s.dir, filepath.FromSlash(n.Path)) }

// notedCommit is the commit that a note asks for.
func (s *Store) notedCommit(n *note) review.Commit {
	return review.Commit{Path: s.notedFile(n), Content: n.Content, AuthorName: n.Author, AuthorEmail: n.Email,
		When: n.When, Recorded: n.Recorded, Message: n.Message}
}

// settled drops a note of which the commit is made: also where somebody else has committed its bytes, which is an error
// that says so.
func (n *note) settled(hash string, err error) (string, error) {
	if err == nil || errors.Is(err, model.ErrHeldElsewhere) {
		n.drop()
	}
	return hash, err
}
