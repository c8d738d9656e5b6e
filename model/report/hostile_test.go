package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/phrase"
)

// hostileTexts are what people, or those who mean harm, may have written.
var hostileTexts = []string{
	"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0",
	"]]>", "<w:p>", "&amp; & \" '", "\x00\x01\x1b[31m\x7f\u0085\u202e", "\ufffe\uffff", "\xff\xfe", "_x0041_",
	"a|b", "# tiêu đề", "- mục", "1. mục", "![x](javascript:x)", "<script>", "`x` *y* _z_ ~w~",
	"dòng\nmới\r\nkhác\u2028nữa", strings.Repeat("rất dài ", 5000), strings.Repeat("x", 40_000), strings.Repeat("😀", 20_000), "",
}

func hostileDocument(said string) *Document {
	campaign := smallCampaign(phrase.Vietnamese)
	campaign.Plan.MadeUp = calendar.Date(2019, 12, 10)
	campaign.Office.Texts[document.TextLaunch] = said
	campaign.Office.Header = model.OfficeHeader{Parent: said, Issuer: said, Recipients: []string{said, said}}
	campaign.Plan.Document.Title = "Triển khai " + said
	campaign.Plan.Activities[0].Title = said
	campaign.Plan.Activities[0].Indicators[0].Name = said
	campaign.Plan.Goals[0].Text, campaign.Plan.Goals[0].Sic = said, said
	campaign.Roster.Units[0].Name = said
	progress := campaign.Progress["van-phong"]
	progress.Report.Results, progress.Report.Documents, progress.Report.Funding = said, []string{said}, said
	entry := progress.Activities["bang-ron"]
	entry.Note = said
	progress.Activities["bang-ron"] = entry
	campaign.Progress["van-phong"] = progress
	return New(model.NewBoard(campaign, calendar.Date(2019, 12, 20)), func(_, _, _ string, _ float64) Origin { return Origin{Commit: said, By: said} })
}

func TestHostileTextsStayTexts(t *testing.T) {
	for _, said := range hostileTexts {
		name := said
		if len(name) > 20 {
			name = name[:20]
		}
		t.Run(name, func(t *testing.T) {
			d := hostileDocument(said)
			parts(t, bytesOf(t, d, Docx))
			checkWorkbook(t, bytesOf(t, d, Xlsx))
			checkCSV(t, bytesOf(t, d, CSV))
			if content := bytesOf(t, d, JSON); !json.Valid(content) || !utf8.Valid(content) {
				t.Error("this is no JSON")
			}
			markdown := bytesOf(t, d, Markdown)
			if !utf8.Valid(markdown) || bytes.ContainsAny(markdown, "\x00\x01\x1b\x7f\r") || bytes.Contains(markdown, []byte("<script")) || bytes.Contains(markdown, []byte("![")) {
				t.Error("the Markdown holds what it must not")
			}
			for line := range strings.Lines(string(markdown)) {
				if strings.HasPrefix(line, "# tiêu") || strings.HasPrefix(line, "1. m") {
					t.Errorf("a text became a heading or a list: %q", line)
				}
			}
		})
	}
}

// checkWorkbook opens the workbook and wants no formula anywhere.
func checkWorkbook(t *testing.T, content []byte) {
	t.Helper()
	for name, part := range parts(t, content) {
		if strings.HasPrefix(name, "xl/worksheets/") && bytes.Contains(part, []byte("<f>")) {
			t.Errorf("%s holds a formula", name)
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j := range row {
				cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, _ := book.GetCellFormula(sheet, cell); formula != "" {
					t.Errorf("%s!%s is the formula %q", sheet, cell, formula)
				}
			}
		}
	}
}

func checkCSV(t *testing.T, content []byte) {
	t.Helper()
	reader := csv.NewReader(bytes.NewReader(content[3:]))
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("a spreadsheet takes %.40q for a formula", cell)
			}
		}
	}
}

// What a workbook cannot hold in one cell goes on in the next row: nothing is lost.
func TestLongTextsAreWholeInTheWorkbook(t *testing.T) {
	for _, said := range []string{strings.Repeat("x", 40_000), strings.Repeat("😀", 20_000), strings.Repeat("ế", 32_767)} {
		got := pieces(said)
		if strings.Join(got, "") != said {
			t.Fatal("the pieces are not the text")
		}
		for _, piece := range got {
			if len(utf16.Encode([]rune(piece))) > longestCell {
				t.Errorf("a piece of %d units", len(utf16.Encode([]rune(piece))))
			}
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(bytesOf(t, hostileDocument(strings.Repeat("x", 40_000)), Xlsx)))
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := book.GetRows("Lời văn")
	letters := 0
	for _, row := range rows {
		if len(row) > 2 && strings.HasSuffix(row[0], "2. Lễ phát động") {
			letters += strings.Count(row[2], "x")
		}
	}
	if letters != 80_000 { // the text, and the same again as the mark of the goal that it quotes
		t.Errorf("%d letters in the workbook, want 80,000", letters)
	}
}

func TestWorkbookCells(t *testing.T) {
	d := hostileDocument("=1+1")
	book, err := excelize.OpenReader(bytes.NewReader(bytesOf(t, d, Xlsx)))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"Phụ lục I", "Phụ lục II", "Phụ lục III", "Biểu đồ", "Lời văn", "Mục tiêu, thông điệp"}; !slices.Equal(book.GetSheetList(), want) {
		t.Errorf("sheets %q", book.GetSheetList())
	}
	kind := func(cell, value string, want excelize.CellType) {
		t.Helper()
		got, err := book.GetCellType("Phụ lục I", cell)
		if err != nil || got != want {
			t.Errorf("%s is of type %v, want %v (%v)", cell, got, want, err)
		}
		if shown, _ := book.GetCellValue("Phụ lục I", cell, excelize.Options{RawCellValue: true}); shown != value {
			t.Errorf("%s is %q, want %q", cell, shown, value)
		}
	}
	// Two lines, the notice that the data are made up, a blank one, the heads, the units.
	kind("B6", "=1+1", excelize.CellTypeInlineString)
	kind("C6", "4", excelize.CellTypeUnset) // a number
	kind("C7", "0", excelize.CellTypeUnset)
	kind("E6", "98.5", excelize.CellTypeUnset)
	kind("C9", "", excelize.CellTypeUnset)
	if shown, _ := book.GetCellValue("Phụ lục I", "E6"); shown != "98.5" {
		t.Errorf("a fraction is shown as %q", shown)
	}
	if charts := parts(t, bytesOf(t, d, Xlsx))["xl/charts/chart1.xml"]; !bytes.Contains(charts, []byte("'Phụ lục II'!$G$6:$G$12")) {
		t.Errorf("the chart shows other cells: %s", charts)
	}
}
