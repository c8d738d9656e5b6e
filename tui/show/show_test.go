package show

import (
	"bytes"
	"io"
	"os"
	"reflect"
	"strings"
	"syscall"
	"testing"
)

func TestWrapKeepsWordsWhole(t *testing.T) {
	tests := map[string]struct {
		text  string
		width int
		want  []string
	}{
		"fits":          {"một hai", 7, []string{"một hai"}},
		"breaks":        {"một hai ba", 7, []string{"một hai", "ba"}},
		"long word":     {"a https://example.org/dài b", 8, []string{"a", "https://example.org/dài", "b"}},
		"hyphens":       {"đơn vị van-phong", 12, []string{"đơn vị", "van-phong"}},
		"lines":         {"một\n\nhai", 20, []string{"một", "", "hai"}},
		"nothing":       {"", 20, []string{""}},
		"two-cell word": {"漢字 漢字", 5, []string{"漢字", "漢字"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := wrap(test.text, test.width); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestOutputTellsAFullDiskFromAReaderThatWentAway(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		want bool
	}{
		"pipe":        {&os.PathError{Op: "write", Path: "stdout", Err: syscall.EPIPE}, false},
		"closed pipe": {io.ErrClosedPipe, false},
		"full disk":   {&os.PathError{Op: "write", Path: "stdout", Err: syscall.ENOSPC}, true},
	} {
		t.Run(name, func(t *testing.T) {
			out := NewOutput(brokenWriter{test.err}, io.Discard)
			out.Line(strings.Repeat("dài ", 5000)) // more than the buffer
			out.Line("x")
			if err := out.Flush(); (err != nil) != test.want {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestOutputIsSafe(t *testing.T) {
	var stdout, stderr bytes.Buffer
	out := NewOutput(&stdout, &stderr)
	out.Line("một\x1b[31m\nhai\u202e\x9b")
	out.Note("ba\x1b]0;x\x07\nbốn")
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(stdout.String()+stderr.String(), "\x1b\x07\u202e") || strings.Count(stdout.String(), "\n") != 1 {
		t.Errorf("got %q and %q", stdout.String(), stderr.String())
	}
	if strings.Count(stderr.String(), "\n") != 2 {
		t.Errorf("a note of two lines is %q", stderr.String())
	}
}

// brokenWriter fails as a closed pipe or a full disk does.
type brokenWriter struct{ err error }

func (b brokenWriter) Write([]byte) (int, error) { return 0, b.err }
