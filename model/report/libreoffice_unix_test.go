//go:build unix

package report

import (
	"bytes"
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
)

// program skips a test where a program is missing; in CI that is a failure.
func program(t *testing.T, name, install string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is missing: apt-get install %s", name, install)
	}
	t.Skipf("%s is missing: apt-get install %s", name, install)
	return ""
}

// timesNewRoman skips a test where lines break elsewhere than with the font that the paper names, or one of its widths.
func timesNewRoman(t *testing.T) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program(t, "fc-match", "fontconfig"), "Times New Roman").Output()
	switch found := string(out); {
	case err != nil:
		t.Fatal(err)
	case strings.HasPrefix(found, "Times"), strings.HasPrefix(found, "Liberation"):
	case os.Getenv("CI") != "":
		t.Fatalf("no font for Times New Roman, only %s: apt-get install fonts-liberation", found)
	default:
		t.Skipf("no font for Times New Roman, only %s: apt-get install fonts-liberation", found)
	}
}

// toPDF lets LibreOffice set files on paper, all at once: its start takes longest.
func toPDF(t *testing.T, files map[string][]byte) string {
	t.Helper()
	soffice := program(t, "soffice", "libreoffice-writer-nogui libreoffice-calc-nogui")
	timesNewRoman(t)
	dir := t.TempDir()
	arguments := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir}
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, path)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, soffice, arguments...)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // soffice is a script that starts the program
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	command.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=C.UTF-8")
	command.WaitDelay = 5 * time.Second
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	return dir
}

// pages are the pages of a PDF as text, set as on paper.
func pages(t *testing.T, path string) []string {
	t.Helper()
	program(t, "pdfinfo", "poppler-utils")
	out, err := exec.CommandContext(t.Context(), program(t, "pdftotext", "poppler-utils"), "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	info, err := exec.CommandContext(t.Context(), "pdfinfo", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	if want := "Pages:           " + strconv.Itoa(len(all)) + "\n"; !strings.Contains(string(info), want) {
		t.Errorf("pdfinfo does not say %q:\n%s", want, info)
	}
	return all
}

// firstLine is what stands first on a page.
func firstLine(page string) string {
	line, _, _ := strings.Cut(strings.TrimLeft(page, "\n"), "\n")
	return strings.Join(strings.Fields(line), " ")
}

// LibreOffice opens what we write, and the pages are as DOMAIN §5 wants them.
func TestLibreOfficeShowsThePaper(t *testing.T) {
	demo := New(demoBoard(t), nil)
	long := New(largeBoard(45, 24), nil)
	board := model.NewBoard(demoCampaign(t), calendar.Date(2019, 12, 17))
	reminder, err := NewLetter(board, "thanh-tra")
	if err != nil {
		t.Fatal(err)
	}
	var letter bytes.Buffer
	if err := reminder.WriteDocx(&letter); err != nil {
		t.Fatal(err)
	}
	heads := map[string]string{ // what may stand above the issuer
		"as-suggested": "Ủy ban nhân dân tỉnh Quảng Trị", "city": "Ủy ban nhân dân thành phố Hà Nội", "too-long": "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu", "horns": "Ủy ban nhân dân tỉnh Bình Dương",
	}
	files := map[string][]byte{}
	for name, parent := range heads {
		campaign := demoCampaign(t)
		campaign.Office.Header = model.OfficeHeader{Parent: parent, Recipients: []string{"Ủy ban nhân dân tỉnh Quảng Trị", "Sở Lao động - Thương binh và Xã hội", "Ban Vì sự tiến bộ của phụ nữ"}}
		files[name+".docx"] = bytesOf(t, New(model.NewBoard(campaign, calendar.Date(2019, 12, 17)), nil), Docx)
	}
	maps.Copy(files, map[string][]byte{
		"demo.docx": bytesOf(t, demo, Docx), "long.docx": bytesOf(t, long, Docx), "letter.docx": letter.Bytes(),
		"hostile.docx": bytesOf(t, New(hostileNotes(t), nil), Docx), "book.xlsx": bytesOf(t, demo, Xlsx),
	})
	dir := toPDF(t, files)

	t.Run("head", func(t *testing.T) {
		for name, parent := range heads {
			lines := strings.Split(pages(t, filepath.Join(dir, name+".pdf"))[0], "\n")
			if name == "too-long" {
				parent = "Ủy ban nhân dân" // and the province below it
			}
			want := strings.ToUpper(parent) + " CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" // side by side
			if first := strings.Join(strings.Fields(lines[0]), " "); first != want {
				t.Errorf("the head begins with %q, want %q", first, want)
			}
			at := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, "Kính gửi:") })
			if at < 0 {
				t.Fatalf("no recipients:\n%s", strings.Join(lines, "\n"))
			}
			dashes := map[int]bool{}
			var names []string
			for _, line := range lines[at+1:] {
				dash := strings.Index(line, "- ")
				if dash < 0 || strings.TrimSpace(line[:dash]) != "" {
					break
				}
				dashes[dash] = true
				names = append(names, line[dash:])
			}
			if want := []string{"- Ủy ban nhân dân tỉnh Quảng Trị;", "- Sở Lao động - Thương binh và Xã hội;", "- Ban Vì sự tiến bộ của phụ nữ."}; !slices.Equal(names, want) || len(dashes) != 1 {
				t.Errorf("recipients %q, their dashes at %v", names, dashes)
			}
			if colon := utf8.RuneCountInString(lines[at][:strings.Index(lines[at], ":")]); !dashes[colon] && !dashes[colon-1] && !dashes[colon+1] {
				t.Errorf("the dashes at %v are not below the colon at %d", dashes, colon)
			}
		}
	})

	t.Run("report", func(t *testing.T) {
		all := pages(t, filepath.Join(dir, "demo.pdf"))
		head := strings.Fields(all[0])
		for _, want := range []string{"UBND TỈNH QUẢNG TRỊ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ CÔNG THƯƠNG Độc lập - Tự do - Hạnh phúc", "Số: /BC-SCT", "Quảng Trị, ngày tháng năm", "Kính gửi: Sở Lao động TB&XH."} {
			if !strings.Contains(strings.Join(head, " "), want) { // a heading that wraps would be torn apart
				t.Errorf("page 1 does not show %q:\n%s", want, all[0])
			}
		}
		if first := firstLine(all[0]); !strings.HasPrefix(first, "UBND") {
			t.Errorf("page 1 begins with %q; its number must not show", first)
		}
		annex := slices.IndexFunc(all, func(page string) bool { return strings.Contains(page, "Phụ lục I\n") })
		second := slices.IndexFunc(all, func(page string) bool { return strings.Contains(page, "Phụ lục II\n") })
		if annex < 2 || second < annex+1 || second > annex+2 || len(all) != second+1 {
			t.Fatalf("%d pages, the annexes on pages %d and %d", len(all), annex+1, second+1)
		}
		for i := 1; i < annex; i++ {
			if first := firstLine(all[i]); first != strconv.Itoa(i+1) {
				t.Errorf("page %d begins with %q, want its number", i+1, first)
			}
		}
		for i, want := range map[int]string{annex: "Phụ lục I", second: "Phụ lục II"} {
			if first := firstLine(all[i]); first != want {
				t.Errorf("the annex begins with %q, want %q", first, want)
			}
		}
		signed := all[annex-1]
		for _, want := range []string{"./.", "Nơi nhận:", "KT. GIÁM ĐỐC", "Nguyễn Hữu Hưng"} { // kept together
			if !strings.Contains(signed, want) {
				t.Errorf("the last page of the text lacks %q:\n%s", want, signed)
			}
		}
		figures := strings.Join(all[annex:second], "\n")
		if !strings.Contains(figures, "11.400.000") || strings.Count(figures, " Tổng  ") != 2 { // two tables
			t.Errorf("Annex I does not show its totals:\n%s", figures)
		}
	})
	t.Run("heads on every page", func(t *testing.T) {
		all := pages(t, filepath.Join(dir, "long.pdf"))
		from := slices.IndexFunc(all, func(page string) bool { return strings.Contains(page, "Phụ lục I\n") })
		to := slices.IndexFunc(all, func(page string) bool { return strings.Contains(page, "Phụ lục II\n") })
		if from < 0 || to < from+3 {
			t.Fatalf("Annex I on pages %d to %d of %d", from+1, to, len(all))
		}
		for i, page := range all[from:to] {
			if !strings.Contains(page, "STT") || !strings.Contains(page, "Chỉ tiêu số") {
				t.Errorf("page %d of the annex has no head:\n%s", i+1, page)
			}
			if i > 0 && firstLine(page) != strconv.Itoa(i+1) { // numbered by itself
				t.Errorf("page %d of the annex begins with %q", i+1, firstLine(page))
			}
		}
	})
	t.Run("letter", func(t *testing.T) {
		all := pages(t, filepath.Join(dir, "letter.pdf"))
		if len(all) != 1 {
			t.Fatalf("the letter has %d pages", len(all))
		}
		said := strings.Join(strings.Fields(all[0]), " ")
		for _, want := range []string{"Kính gửi: Thanh tra Sở.", "quá hạn 3 ngày", "Nguyễn Hữu Hưng", "đúng quy định./."} {
			if !strings.Contains(said, want) {
				t.Errorf("the letter lacks %q:\n%s", want, all[0])
			}
		}
	})
	t.Run("hostile", func(t *testing.T) {
		all := strings.Join(pages(t, filepath.Join(dir, "hostile.pdf")), "\n")
		for _, want := range []string{"DỮ LIỆU GIẢ ĐỊNH", "đầu ]]>", "<w:p>& cuối"} {
			if !strings.Contains(all, want) {
				t.Errorf("the paper does not show %q", want)
			}
		}
		if n := strings.Count(all, "rấtdài"); n != 2000 {
			t.Errorf("%d of 2000 words of the long note", n)
		}
	})
	t.Run("workbook", func(t *testing.T) {
		printed := pages(t, filepath.Join(dir, "book.pdf"))
		all := strings.Join(printed, "\n")
		solid := func(s string) string { return strings.Join(strings.Fields(s), "") } // letters of the chart are set one by one
		chart := slices.IndexFunc(printed, func(page string) bool {
			return strings.Contains(solid(page), solid("Việc hoàn thành của từng đơn vị"))
		})
		if chart < 0 {
			t.Fatalf("no page shows the chart:\n%.3000s", all)
		}
		if strings.Contains(printed[chart], "STT") {
			t.Errorf("the chart does not have the page to itself:\n%s", printed[chart])
		}
		for i := range demo.Units { // nor is it cut
			if !strings.Contains(solid(printed[chart]), solid(demo.Units[i].Name)) {
				t.Errorf("the page of the chart lacks %s:\n%s", demo.Units[i].Name, printed[chart])
			}
		}
		for _, page := range printed { // the heads are repeated
			if strings.Contains(page, "TỔ CHỨC TRIỂN KHAI – ") && (!strings.Contains(page, "Mục") || !strings.Contains(page, "Nội dung")) {
				t.Errorf("a page of the text has no heads:\n%s", page)
			}
		}
		for _, want := range []string{"11,400,000", "Tổng", "Đánh giá trong cuộc họp"} { // a number with its format; a text
			if !strings.Contains(all, want) {
				t.Errorf("the workbook does not show %q:\n%.3000s", want, all)
			}
		}
	})
}

// hostileNotes is a campaign with notes that no office program may stumble over.
func hostileNotes(t *testing.T) *model.Board {
	t.Helper()
	campaign := demoCampaign(t)
	campaign.Plan.MadeUp = calendar.Date(2019, 12, 10)
	for unit, note := range map[string]string{
		"thanh-tra": "đầu ]]>\x00\x1b[31m<w:p>& cuối", "khuyen-cong": strings.Repeat("rấtdài ", 2000),
	} {
		entry := campaign.Progress[unit].Activities["treo-bang-ron"]
		entry.Note = note
		campaign.Progress[unit].Activities["treo-bang-ron"] = entry
	}
	return model.NewBoard(campaign, calendar.Date(2019, 12, 10))
}
