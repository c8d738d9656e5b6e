package review

import (
	"maps"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
)

// Mine is the value as the person wants it, on top of theirs: what the person did not touch is as it stands
// in the file now, so that a figure of one's own never puts back an old note of somebody else.
func Mine(c *model.Conflict) model.Value {
	seen, theirs := c.Change.Seen, c.Theirs
	switch mine := c.Change.New.(type) {
	case model.Entry:
		return on(model.EntryFields, &mine, new(model.As[model.Entry](seen)), new(model.As[model.Entry](theirs)))
	case model.Use:
		return model.Use{Channels: on(model.UseFields, &mine, new(model.As[model.Use](seen)),
			new(model.As[model.Use](theirs))).Channels}
	case model.Report:
		return on(model.ReportFields, &mine, new(model.As[model.Report](seen)), new(model.As[model.Report](theirs)))
	case *model.Person:
		return rosterOn(model.PersonFields, mine, model.As[*model.Person](seen), model.As[*model.Person](theirs))
	case *model.Unit:
		return rosterOn(model.UnitFields, mine, model.As[*model.Unit](seen), model.As[*model.Unit](theirs))
	case *model.Group:
		return rosterOn(model.GroupFields, mine, model.As[*model.Group](seen), model.As[*model.Group](theirs))
	case model.Part:
		return partOn(mine, model.As[model.Part](seen), model.As[model.Part](theirs))
	}
	return c.Change.New
}

// rosterOn is on for what stands on the roster. What comes or goes as a whole is as the person wants it.
func rosterOn[T any, V interface {
	*T
	model.Value
}](fields []field.Field[T], mine, seen, theirs V) model.Value {
	if mine == nil || seen == nil || theirs == nil {
		return mine
	}
	return V(new(on(fields, mine, seen, theirs)))
}

// partOn is a part of the plan with the keys that were not touched since seen as they stand in theirs. What comes or
// goes as a whole, or is moved, is as the person wants it.
func partOn(mine, seen, theirs model.Part) model.Value {
	if _, placed := mine[model.Place]; mine == nil || seen == nil || theirs == nil || placed {
		return mine
	}
	merged := maps.Clone(theirs)
	delete(merged, model.Place)
	for key := range seen {
		if _, stays := mine[key]; !stays {
			delete(merged, key)
		}
	}
	for key, value := range mine {
		if seen[key].TOML == value.TOML {
			continue
		}
		merged[key] = value
		if other := calendar.InPlaceOf(key); other != "" {
			delete(merged, other)
		}
	}
	return merged
}

// on is a record with what was not touched since seen as it stands in theirs. What is decided together is taken
// together.
func on[T any](fields []field.Field[T], mine, seen, theirs *T) T {
	merged := *theirs
	for f := range field.Content(fields) {
		to, m, s := f.At(&merged), f.At(mine), f.At(seen)
		switch t := f.At(theirs).(type) {
		case *[]string:
			field.Set(to, new(joinLists(*field.As[[]string](s), *t, *field.As[[]string](m))))
		case *map[string]float64:
			var j joiner // of two that differ, the later one stands: this one
			field.Set(to, new(j.figures("", *field.As[map[string]float64](s), *t, *field.As[map[string]float64](m))))
		default:
			if !field.Equal(m, s) || f.Part != field.Written && !field.Same(fields, mine, seen, f.Part) {
				field.Set(to, m)
			}
		}
	}
	return merged
}
