// Package fieldtest makes up records for tests of what walks a table of fields.
package fieldtest

import (
	"math/rand/v2"
	"time"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
)

// Record makes up a record. Few values are possible, so that two records often agree in a field.
func Record[T any](r *rand.Rand, fields []field.Field[T]) T {
	var record T
	for _, f := range fields {
		Fill(r, f.At(&record))
	}
	return record
}

// Near is a record of which some fields have been given another value.
func Near[T any](r *rand.Rand, fields []field.Field[T], record T) T {
	for _, f := range fields {
		if r.IntN(len(fields)) < 2 {
			Fill(r, f.At(&record))
		}
	}
	return record
}

// Fill makes up a fact.
func Fill(r *rand.Rand, fact any) {
	texts := []string{"", "", "a", "b", "a\nb", "b\na", "câu dài hơn"}
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
			*fact = append(*fact, texts[2+r.IntN(len(texts)-2)])
		}
	case *map[string]float64:
		*fact = nil
		for range r.IntN(4) {
			if *fact == nil {
				*fact = map[string]float64{}
			}
			(*fact)[texts[2+r.IntN(2)]] = float64(r.IntN(3))
		}
	}
}
