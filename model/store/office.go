package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
)

// officeFile is what report.toml says.
type officeFile struct {
	src      []byte
	exists   bool
	office   model.Office
	problems []phrase.Problem
	broken   *phrase.Problem                  // the file as a whole cannot be used
	bad      map[model.Subject]phrase.Problem // the subjects with an error in them, as in decode.File
}

// parsedOffice is what report.toml with these bytes says to a base.
type parsedOffice struct {
	base *base
	file officeFile
}

// loadOffice reads report.toml, which need not exist, unless it is lost.
func (s *reader) loadOffice(campaign *model.Campaign, base *base, looked map[string]stamp,
	lost map[string]phrase.Problem) {
	src, err := s.read(filepath.Join(s.dir, decode.ReportFile), looked)
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
func (s *reader) officeOf(base *base, src []byte, err error, lost map[string]phrase.Problem) officeFile {
	if problem, is := lost[decode.ReportFile]; is && errors.Is(err, fs.ErrNotExist) {
		return officeFile{problems: []phrase.Problem{problem}, broken: &problem}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return officeFile{}
	}
	path := filepath.Join(s.dir, decode.ReportFile)
	if err != nil {
		problem := s.problemOf(path, err)
		return officeFile{exists: true, problems: []phrase.Problem{problem}, broken: &problem}
	}
	var plan *model.Plan
	if base.planWhole {
		plan = &base.plan
	}
	var roster *model.Roster
	if base.rosterWhole {
		roster = &base.roster
	}
	read := decode.Parse(s.shownFile(path), src)
	file := officeFile{src: src, exists: true, office: decode.Office(read, plan, roster)}
	file.problems, file.bad = read.Problems, read.Bad
	if read.Broken {
		file.broken = new(*read.FirstError())
	}
	return file
}

// officeTarget is report.toml as it stands now. A missing one is made, unless git still has it.
func (s *Store) officeTarget(campaign *model.Campaign, base *base, change model.Change) (target, error) {
	path := filepath.Join(s.dir, decode.ReportFile)
	src, _, err := s.readFile(path)
	var lost map[string]phrase.Problem
	if errors.Is(err, fs.ErrNotExist) {
		lost = s.findLost(context.Background(), []string{decode.ReportFile})
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
				!after.office.Of(subject).Equal(value) || !othersOfOffice(&file.office, &after.office, subject) {
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
		w.fact(subject.ID, new(string(model.As[model.Text](before))), new(string(model.As[model.Text](value))))
		return w.operations
	}
	was, is := model.As[model.Reminders](before), model.As[model.Reminders](value)
	for _, reminder := range is[min(len(was), len(is)):] {
		keys := []edit.KeyValue{{Key: "unit", Value: reminder.Unit}}
		keys = appendFact(keys, "period", &reminder.Period)
		keys = append(keys, edit.KeyValue{Key: "number", Value: reminder.Number})
		keys = appendFact(keys, "by", &reminder.By)
		if !reminder.At.IsZero() {
			keys = append(keys, edit.KeyValue{Key: "at", Value: reminder.At})
		}
		operations = append(operations, edit.AppendTable(edit.Path{"reminder"}, keys...))
	}
	gone := len(was) - len(is)
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
	for _, text := range document.OfficeTexts() {
		other := except.Kind != model.SubjectText || except.ID != string(text)
		if other && before.Texts[text] != after.Texts[text] {
			return false
		}
	}
	others := func(office *model.Office) model.Reminders {
		return slices.DeleteFunc(slices.Clone(office.Reminders), func(reminder model.Reminder) bool {
			return except.Kind == model.SubjectReminder && (except.ID == "" || reminder.Unit == except.ID)
		})
	}
	return others(before).Equal(others(after))
}
