package model

import (
	"testing"
	"time"

	"example.org/tiendo/model/calendar"
)

// A returned report counts as the plan says, and as confirmed never.
func TestReturnedReport(t *testing.T) {
	deadline := calendar.Deadline{Day: calendar.Date(2026, 6, 10)}
	report := Report{Status: Returned, Reason: "thiếu số liệu", SubmittedAt: time.Date(2026, 6, 8, 9, 0, 0, 0, time.UTC)}
	for reopens, want := range map[bool]ReportingRow{
		false: {Expected: 1, Received: 1, OnTime: 1, Returned: 1, Waiting: 1},
		true:  {Expected: 1, Returned: 1, Waiting: 1, Overdue: 1},
	} {
		campaign := &Campaign{
			Plan:     Plan{TimeZone: time.UTC, Reporting: Reporting{To: "a", Deadline: deadline, Reopens: reopens}},
			Roster:   Roster{Units: []Unit{{ID: "a", Name: "A"}}},
			Progress: map[string]Progress{"a": {Unit: "a", Report: report}},
		}
		board := NewBoard(campaign, calendar.Date(2026, 6, 12))
		want.Deadline = deadline
		if board.Reporting != want {
			t.Errorf("returned reports open again: %t: %+v, want %+v", reopens, board.Reporting, want)
		}
		if late, _ := board.Chase(3); len(late) != 1 || board.Units[0].Confirmed() {
			t.Errorf("the report is not waited for, or counts as confirmed")
		}
	}
}
