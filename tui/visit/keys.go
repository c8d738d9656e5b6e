package visit

import (
	"encoding/base64"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// Key is one key of one person.
type Key struct {
	Kind, Key   string // Key is in base64
	Fingerprint string // SHA256:…
	Person      string
}

// Keys lists the keys on the roster. The loader has named those that are none.
func Keys(roster *model.Roster) []Key {
	var entries []Key
	for i := range roster.People {
		entries = append(entries, keysOf(&roster.People[i])...)
	}
	return entries
}

func keysOf(person *model.Person) []Key {
	var entries []Key
	for _, line := range person.Keys {
		key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(line))
		if err == nil && model.IsID(person.ID) {
			entries = append(entries, Key{
				Kind: key.Type(), Key: base64.StdEncoding.EncodeToString(key.Marshal()),
				Fingerprint: ssh.FingerprintSHA256(key), Person: person.ID,
			})
		}
	}
	return entries
}

// Line is the entry as authorized_keys holds it. It says which key it is for, so that it opens nothing once that key
// has gone from the roster. Inside the quotation marks of command="…" OpenSSH knows only \", so that any other
// backslash stays what it is.
func (e Key) Line(command string) string {
	command = strings.ReplaceAll(command+" --as "+e.Person+" --key "+e.Fingerprint, `"`, `\"`)
	return `restrict,pty,command="` + command + `" ` + e.Kind + " " + e.Key + " " + e.Person
}

// Admit says why somebody who came as this person, with the key of this fingerprint, may not see the data; nil when
// they may.
func Admit(campaign *model.Campaign, id, key string) error {
	if err := model.RosterUnusable(campaign); err != nil {
		return err
	}
	person, err := campaign.Person(id)
	switch {
	case err != nil:
		return err
	case key == "":
		return phrase.Refuse(phrase.Say("this way in does not say which key opened it, so it opens nothing"),
			phrase.Say("whoever looks after the host rewrites the lines: tiendo authorized-keys --into FILE"))
	case !hasKey(person, key):
		return phrase.Refuse(phrase.Say("the key %s does not stand beside %s on the roster", key, person.ID),
			phrase.Say("come with a key that is on it; the coordinator changes the keys on the roster"))
	}
	return nil
}

// hasKey reports whether the key with this fingerprint stands beside a person.
func hasKey(person *model.Person, fingerprint string) bool {
	return slices.ContainsFunc(keysOf(person), func(key Key) bool { return key.Fingerprint == fingerprint })
}
