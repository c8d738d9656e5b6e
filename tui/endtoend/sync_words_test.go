package endtoend

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model/phrase"
)

// goOn is said where the other side is not there for the moment, and nowhere else.
const goOn = "you can go on working"

// failing is a situation in which an exchange fails.
type failing struct {
	name    string
	arrange func()   // what is wrong
	what    string   // our sentence
	hint    string   // a part of it
	reasons []string // in the words of git, ssh or the other side
	undo    func()   // ends what is wrong
	mend    func()   // does what the hint says, where that can be done here
}

// fails wants every exchange to fail with its words, and to go through once mended.
func (c *clone) fails(t *testing.T, situations ...failing) {
	t.Helper()
	outer := c.t
	defer func() { c.t = outer }()
	url := strings.TrimSpace(c.git("remote", "get-url", "origin"))
	for _, f := range situations {
		t.Run(f.name, func(t *testing.T) {
			c.t = t
			if c.git("rev-list", "@{upstream}..") == "" {
				c.must("thanh-tra", "treo-bang-ron", note(f.name))
			}
			defer c.git("remote", "set-url", "origin", url)
			if f.undo != nil {
				defer f.undo()
			}
			f.arrange()
			_, err := c.sync()
			var refusal *phrase.Refusal
			if !errors.As(err, &refusal) || refusal.Err == nil {
				t.Fatalf("the answer is %v", err)
			}
			if what := refusal.What.String(); what != f.what {
				t.Errorf("it says %q, want %q", what, f.what)
			}
			reason, hint := refusal.Err.Error(), refusal.Hint.String()
			for _, want := range f.reasons {
				if !strings.Contains(reason, want) {
					t.Errorf("the reason is %q, want %q", reason, want)
				}
			}
			if !strings.Contains(hint, f.hint) || strings.Contains(hint, goOn) != strings.Contains(f.hint, goOn) {
				t.Errorf("the hint is %q, want %q", hint, f.hint)
			}
			for _, never := range []string{"s3cret", "Please make sure", "\n", "\r", "\x1b", "@@@"} {
				if said := refusal.Error() + hint; strings.Contains(said, never) {
					t.Errorf("it says %q: %q", never, said)
				}
			}
			if f.mend == nil {
				return
			}
			f.mend()
			if result := c.mustSync(); result.Sent == 0 {
				t.Errorf("%+v", result)
			}
		})
	}
}

// setURL gives a function that sets the address of the remote.
func (c *clone) setURL(url string) func() {
	return func() { c.git("remote", "set-url", "origin", url) }
}

// script makes a program.
func (c *clone) script(lines string) string {
	c.t.Helper()
	file := filepath.Join(c.t.TempDir(), "script")
	if err := os.WriteFile(file, []byte("#!/bin/sh\n"+lines+"\n"), 0o755); err != nil {
		c.t.Fatal(err)
	}
	return file
}

// Why an exchange with a repository on a disk or a network fails is told in git's own words, with what helps.
func TestSyncTellsWhyItFails(t *testing.T) {
	clones, remote := separate(t, 3)
	c := clones[0]
	bare := strings.TrimPrefix(remote, "file://")
	there := func(args ...string) func() {
		return func() { c.git(append([]string{"--git-dir=" + bare, "config"}, args...)...) }
	}
	here := func(args ...string) func() { return func() { c.git(append([]string{"config"}, args...)...) } }
	hook, lock := filepath.Join(bare, "hooks", "pre-receive"), filepath.Join(bare, "refs", "heads", "main.lock")
	remove := func(file string) func() { return func() { _ = os.Remove(file) } }
	const noRepository = "at the address of origin there is no repository, or none that you may see"
	c.fails(t, failing{
		name: "no repository", arrange: c.setURL("file://" + bare + ".away"), what: noRepository, hint: "git remote --verbose",
		reasons: []string{"git fetch: fatal: '" + bare + ".away' does not appear to be a git repository"}, mend: c.setURL(remote),
	}, failing{
		name: "no such name by http", arrange: c.setURL("http://u:s3cret@a..b/x.git"), what: "origin cannot be reached",
		hint: goOn + ": the changes wait here; if it stays so, look at the address", reasons: []string{"Could not resolve host: a..b"},
	}, failing{
		name: "no such name by ssh", arrange: c.setURL("ssh://u:s3cret@a..b/x.git"), what: "origin cannot be reached", hint: goOn, reasons: []string{"ould not resolve hostname a..b"},
	}, failing{
		name: "refused by http", arrange: c.setURL("http://u:s3cret@127.0.0.1:1/x.git"), what: "origin cannot be reached", hint: goOn, reasons: []string{"127.0.0.1"},
	}, failing{
		name: "refused by ssh", arrange: c.setURL("ssh://u@127.0.0.1:1/x.git"), what: "origin cannot be reached", hint: goOn, reasons: []string{"Connection refused"},
	}, failing{
		name: "no ssh", arrange: func() { c.setURL("ssh://127.0.0.1/x.git")(); here("core.sshCommand", "/nowhere/ssh")() }, what: "without ssh origin cannot be reached",
		hint: "apt install openssh-client", reasons: []string{"cannot run /nowhere/ssh"}, undo: here("--unset", "core.sshCommand"),
	}, failing{
		name: "signed where nobody takes it", arrange: here("push.gpgSign", "true"), what: "git is told to sign what it sends (push.gpgSign), and origin takes nothing signed",
		hint: "git config push.gpgSign if-asked", reasons: []string{"the receiving end does not support --signed push"}, mend: here("push.gpgSign", "if-asked"),
	}, failing{
		name: "signed without a key", arrange: func() {
			there("receive.certNonceSeed", "x")()
			here("user.signingKey", "x")()
			here("gpg.program", c.script("echo 'gpg: no secret key' >&2; exit 1"))()
		},
		what: "git could not sign what it sends to origin (push.gpgSign)", hint: "git config push.gpgSign false", reasons: []string{"gpg failed to sign the data"},
		mend: here("push.gpgSign", "false"),
	}, failing{
		name: "a hook speaks", arrange: func() {
			c.write(hook, "#!/bin/sh\necho 'chỉ nhận từ 8 giờ' >&2; printf 'Permission denied\\033[2J\\n' >&2; exit 1\n")
			_ = os.Chmod(hook, 0o755)
		},
		what: "origin refuses what is sent; nothing has changed here", hint: "ask whoever looks after it", reasons: []string{"chỉ nhận từ 8 giờ · Permission denied"}, undo: remove(hook),
	}, failing{
		name: "a branch that is hidden", arrange: there("receive.hideRefs", "refs/heads"), what: "origin refuses what is sent; nothing has changed here",
		hint: "ask whoever looks after it", reasons: []string{"deny updating a hidden ref"}, undo: there("--unset", "receive.hideRefs"),
	}, failing{
		name: "too much at once", arrange: there("receive.maxInputSize", "10"), what: "origin refuses what is sent; nothing has changed here",
		hint: "ask whoever looks after it", reasons: []string{"pack exceeds maximum allowed size"}, undo: there("--unset", "receive.maxInputSize"),
	}, failing{
		name: "a lock that stays", arrange: func() { c.write(lock, "") }, what: "the branch is locked on origin", hint: "remove the lock",
		reasons: []string{"main.lock': File exists"}, mend: remove(lock),
	}, failing{
		name: "nothing is said", arrange: here("remote.origin.uploadpack", "false"),
		what: "the exchange with origin failed", hint: "whoever looks after the remote", reasons: []string{"git fetch: fatal: Could not read from remote repository"}, undo: here("--unset", "remote.origin.uploadpack"),
	})
}

// write makes a file.
func (c *clone) write(file, content string) {
	c.t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// A folder in which somebody works takes what is sent once git is told to.
func TestSyncWithAWorkFolder(t *testing.T) {
	clones, _ := separate(t, 3)
	c, other := clones[0], clones[1]
	c.fails(t, failing{
		name: "a work folder", arrange: c.setURL("file://" + other.dir), what: "origin is a folder in which somebody works, so git does not change its branch",
		hint:    "receive.denyCurrentBranch updateInstead",
		reasons: []string{"[remote rejected] (branch is currently checked out) · error: refusing to update checked out branch: refs/heads/main"},
		mend:    func() { other.git("config", "receive.denyCurrentBranch", "updateInstead") },
	})
	other.clean()
}

// A clone of the newest part brings all of it first.
func TestSyncOfAShallowClone(t *testing.T) {
	clones, remote := separate(t, 3)
	c, empty := clones[0], "file://"+filepath.Join(t.TempDir(), "trống.git")
	c.git("init", "--quiet", "--bare", "--initial-branch=main", strings.TrimPrefix(empty, "file://"))
	c.must("van-phong", "treo-bang-ron", done)
	c.mustSync()
	shallow := clones[1]
	shallow.git("fetch", "--quiet", "--depth=1", "origin")
	shallow.git("reset", "--quiet", "--hard", "origin/main")
	shallow.must("thanh-tra", "treo-bang-ron", done)
	shallow.fails(t, failing{
		name: "shallow", arrange: func() { shallow.setURL(empty)(); shallow.git("update-ref", "-d", "refs/remotes/origin/main") },
		what: "this clone holds only the newest part of the history, and origin takes only all of it", hint: "git fetch --unshallow",
		reasons: []string{"[remote rejected] (shallow update not allowed)"},
		mend:    func() { shallow.git("fetch", "--quiet", "--unshallow", remote) },
	})
}

// What the disk of the remote cannot hold is no fault of the network.
func TestSyncWithAFullDisk(t *testing.T) {
	clones, remote := separate(t, 3)
	c := clones[0]
	bare := strings.TrimPrefix(remote, "file://")
	if out, err := exec.Command("unshare", "-rm", "mount", "-t", "tmpfs", "none", bare).CombinedOutput(); err != nil {
		t.Skipf("nothing can be mounted here: %v: %s", err, out)
	}
	mounted := func(commands string) func() {
		return func() {
			inside := c.script(commands + "\nexec git receive-pack \"$1\"")
			c.git("config", "remote.origin.receivepack", c.script("exec unshare -rm "+inside+` "$1"`))
		}
	}
	back := func() { c.git("config", "--unset", "remote.origin.receivepack") }
	full := `cp -a "$1" "$1.full" && mount -t tmpfs -o size=8m none "$1" && cp -a "$1.full/." "$1" && rm -r "$1.full"; dd if=/dev/zero of="$1/fill" bs=4k 2>/dev/null`
	c.fails(t, failing{
		name: "full", arrange: mounted(full), what: "the disk of origin is full", hint: "tell whoever looks after it", reasons: []string{"No space left on device"}, undo: back,
	}, failing{
		name: "read-only", arrange: mounted(`mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"`), what: "origin cannot store what is sent",
		hint: "tell whoever looks after it", reasons: []string{"unable to create temporary object directory"}, undo: back,
	})
}

// Over http the server's numbers are put into words, and a name and a password are shown to nobody.
func TestSyncOverHTTP(t *testing.T) {
	clones, remote := separate(t, 3)
	c := clones[0]
	bare := strings.TrimPrefix(remote, "file://")
	c.git("--git-dir="+bare, "config", "http.receivepack", "true")
	program := &cgi.Handler{
		Path: filepath.Join(strings.TrimSpace(c.git("--exec-path")), "git-http-backend"), Root: "/", InheritEnv: []string{"PATH", "HOME"},
		Env: []string{"GIT_PROJECT_ROOT=" + filepath.Dir(bare), "GIT_HTTP_EXPORT_ALL=1"}, Stderr: new(strings.Builder),
	}
	code, says := 0, ""
	serve := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		if code == 0 || code == http.StatusUnauthorized && user == "an" && password == "s3cret" {
			program.ServeHTTP(w, r)
			return
		}
		w.Header().Set("WWW-Authenticate", `Basic realm="x"`)
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(code)
		fmt.Fprint(w, says)
	})
	server := httptest.NewServer(serve)
	defer server.Close()
	secure := httptest.NewTLSServer(serve)
	defer secure.Close()
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	host := strings.TrimPrefix(server.URL, "http://")
	url := func(login string) string { return "http://" + login + host + "/" + filepath.Base(bare) }
	answers := func(number int, words, address string) func() {
		return func() {
			code, says = number, words
			c.setURL(address)()
		}
	}
	wants := "origin asks for a name and a password or token"
	c.fails(t, failing{
		name: "no right", arrange: answers(http.StatusForbidden, "Chỉ đọc", url("an:s3cret@")), what: "permission denied by origin",
		hint: "ask whoever looks after it for the right", reasons: []string{"Chỉ đọc · fatal: ", "returned error: 403"},
	}, failing{
		name: "no repository", arrange: answers(http.StatusNotFound, "", url("an:s3cret@")), what: "at the address of origin there is no repository, or none that you may see",
		hint: "git remote --verbose", reasons: []string{"' not found"},
	}, failing{
		name: "a failure of its own", arrange: answers(http.StatusInternalServerError, "", url("an:s3cret@")), what: "origin has a failure of its own", hint: goOn, reasons: []string{"returned error: 500"},
	}, failing{
		name: "busy", arrange: answers(http.StatusServiceUnavailable, "", url("")), what: "origin has a failure of its own", hint: goOn, reasons: []string{"returned error: 503"},
	}, failing{
		name: "a token for a name", arrange: answers(http.StatusUnauthorized, "", url("s3cret@")), what: wants, hint: "credential.helper store",
		reasons: []string{"could not read Password for 'http://127.0.0.1"},
	}, failing{
		name: "nobody can be asked", arrange: answers(http.StatusUnauthorized, "", url("")), what: wants, hint: "git config credential.helper store",
		reasons: []string{"could not read Username", "terminal prompts disabled"},
		mend: func() {
			c.git("config", "credential.helper", "store")
			c.write(filepath.Join(c.home, ".git-credentials"), "http://an:s3cret@"+strings.ReplaceAll(host, ":", "%3a")+"\n")
		},
	}, failing{
		name: "the wrong password", arrange: answers(http.StatusUnauthorized, "", url("an:s3cretX@")), what: "origin does not take this name with this password or token",
		hint: "git remote set-url", reasons: []string{"Authentication failed for 'http://127.0.0.1"}, mend: c.setURL(url("an:s3cret@")),
	}, failing{
		name: "a certificate", arrange: answers(0, "", secure.URL+"/"+filepath.Base(bare)), what: "the certificate of origin is not trusted here", hint: "date and time", reasons: []string{"certificate"},
	})
}

// Over ssh it is told whether the key is missing here or there, and what makes it right.
func TestSyncTellsWhySSHFails(t *testing.T) {
	s := newSSHD(t, lan, minh)
	keys := filepath.Join(s.home, "authorized_keys")
	public := func(id string) string { return string(ssh.MarshalAuthorizedKey(s.keys[id].PublicKey())) }
	s.start("AuthorizedKeysFile " + keys)
	clones, remote := separate(t, 3)
	c := clones[0]
	_, port, _ := net.SplitHostPort(s.address)
	hosts, host := filepath.Join(c.home, "known_hosts"), c.run("ssh-keygen", "-y", "-f", filepath.Join(s.home, "host_key"))
	c.git("config", "core.sshCommand", fmt.Sprintf("ssh -F /dev/null -i '%s' -p %s -o IdentitiesOnly=yes -o UserKnownHostsFile='%s'", filepath.Join(s.home, lan.id), port, hosts))
	url := s.account + "@127.0.0.1:" + strings.TrimPrefix(remote, "file://")
	with := func(hostKey, key, url string) func() {
		return func() {
			c.write(hosts, "")
			if hostKey != "" {
				c.write(hosts, "[127.0.0.1]:"+port+" "+hostKey)
			}
			c.write(keys, key)
			c.setURL(url)()
		}
	}
	right := with(host, public(lan.id), url)
	c.fails(t, failing{
		name: "a key that nobody knows", arrange: with(host, public(minh.id), url), what: "origin does not know your key",
		hint: "send your public key to whoever looks after it", reasons: []string{"Permission denied (publickey)"}, mend: right,
	}, failing{
		name: "an unknown host key", arrange: with("", public(lan.id), url), what: "the host key of origin is not known here",
		hint: "`git fetch` in a terminal shows its fingerprint", reasons: []string{"Host key verification failed"}, mend: right,
	}, failing{
		name: "another host key", arrange: with(public(minh.id), public(lan.id), url), what: "origin shows another host key than before",
		hint: "ssh-keygen -", reasons: []string{"SHA256:", "Host key for [127.0.0.1]:" + port + " has changed"}, mend: right,
	}, failing{
		name: "no repository", arrange: with(host, public(lan.id), url+".away"), what: "at the address of origin there is no repository, or none that you may see",
		hint: "git remote --verbose", reasons: []string{"does not appear to be a git repository"}, mend: right,
	})
}
