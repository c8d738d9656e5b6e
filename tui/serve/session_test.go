package serve

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/visit"
)

func TestDashboard(t *testing.T) {
	o := newOffice(t, nil)
	client, key := o.login("lan")
	s := o.open(client)
	s.await("person [lan]")
	s.await("size [80x24]")
	s.press("a")
	s.await("typed [a]")
	s.press(ctrlQ)
	if exit := s.ended(); exit != 0 {
		t.Errorf("exit status %d", exit)
	}
	s.leftClean()
	if o.ended.Load() != 1 {
		t.Error("the dashboard was not ended")
	}
	line := o.await("login", "")
	for name, want := range map[string]string{"person": "lan", "unit": "unit-of-lan", "fingerprint": ssh.FingerprintSHA256(key.PublicKey()), "client": "SSH-2.0-Go"} {
		if line[name] != want {
			t.Errorf("%s %q was logged, want %q", name, line[name], want)
		}
	}
	if address, _ := line["address"].(string); !strings.HasPrefix(address, "127.0.0.1:") {
		t.Errorf("address %q", address)
	}
	o.await("end", "left")
}

// TestFirstPicture is whole and comes once: nothing is drawn without the size.
func TestFirstPicture(t *testing.T) {
	o := newOffice(t, nil)
	client, _ := o.login("lan")
	s := o.open(client)
	s.await("end")
	if seen := s.text(); strings.Count(seen, "size [") != 1 || strings.Contains(seen, "size []") {
		t.Errorf("the first picture was %q", seen)
	}
	for _, question := range []string{"\x1b]10;?", "\x1b]11;?", "\x1b[6n", "\x1b[c", "\x1b[>"} {
		if strings.Contains(s.text(), question) {
			t.Errorf("the terminal was asked %q", question)
		}
	}
}

func TestVietnameseTypedByteByByte(t *testing.T) {
	o := newOffice(t, nil)
	client, _ := o.login("lan")
	s := o.open(client)
	s.await("end")
	note := "Đã treo băng rôn ở trụ sở, chấm dứt bạo lực."
	for i := range len(note) {
		s.press(note[i : i+1])
	}
	s.await("typed [" + note + "]")
	s.press("\x1b")
	s.press("[A")
	s.press("x")
	s.await("typed [" + note + "x]")
}

func TestClipboard(t *testing.T) {
	o := newOffice(t, nil)
	client, _ := o.login("lan")
	s := o.open(client)
	s.await("end")
	s.press(ctrlY)
	s.await("\x1b]52;c;U+G7nw==\a")
	s.press(ctrlE)
	s.await(mouseOff)
	s.await(mouseOff + mouseOn)
}

// TestNothingActsOnTheServer suspends and executes nothing, and the session goes on.
func TestNothingActsOnTheServer(t *testing.T) {
	o := newOffice(t, nil)
	client, _ := o.login("lan")
	s := o.open(client)
	s.await("end")
	s.press(ctrlZ + ctrlX + "on")
	s.await("typed [on]")
	if o.log.find("panic", "") != nil {
		t.Errorf("something was executed:\n%s", o.log.all())
	}
}

func TestWindow(t *testing.T) {
	for name, test := range map[string]struct {
		width, height int
		want          string
	}{
		"none":      {0, 0, "[80x24]"},
		"one cell":  {1, 1, "[20x5]"},
		"half":      {0, 40, "[80x40]"},
		"very wide": {1 << 30, 1 << 30, "[400x200]"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, nil)
			client, _ := o.login("lan")
			s := o.openSized(client, "xterm", test.width, test.height)
			s.await("size " + test.want)
			if err := s.session.WindowChange(30, 100); err != nil {
				t.Fatal(err)
			}
			s.await("size [100x30]")
			if err := s.session.WindowChange(test.height, test.width); err != nil {
				t.Fatal(err)
			}
			if test.width > 0 {
				s.await("size " + test.want)
			}
			s.press("x")
			s.await("typed [x]")
		})
	}
}

func TestResizeStorm(t *testing.T) {
	const storm = 10_000
	o := newOffice(t, nil)
	client, _ := o.login("lan")
	s := o.open(client)
	s.await("end")
	neighbour, _ := o.login("minh")
	n := o.open(neighbour)
	n.await("end")
	for i := range storm {
		if err := s.session.WindowChange(20+i%100, 50+i%200); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.session.WindowChange(33, 111); err != nil {
		t.Fatal(err)
	}
	n.press("x")
	n.await("typed [x]")
	s.await("size [111x33]")
	if told := o.sizes.Load(); told > storm/10 {
		t.Errorf("the program was told %d of %d sizes", told, storm)
	}
}

// TestPanic ends only the session in which it happens, with the terminal put back and a sentence, and logs
// where it was but not what a person may have written.
func TestPanic(t *testing.T) {
	for name, key := range map[string]string{"Update": ctrlP, "View": ctrlW, "command": ctrlR, "command in a batch": ctrlT} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, nil)
			client, _ := o.login("lan")
			s, other := o.open(client), o.open(client)
			s.await("end")
			other.await("end")
			s.press(key)
			s.await("an error of its own")
			if exit := s.ended(); exit != 1 {
				t.Errorf("exit status %d", exit)
			}
			s.leftClean()
			other.press("still here")
			other.await("typed [still here]")
			line := o.await("panic", "")
			if stack, _ := line["stack"].(string); !strings.Contains(stack, "helper_test.go") || line["person"] != "lan" {
				t.Errorf("the log does not say where and who: %v", line)
			}
			if strings.Contains(o.log.all(), "secret") {
				t.Errorf("the value of the panic is in the log:\n%s", o.log.all())
			}
			o.await("end", "panic")
		})
	}
}

func TestDashboardThatCannotStart(t *testing.T) {
	o := newOffice(t, nil)
	client, _ := o.login("lan")
	for term, want := range map[string]string{"panics": "an error of its own", "fails": "plan.toml:1:2: it is broken"} {
		s := o.openSized(client, term, 80, 24)
		s.await(want)
		if exit := s.ended(); exit != 1 {
			t.Errorf("%s: exit status %d", term, exit)
		}
		if strings.Contains(s.text(), "\x1b") {
			t.Errorf("%s: the terminal was taken over: %q", term, s.text())
		}
	}
}

func TestWithoutScreen(t *testing.T) {
	o := newOffice(t, nil)
	client, _ := o.login("lan")
	s := o.openSized(client, "dumb", 80, 24)
	s.await("status for lan\r\nlanguage \"\"\r\n")
	if exit := s.ended(); exit != 0 {
		t.Errorf("exit status %d", exit)
	}
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	session.Stdout = &out
	if err := session.Shell(); err != nil {
		t.Fatal(err)
	}
	if err := session.Wait(); err != nil || !strings.HasPrefix(out.String(), "status for lan\n") {
		t.Errorf("a shell without terminal: %v, %q", err, out.String())
	}
}

// run runs a command and returns what it wrote and its exit status.
func run(t *testing.T, client *ssh.Client, line string, before func(*ssh.Session)) (stdout, stderr string, exit int) {
	t.Helper()
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	var out, errors strings.Builder
	session.Stdout, session.Stderr = &out, &errors
	if before != nil {
		before(session)
	}
	err = session.Run(line)
	if failed, ok := err.(*ssh.ExitError); ok {
		exit = failed.ExitStatus()
	} else if err != nil {
		t.Errorf("%q: %v", line, err)
	}
	return out.String(), errors.String(), exit
}

func TestCommands(t *testing.T) {
	o := newOffice(t, nil)
	client, _ := o.login("lan")
	pty := func(s *ssh.Session) { s.RequestPty("xterm", 24, 80, nil) }
	for name, test := range map[string]struct {
		line           string
		before         func(*ssh.Session)
		stdout, stderr string
		exit           int
	}{
		"allowed":       {line: "status", stdout: "status for lan\nlanguage \"\"\n"},
		"on a terminal": {line: "status", before: pty, stdout: "status for lan\r\nlanguage \"\"\r\n"},
		"with language": {line: "status", before: func(s *ssh.Session) { s.Setenv("TIENDO_LANG", "en") }, stdout: "status for lan\nlanguage \"en\"\n"},
		"that fails":    {line: "fail", stderr: "tiendo: no\n", exit: 3},
		"that panics":   {line: "panic", stderr: "tiendo: the program met an error of its own and ended this session; what was saved is safe: connect again\n", exit: 1},
		"refused":       {line: "git-upload-pack 'x'", stderr: "tiendo: not that\n", exit: 1},
		"injected":      {line: "status; rm -rf /", stderr: "tiendo: not that\n", exit: 1},
	} {
		stdout, stderr, exit := run(t, client, test.line, test.before)
		if stdout != test.stdout || stderr != test.stderr || exit != test.exit {
			t.Errorf("%s: %q, %q, exit %d; want %q, %q, %d", name, stdout, stderr, exit, test.stdout, test.stderr, test.exit)
		}
	}
	if line := o.await("refused", "not that"); line["person"] != "lan" || line["command"] != "first\ufffd" {
		t.Errorf("logged as %v", line)
	}
	if strings.Contains(o.log.all(), "rm -rf") {
		t.Error("the command is in the log")
	}
	run(t, client, "note", nil)
	if line := o.await("change", ""); line["person"] != "lan" || line["hash"] != "abc\ufffd[31m" {
		t.Errorf("the session's own event was logged as %v", line)
	}
}

func TestLongCommandLineIsRefused(t *testing.T) {
	o := newOffice(t, nil)
	client, _ := o.login("lan")
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := session.Start("status " + strings.Repeat("x", visit.MaxLine)); err == nil {
		t.Error("it was taken")
	}
	o.await("refused", "exec")
}

func TestRefusedRequests(t *testing.T) {
	o := newOffice(t, nil)
	client, _ := o.login("lan")
	s := o.open(client)
	s.await("end")
	for name, payload := range map[string][]byte{
		"shell": nil, "exec": ssh.Marshal(struct{ Line string }{"status"}), "pty-req": nil, "subsystem": ssh.Marshal(struct{ Name string }{"sftp"}),
		"x11-req": nil, "auth-agent-req@openssh.com": nil, "env": ssh.Marshal(struct{ Name, Value string }{"LANG", "C"}), "signal": nil, "what": nil,
	} {
		if ok, err := s.session.SendRequest(name, true, payload); ok || err != nil {
			t.Errorf("a second %s: %v, %v", name, ok, err)
		}
	}
	for _, kind := range []string{"direct-tcpip", "forwarded-tcpip", "x11", "auth-agent@openssh.com", "direct-streamlocal@openssh.com", "tun@openssh.com"} {
		if _, _, err := client.OpenChannel(kind, nil); err == nil {
			t.Errorf("a channel %s was opened", kind)
		}
		o.await("refused", "channel "+kind)
	}
	for _, kind := range []string{"tcpip-forward", "streamlocal-forward@openssh.com", "cancel-tcpip-forward"} {
		if ok, _, err := client.SendRequest(kind, true, nil); ok || err != nil {
			t.Errorf("%s: %v, %v", kind, ok, err)
		}
		o.await("refused", "request "+kind)
	}
	if ok, _, err := client.SendRequest("keepalive@openssh.com", true, nil); ok || err != nil {
		t.Errorf("a question whether the server is alive: %v, %v", ok, err)
	}
	s.press("x")
	s.await("typed [x]")
}

func TestEnvironment(t *testing.T) {
	o := newOffice(t, nil)
	client, _ := o.login("lan")
	out, _, _ := run(t, client, "environment", func(s *ssh.Session) {
		for name, value := range map[string]string{"LD_PRELOAD": "/tmp/x.so", "GIT_DIR": "/tmp", "GIT_AUTHOR_NAME": "x", "PATH": "/tmp", "LANGUAGE": "x"} {
			if s.Setenv(name, value) == nil {
				t.Errorf("%s was taken", name)
			}
		}
		if s.Setenv("LANG", strings.Repeat("x", 1+maxValue)) == nil {
			t.Error("a long value was taken")
		}
		if err := s.Setenv("LC_ALL", "vi\x1b[2J"); err != nil {
			t.Error(err)
		}
		for range 7 {
			if err := s.Setenv("COLORTERM", "truecolor"); err != nil {
				t.Error(err)
			}
		}
		if s.Setenv("NO_COLOR", "1") == nil {
			t.Error("the ninth variable was taken")
		}
	})
	want := "TERM=\nCOLORTERM=truecolor\nNO_COLOR=\nLANG=\nLC_ALL=vi\ufffd[2J\nLC_CTYPE=\nTIENDO_LANG=\nLD_PRELOAD=\nGIT_DIR=\nGIT_AUTHOR_NAME=\nPATH=\n"
	if out != want {
		t.Errorf("the environment is %q, want %q", out, want)
	}
}

// TestSharedConnection ends the program of a session that is closed while another goes on.
func TestSharedConnection(t *testing.T) {
	o := newOffice(t, nil)
	client, _ := o.login("lan")
	first, second := o.open(client), o.open(client)
	first.await("end")
	second.await("end")
	if _, err := client.NewSession(); err == nil {
		t.Error("a third session was opened")
	}
	o.await("refused", "too many sessions")
	if err := first.session.Close(); err != nil {
		t.Fatal(err)
	}
	o.await("end", "client gone")
	second.press("x")
	second.await("typed [x]")
	third := o.open(client)
	third.await("end")
}

func TestEndOfInput(t *testing.T) {
	o := newOffice(t, nil)
	client, _ := o.login("lan")
	s := o.open(client)
	s.await("end")
	if err := s.keyboard.Close(); err != nil {
		t.Fatal(err)
	}
	s.ended()
	s.leftClean()
}

func TestIdleIsCountedOnKeys(t *testing.T) {
	o := newOffice(t, func(options *Options) { options.Limits.Idle = 300 * time.Millisecond })
	client, _ := o.login("lan")
	s := o.open(client)
	s.await("end")
	stop := make(chan struct{})
	go func() { // what is no key does not count
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				s.session.WindowChange(20+i%10, 80)
			}
		}
	}()
	defer close(stop)
	s.await("so the session was ended")
	s.leftClean()
	o.await("end", "idle")
	if err := client.Wait(); err == nil { // and then the connection without a session
		t.Error("it ended without an error")
	}
}

func TestLongestSession(t *testing.T) {
	o := newOffice(t, func(options *Options) { options.Limits.Longest = 100 * time.Millisecond })
	client, _ := o.login("lan")
	s := o.open(client)
	s.await("connect again to go on")
	s.leftClean()
	_, stderr, exit := run(t, client, "wait", nil)
	if exit != 1 || !strings.Contains(stderr, "connect again to go on") {
		t.Errorf("a command: exit %d, %q", exit, stderr)
	}
}

func TestSessionThatAsksNothing(t *testing.T) {
	o := newOffice(t, func(options *Options) { options.Limits.LoginGraceTime = 2 * time.Second })
	client, _ := o.login("lan")
	channel, requests, err := client.OpenChannel("session", nil)
	if err != nil {
		t.Fatal(err)
	}
	go ssh.DiscardRequests(requests)
	if _, err := io.ReadAll(channel); err != nil {
		t.Error(err)
	}
}

// TestStuckClient reads nothing: neither a neighbour nor the end of the server waits for it.
func TestStuckClient(t *testing.T) {
	o := newOffice(t, func(options *Options) { options.Limits.Write = 300 * time.Millisecond })
	client, _ := o.login("lan")
	channel, requests, err := client.OpenChannel("session", nil)
	if err != nil {
		t.Fatal(err)
	}
	go ssh.DiscardRequests(requests)
	if ok, err := channel.SendRequest("exec", true, ssh.Marshal(struct{ Line string }{"flood"})); !ok || err != nil {
		t.Fatal(ok, err)
	}
	neighbour, _ := o.login("minh")
	n := o.open(neighbour)
	n.await("end")
	n.press("x")
	n.await("typed [x]")
	if line := o.await("end", "client does not read"); line["person"] != "lan" {
		t.Errorf("logged as %v", line)
	}
	n.press("y")
	n.await("typed [xy]")
}

func TestRosterChange(t *testing.T) {
	o := newOffice(t, nil)
	client, key := o.login("lan")
	second := newKey(t)
	o.hire("lan", second.PublicKey())
	other, err := o.dial("lan", ssh.PublicKeys(second))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	s, kept := o.open(client), o.open(other)
	s.await("end")
	kept.await("end")
	o.dismiss(key.PublicKey())
	s.await("no longer on the roster")
	s.leftClean()
	if err := client.Wait(); err == nil {
		t.Error("the connection ended without an error")
	}
	o.await("end", "no longer on the roster")
	kept.press("x")
	kept.await("typed [x]")
	o.hire("minh", second.PublicKey()) // the key is another's now
	o.server.RosterChanged()
	kept.await("no longer on the roster")
	if _, err := o.dial("lan", ssh.PublicKeys(key)); err == nil {
		t.Error("the key still opens")
	}
}

// TestStopWaitsForWrites tells the session at once, and leaves when what is being written is done.
func TestStopWaitsForWrites(t *testing.T) {
	o := newOffice(t, nil)
	o.hold = make(chan struct{})
	client, _ := o.login("lan")
	s := o.open(client)
	s.await("end")
	silent, err := o.dialSilent("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	o.stop()
	if _, err := silent.Read(make([]byte, 4096)); err == nil { // its version came
		if _, err := io.Copy(io.Discard, silent); err != nil && !strings.Contains(err.Error(), "reset") {
			t.Error(err)
		}
	}
	select {
	case <-o.stopped:
		t.Fatal("the server did not wait")
	default:
	}
	if o.ended.Load() != 0 {
		t.Fatal("the end came too early")
	}
	close(o.hold)
	s.await("the server is being stopped")
	s.leftClean()
	if err := within(o.stopped); err != nil {
		t.Error(err)
	}
	if o.ended.Load() != 1 {
		t.Error("the dashboard was not ended")
	}
}

func TestStopDoesNotWaitForever(t *testing.T) {
	o := newOffice(t, func(options *Options) { options.Limits.Farewell = 100 * time.Millisecond })
	o.hold = make(chan struct{})
	defer close(o.hold)
	client, _ := o.login("lan")
	s := o.open(client)
	s.await("end")
	o.stop()
	if err := within(o.stopped); err != nil {
		t.Error(err)
	}
}

func TestLanguage(t *testing.T) {
	o := newOffice(t, func(options *Options) {
		options.Words = func(env func(string) string) lang.Words { return lang.In(phrase.Language(env("TIENDO_LANG"))) }
	})
	client, _ := o.login("lan")
	_, stderr, _ := run(t, client, "panic", func(s *ssh.Session) { s.Setenv("TIENDO_LANG", "en") })
	if !strings.Contains(stderr, "error of its own") {
		t.Errorf("English: %q", stderr)
	}
	if _, stderr, _ = run(t, client, "panic", nil); !strings.Contains(stderr, "chương trình gặp lỗi") {
		t.Errorf("Vietnamese: %q", stderr)
	}
}

// What the client sends is the command's input, whole or not at all, and none on a terminal.
func TestInput(t *testing.T) {
	o := newOffice(t, func(options *Options) { options.Limits.Idle = 500 * time.Millisecond })
	client, _ := o.login("lan")
	said := strings.Repeat("một hai ba\n", 20_000)
	whole := func(s *ssh.Session) { s.Stdin = strings.NewReader(said) }
	if out, _, _ := run(t, client, "read", whole); out != fmt.Sprintf("read %q, <nil>", said) {
		t.Errorf("%.100q", out)
	}
	pty := func(s *ssh.Session) { s.RequestPty("xterm", 24, 80, nil) }
	if out, _, _ := run(t, client, "is there input", pty); out != "false" {
		t.Errorf("on a terminal: %q", out)
	}
	never := func(s *ssh.Session) {
		if _, err := s.StdinPipe(); err != nil {
			t.Error(err)
		}
	}
	if out, stderr, _ := run(t, client, "read", never); !strings.HasPrefix(out, "read \"\", idle") || !strings.Contains(stderr, "so the session was ended") {
		t.Errorf("who says nothing: %q, %q", out, stderr)
	}
}

// A client that goes away in the middle of its input has not said all.
func TestInputOfAClientThatGoesAway(t *testing.T) {
	read := make(chan error, 1)
	o := newOffice(t, func(options *Options) {
		options.Command = func(_ context.Context, _ Client, _ string, streams Streams) (int, []slog.Attr) {
			content, err := io.ReadAll(streams.In)
			if err == nil {
				err = fmt.Errorf("all was read: %q", content)
			}
			read <- err
			return 0, nil
		}
	})
	client, _ := o.login("lan")
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	keyboard, err := session.StdinPipe()
	if err == nil {
		err = session.Start("read")
	}
	if err == nil {
		_, err = io.WriteString(keyboard, "half")
	}
	if err != nil {
		t.Fatal(err)
	}
	client.Close()
	select {
	case err := <-read:
		if strings.Contains(err.Error(), "all was read") {
			t.Error(err)
		}
	case <-time.After(limit):
		t.Error("the command goes on reading")
	}
}
