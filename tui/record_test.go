package tui_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/demo"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
)

// lanReviewed is how many of the newest changes of the made-up campaign its coordinator has not reviewed.
const lanReviewed = 4

// madeUpRecord is a history without git: the single changes of the made-up campaign, as
// the store makes them one after the other.
type madeUpRecord struct {
	broken, beside, clock, uncounted error             // what the history says of itself
	revisions                        []review.Revision // newest first
	states                           []*model.Campaign
	reviewed                         string
	pages                            int                 // asked for
	days                             []model.Progression // the burn-up
}

// newRecord carries out the steps on a folder that holds the files of the made-up campaign.
func newRecord(t testing.TB) *madeUpRecord {
	t.Helper()
	files, err := demo.Files(os.DirFS(".."), demo.Options{Seed: demo.DefaultSeed})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := store.Create(dir, files); err != nil {
		t.Fatal(err)
	}
	var now time.Time
	data, err := store.Open(filepath.Join(dir, "data"), store.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	before, err := data.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	record := &madeUpRecord{}
	for i, step := range demo.Steps(before, demo.DefaultSeed) {
		now = step.At
		if _, err := data.Apply(context.Background(), step.Change); err != nil {
			t.Fatal(err)
		}
		after, err := data.Load(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		hash := fmt.Sprintf("%07x%033d", 0xa10000+i*4099, i)
		record.revisions = append(record.revisions, review.Revision{
			Hash: hash, Short: hash[:7], Author: step.Change.Person.Name, Email: step.Change.Person.Email, At: step.At,
			Title: "made-up title", Campaign: after, Differences: review.Compare(before, after),
		})
		record.states = append(record.states, after)
		before = after
	}
	slices.Reverse(record.revisions)
	slices.Reverse(record.states)
	record.reviewed = record.revisions[lanReviewed].Hash
	return record
}

func (r *madeUpRecord) at(hash string) int {
	return slices.IndexFunc(r.revisions, func(revision review.Revision) bool { return revision.Hash == hash })
}

func (r *madeUpRecord) Page(_ context.Context, tip string, skip int) (review.Page, error) {
	const size = 5
	r.pages++
	revisions := r.revisions
	if tip != "" {
		revisions = revisions[r.at(tip):]
	}
	end := min(skip+size, len(revisions))
	return review.Page{Revisions: revisions[skip:end], Read: end - skip, More: end < len(revisions), Beside: r.beside}, r.broken
}

func (r *madeUpRecord) Diff(_ context.Context, commit string) ([]string, error) {
	return []string{
		"diff --git a/data/progress/x.toml b/data/progress/x.toml", "@@ -5,3 +5,3 @@ [activity.treo-bang-ron]",
		"-status   = \"todo\"", "+status   = \"done\"", "+note     = \"" + commit[:7] + "\"", " ",
	}, nil
}

func (r *madeUpRecord) Effects(_ context.Context, commit string) ([]review.Effect, error) {
	at := r.at(commit)
	if at+1 >= len(r.states) {
		return nil, nil
	}
	day := calendar.DayIn(r.revisions[at].At, r.states[at].Plan.TimeZone)
	return review.Effects(r.states[at+1], r.states[at], day), nil
}

func (r *madeUpRecord) Unread(context.Context, model.Person) ([]string, error) {
	if r.uncounted != nil {
		return nil, r.uncounted
	}
	unread, all := []string(nil), len(r.revisions)
	if r.reviewed != "" {
		all = r.at(r.reviewed)
	}
	for _, revision := range r.revisions[:all] {
		unread = append(unread, revision.Hash)
	}
	return unread, nil
}

func (r *madeUpRecord) MarkReviewed(_ context.Context, _ model.Person, commit string) (string, error) {
	before := r.reviewed
	r.reviewed = commit
	return before, nil
}

func (r *madeUpRecord) ClockBehind(context.Context) error { return r.clock }

func (r *madeUpRecord) BurnUp(context.Context) []model.Progression { return r.days }

func (r *madeUpRecord) AsOf(_ context.Context, day calendar.Day) (*model.Campaign, string, error) {
	at, found := slices.BinarySearchFunc(r.revisions, day, func(revision review.Revision, day calendar.Day) int {
		return cmp.Compare(0, revision.At.Compare(day.Add(1).Midnight(revision.Campaign.Plan.TimeZone)))
	})
	_ = found
	if at >= len(r.states) {
		return nil, "", phrase.Refuse(phrase.Say("the history begins later than %s", day), phrase.Sentence{})
	}
	past := *r.states[at]
	past.AsOf = phrase.Say("%s (%s)", day, r.revisions[at].Short)
	return &past, r.revisions[at].Hash, nil
}

// madeUpConflicts are two entries that two people changed differently.
type madeUpConflicts struct {
	open     []review.MergeConflict
	resolved []review.Resolution
}

func newConflicts() *madeUpConflicts {
	zone := time.FixedZone("+07", 7*3600)
	version := func(by string, hour int, entry model.Entry) review.MergeVersion {
		return review.MergeVersion{By: by, At: time.Date(2019, 12, 10, hour, 20, 0, 0, zone), Value: entry}
	}
	return &madeUpConflicts{open: []review.MergeConflict{
		{
			File: "data/progress/thanh-tra.toml", Unit: "thanh-tra", Entry: "activity.treo-bang-ron",
			Subject: model.Subject{Kind: model.SubjectActivity, ID: "treo-bang-ron"},
			Base:    version("", 0, model.Entry{Status: model.Todo}),
			Ours:    version("lan", 9, model.Entry{Status: model.Done, Figures: map[string]float64{"bang-ron": 4}}),
			Theirs:  version("hang", 10, model.Entry{Status: model.Doing, Figures: map[string]float64{"bang-ron": 3}, Note: "chờ pano"}),
		},
		{File: "data/plan.toml", Entry: "theme", Ours: review.MergeVersion{Text: "theme = \"A\"\n"}, Theirs: review.MergeVersion{Gone: true}},
	}}
}

func (c *madeUpConflicts) Conflicts(context.Context) ([]review.MergeConflict, error) {
	return slices.Clone(c.open), nil
}

func (c *madeUpConflicts) Resolve(_ context.Context, resolution review.Resolution) (review.Resolved, error) {
	c.resolved = append(c.resolved, resolution)
	c.open = slices.DeleteFunc(c.open, func(open review.MergeConflict) bool { return open.File == resolution.Conflict.File })
	resolved := review.Resolved{Resolution: resolution, Left: len(c.open)}
	if resolved.Left == 0 {
		resolved.Hash = "3f9c2d1"
	}
	return resolved, nil
}

// Conflicts come first, are settled by one key each, and are for those who may change the entry.
func TestConflictsOnTheTab(t *testing.T) {
	conflicts := newConflicts()
	d := openDemo(t, setting{language: phrase.English, record: newRecord(t), conflicts: conflicts})
	d.size(80, 24)
	d.shows("Changes ⚠2")
	d.press("5", "home")
	d.shows("2 entries were changed on both sides", "A 09:20 today", "Băng rôn, khẩu hiệu 4", "B 10:20 today", "chờ pano")
	d.press("c")
	d.shows("they differ, so both cannot be kept: done / in progress", "A or B, or edit with e")
	d.press("b")
	if len(conflicts.resolved) != 1 || conflicts.resolved[0].Take != review.TakeTheirs {
		t.Fatalf("resolved: %v", conflicts.resolved)
	}
	d.shows("decided; 1 entry is left", "Changes ⚠1")
	d.press("c")
	d.shows("both cannot be kept here")
	d.press("a")
	d.shows("the two sides are joined: 3f9c2d1", "Changes ●4")
	if len(conflicts.resolved) != 2 || conflicts.resolved[1].Take != review.TakeOurs {
		t.Errorf("resolved: %v", conflicts.resolved)
	}
}

// A dispute goes on in the form, which begins with both versions.
func TestDisputeGoesOnInTheForm(t *testing.T) {
	conflicts := newConflicts()
	first := &conflicts.open[0]
	entry := model.As[model.Entry](first.Ours.Value)
	entry.Others = []model.Entry{model.As[model.Entry](first.Theirs.Value)}
	first.InFile = entry
	d := openDemo(t, setting{language: phrase.English, record: newRecord(t), conflicts: conflicts})
	d.size(80, 24)
	d.press("5", "home")
	d.shows("e join both", "as in B, the later one")
	d.press("e")
	d.shows("Thanh tra Sở", "chờ pano", "(•) in progress")
}

func TestConflictIsNotForEverybody(t *testing.T) {
	conflicts := newConflicts()
	d := openDemo(t, setting{language: phrase.English, record: newRecord(t), conflicts: conflicts, person: "giam-sat"})
	d.size(80, 24)
	d.press("5", "home", "a")
	d.shows("may look but not change anything")
	if len(conflicts.resolved) > 0 {
		t.Errorf("resolved: %v", conflicts.resolved)
	}
}

// Whose version was not taken is told so.
func TestNotTaken(t *testing.T) {
	record := newRecord(t)
	record.revisions[0].NotTaken = []review.NotTaken{{Unit: "thanh-tra", Entry: "activity.treo-bang-ron", By: "hang"}}
	d := openDemo(t, setting{language: phrase.English, record: record, person: "hang"})
	d.size(80, 24)
	d.press("5", "home")
	d.shows("⚠ 12:26", "the version of Bùi Hằng was not taken", "still in the history")
	d.press("!")
	d.shows("the version of Bùi Hằng was not taken")
}

// More of the history is read when the cursor comes near its end, and again from the start when the data change.
func TestChangesAreReadByPages(t *testing.T) {
	record := newRecord(t)
	d := openDemo(t, setting{language: phrase.English, record: record})
	d.size(80, 24)
	if record.pages != 0 {
		t.Errorf("%d pages were read before the tab was opened", record.pages)
	}
	d.press("5")
	d.shows("Changes ●4", record.revisions[0].Author)
	d.press("end")
	if want := (len(record.revisions) + 4) / 5; record.pages != want {
		t.Errorf("%d pages of %d commits, want %d", record.pages, len(record.revisions), want)
	}
	before := record.pages
	d.press("3", "5")
	if record.pages != before {
		t.Error("the history was read again although nothing had changed")
	}
	d.someoneElse("thanh-tra", "treo-bang-ron", model.Entry{Status: model.Doing})
	d.press("ctrl+r")
	if record.pages == before {
		t.Error("the history was not read again")
	}
}

func TestReviewedUpToHere(t *testing.T) {
	record := newRecord(t)
	d := openDemo(t, setting{language: phrase.English, record: record})
	d.size(80, 24)
	d.press("5", "down", "m")
	if record.reviewed != record.revisions[1].Hash {
		t.Errorf("reviewed up to %s, want %s", record.reviewed, record.revisions[1].Hash)
	}
	d.shows("Changes ●1", "reviewed up to "+record.revisions[1].Short)
}

// Undoing goes the way of every change: it is asked about, compared and answered.
func TestRevert(t *testing.T) {
	record := newRecord(t)
	d := openDemo(t, setting{language: phrase.English, record: record})
	d.size(80, 24)
	undone := record.revisions[0] // the acceptance of a report
	unit := undone.Differences[0].Unit
	d.press("5", "r")
	d.shows("Undo this change?")
	d.press("y")
	campaign, err := d.store.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := campaign.Progress[unit].Report, undone.Differences[0].Before; !got.Equal(want) {
		t.Errorf("the report is %v, want %v", got, want)
	}
	d.press("r")
	d.shows("it is already back to its earlier state")
}

// Stepping back shows the board of that day, and nothing can be changed there.
func TestStepThroughTheDays(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, record: newRecord(t)})
	d.size(80, 24)
	d.press("]")
	d.shows("this is the present")
	d.press("[")
	d.shows("AS IT WAS", "09/12/2019")
	d.press("3", " ")
	d.shows("nothing is changed in the")
	d.press("u")
	d.shows("nothing to undo")
	d.press("[")
	d.shows("the history begins later")
	d.press("]")
	d.lacks("AS IT WAS")
	d.shows("10/12/2019", "this is the present")
	d.press("[", "3", "enter", "esc") // first out of the detail
	d.shows("AS IT WAS")
	d.press("esc")
	d.lacks("AS IT WAS")
	d.shows("10/12/2019", "this is the present")
	d.press("3", "down", "e", "right", "ctrl+s")
	d.shows("saved")
}

// The whole dashboard is as it was: its history ends with that day, and so does the burn-up.
func TestThePastEndsWithItsDay(t *testing.T) {
	record := newRecord(t)
	for i := range 8 {
		record.days = append(record.days, model.Progression{Day: calendar.Date(2019, 12, 3).Add(i), Done: i, Total: 61})
	}
	exchanges := 0
	d := openDemo(t, setting{language: phrase.English, record: record, sync: func(context.Context, func(phrase.Sentence)) (review.SyncResult, error) {
		exchanges++
		return review.SyncResult{}, nil
	}})
	d.size(120, 40)
	d.press("4")
	d.shows("7/61")
	d.press("5")
	d.shows("Tuesday, 10/12/2019")
	d.press("[")
	d.shows("AS IT WAS", "Monday, 09/12/2019")
	d.lacks("Tuesday, 10/12/2019")
	reviewed := record.reviewed
	for _, key := range []string{"r", "m", "S"} {
		d.press(key)
		d.shows("nothing is changed in the")
	}
	if record.reviewed != reviewed || exchanges > 0 {
		t.Error("something was changed in the past")
	}
	d.press("4")
	d.shows("6/61")
	d.lacks("7/61")
	d.press("]", "5")
	d.shows("Tuesday, 10/12/2019")
	d.press("4")
	d.shows("7/61")
}

// What waits for a decision waits now; on an earlier day it was not there.
func TestNoConflictsInThePast(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, record: newRecord(t), conflicts: newConflicts()})
	d.size(80, 24)
	d.shows("Changes ⚠2")
	d.press("[")
	d.lacks("⚠2")
	d.press("]")
	d.shows("Changes ⚠2")
}

// Without a history the tab of changes gives the true reason and its way out.
func TestNoHistorySaysWhy(t *testing.T) {
	why := phrase.Refuse(phrase.Say("git is not installed"), phrase.Say("install it: apt install git"))
	d := openWith(t, setting{language: phrase.English, today: inTheCampaign, noHistory: why})
	d.size(80, 24)
	d.press("5")
	d.shows("git is not installed — install it: apt install git")
	d.lacks("git init")
}

// What cannot be read of the history stands where it would stand, and nobody is named as its author.
func TestWhatCannotBeReadOnTheTab(t *testing.T) {
	record := newRecord(t)
	newest := &record.revisions[0]
	newest.Differences, newest.Unreadable = nil, phrase.Refuse(phrase.Say("the history is damaged or incomplete: %s", "x missing"), phrase.Say("try again when the remote can be reached"))
	edge := &record.revisions[1]
	edge.Differences, edge.Boundary, edge.Author = nil, true, "Not The Author"
	record.broken = phrase.Refuse(phrase.Say("the history is damaged or incomplete: %s", "commit gone"), phrase.Sentence{})
	record.beside = phrase.Refuse(phrase.Say("the history says nothing of data files that are in no commit: %s", "data/units.toml"), phrase.Sentence{})
	d := openDemo(t, setting{language: phrase.English, record: record})
	d.size(100, 30)
	d.press("5")
	d.shows("data files that are in no commit: data/units.toml", "the history is damaged or incomplete: x missing", "the history before it is not in this clone",
		"The history cannot be read: the history is damaged or incomplete: commit gone")
	d.lacks("Not The Author")
	d.press("home")
	d.press("x")
	d.shows("x missing — try again when the remote can be reached")
}

// What is unread is not taken for nothing when that cannot be found out.
func TestUnreadThatCannotBeCounted(t *testing.T) {
	record := newRecord(t)
	record.uncounted = phrase.Refuse(phrase.Say("the history is damaged or incomplete: %s", "x missing"), phrase.Sentence{})
	d := openDemo(t, setting{language: phrase.English, record: record})
	d.size(80, 24)
	d.press("5", "!")
	d.lacks("Everything has been reviewed.")
	d.shows("The history cannot be read: the history is damaged or incomplete: x missing")
}

// A clock that is behind the last commit is named whatever is on the screen.
func TestClockBehindInTheHeader(t *testing.T) {
	record := newRecord(t)
	record.clock = phrase.Refuse(phrase.Say("the machine's clock is not behind the last commit"), phrase.Sentence{}) // any words
	d := openDemo(t, setting{language: phrase.English, record: record})
	d.size(80, 24)
	for _, tab := range []string{"1", "3", "5"} {
		d.press(tab)
		d.shows("⚠ the machine's clock is not behind the last commit")
	}
}

// The header names what was edited by hand and is in no commit, as long as the files have no problem.
func TestHeaderNamesWhatIsInNoCommit(t *testing.T) {
	d := openDemo(t, setting{language: phrase.English, record: newRecord(t), byHand: []string{"data/units.toml"}})
	d.size(80, 24)
	d.shows("in no commit yet, so nobody else has it: data/units.toml")
}
