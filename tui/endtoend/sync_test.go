package endtoend

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/store"
)

// How much is exchanged in the test of random work.
var (
	syncRuns    = flag.Int("sync.runs", 2, "how many histories of random work are exchanged")
	syncActions = flag.Int("sync.actions", 10, "how many actions each of the three clones makes")
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
	progress   func(step model.Sentence)
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
		History: c.repository, Merging: c.repository, Shown: "data", Now: func() time.Time { return c.now },
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
		Seen: model.Value{Entry: seen}, New: model.Value{Entry: now},
	})
}

// sync exchanges with the remote.
func (c *clone) sync() (model.SyncResult, error) {
	return c.repository.Sync(context.Background(), history.SyncOptions{
		Data: c.data(), Person: c.person, Language: model.Vietnamese, Driver: c.driver, Reader: store.NewPast("data"),
		Locked: func(ctx context.Context, work func(context.Context) error) error {
			return c.store.Locked(ctx, c.person.Signature(), work)
		},
		Verify: store.VerifyMerged, Progress: c.progress,
		MaySettle: func(file model.Unmerged) error { return c.store.MaySettle(c.load(), c.person, file) },
	})
}

// mustSync is sync for where nothing may be in the way.
func (c *clone) mustSync() model.SyncResult {
	c.t.Helper()
	result, err := c.sync()
	if err != nil {
		c.t.Fatalf("%s: %v", c.name, err)
	}
	return result
}

func (c *clone) conflicts() []model.MergeConflict {
	c.t.Helper()
	conflicts, err := c.store.Conflicts(context.Background())
	if err != nil {
		c.t.Fatalf("%s: %v", c.name, err)
	}
	return conflicts
}

func (c *clone) resolve(conflict model.MergeConflict, take model.Take) model.Resolved {
	c.t.Helper()
	resolved, err := c.store.Resolve(context.Background(), model.Resolution{Person: c.person, Conflict: conflict, Take: take})
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

const threePeople = `
[[person]]
id = "an"
name = "An"
role = "coordinator"
email = "an@example.org"

[[person]]
id = "binh"
name = "Bình"
role = "coordinator"
email = "binh@example.org"

[[person]]
id = "chi"
name = "Chi"
role = "coordinator"
email = "chi@example.org"
`

// three are clones of one office for three people, and the remote between them.
func three(t testing.TB) (clones []*clone, remote string) {
	t.Helper()
	o := newOffice(t, threePeople)
	t.Setenv("HOME", o.home)
	t.Setenv("XDG_CONFIG_HOME", o.home)
	remote = o.newRemote()
	for _, person := range []model.Person{coordinator("an", "An"), coordinator("binh", "Bình"), coordinator("chi", "Chi")} {
		clones = append(clones, o.newClone(remote, person))
	}
	return clones, remote
}

// made is a change that somebody made, with the commit that holds it.
type made struct {
	hash, unit string
	subject    model.Subject
	value      model.Value
}

// office of random work: what was done by whom.
type work struct {
	t         *testing.T
	random    *rand.Rand
	changes   []made
	conflicts int
	merges    int
}

// act does something in a clone.
func (w *work) act(c *clone) {
	c.now = c.now.Add(time.Duration(1+w.random.IntN(900)) * time.Second)
	switch chance := w.random.IntN(100); {
	case chance < 12:
		w.exchange(c)
	case chance < 15:
		w.byHand(c)
	case chance < 30:
		w.use(c)
	default:
		w.tick(c)
	}
}

func (w *work) tick(c *clone) {
	campaign := c.load()
	unit := &campaign.Roster.Units[w.random.IntN(len(campaign.Roster.Units))]
	var activities []*model.Activity
	for i := range campaign.Plan.Activities {
		if activity := &campaign.Plan.Activities[i]; activity.AssignedTo(unit) {
			activities = append(activities, activity)
		}
	}
	activity := activities[w.random.IntN(len(activities))]
	receipt, err := c.tick(unit.ID, activity.ID, func(entry *model.Entry) {
		entry.Status = model.Statuses()[w.random.IntN(3)]
		switch w.random.IntN(3) {
		case 0:
			entry.Note = fmt.Sprintf("ghi chú %d của %s", w.random.IntN(1000), c.name)
		case 1:
			entry.Evidence = append(slices.Clone(entry.Evidence), fmt.Sprintf("anh/%d.jpg", w.random.IntN(1000)))
		}
	})
	w.done(c, receipt, err)
}

func (w *work) use(c *clone) {
	campaign := c.load()
	unit := campaign.Roster.Units[w.random.IntN(len(campaign.Roster.Units))].ID
	message := campaign.Plan.Messages[w.random.IntN(len(campaign.Plan.Messages))].ID
	progress := campaign.Progress[unit]
	seen := progress.Messages[message]
	channel := campaign.Plan.Channels[w.random.IntN(len(campaign.Plan.Channels))].ID
	receipt, err := c.store.Apply(context.Background(), model.Change{
		Person: c.person, Unit: unit, Subject: model.Subject{Kind: model.SubjectMessage, ID: message},
		Seen: model.Value{Use: seen}, New: model.Value{Use: model.Use{Channels: []string{channel}}},
	})
	w.done(c, receipt, err)
}

func (w *work) done(c *clone, receipt model.Receipt, err error) {
	w.t.Helper()
	if err != nil || !receipt.Pending.IsZero() {
		w.t.Fatalf("%s: %v, %v", c.name, err, receipt.Pending)
	}
	if !receipt.Unchanged {
		w.changes = append(w.changes, made{receipt.Hash, receipt.Change.Unit, receipt.Change.Subject, receipt.Value})
	}
}

// byHand writes a comment above an entry and commits it with git.
func (w *work) byHand(c *clone) {
	files, _ := filepath.Glob(filepath.Join(c.data(), "progress", "*.toml"))
	file := files[w.random.IntN(len(files))]
	content, err := os.ReadFile(file)
	if err != nil {
		w.t.Fatal(err)
	}
	headers := strings.SplitAfter(string(content), "\n\n")
	at := w.random.IntN(len(headers))
	if !strings.HasPrefix(headers[at], "[activity.") {
		return
	}
	headers[at] = fmt.Sprintf("# %s đã xem %d\n", c.name, w.random.IntN(1000)) + headers[at]
	if err := os.WriteFile(file, []byte(strings.Join(headers, "")), 0o644); err != nil {
		w.t.Fatal(err)
	}
	c.git("commit", "--quiet", "--all", "--message=bằng tay")
}

// exchange synchronises and settles whatever both sides have changed.
func (w *work) exchange(c *clone) {
	w.t.Helper()
	result := c.mustSync()
	if result.Merged != "" {
		w.merges++
	}
	if result.Conflicts == 0 {
		return
	}
	w.merges++
	var settled []made
	for left := c.conflicts(); len(left) > 0; left = c.conflicts() {
		w.conflicts++
		conflict := left[w.random.IntN(len(left))]
		take := []model.Take{model.TakeOurs, model.TakeTheirs, model.TakeBoth}[w.random.IntN(3)]
		if _, possible := conflict.Both(); !possible && take == model.TakeBoth {
			take = model.TakeOurs
		}
		resolved := c.resolve(conflict, take)
		if !resolved.Pending.IsZero() || resolved.Left != len(left)-1 {
			w.t.Fatalf("%s: %d left of %d, %v", c.name, resolved.Left, len(left), resolved.Pending)
		}
		settled = append(settled, made{"", conflict.Unit, conflict.Subject, resolved.Value})
		for i := range settled {
			if resolved.Hash != "" {
				settled[i].hash = resolved.Hash
			}
		}
	}
	w.changes = append(w.changes, settled...)
	w.exchange(c)
}

// ancestors are all commits before each commit, by whole hashes.
func ancestors(c *clone) map[string]map[string]bool {
	before := map[string]map[string]bool{}
	for line := range strings.Lines(c.git("rev-list", "--parents", "--topo-order", "--reverse", "HEAD")) {
		hashes := strings.Fields(line)
		all := map[string]bool{}
		for _, parent := range hashes[1:] {
			all[parent] = true
			maps.Copy(all, before[parent])
		}
		before[hashes[0]] = all
	}
	return before
}

// whole finds the whole hash of a short one.
func whole(all map[string]map[string]bool, short string) string {
	for hash := range all {
		if short != "" && strings.HasPrefix(hash, short) {
			return hash
		}
	}
	return ""
}

// verify wants every change in the history, and in the files for each entry the last change
// that anybody made, or one of the last that know nothing of each other.
func (w *work) verify(c *clone) (values int) {
	before := ancestors(c)
	byEntry := map[string][]made{}
	for _, change := range w.changes {
		if change.hash = whole(before, change.hash); change.hash == "" {
			w.t.Errorf("the history does not hold the change of %s %s", change.unit, change.subject.ID)
			continue
		}
		key := change.unit + " " + string(change.subject.Kind) + " " + change.subject.ID
		byEntry[key] = append(byEntry[key], change)
	}
	campaign := c.load()
	if len(campaign.Problems) > 0 {
		w.t.Errorf("problems: %v", campaign.Problems)
	}
	for key, changes := range byEntry {
		now := campaign.Value(changes[0].unit, changes[0].subject)
		found := false
		for i, change := range changes {
			last := !slices.ContainsFunc(changes[i+1:], func(later made) bool { return later.hash == change.hash })
			for _, other := range changes {
				last = last && !before[other.hash][change.hash]
			}
			found = found || last && now.Equal(change.subject.Kind, change.value)
		}
		if !found {
			w.t.Errorf("%s is none of its last changes: %+v", key, now)
		}
		values++
	}
	return values
}

// Three people work in three clones and exchange what they do: in the end all have the same,
// every change is in the history, and every entry is what somebody made it last.
func TestThreeClones(t *testing.T) {
	for run := range *syncRuns {
		t.Run(fmt.Sprintf("seed %d", run+1), func(t *testing.T) {
			clones, _ := three(t)
			w := &work{t: t, random: rand.New(rand.NewPCG(20191115, uint64(run+1)))}
			for range *syncActions * len(clones) {
				w.act(clones[w.random.IntN(len(clones))])
				if t.Failed() {
					t.FailNow()
				}
			}
			for range 2 {
				for _, c := range clones {
					w.exchange(c)
				}
			}
			for _, c := range clones {
				if c.state() != clones[0].state() {
					t.Errorf("%s and %s differ:\n%s\n%s", clones[0].name, c.name, clones[0].state(), c.state())
				}
				c.clean()
			}
			values := w.verify(clones[0])
			driver, text := countConflicts(clones[0])
			t.Logf("%d changes of %d entries, none lost; %d merges, %d conflicts settled; of the merges %d conflict with the driver, %d as plain text",
				len(w.changes), values, w.merges, w.conflicts, driver, text)
			if w.merges == 0 || w.conflicts == 0 {
				t.Error("the work never met: the test shows nothing")
			}
		})
	}
}

// countConflicts merges the parents of every merge anew, with and without the driver, and
// counts how often something is in conflict.
func countConflicts(c *clone) (driver, text int) {
	var counts [2]int
	for line := range strings.Lines(c.git("rev-list", "--min-parents=2", "--parents", "HEAD")) {
		hashes := strings.Fields(line)
		for i, options := range [][]string{
			{"-c", "merge.tiendo.driver=" + c.driver, "-c", "core.attributesFile=" + filepath.Join(c.dir, ".git", "tiendo", "attributes")},
			{"-c", "core.attributesFile=" + os.DevNull},
		} {
			if _, err := c.try("git", append(options, "merge-tree", "--write-tree", "--no-messages", hashes[1], hashes[2])...); err != nil {
				counts[i]++
			}
		}
	}
	return counts[0], counts[1]
}
