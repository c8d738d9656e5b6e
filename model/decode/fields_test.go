package decode

import (
	"fmt"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
)

// Every field of a record is read, above and in a version beside it, and no key is unknown.
func TestEveryFieldIsRead(t *testing.T) {
	plan := &model.Plan{Activities: []model.Activity{{ID: "x", Indicators: []model.Indicator{{ID: "a"}}}}, Messages: []model.Message{{ID: "x"}}}
	var b strings.Builder
	all(&b, "activity.x", model.EntryFields)
	all(&b, "message.x", model.UseFields)
	all(&b, "report", model.ReportFields)
	fmt.Fprint(&b, "[[report.other]]\nby = 'b'\nwithout = [")
	for f := range field.Content(model.ReportFields) {
		fmt.Fprintf(&b, "'%s', ", f.Key)
	}
	fmt.Fprint(&b, "]\n[[activity.x.other]]\nby = 'b'\nwithout = ['status', 'note', 'evidence', 'figures.a']\n")
	file := Parse("a.toml", []byte(b.String()))
	progress := Progress(file, plan, nil)
	for _, problem := range file.Problems {
		if problem.What.String() != model.WrittenTwice().String() {
			t.Errorf("%v\n%s", problem, b.String())
		}
	}
	entry, use := progress.Activities["x"], progress.Messages["x"]
	says(t, model.EntryFields, &entry, true)
	says(t, model.UseFields, &use, true)
	says(t, model.ReportFields, &progress.Report, true)
	if len(progress.Report.Others) != 1 || len(entry.Others) != 1 {
		t.Fatalf("%+v", progress)
	}
	says(t, model.ReportFields, &progress.Report.Others[0], false)
	says(t, model.EntryFields, &entry.Others[0], false)
}

// all writes a table in which every field says something.
func all[T any](b *strings.Builder, header string, fields []field.Field[T]) {
	fmt.Fprintf(b, "[%s]\n", header)
	var record T
	for _, f := range fields {
		switch f.At(&record).(type) {
		case *map[string]float64:
			fmt.Fprintf(b, "%s = { a = 1 }\n", f.Key)
		case *[]string:
			fmt.Fprintf(b, "%s = ['a']\n", f.Key)
		case *bool:
			fmt.Fprintf(b, "%s = true\n", f.Key)
		case *calendar.Day:
			fmt.Fprintf(b, "%s = 2019-12-20\n", f.Key)
		case *string:
			value := "a"
			if f.Key == "status" {
				value = map[string]string{"report": "submitted"}[header] + map[bool]string{true: "done"}[header != "report"]
			}
			fmt.Fprintf(b, "%s = '%s'\n", f.Key, value)
		default:
			fmt.Fprintf(b, "%s = 2019-12-03T08:00:00+07:00\n", f.Key)
		}
	}
}

func says[T any](t *testing.T, fields []field.Field[T], record *T, want bool) {
	t.Helper()
	for f := range field.Content(fields) {
		if said := !field.Empty(f.At(record)); said != want {
			t.Errorf("%T says %s: %v", *record, f.Key, said)
		}
	}
}
