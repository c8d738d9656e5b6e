package edit

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// hostileFiles are far over one limit each.
func hostileFiles() map[string]struct {
	src, message string
	found, want  string
} {
	type hostile = struct {
		src, message string
		found, want  string
	}
	return map[string]hostile{
		"inline tables":   {strings.Repeat("a={", 10_000) + strings.Repeat("}", 10_000), MessageTooDeep, "10000", "16"},
		"open inline":     {strings.Repeat("a={", 10_000), MessageTooDeep, "10000", "16"},
		"arrays":          {"a=" + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000), MessageTooDeep, "10000", "16"},
		"dotted key":      {strings.Repeat("a.", 9_999) + "a = 1", MessageTooManyParts, "10000", "16"},
		"dotted header":   {"[" + strings.Repeat("a.", 9_999) + "a]", MessageTooManyParts, "10000", "16"},
		"bytes":           {strings.Repeat("#", MaxSize+1), MessageTooLarge, "1048577", "1048576"},
		"keys":            {manyKeys(60_000), MessageTooManyKeys, "60000", "50000"},
		"headers":         {strings.Repeat("[[a]]\n", 60_000), MessageTooManyKeys, "60000", "50000"},
		"one long header": {"[" + strings.Repeat("a", 500_000) + "]\n" + manyKeys(40_000), MessageTooLongKeys, "", ""},
		"many empty arrays": {
			strings.Repeat("a", 400_000) + "= [" + strings.Repeat("[],", 100_000) + "]", MessageTooLongKeys, "", "",
		},
		"many parts": {
			"[" + strings.Repeat("aaaaaaaaaaaaaaa.", 15) + "a]\n" + manyDotted(20_000), MessageTooLongKeys, "", "",
		},
	}
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d=1\n", i)
	}
	return b.String()
}

func manyDotted(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%sk%d=1\n", strings.Repeat("a.", 15), i)
	}
	return b.String()
}

// A hostile file is refused with one error that names what was found and what is wanted,
// long before the decoder would have answered.
func TestLimits(t *testing.T) {
	for name, c := range hostileFiles() {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			d, e := Parse([]byte(c.src))
			took := time.Since(start)
			if e == nil || d != nil {
				t.Fatalf("problem %v, document %v", e, d != nil)
			}
			if e.Message != c.message || !strings.Contains(e.Hint, c.found) || !strings.Contains(e.Hint, c.want) {
				t.Errorf("%v; want %s, %s, %s", e, c.message, c.found, c.want)
			}
			if took > 500*time.Millisecond { // 50 ms and time for a busy machine
				t.Errorf("took %v", took)
			}
			out, err := Apply([]byte(c.src), Set(Path{"zz"}, 1))
			var where *Error
			if out != nil || !errors.Is(err, ErrInvalid) || !errors.As(err, &where) || where.Message != c.message {
				t.Errorf("applied: %v", err)
			}
		})
	}
}

// What is just inside of the limits is read.
func TestWithinLimits(t *testing.T) {
	tests := map[string]string{
		"bytes": "a = 1 #" + strings.Repeat("x", MaxSize-7),
		"keys":  manyKeys(MaxKeys),
		"depth": "a = " + strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth),
		"parts": strings.Repeat("a.", MaxKeyParts-1) + "a = 1",
		"list":  "a = [" + strings.Repeat("1,", 400_000) + "]",
	}
	for name, src := range tests {
		start := time.Now()
		if _, problem := Parse([]byte(src)); problem != nil {
			t.Errorf("%s: %v", name, problem)
		}
		t.Logf("%s: %v", name, time.Since(start))
	}
}

// No operation writes a file that could not be read again.
func TestLimitsOfResult(t *testing.T) {
	nested := any(1)
	for range MaxDepth + 1 {
		nested = []any{nested}
	}
	deep := make(Path, MaxKeyParts+2)
	for i := range deep {
		deep[i] = "k"
	}
	tests := map[string]struct {
		src string
		op  Operation
	}{
		"bytes":       {"a = 1 #" + strings.Repeat("x", MaxSize-7), Set(Path{"b"}, 2)},
		"bytes, text": {"a = 1\n", Set(Path{"a"}, strings.Repeat("x", MaxSize))},
		"keys":        {manyKeys(MaxKeys), Set(Path{"b"}, 2)},
		"keys, table": {manyKeys(MaxKeys - 1), AppendTable(Path{"b"}, KeyValue{"c", 1})},
		"depth":       {"a = 1\n", Set(Path{"a"}, nested)},
		"parts":       {"a = 1\n", Set(deep, 1)},
	}
	for name, c := range tests {
		out, err := Apply([]byte(c.src), c.op)
		var where *Error
		if out != nil || !errors.Is(err, ErrLimit) || !errors.As(err, &where) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The count that refuses hostile files agrees with what the scanner reads.
func TestMeasure(t *testing.T) {
	for name, src := range suiteFiles(t, "files-toml-1.1.0", "valid/") {
		src = bytes.TrimPrefix(src, []byte(byteOrderMark))
		keys := 0
		var count func(v *value)
		count = func(v *value) {
			for _, e := range v.elements {
				count(e)
			}
			for _, e := range v.entries {
				keys++
				count(e.value)
			}
		}
		for _, st := range scan(string(src)).statements {
			keys++
			if st.entry != nil {
				count(st.entry.value)
			}
		}
		if got := measure(string(src)).keys; got != keys {
			t.Errorf("%s: %d keys, want %d", name, got, keys)
		}
	}
}

// To read a file costs less than to have the decoder read it: the decoder is asked about what is unusual only.
func TestParseLeavesTheDecoderOut(t *testing.T) {
	src := progressFile(t)
	ours := testing.AllocsPerRun(10, func() { _, _ = Parse(src) })
	decoders := testing.AllocsPerRun(10, func() { _, _ = decode(string(src)) })
	if ours > decoders/2 {
		t.Errorf("%v allocations to read a record, and %v of the decoder", ours, decoders)
	}
	t.Logf("%v allocations, and %v of the decoder", ours, decoders)
}
