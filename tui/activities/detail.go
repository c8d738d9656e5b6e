package activities

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
)

// detail is all that is known of one unit on one activity: how it stands, its
// figures, note and evidence, then the text of the plan, word for word.
func detail(f *frame.Frame, unit model.UnitRow, at, width int) (title string, lines []string) {
	row := f.Board.Activities[at]
	activity, cell, w := row.Activity, unit.Cells[at], f.Words
	title = strconv.Itoa(at+1) + " · " + activity.Title
	add := func(style lipgloss.Style, text string) {
		for paragraph := range strings.SplitSeq(text, "\n") {
			lines = append(lines, frame.Lines(style, paragraph, width)...)
		}
	}
	_, style := f.Signs.Cell(f.Styles, cell, f.Board.Phase)
	standing := " · " + f.Words.StandingBy(f.Board, cell, activity.Deadline)
	due := ""
	if cell.Assigned && !f.Board.Ended() && !activity.Deadline.IsZero() {
		due = dueWords(f, activity.Deadline, width-layout.Width(title)-2)
		if layout.Width(title)+2+layout.Width(due) <= width {
			title = layout.Ends(title, due, width)
		} else {
			standing += " · " + due
		}
	}
	name := lang.NameIn(&unit.Unit, width-layout.Width(standing)) // it is read in full in the list or above it
	lines = append(lines, f.ColourLines(style, name+standing, width)...)
	if unit.Broken != nil && !unit.Unread() {
		add(f.Styles.Warning, f.Signs.Problem+" "+unit.Broken.Place()+": "+w.Say(unit.Broken.What))
	}
	if unit.Stale != nil {
		add(f.Styles.Warning, f.Signs.Problem+" "+unit.Stale.Place()+": "+
			w.T("the file cannot be read now; this is what it said last"))
	}
	about := model.Change{Unit: unit.Unit.ID, Subject: model.Subject{Kind: model.SubjectActivity, ID: activity.ID}}
	if unsaved := f.Unsaved(about, f.Keys.Edit); unsaved != "" {
		add(f.Styles.Warning, unsaved)
	}
	if cell.Timeliness == calendar.Disputed {
		lines = append(lines, f.Versions(unit.Unit.ID, about.Subject, width)...)
	} else if cell.Timeliness != calendar.Unread {
		add(f.Styles.Plain, entered(f, cell, &activity, unit.Unit.ID))
	}
	if due == "" || saysMore(activity) {
		add(f.Styles.Plain, lang.Deadline(w, &activity))
	}
	if signed := f.Signed(model.LastChange(cell.Entry)); signed != "" && cell.Timeliness != calendar.Disputed {
		add(f.Styles.Muted, w.T("Last change: %s", signed))
	}
	for _, line := range w.Duty(&f.Board.Campaign.Roster, &activity) {
		add(f.Styles.Plain, line)
	}
	if activity.Product != "" {
		add(f.Styles.Plain, w.T("Product: %s", activity.Product))
	}
	if activity.Heading != "" {
		add(f.Styles.Muted, w.Section(&f.Board.Campaign.Plan, &activity))
	}
	add(f.Styles.Muted, activity.Text)
	if activity.Sic != "" {
		add(f.Styles.Warning, f.Sic(activity.Sic))
	}
	add(f.Styles.Muted, w.T("All units: %s", lang.Counts(w, row.Tally))+totals(f, row))
	return title, lines
}

// entered is what stands in a cell: figures, note and evidence, each on a line; "" where there is nothing.
func entered(f *frame.Frame, cell model.Cell, activity *model.Activity, unit string) string {
	var said []string
	if cell.Shown() && len(activity.Indicators) > 0 {
		said = append(said, figuresTitle(f)+": "+figures(f, activity, unit, cell))
	}
	if before := lang.BeforePeriods(f.Words, f.Board, activity, cell.Entry); before != "" {
		said = append(said, phrase.Capital(before))
	}
	if cell.Entry.Note != "" {
		said = append(said, "“"+cell.Entry.Note+"”")
	}
	for _, reference := range cell.Entry.Evidence {
		said = append(said, f.Words.T("Evidence: %s", reference))
	}
	return strings.Join(said, "\n")
}

// dueWords says the last acceptable day, with the weekday where there is room, and the day that is too late where the
// plan names that one.
func dueWords(f *frame.Frame, d calendar.Deadline, room int) string {
	w, last := f.Words, d.LastDay()
	before := ""
	if d.Excluded {
		before = " (" + w.T("before %s", w.ShortDay(d.Day, f.Board.ImpliedYear())) + ")"
	}
	short := w.ShortDay(last, f.Board.ImpliedYear())
	long := w.T("deadline %s", w.Weekday(last.Weekday())+", "+short) + before
	if layout.Width(long) <= room {
		return long
	}
	return w.T("deadline %s", short) + before
}

// saysMore reports whether there is more to say of the time of an activity than its last day.
func saysMore(activity model.Activity) bool {
	return activity.When != "" || !activity.From.IsZero() || activity.Deadline.Written() != activity.Deadline.LastDay()
}

// figuresTitle names the figures, and their period in a plan that has some.
func figuresTitle(f *frame.Frame) string {
	if period := f.Words.Period(f.Board); period != "" {
		return f.Words.T("Figures") + " (" + period + ")"
	}
	return f.Words.T("Figures")
}

// figures lists every indicator with what the unit has given, and its target; a missing figure is a dash, not zero.
func figures(f *frame.Frame, activity *model.Activity, unit string, cell model.Cell) string {
	items := make([]string, len(activity.Indicators))
	for i := range activity.Indicators {
		indicator, value := &activity.Indicators[i], "—"
		if figure, given := cell.Figures[indicator.ID]; given {
			value = f.Words.Number(figure)
		}
		items[i] = indicator.Name + ": " + value + layout.NoBreak + indicator.Measure +
			lang.Beside(f.Words, indicator, unit, cell)
	}
	return strings.Join(items, " · ")
}

// totals lists the totals over all units that have any, and beside each of how many units it is.
func totals(f *frame.Frame, row model.ActivityRow) string {
	var b strings.Builder
	asked := f.Board.Campaign.Plan.Reporting.Asked()
	for _, figure := range row.Figures {
		if figure.Total != nil {
			b.WriteString(" · " + figure.Indicator.Name + " " + figure.Said(f.Words.Printer, figure.Indicator.Measure, asked))
		}
	}
	return b.String()
}
