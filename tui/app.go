// Package tui is the dashboard: the App routes messages and stacks header, tab
// and footer.
package tui

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/activities"
	"example.org/tiendo/tui/changes"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/goals"
	"example.org/tiendo/tui/keys"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
	"example.org/tiendo/tui/live"
	"example.org/tiendo/tui/messages"
	"example.org/tiendo/tui/planform"
	"example.org/tiendo/tui/reports"
	"example.org/tiendo/tui/roster"
	"example.org/tiendo/tui/theme"
)

// The tabs, in the order of their keys.
const (
	goalsTab = iota
	messagesTab
	activitiesTab
	reportsTab
	changesTab
	rosterTab
)

// Tab is one tab of the dashboard. Answers go to every tab, keys only to the open one.
type Tab interface {
	Update(message tea.Msg, f *frame.Frame) tea.Cmd
	// Settle puts the cursor on something that exists: what the others say is about that.
	Settle(f *frame.Frame)
	View(f *frame.Frame, width, height int) string
	// Bindings lists the tab's own keys, or those of its open form; those that the rules refuse now are disabled.
	Bindings(f *frame.Frame) []key.Binding
	// Refusal says why the person may not change what is under the cursor; nil when they may.
	Refusal(f *frame.Frame) error
	// Capturing reports whether the tab wants every key, because a form is open.
	Capturing() bool
}

// Options are what a dashboard is given from outside.
type Options struct {
	Context context.Context //nolint:containedctx // that of the session, as frame.Frame has it
	Data    live.Source
	// Next waits for a picture that is newer than the one with a number; an error ends the following.
	Next     func(after uint64) (live.Picture, error)
	Person   model.Person
	TodaySet bool // today was chosen, it is not the day of the clock
	Words    lang.Words
	Styles   func(theme string) theme.Styles // the styles of a theme on this terminal
	Theme    string                          // the name of the theme at the start
	View     string                          // of the activities at the start: choices.Matrix or Checklist; "" by role
	Sort     string                          // the order of lists of units at the start; "" is that of the roster
	// Keep keeps what the person chose for the next start; nil where that is not to be done here.
	Keep      func(key choices.Key, value string) error
	ASCII     bool                    // signs in ASCII
	Mouse     bool                    // the mouse is on at the start
	NoHistory error                   // why there is no history, with the way out; nil when there is one
	Notices   []phrase.Sentence       // said in the footer at the start
	Copy      func(text string) error // puts text on the terminal's clipboard
	// Record is the history, and Conflicts what waits for a decision in it; nil when there is none.
	Record    changes.Record
	Conflicts live.Conflicts
	// PlanSource reads plan.toml for who changes it; nil where nothing can be changed.
	PlanSource planform.Source
	// Authors says when everybody made their last change; nil when there is no history.
	Authors roster.Authors
	// Uncommitted names the files of plan and roster that nobody else has as they stand; nil when there is no history.
	Uncommitted func(ctx context.Context) []string
	// HandEdits is what was edited by hand, to be looked at and saved; nil where that is not to be done here.
	HandEdits live.HandEdits
	// Papers make the consolidated report and write it.
	Papers reports.Papers
	// EditText opens the person's own editor for a text while the dashboard waits; nil where that is not to be done here.
	EditText func(text string, closed func(text string, err error) tea.Msg) tea.Cmd
	CopyHint phrase.Sentence // what the terminal needs for that; may be empty
	Drafts   frame.Drafts    // keeps what was typed and not saved; may be nil
	// Sync exchanges changes with the remote; nil where that is not to be done here.
	Sync live.Sync
}

// App is the whole screen.
type App struct {
	options Options
	picture live.Picture
	period  string // that the person has gone to; "" is the current one
	frame   frame.Frame
	tabs    []Tab
	names   []string
	open    int

	width, height int
	header        headerCache
	tabEnds       []int // columns at which the names of the tabs end, for the mouse
	tabTop        int   // line of the names of the tabs, for the mouse
	bodyTop       int   // line at which the open tab begins, for the mouse
	foot          foot  // what stands in the footer, for the mouse
	pressed       tea.MouseMsg

	notice      event.Noticed
	filter      *form.Line // not nil: the filter is being typed
	day         *form.Line // not nil: the day to go to is being typed
	searches    []search   // what is sought, on each tab
	trail       []visited  // where the person has come from, the last at the end
	question    *event.Asked
	conflict    *model.Conflict
	traced      traced                 // whose the other value of it is, where the value does not say it
	conflicts   []review.MergeConflict // that wait for a decision now, whatever day is shown
	help        bool
	helpTop     int
	told        *event.SavedAll // what became of several changes, in the place of the help; nil: nothing is told
	done        []model.Receipt // the person's own changes, for undo
	undoing     bool
	counting    counting
	clock       error // why the machine's clock cannot be right; nil: it may be
	syncing     bool  // changes are being exchanged with the remote
	reloading   bool  // the files are being read because the person asked
	lookingBack bool  // the burn-up is being read
	past        past
	mouse       bool
	quitting    bool // waits for a change that is being written
}

// New makes the dashboard.
func New(options Options) tea.Model {
	app := &App{
		options: options,
		tabs:    newTabs(options),
		open:    activitiesTab,
		mouse:   options.Mouse,
	}
	app.searches = make([]search, len(app.tabs))
	app.picture = options.Data.Picture()
	app.frame = frame.Frame{
		Context: options.Context,
		Board:   app.picture.Board,
		Person:  options.Person,
		Styles:  options.Styles(options.Theme),
		Theme:   options.Theme,
		Sort:    options.Sort,
		Signs:   theme.NewSigns(options.ASCII),
		Changes: frame.NewChanges(options.Context, options.Data), EditsText: options.EditText != nil,
		Drafts: options.Drafts,
	}
	app.speak(options.Words)
	app.frame.Open = app.undecided()
	app.notice = app.greeting()
	return app
}

// newTabs makes the tabs in the order of their keys. What the plan says is changed where it is shown; what it has none
// of yet, on the tab of activities, which every plan has.
func newTabs(options Options) []Tab {
	always := func(kinds ...string) func(*model.Plan) []string {
		return func(*model.Plan) []string { return kinds }
	}
	source := options.PlanSource
	return []Tab{
		planform.Around(goals.New(), source, always("goal")),
		planform.Around(messages.New(), source, always("message", "channel")),
		planform.Around(activities.New(options.View), source, func(plan *model.Plan) []string {
			kinds := []string{"activity", "indicator", "section"}
			if !uses(plan, goalsTab) {
				kinds = append(kinds, "goal")
			}
			if !uses(plan, messagesTab) {
				kinds = append(kinds, "message", "channel")
			}
			return kinds
		}),
		planform.Around(reports.New(options.Papers), source, always("period")),
		changes.New(options.Record, options.Conflicts, options.HandEdits, options.NoHistory), roster.New(options.Authors),
	}
}

// greeting is what the footer says first.
func (a *App) greeting() event.Noticed {
	w := a.frame.Words
	switch {
	case len(a.options.Notices) > 0:
		return event.Noticed{Kind: event.Warning, Text: w.Say(a.options.Notices[0])}
	case a.options.NoHistory != nil:
		return event.Noticed{Kind: event.Warning, Text: w.T("no history: %s", w.Error(a.options.NoHistory))}
	case a.decides() > 0:
		return event.Noticed{Kind: event.Warning,
			Text: w.Count(a.decides(), "%d entry has two versions and waits for your decision",
				"%d entries have two versions and wait for your decision") +
				": " + w.T("press %s", a.frame.Keys.Tabs[changesTab].Help().Key)}
	case a.options.TodaySet:
		return event.Noticed{Kind: event.Info,
			Text: w.T("shown as on %s; a change still carries the real time", a.frame.Board.Today)}
	default:
		return event.Noticed{}
	}
}

// speak puts the screen into a language.
func (a *App) speak(words lang.Words) {
	a.frame.Words = words
	a.frame.Keys = keys.New(words)
	a.names = []string{words.T("Goals"), words.T("Messages"), words.T("Activities"), words.T("Reporting"),
		words.T("Changes"), words.T("Units and people")}
	a.header = headerCache{}
}

// followed is a newer picture that came by itself.
type followed struct{ picture live.Picture }

// reloaded is the picture after the person has asked for the files to be read.
type reloaded struct{ picture live.Picture }

// Init starts following what others change.
func (a *App) Init() tea.Cmd {
	if a.picture.Board.Campaign.Unread > 0 { // the first frame comes before the records
		return nil
	}
	return tea.Batch(a.follow(), a.countUnread())
}

// follow waits for a newer picture than the one on the screen.
func (a *App) follow() tea.Cmd {
	next, number := a.options.Next, a.picture.Number
	return func() tea.Msg {
		picture, err := next(number)
		if err != nil {
			return nil // the dashboard is being left
		}
		return followed{picture}
	}
}

// lookedBack is how the campaign went, day by day.
type lookedBack struct{ days []model.Progression }

// lookBack reads the history when the tab of reporting has just been opened.
func (a *App) lookBack(before int) tea.Cmd {
	record := a.options.Record
	if a.open != reportsTab || before == reportsTab || record == nil || a.lookingBack {
		return nil
	}
	a.lookingBack = true
	ctx := a.frame.Context
	return func() tea.Msg { return lookedBack{record.BurnUp(ctx)} }
}

// uses reports whether a plan has what a tab shows. One that it has no use for is left out of the header; the others
// keep their numbers.
func uses(plan *model.Plan, tab int) bool {
	switch tab {
	case goalsTab:
		return len(plan.Goals) > 0
	case messagesTab:
		return len(plan.Messages) > 0
	case reportsTab:
		return plan.Reporting.Asked()
	default:
		return true
	}
}

// exports reports whether the paper is written from any tab: the plan has no use for the one that does so elsewhere.
func exports(a *App) bool {
	return a.options.Papers.Write != nil && !uses(&a.frame.Board.Campaign.Plan, reportsTab)
}

// without says why a tab is left out, and to whom may change it, which keys do.
func without(a *App, tab int) string {
	f := &a.frame
	w, keys := f.Words, f.Keys
	said := map[int]string{
		goalsTab: w.T("this plan has no goals"), messagesTab: w.T("this plan has no messages"),
		reportsTab: w.T("this plan asks its units for no reports"),
	}[tab]
	if f.Board.Campaign.MayChangePlan(f.Person) != nil || a.options.PlanSource == nil {
		return said
	}
	does := keys.Add
	if tab == reportsTab {
		does = keys.Amend
	}
	return said + " · " + w.T("%s on tab %s changes that", does.Help().Key, keys.Tabs[activitiesTab].Help().Key)
}

// nextTab is the next tab that a plan uses; with -1 the one before.
func nextTab(plan *model.Plan, tab, step, of int) int {
	for {
		if tab = (tab + step + of) % of; uses(plan, tab) {
			return tab
		}
	}
}

// resized takes the size of the terminal. With the first one the first frame comes, and after it the records.
func resized(a *App, message tea.WindowSizeMsg) tea.Cmd {
	first := a.width == 0 && a.picture.Board.Campaign.Unread > 0
	a.width, a.height = min(message.Width, layout.MaxWidth), min(message.Height, layout.MaxHeight)
	if a.width == 0 || a.height == 0 { // a terminal that does not know its size, as over some pipes
		a.width, a.height = 80, 24
	}
	if first {
		return tea.Tick(drawing, func(time.Time) tea.Msg { return a.follow()() })
	}
	return nil
}

// drawing is how long it takes at most until a frame is on the screen.
const drawing = time.Second / 60

// newer shows a picture that came by itself, and waits for the next one.
func newer(a *App, picture live.Picture) tea.Cmd {
	a.take(picture)
	if picture.Board.Campaign.Unread > 0 { // it comes soon
		return a.follow()
	}
	return tea.Batch(a.follow(), a.countUnread(), a.wake())
}

// reread shows the files as the person has asked for.
func reread(a *App, picture live.Picture) tea.Cmd {
	a.reloading = false
	a.take(picture)
	a.notice = event.Noticed{Kind: event.Info, Text: a.frame.Words.T("the files have been read again")}
	return tea.Batch(a.countUnread(), a.wake())
}

// readChosen reads the record of the unit that the person has gone to before its turn, while others are still unread.
func readChosen(a *App) tea.Cmd {
	board, unit := a.picture.Board, a.frame.Unit
	if at := board.UnitIndex(unit); at < 0 || !board.Units[at].Unread() {
		return nil
	}
	ctx, data := a.frame.Context, a.options.Data
	return func() tea.Msg {
		data.Read(ctx, unit)
		return readOne{data.Picture()}
	}
}

// readOne is the picture once the record of one unit was read before its turn.
type readOne struct{ picture live.Picture }

// load reads the files again.
func (a *App) load() tea.Cmd {
	if a.reloading {
		return nil
	}
	a.reloading = true
	ctx, data := a.frame.Context, a.options.Data
	return func() tea.Msg {
		data.Refresh(ctx)
		return reloaded{data.Picture()}
	}
}

// take shows a newer picture. One whose files could not be read holds the last
// good board, which stays on the screen under a banner.
func (a *App) take(picture live.Picture) {
	if picture.Number < a.picture.Number {
		return
	}
	was, broken := errors.AsType[phrase.Problem](a.picture.Err)
	if broken && picture.Err == nil && strings.Contains(a.notice.Text, was.Place()) {
		a.notice = event.Noticed{} // what it refused for is mended
	}
	a.picture = picture
	if !a.past.shown() {
		a.frame.Board, a.frame.Open = ofPeriod(picture.Board, a.period), a.undecided()
		if !uses(&picture.Board.Campaign.Plan, a.open) && !a.tabs[a.open].Capturing() {
			a.trail = nil
			openTab(a, activitiesTab)
		}
	}
	roster := &picture.Board.Campaign.Roster
	person := roster.Person(a.frame.Person.ID)
	if a.frame.Person.ID == "" { // the owner of the files, until they are on the roster
		person = roster.ByEmail(a.frame.Person.Email)
	}
	if person != nil {
		a.frame.Person = *person // a new role takes effect at once
	}
}

// saved answers a change: the screen shows it only once the files are read again.
func (a *App) saved(message event.Saved) tea.Cmd {
	a.frame.Changes.Settle(message)
	undone := a.undoing && message.Change.Restore
	if undone {
		a.undoing = false
	}
	var traces tea.Cmd
	if conflict, ok := errors.AsType[*model.Conflict](message.Err); ok {
		a.conflict = conflict // the screen says all of it
		traces = trace(a, conflict)
	} else {
		a.say(message)
		if undone && message.Err == nil {
			a.notice.Text, a.notice.Undo = a.frame.Words.T("undone · %s", a.notice.Text), false
		}
	}
	if message.Err == nil && !message.Receipt.Unchanged {
		if undone {
			a.done = a.done[:len(a.done)-1]
		} else {
			a.done = append(a.done, message.Receipt)
		}
	}
	a.take(a.options.Data.Picture())
	told := a.everyTab(message)
	if a.quitting && !a.frame.Changes.Any() {
		return tea.Quit
	}
	return tea.Batch(told, traces, a.countUnread(), a.wake())
}

func (a *App) copyText(copied, named string) tea.Cmd {
	w := a.frame.Words
	if err := a.options.Copy(copied); err != nil {
		return a.frame.Refused(err)
	}
	copied = cmp.Or(named, copied)
	if hint := a.options.CopyHint; !hint.IsZero() {
		return frame.Notice(event.Success, w.T("copied (%s): %s", hint, copied))
	}
	return frame.Notice(event.Success, w.T("copied: %s", copied))
}

// setFilter applies what is typed.
func (a *App) setFilter(typed string) {
	a.searches[a.open] = search{typed, text.NewQuery(typed)}
	a.frame.Query = a.searches[a.open].query
}

// View stacks header, tab and footer in exactly the size of the terminal.
func (a *App) View() string {
	if a.width <= 0 || a.height <= 0 {
		return ""
	}
	if layout.TooSmall(a.width, a.height) {
		return layout.Fit(a.tooSmall(), a.width, a.height)
	}
	a.tabs[a.open].Settle(&a.frame)
	head, foot := a.headerLines(), a.footerLines()
	a.bodyTop = len(head)
	body := a.body(a.width, max(a.height-len(head)-len(foot), 0))
	a.foot.hints = nil
	if known := a.footerLines(); len(known) == len(foot) { // which lines lead somewhere is known once they are drawn
		foot = known
	}
	a.foot.top, a.foot.lines = a.height-len(foot), foot
	return layout.Stack(a.width, a.height, head, body, foot)
}

// body is what fills the space between header and footer.
func (a *App) body(width, height int) string {
	switch {
	case a.help:
		return a.helpView(width, height)
	case a.conflict != nil:
		return a.conflictView(width, height)
	default:
		return a.tabs[a.open].View(&a.frame, width, height)
	}
}
