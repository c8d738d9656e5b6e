package model

import (
	"reflect"
	"testing"
)

// What a person did not touch is as the other one left it; what both touched is as the person wants it.
func TestMineOnTopOfTheirs(t *testing.T) {
	figures := func(pairs ...any) map[string]float64 {
		all := map[string]float64{}
		for i := 0; i < len(pairs); i += 2 {
			all[pairs[i].(string)] = float64(pairs[i+1].(int))
		}
		return all
	}
	entry := func(e Entry) Value { return Value{Entry: e} }
	report := func(r Report) Value { return Value{Report: r} }
	use := func(channels ...string) Value { return Value{Use: Use{Channels: channels}} }
	tests := map[string]struct {
		kind                     SubjectKind
		seen, mine, theirs, want Value
	}{
		"a figure of mine, a note of theirs": {
			SubjectActivity,
			entry(Entry{Status: Done, Note: "cũ", Figures: figures("a", 4)}),
			entry(Entry{Status: Done, Note: "cũ", Figures: figures("a", 9)}),
			entry(Entry{Status: Done, Note: "Lan sửa", By: "lan", Figures: figures("a", 4, "b", 1)}),
			entry(Entry{Status: Done, Note: "Lan sửa", By: "lan", Figures: figures("a", 9, "b", 1)}),
		},
		"a figure taken away, one that both set": {
			SubjectActivity,
			entry(Entry{Figures: figures("a", 4, "b", 1)}),
			entry(Entry{Status: Doing, Figures: figures("b", 2)}),
			entry(Entry{Status: Done, Figures: figures("a", 4, "b", 3)}),
			entry(Entry{Status: Doing, Figures: figures("b", 2)}),
		},
		"evidence of both": {
			SubjectActivity,
			entry(Entry{Evidence: []string{"a", "b"}}),
			entry(Entry{Evidence: []string{"b", "c"}}),
			entry(Entry{Evidence: []string{"a", "b", "d"}}),
			entry(Entry{Evidence: []string{"b", "d", "c"}}),
		},
		"a text of mine, a return of theirs": {
			SubjectReport,
			report(Report{Status: Submitted, Results: "một", Difficulties: "hai"}),
			report(Report{Status: Submitted, Results: "MỘT", Difficulties: "hai"}),
			report(Report{Status: Returned, Reason: "thiếu", Results: "một", Difficulties: "HAI", By: "lan"}),
			report(Report{Status: Returned, Reason: "thiếu", Results: "MỘT", Difficulties: "HAI", By: "lan"}),
		},
		"more time, nil, documents": {
			SubjectReport,
			report(Report{Documents: []string{"x"}}),
			report(Report{Nil: true, NilReason: "không có", Documents: []string{"x", "y"}}),
			report(Report{ExtendedUntil: Date(2019, 12, 20), ExtensionReason: "bận", Documents: []string{"x", "z"}}),
			report(Report{Nil: true, NilReason: "không có", ExtendedUntil: Date(2019, 12, 20), ExtensionReason: "bận", Documents: []string{"x", "z", "y"}}),
		},
		"channels":             {SubjectMessage, use("web"), use("web", "loa"), use("web", "pano"), use("web", "pano", "loa")},
		"a text of the Office": {SubjectText, Value{Text: "a"}, Value{Text: "b"}, Value{Text: "c"}, Value{Text: "b"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			conflict := Conflict{Change: Change{Subject: Subject{Kind: test.kind}, Seen: test.seen, New: test.mine}, Theirs: test.theirs}
			if got := conflict.Mine(); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}
