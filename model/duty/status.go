package duty

import "example.org/tiendo/model/phrase"

// Status is how far a unit is with a thing, as stored.
type Status string

// The values of Status. NA needs a note that says why.
const (
	Todo  Status = "todo"
	Doing Status = "doing"
	Done  Status = "done"
	NA    Status = "na"
)

// Statuses lists every Status in the order in which screens and messages show them.
func Statuses() []Status { return []Status{Todo, Doing, Done, NA} }

// Next is the status that the space key gives: todo → doing → done → todo.
// Not applicable needs a note and is set in the form.
func (s Status) Next() Status {
	switch s {
	case Todo:
		return Doing
	case Doing:
		return Done
	default:
		return Todo
	}
}

var statusLabels = map[Status]phrase.Sentence{
	Todo:  phrase.Say("not started"),
	Doing: phrase.Say("in progress"),
	Done:  phrase.Say("status::done"),
	NA:    phrase.Say("not applicable"),
}

// Label is the status in words, for screens, reports and commit messages.
func (s Status) Label(language phrase.Language) string {
	return phrase.In(language).Say(statusLabels[s])
}

// ReportStatus is how far a unit's report is, as stored. The zero value is "not sent".
type ReportStatus string

// The values of ReportStatus.
const (
	NotSent   ReportStatus = ""
	Draft     ReportStatus = "draft"
	Submitted ReportStatus = "submitted"
	Accepted  ReportStatus = "accepted"
	Returned  ReportStatus = "returned"
)

// ReportStatuses lists the values that a file may hold.
func ReportStatuses() []ReportStatus { return []ReportStatus{Draft, Submitted, Accepted, Returned} }

var reportLabels = map[ReportStatus]phrase.Sentence{
	NotSent:   phrase.Say("not sent"),
	Draft:     phrase.Say("draft"),
	Submitted: phrase.Say("submitted"),
	Accepted:  phrase.Say("accepted"),
	Returned:  phrase.Say("returned"),
}

// Label is the status of a report in words.
func (s ReportStatus) Label(language phrase.Language) string {
	return phrase.In(language).Say(reportLabels[s])
}
