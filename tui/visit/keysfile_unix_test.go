//go:build unix

package visit

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestKeysFileKeepsItsOwner: sshd reads the file as the account that logs in, and could
// not if root had made it root's.
func TestKeysFileKeepsItsOwner(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file to somebody else")
	}
	const account = 12345
	for name, existed := range map[string]bool{"there": true, "new": false} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "authorized_keys")
			if err := os.Chown(dir, account, account); err != nil {
				t.Fatal(err)
			}
			if existed {
				if err := os.WriteFile(path, []byte("old\n"), 0o644); err != nil {
					t.Fatal(err)
				}
				if err := os.Chown(path, account, account); err != nil {
					t.Fatal(err)
				}
			}
			old, there, err := ReadAuthorizedKeys(path, path)
			if err == nil {
				err = ReplaceAuthorizedKeys(path, path, old, there, []byte("new\n"))
			}
			if err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if owner := info.Sys().(*syscall.Stat_t).Uid; owner != account || info.Mode() != 0o600 {
				t.Errorf("the file belongs to %d with mode %v", owner, info.Mode())
			}
		})
	}
}

// TestKeysFileIsNotOverwritten when somebody else has written it meanwhile.
func TestKeysFileIsNotOverwritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "authorized_keys")
	if err := os.WriteFile(path, []byte("theirs\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := ReplaceAuthorizedKeys(path, path, []byte("seen\n"), true, []byte("new\n")); err == nil {
		t.Error("it was overwritten")
	}
	if err := ReplaceAuthorizedKeys(path, path, nil, false, []byte("new\n")); err == nil {
		t.Error("a file that was not there before was overwritten")
	}
	if content, _ := os.ReadFile(path); string(content) != "theirs\n" {
		t.Errorf("it holds %q", content)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".tiendo*")); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
}
