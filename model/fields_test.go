package model_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

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

// Two records that differ in one field are not equal, and they say the same unless it is a signature.
func TestEveryFieldIsCompared(t *testing.T) {
	comparesEveryField(t, model.EntryFields, func(e *model.Entry) model.Value { return *e })
	comparesEveryField(t, model.UseFields, func(u *model.Use) model.Value { return *u })
	comparesEveryField(t, model.ReportFields, func(r *model.Report) model.Value { return *r })
	comparesEveryField(t, model.PersonFields, func(p *model.Person) model.Value { return p })
	comparesEveryField(t, model.UnitFields, func(u *model.Unit) model.Value { return u })
}

func comparesEveryField[T any](t *testing.T, fields []field.Field[T], value func(*T) model.Value) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		a, other := fieldtest.Record(r, fields), fieldtest.Record(r, fields)
		for _, f := range fields {
			b := a
			field.Set(f.At(&b), f.At(&other))
			unlike := !reflect.DeepEqual(fmt.Sprint(reflect.ValueOf(f.At(&a)).Elem()), fmt.Sprint(reflect.ValueOf(f.At(&b)).Elem()))
			if at, is := f.At(&a).(*time.Time); is { // one moment has several spellings
				unlike = !at.Equal(*f.At(&b).(*time.Time))
			}
			x, y := value(&a), value(&b)
			if x.Equal(y) == unlike || x.SameContent(y) == (unlike && f.Part != field.Signing) {
				t.Fatalf("%s\n%+v\n%+v", f.Key, a, b)
			}
		}
	}
}

// What a unit writes over its report are its words and whether there is anything to report, and nothing else.
func TestWrittenFields(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		a, b := fieldtest.Record(r, model.ReportFields), fieldtest.Record(r, model.ReportFields)
		written := a.Write(b)
		if !field.Same(model.ReportFields, &written, &b, field.Written, model.PartNil) ||
			!field.Same(model.ReportFields, &written, &a, model.PartExtension, field.Signing) || written.Reason != a.Reason {
			t.Fatalf("%+v\n%+v\n%+v", a, b, written)
		}
	}
}
