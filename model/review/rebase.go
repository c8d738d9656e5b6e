package review

import (
	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
)

// Mine is the value as the person wants it, on top of theirs: what the person did not touch is as it stands
// in the file now, so that a figure of one's own never puts back an old note of somebody else.
func Mine(c *model.Conflict) model.Value {
	seen, mine, theirs := c.Change.Seen, c.Change.New, c.Theirs
	if !c.Change.Subject.Kind.InRecord() {
		return mine
	}
	return model.Value{
		Entry:  on(model.EntryFields, &mine.Entry, &seen.Entry, &theirs.Entry),
		Use:    model.Use{Channels: on(model.UseFields, &mine.Use, &seen.Use, &theirs.Use).Channels},
		Report: on(model.ReportFields, &mine.Report, &seen.Report, &theirs.Report),
	}
}

// on is a record with what was not touched since seen as it stands in theirs. What is decided together is taken together.
func on[T any](fields []field.Field[T], mine, seen, theirs *T) T {
	merged := *theirs
	for f := range field.Content(fields) {
		to, m, s := f.At(&merged), f.At(mine), f.At(seen)
		switch t := f.At(theirs).(type) {
		case *[]string:
			field.Set(to, new(joinLists(*s.(*[]string), *t, *m.(*[]string))))
		case *map[string]float64:
			var j joiner // of two that differ, the later one stands: this one
			field.Set(to, new(j.figures("", *s.(*map[string]float64), *t, *m.(*map[string]float64))))
		default:
			if !field.Equal(m, s) || f.Part != field.Written && !field.Same(fields, mine, seen, f.Part) {
				field.Set(to, m)
			}
		}
	}
	return merged
}
