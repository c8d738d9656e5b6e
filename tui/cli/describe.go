package cli

import (
	"fmt"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/tui/lang"
)

// subjectName is what a change is about, in the plan's words.
func subjectName(words lang.Words, campaign *model.Campaign, subject model.Subject) string {
	switch subject.Kind {
	case model.SubjectActivity:
		if activity := campaign.Plan.Activity(subject.ID); activity != nil {
			return activity.Title
		}
		return subject.ID
	case model.SubjectMessage:
		if message := campaign.Plan.Message(subject.ID); message != nil {
			return words.T("the message %s “%s”", subject.ID, message.Text)
		}
		return words.T("the message %s", subject.ID)
	default:
		return words.T("report")
	}
}

// valueInWords says everything that people entered in a value.
func valueInWords(words lang.Words, campaign *model.Campaign, subject model.Subject, value model.Value) string {
	switch subject.Kind {
	case model.SubjectActivity:
		parts := append([]string{value.Entry.Status.Label(words.Language)}, entryDetails(words, campaign.Plan.Activity(subject.ID), value.Entry)...)
		if value.Entry.Note != "" {
			parts = append(parts, "“"+value.Entry.Note+"”")
		}
		return strings.Join(parts, " · ")
	case model.SubjectMessage:
		return channelsInWords(words, &campaign.Plan, value.Use)
	default:
		return reportInWords(words, value.Report)
	}
}

// entryDetails says the figures of an entry, in the order in which the plan asks for them, and counts its evidence.
func entryDetails(words lang.Words, activity *model.Activity, entry model.Entry) []string {
	var details []string
	if activity != nil {
		for _, indicator := range activity.Indicators {
			if figure, given := entry.Figures[indicator.ID]; given {
				details = append(details, strings.TrimSpace(fmt.Sprintf("%s %s %s", indicator.Name, words.Number(figure), indicator.Measure)))
			}
		}
	}
	if len(entry.Evidence) > 0 {
		details = append(details, words.Count(len(entry.Evidence), "%d piece of evidence", "%d pieces of evidence"))
	}
	return details
}

func channelsInWords(words lang.Words, plan *model.Plan, use model.Use) string {
	if len(use.Channels) == 0 {
		return words.T("not used")
	}
	names := make([]string, len(use.Channels))
	for i, channel := range use.Channels {
		names[i] = plan.ChannelName(channel)
	}
	return strings.Join(names, "; ")
}

func reportInWords(words lang.Words, report model.Report) string {
	said := report.Status.Label(words.Language)
	if report.Status == model.Returned && report.Reason != "" {
		said += ": " + report.Reason
	}
	return said
}

// changeInWords says what a change changed.
func changeInWords(words lang.Words, campaign *model.Campaign, subject model.Subject, before, after model.Value) string {
	switch subject.Kind {
	case model.SubjectActivity:
		return entryChange(words, before.Entry, after.Entry)
	case model.SubjectMessage:
		return channelsInWords(words, &campaign.Plan, after.Use)
	default:
		return before.Report.Status.Label(words.Language) + " → " + reportInWords(words, after.Report)
	}
}

func entryChange(words lang.Words, before, after model.Entry) string {
	var parts []string
	if before.Status != after.Status {
		parts = append(parts, before.Status.Label(words.Language)+" → "+after.Status.Label(words.Language))
	}
	if before.Note != after.Note {
		parts = append(parts, words.T("note"))
	}
	if !slices.Equal(before.Evidence, after.Evidence) {
		parts = append(parts, words.T("evidence"))
	}
	before.Status, before.Note, before.Evidence = after.Status, after.Note, after.Evidence
	if !before.SameContent(after) {
		parts = append(parts, words.T("figures"))
	}
	return strings.Join(parts, ", ")
}
