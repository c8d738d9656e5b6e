// Package sshkey reads the public keys with which people come in, and says which of them are none or weak.
package sshkey

import (
	"crypto/rsa"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model/phrase"
)

// leastRSA is how many bits an RSA key must have: shorter ones can be broken, and OpenSSH no longer makes them.
const leastRSA = 2048

// soundRSA is how many bits an RSA key has that is not weak: as OpenSSH makes them since 8.0, and as NIST SP 800-57
// wants them beyond 2030.
const soundRSA = 3072

// Key is a public key that opens something.
type Key struct {
	Encoded     string // kind and base64, without the name: what makes two lines the same key
	Fingerprint string // as OpenSSH shows it, SHA256:…
	Name        string // with which the line ends; may be ""
	kind        string
	bits        int // of RSA; else 0
}

// Read reads the line of a public key, as in id_ed25519.pub, without options; want says what is wanted in the place of
// one that opens nothing.
func Read(line string) (key Key, want phrase.Sentence) {
	public, name, options, rest, err := ssh.ParseAuthorizedKey([]byte(line))
	if err != nil || len(options) > 0 || len(rest) > 0 || !slices.Contains(kinds(), public.Type()) ||
		strings.ContainsRune(line, '\ufffd') {
		return Key{}, phrase.Say("a public key: kind, base64 and perhaps a name")
	}
	key = Key{
		Encoded:     public.Type() + " " + base64.StdEncoding.EncodeToString(public.Marshal()),
		Fingerprint: ssh.FingerprintSHA256(public), Name: name, kind: public.Type(),
	}
	if holder, is := public.(ssh.CryptoPublicKey); is {
		if short, is := holder.CryptoPublicKey().(*rsa.PublicKey); is {
			key.bits = short.N.BitLen()
		}
	}
	if key.bits > 0 && key.bits < leastRSA {
		return Key{}, phrase.Say("an RSA key of at least %d bits, not %d", leastRSA, key.bits)
	}
	return key, phrase.Sentence{}
}

// Weak reports whether the key should be replaced by a longer one, or one of another kind.
func (k *Key) Weak() bool { return k.bits > 0 && k.bits < soundRSA }

// Algorithm is the kind of the key in few letters, of RSA with its length in bits: ed25519, RSA 3072.
func (k *Key) Algorithm() string {
	if k.bits > 0 {
		return "RSA " + strconv.Itoa(k.bits)
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(k.kind, "ssh-"), "@")
	return strings.Replace(strings.TrimPrefix(name, "sk-ssh-"), "ecdsa-sha2-nistp", "ECDSA ", 1)
}

// Private reports whether what was pasted is a private key, of which nothing may be shown or kept.
func Private(pasted string) bool { return strings.Contains(pasted, "PRIVATE KEY") }

// kinds leaves out what OpenSSH no longer takes, and certificates.
func kinds() []string {
	return []string{
		"ssh-ed25519", "sk-ssh-ed25519@openssh.com",
		"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "sk-ecdsa-sha2-nistp256@openssh.com",
		"ssh-rsa",
	}
}
