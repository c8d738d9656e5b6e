package cli

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// past builds a history step by step, an hour apart, with the program and with git.
type past struct {
	t     *testing.T
	dir   string
	clock time.Time
}

func newPast(t *testing.T) *past {
	t.Helper()
	for _, variable := range testEnvironment(t.TempDir()) {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	return &past{t, filepath.Join(t.TempDir(), "p"), time.Date(2019, 11, 18, 9, 0, 0, 0, time.FixedZone("", 7*60*60))}
}

// tiendo runs the program and gives what it prints; it must be done.
func (p *past) tiendo(args ...string) string {
	p.t.Helper()
	p.clock = p.clock.Add(time.Hour)
	dir := p.dir
	if args[0] == "init" {
		dir = filepath.Dir(dir)
	}
	program, stdout, stderr := testApp(p.t, dir, nil, args...)
	program.system.Now = func() time.Time { return p.clock }
	if code := program.execute(context.Background()); code != exitDone {
		p.t.Fatalf("tiendo %s: %d\n%s", strings.Join(args, " "), code, stderr)
	}
	return stdout.String()
}

// git runs git at the next hour, under the name of the owner of the machine.
func (p *past) git(args ...string) {
	p.t.Helper()
	if out, err := p.tryGit(args...); err != nil {
		p.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func (p *past) tryGit(args ...string) ([]byte, error) {
	p.clock = p.clock.Add(time.Hour)
	command := exec.CommandContext(context.Background(), "git", args...)
	command.Dir = p.dir
	command.Env = append(os.Environ(), "GIT_AUTHOR_DATE="+p.clock.Format(time.RFC3339), "GIT_EDITOR=true")
	return command.CombinedOutput()
}

// conflict merges a branch, which git must leave to a person.
func (p *past) conflict(branch string) {
	p.t.Helper()
	if out, err := p.tryGit("merge", "--quiet", branch); err == nil {
		p.t.Fatalf("git merge %s found no conflict\n%s", branch, out)
	}
}

// edit changes a data file by hand: the first place after another one.
func (p *past) edit(name, after, old, now string) {
	p.t.Helper()
	file := filepath.Join(p.dir, "data", name)
	content, err := os.ReadFile(file)
	if err != nil {
		p.t.Fatal(err)
	}
	before, rest, found := bytes.Cut(content, []byte(after))
	if !found || !bytes.Contains(rest, []byte(old)) {
		p.t.Fatalf("%s does not hold %q and then %q", name, after, old)
	}
	edited := slices.Concat(before, []byte(after), bytes.Replace(rest, []byte(old), []byte(now), 1))
	if err := os.WriteFile(file, edited, 0o600); err != nil {
		p.t.Fatal(err)
	}
}

func (p *past) commit(message string) {
	p.t.Helper()
	p.git("commit", "--quiet", "--all", "--message", message)
}

// build makes a history with everything that a reviewer has to read: commits of the
// program, hand-made ones, merges of all kinds, files that break and are mended.
func (p *past) build() {
	p.t.Helper()
	p.tiendo("init", "p")
	p.git("config", "user.name", "Chủ máy")
	p.git("config", "user.email", "chu@example.org")
	p.git("config", "--remove-section", "merge.tiendo") // as on a forge
	p.tiendo("person", "add", "lan", "--name", "Nguyễn Thị Lan", "--role", "coordinator", "--unit", "van-phong", "--email", "lan@example.org")
	p.tiendo("person", "add", "hang", "--name", "Lê Thu Hằng", "--role", "staff", "--unit", "thanh-tra", "--email", "hang@example.org")

	p.tiendo("--as", "hang", "tick", "thanh-tra", "treo-bang-ron", "--status", "doing", "--figure", "bang-ron=4", "--note", "Treo tại trụ sở", "--evidence", "anh/1.jpg")
	p.tiendo("--as", "hang", "tick", "thanh-tra", "treo-bang-ron", "--status", "done", "--figure", "bang-ron=6")
	p.tiendo("--as", "hang", "tick", "thanh-tra", "treo-bang-ron", "--status", "done", "--note", "Treo tại trụ sở và cổng")
	p.tiendo("--as", "lan", "use", "van-phong", "m05", "--channel", "website", "--channel", "bang-ron")
	p.tiendo("--as", "hang", "submit", "thanh-tra", "--nil", "--reason", "Đơn vị mới thành lập")
	p.tiendo("--as", "lan", "accept", "thanh-tra")
	p.tiendo("--as", "lan", "extend", "khuyen-cong", "--until", "2019-12-20", "--reason", "Đi công tác")

	const office, center = "progress/van-phong.toml", "progress/khuyen-cong.toml"
	p.edit(office, "[activity.treo-bang-ron]", `"todo"`, `"doing"`)
	p.commit("sửa bằng tay")
	p.edit(office, "[activity.treo-bang-ron]", `"doing"`, "\"done\"\nby = \"lan\"\nat = 2019-11-01T08:00:00+07:00")
	p.commit("ký tên người khác")
	p.edit(office, "[activity.treo-bang-ron]", "2019-11-01", "2019-11-02")
	p.commit("đổi ngày")
	p.edit("plan.toml", `"treo-bang-ron"`, `"Treo băng rôn, khẩu hiệu"`, `"Treo băng-rôn"`)
	p.edit("plan.toml", "[plan]", "2019-12-15", "2019-12-16")
	p.commit("sửa kế hoạch")
	p.edit("units.toml", `"thanh-tra"`, `"Thanh tra Sở"`, `"Thanh tra"`)
	p.edit("units.toml", `"hang"`, `"staff"`, `"viewer"`)
	p.commit("sửa danh sách")
	p.edit("report.toml", "schema = 1", "\n", "\n\n[text]\nlessons = \"Làm sớm.\"\n")
	p.commit("bài học")

	// A merge that has nothing to decide, one that decides, one that settles, and one that drops.
	p.git("checkout", "--quiet", "-b", "mot")
	p.tiendo("--as", "lan", "tick", "khuyen-cong", "treo-bang-ron")
	p.git("checkout", "--quiet", "main")
	p.tiendo("--as", "lan", "tick", "van-phong", "quan-triet-can-bo")
	p.git("merge", "--quiet", "--no-edit", "mot")

	p.git("checkout", "--quiet", "-b", "hai")
	p.tiendo("--as", "lan", "tick", "khuyen-cong", "danh-gia-ket-qua", "--status", "doing")
	p.git("checkout", "--quiet", "main")
	p.tiendo("--as", "lan", "tick", "khuyen-cong", "danh-gia-ket-qua")
	p.conflict("hai")
	p.git("checkout", "--quiet", "--ours", "--", "data")
	p.edit(center, "[activity.danh-gia-ket-qua]", `"done"`, "\"na\"\nnote = \"Không thuộc nhiệm vụ\"")
	p.commit("tự quyết định")

	p.git("checkout", "--quiet", "-b", "ba")
	p.tiendo("--as", "lan", "tick", "khuyen-cong", "tim-hieu-truyen-thong", "--status", "doing")
	p.git("checkout", "--quiet", "main")
	p.tiendo("--as", "lan", "tick", "khuyen-cong", "tim-hieu-truyen-thong")
	p.conflict("ba")
	p.tiendo("--as", "lan", "resolve", "--finish")
	p.tiendo("--as", "lan", "resolve", "khuyen-cong", "tim-hieu-truyen-thong", "--take", "ours")

	p.git("checkout", "--quiet", "-b", "bon")
	p.tiendo("--as", "lan", "tick", "khuyen-cong", "quan-triet-can-bo")
	p.edit("plan.toml", "[plan]", "2019-12-16", "2019-12-17")
	p.commit("thêm một ngày")
	p.git("checkout", "--quiet", "main")
	p.tiendo("--as", "lan", "tick", "van-phong", "tim-hieu-truyen-thong")
	p.git("merge", "--quiet", "--no-edit", "--strategy=ours", "bon")
	p.git("tag", "bo-qua")

	// Files that break and are mended, the last with a change beside it.
	p.edit(office, "", "[report]", "[report")
	p.commit("hỏng tiến độ")
	p.edit(office, "", "[report", "[report]")
	p.commit("chữa tiến độ")
	for _, name := range []string{"plan.toml", "units.toml", "report.toml"} {
		p.edit(name, "", "schema", "schema x")
		p.commit("hỏng " + name)
		p.edit(name, "", "schema x", "schema")
		p.edit(office, "[activity.treo-bang-ron]", "status", "note = \"cạnh "+name+"\"\nstatus")
		p.commit("chữa " + name)
		p.edit(office, "[activity.treo-bang-ron]", "note = \"cạnh "+name+"\"\n", "")
		p.commit("bỏ ghi chú")
	}
	p.tiendo("--as", "lan", "tick", "van-phong", "quan-triet-can-bo", "--status", "doing")
	p.tiendo("--as", "lan", "revert", "HEAD")
}

// sorted puts the commits of a log in the order of their hours: git's own depends on how
// long the test took. The hashes do, too, and the first commit is made by whoever runs it, now.
func sorted(log string) string {
	first := regexp.MustCompile(`^(\S+)  (\S+ \S+)  .*`)
	commits := strings.Split(strings.TrimSuffix(log, "\n"), "\n\n")
	for _, commit := range commits { // what one says of another, too
		log = strings.ReplaceAll(log, first.FindStringSubmatch(commit)[1], "0000000")
	}
	commits = strings.Split(strings.TrimSuffix(log, "\n"), "\n\n")
	moments := map[string]time.Time{}
	for i, commit := range commits {
		found := first.FindStringSubmatch(commit)
		at, err := time.Parse("02/01/2006 15:04:05", found[2])
		if err != nil || at.Year() != 2019 {
			at, commits[i] = time.Time{}, first.ReplaceAllString(commit, "0000000  tiendo init")
		}
		moments[commits[i]] = at
	}
	slices.SortStableFunc(commits, func(a, b string) int { return moments[b].Compare(moments[a]) })
	return strings.Join(commits, "\n\n") + "\n"
}

// A whole history as it is read back, in both languages.
func TestReadBack(t *testing.T) {
	p := newPast(t)
	p.build()
	for _, language := range []string{"vi", "en"} {
		var got strings.Builder
		for _, command := range [][]string{
			{"log"}, {"log", "--unit", "thanh-tra"}, {"show", "bon"}, {"show", "bo-qua"}, {"diff", "main~3", "main~2"}, {"diff", "bon...main"},
		} {
			said := p.tiendo(append([]string{"--lang", language}, command...)...)
			if command[0] != "diff" {
				said = sorted(said)
			}
			got.WriteString("$ tiendo " + strings.Join(command, " ") + "\n" + said + "\n")
		}
		name := filepath.Join("testdata", "readback."+language+".txt")
		if *update {
			if err := os.WriteFile(name, []byte(got.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got.String() != string(want) {
			t.Errorf("%s differs; go test ./tui/cli -run ReadBack -update writes it anew. Got:\n%s", name, got.String())
		}
	}
}
