package review

import (
	"strings"

	"golang.org/x/crypto/ssh"
)

// KeyName is how people tell an SSH public key from another one: its fingerprint, as OpenSSH shows it, and the name
// that its line ends with. What is no key stays as it is.
func KeyName(line string) string {
	key, comment, _, _, err := ssh.ParseAuthorizedKey([]byte(line))
	if err != nil {
		return line
	}
	return strings.TrimSpace(ssh.FingerprintSHA256(key) + " " + comment)
}
