package terminal

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

var errLine = errors.New("line is down")

// parts is a source that returns one part at a Read, then err.
type parts struct {
	parts []string
	err   error
}

func (s *parts) Read(p []byte) (int, error) {
	if len(s.parts) == 0 {
		return 0, s.err
	}
	n := copy(p, s.parts[0])
	if s.parts[0] = s.parts[0][n:]; s.parts[0] == "" {
		s.parts = s.parts[1:]
	}
	return n, nil
}

func never(time.Duration) <-chan time.Time { return nil }

// readAll reads until an error and returns what each Read handed over.
func readAll(t *testing.T, r io.Reader, size int) (chunks []string, err error) {
	t.Helper()
	for {
		p := make([]byte, size)
		n, err := r.Read(p)
		if err != nil {
			if n != 0 {
				t.Errorf("Read returned %d bytes with the error %v", n, err)
			}
			return chunks, err
		}
		if n > maxChunk {
			t.Errorf("Read returned %d bytes", n)
		}
		chunks = append(chunks, string(p[:n]))
	}
}

// Every way to cut a stream in two: each character and sequence is handed over whole.
func TestInputKeepsUnitsWhole(t *testing.T) {
	units := []string{
		"S", "ở", " ", "Đ", "o", "\u0302", "\x1b[A", "\x1bOP", "ấ", "\x1b[1;5C", "\x1b[<0;12;34M", "\x1b[<0;12;34m", "\x1b[M !\xff",
		"\x1bđ", "\x1b\x1b[B", "\x1b[[A", "\r", pasteStart, "dán", pasteEnd, "q",
	}
	all := strings.Join(units, "")
	for at := range len(all) + 1 {
		chunks, err := readAll(t, newInput(&parts{[]string{all[:at], all[at:]}, io.EOF}, never), 256)
		if err != io.EOF || strings.Join(chunks, "") != all {
			t.Fatalf("cut at %d: %q, %v", at, chunks, err)
		}
		if len(chunks) > 2 {
			t.Errorf("cut at %d: %d chunks", at, len(chunks))
		}
		checkBoundaries(t, units, chunks)
	}
}

// checkBoundaries asserts that chunks end where units end. A paste may be cut anywhere.
func checkBoundaries(t *testing.T, units, chunks []string) {
	t.Helper()
	ends, at := map[int]bool{}, 0
	for _, u := range units {
		if u == "dán" || u == pasteEnd {
			for i := range len(u) {
				ends[at+i] = true
			}
		}
		at += len(u)
		ends[at] = true
	}
	at = 0
	for _, c := range chunks {
		if at += len(c); !ends[at] {
			t.Errorf("a chunk ends inside a unit: %q of %q", c, chunks)
		}
	}
}

func TestInputOneByteAtATime(t *testing.T) {
	units := []string{"Đ", "ộ", "\x1b[1;5A", "\x1b[<35;120;40M", "\x1b\x1bOP", "x"}
	source := &parts{nil, io.EOF}
	for _, b := range []byte(strings.Join(units, "")) {
		source.parts = append(source.parts, string([]byte{b}))
	}
	chunks, _ := readAll(t, newInput(source, never), 256)
	if strings.Join(chunks, "") != strings.Join(units, "") {
		t.Fatalf("handed over %q", chunks)
	}
	checkBoundaries(t, units, chunks)
}

func TestInputManyLettersAtOnce(t *testing.T) {
	for _, letter := range []string{"a", "đ", "ộ"} {
		units := strings.Split(strings.Repeat(letter, 600), "")
		chunks, _ := readAll(t, newInput(strings.NewReader(strings.Join(units, "")), never), 256)
		if got := strings.Join(chunks, ""); got != strings.Join(units, "") {
			t.Fatalf("%s: handed over %d bytes", letter, len(got))
		}
		checkBoundaries(t, units, chunks)
		if len(chunks) > 10 {
			t.Errorf("%s: %d chunks", letter, len(chunks))
		}
	}
}

func TestInputEndLosesNothing(t *testing.T) {
	for _, end := range []error{io.EOF, errLine} {
		for _, in := range []string{"a\x1b", "\x1b[1;", "đ\xe1\xbb", "\x1b]11;rgb:0", pasteStart + "dán", "\x1b\x1b", "\x1b\x1b[", "\x1b[M!"} {
			chunks, err := readAll(t, newInput(&parts{[]string{in}, end}, never), 256)
			if err != end || strings.Join(chunks, "") != in {
				t.Errorf("%q, then %v: %q, %v", in, end, chunks, err)
			}
		}
	}
}

func TestInputSmallBuffer(t *testing.T) {
	const in = "Sở\x1b[<35;120;40M"
	chunks, _ := readAll(t, newInput(strings.NewReader(in), never), 2)
	if strings.Join(chunks, "") != in {
		t.Errorf("handed over %q", chunks)
	}
	if n, err := newInput(strings.NewReader(in), never).Read(nil); n != 0 || err != nil {
		t.Errorf("Read(nil) = %d, %v", n, err)
	}
}

// What is no sequence is handed over when the wait is over, and not before.
func TestInputWaits(t *testing.T) {
	tests := map[string]struct {
		in    string
		waits []patience
		want  []string
	}{
		"Esc":                    {"\x1b", []patience{keyPatience}, []string{"\x1b"}},
		"Esc after letters":      {"ab\x1b", []patience{keyPatience}, []string{"ab", "\x1b"}},
		"Esc twice":              {"\x1b\x1b", []patience{keyPatience, keyPatience}, []string{"\x1b", "\x1b"}},
		"Esc three times":        {"\x1b\x1b\x1b", []patience{keyPatience, keyPatience}, []string{"\x1b", "\x1b", "\x1b"}},
		"Esc twice and letter":   {"\x1b\x1bx", nil, []string{"\x1b", "\x1bx"}},
		"Alt and [":              {"\x1b[", []patience{keyPatience}, []string{"\x1b["}},
		"rxvt":                   {"\x1b[7$", []patience{keyPatience}, []string{"\x1b[7$"}},
		"half a letter":          {"\xe1\xbb", []patience{piecePatience}, []string{"\xe1\xbb"}},
		"unfinished sequence":    {"\x1b[1;5", []patience{piecePatience}, []string{"\x1b[1;5"}},
		"no wait inside a paste": {pasteStart + "\x1b[2", nil, []string{pasteStart + "\x1b[2"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			source, write := io.Pipe()
			asked, over := make(chan time.Duration), make(chan time.Time)
			input := newInput(source, func(d time.Duration) <-chan time.Time { asked <- d; return over })
			got := make(chan string, len(tt.want))
			go func() {
				for range tt.want {
					p := make([]byte, 256)
					n, _ := input.Read(p)
					got <- string(p[:n])
				}
			}()
			if _, err := write.Write([]byte(tt.in)); err != nil {
				t.Fatal(err)
			}
			for _, want := range tt.waits {
				if d := <-asked; d != time.Duration(want) {
					t.Errorf("waits %v, want %v", d, time.Duration(want))
				}
				over <- time.Time{}
			}
			for _, want := range tt.want {
				if g := <-got; g != want {
					t.Errorf("handed over %q, want %q", g, want)
				}
			}
			write.Close()
		})
	}
}

func TestInputRestInTime(t *testing.T) {
	source, write := io.Pipe()
	asked := make(chan time.Duration, 1)
	input := newInput(source, func(d time.Duration) <-chan time.Time { asked <- d; return nil })
	go func() {
		write.Write([]byte("\x1b"))
		<-asked
		write.Write([]byte("[A"))
	}()
	p := make([]byte, 256)
	if n, err := input.Read(p); string(p[:n]) != "\x1b[A" || err != nil {
		t.Errorf("Read = %q, %v", p[:n], err)
	}
	write.Close()
}

// The rest has come at the very moment the wait is over: it is not too late.
func TestInputRestAtTheLastMoment(t *testing.T) {
	for range 20 { // a select with two ways open takes either
		queued := make(chan struct{})
		reads := 0
		source := readerFunc(func(p []byte) (int, error) {
			switch reads++; reads {
			case 1:
				return copy(p, "\x1b"), nil
			case 2:
				return copy(p, "[A"), nil
			}
			close(queued) // who asks for more has passed on the rest
			return 0, io.EOF
		})
		over := make(chan time.Time)
		close(over)
		input := newInput(source, func(time.Duration) <-chan time.Time { <-queued; return over })
		p := make([]byte, 256)
		if n, err := input.Read(p); string(p[:n]) != "\x1b[A" || err != nil {
			t.Fatalf("Read = %q, %v", p[:n], err)
		}
	}
}

func TestInputDone(t *testing.T) {
	source, write := io.Pipe()
	input := NewInput(source)
	select {
	case <-input.Done():
		t.Fatal("done before the source ended")
	default:
	}
	write.Close()
	<-input.Done()
}

func TestInputCloseFreesItsGoroutine(t *testing.T) {
	waiting, reads := make(chan struct{}), 0
	flood := readerFunc(func(p []byte) (int, error) {
		if reads++; reads == 3 {
			close(waiting) // two chunks have been passed on
		}
		return len(p), nil
	})
	input := NewInput(flood)
	<-waiting
	for range 2 {
		if err := input.Close(); err != nil {
			t.Fatal(err)
		}
	}
	<-input.Done() // nobody reads: only Close can have freed it
	for range 20 {
		if n, err := input.Read(make([]byte, 256)); n != 0 || err != io.EOF {
			t.Fatalf("Read after Close = %d, %v; want 0, EOF", n, err)
		}
	}
}

func TestInputCloseEndsRead(t *testing.T) {
	source, write := io.Pipe()
	asked := make(chan time.Duration)
	input := newInput(source, func(d time.Duration) <-chan time.Time { asked <- d; return nil })
	ended := make(chan error)
	go func() {
		_, err := input.Read(make([]byte, 256))
		ended <- err
	}()
	write.Write([]byte("\x1b"))
	<-asked
	input.Close()
	if err := <-ended; err != io.EOF {
		t.Errorf("Read ended with %v, want EOF", err)
	}
	write.Close()
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// An answer whose end does not come takes no keys with it: once nothing more comes, what is pressed is a key again.
func TestInputGivesUpALongAnswer(t *testing.T) {
	source, keys := io.Pipe()
	waiting, silence := make(chan struct{}), make(chan time.Time)
	input := newInput(source, func(time.Duration) <-chan time.Time {
		waiting <- struct{}{}
		return silence
	})
	go func() {
		_, _ = io.WriteString(keys, "a\x1b]l"+strings.Repeat("S q", 100))
		for range waiting {
			silence <- time.Time{}
			_, _ = io.WriteString(keys, "b") // still part of the answer if it comes in this very moment
		}
		_ = keys.Close()
	}()
	p := make([]byte, 256)
	for _, want := range []string{"a", "b"} {
		if n, err := input.Read(p); err != nil || string(p[:n]) != want {
			t.Errorf("handed over %q, %v; want %q", p[:n], err, want)
		}
	}
	close(waiting)
	if n, err := input.Read(p); err != io.EOF {
		t.Errorf("then %q, %v", p[:n], err)
	}
}
