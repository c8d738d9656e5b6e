package show

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"syscall"

	"example.org/tiendo/model/text"
)

// Output writes lines. Everything that comes from files, git or arguments is
// made safe here once more, so that no way past the other checks leads to a terminal.
type Output struct {
	saved  []string // what the answer says was saved
	stdout *bufio.Writer
	stderr io.Writer
	mute   bool  // the answer is JSON, so lines are not said
	err    error // the first error of stdout
}

// NewOutput makes the output to an answer and to what is said beside it.
func NewOutput(stdout, stderr io.Writer) *Output {
	return &Output{stdout: bufio.NewWriter(stdout), stderr: stderr}
}

// Mute leaves out the lines of the answer from here on, where JSON says it all.
func (o *Output) Mute() { o.mute = true }

// Line writes one line of the answer.
func (o *Output) Line(line string) {
	if o.mute {
		return
	}
	o.Raw(text.Line(line) + "\n")
}

// Alive reports whether somebody still takes what is written.
func (o *Output) Alive() bool { return o.err == nil }

// Raw writes what is known to be safe.
func (o *Output) Raw(bytes string) {
	_, _ = io.WriteString(o, bytes) // kept for flush
}

// Write lets the encoder of JSON and cobra's script generators write to the
// answer. What fails is kept for flush, which knows a reader that went away from a full disk.
func (o *Output) Write(bytes []byte) (int, error) {
	if _, err := o.stdout.Write(bytes); err != nil && o.err == nil {
		o.err = err
	}
	return len(bytes), nil
}

// Note writes one line beside the answer. What was answered so far goes first,
// so that the two keep their order on a terminal.
func (o *Output) Note(line string) {
	if err := o.stdout.Flush(); err != nil && o.err == nil {
		o.err = err
	}
	for part := range strings.Lines(text.Text(line)) {
		// Nobody is left to hear that stderr is closed.
		_, _ = io.WriteString(o.stderr, strings.TrimRight(part, "\n")+"\n")
	}
}

// Saved writes a line that says what was saved. It is kept: a person must get to know it, whatever becomes of the
// answer.
func (o *Output) Saved(line string) {
	o.saved = append(o.saved, line)
	o.Line(line)
}

// SavedLines are the lines that say what was saved.
func (o *Output) SavedLines() []string { return o.saved }

// Flush ends the answer. A reader that went away early is no error; a full disk is.
func (o *Output) Flush() error {
	err := o.stdout.Flush()
	if o.err != nil {
		err = o.err
	}
	if errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) {
		return nil
	}
	return err
}
