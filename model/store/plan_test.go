package store

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
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
