// Package fieldtest makes up records for tests of what walks a table of fields.
package fieldtest

import (
	"math/rand/v2"
	"slices"
	"time"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
)

// Record makes up a record. Few values are possible, so that two records often agree in a field.
func Record[T any](r *rand.Rand, fields []field.Field[T]) T {
	var record T
	for _, f := range fields {
		fill(r, f.At(&record), f.Part == field.Signing)
	}
	return record
}

// Near is a record of which some fields have been given another value.
func Near[T any](r *rand.Rand, fields []field.Field[T], record T) T {
	for _, f := range fields {
		if r.IntN(len(fields)) < 2 {
			fill(r, f.At(&record), f.Part == field.Signing)
		}
	}
	return record
}

// fill makes up a fact; who signed is one line, as is an item of a list.
func fill(r *rand.Rand, fact any, signing bool) {
	lines := []string{"a", "b", "c", "câu dài hơn"}
	texts := slices.Concat(lines, []string{"", "", "a\nb", "b\na"})
	if signing {
		texts = texts[:5]
	}
	switch fact := fact.(type) {
	case *string:
		*fact = texts[r.IntN(len(texts))]
	case *bool:
		*fact = r.IntN(2) == 0
	case *calendar.Day:
		*fact = calendar.Day{}
		if n := r.IntN(3); n > 0 {
			*fact = calendar.Date(2019, 12, n)
		}
	case *time.Time:
		*fact = time.Time{}
		if n := r.IntN(3); n > 0 { // one moment has several spellings
			*fact = time.Date(2019, 11, n, 8, 0, 0, 0, time.UTC).In(time.FixedZone("", 3600*r.IntN(3)))
		}
	case *[]string:
		*fact = nil
		for range r.IntN(4) {
			*fact = append(*fact, lines[r.IntN(len(lines))])
		}
	case *map[string]float64:
		*fact = nil
		for range r.IntN(4) {
			if *fact == nil {
				*fact = map[string]float64{}
			}
			(*fact)[lines[r.IntN(2)]] = float64(r.IntN(3))
		}
	}
}
