package review_test

import (
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/review"
)

func TestCommitMessageFits(t *testing.T) {
	c := campaign()
	c.Plan.Activities[0].Title = strings.Repeat("Tuyên truyền, vận động ", 10)
	change := model.Change{
		Unit: "inspection", Subject: model.Subject{Kind: model.SubjectActivity, ID: "talk"},
		Seen: model.Entry{Status: model.Todo}, New: model.Entry{Status: model.Done},
	}
	subject, trailers, _ := strings.Cut(review.CommitMessage(c, change), "\n\n")
	if columns := len([]rune(subject)); columns > 72 || !strings.HasSuffix(subject, "… → hoàn thành") {
		t.Errorf("%d columns: %q", columns, subject)
	}
	if trailers != "Unit: inspection\nActivity: talk\nStatus: todo -> done\n" {
		t.Errorf("trailers:\n%s", trailers)
	}
}

// What takes a commit back names it, whether somebody named it or it was the last one of their session.
func TestWhatTakesBackNamesTheCommit(t *testing.T) {
	t.Parallel()
	campaign := &model.Campaign{}
	for _, change := range []model.Change{
		{Unit: "a", Subject: model.Subject{Kind: model.SubjectActivity, ID: "x"}, Seen: model.Entry{}, New: model.Entry{}},
		{Subject: model.Subject{Kind: model.SubjectText, ID: "fund"}, Seen: model.Text("a"), New: model.Text("b")},
	} {
		if message := review.CommitMessage(campaign, change); strings.Contains(message, "Reverts") {
			t.Errorf("%s", message)
		}
		undo := model.Receipt{Change: change, Value: change.New, Hash: "3f9c2d1"}.Undo(model.Person{})
		if message := review.CommitMessage(campaign, undo); !strings.HasSuffix(message, "\nReverts: 3f9c2d1\n") {
			t.Errorf("the undo does not name what it takes back:\n%s", message)
		}
	}
}
