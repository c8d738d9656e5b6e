package model

import "example.org/tiendo/model/phrase"

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

var timelinessLabels = map[Timeliness]phrase.Sentence{
	OnTrack:       phrase.Say("on track"),
	DueSoon:       phrase.Say("due soon"),
	DueToday:      phrase.Say("due today"),
	Overdue:       phrase.Say("overdue"),
	DoneOnTime:    phrase.Say("done on time"),
	DoneLate:      phrase.Say("done late"),
	DoneUndated:   phrase.Say("status::done, day not known"),
	NotApplicable: phrase.Say("not applicable"),
	Unknown:       phrase.Say("not known"),
	Disputed:      phrase.Say("status::in dispute"),
	SentOnTime:    phrase.Say("on time"),
	SentLate:      phrase.Say("late"),
	SentUndated:   phrase.Say("report::day not known"),
	NotExpected:   phrase.Say("not expected"),
}

// Label is the timeliness in words.
func (t Timeliness) Label(language phrase.Language) string {
	return phrase.In(language).Say(timelinessLabels[t])
}

var roleLabels = map[Role]phrase.Sentence{
	Coordinator: phrase.Say("coordinator"),
	Staff:       phrase.Say("staff"),
	Viewer:      phrase.Say("viewer"),
}

// Label is the role in words.
func (r Role) Label(language phrase.Language) string { return phrase.In(language).Say(roleLabels[r]) }
