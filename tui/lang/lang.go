// Package lang holds the program's own words in Vietnamese and English, side by
// side. Code writes the English; the tables of this package hold the Vietnamese
// of every sentence, and a test reads the whole source to see that none is missing.
package lang

import (
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// tables are the words by the part of the program that says them.
var tables = [...]map[string]string{
	modelWords,
	editWords,
	storeWords,
	screenWords,
	helpWords,
	usageWords,
	answerWords,
	rosterWords,
	visitWords,
	serveWords,
	recordWords,
	changesWords,
	syncWords,
	figureWords,
	reportWords,
	exportWords,
	sessionWords,
	forgeWords,
}

// vietnamese maps every English format to its Vietnamese; verbs and their order
// agree, or are numbered as in %[2]s. It is put together when somebody first needs it.
var vietnamese = sync.OnceValue(func() map[string]string {
	total := 0
	for _, table := range tables {
		total += len(table)
	}
	all := make(map[string]string, total)
	for _, table := range tables {
		maps.Copy(all, table)
	}
	return all
})

// Words speaks one language. The zero value speaks Vietnamese.
type Words struct{ Language phrase.Language }

// In makes Words of a language.
func In(language phrase.Language) Words { return Words{Language: language} }

// Other is the other language, for the key that switches.
func (w Words) Other() Words {
	if w.Language == phrase.English {
		return In(phrase.Vietnamese)
	}
	return In(phrase.English)
}

// T says an English format, as for fmt.Sprintf, in the language. The format
// must be a literal that the tables know. Sentences and labelled values among
// the arguments are put into the language too.
func (w Words) T(format string, args ...any) string { return w.say(format, args) }

// Say says a sentence that comes from a rule.
func (w Words) Say(sentence phrase.Sentence) string { return w.say(sentence.Format, sentence.Args) }

// Count says how many: one is the English singular, many the plural and the key of the tables.
func (w Words) Count(n int, one, many string) string {
	return w.counted(phrase.Counted{N: n, One: one, Many: many})
}

func (w Words) counted(c phrase.Counted) string {
	if w.Language == phrase.English {
		return c.String()
	}
	return w.say(c.Many, []any{c.N})
}

func (w Words) say(format string, args []any) string {
	if w.Language != phrase.English {
		if translated, ok := vietnamese()[format]; ok {
			format = translated
		}
	}
	if len(args) == 0 {
		return strings.ReplaceAll(format, "%%", "%")
	}
	spoken := make([]any, len(args))
	for i, arg := range args {
		switch arg := arg.(type) {
		case phrase.Sentence:
			spoken[i] = w.Say(arg)
		case phrase.Counted:
			spoken[i] = w.counted(arg)
		case interface{ Label(phrase.Language) string }:
			spoken[i] = arg.Label(w.Language)
		case calendar.Day:
			spoken[i] = w.Day(arg)
		case error:
			spoken[i] = w.Error(arg)
		case float64:
			spoken[i] = w.Number(arg)
		default:
			spoken[i] = arg
		}
	}
	return fmt.Sprintf(format, spoken...)
}

// Error says an error: the sentence where it has one, else the error's own words.
func (w Words) Error(err error) string {
	return w.Say(phrase.Of(err))
}

// Day writes a day as people in Vietnam do, dd/mm/yyyy, in both languages.
func (w Words) Day(d calendar.Day) string {
	if d.IsZero() {
		return "—"
	}
	return d.Printed()
}

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
	if w.Language == phrase.English {
		return day.String()
	}
	return [...]string{"Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}[day]
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

// Left says how many days are left, in words.
func (w Words) Left(days int) string {
	switch {
	case days < 0:
		return w.Count(-days, "overdue by %d day", "overdue by %d days")
	case days == 0:
		return model.DueToday.Label(w.Language)
	default:
		return w.Count(days, "%d day left", "%d days left")
	}
}

// Number writes a figure with the language's separators.
func (w Words) Number(f float64) string { return w.Language.Number(f) }
