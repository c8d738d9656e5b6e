package demo_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/demo"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/store"
)

func embedded() fs.FS { return os.DirFS(filepath.Join("..", "..")) }

func makeFiles(t *testing.T, options demo.Options) map[string][]byte {
	t.Helper()
	files, err := demo.Files(embedded(), options)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// load writes the files and reads them back as the program does.
func load(t *testing.T, options demo.Options) *model.Campaign {
	t.Helper()
	dir := t.TempDir()
	if err := store.Create(dir, makeFiles(t, options)); err != nil {
		t.Fatal(err)
	}
	opened, err := store.Open(filepath.Join(dir, "data"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	campaign, err := opened.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return campaign
}

func TestFilesHaveNoProblems(t *testing.T) {
	for _, units := range []int{0, 1, 2, 9, 10, 11, 40, 130} {
		for seed := range uint64(4) {
			t.Run(fmt.Sprintf("%d units, seed %d", units, seed), func(t *testing.T) {
				campaign := load(t, demo.Options{Units: units, Seed: seed})
				for _, problem := range campaign.Problems {
					t.Error(problem)
				}
				if units > 0 && len(campaign.Roster.Units) != units || len(campaign.Progress) != len(campaign.Roster.Units) {
					t.Errorf("%d units and %d with progress", len(campaign.Roster.Units), len(campaign.Progress))
				}
				if campaign.Plan.MadeUp != demo.Today() {
					t.Errorf("made up on %v", campaign.Plan.MadeUp)
				}
				checkSteps(t, campaign, seed)
			})
		}
	}
}

// checkSteps wants steps that the rules allow, in the order of time, each on an entry of its own.
func checkSteps(t *testing.T, campaign *model.Campaign, seed uint64) {
	t.Helper()
	type entry struct {
		unit    string
		subject model.Subject
	}
	seen := map[entry]bool{}
	var last time.Time
	for _, step := range demo.Steps(campaign, seed) {
		if err := campaign.Check(step.Change); err != nil {
			t.Errorf("%s %v: %v", step.Change.Unit, step.Change.Subject, err)
		}
		at := entry{step.Change.Unit, step.Change.Subject}
		if seen[at] {
			t.Errorf("a second step on %v", at)
		}
		seen[at] = true
		if !step.At.After(last) || calendar.DayIn(step.At, campaign.Plan.TimeZone).After(demo.Today()) {
			t.Errorf("a step at %v after one at %v", step.At, last)
		}
		last = step.At
	}
	if len(seen) < 3 && len(campaign.Roster.Units) >= 10 {
		t.Errorf("only %d steps", len(seen))
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	one, again, other := makeFiles(t, demo.Options{Seed: 7}), makeFiles(t, demo.Options{Seed: 7}), makeFiles(t, demo.Options{Seed: 8})
	different := 0
	for name, content := range one {
		if !bytes.Equal(content, again[name]) {
			t.Errorf("%s is not the same", name)
		}
		if !bytes.Equal(content, other[name]) {
			different++
		}
	}
	if len(one) != len(again) || different == 0 {
		t.Errorf("%d and %d files; another seed changes %d", len(one), len(again), different)
	}
}

// TestPastLeadsToFiles carries out the made-up history: in the order of time, each
// change on what stood there before, nobody after having reported, and at the end the files.
func TestPastLeadsToFiles(t *testing.T) {
	for _, options := range []demo.Options{{Seed: demo.DefaultSeed}, {Seed: 1}, {Units: 60, Seed: 2}} {
		past, err := demo.Past(embedded(), options)
		if err != nil {
			t.Fatal(err)
		}
		now := maps.Clone(past.Begin)
		last := past.At
		reported := map[string]bool{}
		for _, change := range past.Changes {
			subject := change.Change.Subject
			if change.At.Before(last) || now[change.Path] == nil || bytes.Equal(now[change.Path], change.Content) {
				t.Errorf("%s %v at %v changes nothing, or comes after %v", change.Path, subject, change.At, last)
			}
			if reported[change.Change.Unit] && subject.Kind != model.SubjectReport {
				t.Errorf("%s changes %v after its report", change.Change.Unit, subject)
			}
			reported[change.Change.Unit] = reported[change.Change.Unit] || model.As[model.Report](change.Change.New).Sent()
			if change.Change.Person.Name == "" || change.Change.Person.Email == "" {
				t.Errorf("nobody changes %v", subject)
			}
			now[change.Path], last = change.Content, change.At
		}
		for name, content := range makeFiles(t, options) {
			if !bytes.Equal(now[name], content) {
				t.Errorf("%+v: %s ends differently", options, name)
			}
		}
		if len(past.Changes) < 60 {
			t.Errorf("only %d changes", len(past.Changes))
		}
	}
}

func TestEveryFileSaysThatItIsMadeUp(t *testing.T) {
	for name, content := range makeFiles(t, demo.Options{Units: 12, Seed: 1}) {
		first, _, _ := strings.Cut(string(content), "\n")
		if !strings.HasPrefix(first, "# DỮ LIỆU GIẢ ĐỊNH") {
			t.Errorf("%s begins with %q", name, first)
		}
	}
}

// TestThePlanStaysWordForWord compares the plan with the embedded one: it has some lines more, and none else.
func TestThePlanStaysWordForWord(t *testing.T) {
	plan, err := fs.ReadFile(embedded(), "data/plan.toml")
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for _, line := range strings.SplitAfter(string(makeFiles(t, demo.Options{})["data/plan.toml"]), "\n") {
		if !strings.Contains(line, "giả định") && !strings.Contains(line, "GIẢ ĐỊNH") {
			kept = append(kept, line)
		}
	}
	if got := strings.TrimPrefix(strings.Join(kept, ""), "\n"); got != string(plan) {
		t.Error("more than the marked lines differs from the embedded plan")
	}
}

func TestDefaultLooksAlive(t *testing.T) {
	campaign := load(t, demo.Options{Seed: demo.DefaultSeed})
	board := model.NewBoard(campaign, demo.Today())
	total := board.Total
	if share := total.Done * 100 / total.Applicable(); share < 40 || share > 70 {
		t.Errorf("%d%% are done", share)
	}
	if total.Doing == 0 || total.NA == 0 || total.DoneLate == 0 || total.Overdue == 0 || total.Overdue > 6 {
		t.Errorf("not of everything a few: %+v", total)
	}
	statuses := map[model.ReportStatus]int{}
	for _, row := range board.Units {
		statuses[row.Report.Status]++
		if row.Report.Status == model.Returned && row.Report.Reason == "" {
			t.Errorf("%s got its report back without a reason", row.Unit.ID)
		}
		for i, cell := range row.Cells {
			if day := calendar.DayIn(cell.Entry.At, campaign.Plan.TimeZone); cell.Assigned && (day.After(demo.Today()) || cell.Entry.Status == model.Done && day.Before(campaign.Plan.Starts)) {
				t.Errorf("%s: %s is done on %v", row.Unit.ID, board.Activities[i].Activity.ID, day)
			}
			if row.Report.Sent() && cell.Assigned && cell.Entry.Status != model.Done && cell.Entry.Status != model.NA {
				t.Errorf("%s has sent its report before it was done with %s", row.Unit.ID, board.Activities[i].Activity.ID)
			}
		}
	}
	for _, status := range append(duty.ReportStatuses(), model.NotSent) {
		if statuses[status] == 0 {
			t.Errorf("no report is %q", status)
		}
	}
	used := 0
	for _, row := range board.Messages {
		used += len(row.Units)
	}
	if used < 8 {
		t.Errorf("messages are used %d times", used)
	}
	if steps := len(demo.Steps(campaign, demo.DefaultSeed)); steps < 10 {
		t.Errorf("%d single changes; want some ten", steps)
	}
}
