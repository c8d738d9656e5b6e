package decode

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
)

// Every record of the program's data and tests, and many with keys that are wrong, missing, in dispute or not known,
// are read as before.
func TestReadingAsBefore(t *testing.T) {
	var sources []string
	for _, root := range []string{"../../data", "../..", "../../testdata"} {
		for _, pattern := range []string{"progress/*.toml", "*/testdata/*.toml", "*/*/testdata/*.toml", "*/*/testdata/*/*.toml"} {
			paths, err := filepath.Glob(filepath.Join(root, pattern))
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range paths {
				content, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				sources = append(sources, string(content))
			}
		}
	}
	if len(sources) < 5 {
		t.Fatalf("only %d files found", len(sources))
	}
	r := rand.New(rand.NewPCG(11, 12))
	for range 5_000 {
		sources = append(sources, madeUp(r))
	}
	for _, source := range sources {
		now, old := Parse("a.toml", []byte(source)), Parse("a.toml", []byte(source))
		if now.Broken {
			continue
		}
		// The report: as a version, and beside another one.
		readBoth(t, source, now, old, "report", func(t *table) any { return readReportVersion(t) }, func(t *table) any { return oldReadReportVersion(t) })
		above := model.Report{Status: model.Draft, Results: "x", Documents: []string{"d"}, Nil: true}
		readBoth(t, source, now, old, "report",
			func(t *table) any { return reportBeside(above, readReportVersion(t), t) }, func(t *table) any { return oldReportBeside(above, oldReadReportVersion(t), t) })
		// The entry: the new reading against the fields one by one.
		entry := model.Entry{Status: model.Doing, By: "an", Note: "n", Evidence: []string{"e"}, Figures: map[string]float64{"f": 1}}
		reader := func(t *table) model.Entry {
			return (&progressReader{File: t.File, plan: &model.Plan{}}).readVersion(t, nil, true)
		}
		readBoth(t, source, now, old, "activity.x",
			func(t *table) any { return entryBeside(entry, reader(t), t) }, func(t *table) any { return oldEntryBeside(entry, reader(t), t) })
	}
}

func readBoth(t *testing.T, source string, now, old *File, name string, read, before func(*table) any) {
	t.Helper()
	find := func(f *File) *table {
		f.Problems = nil
		at := f.root()
		for _, key := range strings.Split(name, ".") {
			if at = at.table(key, optional); at == nil {
				return nil
			}
		}
		return at
	}
	a, b := find(now), find(old)
	if a == nil {
		return
	}
	is, was := read(a), before(b)
	a.close()
	b.close()
	byPlace := func(x, y phrase.Problem) int { return strings.Compare(fmt.Sprint(x), fmt.Sprint(y)) }
	slices.SortFunc(now.Problems, byPlace)
	slices.SortFunc(old.Problems, byPlace)
	if !reflect.DeepEqual(is, was) || !reflect.DeepEqual(now.Problems, old.Problems) {
		t.Fatalf("%s\nnow %+v\n    %v\nold %+v\n    %v", source, is, now.Problems, was, old.Problems)
	}
}

// madeUp is a record with some keys, each with a value that fits or not.
func madeUp(r *rand.Rand) string {
	values := []string{`"a"`, `"done"`, `"submitted"`, `""`, "1", "true", "2019-12-03", "2019-12-03T08:00:00Z", "['a', 'b']", "[]", `"` + strings.Repeat("x", 1001) + `"`, `"\u001b[1m"`}
	fits := map[string]string{"nil": "true", "extended_until": "2019-12-20", "documents": "['a']", "evidence": "['a']", "without": "['note', 'results', 'status', 'figures.f', 'nil', 'documents']"}
	var b strings.Builder
	table := func(header string, keys ...string) {
		fmt.Fprintf(&b, "[%s]\n", header)
		for _, key := range keys {
			value := values[r.IntN(len(values))]
			if fit, is := fits[key]; is && r.IntN(3) > 0 {
				value = fit
			}
			if r.IntN(3) == 0 {
				fmt.Fprintf(&b, "%s = %s\n", key, value)
			}
		}
	}
	var reports, entries []string
	for _, f := range model.ReportFields {
		reports = append(reports, f.Key)
	}
	for _, f := range model.EntryFields[:7] {
		entries = append(entries, f.Key)
	}
	table("report", append(reports, "whole", "without", "unknown")...)
	table("activity.x", append(entries, "whole", "without", "unknown")...)
	if r.IntN(2) == 0 {
		b.WriteString("[activity.x.figures]\nf = 2\ng = 3\n")
	}
	return b.String()
}

func oldEntryBeside(entry, written model.Entry, t *table) model.Entry {
	entry.Others, entry.Edits, entry.Whole = nil, nil, t.flag("whole")
	entry.Evidence, entry.Figures = slices.Clone(entry.Evidence), maps.Clone(entry.Figures)
	without := t.lines("without")
	gone := func(key string) bool { return slices.Contains(without, key) }
	details := false
	detail := func(key string) bool {
		is := t.has(key) || gone(key)
		details = details || is
		return is
	}
	if detail("note") {
		entry.Note = written.Note
	}
	if detail("evidence") {
		entry.Evidence = written.Evidence
	}
	for _, key := range without {
		if indicator, is := strings.CutPrefix(key, "figures."); is {
			delete(entry.Figures, indicator)
			details = true
		}
	}
	for indicator, figure := range written.Figures {
		if entry.Figures == nil {
			entry.Figures = map[string]float64{}
		}
		entry.Figures[indicator], details = figure, true
	}
	if len(entry.Figures) == 0 {
		entry.Figures = nil
	}
	if t.has("status") || gone("status") {
		entry.Status, entry.By, entry.At = written.Status, written.By, written.At
		if details {
			entry.EditedBy, entry.EditedAt = written.EditedBy, written.EditedAt
		}
	} else if details {
		entry.EditedBy, entry.EditedAt = written.By, written.At
	}
	return entry
}

func oldReadReportVersion(t *table) model.Report {
	report := model.Report{
		Status:          choice(t, "status", optional, model.ReportStatuses()...),
		By:              t.line("by", optional),
		At:              t.instant("at"),
		SubmittedAt:     t.instant("submitted_at"),
		Reason:          t.text("reason", optional),
		Nil:             t.flag("nil"),
		NilReason:       t.text("nil_reason", optional),
		ExtendedUntil:   t.day("extended_until", optional),
		ExtensionReason: t.text("extension_reason", optional),
		Results:         t.text("results", optional),
		Difficulties:    t.text("difficulties", optional),
		Recommendations: t.text("recommendations", optional),
		Documents:       t.references("documents", t.items("documents"), model.MaxDocuments),
		Funding:         t.text("funding", optional),
	}
	for _, key := range []string{"results", "difficulties", "recommendations", "funding", "reason", "nil_reason", "extension_reason"} {
		oldCheckLength(t, key)
	}
	return report
}

func oldReportBeside(report, written model.Report, t *table) model.Report {
	report.Others, report.Edits, report.Whole = nil, nil, t.flag("whole")
	report.By, report.At = written.By, written.At
	without := t.lines("without")
	for key, take := range map[string]func(){
		"status":           func() { report.Status = written.Status },
		"reason":           func() { report.Reason = written.Reason },
		"nil":              func() { report.Nil = written.Nil },
		"nil_reason":       func() { report.NilReason = written.NilReason },
		"extended_until":   func() { report.ExtendedUntil = written.ExtendedUntil },
		"extension_reason": func() { report.ExtensionReason = written.ExtensionReason },
		"results":          func() { report.Results = written.Results },
		"difficulties":     func() { report.Difficulties = written.Difficulties },
		"recommendations":  func() { report.Recommendations = written.Recommendations },
		"documents":        func() { report.Documents = written.Documents },
		"funding":          func() { report.Funding = written.Funding },
	} {
		if t.has(key) || slices.Contains(without, key) {
			take()
		}
	}
	return report
}

func oldCheckLength(t *table, key string) {
	if !t.has(key) {
		return
	}
	value, _ := t.node.Child(key).Value().(string)
	report := model.Report{Results: value}
	if strings.HasSuffix(key, "reason") {
		report = model.Report{Reason: value}
	}
	if refusal, long := errors.AsType[*phrase.Refusal](field.Check(model.ReportFields, &report)); long {
		t.warn(t.at(key), refusal.What, refusal.Hint)
	}
}
