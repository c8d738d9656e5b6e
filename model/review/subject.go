package review

import (
	"strings"

	"example.org/tiendo/model"
)

// SubjectOfEntry is what an entry of a data file is about, by the entry's name:
// activity.ID, message.ID and report in a record, person["ID"], unit["ID"] and group["ID"] on the
// roster. Whatever else it names is part of the plan; "" is a file as a whole.
func SubjectOfEntry(entry string) model.Subject {
	if entry == "report" {
		return model.Subject{Kind: model.SubjectReport}
	}
	for prefix, kind := range map[string]model.SubjectKind{"activity.": model.SubjectActivity,
		"message.": model.SubjectMessage, "report.": model.SubjectReport} {
		if id, is := strings.CutPrefix(entry, prefix); is && model.IsID(id) {
			return model.Subject{Kind: kind, ID: id}
		}
	}
	for prefix, kind := range map[string]model.SubjectKind{`person["`: model.SubjectPerson, `unit["`: model.SubjectUnit,
		`group["`: model.SubjectGroup} {
		if id, is := strings.CutPrefix(strings.TrimSuffix(entry, `"]`), prefix); is && model.IsID(id) {
			return model.Subject{Kind: kind, ID: id}
		}
	}
	if entry == "" || strings.Contains(entry, ", ") {
		return model.Subject{}
	}
	return model.Subject{Kind: model.SubjectPlan, ID: entry}
}
