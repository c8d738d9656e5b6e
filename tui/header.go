package tui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/changes"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
)

// minBar is the narrowest bar that still says something, in cells.
const minBar = 8

// headerCache keeps the lines that change only with the board, the size or the language.
type headerCache struct {
	board *model.Board
	width int
	lines []string
}

// headerLines is the header: plan and day, theme and counts, bar and deadline, tabs, a rule, and a banner when
// something is wrong in the files.
func (a *App) headerLines() []string {
	board := a.frame.Board
	if a.header.board != board || a.header.width != a.width {
		a.header = headerCache{board: board, width: a.width, lines: a.planLines()}
	}
	lines := append([]string{}, a.header.lines...)
	if layout.Compact(a.width, a.height) {
		lines = lines[:1]
	}
	a.tabTop = len(lines)
	lines = append(lines, a.tabLine(), a.ruleLine())
	if banner := a.banner(); banner != "" {
		lines = append(lines, banner)
	}
	return lines
}

func (a *App) planLines() []string {
	f := &a.frame
	plan, styles := &f.Board.Campaign.Plan, f.Styles
	first := titleLine(f, a.width)
	second := layout.Ends(" "+styles.Accent.Render(plan.Theme), countWords(f, a.width-layout.Width(plan.Theme)-3)+" ",
		a.width)

	if f.Board.Phase == calendar.Upcoming { // there is nothing yet that a bar could show
		return []string{first, second, " " + deadlineWords(f, a.width-2)}
	}
	words := deadlineWords(f, a.width-minBar-3)
	bar := f.Bar(f.Board.Total, max(a.width-layout.Width(words)-4, minBar))
	return []string{first, second, " " + bar + "  " + words}
}

// titleLine is the plan, who looks at it, and the day. Where there is no room for all of it, the number of the plan is
// what stays.
func titleLine(f *frame.Frame, width int) string {
	w, plan, today := f.Words, &f.Board.Campaign.Plan, f.Board.Today
	mark := " "
	if !plan.MadeUp.IsZero() {
		mark += f.Styles.MadeUp.Render(w.T("MADE-UP DATA")) + " "
	}
	if !f.Board.Campaign.AsOf.IsZero() {
		mark += f.Styles.MadeUp.Render(w.T("AS IT WAS")) + " "
	}
	number := lang.DocumentNumber(plan.Document.Number)
	name := strings.TrimSpace(plan.Document.Type + " " + number)
	if name == "" { // neither is printed: then it is known by its title
		name = cmp.Or(plan.Document.Title, w.T("a plan without a title yet"))
		number = name
	}
	title := f.Styles.Title.Render
	whole := title(name)
	if plan.Document.Issuer != "" {
		whole += " · " + plan.Document.Issuer
	}
	var tries [][2]string
	who := lang.Who(w, &f.Board.Campaign.Roster, &f.Person)
	for i, by := range who { // what a change is signed with matters more than who issued the plan
		by += " · " + w.LongDay(today)
		tries = append(tries, [2]string{whole, by}, [2]string{title(name), by})
		if i == len(who)-2 {
			tries = append(tries, [2]string{title(number), by})
		}
	}
	shortest := who[len(who)-1]
	tries = append(tries, [][2]string{
		{title(number), shortest + " · " + w.LongDay(today)},
		{title(number), shortest + " · " + w.Day(today)},
		{title(number), shortest + " · " + w.ShortDay(today, today)},
		{title(number), shortest},
		{title(number), w.ShortDay(today, today)},
	}...)
	for _, try := range tries {
		if layout.Width(mark)+layout.Width(try[0])+2+layout.Width(try[1])+1 <= width {
			return layout.Ends(mark+try[0], try[1]+" ", width)
		}
	}
	return layout.Cut(mark+title(number), width)
}

// countWords says how far all units are together; what is in progress only where there is room.
func countWords(f *frame.Frame, room int) string {
	w, total := f.Words, f.Board.Total
	done, late := w.T("%d/%d done", total.Done, total.Applicable()), lateWords(f)
	if campaign := f.Board.Campaign; campaign.Unread == len(campaign.Roster.Units) && campaign.Unread > 0 {
		done = "…" // not even one record has been read
	}
	doing := " · " + w.T("%d in progress", total.Doing)
	if total.Doing == 0 || layout.Width(done+doing+late) > room {
		return done + late
	}
	return done + doing + late
}

// lateWords says what is late, not known or in dispute. After the end what is not done goes without saying, unless the
// rest is not known.
func lateWords(f *frame.Frame) string {
	w, total, words := f.Words, f.Board.Total, ""
	switch {
	case f.Board.Ended() && total.Overdue > 0 && total.Done+total.Overdue < total.Applicable():
		words += " · " + f.Styles.Muted.Render(w.T("%d not done", total.Overdue))
	case !f.Board.Ended() && total.Overdue > 0:
		words += " · " + f.Styles.Late.Render(w.T("%d overdue", total.Overdue))
	}
	if total.Unknown > 0 {
		words += " · " + f.Styles.Warning.Render(w.T("%d not known", total.Unknown))
	}
	if disputed := total.Disputed + f.Board.Reporting.Disputed; disputed > 0 {
		words += " · " + f.Styles.Late.Render(w.T("%d in dispute", disputed))
	}
	return words
}

// deadlineWords says how long the units have for their reports, as much of it as fits.
func deadlineWords(f *frame.Frame, width int) string {
	w, today, deadline := f.Words, f.Board.Today, f.Board.Reporting.Deadline
	plan := &f.Board.Campaign.Plan
	if f.Board.Ended() {
		return layout.Cut(w.T("the plan ended on %s", plan.Ends), width)
	}
	words := w.T("report by %s: %s", w.ShortDay(deadline.LastDay(), f.Board.ImpliedYear()), w.Left(deadline, today))
	switch {
	case !plan.Reporting.Asked() && plan.Ends.IsZero():
		words = ""
	case !plan.Reporting.Asked():
		words = w.T("the plan runs until %s", w.ShortDay(plan.Ends, f.Board.ImpliedYear()))
	case deadline.IsZero():
		words = w.T("report: %s", calendar.NoDeadline)
	}
	if period := w.Period(f.Board); period != "" {
		words = period + " · " + words
	}
	if f.Board.Phase == calendar.Upcoming {
		words = strings.TrimSuffix(w.T("begins on %s", w.ShortDay(plan.Starts, f.Board.ImpliedYear()))+" · "+words, " · ")
	}
	if working := deadline.LastWorkingDay(); working != deadline.LastDay() {
		day := w.ShortDay(working, f.Board.ImpliedYear())
		short, long := w.T("last working day %s", day), w.T("last working day %s", w.Weekday(working.Weekday())+" "+day)
		forms := []string{long, short}
		if !deadline.Calendar.KnowsHolidays() {
			apart := " (" + w.T("holidays not counted") + ")"
			forms = []string{long + apart, short + apart, long, short}
		}
		for _, form := range forms {
			if longer := words + " · " + form; layout.Width(longer) <= width {
				return longer
			}
		}
	}
	return layout.Cut(words, width)
}

// tabRoom is how the names of the tabs are set: apart, close together, the longest of them shorter, or but the open one
// as numbers.
type tabRoom int

const (
	apart tabRoom = iota
	together
	shorter
	numbers
)

// tabLine is the names of the tabs; the open one stands out by its brackets too.
func (a *App) tabLine() string {
	room := apart
	if layout.Compact(a.width, a.height) {
		room = numbers
	}
	line := a.tabNames(room)
	for room < numbers && layout.Width(line) > a.width {
		room++
		line = a.tabNames(room)
	}
	return layout.Cut(line, a.width)
}

// tabNames sets the tabs side by side.
func (a *App) tabNames(room tabRoom) string {
	var b strings.Builder
	gap := " "
	if room == together || room == shorter {
		gap = ""
	}
	a.tabEnds = a.tabEnds[:0]
	width := 0
	for i, name := range a.names {
		if i != a.open && !uses(&a.frame.Board.Campaign.Plan, i) {
			a.tabEnds = append(a.tabEnds, width) // no column of its own
			continue
		}
		label := a.frame.Keys.Tabs[i].Help().Key
		if i == rosterTab && room == shorter {
			name = a.frame.Words.T("Units")
		}
		if room != numbers || i == a.open {
			label += " " + name
		}
		if i == changesTab {
			label += waitingWords(&a.frame)
		}
		if i == a.open {
			label = "[" + label + "]"
		} else {
			label = " " + label + " "
		}
		width += layout.Width(gap + label)
		a.tabEnds = append(a.tabEnds, width)
		if i == a.open {
			label = a.frame.Styles.Accent.Render(label)
		}
		b.WriteString(gap + label)
	}
	return b.String()
}

// waitingWords says what waits on the tab of changes: entries to decide, else changes to review; "" for nothing.
func waitingWords(f *frame.Frame) string {
	if n := len(f.Open); n > 0 {
		sign := f.Signs.Problem
		if f.Open[0].Disputed() { // those of a merge come first
			sign = f.Signs.Disputed
		}
		return " " + sign + unreadCount(n)
	}
	if n := len(f.Unread); n > 0 {
		return " " + f.Signs.Submitted + unreadCount(n)
	}
	return ""
}

// ruleLine is the rule below the tabs. It says which filters hide rows, if any do.
func (a *App) ruleLine() string {
	const tail = 2
	shown := a.shown(a.width - tail - 4)
	return rule(&a.frame, a.width-layout.Width(shown)-tail) + shown + rule(&a.frame, tail)
}

// rule is a line across.
func rule(f *frame.Frame, width int) string {
	return f.Styles.Muted.Render(strings.Repeat(f.Signs.Rule, max(width, 0)))
}

// filterNamer is a tab on which a filter means something of its own.
type filterNamer interface {
	// FilterName says which rows the filter of the frame leaves on the tab; "" for all.
	FilterName(f *frame.Frame) string
}

// filterName says which rows a filter leaves on the open tab; "" for all.
func filterName(a *App, show frame.Show) string {
	was := a.frame.Show
	a.frame.Show = show
	defer func() { a.frame.Show = was }()
	if tab, own := a.tabs[a.open].(filterNamer); own {
		return tab.FilterName(&a.frame)
	}
	return show.Name(a.frame.Words)
}

// shown says which filters hide rows.
func (a *App) shown(room int) string {
	filters := filterName(a, a.frame.Show)
	if typed := a.searches[a.open].typed; typed != "" {
		filters = strings.TrimSuffix("“"+typed+"” · "+filters, " · ")
	}
	if campaign := a.frame.Board.Campaign; campaign.Unread > 0 {
		units := len(campaign.Roster.Units)
		words := a.frame.Words.T("%d/%d units read; every total is of these", units-campaign.Unread, units)
		if layout.Width(words) > room {
			words = a.frame.Words.T("%d/%d units read", units-campaign.Unread, units)
		}
		return " " + a.frame.Styles.Warning.Render(layout.Cut(words, max(room, minBar))) + " "
	}
	if filters == "" {
		return ""
	}
	return " " + a.frame.Styles.Warning.Render(layout.Cut(a.frame.Words.T("filter: %s", filters), max(room, minBar))) + " "
}

// banner names the first problem in the data files; where there is none, what was edited by hand and not committed.
func (a *App) banner() string {
	f := &a.frame
	words, room := f.Signs.Problem+" ", a.width-2
	problems := slices.DeleteFunc(slices.Clone(f.Board.Campaign.Problems), func(problem phrase.Problem) bool {
		return problem.What.Format == model.WrittenTwice().Format // counted above, and no fault of a file
	})
	switch {
	case a.picture.Err != nil:
		words += f.Words.T("last good picture: %s", "")
		words += f.ErrorIn(a.picture.Err, room-layout.Width(words))
	case a.clock != nil:
		words += f.Words.Error(a.clock)
	case len(phrase.ErrorsIn(problems)) > 0, len(problems) > 0 && savesByHand(a) == "":
		count := f.Words.Count(len(problems), "%d problem in the files", "%d problems in the files")
		if layout.Width(words+count) > room/2 { // the place says more than the words
			count = strconv.Itoa(len(problems))
		}
		words += count + " · "
		words += f.ErrorIn(problems[0], room-layout.Width(words))
	case len(f.ByHand) > 0 && !a.past.shown():
		files := strings.Join(f.ByHand, ", ")
		if how := savesByHand(a); how != "" {
			words += f.Words.T("edited by hand, in no commit yet (%s): %s", how, files)
		} else {
			words += f.Words.T("in no commit yet, so nobody else has it: %s", files)
		}
	default:
		return ""
	}
	return " " + f.Styles.Warning.Render(layout.Cut(words, room))
}

// savesByHand says which keys save what was edited by hand; "" where the person cannot do it here.
func savesByHand(a *App) string {
	f := &a.frame
	tab, is := a.tabs[changesTab].(*changes.Tab)
	if !is || !tab.Edited(f) || a.past.shown() {
		return ""
	}
	saves := f.Keys.SaveByHand.Help().Key
	if a.open == changesTab {
		return f.Words.T("%s saves it", saves)
	}
	return f.Words.T("%s, then %s saves it", f.Keys.Tabs[changesTab].Help().Key, saves)
}

// tooSmall is what a screen says that is too small: what it needs first, and below it that the data is made up.
func (a *App) tooSmall() []string {
	w := a.frame.Words
	lines := layout.Wrap(w.T("%d×%d: needs 40×10", a.width, a.height), a.width)
	if !a.frame.Board.Campaign.Plan.MadeUp.IsZero() {
		lines = append(lines, layout.Wrap(w.T("MADE-UP DATA"), a.width)...)
	}
	return lines
}
