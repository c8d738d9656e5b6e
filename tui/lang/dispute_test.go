package lang_test

import (
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/lang"
)

// Of several versions each is said with who wrote it, in its status and in what they do not all say alike.
func TestVersions(t *testing.T) {
	hanoi := time.FixedZone("+07", 7*3600)
	at := func(hour int) time.Time { return time.Date(2019, 12, 10, hour, 0, 0, 0, hanoi) }
	campaign := &model.Campaign{
		Plan:   model.Plan{TimeZone: hanoi},
		Roster: model.Roster{People: []model.Person{{ID: "lan", Name: "Lan"}, {ID: "minh", Name: "Minh"}}},
	}
	shared := []string{"anh.jpg"}
	entry := model.Entry{
		Status: model.Done, By: "lan", At: at(8), Note: "đã treo", Evidence: shared, Figures: map[string]float64{"a": 1, "b": 2},
		Others: []model.Entry{{Status: model.NA, By: "minh", At: at(9), Note: "không phải treo", Evidence: shared, Figures: map[string]float64{"a": 1, "b": 3}}},
	}
	three := entry
	three.Others = append(three.Others, model.Entry{Status: model.Todo, By: "an", At: at(10), Evidence: shared, Figures: map[string]float64{"a": 1}})
	report := model.Report{Status: model.Submitted, By: "lan", At: at(8), Results: "một", Funding: "5 triệu"}
	other := report
	other.Results, other.By, other.At = "hai", "minh", at(9)
	report.Others = []model.Report{other}
	activity, whole := model.Subject{Kind: model.SubjectActivity, ID: "x"}, model.Subject{Kind: model.SubjectReport}
	own := model.Entry{Status: model.Doing, Note: "đang treo", Evidence: shared, Figures: map[string]float64{"a": 1, "b": 4}}
	kept := other
	tests := map[string]struct {
		subject       model.Subject
		before, after model.Value
		want          string
	}{
		"joined": {
			activity, model.Entry{}, entry,
			"in dispute: two versions: Lan (08:00 10/12/2019): done · b 2 · “đã treo”; Minh (09:00 10/12/2019): not applicable · b 3 · “không phải treo”",
		},
		"a third version": {
			activity, entry, three,
			"in dispute: 3 versions: Lan (08:00 10/12/2019): done · b 2 · “đã treo”; Minh (09:00 10/12/2019): not applicable · b 3 · “không phải treo”; " +
				"an (10:00 10/12/2019): not started",
		},
		"a value of one's own": {activity, three, own, "decided between 3 versions: in progress · b 4 · “đang treo”"},
		"joined report": {
			whole, model.Report{}, report,
			"in dispute: two versions: Lan (08:00 10/12/2019): results: “một”; Minh (09:00 10/12/2019): results: “hai”",
		},
		"report decided": {whole, report, kept, "decided between 2 versions: results: “hai”"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, said := lang.In(phrase.English).Difference(campaign, review.Difference{Unit: "u", Subject: test.subject, Before: test.before, After: test.after})
			if said != test.want {
				t.Errorf("said %q\nwant %q", said, test.want)
			}
		})
	}
	conflict := review.MergeConflict{Subject: activity, InFile: three}
	if waits := lang.In(phrase.English).ConflictWaits(&conflict); !strings.HasSuffix(waits, "After that 1 more version is left to decide.") {
		t.Errorf("of three versions it is said: %q", waits)
	}
}
