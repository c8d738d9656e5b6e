package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A key that two people have opens nothing: nobody could tell who came in with it.
func TestKeyOfTwoPeople(t *testing.T) {
	const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGmNpgn1Vd8Rz0hC0X7oxQGIuFSXQk/bXWUdPMZtcRop"
	const other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDNXBqVEQwHnCQrLaPzqGPz2VZWqJPjIuzdCoBqAKxbV"
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "data"))); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "units.toml")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	people := strings.Join([]string{
		"", "[[person]]", `id = "gian"`, `name = "Gian"`, `role = "coordinator"`, `email = "gian@example.org"`, `keys = ["` + key + ` a"]`,
		"", "[[person]]", `id = "hoa"`, `name = "Hoa"`, `role = "staff"`, `unit = "thanh-tra"`, `email = "hoa@example.org"`, `keys = ["` + other + `", "` + key + ` b"]`, "",
	}, "\n")
	if err := os.WriteFile(path, append(content, people...), 0o644); err != nil {
		t.Fatal(err)
	}
	opened, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	campaign, err := opened.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if keys := campaign.Roster.Person("gian").Keys; len(keys) > 0 {
		t.Errorf("the first one comes in with %q", keys)
	}
	if keys := campaign.Roster.Person("hoa").Keys; len(keys) != 1 || keys[0] != other {
		t.Errorf("the second one comes in with %q", keys)
	}
	if len(campaign.Problems) == 0 || !strings.Contains(campaign.Problems[0].Error(), "the same key appears twice") {
		t.Errorf("the problems are %v", campaign.Problems)
	}
}
