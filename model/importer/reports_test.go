package importer_test

import (
	"strings"
	"testing"

	"example.org/tiendo/model/importer"
	"example.org/tiendo/model/importer/source"
)

// reportingOf is the table [reporting] that a plan gets, without comments of places.
func reportingOf(t *testing.T, text string) string {
	t.Helper()
	document, err := source.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	plan := string(importer.Understand(document, importer.Answers{}).Plan("x"))
	_, rest, _ := strings.Cut(plan, "[reporting]\n")
	table, _, _ := strings.Cut(rest, "\n\n")
	return strings.Join(strings.Fields(table), " ")
}

func TestReportingOfPlans(t *testing.T) {
	const gap = "# every = # CẦN ĐIỀN: điền starts, ends ở trên rồi bỏ dấu # ở các dòng dưới "
	tests := map[string]string{
		"01-small-headings": `# Văn bản không nói gì về báo cáo của các đơn vị. returned = "open"`,
		"03-dropped-romans": `to = "phong-y-te" before = 2026-05-20 returned = "open"`,
		"04-inline-owners":  `to = "phong-quan-ly-thuong-mai" ` + gap + `# every = "month" # before = 18 returned = "open"`,
		"06-annex":          `to = "so-nong-nghiep-va-moi-truong" ` + gap + `# every = "year" # before = 10 returned = "open"`,
		"10-english":        `to = "health-department" every = "month" until = 5 returned = "open"`,
		"13-targets":        `to = "van-phong-lien-doan-lao-dong-huyen" ` + gap + `# every = "quarter" # before = 20 returned = "open"`,
		"17-youth":          `to = "ban-thanh-nien-xung-phong" before = 2026-04-05 returned = "open"`,
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			text, _ := readPlan(t, "testdata/plans/"+name+".txt")
			if got := reportingOf(t, text); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// Sentences about reports: nothing is set that they do not say.
func TestReportingOfSentences(t *testing.T) {
	const head = "KẾ HOẠCH\nThử\nII. THỜI GIAN THỰC HIỆN\nTừ ngày 01/01/2026 đến ngày 31/12/2026.\nV. CHẾ ĐỘ BÁO CÁO\n"
	tests := map[string]string{
		"Các đơn vị báo cáo về Văn phòng Sở trước ngày 05/12/2026.":                         `to = "van-phong-so" before = 2026-12-05 returned = "open"`,
		"Các đơn vị gửi báo cáo về Văn phòng Sở chậm nhất ngày 05/12/2026.":                 `to = "van-phong-so" until = 2026-12-05 returned = "open"`,
		"Định kỳ hằng tháng, trước ngày 05 tháng sau báo cáo về Phòng Tổng hợp.":            `to = "phong-tong-hop" every = "month" before = 5 month = "next" returned = "open"`,
		"Báo cáo hằng năm trước ngày 15/11 về Thanh tra tỉnh.":                              `to = "thanh-tra-tinh" # until = # CẦN ĐIỀN: hạn báo cáo (văn bản ghi: trước ngày 15/11) returned = "open"`,
		"Báo cáo về Văn phòng Sở trước ngày 05/6/2026 và trước ngày 05/12/2026.":            `to = "van-phong-so" # until = # CẦN ĐIỀN: hạn báo cáo returned = "open"`,
		"Báo cáo đột xuất khi có yêu cầu.":                                                  `# Văn bản không nói gì về báo cáo của các đơn vị. returned = "open"`,
		"Thực hiện báo cáo theo Nghị định số 09/2019/NĐ-CP ngày 24/01/2019.":                `# Văn bản không nói gì về báo cáo của các đơn vị. returned = "open"`,
		"Các đơn vị báo cáo định kỳ về Văn phòng Sở, số liệu tính đến hết ngày 14/12/2026.": `to = "van-phong-so" # until = # CẦN ĐIỀN: hạn báo cáo returned = "open"`,
	}
	for sentence, want := range tests {
		t.Run(sentence, func(t *testing.T) {
			if got := reportingOf(t, head+sentence+"\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
