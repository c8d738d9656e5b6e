package review

import (
	"slices"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

func TestLost(t *testing.T) {
	entry := func(status model.Status, note, by string) model.Value {
		return model.Entry{Status: status, Note: note, By: by, At: time.Unix(int64(len(by)), 0)}
	}
	differs := func(before, after model.Value) Difference {
		return Difference{Unit: "a", Subject: model.Subject{Kind: model.SubjectActivity, ID: "x"}, Before: before, After: after}
	}
	base, hang, lan := entry(model.Todo, "", ""), entry(model.Done, "cổng", "hang"), entry(model.Doing, "", "lan")
	file := func(said string) Difference { return Difference{Unit: "a", File: phrase.Say(said)} }
	side := func(changed, against []Difference) MergeSide {
		return MergeSide{changed, against, func(Difference) string { return "git" }}
	}
	some := func(d ...Difference) []Difference { return d }
	tests := map[string]struct {
		sides []MergeSide
		want  []NotTaken
	}{
		"one changed it, and it is there": {[]MergeSide{side(nil, some(differs(base, hang))), side(some(differs(base, hang)), nil)}, nil},
		"one changed it, and it is gone": {
			[]MergeSide{side(nil, nil), side(some(differs(base, hang)), some(differs(hang, base)))},
			[]NotTaken{{Unit: "a", Entry: "activity.x", By: "hang", Alone: true}},
		},
		"both changed it, one is taken": {
			[]MergeSide{side(some(differs(base, lan)), nil), side(some(differs(base, hang)), some(differs(hang, lan)))},
			[]NotTaken{{Unit: "a", Entry: "activity.x", By: "hang"}},
		},
		"both changed it, the one that is taken says what the other says": {
			[]MergeSide{side(some(differs(base, entry(model.Done, "cổng và cửa", "lan"))), nil), side(some(differs(base, hang)), some(differs(hang, entry(model.Done, "cổng và cửa", "lan"))))}, nil,
		},
		"something else than both": {
			[]MergeSide{side(some(differs(base, lan)), some(differs(lan, base))), side(some(differs(base, hang)), some(differs(hang, base)))}, nil,
		},
		"only the signature is another": {
			[]MergeSide{side(nil, nil), side(some(differs(base, entry(model.Todo, "", "hang"))), some(differs(entry(model.Todo, "", "hang"), base)))}, nil,
		},
		"a note was taken away, and is there again": {
			[]MergeSide{side(nil, nil), side(some(differs(hang, entry(model.Done, "", "lan"))), some(differs(entry(model.Done, "", "lan"), hang)))},
			[]NotTaken{{Unit: "a", Entry: "activity.x", By: "lan", Alone: true}},
		},
		"nobody has signed it": {
			[]MergeSide{side(nil, nil), side(some(differs(base, entry(model.Done, "", ""))), some(differs(entry(model.Done, "", ""), base)))},
			[]NotTaken{{Unit: "a", Entry: "activity.x", By: "git", Alone: true}},
		},
		"a file was mended, and is broken again": {
			[]MergeSide{side(nil, nil), side(some(file("mended")), some(file("broken")))},
			[]NotTaken{{Unit: "a", Entry: "", By: "git", Alone: true}},
		},
		"a file was changed, and cannot be read": {
			[]MergeSide{side(nil, nil), side(some(differs(base, hang)), some(file("broken")))},
			[]NotTaken{{Unit: "a", Entry: "activity.x", By: "hang", Alone: true}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			slices.Reverse(test.sides)
			backward := Lost(test.sides)
			slices.Reverse(test.sides)
			if got := Lost(test.sides); !slices.Equal(got, test.want) || !slices.Equal(backward, test.want) {
				t.Errorf("%+v and %+v were lost, want %+v", got, backward, test.want)
			}
		})
	}
}

func TestWithLost(t *testing.T) {
	said := []NotTaken{{Unit: "a", Entry: "activity.x", By: "hang"}}
	found := []NotTaken{{Unit: "a", Entry: "activity.x", By: "git"}, {Unit: "a", Entry: "activity.x", By: "git", Alone: true}}
	if got := WithLost(said, found); !slices.Equal(got, []NotTaken{said[0], found[1]}) {
		t.Errorf("the merge says %v", got)
	}
}
