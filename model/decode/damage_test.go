package decode

import (
	"cmp"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// damage is one mistake in one file among files in which nothing else is wrong.
type damage struct {
	file, old, with string // old stands in the file exactly once
	unusable        bool   // the plan is not to be used
	want            []string
}

// testDamage wants to be told of each mistake what and where it is, and nothing else.
func testDamage(t *testing.T, tests map[string]damage) {
	t.Helper()
	good := smallFiles(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if count := strings.Count(good[test.file], test.old); count != 1 {
				t.Fatalf("%s holds %q %d times, want once", test.file, test.old, count)
			}
			damaged := func(name string) string {
				if name == test.file {
					return strings.Replace(good[name], test.old, test.with, 1)
				}
				return good[name]
			}
			problems, usable := problemsIn(good, damaged)
			if usable == test.unusable {
				t.Errorf("the plan can be used: %t", usable)
			}
			if got := said(problems); !slices.Equal(got, test.want) {
				t.Errorf("said:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// smallFiles are the files of a small plan, by their paths with slashes.
func smallFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, name := range []string{RosterFile, PlanFile, ReportFile, "progress/chi-doan.toml", "progress/thanh-tra.toml", "progress/van-phong.toml"} {
		content, err := os.ReadFile(filepath.Join("..", "store", "testdata", "small", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(content)
	}
	return files
}

// problemsIn reads all files, one against the other, and puts the problems in their order. Usable says that
// there is a plan to hold the others against.
func problemsIn(names map[string]string, content func(name string) string) (problems []phrase.Problem, usable bool) {
	parse := func(name string) *File { return Parse(path.Join("data", name), []byte(content(name))) }
	named := NewNames()
	rosterFile, planFile, reportFile := parse(RosterFile), parse(PlanFile), parse(ReportFile)
	roster := Roster(rosterFile, named)
	plan := Plan(planFile, named)
	Office(reportFile, &plan, &roster)
	problems = slices.Concat(rosterFile.Problems, planFile.Problems, reportFile.Problems)
	usable = !planFile.Broken && plan.TimeZone != nil
	against := &plan
	if !usable {
		against = nil
	}
	for name := range names {
		if path.Dir(name) == ProgressFolder {
			file := parse(name)
			Progress(file, against, roster.Unit(strings.TrimSuffix(path.Base(name), Extension)))
			problems = append(problems, file.Problems...)
		}
	}
	slices.SortStableFunc(problems, func(a, b phrase.Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return problems, usable
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

// A file is judged alone: what it names may stand in another one.
func TestJudge(t *testing.T) {
	for name, content := range smallFiles(t) {
		if problems := Judge(filepath.Join("data", filepath.FromSlash(name)), []byte(content)); len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
	}
	problems := Judge("progress/plan.toml", []byte("[activity.elsewhere]\nstatus = \"dne\"\n"))
	if len(problems) != 1 || problems[0].Line != 2 {
		t.Errorf("the record of a unit called plan: %v", problems)
	}
}

// A subject with an error in it is named, so that nobody writes there.
func TestBadSubjects(t *testing.T) {
	file := Parse("x.toml", []byte("[activity.a]\nstatus = \"dne\"\n[activity.b]\nstatus = \"done\"\n"))
	progress := Progress(file, nil, nil)
	if _, bad := file.Bad[model.Subject{Kind: model.SubjectActivity, ID: "a"}]; !bad || len(file.Bad) != 1 {
		t.Errorf("bad are %v", file.Bad)
	}
	if got := progress.Activities["b"].Status; got != model.Done {
		t.Errorf("the other one is %q", got)
	}
}
