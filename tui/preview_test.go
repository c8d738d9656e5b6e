package tui_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
	"example.org/tiendo/tui/reports"
)

// rewrite changes what stands in a file of the data folder; the pattern must be there.
func rewrite(t testing.TB, dir, name, pattern, with string) {
	t.Helper()
	path := filepath.Join(dir, name)
	was := read(t, path)
	now := regexp.MustCompile(pattern).ReplaceAllString(was, with)
	if now == was {
		t.Fatalf("%s holds no %q", name, pattern)
	}
	if err := os.WriteFile(path, []byte(now), 0o644); err != nil {
		t.Fatal(err)
	}
}

// spoil puts into the made-up campaign one of everything that should be looked at before the report is signed.
func spoil(t testing.TB) func(dir string) {
	return func(dir string) {
		t.Helper()
		disputes(t)(dir)
		breakFile(t, "chi-doan")(dir)
		rewrite(t, dir, "plan.toml", `Số: 1714 /KH-SCT`, "Số:      /KH-SCT")
		rewrite(t, dir, "plan.toml", `(?m)^upward .*$`, "")
		rewrite(t, dir, "report.toml", `(?m)^\[text\]$`, "[text]\nassessment = \"Toàn Sở treo 99 băng rôn.\"\n")
		rewrite(t, dir, "progress/quan-ly-cong-nghiep.toml", `(?m)^bang-ron += .*$`, "bang-ron = 4000")
		rewrite(t, dir, "progress/cong-doan.toml", `(?m)^results .*$`, "nil = true\nnil_reason = \"mới thành lập\"\nresults = \"x\"")
		rewrite(t, dir, "progress/quan-ly-nang-luong.toml", `(?m)^status += "done"$`, `status = "dne"`)
	}
}

// Every thing to look at before signing leads to the place that it speaks of, and Esc comes back to it.
func TestEveryWarningLeadsToItsPlace(t *testing.T) {
	places := map[string]string{ // what is said, and what the screen then shows
		"the data are made up":                          "[5 Changes",
		"the file of Chi đoàn":                          "[4 Reporting] Chi đoàn Thanh niên Sở · not known",
		"Thanh tra Sở: 1 entry has two versions":        "[5 Changes",
		"error in the data, data/progress/quan-ly-nang": "[4 Reporting] Phòng Quản lý năng lượng · report:",
		"not all reports are accepted":                  "[4 Reporting] Thanh tra Sở · report: not sent",
		"it is a nil report":                            "[4 Reporting] Công đoàn cơ sở cơ quan Sở · report:",
		"the Office has not written “Funding”":          "[4 Reporting] The Office: Funding",
		"the body above the issuer":                     "[4 Reporting] The Office's part",
		"the plan does not say to whom":                 "[4 Reporting] Edit · reporting",
		"the plan has no number yet":                    "[4 Reporting] Edit · the document",
		"is 4,000: more than 10 times":                  "[3 Activities] › Băng rôn, khẩu hiệu [ 4000",
		"the Office, “Results”: the text says 99":       "[4 Reporting] The Office: Results",
		"Difficulties: the same text from":              "[4 Reporting] report: accepted",
		"hiệu: the same text from":                      "[3 Activities] Treo băng rôn",
	}
	d := openDemo(t, setting{language: phrase.English, person: "lan", record: newRecord(t), prepare: spoil(t)})
	d.size(80, 40)
	d.press("4", "i", "end")
	last := warningShown(d)
	d.press("home")
	reached := map[string]bool{}
	for warning := ""; warning != last; {
		d.press("down")
		warning = warningShown(d)
		d.press("enter")
		d.lacks("Preview of the report")
		there := strings.Join(strings.Fields(bare(d.app.View())), " ")
		for said, wanted := range places {
			if !strings.Contains(warning, said) {
				continue
			}
			reached[said] = true
			for want := range strings.SplitSeq(wanted, "] ") {
				if !strings.Contains(there, want) {
					t.Errorf("%q leads to a screen without %q:\n%s", said, want, bare(d.app.View()))
				}
			}
		}
		for n := 0; n < 3 && !strings.Contains(bare(d.app.View()), "Preview of the report"); n++ {
			d.press("esc")
		}
		if d.shows("Preview of the report"); warningShown(d) != warning {
			t.Fatalf("back on %q, gone from %q", warningShown(d), warning)
		}
	}
	for said := range places {
		if !reached[said] {
			t.Errorf("nothing says %q", said)
		}
	}
}

// warningShown is what the detail below the list says in full.
func warningShown(d *dashboard) string {
	d.t.Helper()
	_, detail, _ := strings.Cut(bare(d.app.View()), "things to check before signing")
	_, detail, there := strings.Cut(detail, "──\n")
	said, _, leads := strings.Cut(detail, "Enter goes to: ")
	if !there || !leads {
		d.t.Fatalf("no warning is shown:\n%s", bare(d.app.View()))
	}
	return strings.Join(strings.Fields(said), " ")
}

// What a warning leads to is mended there, and saved it is off the list.
func TestWhatIsMendedIsOffTheList(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, person: "lan"})
	d.size(100, 34)
	d.press("4", "i", "down", "down", "down")
	d.shows("› ⚠ the Office has not written “Funding” yet", "⚠ 17 things to check before signing")
	d.press("enter", "Nguồn quỹ từ thiện.", "ctrl+s")
	d.shows("⚠ 16 things to check before signing", "saved")
	d.lacks("has not written “Funding”")
	d.press("home", "enter", "/", "quy tu thien", "enter")
	d.shows("Nguồn quỹ từ thiện.")
}

// What is sought is found in the report as in every text; Esc shows everything again, and then closes it.
func TestFindInThePreview(t *testing.T) {
	d := openDemo(t, setting{language: phrase.Vietnamese, person: "lan"})
	d.size(80, 24)
	d.press("4", "down", "i", "/", "tai lieu tuyen truyen don vi chu dong", "enter") // over the end of a line
	d.shows("chỗ khớp 1/1", "Đề nghị cung cấp sớm tài liệu", "đơn vị chủ động.")
	d.press("esc", "/", "phụ lục", "enter")
	d.shows("chỗ khớp 1/", "xem Phụ lục I")
	d.press("p")
	d.shows("TÌNH HÌNH BÁO CÁO CỦA CÁC ĐƠN VỊ", "1. Văn phòng Sở")
	d.press("n")
	d.shows("chỗ khớp 1/")
	d.press("/", "zzz", "enter")
	d.shows("Không có mục nào khớp")
	d.press("esc")
	d.shows("Toàn văn báo cáo", "BÁO CÁO")
	d.press("esc")
	d.lacks("Toàn văn báo cáo")
	d.shows("› Thanh tra Sở")
}

// The preview is of the period and of the day that are shown, and follows the data.
func TestThePreviewFollows(t *testing.T) {
	d := openPlan(t, "hang-thang", calendar.Date(2026, 5, 12), nil)
	d.size(100, 30)
	d.press("4", "i")
	d.shows("Xem trước báo cáo · tháng 05/2026", "(tháng 05/2026)")
	d.press("<")
	d.shows("Xem trước báo cáo · tháng 04/2026", "(tháng 04/2026)")

	d = openDemo(t, setting{language: phrase.English, person: "lan"})
	d.size(100, 34)
	d.press("4", "i")
	d.shows("not all reports are accepted: 2 of 10")
	campaign, err := d.store.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	seen := campaign.Progress["cong-doan"].Report
	change := model.Change{Person: model.Person{Name: "Lan", Role: model.Coordinator}, Unit: "cong-doan",
		Subject: model.Subject{Kind: model.SubjectReport}, Seen: seen, New: seen.Accept()}
	if _, err := d.store.Apply(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	d.press("ctrl+r")
	d.shows("not all reports are accepted: 3 of 10")
}

// The report is written in the format that is chosen; where and under which name is said before and after.
func TestExportByKey(t *testing.T) {
	var asked []string
	var failed error
	d := openDemo(t, setting{person: "lan", export: func(board *model.Board, format report.Format,
		name string) (reports.Written, error) {
		asked = append(asked, string(format)+" "+name)
		return reports.Written{Document: report.New(board, nil), File: "bao-cao.xlsx", Folder: "/ở/đâu"}, failed
	}})
	d.size(80, 24)
	d.press("4", "o")
	d.shows("Xuất báo cáo", "báo cáo để in và ký (Word)", "sẽ lưu thành bao-cao-thang-hanh-dong-2019-gia-dinh.docx")
	d.press("right")
	d.shows("số liệu và biểu đồ (Excel)", "2019-gia-dinh.xlsx")
	d.press("ctrl+s")
	d.shows("đã xuất bao-cao.xlsx vào /ở/đâu", "17 nội dung cần rà soát", "Xem trước báo cáo", "mới xác nhận 2/10")
	failed = phrase.Refuse(phrase.Say("%s was changed after it was exported", "bao-cao.docx"), phrase.Sentence{})
	d.press("o", "ctrl+s")
	d.shows("bao-cao.docx đã bị sửa sau khi xuất", "Định dạng") // another name can be typed
	failed = nil
	d.press("tab", "moi.md", "ctrl+s")
	d.shows("Xem trước báo cáo")
	if got := strings.Join(asked, ", "); got != "xlsx , docx , docx moi.md" {
		t.Errorf("asked for %q", got)
	}
	d.press("o", "esc")
	d.shows("Xem trước báo cáo")
	elsewhere := openDemo(t, setting{}) // over SSH
	elsewhere.size(80, 24)
	elsewhere.press("4")
	elsewhere.lacks("o xuất")
	elsewhere.press("o")
	elsewhere.shows("qua SSH không ghi tệp", "`tiendo export`")
	elsewhere.press("i")
	elsewhere.shows("Xem trước báo cáo")
}
