package calendar

import (
	"fmt"
	"slices"
	"time"

	"example.org/tiendo/model/phrase"
)

// Every is how often units report.
type Every string

// The values of Every. Without one there is one report, or one for each period that the plan spells out.
const (
	Once       Every = ""
	Monthly    Every = "month"
	Quarterly  Every = "quarter"
	HalfYearly Every = "half-year"
	Yearly     Every = "year"
)

// months is how many months a period of this kind has.
func (e Every) months() int {
	return map[Every]int{Monthly: 1, Quarterly: 3, HalfYearly: 6, Yearly: 12}[e]
}

// Period is a time for which units report.
type Period struct {
	ID   string
	Name phrase.Sentence
	// First and Last are its days. The First of one that is spelled out beside Every is that of the plan.
	First, Last Day
	Deadline    Deadline // of the reports; zero: none
	Closes      Day      // the last day whose figures belong to it; zero: it is not said
	// Sums says that it has a report but no figures of its own: it sums those of the periods up to its day.
	Sums bool
}

// End is the day by which a period is over: that of its reports, or its own last one where they have none.
func (p Period) End() Day {
	if p.Deadline.IsZero() {
		return p.Last
	}
	return p.Deadline.LastDay()
}

// Rule says which periods there are, and on which days of a month they end.
type Rule struct {
	Every    Every
	Day      int  // of the month, on which reports are due; 0: on none
	Excluded bool // that day itself is too late
	Next     bool // that day is of the month after the period
	Closes   int  // the last day of the period's last month whose figures belong to it; 0: it is not said
	Calendar *Calendar
}

// MaxPeriods is how many periods a plan can have: a hundred years of months.
const MaxPeriods = 1200

// Periods are all that touch a time, in order; no more than MaxPeriods of them.
func (r Rule) Periods(from, to Day) []Period {
	length := r.Every.months()
	if length == 0 || from.IsZero() || to.IsZero() {
		return nil
	}
	var periods []Period
	first := Date(from.Year, time.Month((int(from.Month)-1)/length*length+1), 1)
	for !first.After(to) && len(periods) < MaxPeriods {
		next := Date(first.Year, first.Month+time.Month(length), 1)
		periods = append(periods, r.period(first, next.Add(-1)))
		first = next
	}
	return periods
}

func (r Rule) period(first, last Day) Period {
	id, name := r.Every.name(first)
	period := Period{ID: id, Name: name, First: first, Last: last}
	if r.Closes > 0 {
		period.Closes = dayOfMonth(last.Year, last.Month, r.Closes)
	}
	if r.Day > 0 {
		month := last.Month
		if r.Next {
			month++
		}
		period.Deadline = Deadline{Day: dayOfMonth(last.Year, month, r.Day), Excluded: r.Excluded, Calendar: r.Calendar}
	}
	return period
}

// dayOfMonth is a day of a month, brought down to its last one.
func dayOfMonth(year int, month time.Month, day int) Day {
	return Date(year, month, min(day, Date(year, month+1, 0).Day))
}

// name is the id of the period that begins on a day, and what people call it.
func (e Every) name(first Day) (string, phrase.Sentence) {
	year, month := fmt.Sprintf("%04d", first.Year), int(first.Month)
	switch e {
	case Monthly:
		return fmt.Sprintf("%s-%02d", year, month), phrase.Say("month %s", fmt.Sprintf("%02d/%s", month, year))
	case Quarterly:
		quarter := (month + 2) / 3
		return fmt.Sprintf("%s-q%d", year, quarter),
			phrase.Say("quarter %s", []string{"I", "II", "III", "IV"}[quarter-1]+"/"+year)
	case HalfYearly:
		if month <= 6 {
			return year + "-h1", phrase.Say("the first six months of %s", year)
		}
		return year + "-h2", phrase.Say("the last six months of %s", year)
	default:
		return year, phrase.Say("the year %s", year)
	}
}

// Periods are those of a plan, in the order in which they are over.
type Periods []Period

// Find finds a period by id, nil when there is none.
func (p Periods) Find(id string) *Period {
	for i := range p {
		if p[i].ID == id {
			return &p[i]
		}
	}
	return nil
}

// IDs lists the ids.
func (p Periods) IDs() []string {
	var ids []string
	for i := range p {
		ids = append(ids, p[i].ID)
	}
	return ids
}

// Summed are the ids of the periods whose figures make those of a period up to its day, in order: without the ones
// that have no figures of their own. With "" it is the figures of no period.
func (p Periods) Summed(id string) []string {
	period := p.Find(id)
	if period == nil {
		return []string{""}
	}
	var ids []string
	for _, one := range p {
		if !one.Sums && (one.ID == id || !one.Last.After(period.Last)) {
			ids = append(ids, one.ID)
		}
	}
	return ids
}

// Known refuses a period that is not one of these, and none where there are some; figures are of those only that are
// not a sum of others.
func (p Periods) Known(id string, figures bool) error {
	var known []string
	for _, period := range p {
		if !period.Sums || !figures {
			known = append(known, period.ID)
		}
	}
	switch {
	case slices.Contains(known, id), len(known) == 0 && id == "":
		return nil
	case len(known) == 0:
		return phrase.Refuse(phrase.Say("the plan has no periods, and so no %q", id), phrase.Say("leave out the period"))
	case id == "":
		return phrase.Refuse(phrase.Say("the plan has periods, so one must be named"), phrase.Say("known ids: %s",
			phrase.List(known)))
	}
	return phrase.Unknown(phrase.Say("there is no period %q", id), id, known)
}

// Current is the index of the first period that is not over on a day, else that of the last one; -1 where there are
// none.
func Current(periods []Period, today Day) int {
	if i := slices.IndexFunc(periods, func(p Period) bool { return !p.End().Before(today) }); i >= 0 {
		return i
	}
	return len(periods) - 1
}

// CurrentID is the id of the current period; "" where there are none.
func (p Periods) CurrentID(today Day) string {
	if at := Current(p, today); at >= 0 {
		return p[at].ID
	}
	return ""
}

// InOrder puts periods in the order in which they are over; those that are over on the same day keep theirs.
func InOrder(periods []Period) {
	slices.SortStableFunc(periods, func(a, b Period) int { return b.End().DaysUntil(a.End()) })
}

// Phase says where a day lies relative to a campaign.
type Phase string

// The phases of a campaign. After the campaign nothing counts down any more.
const (
	Upcoming Phase = "upcoming"
	Running  Phase = "running"
	Ended    Phase = "ended"
)
