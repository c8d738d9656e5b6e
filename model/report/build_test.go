package report

import (
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/phrase"
)

func TestTotalsFollowTheirRule(t *testing.T) {
	d := smallDocument(phrase.Vietnamese)
	totals := map[string]*float64{}
	for _, column := range d.Columns {
		totals[column.Indicator.ID] = column.Total
	}
	tests := map[string]struct {
		indicator string
		want      *float64
	}{
		"added; a zero counts, a blank does not": {"bang-ron", count(4)},
		"the latest by its day":                  {"luy-ke", count(5)},
		"a percentage is never added":            {"ty-le", nil},
		"a broken file counts for nothing":       {"tham-du", count(1234)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := totals[test.indicator]
			if (got == nil) != (test.want == nil) || got != nil && *got != *test.want {
				t.Errorf("total of %s is %v, want %v", test.indicator, got, test.want)
			}
		})
	}
	row := d.Annexes(0)[0].Tables[0].Rows
	if zero := row[1][2]; zero.Number == nil || *zero.Number != 0 {
		t.Errorf("a zero is %+v, want the number 0", zero)
	}
	if blank := row[3][2]; blank != (Cell{}) {
		t.Errorf("a missing figure is %+v, want blank", blank)
	}
	if other := row[5][2]; other.Text != notAssigned {
		t.Errorf("what is not assigned is %+v, want %s", other, notAssigned)
	}
}

func TestReportsOfTheUnits(t *testing.T) {
	d := smallDocument(phrase.Vietnamese)
	table := d.Annexes(0)[1].Tables[0]
	want := map[string][]string{
		"Văn phòng Sở":      {"đã xác nhận", "12/12/2019", "đúng hạn", ""},
		"Thanh tra Sở":      {"chờ xác nhận", "17/12/2019", "trễ hạn (trễ 3 ngày)", ""},
		"Phòng Công nghiệp": {"bị trả lại", "14/12/2019", "đúng hạn", ""},
		"Phòng Thương mại":  {"chờ xác nhận", "19/12/2019", "đúng hạn", "20/12/2019"},
		"Phòng Năng lượng":  {"đã xác nhận", "10/12/2019", "đúng hạn", ""},
		"Công đoàn":         {"đang soạn", "", "quá hạn", ""},
		"Chi đoàn":          {"chưa rõ", "", "", ""},
	}
	if len(table.Rows) != len(want) {
		t.Fatalf("%d rows, want %d", len(table.Rows), len(want))
	}
	for _, row := range table.Rows {
		var got []string
		for _, cell := range row[2:6] {
			got = append(got, cell.Text)
		}
		if !slices.Equal(got, want[row[1].Text]) {
			t.Errorf("%s: %q, want %q", row[1].Text, got, want[row[1].Text])
		}
	}
	notes := map[string]string{}
	for _, row := range table.Rows {
		notes[row[1].Text] = row[8].Text
	}
	for unit, want := range map[string]string{
		"Phòng Công nghiệp": "trả lại: Thiếu số liệu nữ", "Phòng Thương mại": "gia hạn: Đi công tác", "Phòng Năng lượng": "không phát sinh: Mới thành lập",
		"Chi đoàn": "không đọc được tệp dữ liệu",
	} {
		if notes[unit] != want {
			t.Errorf("note of %s is %q, want %q", unit, notes[unit], want)
		}
	}
	if total := table.Total[2].Text; total != "đã gửi 5/7" {
		t.Errorf("total is %q", total)
	}
}

func TestTextsOfTheReport(t *testing.T) {
	d := smallDocument(phrase.Vietnamese)
	joined := func(paragraphs []Paragraph) string {
		var lines []string
		for _, p := range paragraphs {
			line := string(p.Kind) + "|" + p.Unit + "|" + p.Text
			lines = append(lines, line)
		}
		return strings.Join(lines, "\n")
	}
	has := func(part, number int, line string) {
		t.Helper()
		if all := joined(section(t, d, part, number)); !slices.Contains(strings.Split(all, "\n"), line) {
			t.Errorf("%d.%d lacks %q:\n%s", part, number, line, all)
		}
	}
	has(1, 1, "blank||"+dots)
	has(1, 1, "item|Văn phòng Sở|Kế hoạch số 3/KH-VP; Công văn số 9.")
	has(1, 2, "point||a) Treo băng rôn")
	has(1, 2, "body||2/5 đơn vị hoàn thành, 1 đơn vị trong số đó quá hạn, 1 đang thực hiện, 2 chưa thực hiện. Tổng hợp: Băng rôn, khẩu hiệu: 4 cái (2 đơn vị có số liệu, 1 đã xác nhận); Pano đã có: 5 tấm (2 đơn vị có số liệu, 1 đã xác nhận).")
	has(1, 2, "point||b) Quán triệt [nguyên văn; trước ngày 15/12]")
	has(1, 2, "body||2/6 đơn vị hoàn thành, 3 chưa thực hiện, 1 không áp dụng, 1 chưa rõ. Tổng hợp: Người tham dự: 1.234 lượt người (2 đơn vị có số liệu, 1 đã xác nhận). Không cộng chung, xem Phụ lục I: Tỷ lệ được quán triệt.")
	has(1, 2, "item|Thanh tra Sở|Không áp dụng: Chỉ có hai người.")
	has(1, 2, "body||Đã sử dụng 1/2 thông điệp.")
	has(1, 3, "item|Văn phòng Sở|Tự chi 2 triệu đồng.")
	has(2, 1, "body||Toàn Sở treo 5 băng rôn, 1.234 lượt người tham dự.")
	has(2, 1, "item|Văn phòng Sở|Đã treo 3 băng rôn.")
	has(2, 1, "body|Văn phòng Sở|Nhân viên hưởng ứng.")
	has(2, 1, "item|Phòng Công nghiệp|Đã dạy kỹ năng tự bảo vệ, tự xâm hại [nguyên văn; có lẽ là “kỹ năng tự bảo vệ, tự phòng ngừa xâm hại”] cho chị em.")
	has(2, 1, "body||Tính đến ngày 20/12/2019, 5/7 đơn vị đã gửi báo cáo (71%), trong đó 4 đơn vị gửi đúng hạn (57%), 2 báo cáo đã xác nhận, 1 báo cáo không phát sinh.")
	has(2, 1, "item||Chưa gửi báo cáo: Công đoàn.")
	has(2, 1, "item||Chưa rõ, vì không đọc được dữ liệu: Chi đoàn.")
	has(2, 1, "item||Gửi trễ hạn: Thanh tra Sở (17/12/2019, trễ 3 ngày).")
	has(2, 1, "item||Được gia hạn: Phòng Thương mại (đến ngày 20/12/2019, lý do: Đi công tác).")
	has(2, 2, "item|Văn phòng Sở|Kinh phí hạn hẹp.")
	has(2, 3, "item|Văn phòng Sở|Cấp tài liệu sớm.")
	whole := string(bytesOf(t, d, Markdown))
	for _, hidden := range []string{"Bản nháp", "Không in ra"} { // what was not handed in, and what a nil report takes back
		if strings.Contains(whole, hidden) {
			t.Errorf("the report prints %q", hidden)
		}
	}
}

// The number and the date of the paper are the clerk's.
func TestNothingIsInvented(t *testing.T) {
	d := smallDocument(phrase.Vietnamese)
	if d.Header.Number != "Số:        /BC-SCT" || strings.ContainsAny(d.Header.Dateline, "0123456789") || strings.ContainsAny(d.Header.WithReport, "0123456789") {
		t.Errorf("number %q, date %q, annex %q", d.Header.Number, d.Header.Dateline, d.Header.WithReport)
	}
	if d.Header.Parent != "" || !slices.Equal(d.Recipients, []string{"Sở Lao động TB&XH"}) {
		t.Errorf("parent %q, recipients %q", d.Header.Parent, d.Recipients)
	}
	if !strings.HasSuffix(d.Closing, "./.") {
		t.Errorf("the closing line is %q", d.Closing)
	}
	campaign := smallCampaign(phrase.Vietnamese)
	campaign.Plan.Document.Number, campaign.Plan.Document.Date = "Số:        /KH-SCT", calendar.Day{}
	campaign.Office.Header = model.OfficeHeader{Parent: "UBND tỉnh", Issuer: "Sở  Công\tThương", Recipients: []string{"Bộ A;", "Sở B."}}
	d = New(model.NewBoard(campaign, calendar.Date(2019, 12, 20)), nil)
	if want := "Thực hiện Kế hoạch số ……/KH-SCT triển khai Tháng hành động năm 2019, "; !strings.HasPrefix(d.LeadIn, want) {
		t.Errorf("the lead-in is %q", d.LeadIn)
	}
	if d.Header.Parent != "UBND TỈNH" || !slices.Equal(d.Recipients, []string{"Bộ A", "Sở B"}) {
		t.Errorf("parent %q, recipients %q", d.Header.Parent, d.Recipients)
	}
}

func TestWarnings(t *testing.T) {
	var got []string
	for _, warning := range smallDocument(phrase.Vietnamese).Warnings {
		got = append(got, warning.What.String())
	}
	want := []string{
		"the file of Chi đoàn cannot be read, so nothing of it is in the report",
		"not all reports are accepted: 2 of 7",
		"Phòng Năng lượng: it is a nil report, so what else is written in it is not printed: take “nil” back, or empty the texts",
		"the Office has not written “Direction, documents issued” yet",
		"the Office has not written “Funding” yet",
		"the Office has not written “Lessons” yet",
		"the Office has not written “Difficulties” yet",
		"the Office has not written “Recommendations” yet",
		"the body above the issuer is not known: it stays blank in the head of the report",
		"the Office, “Results”: the text says 5, “Băng rôn, khẩu hiệu”, and Annex I says 4",
		"Văn phòng Sở: the text says 3, “Băng rôn, khẩu hiệu”, and Annex I says 4",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What cannot be read is said first, and nobody says that the Office has not written it.
func TestWarningsOfBrokenFiles(t *testing.T) {
	office := phrase.Problem{File: "data/report.toml", Line: 2, Column: 4, What: phrase.Say("no value")}
	progress := phrase.Problem{File: "data/progress/cong-doan.toml", Line: 7, Column: 9, What: phrase.Say("a count is negative")}
	const bad = "error in the data, data/progress/cong-doan.toml:7:9: a count is negative"
	const broken = "the file of Chi đoàn cannot be read, so nothing of it is in the report"
	tests := map[string]struct {
		damage func(*model.Campaign)
		first  string
		want   []string
		not    string
	}{
		"report.toml cannot be read": {
			func(c *model.Campaign) {
				c.Plan.MadeUp = calendar.Date(2019, 12, 1)
				c.OfficeBroken, c.Problems = &office, []phrase.Problem{office, progress}
			},
			"data/report.toml:2:4: the file of the Office cannot be read (no value), so its texts, the head of the paper with its recipients and the count of reminders are missing",
			[]string{bad}, "has not written|body above|error in the data, data/report.toml|” stays blank",
		},
		"one text of it is wrong": {
			func(c *model.Campaign) { c.Problems = []phrase.Problem{office} }, broken,
			[]string{"error in the data, data/report.toml:2:4: no value", "“Funding” stays blank"}, "has not written",
		},
		"the file of a unit that has a warning of its own": {
			func(c *model.Campaign) { c.Problems = []phrase.Problem{*c.Broken["chi-doan"]} }, broken, nil, "error in the data",
		},
		"what is no error": {
			func(c *model.Campaign) {
				doubtful := progress
				doubtful.Warning = true
				c.Problems = []phrase.Problem{doubtful}
			}, broken, nil, "error in the data",
		},
		"many": {
			func(c *model.Campaign) { c.Problems = slices.Repeat([]phrase.Problem{progress}, mostErrors+3) }, broken,
			[]string{bad, "3 more errors in the data; `tiendo check` lists them all"}, "” stays blank",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			campaign := smallCampaign(phrase.Vietnamese)
			test.damage(campaign)
			got := warningsOf(campaign)
			if got[0] != test.first {
				t.Errorf("the first warning is %q, want %q", got[0], test.first)
			}
			for _, want := range test.want {
				if !slices.Contains(got, want) {
					t.Errorf("no warning %q:\n%s", want, strings.Join(got, "\n"))
				}
			}
			for not := range strings.SplitSeq(test.not, "|") {
				if strings.Contains(strings.Join(got, "\n"), not) {
					t.Errorf("a warning says %q:\n%s", not, strings.Join(got, "\n"))
				}
			}
		})
	}
}

// warningsOf are the warnings of a report in English.
func warningsOf(campaign *model.Campaign) []string {
	var warnings []string
	for _, warning := range New(model.NewBoard(campaign, calendar.Date(2019, 12, 20)), nil).Warnings {
		warnings = append(warnings, warning.What.String())
	}
	return warnings
}

// Only units of which a report is expected are named as missing, in agreement with the rate above; a unit whose file
// cannot be read is named all the same, since its figures are missing.
func TestOnlyExpectedUnitsAreMissing(t *testing.T) {
	campaign := smallCampaign(phrase.Vietnamese)
	for i := range campaign.Roster.Units {
		switch unit := &campaign.Roster.Units[i]; unit.ID {
		case "cong-doan": // left before the deadline
			unit.Until = calendar.Date(2019, 12, 13)
		case "chi-doan": // its file is broken, and it came too late
			unit.Since = calendar.Date(2019, 12, 15)
		}
	}
	campaign.Roster.Units = append(campaign.Roster.Units, model.Unit{ID: "moi", Name: "Phòng Mới", Group: "phong"}, model.Unit{ID: "sau", Name: "Phòng Sau", Group: "phong", Since: calendar.Date(2019, 12, 15)})
	var got []string
	for _, p := range section(t, New(model.NewBoard(campaign, calendar.Date(2019, 12, 20)), nil), 2, 1) {
		if strings.HasPrefix(p.Text, "Chưa") {
			got = append(got, p.Text)
		}
	}
	if want := []string{"Chưa gửi báo cáo: Phòng Mới.", "Chưa rõ, vì không đọc được dữ liệu: Chi đoàn."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAnnexIsCutWhereAnActivityEnds(t *testing.T) {
	columns := func(activities ...int) *Document {
		d := &Document{}
		for activity, n := range activities {
			for range n {
				d.Columns = append(d.Columns, Column{Activity: activity})
			}
		}
		return d
	}
	tests := map[string]struct {
		activities []int
		want       [][2]int
	}{
		"none":                     {nil, nil},
		"all fit":                  {[]int{2, 4, 2}, [][2]int{{0, 8}}},
		"two tables":               {[]int{2, 4, 4, 1}, [][2]int{{0, 6}, {6, 11}}},
		"one activity too wide":    {[]int{1, 20, 1}, [][2]int{{0, 1}, {1, 9}, {9, 17}, {17, 22}}},
		"five of eight":            {[]int{8, 8, 8, 8, 8}, [][2]int{{0, 8}, {8, 16}, {16, 24}, {24, 32}, {32, 40}}},
		"activities without any":   {[]int{0, 3, 0, 6}, [][2]int{{0, 3}, {3, 9}}},
		"exactly eight, then more": {[]int{8, 1}, [][2]int{{0, 8}, {8, 9}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := columns(test.activities...).chunks(columnsOnPaper); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// The points have letters as long as there are enough for all of them, else numbers.
func TestPoints(t *testing.T) {
	for at, want := range map[[2]int]string{
		{0, 23}: "a) ", {3, 23}: "d) ", {4, 23}: "đ) ", {5, 23}: "e) ", {6, 23}: "g) ", {22, 23}: "y) ",
		{0, 24}: "(1) ", {23, 24}: "(24) ",
	} {
		if got := point(at[0], at[1]); got != want {
			t.Errorf("point(%d, %d) = %q, want %q", at[0], at[1], got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for f, want := range map[float64][2]string{
		0: {"0", "0"}, 999: {"999", "999"}, 1234567: {"1.234.567", "1,234,567"}, 98.5: {"98,5", "98.5"}, -1234.25: {"-1.234,25", "-1,234.25"},
	} {
		if vi, en := phrase.Vietnamese.Number(f), phrase.English.Number(f); vi != want[0] || en != want[1] {
			t.Errorf("%v is %q and %q, want %q", f, vi, en, want)
		}
	}
}

// A launch is told of where there was one, and the sections after it are counted on.
func TestLaunchIfAny(t *testing.T) {
	for said, want := range map[string][]string{
		"":                      {"Công tác chỉ đạo, văn bản đã ban hành", "Các hoạt động đã triển khai", "Kinh phí"},
		"Phát động ngày 15/11.": {"Công tác chỉ đạo, văn bản đã ban hành", "Lễ phát động", "Các hoạt động đã triển khai", "Kinh phí"},
	} {
		campaign := smallCampaign(phrase.Vietnamese)
		campaign.Office.Texts[document.TextLaunch] = said
		var got []string
		for i, section := range New(model.NewBoard(campaign, calendar.Date(2019, 12, 20)), nil).Parts[0].Sections {
			got = append(got, section.Title)
			if section.Number != i+1 {
				t.Errorf("%q has the number %d", section.Title, section.Number)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("with the launch %q: %q, want %q", said, got, want)
		}
	}
}

// One recipient stands on the line, several below it; without a signature there is nothing to print in its place.
func TestRecipientsAndSignatureInMarkdown(t *testing.T) {
	campaign := smallCampaign(phrase.Vietnamese)
	campaign.Plan.Document.Signature = document.Signature{}
	of := func() string {
		return string(bytesOf(t, New(model.NewBoard(campaign, calendar.Date(2019, 12, 20)), nil), Markdown))
	}
	one := of()
	if want := "\nKính gửi: Sở Lao động TB&amp;XH.\n"; !strings.Contains(one, want) {
		t.Errorf("the report lacks %q:\n%.600s", want, one)
	}
	if strings.Contains(one, "****") {
		t.Error("the report prints the signature of nobody")
	}
	campaign.Office.Header.Recipients = []string{"Bộ A", "Sở B", "Ban C."}
	if all, want := of(), "Sở Công Thương kính báo cáo Bộ A, Sở B và Ban C để tổng hợp./."; !strings.Contains(all, want) {
		t.Errorf("the report does not end with %q", want)
	}
	if several, want := of(), "\nKính gửi:\n\n- Bộ A;\n- Sở B;\n- Ban C.\n"; !strings.Contains(several, want) {
		t.Errorf("the report lacks %q:\n%.600s", want, several)
	}
}
