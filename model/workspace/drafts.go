package workspace

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/review"
)

const (
	draftRest = time.Second         // what is typed is on the disk after at most so long
	draftLife = 30 * 24 * time.Hour // older ones are nobody's any more
	maxDraft  = 1 << 20             // bytes of a file
)

// Drafts keeps what one person types and has not saved, in files of their own in
// the git directory, where git never shows them. It waits for no disk: what changes is written a
// moment later, and the rest at the end. A draft that cannot be kept is no reason to disturb anybody.
type Drafts struct {
	dir    string // of this person
	now    func() time.Time
	disk   sync.Mutex // held by whoever writes
	mutex  sync.Mutex // guards what follows; never held while the disk works
	kept   map[string]review.Unsaved
	dirty  map[string]bool
	timer  *time.Timer
	closed bool
}

// Drafts reads what the person has not saved; nil where there is no place to keep it.
func (w *Workspace) Drafts(person model.Person) *Drafts {
	if w.Private == "" || !w.Campaign.AsOf.IsZero() {
		return nil
	}
	d := &Drafts{
		dir: filepath.Join(w.Private, "drafts", digest(person.Signature())), now: w.Clock.System,
		kept: map[string]review.Unsaved{}, dirty: map[string]bool{},
	}
	files, _ := filepath.Glob(filepath.Join(d.dir, "*.json")) // the pattern is sound
	for _, file := range files {
		if draft, ok := d.read(file); ok {
			d.kept[filepath.Base(file)] = draft
		} else {
			_ = os.Remove(file)
		}
	}
	return d
}

func (d *Drafts) read(file string) (review.Unsaved, bool) {
	var draft review.Unsaved
	info, err := os.Lstat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxDraft {
		return draft, false
	}
	content, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(content, &draft) //nolint:musttag // only this program reads it, by the names of the fields
	}
	return draft, err == nil && d.now().Sub(draft.At) < draftLife
}

// digest is a name for a file of what may hold any letters.
func digest(words ...string) string {
	return durable.Sum([]byte(strings.Join(words, "\x00") + "\x00"))[:32]
}

func draftName(unit string, subject model.Subject) string {
	return digest(unit, string(subject.Kind), subject.ID) + ".json"
}

// Keep takes what was typed.
func (d *Drafts) Keep(unit string, subject model.Subject, draft review.Unsaved) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	name := draftName(unit, subject)
	draft.At = d.now()
	d.kept[name] = draft
	d.soon(name)
}

// Kept gives it back.
func (d *Drafts) Kept(unit string, subject model.Subject) (review.Unsaved, bool) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	draft, ok := d.kept[draftName(unit, subject)]
	return draft, ok
}

// Drop forgets it.
func (d *Drafts) Drop(unit string, subject model.Subject) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	name := draftName(unit, subject)
	if _, ok := d.kept[name]; ok {
		delete(d.kept, name)
		d.soon(name)
	}
}

// soon writes what has changed after a moment. The mutex is held.
func (d *Drafts) soon(name string) {
	d.dirty[name] = true
	if d.timer == nil && !d.closed {
		d.timer = time.AfterFunc(draftRest, d.flush)
	}
}

// flush writes what has changed.
func (d *Drafts) flush() {
	d.disk.Lock()
	defer d.disk.Unlock()
	d.mutex.Lock()
	d.timer = nil
	dirty, kept := maps.Clone(d.dirty), maps.Clone(d.kept)
	clear(d.dirty)
	d.mutex.Unlock()
	for name := range dirty {
		draft, ok := kept[name]
		_ = d.write(name, draft, ok)
	}
}

// Close writes the rest. The connection may be gone.
func (d *Drafts) Close() {
	if d == nil {
		return
	}
	d.flush()
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.closed = true
	if d.timer != nil {
		d.timer.Stop()
	}
}

// write brings a file to what is kept, if anything is: whole or not at all.
func (d *Drafts) write(name string, draft review.Unsaved, kept bool) error {
	path := filepath.Join(d.dir, name)
	if !kept {
		return os.Remove(path)
	}
	content, err := json.Marshal(draft) //nolint:musttag // as in read
	if err != nil {
		return err
	}
	if err := durable.MakeFolder(filepath.Dir(d.dir), durable.Own); err != nil {
		return err
	}
	if err := os.Mkdir(d.dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) { // nobody else's
		return err
	}
	return durable.Replace(path, content, durable.Options{Temp: filepath.Dir(filepath.Dir(d.dir)), Mode: 0o600})
}
