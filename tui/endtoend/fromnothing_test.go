//go:build unix

package endtoend

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Somebody who has never seen the program begins with nothing but `tiendo init --empty`, and without an editor: a group,
// four units, two people, the plan, three activities, a deadline changed, a key, and at last an edit that somebody made
// in the file.
func TestPlanFromNothingInTmux(t *testing.T) {
	needs(t, "git", "git")
	o := &office{t: t, dir: filepath.Join(t.TempDir(), "p"), home: t.TempDir()}
	o.run(tiendo(t), "init", "--empty", "--lang", "vi", o.dir)
	o.becomes("Nguyễn Thị Lan", "lan@example.org")
	w := inTmux(t, o.dir, o.home, "tmux-256color", 80, 24, []string{"TIENDO_LANG=vi", "TIENDO_TODAY=2026-03-02"}, tiendo(t))
	step := func(shows string, keys ...string) {
		t.Helper()
		w.press(keys...)
		w.shows(shows)
	}
	w.shows("Kế hoạch này còn trống", "· E: tên gọi", "· 6, rồi +", "· +: các hoạt động")

	step("+ thêm nhóm", "6")
	step("Thêm nhóm đơn vị", "+")
	step("1 nhóm", "Các phòng", "C-s")
	step("Thêm đơn vị", "Down", "Down", "+")
	step("Đầu mối              (•) có", "Văn phòng")
	step("đầu mối · 0 người", "C-s")
	for _, unit := range []string{"Thanh tra", "Phòng Một", "Phòng Hai"} {
		step("Thêm đơn vị", "+")
		step("›   "+unit, unit, "C-s")
	}
	step("Thêm người vào danh sách", "End", "Enter")
	step("(•) cán bộ đầu mối", "Nguyễn Thị Lan", "Tab", "Left")
	step("                        Văn phòng\n", "Tab", "văn")
	step("›   Nguyễn Thị Lan", "Tab", "lan@example.org", "C-s")
	w.shows("Nguyễn Thị Lan · Văn phòng · Thứ Hai") // who has put themselves on the roster is known at once
	step("Thêm người vào danh sách", "+")
	step("để trống thì mã là hoa", "Trần Hoa", "Tab", "Tab")
	step("›   Trần Hoa", "thanh", "Tab", "hoa@example.org", "C-s")

	step("✓ 6, rồi +", "3")
	step("Sửa phần nào?", "E")
	step("Sửa · thông tin văn bản", "Enter")
	step("đã lưu", append(slices.Repeat([]string{"Tab"}, 5), "Triển khai năm 2026", "C-s")...)
	step("Sửa phần nào?", "E")
	step("Sửa · chủ đề và thời gian của kế hoạch", "Down", "Enter")
	step("✓ E: tên gọi", "ke-hoach-2026", "Tab", "Tab", "Tab", "1/1/2026", "Tab", "31/12/2026", "C-s")
	for _, title := range []string{"Tập huấn", "Kiểm tra", "Tổng kết"} {
		step("Thêm gì?", "+")
		step("Thêm · hoạt động", "Enter")
		step("[x] Các phòng", "Tab", title, "Tab", title+" năm 2026.", "Tab", "Tab", "Tab", "Space")
		step("Thứ Ba, 30/06/2026", "Tab", "Tab", "Tab", "Tab", "30/6")
		step("đã lưu", "C-s")
	}
	step("0/3", "v")

	step("Sửa phần nào?", "E")
	step("Sửa · hoạt động “Tập huấn”", "Enter")
	step("hạn Thứ Tư, 15/07", slices.Concat(slices.Repeat([]string{"Tab"}, 9),
		slices.Repeat([]string{"BSpace"}, 10), []string{"15/7", "C-s"})...)
	step("Trần Hoa", "6", "End", "Up")
	step("Thêm khóa SSH của Trần Hoa", "K")
	step("đối chiếu với dấu vân tay", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJp0Lk0Y1mZ5l2oSW0dUuZ8gWk0bCk2Jt8pVQvYxXk1o hoa@may")
	step("đã lưu", "C-s")

	path := filepath.Join(o.data(), "plan.toml")
	content, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, []byte(strings.Replace(string(content), "Triển khai năm 2026", "Triển khai công tác 2026", 1)), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	w.shows("sửa tay, chưa ghi vào lịch sử (bấm 5, rồi s để lưu)")
	step("s lưu phần sửa tay", "5")
	step("Lưu tất cả vào một lần ghi?", "s")
	step("đã lưu", "c")
	w.press("q")
	until(t, "the end", func() bool { return w.asks("#{pane_dead}") == "1" }, w.screen)

	if out := o.run(tiendo(t), "check", "--strict"); strings.Contains(out, "plan.toml:") {
		t.Errorf("check says:\n%s", out)
	}
	log := o.git("log", "--reverse", "--format=%an: %s")
	for _, said := range []string{"thêm nhóm cac-phong", "thêm đơn vị van-phong", "thêm người hoa", "Kế hoạch: tong-ket: thêm mới",
		"Kế hoạch: tap-huan: thời hạn 30/06/2026 → 15/07/2026", "danh sách: người hoa: khóa SSH", "Kế hoạch: mã ke-hoach-2026, ngày bắt đầu 01/01/2026"} {
		if !strings.Contains(log, "Nguyễn Thị Lan: ") || !strings.Contains(log, said) {
			t.Errorf("the history does not say %q:\n%s", said, log)
		}
	}
	o.clean()
}
