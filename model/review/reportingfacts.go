package review

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// reportingFacts are the facts of who reports, and when. Periods that a rule makes are told by the rule.
func reportingFacts(reporting *model.Reporting) []fact {
	whole, rule := phrase.Say("the plan"), reporting.Rule
	returned, closes := "", reporting.Closes.Printed()
	if reporting.Reopens {
		returned = "open"
	}
	if rule.Closes > 0 {
		closes = strconv.Itoa(rule.Closes)
	}
	facts := []fact{
		{"to", whole, phrase.Say("who gets the reports"), reporting.To},
		{"from", whole, phrase.Say("who reports"), strings.Join(reporting.From, ", ")},
		{"deadline", whole, phrase.Say("deadline of the reports"), reporting.Deadline.Written().Printed()},
		{"every", whole, phrase.Say("how often units report"), string(rule.Every)},
		{"day", whole, phrase.Say("day of the month of the reports"), dayOfMonth(rule)},
		{"closes", whole, phrase.Say("last day of the figures"), closes},
		{"returned", whole, phrase.Say("returned reports"), returned},
		{"upward", whole, phrase.Say("who gets the consolidated report"), reporting.Upward},
	}
	for _, period := range reporting.Periods {
		if period.Sums || rule.Every == calendar.Once {
			facts = append(facts, fact{"reporting period " + period.ID, phrase.Say("the period %s", period.ID),
				phrase.Say("deadline of the reports"), fmt.Sprint(period.Name, " · ", period.Deadline.Written().Printed(), " · ",
					period.Closes.Printed())})
		}
	}
	return facts
}

// IsOfPart reports whether a difference of the plan is about a part of it, named by its kind and its id or, of a table
// that is there once, by its name.
func (d *Difference) IsOfPart(kind, id string) bool {
	if d.Subject.Kind != model.SubjectPlan || d.key == "" {
		return false
	}
	words := kind + " " + id
	switch kind {
	case "period":
		words = "reporting period " + id
	case "indicator":
		activity, indicator, _ := strings.Cut(id, "/")
		words = "activity " + activity + " indicator " + indicator
	}
	if id != "" {
		return d.key == words || strings.HasPrefix(d.key, words+" ") && !strings.HasPrefix(d.key, words+" indicator ")
	}
	return tableOfFact(d.key) == kind
}

// tableOfFact is the table of plan.toml that is there once in which a fact stands; "" for none. Of the document all
// words are told as one.
func tableOfFact(key string) string {
	switch key {
	case "id", "language", "timezone", "starts", "ends", "theme", "period":
		return "plan"
	case "to", "from", "deadline", "every", "day", "closes", "returned", "upward":
		return "reporting"
	case "holidays", "weekend":
		return "calendar"
	case "number", "document":
		return "document"
	}
	return ""
}

func dayOfMonth(rule calendar.Rule) string {
	if rule.Day == 0 {
		return ""
	}
	said := strconv.Itoa(rule.Day)
	if rule.Excluded {
		said = "< " + said
	}
	if rule.Next {
		said += " → next"
	}
	return said
}

// targetFacts are the targets of an indicator in words of their own.
func targetFacts(indicator model.Indicator) []string {
	var said []string
	if indicator.Target != nil {
		said = append(said, "→ "+number(*indicator.Target))
	}
	for _, unit := range slices.Sorted(maps.Keys(indicator.Targets)) {
		said = append(said, "→ "+unit+" "+number(indicator.Targets[unit]))
	}
	if indicator.Total != nil {
		said = append(said, "Σ "+number(*indicator.Total))
	}
	return said
}

func number(figure float64) string { return strconv.FormatFloat(figure, 'f', -1, 64) }
