package terminal

import (
	"io"
	"os"
	"sync"
)

// Output is the way to one terminal for all who write to it at the same time: Bubble Tea's renderer, and
// CopyTo. Each Write arrives in one piece, never inside another.
//
// Over a file it stays a file to Bubble Tea, which so finds the size of the window. It is no *os.File, so
// termenv does not take it for a terminal that it could ask.
type Output struct {
	writing sync.Mutex
	w       io.Writer
}

// NewOutput wraps w, os.Stdout or the channel of a network session.
func NewOutput(w io.Writer) *Output { return &Output{w: w} }

// Write implements io.Writer.
func (o *Output) Write(p []byte) (int, error) {
	o.writing.Lock()
	defer o.writing.Unlock()
	return o.w.Write(p)
}

// Read reads from the terminal, if w is a file. Bubble Tea asks for it and does not use it.
func (o *Output) Read(p []byte) (int, error) {
	if f, ok := o.w.(*os.File); ok {
		return f.Read(p)
	}
	return 0, io.EOF
}

// Close closes w, if it is a file.
func (o *Output) Close() error {
	if f, ok := o.w.(*os.File); ok {
		return f.Close()
	}
	return nil
}

// Fd returns the file's descriptor. It is one that is never valid if w is no file: Bubble Tea then finds that
// this is no terminal and leaves the size to whoever runs the session.
func (o *Output) Fd() uintptr {
	if f, ok := o.w.(*os.File); ok {
		return f.Fd()
	}
	return ^uintptr(0)
}
