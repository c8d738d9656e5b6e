package model_test

import (
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

func TestDeadlineState(t *testing.T) {
	d := calendar.Deadline{Day: calendar.Date(2019, 12, 15), Excluded: true} // last acceptable day 14/12, a Saturday
	tests := map[string]struct {
		today calendar.Day
		want  calendar.Timeliness
	}{
		"four days left":  {calendar.Date(2019, 12, 10), calendar.OnTrack},
		"three days left": {calendar.Date(2019, 12, 11), calendar.DueSoon},
		"last day":        {calendar.Date(2019, 12, 14), calendar.DueToday},
		"the day itself":  {calendar.Date(2019, 12, 15), calendar.Overdue},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := (model.Entry{}).Judge(d, test.today, time.UTC); got != test.want {
				t.Errorf("state %q, want %q", got, test.want)
			}
		})
	}
	if got := d.LastWorkingDay(); got != calendar.Date(2019, 12, 13) {
		t.Errorf("last working day %v, want Friday 13/12", got)
	}
	if got := (calendar.Deadline{Day: calendar.Date(2019, 12, 15)}).LastWorkingDay(); got != calendar.Date(2019, 12, 13) {
		t.Errorf("last working day before a Sunday %v, want Friday 13/12", got)
	}
}

// Nobody works on a holiday, and where a last day off moves, it does so to the next day on which people work.
func TestCalendar(t *testing.T) {
	var tet []calendar.Day // 2020: Thursday 23/01 to Wednesday 29/01
	for day := calendar.Date(2020, 1, 23); day != calendar.Date(2020, 1, 30); day = day.Add(1) {
		tet = append(tet, day)
	}
	const strict, next = false, true
	tests := map[string]struct {
		deadline      calendar.Deadline
		holidays      []calendar.Day
		weekend       bool
		last, working calendar.Day
	}{
		"National Day":                     {calendar.Deadline{Day: calendar.Date(2019, 9, 3), Excluded: true}, []calendar.Day{calendar.Date(2019, 9, 2)}, strict, calendar.Date(2019, 9, 2), calendar.Date(2019, 8, 30)},
		"National Day, moved":              {calendar.Deadline{Day: calendar.Date(2019, 9, 3), Excluded: true}, []calendar.Day{calendar.Date(2019, 9, 2)}, next, calendar.Date(2019, 9, 3), calendar.Date(2019, 9, 3)},
		"a weekend":                        {calendar.Deadline{Day: calendar.Date(2019, 12, 15), Excluded: true}, nil, strict, calendar.Date(2019, 12, 14), calendar.Date(2019, 12, 13)},
		"a weekend, moved":                 {calendar.Deadline{Day: calendar.Date(2019, 12, 15), Excluded: true}, nil, next, calendar.Date(2019, 12, 16), calendar.Date(2019, 12, 16)},
		"a working day":                    {calendar.Deadline{Day: calendar.Date(2019, 12, 12)}, tet, strict, calendar.Date(2019, 12, 12), calendar.Date(2019, 12, 12)},
		"a working day, not moved":         {calendar.Deadline{Day: calendar.Date(2019, 12, 12)}, tet, next, calendar.Date(2019, 12, 12), calendar.Date(2019, 12, 12)},
		"the last day of Tết":              {calendar.Deadline{Day: calendar.Date(2020, 1, 29)}, tet, strict, calendar.Date(2020, 1, 29), calendar.Date(2020, 1, 22)},
		"the first day of Tết, moved":      {calendar.Deadline{Day: calendar.Date(2020, 1, 23)}, tet, next, calendar.Date(2020, 1, 30), calendar.Date(2020, 1, 30)},
		"New Year":                         {calendar.Deadline{Day: calendar.Date(2020, 1, 1)}, []calendar.Day{calendar.Date(2020, 1, 1)}, strict, calendar.Date(2020, 1, 1), calendar.Date(2019, 12, 31)},
		"the end of a year, moved":         {calendar.Deadline{Day: calendar.Date(2022, 12, 31)}, []calendar.Day{calendar.Date(2023, 1, 1), calendar.Date(2023, 1, 2)}, next, calendar.Date(2023, 1, 3), calendar.Date(2023, 1, 3)},
		"a bridge between holidays":        {calendar.Deadline{Day: calendar.Date(2020, 5, 3)}, []calendar.Day{calendar.Date(2020, 4, 30), calendar.Date(2020, 5, 1)}, strict, calendar.Date(2020, 5, 3), calendar.Date(2020, 4, 29)},
		"a holiday on a weekend":           {calendar.Deadline{Day: calendar.Date(2020, 5, 3)}, []calendar.Day{calendar.Date(2020, 5, 2)}, next, calendar.Date(2020, 5, 4), calendar.Date(2020, 5, 4)},
		"the first of the month, excluded": {calendar.Deadline{Day: calendar.Date(2020, 3, 1), Excluded: true}, nil, next, calendar.Date(2020, 3, 2), calendar.Date(2020, 3, 2)},
		"no day":                           {calendar.Deadline{}, tet, next, calendar.Day{}, calendar.Day{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := test.deadline
			d.Calendar = &calendar.Calendar{Holidays: test.holidays, Next: test.weekend}
			if d.LastDay() != test.last || d.LastWorkingDay() != test.working {
				t.Errorf("last day %s, last working day %s; want %s, %s", d.LastDay(), d.LastWorkingDay(), test.last, test.working)
			}
			if test.last.IsZero() {
				return
			}
			if !d.Met(test.last) || d.Met(test.last.Add(1)) || (model.Entry{}).Judge(d, test.last, time.UTC) != calendar.DueToday {
				t.Error("the last day is not the last one")
			}
			extended := model.Report{ExtendedUntil: d.Written()}.Deadline(calendar.Deadline{Day: calendar.Date(2019, 1, 1), Calendar: d.Calendar})
			if extended.LastDay() != test.last {
				t.Errorf("an extension until then ends on %s, want %s", extended.LastDay(), test.last)
			}
		})
	}
}

// A campaign whose last day moves goes on until then: what is due at its end may still be done.
func TestPhaseByCalendar(t *testing.T) {
	plan := &model.Plan{Starts: calendar.Date(2019, 11, 15), Ends: calendar.Date(2019, 12, 15)} // a Sunday
	if got := plan.Phase(calendar.Date(2019, 12, 16)); got != calendar.Ended {
		t.Errorf("without a calendar: %s", got)
	}
	plan.Calendar = &calendar.Calendar{Next: true}
	if got := plan.Phase(calendar.Date(2019, 12, 16)); got != calendar.Running || plan.LastDay() != calendar.Date(2019, 12, 16) {
		t.Errorf("on the next working day: %s, last day %s", got, plan.LastDay())
	}
	if got := plan.Phase(calendar.Date(2019, 12, 17)); got != calendar.Ended {
		t.Errorf("after it: %s", got)
	}
}

// A day after the end of the campaign is normal: it goes on until the last report and the last activity are due.
func TestPhaseAfterTheEnd(t *testing.T) {
	day, rule := calendar.Date, calendar.Rule{Every: calendar.Monthly, Day: 5, Next: true}
	later := calendar.Deadline{Day: day(2026, 8, 10)}
	tests := map[string]struct {
		plan model.Plan
		last calendar.Day // of the campaign
	}{
		"nothing later":     {model.Plan{}, day(2026, 6, 30)},
		"one report":        {model.Plan{Reporting: model.Reporting{Deadline: later}}, day(2026, 8, 10)},
		"an earlier report": {model.Plan{Reporting: model.Reporting{Deadline: calendar.Deadline{Day: day(2026, 5, 1)}}}, day(2026, 6, 30)},
		"a report in the month after": {model.Plan{Reporting: model.Reporting{Rule: rule,
			Periods: rule.Periods(day(2026, 4, 1), day(2026, 6, 30))}}, day(2026, 7, 5)},
		"an activity":            {model.Plan{Activities: []model.Activity{{}, {Deadline: later}}}, day(2026, 8, 10)},
		"an activity in words":   {model.Plan{Activities: []model.Activity{{When: "hằng năm"}}}, day(2026, 6, 30)},
		"periods without a day":  {model.Plan{Reporting: model.Reporting{Periods: []calendar.Period{{Last: day(2026, 6, 30)}}}}, day(2026, 6, 30)},
		"all, the latest counts": {model.Plan{Reporting: model.Reporting{Deadline: calendar.Deadline{Day: day(2026, 7, 1)}}, Activities: []model.Activity{{Deadline: later}}}, day(2026, 8, 10)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.plan.Starts, test.plan.Ends = day(2026, 4, 1), day(2026, 6, 30)
			if got := test.plan.Phase(test.last); got != calendar.Running {
				t.Errorf("on %s: %s", test.last, got)
			}
			if got := test.plan.Phase(test.last.Add(1)); got != calendar.Ended {
				t.Errorf("after %s: %s", test.last, got)
			}
		})
	}
}

var hanoi = time.FixedZone("+07", 7*3600)

// What is done is judged by the day on which it was done, in the plan's time zone.
func TestEntryIsJudgedByItsDay(t *testing.T) {
	d := calendar.Deadline{Day: calendar.Date(2019, 12, 2)}
	longAfter := calendar.Date(2026, 11, 23)
	tests := map[string]struct {
		entry model.Entry
		want  calendar.Timeliness
	}{
		"last minute of the last day": {model.Entry{Status: model.Done, At: time.Date(2019, 12, 2, 16, 59, 59, 0, time.UTC)}, calendar.DoneOnTime},
		"first minute after it":       {model.Entry{Status: model.Done, At: time.Date(2019, 12, 2, 17, 0, 0, 0, time.UTC)}, calendar.DoneLate},
		"nobody knows when":           {model.Entry{Status: model.Done}, calendar.DoneUndated},
		"a note came later": {
			model.Entry{Status: model.Done, At: time.Date(2019, 12, 1, 9, 0, 0, 0, hanoi), EditedAt: time.Date(2020, 1, 1, 9, 0, 0, 0, hanoi)},
			calendar.DoneOnTime,
		},
		"not applicable": {model.Entry{Status: model.NA, Note: "không có trụ sở"}, calendar.NotApplicable},
		"never done":     {model.Entry{Status: model.Todo}, calendar.Overdue},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.entry.Judge(d, longAfter, hanoi); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// campaign is a small plan: two units, one activity with a part and its whole.
func campaign() *model.Campaign {
	return &model.Campaign{
		Plan: model.Plan{
			Language: phrase.Vietnamese, TimeZone: hanoi,
			Starts: calendar.Date(2019, 11, 15), Ends: calendar.Date(2019, 12, 15),
			Reporting: model.Reporting{To: "office", Deadline: calendar.Deadline{Day: calendar.Date(2019, 12, 15), Excluded: true}},
			Activities: []model.Activity{{
				ID: "talk", Title: "Nói chuyện chuyên đề", Duty: duty.Duty{Assigned: []string{"division"}}, Deadline: calendar.Deadline{Day: calendar.Date(2019, 12, 15)},
				Indicators: []model.Indicator{
					{ID: "people", Name: "người", Sum: sums.Add},
					{ID: "women", Name: "nữ", Sum: sums.Add, PartOf: "people"},
					{ID: "share", Name: "tỷ lệ", Measure: "%", Sum: sums.None},
				},
			}},
		},
		Roster: model.Roster{Units: []model.Unit{{ID: "office", Name: "Văn phòng", Group: "division", Coordinator: true}, {ID: "inspection", Name: "Thanh tra", Group: "division"}}},
	}
}

func TestPermission(t *testing.T) {
	chief := model.Person{Name: "Lan", Role: model.Coordinator}
	staff := model.Person{Name: "Minh", Unit: "inspection", Role: model.Staff}
	viewer := model.Person{Name: "Hoa", Role: model.Viewer}
	entry := func(person model.Person, unit string, entry model.Entry) model.Change {
		return model.Change{Person: person, Unit: unit, Subject: model.Subject{Kind: model.SubjectActivity, ID: "talk"}, New: entry}
	}
	report := func(person model.Person, from model.ReportStatus, to model.Report) model.Change {
		return model.Change{
			Person: person, Unit: "inspection", Subject: model.Subject{Kind: model.SubjectReport},
			Seen: model.Report{Status: from}, New: to,
		}
	}
	of := func(change model.Change, unit string) model.Change {
		change.Unit = unit
		return change
	}
	restored := func(from, to model.Report) model.Change {
		change := report(staff, from.Status, to)
		change.Seen, change.Restore = from, true
		return change
	}
	done := model.Entry{Status: model.Done}
	tests := map[string]struct {
		change model.Change
		stored model.ReportStatus
		want   string // "" is allowed
	}{
		"staff, own unit":           {entry(staff, "inspection", done), "", ""},
		"staff, another unit":       {entry(staff, "office", done), "", "may change only"},
		"coordinator, any unit":     {entry(chief, "inspection", done), "", ""},
		"viewer":                    {entry(viewer, "inspection", done), "", "may look"},
		"unknown unit":              {entry(chief, "archive", done), "", "there is no unit"},
		"accepted is locked":        {entry(chief, "inspection", done), model.Accepted, "locked"},
		"women within people":       {entry(staff, "inspection", model.Entry{Status: model.Done, Figures: map[string]float64{"people": 64, "women": 64}}), "", ""},
		"more women than people":    {entry(staff, "inspection", model.Entry{Status: model.Done, Figures: map[string]float64{"people": 64, "women": 70}}), "", "is more than"},
		"a negative figure":         {entry(staff, "inspection", model.Entry{Status: model.Done, Figures: map[string]float64{"people": -1}}), "", "from 0 to 1000000000000000"},
		"all of them":               {entry(staff, "inspection", model.Entry{Status: model.Done, Figures: map[string]float64{"share": 100}}), "", ""},
		"more than all of them":     {entry(staff, "inspection", model.Entry{Status: model.Done, Figures: map[string]float64{"share": 100.5}}), "", "tỷ lệ is 100.5; want a number from 0 to 100"},
		"staff submit":              {report(staff, model.Draft, model.Report{Status: model.Submitted}), model.Draft, "not complete"},
		"staff accept":              {report(staff, model.Submitted, model.Report{Status: model.Accepted}), model.Submitted, "only the coordinator"},
		"staff accept another's":    {of(report(staff, model.Submitted, model.Report{Status: model.Accepted}), "office"), model.Submitted, "only the coordinator accepts"},
		"staff return another's":    {of(report(staff, model.Submitted, model.Report{Status: model.Returned, Reason: "x"}), "office"), model.Submitted, "only the coordinator accepts"},
		"staff extend another's":    {of(report(staff, "", model.Report{ExtendedUntil: calendar.Date(2019, 12, 20), ExtensionReason: "x"}), "office"), "", "only the coordinator extends"},
		"staff submit another's":    {of(report(staff, "", model.Report{Status: model.Submitted}), "office"), "", "may change only"},
		"accept what was not sent":  {report(chief, model.Draft, model.Report{Status: model.Accepted}), model.Draft, "nothing to accept"},
		"return without a reason":   {report(chief, model.Submitted, model.Report{Status: model.Returned}), model.Submitted, "needs a reason"},
		"return":                    {report(chief, model.Submitted, model.Report{Status: model.Returned, Reason: "thiếu"}), model.Submitted, ""},
		"open an accepted one":      {report(chief, model.Accepted, model.Report{Status: model.Returned, Reason: "thiếu"}), model.Accepted, ""},
		"submit an accepted one":    {report(staff, model.Accepted, model.Report{Status: model.Submitted}), model.Accepted, "locked"},
		"undo of an acceptance":     {model.Change{Person: staff, Unit: "inspection", Subject: model.Subject{Kind: model.SubjectReport}, Seen: model.Report{Status: model.Accepted}, Restore: true}, model.Accepted, "only the coordinator"},
		"staff undo a return":       {restored(model.Report{Status: model.Returned, Reason: "thiếu"}, model.Report{Status: model.Submitted}), model.Returned, "only the coordinator accepts or returns"},
		"staff undo an extension":   {restored(model.Report{ExtendedUntil: calendar.Date(2019, 12, 20), ExtensionReason: "x"}, model.Report{}), "", "only the coordinator extends"},
		"staff undo their own step": {restored(model.Report{Status: model.Submitted}, model.Report{Status: model.Returned, Reason: "thiếu"}), model.Submitted, ""},
		"extended by mistake":       {report(chief, "", model.Report{ExtendedUntil: calendar.Date(2091, 12, 20), ExtensionReason: "x"}), "", "more than a year"},
		"not applicable, no reason": {entry(staff, "inspection", model.Entry{Status: model.NA}), "", "needs a note"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := campaign()
			c.Progress = map[string]model.Progress{"inspection": {Report: model.Report{Status: test.stored}}}
			err := c.Check(test.change)
			switch {
			case test.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func TestBoardTotals(t *testing.T) {
	c := campaign()
	at := time.Date(2019, 12, 1, 9, 0, 0, 0, hanoi)
	c.Progress = map[string]model.Progress{
		"office": {
			Activities: map[string]model.Entry{"talk": {Status: model.Done, At: at, Figures: map[string]float64{"people": 40, "share": 90}}},
			Report:     model.Report{Status: model.Returned, SubmittedAt: at, Reason: "thiếu"},
		},
		"inspection": {Activities: map[string]model.Entry{"talk": {Status: model.Doing, Figures: map[string]float64{"people": 24, "share": 80}}}},
	}
	board := model.NewBoard(c, calendar.Date(2019, 12, 16))
	if board.Phase != calendar.Ended || board.Total.Done != 1 || board.Total.Overdue != 1 || board.Total.Applicable() != 2 {
		t.Errorf("phase %q, total %+v", board.Phase, board.Total)
	}
	figures := board.Activities[0].Figures
	if total := figures[0].Total; total == nil || *total != 64 {
		t.Errorf("people %v, want 64", total)
	}
	if figures[1].Total != nil || figures[2].Total != nil {
		t.Error("a missing figure is not zero, and percentages are never added")
	}
	if r := board.Reporting; r.Received != 1 || r.OnTime != 1 || r.Returned != 1 || r.Expected != 2 || r.ReceivedPercent() != 50 {
		t.Errorf("reporting %+v", r)
	}
}

// A fraction of what is counted one by one is remarked on when it is entered, and not again.
func TestFractionsOfCountedThings(t *testing.T) {
	plan := model.Plan{Activities: []model.Activity{{ID: "a", Indicators: []model.Indicator{
		{ID: "banners", Name: "Băng rôn", Measure: "cái"}, {ID: "money", Name: "Kinh phí", Measure: "triệu đồng"},
		{ID: "share", Name: "Tỷ lệ", Measure: "%"}, {ID: "people", Name: "Lượt người", Measure: "lượt người"},
	}}}}
	c := &model.Campaign{Plan: plan}
	entry := func(banners float64) model.Value {
		return model.Entry{Figures: map[string]float64{"banners": banners, "money": 4.5, "share": 4.5, "people": 7}}
	}
	change := model.Change{Subject: model.Subject{Kind: model.SubjectActivity, ID: "a"}, New: entry(4.5)}
	if got := c.Remarks(change); len(got) != 1 || got[0].String() != "Băng rôn is 4.5 cái: is a fraction meant?" {
		t.Errorf("remarks %v", got)
	}
	change.Seen = entry(4.5)
	if got := c.Remarks(change); len(got) != 0 {
		t.Errorf("again: %v", got)
	}
	change.New = entry(4)
	if got := c.Remarks(change); len(got) != 0 {
		t.Errorf("whole: %v", got)
	}
}
