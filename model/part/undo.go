package part

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// Undo are the changes that take back what was changed in plan.toml from one state to another. The error says that
// something was changed which only git takes back.
func Undo(before, after []byte) ([]model.Change, error) {
	was, is := byID(all(before)), byID(all(after))
	ids := maps.Clone(was)
	maps.Copy(ids, is)
	var changes []model.Change
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		subject := model.Subject{Kind: model.SubjectPlan, ID: id}
		switch {
		case was[id].Equal(is[id]) || withMore(ids, was, is, id):
		case id == "" && onlySchema(was[id], is[id]): // an older key means the same under the newer one
		case kindNamed(kindOf(id)) == nil:
			return nil, byHand()
		default:
			changes = append(changes, model.Change{Subject: subject, Seen: seenAs(after, subject, was[id]),
				New: seenAs(before, subject, is[id]), Restore: true})
		}
	}
	slices.SortStableFunc(changes, func(a, b model.Change) int { return cmp.Compare(rank(a), rank(b)) })
	moves, err := movedBack(before, after)
	return append(changes, moves...), err
}

func byHand() error {
	return phrase.Refuse(phrase.Say("what people change in a file by hand is undone by hand"),
		phrase.Say("edit the file, then `tiendo save`"))
}

func kindOf(id string) string {
	kind, _, _ := strings.Cut(id, "/")
	return kind
}

// seenAs is a part as a change holds it: whole where it is not on the other side.
func seenAs(src []byte, subject model.Subject, other model.Part) model.Part {
	if other == nil {
		return Whole(src, subject)
	}
	return Of(src, subject)
}

// withMore reports whether a part goes or comes with what it stands below.
func withMore(ids, was, is map[string]model.Part, id string) bool {
	for above := range ids {
		if (was[above] == nil) != (is[above] == nil) && belongsTo(id, above) {
			return true
		}
	}
	return false
}

// belongsTo reports whether a part stands below another one.
func belongsTo(id, above string) bool {
	if id == above || above == "" {
		return false
	}
	if activity, is := strings.CutPrefix(above, "activity/"); is && strings.HasPrefix(id, "indicator/"+activity+"/") {
		return true
	}
	return strings.HasPrefix(id, above+"/")
}

// rank orders changes so that nothing refers to what is not there: first what is new comes, what others refer to
// first, and at last what is old goes, what refers to others first.
func rank(change model.Change) int {
	order := []string{"goal", "section", "channel", "message", "heading", "recipient", "plan", "document", "signature",
		"calendar", "reporting", "period", "activity", "indicator"}
	place := slices.Index(order, kindOf(change.Subject.ID))
	switch none := model.Part(nil); {
	case none.Equal(change.Seen):
		return place
	case none.Equal(change.New):
		return 3*len(order) - place
	}
	return len(order) + place
}

// onlySchema reports that nothing at the top of the file differs but the version of the format.
func onlySchema(before, after model.Part) bool {
	same := maps.Clone(before)
	if same == nil {
		return false
	}
	same["schema"] = after["schema"]
	return same.Equal(after)
}

// movedBack are the changes that bring what was moved back to its place.
func movedBack(before, after []byte) ([]model.Change, error) {
	was, is := orders(before), orders(after)
	var changes []model.Change
	for _, list := range slices.Sorted(maps.Keys(was)) {
		id, moved, one := movedIn(was[list], is[list])
		switch {
		case !moved:
		case !one || list == "recipient":
			return nil, byHand()
		default:
			subject := model.Subject{Kind: model.SubjectPlan, ID: list + "/" + id}
			changes = append(changes, model.Change{Subject: subject, Seen: Whole(after, subject),
				New: Whole(before, subject), Restore: true})
		}
	}
	return changes, nil
}

// orders are the ids of each list, in its order.
func orders(src []byte) map[string][]string {
	lists := map[string][]string{}
	for _, one := range all(src) {
		if at := strings.LastIndex(one.id, "/"); at > 0 && kindNamed(kindOf(one.id)) != nil {
			lists[one.id[:at]] = append(lists[one.id[:at]], one.id[at+1:])
		}
	}
	return lists
}

// movedIn finds the one id that has another place among those that stand in both lists.
func movedIn(was, is []string) (id string, moved, one bool) {
	was = slices.DeleteFunc(slices.Clone(was), func(id string) bool { return !slices.Contains(is, id) })
	is = slices.DeleteFunc(slices.Clone(is), func(id string) bool { return !slices.Contains(was, id) })
	if slices.Equal(was, is) {
		return "", false, false
	}
	for _, id := range was {
		without := func(list []string) []string {
			return slices.DeleteFunc(slices.Clone(list), func(other string) bool { return other == id })
		}
		if slices.Equal(without(was), without(is)) {
			return id, true, true
		}
	}
	return "", true, false
}

// Faithful reports whether edited bytes hold a value of a part, and all else as before: but for what stood or stands
// below it where it goes or comes, the order of the others, and the version of the format.
func Faithful(before, after []byte, subject model.Subject, value model.Part) bool {
	if !Of(after, subject).Equal(value) {
		return false
	}
	was, is := byID(all(before)), byID(all(after))
	whole := (was[subject.ID] == nil) != (value == nil)
	ids := maps.Clone(was)
	maps.Copy(ids, is)
	for id := range ids {
		meant := id == subject.ID || whole && belongsTo(id, subject.ID) ||
			kindOf(id) == "recipient" && kindOf(subject.ID) == "recipient" // they are counted
		if !meant && !was[id].Equal(is[id]) && (id != "" || !onlySchema(was[id], is[id])) {
			return false
		}
	}
	first, second := orders(before), orders(after)
	for list := range first {
		others := func(ids []string) []string {
			return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return list+"/"+id == subject.ID })
		}
		if !belongsTo(list+"/", subject.ID) && list != "recipient" &&
			!slices.Equal(others(first[list]), others(second[list])) {
			return false
		}
	}
	return true
}
