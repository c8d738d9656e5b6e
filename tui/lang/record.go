package lang

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
)

// Record says everything that a unit's record holds, one fact a line, in the
// order of the plan: so that two versions of it can be compared line by line.
func (w Words) Record(campaign *model.Campaign, progress *model.Progress) []string {
	var lines []string
	for _, id := range campaign.Plan.ActivityIDs() {
		if _, has := progress.Activities[id]; has {
			lines = append(lines, w.entryLines(campaign, id, progress.Entry(id))...)
		}
	}
	for _, id := range campaign.Plan.MessageIDs() {
		if use, has := progress.Messages[id]; has {
			subject := model.Subject{Kind: model.SubjectMessage, ID: id}
			lines = append(lines, w.SubjectName(campaign, subject)+": "+w.Channels(&campaign.Plan, use)+
				w.signed(campaign, use.By, use.At))
		}
	}
	if report := &progress.Report; len(progress.Reports) == 0 || !report.Equal(model.Report{}) {
		lines = append(lines, w.reportLines(campaign, model.Subject{Kind: model.SubjectReport}, report)...)
	}
	for _, period := range slices.Sorted(maps.Keys(progress.Reports)) {
		lines = append(lines, w.reportLines(campaign, model.Subject{Kind: model.SubjectReport, ID: period},
			new(progress.Reports[period]))...)
	}
	return lines
}

func (w Words) entryLines(campaign *model.Campaign, id string, entry model.Entry) []string {
	subject := model.Subject{Kind: model.SubjectActivity, ID: id}
	lines := []string{w.SubjectName(campaign, subject) + ": " + entry.Status.Label(w.Language) +
		w.signed(campaign, entry.By, entry.At)}
	for _, figure := range w.Figures(campaign.Plan.Activity(id), entry) {
		lines = append(lines, "  "+figure)
	}
	lines = append(lines, factLines(w, campaign, model.EntryFields, &entry, nil)...)
	if entry.EditedBy != "" {
		lines = append(lines, "  "+w.T("later edited")+w.signed(campaign, entry.EditedBy, entry.EditedAt))
	}
	return append(lines, w.otherVersions(campaign, subject, entry)...)
}

func (w Words) reportLines(campaign *model.Campaign, subject model.Subject, report *model.Report) []string {
	lines := []string{w.SubjectName(campaign, subject) + ": " + report.Status.Label(w.Language) +
		w.signed(campaign, report.By, report.At)}
	lines = append(lines, factLines(w, campaign, model.ReportFields, report, nil)...)
	return append(lines, w.otherVersions(campaign, subject, *report)...)
}

// factLines are the facts that have a label, in the order of the file. What they say may be given by key.
func factLines[T any](w Words, campaign *model.Campaign, fields []field.Field[T], record *T,
	given map[string]string) []string {
	var lines []string
	for _, f := range fields {
		name, fact := w.Say(f.Label), f.At(record)
		if f.Label.IsZero() || field.Empty(fact) {
			continue
		}
		switch fact := fact.(type) {
		case *bool:
			lines = append(lines, "  "+name)
		case *time.Time:
			lines = append(lines, "  "+name+": "+w.Moment(*fact, campaign.Plan.TimeZone))
		case *[]string:
			for _, item := range *fact {
				lines = append(lines, w.textLines(name, item)...)
			}
		default:
			lines = append(lines, w.textLines(name, cmp.Or(given[f.Key], factOf(w, fact)))...)
		}
	}
	return lines
}

// otherVersions are the versions below the one that stands above.
func (w Words) otherVersions(campaign *model.Campaign, subject model.Subject, value model.Value) []string {
	if !model.InDispute(value) {
		return nil
	}
	var lines []string
	for _, version := range w.Versions(campaign, subject, value)[1:] {
		lines = append(lines, "  "+w.T("the other version")+": "+version)
	}
	return lines
}

// textLines is a text under its name; one of several lines keeps them.
func (Words) textLines(name, text string) []string {
	if text == "" {
		return nil
	}
	var lines []string
	for line := range strings.Lines(strings.TrimRight(text, "\n")) {
		lines = append(lines, "    "+strings.TrimRight(line, "\n"))
	}
	if len(lines) == 1 {
		return []string{"  " + name + ": " + strings.TrimSpace(lines[0])}
	}
	return append([]string{"  " + name + ":"}, lines...)
}

// signed is who and when, in brackets after what they did.
func (w Words) signed(campaign *model.Campaign, by string, at time.Time) string {
	var parts []string
	if by != "" {
		parts = append(parts, campaign.Roster.PersonName(by))
	}
	if !at.IsZero() {
		parts = append(parts, w.Moment(at, campaign.Plan.TimeZone))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
