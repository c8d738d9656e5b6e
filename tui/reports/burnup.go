package reports

import (
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// burnUp draws how the campaign went: a line of columns, one for each day, for what
// is done, for the reports that have come in, and for those still missing, which burns
// down. One day alone says nothing.
func burnUp(f *frame.Frame, width int) []string {
	days := f.BurnUp
	if after := slices.IndexFunc(days, func(p model.Progression) bool { return p.Day.After(f.Board.Today) }); after >= 0 {
		days = days[:after] // an earlier day is shown
	}
	if len(days) < 2 {
		return nil
	}
	w := f.Words
	done, sent, missing := w.T("done by day"), w.T("sent by day"), w.T("still missing")
	label := max(layout.Width(done), layout.Width(sent), layout.Width(missing))
	const (
		dates   = 22 // the first and the last day, with blanks
		figures = 12 // with blanks
	)
	above := width-label-figures-dates < len(days) // the days stand above the columns, not beside them
	room := width - label - figures
	if !above {
		room -= dates
	}
	if room < len(days) {
		days = days[max(0, len(days)-max(room, 2)):]
	}
	first, last := days[0], days[len(days)-1]
	from, to := w.ShortDay(first.Day, f.Board.ImpliedYear()), w.ShortDay(last.Day, f.Board.ImpliedYear())
	line := func(name string, part func(model.Progression) (part, whole int)) string {
		now, whole := part(last)
		columns := f.Styles.Done.Render(columnsOf(f.Signs.Levels, days, part))
		if !above {
			columns = f.Styles.Muted.Render(from) + " " + columns + " " + f.Styles.Muted.Render(to)
		}
		return " " + layout.Left(name, label) + "  " + columns + "  " + strconv.Itoa(now) + "/" + strconv.Itoa(whole)
	}
	var lines []string
	if above {
		lines = append(lines, layout.Blank(label+3)+f.Styles.Muted.Render(layout.Cut(from+" – "+to, room)))
	}
	return append(lines,
		line(done, func(p model.Progression) (int, int) { return p.Done, p.Total }),
		line(sent, func(p model.Progression) (int, int) { return p.Submitted, p.Expected }),
		line(missing, func(p model.Progression) (int, int) { return p.Expected - p.Submitted, p.Expected }),
	)
}

// columnsOf is a sign for each day: the lowest for nothing, the highest for all.
func columnsOf(levels []string, days []model.Progression, part func(model.Progression) (part, whole int)) string {
	var line strings.Builder
	for _, day := range days {
		level := 0
		if now, whole := part(day); whole > 0 && now > 0 {
			level = 1 + now*(len(levels)-2)/whole // something is more than nothing
		}
		line.WriteString(levels[min(level, len(levels)-1)])
	}
	return line.String()
}
