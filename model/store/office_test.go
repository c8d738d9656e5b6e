package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/duty"
)

func officeText(text model.OfficeText, seen, words string) model.Change {
	return model.Change{
		Person: lan, Subject: model.Subject{Kind: model.SubjectText, ID: string(text)},
		Seen: model.Text(seen), New: model.Text(words),
	}
}

func reminderTo(unit string, sent model.Reminders) model.Change {
	return model.Change{
		Person: lan, Subject: model.Subject{Kind: model.SubjectReminder, ID: unit},
		Seen: sent, New: append(slices.Clone(sent), duty.NextReminder(sent, unit, "")),
	}
}

// apply makes changes one after the other and gives their receipts.
func apply(t *testing.T, store *Store, changes ...model.Change) []model.Receipt {
	t.Helper()
	var receipts []model.Receipt
	for _, change := range changes {
		receipt, err := store.Apply(context.Background(), change)
		if err != nil {
			t.Fatal(err)
		}
		receipts = append(receipts, receipt)
	}
	return receipts
}

func wantFile(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s holds\n%s\nwant\n%s", filepath.Base(path), got, want)
	}
}

// The first text makes report.toml; every change touches its own lines only, is a commit, and can be undone to the byte.
func TestTheOfficeWritesItsPart(t *testing.T) {
	dir, open := repository(t)
	path := filepath.Join(dir, "data", "report.toml")
	git(t, dir, "rm", "-q", "data/report.toml")
	git(t, dir, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "no part of the Office")
	store := open()
	receipt := apply(t, store, officeText(document.TextLaunch, "", "Lễ phát động ngày 15/11.\nCó 120 người dự."))[0]
	if receipt.Hash == "" {
		t.Errorf("no commit: %v", receipt.Pending)
	}
	made := "schema = 1\n\n[text]\nlaunch = \"\"\"\nLễ phát động ngày 15/11.\nCó 120 người dự.\"\"\"\n"
	wantFile(t, path, made)
	if got := git(t, dir, "log", "-1", "--format=%an|%s|%b"); got != "Nguyễn Thị Lan|báo cáo tổng hợp: Lễ phát động|Text: launch\n\n" {
		t.Errorf("commit: %q", got)
	}

	first := apply(t, store, reminderTo("thanh-tra", nil))[0]
	apply(t, store, reminderTo("chi-doan", nil))
	second := apply(t, store, reminderTo("thanh-tra", model.As[model.Reminders](first.Value)))[0]
	sent := func(unit, number string) string {
		return "\n[[reminder]]\nunit = \"" + unit + "\"\nnumber = " + number + "\nby = \"lan\"\nat = 2019-11-18T09:20:11+07:00\n"
	}
	two := made + sent("thanh-tra", "1") + sent("chi-doan", "1")
	wantFile(t, path, two+sent("thanh-tra", "2"))
	if got := git(t, dir, "log", "-1", "--format=%s|%b"); got != "thanh-tra: đôn đốc lần 2|Unit: thanh-tra\nReminder: 2\n\n" {
		t.Errorf("commit: %q", got)
	}
	campaign, err := store.Load(context.Background())
	if err != nil || len(campaign.Problems) > 0 {
		t.Fatal(err, campaign.Problems)
	}
	if got := campaign.Office.RemindersTo("thanh-tra"); len(got) != 2 || got[1].Number != 2 || got[1].By != "lan" || !got[1].At.Equal(tickTime.Truncate(time.Second)) {
		t.Errorf("read back: %+v", got)
	}

	apply(t, store, second.Undo(lan))
	wantFile(t, path, two)
	// In between two others the first one goes, too, when it is the last of its unit.
	apply(t, store, first.Undo(lan))
	wantFile(t, path, made+sent("chi-doan", "1"))
	apply(t, store, receipt.Undo(lan))
	if content, _ := os.ReadFile(path); bytes.Contains(content, []byte("launch")) || !bytes.HasSuffix(content, []byte(sent("chi-doan", "1"))) {
		t.Errorf("undone:\n%s", content)
	}
}

// Comments, the head of the paper and unknown keys stay as they are.
func TestTheOfficesFileStaysAsPeopleWroteIt(t *testing.T) {
	dir := smallData(t)
	hire(t, dir, model.Person{ID: "an", Name: "An", Role: model.Viewer})
	path := filepath.Join(dir, "report.toml")
	before := "# của Văn phòng\r\nschema = 1\r\n\r\n[header]\r\nparent = 'UBND TỈNH' # như mẫu\r\nrecipients = [\"Sở LĐTBXH\"]\r\n\r\n[text]\r\nfunding = \"cũ\" # xem lại\r\nownkey = 1\r\n"
	write(t, path, before)
	store := openData(t, dir)
	apply(t, store, officeText(document.TextFunding, "cũ", "mới"))
	wantFile(t, path, strings.Replace(before, `"cũ"`, `"mới"`, 1))

	// Who saw an older text is told so, and others may not write at all.
	var conflict *model.Conflict
	if _, err := store.Apply(context.Background(), officeText(document.TextFunding, "cũ", "khác")); !errors.As(err, &conflict) || conflict.Theirs != model.Text("mới") {
		t.Errorf("an old text: %v", err)
	}
	change := officeText(document.TextFunding, "mới", "khác")
	change.Person = model.Person{ID: "an", Name: "An", Role: model.Coordinator} // the roster says otherwise
	if _, err := store.Apply(context.Background(), change); err == nil || !strings.Contains(err.Error(), "only the coordinator") {
		t.Errorf("a viewer: %v", err)
	}
	replaceIn(t, path, `"mới"`, `5`)
	if _, err := store.Apply(context.Background(), officeText(document.TextFunding, "", "khác")); err == nil || !strings.Contains(err.Error(), "nothing is written here while there is an error") {
		t.Errorf("over an error: %v", err)
	}
	apply(t, store, officeText(document.TextLaunch, "", "Lễ"))
	replaceIn(t, path, `[text]`, `[text`)
	if _, err := store.Apply(context.Background(), officeText(document.TextLaunch, "Lễ", "khác")); err == nil || !strings.Contains(err.Error(), "the file is broken") {
		t.Errorf("into a broken file: %v", err)
	}
}

// Everything that a report can hold is written, read back, and undone to the byte; only that it was handed in, and
// when, stays on record, so that the unit is not late when it sends again.
func TestAWholeReport(t *testing.T) {
	dir := smallData(t)
	store := openData(t, dir)
	path := filepath.Join(dir, "progress", "thanh-tra.toml")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	subject := model.Subject{Kind: model.SubjectReport}
	change := func(seen, after model.Report) model.Change {
		return model.Change{Person: lan, Unit: "thanh-tra", Subject: subject, Seen: seen, New: after}
	}
	lanOnRoster := model.Person{ID: "lan", Name: "Nguyễn Thị Lan", Role: model.Coordinator}
	var none model.Report
	extended := apply(t, store, change(none, none.Extend(calendar.Date(2019, 12, 20), "Đoàn đi\ncông tác.")))[0]
	written := model.As[model.Report](extended.Value).Write(model.Report{
		Results: "Tổ chức 2 buổi.\n- 64 người, 30 nữ.", Difficulties: "Ít thời gian.", Recommendations: "Không.",
		Documents: []string{"Công văn 12/TTS ngày 18/11/2019", "Kế hoạch 3/KH-TTS"}, Funding: "Lồng ghép \x1b[31m",
	})
	draft := apply(t, store, change(model.As[model.Report](extended.Value), written))[0]
	nothing := apply(t, store, change(model.As[model.Report](draft.Value), model.As[model.Report](draft.Value).SubmitNil("Không có công chức nữ.")))[0]
	want := strings.TrimSuffix(string(before), "[report]\n") + `[report]
by = "lan"
at = 2019-11-18T09:20:11+07:00
extended_until = 2019-12-20
extension_reason = """
Đoàn đi
công tác."""
status = "submitted"
results = """
Tổ chức 2 buổi.
- 64 người, 30 nữ."""
difficulties = "Ít thời gian."
recommendations = "Không."
documents = ["Công văn 12/TTS ngày 18/11/2019", "Kế hoạch 3/KH-TTS"]
funding = "Lồng ghép �[31m"
submitted_at = 2019-11-18T09:20:11+07:00
nil = true
nil_reason = "Không có công chức nữ."
`
	wantFile(t, path, want)
	campaign, err := store.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if got := campaign.Progress["thanh-tra"].Report; !got.Equal(model.As[model.Report](nothing.Value)) {
		t.Errorf("read back: %+v, want %+v", got, model.As[model.Report](nothing.Value))
	}
	apply(t, store, nothing.Undo(lanOnRoster), draft.Undo(lanOnRoster), extended.Undo(lanOnRoster))
	first := "submitted_at = 2019-11-18T09:20:11+07:00\n"
	wantFile(t, path, string(before)+first)

	later := model.As[model.Report](nothing.Value)
	again := apply(t, store, change(model.Report{SubmittedAt: later.SubmittedAt}, model.Report{}.SubmitNil("x")))[0]
	if got := model.As[model.Report](again.Value).SubmittedAt; !got.Equal(later.SubmittedAt) {
		t.Errorf("sent again, first sent at %v, want %v", got, later.SubmittedAt)
	}
}
