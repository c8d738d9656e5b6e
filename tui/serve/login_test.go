package serve

import (
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// dialSilent connects and says nothing.
func (o *office) dialSilent(address string) (net.Conn, error) {
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}, Timeout: limit}
	return dialer.Dial("tcp", o.address)
}

// nothingTried is what is logged of a client that has no key to offer.
const nothingTried = "no auth passed yet"

func TestRefusedLogins(t *testing.T) {
	lan, stolen := newKey(t), newKey(t)
	certificate := &ssh.Certificate{Key: lan.PublicKey(), CertType: ssh.UserCert, ValidPrincipals: []string{"lan"}, ValidBefore: ssh.CertTimeInfinity}
	if err := certificate.SignCert(rand.Reader, lan); err != nil {
		t.Fatal(err)
	}
	certified, err := ssh.NewCertSigner(certificate, lan)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		methods []ssh.AuthMethod
		reason  string
	}{
		// A client sends a password only to a server that takes passwords.
		"no key":          {nil, nothingTried},
		"password":        {[]ssh.AuthMethod{ssh.Password("secret")}, nothingTried},
		"questions":       {[]ssh.AuthMethod{ssh.KeyboardInteractive(func(string, string, []string, []bool) ([]string, error) { return nil, nil })}, nothingTried},
		"unknown key":     {[]ssh.AuthMethod{ssh.PublicKeys(stolen)}, "not on the roster"},
		"forged":          {[]ssh.AuthMethod{ssh.PublicKeys(forger{stolen, lan.PublicKey()})}, "did not verify"},
		"certificate":     {[]ssh.AuthMethod{ssh.PublicKeys(certified)}, "not on the roster"},
		"after the third": {[]ssh.AuthMethod{ssh.PublicKeys(newKey(t), newKey(t), newKey(t), lan)}, "too many"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, nil)
			o.hire("lan", lan.PublicKey())
			client, err := o.dial("lan", test.methods...)
			if err == nil {
				client.Close()
				t.Fatal("it was let in")
			}
			if test.reason == nothingTried && !strings.Contains(err.Error(), "attempted methods [none],") {
				t.Errorf("the server takes more than keys: %v", err)
			}
			line := o.await("refused", test.reason)
			if _, person := line["person"]; person {
				t.Errorf("the log names a person: %v", line)
			}
			if strings.Contains(o.log.all(), `"event":"login"`) || strings.Contains(o.log.all(), "secret") {
				t.Errorf("the log says\n%s", o.log.all())
			}
		})
	}
}

// forger signs with one key and says that it was another.
type forger struct {
	ssh.Signer
	key ssh.PublicKey
}

func (f forger) PublicKey() ssh.PublicKey { return f.key }

// onlyOffered offers the key of another and goes on to the next when the server wants a signature.
type onlyOffered struct{ key *changing }

func (o onlyOffered) PublicKey() ssh.PublicKey { return o.key }

func (o onlyOffered) Sign(io.Reader, []byte) (*ssh.Signature, error) { panic("asked to sign") }

// changing is another key after it was offered, so that the client's library does not recognise the answer.
type changing struct {
	ssh.PublicKey
	offered bool
}

func (c *changing) Marshal() []byte {
	key := c.PublicKey.Marshal()
	if c.offered {
		key[len(key)-1] ^= 1
	}
	c.offered = true
	return key
}

// TestWhoSigned offers the key of the coordinator first, which the server accepts, and signs with one's own:
// one is oneself, under whatever name.
func TestWhoSigned(t *testing.T) {
	o := newOffice(t, nil)
	coordinator, own := newKey(t), newKey(t)
	o.hire("coordinator", coordinator.PublicKey())
	o.hire("lan", own.PublicKey())
	offered := &changing{PublicKey: coordinator.PublicKey()}
	client, err := o.dial("coordinator", ssh.PublicKeys(onlyOffered{offered}, own))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if !offered.offered {
		t.Fatal("the key of the other was not offered")
	}
	if out, _, _ := run(t, client, "status", nil); !strings.HasPrefix(out, "status for lan\n") {
		t.Errorf("who signed as lan is taken for %q", out)
	}
	if line := o.await("login", ""); line["person"] != "lan" || line["fingerprint"] != ssh.FingerprintSHA256(own.PublicKey()) {
		t.Errorf("logged as %v", line)
	}
}

// TestLoginsDoNotHideChanges: one key that comes and goes all the time fills no disk, and what is changed meanwhile
// is logged all the same.
func TestLoginsDoNotHideChanges(t *testing.T) {
	now, lines := time.Now().Truncate(time.Minute), newJournalLines()
	socket, other := net.Pipe()
	defer socket.Close()
	defer other.Close()
	c := &connection{server: &Server{journal: newJournal(lines, func() time.Time { return now })}, socket: socket}
	for range 200 {
		c.note("login")
		c.note("change", slog.String("hash", "1234567"))
		c.note("end")
	}
	all := lines.all()
	if logins, changes, ends := strings.Count(all, `"login"`), strings.Count(all, `"1234567"`), strings.Count(all, `"end"`); logins != 120 || changes != 200 || ends != 120 {
		t.Errorf("logged are %d logins, %d changes and %d ends", logins, changes, ends)
	}
	now = now.Add(time.Minute)
	c.note("login")
	if !strings.HasSuffix(strings.TrimSpace(lines.all()), `"unlogged_before":80}`) {
		t.Errorf("the next login does not say how many were not logged:\n%.300s", lines.all())
	}
}

// TestRosterChangesDuringLogin dismisses a person between the offer of the key and its signature.
func TestRosterChangesDuringLogin(t *testing.T) {
	o := newOffice(t, nil)
	key := newKey(t)
	o.hire("lan", key.PublicKey())
	late := slowSigner{key, func() { o.dismiss(key.PublicKey()) }}
	client, err := o.dial("lan", ssh.PublicKeys(late))
	if err == nil {
		_, err = client.NewSession()
		client.Close()
	}
	if err == nil {
		t.Error("a session was opened")
	}
	o.await("refused", "no longer on the roster")
}

// slowSigner does something before it signs.
type slowSigner struct {
	ssh.Signer
	before func()
}

func (s slowSigner) Sign(random io.Reader, data []byte) (*ssh.Signature, error) {
	s.before()
	return s.Signer.Sign(random, data)
}

// crowd has so many silent clients connect from an address, and waits until the server has admitted or refused each.
func (o *office) crowd(address string, count int) {
	o.t.Helper()
	for range count {
		silent, err := o.dialSilent(address)
		if err != nil {
			o.t.Fatal(err)
		}
		o.t.Cleanup(func() { silent.Close() })
		// The server's version comes, or the end.
		if err = silent.SetReadDeadline(time.Now().Add(limit)); err == nil {
			_, err = silent.Read(make([]byte, 1))
		}
		if errors.Is(err, os.ErrDeadlineExceeded) {
			o.t.Fatal(err)
		}
	}
}

// await waits until something is so.
func await(t testing.TB, what string, so func() bool) {
	t.Helper()
	for deadline := time.After(limit); !so(); {
		select {
		case <-time.After(time.Millisecond):
		case <-deadline:
			t.Fatalf("never: %s", what)
		}
	}
}

// otherAddress is one of this machine; elsewhere than on Linux the loopback has only one.
func otherAddress(t *testing.T) string {
	if runtime.GOOS != "linux" {
		t.Skip("the loopback has one address here")
	}
	return "127.0.0.2"
}

// The rule is sshd's: none below start, rate of a hundred at start, all from full on, and evenly more in between.
func TestStartups(t *testing.T) {
	for name, test := range map[string]struct {
		startups Startups
		count    int
		refused  int // of a hundred
	}{
		"below start":    {Startups{10, 30, 100}, 9, 0},
		"at start":       {Startups{10, 30, 100}, 10, 30},
		"half-way":       {Startups{10, 30, 100}, 55, 65},
		"one below full": {Startups{10, 30, 100}, 99, 99},
		"full":           {Startups{10, 30, 100}, 100, 100},
		"one number":     {Startups{10, 100, 10}, 10, 100},
		"below it":       {Startups{10, 100, 10}, 9, 0},
	} {
		refused := 0
		for chance := range 100 {
			if !test.startups.admits(test.count, func(int) int { return chance }) {
				refused++
			}
		}
		if refused != test.refused {
			t.Errorf("%s: %d of a hundred are refused, want %d", name, refused, test.refused)
		}
	}
}

// A crowd that says nothing keeps nobody out but by the chance of the rule, and who is inside never notices it.
func TestMaxStartups(t *testing.T) {
	var chance atomic.Int64
	o := newOffice(t, func(options *Options) {
		options.Limits.LoginGraceTime = time.Hour
		options.Limits.MaxStartups = Startups{Start: 10, Rate: 30, Full: 100}
		options.Random = func(int) int { return int(chance.Load()) }
	})
	first, _ := o.login("first")
	s := o.open(first)
	s.await("end")
	o.crowd("127.0.0.1", 9)
	o.login("below") // who has logged in does not count
	o.crowd("127.0.0.1", 1)
	chance.Store(29)
	if _, err := o.dial("x", ssh.PublicKeys(newKey(t))); err == nil {
		t.Error("it was let in")
	}
	o.await("refused", "past max-startups")
	chance.Store(30)
	o.login("at-start")
	chance.Store(99)
	o.crowd("127.0.0.1", 400)
	if all := len(o.server.all()); all != 100+3 {
		t.Errorf("%d connections, want a hundred and the three that have logged in", all)
	}
	s.press("x")
	s.await("typed [x]")
}

// A crowd at one address takes the places of this address, and of no other.
func TestPerSourceMaxStartups(t *testing.T) {
	other := otherAddress(t)
	o := newOffice(t, func(options *Options) {
		options.Limits.LoginGraceTime = time.Hour
		options.Limits.MaxStartups = Startups{Start: 20, Rate: 100, Full: 20}
		options.Limits.PerSourceMaxStartups = 10
	})
	here := newKey(t)
	o.hire("lan", here.PublicKey())
	o.crowd(other, 9)
	if _, err := o.dialFrom(other, "lan", ssh.PublicKeys(here)); err != nil {
		t.Errorf("the tenth: %v", err)
	}
	o.crowd(other, 400)
	if line := o.await("refused", "too many connections without login"); !strings.HasPrefix(fmt.Sprint(line["address"]), other) {
		t.Errorf("logged as %v", line)
	}
	o.login("minh") // from elsewhere
}

// paced is a client of which each packet waits until it may go.
type paced struct {
	net.Conn
	before func()
}

func (p paced) Write(b []byte) (int, error) {
	p.before()
	return p.Conn.Write(b)
}

// Who has been admitted is never turned away for others, however slow each step of the login is; a crowd comes and goes
// meanwhile, and takes all places that are left.
func TestSlowLogin(t *testing.T) {
	o := newOffice(t, func(options *Options) {
		options.Limits.LoginGraceTime = time.Hour
		options.Limits.MaxStartups = Startups{Start: 5, Rate: 100, Full: 5}
	})
	key := newKey(t)
	o.hire("lan", key.PublicKey())
	socket, err := o.dialSilent("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	await(t, "a place", func() bool { return len(o.server.all()) == 1 })
	steps := 0
	slow := paced{socket, func() {
		steps++
		o.crowd("127.0.0.1", 10)
	}}
	conn, _, _, err := ssh.NewClientConn(slow, o.address, &ssh.ClientConfig{
		Auth: []ssh.AuthMethod{ssh.PublicKeys(key)}, HostKeyCallback: ssh.FixedHostKey(o.server.HostKey()),
	})
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if steps < 5 {
		t.Errorf("the login had only %d steps", steps)
	}
	o.await("refused", "past max-startups")
}

// An address is one without its port, and of IPv6 what is given to one place.
func TestSource(t *testing.T) {
	for address, want := range map[string]string{
		"127.0.0.1:22": "127.0.0.1", "[::1]:22": "::/64", "[::ffff:192.0.2.1]:22": "192.0.2.1", "[fe80::1%eth0]:22": "fe80::/64",
		"[2001:db8:1:2:3:4:5:6]:22": "2001:db8:1:2::/64", "[2001:db8:1:2:ffff::]:50000": "2001:db8:1:2::/64", "pipe": "pipe",
	} {
		if got := source(named(address)); got != want {
			t.Errorf("%s counts as %s, want %s", address, got, want)
		}
	}
}

// named is an address as it is written.
type named string

func (named) Network() string { return "tcp" }

func (n named) String() string { return string(n) }

// TestNoSHA1 lets nobody in whose client knows nothing better than SHA-1, be it for the agreement on keys, for the
// packets or for the signature of an RSA key.
func TestNoSHA1(t *testing.T) {
	o := newOffice(t, nil)
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	o.hire("lan", key.PublicKey())
	const plain = ssh.CipherAES128CTR // one that needs a MAC
	for name, test := range map[string]struct {
		config    ssh.Config
		signature string
		welcome   bool
	}{
		"none of it":               {ssh.Config{}, ssh.KeyAlgoRSASHA512, true},
		"older, but without it":    {ssh.Config{KeyExchanges: []string{ssh.KeyExchangeDH14SHA256}, Ciphers: []string{plain}, MACs: []string{ssh.HMACSHA256}}, ssh.KeyAlgoRSASHA256, true},
		"to agree on keys":         {ssh.Config{KeyExchanges: []string{ssh.InsecureKeyExchangeDH14SHA1}}, ssh.KeyAlgoRSASHA512, false},
		"in groups":                {ssh.Config{KeyExchanges: []string{ssh.InsecureKeyExchangeDHGEXSHA1, ssh.InsecureKeyExchangeDH1SHA1}}, ssh.KeyAlgoRSASHA512, false},
		"for the packets":          {ssh.Config{Ciphers: []string{plain}, MACs: []string{ssh.HMACSHA1}}, ssh.KeyAlgoRSASHA512, false},
		"for the packets, shorter": {ssh.Config{Ciphers: []string{plain}, MACs: []string{ssh.InsecureHMACSHA196}}, ssh.KeyAlgoRSASHA512, false},
		"for the signature":        {ssh.Config{}, ssh.KeyAlgoRSA, false},
	} {
		t.Run(name, func(t *testing.T) {
			signer, err := ssh.NewSignerWithAlgorithms(key.(ssh.AlgorithmSigner), []string{test.signature})
			if err != nil {
				t.Fatal(err)
			}
			client, err := ssh.Dial("tcp", o.address, &ssh.ClientConfig{
				Config: test.config, Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)}, HostKeyCallback: ssh.FixedHostKey(o.server.HostKey()),
			})
			if err == nil {
				client.Close()
			}
			if (err == nil) != test.welcome {
				t.Errorf("let in: %v, %v", err == nil, err)
			}
		})
	}
}

// TestConnectionsOfOnePerson leaves places for others.
func TestConnectionsOfOnePerson(t *testing.T) {
	o := newOffice(t, func(options *Options) { options.Limits.Person = 2 })
	first, key := o.login("lan")
	if _, err := o.dial("lan", ssh.PublicKeys(key)); err != nil {
		t.Fatal(err)
	}
	said, err := o.refusedWith(key)
	if err == nil || !strings.Contains(said, "you have 2 connections already") {
		t.Errorf("the third: %v, said %q", err, said)
	}
	o.await("refused", "too many connections of lan")
	o.login("minh")
	first.Close()
	o.awaitConnections(2)
	if _, err := o.dial("lan", ssh.PublicKeys(key)); err != nil {
		t.Errorf("after one was closed: %v", err)
	}
}

// refusedWith logs in with keys, and gives what the server says to the person before it lets them in.
func (o *office) refusedWith(keys ...ssh.Signer) (said string, err error) {
	client, err := ssh.Dial("tcp", o.address, &ssh.ClientConfig{
		Auth: []ssh.AuthMethod{ssh.PublicKeys(keys...)}, HostKeyCallback: ssh.FixedHostKey(o.server.HostKey()),
		BannerCallback: func(message string) error { said += message; return nil },
	})
	if err == nil {
		client.Close()
	}
	return said, err
}

// TestTooManyKeys tells a person with many keys what to do.
func TestTooManyKeys(t *testing.T) {
	o := newOffice(t, nil)
	lan := newKey(t)
	o.hire("lan", lan.PublicKey())
	if said, err := o.refusedWith(newKey(t), newKey(t), newKey(t), lan); err == nil || said != "tiendo: none of the 3 keys that were offered is on the roster; if yours was not among them, name it: ssh -i FILE -o IdentitiesOnly=yes HOST\n" {
		t.Errorf("%v, said %q", err, said)
	}
	if said, err := o.refusedWith(newKey(t), newKey(t), lan); err != nil || said != "" {
		t.Errorf("the third is one's own: %v, said %q", err, said)
	}
}

// TestRefusalsAreCounted keeps the noise of those without login, and of each person, from hiding what others are refused.
func TestRefusalsAreCounted(t *testing.T) {
	now, lines := time.Now().Truncate(time.Minute), newJournalLines()
	j := newJournal(lines, func() time.Time { return now })
	for range 200 {
		j.limited("refused", "", slog.String("reason", "of nobody"))
		j.limited("refused", "lan", slog.String("reason", "of lan"))
	}
	j.limited("refused", "minh", slog.String("reason", "of minh"))
	now = now.Add(time.Minute)
	j.limited("refused", "lan", slog.String("reason", "again"))
	all := lines.all()
	const most = 120 // in a minute
	if strings.Count(all, "of nobody") != most || strings.Count(all, "of lan") != most || strings.Count(all, "of minh") != 1 {
		t.Errorf("logged:\n%s", all)
	}
	if line := lines.find("refused", "again"); line["unlogged_before"] != 80.0 {
		t.Errorf("logged as %v", line)
	}
}

// TestConnectionsInAll counts those who have logged in; others have places of their own.
func TestConnectionsInAll(t *testing.T) {
	o := newOffice(t, func(options *Options) { options.Limits.Connections = 2 })
	o.login("lan")
	o.crowd("127.0.0.1", 5)
	client, _ := o.login("minh")
	key := newKey(t)
	o.hire("an", key.PublicKey())
	said, err := o.refusedWith(key)
	if err == nil || !strings.Contains(said, "the server has as many connections as it may have") {
		t.Errorf("the third: %v, said %q", err, said)
	}
	o.await("refused", "too many connections in all")
	client.Close()
	o.awaitConnections(1 + 5)
	o.login("binh")
}

// awaitConnections waits until the server has so many.
func (o *office) awaitConnections(want int) {
	o.t.Helper()
	await(o.t, fmt.Sprintf("%d connections", want), func() bool { return len(o.server.all()) == want })
}

func TestLoginGraceTime(t *testing.T) {
	for name, talk := range map[string]func(net.Conn) error{
		"silent": func(net.Conn) error { return nil },
		"slow": func(c net.Conn) error {
			for {
				if _, err := c.Write([]byte("x")); err != nil {
					return nil //nolint:nilerr // that is what it waits for
				}
				<-time.After(10 * time.Millisecond) // its pace
			}
		},
		"after its version": func(c net.Conn) error {
			_, err := c.Write([]byte("SSH-2.0-x\r\n"))
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, func(options *Options) { options.Limits.LoginGraceTime = 200 * time.Millisecond })
			c, err := o.dialSilent("127.0.0.1")
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			go talk(c)
			c.SetReadDeadline(time.Now().Add(limit))
			if _, err := io.Copy(io.Discard, c); err != nil && !strings.Contains(err.Error(), "reset") {
				t.Fatal(err)
			}
			o.await("refused", "took too long")
		})
	}
}

// TestLoginThatNeverSigns has an end, although its key is on the roster.
func TestLoginThatNeverSigns(t *testing.T) {
	o := newOffice(t, func(options *Options) { options.Limits.LoginGraceTime = 500 * time.Millisecond })
	key := newKey(t)
	o.hire("lan", key.PublicKey())
	never := func() { o.await("refused", "took too long") }
	if _, err := o.dial("lan", ssh.PublicKeys(slowSigner{key, never})); err == nil {
		t.Error("it was let in")
	}
}

// muted is a connection whose client can stop to read and write without closing it.
type muted struct {
	net.Conn
	mute chan struct{}
}

func (m muted) Read(p []byte) (int, error) {
	n, err := m.Conn.Read(p)
	select {
	case <-m.mute:
		<-time.After(limit)
	default:
	}
	return n, err
}

func TestClientThatNoLongerAnswers(t *testing.T) {
	o := newOffice(t, func(options *Options) { options.Limits.ClientAliveInterval = 200 * time.Millisecond })
	key := newKey(t)
	o.hire("lan", key.PublicKey())
	socket, err := o.dialSilent("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	mute := make(chan struct{})
	conn, channels, requests, err := ssh.NewClientConn(muted{socket, mute}, o.address, &ssh.ClientConfig{Auth: []ssh.AuthMethod{ssh.PublicKeys(key)}, HostKeyCallback: ssh.FixedHostKey(o.server.HostKey())})
	if err != nil {
		t.Fatal(err)
	}
	s := o.open(ssh.NewClient(conn, channels, requests))
	s.await("end")
	close(mute)
	o.await("end", "client gone")
	o.awaitConnections(0)
}

func TestClientIsKilled(t *testing.T) {
	o := newOffice(t, nil)
	key := newKey(t)
	o.hire("lan", key.PublicKey())
	socket, err := o.dialSilent("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	conn, channels, requests, err := ssh.NewClientConn(socket, o.address, &ssh.ClientConfig{Auth: []ssh.AuthMethod{ssh.PublicKeys(key)}, HostKeyCallback: ssh.FixedHostKey(o.server.HostKey())})
	if err != nil {
		t.Fatal(err)
	}
	s := o.open(ssh.NewClient(conn, channels, requests))
	s.await("end")
	socket.(*net.TCPConn).SetLinger(0)
	socket.Close()
	o.await("end", "client gone")
	o.awaitConnections(0)
	if o.ended.Load() != 1 {
		t.Error("the dashboard was not ended")
	}
}

// TestNothingIsLeft opens and ends sessions in every way and finds as many goroutines and files as before.
func TestNothingIsLeft(t *testing.T) {
	files := func() int {
		entries, _ := os.ReadDir("/proc/self/fd") // none elsewhere
		return len(entries)
	}
	o := newOffice(t, nil)
	warm, _ := o.login("warm") // what is started once and stays
	o.open(warm).await("end")
	warm.Close()
	o.awaitConnections(0)
	goroutines, open := runtime.NumGoroutine(), files()

	var everyone sync.WaitGroup
	ends := []func(*ssh.Client, *screenOf){
		func(_ *ssh.Client, s *screenOf) { s.press(ctrlQ) },
		func(_ *ssh.Client, s *screenOf) { s.press(ctrlP) },
		func(_ *ssh.Client, s *screenOf) { s.session.Close() },
		func(c *ssh.Client, _ *screenOf) { c.Close() },
		func(_ *ssh.Client, s *screenOf) { s.keyboard.Close() },
	}
	for i := range 20 {
		everyone.Go(func() {
			client, _ := o.login("lan")
			s := o.open(client)
			s.await("end")
			ends[i%len(ends)](client, s)
			<-s.gone
			client.Close()
		})
	}
	everyone.Wait()
	o.awaitConnections(0)
	deadline := time.After(limit)
	for runtime.NumGoroutine() > goroutines || files() > open {
		select {
		case <-time.After(10 * time.Millisecond):
		case <-deadline:
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines and %d files, before %d and %d:\n%s", runtime.NumGoroutine(), files(), goroutines, open, stacks[:runtime.Stack(stacks, true)])
		}
	}
	if o.ended.Load() != 21 {
		t.Errorf("%d of 21 dashboards were ended", o.ended.Load())
	}
}
