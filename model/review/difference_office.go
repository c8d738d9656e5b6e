package review

import (
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/phrase"
)

// CompareOffices lists what differs in the Office's part: the head of the paper,
// the texts in the order of the report, and the reminders unit by unit.
func CompareOffices(before, after *model.Campaign) []Difference {
	if said, broken := compareBroken(before.OfficeBroken, after.OfficeBroken); broken {
		return []Difference{{Subject: model.Subject{Kind: model.SubjectText}, File: said}}
	}
	old, now := &before.Office, &after.Office
	differences := compareFacts(headerFacts(old.Header), headerFacts(now.Header))
	for i := range differences {
		differences[i].Subject.Kind = model.SubjectText
	}
	compare := func(subject model.Subject, unit string) {
		differences = append(differences, differing(unit, subject, old.Of(subject), now.Of(subject))...)
	}
	for _, text := range document.OfficeTexts() {
		compare(model.Subject{Kind: model.SubjectText, ID: string(text)}, "")
	}
	var units []string
	for _, reminder := range slices.Concat(now.Reminders, old.Reminders) {
		if !slices.Contains(units, reminder.Unit) {
			units = append(units, reminder.Unit)
		}
	}
	for _, unit := range units {
		compare(model.Subject{Kind: model.SubjectReminder, ID: unit}, unit)
	}
	return differences
}

func headerFacts(header model.OfficeHeader) []fact {
	part := phrase.Say("the head of the consolidated report")
	return []fact{
		{key: "header parent", part: part, field: phrase.Say("body above the issuer"), text: header.Parent},
		{key: "header issuer", part: part, field: phrase.Say("issuer"), text: header.Issuer},
		{key: "header recipients", part: part, field: phrase.Say("recipients"), text: strings.Join(header.Recipients, "; ")},
	}
}
