package review

import (
	"reflect"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
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
	entry := func(e model.Entry) model.Value { return e }
	report := func(r model.Report) model.Value { return r }
	person := func(name, email string, keys ...string) model.Value {
		return &model.Person{ID: "an", Name: name, Email: email, Keys: keys}
	}
	part := func(pairs ...string) model.Value {
		all := model.Part{}
		for i := 0; i < len(pairs); i += 2 {
			all[pairs[i]] = model.PartValue{TOML: pairs[i+1]}
		}
		return all
	}
	use := func(channels ...string) model.Value { return model.Use{Channels: channels} }
	tests := map[string]struct {
		kind                     model.SubjectKind
		seen, mine, theirs, want model.Value
	}{
		"a figure of mine, a note of theirs": {
			model.SubjectActivity,
			entry(model.Entry{Status: model.Done, Note: "cũ", Figures: figures("a", 4)}),
			entry(model.Entry{Status: model.Done, Note: "cũ", Figures: figures("a", 9)}),
			entry(model.Entry{Status: model.Done, Note: "Lan sửa", By: "lan", Figures: figures("a", 4, "b", 1)}),
			entry(model.Entry{Status: model.Done, Note: "Lan sửa", By: "lan", Figures: figures("a", 9, "b", 1)}),
		},
		"a figure taken away, one that both set": {
			model.SubjectActivity,
			entry(model.Entry{Figures: figures("a", 4, "b", 1)}),
			entry(model.Entry{Status: model.Doing, Figures: figures("b", 2)}),
			entry(model.Entry{Status: model.Done, Figures: figures("a", 4, "b", 3)}),
			entry(model.Entry{Status: model.Doing, Figures: figures("b", 2)}),
		},
		"evidence of both": {
			model.SubjectActivity,
			entry(model.Entry{Evidence: []string{"a", "b"}}),
			entry(model.Entry{Evidence: []string{"b", "c"}}),
			entry(model.Entry{Evidence: []string{"a", "b", "d"}}),
			entry(model.Entry{Evidence: []string{"b", "d", "c"}}),
		},
		"a text of mine, a return of theirs": {
			model.SubjectReport,
			report(model.Report{Status: model.Submitted, Results: "một", Difficulties: "hai"}),
			report(model.Report{Status: model.Submitted, Results: "MỘT", Difficulties: "hai"}),
			report(model.Report{Status: model.Returned, Reason: "thiếu", Results: "một", Difficulties: "HAI", By: "lan"}),
			report(model.Report{Status: model.Returned, Reason: "thiếu", Results: "MỘT", Difficulties: "HAI", By: "lan"}),
		},
		"more time, nil, documents": {
			model.SubjectReport,
			report(model.Report{Documents: []string{"x"}}),
			report(model.Report{Nil: true, NilReason: "không có", Documents: []string{"x", "y"}}),
			report(model.Report{ExtendedUntil: calendar.Date(2019, 12, 20), ExtensionReason: "bận", Documents: []string{"x", "z"}}),
			report(model.Report{Nil: true, NilReason: "không có", ExtendedUntil: calendar.Date(2019, 12, 20), ExtensionReason: "bận", Documents: []string{"x", "z", "y"}}),
		},
		"channels": {model.SubjectMessage, use("web"), use("web", "loa"), use("web", "pano"), use("web", "pano", "loa")},
		"a name of mine, an address and a key of theirs": {
			model.SubjectPerson, person("An", "cu@example.org", "a"), person("An An", "cu@example.org", "a", "c"),
			person("An", "moi@example.org", "b"), person("An An", "moi@example.org", "b", "c"),
		},
		"a person who is gone": {
			model.SubjectPerson, person("An", "cu@example.org"), (*model.Person)(nil), person("An", "moi@example.org"),
			(*model.Person)(nil),
		},
		"a person whom they took off": {
			model.SubjectPerson, person("An", "cu@example.org"), person("An An", "cu@example.org"), (*model.Person)(nil),
			person("An An", "cu@example.org"),
		},
		"a last day of mine, a name of theirs": {
			model.SubjectUnit, &model.Unit{ID: "u", Name: "Một"},
			&model.Unit{ID: "u", Name: "Một", Until: calendar.Date(2019, 12, 20)}, &model.Unit{ID: "u", Name: "Hai"},
			&model.Unit{ID: "u", Name: "Hai", Until: calendar.Date(2019, 12, 20)},
		},
		"a deadline of mine, another kind of deadline and a title of theirs": {
			model.SubjectPlan, part("title", "A", "until", "1"), part("title", "A", "until", "2"),
			part("title", "B", "before", "3"), part("title", "B", "until", "2"),
		},
		"a key that I took away, one that they added": {
			model.SubjectPlan, part("title", "A", "product", "x"), part("title", "A"),
			part("title", "A", "product", "y", "when", "z"), part("title", "A", "when", "z"),
		},
		"a part that is new": {
			model.SubjectPlan, model.Part(nil), part("title", "A"), part("title", "B"), part("title", "A"),
		},
		"a text of the Office": {model.SubjectText, model.Text("a"), model.Text("b"), model.Text("c"), model.Text("b")},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			conflict := model.Conflict{Change: model.Change{Subject: model.Subject{Kind: test.kind}, Seen: test.seen, New: test.mine}, Theirs: test.theirs}
			if got := Mine(&conflict); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}
