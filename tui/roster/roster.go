// Package roster is the tab of who takes part: the groups, the units and the people with their roles and keys, which
// the coordinator changes here.
package roster

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
)

// Authors says when everybody made their last change: by their address in small letters, or by their name where git had
// no address for them.
type Authors func(ctx context.Context) (map[string]time.Time, error)

// Tab is the tab.
type Tab struct {
	list   browse.Browser
	editor form.Editor
	listed listed
	sought sought
	// followed is the unit that another tab chose and that the cursor was put on.
	followed string

	authors Authors              // nil: there is no history
	last    map[string]time.Time // what authors said; nil: nothing yet
	silent  silent
	asked   *model.Board // with which it was asked
}

// New makes the tab. authors is nil where there is no history.
func New(authors Authors) *Tab { return &Tab{authors: authors} }

// authorsRead is who made their last change when.
type authorsRead struct {
	last map[string]time.Time
	err  error
}

// Wake asks the history who has changed what, when the tab comes into sight and after every change.
func (t *Tab) Wake(f *frame.Frame) tea.Cmd {
	if t.authors == nil || t.asked == f.Board {
		return nil
	}
	t.asked = f.Board
	ctx, authors := f.Context, t.authors
	return func() tea.Msg {
		last, err := authors(ctx)
		return authorsRead{last, err}
	}
}

// Capturing reports whether the tab wants every key, because a form is open.
func (t *Tab) Capturing() bool { return t.editor.Capturing() }

// Bindings lists the keys of the tab, or those of the open form.
func (t *Tab) Bindings(f *frame.Frame) []key.Binding {
	if t.Capturing() {
		return t.editor.Bindings(f)
	}
	at := t.current(f)
	own := t.list.Bindings(f)
	if own == nil {
		own = []key.Binding{f.Keys.Open}
	}
	if at == nil {
		return own
	}
	keys, refused := f.Keys, mayChange(f, nil)
	switch {
	case at.adds:
		return []key.Binding{frame.Offer(keys.Add, refused)}
	case at.line != "":
		refused = mayChange(f, at.value)
		own = append(own, frame.Offer(keys.AddKey, refused), frame.Offer(keys.Remove, refused))
	case at.subject.Kind == model.SubjectPerson:
		own = append(own, frame.Offer(keys.Amend, refused), frame.Offer(keys.Add, refused),
			frame.Offer(keys.AddKey, mayChange(f, at.value)), frame.Offer(keys.Remove, refused))
	default:
		own = append(own, frame.Offer(keys.Amend, refused), frame.Offer(keys.Add, refused),
			frame.Offer(keys.Remove, refused))
	}
	return own
}

// Refusal says why the person may not change what is under the cursor.
func (t *Tab) Refusal(f *frame.Frame) error {
	if at := t.current(f); at != nil {
		return mayChange(f, at.value)
	}
	return mayChange(f, nil)
}

// mayChange refuses who may not change the roster, or the keys of a person; of anything else, the roster.
func mayChange(f *frame.Frame, of model.Value) error {
	campaign := f.Board.Campaign
	change := model.Change{Person: f.Person}
	if person, is := of.(*model.Person); is {
		change.Subject = model.Subject{Kind: model.SubjectPerson, ID: person.ID}
		change.Seen, change.New = person, person
		return campaign.Check(change)
	}
	if len(campaign.Roster.Units) == 0 {
		return campaign.CheckPresent()
	}
	unit := &campaign.Roster.Units[0] // what is true of one is true of all
	change.Subject = model.Subject{Kind: model.SubjectUnit, ID: unit.ID}
	change.Seen, change.New = unit, unit
	return campaign.Check(change)
}

// Update takes one message.
func (t *Tab) Update(message tea.Msg, f *frame.Frame) tea.Cmd {
	if command, taken := t.editor.Update(message, f); taken {
		if saved, is := message.(event.Saved); is {
			t.list.Select(rowID(&item{subject: saved.Change.Subject}))
		}
		return command
	}
	switch message := message.(type) {
	case authorsRead:
		if message.err == nil { // else it is simply not known
			t.last = message.last
			t.silent = silent{}
		}
	case event.EditWanted:
		if message.Change.Subject.Kind.OnRoster() && message.Change.Seen != nil {
			return t.open(f, message.Change, message.Theirs)
		}
	case event.PlaceWanted:
		if message.Subject.Kind.OnRoster() && message.As == event.InItsList {
			t.list.Select(rowID(&item{subject: message.Subject}))
			t.list.Close()
		}
	case tea.KeyMsg:
		command := t.key(message, f)
		t.follow(f)
		return command
	case tea.MouseMsg:
		t.list.Update(message, f, t.rows(f))
		t.follow(f)
	}
	return nil
}

// follow lets the other tabs show the unit under the cursor.
func (t *Tab) follow(f *frame.Frame) {
	if at := t.current(f); at != nil && at.subject.Kind == model.SubjectUnit && at.subject.ID != "" {
		f.Unit, t.followed = at.subject.ID, at.subject.ID
	}
}

// Here is what is under the cursor.
func (t *Tab) Here(f *frame.Frame) (unit string, subject model.Subject, ok bool) {
	at := t.current(f)
	if at == nil || at.adds {
		return "", model.Subject{}, false
	}
	return "", at.subject, true
}

func (t *Tab) key(message tea.KeyMsg, f *frame.Frame) tea.Cmd {
	rows := t.rows(f)
	t.list.Keep(rows)
	at := t.current(f)
	switch {
	case at == nil:
	case key.Matches(message, f.Keys.Amend), at.adds && key.Matches(message, f.Keys.Open):
		return t.amend(f, at)
	case key.Matches(message, f.Keys.Add):
		return t.add(f, at)
	case key.Matches(message, f.Keys.AddKey):
		return t.addKey(f, at)
	case key.Matches(message, f.Keys.Remove):
		return t.remove(f, at)
	}
	if !t.list.Update(message, f, rows) {
		return f.Unused(message)
	}
	return nil
}

// amend opens the form for what is under the cursor.
func (t *Tab) amend(f *frame.Frame, at *item) tea.Cmd {
	switch {
	case at.adds:
		return t.add(f, at)
	case at.line != "":
		return frame.Notice(event.Info, f.Words.T("a key is not edited: %s adds another one, %s removes this one",
			f.Keys.AddKey.Help().Key, f.Keys.Remove.Help().Key))
	}
	if err := mayChange(f, nil); err != nil {
		return f.Refused(err)
	}
	there := f.Board.Campaign.Roster.Of(at.subject)
	change := model.Change{Person: f.Person, Subject: at.subject, Seen: there, New: there}
	if hindered := f.Hindered(change); hindered != nil {
		return hindered
	}
	return t.editor.Open(f, newEdit(f, change))
}

// open opens a form with a value that is wanted.
func (t *Tab) open(f *frame.Frame, change model.Change, theirs string) tea.Cmd {
	if hindered := f.Hindered(change); hindered != nil {
		return hindered
	}
	t.editor.Begin(f, newEdit(f, change), theirs)
	return nil
}

// add opens the form for something new beside what is under the cursor.
func (t *Tab) add(f *frame.Frame, at *item) tea.Cmd {
	if err := mayChange(f, nil); err != nil {
		return f.Refused(err)
	}
	if at.line != "" {
		return t.addKey(f, at)
	}
	subject := model.Subject{Kind: at.subject.Kind}
	edit, err := newAddition(f, subject, f.Board.Campaign.Roster.Of(at.subject))
	if err != nil {
		return f.Refused(err)
	}
	return t.editor.Open(f, edit)
}

// addKey opens the form for a key of the person under the cursor.
func (t *Tab) addKey(f *frame.Frame, at *item) tea.Cmd {
	person := f.Board.Campaign.Roster.Person(at.subject.ID)
	if at.subject.Kind != model.SubjectPerson || person == nil {
		return frame.Notice(event.Info, f.Words.T("a key belongs to a person: put the cursor on one"))
	}
	change := model.Change{Person: f.Person, Subject: at.subject, Seen: person, New: person}
	if hindered := f.Hindered(change); hindered != nil {
		return hindered
	}
	return t.editor.Open(f, newKeyEdit(f, change))
}

// remove ends a unit, or asks before a group, a person or a key goes.
func (t *Tab) remove(f *frame.Frame, at *item) tea.Cmd {
	w, roster := f.Words, &f.Board.Campaign.Roster
	if at.adds {
		return frame.Notice(event.Info, w.T("there is no entry under the cursor"))
	}
	change := model.Change{Person: f.Person, Subject: at.subject, Seen: roster.Of(at.subject)}
	question := ""
	switch seen := change.Seen.(type) {
	case *model.Unit:
		change.New = seen
		if hindered := f.Hindered(change); hindered != nil {
			return hindered
		}
		return t.editor.Open(f, newEnd(f, change))
	case *model.Group:
		change.New = (*model.Group)(nil)
		question = w.T("Take the group “%s” off the roster?", seen.Name)
	case *model.Person:
		if at.line != "" {
			left := *seen
			left.Keys = without(seen.Keys, at.line)
			change.New = &left
			question = w.T("Take the key %s from %s? Nobody comes in with it any more.", keyWords(at.line), seen.Name)
			break
		}
		change.New = (*model.Person)(nil)
		question = w.T("Take %s off the roster? They cannot come in any more; what they have done stays.",
			w.Person(roster, seen))
	}
	if hindered := f.Hindered(change); hindered != nil {
		return hindered
	}
	return func() tea.Msg { return event.Asked{Question: question, Change: change} }
}

// Shows reports whether what a change is about is in sight.
func (t *Tab) Shows(f *frame.Frame, change model.Change) bool {
	return change.Subject.Kind.OnRoster() && t.list.InSight(t.rows(f), rowID(&item{subject: change.Subject}))
}

// Settle keeps the cursor on something that is shown.
func (t *Tab) Settle(f *frame.Frame) {
	if f.Unit != t.followed { // chosen on another tab
		t.followed = f.Unit
		if f.Board.UnitIndex(f.Unit) >= 0 {
			t.list.Select(rowID(&item{subject: model.Subject{Kind: model.SubjectUnit, ID: f.Unit}}))
		}
	}
	t.list.Keep(t.rows(f))
}

// FilterName says what the filter leaves.
func (t *Tab) FilterName(f *frame.Frame) string {
	switch f.Show {
	case frame.ShowOpen, frame.ShowLate:
		return f.Words.T("what needs attention")
	default:
		return f.Show.Name(f.Words)
	}
}

// View draws the tab.
func (t *Tab) View(f *frame.Frame, width, height int) string {
	if t.Capturing() {
		return t.editor.View(f, width, height)
	}
	rows := t.rows(f)
	return t.list.View(f, browse.Content{
		Top:  []string{" " + f.Styles.Muted.Render(t.summary(f))},
		Rows: rows,
		Line: func(row int, current bool, width int) string {
			return line(f, &t.listed.items[row], current, width)
		},
		Detail: func(width int) (string, []string) {
			if at := t.current(f); at != nil {
				return t.detail(f, at, width)
			}
			return "", nil
		},
		Empty: []string{f.Words.T("No matches."), f.Words.T("Esc shows everything again.")},
	}, width, height)
}
