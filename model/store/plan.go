package store

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// PartOf is what plan.toml says of a part of the plan; nil where there is none.
func PartOf(s *Store, subject model.Subject) (model.Part, error) {
	path := filepath.Join(s.dir, decode.PlanFile)
	src, _, err := s.readFile(path)
	if err != nil {
		return nil, err
	}
	file := decode.Parse(s.shownFile(path), src)
	if first := file.FirstError(); first != nil {
		return nil, s.mendFirst(*first)
	}
	document, _ := edit.Parse(src)
	at, there := planPath(document, subject.ID)
	if !there {
		return nil, nil
	}
	return partAt(document, src, at), nil
}

// planPath is where a part of the plan stands. Where it does not, it is where others of its kind do.
func planPath(document *edit.Document, part string) (at edit.Path, there bool) {
	kind, id, _ := strings.Cut(part, "/")
	switch {
	case slices.Contains(model.PlanTables(), kind):
		at = edit.Path{kind}
		return at, document.Find(at...) != nil
	case kind == "period":
		at = edit.Path{"reporting", "period"}
	case kind == "indicator":
		activity, indicator, _ := strings.Cut(id, "/")
		above, known := planPath(document, "activity/"+activity)
		if !known {
			return nil, false
		}
		at, id = append(above, "indicator"), indicator
	default:
		at = edit.Path{kind}
	}
	list := document.Find(at...)
	for i := range list.Len() {
		if list.Elem(i).Child("id").Value() == id {
			return append(at, i), true
		}
	}
	return at, false
}

// partAt is what a table says, without the tables below it.
func partAt(document *edit.Document, src []byte, at edit.Path) model.Part {
	part, table := model.Part{}, document.Find(at...)
	for _, key := range table.Keys() {
		switch value := table.Child(key); value.Kind() {
		case edit.Table, edit.TableArray:
		default:
			part[key] = model.PartValue{TOML: string(src[value.Offset():value.End()]), Value: value.Value()}
		}
	}
	return part
}

// partsOf are all parts of a plan by the id of their subject; what no subject names is under its path.
func partsOf(src []byte) map[string]model.Part {
	document, _ := edit.Parse(src)
	parts := map[string]model.Part{}
	var walk func(at edit.Path, name string)
	walk = func(at edit.Path, name string) {
		node := document.Find(at...)
		if node.Kind() == edit.TableArray {
			for i := range node.Len() {
				id, _ := node.Elem(i).Child("id").Value().(string)
				walk(append(slices.Clone(at), i), name+"/"+id)
			}
			return
		}
		parts[name] = partAt(document, src, at)
		for _, key := range node.Keys() {
			if kind := node.Child(key).Kind(); kind != edit.Table && kind != edit.TableArray {
				continue
			}
			below := strings.TrimPrefix(name+"/"+key, "/")
			switch {
			case key == "indicator": // ACTIVITY/ID
				below = key + strings.TrimPrefix(name, "activity")
			case name == "reporting" && key == "period":
				below = key
			}
			walk(append(slices.Clone(at), key), below)
		}
	}
	walk(nil, "")
	return parts
}

// UndoPlan are the changes that take back what was changed in plan.toml from one state to another. The error says that
// something was changed which only git takes back.
func UndoPlan(before, after []byte) ([]model.Change, error) {
	was, is := partsOf(before), partsOf(after)
	maps.Copy(was, missingIn(was, is))
	maps.Copy(is, missingIn(is, was))
	var changes []model.Change
	for _, id := range slices.Sorted(maps.Keys(was)) {
		if was[id].Equal(is[id]) {
			continue
		}
		kind, _, _ := strings.Cut(id, "/")
		if !slices.Contains(model.PlanTables(), id) && !slices.Contains(model.PlanKinds(), kind) {
			return nil, phrase.Refuse(phrase.Say("what people change in a file by hand is undone by hand"), phrase.Sentence{})
		}
		changes = append(changes, model.Change{Subject: model.Subject{Kind: model.SubjectPlan, ID: id},
			Seen: is[id], New: was[id], Restore: true})
	}
	slices.Reverse(changes) // a part below another goes first
	return changes, nil
}

// planTarget is plan.toml. The base was read under the lock of this change.
func planTarget(s *Store, campaign *model.Campaign, base *base, change model.Change) (target, error) {
	path := filepath.Join(s.dir, decode.PlanFile)
	if err := campaign.Check(change); err != nil {
		return target{}, err
	}
	read := func(src []byte) (*decode.File, model.Plan) {
		names := decode.NewNames()
		decode.Roster(decode.Parse(decode.RosterFile, base.rosterSource), names)
		file := decode.Parse(s.shownFile(path), src)
		return file, decode.Plan(file, names)
	}
	before, plan := read(base.planSource)
	if first := before.FirstError(); first != nil {
		return target{}, s.mendFirst(*first)
	}
	document, _ := edit.Parse(base.planSource)
	at, there := planPath(document, change.Subject.ID)
	var now model.Part
	if there {
		now = partAt(document, base.planSource, at)
	}
	return target{
		path: path, src: base.planSource, exists: true, now: now,
		operations: func(value model.Value) []edit.Operation { return partOperations(at, now, model.As[model.Part](value)) },
		check: func(out []byte, value model.Value) error {
			after, changed := read(out)
			if err := campaign.CheckRecords(&changed); err != nil {
				return err
			}
			if fresh := wrongInPlan(after.Problems, before.Problems); fresh != nil {
				return &phrase.Refusal{What: fresh.What, Hint: fresh.Hint}
			}
			edited, _ := edit.Parse(out)
			at, there := planPath(edited, change.Subject.ID)
			var got model.Part
			if there {
				got = partAt(edited, out, at)
			}
			was, is := partsOf(base.planSource), partsOf(out)
			differing := 0
			maps.Copy(was, missingIn(was, is))
			for name := range was {
				if !was[name].Equal(is[name]) {
					differing++
				}
			}
			if !got.Equal(value) || differing > 1 {
				return s.unfaithful(path)
			}
			return nil
		},
		told: func(out []byte) []review.Difference {
			_, changed := read(out)
			earlier, later := *campaign, *campaign
			earlier.Plan, later.Plan = plan, changed
			return review.ComparePlans(&earlier, &later)
		},
	}, nil
}

// missingIn are the parts of b that a does not have, as nothing.
func missingIn(a, b map[string]model.Part) map[string]model.Part {
	missing := map[string]model.Part{}
	for name := range b {
		if _, there := a[name]; !there {
			missing[name] = nil
		}
	}
	return missing
}

// wrongInPlan is the first error, or the first key that means nothing, which was not there before.
func wrongInPlan(after, before []phrase.Problem) *phrase.Problem {
	if first := phrase.FirstNew(after, before); first != nil {
		return first
	}
	for i := range after {
		stood := func(p phrase.Problem) bool { return p.What.String() == after[i].What.String() }
		if after[i].What.Format == decode.UnknownKey && !slices.ContainsFunc(before, stood) {
			return &after[i]
		}
	}
	return nil
}

// partOperations make a part of the plan say something else.
func partOperations(at edit.Path, before, after model.Part) []edit.Operation {
	switch {
	case before == nil && after == nil:
		return nil
	case before == nil:
		var keys []edit.KeyValue
		for _, key := range inOrder(after) {
			keys = append(keys, edit.KeyValue{Key: key, Value: edit.Raw(after[key].TOML)})
		}
		return []edit.Operation{edit.AppendTable(at, keys...)}
	case after == nil:
		return []edit.Operation{edit.Delete(at)}
	}
	var operations []edit.Operation
	for _, key := range slices.Sorted(maps.Keys(before)) {
		if _, stays := after[key]; !stays {
			operations = append(operations, edit.Delete(append(slices.Clone(at), key)))
		}
	}
	for _, key := range inOrder(after) {
		if after[key].TOML != before[key].TOML {
			operations = append(operations, edit.Set(append(slices.Clone(at), key), edit.Raw(after[key].TOML)))
		}
	}
	return operations
}

// inOrder are the keys of a part in the order in which a person would write them.
func inOrder(part model.Part) []string {
	order := []string{"id", "kind", "section", "name", "title", "text", "sic", "goals", "lead", "assigned", "support",
		"from", "when", "until", "before", "product", "measure", "sum"}
	keys := slices.DeleteFunc(order, func(key string) bool { _, there := part[key]; return !there })
	for _, key := range slices.Sorted(maps.Keys(part)) {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}
