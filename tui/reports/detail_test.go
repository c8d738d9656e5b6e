package reports

import (
	"testing"
	"time"

	"example.org/tiendo/model"
)

// What was changed while the report waits is counted: the note too, and only what came later.
func TestChangedSince(t *testing.T) {
	sent := time.Date(2019, 12, 10, 10, 28, 0, 0, time.UTC)
	unit := model.UnitRow{Report: model.Report{Status: model.Submitted, At: sent}, Cells: []model.Cell{
		{Entry: model.Entry{At: sent.Add(-time.Hour)}},
		{Entry: model.Entry{At: sent}},
		{Entry: model.Entry{At: sent.Add(time.Second)}},
		{Entry: model.Entry{At: sent.Add(-time.Hour), EditedAt: sent.Add(time.Hour)}},
	}}
	if got := changedSince(unit); got != 2 {
		t.Errorf("%d were changed since, want 2", got)
	}
	unit.Report.Status = model.Returned
	if got := changedSince(unit); got != 0 {
		t.Errorf("%d of a report that was returned: there changing is what is wanted", got)
	}
}
