package model

// addReport counts a unit's report. A returned report was received: its first
// submission stands; a report of a broken file is not known and counts as missing only among the expected.
func (b *Board) addReport(row *UnitRow) {
	reporting := &b.Reporting
	row.Expected = reporting.Deadline.IsZero() || row.Unit.OnRosterOn(reporting.Deadline.LastDay())
	switch {
	case row.Broken != nil:
		row.ReportTimeliness = Unknown
	case !row.Expected && !row.Report.Sent():
		row.ReportTimeliness = NotExpected
	default:
		row.ReportTimeliness = row.Report.Judge(reporting.Deadline, b.Today, b.Campaign.Plan.TimeZone)
	}
	if row.Expected {
		reporting.add(row)
	}
}

func (r *ReportingRow) add(row *UnitRow) {
	r.Expected++
	if row.Broken != nil {
		r.Unknown++
		return
	}
	if !row.Report.ExtendedUntil.IsZero() {
		r.Extended++
	}
	if row.Report.Sent() {
		r.Received++
		if row.Report.Nil {
			r.Nil++
		}
	}
	switch row.ReportTimeliness {
	case SentOnTime:
		r.OnTime++
	case SentLate:
		r.Late++
	case Overdue:
		r.Overdue++
	case DueToday:
		r.DueToday++
	case DueSoon:
		r.DueSoon++
	default:
	}
	switch row.Report.Status {
	case Accepted:
		r.Accepted++
	case Returned:
		r.Returned++
	default:
	}
}

// Chase lists the units whose report the Office waits for and that are late or
// have at most so many days left, in the order of the roster: indexes into Units.
func (b *Board) Chase(days int) (late, soon []int) {
	for i := range b.Units {
		row := &b.Units[i]
		if !row.Waiting() || row.Deadline.IsZero() {
			continue
		}
		switch left := row.Deadline.DaysLeft(b.Today); {
		case left < 0:
			late = append(late, i)
		case left <= days:
			soon = append(soon, i)
		}
	}
	return late, soon
}
