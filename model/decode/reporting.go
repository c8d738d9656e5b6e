package decode

import (
	"slices"
	"strconv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

func readCalendar(t *table) *calendar.Calendar {
	calendar := &calendar.Calendar{
		Holidays: t.days("holidays"),
		Next:     choice(t, "weekend", optional, "strict", "next") == "next",
	}
	t.close()
	return calendar
}

// readReporting reads who reports, to whom and when.
func readReporting(t *table, plan *model.Plan, named *Names) model.Reporting {
	t.since2("from", "every", "month", "closes", "returned", "period")
	t.absentSince2("to")
	reporting := model.Reporting{
		To:      t.ref("to", optional, named.units),
		Upward:  t.line("upward", optional),
		Reopens: choice(t, "returned", optional, "open", "received") == "open",
	}
	if t.has("from") {
		reporting.From = t.refs("from", required, named.addressees)
	}
	every := choice(t, "every", optional, calendar.Monthly, calendar.Quarterly, calendar.HalfYearly, calendar.Yearly)
	next := choice(t, "month", optional, "next") != ""
	periods := newIDs()
	if t.has("every") {
		reporting.Rule = t.rule(calendar.Rule{Every: every, Next: next, Calendar: plan.Calendar})
		reporting.Periods = t.periods(plan, reporting.Rule)
		for _, period := range reporting.Periods {
			periods.add(period.ID, t.place(t.at("every")))
		}
	} else {
		if next {
			t.problem(t.at("month"), without("month", "every"),
				phrase.Say("`month` says in which month a day is that every period has: write `every` too, or a whole day"))
		}
		reporting.Deadline, reporting.Closes = readDeadline(t, plan, true), t.day("closes")
	}
	t.readPeriods(plan, &reporting, periods)
	t.close()
	return reporting
}

// rule reads the days that every period has.
func (t *table) rule(rule calendar.Rule) calendar.Rule {
	until, before := t.dayOfMonth("until"), t.dayOfMonth("before")
	rule.Closes = t.dayOfMonth("closes")
	switch {
	case until > 0 && before > 0:
		t.bothDays(strconv.Itoa(until), strconv.Itoa(before))
	case until > 0:
		rule.Day = until
	case before > 0:
		rule.Day, rule.Excluded = before, true
	case rule.Next:
		t.problem(t.at("month"), phrase.Say("month says when a day is, and there is none"),
			phrase.Say("write `until` or `before` with a day of the month"))
	}
	return rule
}

// periods are those that `every` makes.
func (t *table) periods(plan *model.Plan, rule calendar.Rule) []calendar.Period {
	switch {
	case rule.Every == calendar.Once: // said already
	case plan.Starts.IsZero() || plan.Ends.IsZero():
		t.problem(t.at("every"), phrase.Say("every needs to know from when to when: starts or ends is missing"),
			phrase.Say("write starts and ends under [plan], or spell the periods out under [[reporting.period]]"))
	default:
		periods := rule.Periods(plan.Starts, plan.Ends)
		if len(periods) == calendar.MaxPeriods {
			t.problem(t.at("every"), phrase.Say("from %s to %s there are more than %d periods", plan.Starts, plan.Ends,
				calendar.MaxPeriods-1), phrase.Say("check the year and the month"))
		}
		return periods
	}
	return nil
}

func (t *table) bothDays(until, before string) {
	t.problem(t.at("before"), phrase.Say("both until (%s) and before (%s) are given", until, before),
		phrase.Say("`until = D` includes the day, `before = D` does not: keep one of them"))
}

// dayOfMonth reads a day that every period has, 1 to 31; 0 where there is none.
func (t *table) dayOfMonth(key string) int {
	node := t.child(key, optional)
	if node == nil {
		return 0
	}
	day, is := node.Value().(int64)
	const most, everyMonth = 31, 28
	if !is || day < 1 || day > most {
		t.problem(node.Offset(), wanted(key, t.found(key, node), phrase.Say("a day of the month, 1 to %d", most)),
			phrase.Say("beside `every` it is a day of the last month of each period, such as %s", key+" = 18"))
		return 0
	}
	if day > everyMonth {
		t.warn(node.Offset(), phrase.Say("not every month has a day %d", day),
			phrase.Say("in a month without it, it is the last day of the month"))
	}
	return int(day)
}

// readPeriods reads the periods that are spelled out, and puts all in order.
func (t *table) readPeriods(plan *model.Plan, reporting *model.Reporting, periods *ids) {
	tables, every := t.tables("period"), t.has("every")
	if len(tables) > 0 && !reporting.Deadline.IsZero() {
		t.problem(tables[0].keyAt(), phrase.Say("the reports have a day of their own, and periods too"),
			phrase.Say("each period has its own day: take until or before away under [reporting]"))
	}
	for _, table := range tables {
		period := calendar.Period{ID: table.newID(periods), Name: phrase.Say("%s", table.line("name", required)),
			First: plan.Starts, Deadline: readDeadline(table, plan, true), Closes: table.day("closes"),
			Sums: every}
		if period.Last = period.Deadline.LastDay(); period.Last.IsZero() {
			period.Last = plan.Ends
		}
		if slices.Contains(reportKeys(), period.ID) {
			t.problem(table.at("id"), phrase.Say("%q is the name of a field of a report", period.ID),
				phrase.Say("give the period another id, for example %s", "ky-"+period.ID))
		}
		if period.ID != "" && !slices.ContainsFunc(reporting.Periods, func(p calendar.Period) bool {
			return p.ID == period.ID
		}) {
			reporting.Periods = append(reporting.Periods, period)
		}
		table.close()
	}
	calendar.InOrder(reporting.Periods)
}

// checkPeriodIDs wants no period to bear the id of an indicator: under the figures of an activity both are keys.
func (t *table) checkPeriodIDs(reporting *model.Reporting, named *Names) {
	for _, period := range reporting.Periods {
		if !named.indicators.has(period.ID) {
			continue
		}
		at := t.at("every")
		for _, table := range t.tables("period") {
			if table.node.Child("id").Value() == period.ID {
				at = table.at("id")
			}
		}
		t.problem(at, phrase.Say("the period %q has the id of an indicator: %s", period.ID,
			named.indicators.places[period.ID]), phrase.Say("give one of them another id"))
	}
}

// readDeadline reads until or before. Without either, something to be done that has no time in words is due at the end
// of the campaign, and a report has no day.
func readDeadline(t *table, plan *model.Plan, report bool) calendar.Deadline {
	until, before := t.day("until"), t.day("before")
	end := calendar.Deadline{Day: plan.Ends, Calendar: plan.Calendar}
	if report || t.has("when") || end.IsZero() {
		end = calendar.Deadline{}
	}
	deadline, at := calendar.Deadline{Calendar: plan.Calendar}, 0
	switch {
	case !until.IsZero() && !before.IsZero():
		t.bothDays(until.String(), before.String())
		return end
	case !until.IsZero():
		deadline.Day, at = until, t.at("until")
	case !before.IsZero():
		deadline.Day, deadline.Excluded, at = before, true, t.at("before")
	default:
		return end
	}
	latest := plan.Ends
	if report { // it is due after what it tells of
		latest.Year++
	}
	switch last := deadline.Written(); {
	case last.Before(plan.Starts):
		t.warn(at, phrase.Say("the deadline %s is before the first day of the campaign, %s", last, plan.Starts),
			phrase.Say("check the year and the month"))
	case !plan.Ends.IsZero() && last.After(latest) && !report:
		t.warn(at, phrase.Say("the deadline %s is after the last day of the campaign, %s", last, plan.Ends),
			phrase.Say("check the year and the month"))
	case !plan.Ends.IsZero() && last.After(latest):
		t.warn(at, phrase.Say("the deadline %s is more than a year after the last day of the campaign, %s", last, plan.Ends),
			phrase.Say("check the year and the month"))
	}
	return deadline
}

// reportKeys are the keys that a report has of its own, which no period may bear.
func reportKeys() []string {
	keys := []string{"other", "edited", "whole", "without", "keys"}
	for _, f := range model.ReportFields {
		keys = append(keys, f.Key)
	}
	return keys
}
