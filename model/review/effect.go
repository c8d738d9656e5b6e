package review

import (
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// Effect is what a change of plan or roster does to one figure.
type Effect struct {
	Kind   string // overdue, entries, late, done, activities, target, total, reports, goal
	ID     string // of the indicator as ACTIVITY/ID, the goal, or the period of the reports; else ""
	Before float64
	After  float64
	Said   phrase.Sentence
}

// Counts reports whether a difference can change a figure of the board: texts, names, people and keys cannot.
func Counts(differences []Difference) bool {
	return slices.ContainsFunc(differences, func(d Difference) bool { return d.counts() })
}

func (d *Difference) counts() bool {
	switch {
	case d.Subject.Kind == model.SubjectUnit:
		before, after := model.As[*model.Unit](d.Before), model.As[*model.Unit](d.After)
		return before == nil || after == nil || before.Group != after.Group || before.Since != after.Since ||
			before.Until != after.Until
	case d.Subject.Kind != model.SubjectPlan || !d.File.IsZero():
		return false
	case d.Whole != nil:
		return strings.HasPrefix(d.key, "activity ") || strings.HasPrefix(d.key, "reporting ")
	}
	fields := strings.Split(d.key, " ")
	switch last := fields[len(fields)-1]; fields[0] {
	case "activity":
		return slices.Contains([]string{"assigned", "lead", "support", "goals", "deadline", "when", "sum", "of", "target",
			"targets", "total"}, last)
	case "reporting", "starts", "ends", "from", "deadline", "every", "month", "day", "returned", "holidays", "weekend",
		"timezone":
		return last != "name"
	}
	return false
}

// Effects are what the difference between two plans with their rosters does to the figures of a day, over the records
// of the later state. Where one of both cannot be used, or there was none, nothing is said.
func Effects(before, after *model.Campaign, today calendar.Day) []Effect {
	for _, c := range []*model.Campaign{before, after} {
		if c.PlanBroken != nil || c.RosterBroken != nil || c.Plan.ID == "" || len(c.Roster.Units) == 0 {
			return nil
		}
	}
	earlier := *after
	earlier.Plan, earlier.Roster = before.Plan, before.Roster
	was, is := model.NewBoard(&earlier, today), model.NewBoard(after, today)
	effects := cellEffects(was, is)
	effects = append(effects, doneEffects(was, is)...)
	effects = append(effects, figureEffects(was, is)...)
	effects = append(effects, reportEffects(was, is)...)
	return append(effects, goalEffects(was, is)...)
}

// cellCounts are what became of the entries for which units answer, one for each unit and activity.
type cellCounts struct {
	overdue, notOverdue, late, notLate int // of those that stand in both plans
	come, comeOverdue, gone, goneDone  int
}

// countCells holds the entries of two boards against each other.
func countCells(was, is *model.Board) cellCounts {
	var counts cellCounts
	for i := range is.Units {
		row := &is.Units[i]
		earlier := was.UnitIndex(row.Unit.ID)
		for j := range row.Cells {
			now, then := row.Cells[j], model.Cell{}
			if at := was.ActivityIndex(is.Activities[j].Activity.ID); at >= 0 && earlier >= 0 {
				then = was.Units[earlier].Cells[at]
			}
			counts.add(&then, &now)
		}
	}
	for i := range was.Units {
		row := &was.Units[i]
		later := is.UnitIndex(row.Unit.ID)
		for j := range row.Cells {
			at := is.ActivityIndex(was.Activities[j].Activity.ID)
			if row.Cells[j].Assigned && (at < 0 || later < 0 || !is.Units[later].Cells[at].Assigned) {
				counts.gone++
				if row.Cells[j].Entry.Status == duty.Done {
					counts.goneDone++
				}
			}
		}
	}
	return counts
}

func (c *cellCounts) add(then, now *model.Cell) {
	switch late := now.Timeliness == calendar.Overdue; {
	case !now.Assigned:
	case !then.Assigned:
		c.come++
		if late {
			c.comeOverdue++
		}
	case late && then.Timeliness != calendar.Overdue:
		c.overdue++
	case !late && then.Timeliness == calendar.Overdue:
		c.notOverdue++
	case now.Timeliness == calendar.DoneLate && then.Timeliness != calendar.DoneLate:
		c.late++
	case now.Timeliness != calendar.DoneLate && then.Timeliness == calendar.DoneLate:
		c.notLate++
	}
}

func cellEffects(was, is *model.Board) []Effect {
	counts := countCells(was, is)
	var effects []Effect
	add := func(kind string, before, after, n int, said phrase.Sentence) {
		if n > 0 {
			effects = append(effects, Effect{Kind: kind, Before: float64(before), After: float64(after), Said: said})
		}
	}
	overdue, entries := [2]int{was.Total.Overdue, is.Total.Overdue}, [2]int{was.Total.Applicable(), is.Total.Applicable()}
	late := [2]int{was.Total.DoneLate, is.Total.DoneLate}
	add("overdue", overdue[0], overdue[1], counts.notOverdue, phrase.Say("%s",
		phrase.Count(counts.notOverdue, "%d entry is no longer overdue", "%d entries are no longer overdue")))
	add("overdue", overdue[0], overdue[1], counts.overdue, phrase.Say("%s",
		phrase.Count(counts.overdue, "%d entry becomes overdue", "%d entries become overdue")))
	come := phrase.Count(counts.come, "%d entry comes", "%d entries come")
	if counts.comeOverdue > 0 {
		add("entries", entries[0], entries[1], counts.come, phrase.Say("%s, %d of them overdue", come, counts.comeOverdue))
	} else {
		add("entries", entries[0], entries[1], counts.come, phrase.Say("%s", come))
	}
	left := phrase.Count(counts.gone, "%d entry goes", "%d entries go")
	if counts.goneDone > 0 {
		add("entries", entries[0], entries[1], counts.gone, phrase.Say("%s, %d of them done", left, counts.goneDone))
	} else {
		add("entries", entries[0], entries[1], counts.gone, phrase.Say("%s", left))
	}
	add("late", late[0], late[1], counts.notLate, phrase.Say("%s", phrase.Count(counts.notLate,
		"%d entry that was done late is now in time", "%d entries that were done late are now in time")))
	add("late", late[0], late[1], counts.late, phrase.Say("%s", phrase.Count(counts.late,
		"%d entry that was done in time is now late", "%d entries that were done in time are now late")))
	return effects
}

// doneEffects are the shares of what is done, by entries and by activities.
func doneEffects(was, is *model.Board) []Effect {
	var effects []Effect
	done, all := [2]int{was.Total.Done, is.Total.Done}, [2]int{was.Total.Applicable(), is.Total.Applicable()}
	if done[0] != done[1] || all[0] != all[1] {
		effects = append(effects, Effect{Kind: "done", Before: share(done[0], all[0]), After: share(done[1], all[1]),
			Said: phrase.Say("done %d/%d → %d/%d", done[0], all[0], done[1], all[1])})
	}
	first, second := was.Tasks, is.Tasks
	if first.Done() != second.Done() || first.Total != second.Total {
		effects = append(effects, Effect{Kind: "activities", Before: share(first.Done(), first.Total),
			After: share(second.Done(), second.Total),
			Said:  phrase.Say("activities done by all %d/%d → %d/%d", first.Done(), first.Total, second.Done(), second.Total)})
	}
	return effects
}

// share is a part of a whole, 0 to 1; of nothing it is 0.
func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// figureEffects are the totals of indicators, and what is asked of all units together.
func figureEffects(was, is *model.Board) []Effect {
	var effects []Effect
	for i := range is.Activities {
		row := &is.Activities[i]
		at := was.ActivityIndex(row.Activity.ID)
		for _, now := range row.Figures {
			then := model.IndicatorTotal{}
			if at >= 0 {
				for _, figures := range was.Activities[at].Figures {
					if figures.Indicator.ID == now.Indicator.ID {
						then = figures
					}
				}
			}
			name := row.Activity.FullName(now.Indicator)
			id := row.Activity.ID + "/" + now.Indicator.ID
			if !equalFigures(then.Target, now.Target) {
				effects = append(effects, Effect{Kind: "target", ID: id, Before: figure(then.Target), After: figure(now.Target),
					Said: targetSaid(name, &then.Result, &now.Result)})
			}
			if !equalFigures(then.Total, now.Total) {
				effects = append(effects, Effect{Kind: "total", ID: id, Before: figure(then.Total), After: figure(now.Total),
					Said: phrase.Say("total of “%s” %s → %s", name, said(then.Total), said(now.Total))})
			}
		}
	}
	return effects
}

// targetSaid names a target with how much of it is reached, where that is known.
func targetSaid(name string, was, is *sums.Result) phrase.Sentence {
	before, known := was.Percent()
	after, stillKnown := is.Percent()
	if known && stillKnown {
		return phrase.Say("target of “%s” %s → %s, reached %d%% → %d%%", name, said(was.Target), said(is.Target), before,
			after)
	}
	return phrase.Say("target of “%s” %s → %s", name, said(was.Target), said(is.Target))
}

func equalFigures(a, b *float64) bool { return a == b || a != nil && b != nil && *a == *b }

func figure(f *float64) float64 {
	if f == nil {
		return 0
	}
	return *f
}

// said is a figure, or a dash: none is not nought.
func said(f *float64) any {
	if f == nil {
		return "–"
	}
	return *f
}

// reportEffects are what becomes of the reports of each period that both plans have.
func reportEffects(was, is *model.Board) []Effect {
	before, after := was.Periods(), is.Periods()
	if len(before) == 0 && len(after) == 0 {
		before, after = []duty.Reporting{was.Reporting}, []duty.Reporting{is.Reporting}
	}
	var effects []Effect
	for _, now := range after {
		at := slices.IndexFunc(before, func(r duty.Reporting) bool { return r.Period == now.Period })
		if at < 0 {
			continue
		}
		then := before[at]
		add := func(kind string, before, after int, said phrase.Sentence) {
			if before == after {
				return
			}
			if now.Period != "" {
				said = phrase.Say("%s: %s", now.Period, said)
			}
			effects = append(effects, Effect{Kind: kind, ID: now.Period, Before: float64(before), After: float64(after),
				Said: said})
		}
		add("reports", then.Expected, now.Expected, phrase.Say("units that report %d → %d", then.Expected, now.Expected))
		add("reports overdue", then.Overdue, now.Overdue, phrase.Say("reports overdue %d → %d", then.Overdue, now.Overdue))
		add("reports on time", then.OnTime, now.OnTime, phrase.Say("reports sent on time %d → %d", then.OnTime, now.OnTime))
		add("reports received", then.Received, now.Received, phrase.Say("reports received %d → %d", then.Received,
			now.Received))
	}
	return effects
}

// goalEffects are the goals that other activities serve than before.
func goalEffects(was, is *model.Board) []Effect {
	var effects []Effect
	serving := func(b *model.Board, row *model.GoalRow) []string {
		var ids []string
		for _, i := range row.Activities {
			ids = append(ids, b.Activities[i].Activity.ID)
		}
		slices.Sort(ids)
		return ids
	}
	for i := range is.Goals {
		now := &is.Goals[i]
		at := slices.IndexFunc(was.Goals, func(r model.GoalRow) bool { return r.Goal.ID == now.Goal.ID })
		if at < 0 {
			continue
		}
		then := &was.Goals[at]
		if slices.Equal(serving(was, then), serving(is, now)) {
			continue
		}
		effects = append(effects, Effect{Kind: "goal", ID: now.Goal.ID,
			Before: share(then.Tally.Done, then.Tally.Applicable()), After: share(now.Tally.Done, now.Tally.Applicable()),
			Said: phrase.Say("%s: done %d/%d → %d/%d", phrase.Say("the goal %s", now.Goal.ID), then.Tally.Done,
				then.Tally.Applicable(), now.Tally.Done, now.Tally.Applicable())})
	}
	return effects
}
