package review

import (
	"math/rand/v2"
	"slices"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/field/fieldtest"
)

// What is true of joining and holding whatever the fields of a record are.
func TestEveryFieldIsJoined(t *testing.T) {
	joinsEveryField(t, model.EntryFields)
	joinsEveryField(t, model.UseFields)
	joinsEveryField(t, model.ReportFields)
}

func joinsEveryField[T any](t *testing.T, fields []field.Field[T]) {
	t.Helper()
	r := rand.New(rand.NewPCG(3, 4))
	for range 10_000 {
		base := fieldtest.Record(r, fields)
		a, b := fieldtest.Near(r, fields, base), fieldtest.Near(r, fields, base)
		check := func(what string, is bool) {
			t.Helper()
			if !is {
				t.Fatalf("%s\nbase %+v\na    %+v\nb    %+v", what, base, a, b)
			}
		}
		var j joiner
		alone := b
		joinFields(&j, fields, &alone, &base, &a, &base)
		check("what one side alone has changed stands", field.SameContent(fields, &alone, &a) && len(j.joined.Apart) == 0)
		joined := b
		joinFields(&j, fields, &joined, &base, &a, &b)
		for f := range field.Content(fields) {
			_, list := f.At(&a).(*[]string)
			_, figures := f.At(&a).(*map[string]float64)
			if list || figures {
				continue
			}
			unlike := !field.Equal(f.At(&a), f.At(&b)) && !field.Equal(f.At(&a), f.At(&base)) && !field.Equal(f.At(&b), f.At(&base))
			twice := f.Lines && !field.Empty(f.At(&a)) && !field.Empty(f.At(&b))
			check(f.Key+" is named where there can be but one", slices.Contains(j.joined.Apart, f.Key) == (unlike && !twice))
		}
		if len(j.joined.Apart) == 0 {
			check("a joined record holds both sides", held(fields, &joined, &base, &a) && held(fields, &joined, &base, &b))
		}
		check("a record holds itself", held(fields, &a, &base, &a))
		check("nothing of one's own leaves theirs", field.SameContent(fields, new(on(fields, &base, &base, &b)), &b))
		check("one's own on what stands is one's own", field.SameContent(fields, new(on(fields, &a, &base, &base)), &a))
		same := alike(fields, a, a)
		check("a record has all in common with itself", field.SameContent(fields, &same, &a))
	}
}
