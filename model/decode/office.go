package decode

import (
	"slices"

	"example.org/tiendo/model"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
)

// officeReader reads report.toml.
type officeReader struct {
	*File
	units   []string // on the roster
	plan    *model.Plan
	whole   bool // the roster could be read, so that a unit that it does not hold does not exist
	office  model.Office
	numbers map[numbered]string // where each reminder stands
}

// numbered names a reminder.
type numbered struct {
	unit, period string
	number       int
}

// Office reads report.toml against plan and roster; nil for one that could not be read.
func Office(r *File, plan *model.Plan, roster *model.Roster) model.Office {
	o := officeReader{File: r, plan: plan, whole: roster != nil, numbers: map[numbered]string{}}
	if roster != nil {
		o.units = roster.UnitIDs()
	}
	if root := r.root(); root.readable(required, 1) {
		o.read(root)
	}
	return o.office
}

func (o *officeReader) read(root *table) {
	if t := root.table("header", optional); t != nil {
		o.office.Header = model.OfficeHeader{
			Parent: t.line("parent", optional), Issuer: t.line("issuer", optional), Recipients: t.lines("recipients"),
		}
		t.close()
	}
	if t := root.table("text", optional); t != nil {
		o.office.Texts = map[model.OfficeText]string{}
		for _, id := range document.OfficeTexts() {
			o.readText(t, id)
		}
		t.close()
	}
	for _, t := range root.tables("reminder") {
		o.readReminder(t)
	}
	root.close()
}

func (o *officeReader) readText(t *table, id model.OfficeText) {
	key := string(id)
	o.guard(func() model.Subject {
		if words := t.text(key, optional); words != "" {
			o.office.Texts[id] = words
			t.refused(t.at(key), field.CheckText(words, model.MaxText), true)
		}
		return model.Subject{Kind: model.SubjectText, ID: key}
	})
}

// readReminder reads one reminder. A unit that has left the roster was reminded all the same.
func (o *officeReader) readReminder(t *table) {
	o.guard(func() model.Subject {
		reminder := model.Reminder{Unit: t.line("unit", required), Period: t.line("period", optional),
			By: t.line("by", optional), At: t.instant("at")}
		if o.whole && reminder.Unit != "" && !slices.Contains(o.units, reminder.Unit) {
			t.warn(t.at("unit"), phrase.Say("%s names %q, which does not exist", "unit", reminder.Unit),
				HintFor(reminder.Unit, o.units))
		}
		if o.plan != nil && reminder.Period != "" { // one of before the plan had periods names none
			t.refused(t.at("period"), o.plan.Reporting.Periods.Known(reminder.Period, false), true)
		}
		reminder.Number = o.readNumber(t, reminder)
		o.office.Reminders = append(o.office.Reminders, reminder)
		t.close()
		return model.Subject{Kind: model.SubjectReminder, ID: reminder.Unit}
	})
}

// readNumber reads the number of a reminder, which stands once for a unit and period.
func (o *officeReader) readNumber(t *table, reminder model.Reminder) int {
	const most = 1000
	node := t.child("number", required)
	if node == nil {
		return 0
	}
	number, whole := node.Value().(int64)
	if !whole || number < 1 || number > most {
		t.problem(node.Offset(), wanted("number", t.found("number", node), phrase.Say("a whole number from 1 upward")),
			phrase.Sentence{})
		return 0
	}
	at := numbered{reminder.Unit, reminder.Period, int(number)}
	if first, twice := o.numbers[at]; twice {
		t.warn(node.Offset(), phrase.Say("the reminder %d to %s appears twice; first at %s", number, reminder.Unit, first),
			phrase.Say("two people may have sent it; give one the next number"))
	} else {
		o.numbers[at] = t.place(node.Offset())
	}
	return int(number)
}
