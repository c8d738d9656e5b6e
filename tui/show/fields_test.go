package show

import (
	"encoding/json"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
)

// JSON has a key for every field of a record, above and in each version beside it; what says nothing is never null.
func TestEveryFieldIsInJSON(t *testing.T) {
	board := &model.Board{Campaign: &model.Campaign{Plan: model.Plan{TimeZone: time.UTC}}}
	row := model.UnitRow{Report: model.Report{Others: []model.Report{{Results: "<b>"}}}, Deadline: calendar.Deadline{Day: calendar.Date(2019, 12, 15)}}
	cell := model.Cell{Entry: model.Entry{Others: []model.Entry{{Note: "x"}}}, Timeliness: calendar.Disputed}
	hasKeys(t, model.ReportFields, (&Printer{}).reportJSON(board, &row))
	hasKeys(t, model.EntryFields, entryJSON(cell))
}

func hasKeys[T any](t *testing.T, fields []field.Field[T], o object) {
	t.Helper()
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	var above map[string]any
	if err := json.Unmarshal(text, &above); err != nil {
		t.Fatal(err)
	}
	others, _ := above["others"].([]any)
	if len(others) != 1 {
		t.Fatalf("%s", text)
	}
	beside, _ := others[0].(map[string]any)
	for f := range field.Content(fields) {
		if above[f.Key] == nil || beside[f.Key] == nil {
			t.Errorf("%s is missing or null: %s", f.Key, text)
		}
	}
}
