package lang

import (
	"cmp"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/review"
)

// rosterChanged says what differs between two values on the roster, field by field.
func rosterChanged(w Words, campaign *model.Campaign, subject model.Subject, before, after model.Value) string {
	none := func(value model.Value) bool { return value == nil || value.Equal(new(model.Roster).Of(subject)) }
	switch {
	case none(after):
		return w.T("taken off the roster")
	case none(before):
		return w.T("put on the roster: %s", w.Value(campaign, subject, after))
	}
	var said []string
	switch now := after.(type) {
	case *model.Person:
		said = fieldsChanged(w, &campaign.Roster, model.PersonFields, model.As[*model.Person](before), now)
	case *model.Unit:
		said = fieldsChanged(w, &campaign.Roster, model.UnitFields, model.As[*model.Unit](before), now)
	case *model.Group:
		said = fieldsChanged(w, &campaign.Roster, model.GroupFields, model.As[*model.Group](before), now)
	}
	return strings.Join(said, " · ")
}

// fieldsChanged says of each field that differs what it was and what it is, as “role: staff → coordinator”.
func fieldsChanged[T any](w Words, roster *model.Roster, fields []field.Field[T], before, after *T) []string {
	var said []string
	for f := range field.Differing(field.Content(fields), before, after) {
		name, was, is := w.Say(f.Label), f.At(before), f.At(after)
		if keys, are := is.(*[]string); are {
			said = append(said, keysChanged(w, *field.As[[]string](was), *keys)...)
			continue
		}
		if now := onRoster(w, roster, f.Key, is); field.Empty(was) {
			said = append(said, name+": "+now)
		} else {
			said = append(said, name+": "+onRoster(w, roster, f.Key, was)+" → "+now)
		}
	}
	return said
}

// onRoster is a fact of the roster in words.
func onRoster(w Words, roster *model.Roster, key string, fact any) string {
	said := factOf(w, fact)
	switch key {
	case "role":
		said = model.Role(said).Label(w.Language)
	case "unit":
		said = roster.UnitName(said)
	case "group":
		said = groupName(roster, said)
	}
	return cmp.Or(said, w.T("empty"))
}

// keysChanged names the SSH keys that came and went.
func keysChanged(w Words, before, after []string) []string {
	var said []string
	for _, key := range after {
		if !slices.Contains(before, key) {
			said = append(said, w.T("SSH key added: %s", review.KeyName(key)))
		}
	}
	for _, key := range before {
		if !slices.Contains(after, key) {
			said = append(said, w.T("SSH key removed: %s", review.KeyName(key)))
		}
	}
	if len(said) == 0 {
		return []string{w.T("SSH keys changed")}
	}
	return said
}
