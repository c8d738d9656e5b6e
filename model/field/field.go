// Package field holds what can be done with every fact of a record in the same way: comparing it, limiting it, setting
// it. A record is an entry, a use, a report, a unit or a person; package model has a table of fields for each of them.
// It knows no plan.
package field

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// Field is one fact of a record.
type Field[T any] struct {
	Key   string          // in the file, in JSON, and where a merge names it
	Label phrase.Sentence // as people call it within a sentence; empty: it is told by a rule of its own
	Title phrase.Sentence // as a heading, where it has one
	Part  Part
	Lines bool // a text of which two versions can stand one below the other
	Max   int  // characters of a text, items of a list; 0 is no limit
	// At is where the record holds it: a *string, *bool, *calendar.Day, *time.Time, *[]string or *map[string]float64.
	At func(*T) any
}

// Wrong is an error about one field of a record.
type Wrong struct {
	Key string
	Err error // a *phrase.Refusal
}

// Error says what is wrong.
func (w *Wrong) Error() string { return w.Err.Error() }

// Unwrap is what is wrong.
func (w *Wrong) Unwrap() error { return w.Err }

// About says that an error is about a field, by its key; nil stays nil.
func About(key string, err error) error {
	if err == nil {
		return nil
	}
	return &Wrong{key, err}
}

// Part is what a field belongs to. The fields of a part that has a name are decided together, as a status with its
// reason.
type Part string

// The parts that every record may have.
const (
	Written Part = "" // what people write, each field by itself
	Signing Part = "signing"
)

// MaxReference is how many characters one item of a list may have.
const MaxReference = 500

// Content are the fields that people fill in: all but the signatures.
func Content[T any](fields []Field[T]) iter.Seq[Field[T]] {
	return func(yield func(Field[T]) bool) {
		for _, f := range fields {
			if f.Part != Signing && !yield(f) {
				return
			}
		}
	}
}

// In are the fields of some parts.
func In[T any](fields []Field[T], parts ...Part) iter.Seq[Field[T]] {
	return func(yield func(Field[T]) bool) {
		for _, f := range fields {
			if slices.Contains(parts, f.Part) && !yield(f) {
				return
			}
		}
	}
}

// Find is the field with a key, which must be in the table.
func Find[T any](fields []Field[T], key string) Field[T] {
	return fields[slices.IndexFunc(fields, func(f Field[T]) bool { return f.Key == key })]
}

// Differing are those of some fields in which two records differ.
func Differing[T any](fields iter.Seq[Field[T]], a, b *T) iter.Seq[Field[T]] {
	return func(yield func(Field[T]) bool) {
		for f := range fields {
			if !Equal(f.At(a), f.At(b)) && !yield(f) {
				return
			}
		}
	}
}

// SameContent reports whether two records say the same in every field but the signatures.
func SameContent[T any](fields []Field[T], a, b *T) bool { return alike(Content(fields), a, b) }

// Same reports whether two records say the same in some parts.
func Same[T any](fields []Field[T], a, b *T, parts ...Part) bool {
	return alike(In(fields, parts...), a, b)
}

func alike[T any](fields iter.Seq[Field[T]], a, b *T) bool {
	for range Differing(fields, a, b) {
		return false
	}
	return true
}

// As is a fact as one kind; it must be of that kind.
func As[F any](fact any) *F {
	is, _ := fact.(*F)
	return is
}

// Equal compares two facts of the same kind, as At gives them.
func Equal(a, b any) bool {
	switch a := a.(type) {
	case *[]string:
		return slices.Equal(*a, *As[[]string](b))
	case *map[string]float64:
		return maps.Equal(*a, *As[map[string]float64](b))
	case *time.Time:
		return a.Equal(*As[time.Time](b))
	case *string:
		return *a == *As[string](b)
	case *bool:
		return *a == *As[bool](b)
	default:
		return *As[calendar.Day](a) == *As[calendar.Day](b)
	}
}

// DifferingKeys are the keys of which two maps do not say the same.
func DifferingKeys[K cmp.Ordered, V comparable](a, b map[K]V) iter.Seq[K] {
	return func(yield func(K) bool) {
		all := maps.Clone(a)
		if all == nil {
			all = map[K]V{}
		}
		maps.Copy(all, b)
		for _, key := range slices.Sorted(maps.Keys(all)) {
			was, had := a[key]
			is, has := b[key]
			if (had != has || was != is) && !yield(key) {
				return
			}
		}
	}
}

// Empty reports whether a fact says nothing.
func Empty(fact any) bool {
	switch fact := fact.(type) {
	case *[]string:
		return len(*fact) == 0
	case *map[string]float64:
		return len(*fact) == 0
	case *time.Time:
		return fact.IsZero()
	case *string:
		return *fact == ""
	case *bool:
		return !*fact
	default:
		return As[calendar.Day](fact).IsZero()
	}
}

// Text is a text, or the items of a list, one a line; "" is of another fact.
func Text(fact any) string {
	switch fact := fact.(type) {
	case *string:
		return *fact
	case *[]string:
		return strings.Join(*fact, "\n")
	}
	return ""
}

// Set makes a fact say what another one of the same kind says.
func Set(to, from any) {
	switch to := to.(type) {
	case *[]string:
		*to = *As[[]string](from)
	case *map[string]float64:
		*to = *As[map[string]float64](from)
	case *time.Time:
		*to = *As[time.Time](from)
	case *string:
		*to = *As[string](from)
	case *bool:
		*to = *As[bool](from)
	default:
		*As[calendar.Day](to) = *As[calendar.Day](from)
	}
}

// Take sets the fields of some parts to what another record says.
func Take[T any](fields []Field[T], to, from *T, parts ...Part) {
	for f := range In(fields, parts...) {
		Set(f.At(to), f.At(from))
	}
}

// Check refuses a record with a text or a list that is too long.
func Check[T any](fields []Field[T], record *T) error {
	for _, f := range fields {
		if err := f.Check(record); err != nil {
			return err
		}
	}
	return nil
}

// Check refuses a text or a list that is too long.
func (f Field[T]) Check(record *T) error {
	if f.Max == 0 {
		return nil
	}
	switch fact := f.At(record).(type) {
	case *string:
		return About(f.Key, CheckText(*fact, f.Max))
	case *[]string:
		return About(f.Key, checkList(*fact, f.Max))
	}
	return nil
}

// CheckText refuses a text that is too long.
func CheckText(text string, most int) error {
	if utf8.RuneCountInString(text) <= most {
		return nil
	}
	return phrase.Refuse(phrase.Say("a text is longer than %d characters", most),
		phrase.Say("put the long text into a document and name the document"))
}

func checkList(list []string, most int) error {
	if len(list) > most {
		return phrase.Refuse(phrase.Say("%d references; at most %d are kept", len(list), most),
			phrase.Say("name one folder, or one document that lists them"))
	}
	for _, item := range list {
		if item == "" || utf8.RuneCountInString(item) > MaxReference {
			return phrase.Refuse(phrase.Say("a reference must have 1 to %d characters", MaxReference),
				phrase.Say("leave none empty; what is longer belongs into the note"))
		}
	}
	return nil
}
