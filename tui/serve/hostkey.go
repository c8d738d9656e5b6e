package serve

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/phrase"
)

// maxHostKey is the most bytes that a file with a host key may have.
const maxHostKey = 64 << 10

// hostKey reads the server's own key, and makes an ed25519 key where there is none.
func hostKey(path string) (ssh.Signer, error) {
	signer, err := readHostKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return signer, err
	}
	if err := makeHostKey(path); err != nil {
		return nil, fmt.Errorf("making the host key: %w", err)
	}
	return readHostKey(path)
}

// readHostKey refuses a key that others on this machine can read: whoever has it can pose as the server.
func readHostKey(path string) (ssh.Signer, error) {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, phrase.Refuse(phrase.Say("the host key %s is no regular file", path),
			phrase.Say("name another file for it"))
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return nil, phrase.Refuse(phrase.Say("others can read the host key %s", path),
			phrase.Say("`chmod 600` it, if nobody can have copied it; otherwise delete it and start again"))
	case info.Size() > maxHostKey:
		return nil, phrase.Refuse(phrase.Say("%s is no private key in OpenSSH's format", path),
			phrase.Say("name another file for it"))
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	signer, err := ssh.ParsePrivateKey(content)
	if err != nil {
		return nil, &phrase.Refusal{What: phrase.Say("%s is no private key in OpenSSH's format", path),
			Hint: phrase.Say("name another file for it"), Err: err}
	}
	return signer, nil
}

// makeHostKey makes a new key, unless a second server was faster: so there is one key, and never half of one.
func makeHostKey(path string) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	block, err := ssh.MarshalPrivateKey(private, "tiendo")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	err = durable.Create(path, pem.EncodeToMemory(block), durable.Options{Mode: 0o600})
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}
