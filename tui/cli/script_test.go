package cli

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// exits runs a command and wants exactly this exit code: `exits 2 tiendo tick`.
func exits(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var failed *exec.ExitError
		if !errors.As(err, &failed) {
			ts.Fatalf("%s: %v", args[1], err)
		}
		got = failed.ExitCode()
		if status, ok := failed.Sys().(syscall.WaitStatus); ok && status.Signaled() {
			ts.Fatalf("%s: ended by %v", args[1], status.Signal())
		}
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// replace changes the first place of a file: `replace data/plan.toml OLD NEW`.
func replace(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	content := ts.ReadFile(args[0])
	if !strings.Contains(content, args[1]) {
		ts.Fatalf("%s does not hold %s", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(content, args[1], args[2], 1)), 0o600))
}

// jsonkeys wants the keys of the object at a path of the last output, in this order
// at its beginning: `jsonkeys units.0.report status submitted_at`. The path "." is the whole.
func jsonKeys(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		ts.Fatalf("usage: jsonkeys PATH KEY…")
	}
	var value json.RawMessage = []byte(ts.ReadFile("stdout"))
	if args[0] != "." {
		for step := range strings.SplitSeq(args[0], ".") {
			value = inside(ts, value, step)
		}
	}
	keys := keysOf(ts, value)
	want := args[1:]
	if len(keys) < len(want) || strings.Join(keys[:len(want)], " ") != strings.Join(want, " ") {
		ts.Fatalf("keys of %s are %s\nwant first        %s", args[0], strings.Join(keys, " "), strings.Join(want, " "))
	}
}

// inside is the value of a key of an object or of an index of an array.
func inside(ts *testscript.TestScript, value json.RawMessage, step string) json.RawMessage {
	if index, err := strconv.Atoi(step); err == nil {
		var list []json.RawMessage
		ts.Check(json.Unmarshal(value, &list))
		if index >= len(list) {
			ts.Fatalf("no element %d of %d", index, len(list))
		}
		return list[index]
	}
	var object map[string]json.RawMessage
	ts.Check(json.Unmarshal(value, &object))
	found, ok := object[step]
	if !ok {
		ts.Fatalf("no key %q", step)
	}
	return found
}

// keysOf lists the keys of an object in their order.
func keysOf(ts *testscript.TestScript, value json.RawMessage) []string {
	decoder := json.NewDecoder(strings.NewReader(string(value)))
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		ts.Fatalf("not an object: %.40s", value)
	}
	var keys []string
	for decoder.More() {
		key, err := decoder.Token()
		ts.Check(err)
		keys = append(keys, key.(string))
		var skipped json.RawMessage
		ts.Check(decoder.Decode(&skipped))
	}
	return keys
}

// jsonvalue wants the value at a path of the last output, as JSON: `jsonvalue units.0.report.status '"none"'`.
func jsonValue(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 2 {
		ts.Fatalf("usage: jsonvalue PATH VALUE")
	}
	var value json.RawMessage = []byte(ts.ReadFile("stdout"))
	for step := range strings.SplitSeq(args[0], ".") {
		value = inside(ts, value, step)
	}
	if got := strings.Join(strings.Fields(string(value)), ""); got != strings.Join(strings.Fields(args[1]), "") {
		ts.Fatalf("%s is %s, want %s", args[0], value, args[1])
	}
}
