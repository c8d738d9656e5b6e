package endtoend

import (
	"crypto/ed25519"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// server is a running `tiendo serve` with its repository.
type server struct {
	*office
	flags    []string
	address  string
	process  *exec.Cmd
	out, log *transcript
	keys     map[string]ssh.Signer // by person
	ended    chan error
}

// person is somebody on the roster with a key of their own.
type person struct{ id, name, role, unit string }

var (
	lan  = person{"lan", "Nguyễn Thị Lan", "coordinator", ""}
	minh = person{"minh", "Lê Minh", "staff", "thanh-tra"}
	xem  = person{"xem", "Người Xem", "viewer", ""}
)

// table is the person's entry on the roster.
func (p person) table(key string) string {
	unit := ""
	if p.unit != "" {
		unit = fmt.Sprintf("unit = %q\n", p.unit)
	}
	return fmt.Sprintf("\n[[person]]\nid = %q\nname = %q\nrole = %q\nemail = \"%s@example.org\"\nkeys = [%q]\n%s", p.id, p.name, p.role, p.id, key, unit)
}

// newSigner makes a key and writes it as a file for the OpenSSH client.
func newSigner(t testing.TB, path string) ssh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err == nil {
		err = os.WriteFile(path, pem.EncodeToMemory(block), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

// serve starts the server for these people, with further units at the end of the roster.
func serve(t testing.TB, units string, people ...person) *server {
	t.Helper()
	return serveWith(t, nil, units, people...)
}

// serveWith starts it with further flags.
func serveWith(t testing.TB, flags []string, units string, people ...person) *server {
	t.Helper()
	s := &server{flags: flags, keys: map[string]ssh.Signer{}, ended: make(chan error, 1)}
	folder, tables := t.TempDir(), []string{units}
	for _, p := range people {
		key := newSigner(t, filepath.Join(folder, p.id))
		s.keys[p.id] = key
		tables = append(tables, p.table(strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key.PublicKey())))))
	}
	s.office = newOffice(t, strings.Join(tables, ""))
	s.home = folder
	s.start()
	return s
}

// start starts the process, and stops it at the end of the test.
func (s *server) start() {
	s.t.Helper()
	s.out, s.log = newTranscript(s.t, "standard output"), newTranscript(s.t, "the log")
	usual := []string{"serve", "--data", s.data(), "--listen", "127.0.0.1:0", "--host-key", filepath.Join(s.home, "host", "key")}
	s.process = exec.Command(tiendo(s.t), append(usual, s.flags...)...)
	s.process.Env, s.process.Stdout, s.process.Stderr = environment(s.home), s.out, s.log
	if err := s.process.Start(); err != nil {
		s.t.Fatal(err)
	}
	go func() { s.ended <- s.process.Wait() }()
	s.t.Cleanup(func() {
		_ = s.process.Process.Kill() // it may have ended
		if s.t.Failed() {
			log := s.log.text()
			s.t.Logf("the log of the server ends with:\n%s", log[max(0, len(log)-4000):])
		}
	})
	for line := range strings.Lines(s.out.await("the key of this server")) {
		if address, is := strings.CutPrefix(line, "listening on "); is {
			s.address = strings.TrimSpace(address)
		}
	}
}

// stop asks the server to stop and waits for its end.
func (s *server) stop() {
	s.t.Helper()
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	select {
	case err := <-s.ended:
		if err != nil {
			s.t.Errorf("the server ended with %v", err)
		}
	case <-time.After(limit):
		s.t.Fatal("the server does not end")
	}
}

// keyFile is where a person's key lies for the OpenSSH client.
func (s *server) keyFile(p person) string { return filepath.Join(s.home, p.id) }

// ssh is the OpenSSH client as a person, without anybody's configuration.
func (s *server) ssh(p person, args ...string) *exec.Cmd {
	s.t.Helper()
	host, port, err := net.SplitHostPort(s.address)
	if err != nil {
		s.t.Fatal(err)
	}
	client := needs(s.t, "ssh", "openssh-client")
	usual := []string{
		"-F", os.DevNull, "-p", port, "-i", s.keyFile(p), "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "BatchMode=yes",
		"-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-o", "ConnectTimeout=20",
	}
	// Options must stand before the host, and the command after it.
	options, command := args, []string(nil)
	for i, arg := range args {
		if arg == "--" {
			options, command = args[:i], args[i+1:]
		}
	}
	// Of an option that is given twice the client takes the first.
	line := slices.Concat(options, usual, []string{"x@" + host}, command)
	made := exec.Command(client, line...)
	made.Env = environment(s.home)
	return made
}

// answer runs a command over SSH.
func (s *server) answer(p person, args ...string) (out string, exit int) {
	s.t.Helper()
	command := s.ssh(p, args...)
	written, err := command.CombinedOutput()
	if err != nil && command.ProcessState == nil {
		s.t.Fatal(err)
	}
	return string(written), command.ProcessState.ExitCode()
}

// terminal is a dashboard as the OpenSSH client shows it.
type terminal struct {
	*transcript
	keys    io.WriteCloser
	process *exec.Cmd
	ended   chan error
}

// open opens a dashboard. Without a terminal of its own the client names no size, so it is 80×24.
func (s *server) open(p person, options ...string) *terminal {
	s.t.Helper()
	options = append(options, "-tt", "-e", "none", "-o", "SetEnv=TIENDO_LANG=en") // of several SetEnv the client takes the first
	return openTerminal(s.t, s.ssh(p, options...), p.id)
}

func openTerminal(t testing.TB, command *exec.Cmd, name string) *terminal {
	t.Helper()
	opened := &terminal{transcript: newTranscript(t, name), process: command, ended: make(chan error, 1)}
	var err error
	if opened.keys, err = command.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	command.Stdout, command.Stderr = opened.transcript, opened.transcript
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { opened.ended <- command.Wait() }()
	t.Cleanup(func() { _ = command.Process.Kill() })
	return opened
}

func (s *terminal) press(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.keys, keys); err != nil {
		s.t.Fatal(err)
	}
}

// end waits for the client to end, and gives its exit code.
func (s *terminal) end() (exit int) {
	s.t.Helper()
	select {
	case <-s.ended:
		return s.process.ProcessState.ExitCode()
	case <-time.After(limit):
		s.t.Fatalf("%s does not end: %q", s.name, s.text())
	}
	return -1
}

const help = "keys" // stands on every whole screen

// Somebody comes in with their key, ticks, and the commit is theirs.
func TestServeTick(t *testing.T) {
	s := serve(t, "", lan, minh)
	screen := s.open(minh, "-l", "lan") // whatever name is given, the key says who it is
	screen.await("Thanh tra Sở")
	screen.await(help)
	screen.press(" ")
	screen.await("saved")
	screen.press("q")
	screen.end()
	got := s.git("log", "-1", "--format=%an <%ae>, %cn%n%B")
	want := "Lê Minh <minh@example.org>, tiendo\nthanh-tra: Tuyên truyền, vận động công chức, viên chức → đang thực hiện\n\nUnit: thanh-tra\nActivity: tuyen-truyen-van-dong\nStatus: todo -> doing\n\n"
	if strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("the commit is\n%s\nwant\n%s", got, want)
	}
	if content, err := os.ReadFile(filepath.Join(s.data(), "progress", "thanh-tra.toml")); err != nil || strings.Count(string(content), "\"minh\"") != 1 {
		t.Errorf("the entry is not signed by minh: %v\n%s", err, content)
	}
	for _, want := range []string{`"event":"login"`, `"person":"minh","unit":"thanh-tra"`, `"event":"change"`, `"hash":"` + strings.TrimSpace(s.git("log", "-1", "--format=%h"))} {
		s.log.await(want)
	}
	s.clean()
}

// Staff change what is their unit's, by screen and by command, and nothing else.
func TestServeOnlyTheirOwn(t *testing.T) {
	s := serve(t, "", lan, minh, xem)
	before := s.git("rev-parse", "HEAD")
	for _, test := range []struct {
		person        person
		command, said string
	}{
		{minh, "tick van-phong treo-bang-ron --status done", "may change only the record of Thanh tra Sở"},
		{minh, "use van-phong m01 --channel website", "may change only the record of Thanh tra Sở"},
		{minh, "submit van-phong", "may change only the record of Thanh tra Sở"},
		{xem, "tick thanh-tra treo-bang-ron --status done", "may look but not change anything"},
		{lan, "accept thanh-tra", "may not be used over SSH"},
		{lan, "person remove minh", "may not be used over SSH"},
	} {
		out, exit := s.answer(test.person, "-o", "SetEnv=TIENDO_LANG=en", "--", test.command)
		if exit != 1 || !strings.Contains(out, test.said) {
			t.Errorf("%s: %s: exit %d: %s", test.person.id, test.command, exit, out)
		}
	}
	screen := s.open(minh)
	screen.await("What you have to do · Thanh tra Sở")
	screen.press("V")
	screen.await("› Thanh tra Sở")
	screen.press("k")
	screen.await("› Văn phòng Sở")
	screen.press(" ")
	screen.await("may change only the record of")
	if after := s.git("rev-parse", "HEAD"); after != before {
		t.Error("something was changed")
	}
	out, exit := s.answer(minh, "-o", "SetEnv=TIENDO_LANG=en", "--", "tick thanh-tra treo-bang-ron --status done --note 'Đã treo; \"xong\"'")
	if exit != 0 || !strings.Contains(out, "saved") {
		t.Errorf("one's own: exit %d: %s", exit, out)
	}
	if author := s.git("log", "-1", "--format=%an"); author != "Lê Minh\n" {
		t.Errorf("the author is %q", author)
	}
	s.log.await(`"subject":"activity treo-bang-ron","hash"`)
	if out, exit := s.answer(minh, "--", "person", "list"); exit != 0 || !strings.Contains(out, "Nguyễn Thị Lan") {
		t.Errorf("who there is: exit %d: %s", exit, out)
	}
	if out, exit := s.answer(xem); exit != 0 || !strings.Contains(out, "1714/KH-SCT") {
		t.Errorf("without a terminal comes the status as text: exit %d: %s", exit, out)
	}
	s.clean()
}

// A note in Vietnamese arrives whole, however its bytes are parted on the way.
func TestServeVietnameseByteByByte(t *testing.T) {
	s := serve(t, "", minh)
	screen := s.open(minh)
	screen.await(help)
	screen.press("e")
	screen.await("Note")
	screen.press("\t\t\t") // from the status over two figures to the note
	note := "Đã treo băng rôn ở trụ sở"
	for i := range len(note) {
		screen.press(note[i : i+1])
	}
	screen.awaitAll(func(seen string) bool { return strings.Contains(seen, "trụ sở") }, note)
	screen.press("\x13") // ctrl+s
	screen.await("saved")
	content, err := os.ReadFile(filepath.Join(s.data(), "progress", "thanh-tra.toml"))
	if err != nil || !strings.Contains(string(content), `"`+note+`"`) {
		t.Errorf("the note is not in the file: %v\n%s", err, content)
	}
	if strings.Contains(s.log.text(), "băng rôn") {
		t.Error("the note is in the log")
	}
}

func TestServeRefusedLogins(t *testing.T) {
	s := serve(t, "", lan)
	stranger := person{id: "stranger"}
	newSigner(t, filepath.Join(s.home, stranger.id))
	tests := map[string]struct {
		person  person
		options []string
	}{
		"an unknown key": {stranger, nil},
		"a password":     {stranger, []string{"-o", "PreferredAuthentications=password,keyboard-interactive", "-o", "BatchMode=no", "-o", "NumberOfPasswordPrompts=1"}},
		"no key":         {person{id: "nothing"}, []string{"-o", "PreferredAuthentications=none"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			out, exit := s.answer(test.person, append(test.options, "--", "status")...)
			if exit != 255 || !strings.Contains(out, "Permission denied") {
				t.Errorf("exit %d: %s", exit, out)
			}
		})
	}
	if strings.Contains(s.log.text(), `"event":"login"`) {
		t.Errorf("the log says\n%s", s.log.text())
	}
}

// Nothing but a dashboard and the allowed commands is to be had, and every try is logged.
func TestServeNothingElse(t *testing.T) {
	s := serve(t, "", lan, minh)
	before := s.git("rev-parse", "HEAD") + s.git("status", "--porcelain")
	tests := map[string]struct {
		args   []string
		logged string
	}{
		"sftp":                {[]string{"-s", "--", "sftp"}, "session request subsystem"},
		"scp":                 {[]string{"--", "scp", "-f", "/etc/passwd"}, `"command":"scp"`},
		"git":                 {[]string{"--", "git-upload-pack", "'" + s.dir + "'"}, `"command":"git-upload-pack"`},
		"a shell":             {[]string{"--", "sh", "-c", "id"}, `"command":"sh"`},
		"a second command":    {[]string{"--", "status; touch " + s.home + "/x"}, "; means something to a shell"},
		"backticks":           {[]string{"--", "status `touch " + s.home + "/x`"}, "` means something to a shell"},
		"a line break":        {[]string{"--", "status\ntouch " + s.home + "/x"}, `"command":"","reason":"the command line contains a line break`},
		"another's name":      {[]string{"--", "tiendo --as lan tick van-phong treo-bang-ron"}, `"command":"tiendo","reason":"--as may not`},
		"another's folder":    {[]string{"--", "tick van-phong treo-bang-ron --data " + s.data()}, `"command":"tick","reason":"--data may not`},
		"the dashboard's own": {[]string{"--", "serve"}, `"command":"serve"`},
		"a long command":      {[]string{"--", "status " + strings.Repeat("x", 100_000)}, "exec: too long"},
		"-W":                  {[]string{"-W", s.address}, "channel direct-tcpip"},
		"-R":                  {[]string{"-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1", "--", "status"}, "request tcpip-forward"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			known := len(s.log.text())
			if out, exit := s.answer(minh, test.args...); exit == 0 {
				t.Errorf("it was allowed: %s", out)
			}
			s.log.awaitAll(func(seen string) bool { return strings.Contains(seen[known:], test.logged) }, test.logged)
		})
	}
	if after := s.git("rev-parse", "HEAD") + s.git("status", "--porcelain"); after != before {
		t.Error("something was changed")
	}
	if _, err := os.Stat(filepath.Join(s.home, "x")); err == nil {
		t.Error("something was executed")
	}
}

// What a client sets in its environment reaches neither git nor anything else.
func TestServeEnvironment(t *testing.T) {
	s := serve(t, "", minh)
	settings := "SetEnv=LD_PRELOAD=/nonexistent.so GIT_DIR=/tmp GIT_AUTHOR_NAME=Mallory GIT_CONFIG_COUNT=1 TIENDO_AS=lan TIENDO_DATA=/tmp TIENDO_TODAY=2001-01-01 TIENDO_LANG=en"
	screen := s.open(minh, "-o", settings)
	screen.await(help)
	screen.press(" ")
	screen.await("saved")
	if author := s.git("log", "-1", "--format=%an"); author != "Lê Minh\n" {
		t.Errorf("the author is %q", author)
	}
	s.clean()
}

// One session of a shared connection closes while the other goes on; a client that is killed leaves nothing.
func TestServeSharedAndKilled(t *testing.T) {
	s := serve(t, "", minh)
	control := filepath.Join(s.home, "control")
	master := s.open(minh, "-M", "-S", control)
	master.await(help)
	second := s.open(minh, "-S", control)
	second.await(help)
	second.press("q")
	second.end()
	master.press(" ")
	master.await("saved")
	if err := master.process.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	s.log.awaitAll(func(log string) bool { return strings.Count(log, `"event":"end"`) == 2 }, "end of both sessions")
}

// A crowd of connections that say nothing takes the places of its own address, and a person at another one gets in.
func TestServeSilentConnections(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the loopback has one address here")
	}
	s := serveWith(t, []string{"--login-grace-time", "24h"}, "", minh)
	dialer := net.Dialer{Timeout: limit, LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}
	for range 400 {
		silent, err := dialer.Dial("tcp", s.address)
		if err != nil {
			t.Fatal(err)
		}
		defer silent.Close()
	}
	s.log.await("too many connections without login")
	out, exit := s.answer(minh, "--", "version")
	if exit != 0 || !strings.HasPrefix(out, "tiendo") {
		t.Errorf("exit %d: %s", exit, out)
	}
}

// A command of a megabyte, or many of the longest that fit into a packet, are refused, and nothing of them is kept.
func TestServeLongCommands(t *testing.T) {
	s := serve(t, "", minh)
	if out, exit := s.answer(minh, append([]string{"--", "status"}, slices.Repeat([]string{strings.Repeat("x", 100_000)}, 10)...)...); exit == 0 {
		t.Errorf("a megabyte was allowed: %.300s", out)
	}
	client := s.dial(minh).client
	ask := func() {
		session, err := client.NewSession()
		for deadline := time.Now().Add(limit); err != nil && time.Now().Before(deadline); { // the last ones may not be over yet
			session, err = client.NewSession()
		}
		if err != nil {
			t.Fatal(err)
		}
		defer session.Close()
		if err := session.Run("status " + strings.Repeat("x", 250_000)); err == nil {
			t.Fatal("it was allowed")
		}
	}
	ask()
	s.log.await("exec: too long")
	before := s.resident()
	for range 200 { // 50 MB
		ask()
	}
	grown := s.resident() - before
	t.Logf("after 50 MB of commands the server has %.0f KiB more", grown)
	if grown > 24<<10 {
		t.Errorf("the server has grown by %.0f KiB", grown)
	}
	if out, exit := s.answer(minh, "--", "version"); exit != 0 {
		t.Errorf("exit %d: %s", exit, out)
	}
}

// A change of the roster by hand takes effect while sessions run.
func TestServeRosterEdited(t *testing.T) {
	s := serve(t, "", lan, minh, xem)
	gone, demoted, stays := s.open(minh), s.open(lan), s.open(xem)
	for _, screen := range []*terminal{gone, demoted, stays} {
		screen.await(help)
	}
	path := filepath.Join(s.data(), "units.toml")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	roster := strings.Replace(string(content), `role = "coordinator"`, `role = "viewer"`, 1)
	before, after, _ := strings.Cut(roster, "\n[[person]]\nid = \"minh\"")
	_, after, _ = strings.Cut(after, "\n[[person]]")
	if err := os.WriteFile(path, []byte(before+"\n[[person]]"+after), 0o600); err != nil {
		t.Fatal(err)
	}
	gone.await("no longer on the roster")
	gone.end()
	demoted.await("your role or unit on the roster was changed")
	demoted.end()
	stays.press("2")
	stays.await("[2 Messages]")
	if _, exit := s.answer(minh, "--", "status"); exit != 255 {
		t.Errorf("the removed person is let in: exit %d", exit)
	}
}

// A hundred people tick at the same time; each tick is one commit of its person, and none is lost.
func TestServeHundredTicks(t *testing.T) {
	var units strings.Builder
	var people []person
	for i := range 17 {
		id := fmt.Sprintf("don-vi-%02d", i)
		fmt.Fprintf(&units, "\n[[unit]]\nid = %q\nname = \"Đơn vị %02d\"\ngroup = \"phong-don-vi\"\n", id, i)
		people = append(people, person{fmt.Sprintf("nguoi-%02d", i), fmt.Sprintf("Người %02d", i), "staff", id})
	}
	s := serve(t, units.String(), people...)
	const perUnit = 6 // activities that a unit of this group answers for
	var screens []*screen
	for i := range 100 {
		screens = append(screens, s.dial(people[i/perUnit]).open())
	}
	var all sync.WaitGroup
	for i, screen := range screens {
		all.Go(func() {
			screen.await(help)
			screen.press(strings.Repeat("j", i%perUnit))
			screen.press(" ")
			screen.await("saved")
		})
	}
	all.Wait()
	s.stop()
	ticks := 0
	for _, p := range people {
		content, err := os.ReadFile(filepath.Join(s.data(), "progress", p.unit+".toml"))
		if err != nil {
			t.Fatal(err)
		}
		ticks += strings.Count(string(content), `"doing"`)
		if by := strings.Count(string(content), `"`+p.id+`"`); by != strings.Count(string(content), `"doing"`) {
			t.Errorf("%s signed %d entries:\n%s", p.id, by, content)
		}
	}
	if commits := s.commits(); ticks != 100 || commits != 100 {
		t.Errorf("%d ticks and %d commits, want 100", ticks, commits)
	}
	for line := range strings.Lines(s.git("log", "-100", "--format=%an %s")) {
		var author, unit string
		if _, err := fmt.Sscanf(line, "Người %s don-vi-%2s", &author, &unit); err != nil || author != unit {
			t.Errorf("the record of unit %s was changed by Người %s: %v", unit, author, err)
		}
	}
	s.clean()
}

// The server stops while people tick: what was called saved is in the history, nothing is half.
func TestServeStopsInTheMiddle(t *testing.T) {
	people := []person{lan, {"hoa", "Trần Thị Hoa", "coordinator", ""}, {"an", "Phạm An", "coordinator", ""}, minh}
	s := serve(t, "", people...)
	var screens []*screen
	for _, p := range people {
		screen := s.dial(p).open()
		screen.await(help)
		screen.press("v") // where everybody finds entries
		screens = append(screens, screen)
	}
	var all sync.WaitGroup
	for i, screen := range screens {
		all.Go(func() {
			for {
				if _, err := io.WriteString(screen.keys, strings.Repeat("j", i)+" "); err != nil {
					return // the session has ended
				}
			}
		})
	}
	s.log.awaitAll(func(log string) bool { return strings.Count(log, `"event":"change"`) >= 12 }, "twelve changes")
	s.stop()
	all.Wait()
	changes := strings.Count(s.log.text(), `"event":"change"`)
	if commits := s.commits(); commits != changes {
		t.Errorf("%d changes were logged and %d commits made", changes, commits)
	}
	for _, screen := range screens {
		screen.await("the server is being stopped")
	}
	s.clean()
	s.run(tiendo(t), "check", "--data", s.data())
}

// caller is a client of the test's own, for many at once.
type caller struct {
	*server
	client *ssh.Client
}

func (s *server) dial(p person) *caller {
	s.t.Helper()
	return s.dialAs(p, "x")
}

// dialAs gives a name of an account.
func (s *server) dialAs(p person, account string) *caller {
	s.t.Helper()
	client, err := s.connect(p, account)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = client.Close() })
	return &caller{s, client}
}

// connect is dialAs for those whom the server may turn away. The caller closes the client.
func (s *server) connect(p person, account string) (*ssh.Client, error) {
	return ssh.Dial("tcp", s.address, &ssh.ClientConfig{
		User: account, Auth: []ssh.AuthMethod{ssh.PublicKeys(s.keys[p.id])}, Timeout: limit,
		HostKeyCallback: ssh.InsecureIgnoreHostKey(),
	})
}

// screen is a dashboard of such a client.
type screen struct {
	*transcript
	client  *ssh.Client
	session *ssh.Session
	keys    io.WriteCloser
}

func (c *caller) open() *screen {
	c.t.Helper()
	return c.openSized(80, 24)
}

func (c *caller) openSized(width, height int) *screen {
	c.t.Helper()
	session, err := c.client.NewSession()
	if err != nil {
		c.t.Fatal(err)
	}
	opened := &screen{transcript: newTranscript(c.t, "a screen"), client: c.client, session: session}
	opened.keys, err = session.StdinPipe()
	session.Stdout, session.Stderr = opened.transcript, opened.transcript
	if err == nil {
		err = session.Setenv("TIENDO_LANG", "en")
	}
	if err == nil {
		err = session.RequestPty("xterm-256color", height, width, nil)
	}
	if err == nil {
		err = session.Shell()
	}
	if err != nil {
		c.t.Fatal(err)
	}
	return opened
}

func (s *screen) press(keys string) {
	s.t.Helper()
	if _, err := io.WriteString(s.keys, keys); err != nil {
		s.t.Error(err)
	}
}
