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
