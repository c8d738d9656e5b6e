package terminal

import (
	"os"
	"time"
)

// TTY reads the keys of the local terminal for Bubble Tea, whole as Input does. It is a file to Bubble Tea,
// which therefore sets raw mode and can stop a read; for that it may not keep back a byte between reads, as
// nobody would come to ask for it. So Esc pressed twice within 40 ms arrives as Alt+Esc: bind both.
//
// On Windows Bubble Tea reads key events from the console itself and never calls Read.
type TTY struct {
	file   *os.File
	framer framer

	// ready waits until file can be read without blocking, at most as long as told.
	ready func(file *os.File, wait time.Duration) bool
}

// NewTTY reads from file, usually os.Stdin.
func NewTTY(file *os.File) *TTY { return &TTY{file: file, ready: ready} }

// Read implements io.Reader. It returns either bytes or an error, never both: Bubble Tea v1 drops bytes that
// come with an error. It may return 0 bytes without an error, when all that came was an answer of the terminal.
func (t *TTY) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	var arrived [maxChunk]byte
	p = p[:min(len(p), maxChunk)]
	// Room for the rest of one sequence and for beginning a paste anew.
	capacity := max(1, len(p)-len(pasteEnd+pasteStart))
	n, err := t.file.Read(arrived[:max(1, capacity-maxSequence)])
	if n == 0 {
		return 0, err
	}
	total := 0
	for rest := arrived[:n]; ; {
		wrote, used, wait := t.framer.take(p[total:], rest)
		total, rest = total+wrote, rest[used:]
		switch {
		case len(rest) == 0:
			if wait != none && !t.ready(t.file, time.Duration(wait)) {
				t.framer.giveUp()
			}
			return total, nil
		case wait == none:
			continue // take stopped after an Esc
		case n == capacity, !t.readOne(arrived[n:n+1], wait):
			return total + copy(p[total:], rest), nil
		}
		n++
		rest = arrived[n-len(rest)-1 : n]
	}
}

// readOne reads the next byte if it comes in time. An error shows again at the next Read.
func (t *TTY) readOne(b []byte, wait patience) bool {
	if !t.ready(t.file, time.Duration(wait)) {
		return false
	}
	n, _ := t.file.Read(b)
	return n == 1
}

// Write writes to the terminal. Bubble Tea asks for it and does not use it.
func (t *TTY) Write(p []byte) (int, error) { return t.file.Write(p) }

// Close closes the file.
func (t *TTY) Close() error { return t.file.Close() }

// Fd returns the file's descriptor, for raw mode.
func (t *TTY) Fd() uintptr { return t.file.Fd() }

// Name returns the file's name.
func (t *TTY) Name() string { return t.file.Name() }
