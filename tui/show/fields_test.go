package show

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field/fieldtest"
	"example.org/tiendo/model/review"
)

// Scripts get the same keys with the same values as before.
func TestJSONAsBefore(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	board := &model.Board{Campaign: &model.Campaign{Plan: model.Plan{TimeZone: time.UTC}}}
	same := func(is, was any) {
		t.Helper()
		var now, before any
		for value, into := range map[any]*any{&is: &now, &was: &before} {
			text, err := json.Marshal(value)
			if err == nil {
				err = json.Unmarshal(text, into)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if !reflect.DeepEqual(now, before) {
			t.Fatalf("now %v\nold %v", now, before)
		}
	}
	for range 2_000 {
		cell := model.Cell{Entry: fieldtest.Record(r, model.EntryFields), Timeliness: []model.Timeliness{model.Unknown, model.OnTrack, model.Disputed}[r.IntN(3)]}
		row := model.UnitRow{Report: fieldtest.Record(r, model.ReportFields), Deadline: calendar.Deadline{Day: calendar.Date(2019, 12, 15)}, Expected: r.IntN(2) == 0}
		if cell.Timeliness == model.Disputed {
			cell.Entry.Others = []model.Entry{fieldtest.Near(r, model.EntryFields, cell.Entry)}
			row.Report.Others = []model.Report{fieldtest.Near(r, model.ReportFields, row.Report)}
		}
		same(entryJSON(cell), oldNewEntryJSON(cell))
		now := (&Printer{}).reportJSON(board, &row)
		for i := range now {
			if now[i].key == "checklist" { // the same function makes it
				now[i].value = []string{}
			}
		}
		same(now, oldNewReportJSON(&row))
	}
}

type oldEntryJSON struct {
	Status     string             `json:"status"`
	Timeliness string             `json:"timeliness"`
	By         string             `json:"by"`
	At         string             `json:"at"`
	Note       string             `json:"note"`
	Evidence   []string           `json:"evidence"`
	Figures    map[string]float64 `json:"figures"`
	Arrived    string             `json:"arrived,omitempty"` // when the server got it, where "at" is more than a day earlier
	Others     []oldOtherJSON     `json:"others,omitempty"`  // what others have written at the same time, where nobody has decided
}

// oldOtherJSON is another version of an entry, as a whole.
type oldOtherJSON struct {
	Status   string             `json:"status"`
	By       string             `json:"by"` // who wrote what differs, and when
	At       string             `json:"at"`
	Note     string             `json:"note"`
	Evidence []string           `json:"evidence"`
	Figures  map[string]float64 `json:"figures"`
}

// oldOtherReportJSON is another version of a report, as a whole.
type oldOtherReportJSON struct {
	Status          string   `json:"status"`
	By              string   `json:"by"`
	At              string   `json:"at"`
	Nil             bool     `json:"nil"`
	Reason          string   `json:"reason"`
	NilReason       string   `json:"nil_reason"`
	ExtendedUntil   string   `json:"extended_until"`
	ExtensionReason string   `json:"extension_reason"`
	Results         string   `json:"results"`
	Difficulties    string   `json:"difficulties"`
	Recommendations string   `json:"recommendations"`
	Funding         string   `json:"funding"`
	Documents       []string `json:"documents"`
}

type oldReportJSON struct {
	Status      string `json:"status"`
	SubmittedAt string `json:"submitted_at"`
	Timeliness  string `json:"timeliness"`
	Nil         bool   `json:"nil"`
	Reason      string `json:"reason"` // of a return

	NilReason       string         `json:"nil_reason"`
	ExtendedUntil   string         `json:"extended_until"`
	ExtensionReason string         `json:"extension_reason"`
	LastDay         string         `json:"last_day"` // an extension moves it
	Expected        bool           `json:"expected"` // the unit was on the roster on the deadline day
	Results         string         `json:"results"`
	Difficulties    string         `json:"difficulties"`
	Recommendations string         `json:"recommendations"`
	Funding         string         `json:"funding"`
	Documents       []string       `json:"documents"`
	Checklist       []findingJSON  `json:"checklist"`
	Reminders       []reminderJSON `json:"reminders"`
	Arrived         string         `json:"arrived,omitempty"` // as of an entry, for "submitted_at"

	Others []oldOtherReportJSON `json:"others,omitempty"` // as of an entry
}

func oldNewEntryJSON(cell model.Cell) oldEntryJSON {
	entry := oldEntryJSON{
		Status: string(cell.Entry.Status), Timeliness: string(cell.Timeliness),
		By: cell.Entry.By, At: timeJSON(cell.Entry.At), Note: cell.Entry.Note,
		Evidence: cell.Entry.Evidence, Figures: cell.Entry.Figures,
	}
	if cell.Timeliness == model.Unknown {
		entry.Status = notKnown
	}
	entry.Evidence, entry.Figures = oldListed(entry.Evidence), oldCounted(entry.Figures)
	if cell.Timeliness != model.Disputed {
		return entry
	}
	for _, version := range review.Versions(model.SubjectActivity, model.Value{Entry: cell.Entry})[1:] {
		other := version.Value.Entry
		entry.Others = append(entry.Others, oldOtherJSON{
			string(other.Status), version.By, timeJSON(version.At), other.Note, oldListed(other.Evidence), oldCounted(other.Figures),
		})
	}
	return entry
}

func oldListed(list []string) []string { return append([]string{}, list...) }

func oldCounted(figures map[string]float64) map[string]float64 {
	if figures == nil {
		return map[string]float64{}
	}
	return figures
}

func oldNewReportJSON(row *model.UnitRow) oldReportJSON {
	report := oldReportJSON{
		Status: string(row.Report.Status), SubmittedAt: timeJSON(row.Report.SubmittedAt),
		Timeliness: string(row.ReportTimeliness), Nil: row.Report.Nil, Reason: row.Report.Reason,
		NilReason: row.Report.NilReason, ExtendedUntil: row.Report.ExtendedUntil.String(), ExtensionReason: row.Report.ExtensionReason,
		LastDay: row.Deadline.LastDay().String(), Expected: row.Expected,
		Results: row.Report.Results, Difficulties: row.Report.Difficulties, Recommendations: row.Report.Recommendations,
		Funding: row.Report.Funding, Documents: append([]string{}, row.Report.Documents...),
		Checklist: []findingJSON{}, Reminders: []reminderJSON{},
	}
	for _, version := range review.Versions(model.SubjectReport, model.Value{Report: row.Report})[1:] {
		other := version.Value.Report
		report.Others = append(report.Others, oldOtherReportJSON{
			string(other.Status), version.By, timeJSON(version.At), other.Nil, other.Reason, other.NilReason, other.ExtendedUntil.String(),
			other.ExtensionReason, other.Results, other.Difficulties, other.Recommendations, other.Funding, oldListed(other.Documents),
		})
	}
	for _, reminder := range row.Reminders {
		report.Reminders = append(report.Reminders, reminderJSON{reminder.Number, reminder.By, timeJSON(reminder.At)})
	}
	switch {
	case row.Broken != nil:
		report.Status = notKnown
	case row.Report.Status == model.NotSent:
		report.Status = "none"
	}
	return report
}
