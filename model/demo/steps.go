package demo

import (
	"maps"
	"math/rand/v2"
	"time"

	"example.org/tiendo/model"
)

// Step is one single change of the last two days, and when it is made.
type Step struct {
	At     time.Time
	Change model.Change
}

// maxTicks is how many of the steps are ticks.
const maxTicks = 7

// Steps are changes that people make on the last days, each on an entry of its
// own, so that the history shows what changes look like.
func Steps(campaign *model.Campaign, seed uint64) []Step {
	s := stepper{
		campaign: campaign,
		random:   rand.New(rand.NewPCG(seed, 1)),
		taken:    map[string]bool{},
		at:       Today().Add(-1).Midnight(campaign.Plan.TimeZone).Add(8 * time.Hour),
	}
	for range 2 { // a second time round where few units have anything left to do
		for _, unit := range campaign.Roster.Units {
			if len(s.steps) < maxTicks {
				s.tick(unit.ID)
			}
		}
	}
	s.useOnce()
	s.firstReport(model.Draft, model.Report.Submit, false)
	s.firstReport(model.Submitted, model.Report.Accept, true)
	return s.steps
}

type stepper struct {
	campaign *model.Campaign
	random   *rand.Rand
	at       time.Time
	steps    []Step
	taken    map[string]bool // unit and activity that have a step already
}

func (s *stepper) add(person model.Person, unit string, subject model.Subject, seen, value model.Value) {
	s.at = s.at.Add(time.Duration(35+s.random.IntN(100)) * time.Minute)
	if s.at.Hour() >= 17 {
		s.at = s.at.Add(15 * time.Hour)
	}
	s.steps = append(s.steps, Step{At: s.at,
		Change: model.Change{Person: person, Unit: unit, Subject: subject, Seen: seen, New: value}})
}

// tick takes the unit's next open activity one step further.
func (s *stepper) tick(unit string) {
	progress := s.campaign.Progress[unit]
	if progress.Report.Sent() {
		return
	}
	found := s.campaign.Roster.Unit(unit)
	for i := range s.campaign.Plan.Activities {
		activity := &s.campaign.Plan.Activities[i]
		words, known := activityTable()[activity.ID]
		seen := progress.Entry(activity.ID)
		if !known || !activity.Role(found.ID, found.Group).Answers() || s.taken[unit+" "+activity.ID] ||
			(seen.Status != model.Todo && seen.Status != model.Doing) {
			continue
		}
		s.taken[unit+" "+activity.ID] = true
		entry := seen
		entry.Status = seen.Status.Next()
		entry.Note = words.finished[s.random.IntN(len(words.finished))]
		if entry.Status == model.Doing {
			entry.Note = words.doing[s.random.IntN(len(words.doing))]
		} else {
			entry.Figures = maps.Clone(seen.Figures)
		}
		person := staffOf(s.campaign.Roster.People, unit)
		s.add(person, unit, model.Subject{Kind: model.SubjectActivity, ID: activity.ID}, seen, entry)
		return
	}
}

// useOnce records a message that a unit has not used yet.
func (s *stepper) useOnce() {
	if len(s.campaign.Plan.Channels) == 0 {
		return
	}
	for _, unit := range s.campaign.Roster.Units {
		progress := s.campaign.Progress[unit.ID]
		for _, message := range s.campaign.Plan.Messages {
			if _, used := progress.Messages[message.ID]; used || progress.Report.Status == model.Accepted {
				continue
			}
			channel := s.campaign.Plan.Channels[s.random.IntN(len(s.campaign.Plan.Channels))].ID
			s.add(staffOf(s.campaign.Roster.People, unit.ID), unit.ID, model.Subject{Kind: model.SubjectMessage, ID: message.ID},
				model.Use{}, model.Use{Channels: []string{channel}})
			return
		}
	}
}

// firstReport takes the first report of a status one step further.
func (s *stepper) firstReport(status model.ReportStatus, step func(model.Report) model.Report, byCoordinator bool) {
	for _, unit := range s.campaign.Roster.Units {
		progress := s.campaign.Progress[unit.ID]
		seen := progress.Report
		if seen.Status != status || !s.finished(&unit) {
			continue
		}
		person := staffOf(s.campaign.Roster.People, unit.ID)
		if byCoordinator {
			person = s.campaign.Roster.People[0]
		}
		s.add(person, unit.ID, model.Subject{Kind: model.SubjectReport}, seen, step(seen))
		return
	}
}

// finished reports whether a unit has nothing left to do: only then does it send its report.
func (s *stepper) finished(unit *model.Unit) bool {
	progress := s.campaign.Progress[unit.ID]
	for i := range s.campaign.Plan.Activities {
		activity := &s.campaign.Plan.Activities[i]
		status := progress.Entry(activity.ID).Status
		if activity.Role(unit.ID, unit.Group).Answers() && status != model.Done && status != model.NA {
			return false
		}
	}
	return true
}
