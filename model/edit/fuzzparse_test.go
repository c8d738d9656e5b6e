package edit

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// checkCut: when the first line of a statement loses its end, the error is found in that
// statement, or below it where what is left runs on.
func checkCut(t *testing.T, d *Document, src []byte, pick int) {
	var statements []*statement
	for _, s := range d.sections {
		if statements = append(statements, s.keys...); s.header != nil {
			statements = append(statements, s.header)
		}
	}
	if len(statements) == 0 {
		return
	}
	st := statements[pick%len(statements)]
	start := skipBlanks(d.text, st.line) + 1
	end := max(start, lineEnd(d.text, st.line)-strings.Count(lineBreak(d.text, st.next), "\r"))
	cut := start + pick/7%(end-start+1)
	torn := slices.Concat(src[:cut], src[end:])
	if _, problem := Parse(torn); problem != nil && problem.Offset < st.line && !problem.isLimit() {
		t.Fatalf("cut %d to %d: %v at %d\n%s", cut, end, problem, problem.Offset, torn)
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range parseCases {
		f.Add([]byte(c.src), uint16(len(c.src)))
	}
	for _, src := range suiteFiles(f, "files-toml-1.1.0", "") {
		f.Add(src, uint16(len(src)))
	}
	f.Fuzz(func(t *testing.T, src []byte, pick uint16) {
		d, problem := Parse(src)
		checkProblem(t, src, d, problem)
		if problem != nil && problem.isLimit() {
			return // the decoder could take minutes
		}
		if _, err := decode(string(src)); problem == nil && err != nil {
			t.Fatalf("no problem, but the decoder refuses: %v", err)
		} else if problem != nil && err == nil && !mayRefuse(problem) {
			t.Fatalf("the decoder accepts what we refuse: %v at %d", problem, problem.Offset)
		}
		if problem != nil {
			src = grow(src)
			if d, problem = Parse(src); problem != nil {
				return
			}
		}
		decoded, err := decode(string(src))
		if err != nil {
			t.Fatal(err)
		}
		if s := differ(d.Root(), decoded, src); s != "" {
			t.Fatal(s)
		}
		checkTorn(t, d, src, int(pick))
		checkCut(t, d, src, int(pick))
	})
}

// mayRefuse holds for what the decoder lets pass although TOML forbids it, or we do.
func mayRefuse(e *Error) bool {
	lax := []string{MessageUTF16, MessageConflict, MessageKeyTwice, MessageTableTwice, MessageNameTaken, MessageDate}
	return slices.Contains(lax, e.Message) || e.isLimit()
}

// checkProblem: there is either a document or a problem that is well formed.
func checkProblem(t *testing.T, src []byte, d *Document, e *Error) {
	t.Helper()
	if (d == nil) != (e != nil) {
		t.Fatalf("a document %t and %v", d != nil, e)
	}
	if e == nil {
		return
	}
	if !slices.Contains(sentences("Message"), e.Message) {
		t.Fatalf("message %q is no constant", e.Message)
	}
	if e.HintFormat != "" && !slices.Contains(sentences("hint"), e.HintFormat) || e.Hint != fmt.Sprintf(e.HintFormat, e.HintArgs...) {
		t.Fatalf("hint %q of %q is no constant, or not what %v make of it", e.Hint, e.HintFormat, e.HintArgs)
	}
	if e.Offset < 0 || e.Offset > len(src) || e.Other >= len(src) || strings.ContainsAny(e.Hint, "\n\r\x1b") {
		t.Fatalf("problem %+v in %d bytes", e, len(src))
	}
}

// checkTorn: one bad line between two statements of a good file is the problem that is named.
func checkTorn(t *testing.T, d *Document, src []byte, pick int) {
	places := []int{fileStart(d.text)}
	for _, s := range d.sections {
		if s.header != nil {
			places = append(places, s.header.next)
		}
		for _, st := range s.keys {
			places = append(places, st.next)
		}
	}
	place := places[pick%len(places)]
	if bytes.Contains(src, []byte("<<<<<<<")) || place > fileStart(d.text) && src[place-1] != '\n' {
		return
	}
	for _, bad := range []string{"torn\n", "torn = \n", "torn = 2019-02-31\n", "torn = \"a\" b\n", "[torn\n", "<<<<<<< a\n=======\n>>>>>>> b\n"} {
		torn := slices.Concat(src[:place], []byte(bad), src[place:])
		if len(torn) > MaxSize || d.Find("torn") != nil {
			return
		}
		_, problem := Parse(torn)
		if problem == nil {
			t.Fatalf("%q at %d: no problem", bad, place)
		}
		if problem.Message == MessageLongStringOpen || problem.isLimit() {
			continue
		}
		if problem.Offset < place || problem.Offset > place+len(bad) {
			t.Fatalf("%q at %d: problem at %d", bad, place, problem.Offset)
		}
	}
}
