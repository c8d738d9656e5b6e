//go:build unix

package workspace

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"example.org/tiendo/model/durable"
)

// What is no plain file is not overwritten: neither when it lies there already, nor when it comes at the last moment.
func TestOnlyPlainFilesAreOverwritten(t *testing.T) {
	tests := map[string]func(path string) error{
		"a link":                func(path string) error { return os.Symlink(filepath.Join(filepath.Dir(path), "other"), path) },
		"a link that leads off": func(path string) error { return os.Symlink("nowhere", path) },
		"a pipe":                func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"a folder":              func(path string) error { return os.Mkdir(path, 0o700) },
	}
	for name, prepare := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			other, path := filepath.Join(dir, "other"), filepath.Join(dir, "a.md")
			if err := os.WriteFile(other, []byte("theirs"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := prepare(path); err != nil {
				t.Fatal(err)
			}
			before, err := os.Lstat(path)
			if err != nil {
				t.Fatal(err)
			}
			for what, err := range map[string]error{
				"asked before": RefuseForeign(path, "a.md", durable.Sum([]byte("theirs"))), "asked at the write": ReplaceFile(path, []byte("ours")),
			} {
				if err == nil || !strings.Contains(err.Error(), "is not a plain file") {
					t.Errorf("%s: %v", what, err)
				}
			}
			if after, err := os.Lstat(path); err != nil || after.Mode() != before.Mode() {
				t.Errorf("it is another one now: %v, %v", after, err)
			}
			if content, err := os.ReadFile(other); err != nil || string(content) != "theirs" {
				t.Errorf("what it leads to holds %q, %v", content, err)
			}
		})
	}
}
