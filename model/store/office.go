package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"example.org/tiendo/model"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
)

// officeFile is what report.toml says.
type officeFile struct {
	src      []byte
	exists   bool
	office   model.Office
	problems []phrase.Problem
	broken   *phrase.Problem // the file as a whole cannot be used
	// bad names the subjects with an error in them, which must not be written.
	bad map[model.Subject]phrase.Problem
}

// parsedOffice is what report.toml with these bytes says to a base.
type parsedOffice struct {
	base *base
	file officeFile
}

// loadOffice reads report.toml, which need not exist, unless it is lost.
func (s *Store) loadOffice(campaign *model.Campaign, base *base, looked map[string]stamp, lost map[string]phrase.Problem) {
	src, err := s.read(filepath.Join(s.dir, reportName), looked)
	s.mutex.Lock()
	kept, known := s.office.find(func(p parsedOffice) bool { return p.base == base && bytes.Equal(p.file.src, src) })
	s.mutex.Unlock()
	file := kept.file
	switch {
	case err != nil:
		file = s.officeOf(base, nil, err, lost)
	case !known:
		file = s.officeOf(base, src, nil, nil)
		s.mutex.Lock()
		s.office = s.office.with(parsedOffice{base, file})
		s.mutex.Unlock()
	}
	campaign.Office, campaign.OfficeBroken = file.office, file.broken
	campaign.Problems = append(campaign.Problems, file.problems...)
}

// officeOf is what was read of report.toml.
func (s *Store) officeOf(base *base, src []byte, err error, lost map[string]phrase.Problem) officeFile {
	if problem, is := lost[reportName]; is && errors.Is(err, fs.ErrNotExist) {
		return officeFile{problems: []phrase.Problem{problem}, broken: &problem}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return officeFile{}
	}
	path := filepath.Join(s.dir, reportName)
	if err != nil {
		problem := s.problemOf(path, err)
		return officeFile{exists: true, problems: []phrase.Problem{problem}, broken: &problem}
	}
	r := officeReader{
		reader: newReader(s.shownFile(path), src), units: base.roster.UnitIDs(), whole: base.rosterWhole,
		bad: map[model.Subject]phrase.Problem{}, numbers: map[numbered]string{},
	}
	if r.document != nil {
		r.read()
	}
	file := officeFile{src: src, exists: true, office: r.office, problems: r.problems, bad: r.bad}
	if r.broken {
		first := *r.firstError()
		file.broken = &first
	}
	return file
}

// officeReader reads report.toml.
type officeReader struct {
	*reader
	units   []string // on the roster
	whole   bool     // the roster could be read, so that a unit that it does not hold does not exist
	office  model.Office
	bad     map[model.Subject]phrase.Problem
	numbers map[numbered]string // where each reminder stands
}

// numbered names a reminder.
type numbered struct {
	unit   string
	number int
}

func (o *officeReader) read() {
	root := o.root()
	root.schema(required)
	if t := root.table("header", optional); t != nil {
		o.office.Header = model.OfficeHeader{
			Parent: t.line("parent", optional), Issuer: t.line("issuer", optional), Recipients: t.lines("recipients"),
		}
		t.close()
	}
	if t := root.table("text", optional); t != nil {
		o.office.Texts = map[model.OfficeText]string{}
		for _, id := range model.OfficeTexts() {
			o.readText(t, id)
		}
		t.close()
	}
	for _, t := range root.tables("reminder") {
		o.readReminder(t)
	}
	root.close()
}

// guarded reads a subject and remembers it as bad when an error came up in it.
func (o *officeReader) guarded(read func() model.Subject) {
	before := len(o.problems)
	subject := read()
	for _, problem := range o.problems[before:] {
		if !problem.Warning {
			o.bad[subject] = problem
			return
		}
	}
}

func (o *officeReader) readText(t *table, id model.OfficeText) {
	key := string(id)
	o.guarded(func() model.Subject {
		if words := t.text(key, optional); words != "" {
			o.office.Texts[id] = words
			if refusal, long := errors.AsType[*phrase.Refusal](model.CheckText(words)); long {
				t.warn(t.at(key), refusal.What, refusal.Hint)
			}
		}
		return model.Subject{Kind: model.SubjectText, ID: key}
	})
}

// readReminder reads one reminder. A unit that has left the roster was reminded all the same.
func (o *officeReader) readReminder(t *table) {
	o.guarded(func() model.Subject {
		reminder := model.Reminder{Unit: t.line("unit", required), By: t.line("by", optional), At: t.instant("at")}
		if o.whole && reminder.Unit != "" && !slices.Contains(o.units, reminder.Unit) {
			t.warn(t.at("unit"), phrase.Say("%s names %q, which does not exist", "unit", reminder.Unit), hintFor(reminder.Unit, o.units))
		}
		reminder.Number = o.readNumber(t, reminder.Unit)
		o.office.Reminders = append(o.office.Reminders, reminder)
		t.close()
		return model.Subject{Kind: model.SubjectReminder, ID: reminder.Unit}
	})
}

// readNumber reads the how-manieth reminder it is; each stands once for a unit.
func (o *officeReader) readNumber(t *table, unit string) int {
	const most = 1000
	node := t.child("number", required)
	if node == nil {
		return 0
	}
	number, whole := node.Value().(int64)
	if !whole || number < 1 || number > most {
		t.problem(node.Offset(), wanted("number", t.found("number", node), phrase.Say("a whole number from 1 upward")), phrase.Sentence{})
		return 0
	}
	at := numbered{unit, int(number)}
	if first, twice := o.numbers[at]; twice {
		t.warn(node.Offset(), phrase.Say("the reminder %d to %s stands twice; first at %s", number, unit, first), phrase.Say("two people may have sent it; give one the next number"))
	} else {
		o.numbers[at] = t.place(node.Offset())
	}
	return int(number)
}

// officeTarget is report.toml as it stands now. A missing one is made, unless git still has it.
func (s *Store) officeTarget(campaign *model.Campaign, base *base, change model.Change) (target, error) {
	path := filepath.Join(s.dir, reportName)
	src, _, err := s.readFile(path)
	var lost map[string]phrase.Problem
	if errors.Is(err, fs.ErrNotExist) {
		lost = s.findLost(context.Background(), []string{reportName})
	}
	file := s.officeOf(base, src, err, lost)
	fresh := *campaign
	fresh.Office, fresh.OfficeBroken = file.office, file.broken
	if err := fresh.Check(change); err != nil {
		return target{}, err
	}
	subject := change.Subject
	for bad, problem := range file.bad {
		if bad == subject || subject.ID == "" && bad.Kind == subject.Kind {
			return target{}, s.mendFirst(problem)
		}
	}
	return target{
		path: path, src: file.src, exists: file.exists, now: file.office.Of(subject),
		operations: func(value model.Value) []edit.Operation { return officeOperations(subject, &file, value) },
		check: func(out []byte, value model.Value) error {
			after := s.officeOf(base, out, nil, nil)
			if after.broken != nil || len(after.problems) > len(file.problems) ||
				!after.office.Of(subject).Equal(subject.Kind, value) || !othersOfOffice(&file.office, &after.office, subject) {
				return s.unfaithful(path)
			}
			return nil
		},
	}, nil
}

// officeOperations are the edits that give a subject of report.toml a value. Of
// reminders the last ones come or go: what was sent stays.
func officeOperations(subject model.Subject, file *officeFile, value model.Value) []edit.Operation {
	var operations []edit.Operation
	if !file.exists {
		operations = append(operations, edit.Set(edit.Path{"schema"}, 1))
	}
	before := file.office.Of(subject)
	if subject.Kind == model.SubjectText {
		w := writer{table: edit.Path{"text"}, operations: operations}
		w.text(subject.ID, before.Text, value.Text)
		return w.operations
	}
	for _, reminder := range value.Reminders[min(len(before.Reminders), len(value.Reminders)):] {
		keys := []edit.KeyValue{{Key: "unit", Value: reminder.Unit}, {Key: "number", Value: reminder.Number}}
		keys = appendText(keys, "by", reminder.By)
		if !reminder.At.IsZero() {
			keys = append(keys, edit.KeyValue{Key: "at", Value: reminder.At})
		}
		operations = append(operations, edit.AppendTable(edit.Path{"reminder"}, keys...))
	}
	gone := len(before.Reminders) - len(value.Reminders)
	for i := len(file.office.Reminders) - 1; i >= 0 && gone > 0; i-- {
		if subject.ID == "" || file.office.Reminders[i].Unit == subject.ID {
			operations = append(operations, edit.Delete(edit.Path{"reminder", i}))
			gone--
		}
	}
	return operations
}

// othersOfOffice compares everything but one subject.
func othersOfOffice(before, after *model.Office, except model.Subject) bool {
	if before.Header.Parent != after.Header.Parent || before.Header.Issuer != after.Header.Issuer ||
		!slices.Equal(before.Header.Recipients, after.Header.Recipients) {
		return false
	}
	for _, text := range model.OfficeTexts() {
		other := except.Kind != model.SubjectText || except.ID != string(text)
		if other && before.Texts[text] != after.Texts[text] {
			return false
		}
	}
	others := func(office *model.Office) []model.Reminder {
		return slices.DeleteFunc(slices.Clone(office.Reminders), func(reminder model.Reminder) bool {
			return except.Kind == model.SubjectReminder && (except.ID == "" || reminder.Unit == except.ID)
		})
	}
	return slices.EqualFunc(others(before), others(after), func(a, b model.Reminder) bool {
		return a.Unit == b.Unit && a.Number == b.Number && a.By == b.By && a.At.Equal(b.At)
	})
}
