package review

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/phrase"
)

// planFacts are all that a plan says, in its order.
func planFacts(plan *model.Plan) []fact {
	whole := phrase.Say("the plan")
	zone := ""
	if plan.TimeZone != nil {
		zone = plan.TimeZone.String()
	}
	facts := []fact{
		{key: "id", part: whole, field: phrase.Say("id"), text: plan.ID, form: Plain},
		{key: "language", part: whole, field: phrase.Say("language"), text: string(plan.Language), form: Plain},
		{key: "timezone", part: whole, field: phrase.Say("time zone"), text: zone, form: Plain},
		{key: "starts", part: whole, field: phrase.Say("first day"), text: plan.Starts.Printed(), form: Plain},
		{key: "ends", part: whole, field: phrase.Say("last day"), text: plan.Ends.Printed(), form: Plain},
		{key: "theme", part: whole, field: phrase.Say("theme"), text: plan.Theme},
		{key: "period", part: whole, field: phrase.Say("period"), text: plan.Period},
		{key: "made up", part: whole, field: phrase.Say("made-up data as of"), text: plan.MadeUp.Printed(), form: Plain},
	}
	facts = append(facts, reportingFacts(&plan.Reporting)...)
	facts = append(facts, calendarFacts(plan.Calendar)...)
	facts = append(facts, documentFacts(&plan.Document)...)
	for _, heading := range plan.Headings {
		facts = append(facts, of("section "+heading.ID, phrase.Say("the section %s", heading.ID),
			fact{key: "kind", field: phrase.Say("kind"), text: string(heading.Kind), form: Choices},
			fact{key: "text", field: phrase.Say("text"), text: heading.Text})...)
	}
	for _, goal := range plan.Goals {
		facts = append(facts, of("goal "+goal.ID, phrase.Say("the goal %s", goal.ID),
			fact{key: "kind", field: phrase.Say("kind"), text: string(goal.Kind), form: Choices},
			fact{key: "text", field: phrase.Say("text"), text: goal.Text}, sicFact(goal.Sic))...)
	}
	for _, message := range plan.Messages {
		facts = append(facts, of("message "+message.ID, phrase.Say("the message %s", message.ID),
			fact{key: "text", field: phrase.Say("text"), text: message.Text}, sicFact(message.Sic))...)
	}
	for _, channel := range plan.Channels {
		facts = append(facts, of("channel "+channel.ID, phrase.Say("the channel %s", channel.ID),
			fact{key: "name", field: phrase.Say("name"), text: channel.Name})...)
	}
	for i := range plan.Activities {
		facts = append(facts, activityFacts(&plan.Activities[i], plan.Ends)...)
	}
	return facts
}

// of makes facts of a part of which a plan may have several; their keys are those within it.
func of(whole string, part phrase.Sentence, facts ...fact) []fact {
	for i := range facts {
		facts[i].key, facts[i].part, facts[i].whole = whole+" "+facts[i].key, part, whole
	}
	return facts
}

// sicFact is the note that the source misleads.
func sicFact(sic string) fact {
	return fact{key: "sic", field: phrase.Say("note on the wording"), text: sic}
}

func calendarFacts(calendar *calendar.Calendar) []fact {
	holidays, weekend := "", ""
	if calendar != nil {
		days := make([]string, len(calendar.Holidays))
		for i, day := range calendar.Holidays {
			days[i] = day.Printed()
		}
		holidays, weekend = strings.Join(days, ", "), "strict"
		if calendar.Next {
			weekend = "next"
		}
	}
	whole := phrase.Say("the plan")
	return []fact{
		{key: "holidays", part: whole, field: phrase.Say("public holidays"), text: holidays, form: Plain},
		{key: "weekend", part: whole, field: phrase.Say("last day off"), text: weekend, form: Choices},
	}
}

func documentFacts(paper *document.Document) []fact {
	passages := func(all []document.Passage) string {
		var texts []string
		for _, passage := range all {
			texts = append(texts, withSic(passage.Text, passage.Sic))
		}
		return strings.Join(texts, "\n")
	}
	facts := []fact{
		{key: "number", field: phrase.Say("number"), text: paper.Number},
		{key: "document type", field: phrase.Say("type of the document"), text: paper.Type},
		{key: "document place", field: phrase.Say("place"), text: paper.Place},
		{key: "document date", field: phrase.Say("date of the document"), text: paper.Date.Printed(), form: Plain},
		{key: "document dateline", field: phrase.Say("line of place and date"), text: paper.Dateline},
		{key: "document title", field: phrase.Say("title"), text: paper.Title},
		{key: "document basis", field: phrase.Say("basis"), text: paper.Basis},
		{key: "document issuer", field: phrase.Say("issuer"), text: paper.Issuer},
		{key: "document headings", field: phrase.Say("headings of the document"), text: passages(paper.Headings)},
		{key: "document closing", field: phrase.Say("closing words"), text: paper.Closing},
		{key: "document label", field: phrase.Say("words above the recipients"), text: paper.RecipientsLabel},
		{key: "document recipients", field: phrase.Say("recipients"), text: passages(paper.Recipients)},
		{key: "document archive", field: phrase.Say("archive line"), text: paper.Archive},
		{key: "document signer's titles", field: phrase.Say("titles of who signs"),
			text: strings.Join(paper.Signature.Titles, "\n")},
		{key: "document signer", field: phrase.Say("who signs"), text: paper.Signature.Name},
	}
	for i := range facts {
		facts[i].part = phrase.Say("the document")
	}
	return facts
}

// withSic is a text with the note that the source misleads.
func withSic(text, sic string) string {
	if sic == "" {
		return text
	}
	return text + " [sic: " + sic + "]"
}

// activityFacts leaves out a deadline that is that of the campaign: it is told there.
func activityFacts(activity *model.Activity, ends calendar.Day) []fact {
	whole, part, deadline := "activity "+activity.ID, phrase.Say("the activity %s", activity.ID), ""
	if last := activity.Deadline.Written(); last != ends {
		deadline = last.Printed()
	}
	section := fact{key: "section", field: phrase.Say("section"), text: string(activity.Section), form: Choices}
	if activity.Heading != "" {
		section.text, section.form = activity.Heading, Plain
	}
	facts := of(whole, part,
		fact{key: "title", field: phrase.Say("title"), text: activity.Title},
		fact{key: "text", field: phrase.Say("text"), text: activity.Text}, sicFact(activity.Sic), section,
		fact{key: "assigned", field: phrase.Say("assigned to"), text: strings.Join(activity.Assigned, ", "),
			form: Addressees},
		fact{key: "lead", field: phrase.Say("lead"), text: strings.Join(activity.Leads, ", "), form: Addressees},
		fact{key: "support", field: phrase.Say("support"), text: list(activity.Support), form: Addressees},
		fact{key: "goals", field: phrase.Say("goals"), text: strings.Join(activity.Goals, ", "), form: Plain},
		fact{key: "from", field: phrase.Say("first day"), text: activity.From.Printed(), form: Plain},
		fact{key: "when", field: phrase.Say("time in words"), text: activity.When},
		fact{key: "deadline", field: phrase.Say("deadline"), text: deadline, form: Plain},
		fact{key: "product", field: phrase.Say("product"), text: activity.Product},
	)
	for i := range activity.Indicators {
		facts = append(facts, indicatorFacts(whole, activity.ID, &activity.Indicators[i])...)
	}
	return facts
}

func indicatorFacts(activity, id string, indicator *model.Indicator) []fact {
	number := func(figure *float64) string {
		if figure == nil {
			return ""
		}
		return strconv.FormatFloat(*figure, 'f', -1, 64)
	}
	var targets []string
	for _, unit := range slices.Sorted(maps.Keys(indicator.Targets)) {
		target := indicator.Targets[unit]
		targets = append(targets, unit+"="+number(&target))
	}
	return of(activity+" indicator "+indicator.ID, phrase.Say("the indicator %s", id+"/"+indicator.ID),
		fact{key: "name", field: phrase.Say("name"), text: indicator.Name},
		fact{key: "measure", field: phrase.Say("measure"), text: indicator.Measure},
		fact{key: "sum", field: phrase.Say("how it is summed"), text: string(indicator.Sum), form: Choices},
		fact{key: "part of", field: phrase.Say("part of"), text: indicator.PartOf, form: Plain},
		fact{key: "target", field: phrase.Say("target of each unit"), text: number(indicator.Target), form: Targets},
		fact{key: "targets", field: phrase.Say("targets of single units"), text: strings.Join(targets, ", "), form: Targets},
		fact{key: "total", field: phrase.Say("target of all units together"), text: number(indicator.Total), form: Targets},
	)
}

// reportingFacts are the facts of who reports, and when. Periods that a rule makes are told by the rule.
func reportingFacts(reporting *model.Reporting) []fact {
	whole, rule := phrase.Say("the plan"), reporting.Rule
	returned, closes, month := "", reporting.Closes.Printed(), ""
	if reporting.Reopens {
		returned = "open"
	}
	if rule.Closes > 0 {
		closes = strconv.Itoa(rule.Closes)
	}
	day, before := "", ""
	switch {
	case rule.Day > 0 && rule.Excluded:
		before = strconv.Itoa(rule.Day)
	case rule.Day > 0:
		day = strconv.Itoa(rule.Day)
	}
	if rule.Next {
		month = "next"
	}
	facts := []fact{
		{key: "to", field: phrase.Say("who gets the reports"), text: reporting.To, form: Addressees},
		{key: "from", field: phrase.Say("who reports"), text: list(reporting.From), form: Addressees},
		{key: "deadline", field: phrase.Say("deadline of the reports"), text: reporting.Deadline.Written().Printed(),
			form: Plain},
		{key: "every", field: phrase.Say("how often units report"), text: string(rule.Every), form: Choices},
		{key: "month", field: phrase.Say("in which month"), text: month, form: Choices},
		{key: "day", field: phrase.Say("day of the month of the reports"), text: day, form: Plain},
		{key: "day before", field: phrase.Say("day of the month of the reports, not included"), text: before, form: Plain},
		{key: "closes", field: phrase.Say("last day of the figures"), text: closes, form: Plain},
		{key: "returned", field: phrase.Say("returned reports"), text: returned, form: Choices},
		{key: "upward", field: phrase.Say("who gets the consolidated report"), text: reporting.Upward},
	}
	for i := range facts {
		facts[i].part = whole
	}
	for i := range reporting.Periods {
		if period := &reporting.Periods[i]; period.Sums || rule.Every == calendar.Once {
			facts = append(facts, of("reporting period "+period.ID, phrase.Say("the period %s", period.ID),
				fact{key: "name", field: phrase.Say("name"), text: cmp.Or(period.Name.String(), period.ID)},
				fact{key: "deadline", field: phrase.Say("deadline of the reports"),
					text: period.Deadline.Written().Printed(), form: Plain},
				fact{key: "closes", field: phrase.Say("last day of the figures"), text: period.Closes.Printed(), form: Plain},
			)...)
		}
	}
	return facts
}

// tableOfFact is the table of plan.toml that is there once in which a fact stands; "" for none. Of the document all
// words are told as one.
func tableOfFact(key string) string {
	switch key {
	case "id", "language", "timezone", "starts", "ends", "theme", "period":
		return "plan"
	case "to", "from", "deadline", "every", "month", "day", "closes", "returned", "upward":
		return "reporting"
	case "holidays", "weekend":
		return "calendar"
	case "number", "document":
		return "document"
	}
	return ""
}
