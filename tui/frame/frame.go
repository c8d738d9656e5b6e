// Package frame is what every tab is given to draw and to act with.
package frame

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/keys"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
	"example.org/tiendo/tui/theme"
)

// Frame is the screen as a tab sees it. The root keeps one and hands it to
// every call; tabs read it and never keep it. Unit alone they set.
type Frame struct {
	// Context ends with the session: what is only being read is broken off then, and what a person changes is written.
	Context   context.Context //nolint:containedctx // Bubble Tea hands no context to a command
	Board     *model.Board
	Person    model.Person
	Words     lang.Words
	Keys      keys.Map
	Styles    theme.Styles
	Theme     string // the name of the theme of Styles
	Signs     theme.Signs
	Show      Show
	Units     Marks      // units that are marked, on the tabs that list them
	Entries   Marks      // activities of one unit that are marked
	Sort      string     // the order of lists of units: one of choices.Orders, "" for that of the roster
	Query     text.Query // what was typed into the filter
	Changes   *Changes
	Tip       string                 // the commit that is shown in the place of the newest; "" for the newest
	BurnUp    []model.Progression    // by day, from the history; none until it was read
	Open      []review.MergeConflict // entries that two sides changed differently, and that wait for a decision
	Unread    map[string]bool        // commits that the person has still to review, by hash
	Uncounted error                  // why it is not known which those are; nil: it is
	ByHand    []string               // files of plan and roster that were edited by hand, so that nobody else has them
	Unit      string                 // id of the unit that the person chose last, on whatever tab; "" for none
	EditsText bool                   // a long text may be written in the person's own editor
	Drafts    Drafts                 // what was typed and not saved; nil where nothing is kept
}

// Offer is a binding as help and footer show it: disabled where the rules refuse
// what it does. The tab still takes the key, to say the reason.
func Offer(binding key.Binding, refused error) key.Binding {
	binding.SetEnabled(refused == nil)
	return binding
}

// Does is a binding that says in other words what it does here.
func Does(binding key.Binding, words string) key.Binding {
	binding.SetHelp(binding.Help().Key, words)
	return binding
}

// Show says which rows a tab shows.
type Show int

// The filters, in the order in which a key goes through them.
const (
	ShowAll Show = iota
	ShowOpen
	ShowLate
	ShowMine
	showEnd
)

// Next is the filter after the present one. Who has no unit is not offered what is theirs.
func (f *Frame) Next() Show {
	next := (f.Show + 1) % showEnd
	if next == ShowMine && f.Person.Unit == "" {
		next = (next + 1) % showEnd
	}
	return next
}

// Name is the filter in words; "" for all.
func (s Show) Name(w lang.Words) string {
	switch s {
	case ShowOpen:
		return w.T("not done")
	case ShowLate:
		return w.T("overdue, due today, returned")
	case ShowMine:
		return w.T("my unit")
	default:
		return ""
	}
}

// Go asks for the place where something stands.
func Go(wanted event.PlaceWanted) tea.Cmd { return func() tea.Msg { return wanted } }

// Decide asks for both versions of what is in dispute.
func Decide(unit string, subject model.Subject) tea.Cmd {
	return Go(event.PlaceWanted{Unit: unit, Subject: subject, As: event.AsItsVersions})
}

// Versions are the lines of what there are several versions of: each with who wrote it, and which key decides.
func (f *Frame) Versions(unit string, subject model.Subject, width int) []string {
	var lines []string
	for _, version := range f.Words.Versions(f.Board.Campaign, subject, f.Board.Campaign.Value(unit, subject)) {
		for i, line := range layout.Wrap(version, width-2) {
			lines = append(lines, [2]string{f.Signs.Disputed + " ", "  "}[min(i, 1)]+line)
		}
	}
	if f.Decides(unit, subject) {
		lines = append(lines, Lines(f.Styles.Muted, f.Words.T("Enter decides which of them counts"), width)...)
	}
	return lines
}

// LateName is the name of what needs attention, with what the person has to decide where there is such.
func (f *Frame) LateName(name string) string {
	for i := range f.Open {
		if f.Open[i].Disputed() && review.MaySettle(f.Board.Campaign, f.Person, &f.Open[i]) == nil {
			return name + ", " + f.Words.T("in dispute")
		}
	}
	return name
}

// Decides reports whether something is in dispute and the person may decide; with a zero subject, whether anything of
// the unit is so.
func (f *Frame) Decides(unit string, subject model.Subject) bool {
	for i := range f.Open {
		one := &f.Open[i]
		about := one.Unit == unit && (one.Subject == subject || subject == model.Subject{})
		if about && one.Disputed() && review.MaySettle(f.Board.Campaign, f.Person, one) == nil {
			return true
		}
	}
	return false
}

// ReportLate reports whether a unit's report needs somebody now: it was returned, is overdue or due today, or waits for
// the person to accept it or to decide between two versions.
func (f *Frame) ReportLate(unit model.UnitRow) bool {
	if unit.ReportTimeliness == calendar.Disputed {
		return f.Decides(unit.Unit.ID, f.Board.ReportSubject())
	}
	switch unit.Report.Status {
	case model.Returned:
		return true
	case model.Submitted:
		return f.Person.Role == model.Coordinator
	default:
		return unit.Waiting() && (unit.ReportTimeliness == calendar.Overdue || unit.ReportTimeliness == calendar.DueToday)
	}
}

// Entry is a change of a unit's entry for an activity that does not change it yet.
func (f *Frame) Entry(unit *model.UnitRow, activity int) model.Change {
	entry := unit.Cells[activity].Entry
	subject := model.Subject{Kind: model.SubjectActivity, ID: f.Board.Activities[activity].Activity.ID}
	return model.Change{Person: f.Person, Unit: unit.Unit.ID, Subject: subject, Seen: entry, New: entry}
}

// Filtered reports whether anything hides rows.
func (f *Frame) Filtered() bool { return f.Show != ShowAll || !f.Query.Empty() }

// MyUnit reports whether a unit is the person's own.
func (f *Frame) MyUnit(unit string) bool { return f.Person.Unit == unit }

// Left says how a deadline stands: days left, or calmly that it has passed.
func (f *Frame) Left(deadline calendar.Deadline) string {
	if f.Board.Ended() && !deadline.IsZero() {
		return f.Words.T("ended on %s", f.Words.ShortDay(deadline.LastDay(), f.Board.ImpliedYear()))
	}
	return f.Words.Left(deadline, f.Board.Today)
}

// Signed says when something was done and by whom; "" when nobody signed it.
func (f *Frame) Signed(by string, at time.Time) string {
	if by == "" && at.IsZero() {
		return ""
	}
	return f.Moment(at) + " (" + f.Board.Campaign.Roster.PersonName(by) + ")"
}

// Moment says at what time of which day, with its year where that does not go without saying.
func (f *Frame) Moment(at time.Time) string {
	zone := f.Board.Campaign.Plan.TimeZone
	if day := calendar.DayIn(at, zone); !at.IsZero() && f.Board.ImpliedYear().IsZero() && day != f.Board.Today {
		return at.In(zone).Format("15:04") + " " + f.Words.Day(day)
	}
	return f.Words.When(at, f.Board.Today, zone)
}

// Bar draws a progress bar: done, in progress, the rest.
func (f *Frame) Bar(tally model.Tally, width int) string {
	whole := tally.Applicable()
	if whole <= 0 || width <= 0 {
		return f.Styles.BarRest.Render(strings.Repeat(f.Signs.BarRest, max(width, 0)))
	}
	done := tally.Done * width / whole
	doing := (tally.Done+tally.Doing)*width/whole - done
	return f.run(f.Styles.BarDone, f.Signs.BarDone, done) +
		f.run(f.Styles.BarDoing, f.Signs.BarDoing, doing) +
		f.run(f.Styles.BarRest, f.Signs.BarRest, width-done-doing)
}

func (f *Frame) run(style lipgloss.Style, sign string, width int) string {
	if width <= 0 {
		return ""
	}
	return style.Render(strings.Repeat(sign, width))
}

// Sic is the mark that a passage may mislead, with the likely reading; "" where there is none.
func (f *Frame) Sic(sic string) string {
	if sic == "" {
		return ""
	}
	return f.Signs.Sic + " " + sic
}

// Notice answers a key in the footer.
func Notice(kind event.Kind, words string) tea.Cmd {
	return func() tea.Msg { return event.Noticed{Kind: kind, Text: words} }
}

// Unused answers a key that does nothing now, by the name that stands on it.
func (f *Frame) Unused(message tea.KeyMsg) tea.Cmd {
	if key.Matches(message, f.Keys.Back) {
		return nil // there is nothing to leave
	}
	if message.Paste {
		return Notice(event.Info, f.Words.T("there is no field here to paste into · ? shows the keys"))
	}
	if letter := message.String(); message.Type == tea.KeyRunes && strings.ContainsFunc(letter, vietnamese) {
		return Notice(event.Warning, f.Words.T(
			"the Vietnamese input method is on and made %s of the key: switch it to English (E)", f.keyName(message)))
	}
	if message.Type == tea.KeySpace {
		return Notice(event.Info, f.Words.T("the space bar does nothing here · ? shows the keys"))
	}
	return Notice(event.Info, f.Words.T("the key %s does nothing here · ? shows the keys", f.keyName(message)))
}

// vietnamese reports whether a letter is one that a Vietnamese input method makes: no key has it by itself.
func vietnamese(letter rune) bool {
	return letter > unicode.MaxASCII && unicode.In(letter, unicode.Latin, unicode.Mn)
}

// longestKey is how many cells the name of a key takes at most: letters that come fast come as one.
const longestKey = 12

// keyName is a key as the help spells it.
func (f *Frame) keyName(message tea.KeyMsg) string {
	if message.Type == tea.KeyRunes {
		return layout.Cut(text.Line(message.String()), longestKey)
	}
	printed := map[string]string{
		"left": "←", "right": "→", "up": "↑", "down": "↓", "pgup": "PgUp", "pgdown": "PgDn", "esc": "Esc",
	}
	parts := strings.Split(message.String(), "+")
	for i, part := range parts {
		if name, special := printed[part]; special {
			parts[i] = name
		} else if part != "" {
			parts[i] = strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return strings.Join(parts, "+")
}

// Hindered says in the footer why a change cannot be made now: the last one of its entry is not written yet, or the
// rules forbid it. It is nil where nothing stands in the way.
func (f *Frame) Hindered(change model.Change) tea.Cmd {
	if f.Changes.Busy(change.Unit, change.Subject) {
		return Notice(event.Info, f.Words.T("the last change of this entry is still being written"))
	}
	if err := f.Board.Campaign.Check(change); err != nil {
		return f.Refused(err)
	}
	return nil
}

// Refused says in the footer why something is not possible, with the way out.
func (f *Frame) Refused(err error) tea.Cmd {
	return Notice(event.Warning, f.Explain(err))
}

// ErrorIn is the error for a line of so many cells, whose end may be cut away: it begins with the place when
// the cause is a problem in a file, and where the place would take more than half of the line, the first
// folders are left out. The name of the file, the line and the column are what somebody needs.
func (f *Frame) ErrorIn(err error, room int) string {
	problem, ok := errors.AsType[phrase.Problem](err)
	if !ok {
		return f.Words.Error(err)
	}
	for rest := problem.File; layout.Width(problem.Place()) > room/2; {
		_, after, more := strings.Cut(rest, "/")
		if !more {
			break
		}
		rest, problem.File = after, "…/"+after
	}
	return f.Words.Error(problem)
}

// Explain says why something is not possible, with the way out.
func (f *Frame) Explain(err error) string {
	words := f.Words.Error(err)
	if hint := phrase.HintOf(err); !hint.IsZero() {
		words += " — " + f.Words.Say(hint)
	}
	return words
}

// Applier makes a change in the data files.
type Applier interface {
	Apply(ctx context.Context, change model.Change) (model.Receipt, error)
}

// Changes is the one way from the screen to the data: it makes changes one at a
// time for each entry, so that a second press while the first is being written does nothing.
type Changes struct {
	context  context.Context //nolint:containedctx // as that of Frame
	applier  Applier
	underWay map[place]bool
	// Frozen refuses every change while the screen shows how it was; nil lets them through.
	Frozen error
}

type place struct {
	unit    string
	subject model.Subject
}

// NewChanges makes changes through an applier. What a person has changed is written also when the session ends
// meanwhile.
func NewChanges(ctx context.Context, applier Applier) *Changes {
	return &Changes{context: context.WithoutCancel(ctx), applier: applier, underWay: map[place]bool{}}
}

// Busy reports whether a change of the subject is being written.
func (c *Changes) Busy(unit string, subject model.Subject) bool {
	return c.underWay[place{unit, subject}]
}

// Any reports whether anything is being written.
func (c *Changes) Any() bool { return len(c.underWay) > 0 }

// Make writes a change; the answer is event.Saved. While one of the same entry
// is being written it does nothing.
func (c *Changes) Make(change model.Change) tea.Cmd {
	at := place{change.Unit, change.Subject}
	if c.underWay[at] {
		return nil
	}
	if frozen := c.Frozen; frozen != nil {
		return func() tea.Msg { return event.Saved{Change: change, Err: frozen} }
	}
	c.underWay[at] = true
	ctx, applier := c.context, c.applier
	return func() tea.Msg {
		receipt, err := applier.Apply(ctx, change)
		return event.Saved{Change: change, Receipt: receipt, Err: err}
	}
}

// MakeAll writes several changes one after the other, whatever becomes of the others; the answer is event.SavedAll,
// with those that were refused before. One of an entry that is being written already is refused.
func (c *Changes) MakeAll(changes []model.Change, refused ...event.Saved) tea.Cmd {
	var free []model.Change
	for _, change := range changes {
		if at := (place{change.Unit, change.Subject}); !c.underWay[at] {
			c.underWay[at] = true
			free = append(free, change)
		} else {
			refused = append(refused, event.Saved{Change: change,
				Err: phrase.Refuse(phrase.Say("the last change of this entry is still being written"), phrase.Sentence{})})
		}
	}
	if len(free)+len(refused) == 0 {
		return nil
	}
	ctx, applier, frozen := c.context, c.applier, c.Frozen
	return func() tea.Msg {
		answer := event.SavedAll{Refused: refused}
		for _, change := range free {
			if frozen != nil {
				answer.Saved = append(answer.Saved, event.Saved{Change: change, Err: frozen})
				continue
			}
			receipt, err := applier.Apply(ctx, change)
			answer.Saved = append(answer.Saved, event.Saved{Change: change, Receipt: receipt, Err: err})
		}
		return answer
	}
}

// Settle is told of every answer.
func (c *Changes) Settle(saved event.Saved) {
	delete(c.underWay, place{saved.Change.Unit, saved.Change.Subject})
}
