package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/help"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/show"
)

// testApp is an App in a folder, with an environment of its own.
func testApp(t *testing.T, dir string, env map[string]string, args ...string) (*App, *bytes.Buffer, *bytes.Buffer) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	p := newApp(System{
		Args: args,
		Env: func(name string) (string, bool) {
			value, ok := env[name]
			return value, ok
		},
		Directory: dir, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
		Data: os.DirFS(filepath.Join("..", "..")),
		Now:  func() time.Time { return time.Date(2025, 6, 7, 8, 9, 10, 0, time.UTC) },
	})
	return p, &stdout, &stderr
}

// Figures are read as lang.ParseFigure reads them; what it refuses is wrong usage.
func TestParseFigures(t *testing.T) {
	p, _, _ := testApp(t, t.TempDir(), nil)
	got, err := parseFigures(p, []string{"bang-ron=2,5", "pano=", "kinh-phi=1.500.000"})
	if err != nil || len(got) != 3 || *got[0].value != 2.5 || got[1].value != nil || *got[2].value != 1_500_000 {
		t.Errorf("got %v, %v", got, err)
	}
	for _, typed := range []string{"bang-ron", "=4", "bang-ron=bốn", "kinh-phi=1.500", "bang-ron=1e3"} {
		if _, err := parseFigures(p, []string{typed}); err == nil {
			t.Errorf("%q is taken", typed)
		} else if _, usage := errors.AsType[*usageError](err); !usage {
			t.Errorf("%q: %v is no wrong usage", typed, err)
		}
	}
}

func TestTickKeepsWhatIsNotNamed(t *testing.T) {
	had := model.Entry{
		Status: model.Doing, By: "lan", Note: "chờ pano", Evidence: []string{"a", "b"},
		Figures: map[string]float64{"bang-ron": 3, "pano": 1},
	}
	note := "  xong\t"
	four := 4.0
	tests := map[string]struct {
		options tickOptions
		figures []figure
		want    model.Entry
	}{
		"nothing": {want: model.Entry{Status: model.Done, By: "lan", Note: "chờ pano", Evidence: []string{"a", "b"}, Figures: map[string]float64{"bang-ron": 3, "pano": 1}}},
		"status":  {options: tickOptions{status: "todo"}, want: model.Entry{Status: model.Todo, By: "lan", Note: "chờ pano", Evidence: []string{"a", "b"}, Figures: map[string]float64{"bang-ron": 3, "pano": 1}}},
		"note":    {options: tickOptions{note: &note}, want: model.Entry{Status: model.Doing, By: "lan", Note: "xong", Evidence: []string{"a", "b"}, Figures: map[string]float64{"bang-ron": 3, "pano": 1}}},
		"evidence": {
			options: tickOptions{evidence: []string{"c", "a"}, removeEvidence: []string{"b"}},
			want:    model.Entry{Status: model.Doing, By: "lan", Note: "chờ pano", Evidence: []string{"a", "c"}, Figures: map[string]float64{"bang-ron": 3, "pano": 1}},
		},
		"figures": {
			figures: []figure{{"bang-ron", &four}, {"pano", nil}},
			want:    model.Entry{Status: model.Doing, By: "lan", Note: "chờ pano", Evidence: []string{"a", "b"}, Figures: map[string]float64{"bang-ron": 4}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := test.options.edit(had, test.figures)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
			if had.Figures["bang-ron"] != 3 || len(had.Figures) != 2 || had.Evidence[1] != "b" {
				t.Error("the value that was seen has changed, so no conflict could be found")
			}
		})
	}
}

func TestClockRecordsTheRealTimeUnlessThePlanIsMadeUp(t *testing.T) {
	zone := time.FixedZone("ICT", 7*60*60)
	now := time.Date(2025, 6, 7, 20, 30, 0, 0, time.UTC) // already the 8th in Vietnam
	c := &workspace.Clock{System: func() time.Time { return now }}
	if got := c.Now(); !got.Equal(now) {
		t.Errorf("before the plan is read: %v", got)
	}
	c.Plan.Store(&model.Plan{TimeZone: zone})
	if got := c.Now(); !got.Equal(now) || c.Today(zone) != calendar.Date(2025, 6, 8) {
		t.Errorf("a real plan: %v, %v", got, c.Today(zone))
	}
	c.Plan.Store(&model.Plan{TimeZone: zone, MadeUp: calendar.Date(2019, 12, 10)})
	if got := c.Now(); got.Format(time.RFC3339) != "2019-12-10T03:30:00+07:00" {
		t.Errorf("a made-up plan: %v", got)
	}
	c.RunOnFrom(time.Date(2019, 12, 11, 16, 59, 0, 0, zone))
	now = now.Add(90 * time.Second)
	if got := c.Now(); got.Format(time.RFC3339) != "2019-12-11T17:00:31+07:00" || c.Today(zone) != calendar.Date(2019, 12, 11) {
		t.Errorf("a made-up plan with a change: %v", got)
	}
}

func TestLocateLooksUpward(t *testing.T) {
	top := t.TempDir()
	for _, dir := range []string{"office/data/progress", "bare/deep/er", "none"} {
		if err := os.MkdirAll(filepath.Join(top, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"office/data/plan.toml", "bare/plan.toml"} {
		if err := os.WriteFile(filepath.Join(top, file), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tests := map[string]struct {
		from, given, variable string
		dir, shown            string // shown "" is not compared
	}{
		"in the plan folder":           {from: "office", dir: "office/data", shown: "data"},
		"in the data folder":           {from: "office/data", dir: "office/data", shown: "."},
		"below it":                     {from: "office/data/progress", dir: "office/data", shown: ".."},
		"files without a data folder":  {from: "bare/deep/er", dir: "bare", shown: "../.."},
		"--data names the plan folder": {from: "none", given: "../office", dir: "office/data", shown: "../office/data"},
		"--data names the data folder": {from: "none", given: "../office/data", dir: "office/data", shown: "../office/data"},
		"--data names bare files":      {from: "none", given: "../bare", dir: "bare", shown: "../bare"},
		"the variable":                 {from: "bare", variable: top + "/office", dir: "office/data", shown: top + "/office/data"},
		"the flag beats the variable":  {from: "none", given: "../bare", variable: top + "/office", dir: "bare"},
		"nothing":                      {from: "none"},
		"--data names nothing":         {from: "office", given: "../none"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			args := []string{}
			if test.given != "" {
				args = append(args, "--data", test.given)
			}
			p, _, _ := testApp(t, filepath.Join(top, test.from), map[string]string{envData: test.variable}, args...)
			if err := p.root.ParseFlags(args); err != nil {
				t.Fatal(err)
			}
			dir, shown, err := p.locate()
			if test.dir == "" {
				if err == nil || phrase.HintOf(err).IsZero() {
					t.Fatalf("found %s (error %v); want a refusal with a hint", dir, err)
				}
				return
			}
			if err != nil || dir != filepath.Join(top, test.dir) || test.shown != "" && shown != test.shown {
				t.Errorf("got %s shown as %s, %v; want %s shown as %s", dir, shown, err, test.dir, test.shown)
			}
		})
	}
}

// everyCommand runs a test on the root and on each command below it.
func everyCommand(t *testing.T, command *cobra.Command, test func(*testing.T, *cobra.Command)) {
	t.Helper()
	t.Run(command.CommandPath(), func(t *testing.T) { test(t, command) })
	for _, child := range command.Commands() {
		everyCommand(t, child, test)
	}
}

func TestEveryCommandHasAManual(t *testing.T) {
	p, _, _ := testApp(t, t.TempDir(), nil, "--lang", "en")
	manuals := help.Manuals(phrase.English)
	everyCommand(t, p.root, func(t *testing.T, command *cobra.Command) {
		if command.Short == "" || command.Example == "" {
			t.Error("no short description or no example")
		}
		for example := range strings.Lines(command.Example) {
			if !strings.HasPrefix(example, "  ") || !strings.Contains(example, command.CommandPath()) {
				t.Errorf("the example %q is about something else", example)
			}
		}
		command.Flags().VisitAll(func(flag *pflag.Flag) {
			takesValue := flag.NoOptDefVal == ""
			if flag.Usage == "" || takesValue && flag.Annotations[valueName] == nil {
				t.Errorf("--%s is not described", flag.Name)
			}
		})
		delete(manuals, command.CommandPath())
	})
	if delete(manuals, "ssh"); len(manuals) > 0 {
		t.Errorf("there are manuals of what is no command: %v", manuals)
	}
	if long := named("verify-push", p.root.Commands()).Long; !strings.Contains(long, strconv.Itoa(review.MaxBranches)) {
		t.Errorf("the manual does not tell the limit: %s", long)
	}
}

// The language is settled before there are commands: by the plan that is meant, also one that cannot be read.
func TestLanguageOfThePlan(t *testing.T) {
	dir := t.TempDir()
	write := func(folder, plan string) {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, folder, "plan.toml"), []byte(plan), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("english", "schema = 1\n[plan] # all\nlanguage = 'en' # of the papers\n")
	write("broken", "language = \"en\"\n[ plan ]\nid = \n  language=\"en\"\n")
	write("vietnamese", "language = \"en\"\n[plan]\nlanguage = \"vi\"\n[office]\nlanguage = \"en\"\n")
	write("none", "[plan]\nid = \"x\"\n[[activity]]\nlanguage = \"en\"\n")
	for _, test := range []struct {
		from, variable, chosen string
		args                   []string
		want                   phrase.Language
	}{
		{from: "english", want: phrase.English},
		{from: "broken", want: phrase.English},
		{from: "vietnamese", want: phrase.Vietnamese},
		{from: "none", want: phrase.Vietnamese},
		{from: ".", want: phrase.Vietnamese},
		{from: ".", args: []string{"status", "--data=english"}, want: phrase.English},
		{from: ".", args: []string{"status", "--data", "nowhere"}, want: phrase.Vietnamese},
		{from: "none", variable: "../english", want: phrase.English},
		{from: "english", variable: "../vietnamese", want: phrase.Vietnamese},
		{from: "english", args: []string{"--lang", "vi"}, want: phrase.Vietnamese},
		{from: "english", args: []string{"--lang", "fr"}, want: phrase.English},
		{from: "vietnamese", chosen: "en", want: phrase.English},
	} {
		env := map[string]string{envData: test.variable, envLang: test.chosen}
		p, _, _ := testApp(t, filepath.Join(dir, test.from), env, test.args...)
		if p.Words.Language != test.want || p.root.Short != lang.In(test.want).T("follow the progress of a campaign plan") {
			t.Errorf("%+v: %s, and the root says %q", test, p.Words.Language, p.root.Short)
		}
	}
}

func TestHelpFitsAPage(t *testing.T) {
	for _, language := range []string{"vi", "en"} {
		p, stdout, _ := testApp(t, t.TempDir(), nil, "--lang", language)
		everyCommand(t, p.root, func(t *testing.T, command *cobra.Command) {
			stdout.Reset()
			showHelp(p, command)
			if err := p.Out.Flush(); err != nil {
				t.Fatal(err)
			}
			for line := range strings.SplitSeq(stdout.String(), "\n") {
				// An example is to be copied and stays whole.
				if ansi.StringWidth(line) > show.PageWidth && !strings.HasPrefix(line, "  tiendo ") {
					t.Errorf("%s: too wide: %s", language, line)
				}
				if strings.HasSuffix(line, " ") {
					t.Errorf("%s: blank at the end: %q", language, line)
				}
			}
		})
	}
}

// noRoom takes nothing that is written to it.
type noRoom struct{}

func (noRoom) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}
}

// Where the answer cannot be written, what was saved is said all the same, and nobody is told to try again.
func TestSavedIntoNowhere(t *testing.T) {
	dir := t.TempDir()
	english := map[string]string{"TIENDO_LANG": "en"}
	if p, _, stderr := testApp(t, dir, english, "init", "plan"); p.execute(context.Background()) != exitDone {
		t.Fatal(stderr)
	}
	p, _, stderr := testApp(t, filepath.Join(dir, "plan"), english, "tick", "thanh-tra", "treo-bang-ron")
	p.Out = show.NewOutput(noRoom{}, stderr)
	if code := p.execute(context.Background()); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	if said := stderr.String(); !strings.Contains(said, "the disk is full: /dev/stdout") || !strings.Contains(said, "saved ") || strings.Contains(said, "try again") {
		t.Errorf("it says\n%s", said)
	}
}
