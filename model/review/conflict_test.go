package review_test

import (
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/review"
)

// Who decides about a conflict: in a record whoever may change it, but about an acceptance
// and outside of the records the coordinator alone.
func TestMaySettle(t *testing.T) {
	campaign := &model.Campaign{Roster: model.Roster{Units: []model.Unit{{ID: "cong-doan", Name: "Công đoàn"}, {ID: "chi-doan", Name: "Chi đoàn"}}}}
	lan := model.Person{ID: "lan", Name: "Lan", Role: model.Coordinator}
	son := model.Person{ID: "son", Name: "Sơn", Role: model.Staff, Unit: "cong-doan"}
	xem := model.Person{ID: "xem", Name: "Xem", Role: model.Viewer}
	tests := map[string]struct {
		conflict      review.MergeConflict
		lan, son, xem bool
	}{
		"own record":       {review.MergeConflict{Unit: "cong-doan"}, true, true, false},
		"another record":   {review.MergeConflict{Unit: "chi-doan"}, true, false, false},
		"an acceptance":    {review.MergeConflict{Unit: "cong-doan", Accepted: true}, true, false, false},
		"plan or roster":   {review.MergeConflict{}, true, false, false},
		"a unit not known": {review.MergeConflict{Unit: "moi"}, true, false, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, who := range []struct {
				person model.Person
				may    bool
			}{{lan, test.lan}, {son, test.son}, {xem, test.xem}} {
				if err := review.MaySettle(campaign, who.person, &test.conflict); (err == nil) != who.may {
					t.Errorf("%s: %v", who.person.ID, err)
				}
			}
		})
	}
}

// An acceptance is a yes or a no: the two versions of a report are not put together then.
func TestBothOfAnAcceptance(t *testing.T) {
	version := func(status model.ReportStatus, results string) review.MergeVersion {
		return review.MergeVersion{Value: model.Report{Status: status, Results: results}}
	}
	report := model.Subject{Kind: model.SubjectReport}
	one := review.MergeConflict{Subject: report, Ours: version(model.Submitted, "a"), Theirs: version(model.Accepted, "b")}
	if accepter, other := one.Accepter(); accepter != &one.Theirs || other != &one.Ours {
		t.Error("the wrong side has accepted")
	}
	if _, possible := one.Both(); possible {
		t.Error("both are taken of a report that one side has accepted")
	}
	two := review.MergeConflict{Subject: report, Base: version(model.Draft, ""), Ours: version(model.Submitted, "a"), Theirs: version(model.Draft, "b")}
	if value, possible := two.Both(); !possible || model.As[model.Report](value).Results == "a" || model.As[model.Report](value).Results == "b" {
		t.Errorf("both are not taken: %+v", value)
	}
}

// Of a long table in conflict only what differs is shown.
func TestDiffering(t *testing.T) {
	table := func(title, note string) review.MergeVersion {
		return review.MergeVersion{Text: "[[activity]]\nid = \"x\"\nsum = \"add\"\ntitle = \"" + title + "\"\n" + note + "end = 1\nlast = 2\n"}
	}
	gone := review.MergeVersion{Gone: true}
	tests := map[string]struct {
		base, ours, theirs review.MergeVersion
		want               [3]string
	}{
		"one line": {table("a", ""), table("b", ""), table("c", ""),
			[3]string{"[[activity]]\n…\ntitle = \"a\"\n…", "[[activity]]\n…\ntitle = \"b\"\n…", "[[activity]]\n…\ntitle = \"c\"\n…"}},
		"a line more": {table("a", ""), table("a", "# why\n"), table("c", ""),
			[3]string{"[[activity]]\n…\ntitle = \"a\"\n…", "[[activity]]\n…\ntitle = \"a\"\n# why\n…", "[[activity]]\n…\ntitle = \"c\"\n…"}},
		"only one has it": {gone, table("b", ""), gone,
			[3]string{"", "[[activity]]\nid = \"x\"\nsum = \"add\"\ntitle = \"b\"\nend = 1\nlast = 2", ""}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := review.MergeConflict{Base: test.base, Ours: test.ours, Theirs: test.theirs}
			for i, version := range []*review.MergeVersion{&c.Base, &c.Ours, &c.Theirs} {
				if got := c.Differing(version); got != test.want[i] {
					t.Errorf("version %d:\n%s\nwant:\n%s", i, got, test.want[i])
				}
			}
		})
	}
}
