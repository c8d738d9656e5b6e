package report

import (
	"bytes"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

func letterText(t *testing.T, campaign *model.Campaign, unit string, today calendar.Day) string {
	t.Helper()
	letter, err := NewLetter(model.NewBoard(campaign, today), unit)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := letter.WriteDocx(&out); err != nil {
		t.Fatal(err)
	}
	paper := textOfParts(t, out.Bytes())
	for _, p := range letter.Body { // the paper and the text say the same
		if !strings.Contains(paper, p.Text) {
			t.Errorf("the paper lacks %q", p.Text)
		}
	}
	return letter.Text()
}

func TestReminderSaysHowItStands(t *testing.T) {
	campaign := smallCampaign(phrase.Vietnamese)
	campaign.Office.Reminders = []model.Reminder{{Unit: "cong-doan", Number: 1}, {Unit: "cong-doan", Number: 2}, {Unit: "thanh-tra", Number: 1}}
	office := campaign.Progress["van-phong"]
	office.Report = model.Report{}
	office.Activities = map[string]model.Entry{"bang-ron": {Status: model.Doing}, "quan-triet": {Status: model.Done}}
	campaign.Progress["van-phong"] = office
	tests := map[string]struct {
		unit  string
		today calendar.Day
		want  []string
		not   string
	}{
		"some days left": {"cong-doan", calendar.Date(2019, 12, 10), []string{
			"V/v đôn đốc báo cáo kết quả thực hiện Kế hoạch số 12/KH-SCT", "Kính gửi: Công đoàn.\n", "gửi báo cáo kết quả thực hiện về Văn phòng Sở trước ngày 15/12/2019 (chậm nhất ngày 14/12/2019; ngày làm việc cuối cùng là thứ Sáu, 13/12/2019, chưa trừ ngày lễ).",
			"Đến ngày 10/12/2019, Công đoàn chưa gửi báo cáo; còn 4 ngày.", "Đây là lần đôn đốc thứ 3.", "Thời hạn gửi: trước ngày 15/12/2019 (chậm nhất ngày 14/12/2019; ngày làm việc cuối cùng là thứ Sáu, 13/12/2019, chưa trừ ngày lễ).",
			"- Nội dung “Quán triệt” (thời hạn đến hết ngày 14/12/2019; chưa thực hiện; đề nghị thực hiện hoặc nêu rõ lý do).", "nêu rõ lý do);\n",
		}, "quá hạn"},
		"the last day": {"cong-doan", calendar.Date(2019, 12, 14), []string{"chưa gửi báo cáo; thời hạn gửi là hết ngày 14/12/2019."}, "hôm nay"},
		"late":         {"cong-doan", calendar.Date(2019, 12, 15), []string{"chưa gửi báo cáo, quá hạn 1 ngày.", "Thời hạn gửi: ngay sau khi nhận được văn bản này."}, "còn"},
		"returned": {"cong-nghiep", calendar.Date(2019, 12, 16), []string{
			"Báo cáo của Phòng Công nghiệp đã được trả lại để bổ sung (lý do: Thiếu số liệu nữ); đến ngày 16/12/2019 đơn vị chưa gửi lại.", "- Báo cáo kết quả thực hiện đã bổ sung, hoàn chỉnh theo lý do trả lại nêu trên;\n",
		}, "quá hạn"},
		"the Office itself": {"van-phong", calendar.Date(2019, 12, 16), []string{
			"Đến ngày 16/12/2019, Văn phòng Sở chưa hoàn thành báo cáo của đơn vị, quá hạn 2 ngày.", "Đề nghị Văn phòng Sở hoàn thành báo cáo của đơn vị để đưa vào báo cáo tổng hợp:",
			"- Nội dung “Treo băng rôn” (thời hạn đến hết ngày 15/12/2019; đang thực hiện; đề nghị hoàn thành hoặc nêu rõ lý do);\n", "- Số liệu của nội dung “Quán triệt”: Tỷ lệ được quán triệt, Người tham dự (trường hợp chưa có, nêu rõ lý do).\n",
			"Thời hạn hoàn thành: ngay sau khi",
		}, "và gửi về"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := letterText(t, campaign, test.unit, test.today)
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("the letter lacks %q:\n%s", want, got)
				}
			}
			if strings.Contains(got, test.not) {
				t.Errorf("the letter says %q:\n%s", test.not, got)
			}
		})
	}
	t.Run("extend", func(t *testing.T) {
		progress := campaign.Progress["thuong-mai"]
		progress.Report.Status = model.Draft
		campaign.Progress["thuong-mai"] = progress
		got := letterText(t, campaign, "thuong-mai", calendar.Date(2019, 12, 18))
		for _, want := range []string{"Đơn vị đã được gia hạn đến hết ngày 20/12/2019.", "chưa gửi báo cáo; còn 2 ngày.", "Thời hạn gửi: chậm nhất ngày 20/12/2019.\n"} {
			if !strings.Contains(got, want) {
				t.Errorf("the letter lacks %q:\n%s", want, got)
			}
		}
	})
}

// The letter goes by the holidays that the plan names, and says why a day has moved.
func TestReminderByCalendar(t *testing.T) {
	for name, test := range map[string]struct {
		calendar calendar.Calendar
		want     string
	}{
		"a holiday":      {calendar.Calendar{Holidays: []calendar.Day{calendar.Date(2019, 12, 13)}}, "(chậm nhất ngày 14/12/2019; ngày làm việc cuối cùng là thứ Năm, 12/12/2019)"},
		"no holidays":    {calendar.Calendar{Holidays: []calendar.Day{}}, "(chậm nhất ngày 14/12/2019; ngày làm việc cuối cùng là thứ Sáu, 13/12/2019)"},
		"moved":          {calendar.Calendar{Next: true}, "trước ngày 15/12/2019 (chậm nhất ngày 16/12/2019; ngày 14/12/2019 là ngày nghỉ)"},
		"moved and more": {calendar.Calendar{Next: true, Holidays: []calendar.Day{calendar.Date(2019, 12, 16)}}, "(chậm nhất ngày 17/12/2019; ngày 14/12/2019 là ngày nghỉ)"},
	} {
		campaign := smallCampaign(phrase.Vietnamese)
		campaign.Plan.Reporting.Deadline.Calendar = &test.calendar
		if got := letterText(t, campaign, "cong-doan", calendar.Date(2019, 12, 10)); !strings.Contains(got, test.want) {
			t.Errorf("%s: the letter lacks %q:\n%s", name, test.want, got)
		}
	}
}

func TestNoReminderWithoutNeed(t *testing.T) {
	board := smallBoard(phrase.Vietnamese)
	for _, unit := range []string{"van-phong", "thanh-tra", "khong-co"} { // accepted, waiting, unknown
		if letter, err := NewLetter(board, unit); err == nil || letter != nil {
			t.Errorf("%s gets a letter", unit)
		}
	}
	letter, err := NewLetter(board, "cong-doan")
	if err != nil || letter.FileName() != "don-doc-cong-doan" {
		t.Fatalf("%+v, %v", letter, err)
	}
	if letter.Header.Number != "Số:        /SCT" || strings.ContainsAny(letter.Header.Dateline, "0123456789") {
		t.Errorf("number %q, date %q", letter.Header.Number, letter.Header.Dateline)
	}
}

func TestReminderInWords(t *testing.T) {
	letter, err := NewLetter(smallBoard(phrase.English), "cong-doan")
	if err != nil {
		t.Fatal(err)
	}
	got := letter.Text()
	for _, want := range []string{"Reminder: report on ", "To: Công đoàn.", "- The activity “Quán triệt” (deadline 14/12/2019; not started; please carry it out or give the reason).", "before 15/12/2019 (by 14/12/2019; the last working day is Friday, 13/12/2019, public holidays not taken into account)", "6 days after the deadline."} {
		if !strings.Contains(got, want) {
			t.Errorf("the letter lacks %q:\n%s", want, got)
		}
	}
}

// A figure that cannot be is named in the words of the rule, in the plan's language.
func TestReminderNamesWrongFigures(t *testing.T) {
	campaign := smallCampaign(phrase.Vietnamese)
	campaign.Plan.Activities[1].Indicators = append(campaign.Plan.Activities[1].Indicators, model.Indicator{ID: "nu", Name: "Trong đó nữ", PartOf: "tham-du"})
	progress := campaign.Progress["cong-doan"]
	progress.Activities["quan-triet"] = model.Entry{Status: model.Done, Note: "x", Figures: map[string]float64{"tham-du": 3, "nu": 5}}
	campaign.Progress["cong-doan"] = progress
	letter, err := NewLetter(model.NewBoard(campaign, calendar.Date(2019, 12, 16)), "cong-doan")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := letter.Text(), "- Số liệu đã kiểm tra lại của nội dung “Quán triệt” (Trong đó nữ (5) nhiều hơn Người tham dự (3)).\n"; !strings.Contains(got, want) {
		t.Errorf("the letter lacks %q:\n%s", want, got)
	}
}
