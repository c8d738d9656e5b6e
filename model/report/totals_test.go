package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// totalsOf are the total of each indicator as a format shows it: "" where there is none.
type totalsOf map[string]string

func (totals totalsOf) compare(t *testing.T, format string, want totalsOf) {
	t.Helper()
	if len(totals) != len(want) {
		t.Errorf("%s has %d totals, want %d", format, len(totals), len(want))
	}
	for indicator, total := range want {
		if totals[indicator] != total {
			t.Errorf("%s: the total of %s is %q, want %q", format, indicator, totals[indicator], total)
		}
	}
}

// Every format shows the totals of the board, and the figures that they are made of.
func TestTotalsAreTheSameEverywhere(t *testing.T) {
	for name, board := range map[string]*model.Board{
		"demo": demoBoard(t), "small": smallBoard(phrase.Vietnamese), "English": smallBoard(phrase.English), "300 x 40": largeBoard(300, 40),
	} {
		t.Run(name, func(t *testing.T) {
			d := New(board, nil)
			machine, printed := totalsOf{}, totalsOf{}
			for i := range board.Activities {
				for _, total := range board.Activities[i].Figures {
					head := total.Indicator.Name + " (" + total.Indicator.Measure + ")"
					machine[head], printed[head] = "", ""
					if total.Total != nil {
						machine[head], printed[head] = plain(*total.Total), d.Language.Number(*total.Total)
					}
				}
			}
			docxTotals(t, d, 0).compare(t, "docx", printed)
			markdownTotals(t, d, 0).compare(t, "md", printed)
			csvTotals(t, d, 0).compare(t, "csv", machine)
			xlsxTotals(t, d, 0).compare(t, "xlsx", machine)
			jsonTotals(t, d).compare(t, "json", machine)
		})
	}
}

// How many units gave a figure, how many of these are confirmed, the targets and who has reached them are the same in
// every format, too.
func TestWhatTotalsAreMadeOfIsTheSameEverywhere(t *testing.T) {
	c := smallCampaign(phrase.Vietnamese)
	first, second := c.Plan.Activities[0].Indicators, c.Plan.Activities[1].Indicators
	first[0].Target, first[0].Targets = new(float64(3)), map[string]float64{"van-phong": 10, "thanh-tra": 0}
	second[1].Total = new(float64(5000))
	board := model.NewBoard(c, calendar.Date(2019, 12, 20))
	d := New(board, nil)
	of := func(number func(*Column) *float64) totalsOf {
		all := totalsOf{}
		for i := range d.Columns {
			head := d.Columns[i].Indicator.Name + " (" + d.Columns[i].Indicator.Measure + ")"
			if all[head] = ""; number(&d.Columns[i]) != nil {
				all[head] = plain(*number(&d.Columns[i]))
			}
		}
		return all
	}
	if target := d.Columns[0].Target; target == nil || *target != 3*3+10 {
		t.Fatalf("the target of all is %v", value(target))
	}
	if d.Columns[0].Reached != 1 || *d.Columns[3].Target != 5000 {
		t.Fatalf("%d have reached theirs; together %v", d.Columns[0].Reached, value(d.Columns[3].Target))
	}
	for below, number := range []func(*Column) *float64{
		func(c *Column) *float64 { return c.Total },
		func(c *Column) *float64 { return count(c.Units) },
		func(c *Column) *float64 { return count(c.Confirmed) },
		func(c *Column) *float64 { return c.Target },
	} {
		printed := of(func(c *Column) *float64 { return number(c) })
		for head, said := range printed {
			if figure, err := strconv.ParseFloat(said, 64); err == nil {
				printed[head] = d.Language.Number(figure)
			}
		}
		docxTotals(t, d, below).compare(t, "docx", printed)
		markdownTotals(t, d, below).compare(t, "md", printed)
		csvTotals(t, d, below).compare(t, "csv", of(number))
		xlsxTotals(t, d, below).compare(t, "xlsx", of(number))
	}
	var read struct {
		Indicators []struct {
			Units, Confirmed, Reached int
			Target                    *float64
		}
	}
	if err := json.Unmarshal(bytesOf(t, d, JSON), &read); err != nil {
		t.Fatal(err)
	}
	for i, indicator := range read.Indicators {
		column := &d.Columns[i]
		if indicator.Units != column.Units || indicator.Confirmed != column.Confirmed ||
			indicator.Reached != column.Reached || value(indicator.Target) != value(column.Target) {
			t.Errorf("JSON has %+v, the board %+v", indicator, column.Result)
		}
	}
	said := string(bytesOf(t, d, Markdown))
	for _, want := range []string{
		"4 cái (2 đơn vị có số liệu, 1 đã xác nhận; chỉ tiêu 19 cái, đạt 21%)",
		"Chỉ tiêu Băng rôn, khẩu hiệu: mỗi đơn vị 3 cái; Văn phòng Sở 10 cái; Thanh tra Sở 0 cái.",
		"Chỉ tiêu Người tham dự: toàn kế hoạch 5.000 lượt người.",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("the report does not say %q:\n%s", want, said)
		}
	}
}

func value(f *float64) float64 {
	if f == nil {
		return -1
	}
	return *f
}

func docxTotals(t *testing.T, d *Document, below int) totalsOf {
	t.Helper()
	totals := totalsOf{}
	tables := tablesOf(t, parts(t, bytesOf(t, d, Docx))["word/document.xml"])
	for _, table := range tables[2 : len(tables)-1] { // the head and the foot of the paper come first, Annex II last
		heads, last := table[1], table[2+len(d.Units)+below]
		if len(table) < len(d.Units)+5 || table[0][1] != d.T("Unit") {
			t.Fatalf("a table of %d rows that begins with %q", len(table), table[0])
		}
		for i, head := range heads[2:] {
			totals[head] = last[i+2]
		}
	}
	return totals
}

func markdownTotals(t *testing.T, d *Document, below int) totalsOf {
	t.Helper()
	var rows [][]string
	for line := range strings.Lines(string(bytesOf(t, d, Markdown))) {
		if !strings.HasPrefix(line, "| ") {
			if len(rows) > 0 {
				break
			}
			continue
		}
		cells := strings.Split(strings.Trim(line, "|\n"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return between(rows[0], rows[2+len(d.Units)+below], len(d.Columns))
}

// between are the totals below their heads, behind the columns of number and unit.
func between(heads, last []string, n int) totalsOf {
	totals := totalsOf{}
	for i, head := range heads[2 : 2+n] {
		totals[head] = last[i+2]
	}
	return totals
}

func csvTotals(t *testing.T, d *Document, below int) totalsOf {
	t.Helper()
	content := bytesOf(t, d, CSV)
	if !bytes.HasPrefix(content, []byte("\xef\xbb\xbf")) {
		t.Error("the CSV does not begin with a byte order mark")
	}
	rows, err := csv.NewReader(bytes.NewReader(content[3:])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < len(d.Units)+4 {
		t.Errorf("%d rows, want at least %d", len(rows), len(d.Units)+4)
	}
	for i := range d.Units {
		for j, figure := range d.Units[i].Figures {
			want := ""
			if figure.Value != nil {
				want = plain(*figure.Value)
			}
			if got := rows[i+1][j+2]; got != want {
				t.Fatalf("%s, column %d: %q, want %q", d.Units[i].Name, j, got, want)
			}
		}
	}
	return between(rows[0], rows[1+len(d.Units)+below], len(d.Columns))
}

func xlsxTotals(t *testing.T, d *Document, below int) totalsOf {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(bytesOf(t, d, Xlsx)))
	if err != nil {
		t.Fatal(err)
	}
	sheet := book.GetSheetList()[0]
	rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	head := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 1 && row[1] == d.T("Unit") })
	last := rows[head+1+len(d.Units)+below]
	for len(last) < 2+len(d.Columns) { // blanks at the end are left out
		last = append(last, "")
	}
	return between(rows[head], last, len(d.Columns))
}

func jsonTotals(t *testing.T, d *Document) totalsOf {
	t.Helper()
	var read struct {
		Indicators []struct {
			Name    string   `json:"name"`
			Measure string   `json:"measure"`
			Total   *float64 `json:"total"`
		} `json:"indicators"`
	}
	if err := json.Unmarshal(bytesOf(t, d, JSON), &read); err != nil {
		t.Fatal(err)
	}
	totals := totalsOf{}
	for _, indicator := range read.Indicators {
		total := ""
		if indicator.Total != nil {
			total = plain(*indicator.Total)
		}
		totals[indicator.Name+" ("+indicator.Measure+")"] = total
	}
	return totals
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	for _, format := range Formats() {
		first, second := bytesOf(t, New(demoBoard(t), nil), format), bytesOf(t, New(demoBoard(t), nil), format)
		if !bytes.Equal(first, second) {
			t.Errorf("%s differs from one time to the next", format)
		}
	}
}
