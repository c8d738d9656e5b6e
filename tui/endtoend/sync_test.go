package endtoend

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
)

// clone is one clone of the office's repository in which somebody works.
type clone struct {
	*office
	name       string
	store      *store.Store
	repository *history.Repository
	person     model.Person
	driver     string
	now        time.Time
	mortal     bool // its exchanges are killed at times
	progress   func(step phrase.Sentence)
}

// newRemote makes a bare repository that holds what the office has.
func (o *office) newRemote() string {
	o.t.Helper()
	bare := filepath.Join(o.t.TempDir(), "bare.git")
	o.run("git", "init", "--quiet", "--bare", "--initial-branch=main", bare)
	o.git("remote", "add", "origin", "file://"+bare)
	o.git("push", "--quiet", "--set-upstream", "origin", "main")
	return "file://" + bare
}

// newClone clones the remote for a person.
func (o *office) newClone(remote string, person model.Person) *clone {
	o.t.Helper()
	dir := filepath.Join(o.t.TempDir(), person.ID)
	o.run("git", "clone", "--quiet", remote, dir)
	c := &clone{
		office: &office{t: o.t, dir: dir, home: o.home}, name: person.ID, person: person,
		driver: tiendo(o.t) + " merge-file %O %A %B %P", now: time.Date(2019, 11, 18, 9, 0, 0, 0, time.FixedZone("+07", 7*3600)),
	}
	var err error
	if c.repository, err = history.Open(context.Background(), dir); err != nil {
		o.t.Fatal(err)
	}
	c.store, err = store.Open(c.data(), store.Options{
		Repository: c.repository, Shown: "data", Now: func() time.Time { return c.now },
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return c
}

func (c *clone) load() *model.Campaign {
	c.t.Helper()
	campaign, err := c.store.Load(context.Background())
	if err != nil {
		c.t.Fatalf("%s: %v", c.name, err)
	}
	return campaign
}

// tick makes a change of an activity; nothing is wrong when the rules or an open conflict refuse it.
func (c *clone) tick(unit, activity string, edit func(entry *model.Entry)) (model.Receipt, error) {
	c.t.Helper()
	progress := c.load().Progress[unit]
	seen := progress.Entry(activity)
	now := seen
	now.Figures = maps.Clone(now.Figures)
	edit(&now)
	return c.store.Apply(context.Background(), model.Change{
		Person: c.person, Unit: unit, Subject: model.Subject{Kind: model.SubjectActivity, ID: activity},
		Seen: seen, New: now,
	})
}

// sync exchanges with the remote.
func (c *clone) sync() (review.SyncResult, error) {
	return c.repository.Sync(context.Background(), c.syncOptions())
}

func (c *clone) syncOptions() history.SyncOptions {
	return history.SyncOptions{
		PlanDir: c.data(), Data: c.store.Exchanged(c.person.Signature()), Person: c.person, Language: phrase.Vietnamese,
		Driver: c.driver, Progress: c.progress,
	}
}

// mustSync is sync for where nothing may be in the way.
func (c *clone) mustSync() review.SyncResult {
	c.t.Helper()
	result, err := c.sync()
	if err != nil {
		c.t.Fatalf("%s: %v", c.name, err)
	}
	return result
}

func (c *clone) conflicts() []review.MergeConflict {
	c.t.Helper()
	conflicts, err := c.store.Conflicts(context.Background())
	if err != nil {
		c.t.Fatalf("%s: %v", c.name, err)
	}
	return append(conflicts, review.Disputes(c.load())...)
}

func (c *clone) resolve(conflict review.MergeConflict, take review.Take) review.Resolved {
	c.t.Helper()
	resolved, err := c.store.Resolve(context.Background(), review.Resolution{Person: c.person, Conflict: conflict, Take: take})
	if err != nil {
		c.t.Fatalf("%s: %s of %s: %v\n%s", c.name, take, conflict.Entry, err, c.git("status"))
	}
	return resolved
}

// state is every data file of a clone.
func (c *clone) state() string {
	c.t.Helper()
	return c.git("ls-tree", "-r", "HEAD", "--", "data")
}

func coordinator(id, name string) model.Person {
	return model.Person{ID: id, Name: name, Email: id + "@example.org", Role: model.Coordinator}
}

// separate are clones of one office, each of a coordinator of its own, and the remote between them.
func separate(t testing.TB, number int) (clones []*clone, remote string) {
	t.Helper()
	var roster strings.Builder
	var people []model.Person
	for _, name := range []string{"An", "Bình", "Chi", "Dung", "Giang", "Hà", "Khánh", "Lan"}[:number] {
		person := coordinator(strings.NewReplacer("ì", "i", "à", "a", "á", "a").Replace(strings.ToLower(name)), name)
		fmt.Fprintf(&roster, "\n[[person]]\nid = %q\nname = %q\nrole = \"coordinator\"\nemail = %q\n", person.ID, name, person.Email)
		people = append(people, person)
	}
	o := newOffice(t, roster.String())
	t.Setenv("HOME", o.home)
	t.Setenv("XDG_CONFIG_HOME", o.home)
	remote = o.newRemote()
	for _, person := range people {
		clones = append(clones, o.newClone(remote, person))
	}
	return clones, remote
}

// An exchange of another process was killed in the middle, while this one is open: the next one here finishes it.
func TestSyncFinishesWhatAnotherBegan(t *testing.T) {
	clones, _ := separate(t, 2)
	an, binh := clones[0], clones[1]
	binh.mustSync()
	an.must("van-phong", "treo-bang-ron", done)
	an.mustSync()
	binh.git("fetch", "--quiet", "origin")
	begun := fmt.Sprintf(`{"from": %q, "to": %q}`, strings.TrimSpace(binh.git("rev-parse", "HEAD")),
		strings.TrimSpace(binh.git("rev-parse", "origin/main")))
	if err := os.WriteFile(filepath.Join(binh.repository.Dir(), "move.json"), []byte(begun), 0o600); err != nil {
		t.Fatal(err)
	}
	binh.mustSync()
	progress := binh.load().Progress["van-phong"]
	if entry := progress.Entry("treo-bang-ron"); entry.Status != model.Done {
		t.Errorf("it came to %+v", entry)
	}
	binh.clean()
}
