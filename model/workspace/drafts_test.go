package workspace

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/review"
)

func TestDraftsOutliveTheirSession(t *testing.T) {
	private, now := t.TempDir(), time.Date(2019, 12, 10, 9, 0, 0, 0, time.UTC)
	open := func(person string) *Drafts {
		f := &Workspace{Private: private, Campaign: &model.Campaign{}, Clock: &Clock{System: func() time.Time { return now }}}
		return f.Drafts(model.Person{ID: person, Name: person})
	}
	subject := model.Subject{Kind: model.SubjectReport}
	seen := model.Report{
		Status: model.Returned, At: time.Date(2019, 12, 9, 8, 31, 0, 0, time.FixedZone("+07", 7*3600)), Reason: "thiếu",
		ExtendedUntil: calendar.Date(2019, 12, 18), Documents: []string{"Công văn 12"},
	}
	first := open("minh")
	first.Keep("thanh-tra", subject, review.Unsaved{Seen: seen, Values: []string{"Hai buổi", "x-"}})
	first.Keep("chi-doan", subject, review.Unsaved{Values: []string{"khác"}})
	first.Drop("chi-doan", subject)
	first.Close()

	again := open("minh")
	draft, ok := again.Kept("thanh-tra", subject)
	if !ok || !draft.Seen.Equal(seen) || len(draft.Values) != 2 || draft.Values[0] != "Hai buổi" || !draft.At.Equal(now) {
		t.Errorf("kept %v: %+v", ok, draft)
	}
	if _, ok := again.Kept("chi-doan", subject); ok {
		t.Error("what was dropped is there again")
	}
	if _, ok := open("lan").Kept("thanh-tra", subject); ok {
		t.Error("somebody else sees it")
	}
	again.Drop("thanh-tra", subject)
	again.Close()
	if files, _ := filepath.Glob(filepath.Join(private, "drafts", "*", "*")); len(files) != 0 {
		t.Errorf("left over: %v", files)
	}

	// What is too old, damaged or no file is nobody's draft.
	old := open("minh")
	old.Keep("thanh-tra", subject, review.Unsaved{Values: []string{"cũ"}})
	old.Close()
	if info, err := os.Stat(old.dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is open to others: %v %v", info.Mode(), err)
	}
	if err := os.WriteFile(filepath.Join(old.dir, draftName("chi-doan", subject)), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/zero", filepath.Join(old.dir, draftName("van-phong", subject))); err != nil {
		t.Fatal(err)
	}
	now = now.Add(draftLife)
	late := open("minh")
	if len(late.kept) != 0 {
		t.Errorf("kept: %v", late.kept)
	}
	var none *Drafts
	none.Close() // where there is no git directory nothing is kept, and nothing fails
	if (&Workspace{Campaign: &model.Campaign{}}).Drafts(model.Person{}) != nil {
		t.Error("drafts without a place for them")
	}
}

// The files in testdata/drafts were written by the program when a draft held every kind of value beside the one that it
// was about. What people typed then must not be lost with an update.
func TestDraftsOfEarlierVersions(t *testing.T) {
	private := t.TempDir()
	if err := os.CopyFS(filepath.Join(private, "drafts"), os.DirFS(filepath.Join("testdata", "drafts"))); err != nil {
		t.Fatal(err)
	}
	typed := time.Date(2026, 11, 28, 20, 0, 0, 0, time.UTC)
	w := &Workspace{Private: private, Campaign: &model.Campaign{}, Clock: &Clock{System: func() time.Time { return typed }}}
	vietnam := time.FixedZone("+07", 7*3600)
	for _, test := range []struct {
		person, unit string
		subject      model.Subject
		seen         model.Value
		typed        string
	}{
		{"hang", "thanh-tra", model.Subject{Kind: model.SubjectActivity, ID: "treo-bang-ron"}, model.Entry{
			Status: model.Done, By: "hang", At: time.Date(2019, 11, 15, 14, 10, 3, 0, vietnam),
			Note: "Treo tại cổng trụ sở và hội trường.", Evidence: []string{"anh/bang-ron-cong-chinh.jpg"},
			Figures: map[string]float64{"bang-ron": 4, "pano": 2, "ap-phich": 4},
		}, "Treo tại cổng trụ sở và hội trường. Sửa tên."},
		{"hang", "thanh-tra", model.Subject{Kind: model.SubjectReport}, model.Report{
			Status: model.Draft, By: "hang", At: time.Date(2019, 12, 10, 2, 36, 13, 0, vietnam), Results: "Hai buổi",
		}, "Hai buổi, một tọa đàm"},
		{"lan", "", model.Subject{Kind: model.SubjectText, ID: "direction"}, model.Text("Giám đốc Sở ban hành Kế hoạch, giao Văn phòng Sở làm đầu mối theo dõi, đôn đốc và tổng hợp."), "Giám đốc Sở ban hành Kế hoạch, giao Văn phòng Sở làm đầu mối theo dõi, đôn đốc và tổng hợp. Và báo cáo."},
	} {
		draft, found := w.Drafts(model.Person{ID: test.person}).Kept(test.unit, test.subject)
		if !found || !draft.Seen.Equal(test.seen) || !slices.Contains(draft.Values, test.typed) {
			t.Errorf("%v: kept %v: %+v", test.subject, found, draft)
		}
	}
}
