package tui_test

import (
	"testing"
	"testing/fstest"

	"github.com/muesli/termenv"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// openEmpty opens a plan in which nothing stands yet.
func openEmpty(t *testing.T, language phrase.Language) *dashboard {
	t.Helper()
	plan := "schema = 2\n\n[plan]\nid = \"\"\nlanguage = \"vi\"\ntimezone = \"Asia/Ho_Chi_Minh\"\n\n[document]\ntitle = \"\"\n\n[reporting]\n"
	return openWith(t, setting{language: language, today: calendar.Date(2026, 3, 2), colours: termenv.Ascii,
		files: fstest.MapFS{"plan.toml": {Data: []byte(plan), Mode: 0o600},
			"units.toml": {Data: []byte("schema = 1\n"), Mode: 0o600}}})
}

// An empty plan says where to begin, and which keys do it: on the first screen, in its footer, and for each tab that it
// has no use for yet.
func TestEmptyPlanSaysWhereToBegin(t *testing.T) {
	for _, size := range [][2]int{{50, 14}, {80, 24}, {120, 40}} {
		d := openEmpty(t, phrase.English)
		d.size(size[0], size[1])
		d.shows("This plan is still empty.", "· E: what the plan is called", "· 6, then +: groups, units", "· +: the activities",
			"E edit the plan  + add to the plan")
		for key, hint := range map[string]string{
			"1": "this plan has no goals · + on tab 3 changes", "2": "this plan has no messages · + on tab 3 changes",
			"4": "this plan asks its units for no reports · E on",
		} {
			d.press(key)
			d.shows(hint)
		}
		d.press("6")
		d.shows("+ add a group", "+ add a unit", "+ add")
		d.press("3", "delete")
		d.shows("there is no entry under the cursor")
	}
	d := openEmpty(t, phrase.Vietnamese)
	d.size(50, 14)
	d.shows("Kế hoạch này còn trống", "E sửa kế hoạch  + thêm vào kế hoạch")
}

// From an empty roster each step is seen at once, although nobody coordinates yet; the first unit is the one that does,
// and no other is asked.
func TestRosterIsBegunOnScreen(t *testing.T) {
	d := openEmpty(t, phrase.English)
	d.size(100, 30)
	d.press("6", "down", "+")
	d.shows("a unit belongs to a group, and there is none yet — add a group first")
	d.press("up", "+", "Các phòng", "ctrl+s")
	d.shows("saved", "1 group", "› ")
	d.lacks("last good picture")
	d.press("down", "down", "+")
	d.shows("Coordinator          (•) yes  ( ) no", "First day            [             ]")
	d.press("Văn phòng", "ctrl+s")
	d.shows("saved", "coordinating unit · 0 people")
	d.holds("units.toml", "coordinator = true")
	d.press("+")
	d.shows("A new unit")
	d.lacks("Coordinator ")
	d.press("Thanh tra", "ctrl+s", "3")
	d.shows("✓ 6, then +", "· E: what the plan is called")
}

// A new activity is what most are until somebody says otherwise, and fields that could name nothing are left out.
func TestFirstActivity(t *testing.T) {
	d := openEmpty(t, phrase.English)
	d.size(100, 40)
	d.press("3", "+", "enter")
	d.shows("there are no units yet — add them first, on tab 6")
	d.press("6", "+", "Các phòng", "ctrl+s", "3", "+", "enter")
	d.shows("Section              (•) activity  ( ) duty")
	d.lacks("Goals")
	d.press("tab", "Tập huấn", "tab", "Tập huấn cho cán bộ.", "ctrl+s")
	d.shows("assigned to: this must not be empty — choose who does it, or who leads", "› Assigned to ⚠")
	d.press(" ", "ctrl+s")
	d.shows("saved", "tap-huan: added")
	d.holds("plan.toml", `section = "activity"`, `title = "Tập huấn"`, `assigned = ["cac-phong"]`)
}
