package model_test

import (
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/field/fieldtest"
)

// Every field of a record stands in its table once, and where the table says. What is no fact of its own but stands
// beside the others has its own rules.
func TestTablesHoldEveryField(t *testing.T) {
	beside := []string{"Edits", "Others", "Whole"}
	checkTable(t, model.EntryFields, beside...)
	checkTable(t, model.UseFields, beside...)
	checkTable(t, model.ReportFields, beside...)
	checkTable(t, model.UnitFields)
	checkTable(t, model.PersonFields)
}

func checkTable[T any](t *testing.T, fields []field.Field[T], beside ...string) {
	t.Helper()
	var record T
	value := reflect.ValueOf(&record).Elem()
	at := map[uintptr]string{}
	for _, f := range fields {
		place := reflect.ValueOf(f.At(&record)).Pointer()
		if other, twice := at[place]; twice {
			t.Errorf("%T: %s and %s are the same field", record, other, f.Key)
		}
		at[place] = f.Key
	}
	for i := range value.NumField() {
		name := value.Type().Field(i).Name
		if _, known := at[value.Field(i).Addr().Pointer()]; known == slices.Contains(beside, name) {
			t.Errorf("%T.%s: it stands in the table: %v", record, name, known)
		}
	}
}

func TestComparingAsBefore(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		e := fieldtest.Record(r, model.EntryFields)
		f := fieldtest.Near(r, model.EntryFields, e)
		if e.SameContent(f) != oldSameEntry(e, f) || e.Equal(f) != oldEqualEntry(e, f) {
			t.Fatalf("%+v\n%+v", e, f)
		}
		u := fieldtest.Record(r, model.UseFields)
		v := fieldtest.Near(r, model.UseFields, u)
		if u.SameContent(v) != slices.Equal(u.Channels, v.Channels) ||
			u.Equal(v) != (slices.Equal(u.Channels, v.Channels) && u.By == v.By && u.At.Equal(v.At)) {
			t.Fatalf("%+v\n%+v", u, v)
		}
		a := fieldtest.Record(r, model.ReportFields)
		b := fieldtest.Near(r, model.ReportFields, a)
		if a.SameContent(b) != oldSameReport(a, b) || a.SameText(b) != oldSameText(a, b) || a.Equal(b) != oldEqualReport(a, b) ||
			model.SameExtension(a, b) != (a.ExtendedUntil == b.ExtendedUntil && a.ExtensionReason == b.ExtensionReason) ||
			!reflect.DeepEqual(a.Write(b), oldWrite(a, b)) {
			t.Fatalf("%+v\n%+v", a, b)
		}
		p := fieldtest.Record(r, model.PersonFields)
		q := fieldtest.Near(r, model.PersonFields, p)
		same := p.ID == q.ID && p.Name == q.Name && p.Unit == q.Unit && p.Role == q.Role && p.Email == q.Email && slices.Equal(p.Keys, q.Keys)
		if (model.Value{Person: &p}).Equal(model.SubjectPerson, model.Value{Person: &q}) != same {
			t.Fatalf("%+v\n%+v", p, q)
		}
		m := fieldtest.Record(r, model.UnitFields)
		n := fieldtest.Near(r, model.UnitFields, m)
		if (model.Value{Unit: &m}).Equal(model.SubjectUnit, model.Value{Unit: &n}) != (m == n) {
			t.Fatalf("%+v\n%+v", m, n)
		}
	}
}

func oldSameEntry(e, f model.Entry) bool {
	return e.Status == f.Status && e.Note == f.Note && slices.Equal(e.Evidence, f.Evidence) && maps.Equal(e.Figures, f.Figures)
}

func oldEqualEntry(e, f model.Entry) bool {
	return oldSameEntry(e, f) && e.By == f.By && e.At.Equal(f.At) && e.EditedBy == f.EditedBy && e.EditedAt.Equal(f.EditedAt)
}

func oldSameReport(a, b model.Report) bool {
	return a.Status == b.Status && a.Reason == b.Reason && a.Nil == b.Nil && a.NilReason == b.NilReason &&
		a.ExtendedUntil == b.ExtendedUntil && a.ExtensionReason == b.ExtensionReason && oldSameText(a, b)
}

func oldSameText(a, b model.Report) bool {
	return a.Results == b.Results && a.Difficulties == b.Difficulties && a.Recommendations == b.Recommendations &&
		slices.Equal(a.Documents, b.Documents) && a.Funding == b.Funding
}

func oldEqualReport(a, b model.Report) bool {
	return oldSameReport(a, b) && a.By == b.By && a.At.Equal(b.At) && a.SubmittedAt.Equal(b.SubmittedAt)
}

func oldWrite(r, written model.Report) model.Report {
	r.Results, r.Difficulties, r.Recommendations = written.Results, written.Difficulties, written.Recommendations
	r.Documents, r.Funding = written.Documents, written.Funding
	r.Nil, r.NilReason = written.Nil, written.NilReason
	if r.Status == model.NotSent {
		r.Status = model.Draft
	}
	return r
}
