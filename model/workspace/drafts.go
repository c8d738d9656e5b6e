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
	"example.org/tiendo/model/edit"
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
	kept   map[string]draft
	dirty  map[string]bool
	timer  *time.Timer
	closed bool
}

// draft is what was typed as its file has it: what was seen under the name of its kind. Earlier versions wrote all of
// these kinds, and nothing into those that were not meant, so that only the subject says which one it is.
type draft struct {
	At time.Time
	//nolint:tagliatelle // as earlier versions wrote it
	Seen struct {
		Entry  model.Entry  `json:",omitzero"`
		Use    model.Use    `json:",omitzero"`
		Report model.Report `json:",omitzero"`
		Text   model.Text   `json:",omitzero"`
		// on the roster; nil for one that is to be added
		Person *model.Person     `json:",omitzero"`
		Unit   *model.Unit       `json:",omitzero"`
		Group  *model.Group      `json:",omitzero"`
		Part   map[string]string `json:",omitzero"` // of the plan: the values as they stand in the file
	}
	Values []string
}

// seen is what was seen of a subject.
func (d *draft) seen(subject model.Subject) model.Value {
	switch subject.Kind {
	case model.SubjectActivity:
		return d.Seen.Entry
	case model.SubjectMessage:
		return d.Seen.Use
	case model.SubjectText:
		return d.Seen.Text
	case model.SubjectPerson:
		return d.Seen.Person
	case model.SubjectUnit:
		return d.Seen.Unit
	case model.SubjectGroup:
		return d.Seen.Group
	case model.SubjectPlan:
		return partOf(d.Seen.Part)
	default:
		return d.Seen.Report
	}
}

// partOf is a part of the plan whose values stand in a draft; nil for one that is to be added.
func partOf(values map[string]string) model.Part {
	var part model.Part
	for key, toml := range values {
		document, err := edit.Parse([]byte("value = " + toml))
		if err != nil {
			continue
		}
		if part == nil {
			part = model.Part{}
		}
		part[key] = model.PartValue{TOML: toml, Value: document.Find("value").Value()}
	}
	return part
}

// Drafts reads what the person has not saved; nil where there is no place to keep it.
func (w *Workspace) Drafts(person model.Person) *Drafts {
	if w.Private == "" || !w.Campaign.AsOf.IsZero() {
		return nil
	}
	d := &Drafts{
		dir: filepath.Join(w.Private, "drafts", digest(person.Signature())), now: w.Clock.System,
		kept: map[string]draft{}, dirty: map[string]bool{},
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

func (d *Drafts) read(file string) (draft, bool) {
	var read draft
	info, err := os.Lstat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxDraft {
		return read, false
	}
	content, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(content, &read) //nolint:musttag // only this program reads it, by the names of the fields
	}
	return read, err == nil && d.now().Sub(read.At) < draftLife
}

// digest is a name for a file of what may hold any letters.
func digest(words ...string) string {
	return durable.Sum([]byte(strings.Join(words, "\x00") + "\x00"))[:32]
}

func draftName(unit string, subject model.Subject) string {
	return digest(unit, string(subject.Kind), subject.ID) + ".json"
}

// Keep takes what was typed.
func (d *Drafts) Keep(unit string, subject model.Subject, typed review.Unsaved) {
	kept := draft{At: d.now(), Values: typed.Values}
	in := &kept.Seen
	in.Entry, in.Use = model.As[model.Entry](typed.Seen), model.As[model.Use](typed.Seen)
	in.Report, in.Text = model.As[model.Report](typed.Seen), model.As[model.Text](typed.Seen)
	in.Person, in.Unit = model.As[*model.Person](typed.Seen), model.As[*model.Unit](typed.Seen)
	in.Group = model.As[*model.Group](typed.Seen)
	for key, value := range model.As[model.Part](typed.Seen) {
		if in.Part == nil {
			in.Part = map[string]string{}
		}
		in.Part[key] = value.TOML
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	name := draftName(unit, subject)
	d.kept[name] = kept
	d.soon(name)
}

// Kept gives it back.
func (d *Drafts) Kept(unit string, subject model.Subject) (review.Unsaved, bool) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	kept, ok := d.kept[draftName(unit, subject)]
	return review.Unsaved{At: kept.At, Seen: kept.seen(subject), Values: kept.Values}, ok
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
func (d *Drafts) write(name string, typed draft, kept bool) error {
	path := filepath.Join(d.dir, name)
	if !kept {
		return os.Remove(path)
	}
	content, err := json.Marshal(typed) //nolint:musttag // as in read
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
