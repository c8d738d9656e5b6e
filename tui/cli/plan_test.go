package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/part"
)

// The whole example plan and its roster can be made by commands, one part after the other, from an empty folder.
func TestPlanByCommandsAlone(t *testing.T) {
	dir := t.TempDir()
	for _, variable := range testEnvironment(t.TempDir()) {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	run := func(args ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		code := Main(System{Args: args, Env: os.LookupEnv, Directory: dir, Stdout: &out, Stderr: &errs,
			Data: os.DirFS(filepath.Join("..", ".."))})
		if code != exitDone {
			t.Fatalf("%q: exit %d: %s%s", args, code, &out, &errs)
		}
	}
	example := func(name string) []byte { return readFile(t, filepath.Join("..", "..", "data", name)) }
	src, names := example(decode.PlanFile), decode.NewNames()
	roster := decode.Roster(decode.Parse("", example(decode.RosterFile)), names)
	want := decode.Plan(decode.Parse("", src), names)

	run("init", "--empty", dir)
	for _, group := range roster.Groups {
		run("group", "add", group.ID, "--name", group.Name)
	}
	for _, unit := range roster.Units {
		args := []string{"unit", "add", unit.ID, "--name", unit.Name, "--group", unit.Group}
		if unit.Short != "" {
			args = append(args, "--short", unit.Short)
		}
		if unit.Coordinator {
			args = append(args, "--coordinator")
		}
		run(append(args, "--since", "")...)
	}
	build := func(verb, kind, id string) {
		t.Helper()
		said := part.Of(src, part.Subject(kind, id))
		args := strings.Fields("plan " + verb + " " + kind + " " + id)
		for _, f := range part.Fields(kind) {
			if _, there := said[f.Key]; there {
				args = append(args, "--"+flagOf(f.Key), part.Typed(f, said[f.Key]))
			}
		}
		run(args...)
	}
	for _, table := range []string{"plan", "document", "signature", "reporting"} {
		build("set", table, "")
	}
	run("plan", "set", "reporting", "--returned", "") // `init` writes it, and the example has none
	for _, heading := range want.Document.Headings {
		build("add", "heading", heading.ID)
	}
	for i := range want.Document.Recipients {
		build("add", "recipient", strconv.Itoa(i+1))
	}
	for _, goal := range want.Goals {
		build("add", "goal", goal.ID)
	}
	for _, message := range want.Messages {
		build("add", "message", message.ID)
	}
	for _, channel := range want.Channels {
		build("add", "channel", channel.ID)
	}
	for _, activity := range want.Activities {
		build("add", "activity", activity.ID)
		for _, indicator := range activity.Indicators {
			build("add", "indicator", activity.ID+"/"+indicator.ID)
		}
	}

	run("check", "--strict")
	names = decode.NewNames()
	gotRoster := decode.Roster(decode.Parse("", readFile(t, filepath.Join(dir, "data", decode.RosterFile))), names)
	got := decode.Plan(decode.Parse("", readFile(t, filepath.Join(dir, "data", decode.PlanFile))), names)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the plan is\n%+v\nwant\n%+v", got, want)
	}
	for _, unit := range roster.Units {
		if now := gotRoster.Unit(unit.ID); now == nil || now.Name != unit.Name || now.Group != unit.Group ||
			now.Coordinator != unit.Coordinator {
			t.Errorf("the unit %s is %+v, want %+v", unit.ID, now, unit)
		}
	}
	if len(want.Activities) == 0 {
		t.Error("there is nothing to compare")
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
