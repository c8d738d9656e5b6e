package tui_test

import (
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// statusesOf is how the reports of some units stand.
func statusesOf(d *dashboard, units ...string) string {
	d.t.Helper()
	campaign, err := d.store.Load(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	var said []string
	for _, unit := range units {
		said = append(said, string(campaign.Progress[unit].Report.Status))
	}
	return strings.Join(said, " ")
}

// steps takes a unit's report a step further past the dashboard, as another process does.
func (d *dashboard) steps(unit string, step func(model.Report) model.Report) {
	d.t.Helper()
	campaign, err := d.store.Load(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	seen := campaign.Progress[unit].Report
	change := model.Change{Person: model.Person{Name: "Minh", Role: model.Coordinator}, Unit: unit,
		Subject: model.Subject{Kind: model.SubjectReport}, Seen: seen, New: step(seen)}
	if _, err := d.store.Apply(d.t.Context(), change); err != nil {
		d.t.Fatal(err)
	}
}

// Marks show, a range goes to the cursor, they hold on the other tab that lists units, and Esc takes them away.
func TestUnitsAreMarked(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("4", " ", "down", "down", "&")
	d.shows("  ▌Văn phòng Sở", "  ▌Thanh tra Sở", "  ▌Phòng Quản lý công nghiệp", " ›▌Phòng Quản lý thương mại",
		"Unit · 4 marked")
	d.press("*") // takes one away again, and goes on
	d.shows("Unit · 3 marked", "   Phòng Quản lý thương mại", " › Phòng Quản lý năng lượng")
	d.press("v")
	d.shows("  ▌Thanh tra Sở", "Unit · 3 marked")
	d.press("3")
	d.shows("  ▌Thanh tra Sở", "Unit · 3 marked", "Space change status  Esc unmark all")
	d.press("esc")
	d.shows("nothing is marked any more")
	d.lacks("▌")
	d.press("4")
	d.lacks("▌", "marked")
}

// All that are marked are accepted after one question that names them; those of which the rules refuse it are named in
// it, stop nobody, and are told at the end with the reason.
func TestMarkedReportsAreAccepted(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.steps("chi-doan", func(r model.Report) model.Report { return r.SubmitNil("Không phát sinh") })
	d.size(80, 24)
	d.press("ctrl+r", "4", "down", " ", "end", "up", " ", " ", "a") // Thanh tra has sent nothing
	d.shows("CĐCS cơ quan Sở, Chi đoàn TN Sở: Accept these 2 reports?", "Refused, so left out: Thanh tra Sở.")
	d.press("n")
	if got := statusesOf(d, "thanh-tra", "cong-doan", "chi-doan"); got != " submitted submitted" {
		t.Errorf("after a no: %q", got)
	}
	d.press("a", "y")
	d.shows("2 changes saved · 1 refused", "Not done:",
		"Thanh tra Sở · report: the report has not been submitted", "Done:", "✓ CĐCS cơ quan Sở", "✓ Chi đoàn TN Sở")
	if got := statusesOf(d, "thanh-tra", "cong-doan", "chi-doan"); got != " accepted accepted" {
		t.Errorf("after a yes: %q", got)
	}
	d.press("esc")
	d.shows("Unit · 1 marked", "▌Thanh tra Sở") // what is still to be done stays marked
	d.press("a")
	d.shows("0 changes saved · 1 refused", "the report has not been submitted")
}

// A change that somebody else makes meanwhile to one of them stops only that one.
func TestOneConflictStopsNoOther(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.steps("chi-doan", func(r model.Report) model.Report { return r.SubmitNil("Không phát sinh") })
	d.size(80, 24)
	d.press("ctrl+r", "4", "end", "up", " ", " ", "a")
	d.shows("Accept these 2 reports?")
	d.steps("cong-doan", func(r model.Report) model.Report { return r.Return("Thiếu chữ ký") })
	d.press("y")
	d.shows("1 change saved · 1 refused", "Not done:", "Công đoàn cơ sở cơ quan Sở · report: Someone else has just changed this", "Theirs: 09:20 today (Minh)", "Done:", "✓ Chi đoàn TN Sở")
	if got := statusesOf(d, "cong-doan", "chi-doan"); got != "returned accepted" {
		t.Errorf("%q", got)
	}
}

// Reports are returned with a reason for all, or with one for each; without any, nothing is returned.
func TestMarkedReportsAreReturned(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.steps("chi-doan", func(r model.Report) model.Report { return r.SubmitNil("Không phát sinh") })
	d.size(80, 24)
	d.press("ctrl+r", "4", "end", "up", " ", " ", "r")
	d.shows("Return 2 reports", "CĐCS cơ quan Sở", "Chi đoàn TN Sở")
	d.press("tab", "tab", "Thiếu chữ ký", "ctrl+s")
	d.shows("a reason is missing: one for all, or one for CĐCS cơ quan Sở")
	d.press("shift+tab", "shift+tab", "Thiếu số liệu nữ", "ctrl+s")
	d.shows("CĐCS cơ quan Sở, Chi đoàn TN Sở: Return these 2 reports?")
	d.press("n")
	d.shows("Return 2 reports", "Thiếu số liệu nữ") // what was typed is still there
	d.press("ctrl+s", "y")
	d.shows("2 changes saved")
	d.lacks("Not done", "marked")
	d.holds("progress/cong-doan.toml", `reason = "Thiếu số liệu nữ"`)
	d.holds("progress/chi-doan.toml", `reason = "Thiếu chữ ký"`)
}

// More time is given to all that are marked; who had it already is refused.
func TestMarkedAreExtended(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("4", "down", " ", "end", "up", "up", " ", "x") // TT Khuyến công has more time already
	d.shows("More time for 1 unit")
	d.press("20/12", "tab", "Đi công tác", "ctrl+s")
	d.shows("Thanh tra Sở: Extend this 1 report? The new deadline is 20/12/2019.", "left out: TT Khuyến công - XTTM")
	d.press("y")
	d.shows("1 change saved · 1 refused", "Trung tâm Khuyến công và Xúc tiến thương mại · report: the unit has had")
	d.holds("progress/thanh-tra.toml", "extended_until = 2019-12-20")
}

// A reminder is recorded for each that is marked, also where nothing is late, but for none that has sent its report.
func TestMarkedAreReminded(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("4", " ", " ", " ", "m")
	d.shows("Thanh tra Sở, P. QL công nghiệp: Record a reminder to each of these 2 units?", "left out: Văn phòng Sở")
	d.press("y")
	d.shows("2 changes saved · 1 refused", "reminders to Văn phòng Sở: the report of Văn phòng Sở is here already")
	d.holds("report.toml", "unit = \"thanh-tra\"\nnumber = 1", "unit = \"quan-ly-cong-nghiep\"\nnumber = 1")
	d.press("esc", "y")
	d.shows("is here already") // nobody else is marked any more
	d.press("esc", "down", " ", "y")
	d.shows("copied: 1 reminder")
}

// Who may not do it does it for nobody.
func TestStaffDoNothingWithOthersMarked(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "hang"})
	d.size(80, 24)
	d.press("4", "end", "up", " ", "a")
	d.shows("0 changes saved · 1 refused", "only the coordinator")
	if got := statusesOf(d, "cong-doan"); got != "submitted" {
		t.Errorf("%q", got)
	}
}

// The status of an activity is set for all units that are marked, with a note where one is needed.
func TestStatusOfMarkedUnits(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("3", "*", "*", "*", "right", "right", "right", " ")
	d.shows("Status · 4 · ", "3 marked")
	d.press("right", "tab", "Không tổ chức", "ctrl+s") // not applicable
	d.shows("Thanh tra Sở, P. QL công nghiệp:\n set to “not applicable”?", "left out: Văn phòng Sở")
	d.press("y")
	d.shows("2 changes saved · 1 refused", "Văn phòng Sở · ", "is accepted, so its record is locked")
	campaign, err := d.store.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	activity := campaign.Plan.Activities[3].ID
	for unit, want := range map[string]model.Status{"thanh-tra": model.NA, "quan-ly-cong-nghiep": model.NA} {
		progress := campaign.Progress[unit]
		if entry := progress.Entry(activity); entry.Status != want || entry.Note != "Không tổ chức" {
			t.Errorf("%s: %+v", unit, entry)
		}
	}
}

// What the rules forbid for all of them is said in the form.
func TestStatusOfMarkedNeedsItsNote(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English})
	d.size(80, 24)
	d.press("3", "down", "down", "down", "down", "*", "right", "right", "right", "right", "right", " ", "right", "ctrl+s")
	d.shows("Status · 6 · ", "not applicable needs a note")
	d.press("esc", "y")
	d.shows("Unit · 1 marked")
}

// Staff set several activities of their unit at once; that a completion is lost is said, and a note is kept.
func TestStatusOfMarkedActivities(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "hang"})
	d.size(80, 24)
	d.press("3", "home", "*", "&", " ")
	d.shows("Status · Thanh tra Sở · 2 marked")
	d.press("left", "ctrl+s")
	d.shows("khẩu hiệu: set to “in progress”? 2 of them lose the day on which they were\n done.")
	d.press("y")
	d.shows("2 changes saved")
	d.lacks("▌")
	campaign, err := d.store.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	progress := campaign.Progress["thanh-tra"]
	for i := range 2 {
		if entry := progress.Entry(campaign.Plan.Activities[i].ID); entry.Status != model.Doing {
			t.Errorf("%d: %+v", i+1, entry)
		}
	}
	d.press("home", "*")
	d.shows("▌")
	d.press("right")
	d.lacks("▌") // they are the activities of another unit now
}
