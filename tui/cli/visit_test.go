package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/visit"
)

// visitorsCommands are all commands that somebody may give over SSH.
var visitorsCommands = []string{"status", "check", "tick", "use", "report", "submit", "person key add", "person key remove", "person list", "unit list", "version", "help"}

// visitedFolder is a plan with hoa, who works for thanh-tra.
func visitedFolder(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "data"))); err != nil {
		t.Fatal(err)
	}
	units := filepath.Join(dir, "units.toml")
	content, err := os.ReadFile(units)
	if err == nil {
		err = os.WriteFile(units, append(content, "\n[[person]]\nid = \"hoa\"\nname = \"Hoa\"\nunit = \"thanh-tra\"\nrole = \"staff\"\nkeys = [\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGmNpgn1Vd8Rz0hC0X7oxQGIuFSXQk/bXWUdPMZtcRop\"]\n"...), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// visitOf is a visit of hoa in English.
func visitOf(dir, line string, out *bytes.Buffer) visit.Visit {
	return visit.Visit{Person: "hoa", Key: "SHA256:4kDKAcRLDh6phTHSFADaSpFE9bXZqtYlrmU1P9GAOZQ", Dir: dir, Line: line, Stdout: out, Stderr: out, Env: func(name string) string {
		return map[string]string{envLang: "en", envAs: "lan", envData: "/nowhere", envToday: "2000-01-01"}[name]
	}}
}

func TestVisitorsHaveTheseCommandsOnly(t *testing.T) {
	p, _, _ := testApp(t, t.TempDir(), nil)
	visitor, err := p.visitor(visitOf(t.TempDir(), "", &bytes.Buffer{}))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	var walk func(command *cobra.Command)
	walk = func(command *cobra.Command) {
		for _, child := range command.Commands() {
			if child.HasSubCommands() {
				walk(child)
				continue
			}
			found = append(found, strings.TrimPrefix(child.CommandPath(), workspace.ProgramName+" "))
		}
		for _, flag := range []string{"as", "data", "today", "at", "log", "into"} {
			if command.Flag(flag) != nil {
				t.Errorf("%s has --%s", command.CommandPath(), flag)
			}
		}
	}
	walk(visitor.root)
	slices.Sort(found)
	if want := slices.Sorted(slices.Values(visitorsCommands)); !slices.Equal(found, want) {
		t.Errorf("there are %q, want %q", found, want)
	}
}

// visitsAllowed and visitsRefused are command lines of visitors.
var (
	visitsAllowed = []string{
		"", "  ", "tiendo", "tiendo status", "status", "status --json", "status --unit van-phong", "status --lang en --plain", "check --json",
		"version", "help", "help tick", "help person list", "tick --help", "tick -h", "person list", "person list --json", "unit list",
		"tick thanh-tra treo-bang-ron --figure bang-ron=4 --note 'a; b'", "tick thanh-tra treo-bang-ron --note='- a'", "tick thanh-tra treo-bang-ron --note=--as",
		"use thanh-tra m05 --channel website", "submit thanh-tra", "tick", "tick a b c d", "status --nonsense", `"status"`, `st\atus`, "status -- x",
	}
	visitsRefused = []string{
		"accept thanh-tra", "return thanh-tra --reason x", "person", "person add x", "person remove hoa", "person set hoa --role coordinator", "person --help", "person help", "unit add x", "unit",
		"init x", "demo", "serve", "completion bash", "authorized-keys", "ssh-session --data x --as y", "__complete tick ''", "__completeNoDesc tick ''",
		"tiendo tiendo status", "Status", "STATUS", "stat", "--version", "--help", "-h", "--lang en status", "'' status", "'status '", "sh -c id",
		"git-upload-pack '/srv/x'", "git-receive-pack 'x'", "git-upload-archive 'x'", "scp -t /tmp", "scp -f x", "sftp-server", "/usr/lib/openssh/sftp-server",
		"internal-sftp", "rsync --server . x", "bash", "/bin/sh", "../tiendo status", "./tiendo status", "env X=1 tiendo status", "TIENDO_AS=lan status",
		"status --as lan", "status --as=lan", "--as lan status", "--as=lan status", "status -as lan", "status --a lan", "status -a lan", "status --AS lan",
		"status '--as' lan", `status "--as=lan"`, `status --\as lan`, "status --'a's lan", "status -- --as lan", "status ---as lan", "status --as", "tick a b --note --as",
		"status --data /", "status --data=/", "status --dat /", "status --d /", "status -d /", "status --today 2019-12-10", "status --tod x", "status -t x", "status --at HEAD",
		"status --at=HEAD", "tiendo --data / status", "check --data /tmp", "person list --as=chu", "help --as x", "version --today=x",
	}
	// visitsMalformed are no list of words; what makes them so is tested where they are split.
	visitsMalformed = []string{
		"status; id", "status & id", "status | id", "status > /tmp/x", "status $(id)", "status `id`", `status "$(id)"`, "(status)", "~/x",
		"status #x", "status\nid", "status '\n'", "status \x1b[31m", "status \u009b", "status \x00", "status \xff", "status '", `status "a\"`, `status \`,
	}
)

func TestAllowed(t *testing.T) {
	p, _, _ := testApp(t, t.TempDir(), nil)
	for _, line := range visitsAllowed {
		if _, err := p.visitor(visitOf(t.TempDir(), line, &bytes.Buffer{})); err != nil {
			t.Errorf("%s: refused: %v", line, err)
		}
	}
	for _, line := range slices.Concat(visitsRefused, visitsMalformed) {
		var out bytes.Buffer
		if _, err := p.visitor(visitOf(t.TempDir(), line, &out)); err == nil || phrase.HintOf(err).IsZero() {
			t.Errorf("%.60s: allowed, or refused without a hint: %v", line, err)
		}
		if exit, logged := p.answerVisit(t.Context(), visitOf(t.TempDir(), line, &out)); len(logged) == 0 || exit != exitFailed || !strings.HasPrefix(out.String(), "tiendo: ") {
			t.Errorf("%.60s: exit code %d, logged %v, said %q", line, exit, logged, out.String())
		}
	}
}

// Whatever was quoted wrongly, the log of refusals holds none of what the person wrote; they themselves may see it.
func TestRefusalsAreLoggedWithoutNotes(t *testing.T) {
	p, _, _ := testApp(t, t.TempDir(), nil)
	for line, command := range map[string]string{
		`'tick thanh-tra treo-bang-ron --note "bí mật secret"'`: "",
		`person 'secret'`:                  "person",
		`person secret`:                    "person",
		`"secret"`:                         "",
		`secret' 'note x`:                  "",
		`Secret`:                           "",
		`tick --note "secret`:              "tick",
		`tick --note secret; x`:            "tick",
		`tick --as secret`:                 "tick",
		`tick --note 'secret' --as=secret`: "tick",
		`git-upload-pack 'secret'`:         "git-upload-pack",
		`scp -t secret`:                    "scp", // its -t is no --today
		"status\nsecret":                   "",
	} {
		var out bytes.Buffer
		_, logged := p.answerVisit(t.Context(), visitOf(t.TempDir(), line, &out))
		said := fmt.Sprint(logged)
		if strings.Contains(out.String(), "--today") {
			t.Errorf("%s: said %s", line, out.String())
		}
		if strings.Contains(strings.ToLower(said), "secret") || !strings.Contains(said, "command="+command+" reason=") {
			t.Errorf("%s: logged %s", line, said)
		}
	}
}

// settled is what no accepted line may hold: a flag about who, where and when, whole or shortened.
var settled = regexp.MustCompile(`(?i)^-+(a|as|at|d|da|dat|data|t|to|tod|toda|today)(=.*)?$`)

// FuzzVisit wants of every line that is allowed that it begins with one of the
// commands, holds no flag that is settled, and changes neither person nor folder.
func FuzzVisit(f *testing.F) {
	for _, line := range slices.Concat(visitsAllowed, visitsRefused, visitsMalformed) {
		f.Add(line)
	}
	p := newApp(System{Env: func(string) (string, bool) { return "", false }, Directory: "/nowhere", Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}})
	f.Fuzz(func(t *testing.T, line string) {
		visitor, err := p.visitor(visitOf("/nowhere/data", line, &bytes.Buffer{}))
		if err != nil {
			return
		}
		words, err := visit.SplitLine(line)
		if err != nil {
			t.Fatalf("%q is allowed, and no list of words: %v", line, err)
		}
		if len(words) > 0 && words[0] == workspace.ProgramName {
			words = words[1:]
		}
		if slices.ContainsFunc(words, settled.MatchString) {
			t.Fatalf("%q is allowed", line)
		}
		known := func(command string) bool {
			return command == strings.Join(words[:min(len(words), 1+strings.Count(command, " "))], " ")
		}
		if len(words) > 0 && !slices.ContainsFunc(visitorsCommands, known) {
			t.Fatalf("%q is allowed", line)
		}
		// Whatever the flags say: who and where stay.
		if command, rest, err := visitor.root.Find(words); err == nil {
			_ = command.ParseFlags(rest) // what is wrong there is said when it runs
		}
		if visitor.flags.as != "hoa" || visitor.flags.data != "data" || visitor.flags.today != "" || visitor.system.Directory != "/nowhere" {
			t.Fatalf("%q changes who or where: %+v", line, visitor.flags)
		}
	})
}

// TestVisitsAreApart runs many visits at once in one process, as the server does.
func TestVisitsAreApart(t *testing.T) {
	dir := visitedFolder(t)
	p, stdout, stderr := testApp(t, t.TempDir(), map[string]string{envLang: "vi"})
	lines := map[string]string{
		"":              "Activities: done",
		"status --json": `"person": "hoa"`,
		"status --json --lang vi --unit chi-doan": `"chi-doan"`,
		"person list":                  "hoa  Hoa · staff · Thanh tra Sở",
		"unit list --lang vi":          "van-phong            Văn phòng Sở · Các phòng, đơn vị trực thuộc Sở · đơn vị đầu",
		"help":                         "You are here over SSH",
		"tick thanh-tra treo-bang-ro":  "did you mean treo-bang-ron?",
		"tick van-phong treo-bang-ron": "Hoa may change only the record of Thanh tra Sở",
		"tick thanh-tra treo-bang-ron": "Thanh tra Sở · Treo băng rôn",
	}
	var all sync.WaitGroup
	for line, want := range lines {
		times := 4
		if want == lines["tick thanh-tra treo-bang-ron"] {
			times = 1 // the second of two at one moment would be told that the first was first
		}
		for range times {
			all.Go(func() {
				var out bytes.Buffer
				exit, refused := p.answerVisit(t.Context(), visitOf(dir, line, &out))
				if refused != nil || !strings.Contains(out.String(), want) {
					t.Errorf("%s: exit code %d, refused %v; %q is not in\n%s", line, exit, refused, want, out.String())
				}
			})
		}
	}
	all.Wait()
	if stdout.Len()+stderr.Len() > 0 || p.loaded != nil {
		t.Errorf("a visit left its traces: %q, %q", stdout.String(), stderr.String())
	}
}

// TestVisitTellsOfChanges is what the server's log relies on.
func TestVisitTellsOfChanges(t *testing.T) {
	dir := visitedFolder(t)
	p, _, _ := testApp(t, t.TempDir(), nil)
	ctx, gone := context.WithCancel(t.Context())
	gone() // the client has gone already; what it asked for is done all the same, and not by halves
	var said []string
	for _, line := range []string{"tick thanh-tra treo-bang-ron", "tick thanh-tra treo-bang-ron", "tick van-phong treo-bang-ron", "status"} {
		v := visitOf(dir, line, &bytes.Buffer{})
		v.Told = func(change model.Change, receipt model.Receipt, err error) {
			said = append(said, fmt.Sprintf("%s %s %s %v %v", change.Person.ID, change.Unit, change.Subject.ID, receipt.Unchanged, err != nil))
		}
		p.answerVisit(ctx, v)
	}
	want := []string{"hoa thanh-tra treo-bang-ron false false", "hoa thanh-tra treo-bang-ron true false", "hoa van-phong treo-bang-ron false true"}
	if !slices.Equal(said, want) {
		t.Errorf("told %q, want %q", said, want)
	}
}

// TestNothingStaysBehind: cobra keeps completions for the whole process, which a
// server that answers for months cannot afford.
func TestNothingStaysBehind(t *testing.T) {
	p, _, _ := testApp(t, t.TempDir(), nil)
	for _, command := range []*cobra.Command{p.root, named("tick", p.root.Commands()), named("status", p.root.Commands())} {
		for _, flag := range []string{"lang", "status", "unit", "figure"} {
			if _, kept := command.GetFlagCompletionFunc(flag); kept {
				t.Errorf("%s --%s is kept", command.Name(), flag)
			}
		}
	}
}
