package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// holds wants a folder with nothing but this file in it.
func holds(t *testing.T, path, content string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 || entries[0].Name() != filepath.Base(path) {
		t.Errorf("the folder holds %v", entries)
	}
	if now, err := os.ReadFile(path); err != nil || string(now) != content {
		t.Errorf("the file holds %q, %v; want %q", now, err, content)
	}
}

func TestReplace(t *testing.T) {
	tests := map[string]struct {
		before  fs.FileMode // 0: there is no file
		options Options
		want    fs.FileMode
	}{
		"a new file":                   {want: 0o644},
		"a new one with its mode":      {options: Options{Mode: 0o600}, want: 0o600},
		"one whose mode stays":         {before: 0o640, want: 0o640},
		"one that nobody could write":  {before: 0o444, want: 0o444},
		"one whose mode changes":       {before: 0o644, options: Options{Mode: 0o600}, want: 0o600},
		"from another folder":          {before: 0o600, options: Options{Temp: t.TempDir()}, want: 0o600},
		"from a folder that is not":    {options: Options{Temp: filepath.Join(t.TempDir(), "none")}, want: 0o644},
		"under a name that is given":   {options: Options{Pattern: ".x-*"}, want: 0o644},
		"with the owner of its folder": {options: Options{Owner: os.TempDir(), Mode: 0o600}, want: 0o600},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file")
			if test.before != 0 {
				if err := os.WriteFile(path, []byte("old and longer"), test.before); err != nil {
					t.Fatal(err)
				}
			}
			if err := Replace(path, []byte("new"), test.options); err != nil {
				t.Fatal(err)
			}
			holds(t, path, "new")
			info, err := os.Stat(path)
			if err != nil || runtime.GOOS != "windows" && info.Mode() != test.want {
				t.Errorf("the mode is %v, %v; want %v", info.Mode(), err, test.want)
			}
			if left, _ := os.ReadDir(test.options.Temp); test.options.Temp != "" && len(left) > 0 {
				t.Errorf("left over: %v", left)
			}
		})
	}
}

// What is prepared is not to be seen before it is renamed, and leaves nothing when it is given up.
func TestPrepare(t *testing.T) {
	path, temp := filepath.Join(t.TempDir(), "file"), t.TempDir()
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, take := range []bool{false, true} {
		pending, err := Prepare(path, []byte("new"), Options{Temp: temp, Pattern: ".x-*.tmp"})
		if err != nil {
			t.Fatal(err)
		}
		holds(t, path, "old")
		if runtime.GOOS != "windows" { // there it lies beside the file
			if left, _ := filepath.Glob(filepath.Join(temp, ".x-*.tmp")); len(left) != 1 {
				t.Errorf("prepared: %v", left)
			}
		}
		want := "old"
		if take {
			want, err = "new", pending.Rename()
		} else {
			err = pending.Discard()
		}
		if err != nil {
			t.Fatal(err)
		}
		holds(t, path, want)
	}
	if err := (*Pending)(nil).Discard(); err != nil {
		t.Error(err)
	}
}

// After an error the old file stands as it was, and nothing lies about.
func TestRefused(t *testing.T) {
	tests := map[string]struct {
		prepare func(path string) error
		options Options
		place   string // what the error names
	}{
		"a folder in its place": {prepare: func(path string) error { return os.Mkdir(path, 0o700) }, place: "file"},
		"an owner who is not there": {
			prepare: func(path string) error { return os.WriteFile(path, nil, 0o600) },
			options: Options{Owner: filepath.Join(t.TempDir(), "nobody")}, place: "nobody",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" && test.options.Owner != "" {
				t.Skip("files have no owner here")
			}
			path := filepath.Join(t.TempDir(), "file")
			if err := test.prepare(path); err != nil {
				t.Fatal(err)
			}
			before, err := os.Lstat(path)
			if err != nil {
				t.Fatal(err)
			}
			err = Replace(path, []byte("new"), test.options)
			if failed, is := errors.AsType[*fs.PathError](err); !is || filepath.Base(failed.Path) != test.place {
				t.Errorf("the error is %v", err)
			}
			if _, stands := errors.AsType[*Unconfirmed](err); stands {
				t.Error("it says that the new bytes stand there")
			}
			after, err := os.Lstat(path)
			if err != nil || !os.SameFile(before, after) {
				t.Errorf("it is another one now, %v", err)
			}
			if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
				t.Errorf("left over: %v", entries)
			}
		})
	}
	if err := Replace(filepath.Join(t.TempDir(), "none", "file"), nil, Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without its folder: %v", err)
	}
}

func TestCreate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := Create(path, []byte("first"), Options{Mode: 0o600}); err != nil {
		t.Fatal(err)
	}
	if err := Create(path, []byte("second"), Options{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("the second one is told %v", err)
	}
	holds(t, path, "first")
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
}

func TestOverwrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	for _, content := range []string{"a long content", "short", ""} {
		file, err := Overwrite(path, []byte(content))
		if err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		holds(t, path, content)
	}
	if _, err := Overwrite(filepath.Join(path, "below"), nil); err == nil {
		t.Error("below a file there is another one")
	}
}

func TestSum(t *testing.T) {
	if sum := Sum(nil); !strings.HasPrefix(sum, "e3b0c44298fc1c14") || len(sum) != 64 {
		t.Error(sum)
	}
}

// What a kill has left beside a file goes when another is written there, but not what may still be on its way.
func TestLeftBehind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	earlier := time.Now().Add(-2 * time.Hour)
	for name, old := range map[string]bool{".tiendo-1.new": true, ".tiendo-2.new": false, ".tiendo-3.txt": true} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if old {
			if err := os.Chtimes(path, earlier, earlier); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := Replace(filepath.Join(dir, "paper.md"), []byte("new"), Options{}); err != nil {
		t.Fatal(err)
	}
	var names []string
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if got := strings.Join(names, " "); got != ".tiendo-2.new .tiendo-3.txt paper.md" {
		t.Errorf("there are %s", got)
	}
}
