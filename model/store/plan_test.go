package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/part"
)

// A key for which plan.toml names the second version of its format brings the first one back when it is taken back,
// whatever was changed and undone in between; where somebody had written the second version before, it stays.
func TestTheVersionOfThePlanComesBack(t *testing.T) {
	ctx := context.Background()
	dir, open := repository(t)
	path := filepath.Join(dir, "data", "plan.toml")
	read := func() string {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	apply := func(t *testing.T, store *Store, change model.Change) model.Receipt {
		t.Helper()
		receipt, err := store.Apply(ctx, change)
		if err != nil {
			t.Fatalf("%v: %v", change.Subject, err)
		}
		return receipt
	}
	set := func(t *testing.T, store *Store, kind, id string, typed map[string]string) model.Receipt {
		t.Helper()
		src, err := PlanSource(store)
		if err != nil {
			t.Fatal(err)
		}
		subject := part.Subject(kind, id)
		seen := part.Of(src, subject)
		begin := seen
		if seen == nil {
			begin, err = part.New(kind, id)
		}
		now, wrong := part.Set(kind, begin, typed)
		if err := errors.Join(err, wrong); err != nil {
			t.Fatal(err)
		}
		return apply(t, store, model.Change{Person: lan, Subject: subject, Seen: seen, New: now, Source: "Công văn 99"})
	}
	needing := []struct {
		kind, id string
		typed    map[string]string
	}{
		{"activity", "treo-bang-ron", map[string]string{"lead": "van-phong, thanh-tra"}},
		{"activity", "treo-bang-ron", map[string]string{"lead": "van-phong", "support": "doan-the"}},
		{"activity", "treo-bang-ron", map[string]string{"lead": "van-phong", "assigned": ""}},
		{"activity", "treo-bang-ron", map[string]string{"from": "1/12/2019"}},
		{"activity", "treo-bang-ron", map[string]string{"when": "thường xuyên"}},
		{"activity", "treo-bang-ron", map[string]string{"product": "Báo cáo"}},
		{"indicator", "treo-bang-ron/bang-ron", map[string]string{"targets": "van-phong=20"}},
		{"indicator", "treo-bang-ron/bang-ron", map[string]string{"total": "100"}},
		{"calendar", "", map[string]string{"holidays": "2/12/2019"}},
		{"calendar", "", map[string]string{"weekend": "next"}},
		{"reporting", "", map[string]string{"from": "phong-don-vi"}},
		{"reporting", "", map[string]string{"every": "month", "before": "18", "month": "next", "closes": "14"}},
		{"reporting", "", map[string]string{"closes": "14/12/2019"}},
		{"reporting", "", map[string]string{"returned": "received"}},
		{"reporting", "", map[string]string{"to": ""}},
		{"plan", "", map[string]string{"ends": ""}},
		{"plan", "", map[string]string{"starts": ""}},
		{"section", "ii-1", map[string]string{"kind": "activity", "text": "1. Thông tin"}},
	}
	first := read()
	if schemaOf([]byte(first)) != 1 {
		t.Fatal("the plan begins with another version")
	}
	for _, test := range needing {
		t.Run(test.kind+fmt.Sprint(test.typed), func(t *testing.T) {
			store := open()
			needs := set(t, store, test.kind, test.id, test.typed)
			if got := schemaOf([]byte(read())); got != 2 {
				t.Fatalf("it names version %d of the format", got)
			}
			other := set(t, store, "goal", "tiet-kiem", map[string]string{"sic": "x"})
			again := open() // another process, which knows the history only
			apply(t, again, needs.Undo(lan))
			if got := schemaOf([]byte(read())); got != 1 {
				t.Errorf("with the key gone it names version %d", got)
			}
			apply(t, again, other.Undo(lan))
			if now := read(); now != first {
				t.Errorf("other lines: %q", otherLines(now, first))
			}
		})
	}

	store := open()
	lead := set(t, store, "activity", "treo-bang-ron", map[string]string{"lead": "phong-don-vi"})
	target := set(t, store, "indicator", "treo-bang-ron/bang-ron", map[string]string{"total": "10"})
	apply(t, store, lead.Undo(lan))
	if got := schemaOf([]byte(read())); got != 2 {
		t.Errorf("a key is left that needs version 2, and it names %d", got)
	}
	apply(t, store, target.Undo(lan))
	if now := read(); now != first {
		t.Errorf("after both, other lines: %q", otherLines(now, first))
	}

	replaceIn(t, path, "schema = 1", "schema = 2")
	git(t, dir, "-c", "user.name=Lan", "-c", "user.email=lan@example.org", "commit", "-qam", "second version")
	second := read()
	lead = set(t, open(), "activity", "treo-bang-ron", map[string]string{"lead": "phong-don-vi"})
	other := set(t, open(), "goal", "tiet-kiem", map[string]string{"sic": "x"})
	apply(t, open(), lead.Undo(lan))
	apply(t, open(), other.Undo(lan))
	if now := read(); now != second {
		t.Errorf("where somebody wrote version 2, other lines: %q", otherLines(now, second))
	}
}

// otherLines are the lines of two texts that stand in one of them only.
func otherLines(a, b string) []string {
	var other []string
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		for line := range strings.Lines(pair[0]) {
			if !strings.Contains(pair[1], line) {
				other = append(other, line)
			}
		}
	}
	return other
}
