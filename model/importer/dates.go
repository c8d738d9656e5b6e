package importer

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/importer/source"
)

// Use says what a day in the document was taken for.
type Use string

// The uses of a day.
const (
	Citation   Use = "citation" // of another document, or of nothing that the plan has a place for
	OfDocument Use = "document" // on which the document was signed
	OfPeriod   Use = "period"
	OfDeadline Use = "deadline"
	OfReport   Use = "report"
	OfEvent    Use = "event"
)

// dated is a day as it stands in a text.
type dated struct {
	start, end int // in bytes
	day        calendar.Day
}

const (
	numericDay source.Pattern = `\b(\d{1,2})\s?/\s?(\d{1,2})\s?/\s?(\d{4})\b`
	dashedDay  source.Pattern = `\b(\d{1,2})-(\d{1,2})-(\d{4})\b`
	dottedDay  source.Pattern = `\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b`
	writtenDay source.Pattern = `(?i)\b(\d{1,2})\s+tháng\s+(\d{1,2})\s*(?:năm|/)\s*(\d{4})\b`
	englishDay source.Pattern = `(?i)\b(\d{1,2})\s+(january|february|march|april|may|june|july|august|september|` +
		`october|november|december)\s+(\d{4})\b`
	usDay source.Pattern = `(?i)\b(january|february|march|april|may|june|july|august|september|` +
		`october|november|december)\s+(\d{1,2}),?\s+(\d{4})\b`
)

// daysIn are the whole days of a text, in order: day, month and year. A day without its year is none.
func daysIn(s string) []dated {
	if !strings.ContainsAny(s, "0123456789") {
		return nil
	}
	var found []dated
	add := func(at []int, day, month, year string) {
		d, _ := strconv.Atoi(day)
		y, _ := strconv.Atoi(year)
		m := monthOf(month)
		made := calendar.Date(y, m, d)
		const first, last = 1900, 2200
		if made.Day != d || made.Month != m || y < first || y > last {
			return // the calendar has no such day
		}
		for _, other := range found {
			if at[0] < other.end && other.start < at[1] {
				return
			}
		}
		found = append(found, dated{at[0], at[1], made})
	}
	for _, form := range []source.Pattern{numericDay, dashedDay, dottedDay, writtenDay, englishDay} {
		for _, at := range form.FindAllStringSubmatchIndex(s, -1) {
			add(at, s[at[2]:at[3]], s[at[4]:at[5]], s[at[6]:at[7]])
		}
	}
	for _, at := range usDay.FindAllStringSubmatchIndex(s, -1) {
		add(at, s[at[4]:at[5]], s[at[2]:at[3]], s[at[6]:at[7]])
	}
	slices.SortStableFunc(found, func(a, b dated) int { return a.start - b.start })
	return found
}

func monthOf(s string) time.Month {
	if n, err := strconv.Atoi(s); err == nil {
		return time.Month(n)
	}
	for m := time.January; m <= time.December; m++ {
		if strings.EqualFold(m.String(), s) {
			return m
		}
	}
	return 0
}

// due is a deadline in a sentence.
type due struct {
	dated
	before bool   // the day itself is too late
	words  string // as printed, with the words before it
}

// put keeps the deadline as the last day, or as the day before which a thing is to be done.
func (d due) put(until, before *calendar.Day) {
	if d.before {
		*before = d.day
	} else {
		*until = d.day
	}
}

// deadlinesIn are the deadlines of a sentence: whole days directly behind a word of [deadlineWords]. doubtful are those
// that are more likely a condition, among them all days before the document was signed.
func (r *Reading) deadlinesIn(s string) (found, doubtful []due) {
	all, doubtful := deadlinesIn(s)
	signed := r.signedNotBefore()
	for _, one := range all {
		if one.day.Before(signed) {
			doubtful = append(doubtful, one)
		} else {
			found = append(found, one)
		}
	}
	return found, doubtful
}

// signedNotBefore is the day on which the document was signed, or the first day of the year that its dateline or its
// title names; zero where they name none.
func (r *Reading) signedNotBefore() calendar.Day {
	if !r.Date.IsZero() {
		return r.Date
	}
	for _, words := range []string{text1(r.Dateline), text1(r.Title)} {
		if match := yearForm.FindStringSubmatch(words); match != nil {
			year, _ := strconv.Atoi(match[1])
			return calendar.Date(year, time.January, 1)
		}
	}
	return calendar.Day{}
}

const yearForm source.Pattern = `(?i)(?:năm|year)\s+((?:19|20)\d\d)\b`

func deadlinesIn(s string) (found, doubtful []due) {
	for _, day := range daysIn(s) {
		head := s[:day.start]
		for _, row := range deadlineWords {
			form := source.Pattern(`(?i)(?:^|[\s(,;])(` + row.words + `)\s*$`)
			at := form.FindStringSubmatchIndex(head)
			if at == nil {
				continue
			}
			one := due{day, row.before, s[at[2]:day.end]}
			if clause := head[clauseStart(head[:at[2]]):at[2]]; conditions.MatchString(clause) {
				doubtful = append(doubtful, one)
			} else {
				found = append(found, one)
			}
			break
		}
	}
	return found, doubtful
}

// clauseStart is where the clause begins that ends a text.
func clauseStart(s string) int { return strings.LastIndexAny(s, ".;:,(") + 1 }

const (
	fromUntil source.Pattern = `(?i)từ\s*(?:ngày\s*)?$`
	until     source.Pattern = `(?i)^\s*(?:đến|tới|–|-|to|until)\s*(?:hết\s*)?(?:ngày\s*)?$`
	fromWord  source.Pattern = `(?i)(?:from|between)\s*$`
)

// rangeIn is the first day and the last one of "từ ngày … đến ngày …"; ok is false where there is none, or more than
// one.
func rangeIn(s string) (from, last dated, ok bool) {
	days := daysIn(s)
	for i := 0; i+1 < len(days); i++ {
		head, between := s[:days[i].start], s[days[i].end:days[i+1].start]
		starts := fromUntil.MatchString(head) || fromWord.MatchString(head) ||
			clauseStart(head) == len(strings.TrimRight(head, " "))
		if starts && (until.MatchString(between) || strings.TrimSpace(between) == "and") {
			if ok {
				return from, last, false
			}
			from, last, ok = days[i], days[i+1], true
		}
	}
	return from, last, ok && !last.day.Before(from.day)
}

// timing is what a column of times, or a line "Thời gian: …", says.
type timing struct {
	when                string // as printed
	from, until, before calendar.Day
	used                []dated
}

const whole source.Pattern = `(?i)^(?:ngày\s+)?$`

// timingOf reads a time that stands in a place for times. Only a whole day becomes a day.
func (r *Reading) timingOf(s string) timing {
	s = strings.TrimSpace(strings.TrimRight(s, ".; "))
	t := timing{when: s}
	if from, last, ok := rangeIn(s); ok {
		t.from, t.until, t.used = from.day, last.day, []dated{from, last}
		return t
	}
	days := daysIn(s)
	found, doubtful := r.deadlinesIn(s)
	switch {
	case len(found) == 1 && len(days) == 1:
		t.used = days
		found[0].put(&t.until, &t.before)
	case len(days) == 1 && len(doubtful) == 0 && whole.MatchString(s[:days[0].start]) && s[days[0].end:] == "":
		t.until, t.used = days[0].day, days
	}
	return t
}
