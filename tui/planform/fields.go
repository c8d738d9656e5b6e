package planform

import (
	"errors"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
)

// Sizes of the fields.
const (
	lineLimit  = 500   // characters
	linesLimit = 8_000 // characters
	linesShown = 3
	mostOffers = 24 // of a choice; more are typed
)

// input is a field of the form over a field of a part, and how what stands in it is typed.
type input struct {
	of    part.Field
	field *form.Field
	ids   []string // of the options of a choice of one; "" is none
	frame *frame.Frame
}

// typed is what a person has typed into the field, as package part reads it. What names the same in another order is as
// it was.
func (t *input) typed(was string) string {
	switch {
	case t.field.Area != nil:
		return t.field.Area.Value()
	case t.field.Line != nil:
		if isDay(t.of) {
			return form.WithYears(t.frame, t.field.Line.Value())
		}
		return t.field.Line.Value()
	case t.ids != nil:
		return t.ids[t.field.Choice.Index()]
	}
	ids := t.field.Choice.IDs()
	before := split(was)
	if slices.Equal(slices.Sorted(slices.Values(ids)), slices.Sorted(slices.Values(before))) {
		return was
	}
	return strings.Join(ids, ", ")
}

func split(list string) []string {
	var items []string
	for item := range strings.SplitSeq(list, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// newInput makes the field of the form for a field with a value.
func newInput(f *frame.Frame, subject model.Subject, of part.Field, value string) *input {
	t := &input{of: of, frame: f, field: &form.Field{Key: of.Key, Label: phrase.Capital(f.Words.Say(of.Label))}}
	ids, names := offers(f, subject, of)
	several := of.Form == part.List || of.Form == part.OneOrMore
	known := !slices.ContainsFunc(split(value), func(id string) bool { return !slices.Contains(ids, id) })
	switch {
	case several && len(ids) > 0 && len(ids) <= mostOffers && known:
		t.field.Choice = form.NewChoices(ids, split(value), func(id string) string {
			return names[slices.Index(ids, id)]
		})
		t.field.Hint = f.Words.T("← → ↑ ↓ go · Space chooses")
		if of.None {
			t.field.Hint = f.Words.T("None chosen: the others who are assigned support · Space chooses")
		}
	case !several && of.Form != part.Targets && len(ids) > 0 && len(ids) <= mostOffers && known:
		if !of.Required || value == "" {
			ids, names = slices.Concat([]string{""}, ids), slices.Concat([]string{"—"}, names)
		}
		t.ids = ids
		t.field.Choice = form.NewChoice(names, max(slices.Index(ids, value), 0))
	case of.Form == part.Lines:
		t.field.Area = form.NewArea(f.Styles, value, linesShown, linesLimit)
	default:
		t.field.Line = form.NewLine(f.Styles, value, lineLimit)
		t.field.Hint = hint(f, of)
		switch {
		case isDay(of):
			t.field.Note = form.NoteYears(f, t.field)
		case of.Refers != "":
			t.field.Note = func() []string { return named(f, subject, of, t.field.Line.Value()) }
		}
	}
	return t
}

func isDay(of part.Field) bool {
	return of.Form == part.Day || of.Form == part.DayOfPeriod || of.Form == part.Days
}

// hint says how a field is typed.
func hint(f *frame.Frame, of part.Field) string {
	w := f.Words
	switch {
	case of.Key == "id":
		return w.T("a-z 0-9 -; it cannot be changed later")
	case (of.Refers == part.ToUnit || of.Refers == part.ToAddressee) && len(f.Board.Campaign.Roster.Units) == 0:
		return w.T("there are no units yet; tab %s adds them", "6")
	}
	switch of.Form {
	case part.Day:
		return w.T("a day such as %s", f.Board.Today)
	case part.DayOfPeriod:
		return w.T("a day, or the number of one in each period")
	case part.Days:
		return w.T("days with commas")
	case part.List, part.OneOrMore:
		if of.None {
			return w.T("ids with commas; %s is no unit at all", part.Nobody)
		}
		return w.T("ids with commas")
	case part.Targets:
		return w.T("such as %s", "van-phong=20")
	default:
		return ""
	}
}

// offers are the ids that a field may name, with their names; none where anything may stand.
func offers(f *frame.Frame, subject model.Subject, of part.Field) (ids, names []string) {
	campaign := f.Board.Campaign
	plan, roster := &campaign.Plan, &campaign.Roster
	offer := func(id, name string) { ids, names = append(ids, id), append(names, name) }
	for _, choice := range of.Choices {
		offer(choice, choiceName(f, choice))
	}
	switch of.Refers {
	case part.ToUnit, part.ToAddressee:
		if of.None && len(roster.Units) > 0 {
			offer(part.Nobody, f.Words.T("no unit at all"))
		}
		if of.Refers == part.ToAddressee {
			for i := range roster.Groups {
				offer(roster.Groups[i].ID, roster.Groups[i].Name)
			}
		}
		for i := range roster.Units {
			offer(roster.Units[i].ID, roster.Units[i].ShortName())
		}
	case part.ToGoal:
		for i := range plan.Goals {
			offer(plan.Goals[i].ID, plan.Goals[i].Text)
		}
	case part.ToSection:
		offer("activity", choiceName(f, "activity"))
		offer("duty", choiceName(f, "duty"))
		for i := range plan.Headings {
			offer(plan.Headings[i].ID, plan.Headings[i].Text)
		}
	case part.ToIndicator:
		_, id := part.Split(subject)
		of, own, _ := strings.Cut(id, "/")
		if activity := plan.Activity(of); activity != nil {
			for i := range activity.Indicators {
				if indicator := &activity.Indicators[i]; indicator.ID != own {
					offer(indicator.ID, indicator.Name)
				}
			}
		}
	default:
	}
	return ids, names
}

// refersToNothing reports whether a field could only name what this plan has none of, and need not: then it is left
// out. That units are still to come is said instead.
func refersToNothing(f *frame.Frame, subject model.Subject, of part.Field) bool {
	if of.Required || of.Refers != part.ToGoal && of.Refers != part.ToIndicator {
		return false
	}
	ids, _ := offers(f, subject, of)
	return len(ids) == 0
}

// named are the names of the ids that stand in a field.
func named(f *frame.Frame, subject model.Subject, of part.Field, typed string) []string {
	ids, names := offers(f, subject, of)
	var said []string
	for _, id := range split(typed) {
		id, _, _ = strings.Cut(id, "=")
		if at := slices.Index(ids, strings.TrimSpace(id)); at >= 0 {
			said = append(said, names[at])
		}
	}
	if len(said) == 0 {
		return nil
	}
	return []string{strings.Join(said, "; ")}
}

// choiceName is a choice of the file in words.
func choiceName(f *frame.Frame, choice string) string {
	if language, is := map[string]string{"vi": "Tiếng Việt", "en": "English"}[choice]; is {
		return language // by its own name
	}
	if said := document.Choice(choice); !said.IsZero() {
		return f.Words.Say(said)
	}
	return choice
}

// partForm is the form over a part.
type partForm struct {
	kind           string
	inputs         []*input
	source, reason *form.Field
}

// newPartForm makes the fields of a part; the one for the document that changes words of the official one is there only
// where such words are.
func newPartForm(f *frame.Frame, subject model.Subject, value model.Part) *partForm {
	w := f.Words
	kind, _ := part.Split(subject)
	p := &partForm{kind: kind}
	asks := false
	for _, of := range part.Fields(kind) {
		typed := part.Typed(of, value[of.Key])
		if typed == "" && refersToNothing(f, subject, of) {
			continue
		}
		asks = asks || of.Verbatim && typed != ""
		p.inputs = append(p.inputs, newInput(f, subject, of, typed))
	}
	if asks {
		p.source = &form.Field{Label: w.T("Amending document"), Line: form.NewLine(f.Styles, "", model.MaxName),
			Hint: w.T("needed when the official wording changes")}
	}
	p.reason = &form.Field{Label: w.T("Reason"), Line: form.NewLine(f.Styles, "", model.MaxName),
		Hint: w.T("for the history; may be empty")}
	return p
}

func (p *partForm) fields() []*form.Field {
	var fields []*form.Field
	for _, t := range p.inputs {
		fields = append(fields, t.field)
	}
	if p.source != nil {
		fields = append(fields, p.source)
	}
	return append(fields, p.reason)
}

// read is the part as the fields say it, on top of another one.
func (p *partForm) read(now model.Part) (model.Part, error) {
	given := map[string]string{}
	for _, t := range p.inputs {
		was := part.Typed(t.of, now[t.of.Key])
		if typed := strings.TrimSpace(t.typed(was)); typed != was {
			given[t.of.Key] = typed
		}
	}
	set, err := part.Set(p.kind, now, given)
	if wrong, is := errors.AsType[*field.Wrong](err); is {
		of, _ := part.FieldOf(p.kind, wrong.Key)
		err = field.About(wrong.Key, phrase.Refuse(phrase.Say("%s: %s", of.Label, phrase.Of(wrong.Err)),
			phrase.HintOf(wrong.Err)))
	}
	if err != nil {
		return now, err
	}
	for _, t := range p.inputs {
		if _, stands := set[t.of.Key]; t.of.Required && !stands {
			return set, field.About(t.of.Key, phrase.Refuse(phrase.Say("%s: this must not be empty", t.of.Label),
				phrase.Sentence{}))
		}
	}
	if _, leads := set["lead"]; p.kind == "activity" && !leads && set["assigned"].Value == nil {
		of, _ := part.FieldOf(p.kind, "assigned")
		return set, field.About("assigned", phrase.Refuse(phrase.Say("%s: this must not be empty", of.Label),
			phrase.Say("choose who does it, or who leads")))
	}
	return set, nil
}

// complete adds the source and the reason to a change.
func (p *partForm) complete(change *model.Change) {
	change.Reason = strings.TrimSpace(p.reason.Line.Value())
	if p.source != nil {
		change.Source = strings.TrimSpace(p.source.Line.Value())
	}
}

// check refuses what the rules of the plan forbid, in the words of the form.
func (p *partForm) check(change model.Change) error {
	p.complete(&change)
	err := part.Check(change)
	if err == nil || change.Source != "" {
		return err
	}
	if change.Source = "?"; part.Check(change) != nil {
		return err
	}
	return phrase.Refuse(phrase.Say("this is the official wording"),
		phrase.Say("name the document that changes them, in the field for it"))
}

// newEdit makes the form of a part that is there.
func newEdit(f *frame.Frame, change model.Change) *form.Edit {
	value := model.As[model.Part](change.New)
	p, title := newPartForm(f, change.Subject, value), lang.Named(f.Words, f.Board.Campaign, change.Subject)
	return &form.Edit{
		Change: change, Form: form.New(f.Words.T("Edit")+" · "+title, p.fields(), 0),
		Complete: p.complete,
		Read: func(seen model.Value) (model.Value, error) {
			was := model.As[model.Part](seen)
			set, err := p.read(was)
			if err == nil && !was.SameContent(set) {
				err = p.check(model.Change{Subject: change.Subject, Seen: was, New: set})
			}
			return set, err
		},
		Values: func(value model.Value) []string {
			change.New = value
			return newEdit(f, change).Form.Values()
		},
	}
}

// usual is what something new is at first of what it must be one of: as what it is to stand beside, which may be
// missing, else the first that there is.
func usual(f *frame.Frame, subject model.Subject, beside model.Part) model.Part {
	usual := model.Part{}
	kind, _ := part.Split(subject)
	for _, of := range part.Fields(kind) {
		ids, _ := offers(f, subject, of)
		if !of.Required || len(ids) == 0 {
			continue
		}
		if usual[of.Key] = beside[of.Key]; usual[of.Key].Value == nil {
			usual[of.Key] = model.PartValue{Value: ids[0]}
		}
	}
	return usual
}

// newAddition makes the form of something new of a kind, which is to stand after another one; the id of that may be
// missing.
func newAddition(f *frame.Frame, src []byte, beside model.Subject) *form.Edit {
	kind, other := part.Split(beside)
	above := kind + "/"
	if kind == "indicator" {
		activity, _, _ := strings.Cut(other, "/")
		above += activity + "/"
	}
	other = strings.TrimPrefix(beside.ID, above)
	subject := model.Subject{Kind: model.SubjectPlan, ID: above}
	p := newPartForm(f, subject, usual(f, subject, part.Of(src, beside)))
	taken := func(id string) bool {
		return part.Of(src, model.Subject{Kind: model.SubjectPlan, ID: above + id}) != nil
	}
	id := form.NewID(f, p.idWords, taken)
	fields := p.fields()
	fields = slices.Insert(fields, len(fields)-1, id.Field)
	return &form.Edit{
		Change:   model.Change{Person: f.Person, Subject: subject, Seen: model.Part(nil)},
		Form:     form.New(f.Words.T("Add")+" · "+lang.PartKind(f.Words, kind), fields, 0),
		Complete: p.complete,
		Names:    func(value model.Value) string { return above + idOf(model.As[model.Part](value)) },
		Read: func(model.Value) (model.Value, error) {
			wanted := id.Wanted()
			now, err := part.New(kind, wanted)
			if err != nil {
				return model.Part{}, err
			}
			if taken(wanted) {
				return now, phrase.Refuse(phrase.Say("the id %q is taken", wanted), phrase.Say("choose another one"))
			}
			set, err := p.read(now)
			if err == nil && other != "" && other != kind {
				set[model.Place] = model.PartValue{Value: other}
			}
			return set, err
		},
	}
}

func idOf(value model.Part) string {
	id, _ := value["id"].Value.(string)
	return id
}

// idWords are those that suggest an id: the title, else the name, else the text.
func (p *partForm) idWords() string {
	for _, key := range []string{"title", "name", "text"} {
		for _, t := range p.inputs {
			if words := strings.TrimSpace(t.typed("")); t.of.Key == key && words != "" {
				return words
			}
		}
	}
	return ""
}
