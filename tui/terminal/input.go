package terminal

import (
	"io"
	"sync"
	"time"
)

// Input reads the keys of a network session for Bubble Tea. It hands over whole characters and whole escape
// sequences only, at most 255 bytes at once: Bubble Tea v1 drops a letter that is split over two reads and
// takes a split arrow key for Esc and letters. An Esc alone is handed over after 40 ms without a successor.
type Input struct {
	chunks <-chan []byte
	closed chan struct{}
	gone   chan struct{}
	err    error // why the source ended; set before chunks is closed

	after func(time.Duration) <-chan time.Time

	closing sync.Once
	reading sync.Mutex
	framer  framer
	pending []byte // read from the source and not handed over
}

// NewInput starts to read from source, on a goroutine of its own that ends when source does; after Close it
// ends with the read that is under way.
func NewInput(source io.Reader) *Input { return newInput(source, time.After) }

func newInput(source io.Reader, after func(time.Duration) <-chan time.Time) *Input {
	// A few chunks may wait; then the source does, so that a flood of input takes no memory.
	chunks := make(chan []byte, 4)
	i := &Input{chunks: chunks, closed: make(chan struct{}), gone: make(chan struct{}), after: after}
	go i.pump(source, chunks)
	return i
}

func (i *Input) pump(source io.Reader, chunks chan<- []byte) {
	defer close(i.gone)
	defer close(chunks)
	for {
		chunk := make([]byte, 1024)
		n, err := source.Read(chunk)
		if n > 0 {
			select {
			case chunks <- chunk[:n]:
			case <-i.closed:
				return
			}
		}
		if err != nil {
			i.err = err
			return
		}
	}
}

// Done is closed when the source has ended: the other side is gone. Bubble Tea does not end a program for
// that, so whoever runs the session must. Keys that arrived before can still be read.
func (i *Input) Done() <-chan struct{} { return i.gone }

// Close gives up what was not read; Read returns io.EOF from now on. It does not close the source.
func (i *Input) Close() error {
	i.closing.Do(func() { close(i.closed) })
	return nil
}

// Read implements io.Reader. Nothing is lost when the source ends: the error is returned once everything that
// arrived before, even half a sequence, has been handed over.
func (i *Input) Read(p []byte) (int, error) {
	i.reading.Lock()
	defer i.reading.Unlock()
	if len(p) == 0 {
		return 0, nil
	}
	select {
	case <-i.closed:
		return 0, io.EOF
	default:
	}
	p = p[:min(len(p), maxChunk)]
	for {
		wrote, used, wait := i.framer.take(p, i.pending)
		i.pending = i.pending[used:]
		if wrote > 0 {
			return wrote, nil
		}
		more, err := i.more(wait)
		switch {
		case more:
		case len(i.pending) > 0:
			return i.giveUpWaiting(p), nil
		case err == nil:
			i.framer.giveUp()
		default:
			return 0, err
		}
	}
}

// more waits for the source, without end if nothing is missing. It returns false when waiting is over; err is
// not nil if the source has ended.
func (i *Input) more(wait patience) (bool, error) {
	var timeout <-chan time.Time
	if wait != none {
		timeout = i.after(time.Duration(wait))
	}
	select {
	case <-i.closed:
		i.pending = nil
		return false, io.EOF
	case chunk, ok := <-i.chunks:
		return i.append(chunk, ok)
	case <-timeout:
	}
	select { // what came at the last moment has come
	case chunk, ok := <-i.chunks:
		return i.append(chunk, ok)
	default:
		return false, nil
	}
}

func (i *Input) append(chunk []byte, ok bool) (bool, error) {
	if !ok {
		if i.err == nil {
			return false, io.EOF
		}
		return false, i.err
	}
	i.pending = append(i.pending, chunk...)
	return true, nil
}

// giveUpWaiting hands over the beginning of something whose rest has not come.
func (i *Input) giveUpWaiting(p []byte) int {
	i.framer.giveUp()
	piece := i.pending
	if len(piece) > 1 && piece[1] == 0x1b {
		piece = piece[:1] // Esc pressed twice: Bubble Tea would make one key of it
	}
	n := copy(p, piece)
	i.pending = i.pending[n:]
	return n
}
