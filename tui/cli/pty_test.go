//go:build unix

package cli

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"example.org/tiendo/model/demo"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// lastWords end the footer: when they have come, the frame is full.
const lastWords = "? phím"

// buildProgram builds the program as it is shipped, once for all tests: what its
// start does is decided by main.go and the order of its imports.
var buildProgram = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "tiendo-build-")
	if err != nil {
		return "", err
	}
	program := filepath.Join(dir, "tiendo")
	if out, err := exec.Command("go", "build", "-o", program, "example.org/tiendo").CombinedOutput(); err != nil {
		return "", errors.New(string(out))
	}
	return program, nil
})

// screen is a program on a terminal that never answers.
type screen struct {
	t       testing.TB
	command *exec.Cmd
	file    *os.File
	mutex   sync.Mutex
	seen    bytes.Buffer
	more    chan struct{} // something has come
	gone    chan struct{} // nothing will come any more
}

// start runs the program on a terminal of 80×24.
func start(t testing.TB, dir string, env []string, args ...string) *screen {
	t.Helper()
	program, err := buildProgram()
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, command: exec.Command(program, args...), more: make(chan struct{}, 1), gone: make(chan struct{})}
	s.command.Dir = dir
	s.command.Env = append([]string{"PATH=" + os.Getenv("PATH")}, testEnvironment(t.TempDir())...)
	s.command.Env = append(append(s.command.Env, "TERM=xterm-256color"), env...)
	s.file, err = pty.StartWithSize(s.command, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.command.Process.Kill() // it has ended already where all is well
		_ = s.file.Close()
	})
	go s.read()
	return s
}

func (s *screen) read() {
	defer close(s.gone)
	chunk := make([]byte, 32<<10)
	for {
		n, err := s.file.Read(chunk)
		s.mutex.Lock()
		s.seen.Write(chunk[:n])
		s.mutex.Unlock()
		select {
		case s.more <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (s *screen) text() string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.seen.String()
}

// await waits until the text has come and says how long after the start that was.
func (s *screen) await(text string) {
	s.t.Helper()
	limit := time.After(patience)
	for {
		if strings.Contains(s.text(), text) {
			return
		}
		select {
		case <-s.more:
		case <-s.gone:
			if !strings.Contains(s.text(), text) {
				s.t.Fatalf("the program ended without %q:\n%q", text, s.text())
			}
		case <-limit:
			s.t.Fatalf("no %q came:\n%q", text, s.text())
		}
	}
}

func (s *screen) press(keys string) {
	s.t.Helper()
	if _, err := s.file.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// ended waits for the end of the program and gives its exit code.
func (s *screen) ended() int {
	s.t.Helper()
	select {
	case <-s.gone:
	case <-time.After(patience):
		s.t.Fatalf("the program does not end:\n%q", s.text())
	}
	err := s.command.Wait()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		s.t.Fatal(err)
	}
	return s.command.ProcessState.ExitCode()
}

// asksNothing fails when the program has asked the terminal a question: colours,
// cursor, attributes, versions or modes.
func (s *screen) asksNothing() {
	s.t.Helper()
	for _, question := range []string{"\x1b]10;?", "\x1b]11;?", "\x1b]11", "\x1b[6n", "\x1b[5n", "\x1b[c", "\x1b[0c", "\x1b[>c", "\x1b[>0c", "\x1b[>q", "\x1b[?u", "\x1b[14t", "\x1b[18t", "$p"} {
		if strings.Contains(s.text(), question) {
			s.t.Errorf("the terminal was asked %q", question)
		}
	}
}

// leavesClean fails when the terminal is not as it was: alternate screen, cursor, mouse, paste.
func (s *screen) leavesClean() {
	s.t.Helper()
	for _, mode := range []string{"1049", "1002", "1006", "2004"} {
		on, off := strings.LastIndex(s.text(), "\x1b[?"+mode+"h"), strings.LastIndex(s.text(), "\x1b[?"+mode+"l")
		if on > off {
			s.t.Errorf("mode %s is left on", mode)
		}
	}
	if hidden, shown := strings.LastIndex(s.text(), "\x1b[?25l"), strings.LastIndex(s.text(), "\x1b[?25h"); hidden > shown {
		s.t.Error("the cursor is left hidden")
	}
}

// git runs git in a folder, apart from the developer's own settings.
func git(t testing.TB, dir string, args ...string) string {
	t.Helper()
	command := exec.Command("git", args...)
	command.Dir = dir
	command.Env = append(os.Environ(), testEnvironment(t.TempDir())...)
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// testDemo makes a made-up campaign in a git repository that has no commit yet.
func testDemo(t testing.TB, units int) string {
	t.Helper()
	files, err := demo.Files(os.DirFS(filepath.Join("..", "..")), demo.Options{Units: units, Seed: demo.DefaultSeed})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git(t, dir, "init", "-q", "--initial-branch=main")
	return dir
}

func TestVersionAsksTheTerminalNothing(t *testing.T) {
	s := start(t, t.TempDir(), nil, "version")
	s.await("tiendo ")
	if code := s.ended(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	s.asksNothing()
	if strings.Contains(s.text(), "\x1b") {
		t.Errorf("escape sequences in %q", s.text())
	}
}

func TestDashboardStartsQuietlyAndLeavesTheTerminalClean(t *testing.T) {
	s := start(t, testDemo(t, 0), nil)
	s.await(lastWords)
	s.await("Việc cần làm")
	s.press("q")
	if code := s.ended(); code != 0 {
		t.Errorf("exit code %d:\n%q", code, s.text())
	}
	s.asksNothing()
	s.leavesClean()
}

func TestDashboardWritesAndCommits(t *testing.T) {
	dir := testDemo(t, 0)
	git(t, dir, "config", "user.name", "Lan")
	git(t, dir, "config", "user.email", "LAN@example.org")
	git(t, dir, "add", "--all")
	git(t, dir, "commit", "-q", "-m", "first")

	s := start(t, dir, nil)
	s.await(lastWords)
	s.press("vjj ") // in the matrix, a unit whose first activity is open
	s.await("đã lưu")
	s.press("q")
	if code := s.ended(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if author := strings.TrimSpace(git(t, dir, "log", "-1", "--format=%an <%ae>")); author != "Nguyễn Thị Lan <lan@example.org>" {
		t.Errorf("the author is %s", author)
	}
	if changed := strings.Fields(git(t, dir, "diff", "--name-only", "HEAD~1")); len(changed) != 1 || !strings.HasPrefix(changed[0], "data/progress/") {
		t.Errorf("the commit changes %v", changed)
	}
	if left := git(t, dir, "status", "--porcelain"); left != "" {
		t.Errorf("left uncommitted: %s", left)
	}
}

func TestSignalsLeaveTheTerminalClean(t *testing.T) {
	for name, signal := range map[string]syscall.Signal{"hang-up": syscall.SIGHUP, "termination": syscall.SIGTERM, "interrupt": syscall.SIGINT} {
		t.Run(name, func(t *testing.T) {
			s := start(t, testDemo(t, 0), nil)
			s.await(lastWords)
			if err := s.command.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if code := s.ended(); code != 0 {
				t.Errorf("exit code %d:\n%q", code, s.text())
			}
			s.leavesClean()
		})
	}
}

// Who accepts everything is shown what that is, and asked.
func TestAcceptingAllAsks(t *testing.T) {
	dir := testDemo(t, 0)
	for _, answer := range []struct {
		key, want string
		code      int
	}{{"k\r", "không có gì thay đổi", 1}, {"\x04", "không có gì thay đổi", 1}, {"c\r", "chờ xác nhận → đã xác nhận", 0}} {
		s := start(t, dir, nil, "--as", "lan", "accept", "--all")
		s.await("c có · k không")
		s.press(answer.key)
		s.await(answer.want)
		if code := s.ended(); code != answer.code {
			t.Errorf("%q: exit code %d\n%s", answer.key, code, s.text())
		}
	}
}

// A paper on which a unit would be missing is not written without a word, by a key no more than by the command.
func TestExportByKeyWithoutARecord(t *testing.T) {
	dir := issuedFolder(t)
	if err := os.WriteFile(filepath.Join(dir, "data", "progress", "thanh-tra.toml"), []byte("[broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := start(t, dir, []string{"TIENDO_LANG=en"})
	s.await("1714")
	s.press("4")
	s.await("Thanh tra")
	s.press("o")
	s.await("Format")
	s.press("\x13") // Ctrl+S
	s.await("the report would lack")
	s.press("\x03")
	s.ended()
	if papers, _ := filepath.Glob(filepath.Join(dir, "*.docx")); len(papers) > 0 {
		t.Errorf("written: %s", papers)
	}
}

// A connection that is lost costs nothing of what was typed.
func TestWhatWasTypedSurvivesAHangUp(t *testing.T) {
	dir := testDemo(t, 0)
	s := start(t, dir, nil, "--as", "lan")
	s.await(lastWords)
	s.press("4")
	s.await("Đã gửi")
	s.press("j")
	s.await("Thanh tra Sở · báo cáo")
	s.press("e")
	s.await("Báo cáo của Thanh tra Sở")
	s.press("Hai cuoc ")
	s.await("Hai cuoc")
	if err := s.command.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if code := s.ended(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	again := start(t, dir, nil, "--as", "lan")
	again.await(lastWords)
	again.press("4")
	again.await("Đã gửi")
	again.press("j")
	again.await("Thanh tra Sở · báo cáo")
	again.press("e")
	again.await("Hai cuoc")
	again.await("đã mở lại nội dung bạn viết mà chưa lưu")
	again.press("\x03")
	again.ended()
	if left := git(t, dir, "status", "--porcelain", "--", ".git"); left != "" {
		t.Errorf("git shows the draft: %s", left)
	}
}

func TestTerminalsWithoutScreenGetText(t *testing.T) {
	dir := testDemo(t, 0)
	for name, run := range map[string]struct{ env, args []string }{
		"dumb":      {env: []string{"TERM=dumb"}},
		"no TERM":   {env: []string{"TERM="}},
		"--plain":   {args: []string{"--plain"}},
		"no colour": {env: []string{"NO_COLOR=1", "TERM=dumb"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, dir, run.env, run.args...)
			s.await("Báo cáo: đã gửi")
			if code := s.ended(); code != 0 {
				t.Errorf("exit code %d", code)
			}
			if strings.Contains(s.text(), "\x1b") {
				t.Errorf("escape sequences in %q", s.text())
			}
		})
	}
}

func TestNoColorLeavesOnlyTheLayout(t *testing.T) {
	s := start(t, testDemo(t, 0), []string{"NO_COLOR=1"})
	s.await(lastWords)
	s.press("q")
	s.ended()
	for _, colour := range []string{"\x1b[31", "\x1b[32", "\x1b[33", "\x1b[34", "\x1b[9", "\x1b[38", "\x1b[1;3"} {
		if strings.Contains(s.text(), colour) {
			t.Errorf("colour %q in spite of NO_COLOR", colour)
		}
	}
}

func TestDashboardNeedsAPlan(t *testing.T) {
	dir := testDemo(t, 0)
	plan := filepath.Join(dir, "data", "plan.toml")
	if err := os.WriteFile(plan, []byte("schema = 1\n[plan\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	s := start(t, dir, nil)
	s.await("data/plan.toml:2:")
	s.await("gợi ý: ")
	if code := s.ended(); code != 1 {
		t.Errorf("exit code %d", code)
	}
	if strings.Contains(s.text(), "\x1b[?1049h") {
		t.Error("the screen was taken without a plan")
	}
}

// issuedFolder is a repository with the plan as issued, as it is in the source.
func issuedFolder(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS(filepath.Join("..", "..", "data"))); err != nil {
		t.Fatal(err)
	}
	git(t, dir, "init", "-q", "--initial-branch=main")
	return dir
}

// BenchmarkStart measures from the start of the process to the first full frame. The
// promise is 50 ms on the data as issued.
func BenchmarkStart(b *testing.B) {
	for name, folder := range map[string]func() string{
		"as issued": func() string { return issuedFolder(b) },
		"10 units":  func() string { return testDemo(b, 0) },
		"200 units": func() string { return testDemo(b, 200) },
	} {
		b.Run(name, func(b *testing.B) {
			dir := folder()
			var total time.Duration
			for range b.N {
				begun := time.Now()
				s := start(b, dir, nil)
				s.await(lastWords)
				total += time.Since(begun)
				s.press("q")
				s.ended()
			}
			b.ReportMetric(float64(total.Microseconds())/1000/float64(b.N), "ms/start")
			b.ReportMetric(0, "ns/op")
		})
	}
}
