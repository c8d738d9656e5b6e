package planform

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
)

// reasonLines is how much of a reason is seen at once.
const reasonLines = 2

// stopping is the question for the reason why an activity with records applies no longer. It stays in the plan for what
// was recorded.
type stopping struct {
	form     *form.Form
	reason   *form.Field
	activity string
}

func newStopping(f *frame.Frame, activity *model.Activity, recorded []string) *stopping {
	w := f.Words
	s := &stopping{activity: activity.ID, reason: &form.Field{Label: w.T("Reason"),
		Area: form.NewArea(f.Styles, "", reasonLines, model.MaxName), Hint: w.T("stands in the note of each unit"),
		Note: func() []string {
			return []string{
				w.T("units have recorded something for “%s”: %s", activity.Title, phrase.List(recorded)),
				w.T("So it stays in the plan, and becomes n/a for each unit: what was recorded is kept, and counts nowhere."),
			}
		}}}
	named := lang.Named(w, f.Board.Campaign, part.Subject("activity", activity.ID))
	title := w.T("No longer applies") + " · " + named
	s.form = form.New(title, []*form.Field{s.reason}, 0)
	return s
}

// stop takes a key of the open question.
func (t *Tab) stop(f *frame.Frame, message tea.KeyMsg) tea.Cmd {
	s := t.stopping
	switch s.form.Update(message, f) {
	case form.Leave:
		t.stopping = nil
	case form.Save:
		campaign, reason := f.Board.Campaign, strings.TrimSpace(s.reason.Area.Value())
		activity := campaign.Plan.Activity(s.activity)
		switch {
		case activity == nil:
			t.stopping = nil
			return f.Refused(phrase.Refuse(phrase.Say("the plan has no %s", f.Words.Part(part.Subject("activity", s.activity))),
				phrase.Sentence{}))
		case reason == "":
			return f.Refused(phrase.Refuse(phrase.Say("not applicable needs a note that says why"),
				phrase.Say("write it in the field")))
		}
		changes, err := part.AsNA(campaign, activity, f.Person, reason)
		if err != nil {
			return f.Refused(err)
		}
		return f.Changes.MakeAll(changes)
	}
	return nil
}

// stopped closes the question once the disk has said yes to its changes.
func (t *Tab) stopped(change model.Change) {
	if t.stopping != nil && change.Subject == (model.Subject{Kind: model.SubjectActivity, ID: t.stopping.activity}) {
		t.stopping = nil
	}
}
