package demo

import (
	"bytes"
	"cmp"
	"io/fs"
	"maps"
	"slices"
	"time"

	"example.org/tiendo/model"
)

// historyUnits is how many of so many units have a past of single changes; those of the others are in the beginning
// already. The longer the list, the more each change costs git.
func historyUnits(units int) int {
	const usually, longList, ofLongList = 40, 1000, 10
	if units > longList {
		return ofLongList
	}
	return usually
}

// Version is a change of the past, and the file as it left it.
type Version struct {
	Step
	Path    string // inside the plan folder
	Content []byte
}

// History is how the data files came about.
type History struct {
	Coordinator model.Person      // who set the campaign up
	At          time.Time         // when that was: on the day on which it starts, before office hours
	Begin       map[string][]byte // the files then, by path inside the plan folder
	Changes     []Version         // those that made Files of them, in the order of time
}

// Past makes up the history of Files.
func Past(data fs.FS, options Options) (*History, error) {
	made, err := makeUp(data, options)
	if err != nil {
		return nil, err
	}
	past := &History{Coordinator: made.people[0], At: made.from.starts.Add(7 * time.Hour),
		Begin: made.files(made.from.starts)}
	end := Today().Midnight(made.from.plan.TimeZone)
	for i, progress := range made.progress {
		if i >= historyUnits(len(made.progress)) {
			past.Begin[made.path(i)] = made.record(i, end)
			continue
		}
		before := past.Begin[made.path(i)]
		for _, step := range progress.steps(made.person) {
			content := made.record(i, step.At)
			if !bytes.Equal(content, before) { // two changes in one second are one
				past.Changes = append(past.Changes, Version{step, made.path(i), content})
			}
			before = content
		}
	}
	slices.SortStableFunc(past.Changes, func(a, b Version) int { return a.At.Compare(b.At) })
	return past, nil
}

// person is someone made up, by id.
func (c *campaign) person(id string) model.Person {
	at := slices.IndexFunc(c.people, func(p model.Person) bool { return p.ID == id })
	return c.people[max(at, 0)]
}

// until is the progress as it was at a moment.
func (p *progress) until(moment time.Time) *progress {
	then := *p
	later := func(at time.Time) bool { return at.After(moment) }
	then.Activities, then.Messages = maps.Clone(p.Activities), maps.Clone(p.Messages)
	for id, entry := range then.Activities {
		if _, at := model.LastChange(entry); later(at) {
			then.Activities[id] = model.Entry{Status: model.Todo}
		}
	}
	maps.DeleteFunc(then.Messages, func(_ string, use model.Use) bool { return later(use.At) })
	if later(p.Report.At) {
		then.Report = p.submitted()
		if then.Report.Status == model.NotSent || later(then.Report.At) {
			then.Report = model.Report{}
		}
	}
	return &then
}

// submitted is the report as its unit had sent it, before the coordinator decided; empty when they did not.
func (p *progress) submitted() model.Report {
	if p.Report.SubmittedAt.IsZero() || p.Report.SubmittedAt.Equal(p.Report.At) {
		return model.Report{}
	}
	sent := p.Report
	sent.Status, sent.By, sent.At, sent.Reason = model.Submitted, p.staff.ID, sent.SubmittedAt, ""
	return sent
}

// steps are the changes that led to the progress, in the order of time.
func (p *progress) steps(person func(id string) model.Person) []Step {
	var steps []Step
	add := func(kind model.SubjectKind, id, by string, at time.Time, seen, value model.Value) {
		steps = append(steps, Step{At: at, Change: model.Change{
			Person: person(by), Unit: p.Unit, Subject: model.Subject{Kind: kind, ID: id}, Seen: seen, New: value,
		}})
	}
	for _, id := range slices.Sorted(maps.Keys(p.Activities)) {
		entry := p.Activities[id]
		if by, at := model.LastChange(entry); !at.IsZero() {
			add(model.SubjectActivity, id, by, at, model.Entry{Status: model.Todo}, entry)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(p.Messages)) {
		use := p.Messages[id]
		add(model.SubjectMessage, id, use.By, use.At, model.Use{}, use)
	}
	before := p.submitted()
	if before.Status != model.NotSent {
		add(model.SubjectReport, "", before.By, before.At, model.Report{}, before)
	}
	if !p.Report.At.IsZero() {
		add(model.SubjectReport, "", p.Report.By, p.Report.At, before, p.Report)
	}
	slices.SortStableFunc(steps, func(a, b Step) int { return cmp.Compare(a.At.Unix(), b.At.Unix()) })
	return steps
}
