// Package lang says in both languages what knows the plan: days, boards, records, conflicts and what differs between
// two states. The sentences themselves stand in package phrase, and so does what says them.
package lang

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/layout"
)

// Words speaks one language. The zero value speaks Vietnamese.
type Words struct{ phrase.Printer }

// In makes Words of a language.
func In(language phrase.Language) Words { return Words{phrase.In(language)} }

// Other is the other language, for the key that switches.
func (w Words) Other() Words {
	if w.Language == phrase.English {
		return In(phrase.Vietnamese)
	}
	return In(phrase.English)
}

// Day writes a day as people in Vietnam do, dd/mm/yyyy, in both languages.
func (w Words) Day(d calendar.Day) string { return cmp.Or(d.Printed(), "—") }

// ShortDay writes dd/mm, and the year too when it is not the year of today.
func (w Words) ShortDay(d, today calendar.Day) string {
	if d.IsZero() || d.Year != today.Year {
		return w.Day(d)
	}
	return fmt.Sprintf("%02d/%02d", d.Day, int(d.Month))
}

// LongDay writes the weekday and the day.
func (w Words) LongDay(d calendar.Day) string { return w.Weekday(d.Weekday()) + ", " + w.Day(d) }

// Weekday is the name of a day of the week.
func (w Words) Weekday(day time.Weekday) string {
	name := w.DayName(day)
	return strings.ToUpper(name[:1]) + name[1:]
}

// When says at what time of which day: today, or the day itself.
func (w Words) When(t time.Time, today calendar.Day, zone *time.Location) string {
	if t.IsZero() {
		return w.T("day not known")
	}
	day := calendar.DayIn(t, zone)
	clock := t.In(zone).Format("15:04")
	if day == today {
		return w.T("%s today", clock)
	}
	return clock + " " + w.ShortDay(day, today)
}

// Left says how many days are left until a deadline; of none, that there is none.
func (w Words) Left(deadline calendar.Deadline, today calendar.Day) string {
	days := deadline.DaysLeft(today)
	switch {
	case deadline.IsZero():
		return calendar.NoDeadline.Label(w.Language)
	case days < 0:
		return w.Count(-days, "overdue by %d day", "overdue by %d days")
	case days == 0:
		return calendar.DueToday.Label(w.Language)
	default:
		return w.Count(days, "%d day left", "%d days left")
	}
}

// NameIn is the name of a unit in so many cells, the short one where the whole one is wider.
func NameIn(unit *model.Unit, room int) string {
	if layout.Width(unit.Name) > room {
		return unit.ShortName()
	}
	return unit.Name
}

// DocumentNumber is a document's number without its label and blanks: 1714/KH-SCT, or …/KH-SCT while it has none.
func DocumentNumber(printed string) string {
	if _, after, ok := strings.Cut(printed, ":"); ok {
		printed = after
	}
	printed = strings.ReplaceAll(printed, " ", "")
	if strings.HasPrefix(printed, "/") { // not given yet: on paper a gap is left for it
		printed = "…" + printed
	}
	return printed
}
