package review

import (
	"cmp"
	"fmt"
	"slices"
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
// ids and the plan's own words only, never what a person typed but for the reason of a change of plan or roster.
func CommitMessage(c *model.Campaign, change model.Change) string {
	p := phrase.In(c.Plan.Language)
	if change.Subject.Kind.OnRoster() {
		return describeRoster(change, p) + reverts(change)
	}
	if change.Subject.Kind.OfOffice() {
		return describeOffice(change, p) + reverts(change)
	}
	var subject, trailers string
	switch change.Subject.Kind {
	case model.SubjectActivity:
		subject, trailers = describeEntry(c, change, p)
	case model.SubjectMessage:
		what := p.T("message %s", change.Subject.ID)
		subject = change.Unit + ": " + cut(what, commitColumns-len(change.Unit)-2)
		trailers = "Message: " + change.Subject.ID
	case model.SubjectReport:
		subject, trailers = describeReport(change, p)
	}
	return cut(subject, commitColumns) + "\n\nUnit: " + change.Unit + "\n" + trailers + "\n" + notTaken(change) +
		reverts(change)
}

// reverts is the trailer of a change that undoes a commit: one that was named, or the last of a session.
func reverts(change model.Change) string {
	if commit := cmp.Or(change.Reverts, change.Undoes); commit != "" {
		return "Reverts: " + commit + "\n"
	}
	return ""
}

func describeReport(change model.Change, p phrase.Printer) (subject, trailers string) {
	before, after := model.As[model.Report](change.Seen), model.As[model.Report](change.New)
	subject, trailers = change.Unit+": "+p.T("report"), "Report: "+change.Unit
	if period := change.Subject.ID; period != "" {
		subject, trailers = subject+" "+period, "Report: "+period
	}
	switch {
	case before.Status != after.Status:
		subject += " → " + after.Status.Label(p.Language)
		if after.Nil && after.Status == model.Submitted {
			subject += " (" + p.T("nil report") + ")"
		}
		trailers += "\nStatus: " + code(before.Status) + " -> " + code(after.Status)
	case before.ExtendedUntil != after.ExtendedUntil && !after.ExtendedUntil.IsZero():
		subject += ", " + p.T("extended until") + " " + after.ExtendedUntil.String()
		trailers += "\nExtended: " + after.ExtendedUntil.String()
	default:
		var parts []string
		if !field.Same(model.ReportFields, &before, &after, model.PartNil) {
			parts = append(parts, p.T("nil report"))
		}
		parts = append(parts, Changed(model.ReportFields, &before, &after, p)...)
		if change.Settles() && len(parts) == 0 {
			parts = []string{p.T("decided between versions")}
		}
		if len(parts) > 0 {
			subject += ": " + strings.Join(parts, ", ")
		}
	}
	return subject, trailers
}

// describeOffice names the text that was written, or the unit that was reminded.
func describeOffice(change model.Change, p phrase.Printer) string {
	if change.Subject.Kind == model.SubjectText {
		subject := p.T("consolidated report") + ": " + model.OfficeText(change.Subject.ID).Label(p.Language)
		return cut(subject, commitColumns) + "\n\nText: " + change.Subject.ID + "\n"
	}
	before, after := model.As[model.Reminders](change.Seen), model.As[model.Reminders](change.New)
	takenBack := len(after) < len(before)
	if takenBack {
		before, after = after, before
	}
	sent := after[min(len(before), len(after)):]
	var subject strings.Builder
	var trailers strings.Builder
	for i, reminder := range sent {
		if i > 0 {
			subject.WriteString("; ")
		}
		does := p.T("reminder %d", reminder.Number)
		if takenBack {
			does = p.T("take back reminder %d", reminder.Number)
		}
		trailers.WriteString("Unit: " + reminder.Unit + "\nReminder: " + strconv.Itoa(reminder.Number) + "\n")
		if reminder.Period != "" {
			does += " (" + reminder.Period + ")"
			trailers.WriteString("Period: " + reminder.Period + "\n")
		}
		subject.WriteString(reminder.Unit + ": " + does)
	}
	return cut(subject.String(), commitColumns) + "\n\n" + trailers.String()
}

// describeRoster names what stands on the roster by its id: names stand in the file itself.
func describeRoster(change model.Change, p phrase.Printer) string {
	id := change.Subject.ID
	var subject, trailer string
	switch now := change.New.(type) {
	case *model.Person:
		trailer = "Person: "
		subject = onRoster(model.PersonFields, model.As[*model.Person](change.Seen), now, p,
			phrase.Say("roster: add person %s", id), phrase.Say("roster: remove person %s", id),
			phrase.Say("roster: person %s", id))
	case *model.Group:
		trailer = "Group: "
		subject = onRoster(model.GroupFields, model.As[*model.Group](change.Seen), now, p,
			phrase.Say("roster: add group %s", id), phrase.Say("roster: remove group %s", id),
			phrase.Say("roster: group %s", id))
	case *model.Unit:
		trailer = "Unit: "
		subject = onRoster(model.UnitFields, model.As[*model.Unit](change.Seen), now, p,
			phrase.Say("roster: add unit %s", id), phrase.Say("roster: remove unit %s", id),
			phrase.Say("roster: unit %s", id))
	}
	return cut(subject, commitColumns) + "\n\n" + reason(change) + trailer + id + "\n"
}

// onRoster says that something was added, removed, or what differs; nil is what is not on the roster.
func onRoster[T any](fields []field.Field[T], before, after *T, p phrase.Printer,
	added, removed, changed phrase.Sentence) string {
	switch {
	case before == nil:
		return p.Say(added)
	case after == nil:
		return p.Say(removed)
	}
	return p.Say(changed) + ": " + strings.Join(Changed(fields, before, after, p), ", ")
}

// PlanMessage is the record of a change of the plan in git: what differs, with both values of a short one.
func PlanMessage(c *model.Campaign, change model.Change, differences []Difference) string {
	p := phrase.In(c.Plan.Language)
	var said []string
	for _, d := range differences {
		said = append(said, p.Say(d.Field)+fromTo(&d, p))
	}
	_, id, _ := strings.Cut(change.Subject.ID, "/")
	switch none := model.Part(nil); {
	case id == "" && len(said) > 0: // of a table that is there once, what it says tells more than that it came
	case none.Equal(change.Seen):
		said = []string{p.T("added")}
	case none.Equal(change.New):
		said = []string{p.T("removed")}
	case change.New.Equal(change.Seen):
		said = []string{p.T("moved to the front")}
		if before, is := model.As[model.Part](change.New)[model.Place].Value.(string); is && before != "" {
			said = []string{p.T("moved, now after %s", before)}
		}
	}
	subject := strings.ReplaceAll(p.T("plan")+": "+id+": ", ": : ", ": ") + strings.Join(said, ", ")
	source := ""
	if change.Source != "" {
		source = "Source: " + change.Source + "\n"
	}
	return cut(subject, commitColumns) + "\n\n" + reason(change) + "Plan: " + change.Subject.ID + "\n" + source +
		reverts(change)
}

// SaveMessage is the record of what was edited by hand in some files: with a title, or else what differs.
func SaveMessage(c *model.Campaign, title string, files []string, differences []Difference) string {
	p := phrase.In(c.Plan.Language)
	var said []string
	for i := range differences {
		if words := savedWords(c, &differences[i], p); !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	subject := cmp.Or(title, strings.Join(said, "; "))
	if subject == "" {
		subject = p.T("comments and layout: %s", strings.Join(files, ", "))
	}
	if title == "" {
		subject = cut(subject, commitColumns)
	}
	return subject + "\n"
}

// savedWords are one difference as the subject of a commit.
func savedWords(c *model.Campaign, d *Difference, p phrase.Printer) string {
	switch {
	case !d.File.IsZero():
		return p.Say(d.File)
	case !d.Field.IsZero():
		about := p.Say(d.Part)
		if len(d.Part.Args) > 0 { // of several by its id
			about = fmt.Sprint(d.Part.Args[0])
		}
		return p.T("plan") + ": " + about + ": " + p.Say(d.Field) + fromTo(d, p)
	}
	message := CommitMessage(c, model.Change{Unit: d.Unit, Subject: d.Subject, Seen: d.Before, New: d.After})
	subject, _, _ := strings.Cut(message, "\n")
	return subject
}

// fromTo are both values of a fact that is short, and of a long list how many have come and gone; "" of a long text.
func fromTo(d *Difference, p phrase.Printer) string {
	from, to := d.Said(p, d.From), d.Said(p, d.To)
	switch isShort := len(from)+len(to) < commitColumns/2; {
	case d.Whole != nil, from == to, !isShort && d.Form == Words:
		return ""
	case !isShort:
		was, is := strings.Split(d.From, ", "), strings.Split(d.To, ", ")
		come := slices.DeleteFunc(slices.Clone(is), func(one string) bool { return one == "" || slices.Contains(was, one) })
		gone := slices.DeleteFunc(was, func(one string) bool { return one == "" || slices.Contains(is, one) })
		return counted(" +", come) + counted(" −", gone)
	case from == "":
		return " " + to
	default:
		return " " + from + " → " + cmp.Or(to, p.T("empty"))
	}
}

// counted is a short list behind a sign, or how many it holds; "" of none.
func counted(sign string, list []string) string {
	switch all := strings.Join(list, ", "); {
	case len(list) == 0:
		return ""
	case len(all) < commitColumns/4: //nolint:mnd // room for both, and for what they are
		return sign + all
	default:
		return sign + strconv.Itoa(len(list))
	}
}

// reason is the paragraph of a message that says why a change was made.
func reason(change model.Change) string {
	if change.Reason == "" {
		return ""
	}
	return change.Reason + "\n\n"
}

func describeEntry(c *model.Campaign, change model.Change, p phrase.Printer) (subject, trailers string) {
	title := change.Subject.ID
	if activity := c.Plan.Activity(change.Subject.ID); activity != nil {
		title = activity.Title
	}
	before, after := model.As[model.Entry](change.Seen), model.As[model.Entry](change.New)
	parts := Changed(model.EntryFields, &before, &after, p)
	if change.Settles() && len(parts) == 0 {
		parts = []string{p.T("decided between versions")}
	}
	end := ": " + strings.Join(parts, ", ")
	trailers = "Activity: " + change.Subject.ID
	if before.Status != after.Status {
		end = " → " + after.Status.Label(p.Language)
		trailers += "\nStatus: " + string(before.Status) + " -> " + string(after.Status)
	}
	room := commitColumns - len([]rune(change.Unit)) - 2 - len([]rune(end))
	return change.Unit + ": " + cut(title, room) + end, trailers
}

// Changed names what differs in what people write.
func Changed[T any](fields []field.Field[T], before, after *T, p phrase.Printer) []string {
	var names []string
	for f := range field.Differing(field.In(fields, field.Written), before, after) {
		names = append(names, p.Say(f.Label))
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
