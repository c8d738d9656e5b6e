package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/phrase"
)

// wander makes random changes of plan, roster and records, as two coordinators would in turn.
type wander struct {
	t      *testing.T
	random *rand.Rand
	stores [2]*Store
	n      int
}

// change is one that may be made; what is refused by the rules is no change.
func (w *wander) change(campaign *model.Campaign, src []byte) model.Change {
	w.n++
	plan, roster := &campaign.Plan, &campaign.Roster
	activity := plan.Activities[w.random.IntN(len(plan.Activities))]
	name := fmt.Sprintf("mới-%d “x” \\ \"y\"", w.n)
	set := func(subject model.Subject, typed map[string]string) model.Change {
		kind, _ := part.Split(subject)
		seen := part.Of(src, subject)
		now, err := part.Set(kind, seen, typed)
		if err != nil {
			w.t.Fatal(err)
		}
		return model.Change{Person: lan, Subject: subject, Seen: seen, New: now, Source: "Công văn 99"}
	}
	add := func(kind, id string, typed map[string]string) model.Change {
		now, err := part.New(kind, id)
		if err == nil {
			now, err = part.Set(kind, now, typed)
		}
		if err != nil {
			w.t.Fatal(err)
		}
		return model.Change{Person: lan, Subject: part.Subject(kind, id), Seen: model.Part(nil), New: now}
	}
	whole := func(subject model.Subject) model.Part { return part.Whole(src, subject) }
	id := fmt.Sprintf("moi-%d", w.n)
	switch w.random.IntN(9) {
	case 0:
		return set(part.Subject("activity", activity.ID), map[string]string{"title": name, "until": "12/12/2019"})
	case 1:
		return set(part.Subject("activity", activity.ID), map[string]string{"until": "", "text": name})
	case 2:
		return add("activity", id, map[string]string{"section": "duty", "title": name, "text": "Hai\ndòng.",
			"assigned": "phong-don-vi", "before": "2019-12-10"})
	case 3:
		return add("indicator", activity.ID+"/"+id, map[string]string{"name": name, "measure": "cái", "sum": "add"})
	case 4:
		subject := part.Subject("activity", activity.ID)
		return model.Change{Person: lan, Subject: subject, Seen: whole(subject), New: model.Part(nil)}
	case 5:
		subject := part.Subject("activity", activity.ID)
		moved := whole(subject)
		moved[model.Place] = model.PartValue{Value: plan.Activities[w.random.IntN(len(plan.Activities))].ID}
		return model.Change{Person: lan, Subject: subject, Seen: whole(subject), New: moved}
	case 6:
		unit := roster.Units[w.random.IntN(len(roster.Units))]
		later := unit
		later.Short = name
		return model.Change{Person: lan, Subject: model.Subject{Kind: model.SubjectUnit, ID: unit.ID}, Seen: &unit, New: &later}
	case 7:
		person := model.Person{ID: id, Name: "Người " + id, Role: model.Viewer}
		return model.Change{Person: lan, Subject: model.Subject{Kind: model.SubjectPerson, ID: id},
			Seen: (*model.Person)(nil), New: &person}
	default:
		unit := roster.Units[w.random.IntN(len(roster.Units))]
		progress := campaign.Progress[unit.ID]
		entry := progress.Entry(activity.ID)
		later := entry
		later.Note = name
		return model.Change{Person: lan, Unit: unit.ID, Seen: entry, New: later,
			Subject: model.Subject{Kind: model.SubjectActivity, ID: activity.ID}}
	}
}

// Whatever is changed, the data hold no error, and all of it undone gives the first bytes.
func TestManyChangesAndBack(t *testing.T) {
	changes := 60
	if os.Getenv("CI") != "" {
		changes = 200
	}
	dir, open := repository(t)
	w := &wander{t: t, random: rand.New(rand.NewPCG(18, 1714)), stores: [2]*Store{open(), open()}}
	files := []string{"data/plan.toml", "data/units.toml"}
	units, _ := filepath.Glob(filepath.Join(dir, "data", "progress", "*.toml"))
	for _, path := range units {
		files = append(files, filepath.Join("data", "progress", filepath.Base(path)))
	}
	read := func(file string) []byte {
		content, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	first := map[string][]byte{}
	for _, file := range files {
		first[file] = read(file)
	}
	sound := func(store *Store, after string) *model.Campaign {
		t.Helper()
		campaign, err := store.Load(context.Background())
		if err != nil {
			t.Fatalf("after %s: %v", after, err)
		}
		if found := phrase.ErrorsIn(campaign.Problems); len(found) > 0 {
			t.Fatalf("after %s: %v", after, found)
		}
		return campaign
	}
	var made []model.Receipt
	refused := 0
	for len(made) < changes {
		store := w.stores[w.random.IntN(2)]
		src, err := PlanSource(store)
		if err != nil {
			t.Fatal(err)
		}
		change := w.change(sound(store, "a change"), src)
		receipt, err := store.Apply(context.Background(), change)
		switch {
		case err != nil:
			if refused++; refused > changes {
				t.Fatalf("too much is refused, now %v: %v", change.Subject, err)
			}
		case !receipt.Unchanged:
			made = append(made, receipt)
		}
	}
	for i, receipt := range slices.Backward(made) {
		store := w.stores[i%2]
		if _, err := store.Apply(context.Background(), receipt.Undo(lan)); err != nil {
			t.Fatalf("undo %d, %v: %v", i, receipt.Change.Subject, err)
		}
		sound(store, "an undo")
	}
	for _, file := range files {
		if now := read(file); !bytes.Equal(now, first[file]) {
			t.Errorf("%s is\n%s\nwant\n%s", file, now, first[file])
		}
	}
	t.Logf("%d changes, %d refused", len(made), refused)
}

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
