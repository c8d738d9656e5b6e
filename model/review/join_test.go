package review_test

import (
	"slices"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/review"
)

var morning = time.Date(2019, 11, 18, 9, 0, 0, 0, time.UTC)

// hour is a time on the day of these tests.
func hour(h int) time.Time { return morning.Add(time.Duration(h) * time.Hour) }

func figures(bangRon, pano float64) map[string]float64 {
	figures := map[string]float64{}
	for id, figure := range map[string]float64{"bang-ron": bangRon, "pano": pano} {
		if figure != 0 {
			figures[id] = figure
		}
	}
	return figures
}

// joinedFromBothSides joins two versions, with either of them as ours: who calls whom ours must not matter.
func joinedFromBothSides(t *testing.T, conflict review.MergeConflict, wantPossible bool) review.Joined {
	t.Helper()
	joined, possible := conflict.Join()
	swapped := conflict
	swapped.Ours, swapped.Theirs = conflict.Theirs, conflict.Ours
	again, _ := swapped.Join()
	same := func(a, b model.Value) bool { return a == nil && b == nil || a.Equal(b) }
	if !same(joined.Value, again.Value) || joined.Signed != again.Signed || !slices.Equal(joined.Apart, again.Apart) {
		t.Errorf("joined are\n%+v\nand from the other side\n%+v", joined, again)
	}
	both, possibleBoth := conflict.Both()
	if possible != wantPossible || possibleBoth != (possible && len(joined.Apart) == 0) || !same(both, joined.Value) {
		t.Errorf("joining is possible: %v, keeping both: %v (%+v)", possible, possibleBoth, both)
	}
	if possibleBoth {
		for _, side := range []model.Value{conflict.Ours.Value, conflict.Theirs.Value} {
			if !review.Holds(both, conflict.Base.Value, side) {
				t.Errorf("%+v\ndoes not hold what was changed in\n%+v", both, side)
			}
		}
	}
	return joined
}

// What one side alone has changed is taken from it, be it the earlier one; what both have changed stands there twice or
// is named.
func TestJoinActivities(t *testing.T) {
	type entry = model.Entry
	base := entry{Status: model.Doing, By: "lan", At: hour(0), Note: "chờ", Evidence: []string{"a.jpg"}, Figures: figures(4, 1)}
	with := func(edit func(*entry)) entry {
		changed := base
		changed.Evidence, changed.Figures = slices.Clone(base.Evidence), figures(4, 1)
		edit(&changed)
		return changed
	}
	done := func(by string, h int) func(*entry) {
		return func(e *entry) { e.Status, e.By, e.At = model.Done, by, hour(h) }
	}
	tests := map[string]struct {
		earlier, later, want entry
		apart                []string
	}{
		"two notes": {
			with(func(e *entry) { e.Note = "Đã treo" }), with(func(e *entry) { e.Note = "Đã tháo" }),
			with(func(e *entry) { e.Note = "Đã treo\nĐã tháo" }), nil,
		},
		"a note within a word of the other one": {
			with(func(e *entry) { e.Note = "4 bộ" }), with(func(e *entry) { e.Note = "14 bộ" }),
			with(func(e *entry) { e.Note = "4 bộ\n14 bộ" }), nil,
		},
		"a note that holds the other one": {
			with(func(e *entry) { e.Note = "Đã treo" }), with(func(e *entry) { e.Note = "Đã treo\nở cổng" }),
			with(func(e *entry) { e.Note = "Đã treo\nở cổng" }), nil,
		},
		"a note on the earlier side alone": {
			with(func(e *entry) { e.Note = "Đã treo" }), with(func(e *entry) { e.Figures = figures(9, 1) }),
			with(func(e *entry) { e.Note, e.Figures = "Đã treo", figures(9, 1) }), nil,
		},
		"a note taken away, and another one": {
			with(func(e *entry) { e.Note = "" }), with(func(e *entry) { e.Note = "Đã treo" }),
			with(func(e *entry) { e.Note = "Đã treo" }), []string{"note"},
		},
		"the same figure, differently": {
			with(func(e *entry) { e.Figures = figures(7, 1) }), with(func(e *entry) { e.Figures = figures(9, 1) }),
			with(func(e *entry) { e.Figures = figures(9, 1) }), []string{"figures.bang-ron"},
		},
		"two figures": {
			with(func(e *entry) { e.Figures = figures(7, 1) }), with(func(e *entry) { e.Figures = figures(4, 2) }),
			with(func(e *entry) { e.Figures = figures(7, 2) }), nil,
		},
		"a figure taken away, the note changed": {
			with(func(e *entry) { e.Figures = figures(0, 1) }), with(func(e *entry) { e.Note = "Đã treo" }),
			with(func(e *entry) { e.Figures, e.Note = figures(0, 1), "Đã treo" }), nil,
		},
		"a figure taken away, and changed": {
			with(func(e *entry) { e.Figures = figures(0, 1) }), with(func(e *entry) { e.Figures = figures(9, 1) }),
			with(func(e *entry) { e.Figures = figures(9, 1) }), []string{"figures.bang-ron"},
		},
		"done on the earlier side alone": {
			with(done("hoa", 1)), with(func(e *entry) { e.Note = "Đã treo" }),
			with(func(e *entry) { done("hoa", 1)(e); e.Note = "Đã treo" }), nil,
		},
		"done on both sides: who was first": {
			with(done("hoa", 1)), with(func(e *entry) { done("lan", 2)(e); e.Note = "Đã treo" }),
			with(func(e *entry) { done("hoa", 1)(e); e.Note = "Đã treo" }), nil,
		},
		"two statuses": {
			with(done("hoa", 1)), with(func(e *entry) { e.Status, e.By, e.At = model.Todo, "lan", hour(2) }),
			with(func(e *entry) { e.Status, e.By, e.At = model.Todo, "lan", hour(2) }), []string{"status"},
		},
		"evidence put in and taken away": {
			with(func(e *entry) { e.Evidence = []string{"a.jpg", "b.jpg"} }), with(func(e *entry) { e.Evidence = []string{"c.jpg"} }),
			with(func(e *entry) { e.Evidence = []string{"b.jpg", "c.jpg"} }), nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			conflict := review.MergeConflict{
				Subject: model.Subject{Kind: model.SubjectActivity, ID: "treo-bang-ron"},
				Base:    review.MergeVersion{Value: base},
				Ours:    review.MergeVersion{Value: test.earlier, At: hour(1)},
				Theirs:  review.MergeVersion{Value: test.later, At: hour(2)},
			}
			joined := joinedFromBothSides(t, conflict, true)
			if !model.As[model.Entry](joined.Value).Equal(test.want) || !slices.Equal(joined.Apart, test.apart) {
				t.Errorf("joined are\n%+v, apart %v\nwant\n%+v, apart %v", model.As[model.Entry](joined.Value), joined.Apart, test.want, test.apart)
			}
			if test.earlier.Figures["bang-ron"] == 9 || base.Figures["bang-ron"] != 4 {
				t.Error("the versions themselves have changed")
			}
			conflict.Ours.Gone = true
			joinedFromBothSides(t, conflict, false)
			if conflict.Later() != &conflict.Theirs {
				t.Error("a version that is gone counts")
			}
		})
	}
}

func TestJoinMessages(t *testing.T) {
	use := func(channels ...string) review.MergeVersion {
		return review.MergeVersion{Value: model.Use{Channels: channels}, At: hour(len(channels))}
	}
	conflict := review.MergeConflict{Subject: model.Subject{Kind: model.SubjectMessage, ID: "m05"}, Base: use("a", "b"), Ours: use("b", "c", "d"), Theirs: use("a", "b", "e", "f")}
	joined := joinedFromBothSides(t, conflict, true)
	if got := model.As[model.Use](joined.Value).Channels; !slices.Equal(got, []string{"b", "c", "d", "e", "f"}) {
		t.Errorf("the channels are %v", got)
	}
}

func TestJoinReports(t *testing.T) {
	type report = model.Report
	base := report{Status: model.Draft, By: "hoa", At: hour(0), Results: "Đã làm", Funding: "5 triệu"}
	with := func(edit func(*report)) report {
		changed := base
		edit(&changed)
		return changed
	}
	submit := func(h int) func(*report) {
		return func(r *report) { r.Status, r.SubmittedAt = model.Submitted, hour(h) }
	}
	tests := map[string]struct {
		earlier, later, want report
		apart                []string
	}{
		"two texts": {
			with(func(r *report) { r.Results = "Treo 4" }), with(func(r *report) { r.Results = "Treo 9" }),
			with(func(r *report) { r.Results = "Treo 4\nTreo 9" }), nil,
		},
		"submitted on the earlier side alone": {
			with(submit(1)), with(func(r *report) { r.Difficulties = "Thiếu người" }),
			with(func(r *report) { submit(1)(r); r.Difficulties = "Thiếu người" }), nil,
		},
		"submitted on both sides: the first time counts": {
			with(submit(1)), with(func(r *report) { submit(2)(r); r.Results = "Treo 9" }),
			with(func(r *report) { submit(1)(r); r.Results = "Treo 9" }), nil,
		},
		"returned and submitted": {
			with(func(r *report) { r.Status, r.Reason = model.Returned, "thiếu" }), with(submit(2)),
			with(func(r *report) { submit(2)(r); r.Reason = "thiếu" }), []string{"status"},
		},
		"two reasons": {
			with(func(r *report) { r.Status, r.Reason = model.Returned, "thiếu" }), with(func(r *report) { r.Status, r.Reason = model.Returned, "sai" }),
			with(func(r *report) { r.Status, r.Reason = model.Returned, "sai" }), []string{"reason"},
		},
		"two extensions": {
			with(func(r *report) { r.ExtendedUntil, r.ExtensionReason = calendar.Date(2019, 12, 18), "ốm" }),
			with(func(r *report) { r.ExtendedUntil, r.ExtensionReason = calendar.Date(2019, 12, 20), "ốm" }),
			with(func(r *report) { r.ExtendedUntil, r.ExtensionReason = calendar.Date(2019, 12, 20), "ốm" }), []string{"extended_until"},
		},
		"funding is not joined": {
			with(func(r *report) { r.Funding = "6 triệu" }), with(func(r *report) { r.Funding = "7 triệu" }),
			with(func(r *report) { r.Funding = "7 triệu" }), []string{"funding"},
		},
		"documents": {
			with(func(r *report) { r.Documents = []string{"CV 1"} }), with(func(r *report) { r.Documents = []string{"CV 2"} }),
			with(func(r *report) { r.Documents = []string{"CV 1", "CV 2"} }), nil,
		},
		"nothing to report, and what there is": {
			with(func(r *report) { r.Results, r.Funding, r.Nil, r.NilReason = "", "", true, "không có" }), with(func(r *report) { r.Documents = []string{"CV 2"} }),
			with(func(r *report) {
				r.Results, r.Funding, r.Nil, r.NilReason, r.Documents = "", "", true, "không có", []string{"CV 2"}
			}), []string{"nil"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			joined := joinedFromBothSides(t, review.MergeConflict{
				Subject: model.Subject{Kind: model.SubjectReport},
				Base:    review.MergeVersion{Value: base},
				Ours:    review.MergeVersion{Value: test.earlier, At: hour(1)},
				Theirs:  review.MergeVersion{Value: test.later, At: hour(2)},
			}, true)
			if !model.As[model.Report](joined.Value).Equal(test.want) || !slices.Equal(joined.Apart, test.apart) {
				t.Errorf("joined are\n%+v, apart %v\nwant\n%+v, apart %v", model.As[model.Report](joined.Value), joined.Apart, test.want, test.apart)
			}
		})
	}
}

// What differs is named as the plan calls it, with both versions.
func TestDiffers(t *testing.T) {
	plan := &model.Plan{Activities: []model.Activity{{ID: "a", Indicators: []model.Indicator{{ID: "bang-ron", Name: "Băng rôn"}}}}}
	conflict := review.MergeConflict{
		Subject: model.Subject{Kind: model.SubjectActivity, ID: "a"},
		Base:    review.MergeVersion{Value: model.Entry{Status: model.Todo, Figures: figures(4, 1)}},
		Ours:    review.MergeVersion{Value: model.Entry{Status: model.Done, Figures: figures(7, 0)}, At: hour(1)},
		Theirs:  review.MergeVersion{Value: model.Entry{Status: model.Doing, Figures: figures(9, 2.5)}},
	}
	if got, want := conflict.Differs(plan).String(), "done / in progress; Băng rôn 7 / 9; pano – / 2.5"; got != want {
		t.Errorf("they differ in %q, want %q", got, want)
	}
	if got := conflict.DifferIn(plan, []string{"figures.bang-ron"}).String(); got != "Băng rôn 7 / 9" {
		t.Errorf("they differ in %q", got)
	}
}

// A version is held when what it changed stands there, not when all figures are the same.
func TestHolds(t *testing.T) {
	value := func(status model.Status, note string, figures map[string]float64) model.Value {
		return model.Entry{Status: status, Note: note, Figures: figures}
	}
	base := value(model.Todo, "", figures(4, 1))
	merge := value(model.Todo, "14 bộ\nđã treo", figures(9, 1))
	for name, test := range map[string]struct {
		side model.Value
		want bool
	}{
		"its note, not its untouched figure": {value(model.Todo, "đã treo", figures(4, 1)), true},
		"its figure":                         {value(model.Todo, "", figures(9, 1)), true},
		"another figure":                     {value(model.Todo, "đã treo", figures(7, 1)), false},
		"a figure that it took away":         {value(model.Todo, "", figures(4, 0)), false},
		"its status":                         {value(model.Done, "đã treo", figures(4, 1)), false},
		"a part of a word":                   {value(model.Todo, "4 bộ", figures(4, 1)), false},
	} {
		if got := review.Holds(merge, base, test.side); got != test.want {
			t.Errorf("%s: held is %v", name, got)
		}
	}
}
