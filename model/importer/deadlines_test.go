package importer_test

import (
	"strings"
	"testing"

	"example.org/tiendo/model/importer"
	"example.org/tiendo/model/importer/source"
)

// dayKeys are the keys of the one activity of a plan that say when, and whether its line is in doubt.
func dayKeys(t *testing.T, sentence string) string {
	t.Helper()
	document, err := source.Read([]byte("Số: 1/KH-A\nA, ngày 01 tháng 3 năm 2026\nKẾ HOẠCH\nThử\nI. NHIỆM VỤ\n- " + sentence + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	reading := importer.Understand(document, importer.Answers{})
	var said []string
	for line := range strings.Lines(string(reading.Plan("x"))) {
		for _, key := range []string{"from", "when", "until", "before"} {
			if strings.HasPrefix(line, key) {
				said = append(said, strings.Join(strings.Fields(line), " "))
			}
		}
	}
	if last := reading.Lines[len(reading.Lines)-1]; !last.Doubt.IsZero() {
		said = append(said, "?")
	}
	return strings.Join(said, "; ")
}

// A day becomes a deadline only behind a word that says so, and only whole; nothing else does.
func TestDeadlinesOfSentences(t *testing.T) {
	for sentence, want := range map[string]string{
		"Đánh giá kết quả trước ngày 15/12/2026.":                                     "before = 2026-12-15",
		"Đánh giá kết quả trước 15/12/2026.":                                          "before = 2026-12-15",
		"Thực hiện đến hết ngày 15/12/2026.":                                          "until = 2026-12-15",
		"Nộp hồ sơ chậm nhất là ngày 5/6/2026.":                                       "until = 2026-06-05",
		"Hoàn thành trong ngày 05-06-2026.":                                           "until = 2026-06-05",
		"Xong trước ngày 20 tháng 5 năm 2026.":                                        "before = 2026-05-20",
		"Submit the list no later than 5 June 2026.":                                  "until = 2026-06-05",
		"Thực hiện Kế hoạch số 5/KH ngày 04/11/2026 của tỉnh.":                        "",
		"Kỷ niệm ngày 20/11/2026.":                                                    "",
		"Rà soát hồ sơ từ trước ngày Luật có hiệu lực.":                               "",
		"Gửi giấy mời trước 05 ngày tổ chức Hội nghị.":                                "",
		"Rà soát giấy phép được cấp trước ngày 01/07/2026.":                           "?",
		"Rà soát dự án khởi công trước ngày 01/01/2020.":                              "?",
		"Ban hành kế hoạch trước ngày 28/4/2026.":                                     "before = 2026-04-28",
		"Thành lập tổ công tác trước ngày 28/4/2026.":                                 "before = 2026-04-28",
		"Sửa chữa, đưa vào sử dụng trước ngày 28/4/2026.":                             "before = 2026-04-28",
		"Thay thế văn bản được ban hành trước ngày 28/4/2026.":                        "?",
		"Hoàn thành trước ngày 31/02/2026.":                                           "",
		"Báo cáo trước ngày 10/12.":                                                   `when = "trước ngày 10/12"; ?`,
		"Báo cáo trước ngày 20 hằng tháng.":                                           `when = "trước ngày 20 hằng tháng"; ?`,
		"Niêm yết trước ngày 10/6/2026, lưu hồ sơ trước ngày 30/6/2026.":              `when = "trước ngày 10/6/2026; trước ngày 30/6/2026"; ?`,
		"Tổ chức hội thao từ ngày 10/8/2026 đến ngày 12/8/2026.":                      `when = "từ ngày 10/8/2026 đến ngày 12/8/2026"`,
		"Tập huấn (Thời gian: Quý II/2026).":                                          `when = "Quý II/2026"`,
		"Tập huấn (Thời gian: trước ngày 30/6/2026).":                                 `when = "trước ngày 30/6/2026"; before = 2026-06-30`,
		"Tập huấn (Thời gian: từ 01/6/2026 đến 05/6/2026).":                           `from = 2026-06-01; when = "từ 01/6/2026 đến 05/6/2026"; until = 2026-06-05`,
		"Tiếp tục thực hiện theo lộ trình 09 - 10/2026.":                              "",
		"Thống kê số liệu tính đến hết ngày 31/12/2026 theo Nghị định 102/2024.":      "?",
		"Thông báo giá 1.500.000 đồng, bằng 30.4 điểm, trước ngày 30/4/2026 báo lại.": "before = 2026-04-30",
	} {
		t.Run(sentence, func(t *testing.T) {
			if got := dayKeys(t, sentence); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
