package review

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

func pushed(path string, change ...func(*PushedFile)) PushedFile {
	file := PushedFile{Path: path, Data: strings.TrimPrefix(path, "data/"), Before: []model.Progress{{}}}
	if unit, is := strings.CutPrefix(path, "data/progress/"); is {
		file.Unit = strings.TrimSuffix(unit, ".toml")
	}
	if !strings.HasPrefix(path, "data/") {
		file.Data = ""
	}
	for _, change := range change {
		change(&file)
	}
	return file
}

func reports(status model.ReportStatus) model.Progress {
	return model.Progress{Report: model.Report{Status: status}}
}

// from makes a file that held these records in the parents and now holds another. The sides of a merge parted at an empty one.
func from(after model.Progress, before ...model.Progress) func(*PushedFile) {
	return func(f *PushedFile) {
		f.After, f.Before, f.Bases = after, before, []model.Progress{{}}
		for i := range before {
			f.Same = append(f.Same, reflect.DeepEqual(before[i], after))
		}
	}
}

func TestJudgePush(t *testing.T) {
	held := &model.Campaign{Roster: model.Roster{
		Groups: []model.Group{{ID: "phong", Name: "Phòng"}},
		Units:  []model.Unit{{ID: "van-phong", Name: "Văn phòng", Group: "phong", Coordinator: true}, {ID: "thanh-tra", Name: "Thanh tra", Group: "phong"}},
		People: []model.Person{
			{ID: "lan", Name: "Lan", Role: model.Coordinator, Email: "lan@example.org"},
			{ID: "hoa", Name: "Hoa", Role: model.Staff, Unit: "thanh-tra", Email: "Hoa@Example.org"},
			{ID: "xem", Name: "Xem", Role: model.Viewer, Email: "xem@example.org"},
			{ID: "tho", Name: "Thơ", Role: model.Staff, Unit: "thanh-tra"},
			{ID: "la", Name: "Lạ", Role: "boss", Unit: "thanh-tra", Email: "la@example.org"},
		},
	}}
	held.Progress = map[string]model.Progress{"thanh-tra": reports(model.Accepted)}
	const own, others = "data/progress/thanh-tra.toml", "data/progress/van-phong.toml"
	commit := func(email string, files ...PushedFile) []PushedCommit {
		return []PushedCommit{{Hash: "abc1234", Title: "x", Author: "A", Email: email, Files: files}}
	}
	merge := func(email string, lost ...NotTaken) []PushedCommit {
		commits := commit(email)
		commits[0].Parents, commits[0].Lost = 2, lost
		return commits
	}
	dropped := NotTaken{Unit: "van-phong", Entry: "activity.a", By: "lan", Alone: true}
	day := calendar.Date(2019, 12, 20)
	extended := model.Progress{Report: model.Report{ExtendedUntil: day, ExtensionReason: "bận"}}
	ticked := model.Progress{Activities: map[string]model.Entry{"a": {Status: model.Done}}}
	locked := model.Progress{Activities: map[string]model.Entry{"a": {Status: model.Done}}, Report: model.Report{Status: model.Accepted}}
	held.Roster.OwnKeys = true
	keys := func(id, before, after string, more ...func(*model.Person)) PushedFile {
		was, is := *held.Roster.Person(id), *held.Roster.Person(id)
		was.Keys, is.Keys = []string{before}, []string{after}
		for _, change := range more {
			change(&is)
		}
		return pushed("data/units.toml", func(f *PushedFile) {
			f.OnRoster = []Difference{{Subject: model.Subject{Kind: model.SubjectPerson, ID: id}, Before: &was, After: &is}}
		})
	}
	problem := phrase.Problem{File: own, Line: 2, Column: 3, What: phrase.Say("bad")}
	tests := map[string]struct {
		pusher  string
		carrier bool
		push    Push
		want    []string // the beginning of each objection
	}{
		"own record":                          {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, from(ticked, model.Progress{})))}, nil},
		"known by address, in other letters":  {"HOA@example.org", false, Push{Commits: commit("hoa@EXAMPLE.org", pushed(own))}, nil},
		"nothing new":                         {"hoa", false, Push{Created: true}, nil},
		"nobody":                              {"", false, Push{}, []string{"nobody knows who pushes"}},
		"a stranger":                          {"x@example.org", false, Push{}, []string{"x@example.org is not on the roster"}},
		"no address":                          {"tho", false, Push{Commits: commit("tho@example.org")}, []string{"Thơ has no address"}},
		"an empty address is nobody's":        {"tho", false, Push{Commits: commit("")}, []string{"Thơ has no address"}},
		"another's commit":                    {"hoa", false, Push{Commits: commit("lan@example.org", pushed(own))}, []string{"its author is A <lan@example.org>, but Hoa pushes it"}},
		"the coordinator with staff's commit": {"lan", false, Push{Commits: commit("hoa@example.org", pushed(own))}, []string{"its author is A <hoa@example.org>, but Lan pushes it"}},
		"a stranger's commit":                 {"hoa", false, Push{Commits: commit("x@example.org", pushed(own))}, []string{"its author is A <x@example.org>"}},
		"a viewer":                            {"xem", false, Push{Commits: commit("xem@example.org")}, []string{"Xem may look but not change"}},
		"a viewer with nothing new":           {"xem", false, Push{Created: true}, []string{"Xem may look but not change"}},
		"a role that is none":                 {"la", false, Push{Commits: commit("la@example.org", pushed(own))}, []string{"Lạ may look but not change"}},

		"another unit's record":  {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(others), pushed(own))}, []string{"Hoa may change only the record of Thanh tra, not that of Văn phòng"}},
		"a unit that is none":    {"hoa", false, Push{Commits: commit("hoa@example.org", pushed("data/progress/x.toml"))}, []string{`there is no unit "x"`}},
		"the plan and the rest":  {"hoa", false, Push{Commits: commit("hoa@example.org", pushed("data/plan.toml"), pushed("data/units.toml"), pushed("data/report.toml"), pushed("README.md"))}, []string{"data/plan.toml: only", "data/units.toml: only", "data/report.toml: only", "README.md: only"}},
		"own keys":               {"hoa", false, Push{Commits: commit("hoa@example.org", keys("hoa", "a", "b"))}, nil},
		"a viewer's own keys":    {"xem", false, Push{Commits: commit("xem@example.org", keys("xem", "a", "b"))}, nil},
		"a viewer's role":        {"xem", false, Push{Commits: commit("xem@example.org", keys("xem", "a", "b", func(p *model.Person) { p.Role = model.Staff }))}, []string{"Xem may look"}},
		"a viewer's other keys":  {"xem", false, Push{Commits: commit("xem@example.org", keys("hoa", "a", "b"))}, []string{"Xem may look"}},
		"a viewer's keys beside": {"xem", false, Push{Commits: commit("xem@example.org", keys("xem", "a", "b"), pushed(own))}, []string{"Xem may look"}},
		"a viewer's branch":      {"xem", false, Push{Ref: "refs/heads/xem/nhap", Commits: commit("xem@example.org", keys("xem", "a", "b"))}, []string{"Xem may look"}},
		"a viewer merges":        {"xem", false, Push{Commits: merge("xem@example.org")}, nil},
		"a viewer's merge drops": {"xem", false, Push{Commits: merge("xem@example.org", dropped)}, []string{"this merge leaves out"}},
		"the keys of another":    {"hoa", false, Push{Commits: commit("hoa@example.org", keys("xem", "a", "b"))}, []string{"data/units.toml: only"}},
		"own keys and the role":  {"hoa", false, Push{Commits: commit("hoa@example.org", keys("hoa", "a", "b", func(p *model.Person) { p.Role = model.Coordinator }))}, []string{"data/units.toml: only"}},
		"the coordinator may":    {"lan", false, Push{Commits: commit("lan@example.org", pushed("data/plan.toml"), pushed("README.md"), pushed(others, from(locked, model.Progress{})))}, nil},
		"a record that goes":     {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, func(f *PushedFile) { f.Gone = true }))}, []string{"the record of Thanh tra is not deleted"}},
		"the coordinator's goes": {"lan", false, Push{Commits: commit("lan@example.org", pushed(own, func(f *PushedFile) { f.Gone = true }))}, nil},

		"a merge that drops what another did":      {"hoa", false, Push{Commits: merge("hoa@example.org", dropped)}, []string{"this merge leaves out what Lan has done, though nobody else has changed it: Văn phòng · activity.a"}},
		"a merge that settles what both had done":  {"hoa", false, Push{Commits: merge("hoa@example.org", NotTaken{Unit: "thanh-tra", Entry: "report", By: "lan"})}, nil},
		"a merge that drops what they did":         {"hoa", false, Push{Commits: merge("hoa@example.org", NotTaken{Unit: "thanh-tra", Entry: "report", By: "hoa", Alone: true})}, nil},
		"a merge of the coordinator drops as well": {"lan", false, Push{Commits: merge("lan@example.org", dropped)}, nil},
		"signed by somebody else":                  {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, from(model.Progress{Activities: map[string]model.Entry{"a": {Status: model.Done, By: "lan"}}}, model.Progress{})))}, []string{"Thanh tra · activity.a is signed by Lan, but the commit is by Hoa"}},
		"the coordinator signs for others":         {"lan", false, Push{Commits: commit("lan@example.org", pushed(own, from(model.Progress{Activities: map[string]model.Entry{"a": {Status: model.Done, By: "hoa"}}}, model.Progress{})))}, nil},

		"a link":                  {"lan", false, Push{Commits: commit("lan@example.org", pushed("x", func(f *PushedFile) { f.Kind = PushedLink }))}, []string{"x is a symbolic link"}},
		"a repository":            {"lan", false, Push{Commits: commit("lan@example.org", pushed("x", func(f *PushedFile) { f.Kind = PushedOther }))}, []string{"x is another repository"}},
		"a link that goes":        {"lan", false, Push{Commits: commit("lan@example.org", pushed("x", func(f *PushedFile) { f.Kind, f.Gone = PushedLink, true }))}, nil},
		"as large as can be":      {"lan", false, Push{Commits: commit("lan@example.org", pushed("x", func(f *PushedFile) { f.Size = MaxPushedFile }))}, nil},
		"larger":                  {"lan", false, Push{Commits: commit("lan@example.org", pushed("x", func(f *PushedFile) { f.Size = MaxPushedFile + 1 }))}, []string{"x is larger than 1024 KiB"}},
		"an error":                {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, func(f *PushedFile) { f.Problems = []phrase.Problem{problem} }))}, []string{own + ":2:3: bad"}},
		"not readable before":     {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, func(f *PushedFile) { f.Unread = true }))}, []string{"the record of Thanh tra could not be read before"}},
		"mended by the Office":    {"lan", false, Push{Commits: commit("lan@example.org", pushed(own, func(f *PushedFile) { f.Unread = true }))}, nil},
		"an error as a whole":     {"lan", false, Push{Problems: []phrase.Problem{problem}}, []string{own + ":2:3: bad"}},
		"first what is forbidden": {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(others)), Problems: []phrase.Problem{problem}}, []string{"Hoa may change only"}},

		"sent":                   {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, from(reports(model.Submitted), reports(model.Returned))))}, nil},
		"accepts its own":        {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, from(reports(model.Accepted), reports(model.Submitted))))}, []string{"only the coordinator accepts"}},
		"changes what is locked": {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, from(locked, reports(model.Accepted))))}, []string{"the report of Thanh tra is accepted, so its record is locked"}},
		"unlocks":                {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, from(reports(model.Draft), reports(model.Accepted))))}, []string{"the report of Thanh tra is accepted"}},
		"only a comment":         {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, from(locked, locked), func(f *PushedFile) { f.Same[0] = false }))}, []string{"the report of Thanh tra is accepted"}},
		"merges what is locked":  {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, from(locked, reports(model.Accepted), ticked)))}, []string{"the report of Thanh tra is accepted"}},
		"merges the lock away":   {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, from(ticked, locked, ticked)))}, []string{"the report of Thanh tra is accepted"}},
		"merges in the lock":     {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, from(locked, locked, ticked)))}, nil},
		"gives itself more time": {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, from(extended, model.Progress{})))}, []string{"only the coordinator extends a unit's deadline"}},
		"keeps its time":         {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, from(extended, extended)))}, nil},
		"loses its time":         {"hoa", false, Push{Commits: commit("hoa@example.org", pushed(own, from(model.Progress{}, extended)))}, []string{"only the coordinator extends a unit's deadline"}},

		"rewritten":                 {"lan", false, Push{Rewritten: true}, []string{"refs/heads/main was rewritten"}},
		"deleted":                   {"lan", false, Push{Deleted: true}, []string{"refs/heads/main is not deleted"}},
		"a tag of staff":            {"hoa", false, Push{Ref: "refs/tags/v1", Created: true}, []string{"only the coordinator makes tags"}},
		"a tag":                     {"lan", false, Push{Ref: "refs/tags/v1", Created: true}, nil},
		"a tag that is moved":       {"lan", false, Push{Ref: "refs/tags/v1"}, []string{"only the coordinator makes tags"}},
		"one's own mark":            {"lan", false, Push{Ref: "refs/tiendo/reviewed/lan"}, nil},
		"one's own mark of a plan":  {"lan", false, Push{Ref: "refs/tiendo/review/thang-hanh-dong-2019/lan"}, nil},
		"another's mark of a plan":  {"lan", false, Push{Ref: "refs/tiendo/review/lan/ha"}, []string{"nothing is taken into"}},
		"a mark of no plan":         {"lan", false, Push{Ref: "refs/tiendo/review/lan"}, []string{"nothing is taken into"}},
		"a mark of staff in a plan": {"hoa", false, Push{Ref: "refs/tiendo/review/thang-hanh-dong-2019/hoa"}, []string{"nothing is taken into"}},
		"another's mark":            {"lan", false, Push{Ref: "refs/tiendo/reviewed/ha"}, []string{"nothing is taken into"}},
		"a mark of staff":           {"hoa", false, Push{Ref: "refs/tiendo/reviewed/hoa"}, []string{"nothing is taken into"}},
		"notes":                     {"lan", false, Push{Ref: "refs/notes/x"}, []string{"nothing is taken into"}},
		"staff's branch":            {"hoa", false, Push{Ref: "refs/heads/hoa/nhap", Created: true}, nil},
		"another's branch":          {"hoa", false, Push{Ref: "refs/heads/lan/nhap"}, []string{"lan/nhap is the coordinator's branch"}},
		"the first of all":          {"lan", false, Push{First: true, Created: true, Commits: commit("x@example.org", pushed("data/plan.toml"))}, nil},
		"the first, by staff":       {"hoa", false, Push{First: true, Created: true}, []string{"the server is empty"}},
		"the first, with a link":    {"lan", false, Push{First: true, Commits: commit("x@example.org", pushed("x", func(f *PushedFile) { f.Kind = PushedLink }))}, []string{"x is a symbolic link"}},
		"carried":                   {"may", true, Push{Commits: slices.Concat(commit("hoa@example.org", pushed(own)), commit("lan@example.org", pushed("data/plan.toml")))}, nil},
		"carried without right":     {"may", true, Push{Commits: commit("hoa@example.org", pushed(others))}, []string{"Hoa may change only"}},
		"carried of a stranger":     {"may", true, Push{Commits: commit("x@example.org", pushed(own))}, []string{"its author, A <x@example.org>, is not on the roster"}},
		"carried keys of a viewer":  {"may", true, Push{Commits: commit("xem@example.org", keys("xem", "a", "b"))}, nil},
		"carried of a viewer":       {"may", true, Push{Commits: commit("xem@example.org", pushed(own))}, []string{"Xem may look"}},
		"a carrier never rewrites":  {"may", true, Push{Rewritten: true}, []string{"refs/heads/main was rewritten"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.push.Ref == "" {
				test.push.Ref = "refs/heads/main"
			}
			test.push.Branch = "refs/heads/main"
			objections := JudgePush(held, Pusher{test.pusher, test.carrier}, &test.push)
			var said []string
			for _, objection := range objections {
				said = append(said, objection.Reason.Error())
			}
			if len(said) != len(test.want) {
				t.Fatalf("said %q, want %q", said, test.want)
			}
			for i, want := range test.want {
				if !strings.HasPrefix(said[i], want) {
					t.Errorf("said %q, want %q", said[i], want)
				}
			}
		})
	}
}
