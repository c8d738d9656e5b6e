package endtoend

import (
	"bytes"
	"context"
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
	"example.org/tiendo/model/store"
)

// wander makes random changes of plan, roster and records in two clones, as two coordinators would. Between two
// exchanges no clone touches what the other one has: nothing is left for anybody to decide.
type wander struct {
	t       *testing.T
	random  *rand.Rand
	clones  []*clone
	touched map[string]*clone // since the last exchange: ids of activities, units and people, and the order of activities
	n       int
}

// change is one that may be made, and what it touches; what is refused by the rules is no change.
func (w *wander) change(c *clone) (change model.Change, touches string) {
	w.t.Helper()
	campaign := w.sound(c, "a change")
	src, err := store.PlanSource(c.store)
	if err != nil {
		w.t.Fatal(err)
	}
	w.n++
	plan, roster := &campaign.Plan, &campaign.Roster
	activity := plan.Activities[w.random.IntN(len(plan.Activities))].ID
	unit := roster.Units[w.random.IntN(len(roster.Units))]
	name, id := fmt.Sprintf("mới-%d “x” \\ \"y\"", w.n), fmt.Sprintf("moi-%d", w.n)
	of := func(subject model.Subject, seen, now model.Value) model.Change {
		return model.Change{Person: c.person, Subject: subject, Seen: seen, New: now, Source: "Công văn 99"}
	}
	set := func(kind, id string, typed map[string]string) model.Change {
		subject := part.Subject(kind, id)
		seen := part.Of(src, subject)
		now, err := part.Set(kind, seen, typed)
		if err != nil {
			w.t.Fatal(err)
		}
		return of(subject, seen, now)
	}
	add := func(kind, id string, typed map[string]string) model.Change {
		now, err := part.New(kind, id)
		if err == nil {
			now, err = part.Set(kind, now, typed)
		}
		if err != nil {
			w.t.Fatal(err)
		}
		return of(part.Subject(kind, id), model.Part(nil), now)
	}
	whole := part.Whole(src, part.Subject("activity", activity))
	order := "order " + activity
	if plan.Activities[0].ID == activity { // the comment on all of them goes on to the next one
		order += " " + plan.Activities[1].ID
	}
	switch w.random.IntN(11) {
	case 0:
		return set("activity", activity, map[string]string{"title": name, "until": "12/12/2019"}), activity
	case 1:
		return set("activity", activity, map[string]string{"until": "", "text": name, "product": "Báo cáo"}), activity
	case 2:
		return add("activity", id, map[string]string{"section": "duty", "title": name, "text": "Hai\ndòng.",
			"assigned": "phong-don-vi", "before": "2019-12-10"}), "order"
	case 3:
		return add("indicator", activity+"/"+id, map[string]string{"name": name, "measure": "cái", "sum": "add"}), activity
	case 4:
		return of(part.Subject("activity", activity), whole, model.Part(nil)), order
	case 5:
		moved := part.Whole(src, part.Subject("activity", activity))
		moved[model.Place] = model.PartValue{Value: plan.Activities[w.random.IntN(len(plan.Activities))].ID}
		return of(part.Subject("activity", activity), whole, moved), order
	case 6:
		later := unit
		later.Short = name
		return of(model.Subject{Kind: model.SubjectUnit, ID: unit.ID}, &unit, &later), unit.ID
	case 7:
		person := model.Person{ID: id, Name: "Người " + id, Role: model.Viewer}
		return of(model.Subject{Kind: model.SubjectPerson, ID: id}, (*model.Person)(nil), &person), id
	case 8:
		return set("calendar", "", map[string]string{"holidays": fmt.Sprintf("%d/12/2019", 1+w.random.IntN(28))}), "calendar"
	case 9:
		return set("plan", "", map[string]string{"ends": "20/12/2019", "theme": name}), "plan"
	default:
		progress := campaign.Progress[unit.ID]
		entry := progress.Entry(activity)
		later := entry
		later.Note = name
		change := of(model.Subject{Kind: model.SubjectActivity, ID: activity}, entry, later)
		change.Unit = unit.ID
		return change, activity
	}
}

// mayTouch reports whether the other clone has touched nothing of what a change touches, and keeps that this one does.
func (w *wander) mayTouch(c *clone, touches string) bool {
	for what := range strings.FieldsSeq(touches) {
		if by := w.touched[what]; by != nil && by != c {
			return false
		}
	}
	for what := range strings.FieldsSeq(touches) {
		w.touched[what] = c
	}
	return true
}

// sound reads what a clone holds, in which there must be no error.
func (w *wander) sound(c *clone, after string) *model.Campaign {
	w.t.Helper()
	campaign := c.load()
	if found := phrase.ErrorsIn(campaign.Problems); len(found) > 0 {
		w.t.Fatalf("%s, after %s: %v", c.name, after, found)
	}
	return campaign
}

// exchange brings the clones to one state.
func (w *wander) exchange() {
	w.t.Helper()
	for _, c := range []*clone{w.clones[0], w.clones[1], w.clones[0]} {
		if result := c.mustSync(); result.Conflicts != 0 {
			w.t.Fatalf("%s: in conflict: %s", c.name, c.conflicts()[0].Entry)
		}
		w.sound(c, "an exchange")
	}
	if one, other := w.clones[0].state(), w.clones[1].state(); one != other {
		w.t.Fatalf("the clones differ:\n%s\n%s", one, other)
	}
	clear(w.touched)
}

// dataFiles are the bytes of all data files of a clone, by their paths.
func (w *wander) dataFiles(c *clone) map[string][]byte {
	w.t.Helper()
	files := map[string][]byte{}
	for _, pattern := range []string{"*.toml", "progress/*.toml"} {
		paths, _ := filepath.Glob(filepath.Join(c.data(), pattern))
		for _, path := range paths {
			content, err := os.ReadFile(path)
			if err != nil {
				w.t.Fatal(err)
			}
			files[strings.TrimPrefix(path, c.data())] = content
		}
	}
	return files
}

// Whatever two clones change of plan, roster and records, the data hold no error, both come to the same, and all of it
// undone gives the first bytes.
func TestManyChangesOfThePlanAndBack(t *testing.T) {
	const changes, together = 200, 40 // between two exchanges
	clones, _ := separate(t, 2)
	w := &wander{t: t, random: rand.New(rand.NewPCG(18, 1714)), clones: clones, touched: map[string]*clone{}}
	first := w.dataFiles(clones[0])
	var made []model.Receipt
	refused := 0
	for len(made) < changes {
		c := w.clones[w.random.IntN(2)]
		change, touches := w.change(c)
		if !w.mayTouch(c, touches) {
			continue
		}
		receipt, err := c.store.Apply(context.Background(), change)
		switch {
		case err != nil:
			if refused++; refused > changes {
				t.Fatalf("too much is refused, now %v: %v", change.Subject, err)
			}
		case !receipt.Unchanged:
			made = append(made, receipt)
			if len(made)%together == 0 {
				w.exchange()
			}
		}
	}
	last := w.dataFiles(clones[0])
	if bytes.Equal(last["/plan.toml"], first["/plan.toml"]) {
		t.Error("nothing has changed in the plan")
	}
	for i, receipt := range slices.Backward(made) {
		c := clones[i/together%2]
		if _, err := c.store.Apply(context.Background(), receipt.Undo(c.person)); err != nil {
			t.Fatalf("undo %d, %v: %v", i, receipt.Change.Subject, err)
		}
		w.sound(c, "an undo")
		if i%together == 0 {
			w.exchange()
		}
	}
	for _, c := range clones {
		for file, now := range w.dataFiles(c) {
			if !bytes.Equal(now, first[file]) {
				t.Errorf("%s: %s is\n%s\nwant\n%s", c.name, file, now, first[file])
			}
		}
	}
	t.Logf("%d changes, %d refused", len(made), refused)
}
