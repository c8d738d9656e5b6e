package document

import "example.org/tiendo/model/phrase"

// OfficeHeader is what the head of the paper says and the plan does not. Empty fields stay blank for the clerk.
type OfficeHeader struct {
	Parent     string   // the body above the issuer, upper left
	Issuer     string   // the issuer in full; empty: as the plan names it
	Recipients []string // Kính gửi; empty: the one that the plan names
}

// OfficeText names one text of the Office.
type OfficeText string

// The texts, in the order of the consolidated report (DOMAIN §4).
const (
	TextDirection       OfficeText = "direction"       // I.1 direction, documents issued
	TextLaunch          OfficeText = "launch"          // I.2
	TextFunding         OfficeText = "funding"         // I.4
	TextAssessment      OfficeText = "assessment"      // II.1 results
	TextLessons         OfficeText = "lessons"         // II.1 lessons
	TextDifficulties    OfficeText = "difficulties"    // II.2
	TextRecommendations OfficeText = "recommendations" // II.3
)

// OfficeTexts lists every OfficeText in the order of the report.
func OfficeTexts() []OfficeText {
	return []OfficeText{TextDirection, TextLaunch, TextFunding, TextAssessment, TextLessons, TextDifficulties,
		TextRecommendations}
}

var officeTextLabels = map[OfficeText]phrase.Sentence{
	TextDirection:       phrase.Say("Direction, documents issued"),
	TextLaunch:          phrase.Say("Launch"),
	TextFunding:         phrase.Say("Funding"),
	TextAssessment:      phrase.Say("of the Office::Results"),
	TextLessons:         phrase.Say("Lessons"),
	TextDifficulties:    phrase.Say("Difficulties"),
	TextRecommendations: phrase.Say("Recommendations"),
}

// Label is the heading of the text.
func (t OfficeText) Label(language phrase.Language) string {
	return phrase.In(language).Say(officeTextLabels[t])
}
