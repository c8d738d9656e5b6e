package figures_test

import (
	"strconv"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/figures"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// campaign has nine units that hang banners, a tenth that supports them and an eleventh that has nothing to do with it.
func campaign() *model.Campaign {
	target := 20.0
	c := &model.Campaign{
		Plan: model.Plan{
			TimeZone:  time.UTC,
			Reporting: model.Reporting{To: "u0", Deadline: calendar.Deadline{Day: calendar.Date(2019, 12, 14)}},
			Activities: []model.Activity{{
				ID: "hang", Duty: duty.Duty{Assigned: []string{"offices"}, Support: []string{"u9"}},
				Indicators: []model.Indicator{
					{ID: "banners", Sum: sums.Add, Targets: map[string]float64{"u0": target}}, {ID: "cost", Sum: sums.Add},
				},
			}},
		},
		Progress: map[string]model.Progress{},
		Broken:   map[string]*phrase.Problem{"u8": {File: "u8.toml"}},
	}
	for i := range 11 {
		id, group := "u"+strconv.Itoa(i), "offices"
		if i > 8 {
			group = "others"
		}
		c.Roster.Units = append(c.Roster.Units, model.Unit{ID: id, Name: id, Group: group})
	}
	record := func(id string, report model.ReportStatus, entry model.Entry) {
		c.Progress[id] = model.Progress{Unit: id, Activities: map[string]model.Entry{"hang": entry},
			Report: model.Report{Status: report}}
	}
	banners := func(n float64) model.Entry {
		return model.Entry{Status: model.Done, Figures: map[string]float64{"banners": n}}
	}
	record("u0", model.Accepted, banners(4))
	record("u1", model.Submitted, banners(6))
	record("u2", model.Submitted, banners(61)) // more than ten times the middle one, which is 6
	record("u3", model.Returned, banners(0))
	record("u4", model.NotSent, model.Entry{Status: model.NA, Note: "-"})
	disputed := banners(5)
	disputed.Others = []model.Entry{banners(7)}
	record("u5", model.NotSent, disputed)
	record("u6", model.NotSent, banners(6))
	record("u7", model.NotSent, model.Entry{})
	record("u8", model.Accepted, banners(8))
	record("u9", model.Accepted, banners(3))
	return c
}

func TestTable(t *testing.T) {
	c := campaign()
	board := model.NewBoard(c, calendar.Date(2019, 12, 10))
	table := figures.New(board)
	if len(table.Columns) != 2 || table.Columns[0].Key(board) != "hang/banners" || table.Columns[0].Usual != 6 ||
		table.Columns[1].Usual != 0 {
		t.Fatalf("%+v", table.Columns)
	}
	type want struct {
		figure                                                 float64 // -1 for none
		assigned, supports, na, confirmed, disputed, odd, lost bool
	}
	for unit, want := range []want{
		{figure: 4, assigned: true, confirmed: true},
		{figure: 6, assigned: true},
		{figure: 61, assigned: true, odd: true},
		{figure: 0, assigned: true}, // nothing was hung, which somebody has said
		{figure: -1, assigned: true, na: true},
		{figure: -1, assigned: true, disputed: true},
		{figure: 6, assigned: true},
		{figure: -1, assigned: true},
		{figure: -1, assigned: true, lost: true},
		{figure: 3, assigned: true, supports: true, confirmed: true},
		{figure: -1},
	} {
		got := table.At(unit, 0)
		is := want
		is.figure = -1
		if got.Value != nil {
			is.figure = *got.Value
		}
		is.assigned, is.supports, is.na, is.confirmed = got.Assigned, got.Supports, got.NA, got.Confirmed
		is.disputed, is.odd, is.lost = got.Disputed, !got.Odd.IsZero(), got.Unknown
		if is != want {
			t.Errorf("unit %d: %+v; want %+v", unit, is, want)
		}
	}
	if first := table.At(0, 0); first.Target == nil || *first.Target != 20 || table.At(1, 0).Target != nil {
		t.Errorf("targets: %v, %v", first.Target, table.At(1, 0).Target)
	}
	// Eight records of those that answer can be read, with two indicators each; one figure is in dispute.
	if got, want := table.Count(), (figures.Counts{Asked: 16, Given: 5, Confirmed: 1, Odd: 1}); got != want {
		t.Errorf("%+v; want %+v", got, want)
	}
}

// A plan without indicators has a table without columns.
func TestNoFigures(t *testing.T) {
	c := campaign()
	c.Plan.Activities[0].Indicators = nil
	table := figures.New(model.NewBoard(c, calendar.Date(2019, 12, 10)))
	if len(table.Columns) != 0 {
		t.Errorf("%+v", table.Columns)
	}
}
