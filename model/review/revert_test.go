package review_test

import (
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/review"
)

// What would fail in the middle is not begun: an acceptance that comes back first locks the rest.
func TestRevertAllOrNothing(t *testing.T) {
	now := campaign()
	now.Progress = map[string]model.Progress{"inspection": {Report: model.Report{Status: model.Submitted}}}
	talk := model.Subject{Kind: model.SubjectActivity, ID: "talk"}
	differences := []review.Difference{
		{Unit: "inspection", Subject: talk, Before: model.Entry{Status: model.Doing}, After: now.Value("inspection", talk)},
		{
			Unit: "inspection", Subject: model.Subject{Kind: model.SubjectReport},
			Before: model.Report{Status: model.Accepted}, After: model.Report{Status: model.Submitted},
		},
	}
	if changes, err := review.RevertAll(differences[:1], chief, now, "abc"); err != nil || len(changes) != 1 {
		t.Fatalf("%v, %v", changes, err)
	}
	changes, err := review.RevertAll(differences, chief, now, "abc")
	if err == nil || !strings.Contains(err.Error(), "is accepted, so its record is locked") {
		t.Errorf("%v, %v", changes, err)
	}
	if now.Progress["inspection"].Report.Status != model.Submitted {
		t.Error("the campaign itself was changed")
	}
}

// What was changed on the roster is put back as it was; who was added is taken off again.
func TestRevertOnTheRoster(t *testing.T) {
	now := campaign()
	tuan := model.Person{ID: "tuan", Name: "Tuấn", Role: model.Viewer}
	now.Roster.People = append(now.Roster.People, tuan)
	before := tuan
	before.Name = "Lê Tuấn"
	subject := model.Subject{Kind: model.SubjectPerson, ID: "tuan"}
	renamed := review.Difference{Subject: subject, Before: &before, After: &tuan}
	if change, err := renamed.Revert(chief, now, "abc"); err != nil || change.New != model.Value(&before) {
		t.Errorf("%+v, %v", change, err)
	}
	added := review.Difference{Subject: subject, After: &tuan}
	if _, err := review.RevertAll([]review.Difference{added}, chief, now, "abc"); err != nil {
		t.Error(err)
	}
}
