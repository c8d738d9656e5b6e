package review

import (
	"cmp"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/phrase"
)

// Form is what kind of thing a fact of the plan is, so that it can be put into words.
type Form int

// The forms of facts.
const (
	Words      Form = iota // a text of the plan
	Plain                  // a day, a number, an id: said as it stands
	Addressees             // ids of groups and units, with commas
	Choices                // a word of the file that stands for a choice
	Targets                // UNIT=NUMBER, with commas
)

// nobodyNamed is the text of a list that stands there and is empty, which says another thing than none.
const nobodyNamed = "[]"

// fact is one thing that the plan says, for comparing.
type fact struct {
	key         string // unique in the plan, the same in another version of it
	part, field phrase.Sentence
	text        string
	form        Form
	// whole is the key of the part that comes and goes with this fact; "" for what is there once.
	whole string
}

// Facts are what a plan says, one fact each, in its order.
func Facts(p *model.Plan) []Difference {
	var said []Difference
	for _, fact := range planFacts(p) {
		if fact.text != "" {
			said = append(said, fact.differs("", fact.text))
		}
	}
	return said
}

// differs is what was and is said of a fact.
func (f *fact) differs(from, to string) Difference {
	return Difference{Subject: model.Subject{Kind: model.SubjectPlan}, key: f.key, Part: f.part, Field: f.field,
		Form: f.form, From: from, To: to}
}

// compareFacts lists what differs. A part that came or went is one difference, which holds all that it says.
func compareFacts(before, after []fact) []Difference {
	old := map[string]fact{}
	for _, fact := range before {
		old[fact.key] = fact
	}
	var differences []Difference
	parts, told := wholes(before), ""
	for i, now := range after {
		was, there := old[now.key]
		delete(old, now.key)
		switch {
		case within(told, now.whole):
		case isNew(parts, now.whole):
			told = now.whole
			differences = append(differences, comes(after[i:], phrase.Say("added")))
		case now.text != was.text || !there && now.text != "":
			differences = append(differences, now.differs(was.text, now.text))
		}
	}
	parts, told = wholes(after), ""
	for i, was := range before { // in their order
		_, gone := old[was.key]
		switch {
		case within(told, was.whole):
		case isNew(parts, was.whole):
			told = was.whole
			differences = append(differences, comes(before[i:], phrase.Say("removed")))
		case gone && was.text != "":
			differences = append(differences, was.differs(was.text, ""))
		}
	}
	return differences
}

// wholes are the keys of the parts that facts are about.
func wholes(facts []fact) map[string]bool {
	all := map[string]bool{}
	for _, fact := range facts {
		all[fact.whole] = true
	}
	return all
}

// isNew reports whether a part does not stand among others.
func isNew(others map[string]bool, whole string) bool { return whole != "" && !others[whole] }

// within reports whether two keys of parts are of one part, or the second stands below the first.
func within(whole, below string) bool {
	return whole != "" && (below == whole || strings.HasPrefix(below, whole+" "))
}

// comes is the difference of a part that came, or went: facts begins with its own.
func comes(facts []fact, field phrase.Sentence) Difference {
	whole := Difference{Subject: model.Subject{Kind: model.SubjectPlan}, key: facts[0].whole, Part: facts[0].part,
		Field: field}
	for _, fact := range facts {
		if !within(facts[0].whole, fact.whole) {
			break
		}
		if fact.text != "" {
			whole.Whole = append(whole.Whole, fact.differs("", fact.text))
		}
	}
	return whole
}

// Said is a text of the difference in words, but for ids of units and groups, which stay.
func (d *Difference) Said(p phrase.Printer, text string) string {
	if d.Form == Choices {
		return cmp.Or(p.Say(document.Choice(text)), text)
	}
	if d.Form == Addressees && text == nobodyNamed {
		return p.T("nobody")
	}
	return text
}

// list is a list of ids as the text of a fact; one that stands there and is empty says another thing than none.
func list(ids []string) string {
	if ids != nil && len(ids) == 0 {
		return nobodyNamed
	}
	return strings.Join(ids, ", ")
}

// sameDeadline gives a deadline that is told beside none of its own the one that held there: the end of the campaign.
// Where both are the same nothing differs.
func sameDeadline(differences []Difference, before, after *model.Plan) []Difference {
	held := func(plan *model.Plan, id string) string {
		if activity := plan.Activity(id); activity != nil {
			return activity.Deadline.Written().Printed()
		}
		return ""
	}
	for i := range differences {
		d := &differences[i]
		rest, of := strings.CutPrefix(d.key, "activity ")
		id, is := strings.CutSuffix(rest, " deadline")
		if !of || !is {
			continue
		}
		d.From, d.To = cmp.Or(d.From, held(before, id)), cmp.Or(d.To, held(after, id))
	}
	return slices.DeleteFunc(differences, func(d Difference) bool {
		return strings.HasSuffix(d.key, " deadline") && d.From == d.To
	})
}
