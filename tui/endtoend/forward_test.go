package endtoend

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// forwarding is a client that asks for everything that can be forwarded.
type forwarding struct {
	t               testing.TB
	fixed, anywhere string       // ports on this side: to the server itself, and to wherever SOCKS says
	reached         atomic.Int64 // how often somebody came to the agent or to the display
}

// askForAll makes a client that has an agent and a display, and asks for them, for -L and for -D.
func (s *server) askForAll(p person, options ...string) (*forwarding, *exec.Cmd) {
	s.t.Helper()
	f := &forwarding{t: s.t, fixed: freeAddress(s.t), anywhere: freeAddress(s.t)}
	folder, err := os.MkdirTemp("", "agent-") // the path of a socket must be short
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { os.RemoveAll(folder) })
	agent, display := filepath.Join(folder, "agent"), 0
	f.listen("unix", agent)
	for display = 99; ; display++ { // X11 has a port for each display
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 6000+display))
		if err == nil {
			f.count(listener)
			break
		}
	}
	options = append([]string{
		"-v", "-A", "-o", "IdentityAgent=SSH_AUTH_SOCK", "-Y", "-o", "XAuthLocation=/nonexistent",
		"-L", f.fixed + ":" + s.address, "-D", f.anywhere,
	}, options...)
	command := s.ssh(p, options...)
	command.Env = append(command.Env, fmt.Sprintf("DISPLAY=127.0.0.1:%d", display), "SSH_AUTH_SOCK="+agent)
	return f, command
}

func (f *forwarding) listen(network, address string) {
	f.t.Helper()
	listener, err := net.Listen(network, address)
	if err != nil {
		f.t.Fatal(err)
	}
	f.count(listener)
}

// count counts who comes and says something. The client itself asks its agent for keys before it logs in.
func (f *forwarding) count(listener net.Listener) {
	f.t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer connection.Close()
				if n, _ := connection.Read(make([]byte, 1)); n > 0 {
					f.reached.Add(1)
				}
			}()
		}
	}()
}

// refused wants that the client has asked for agent and display, and that the ports lead nowhere.
func (f *forwarding) refused(screen *terminal) {
	f.t.Helper()
	screen.await("Requesting authentication agent forwarding")
	screen.await("Requesting X11 forwarding")
	screen.await("X11 forwarding request failed")
	before := f.reached.Load()
	socks := []byte("\x05\x01\x00\x05\x01\x00\x01\x7f\x00\x00\x01\x00\x16") // to 127.0.0.1:22
	for address, first := range map[string][]byte{f.fixed: nil, f.anywhere: socks} {
		connection, err := net.DialTimeout("tcp", address, limit)
		if err != nil {
			f.t.Fatal(err)
		}
		defer connection.Close()
		if err := connection.SetDeadline(time.Now().Add(limit)); err != nil {
			f.t.Fatal(err)
		}
		if _, err := connection.Write(first); err != nil {
			f.t.Fatal(err)
		}
		if got, err := io.ReadAll(connection); err != nil && !strings.Contains(err.Error(), "reset") || strings.Contains(string(got), "SSH-2.0") {
			f.t.Errorf("through the forwarded port came %q, %v", got, err)
		}
	}
	if times := f.reached.Load() - before; times > 0 {
		f.t.Errorf("the agent or the display was reached %d times", times)
	}
}

// A forwarded port leads nowhere, and agent and X11 are not there for the session.
func TestServeForwardsNothing(t *testing.T) {
	s := serve(t, "", minh)
	asked, command := s.askForAll(minh, "-tt", "-e", "none")
	screen := openTerminal(t, command, minh.id)
	screen.await(help)
	asked.refused(screen)
	for _, kind := range []string{"session request auth-agent-req@openssh.com", "session request x11-req", "channel direct-tcpip"} {
		s.log.await(kind)
	}
	s.log.awaitAll(func(log string) bool { return strings.Count(log, "channel direct-tcpip") == 2 }, "two channels")
	screen.press("q")
	screen.end()
}

// A port forwarded to the outside, or to anywhere, leads nowhere, and there is no agent and no X11.
func TestOpenSSHForwardsNothing(t *testing.T) {
	s := openSSH(t, minh)
	asked, command := s.askForAll(minh, "-l", s.account, "-t", "--", "")
	screen := onTerminal(t, command, minh.id)
	screen.await("phím")
	asked.refused(screen)
	// What sshd itself has made of the line of the key.
	if said := screen.text(); !regexp.MustCompile(`key options: command pty\r?\n`).MatchString(said) {
		t.Errorf("the key may do other things: %s", regexp.MustCompile(`key options:.*`).FindString(said))
	}
	for _, process := range s.visitors() { // none where there is no /proc
		given, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", process))
		if err != nil || strings.Contains(string(given), "SSH_AUTH_SOCK=") || strings.Contains(string(given), "DISPLAY=") {
			t.Errorf("the session was given an agent or a display: %v, %q", err, given)
		}
	}
	screen.press("q")
	screen.end()
}
