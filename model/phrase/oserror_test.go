package phrase

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"
)

func TestCause(t *testing.T) {
	at := func(path string, err error) error { return &fs.PathError{Op: "open", Path: path, Err: err} }
	tests := map[string]struct {
		err  error
		want string // "" for no words of ours
	}{
		"no right":             {at("data/x.toml", syscall.EACCES), "permission denied: data/x.toml"},
		"not the owner":        {at("data/x.toml", syscall.EPERM), "permission denied: data/x.toml"},
		"read-only":            {at("data/x.toml", syscall.EROFS), "the file system is read-only: data/x.toml"},
		"full":                 {fmt.Errorf("x: %w", at("data/x.toml", syscall.ENOSPC)), "the disk is full: data/x.toml"},
		"a share that is full": {at("data/x.toml", syscall.EDQUOT), "your share of the disk is full: data/x.toml"},
		"a file on the way":    {at("f/x", syscall.ENOTDIR), "not a directory: f/x"},
		"not there":            {at("f/x", syscall.ENOENT), "there is no f/x"},
		"there already":        {at("f/x", syscall.EEXIST), "f/x is there already"},
		"a rename into a folder": {
			errors.Join(at("/p/data/progress/a.toml", syscall.EACCES), errors.New("x")),
			"permission denied: /p/data/progress/a.toml",
		},
		"a temporary file of ours": {at("/p/.git/tiendo/.tiendo-364.tmp", syscall.EACCES), "permission denied: /p/.git/tiendo"},
		"a note of ours":           {at("/p/.git/tiendo/note.spare", syscall.ENOSPC), "the disk is full: /p/.git/tiendo"},
		"a name with a line break": {at("a\nb", syscall.ENOENT), "there is no a\uFFFDb"},
		"something else":           {at("x", syscall.EIO), ""},
		"no path":                  {syscall.EACCES, ""},
		"not of the system":        {errors.New("permission denied"), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cause := DescribeOSError(test.err)
			switch {
			case test.want == "" && cause != nil:
				t.Errorf("said %q", cause)
			case test.want != "" && (cause == nil || cause.Error() != test.want || HintOf(test.err).IsZero()):
				t.Errorf("said %v, want %q with a hint", cause, test.want)
			}
		})
	}
}
