package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// What somebody else does to a file between the last look at it and the change stays.
func TestRenameOver(t *testing.T) {
	tests := map[string]struct {
		before string // "" is no file
		happen func(path string) error
		want   string // "" is no file
	}{
		"nothing":         {before: "old", want: "new"},
		"nothing, anew":   {want: "new"},
		"an edit":         {before: "old", happen: func(path string) error { return os.WriteFile(path, []byte("hand"), 0o600) }, want: "hand"},
		"a longer edit":   {before: "old", happen: func(path string) error { return os.WriteFile(path, []byte("old hand"), 0o600) }, want: "old hand"},
		"another file":    {before: "old", happen: renamedOver("hand"), want: "hand"},
		"a removal":       {before: "old", happen: os.Remove},
		"a file, anew":    {happen: renamedOver("hand"), want: "hand"},
		"the same, anew":  {happen: renamedOver("new"), want: "new"},
		"the same":        {before: "old", happen: renamedOver("new"), want: "new"},
		"old bytes again": {before: "old", happen: renamedOver("old"), want: "new"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path, temp := filepath.Join(t.TempDir(), "file"), t.TempDir()
			if test.before != "" {
				if err := os.WriteFile(path, []byte(test.before), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			pending, err := Prepare(path, []byte("new"), Options{Temp: temp, Pattern: Locked})
			if err == nil && test.happen != nil {
				err = test.happen(path)
			}
			if err != nil {
				t.Fatal(err)
			}
			err = pending.RenameOver([]byte(test.before), test.before != "")
			changed, is := errors.AsType[*Changed](err)
			if refused := test.happen != nil && name != "old bytes again"; is != refused || is && changed.Kept != "" || !is && err != nil {
				t.Errorf("the answer is %v", err)
			}
			if now, err := os.ReadFile(path); string(now) != test.want || test.want == "" && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the file holds %q, %v; want %q", now, err, test.want)
			}
			if left, _ := os.ReadDir(temp); len(left) > 0 {
				t.Errorf("left over: %v", left)
			}
		})
	}
}

// A link in the place of a file stays as it is, and so does what it leads to.
func TestRenameOverLink(t *testing.T) {
	path, other := filepath.Join(t.TempDir(), "file"), filepath.Join(t.TempDir(), "other")
	err := errors.Join(os.WriteFile(path, []byte("old"), 0o600), os.WriteFile(other, []byte("old"), 0o600))
	pending, failed := Prepare(path, []byte("new"), Options{})
	if err = errors.Join(err, failed, os.Remove(path), os.Symlink(other, path)); err != nil {
		t.Fatal(err)
	}
	if _, is := errors.AsType[*Changed](pending.RenameOver([]byte("old"), true)); !is {
		t.Error("a link was taken for the file")
	}
	if to, err := os.Readlink(path); err != nil || to != other {
		t.Errorf("the link leads to %q, %v", to, err)
	}
	holds(t, other, "old")
}

func renamedOver(content string) func(path string) error {
	return func(path string) error {
		return errors.Join(os.WriteFile(path+"~", []byte(content), 0o600), os.Rename(path+"~", path))
	}
}

// Of what a kill has left, only what was seen or written by the program itself goes unseen.
func TestSeen(t *testing.T) {
	dir := t.TempDir()
	for content, want := range map[string]bool{"old": true, "new": true, "hand": false, "": false} {
		path := filepath.Join(dir, asideName("/data/progress/van-phong.toml", []byte("old"), []byte("new")))
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if name, seen := Seen(path); seen != want || !seen && name != "van-phong.toml" {
			t.Errorf("%q: %q, %v; want %v", content, name, seen, want)
		}
	}
	for name, want := range map[string]bool{".tiendo-123.tmp": true, ".tiendo-123.old": false, ".tiendo-.old": false} {
		if _, seen := Seen(filepath.Join(dir, name)); seen != want {
			t.Errorf("%s: %v, want %v", name, seen, want)
		}
	}
}
