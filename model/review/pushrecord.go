package review

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// Breach is a rule that a changed file breaks, and where in it.
type Breach struct {
	*phrase.Refusal

	Entry  string          // of the record, as Entry names it; "" is wherever it first differs
	Key    string          // in the entry; "" is wherever that first differs
	ByHand phrase.Sentence // the way out while no commit holds it yet, where that is another
}

func breach(refusal *phrase.Refusal) *Breach { return &Breach{Refusal: refusal} }

// JudgeByHand holds a file that a person has edited where it lies against the rules by which a server judges a commit
// of theirs; nil is no objection. The campaign is the state before: nobody gives themselves rights by hand, either.
func JudgeByHand(c *model.Campaign, author model.Person, file *PushedFile, now time.Time) *Breach {
	commit := &PushedCommit{Author: author.Name, Email: author.Email, Parents: 1, ByHand: true,
		Files: []PushedFile{*file}}
	if refusal := judgeKind(file); refusal != nil {
		return breach(refusal)
	}
	return judgeRights(c, author, now, commit, file)
}

// judgeRights refuses what the author of a commit may not change. The coordinator may change everything, but what is
// in dispute.
func judgeRights(c *model.Campaign, author model.Person, now time.Time, commit *PushedCommit,
	file *PushedFile) *Breach {
	if author.Role == model.Coordinator {
		return judgeCoordinator(c, author, commit, file)
	}
	// whoever made the sides had the right, and nobody decided anything; but what is locked stays as it is
	if file.Replayed {
		if unit := c.Roster.Unit(file.Unit); unit != nil && !file.Gone {
			return checkLock(c, unit, file)
		}
		return nil
	}
	if ofOwnKeys(c, author, file) {
		return nil
	}
	if file.Unit == "" {
		what := phrase.Say("%s: only the coordinator changes this file", file.Path)
		if commit.ByHand {
			what = phrase.Say("only the coordinator changes this file")
		}
		return breach(phrase.Refuse(what, phrase.Say("ask the Office that consolidates the reports")))
	}
	unit, err := c.Unit(file.Unit)
	if err == nil {
		err = c.MayChange(author, unit.ID)
	}
	if err != nil {
		refusal := phrase.Refuse(phrase.Of(err),
			phrase.Say("the coordinator gives the right back in units.toml until this is sent; or drop what was not sent: git "+
				"reset --keep @{upstream}"))
		return &Breach{Refusal: refusal, ByHand: phrase.HintOf(err)}
	}
	switch {
	case file.Gone:
		return breach(phrase.Refuse(phrase.Say("the record of %s is not deleted", unit.Name),
			phrase.Say("put the file back; what was recorded stays")))
	case len(file.Problems) > 0:
		return nil // they are said by themselves
	case file.Unread:
		return breach(phrase.Refuse(phrase.Say("the record of %s could not be read before, so nobody can tell what was "+
			"changed in it", unit.Name), phrase.Say("the coordinator fixes it")))
	}
	if found := checkRecord(c, unit, file); found != nil {
		return found
	}
	if found := checkReturning(c, author, commit, file, now); found != nil {
		return found
	}
	return CheckSignatures(c, commit, file, author, now)
}

// judgeCoordinator refuses what nobody does: a step of a report while something waits for a decision, and an edit by
// hand of what is accepted. Of a commit a server does not ask the latter, since an undo of the coordinator's may put
// something back there.
func judgeCoordinator(c *model.Campaign, author model.Person, commit *PushedCommit, file *PushedFile) *Breach {
	unit := c.Roster.Unit(file.Unit)
	if unit == nil || file.Replayed || file.Gone || file.Unread || len(file.Problems) > 0 {
		return nil
	}
	if commit.ByHand {
		if found := checkKept(c, unit, file); found != nil {
			return found
		}
	}
	return checkDisputes(c, author, unit, file)
}

// AsksEarlier reports whether a record holds what is refused unless it stood there before; then it is to be told what
// did.
func AsksEarlier(c *model.Campaign, commit *PushedCommit, file *PushedFile, author model.Person) bool {
	return checkReturning(c, author, commit, file, time.Time{}) != nil ||
		CheckSignatures(c, commit, file, author, time.Time{}) != nil
}

// checkReturning refuses what may stand in a record only if it stood there before, as an undo puts it back: a step of a
// report, and a time of its first submission.
func checkReturning(c *model.Campaign, author model.Person, commit *PushedCommit, file *PushedFile,
	now time.Time) *Breach {
	unit := c.Roster.Unit(file.Unit)
	if unit == nil {
		return nil
	}
	if author.Role != model.Coordinator {
		if found := checkOfficesWords(file); found != nil {
			return found
		}
		if commit.ByHand {
			if found := checkFirstSubmission(c, unit, file, now); found != nil {
				return found
			}
		}
	}
	return checkDisputes(c, author, unit, file)
}

// reportsThat calls something for each report that a commit changed in a record, and that did not stand there so
// before, until it objects.
func reportsThat(file *PushedFile, object func(period string, is model.Report, was []model.Report) *Breach) *Breach {
	for _, period := range periodsIn(file) {
		is := file.After.ReportOf(period)
		stood := func(earlier model.Progress) bool { return earlier.ReportOf(period).Equal(is) }
		if slices.ContainsFunc(file.Earlier, stood) || slices.ContainsFunc(file.Before, stood) {
			continue
		}
		var was []model.Report
		for i := range file.Before {
			for _, version := range model.Versions(file.Before[i].ReportOf(period)) {
				was = append(was, model.As[model.Report](version))
			}
		}
		if found := object(period, is, was); found != nil {
			found.Entry = entryOfReport(period)
			return found
		}
	}
	return nil
}

// checkDisputes refuses a report that becomes submitted or accepted while something in its record waits for a decision.
func checkDisputes(c *model.Campaign, author model.Person, unit *model.Unit, file *PushedFile) *Breach {
	return reportsThat(file, func(period string, is model.Report, was []model.Report) *Breach {
		became := is.Status == model.Submitted || is.Status == model.Accepted
		if !became || slices.ContainsFunc(was, func(r model.Report) bool { return r.Status == is.Status }) {
			return nil
		}
		then, seen := *c, is
		then.Progress = map[string]model.Progress{unit.ID: file.After}
		seen.Status = model.NotSent
		if len(was) > 0 {
			seen.Status = was[0].Status
		}
		err := then.DisputeWaits(unit, model.Change{Person: author, Unit: unit.ID,
			Subject: model.Subject{Kind: model.SubjectReport, ID: period}, Seen: seen, New: is})
		if err == nil {
			return nil
		}
		return &Breach{Refusal: phrase.Refuse(phrase.Of(err), phrase.HintOf(err)), Key: "status"}
	})
}

// checkOfficesWords refuses a return by the unit's own staff, and another reason for one.
func checkOfficesWords(file *PushedFile) *Breach {
	return reportsThat(file, func(_ string, is model.Report, was []model.Report) *Breach {
		returned := func(r model.Report) bool { return r.Status == model.Returned }
		said := func(r model.Report) bool { return r.Reason == is.Reason }
		switch {
		case returned(is) && !slices.ContainsFunc(was, returned):
			return &Breach{Refusal: model.OnlyCoordinator(), Key: "status"}
		case is.Reason != "" && !slices.ContainsFunc(was, said):
			return &Breach{Refusal: model.OnlyCoordinator(), Key: "reason"}
		}
		return nil
	})
}

// checkFirstSubmission refuses to write by hand another time of a first submission than the one that stands there, or
// one of a day that is over. In a commit a server takes both, since it may be made long after what it holds, and marks
// them.
func checkFirstSubmission(c *model.Campaign, unit *model.Unit, file *PushedFile, now time.Time) *Breach {
	day := func(at time.Time) calendar.Day { return calendar.DayIn(at, cmp.Or(c.Plan.TimeZone, time.UTC)) }
	return reportsThat(file, func(_ string, is model.Report, was []model.Report) *Breach {
		sent := func(r model.Report) bool { return !r.SubmittedAt.IsZero() }
		same := func(r model.Report) bool { return r.SubmittedAt.Equal(is.SubmittedAt) }
		at := slices.IndexFunc(was, sent)
		switch {
		case slices.ContainsFunc(was, same):
			return nil
		case at >= 0:
			refusal := phrase.Refuse(phrase.Say("when %s first sent its report does not change: %s", unit.Name,
				was[at].SubmittedAt.Format(time.RFC3339)), phrase.Say("put that time back, under `submitted_at`"))
			return &Breach{Refusal: refusal, Key: "submitted_at"}
		case day(is.SubmittedAt).Before(day(now.Add(-ClockSkew))):
			refusal := phrase.Refuse(phrase.Say("the report of %s says that it was sent on %s, a day that is over", unit.Name,
				day(is.SubmittedAt)), phrase.Say("take the time out; `tiendo submit %s` sends the report and writes it",
				unit.ID))
			return &Breach{Refusal: refusal, Key: "submitted_at"}
		}
		return nil
	})
}

// checkRecord refuses what the unit's own staff may not do in its record: change
// it while it is locked, lock it, or give the unit more time.
func checkRecord(c *model.Campaign, unit *model.Unit, file *PushedFile) *Breach {
	if found := checkLock(c, unit, file); found != nil {
		return found
	}
	type extension struct {
		until  calendar.Day
		reason string
	}
	for _, period := range periodsIn(file) {
		if !kept(file, func(p *model.Progress) bool { return p.ReportOf(period).Status == model.Accepted }) {
			return &Breach{Refusal: model.OnlyCoordinator(), Entry: entryOfReport(period), Key: "status"}
		}
		if !kept(file, func(p *model.Progress) extension {
			report := p.ReportOf(period)
			return extension{report.ExtendedUntil, report.ExtensionReason}
		}) {
			key := "extended_until"
			if kept(file, func(p *model.Progress) calendar.Day { return p.ReportOf(period).ExtendedUntil }) {
				key = "extension_reason"
			}
			return &Breach{Refusal: model.OnlyCoordinatorExtends(), Entry: entryOfReport(period), Key: key}
		}
	}
	return nil
}

// periodsIn are the periods of which a record holds reports, or held them, and "" for the report of none.
func periodsIn(file *PushedFile) []string {
	periods := []string{""}
	for _, record := range append(slices.Clone(file.Before), file.After) {
		for period := range record.Reports {
			if !slices.Contains(periods, period) {
				periods = append(periods, period)
			}
		}
	}
	slices.Sort(periods)
	return periods
}

// checkLock refuses every other byte in a locked record. What git itself takes from one side of a
// merge is as it was there: the other side is only behind. What the coordinator has opened again
// may have been changed before they did so.
func checkLock(c *model.Campaign, unit *model.Unit, file *PushedFile) *Breach {
	if file.Replayed && slices.Contains(file.Same, true) {
		return nil
	}
	if len(c.Plan.Reporting.Periods) > 0 {
		return checkPeriodLocks(c, unit, file)
	}
	if c.Progress[unit.ID].Report.Status != model.Accepted {
		return nil
	}
	for i := range file.Before {
		if file.Before[i].Report.Status == model.Accepted && !file.Same[i] {
			return locked(phrase.Say("the report of %s is accepted, so its record is locked", unit.Name))
		}
	}
	return nil
}

// checkPeriodLocks refuses another report, and other figures, of a period that is accepted.
func checkPeriodLocks(c *model.Campaign, unit *model.Unit, file *PushedFile) *Breach {
	locked := c.Progress[unit.ID]
	for _, period := range c.Plan.Reporting.Periods {
		if locked.ReportOf(period.ID).Status != model.Accepted {
			continue
		}
		for i := range file.Before {
			if file.Before[i].ReportOf(period.ID).Status == model.Accepted && !file.Same[i] &&
				!samePeriod(&file.Before[i], &file.After, period.ID) {
				return lockedPeriod(unit, period, &file.Before[i], &file.After)
			}
		}
	}
	return nil
}

// checkKept refuses the coordinator, too, what differs in a record or a period that is accepted and stays so: who
// changes it withdraws the acceptance first. Comments and layout are theirs.
func checkKept(c *model.Campaign, unit *model.Unit, file *PushedFile) *Breach {
	was, is := &file.Before[0], &file.After
	for _, period := range c.Plan.Reporting.Periods {
		if was.ReportOf(period.ID).Status == model.Accepted && is.ReportOf(period.ID).Status == model.Accepted &&
			!samePeriod(was, is, period.ID) && !model.InDispute(was.ReportOf(period.ID)) {
			return lockedPeriod(unit, period, was, is)
		}
	}
	if len(c.Plan.Reporting.Periods) == 0 && was.Report.Status == model.Accepted && is.Report.Status == model.Accepted &&
		!model.InDispute(was.Report) && len(differencesOf(was, is)) > 0 {
		return locked(phrase.Say("the report of %s is accepted, so its record is locked", unit.Name))
	}
	return nil
}

// locked refuses what is accepted.
func locked(what phrase.Sentence) *Breach {
	return &Breach{Refusal: phrase.Refuse(what, phrase.Say("the coordinator can withdraw the acceptance, or return the "+
		"report with a reason, until this is sent; or drop what was not sent: git reset --keep @{upstream}")),
		ByHand: phrase.Say("the coordinator can withdraw the acceptance, or return the report with a reason")}
}

// lockedPeriod refuses another report, or other figures, of a period.
func lockedPeriod(unit *model.Unit, period calendar.Period, was, is *model.Progress) *Breach {
	found := locked(phrase.Say("the report of %s for %s is accepted, so its figures are locked", unit.Name, period.Name))
	found.Entry = entryOfReport(period.ID)
	if was.ReportOf(period.ID).Equal(is.ReportOf(period.ID)) {
		for key := range field.DifferingKeys(figuresOf(was, period.ID), figuresOf(is, period.ID)) {
			activity, _, _ := strings.Cut(key, ".")
			found.Entry = Entry(model.Subject{Kind: model.SubjectActivity, ID: activity})
			break
		}
	}
	return found
}

func entryOfReport(period string) string {
	return Entry(model.Subject{Kind: model.SubjectReport, ID: period})
}

// samePeriod reports whether two records have the same report and the same figures of a period.
func samePeriod(a, b *model.Progress, period string) bool {
	if !a.ReportOf(period).Equal(b.ReportOf(period)) {
		return false
	}
	return maps.Equal(figuresOf(a, period), figuresOf(b, period))
}

// figuresOf are the figures of a period by activity and indicator.
func figuresOf(record *model.Progress, period string) map[string]float64 {
	figures := map[string]float64{}
	for activity, entry := range record.Activities {
		for indicator, figure := range sums.In(entry.Figures, period) {
			figures[activity+"."+indicator] = figure
		}
	}
	return figures
}

// kept reports whether a record holds what only the coordinator decides as it must: as its
// parents do, or, where these differ, as git merges them, or as the side that has changed it.
func kept[T comparable](file *PushedFile, of func(*model.Progress) T) bool {
	after, differ := of(&file.After), false
	for i := range file.Before {
		differ = differ || of(&file.Before[i]) != of(&file.Before[0])
	}
	switch {
	case len(file.Before) == 0:
		return false
	case !differ:
		return after == of(&file.Before[0])
	case file.Merged != nil:
		return after == of(file.Merged)
	}
	for i := range file.Before { // who has changed nothing has decided nothing
		side := of(&file.Before[i])
		if !slices.ContainsFunc(file.Bases, func(base model.Progress) bool { return of(&base) != side }) {
			continue
		}
		if side != after {
			return false
		}
	}
	return true
}
