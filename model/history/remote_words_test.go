package history

import (
	"os/exec"
	"strings"
	"testing"

	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/phrase"
)

// What forges and networks say that no test can bring about.
func TestTroubles(t *testing.T) {
	const farewell = "fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n"
	tests := map[string]struct{ words, want, hint string }{
		"timed out":    {"ssh: connect to host kho.example port 22: Connection timed out\r\n" + farewell, "origin cannot be reached: git fetch: ssh: connect to host kho.example port 22: Connection timed out", "go on working"},
		"no route":     {"fatal: unable to access 'https://t0ken@kho.example/x/': Failed to connect to kho.example port 443: No route to host\n", "origin cannot be reached: git fetch: fatal: unable to access 'https://kho.example/x/': Failed to connect to kho.example port 443: No route to host", "go on working"},
		"not found":    {"ERROR: Repository not found.\n" + farewell, "at the address of origin there is no repository, or none that you may see: git fetch: ERROR: Repository not found.", "git remote --verbose"},
		"not yours":    {"remote: Permission to a/b.git denied to c.\nfatal: unable to access 'https://kho.example/a/b.git/': The requested URL returned error: 403\n", "permission denied by origin: git fetch: Permission to a/b.git denied to c. · fatal: unable", "ask whoever looks after it"},
		"archived":     {"ERROR: This repository was archived so it is read-only.\n" + farewell, "origin is read-only: git fetch: ERROR: This repository was archived so it is read-only.", "tell whoever"},
		"another user": {"fatal: detected dubious ownership in repository at '/srv/x'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory /srv/x\n" + farewell, "the repository of origin belongs to another user", "once: git config --global --add safe.directory /srv/x;"},
		"disk here":    {"error: file write error: No space left on device\nfatal: fetch-pack: invalid index-pack output\n", "the disk is full, or your share of it", "free some space"},
		"disk there":   {"remote: fatal: write error: No space left on device        \nfatal: the remote end hung up unexpectedly\n", "the disk of origin is full: git fetch: fatal: write error: No space left on device", "tell whoever"},
		"host key":     {"Host key for [kho.example]:22 has changed and you have requested strict checking.\r\n@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\r\nHost key verification failed.\r\n" + farewell, "origin shows another host key than before", "ssh-keygen -R '[kho.example]:22'"},
		"unknown":      {"fatal: protocol error: bad line length character: Welc\nfatal: the remote end hung up unexpectedly\n", "the exchange with origin failed: git fetch: fatal: protocol error: bad line length character: Welc", "show it to whoever"},
		"nothing":      {"", "the exchange with origin failed: git fetch: exit status 129", "show it to whoever"},
	}
	exited := exec.Command("git", "--no-such-option").Run()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := (&upstream{remote: "origin"}).failed("fetch", withoutSecrets(test.words), &gitrun.Error{Command: "fetch", Err: exited})
			hint := phrase.HintOf(err).String()
			if !strings.HasPrefix(err.Error(), test.want) || !strings.Contains(hint, test.hint) {
				t.Errorf("it says %q with %q, want %q with %q", err, hint, test.want, test.hint)
			}
			if temporary := strings.HasPrefix(hint, "you can go on working"); temporary != (test.hint == "go on working") {
				t.Errorf("the hint is %q", hint)
			}
		})
	}
}

// An address may stand where the name of the remote is shown.
func TestNoSecretIsShown(t *testing.T) {
	if shown := (&upstream{remote: "https://an:s3cret@kho.example/x.git"}).shownRemote(); shown != "https://kho.example/x.git" {
		t.Errorf("shown is %q", shown)
	}
}
