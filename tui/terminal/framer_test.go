package terminal

import (
	"strings"
	"testing"
)

func TestUnit(t *testing.T) {
	tests := map[string]struct {
		in   string
		size int
		wait patience
	}{
		"ASCII":                    {"ab", 1, none},
		"two bytes":                {"đa", 2, none},
		"three bytes":              {"ộa", 3, none},
		"half a letter":            {"\xe1\xbb", 0, piecePatience},
		"no UTF-8":                 {"\xffa", 1, none},
		"continuation alone":       {"\x99a", 1, none},
		"Esc":                      {"\x1b", 0, keyPatience},
		"Alt and letter":           {"\x1bab", 2, none},
		"Alt and Vietnamese":       {"\x1bđa", 3, none},
		"Alt and half a letter":    {"\x1b\xc4", 0, piecePatience},
		"Alt and Enter":            {"\x1b\ra", 2, none},
		"Esc Esc":                  {"\x1b\x1b", 0, keyPatience},
		"Esc Esc and letter":       {"\x1b\x1ba", 1, none},
		"Esc three times":          {"\x1b\x1b\x1b", 1, none},
		"Alt and arrow":            {"\x1b\x1b[Ax", 4, none},
		"Alt and arrow, begun":     {"\x1b\x1b[", 0, keyPatience},
		"Alt and F1":               {"\x1b\x1bOPx", 4, none},
		"CSI begun, or Alt and [":  {"\x1b[", 0, keyPatience},
		"CSI":                      {"\x1b[Ax", 3, none},
		"CSI with parameters":      {"\x1b[1;5Ax", 6, none},
		"CSI in its parameters":    {"\x1b[1;5", 0, piecePatience},
		"CSI broken off by Esc":    {"\x1b[1\x1b[A", 3, none},
		"Alt and [, then Esc":      {"\x1b[\x1b", 2, none},
		"CSI broken off by letter": {"\x1b[1đ", 3, none},
		"CSI too long":             {"\x1b[" + strings.Repeat("1", 70), maxSequence, none},
		"rxvt":                     {"\x1b[7$", 0, keyPatience},
		"mode report":              {"\x1b[?2026;1$yx", 11, none},
		"SS3 begun, or Alt and O":  {"\x1bO", 0, keyPatience},
		"SS3":                      {"\x1bOPx", 3, none},
		"Alt and O, then Esc":      {"\x1bO\x1b", 2, none},
		"mouse":                    {"\x1b[<35;120;40Mx", 13, none},
		"mouse begun":              {"\x1b[<35;120;4", 0, piecePatience},
		"X10 mouse":                {"\x1b[M \x1b\xffx", 6, none},
		"X10 mouse begun":          {"\x1b[M !", 0, piecePatience},
		"Linux F1":                 {"\x1b[[Ax", 4, none},
		"Linux F1 begun":           {"\x1b[[", 0, piecePatience},
		"Alt and ] alone":          {"\x1b]", 0, keyPatience},
		"Alt and ], then letter":   {"\x1b]a", 2, none},
		"Alt and ], then digit":    {"\x1b]1\r", 2, none},
		"answer":                   {"\x1b]11;rgb:0/0/0\x1b\\x", -16, none},
		"answer ended by BEL":      {"\x1b]11;rgb:0/0/0\ax", -15, none},
		"answer begun":             {"\x1b]11;rgb:0", 0, piecePatience},
		"answer before its end":    {"\x1b]11;rgb:0\x1b", 0, piecePatience},
		"answer too long":          {"\x1b]1" + strings.Repeat("a", 70), -maxSequence, none},
		"title answer":             {"\x1b]lS A q\x1b\\x", -10, none},
		"icon answer":              {"\x1b]Lq\ax", -5, none},
		"privacy message":          {"\x1b^q\x1b\\x", -5, none},
		"Alt and ^ alone":          {"\x1b^", 0, keyPatience},
		"Alt and P":                {"\x1bPa", 2, none},
		"version answer":           {"\x1bP>|tmux 3.3a\x1b\\x", -15, none},
		"Alt and _":                {"\x1b_a", 2, none},
		"graphics answer":          {"\x1b_Gi=1;OK\x1b\\x", -11, none},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			size, isAnswer, wait := unit([]byte(tt.in))
			if isAnswer {
				size = -size
			}
			if wait != tt.wait || wait == none && size != tt.size {
				t.Errorf("unit(%q) = %d, wait %v; want %d, wait %v (an answer is negative)", tt.in, size, wait, tt.size, tt.wait)
			}
		})
	}
}

func TestFramerDropsAnswersOnlyOutsideOfPastes(t *testing.T) {
	const answer = "\x1b]11;rgb:0/0/0\a"
	got := takeAll(t, &framer{}, "a"+answer+"b"+pasteStart+answer+pasteEnd+answer+"c", maxChunk)
	if want := "ab" + pasteStart + answer + pasteEnd + "c"; got != want {
		t.Errorf("handed over %q, want %q", got, want)
	}
}

// A keypad that an earlier program left in application mode types what stands on it, and nothing else is a command.
func TestFramerReadsTheKeypad(t *testing.T) {
	tests := map[string]string{
		"\x1bOu":                   "5",
		"\x1bOq\x1bOp":             "10",
		"\x1bOM":                   "\r",
		"\x1bOj\x1bOk\x1bOm\x1bOo": "*+-/",
		"\x1bOz\x1bOG\x1bO~":       "",
		"\x1bOA\x1bOP\x1bOH":       "\x1bOA\x1bOP\x1b[H",
		"a\x1b]l" + strings.Repeat("S A q ", 60) + "\x1b\\b": "ab",
		"a\x1b^" + strings.Repeat("u", 200) + "\ab":          "ab",
		"a\x1b]1" + strings.Repeat("u", 200) + "\x1b[A":      "a\x1b[A",
		pasteStart + "\x1bOu" + pasteEnd:                     pasteStart + "\x1bOu" + pasteEnd,
	}
	for in, want := range tests {
		for size := 1; size <= maxChunk; size += 127 {
			if got := takeAll(t, &framer{}, in, size); got != want {
				t.Errorf("%q, %d bytes at once: handed over %q, want %q", in, size, got, want)
			}
		}
	}
}

func TestFramerLosesNothingInSmallBuffers(t *testing.T) {
	const in = "Sở \x1b[1;5A\x1b[<35;120;40M" + pasteStart + "dán\x1b\x1b[20\x1b]1;a\a" + pasteEnd + "đ\x1b[M\x1b\x1b\x1bx"
	for size := 1; size < 20; size++ {
		if got := takeAll(t, &framer{}, in, size); got != in {
			t.Errorf("%d bytes at once: handed over %q, want %q", size, got, in)
		}
	}
}

func TestFramerBreaksLongPastes(t *testing.T) {
	tests := map[string]string{
		"Vietnamese":  strings.Repeat("Chấm dứt bạo lực. ", 10_000),
		"line breaks": "a" + strings.Repeat("\r\n", 100_000), // the limit falls between CR and LF
		"one letter":  strings.Repeat("ộ", 60_000),
		"NFD":         strings.Repeat("e\u0302\u0301 ", 30_000),
		"escapes":     strings.Repeat("a\x1b[20\x1b[201b", 10_000),
	}
	for name, paste := range tests {
		t.Run(name, func(t *testing.T) {
			pieces := takePaste(t, paste, maxChunk)
			for i, piece := range pieces {
				if len(piece) > 2*maxPaste+maxChunk {
					t.Errorf("piece %d of %d has %d bytes", i+1, len(pieces), len(piece))
				}
				if strings.ToValidUTF8(piece, "") != piece || strings.HasPrefix(piece, "\n") || strings.HasPrefix(piece, "\u0302") ||
					strings.HasPrefix(piece, "\u0301") || strings.HasPrefix(piece, "[") {
					t.Errorf("piece %d begins with %q", i+1, piece[:5])
				}
			}
			if len(pieces) < 5 {
				t.Errorf("%d bytes in %d pieces", len(paste), len(pieces))
			}
		})
	}
}

func TestFramerBreaksPastesWhereThereIsRoom(t *testing.T) {
	paste := strings.Repeat("a", 2*maxPaste)
	for size, want := range map[int]int{1: 1, len(pasteEnd + pasteStart): 1, len(pasteEnd+pasteStart) + 1: 2, maxChunk: 2} {
		if pieces := takePaste(t, paste, size); len(pieces) != want {
			t.Errorf("%d bytes at once: %d pieces, want %d", size, len(pieces), want)
		}
	}
}

func TestFramerDoesNotBreakBeforeTheEnd(t *testing.T) {
	if pieces := takePaste(t, strings.Repeat("a", maxPaste), maxChunk); len(pieces) != 1 {
		t.Errorf("%d pieces, the last %q", len(pieces), pieces[len(pieces)-1])
	}
}

// takePaste hands over a paste through buffers of the given size and returns the pieces it was broken into.
func takePaste(t *testing.T, paste string, size int) []string {
	t.Helper()
	got, found := strings.CutSuffix(takeAll(t, &framer{}, pasteStart+paste+pasteEnd+"\x1b[A", size), pasteEnd+"\x1b[A")
	if !found {
		t.Fatalf("ends with %q", got[len(got)-20:])
	}
	pieces := strings.Split(strings.TrimPrefix(got, pasteStart), pasteEnd+pasteStart)
	if strings.Join(pieces, "") != paste {
		t.Fatal("the pieces are not the paste")
	}
	return pieces
}

// takeAll hands over in through buffers of the given size, and all at once what stays incomplete at the end.
func takeAll(t *testing.T, f *framer, in string, size int) string {
	t.Helper()
	var out strings.Builder
	dst := make([]byte, size)
	for rest := []byte(in); ; {
		wrote, used, wait := f.take(dst, rest)
		out.Write(dst[:wrote])
		rest = rest[used:]
		switch {
		case len(rest) == 0:
			return out.String()
		case wait != none:
			return out.String() + string(rest)
		case wrote == 0 && used == 0:
			t.Fatalf("stuck before %q", rest)
		}
	}
}

// Where the network cuts a stream changes nothing in what is handed over in the end, and nothing gets stuck.
func FuzzFramer(f *testing.F) {
	f.Add([]byte("Sở\x1b[1;5A\x1b[<35;120;40M"), uint(4))
	f.Add([]byte("\x1b\x1b[A\x1b\x1bx\x1b[M !\xff\x1b]11;rgb:0\x1b\\\x1bP>|x\a"), uint(9))
	f.Add([]byte(pasteStart+"dán\x1b[20\x1b]1;\a"+pasteEnd+"\x1b]1;\a"), uint(12))
	f.Fuzz(func(t *testing.T, in []byte, at uint) {
		whole := takeAll(t, &framer{}, string(in), maxChunk)
		cut := int(at % uint(len(in)+1))
		var framed framer
		dst := make([]byte, maxChunk)
		out, rest := "", in[:cut]
		for len(rest) > 0 {
			wrote, used, wait := framed.take(dst, rest)
			out, rest = out+string(dst[:wrote]), rest[used:]
			if wait != none {
				break
			}
		}
		if got := out + takeAll(t, &framed, string(rest)+string(in[cut:]), maxChunk); got != whole {
			t.Fatalf("%q cut at %d: handed over %q, in one piece %q", in, cut, got, whole)
		}
	})
}
