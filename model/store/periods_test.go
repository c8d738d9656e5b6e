package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/model"
)

// monthly is the small plan with a report every month, and a record of thanh-tra that has not begun.
func monthly(t *testing.T) string {
	t.Helper()
	dir := smallData(t)
	plan := filepath.Join(dir, "plan.toml")
	replaceIn(t, plan, "schema = 1", "schema = 2")
	replaceIn(t, plan, "before = 2019-12-15\n", "every  = \"month\"\nbefore = 18\n")
	write(t, filepath.Join(dir, "progress", "thanh-tra.toml"),
		"# Thanh tra Sở\n[activity.treo-bang-ron]\nstatus   = \"todo\"\n\n[report]\n")
	write(t, filepath.Join(dir, "progress", "van-phong.toml"), "[activity.treo-bang-ron]\nstatus = \"todo\"\n\n[report]\n")
	return dir
}

// makeIn makes a change in a record as it stands, and wants it to go through, or to be refused with some words.
func makeIn(t *testing.T, store *Store, person model.Person, subject model.Subject, refusal string,
	value func(seen model.Value) model.Value) {
	t.Helper()
	campaign, err := store.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	seen := campaign.Value("van-phong", subject)
	change := model.Change{Person: person, Unit: "van-phong", Subject: subject, Seen: seen, New: value(seen)}
	_, err = store.Apply(context.Background(), change)
	if (err == nil) != (refusal == "") || err != nil && !strings.Contains(err.Error(), refusal) {
		t.Fatalf("%v: error %v; want %q", subject, err, refusal)
	}
}

// A period has a report and figures of its own, in tables of their own; accepting it locks these and nothing else.
func TestPeriodsAreWritten(t *testing.T) {
	dir := monthly(t)
	store := openData(t, dir)
	figure := func(key string, value float64) func(model.Value) model.Value {
		return func(seen model.Value) model.Value {
			entry := model.As[model.Entry](seen)
			figures := map[string]float64{key: value}
			for key, figure := range entry.Figures {
				if _, changed := figures[key]; !changed {
					figures[key] = figure
				}
			}
			entry.Status, entry.Figures = model.Doing, figures
			return entry
		}
	}
	activity := model.Subject{Kind: model.SubjectActivity, ID: "treo-bang-ron"}
	november := model.Subject{Kind: model.SubjectReport, ID: "2019-11"}
	december := model.Subject{Kind: model.SubjectReport, ID: "2019-12"}
	written := func(seen model.Value) model.Value {
		return model.As[model.Report](seen).Write(model.Report{Results: "Đã treo.", Difficulties: "Không."})
	}
	step := func(step func(model.Report) model.Report) func(model.Value) model.Value {
		return func(seen model.Value) model.Value { return step(model.As[model.Report](seen)) }
	}
	makeIn(t, store, lan, november, "", written)
	makeIn(t, store, lan, activity, "", figure("2019-11.tham-du", 40))
	makeIn(t, store, lan, november, "no figure for", step(model.Report.Submit))
	makeIn(t, store, lan, activity, "", figure("2019-11.tham-du-nu", 25))
	makeIn(t, store, lan, november, "", step(model.Report.Submit))
	makeIn(t, store, lan, november, "", step(model.Report.Accept))
	makeIn(t, store, lan, activity, "locked", figure("2019-11.tham-du", 41))
	makeIn(t, store, lan, activity, "", figure("2019-12.tham-du", 7))
	makeIn(t, store, lan, activity, "is more than", figure("2019-12.tham-du-nu", 8))
	makeIn(t, store, lan, december, "", written)
	makeIn(t, store, lan, activity, "one must be named", figure("tham-du", 7))
	makeIn(t, store, lan, activity, `no period "2020-01"`, figure("2020-01.tham-du", 7))
	makeIn(t, store, lan, model.Subject{Kind: model.SubjectReport}, "one must be named", written)
	makeIn(t, store, lan, model.Subject{Kind: model.SubjectReport, ID: "2019"}, `no period "2019"`, written)

	content, err := os.ReadFile(filepath.Join(dir, "progress", "van-phong.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"[activity.treo-bang-ron.figures.2019-11]\ntham-du = 40\ntham-du-nu = 25\n",
		"[activity.treo-bang-ron.figures.2019-12]\ntham-du = 7\n", "[report]\n", "[report.2019-11]\nstatus = \"accepted\"\n",
		"[report.2019-12]\nstatus = \"draft\"\n",
	} {
		if !strings.Contains(string(content), want) {
			t.Errorf("it lacks\n%s\nin\n%s", want, content)
		}
	}
	if problems := load(t, dir).Problems; len(problems) > 0 {
		t.Errorf("check says %v", said(problems))
	}
}

// What a record holds from before its plan had periods stays and counts nowhere; what no period has is missed.
func TestPeriodsInRecords(t *testing.T) {
	dir := monthly(t)
	write(t, filepath.Join(dir, "progress", "van-phong.toml"), `[activity.treo-bang-ron]
status = "doing"

[activity.treo-bang-ron.figures]
tham-du = 5
2019-11 = { tham-du = 4 }

[activity.treo-bang-ron.figures.2019-10]
tham-du = 3

[report]
results = "Đã họp."

[report.2019-12]
status  = "submitted"

[report.2020-12]
status  = "draft"
`)
	const which = " | known periods: 2019-11, 2019-12"
	wantSaid(t, load(t, dir).Problems,
		"data/progress/van-phong.toml:5:1: warning: these figures are from before the plan had periods: they enter no sum"+which,
		`data/progress/van-phong.toml:8:33: there is no period "2019-10" | did you mean 2019-11, 2019-12?`,
		"data/progress/van-phong.toml:11:2: warning: this report is from before the plan had periods: it counts nowhere"+which,
		"data/progress/van-phong.toml:15:11: warning: status = submitted without submitted_at | nobody can tell whether it came "+
			"in time: write when it was first submitted",
		`data/progress/van-phong.toml:17:9: there is no period "2020-12" | did you mean 2019-12?`,
	)
}

// A record that is made at the first change has a table for each activity of the unit, as one that was made beforehand,
// so that two clones then edit tables that are there; but no status, which nobody has given.
func TestFirstChangeMakesTheWholeRecord(t *testing.T) {
	dir := monthly(t)
	path := filepath.Join(dir, "progress", "van-phong.toml")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	store := openData(t, dir)
	subject := model.Subject{Kind: model.SubjectReport, ID: "2019-11"}
	makeIn(t, store, lan, subject, "", func(seen model.Value) model.Value {
		return model.As[model.Report](seen).Write(model.Report{Results: "Đã treo."})
	})
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const want = "# Văn phòng Sở\n[activity.treo-bang-ron]\n\n"
	if !strings.HasPrefix(string(content), want) || !strings.Contains(string(content), "[report.2019-11]\n") {
		t.Errorf("the record is\n%s", content)
	}
	campaign, err := store.Load(context.Background())
	if err != nil || len(campaign.Problems) > 0 || campaign.Progress["van-phong"].Activities["treo-bang-ron"].Status != "" &&
		campaign.Progress["van-phong"].Activities["treo-bang-ron"].Status != model.Todo {
		t.Errorf("%v, problems %v, record %+v", err, campaign.Problems, campaign.Progress["van-phong"])
	}
}
