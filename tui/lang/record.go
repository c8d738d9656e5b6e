package lang

import (
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
)

// Record says everything that a unit's record holds, one fact a line, in the
// order of the plan: so that two versions of it can be compared line by line.
func (w Words) Record(campaign *model.Campaign, progress *model.Progress) []string {
	var lines []string
	known := func(order []string, has func(string) bool) []string {
		return slices.DeleteFunc(slices.Clone(order), func(id string) bool { return !has(id) })
	}
	for _, id := range known(campaign.Plan.ActivityIDs(), func(id string) bool { _, has := progress.Activities[id]; return has }) {
		lines = append(lines, w.entryLines(campaign, id, progress.Entry(id))...)
	}
	for _, id := range known(campaign.Plan.MessageIDs(), func(id string) bool { _, has := progress.Messages[id]; return has }) {
		use := progress.Messages[id]
		subject := model.Subject{Kind: model.SubjectMessage, ID: id}
		lines = append(lines, w.SubjectName(campaign, subject)+": "+w.Channels(&campaign.Plan, use)+w.signed(campaign, use.By, use.At))
	}
	return append(lines, w.reportLines(campaign, &progress.Report)...)
}

func (w Words) entryLines(campaign *model.Campaign, id string, entry model.Entry) []string {
	subject := model.Subject{Kind: model.SubjectActivity, ID: id}
	lines := []string{w.SubjectName(campaign, subject) + ": " + entry.Status.Label(w.Language) + w.signed(campaign, entry.By, entry.At)}
	for _, figure := range w.Figures(campaign.Plan.Activity(id), entry) {
		lines = append(lines, "  "+figure)
	}
	for _, reference := range entry.Evidence {
		lines = append(lines, "  "+w.T("evidence")+": "+reference)
	}
	lines = append(lines, w.textLines(w.T("note"), entry.Note)...)
	if entry.EditedBy != "" {
		lines = append(lines, "  "+w.T("later edited")+w.signed(campaign, entry.EditedBy, entry.EditedAt))
	}
	return append(lines, w.otherVersions(campaign, subject, model.Value{Entry: entry})...)
}

func (w Words) reportLines(campaign *model.Campaign, report *model.Report) []string {
	lines := []string{w.T("report") + ": " + report.Status.Label(w.Language) + w.signed(campaign, report.By, report.At)}
	if !report.SubmittedAt.IsZero() {
		lines = append(lines, "  "+w.T("first submitted")+": "+w.Moment(report.SubmittedAt, campaign.Plan.TimeZone))
	}
	if report.Nil {
		lines = append(lines, "  "+w.T("nothing to report"))
	}
	if !report.ExtendedUntil.IsZero() {
		lines = append(lines, "  "+w.T("extended until")+": "+w.Day(report.ExtendedUntil))
	}
	for _, field := range []struct{ name, text string }{
		{w.T("reason"), report.Reason},
		{w.T("reason for nothing to report"), report.NilReason},
		{w.T("reason for the extension"), report.ExtensionReason},
		{w.T("results"), report.Results},
		{w.T("difficulties"), report.Difficulties},
		{w.T("recommendations"), report.Recommendations},
		{w.T("funding"), report.Funding},
		{w.T("documents"), strings.Join(report.Documents, "\n")},
	} {
		lines = append(lines, w.textLines(field.name, field.text)...)
	}
	return append(lines, w.otherVersions(campaign, model.Subject{Kind: model.SubjectReport}, model.Value{Report: *report})...)
}

// otherVersions are the versions below the one that stands above.
func (w Words) otherVersions(campaign *model.Campaign, subject model.Subject, value model.Value) []string {
	if !value.Disputed() {
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
