package review_test

import (
	"testing"
	"time"

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

// Whoever wrote a version wrote what differs in it: of a note that is whoever edited it, though somebody has set the
// status since.
func TestWhoWroteAVersion(t *testing.T) {
	second := time.Date(2019, 12, 10, 9, 0, 0, 0, time.UTC)
	version := func(status model.Status, by, editedBy, note string, others ...model.Entry) model.Value {
		return model.Entry{Status: status, By: by, At: second, EditedBy: editedBy, EditedAt: second.Add(-time.Hour),
			Note: note, Others: others}
	}
	plain := func(status model.Status, by, note string) model.Entry {
		return model.Entry{Status: status, By: by, At: second, Note: note}
	}
	tests := map[string]struct {
		value        model.Value
		ours, theirs string
	}{
		"the note":   {version(model.Done, "lan", "hoa", "a", plain(model.Done, "lan", "b")), "hoa", "lan"},
		"the status": {version(model.Done, "lan", "hoa", "a", plain(model.Doing, "son", "a")), "lan", "son"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			versions := review.Versions(test.value)
			if versions[0].By != test.ours || versions[1].By != test.theirs {
				t.Errorf("written by %q and %q, want %q and %q", versions[0].By, versions[1].By, test.ours, test.theirs)
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
