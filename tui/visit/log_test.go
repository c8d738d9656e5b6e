package visit

import (
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/tiendo/model"
)

// However often somebody is refused, no change goes from the log for it, nor what another was refused; what is not
// logged is counted.
func TestRefusalsDoNotWashTheLog(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ssh.log")
	now := time.Date(2019, 12, 10, 9, 0, 0, 0, time.UTC)
	logOf := func(person string) *Log {
		return NewLog(func() (string, error) { return file, nil }, func() time.Time { return now }, person, "192.0.2.7 1 2 3")
	}
	change := func(hash string) {
		logOf("hoa").Change(model.Change{Unit: "thanh-tra"}, model.Receipt{Hash: hash}, nil)
	}
	change("1234567")
	logOf("xem").Deny(errors.New("one of another"))
	const refusals = 2500 // 51 in a second, as one key can make them
	for i := range refusals {
		if i%51 == 0 {
			now = now.Add(time.Second)
		}
		l := logOf("nv4")
		l.Refuse([]slog.Attr{slog.String("command", "scp"), slog.String("reason", strings.Repeat("x", 200))})
		if err := l.Failed(); err != nil {
			t.Fatal(err)
		}
	}
	change("89abcde")
	now = now.Add(time.Minute)
	logOf("nv4").Refuse([]slog.Attr{slog.String("command", "last")})
	changes := readLog(t, file)
	if len(changes) != 2 || changes[0]["hash"] != "1234567" || changes[1]["hash"] != "89abcde" {
		t.Errorf("the changes are %v", changes)
	}
	logged, unlogged := 0, 0.0
	refused := readLog(t, file+refusedLog)
	for _, line := range refused {
		if line["person"] == "nv4" {
			logged++
		}
		if count, some := line["unlogged_before"].(float64); some {
			unlogged += count
		}
	}
	if refused[0]["reason"] != "one of another" || logged > 5*mostInAMinute || logged+int(unlogged) != refusals+1 {
		t.Errorf("%d are logged and %v counted of %d; the first is %v", logged, unlogged, refusals+1, refused[0])
	}
}

// Sessions that are refused at the same time are counted one by one.
func TestRefusalsOfManySessions(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ssh.log")
	now := time.Date(2019, 12, 10, 9, 0, 0, 0, time.UTC)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range mostInAMinute {
				l := NewLog(func() (string, error) { return file, nil }, func() time.Time { return now }, "nv4", "")
				l.Refuse(nil)
			}
		})
	}
	all.Wait()
	if refused := readLog(t, file+refusedLog); len(refused) != mostInAMinute {
		t.Errorf("%d are logged, want %d", len(refused), mostInAMinute)
	}
}

func readLog(t *testing.T, file string) (lines []map[string]any) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		var fields map[string]any
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		lines = append(lines, fields)
	}
	return lines
}

// A person has so many places and no more, and one that is left is free again.
func TestPlaces(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sessions")
	first, err := TakePlace(dir, "hoa", 2)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := TakePlace(dir, "hoa", 2); err != nil {
		t.Error(err)
	}
	none, err := TakePlace(dir, "hoa", 2)
	if err == nil {
		t.Error("there are three of two places")
	}
	none() // there is nothing to free
	if _, err := TakePlace(dir, "lan", 2); err != nil {
		t.Error("another person has none:", err)
	}
	first()
	if _, err := TakePlace(dir, "hoa", 2); err != nil {
		t.Error("the one that was left is not free:", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := TakePlace(filepath.Join(dir, "file"), "hoa", 2); err != nil {
		t.Error("where places cannot be counted:", err)
	}
}
