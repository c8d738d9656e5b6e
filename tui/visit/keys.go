package visit

import (
	"encoding/base64"
	"strings"

	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model"
)

// Key is one key of one person.
type Key struct{ Kind, Key, Person string } // key is in base64

// Keys lists the keys on the roster. The loader has named those that are none.
func Keys(roster *model.Roster) []Key {
	var entries []Key
	for _, person := range roster.People {
		for _, line := range person.Keys {
			key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(line))
			if err == nil && model.IsID(person.ID) {
				entries = append(entries, Key{key.Type(), base64.StdEncoding.EncodeToString(key.Marshal()), person.ID})
			}
		}
	}
	return entries
}

// Line is the entry as authorized_keys holds it. Inside the quotation marks of
// command="…" OpenSSH knows only \", so that any other backslash stays what it is.
func (e Key) Line(command string) string {
	command = strings.ReplaceAll(command+" --as "+e.Person, `"`, `\"`)
	return `restrict,pty,command="` + command + `" ` + e.Kind + " " + e.Key + " " + e.Person
}
