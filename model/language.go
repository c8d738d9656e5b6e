package model

import "example.org/tiendo/model/phrase"

var roleLabels = map[Role]phrase.Sentence{
	Coordinator: phrase.Say("coordinator"),
	Staff:       phrase.Say("staff"),
	Viewer:      phrase.Say("viewer"),
}

// Label is the role in words.
func (r Role) Label(language phrase.Language) string { return phrase.In(language).Say(roleLabels[r]) }
