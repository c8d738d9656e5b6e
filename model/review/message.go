package review

import (
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
)

// commitColumns is the longest subject of a commit message.
const commitColumns = 72

// CommitMessage is the record of a change in git: a subject in the plan's
// language, at most 72 columns, and trailers that programs can read. It holds
// ids and the plan's own words only, never what a person typed.
func CommitMessage(c *model.Campaign, change model.Change) string {
	language := c.Plan.Language
	if change.Subject.Kind.OnRoster() {
		return describeRoster(change, language) + reverts(change)
	}
	if change.Subject.Kind.OfOffice() {
		return describeOffice(change, language)
	}
	var subject, trailers string
	switch change.Subject.Kind {
	case model.SubjectActivity:
		subject, trailers = describeEntry(c, change, language)
	case model.SubjectMessage:
		what := language.Pick("thông điệp ", "message ") + change.Subject.ID
		subject = change.Unit + ": " + cut(what, commitColumns-len(change.Unit)-2)
		trailers = "Message: " + change.Subject.ID
	case model.SubjectReport:
		subject, trailers = describeReport(change, language)
	}
	return cut(subject, commitColumns) + "\n\nUnit: " + change.Unit + "\n" + trailers + "\n" + notTaken(change) + reverts(change)
}

// reverts is the trailer of a change that undoes a commit.
func reverts(change model.Change) string {
	if change.Reverts == "" {
		return ""
	}
	return "Reverts: " + change.Reverts + "\n"
}

func describeReport(change model.Change, language phrase.Language) (subject, trailers string) {
	before, after := model.As[model.Report](change.Seen), model.As[model.Report](change.New)
	subject = change.Unit + ": " + language.Pick("báo cáo", "report")
	trailers = "Report: " + change.Unit
	switch {
	case before.Status != after.Status:
		subject += " → " + after.Status.Label(language)
		if after.Nil && after.Status == model.Submitted {
			subject += language.Pick(" (không phát sinh)", " (nil report)")
		}
		trailers += "\nStatus: " + code(before.Status) + " -> " + code(after.Status)
	case before.ExtendedUntil != after.ExtendedUntil && !after.ExtendedUntil.IsZero():
		subject += language.Pick(", gia hạn đến ", ", extended until ") + after.ExtendedUntil.String()
		trailers += "\nExtended: " + after.ExtendedUntil.String()
	default:
		var parts []string
		if !field.Same(model.ReportFields, &before, &after, model.PartNil) {
			parts = append(parts, language.Pick("không phát sinh", "nil report"))
		}
		parts = append(parts, Changed(model.ReportFields, &before, &after, language)...)
		if change.Settles() && len(parts) == 0 {
			parts = []string{oneVersion(language)}
		}
		if len(parts) > 0 {
			subject += ": " + strings.Join(parts, ", ")
		}
	}
	return subject, trailers
}

// describeOffice names the text that was written, or the unit that was reminded.
func describeOffice(change model.Change, language phrase.Language) string {
	if change.Subject.Kind == model.SubjectText {
		subject := language.Pick("báo cáo tổng hợp", "consolidated report") + ": " + model.OfficeText(change.Subject.ID).Label(language)
		return cut(subject, commitColumns) + "\n\nText: " + change.Subject.ID + "\n"
	}
	before, after := model.As[model.Reminders](change.Seen), model.As[model.Reminders](change.New)
	does := language.Pick("đôn đốc lần ", "reminder ")
	if len(after) < len(before) {
		before, after = after, before
		does = language.Pick("bỏ đôn đốc lần ", "take back reminder ")
	}
	sent := after[min(len(before), len(after)):]
	var subject strings.Builder
	var trailers strings.Builder
	for i, reminder := range sent {
		if i > 0 {
			subject.WriteString("; ")
		}
		number := strconv.Itoa(reminder.Number)
		subject.WriteString(reminder.Unit + ": " + does + number)
		trailers.WriteString("Unit: " + reminder.Unit + "\nReminder: " + number + "\n")
	}
	return cut(subject.String(), commitColumns) + "\n\n" + trailers.String()
}

// describeRoster names people by their id: names stand in the file itself.
func describeRoster(change model.Change, language phrase.Language) string {
	added := model.As[*model.Person](change.New) != nil || model.As[*model.Unit](change.New) != nil
	does, trailer := language.Pick("bỏ", "remove"), "Unit: "
	if added {
		does = language.Pick("thêm", "add")
	}
	what := language.Pick("đơn vị", "unit")
	if change.Subject.Kind == model.SubjectPerson {
		what, trailer = language.Pick("người", "person"), "Person: "
	}
	subject := language.Pick("danh sách", "roster") + ": " + does + " " + what + " " + change.Subject.ID
	return cut(subject, commitColumns) + "\n\n" + trailer + change.Subject.ID + "\n"
}

func describeEntry(c *model.Campaign, change model.Change, language phrase.Language) (subject, trailers string) {
	title := change.Subject.ID
	if activity := c.Plan.Activity(change.Subject.ID); activity != nil {
		title = activity.Title
	}
	before, after := model.As[model.Entry](change.Seen), model.As[model.Entry](change.New)
	parts := Changed(model.EntryFields, &before, &after, language)
	if change.Settles() && len(parts) == 0 {
		parts = []string{oneVersion(language)}
	}
	end := ": " + strings.Join(parts, ", ")
	trailers = "Activity: " + change.Subject.ID
	if before.Status != after.Status {
		end = " → " + after.Status.Label(language)
		trailers += "\nStatus: " + string(before.Status) + " -> " + string(after.Status)
	}
	room := commitColumns - len([]rune(change.Unit)) - 2 - len([]rune(end))
	return change.Unit + ": " + cut(title, room) + end, trailers
}

// oneVersion says that of two versions the one stays that stood above.
func oneVersion(language phrase.Language) string {
	return language.Pick("giữ một trong hai bản", "one of two versions kept")
}

// Changed names what differs in what people write.
func Changed[T any](fields []field.Field[T], before, after *T, language phrase.Language) []string {
	var names []string
	for f := range field.Differing(field.In(fields, field.Written), before, after) {
		names = append(names, f.Label.In(language))
	}
	return names
}

// code is the status as a trailer names it.
func code(s model.ReportStatus) string {
	if s == model.NotSent {
		return "none"
	}
	return string(s)
}

// cut shortens text in NFC to a number of columns; every letter of it takes one.
func cut(text string, columns int) string {
	runes := []rune(text)
	if len(runes) <= columns {
		return text
	}
	return strings.TrimRight(string(runes[:max(columns-1, 0)]), " ,;") + "…"
}
