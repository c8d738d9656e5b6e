// Package planform lets the coordinator change the plan on any tab: what is under the cursor there, in a form over its
// fields. It stands around the tab, and hands on whatever is not about that.
package planform

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
)

// Inner is a tab on which parts of the plan are under the cursor.
type Inner interface {
	Update(message tea.Msg, f *frame.Frame) tea.Cmd
	Settle(f *frame.Frame)
	View(f *frame.Frame, width, height int) string
	Bindings(f *frame.Frame) []key.Binding
	Refusal(f *frame.Frame) error
	Capturing() bool
	// Parts are the parts of the plan under the cursor: the nearest first.
	Parts(f *frame.Frame) []model.Subject
}

// Source reads plan.toml; the error says what is wrong in it.
type Source func() ([]byte, error)

// Tab is a tab with the forms for the plan around it.
type Tab struct {
	Inner

	source Source // nil where nothing can be changed
	kinds  func(plan *model.Plan) []string
	editor form.Editor
	choice *chooser
	// why an activity with records applies no longer, while that is asked
	stopping *stopping

	board *model.Board // with which the plan was read last for the open form
	src   []byte       // what it said
}

// Around puts the forms around a tab. kinds are those of which new parts are added there.
func Around(inner Inner, source Source, kinds func(plan *model.Plan) []string) *Tab {
	return &Tab{Inner: inner, source: source, kinds: kinds}
}

// act is what is done with a part.
type act int

const (
	amend act = iota
	add
	remove
)

// read is plan.toml, read for what is to be done with a part.
type read struct {
	by      *Tab
	act     act
	subject model.Subject // of what is to be added, the one beside which it is to stand; its ID may be a kind alone
	src     []byte
	err     error
}

// reread is plan.toml, read anew for the form that is open.
type reread struct {
	by  *Tab
	src []byte
	err error
}

// Wake reads what the tab has to show, and the plan when it may have changed under the open form.
func (t *Tab) Wake(f *frame.Frame) tea.Cmd {
	var inner tea.Cmd
	if waker, is := t.Inner.(interface{ Wake(f *frame.Frame) tea.Cmd }); is {
		inner = waker.Wake(f)
	}
	if !t.editor.Capturing() || t.board == f.Board || t.source == nil {
		return inner
	}
	t.board = f.Board
	source := t.source
	return tea.Batch(inner, func() tea.Msg {
		src, err := source()
		return reread{t, src, err}
	})
}

// Capturing reports whether a form is open.
func (t *Tab) Capturing() bool { return t.open() != nil || t.editor.Capturing() || t.Inner.Capturing() }

// open is the question that is open before or in the place of a form; nil for none.
func (t *Tab) open() *form.Form {
	switch {
	case t.choice != nil:
		return t.choice.form
	case t.stopping != nil:
		return t.stopping.form
	}
	return nil
}

// Bindings lists the keys of the tab, or of the open form.
func (t *Tab) Bindings(f *frame.Frame) []key.Binding {
	switch {
	case t.editor.Capturing():
		return t.editor.Bindings(f)
	case t.choice != nil:
		return t.choice.bindings(f)
	case t.stopping != nil:
		return t.stopping.form.Bindings(f)
	}
	return t.Inner.Bindings(f)
}

// PlanBindings lists the keys that change the plan, for who may do so.
func (t *Tab) PlanBindings(f *frame.Frame) []key.Binding {
	if t.Capturing() || t.source == nil || f.Board.Campaign.MayChangePlan(f.Person) != nil {
		return nil
	}
	bindings := []key.Binding{
		frame.Does(f.Keys.Amend, f.Words.T("edit the plan")), frame.Does(f.Keys.Add, f.Words.T("add to the plan")),
	}
	if len(t.meant(f, remove)) > 0 {
		bindings = append(bindings, frame.Does(f.Keys.Remove, f.Words.T("take out of the plan")))
	}
	return bindings
}

// Update takes one message.
func (t *Tab) Update(message tea.Msg, f *frame.Frame) tea.Cmd {
	if command, taken := t.editor.Update(message, f); taken {
		return command
	}
	switch message := message.(type) {
	case read:
		if message.by == t {
			return t.carryOut(f, message)
		}
		return nil
	case reread:
		if message.by == t && message.err == nil { // what is wrong in it the header says
			t.src = message.src
		}
		return nil
	case event.EditWanted:
		if message.Change.Subject.Kind.InPlan() {
			return nil // it is of a form that is open on another tab
		}
	case event.PlaceWanted:
		if message.Subject.Kind.InPlan() && message.As == event.InItsForm {
			if refused := t.refused(f); refused != nil {
				return refused
			}
			return t.ask(amend, message.Subject)
		}
	case event.Saved:
		if message.Err == nil {
			t.stopped(message.Change)
		}
	case tea.KeyMsg:
		switch {
		case t.choice != nil:
			return t.choose(message, f)
		case t.stopping != nil:
			return t.stop(f, message)
		}
		if command, taken := t.key(message, f); taken {
			return command
		}
	case tea.MouseMsg:
		if open := t.open(); open != nil {
			open.Mouse(message)
			return nil
		}
	}
	return t.Inner.Update(message, f)
}

// key takes the keys that change the plan.
func (t *Tab) key(message tea.KeyMsg, f *frame.Frame) (command tea.Cmd, taken bool) {
	if t.Inner.Capturing() {
		return nil, false
	}
	does := amend
	switch {
	case key.Matches(message, f.Keys.Amend):
	case key.Matches(message, f.Keys.Add):
		does = add
	case key.Matches(message, f.Keys.Remove):
		does = remove
	default:
		return nil, false
	}
	if refused := t.refused(f); refused != nil {
		return refused, true
	}
	t.Settle(f)
	meant := t.meant(f, does)
	switch len(meant) {
	case 0:
		return frame.Notice(event.Info, f.Words.T("there is no entry under the cursor")), true
	case 1:
		return t.ask(does, meant[0]), true
	}
	t.choice = newChooser(f, does, meant)
	return nil, true
}

// refused says why the plan cannot be changed now; nil where it can.
func (t *Tab) refused(f *frame.Frame) tea.Cmd {
	switch err := f.Board.Campaign.MayChangePlan(f.Person); {
	case err != nil:
		return f.Refused(err)
	case f.Changes.Frozen != nil:
		return f.Refused(f.Changes.Frozen)
	case t.source == nil:
		return frame.Notice(event.Info, f.Words.T("the plan cannot be changed here"))
	}
	return nil
}

// meant are the parts that a key may be about: what is under the cursor, or the kinds of which something new is added.
func (t *Tab) meant(f *frame.Frame, does act) []model.Subject {
	var meant []model.Subject
	there := t.Parts(f)
	if does == add {
		for _, kind := range t.kinds(&f.Board.Campaign.Plan) {
			beside := model.Subject{Kind: model.SubjectPlan, ID: kind}
			for _, subject := range there {
				if of, id := part.Split(subject); of == kind {
					beside = subject
					break
				} else if kind == "indicator" && of == "activity" {
					beside.ID = kind + "/" + id + "/"
				}
			}
			if kind == "indicator" && beside.ID == kind {
				continue // it stands in an activity
			}
			meant = append(meant, beside)
		}
		return meant
	}
	for _, subject := range there {
		if _, id := part.Split(subject); does == amend || id != "" {
			meant = append(meant, subject)
		}
	}
	return meant
}

// ask reads the plan for what is to be done.
func (t *Tab) ask(does act, subject model.Subject) tea.Cmd {
	source := t.source
	return func() tea.Msg {
		src, err := source()
		return read{t, does, subject, src, err}
	}
}

// carryOut does what was asked for, now that the plan has been read.
func (t *Tab) carryOut(f *frame.Frame, asked read) tea.Cmd {
	if asked.err != nil {
		return f.Refused(asked.err)
	}
	switch asked.act {
	case add:
		roster := &f.Board.Campaign.Roster
		if kind, _ := part.Split(asked.subject); kind == "activity" && len(roster.Units)+len(roster.Groups) == 0 {
			return f.Refused(phrase.Refuse(phrase.Say("an activity needs somebody to do it, and there are no units yet"),
				phrase.Say("add them first, on tab %s", "6")))
		}
		return t.editor.Open(f, newAddition(f, asked.src, asked.subject))
	case remove:
		return t.remove(f, asked)
	}
	seen := part.Of(asked.src, asked.subject)
	if kind, id := part.Split(asked.subject); seen == nil && id != "" {
		return f.Refused(phrase.Refuse(phrase.Say("the plan has no %s", kind+" "+id), phrase.Sentence{}))
	}
	change := model.Change{Person: f.Person, Subject: asked.subject, Seen: seen, New: seen}
	edit := newEdit(f, change)
	t.board, t.src = f.Board, asked.src
	edit.Now = func() model.Value { return part.Of(t.src, asked.subject) }
	return t.editor.Open(f, edit)
}

// remove asks before a part is taken out. An activity with records stays and becomes n/a: that is said in a form, which
// asks for the reason.
func (t *Tab) remove(f *frame.Frame, asked read) tea.Cmd {
	campaign, subject := f.Board.Campaign, asked.subject
	kind, id := part.Split(subject)
	whole := part.Whole(asked.src, subject)
	if whole == nil {
		return frame.Notice(event.Info, f.Words.T("there is no entry under the cursor"))
	}
	if kind == "activity" {
		if activity := campaign.Plan.Activity(id); activity != nil {
			if recorded := part.Recorded(campaign, activity); len(recorded) > 0 {
				t.stopping = newStopping(f, activity, recorded)
				return nil
			}
		}
	}
	if err := part.Unused(&campaign.Plan, subject); err != nil {
		return f.Refused(err)
	}
	change := model.Change{Person: f.Person, Subject: subject, Seen: whole, New: model.Part(nil)}
	if hindered := f.Hindered(change); hindered != nil {
		return hindered
	}
	question := f.Words.T("Remove from the plan: %s?", lang.Named(f.Words, f.Board.Campaign, subject))
	return func() tea.Msg { return event.Asked{Question: question, Change: change} }
}

// View draws the tab, or the open form.
func (t *Tab) View(f *frame.Frame, width, height int) string {
	switch {
	case t.editor.Capturing():
		return t.editor.View(f, width, height)
	case t.open() != nil:
		return t.open().View(f, width, height)
	}
	return t.Inner.View(f, width, height)
}

// Holds reports whether the tab has the form open of the entry that a change is about.
func (t *Tab) Holds(change model.Change) bool {
	inner, is := t.Inner.(interface {
		Holds(change model.Change) bool
	})
	return is && inner.Holds(change)
}

// Shows reports whether what a change is about is in sight.
func (t *Tab) Shows(f *frame.Frame, change model.Change) bool {
	if change.Subject.Kind.InPlan() {
		return slices.Contains(t.Parts(f), change.Subject)
	}
	inner, is := t.Inner.(interface {
		Shows(f *frame.Frame, change model.Change) bool
	})
	return is && inner.Shows(f, change)
}

// Here is what is under the cursor of the tab, of which there is a history.
func (t *Tab) Here(f *frame.Frame) (unit string, subject model.Subject, ok bool) {
	inner, is := t.Inner.(interface {
		Here(f *frame.Frame) (unit string, subject model.Subject, ok bool)
	})
	if !is {
		return "", model.Subject{}, false
	}
	return inner.Here(f)
}

// FilterName says what the filter leaves on the tab.
func (t *Tab) FilterName(f *frame.Frame) string {
	if inner, is := t.Inner.(interface{ FilterName(f *frame.Frame) string }); is {
		return inner.FilterName(f)
	}
	return f.Show.Name(f.Words)
}

// chooser asks which of several parts is meant.
type chooser struct {
	form  *form.Form
	does  act
	meant []model.Subject
	which *form.Choice
}

func newChooser(f *frame.Frame, does act, meant []model.Subject) *chooser {
	names := make([]string, len(meant))
	for i, subject := range meant {
		if names[i] = lang.Named(f.Words, f.Board.Campaign, subject); does == add {
			kind, _ := part.Split(subject)
			names[i] = lang.PartKind(f.Words, kind)
		}
	}
	title := map[act]string{
		amend:  f.Words.T("What is to be edited?"),
		add:    f.Words.T("What is to be added?"),
		remove: f.Words.T("What is to be taken out?"),
	}[does]
	which := form.NewChoice(names, 0)
	fields := []*form.Field{{Label: f.Words.T("Part of the plan"), Choice: which}}
	return &chooser{form.New(title, fields, 0), does, meant, which}
}

func (c *chooser) bindings(f *frame.Frame) []key.Binding {
	return []key.Binding{f.Keys.Choose, frame.Does(f.Keys.Open, f.Words.T("go on")), f.Keys.Cancel}
}

// choose takes a key of the open question.
func (t *Tab) choose(message tea.KeyMsg, f *frame.Frame) tea.Cmd {
	asked := t.choice
	switch {
	case key.Matches(message, f.Keys.Cancel):
		t.choice = nil
	case key.Matches(message, f.Keys.Open), key.Matches(message, f.Keys.Save):
		t.choice = nil
		return t.ask(asked.does, asked.meant[asked.which.Index()])
	case key.Matches(message, f.Keys.Up):
		asked.form.Update(tea.KeyMsg{Type: tea.KeyLeft}, f)
	case key.Matches(message, f.Keys.Down):
		asked.form.Update(tea.KeyMsg{Type: tea.KeyRight}, f)
	default:
		asked.form.Update(message, f)
	}
	return nil
}
