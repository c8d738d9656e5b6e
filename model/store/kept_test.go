package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/phrase"
)

// lostFiles is a repository in which one record and the Office's part are missing, while git still has them.
func lostFiles(t *testing.T) (dir string, open func() *Store) {
	t.Helper()
	dir, open = repository(t)
	store := open()
	apply(t, store, tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done), officeText(document.TextLaunch, "", "Phát động."))
	for _, name := range []string{"progress/van-phong.toml", "report.toml"} {
		if err := os.Remove(filepath.Join(dir, "data", name)); err != nil {
			t.Fatal(err)
		}
	}
	return dir, open
}

// A file that is missing while git still has it is no empty one: nothing is known of the unit, and nothing is written.
func TestALostFileIsNotMadeAnew(t *testing.T) {
	dir, open := lostFiles(t)
	store := open()
	campaign, err := store.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	wayOut := func(file string) string {
		return "`git restore -- " + file + "` brings it back; if it is meant to go, commit that: `git rm --cached -- " + file + "`, then `git commit`"
	}
	const record, office, what = "data/progress/van-phong.toml", "data/report.toml", ": the file is missing here, but git still has it"
	wantSaid(t, campaign.Problems, record+what+" | "+wayOut(record), office+what+" | "+wayOut(office))
	if _, known := campaign.Progress["van-phong"]; known || len(campaign.Broken) != 1 || campaign.OfficeBroken == nil {
		t.Errorf("broken are %v and %v", campaign.Broken, campaign.OfficeBroken)
	}
	before := git(t, dir, "status", "--short")
	for file, change := range map[string]model.Change{
		record: tick(lan, "van-phong", "treo-bang-ron", untouched, model.Doing),
		office: officeText(document.TextLessons, "", "Một là."),
	} {
		_, err := store.Apply(context.Background(), change)
		if err == nil || !strings.Contains(err.Error(), "git still has it") || phrase.HintOf(err).String() != wayOut(file) {
			t.Errorf("%s: %v; %s", file, err, phrase.HintOf(err))
		}
	}
	if after := git(t, dir, "status", "--short"); after != before {
		t.Errorf("the work tree was\n%sand is\n%s", before, after)
	}
	apply(t, store, tick(lan, "thanh-tra", "treo-bang-ron", untouched, model.Done)) // all else goes on
}

// Brought back, or told to git as gone, the file is as any other, and who watches is told of it.
func TestALostFileIsDecided(t *testing.T) {
	tests := map[string]struct {
		decide []string // arguments of git
		want   model.Status
	}{
		"brought back":      {[]string{"restore", "data"}, model.Done},
		"staged as gone":    {[]string{"rm", "--quiet", "--cached", "data/progress/van-phong.toml", "data/report.toml"}, model.Todo},
		"committed as gone": {[]string{"-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--all", "--message=gone"}, model.Todo},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir, open := lostFiles(t)
			store := open()
			if _, err := store.Load(context.Background()); err != nil {
				t.Fatal(err)
			}
			if changed, err := store.Changed(context.Background()); changed || err != nil {
				t.Errorf("the files have changed: %v, %v", changed, err)
			}
			git(t, dir, test.decide...)
			if changed, err := store.Changed(context.Background()); !changed || err != nil {
				t.Errorf("the files have not changed: %v, %v", changed, err)
			}
			campaign, err := store.Load(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			wantSaid(t, campaign.Problems)
			if test.decide[0] == "rm" { // and back again
				git(t, dir, "reset", "--quiet")
				if changed, err := store.Changed(context.Background()); !changed || err != nil {
					t.Errorf("the files have not changed back: %v, %v", changed, err)
				}
				git(t, dir, test.decide...)
			}
			progress := campaign.Progress["van-phong"]
			entry := progress.Entry("treo-bang-ron")
			if entry.Status != test.want {
				t.Errorf("the entry is %+v", entry)
			}
			apply(t, store, tick(lan, "van-phong", "treo-bang-ron", entry, model.Doing), officeText(document.TextLessons, "", "Một là."))
		})
	}
}

// Units put on the roster by hand have no file yet, and it is made at the first change: with git as without.
func TestAFileThatGitNeverHadIsMade(t *testing.T) {
	dir, open := repository(t)
	for _, name := range []string{"progress/van-phong.toml", "report.toml"} {
		git(t, dir, "rm", "--quiet", "data/"+name)
	}
	git(t, dir, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--message=not begun")
	for name, store := range map[string]*Store{"git": open(), "no git": openData(t, filepath.Join(dir, "data"))} {
		campaign, err := store.Load(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		wantSaid(t, campaign.Problems)
		if len(campaign.Broken) > 0 || campaign.OfficeBroken != nil {
			t.Errorf("%s: broken are %v and %v", name, campaign.Broken, campaign.OfficeBroken)
		}
	}
	apply(t, open(), tick(lan, "van-phong", "treo-bang-ron", untouched, model.Done), officeText(document.TextLaunch, "", "Phát động."))
}

// A record that git still has is not made anew either when its unit comes back to the roster.
func TestALostFileStaysWhenItsUnitComesBack(t *testing.T) {
	dir, open := repository(t)
	add := onRoster(lan, model.SubjectUnit, "moi", (*model.Unit)(nil), &model.Unit{ID: "moi", Name: "Phòng mới", Group: "phong-don-vi"})
	units := filepath.Join(dir, "data", "units.toml")
	before, err := os.ReadFile(units)
	if err != nil {
		t.Fatal(err)
	}
	apply(t, open(), add)
	write(t, units, string(before))
	path := filepath.Join(dir, "data", "progress", "moi.toml")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	receipts := apply(t, open(), add)
	if notices := receipts[0].Notices; len(notices) == 0 || !strings.Contains(notices[len(notices)-1].String(), "git still has it") {
		t.Errorf("said: %v", notices)
	}
	if exists(path) {
		t.Error("the record was made anew")
	}
}
