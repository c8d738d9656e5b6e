package decode

import (
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
)

// The keys of the plan whose values are no texts. In [reporting] a day may be that of each month, and from is a list.
var (
	dayKeys    = []string{"starts", "ends", "date", "from", "until", "before", "closes"}
	listKeys   = []string{"goals", "assigned", "support", "holidays"}
	numberKeys = []string{"target", "total", "day"}
)

// PlanValue is what a person typed for a key of a part of the plan, as TOML: a day as people write it, a list with
// commas, targets as UNIT=NUMBER with commas, a number, else a text. The error is a *phrase.Refusal.
func PlanValue(kind, key, typed string) (model.PartValue, error) {
	toml, err := planTOML(kind, key, typed)
	if err != nil {
		return model.PartValue{}, err
	}
	document, _ := edit.Parse([]byte("value = " + toml))
	return model.PartValue{TOML: toml, Value: document.Find("value").Value()}, nil
}

func planTOML(kind, key, typed string) (string, error) {
	items := slices.DeleteFunc(strings.Split(typed, ","), func(item string) bool { return strings.TrimSpace(item) == "" })
	for i := range items {
		items[i] = strings.TrimSpace(items[i])
	}
	switch {
	case key == "lead" && len(items) == 1:
		return edit.Literal(items[0])
	case key == "holidays":
		days := make([]any, len(items))
		for i, item := range items {
			day, err := calendar.ParseDay(item)
			if err != nil {
				return "", err
			}
			days[i] = edit.Raw(day.String())
		}
		return edit.Literal(days)
	case slices.Contains(listKeys, key), key == "lead", kind == "reporting" && key == "from":
		return edit.Literal(items)
	case key == "targets":
		return targetsOf(items)
	case slices.Contains(numberKeys, key), isOfMonth(kind, key, typed):
		number := strings.ReplaceAll(typed, ",", ".")
		if _, err := strconv.ParseFloat(number, 64); err != nil {
			return "", phrase.Refuse(phrase.Say("%s: %q is no number", key, typed),
				phrase.Say("want a number, such as %s", "20"))
		}
		return number, nil
	case slices.Contains(dayKeys, key):
		day, err := calendar.ParseDay(typed)
		if err != nil {
			return "", err
		}
		return day.String(), nil
	}
	return edit.Literal(typed)
}

// isOfMonth reports whether a deadline of the reports is typed as a day that every month has.
func isOfMonth(kind, key, typed string) bool {
	_, err := strconv.Atoi(typed)
	return kind == "reporting" && slices.Contains([]string{"until", "before", "closes"}, key) && err == nil
}

func targetsOf(items []string) (string, error) {
	targets := make([]edit.KeyValue, len(items))
	for i, item := range items {
		unit, number, _ := strings.Cut(item, "=")
		if _, err := strconv.ParseFloat(number, 64); err != nil {
			return "", phrase.Refuse(phrase.Say("targets: %q is no unit with a number", item),
				phrase.Say("want such as %s", "van-phong=20"))
		}
		targets[i] = edit.KeyValue{Key: unit, Value: edit.Raw(number)}
	}
	return edit.Literal(targets)
}
