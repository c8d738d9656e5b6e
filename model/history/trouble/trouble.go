// Package trouble knows the words in which git, ssh and curl say why an exchange with a remote fails, and what to do.
package trouble

import (
	"slices"
	"strings"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// LastWords are the words of git that say most: the last line but git's general advice.
func LastWords(words string) string {
	said := ""
	for line := range strings.Lines(words) {
		line = text.Line(strings.TrimSpace(line))
		if line != "" && line != "remote:" && !Says(line, advice...) && !Says(line, farewells...) {
			said = line
		}
	}
	return said
}

// farewells are what git says whatever it was that ended the connection.
var farewells = []string{"Could not read from remote repository", "the remote end hung up unexpectedly"}

// advice is in lines in which git says what it says of every failure.
var advice = []string{
	"hint:", "error: failed to push", "hook declined", "Please make sure you have the correct access rights",
	"and the repository exists.",
	"unable to read askpass response",
}

// Says reports whether words hold one of some signs.
func Says(words string, signs ...string) bool {
	return slices.ContainsFunc(signs, func(sign string) bool { return strings.Contains(words, sign) })
}

// Trouble is a way in which an exchange with a remote fails. The remote is the argument of What, and the command that
// was advised that of Hint, where there is one.
type Trouble struct {
	Here        bool     // it is one of this machine; what the other side says does not count
	there       bool     // only what the other side says counts
	signs, also []string // in the words of git, ssh or curl; also: in lines that belong to them
	What, Hint  phrase.Sentence
	command     string // how the command begins that git or ssh advises, for the hint
}

// How an exchange goes on, where nobody can do anything here.
const (
	later = iota
	tell
	address
)

var goesOn = [...]phrase.Sentence{
	later: phrase.Say("you can go on working: the changes wait here, and the next synchronisation sends them"),
	tell:  phrase.Say("tell whoever looks after it; the changes wait here"),
	address: phrase.Say("you can go on working: the changes wait here; if it stays so, look at the address: git remote " +
		"--verbose"),
}

// troubles are the ways that are known. The first one that fits is told.
var troubles = []Trouble{
	{
		Here: true, signs: []string{"No space left on device", "Disk quota exceeded", "Out of diskspace",
			"Read-only file system", "Input/output error", "insufficient permission"},
	},
	{
		signs: []string{"HOST IDENTIFICATION HAS CHANGED"},
		also:  []string{"SHA256:", "Host key for ", "Host key verification failed"}, command: "ssh-keygen -f",
		What: phrase.Say("%s shows another host key than before"),
		Hint: phrase.Say("ask whoever looks after it whether the new key is right; only then: %s, and `git fetch` in a " +
			"terminal; the changes wait here"),
	},
	{
		signs: []string{"Host key verification failed"}, also: []string{"host key is known for"},
		What: phrase.Say("the host key of %s is not known here"),
		Hint: phrase.Say("`git fetch` in a terminal shows its fingerprint: compare it with what whoever looks after it " +
			"tells you, then answer yes; the changes wait here"),
	},
	{
		signs: []string{"Permission denied (", "Too many authentication failures", "No supported authentication methods"},
		also:  []string{"Load key", "not accessible", "bad permissions"},
		What:  phrase.Say("%s does not know your key"),
		Hint: phrase.Say("send your public key to whoever looks after it (ssh-keygen makes one; if it has a passphrase, " +
			"ssh-add first); the changes wait here"),
	},
	{
		signs: []string{"dubious ownership"}, command: "git config --global --add safe.directory",
		What: phrase.Say("the repository of %s belongs to another user, so git does not work with it"),
		Hint: phrase.Say("on the machine where it lies, once: %s; the changes wait here"),
	},
	{
		signs: []string{
			"does not appear to be a git repository", "epository not found", "' not found",
			"not valid: is this a git repository", "repository not exported",
			"could not be found or you don't have permission", "Cannot find repository", "epository does not exist",
		},
		What: phrase.Say("at the address of %s there is no repository, or none that you may see"),
		Hint: phrase.Say("look at the address (git remote --verbose), and whether the drive or share is there on which it " +
			"lies; or ask whoever looks after it; the changes wait here"),
	},
	{
		signs: []string{"could not read Username", "could not read Password", "returned error: 401"},
		also:  []string{"remote: "},
		What:  phrase.Say("%s asks for a name and a password or token"),
		Hint: phrase.Say("`git fetch` in a terminal asks you for them; after `git config credential.helper store` git " +
			"keeps them; the changes wait here"),
	},
	{
		signs: []string{"Authentication failed"}, also: []string{"remote: "},
		What: phrase.Say("%s does not take this name with this password or token"),
		Hint: phrase.Say("ask whoever looks after it for a valid one; `git fetch` in a terminal asks you for it, unless it " +
			"is part of the address: git remote set-url; the changes wait here"),
	},
	{
		signs: []string{"returned error: 403", " denied to ", "DENIED by", "You are not allowed", "access denied"},
		also:  []string{"remote: "},
		What:  phrase.Say("permission denied by %s"),
		Hint:  phrase.Say("ask whoever looks after it for the right to read and to write there; the changes wait here"),
	},
	{
		there: true, signs: []string{"No space left on device", "Disk quota exceeded", "Out of diskspace"},
		What: phrase.Say("the disk of %s is full"), Hint: goesOn[tell],
	},
	{
		there: true, signs: []string{"Read-only", "read-only"},
		What: phrase.Say("%s is read-only"), Hint: goesOn[tell],
	},
	{
		there: true, signs: []string{"unable to create temporary object directory", "insufficient permission",
			"Permission denied", "unable to write", "Input/output error"},
		What: phrase.Say("%s cannot store what is sent"), Hint: goesOn[tell],
	},
	{
		signs: []string{"does not support --signed push"},
		What:  phrase.Say("git is told to sign what it sends (push.gpgSign), and %s takes nothing signed"),
		Hint:  phrase.Say("git config push.gpgSign if-asked, then sync again"),
	},
	{
		signs: []string{"failed to sign the push certificate"}, also: []string{"gpg", "sign"},
		What: phrase.Say("git could not sign what it sends to %s (push.gpgSign)"),
		Hint: phrase.Say("fix what gpg says, or: git config push.gpgSign false; then sync again"),
	},
	{
		signs: []string{"branch is currently checked out"}, also: []string{"refusing to update"},
		What: phrase.Say("%s is a folder in which somebody works, so git does not change its branch"),
		Hint: phrase.Say("in that folder, once: git config receive.denyCurrentBranch updateInstead; then sync again"),
	},
	{
		signs: []string{"shallow update not allowed"},
		What:  phrase.Say("this clone holds only the newest part of the history, and %s takes only all of it"),
		Hint:  phrase.Say("git fetch --unshallow, from where it was cloned, then sync again"),
	},
	{
		signs: []string{"SSL certificate", "certificate verification failed", "certificate has expired",
			"certificate subject name", "signed certificate"},
		What: phrase.Say("the certificate of %s is not trusted here"),
		Hint: phrase.Say("look whether this machine's date and time are right; if they are, tell whoever looks after the " +
			"remote; the changes wait here"),
	},
	{
		signs: []string{"fatal: cannot run "},
		What:  phrase.Say("without ssh %s cannot be reached"), Hint: phrase.Say("install it: apt install openssh-client"),
	},
	{
		signs: []string{"ould not resolve host", "ould not resolve proxy", "unable to look up", "Name or service not known",
			"failure in name resolution"},
		What: phrase.Say("%s cannot be reached"), Hint: goesOn[address],
	},
	{
		signs: []string{
			"Connection refused", "Failed to connect", "ouldn't connect", "nable to connect", "imed out", "No route to host",
			"Network is unreachable", "Connection reset",
			"Connection closed", "Empty reply", "Broken pipe", "kex_exchange_identification",
		},
		What: phrase.Say("%s cannot be reached"), Hint: goesOn[later],
	},
	{
		signs: []string{"returned error: 5"}, also: []string{"remote: "},
		What: phrase.Say("%s has a failure of its own"), Hint: goesOn[later],
	},
	{
		signs: []string{"unexpected disconnect", "early EOF", "RPC failed"},
		What:  phrase.Say("the connection to %s broke off"), Hint: goesOn[later],
	},
}

// In finds what trouble words tell of; nil: none that is known.
func In(words string) *Trouble {
	for i := range troubles {
		if t := &troubles[i]; len(t.lines(words, t.signs)) > 0 {
			return t
		}
	}
	return nil
}

// maxReasons is how many lines of git's own words are repeated.
const maxReasons = 3

// lines are the lines that hold one of some signs.
func (t *Trouble) lines(words string, signs []string) (said []string) {
	for line := range strings.Lines(words) {
		line = text.Line(strings.TrimSpace(line))
		own, there := strings.CutPrefix(line, "remote: ")
		there = there || Says(line, "remote unpack failed", "ERROR: ")
		if (there && !t.Here || !there && !t.there) && Says(line, signs...) && !slices.Contains(said, own) &&
			len(said) < maxReasons {
			said = append(said, strings.TrimSpace(own))
		}
	}
	return said
}

// Reasons are the lines that tell of the trouble.
func (t *Trouble) Reasons(words string) []string {
	return t.lines(words, slices.Concat(t.signs, t.also))
}

// Farewells are the lines that git says whatever it was that ended the connection.
func Farewells(words string) []string { return (&Trouble{}).lines(words, farewells) }

// Locks are the lines about a lock that another git holds there, or has left.
func Locks(words string) []string { return (&Trouble{}).lines(words, []string{lock}) }

// IsLock reports whether words are about such a lock.
func IsLock(words string) bool { return Says(words, lock) }

const lock = ".lock'"

// Command is the command that git or ssh advises; "" for none. Not every ssh does where a host key has changed.
func (t *Trouble) Command(words string) string {
	if t.command == "" {
		return ""
	}
	for line := range strings.Lines(words) {
		if line = text.Line(strings.TrimSpace(line)); strings.HasPrefix(line, t.command) {
			return line
		}
	}
	_, host, _ := strings.Cut(words, "Host key for ")
	host, _, _ = strings.Cut(host, " has changed")
	return "ssh-keygen -R " + text.Quoted(text.Line(host))
}
