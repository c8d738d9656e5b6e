package store

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/model"
)

func TestRewrite(t *testing.T) {
	staff := model.Person{ID: "minh", Name: "Minh", Email: "minh@example.org", Role: model.Staff, Unit: "thanh-tra"}
	dir, open := repository(t, staff)
	if _, err := open().Apply(context.Background(), tick(lan, "chi-doan", "treo-bang-ron", model.Entry{Status: model.Todo}, model.Done)); err != nil {
		t.Fatal(err)
	}
	plan := filepath.Join(dir, "data", "plan.toml")
	before, err := os.ReadFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	edited := bytes.Replace(before, []byte("Treo băng rôn, khẩu hiệu\""), []byte("Treo băng rôn\""), 1)
	note := Whole{Name: "import/coverage.txt", Content: []byte("Dòng: 59\n"), Message: "coverage.txt: nhập\n"}
	whole := Whole{Name: "plan.toml", Seen: before, Content: edited, Message: "plan.toml: nhập\n"}

	for name, test := range map[string]struct {
		person model.Person
		files  []Whole
		want   string
	}{
		"what was not seen": {lan, []Whole{note, {Name: "plan.toml", Seen: edited, Content: before}}, "plan.toml was changed meanwhile"},
		"a file that is there and was not seen": {
			lan, []Whole{note, {Name: "plan.toml", Content: edited}}, "plan.toml was changed meanwhile",
		},
		"staff": {staff, []Whole{note, whole}, "only the coordinator can replace the plan"},
		"a new error, also of another file": {
			lan, []Whole{note, {Name: "plan.toml", Seen: before, Content: bytes.ReplaceAll(before, []byte(`"treo-bang-ron"`), []byte(`"treo"`))}},
			"data/progress/chi-doan.toml",
		},
	} {
		t.Run(name, func(t *testing.T) {
			receipts, err := Rewrite(context.Background(), open(), test.person, test.files)
			if err == nil || !strings.Contains(err.Error(), test.want) || len(receipts) > 0 {
				t.Errorf("got %v, %v; want %q", receipts, err, test.want)
			}
			if now, _ := os.ReadFile(plan); !bytes.Equal(now, before) || exists(filepath.Join(dir, "data", "import")) {
				t.Error("something was written")
			}
		})
	}

	same := Whole{Name: "units.toml", Message: "units.toml: nhập\n"}
	same.Seen, _ = os.ReadFile(filepath.Join(dir, "data", "units.toml"))
	same.Content = same.Seen
	receipts, err := Rewrite(context.Background(), open(), lan, []Whole{same, whole, note})
	if err != nil || len(receipts) != 2 || receipts[0].Hash == "" || receipts[1].Hash == "" {
		t.Fatalf("got %+v, %v", receipts, err)
	}
	if now, _ := os.ReadFile(plan); !bytes.Equal(now, edited) {
		t.Error("the plan was not written")
	}
	log := git(t, dir, "log", "--format=%s %an", "--name-only", "-2")
	for _, want := range []string{"plan.toml: nhập Nguyễn Thị Lan", "data/plan.toml", "coverage.txt: nhập Nguyễn Thị Lan", "data/import/coverage.txt"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %q:\n%s", want, log)
		}
	}
	if status := git(t, dir, "status", "--porcelain"); status != "" {
		t.Errorf("left over: %s", status)
	}
}
