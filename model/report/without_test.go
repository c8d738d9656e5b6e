package report

import (
	"encoding/json"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// What a plan does not have is no page, no sheet and no sentence.
func TestPlanWithoutParts(t *testing.T) {
	c := smallCampaign(phrase.Vietnamese)
	plan := &c.Plan
	plan.Goals, plan.Messages, plan.Reporting = nil, nil, model.Reporting{}
	for i := range plan.Activities {
		plan.Activities[i].Indicators, plan.Activities[i].Goals = nil, nil
	}
	for id, progress := range c.Progress {
		progress.Report, progress.Messages = model.Report{}, nil
		for activity, entry := range progress.Activities {
			entry.Figures = nil
			progress.Activities[activity] = entry
		}
		c.Progress[id] = progress
	}
	c.Office.Texts = nil
	d := New(model.NewBoard(c, calendar.Date(2019, 12, 20)), nil)
	annexes := d.Annexes(0)
	if len(annexes) != 1 || annexes[0].Name != "Phụ lục" || annexes[0].Title != "TÌNH HÌNH THỰC HIỆN CỦA CÁC ĐƠN VỊ" {
		t.Errorf("the annexes are %+v", annexes)
	}
	said := string(bytesOf(t, d, Markdown))
	for _, word := range []string{"Phụ lục I", "Thông điệp", "gửi báo cáo", "xác nhận", "Số liệu của", "Bảng số liệu", "0/0"} {
		if strings.Contains(said, word) {
			t.Errorf("the report says %q:\n%s", word, said)
		}
	}
	for _, format := range []Format{Docx, Xlsx, CSV, JSON} {
		bytesOf(t, d, format)
	}
}

// Only what is confirmed is taken, and the paper says so.
func TestConfirmedFiguresOnly(t *testing.T) {
	board := smallBoard(phrase.Vietnamese)
	all, confirmed := New(board, nil), NewConfirmed(board, nil)
	for i := range all.Columns {
		whole, part := &all.Columns[i], &confirmed.Columns[i]
		if part.Units != whole.Confirmed || part.Confirmed != whole.Confirmed {
			t.Errorf("%s: %d units, %d confirmed; want the %d that are", part.Indicator.ID, part.Units, part.Confirmed,
				whole.Confirmed)
		}
	}
	for i := range confirmed.Units {
		for j, figure := range confirmed.Units[i].Figures {
			if figure.Value != nil && confirmed.Units[i].Status != model.Accepted {
				t.Errorf("%s has a figure in column %d", confirmed.Units[i].Name, j)
			}
		}
	}
	if _, still := board.Campaign.Progress["thanh-tra"].Activities["bang-ron"].Figures["luy-ke"]; !still {
		t.Error("the board itself was changed")
	}
	said := string(bytesOf(t, confirmed, Markdown))
	for _, word := range []string{"Chỉ số liệu đã xác nhận", "Chỉ gồm số đã xác nhận"} {
		if !strings.Contains(said, word) {
			t.Errorf("the report does not say %q", word)
		}
	}
	for _, warning := range confirmed.Warnings {
		if said := phrase.In(phrase.English).Say(warning.What); strings.HasPrefix(said, "Thanh tra") {
			t.Errorf("what is left out is compared: %s", said)
		}
	}
}

// A figure of which the report is not accepted is marked in the annex and a number all the same.
func TestUnconfirmedFiguresAreMarked(t *testing.T) {
	d := smallDocument(phrase.Vietnamese)
	rows := d.Annexes(0)[0].Tables[0].Rows
	for i := range d.Units {
		for j, figure := range d.Units[i].Figures {
			cell := rows[i][2+j]
			if want := figure.Value != nil && d.Units[i].Status != model.Accepted; (cell.Mark != "") != want {
				t.Errorf("%s, column %d: the mark is %q", d.Units[i].Name, j, cell.Mark)
			}
		}
	}
	sheet := parts(t, bytesOf(t, d, Xlsx))["xl/worksheets/sheet1.xml"]
	if !strings.Contains(string(sheet), `s="10"><v>100</v>`) || !strings.Contains(string(sheet), `s="4"><v>1200</v>`) {
		t.Errorf("the sheet does not tell them apart:\n%s", sheet)
	}
}

// One unit's activity says how it stands there, not how many of one.
func TestActivityOfOneUnit(t *testing.T) {
	c := smallCampaign(phrase.Vietnamese)
	c.Plan.Activities[0].Assigned = []string{"thanh-tra"}
	d := New(model.NewBoard(c, calendar.Date(2019, 12, 20)), nil)
	var read struct {
		Parts []struct {
			Sections []struct{ Paragraphs []struct{ Text string } }
		}
	}
	if err := json.Unmarshal(bytesOf(t, d, JSON), &read); err != nil {
		t.Fatal(err)
	}
	said := read.Parts[0].Sections[1].Paragraphs[1].Text
	if !strings.HasPrefix(said, "Thanh tra Sở: hoàn thành quá hạn.") {
		t.Errorf("it says %q", said)
	}
}
