package serve

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model"
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

// TestManySilentConnections leaves room for those who log in, from the same address too.
func TestManySilentConnections(t *testing.T) {
	o := newOffice(t, func(options *Options) { options.Limits.Handshake = time.Hour })
	stay, _ := o.login("first")
	s := o.open(stay)
	s.await("end")
	addresses := []string{"127.0.0.1"}
	if runtime.GOOS == "linux" { // elsewhere the loopback has one address
		addresses = append(addresses, "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.6", "127.0.0.7", "127.0.0.8", "127.0.0.9", "127.0.0.10",
			"127.0.0.11", "127.0.0.12", "127.0.0.13", "127.0.0.14", "127.0.0.15", "127.0.0.16", "127.0.0.17", "127.0.0.18", "127.0.0.19", "127.0.0.20")
	}
	for i := range 400 {
		silent, err := o.dialSilent(addresses[i%len(addresses)])
		if err != nil {
			t.Fatal(err)
		}
		defer silent.Close()
	}
	client, _ := o.login("lan")
	n := o.open(client)
	n.await("end")
	s.press("x")
	s.await("typed [x]")
	o.awaitStrangers(16)
	if all := len(o.server.all()); all > 256 {
		t.Errorf("%d connections", all)
	}
}

// TestStrangersOfOneAddress sends those away that are too many, long before the time for a login is over.
func TestStrangersOfOneAddress(t *testing.T) {
	o := newOffice(t, func(options *Options) {
		options.Limits.Handshake = time.Hour
		options.Limits.Connections = 1000
	})
	for range 100 {
		silent, err := o.dialSilent("127.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		defer silent.Close()
	}
	client, _ := o.login("lan") // comes after them all
	o.awaitStrangers(16)
	if all := len(o.server.all()); all != 16+1 {
		t.Errorf("%d connections are left, want 16 and the one that has logged in", all)
	}
	if out, _, _ := run(t, client, "status", nil); !strings.HasPrefix(out, "status for lan\n") {
		t.Errorf("who has logged in is told %q", out)
	}
}

// offersAgain offers a key of the roster as often as the server takes it, and never signs. It gives up when stopped.
func (o *office) offersAgain(key ssh.PublicKey, stop <-chan struct{}) {
	for {
		var again []ssh.Signer
		for range 100 {
			again = append(again, onlyOffered{&changing{PublicKey: paced{key}}})
		}
		if client, err := o.dial("lan", ssh.PublicKeys(again...)); err == nil {
			client.Close()
		}
		select {
		case <-stop:
			return
		default:
		}
	}
}

// paced is a key for which its client takes a while.
type paced struct{ ssh.PublicKey }

func (p paced) Marshal() []byte {
	<-time.After(150 * time.Millisecond) // its pace
	return p.PublicKey.Marshal()
}

// clock stands still until it is told otherwise, so that nothing depends on how fast a machine is.
type clock struct {
	mutex sync.Mutex
	at    time.Time
	since time.Time // it runs since then; zero while it stands still
}

func (c *clock) now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.since.IsZero() {
		return c.at
	}
	return c.at.Add(time.Since(c.since))
}

func (c *clock) pass(d time.Duration) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.at = c.at.Add(d)
}

func (c *clock) run() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.since = time.Now()
}

// awaitMany waits until there are more than so many without login.
func (o *office) awaitMany(least int) {
	o.t.Helper()
	deadline := time.After(limit)
	for {
		o.server.mutex.Lock()
		count, _ := o.server.strangers(func(*connection) bool { return true })
		o.server.mutex.Unlock()
		if count > least {
			return
		}
		select {
		case <-time.After(time.Millisecond):
		case <-deadline:
			o.t.Fatalf("%d without login, want more than %d", count, least)
		}
	}
}

// TestStrangersThatKeepTalking has clients that offer somebody's key again and again: they hold no more places than
// silent ones, however long a person may take for their passphrase, and a person gets in beside them.
func TestStrangersThatKeepTalking(t *testing.T) {
	var workers sync.WaitGroup
	t.Cleanup(workers.Wait) // once the server has stopped
	clock := &clock{at: time.Now()}
	o := newOffice(t, func(options *Options) {
		options.Limits.Handshake, options.Limits.Passphrase = time.Hour, time.Hour
		options.Limits.Connections = 1000
		options.Now = clock.now
	})
	lan := newKey(t)
	o.hire("lan", lan.PublicKey())
	stop := make(chan struct{})
	ended := sync.OnceFunc(func() { close(stop) })
	defer ended()
	for range 70 {
		workers.Go(func() { o.offersAgain(lan.PublicKey(), stop) })
	}
	for range 20 {
		o.awaitMany(16) // those who were sent away come back
		clock.pass(stepless + speechless + 1)
		client, _ := o.login("minh")
		client.Close()
	}
	o.await("refused", tooManyStrangers)
	ended() // nobody comes back, but those who are there go on talking
	clock.run()
	o.awaitStrangers(16)
}

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

// TestRefusalsAreCounted keeps the noise of strangers, and of each person, from hiding what others are refused.
func TestRefusalsAreCounted(t *testing.T) {
	now, lines := time.Now().Truncate(time.Minute), newJournalLines()
	j := newJournal(lines, func() time.Time { return now })
	for range 200 {
		j.limited("refused", "", slog.String("reason", "stranger"))
		j.limited("refused", "lan", slog.String("reason", "of lan"))
	}
	j.limited("refused", "minh", slog.String("reason", "of minh"))
	now = now.Add(time.Minute)
	j.limited("refused", "lan", slog.String("reason", "again"))
	all := lines.all()
	const most = 120 // in a minute
	if strings.Count(all, "stranger") != most || strings.Count(all, "of lan") != most || strings.Count(all, "of minh") != 1 {
		t.Errorf("logged:\n%s", all)
	}
	if line := lines.find("refused", "again"); line["unlogged_before"] != 80.0 {
		t.Errorf("logged as %v", line)
	}
}

// TestStopWhileThinning stops the server in the moment in which a silent connection is sent away, which then is the
// last: nobody else is waited for.
func TestStopWhileThinning(t *testing.T) {
	now := time.Now()
	server, err := New(Options{
		HostKey:   filepath.Join(t.TempDir(), "host_key"),
		Identify:  func(ssh.PublicKey) (model.Person, bool) { return model.Person{}, false },
		Dashboard: func(context.Context, Client) (tea.Model, func(), error) { return nil, nil, nil },
		Command:   answer, Now: func() time.Time { return now },
	})
	if err != nil {
		t.Fatal(err)
	}
	server.limits.Strangers = 0
	here, there := net.Pipe()
	defer there.Close()
	c := newConnection(server, here)
	server.connections[c] = struct{}{}
	now = now.Add(time.Minute)
	server.stopping = true
	server.thin(c.origin)
	server.leave(c) // its goroutine ends
	select {
	case <-server.empty:
	default:
		t.Error("the server goes on waiting")
	}
}

// awaitStrangers waits until no address has more connections without login.
func (o *office) awaitStrangers(most int) {
	o.t.Helper()
	deadline := time.After(limit)
	for {
		strangers, worst := map[string]int{}, 0
		o.server.mutex.Lock()
		for c := range o.server.connections {
			if c.standing != known {
				strangers[c.origin]++
				worst = max(worst, strangers[c.origin])
			}
		}
		o.server.mutex.Unlock()
		if worst <= most {
			return
		}
		select {
		case <-time.After(time.Millisecond):
		case <-deadline:
			o.t.Fatalf("strangers by address: %v", strangers)
		}
	}
}

func TestConnectionsInAll(t *testing.T) {
	o := newOffice(t, func(options *Options) { options.Limits.Connections = 2 })
	o.login("lan")
	silent, err := o.dialSilent("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	client, _ := o.login("minh") // takes the place of the silent one
	o.await("refused", "without login")
	if _, err := o.dial("x", ssh.PublicKeys(newKey(t))); err == nil {
		t.Error("one too many was let in")
	}
	o.await("refused", "too many connections in all")
	client.Close()
	o.awaitConnections(1)
	o.login("an")
}

// awaitConnections waits until the server has so many.
func (o *office) awaitConnections(want int) {
	o.t.Helper()
	deadline := time.After(limit)
	for len(o.server.all()) != want {
		select {
		case <-time.After(time.Millisecond):
		case <-deadline:
			o.t.Fatalf("%d connections, want %d", len(o.server.all()), want)
		}
	}
}

func TestHandshakeHasATime(t *testing.T) {
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
			o := newOffice(t, func(options *Options) { options.Limits.Handshake = 200 * time.Millisecond })
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

// TestTimeForThePassphrase is given to those who have offered a key of the roster, and has an end.
func TestTimeForThePassphrase(t *testing.T) {
	o := newOffice(t, func(options *Options) { options.Limits.Handshake = 300 * time.Millisecond })
	key := newKey(t)
	o.hire("lan", key.PublicKey())
	typing := func() { <-time.After(500 * time.Millisecond) }
	client, err := o.dial("lan", ssh.PublicKeys(slowSigner{key, typing}))
	if err != nil {
		t.Fatal(err)
	}
	client.Close()

	o = newOffice(t, func(options *Options) { options.Limits.Passphrase = 200 * time.Millisecond })
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
	o := newOffice(t, func(options *Options) { options.Limits.Alive = 200 * time.Millisecond })
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
