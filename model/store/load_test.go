package store

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"example.org/tiendo/model"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
)

func TestLoadGood(t *testing.T) {
	campaign := load(t, smallData(t))
	wantSaid(t, campaign.Problems)
	if len(campaign.Broken) > 0 {
		t.Errorf("broken: %v", campaign.Broken)
	}
	if units := slices.Sorted(maps.Keys(campaign.Progress)); !slices.Equal(units, []string{"chi-doan", "thanh-tra", "van-phong"}) {
		t.Errorf("progress of %v", units)
	}
	progress := campaign.Progress["van-phong"]
	want := model.Entry{
		Status: model.Done, By: "lan", At: tickTime, Note: "Treo tại trụ sở.", Evidence: []string{"anh/bang-ron.jpg"},
		Figures: map[string]float64{"tham-du": 40, "tham-du-nu": 25},
	}
	if got := progress.Entry("treo-bang-ron"); !got.Equal(want) {
		t.Errorf("entry %+v\nwant  %+v", got, want)
	}
	if got := progress.Messages["m05"].Channels; !slices.Equal(got, []string{"website"}) {
		t.Errorf("channels %v", got)
	}
	if got := progress.Report; got.Status != model.Submitted || got.Results != "Đã treo.\nĐã họp.\n" {
		t.Errorf("report %+v", got)
	}
}

// The program's own data, and with them the example roster, hold no mistake.
func TestLoadRealData(t *testing.T) {
	wantSaid(t, load(t, filepath.Join("..", "..", "data")).Problems)
}

// Every key that must be there is missed, at its table.
func TestLoadMissingKeys(t *testing.T) {
	const whereNothing = " | where the plan says nothing of it, write schema = 2"
	plan, roster := "plan.toml", "units.toml"
	tests := map[string]struct{ file, line, want string }{
		"plan.id":                  {plan, "id       = \"thang-hanh-dong\"\n", "data/plan.toml:3:1: id is missing | add the line id = …"},
		"plan.language":            {plan, "language = \"vi\"\n", "data/plan.toml:3:1: language is missing | add the line language = …"},
		"plan.timezone":            {plan, "timezone = \"Asia/Ho_Chi_Minh\"\n", "data/plan.toml:3:1: timezone is missing | add the line timezone = …"},
		"plan.starts":              {plan, "starts   = 2019-11-15\n", "data/plan.toml:3:1: starts is missing" + whereNothing},
		"plan.ends":                {plan, "ends     = 2019-12-15\n", "data/plan.toml:3:1: ends is missing" + whereNothing},
		"document.title":           {plan, "title = \"Kế hoạch\"\n", "data/plan.toml:10:1: title is missing | add the line title = …"},
		"document.headings.id":     {plan, "id   = \"muc-dich\"\n", "data/plan.toml:13:1: id is missing | add the line id = …"},
		"document.headings.text":   {plan, "text = \"1. Mục đích\"\n", "data/plan.toml:13:1: text is missing | add the line text = …"},
		"document.recipients.text": {plan, "text = \"Các phòng;\"\n", "data/plan.toml:17:1: text is missing | add the line text = …"},
		"reporting.to":             {plan, "to     = \"van-phong\"\n", "data/plan.toml:20:1: to is missing" + whereNothing},
		"goal.kind":                {plan, "kind = \"aim\"\n", "data/plan.toml:24:1: kind is missing | add the line kind = …"},
		"goal.text":                {plan, "text = \"Nâng cao nhận thức.\"\n", "data/plan.toml:24:1: text is missing | add the line text = …"},
		"message.text":             {plan, "text = \"Chấm dứt bạo lực, vun đắp yêu thương.\"\n", "data/plan.toml:29:1: text is missing | add the line text = …"},
		"channel.name":             {plan, "name = \"Trang thông tin điện tử\"\n", "data/plan.toml:33:1: name is missing | add the line name = …"},
		"activity.section":         {plan, "section  = \"activity\"\n", "data/plan.toml:37:1: section is missing | add the line section = …"},
		"activity.title":           {plan, "title    = \"Treo băng rôn\"\n", "data/plan.toml:37:1: title is missing | add the line title = …"},
		"activity.text":            {plan, "text     = \"Treo băng rôn, khẩu hiệu.\"\n", "data/plan.toml:37:1: text is missing | add the line text = …"},
		"activity.indicator.name":  {plan, "  name    = \"Trong đó nữ\"\n", "data/plan.toml:52:3: name is missing | add the line name = …"},
		"activity.indicator.measure": {
			plan, "  measure = \"người\"\n  sum     = \"add\"\n  part_of", "data/plan.toml:52:3: measure is missing | add the line measure = …",
		},
		"group.name": {roster, "name = \"Đoàn thể\"\n", "data/units.toml:7:1: name is missing | add the line name = …"},
		"unit.name":  {roster, "name  = \"Chi đoàn\"\n", "data/units.toml:22:1: name is missing | add the line name = …"},
		"unit.group": {roster, "group = \"doan-the\"\n", "data/units.toml:22:1: group is missing | add the line group = …"},
		"person.id":  {roster, "id    = \"minh\"\n", "data/units.toml:33:1: id is missing | add the line id = …"},
		"person.name": {
			roster, "name  = \"Lê Minh\"\n", "data/units.toml:33:1: name is missing | add the line name = …",
		},
		"person.role": {roster, "role  = \"staff\"\n", "data/units.toml:33:1: role is missing | add the line role = …"},
		"person.unit of staff": {
			roster, "unit  = \"thanh-tra\"\n", "data/units.toml:33:1: unit is missing | add the line unit = …",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := smallData(t)
			with := ""
			if name == "activity.indicator.measure" { // its line is the same in both indicators
				with = "  sum     = \"add\"\n  part_of"
			}
			replaceIn(t, filepath.Join(dir, test.file), test.line, with)
			wantSaid(t, load(t, dir).Problems, test.want)
		})
	}
}

// A table that must be there is missed at the top of the file.
func TestLoadMissingTables(t *testing.T) {
	for _, name := range []string{"plan", "document", "reporting"} {
		t.Run(name, func(t *testing.T) {
			dir := smallData(t)
			path := filepath.Join(dir, "plan.toml")
			content, _ := os.ReadFile(path)
			tables := strings.Split(string(content), "\n\n[")
			write(t, path, strings.Join(slices.DeleteFunc(tables, func(table string) bool { return strings.HasPrefix(table, name) || strings.HasPrefix(table, "["+name) }), "\n\n["))
			campaign, err := openData(t, dir).Load(context.Background())
			if unusable := name == "plan"; (err != nil) != unusable {
				t.Errorf("Load gives %v", err)
			}
			if got := said(campaign.Problems); len(got) == 0 || !strings.HasPrefix(got[0], "data/plan.toml:1:1: "+name+" is missing") {
				t.Errorf("said %q", got)
			}
		})
	}
}

// What lies where a data file should be is told without being opened or waited for.
func TestLoadStrangeFiles(t *testing.T) {
	const file = "progress/thanh-tra.toml"
	replaced := func(with func(path string) error) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			t.Helper()
			path := filepath.Join(dir, file)
			if err := errors.Join(os.Remove(path), with(path)); err != nil {
				t.Fatal(err)
			}
		}
	}
	content := func(content string) func(t *testing.T, dir string) {
		return replaced(func(path string) error { return os.WriteFile(path, []byte(content), 0o600) })
	}
	const noLinks = " | put the file itself there: links and special files are never opened"
	tests := map[string]struct {
		damage func(t *testing.T, dir string)
		want   []string
	}{
		"a link to a good file": {
			replaced(func(path string) error { return os.Symlink("van-phong.toml", path) }),
			[]string{"data/progress/thanh-tra.toml: this is a symbolic link; want a regular file" + noLinks},
		},
		"a link to nothing": {
			replaced(func(path string) error { return os.Symlink("nothing", path) }),
			[]string{"data/progress/thanh-tra.toml: this is a symbolic link; want a regular file" + noLinks},
		},
		"a pipe on which nobody writes": {
			replaced(func(path string) error { return syscall.Mkfifo(path, 0o600) }),
			[]string{"data/progress/thanh-tra.toml: this is a named pipe; want a regular file" + noLinks},
		},
		"a socket": {
			replaced(func(path string) error {
				socket, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
				if err != nil {
					return err
				}
				socket.SetUnlinkOnClose(false)
				return socket.Close()
			}),
			[]string{"data/progress/thanh-tra.toml: this is a socket; want a regular file" + noLinks},
		},
		"a folder": {
			replaced(func(path string) error { return os.Mkdir(path, 0o700) }),
			[]string{"data/progress/thanh-tra.toml: this is a folder; want a regular file" + noLinks},
		},
		"a byte more than fits": {
			content(strings.Repeat("#", edit.MaxSize+1)),
			[]string{"data/progress/thanh-tra.toml: the file is larger than 1024 KiB | a data file holds text only: put pictures and documents elsewhere and name them as evidence"},
		},
		"as many bytes as fit": {content("# " + strings.Repeat("x", edit.MaxSize-3) + "\n"), nil},
		"ten thousand tables inside each other": {
			content(nested(10_000)),
			[]string{"data/progress/thanh-tra.toml:1:51: brackets are nested too deeply | there are 10000 levels of brackets; want at most 16"},
		},
		"a name of ten thousand parts": {
			content("a" + strings.Repeat(".a", 9_999) + " = 1\n"),
			[]string{"data/progress/thanh-tra.toml:1:1: the key has too many parts | it has 10000 parts; want at most 16"},
		},
		"UTF-16": {
			content("\xff\xfe[\x00r\x00"),
			[]string{"data/progress/thanh-tra.toml:1:1: the file is in UTF-16 | save it as UTF-8"},
		},
		"nothing": {content(" \n"), []string{"data/progress/thanh-tra.toml:1:1: there is nothing in the file" +
			" | bring back its last version from git; or delete the file if the unit has not begun"}},
		"a comment alone": {content("# not begun\n"), nil},
		"no file":         {replaced(func(string) error { return nil }), nil},
		"a file of another unit": {
			func(t *testing.T, dir string) {
				t.Helper()
				write(t, filepath.Join(dir, "progress/thanh-trra.toml"), "")
			},
			[]string{`data/progress/thanh-trra.toml: there is no unit "thanh-trra" | did you mean thanh-tra?`},
		},
		"a file of no unit's name": {
			func(t *testing.T, dir string) { t.Helper(); write(t, filepath.Join(dir, "progress/\x1b[31m.toml"), "") },
			[]string{"data/progress/\ufffd[31m.toml: there is no unit \"\\x1b[31m\" | known ids: van-phong, thanh-tra, chi-doan"},
		},
		"notes of somebody": {
			func(t *testing.T, dir string) { t.Helper(); write(t, filepath.Join(dir, "progress/notes.txt"), "") },
			[]string{"data/progress/notes.txt: warning: this is no progress file, so it is not read | a progress file is called after its unit: van-phong.toml"},
		},
		"what editors and readers leave": {
			func(t *testing.T, dir string) {
				t.Helper()
				write(t, filepath.Join(dir, "progress/.van-phong.toml.swp"), "")
				write(t, filepath.Join(dir, "progress/README.md"), "")
			},
			nil,
		},
		"two files of one unit": {
			func(t *testing.T, dir string) {
				t.Helper()
				if err := os.Mkdir(filepath.Join(dir, "progress/khu-vuc"), 0o700); err != nil {
					t.Fatal(err)
				}
				write(t, filepath.Join(dir, "progress/khu-vuc/thanh-tra.toml"), "")
			},
			[]string{
				"data/progress/khu-vuc/thanh-tra.toml: this unit has another progress file: data/progress/thanh-tra.toml | keep one of them",
				"data/progress/thanh-tra.toml: this unit has another progress file: data/progress/khu-vuc/thanh-tra.toml | keep one of them",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := smallData(t)
			test.damage(t, dir)
			campaign := load(t, dir)
			wantSaid(t, campaign.Problems, test.want...)
			wholeFile := len(test.want) > 0 && !campaign.Problems[0].Warning && unitOfFile(campaign.Problems[0].File) == "thanh-tra"
			if _, broken := campaign.Broken["thanh-tra"]; broken != wholeFile {
				t.Errorf("broken is %t", broken)
			}
			progress := campaign.Progress["van-phong"]
			if entry := progress.Entry("treo-bang-ron"); entry.Status != model.Done {
				t.Errorf("the good file beside it says %+v", entry)
			}
		})
	}
}

func nested(levels int) string {
	return strings.Repeat("a={", levels) + strings.Repeat("}", levels) + "\n"
}

func TestLoadUnreadable(t *testing.T) {
	dir := smallData(t)
	path := filepath.Join(dir, "progress", "thanh-tra.toml")
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := os.ReadFile(path); err == nil {
		t.Skip("this user may read everything; TestReadOnly reads as another one")
	}
	wantSaid(t, load(t, dir).Problems,
		"data/progress/thanh-tra.toml: the file cannot be read: permission denied | give yourself the right to read it, or ask whoever owns it")
}

// Whatever is wrong with plan and roster, everything is said, and the error tells what to do.
func TestLoadWithoutPlan(t *testing.T) {
	tests := map[string]struct {
		damage    func(dir string) error
		want      []string
		err, hint string
	}{
		"no folder": {
			os.RemoveAll,
			[]string{"data/plan.toml: the file does not exist", "data/units.toml: the file does not exist"},
			"there is no plan here: data/plan.toml", "`tiendo init DIR` makes a new plan folder; --data DIR names another one",
		},
		"no plan": {
			func(dir string) error { return os.Remove(filepath.Join(dir, "plan.toml")) },
			[]string{"data/plan.toml: the file does not exist"},
			"there is no plan here: data/plan.toml", "`tiendo init DIR` makes a new plan folder; --data DIR names another one",
		},
		"no roster": {
			func(dir string) error { return os.Remove(filepath.Join(dir, "units.toml")) },
			[]string{"data/units.toml: the file does not exist"},
			"the plan cannot be used: data/units.toml: the file does not exist",
			"fix the file by hand, then try again; `tiendo check` lists every problem",
		},
		"an empty plan": {
			func(dir string) error { return os.WriteFile(filepath.Join(dir, "plan.toml"), nil, 0o600) },
			[]string{
				"data/plan.toml:1:1: schema is missing | add the line schema = …", "data/plan.toml:1:1: plan is missing | add the line [plan]",
				"data/plan.toml:1:1: document is missing | add the line [document]", "data/plan.toml:1:1: reporting is missing | where the plan says nothing of it, write schema = 2",
			},
			"the plan cannot be used: data/plan.toml:1:1: schema is missing",
			"fix the file by hand, then try again; `tiendo check` lists every problem",
		},
		"a plan in UTF-16": {
			func(dir string) error {
				return os.WriteFile(filepath.Join(dir, "plan.toml"), []byte("\xff\xfe["), 0o600)
			},
			[]string{"data/plan.toml:1:1: the file is in UTF-16 | save it as UTF-8"},
			"the plan cannot be used: data/plan.toml:1:1: the file is in UTF-16",
			"fix the file by hand, then try again; `tiendo check` lists every problem",
		},
		"a broken plan hides nothing in the other files": {
			func(dir string) error {
				return errors.Join(
					os.WriteFile(filepath.Join(dir, "plan.toml"), []byte("schema = 1\nplan = \n"), 0o600),
					os.WriteFile(filepath.Join(dir, "progress", "van-phong.toml"), []byte("[activity.any]\nstatus = \"dne\"\n[activity.any.figures]\nany = 1\n[message.any]\n"), 0o600),
					os.WriteFile(filepath.Join(dir, "report.toml"), []byte("[[reminder]]\nunit = \"thanh-tar\"\nnumber = 1\n"), 0o600))
			},
			[]string{
				"data/plan.toml:2:8: the value is missing",
				"data/progress/van-phong.toml:2:10: status is \"dne\"; want todo, doing, done or na | did you mean done?",
				"data/report.toml:1:1: schema is missing | add the line schema = …",
				"data/report.toml:2:8: warning: unit names \"thanh-tar\", which does not exist | did you mean thanh-tra?",
			},
			"the plan cannot be used: data/plan.toml:2:8: the value is missing",
			"fix the file by hand, then try again; `tiendo check` lists every problem",
		},
		"a broken roster hides nothing in the other files": {
			func(dir string) error {
				return errors.Join(
					os.WriteFile(filepath.Join(dir, "units.toml"), []byte("schema = 1\nunit = \n"), 0o600),
					os.WriteFile(filepath.Join(dir, "progress", "any.toml"), []byte("[activity.any]\nstatus = \"done\"\n"), 0o600),
					os.WriteFile(filepath.Join(dir, "report.toml"), []byte("schema = 1\n[[reminder]]\nunit = \"any\"\nnumber = 1\n"), 0o600))
			},
			[]string{
				`data/progress/any.toml:1:11: there is no activity "any" | known ids: treo-bang-ron, quan-triet`,
				"data/progress/any.toml:2:10: warning: status = done without at | nobody can tell whether it was done in time: write when, for example at = 2019-11-18T09:20:00+07:00",
				"data/units.toml:2:8: the value is missing",
			},
			"the plan cannot be used: data/units.toml:2:8: the value is missing",
			"fix the file by hand, then try again; `tiendo check` lists every problem",
		},
		"a plan of another version": {
			func(dir string) error {
				return os.WriteFile(filepath.Join(dir, "plan.toml"), []byte("schema = 3\n"), 0o600)
			},
			[]string{"data/plan.toml:1:10: schema is 3; want the number 1 or 2 | a newer tiendo may be needed for this file"},
			"the plan cannot be used: data/plan.toml:1:10: schema is 3; want the number 1 or 2",
			"fix the file by hand, then try again; `tiendo check` lists every problem",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := smallData(t)
			if err := test.damage(dir); err != nil {
				t.Fatal(err)
			}
			campaign, err := openData(t, dir).Load(context.Background())
			wantSaid(t, campaign.Problems, test.want...)
			if err == nil || err.Error() != test.err || phrase.HintOf(err).String() != test.hint {
				t.Errorf("error %v (%s)\nwant  %s (%s)", err, phrase.HintOf(err), test.err, test.hint)
			}
		})
	}
}

// Many mistakes in several files: none is hidden by another, and each file is told from its top to its end.
func TestLoadSaysEverything(t *testing.T) {
	dir := smallData(t)
	replaceIn(t, filepath.Join(dir, "plan.toml"), `kind = "aim"`, `kind = "goal"`)
	replaceIn(t, filepath.Join(dir, "plan.toml"), `language = "vi"`, "language = \"vi\"\nlanguag = \"en\"")
	replaceIn(t, filepath.Join(dir, "plan.toml"), `until    = 2019-12-10`, `until    = 10`)
	replaceIn(t, filepath.Join(dir, "units.toml"), `coordinator = true`, `coordinator = "yes"`)
	replaceIn(t, filepath.Join(dir, "units.toml"), `role  = "staff"`, `role  = "boss"`)
	replaceIn(t, filepath.Join(dir, "report.toml"), `1`, `"1"`)
	write(t, filepath.Join(dir, "progress", "chi-doan.toml"), "[activity.quan-triet\nstatus = \"todo\n[report]\nresults = 5\nat = 2019-02-31\n")
	write(t, filepath.Join(dir, "progress", "thanh-tra.toml"), "raport = 1\n[activity.treo-bang-ron]\nstatus = \"dne\"\nby = 5\n[message.m99]\n[report]\nstatus = \"sent\"\nnil = 1\n")
	write(t, filepath.Join(dir, "progress", "van-phog.toml"), "")
	wantSaid(t, load(t, dir).Problems,
		`data/plan.toml:6:1: warning: unknown key "languag" | did you mean language?`,
		`data/plan.toml:27:8: kind is "goal"; want aim or requirement`,
		`data/plan.toml:67:12: until is 10; want a day without quotes, such as 2019-12-15`,
		`data/progress/chi-doan.toml:1:21: the ] after the table name is missing`,
		`data/progress/thanh-tra.toml:1:1: warning: unknown key "raport" | did you mean report?`,
		`data/progress/thanh-tra.toml:3:10: status is "dne"; want todo, doing, done or na | did you mean done?`,
		`data/progress/thanh-tra.toml:4:6: by is 5; want text in quotes`,
		`data/progress/thanh-tra.toml:5:10: there is no message "m99" | known ids: m05`,
		`data/progress/thanh-tra.toml:7:10: status is "sent"; want draft, submitted, accepted or returned`,
		`data/progress/thanh-tra.toml:8:7: nil is 1; want true or false`,
		`data/progress/van-phog.toml: there is no unit "van-phog" | did you mean van-phong?`,
		`data/report.toml:1:10: schema is "1"; want the number 1 | a newer tiendo may be needed for this file`,
		`data/units.toml:11:1: no unit is the coordinator | write `+"`coordinator = true`"+` for the one unit to which the others report`,
		`data/units.toml:15:15: coordinator is "yes"; want true or false`,
		`data/units.toml:37:9: role is "boss"; want coordinator, staff or viewer`,
	)
}

// What could drive a terminal, deceive a reader or break a comparison is made harmless on its way in.
func TestLoadCleans(t *testing.T) {
	tests := map[string]struct{ note, want string }{
		"escape sequences":      {`Treo \u001b]52;c;eA==\u0007\u001b[2Jxong`, "Treo \ufffd]52;c;eA==\ufffd\ufffd[2Jxong"},
		"C1 control characters": {`Treo \u009b31mxong`, "Treo \ufffd31mxong"},
		"a change of direction": {`Treo \u202exong`, "Treo \ufffdxong"},
		"carriage returns":      {`Treo\r\ntại\rtrụ sở`, "Treo\ntại\ntrụ sở"},
		"decomposed letters":    {"Treo ta\u0323i tru\u0323 so\u031b\u0309", "Treo tại trụ sở"},
		"characters without a width": {
			"Treo\u200b\ufeff xong", "Treo xong",
		},
		"a tab": {`Treo\txong`, "Treo    xong"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := smallData(t)
			replaceIn(t, filepath.Join(dir, "progress", "van-phong.toml"), "Treo tại trụ sở.", test.note)
			progress := load(t, dir).Progress["van-phong"]
			if got := progress.Entry("treo-bang-ron").Note; got != test.want {
				t.Errorf("note %q, want %q", got, test.want)
			}
		})
	}
}

// Only the entry with the mistake waits for a person; a file of another version waits as a whole.
func TestNoChangeWhereAMistakeStands(t *testing.T) {
	const file = "progress/van-phong.toml"
	tests := map[string]struct{ old, with, refused string }{
		"a mistake in another entry": {`"submitted"`, `"sent"`, ""},
		"a mistake in this entry":    {`"done"`, `"dne"`, "van-phong.toml:3:12: nothing is written here while there is an error"},
		"not TOML":                   {"[report]", "[report", "van-phong.toml:18:8: the file is broken, so nothing is written to it"},
		"another version":            {"# Văn phòng Sở", "schema = 2", "van-phong.toml:1:10: the file is broken, so nothing is written to it"},
		"an unknown key":             {"results ", "ket_qua = 1\nresults ", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := smallData(t)
			path := filepath.Join(dir, file)
			replaceIn(t, path, test.old, test.with)
			before, _ := os.ReadFile(path)
			store := openData(t, dir)
			campaign, err := store.Load(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			progress := campaign.Progress["van-phong"]
			_, err = store.Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", progress.Entry("treo-bang-ron"), model.Doing))
			after, _ := os.ReadFile(path)
			if test.refused == "" {
				if err != nil || !bytes.Contains(after, []byte(`"doing"`)) || !bytes.Contains(after, []byte(test.with)) {
					t.Errorf("%v:\n%s", err, after)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.refused) || !bytes.Equal(before, after) {
				t.Errorf("got %v, want %q\n%s", err, test.refused, after)
			}
		})
	}
}

// The yardstick is decoding the same files with BurntSushi/toml, without any check.
func BenchmarkLoad(b *testing.B) {
	dir := filepath.Join("..", "..", "data")
	files, err := filepath.Glob(filepath.Join(dir, "progress", "*.toml"))
	if err != nil {
		b.Fatal(err)
	}
	files = append(files, filepath.Join(dir, "plan.toml"), filepath.Join(dir, "units.toml"))
	var bare, loads time.Duration
	for b.Loop() {
		start := time.Now()
		store, _ := Open(dir, Options{})
		if _, err := store.Load(context.Background()); err != nil {
			b.Fatal(err)
		}
		loads += time.Since(start)
		start = time.Now()
		for _, file := range files {
			var decoded map[string]any
			if _, err := toml.DecodeFile(file, &decoded); err != nil {
				b.Fatal(err)
			}
		}
		bare += time.Since(start)
	}
	b.ReportMetric(float64(loads)/float64(bare), "x-decode")
}
