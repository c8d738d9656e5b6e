package store

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"example.org/tiendo/model"
)

// longRoster is a data folder with a roster that is long enough to be kept.
func longRoster(t testing.TB) (dir, cache string) {
	t.Helper()
	dir = smallData(t)
	people := make([]model.Person, 400)
	for i := range people {
		id := "nv" + strings.Repeat("x", i%7) + "-" + string(rune('a'+i%26)) + "-" + string(rune('a'+i/26))
		people[i] = model.Person{ID: id, Name: "Nguyễn Thị " + id, Role: model.Staff, Unit: "thanh-tra", Email: id + "@example.org"}
	}
	hire(t, dir, people...)
	return dir, filepath.Join(t.TempDir(), "new", "tiendo")
}

// loadBeside loads a folder anew; kept says whether its roster came from the cache.
func loadBeside(t testing.TB, dir, cache string) (campaign *model.Campaign, kept bool) {
	t.Helper()
	store, err := Open(dir, Options{Cache: cache, Shown: "data"})
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(filepath.Join(dir, "units.toml"))
	if err != nil {
		t.Fatal(err)
	}
	_, kept = store.quick.read(source)
	if campaign, err = store.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return campaign, kept
}

func onlyFile(t testing.TB, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%v: %v", entries, err)
	}
	return filepath.Join(folder, entries[0].Name())
}

func TestALongRosterIsKept(t *testing.T) {
	dir, cache := longRoster(t)
	first, kept := loadBeside(t, dir, cache)
	if kept {
		t.Fatal("it was kept before it was read")
	}
	second, kept := loadBeside(t, dir, cache)
	if !kept || !reflect.DeepEqual(first, second) {
		t.Fatalf("kept: %v; the campaign is another one", kept)
	}
	for path, mode := range map[string]os.FileMode{cache: 0o700, onlyFile(t, cache): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	// The same size and the same time say nothing.
	path := filepath.Join(dir, "units.toml")
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	replaceIn(t, path, `name = "Nguyễn Thị nv-a-a"`, `name = "Nguyễn Thị nv-a-b"`)
	if err := os.Chtimes(path, before.ModTime(), before.ModTime()); err != nil {
		t.Fatal(err)
	}
	third, kept := loadBeside(t, dir, cache)
	if kept || third.Roster.Person("nv-a-a").Name != "Nguyễn Thị nv-a-b" {
		t.Errorf("kept: %v; %+v", kept, third.Roster.Person("nv-a-a"))
	}
	if _, kept := loadBeside(t, dir, cache); !kept {
		t.Error("the new one is not kept")
	}
	onlyFile(t, cache) // one for each folder
}

// What is wrong in a roster is said with its place every time.
func TestARosterWithAProblemIsNotKept(t *testing.T) {
	dir, cache := longRoster(t)
	replaceIn(t, filepath.Join(dir, "units.toml"), "schema = 1\n", "schema = 1\nextra = 1\n")
	for range 2 {
		campaign, kept := loadBeside(t, dir, cache)
		if kept || len(campaign.Problems) != 1 || campaign.Problems[0].Line != 2 {
			t.Errorf("kept: %v; problems %v", kept, campaign.Problems)
		}
	}
}

func TestADamagedRosterIsReadAnew(t *testing.T) {
	dir, cache := longRoster(t)
	want, _ := loadBeside(t, dir, cache)
	file := onlyFile(t, cache)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	damaged := map[string][]byte{"empty": nil, "a half": whole[:len(whole)/2], "longer": append(bytes.Clone(whole), 0),
		"a head": whole[:40], "other": bytes.Repeat([]byte("x"), len(whole))}
	for at := 7; at < len(whole); at += len(whole) / 12 {
		flipped := bytes.Clone(whole)
		flipped[at] ^= 1
		damaged[fmt.Sprintf("flipped at %d", at)] = flipped
	}
	for name, content := range damaged {
		write(t, file, string(content))
		if got, kept := loadBeside(t, dir, cache); kept || !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: kept %v, or the campaign is another one", name, kept)
		}
		if _, kept := loadBeside(t, dir, cache); !kept {
			t.Fatalf("%s: it is not mended", name)
		}
	}
}

// Nobody is let in by a roster that somebody else could write, and nobody is stopped where none can be kept.
func TestARosterOfOthersIsNotTaken(t *testing.T) {
	dir, cache := longRoster(t)
	want, _ := loadBeside(t, dir, cache)
	open := map[string]func() error{
		"the folder":   func() error { return os.Chmod(cache, 0o770) },
		"the file":     func() error { return os.Chmod(onlyFile(t, cache), 0o606) },
		"a link to it": func() error { return os.Rename(cache, cache+"2") },
	}
	for name, change := range open {
		if err := change(); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "a link") {
			if err := os.Symlink(cache+"2", cache); err != nil {
				t.Fatal(err)
			}
		}
		if got, kept := loadBeside(t, dir, cache); kept || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: it is taken, or the campaign is another one", name)
		}
		if err := os.RemoveAll(cache); err != nil {
			t.Fatal(err)
		}
		if _, kept := loadBeside(t, dir, cache); kept {
			t.Fatalf("%s: it is there", name)
		}
	}
	blocked := filepath.Join(t.TempDir(), "file")
	write(t, blocked, "")
	if got, kept := loadBeside(t, dir, filepath.Join(blocked, "tiendo")); kept || !reflect.DeepEqual(got, want) {
		t.Error("without a folder for it the campaign is another one")
	}
}

// What is kept for folders that are long gone does not grow.
func TestFewRostersAreKept(t *testing.T) {
	_, cache := longRoster(t)
	source := bytes.Repeat([]byte("#"), leastCached)
	for range 3 * maxCaches {
		newRosterCache(cache, t.TempDir()).write(source, &model.Roster{})
	}
	if entries, err := os.ReadDir(cache); err != nil || len(entries) != maxCaches {
		t.Errorf("%d files, %v; want %d", len(entries), err, maxCaches)
	}
}
