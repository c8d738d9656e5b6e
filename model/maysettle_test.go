package model_test

import (
	"testing"

	"example.org/tiendo/model"
)

// Who decides about a conflict: in a record whoever may change it, but about an acceptance
// and outside of the records the coordinator alone.
func TestMaySettle(t *testing.T) {
	campaign := &model.Campaign{Roster: model.Roster{Units: []model.Unit{{ID: "cong-doan", Name: "Công đoàn"}, {ID: "chi-doan", Name: "Chi đoàn"}}}}
	lan := model.Person{ID: "lan", Name: "Lan", Role: model.Coordinator}
	son := model.Person{ID: "son", Name: "Sơn", Role: model.Staff, Unit: "cong-doan"}
	xem := model.Person{ID: "xem", Name: "Xem", Role: model.Viewer}
	tests := map[string]struct {
		conflict      model.MergeConflict
		lan, son, xem bool
	}{
		"own record":       {model.MergeConflict{Unit: "cong-doan"}, true, true, false},
		"another record":   {model.MergeConflict{Unit: "chi-doan"}, true, false, false},
		"an acceptance":    {model.MergeConflict{Unit: "cong-doan", Accepted: true}, true, false, false},
		"plan or roster":   {model.MergeConflict{}, true, false, false},
		"a unit not known": {model.MergeConflict{Unit: "moi"}, true, false, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, who := range []struct {
				person model.Person
				may    bool
			}{{lan, test.lan}, {son, test.son}, {xem, test.xem}} {
				if err := campaign.MaySettle(who.person, &test.conflict); (err == nil) != who.may {
					t.Errorf("%s: %v", who.person.ID, err)
				}
			}
		})
	}
}

// An acceptance is a yes or a no: the two versions of a report are not put together then.
func TestBothOfAnAcceptance(t *testing.T) {
	version := func(status model.ReportStatus, results string) model.MergeVersion {
		return model.MergeVersion{Value: model.Value{Report: model.Report{Status: status, Results: results}}}
	}
	report := model.Subject{Kind: model.SubjectReport}
	one := model.MergeConflict{Subject: report, Ours: version(model.Submitted, "a"), Theirs: version(model.Accepted, "b")}
	if accepter, other := one.Accepter(); accepter != &one.Theirs || other != &one.Ours {
		t.Error("the wrong side has accepted")
	}
	if _, possible := one.Both(); possible {
		t.Error("both are taken of a report that one side has accepted")
	}
	two := model.MergeConflict{Subject: report, Base: version(model.Draft, ""), Ours: version(model.Submitted, "a"), Theirs: version(model.Draft, "b")}
	if value, possible := two.Both(); !possible || value.Report.Results == "a" || value.Report.Results == "b" {
		t.Errorf("both are not taken: %+v", value)
	}
}
