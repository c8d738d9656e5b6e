package tui

import (
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// keyWidth is the room of a key before what it does.
const keyWidth = 11

// helpLines is the help, made from the bindings: the tab's own keys, those that
// move, those that work everywhere, and what the signs mean.
func (a *App) helpLines(width int) []string {
	if a.told != nil {
		return toldLines(a, width)
	}
	f := &a.frame
	w, s := f.Words, f.Signs
	var lines []string
	section := func(title string, bindings []key.Binding) {
		cells := make([]string, len(bindings))
		for i, binding := range bindings {
			cells[i] = layout.Left(binding.Help().Key, keyWidth) + binding.Help().Desc
			if !binding.Enabled() {
				cells[i] = f.Styles.Muted.Render(cells[i] + " (" + w.T("not now") + ")")
			}
		}
		lines = append(append(lines, " "+f.Styles.Accent.Render(title)), inColumns(cells, width)...)
	}
	section(w.T("On this tab: %s", a.names[a.open]), append(a.tabs[a.open].Bindings(f), planBindings(a)...))
	if refusal := a.tabs[a.open].Refusal(f); refusal != nil {
		for _, line := range layout.Wrap(w.T("view only: %s", w.Error(refusal)), width-4) {
			lines = append(lines, "   "+f.Styles.Warning.Render(line))
		}
	}
	section(w.T("Moving"), f.Keys.Moving())
	everywhere := usable(f, f.Keys.Everywhere())
	if f.Board.Period != "" {
		everywhere = append(everywhere, f.Keys.PeriodBefore, f.Keys.PeriodAfter)
	}
	if exports(a) {
		everywhere = append(everywhere, f.Keys.Export)
	}
	if a.options.Sync != nil {
		everywhere = append(everywhere, f.Keys.Sync)
	}
	section(w.T("Everywhere"), everywhere)
	section(w.T("In a form"), []key.Binding{f.Keys.Save, f.Keys.Cancel, f.Keys.NextField, f.Keys.PreviousField,
		f.Keys.Choose, f.Keys.About, frame.Offer(f.Keys.OwnEditor, ownEditor(f))})
	lines = append(lines, " "+f.Styles.Accent.Render(w.T("Signs")))
	signs := []struct{ sign, means string }{
		{s.Done, calendar.DoneOnTime.Label(w.Language)},
		{s.DoneLate, calendar.DoneLate.Label(w.Language)},
		{s.Doing, model.Doing.Label(w.Language)},
		{s.Todo, model.Todo.Label(w.Language)},
		{s.Overdue, calendar.Overdue.Label(w.Language)},
		{s.DueToday, calendar.DueToday.Label(w.Language)},
		{s.NA, model.NA.Label(w.Language)},
		{s.Unassigned, w.T("not assigned")},
		{s.Support, calendar.Supports.Label(w.Language)},
		{s.Submitted, w.T("report: %s", model.Submitted)},
		{s.Accepted, w.T("report: %s", model.Accepted)},
		{s.Returned, w.T("report: %s", model.Returned)},
		{s.Draft, w.T("report: %s", model.Draft)},
		{s.Unknown, w.T("not known: the unit's file cannot be read")},
		{s.Disputed, w.T("in dispute: two versions wait for a decision")},
		{s.BarDone, w.T("in a bar: %s", model.Done)},
		{s.BarDoing, w.T("in a bar: %s", model.Doing)},
		{s.BarRest, w.T("in a bar: the rest")},
		{s.Problem, w.T("a problem in the data files")},
		{s.Marked, w.T("marked, to do one thing with all that are")},
		{s.Less + s.More, w.T("there is more to the left, to the right")},
		{s.Sic, w.T("the plan's own words may mislead here")},
	}
	cells := make([]string, len(signs))
	for i, sign := range signs {
		cells[i] = sign.sign + " " + sign.means
	}
	return append(lines, inColumns(cells, width)...)
}

// usable disables the keys of tabs that the plan has no use for.
func usable(f *frame.Frame, bindings []key.Binding) []key.Binding {
	for i, tab := range f.Keys.Tabs {
		for j := range bindings {
			if bindings[j].Help() == tab.Help() && !uses(&f.Board.Campaign.Plan, i) {
				bindings[j].SetEnabled(false)
			}
		}
	}
	return bindings
}

// inColumns sets cells in two columns, or more where the screen is wide. One that is too wide for its column has a line
// of its own.
func inColumns(cells []string, width int) []string {
	const margin, least = "   ", 38
	columns := max((width-len(margin))/least, 2)
	column := (width - len(margin)) / columns
	var lines []string
	used := columns // of the last line
	for _, cell := range cells {
		if used == columns || layout.Width(cell) >= column {
			lines, used = append(lines, margin), 0
		}
		last := len(lines) - 1
		lines[last] = layout.Left(lines[last], len(margin)+used*column) + cell
		if used++; layout.Width(cell) >= column {
			used = columns
		}
	}
	return lines
}

func (a *App) helpView(width, height int) string {
	lines := a.helpLines(width)
	a.helpTop = max(min(a.helpTop, len(lines)-height), 0)
	return layout.Fit(lines[a.helpTop:], width, height)
}

func (a *App) helpKey(message tea.KeyMsg) tea.Cmd {
	keys := a.frame.Keys
	page := max(a.height/2, 1)
	switch {
	case key.Matches(message, keys.Up):
		a.helpTop--
	case key.Matches(message, keys.Down):
		a.helpTop++
	case key.Matches(message, keys.First):
		a.helpTop = 0
	case key.Matches(message, keys.Last):
		a.helpTop = len(a.helpLines(a.width)) // the view stops at the end
	case key.Matches(message, keys.ScrollUp):
		a.helpTop -= page
	case key.Matches(message, keys.ScrollDown):
		a.helpTop += page
	case key.Matches(message, keys.Language):
		a.speak(a.frame.Words.Other())
	default:
		a.help, a.told = false, nil
	}
	return nil
}

// tightConflict is up to how many lines a conflict has no gaps.
const tightConflict = 12

// conflictView shows both values of an entry that two people changed, and the choice.
func (a *App) conflictView(width, height int) string {
	f, conflict := &a.frame, a.conflict
	w := f.Words
	where := w.SubjectName(f.Board.Campaign, conflict.Change.Subject)
	if unit := f.Board.Campaign.Roster.Unit(conflict.Change.Unit); unit != nil {
		where = unit.Name + " · " + where
	}
	lines := []string{
		" " + f.Alarm(w.T("Someone else has just changed this entry"), width)[0],
		" " + where,
	}
	differ := layout.First(layout.Wrap(w.T("Theirs → yours: %s", w.Changed(f.Board.Campaign, conflict.Change.Subject,
		conflict.Theirs, mine(conflict))), width-2), maxNotice, width-2)
	var gap []string
	if height > tightConflict {
		gap = []string{""}
	}
	room := max((height-len(lines)-len(differ)-3*len(gap))/2-1, 1) // for each side, below its name
	for _, side := range []struct {
		name  string
		value model.Value
	}{{theirs(a, conflict), conflict.Theirs}, {w.T("Yours:"), mine(conflict)}} {
		lines = append(append(lines, gap...), " "+f.Styles.Title.Render(side.name))
		said := layout.Wrap(conflictValue(&a.frame, conflict, side.value), width-4)
		for _, line := range layout.First(said, room, width-4) {
			lines = append(lines, "   "+line)
		}
	}
	lines = append(lines, gap...)
	for _, line := range differ {
		lines = append(lines, " "+f.Styles.Warning.Render(line))
	}
	return layout.Fit(lines, width, height)
}

// theirs says whose the other value is, and when it was written.
func theirs(a *App, conflict *model.Conflict) string {
	f := &a.frame
	w := f.Words
	switch signed := f.Signed(model.LastChange(conflict.Theirs)); {
	case signed != "":
		return w.T("Theirs: %s", signed)
	case a.traced.subject == conflict.Change.Subject && a.traced.by != "":
		return w.T("Theirs: %s", f.Moment(a.traced.at)+" ("+a.traced.by+")")
	}
	return w.T("Theirs: %s", w.T("by someone else")) // what carries no signature
}

// traced is who made the last change of something that carries no signature, and when, as the history says it.
type traced struct {
	subject model.Subject
	by      string
	at      time.Time
}

// trace looks in the newest part of the history for who was first, where the value in the file does not say it.
func trace(a *App, conflict *model.Conflict) tea.Cmd {
	by, at := model.LastChange(conflict.Theirs)
	if a.options.Record == nil || by != "" || !at.IsZero() {
		return nil
	}
	ctx, record, subject := a.frame.Context, a.options.Record, conflict.Change.Subject
	return func() tea.Msg {
		page, err := record.Page(ctx, "", 0)
		if err != nil {
			return traced{}
		}
		for i := range page.Revisions {
			revision := &page.Revisions[i]
			if slices.ContainsFunc(revision.Differences, func(d review.Difference) bool {
				return d.Subject == subject || subject.Kind.InPlan() && d.IsOfPart(part.Split(subject))
			}) {
				return traced{subject, revision.Who(), revision.At}
			}
		}
		return traced{}
	}
}

// mine is the person's own side of a conflict. Of the plan it is what they have changed, as the other side is told.
func mine(conflict *model.Conflict) model.Value {
	if conflict.Change.Subject.Kind.InPlan() {
		return conflict.Change.New
	}
	return review.Mine(conflict)
}

// conflictValue is one side of a conflict in words. All of an activity would fill the screen: of the plan it is what
// was changed.
func conflictValue(f *frame.Frame, conflict *model.Conflict, value model.Value) string {
	campaign, subject := f.Board.Campaign, conflict.Change.Subject
	if subject.Kind.InPlan() {
		return f.Words.Changed(campaign, subject, conflict.Change.Seen, value)
	}
	return f.Words.Value(campaign, subject, value)
}

// editable reports whether there is a form for the person's side of the conflict: an open one, or one that its tab
// opens for what is not taken away. A report has none unless it is open.
func editable(a *App, conflict *model.Conflict) bool {
	subject := conflict.Change.Subject
	switch kind := subject.Kind; {
	case a.tabs[a.open].Capturing():
		return true
	case kind.OnRoster():
		return !conflict.Change.New.Equal(new(model.Roster).Of(subject))
	default:
		return kind != model.SubjectReport && !kind.InPlan()
	}
}

// conflictHints names the ways out of a conflict.
func (a *App) conflictHints() string {
	keys := a.frame.Keys
	hints := []string{hint(keys.KeepTheirs), hint(keys.PutMine)}
	if editable(a, a.conflict) {
		hints = append(hints, hint(keys.Edit))
	}
	if a.tabs[a.open].Capturing() {
		hints = append(hints, "Esc "+a.frame.Words.T("back to the form"))
	}
	return strings.Join(hints, "  ")
}

// ownEditor refuses the person's own editor where it cannot be opened.
func ownEditor(f *frame.Frame) error {
	if f.EditsText {
		return nil
	}
	return phrase.Refuse(phrase.Say("your own editor opens only where the program runs on your own machine"),
		phrase.Sentence{})
}
