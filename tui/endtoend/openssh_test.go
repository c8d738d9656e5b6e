package endtoend

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/crypto/ssh"
)

// hardName is a name of a folder that OpenSSH and the shell must both take as it is.
const hardName = `kế "hoạch" 'số' \1 \" $HOME %h #`

// sshd is OpenSSH's server, as an administrator would set it up who forbids nothing: what holds somebody back
// is the line of their key.
type sshd struct {
	*server // its client

	account string // whose authorized_keys it is
	logFile string // of the sessions
	gitSaw  string // the environment of every git that was run
	process *exec.Cmd
}

// refusals is the log of what was refused.
func (s *sshd) refusals() string { return s.logFile + ".refused" }

// openSSH starts the server for these people, with their lines in a file.
func openSSH(t testing.TB, people ...person) *sshd {
	t.Helper()
	s := newSSHD(t, people...)
	keys := filepath.Join(s.home, "authorized_keys")
	s.run(tiendo(t), "authorized-keys", "--data", s.data(), "--into", keys)
	s.start("AuthorizedKeysFile " + keys)
	return s
}

func newSSHD(t testing.TB, people ...person) *sshd {
	t.Helper()
	needs(t, "sshd", "openssh-server")
	account, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	s := &sshd{server: &server{keys: map[string]ssh.Signer{}}, account: account.Username}
	home, tables := t.TempDir(), []string{}
	for _, p := range people {
		s.keys[p.id] = newSigner(t, filepath.Join(home, p.id))
		tables = append(tables, p.table(strings.TrimSpace(string(ssh.MarshalAuthorizedKey(s.keys[p.id].PublicKey())))))
	}
	s.office = newOffice(t, strings.Join(tables, ""))
	hard := filepath.Join(filepath.Dir(s.dir), hardName)
	if err := os.Rename(s.dir, hard); err != nil {
		t.Fatal(err)
	}
	s.dir, s.home = hard, home
	s.logFile, s.gitSaw = filepath.Join(hard, ".git", "tiendo", "ssh.log"), filepath.Join(home, "git-saw")
	return s
}

// start starts the server, and ends it at the end of the test.
func (s *sshd) start(settings ...string) {
	s.t.Helper()
	program := needs(s.t, "sshd", "openssh-server")
	if os.Geteuid() == 0 { // where it runs as a service, systemd makes this folder
		if err := os.MkdirAll("/run/sshd", 0o755); err != nil {
			s.t.Fatal(err)
		}
	}
	newSigner(s.t, filepath.Join(s.home, "host_key"))
	settings = append(settings,
		"HostKey "+filepath.Join(s.home, "host_key"), "PidFile none", "StrictModes no", "UsePAM no", "UseDNS no", "LogLevel VERBOSE",
		"PermitRootLogin prohibit-password", "PasswordAuthentication no", "KbdInteractiveAuthentication no",
		"AcceptEnv *", "AllowTcpForwarding yes", "GatewayPorts yes", "AllowAgentForwarding yes", "X11Forwarding yes", "PermitTunnel yes",
		"Subsystem sftp internal-sftp", "SetEnv PATH="+s.watchedGit()+":"+os.Getenv("PATH")+" HOME="+s.home)
	for range 5 { // another program may take the port first
		s.address = freeAddress(s.t)
		_, port, _ := net.SplitHostPort(s.address)
		config := filepath.Join(s.home, "sshd_config")
		if err := os.WriteFile(config, []byte(strings.Join(append(settings, "ListenAddress 127.0.0.1:"+port, ""), "\n")), 0o600); err != nil {
			s.t.Fatal(err)
		}
		s.log = newTranscript(s.t, "sshd")
		s.process = exec.Command(program, "-D", "-e", "-f", config)
		s.process.Stdout, s.process.Stderr = s.log, s.log
		if err := s.process.Start(); err != nil {
			s.t.Fatal(err)
		}
		ended := make(chan error, 1)
		process := s.process
		go func() { ended <- process.Wait() }()
		s.t.Cleanup(func() {
			_ = process.Process.Kill() // one that did not get its port has ended
			<-ended
		})
		seen := s.log.awaitAll(func(seen string) bool {
			return strings.Contains(seen, "Server listening") || strings.Contains(seen, "Cannot bind") || len(ended) > 0
		}, "Server listening")
		if strings.Contains(seen, "Server listening") {
			s.t.Cleanup(func() {
				if s.t.Failed() {
					s.t.Logf("sshd says:\n%s", s.log.text())
				}
			})
			return
		}
	}
	s.t.Fatalf("sshd does not start:\n%s", s.log.text())
}

// watchedGit is a folder with a git that writes down its environment before it does its work.
func (s *sshd) watchedGit() string {
	s.t.Helper()
	folder := filepath.Join(s.home, "bin")
	err := os.Mkdir(folder, 0o755)
	if err == nil {
		script := fmt.Sprintf("#!/bin/sh\nenv >> '%s'\nexec '%s' \"$@\"\n", s.gitSaw, needs(s.t, "git", "git"))
		err = os.WriteFile(filepath.Join(folder, "git"), []byte(script), 0o755)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return folder
}

func freeAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// ask runs a command over SSH, with options of the client before "--".
func (s *sshd) ask(p person, args ...string) (out string, exit int) {
	s.t.Helper()
	return s.answer(p, append([]string{"-l", s.account}, args...)...)
}

// onTerminal starts a client on a terminal of 80×24.
func onTerminal(t testing.TB, client *exec.Cmd, name string) *terminal {
	t.Helper()
	file, err := pty.StartWithSize(client, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	opened := &terminal{transcript: newTranscript(t, name), keys: file, process: client, ended: make(chan error, 1)}
	go func() {
		_, _ = io.Copy(opened.transcript, file) // it ends with an error when the client is gone
		opened.ended <- client.Wait()
	}()
	t.Cleanup(func() {
		_ = client.Process.Kill() // it has ended where all is well
		_ = file.Close()
	})
	return opened
}

// state is what must not change when something is refused.
func (s *sshd) state() string {
	s.t.Helper()
	return s.git("rev-parse", "HEAD") + s.git("status", "--porcelain")
}

// Somebody comes in with their key and ticks by a command, and the commit is theirs.
func TestOpenSSHTick(t *testing.T) {
	s := openSSH(t, lan, minh)
	out, exit := s.ask(minh, "--", "tick thanh-tra treo-bang-ron --note 'Treo tại \"trụ sở\"; đủ' --figure bang-ron=4")
	if exit != 0 || !strings.HasPrefix(out, "đã lưu ") {
		t.Fatalf("exit %d: %s", exit, out)
	}
	got := s.git("log", "-1", "--format=%an <%ae>, %cn%n%B")
	want := "Lê Minh <minh@example.org>, tiendo\nthanh-tra: Treo băng rôn, khẩu hiệu → hoàn thành\n\nUnit: thanh-tra\nActivity: treo-bang-ron\nStatus: todo -> done"
	if strings.TrimSpace(got) != want {
		t.Errorf("the commit is\n%s\nwant\n%s", got, want)
	}
	content, err := os.ReadFile(filepath.Join(s.data(), "progress", "thanh-tra.toml"))
	if err != nil || !strings.Contains(string(content), `"minh"`) || !strings.Contains(string(content), "đủ") {
		t.Errorf("the entry: %v\n%s", err, content)
	}
	if out, exit := s.ask(minh, "-o", "SetEnv=TIENDO_LANG=en", "--", "tiendo", "use", "thanh-tra", "m05", "--channel", "website"); exit != 0 || !strings.HasPrefix(out, "saved ") {
		t.Errorf("exit %d: %s", exit, out)
	}
	if out, exit := s.ask(minh, "--", "status --json --unit thanh-tra"); exit != 0 || !strings.Contains(out, `"person": "minh"`) {
		t.Errorf("exit %d: %s", exit, out)
	}
	s.clean()
}

// With a terminal and without a command the dashboard opens.
func TestOpenSSHDashboard(t *testing.T) {
	s := openSSH(t, lan, minh)
	for _, command := range []string{"", "tiendo"} {
		screen := onTerminal(t, s.ssh(minh, "-l", s.account, "-o", "SetEnv=TIENDO_LANG=en", "-t", "--", command), minh.id)
		screen.await("Thanh tra Sở")
		screen.await(help)
		screen.press(" ")
		screen.await("saved")
		screen.press("q")
		screen.end()
	}
	if authors := s.git("log", "-2", "--format=%an"); authors != "Lê Minh\nLê Minh\n" {
		t.Errorf("the authors are\n%s", authors)
	}
	for hash := range strings.Lines(s.git("log", "-2", "--format=%h")) {
		want := `"event":"change","person":"minh","address":"127.0.0.1","unit":"thanh-tra","of":"thanh-tra","subject":"activity tuyen-truyen-van-dong","hash":"` + strings.TrimSpace(hash) + `"}`
		if log, err := os.ReadFile(s.logFile); err != nil || !strings.Contains(string(log), want) {
			t.Errorf("the log does not hold %s: %v\n%s", want, err, log)
		}
	}
	s.clean()
}

// Without a terminal it is the status in plain text.
func TestOpenSSHWithoutTerminal(t *testing.T) {
	s := openSSH(t, minh)
	out, exit := s.ask(minh, "-T")
	if exit != 0 || !strings.Contains(out, "Hoạt động: hoàn thành 0/") || strings.Contains(out, "\x1b") {
		t.Errorf("exit %d: %q", exit, out)
	}
}

// Nothing but the dashboard and the allowed commands is to be had, and what was asked for is logged.
func TestOpenSSHNothingElse(t *testing.T) {
	s := openSSH(t, lan, minh, xem)
	before := s.state()
	mark := filepath.Join(s.home, "executed")
	long := slices.Repeat([]string{strings.Repeat("x", 100_000)}, 10)
	tests := map[string]struct {
		who    person
		args   []string
		logged string // "" where sshd refuses, or a mistake leads to nothing
	}{
		"another unit":             {minh, []string{"--", "tick van-phong treo-bang-ron"}, `"unit":"thanh-tra","of":"van-phong"`},
		"a viewer's tick":          {xem, []string{"--", "tick thanh-tra treo-bang-ron"}, `"person":"xem"`},
		"a unit that is none":      {minh, []string{"--", "tick ../plan treo-bang-ron"}, ""},
		"another's name":           {minh, []string{"--", "tick van-phong treo-bang-ron --as lan"}, "--as"},
		"another's name, joined":   {minh, []string{"--", "tick van-phong treo-bang-ron --as=lan"}, "--as"},
		"another's name, first":    {minh, []string{"--", "tiendo --as lan tick van-phong treo-bang-ron"}, "--as"},
		"another's name, short":    {minh, []string{"--", "tick van-phong treo-bang-ron --a lan"}, "--as"},
		"another folder":           {minh, []string{"--", "status --data /"}, "--data"},
		"another day":              {minh, []string{"--", "status --today 2019-12-10"}, "--today"},
		"the forced command":       {minh, []string{"--", "ssh-session --data / --as lan"}, "ssh-session"},
		"accept":                   {minh, []string{"--", "accept thanh-tra"}, "accept"},
		"roster":                   {lan, []string{"--", "person remove minh"}, "person"},
		"semicolon":                {minh, []string{"--", "status; touch " + mark}, "; means"},
		"line break":               {minh, []string{"--", "status\ntouch " + mark}, "control character"},
		"backticks":                {minh, []string{"--", "status `touch " + mark + "`"}, "` means"},
		"dollar":                   {minh, []string{"--", "status $(touch " + mark + ")"}, "$ means"},
		"quoted quote":             {minh, []string{"--", `status "; touch ` + mark + `; "`}, ""},
		"redirection":              {minh, []string{"--", "status > " + mark}, "> means"},
		"a shell":                  {minh, []string{"--", "sh", "-c", "'touch " + mark + "'"}, "sh"},
		"git-upload-pack":          {minh, []string{"--", "git-upload-pack '" + s.home + "'"}, "git-upload-pack"},
		"scp":                      {minh, []string{"--", "scp -t " + s.home}, "scp"},
		"sftp":                     {minh, []string{"-s", "--", "sftp"}, "internal-sftp"},
		"100 KB":                   {minh, append([]string{"--", "status"}, long[0]), "longer than"},
		"1 MB":                     {minh, append([]string{"--", "status"}, long...), ""},
		"a port that leads in":     {minh, []string{"-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1", "--", "status"}, ""},
		"a socket that leads in":   {minh, []string{"-o", "ExitOnForwardFailure=yes", "-R", mark + ":127.0.0.1:1", "--", "status"}, ""},
		"a channel to an address":  {minh, []string{"-W", s.address}, ""},
		"a tunnel between devices": {minh, []string{"-o", "ExitOnForwardFailure=yes", "-w", "7:7", "--", "status"}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			known, _ := os.ReadFile(s.refusals()) // not there before the first one
			if out, exit := s.ask(test.who, test.args...); exit == 0 || strings.Contains(out, "SSH-2.0") {
				t.Errorf("exit %d: %.300s", exit, out)
			}
			log, err := os.ReadFile(s.refusals())
			if err == nil {
				log = log[len(known):]
			}
			if test.logged != "" && (strings.Count(string(log), "\n") != 1 || !strings.Contains(string(log), test.logged)) {
				t.Errorf("logged: %v\n%s", err, log)
			}
		})
	}
	if after := s.state(); after != before {
		t.Errorf("something was changed: %s, before %s", after, before)
	}
	if _, err := os.Lstat(mark); err == nil {
		t.Error("something was executed")
	}
	log, err := os.ReadFile(s.refusals())
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(log)) {
		if !regexp.MustCompile(`^\{"time":"[^"]+","event":"refused","person":"(lan|minh|xem)","address":"127\.0\.0\.1",("command":"[^"]{0,40}"|"unit":"(thanh-tra)?","of":"(thanh-tra|van-phong)","subject":"activity treo-bang-ron"),"reason":.{1,220}\}\n$`).MatchString(line) {
			t.Errorf("the log has the line %q", line)
		}
	}
}

// What a client sets in its environment reaches neither git nor the record, even where sshd passes all of it on.
func TestOpenSSHEnvironment(t *testing.T) {
	s := openSSH(t, lan, minh)
	elsewhere := newOffice(t, "# elsewhere\n")
	settings := []string{}
	names := []string{}
	for name, value := range map[string]string{
		"LD_PRELOAD": "/nonexistent.so", "GIT_DIR": filepath.Join(elsewhere.dir, ".git"), "GIT_WORK_TREE": elsewhere.dir,
		"GIT_AUTHOR_NAME": "Mallory", "GIT_AUTHOR_EMAIL": "mallory@example.org", "GIT_COMMITTER_NAME": "Mallory",
		"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "Mallory", "GIT_SSH_COMMAND": "touch " + s.home + "/x",
		"XDG_CONFIG_HOME": elsewhere.home, "TIENDO_AS": "lan", "TIENDO_DATA": elsewhere.data(), "TIENDO_TODAY": "2001-01-01", "EDITOR": "touch",
	} {
		settings = append(settings, `"`+name+"="+value+`"`)
		names = append(names, name)
	}
	option := "SetEnv=" + strings.Join(settings, " ")
	out, exit := s.ask(minh, "-o", option, "--", "tick thanh-tra treo-bang-ron")
	if exit != 0 || !strings.Contains(out, "đã lưu ") {
		t.Fatalf("exit %d: %s", exit, out)
	}
	if got := s.git("log", "-1", "--format=%an <%ae>, %cn"); got != "Lê Minh <minh@example.org>, tiendo\n" {
		t.Errorf("the commit is by %s", got)
	}
	if day := time.Now().UTC(); !slices.Contains([]string{day.Format("2006"), day.Add(24 * time.Hour).Format("2006")}, strings.TrimSpace(s.git("log", "-1", "--format=%ad", "--date=format:%Y"))) {
		t.Error("the record does not carry the real time")
	}
	seen, err := os.ReadFile(s.gitSaw)
	if err != nil {
		t.Fatal(err)
	}
	set := "\n" + string(seen)
	for _, name := range names {
		// Author and committer are those that tiendo names.
		if strings.Contains(set, "\n"+name+"=") && !regexp.MustCompile(`^GIT_(AUTHOR|COMMITTER)_`).MatchString(name) {
			t.Errorf("git was given %s", name)
		}
	}
	if strings.Contains(set, "Mallory") || strings.Contains(set, "mallory") {
		t.Error("git was given the client's values")
	}
	if _, exit := s.ask(minh, "-o", option, "--", "tick van-phong treo-bang-ron"); exit == 0 {
		t.Error("the client chose who it is")
	}
	if elsewhere.commits() != 0 {
		t.Error("the client chose the repository")
	}
	s.clean()
}

// Who is not on the roster comes in no more, at once, though their line may still be there.
func TestOpenSSHStrangers(t *testing.T) {
	s := openSSH(t, lan, minh)
	stranger := person{id: "stranger"}
	newSigner(t, filepath.Join(s.home, stranger.id))
	if out, exit := s.ask(stranger, "--", "status"); exit != 255 || !strings.Contains(out, "Permission denied") {
		t.Errorf("exit %d: %s", exit, out)
	}
	s.run(tiendo(t), "person", "remove", minh.id)
	for _, line := range []string{"status", "check", "person list", "", "tick thanh-tra treo-bang-ron"} {
		if out, exit := s.ask(minh, "-T", "--", line); exit != 1 || !strings.Contains(out, `"minh"`) || strings.Contains(out, "Thanh tra") {
			t.Errorf("%q: exit %d: %s", line, exit, out)
		}
	}
	s.run(tiendo(t), "authorized-keys", "--data", s.data(), "--into", filepath.Join(s.home, "authorized_keys"))
	if out, exit := s.ask(minh, "--", "status"); exit != 255 || !strings.Contains(out, "Permission denied") {
		t.Errorf("exit %d: %s", exit, out)
	}
	if out, exit := s.ask(lan, "--", "status"); exit != 0 {
		t.Errorf("exit %d: %s", exit, out)
	}
}

// askingSSHD starts the server for these people, and it asks for their lines at every login. It wants the program, and
// every folder above it, to be root's.
func askingSSHD(t testing.TB, people ...person) *sshd {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("AuthorizedKeysCommand must belong to root")
	}
	s := newSSHD(t, people...)
	root, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp(root.HomeDir, "tiendo-endtoend-") //nolint:usetesting // above t.TempDir() everybody may write
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	program := filepath.Join(folder, "tiendo")
	content, err := os.ReadFile(tiendo(t))
	if err == nil {
		err = os.WriteFile(program, content, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	// sshd_config parts words as a shell does, and takes no folder with a name like ours.
	plain := filepath.Join(s.home, "plan")
	if err := os.Symlink(s.dir, plain); err != nil {
		t.Fatal(err)
	}
	s.start("AuthorizedKeysFile none", "AuthorizedKeysCommandUser "+s.account,
		"AuthorizedKeysCommand "+program+" authorized-keys --data "+plain+"/data --sshd %t %k")
	return s
}

// sshd can ask at every login.
func TestOpenSSHAsksForKeys(t *testing.T) {
	s := askingSSHD(t, lan, minh)
	if out, exit := s.ask(minh, "--", "tick thanh-tra treo-bang-ron"); exit != 0 {
		t.Fatalf("exit %d: %s", exit, out)
	}
	if author := s.git("log", "-1", "--format=%an"); author != "Lê Minh\n" {
		t.Errorf("the author is %s", author)
	}
	s.run(tiendo(t), "person", "remove", minh.id)
	if out, exit := s.ask(minh, "--", "status"); exit != 255 || !strings.Contains(out, "Permission denied") {
		t.Errorf("exit %d: %s", exit, out)
	}
	if _, exit := s.ask(lan, "--", "status"); exit != 0 {
		t.Errorf("exit %d", exit)
	}
}
