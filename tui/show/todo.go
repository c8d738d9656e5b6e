package show

import (
	"strconv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/agenda"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/lang"
)

// todoJSON is `status --mine --json`.
type todoJSON struct {
	Version int            `json:"version"`
	Today   string         `json:"today"`
	Person  string         `json:"person"`
	ToDo    []todoItemJSON `json:"todo"`
}

type todoItemJSON struct {
	Kind       agenda.Kind `json:"kind"`
	Now        bool        `json:"now"`      // it does not wait
	Unit       string      `json:"unit"`     // id; "" for none
	Activity   string      `json:"activity"` // id; "" where it is about something else
	Report     bool        `json:"report"`
	Period     string      `json:"period,omitempty"`
	Activities []string    `json:"activities"` // of another unit that is late or due soon
	Count      int         `json:"count"`      // of changes
	Draft      bool        `json:"draft"`      // typed and not saved
	Text       string      `json:"text"`       // as the screen says it
	Command    string      `json:"command"`    // what deals with it
}

// ToDoJSON is what a person has to do.
func ToDoJSON(p *Printer, board *model.Board, person model.Person, items []agenda.Item) error {
	all := todoJSON{Version: JSONVersion, Today: board.Today.String(), Person: person.Signature(), ToDo: []todoItemJSON{}}
	for _, item := range items {
		said := todoItemJSON{Kind: item.Kind, Now: item.Section <= agenda.Late, Report: item.IsReport() || item.Report,
			Period: item.Board.Period, Count: item.Count, Draft: item.Draft, Activities: []string{},
			Text: todoText(p, item, person), Command: todoCommand(item)}
		if unit := item.Unit(); unit != nil {
			said.Unit = unit.Unit.ID
		}
		if item.Activity() >= 0 {
			said.Activity = item.Subject.ID
		}
		for _, at := range item.Late {
			said.Activities = append(said.Activities, item.Board.Activities[at].Activity.ID)
		}
		all.ToDo = append(all.ToDo, said)
	}
	return p.JSON(all)
}

// ToDo prints what a person has to do, in order, each with the command for it.
func ToDo(p *Printer, board *model.Board, person model.Person, items []agenda.Item) {
	p.Paragraph(lang.Who(p.Words, &board.Campaign.Roster, &person)[0])
	p.Paragraph(p.Words.LongDay(board.Today))
	if !board.Campaign.Plan.MadeUp.IsZero() {
		p.Paragraph(p.Words.T("MADE-UP DATA: the people and the progress here are invented."))
	}
	if len(items) == 0 {
		p.Out.Line("")
		p.Paragraph(lang.NothingToDo(p.Words, board, person))
		return
	}
	for from := 0; from < len(items); {
		var lines []string
		before := from
		for ; before < len(items) && items[before].Section == items[from].Section; before++ {
			lines = append(lines, hung("- ", "  ", todoText(p, items[before], person), PageWidth-4)...)
			lines = append(lines, "    "+todoCommand(items[before]))
		}
		p.Section(phrase.Capital(items[from].Section.Label(p.Words.Language)), lines)
		from = before
	}
}

// todoText is an item in one sentence.
func todoText(p *Printer, item agenda.Item, person model.Person) string {
	what, standing := lang.ToDo(p.Words, item, person)
	if at := item.Activity(); at >= 0 {
		what = strconv.Itoa(at+1) + ". " + what
	}
	if standing == "" {
		return what
	}
	return what + ": " + standing
}

// todoCommand is the command that deals with an item, or shows what there is of it.
func todoCommand(item agenda.Item) string {
	unit, period := "", ""
	if row := item.Unit(); row != nil {
		unit = " " + row.Unit.ID
	}
	if item.Board.Period != "" && item.IsReport() {
		period = " --period " + item.Board.Period
	}
	switch {
	case item.Kind == agenda.Review:
		return "tiendo review"
	case item.Kind == agenda.Unreadable:
		return "tiendo check"
	case item.Kind == agenda.Disputed:
		return "tiendo resolve"
	case item.Kind == agenda.Accept:
		return "tiendo accept" + unit + period
	case item.IsReport():
		return "tiendo submit" + unit + period
	case item.Activity() >= 0:
		return "tiendo tick" + unit + " " + item.Subject.ID
	default:
		return "tiendo status --unit" + unit
	}
}
