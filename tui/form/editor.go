package form

import (
	"errors"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
)

// Edit is a form over one change.
type Edit struct {
	Change model.Change // Seen is what the fields are compared with
	Form   *Form
	Read   func(seen model.Value) (model.Value, error) // what the fields say, on top of what was seen
	// what the fields would hold of a value; nil: they hold no part of it
	Values func(model.Value) []string
	// Passing says that what is typed is not kept as a draft.
	Passing bool
	// Now is what the data hold of it now; nil: what the campaign says.
	Now func() model.Value
	// Names is the id of what the form adds, as its fields say it now; nil where it is about something that is there.
	Names func(model.Value) string
	// Complete adds to the change what its form says beside the value, such as a reason; nil: nothing.
	Complete func(*model.Change)
}

// changed says what has changed in the data since the form was opened; "" for nothing.
func (e *Edit) changed(f *frame.Frame) string {
	campaign, change := f.Board.Campaign, e.Change
	if e.Names != nil || f.Changes.Busy(change.Unit, change.Subject) {
		return ""
	}
	if _, broken := campaign.Broken[change.Unit]; broken {
		return ""
	}
	var now model.Value
	if e.Now != nil {
		now = e.Now()
	} else {
		now = campaign.Value(change.Unit, change.Subject)
	}
	if change.Seen.SameContent(now) {
		return ""
	}
	return f.Words.T("changed while you were writing: %s", f.Words.Changed(campaign, change.Subject, change.Seen, now))
}

// changeTo is the change that writes a value.
func (e *Edit) changeTo(value model.Value) model.Change {
	change := e.Change
	change.New = value
	if e.Names != nil {
		change.Subject.ID = e.Names(value)
	}
	if e.Complete != nil {
		e.Complete(&change)
	}
	return change
}

// Editor is where a tab edits: at most one form is open. It keeps what is typed until that is saved or thrown away, and
// writes nothing that the rules forbid.
type Editor struct {
	edit    *Edit
	outside *Area // the text that is open in the person's own editor; nil for none
}

// Capturing reports whether a form is open, which wants every key.
func (e *Editor) Capturing() bool { return e.edit != nil }

// Holds reports whether the form is open of the entry that a change is about.
func (e *Editor) Holds(change model.Change) bool { return e.edit != nil && e.about(change) }

// Bindings lists the keys of the open form.
func (e *Editor) Bindings(f *frame.Frame) []key.Binding { return e.edit.Form.Bindings(f) }

// View draws the open form.
func (e *Editor) View(f *frame.Frame, width, height int) string {
	e.edit.Form.Changed = e.edit.changed(f)
	return e.edit.Form.View(f, width, height)
}

// FocusOn puts the cursor into a field of the open form.
func (e *Editor) FocusOn(field int) { e.edit.Form.setFocus(field) }

// Value is what the open form says.
func (e *Editor) Value() (model.Value, error) { return e.edit.Read(e.edit.Change.Seen) }

// Open opens a form, with what was typed into it before and not saved, if anything was.
func (e *Editor) Open(f *frame.Frame, edit *Edit) tea.Cmd {
	e.Begin(f, edit, "")
	if edit.Passing {
		return nil
	}
	return f.Refill(&edit.Change, edit.Form.Fill)
}

// Begin opens a form as it is. theirs is what somebody else has written meanwhile; "" for nothing.
func (e *Editor) Begin(f *frame.Frame, edit *Edit, theirs string) {
	e.edit, edit.Form.Theirs = edit, theirs
	if edit.Form.Problem == nil {
		edit.Form.Problem = func() Problem { return edit.problem(f) }
	}
}

// problem says why what was typed cannot be saved.
func (e *Edit) problem(f *frame.Frame) Problem {
	if !e.Form.Edited() {
		return Problem{}
	}
	value, err := e.Read(e.Change.Seen)
	if err == nil && !e.Change.Seen.SameContent(value) {
		err = f.Board.Campaign.Check(e.changeTo(value))
	}
	if err == nil {
		return Problem{}
	}
	problem := Problem{What: f.Explain(err), Field: Anywhere}
	if wrong, is := errors.AsType[*field.Wrong](err); is {
		problem.Field = slices.IndexFunc(e.Form.Fields, func(one *Field) bool { return one.Key == wrong.Key })
	}
	return problem
}

// Update takes a message; taken reports that it was for the open form, which closes when the disk has said yes and not
// before.
func (e *Editor) Update(message tea.Msg, f *frame.Frame) (command tea.Cmd, taken bool) {
	if e.edit == nil {
		return nil, false
	}
	switch message := message.(type) {
	case tea.KeyMsg:
		return e.key(message, f), true
	case tea.MouseMsg:
		e.edit.Form.Mouse(message)
		e.keep(f)
		return nil, true
	case event.EditorClosed:
		return e.back(f, message), true
	case event.Saved:
		taken = message.Err == nil && e.about(message.Change)
	case event.Withdrawn:
		taken = e.about(message.Change)
	case event.EditWanted:
		if e.about(message.Change) {
			e.edit.Change.Seen, e.edit.Form.Theirs = message.Change.Seen, message.Theirs
			if e.edit.Values != nil {
				e.edit.Form.Fill(e.edit.Values(message.Change.New))
			}
			return nil, true
		}
	}
	if taken {
		e.close(f)
	}
	return nil, taken
}

func (e *Editor) about(change model.Change) bool {
	subject := e.edit.Change.Subject
	if e.edit.Names != nil {
		value, _ := e.Value() // as far as it can be read
		subject = e.edit.changeTo(value).Subject
	}
	return e.edit.Change.Unit == change.Unit && subject == change.Subject
}

// close closes the form: what it held is saved, or thrown away.
func (e *Editor) close(f *frame.Frame) {
	if !e.edit.Passing {
		f.Drop(e.edit.Change)
	}
	e.edit = nil
}

func (e *Editor) key(message tea.KeyMsg, f *frame.Frame) tea.Cmd {
	switch e.edit.Form.Update(message, f) {
	case Leave:
		e.close(f)
	case Save:
		return e.save(f)
	case OwnEditor:
		return e.open(f)
	case Editing:
		e.keep(f)
	}
	return nil
}

// open asks for the person's own editor, for the text with the cursor.
func (e *Editor) open(f *frame.Frame) tea.Cmd {
	if !f.EditsText {
		return frame.Notice(event.Info, f.Words.T(
			"your own editor opens only where the program runs on your own machine"))
	}
	e.outside = e.edit.Form.Fields[e.edit.Form.focus].Area
	wanted := event.EditorWanted{Text: e.outside.Value()}
	return func() tea.Msg { return wanted }
}

// back takes what the person's own editor has made of a text; where that failed, the text stays as it was.
func (e *Editor) back(f *frame.Frame, closed event.EditorClosed) tea.Cmd {
	area := e.outside
	if e.outside = nil; area == nil {
		return nil
	}
	if closed.Err != nil {
		return f.Refused(closed.Err)
	}
	area.Set(closed.Text)
	area.follow()
	e.keep(f)
	return nil
}

// keep keeps what has been typed so far.
func (e *Editor) keep(f *frame.Frame) {
	if !e.edit.Passing && e.edit.Form.Edited() {
		f.Keep(e.edit.Change, e.edit.Form.Values())
	}
}

// save writes what the form holds; unchanged, it just closes.
func (e *Editor) save(f *frame.Frame) tea.Cmd {
	value, err := e.Value()
	if e.edit.Change.Seen.SameContent(value) {
		e.close(f)
		return frame.Notice(event.Info, f.Words.T("nothing was changed"))
	}
	if err != nil {
		return f.Refused(err)
	}
	change := e.edit.changeTo(value)
	if hindered := f.Hindered(change); hindered != nil {
		return hindered
	}
	return f.Changes.Make(change)
}

// NewFact is a field for a text of a record, or for a list, one item a line. Its label and its limit are those of the
// table.
func NewFact[T any](f *frame.Frame, fact field.Field[T], record *T, lines int, hint string) *Field {
	limit := fact.Max
	if _, list := fact.At(record).(*[]string); list {
		limit *= field.MaxReference
	}
	area := NewArea(f.Styles, field.Text(fact.At(record)), lines, limit)
	return &Field{Key: fact.Key, Label: f.Words.Say(fact.Title), Hint: hint, Area: area}
}

// Take sets a fact of a record to what stands in its field.
func Take[T any](fact field.Field[T], record *T, from *Field) {
	typed := strings.TrimSpace(from.Area.Value())
	switch to := fact.At(record).(type) {
	case *string:
		*to = typed
	case *[]string:
		*to = nil
		for line := range strings.SplitSeq(typed, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				*to = append(*to, line)
			}
		}
	}
}
