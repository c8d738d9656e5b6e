package store

import (
	"math/rand/v2"
	"slices"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/field/fieldtest"
	"example.org/tiendo/model/text"
)

// Whatever the fields of a record say, the edits that write it make a file that reads back as the same, and those that
// change it into another one likewise.
func TestEveryFieldIsWrittenAndReadBack(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	plan := &model.Plan{
		Activities: []model.Activity{{ID: "x", Indicators: []model.Indicator{{ID: "a"}, {ID: "b"}}}},
		Messages:   []model.Message{{ID: "x"}},
	}
	subjects := []model.Subject{{Kind: model.SubjectActivity, ID: "x"}, {Kind: model.SubjectMessage, ID: "x"}, {Kind: model.SubjectReport}}
	for range 200 {
		src, progress := []byte("[report]\n"), model.Progress{}
		for range 3 {
			entry, report := fieldtest.Record(r, model.EntryFields), fieldtest.Record(r, model.ReportFields)
			entry.Status, report.Status = duty.Statuses()[r.IntN(3)], duty.ReportStatuses()[r.IntN(4)]
			for i, value := range []model.Value{entry, fieldtest.Record(r, model.UseFields), report} {
				subject := subjects[i]
				out, err := edit.Apply(src, operations(src, subject, subject.Of(&progress), value)...)
				if err != nil {
					t.Fatal(err)
				}
				file := decode.Parse("a.toml", out)
				src, progress = out, decode.Progress(file, plan, nil)
				if problem := file.FirstError(); problem != nil {
					t.Fatalf("%v\n%s", problem, out)
				}
				if !subject.Of(&progress).Equal(value) {
					t.Fatalf("%s\nwant %+v\ngot  %+v", out, value, subject.Of(&progress))
				}
			}
		}
	}
}

// Every field that says something is a key of the new table.
func TestEveryFieldOfTheRosterIsWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 500 {
		person, unit := fieldtest.Record(r, model.PersonFields), fieldtest.Record(r, model.UnitFields)
		writtenKeys(t, model.PersonFields, &person)
		writtenKeys(t, model.UnitFields, &unit)
	}
}

func writtenKeys[T any](t *testing.T, fields []field.Field[T], record *T) {
	t.Helper()
	keys := keysOf(fields, record)
	for _, f := range fields {
		has := slices.ContainsFunc(keys, func(key edit.KeyValue) bool { return key.Key == f.Key })
		if has == field.Empty(f.At(record)) {
			t.Fatalf("%s of %+v: %v", f.Key, record, keys)
		}
	}
}

// Every text that people type is made safe, and what they hold in their hands stays as it is.
func TestEveryFieldIsCleaned(t *testing.T) {
	cleanedFields(t, model.EntryFields)
	cleanedFields(t, model.UseFields)
	cleanedFields(t, model.ReportFields)
	cleanedFields(t, model.PersonFields)
	cleanedFields(t, model.UnitFields)
}

func cleanedFields[T any](t *testing.T, fields []field.Field[T]) {
	t.Helper()
	const dirty, safe = "e\u0301\x1b[31mx", "é�[31mx"
	if text.Text(dirty) != safe {
		t.Fatalf("%q", text.Text(dirty))
	}
	var record T
	for f := range field.Content(fields) {
		switch fact := f.At(&record).(type) {
		case *string:
			*fact = dirty
		case *[]string:
			*fact = []string{dirty}
		}
	}
	cleanRecord := record
	clean(fields, &cleanRecord, text.Text)
	for f := range field.Content(fields) {
		fact := f.At(&record)
		if said := field.Text(f.At(&cleanRecord)); field.Text(fact) != "" && (said != safe || field.Text(fact) != dirty) {
			t.Errorf("%s: %q of %q", f.Key, said, field.Text(fact))
		}
	}
}
