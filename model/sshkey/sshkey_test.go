package sshkey

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

// line is the line of a public key, as in id_ed25519.pub.
func line(t *testing.T, public any) string {
	t.Helper()
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key))) + " hoa@van-phong"
}

// Short RSA keys open nothing, those of 2048 bits are weak, all others are not.
func TestWeakKeys(t *testing.T) {
	ed, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	rsaOf := func(bits int) any {
		key, err := rsa.GenerateKey(rand.Reader, bits)
		if err != nil {
			t.Fatal(err)
		}
		return &key.PublicKey
	}
	t.Setenv("GODEBUG", "rsa1024min=0")
	for name, test := range map[string]struct {
		public      any
		none, weak  bool
		isAlgorithm string
	}{
		"ed25519":  {ed, false, false, "ed25519"},
		"ecdsa":    {ec.Public(), false, false, "ECDSA 256"},
		"RSA 1024": {rsaOf(1024), true, false, ""},
		"RSA 2048": {rsaOf(2048), false, true, "RSA 2048"},
		"RSA 3072": {rsaOf(3072), false, false, "RSA 3072"},
	} {
		key, want := Read(line(t, test.public))
		if want.IsZero() == test.none {
			t.Errorf("%s: want %q", name, want)
		}
		if test.none {
			continue
		}
		if key.Weak() != test.weak || key.Algorithm() != test.isAlgorithm || key.Name != "hoa@van-phong" ||
			!strings.HasPrefix(key.Fingerprint, "SHA256:") {
			t.Errorf("%s: %q %q %q, weak %v", name, key.Algorithm(), key.Fingerprint, key.Name, key.Weak())
		}
	}
}
