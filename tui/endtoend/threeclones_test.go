package endtoend

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// How much is exchanged in the test of random work.
var (
	syncRuns    = flag.Int("sync.runs", 1, "how many histories of random work are exchanged")
	syncClones  = flag.Int("sync.clones", 3, "in how many clones")
	syncActions = flag.Int("sync.actions", 100, "how many actions each clone makes")
	syncShared  = flag.Int("sync.shared", 20, "how many of 100 actions are about the same few cells")
	syncKilled  = flag.Int("sync.killed", 20, "how many of 100 exchanges of the last clone are killed before they are made")
)

// made is a change that somebody made, with the commit that holds it.
type made struct {
	hash, unit string
	subject    model.Subject
	seen       model.Value
	value      model.Value
}

// work is random work: what was done by whom.
type work struct {
	t         testing.TB
	random    *rand.Rand
	changes   []made
	refused   int // by the rules
	added     int // people
	conflicts int
	merges    int
	aside     int // files of which a version was set aside
	kills     int
}

// act does something in a clone.
func (w *work) act(c *clone) {
	w.t.Helper()
	c.now = c.now.Add(time.Duration(1+w.random.IntN(900)) * time.Second)
	switch chance := w.random.IntN(100); {
	case chance < 12:
		w.exchange(c)
		return
	case chance < 15:
		w.byHand(c)
		return
	default:
		w.change(c, chance)
	}
}

// change makes a change of some kind.
func (w *work) change(c *clone, chance int) {
	w.t.Helper()
	campaign := c.load()
	units, shared := campaign.Roster.Units, w.random.IntN(100) < *syncShared
	if shared {
		units = units[:1]
	}
	unit := &units[w.random.IntN(len(units))]
	change := model.Change{Person: c.person, Unit: unit.ID}
	switch {
	case chance < 24:
		change.Subject = model.Subject{Kind: model.SubjectMessage, ID: campaign.Plan.Messages[w.random.IntN(len(campaign.Plan.Messages))].ID}
		change.New = model.Use{Channels: []string{campaign.Plan.Channels[w.random.IntN(len(campaign.Plan.Channels))].ID}}
	case chance < 28:
		change.Unit = ""
		change.Subject = model.Subject{Kind: model.SubjectText, ID: string(document.OfficeTexts()[w.random.IntN(3)])}
		change.New = model.Text(fmt.Sprintf("Lời văn %d của %s", w.random.IntN(1000), c.name))
	case chance < 30:
		w.added++
		person := model.Person{ID: fmt.Sprintf("nguoi-%d", w.added/2), Name: "Người của " + c.name, Unit: unit.ID, Role: model.Staff}
		change.Unit, change.Subject, change.New = "", model.Subject{Kind: model.SubjectPerson, ID: person.ID}, &person
	case chance < 60:
		change.Subject = model.Subject{Kind: model.SubjectReport}
		change.New = w.report(campaign.Progress[unit.ID].Report, c)
	default:
		activity := w.activity(&campaign.Plan, unit, shared)
		progress := campaign.Progress[unit.ID]
		change.Subject = model.Subject{Kind: model.SubjectActivity, ID: activity.ID}
		change.New = w.entry(activity, progress.Entry(activity.ID), c)
	}
	change.Seen = valueOf(campaign, change.Unit, change.Subject)
	receipt, err := c.store.Apply(context.Background(), change)
	if _, refused := errors.AsType[*phrase.Refusal](err); refused {
		w.refused++
		return
	}
	if err != nil || !receipt.Pending.IsZero() {
		w.t.Fatalf("%s: %v, %v", c.name, err, receipt.Pending)
	}
	if locked := campaign.Progress[change.Unit].Report.Status == model.Accepted; locked && change.Subject.Kind != model.SubjectReport {
		w.t.Errorf("%s: %+v was taken although the report is accepted", c.name, change)
	}
	if !receipt.Unchanged {
		w.changes = append(w.changes, made{receipt.Hash, change.Unit, change.Subject, change.Seen, receipt.Value})
	}
}

// activity is one of those of a unit, or of the first three that everybody works on.
func (w *work) activity(plan *model.Plan, unit *model.Unit, shared bool) *model.Activity {
	var own []*model.Activity
	for i := range plan.Activities {
		if activity := &plan.Activities[i]; activity.AssignedTo(unit) {
			own = append(own, activity)
		}
	}
	if shared {
		own = own[:3]
	}
	return own[w.random.IntN(len(own))]
}

// entry is what a unit does next of an activity.
func (w *work) entry(activity *model.Activity, entry model.Entry, c *clone) model.Entry {
	entry.Status = duty.Statuses()[w.random.IntN(3)]
	switch w.random.IntN(4) {
	case 0:
		entry.Note = fmt.Sprintf("ghi chú %d của %s", w.random.IntN(1000), c.name)
	case 1:
		entry.Evidence = append(slices.Clone(entry.Evidence), fmt.Sprintf("anh/%d.jpg", w.random.IntN(1000)))
	case 2:
		if len(activity.Indicators) > 0 {
			entry.Figures = map[string]float64{activity.Indicators[0].ID: float64(w.random.IntN(100))}
		}
	}
	return entry
}

// report is a step that a report can take.
func (w *work) report(report model.Report, c *clone) model.Report {
	chance := w.random.IntN(10)
	switch {
	case chance == 0 && report.ExtendedUntil.IsZero():
		return report.Extend(calendar.Date(2019, time.December, 20), "chậm số liệu")
	case report.Status == model.Submitted && chance < 7:
		return report.Accept()
	case report.Status == model.Submitted, report.Status == model.Accepted && chance < 3:
		return report.Return(fmt.Sprintf("thiếu số liệu %d", w.random.IntN(1000)))
	case report.Status == model.Accepted:
		return report.Withdraw()
	case chance < 4:
		written := report
		written.Results = fmt.Sprintf("Kết quả %d của %s", w.random.IntN(1000), c.name)
		return report.Write(written)
	}
	return report.SubmitNil("không phát sinh")
}

// valueOf is what a state of the data says about a subject.
func valueOf(campaign *model.Campaign, unit string, subject model.Subject) model.Value {
	if subject.Kind.OfOffice() {
		return campaign.Office.Of(subject)
	}
	return campaign.Value(unit, subject)
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

// exchange synchronises, which nothing may stop, and settles some of what is in dispute.
func (w *work) exchange(c *clone) {
	w.t.Helper()
	if w.random.IntN(100) < *syncKilled && c.mortal {
		w.kill(c)
	}
	result := c.mustSync()
	if result.Merged != "" {
		w.merges++
	}
	here, there := strings.TrimSpace(c.git("rev-parse", "HEAD")), c.git("ls-remote", "origin", "refs/heads/main")
	if !strings.HasPrefix(there, here) {
		w.t.Errorf("%s: after an exchange the last commit is %s here and %s there", c.name, here, there)
	}
	if c.repository.Merging() || result.Waiting != 0 {
		w.t.Fatalf("%s: a merge in progress: %v; %d commits wait", c.name, c.repository.Merging(), result.Waiting)
	}
	w.aside += result.Conflicts
	open := c.conflicts()
	w.random.Shuffle(len(open), func(i, j int) { open[i], open[j] = open[j], open[i] })
	for _, conflict := range open[:len(open)/2] {
		c.now = c.now.Add(time.Duration(1+w.random.IntN(900)) * time.Second)
		w.settle(c, conflict)
	}
}

// kill lets an exchange begin, and kills it together with its gits at one of the calls that it makes. The next one
// finds what is left.
func (w *work) kill(c *clone) {
	w.t.Helper()
	if killedAt(w.t, c.dir, c.home, 1+w.random.IntN(250), tiendo(w.t), "--data", c.data(), "--as", c.person.ID, "sync") {
		w.kills++
	}
	if out, err := c.try("git", "fsck", "--no-dangling"); err != nil {
		w.t.Errorf("%s: after a kill: %v\n%s", c.name, err, out)
	}
	records, err := filepath.Glob(filepath.Join(c.data(), "progress", "*"))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, file := range records {
		if info, err := os.Stat(file); err != nil || info.Size() == 0 {
			w.t.Errorf("%s: after a kill: %s, %v", c.name, file, err)
		}
	}
}

// settle decides one conflict; the next one of its entry, or of its file, may stand otherwise then.
func (w *work) settle(c *clone, conflict review.MergeConflict) {
	w.t.Helper()
	take := []review.Take{review.TakeOurs, review.TakeTheirs, review.TakeBoth}[w.random.IntN(3)]
	if _, possible := conflict.Both(); !possible && take == review.TakeBoth {
		take = review.TakeOurs
	}
	resolved, err := c.store.Resolve(context.Background(), review.Resolution{Person: c.person, Conflict: conflict, Take: take})
	if _, refused := errors.AsType[*phrase.Refusal](err); refused { // as the rules do, or because it has come to the same
		w.refused++
		return
	}
	if err != nil || !resolved.Pending.IsZero() {
		w.t.Fatalf("%s: %s of %s %s: %v, %v", c.name, take, conflict.Unit, conflict.Entry, err, resolved.Pending)
	}
	w.conflicts++
	if conflict.Disputed() {
		w.changes = append(w.changes, made{resolved.Hash, conflict.Unit, conflict.Subject, conflict.InFile, resolved.Value})
	}
}

// inMemory keeps the clones of a test off the disk, where that is possible: it is about
// what is merged, and waiting for the disk at each of hundreds of commits takes minutes.
func inMemory(t testing.TB) {
	t.Helper()
	const memory = "/dev/shm"
	if info, err := os.Stat(memory); err == nil && info.IsDir() {
		t.Setenv("TMPDIR", memory)
	}
}

// workTogether lets people work at random in clones of their own, and exchange what they do.
func workTogether(t testing.TB, seed uint64, actions int) (w *work, clones []*clone) {
	t.Helper()
	inMemory(t)
	clones, _ = separate(t, *syncClones)
	clones[len(clones)-1].mortal = true
	w = &work{t: t, random: rand.New(rand.NewPCG(20191115, seed))}
	for range actions * len(clones) {
		w.act(clones[w.random.IntN(len(clones))])
		if t.Failed() {
			t.FailNow()
		}
	}
	for range 2 {
		for _, c := range clones {
			c.mustSync()
		}
	}
	return w, clones
}

// People work in clones of their own and exchange what they do, which nothing stops: in the end all have the same,
// every change is in the history, and every entry holds what anybody made it last.
func TestThreeClones(t *testing.T) {
	for run := range *syncRuns {
		t.Run(fmt.Sprintf("seed %d", run+1), func(t *testing.T) {
			w, clones := workTogether(t, uint64(run+1), *syncActions)
			for _, c := range clones {
				if c.state() != clones[0].state() {
					t.Errorf("%s and %s differ:\n%s\n%s", clones[0].name, c.name, clones[0].state(), c.state())
				}
				c.clean()
			}
			values, lost := w.verify(clones[0])
			driver, text := countConflicts(clones[0])
			open := len(review.Disputes(clones[0].load()))
			t.Logf("%d changes of %d entries, %d lost; %d refused by the rules; %d merges, %d disputes settled, %d open; %d versions was set aside; %d exchanges killed; "+
				"of the merges %d conflict with the driver, %d as plain text",
				len(w.changes), values, lost, w.refused, w.merges, w.conflicts, open, w.aside, w.kills, driver, text)
			if w.merges == 0 || w.conflicts == 0 {
				t.Error("the work never met: the test shows nothing")
			}
		})
	}
}

// BenchmarkThreeClones is the same with its numbers: what was changed and merged, and what was lost.
func BenchmarkThreeClones(b *testing.B) {
	for b.Loop() {
		w, clones := workTogether(b, 1, *syncActions)
		_, lost := w.verify(clones[0])
		b.ReportMetric(float64(len(w.changes)), "changes")
		b.ReportMetric(float64(w.merges), "merges")
		b.ReportMetric(float64(w.conflicts), "conflicts")
		b.ReportMetric(float64(lost), "lost")
	}
}
