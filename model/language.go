package model

import "example.org/tiendo/model/phrase"

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

var roleLabels = map[Role]phrase.Sentence{
	Coordinator: phrase.Say("coordinator"),
	Staff:       phrase.Say("staff"),
	Viewer:      phrase.Say("viewer"),
}

// Label is the role in words.
func (r Role) Label(language phrase.Language) string { return phrase.In(language).Say(roleLabels[r]) }
