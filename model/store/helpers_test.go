package store

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// needs skips a test whose program is not installed, and fails it where every
// program must be there.
func needs(t testing.TB, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is missing", program)
	}
	t.Skipf("%[1]s is missing: apt install %[1]s", program)
}

// smallData is a copy of testdata/small, in which nothing is wrong.
func smallData(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "small"))); err != nil {
		t.Fatal(err)
	}
	return dir
}

// hire puts people on the roster of a data folder.
func hire(t testing.TB, dir string, people ...model.Person) {
	t.Helper()
	path := filepath.Join(dir, "units.toml")
	roster, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, person := range people {
		roster = fmt.Appendf(roster, "\n[[person]]\nid = %q\nname = %q\nrole = %q\nemail = %q\n", person.ID, person.Name, person.Role, person.Email)
		if person.Unit != "" {
			roster = fmt.Appendf(roster, "unit = %q\n", person.Unit)
		}
	}
	write(t, path, string(roster))
}

// openData opens a data folder without history, which messages call data.
func openData(t testing.TB, dir string) *Store {
	t.Helper()
	store, err := Open(dir, Options{Now: func() time.Time { return tickTime }, Shown: "data"})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// replaceIn changes one place of a file; old must stand there exactly once.
func replaceIn(t testing.TB, path, old, with string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if count := strings.Count(string(content), old); count != 1 {
		t.Fatalf("%s holds %q %d times, want once", path, old, count)
	}
	write(t, path, strings.Replace(string(content), old, with, 1))
}

// said writes problems as `tiendo check` does, each on one line with its hint after a bar.
func said(problems []phrase.Problem) []string {
	var lines []string
	for _, problem := range problems {
		line := problem.Place() + ": "
		if problem.Warning {
			line += "warning: "
		}
		line += problem.What.String()
		if !problem.Hint.IsZero() {
			line += " | " + problem.Hint.String()
		}
		lines = append(lines, line)
	}
	return lines
}

// wantSaid compares problems line by line.
func wantSaid(t testing.TB, problems []phrase.Problem, want ...string) {
	t.Helper()
	if got := said(problems); !slices.Equal(got, want) {
		t.Errorf("said:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// load reads a data folder that has a usable plan.
func load(t testing.TB, dir string) *model.Campaign {
	t.Helper()
	campaign, err := openData(t, dir).Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return campaign
}

// damage is one mistake in one file of a data folder in which nothing else is wrong.
type damage struct {
	file, old, with string // old stands in the file exactly once
	unusable        bool   // without a usable plan Load gives an error, too
	want            []string
}

// testDamage wants Load to say of each mistake what and where it is, and nothing else.
func testDamage(t *testing.T, tests map[string]damage) {
	t.Helper()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := smallData(t)
			replaceIn(t, filepath.Join(dir, test.file), test.old, test.with)
			campaign, err := openData(t, dir).Load(context.Background())
			if unusable := err != nil; unusable != test.unusable {
				t.Errorf("Load gives %v", err)
			}
			wantSaid(t, campaign.Problems, test.want...)
		})
	}
}
