//go:build unix

package terminal

import (
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"
)

// openTerminal returns both ends of a pseudo terminal in raw mode.
func openTerminal(t *testing.T) (keyboard, program *os.File) {
	t.Helper()
	keyboard, program, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { keyboard.Close(); program.Close() })
	if _, err := term.MakeRaw(int(program.Fd())); err != nil {
		t.Fatal(err)
	}
	return keyboard, program
}

func press(t *testing.T, keyboard *os.File, keys string) {
	t.Helper()
	if _, err := keyboard.WriteString(keys); err != nil {
		t.Fatal(err)
	}
}

// Every way to cut a stream in two: the first Read hands over whole units, waiting for a rest if it must.
func TestTTYKeepsUnitsWhole(t *testing.T) {
	units := []string{
		"S", "ở", "Đ", "\x1b[A", "\x1bOP", "\x1b[<0;12;34M", "\x1b[M !\xff", "\x1bđ", "\x1b\x1b[B", "\x1b[[A",
		pasteStart, "dán", pasteEnd, "q",
	}
	all := strings.Join(units, "")
	keyboard, program := openTerminal(t)
	for at := 1; at < len(all); at++ {
		tty, rest := NewTTY(program), all[at:]
		tty.ready = func(*os.File, time.Duration) bool {
			press(t, keyboard, rest) // what was missing comes in time
			rest = ""
			return true
		}
		press(t, keyboard, all[:at])
		var chunks []string
		for got := ""; len(got) < len(all); got = strings.Join(chunks, "") {
			if got == all[:at] {
				press(t, keyboard, rest)
			}
			p := make([]byte, 256)
			n, err := tty.Read(p)
			if err != nil {
				t.Fatal(err)
			}
			chunks = append(chunks, string(p[:n]))
		}
		if strings.Join(chunks, "") != all {
			t.Fatalf("cut at %d: %q", at, chunks)
		}
		checkBoundaries(t, units, chunks)
	}
}

func TestTTYManyLettersAtOnce(t *testing.T) {
	keyboard, program := openTerminal(t)
	units := strings.Split(strings.Repeat("ộ", 600), "")
	press(t, keyboard, strings.Join(units, ""))
	tty := NewTTY(program)
	var chunks []string
	for got := 0; got < 600*len("ộ"); {
		p := make([]byte, 256)
		n, err := tty.Read(p)
		if err != nil || n > maxChunk {
			t.Fatalf("Read = %d, %v", n, err)
		}
		got += n
		chunks = append(chunks, string(p[:n]))
	}
	checkBoundaries(t, units, chunks)
}

// Sequences of every length at every place of the buffer: nothing is cut at its end, and nothing stays behind.
func TestTTYBufferEnd(t *testing.T) {
	keyboard, program := openTerminal(t)
	for _, unit := range []string{"ộ", "\x1b[1;5A", "\x1b[" + strings.Repeat("1", maxSequence-3) + "A"} {
		for before := 150; before <= maxChunk; before++ {
			units := append(strings.Split(strings.Repeat("a", before), ""), unit, "b")
			all := strings.Join(units, "")
			press(t, keyboard, all)
			tty := NewTTY(program)
			var chunks []string
			for len(strings.Join(chunks, "")) < len(all) {
				p := make([]byte, 256)
				n, err := tty.Read(p)
				if err != nil || n == 0 || n > maxChunk {
					t.Fatalf("Read = %d, %v", n, err)
				}
				chunks = append(chunks, string(p[:n]))
			}
			if strings.Join(chunks, "") != all {
				t.Fatalf("%q after %d bytes: %q", unit, before, chunks)
			}
			checkBoundaries(t, units, chunks)
		}
	}
}

// A paste is begun anew in the same Read that has to wait for a long sequence after it.
func TestTTYRoomForAll(t *testing.T) {
	source, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	defer write.Close()
	sequence := pasteEnd + "\x1b[" + strings.Repeat("1", maxSequence-3) + "A"
	for before := range maxChunk {
		all := strings.Repeat("a", before) + sequence
		press(t, write, all)
		tty, got := NewTTY(source), ""
		tty.framer = framer{inPaste: true, pasted: maxPaste}
		for len(got) < len(all) {
			p := make([]byte, 256)
			n, err := tty.Read(p)
			if err != nil || n > maxChunk {
				t.Fatalf("Read = %d, %v", n, err)
			}
			got += strings.ReplaceAll(string(p[:n]), pasteEnd+pasteStart, "")
		}
		if got != all {
			t.Fatalf("%d bytes before the sequence: %q", before, got)
		}
	}
}

func TestTTYSmallBuffer(t *testing.T) {
	keyboard, program := openTerminal(t)
	const in = "Sở\x1b[<35;120;40M" + pasteStart + "dán" + pasteEnd + "x"
	for size := 1; size < 100; size++ {
		press(t, keyboard, in)
		tty, got := NewTTY(program), ""
		for len(got) < len(in) {
			p := make([]byte, size)
			n, err := tty.Read(p)
			if err != nil {
				t.Fatal(err)
			}
			got += string(p[:n])
		}
		if got != in {
			t.Errorf("%d bytes at once: %q", size, got)
		}
	}
	if n, err := NewTTY(program).Read(nil); n != 0 || err != nil {
		t.Errorf("Read(nil) = %d, %v", n, err)
	}
}

func TestTTYWaits(t *testing.T) {
	tests := map[string]struct {
		in   string
		wait patience
	}{
		"Esc":                 {"\x1b", keyPatience},
		"Esc after letters":   {"ab\x1b", keyPatience},
		"Esc twice":           {"\x1b\x1b", keyPatience},
		"half a letter":       {"\xe1\xbb", piecePatience},
		"unfinished sequence": {"a\x1b[1;5", piecePatience},
		"nothing missing":     {"a\x1b[A", none},
		"Esc twice, letter":   {"\x1b\x1bx", none},
		"inside a paste":      {pasteStart + "dán\x1b[2", none},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			keyboard, program := openTerminal(t)
			waited := none
			tty := NewTTY(program)
			tty.ready = func(_ *os.File, d time.Duration) bool { waited = patience(d); return false }
			press(t, keyboard, tt.in)
			p := make([]byte, 256)
			if n, err := tty.Read(p); string(p[:n]) != tt.in || err != nil {
				t.Errorf("Read = %q, %v; want %q", p[:n], err, tt.in)
			}
			if waited != tt.wait {
				t.Errorf("waited %v, want %v", time.Duration(waited), time.Duration(tt.wait))
			}
		})
	}
}

func TestTTYDropsAnswers(t *testing.T) {
	keyboard, program := openTerminal(t)
	press(t, keyboard, "\x1b]11;rgb:0000/0000/0000\x1b\\")
	if n, err := NewTTY(program).Read(make([]byte, 256)); n != 0 || err != nil {
		t.Errorf("Read = %d, %v; want nothing", n, err)
	}
}

func TestTTYLongPaste(t *testing.T) {
	keyboard, program := openTerminal(t)
	paste := strings.Repeat("Chấm dứt bạo lực.\n", 3000)
	all := pasteStart + paste + pasteEnd + "\x1b[A"
	go keyboard.WriteString(all)
	tty, got := NewTTY(program), ""
	for !strings.HasSuffix(got, "\x1b[A") {
		p := make([]byte, 256)
		n, err := tty.Read(p)
		if err != nil || n > maxChunk {
			t.Fatalf("Read = %d, %v", n, err)
		}
		got += string(p[:n])
	}
	if strings.ReplaceAll(got, pasteEnd+pasteStart, "") != all {
		t.Error("the pieces are not the paste")
	}
	if n := strings.Count(got, pasteStart); n < 3 {
		t.Errorf("%d bytes of paste in %d pieces", len(paste), n)
	}
}

// When the terminal goes in the middle of a sequence, what came of it is handed over first, then the error.
func TestTTYEndLosesNothing(t *testing.T) {
	source, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	tty := NewTTY(source)
	tty.ready = func(*os.File, time.Duration) bool { write.Close(); return true }
	press(t, write, "đ\x1b[1")
	p := make([]byte, 256)
	if n, err := tty.Read(p); string(p[:n]) != "đ\x1b[1" || err != nil {
		t.Errorf("Read = %q, %v", p[:n], err)
	}
	if n, err := tty.Read(p); n != 0 || err == nil {
		t.Errorf("Read at the end = %d, %v", n, err)
	}
}

func TestReady(t *testing.T) {
	keyboard, program := openTerminal(t)
	if ready(program, 0) {
		t.Error("ready without input")
	}
	press(t, keyboard, "a")
	if !ready(program, time.Minute) {
		t.Error("not ready with input")
	}
}

// A signal must not end the wait, or every signal of the Go runtime would cut a sequence in two.
func TestReadyOutlastsSignals(t *testing.T) {
	_, program := openTerminal(t)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
				syscall.Kill(os.Getpid(), syscall.SIGURG)
			}
		}
	}()
	const wait = 50 * time.Millisecond
	begin := time.Now()
	if ready(program, wait) {
		t.Error("ready without input")
	}
	if d := time.Since(begin); d < wait {
		t.Errorf("waited %v, want %v", d, wait)
	}
	close(stop)
	<-stopped
}

func TestTTYIsTheFile(t *testing.T) {
	keyboard, program := openTerminal(t)
	tty := NewTTY(program)
	if tty.Fd() != program.Fd() || tty.Name() != program.Name() {
		t.Errorf("%d %q, want %d %q", tty.Fd(), tty.Name(), program.Fd(), program.Name())
	}
	if _, err := tty.Write([]byte("đ")); err != nil {
		t.Fatal(err)
	}
	p := make([]byte, 8)
	if n, _ := keyboard.Read(p); string(p[:n]) != "đ" {
		t.Errorf("wrote %q", p[:n])
	}
	if err := tty.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := program.WriteString("x"); err == nil {
		t.Error("Close did not close the file")
	}
}
