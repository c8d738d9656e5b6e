package lang

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
)

// partChanged says which keys of a part of the plan differ, and what they say.
func partChanged(w Words, before, after model.Part) string {
	switch {
	case before == nil:
		return w.T("added")
	case after == nil:
		return w.T("removed")
	}
	var said []string
	keys := slices.Sorted(maps.Keys(before))
	for _, key := range slices.Sorted(maps.Keys(after)) {
		if _, stood := before[key]; !stood {
			keys = append(keys, key)
		}
	}
	for _, key := range keys {
		switch was, is := written(before[key].Value), written(after[key].Value); {
		case before[key].TOML == after[key].TOML:
		case was == "":
			said = append(said, planKey(w, key)+": "+is)
		default:
			said = append(said, planKey(w, key)+": "+was+" → "+cmp.Or(is, w.T("empty")))
		}
	}
	return strings.Join(said, " · ")
}

// planKey is a key of the plan in words; one without words stays as it is in the file.
func planKey(w Words, key string) string {
	switch key {
	case "title":
		return w.T("title")
	case "text":
		return w.T("text")
	case "section":
		return w.T("section")
	case "goals":
		return w.T("goals")
	case "lead":
		return w.T("lead")
	case "assigned":
		return w.T("assigned to")
	case "support":
		return w.T("support")
	case "when":
		return w.T("time in words")
	case "until":
		return w.T("deadline")
	case "before":
		return w.T("deadline, that day not included")
	case "product":
		return w.T("product")
	case "theme":
		return w.T("theme")
	case "starts":
		return w.T("first day")
	case "ends":
		return w.T("last day")
	case "name":
		return w.T("name")
	case "holidays":
		return w.T("public holidays")
	}
	return key
}

// written is a value of plan.toml as people write it; "" for none.
func written(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		return "“" + strings.Join(strings.Fields(value), " ") + "”"
	case time.Time:
		return calendar.Date(value.Year(), value.Month(), value.Day()).Printed()
	case []any:
		items := make([]string, len(value))
		for i := range value {
			items[i] = strings.Trim(written(value[i]), "“”")
		}
		return strings.Join(items, ", ")
	}
	return fmt.Sprint(value)
}
