package duty

import "example.org/tiendo/model/calendar"

// Reporting is the progress of the units' reports. Only units that were on the
// roster on the deadline day are counted.
type Reporting struct {
	Period                                         string // id; "" in a plan without periods
	Deadline                                       calendar.Deadline
	Expected, Received, OnTime, Accepted, Returned int
	Nil                                            int // of Received
	Late                                           int // of Received: the first submission came too late
	Extended                                       int // of Expected: units that got more time
	Unknown                                        int // of Expected: units whose file is broken
	Disputed                                       int // of Expected: units of whose report there are two versions
	Waiting                                        int // of Expected: the Office still waits for it
	Submitted                                      int // of Expected: it waits for the Office
	Overdue, DueToday, DueSoon                     int // not received
}

// Missing is how many reports have not come in.
func (r Reporting) Missing() int { return r.Expected - r.Received }

// ReceivedPercent is the reporting rate, 0 to 100.
func (r Reporting) ReceivedPercent() int { return percent(r.Received, r.Expected) }

// OnTimePercent is the on-time rate, 0 to 100, with the same denominator.
func (r Reporting) OnTimePercent() int { return percent(r.OnTime, r.Expected) }

// percent is a share in whole percent, rounded down, so that 100 means all. Of nothing it is 0.
func percent(part, whole int) int {
	if whole <= 0 {
		return 0
	}
	return part * 100 / whole
}

// Sent is how the report of one unit stands, as far as all its versions agree.
type Sent struct {
	Unknown, Disputed       bool // its file is broken; there are two versions
	Extended, Received, Nil bool
	Waiting                 bool // it is not sent, or was returned
	Status                  ReportStatus
	Judged                  calendar.Timeliness
}

// Add counts a unit's report. What is in dispute counts as far as all versions agree: whether it came in or is late,
// and when; it is neither accepted nor returned.
func (r *Reporting) Add(report Sent) {
	r.Expected++
	if report.Unknown {
		r.Unknown++
		return
	}
	if report.Extended {
		r.Extended++
	}
	if report.Waiting {
		r.Waiting++
	}
	if report.Received {
		r.Received++
		if report.Nil {
			r.Nil++
		}
	}
	switch report.Judged {
	case calendar.SentOnTime:
		r.OnTime++
	case calendar.SentLate:
		r.Late++
	case calendar.Overdue:
		r.Overdue++
	case calendar.DueToday:
		r.DueToday++
	case calendar.DueSoon:
		r.DueSoon++
	}
	switch {
	case report.Disputed:
		r.Disputed++
	case report.Status == Accepted:
		r.Accepted++
	case report.Status == Returned:
		r.Returned++
	case report.Status == Submitted:
		r.Submitted++
	}
}

// Progression is how far all units were at the end of a day, as the history says.
type Progression struct {
	Day         calendar.Day
	Done, Total int // entries, without what is not applicable
	Submitted   int // reports that had come in
	Expected    int
}
