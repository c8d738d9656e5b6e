package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/store"
)

// otherPlan is one of the plans of other offices that the screens are tried with, with more words in its plan and some
// records, by unit.
func otherPlan(t *testing.T, name, more string, records map[string]string) *model.Campaign {
	t.Helper()
	files := map[string][]byte{}
	for _, file := range []string{"plan.toml", "units.toml"} {
		content, err := os.ReadFile(filepath.Join("..", "..", "tui", "testdata", "plans", name, file))
		if err != nil {
			t.Fatal(err)
		}
		files[file] = content
	}
	files["plan.toml"] = append(files["plan.toml"], more...)
	for unit, record := range records {
		files["progress/"+unit+".toml"] = []byte(record)
	}
	campaign, err := store.NewPast("data").Load(context.Background(), files)
	if err != nil || len(campaign.Problems) > 0 {
		t.Fatal(err, campaign.Problems)
	}
	return campaign
}

// interim is a report beside those of every month, which sums their figures.
const interim = "\n[[reporting.period]]\nid = \"so-ket\"\nname = \"Báo cáo sơ kết\"\nuntil = 2026-05-31\n"

// monthlyRecords are two months of two units, of which the industry's first report and the office's second are accepted.
var monthlyRecords = map[string]string{
	"cong-nghiep": `[activity.so-hoa]
status = "doing"
[activity.so-hoa.figures.2026-04]
ho-so = 40
ty-le = 85
[activity.so-hoa.figures.2026-05]
ho-so = 70
[report.2026-04]
status       = "accepted"
submitted_at = 2026-04-17T08:00:00+07:00
results      = "Tháng 4."
`,
	"van-phong": `[activity.so-hoa]
status = "doing"
[activity.so-hoa.figures.2026-05]
ho-so = 200
[activity.tap-huan]
status = "done"
at     = 2026-05-17T08:00:00+07:00
[activity.tap-huan.figures.2026-04]
lop   = 1
nguoi = 30
[activity.tap-huan.figures.2026-05]
lop   = 1
nguoi = 51
[report.2026-05]
status       = "accepted"
submitted_at = 2026-05-17T08:00:00+07:00
results      = "Tháng 5."
`,
}

// rowsOf are the rows below the units in the table of figures, by title, as each format shows them: a number without
// the points of thousands.
func rowsOf(t *testing.T, d *Document) map[string]map[string][]string {
	t.Helper()
	columns := len(d.Columns)
	below := func(rows [][]string) map[string][]string {
		titled := map[string][]string{}
		for _, row := range rows {
			for len(row) < 2+columns {
				row = append(row, "")
			}
			cells := slices.Clone(row[2 : 2+columns])
			for i := range cells {
				cells[i] = strings.ReplaceAll(strings.TrimSpace(cells[i]), ".", "")
			}
			if _, twice := titled[strings.TrimSpace(row[1])]; len(row) > 1 && !twice {
				titled[strings.TrimSpace(row[1])] = cells
			}
		}
		return titled
	}
	var markdown [][]string
	for line := range strings.Lines(string(bytesOf(t, d, Markdown))) {
		if cells := strings.Split(strings.Trim(line, "|\n"), "|"); strings.HasPrefix(line, "| ") && len(cells) == 2+columns {
			markdown = append(markdown, cells)
		}
	}
	separated, err := csv.NewReader(bytes.NewReader(bytesOf(t, d, CSV)[3:])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(bytesOf(t, d, Xlsx)))
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := book.GetRows(book.GetSheetList()[0], excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	sheet = slices.DeleteFunc(sheet, func(row []string) bool { return len(row) < 2 })
	var word [][]string
	for _, table := range tablesOf(t, parts(t, bytesOf(t, d, Docx))["word/document.xml"]) {
		if table[0][1] == d.T("Unit") {
			word = append(word, table[2:]...)
			break
		}
	}
	return map[string]map[string][]string{"md": below(markdown), "csv": below(separated), "xlsx": below(sheet),
		"docx": below(word)}
}

// The annex of a period has what was given in it, the sum so far, the target and how that stands, each indicator by its
// own rule: files are added up, the share is never totalled, classes are added up, of the people it is the last figure.
func TestAnnexOfAPeriod(t *testing.T) {
	type rows map[string]string // of all columns, separated by |
	const (
		total, units, confirmed = "Tổng", "Số đơn vị có số liệu", "Trong đó đã xác nhận"
		soFar, target, reached  = "Lũy kế", "Chỉ tiêu", "Đạt so với chỉ tiêu (%)"
		verdict, own            = "So với chỉ tiêu", "Số đơn vị đạt chỉ tiêu"
	)
	tests := map[string]struct {
		today  calendar.Day
		period string
		want   rows
		absent []string
		closes string
	}{
		"the first": {calendar.Date(2026, 4, 20), "2026-04", rows{total: "40||1|30", units: "1|1|1|1", confirmed: "1|1|0|0",
			soFar: "40||1|30", target: "600||2|50", reached: "6||50|60", verdict: "|||", own: "0|1|0|0"}, nil, "14/04/2026"},
		"the second, before its activities are due": {calendar.Date(2026, 5, 10), "2026-05", rows{total: "270||1|51",
			soFar: "310||2|51", verdict: "||Đạt|Vượt"}, nil, "10/05/2026"},
		"the second": {calendar.Date(2026, 6, 2), "2026-05", rows{total: "270||1|51", units: "2|0|1|1", confirmed: "1|0|1|1",
			soFar: "310||2|51", target: "600||2|50", reached: "51||100|102", verdict: "||Đạt|Vượt", own: "1|1|1|1"}, nil,
			"14/05/2026"},
		"the last, in which nothing was given, in time": {calendar.Date(2026, 6, 30), "2026-06", rows{total: "|||",
			units: "0|0|0|0", confirmed: "0|0|0|0", soFar: "310||2|51", verdict: "||Đạt|Vượt"}, nil, "14/06/2026"},
		"the last, too late": {calendar.Date(2026, 7, 1), "2026-06", rows{total: "|||", soFar: "310||2|51",
			verdict: "Chậm||Đạt|Vượt"}, nil, "14/06/2026"},
		"the first, printed after all": {calendar.Date(2026, 7, 2), "2026-04", rows{total: "40||1|30", soFar: "40||1|30",
			verdict: "|||"}, nil, "14/04/2026"},
		"one that sums": {calendar.Date(2026, 6, 2), "so-ket", rows{total: "310||2|51", units: "2|1|1|1",
			confirmed: "1|1|0|0", target: "600||2|50", verdict: "||Đạt|Vượt"}, []string{soFar}, "02/06/2026"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := New(model.NewBoardOf(otherPlan(t, "hang-thang", interim, monthlyRecords), test.today, test.period), nil)
			for format, titled := range rowsOf(t, d) {
				for title, want := range test.want {
					if got := strings.Join(titled[title], "|"); got != want {
						t.Errorf("%s, %s: %q, want %q", format, title, got, want)
					}
				}
				for _, title := range test.absent {
					if _, there := titled[title]; there {
						t.Errorf("%s has a row %s", format, title)
					}
				}
			}
			if !strings.HasSuffix(d.Header.FiguresAsOf, test.closes) {
				t.Errorf("the figures are %q, want up to %s", d.Header.FiguresAsOf, test.closes)
			}
			var marked []string
			for i := range d.Units {
				for _, figure := range d.Units[i].Figures {
					if figure.Value != nil && !figure.Confirmed {
						marked = append(marked, d.Units[i].ID)
					}
				}
			}
			if want := figuresOf(d) - sumOf(test.want[confirmed]); test.want[confirmed] != "" && len(marked) != want {
				t.Errorf("%d figures are marked as not confirmed: %v; want %d", len(marked), marked, want)
			}
		})
	}
}

// figuresOf is how many figures the units have given.
func figuresOf(d *Document) int {
	given := 0
	for i := range d.Columns {
		given += d.Columns[i].InPeriod.Units
	}
	return given
}

// sumOf adds up the numbers of a row.
func sumOf(row string) int {
	sum := 0
	for cell := range strings.SplitSeq(row, "|") {
		n, _ := strconv.Atoi(cell)
		sum += n
	}
	return sum
}

// What programs read of a period is what stands on paper.
func TestPeriodForPrograms(t *testing.T) {
	d := New(model.NewBoardOf(otherPlan(t, "hang-thang", "", monthlyRecords), calendar.Date(2026, 6, 2), "2026-05"), nil)
	var read struct {
		Reporting  struct{ Period string }
		Indicators []struct {
			Total, Target *float64
			InPeriod      struct {
				Total            *float64
				Units, Confirmed int
			} `json:"in_period"`
		}
	}
	if err := json.Unmarshal(bytesOf(t, d, JSON), &read); err != nil {
		t.Fatal(err)
	}
	titled := rowsOf(t, d)["csv"]
	for i, indicator := range read.Indicators {
		for title, got := range map[string]float64{"Tổng": value(indicator.InPeriod.Total), "Lũy kế": value(indicator.Total),
			"Chỉ tiêu": value(indicator.Target), "Số đơn vị có số liệu": float64(indicator.InPeriod.Units),
			"Trong đó đã xác nhận": float64(indicator.InPeriod.Confirmed)} {
			want := value(nil)
			if number, err := strconv.ParseFloat(titled[title][i], 64); err == nil {
				want = number
			}
			if got != want {
				t.Errorf("column %d, %s: %v, want %v", i, title, got, want)
			}
		}
	}
	if read.Reporting.Period != "2026-05" || len(read.Indicators) != 4 {
		t.Errorf("read %+v", read)
	}
}

// A plan of leads and support, with targets of a unit by itself and of all together, and one without any figures, are
// read back the same from every format.
func TestFiguresOfOtherPlans(t *testing.T) {
	report := func(status string) string {
		return "[report.2026]\nstatus = \"" + status + "\"\nsubmitted_at = 2026-12-01T08:00:00+07:00\nresults = \"Đã làm.\"\n"
	}
	records := map[string]string{
		"tai-nguyen": "[activity.kiem-tra-dinh-ky.figures.2026]\ncuoc-kiem-tra = 3\n",
		"thanh-tra":  "[activity.kiem-tra-dinh-ky.figures.2026]\ncuoc-kiem-tra = 2\n" + report("accepted"),
		"van-hoa":    "[activity.pho-bien.figures.2026]\nhoi-nghi = 5\n" + report("submitted"),
		"xa-dong":    "[activity.pho-bien.figures.2026]\nhoi-nghi = 2\n" + report("accepted"), // supports
	}
	d := New(model.NewBoard(otherPlan(t, "chuyen-de", "", records), calendar.Date(2026, 12, 5)), nil)
	for format, titled := range rowsOf(t, d) {
		for title, want := range map[string]string{"Tổng": "7|5", "Số đơn vị có số liệu": "2|2",
			"Trong đó đã xác nhận": "1|1", "Lũy kế": "7|5", "Chỉ tiêu": "10|6", "Đạt so với chỉ tiêu (%)": "70|83",
			"So với chỉ tiêu": "Chậm|Chậm", "Số đơn vị đạt chỉ tiêu": "|1"} {
			if got := strings.Join(titled[title], "|"); got != want {
				t.Errorf("%s, %s: %q, want %q", format, title, got, want)
			}
		}
	}
	annexes := d.Annexes(0)
	products := annexes[len(annexes)-1].Tables[0]
	if len(annexes) != 3 || len(products.Rows) != 2 || products.Rows[0][2].Text != "Tài liệu tuyên truyền; hội nghị" ||
		products.Rows[1][2].Text != "Biên bản kiểm tra" {
		t.Errorf("%d annexes, products %+v", len(annexes), products.Rows)
	}
	event := New(model.NewBoard(otherPlan(t, "su-kien", "", nil), calendar.Date(2026, 8, 13)), nil)
	if len(event.Columns) != 0 || len(event.Annexes(0)) != 1 {
		t.Errorf("the event has %d columns, %d annexes", len(event.Columns), len(event.Annexes(0)))
	}
	for _, format := range []Format{Docx, Xlsx, Markdown, CSV, JSON} {
		bytesOf(t, event, format)
	}
}
