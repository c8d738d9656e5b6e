package show

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// JSONVersion is raised when a key of the JSON changes its meaning.
const JSONVersion = 1

// notKnown stands for the status of what a broken file hides.
const notKnown = "unknown"

// statusJSON is `status --json`. Scripts rely on its keys: add at the end, never
// rename. Days are YYYY-MM-DD, times RFC 3339; what there is none of is "" or empty, never null.
type statusJSON struct {
	Version    int            `json:"version"`
	Today      string         `json:"today"`
	Person     string         `json:"person"`
	Plan       planJSON       `json:"plan"`
	Goals      []goalJSON     `json:"goals"`
	Messages   []messageJSON  `json:"messages"`
	Activities []activityJSON `json:"activities"`
	Units      []unitJSON     `json:"units"`
	Reporting  reportingJSON  `json:"reporting"`
	Problems   []problemJSON  `json:"problems"`
	Periods    []periodJSON   `json:"periods,omitempty"` // in a plan with periods; reporting is that of the current one
	Tasks      tasksJSON      `json:"tasks"`
	Phase      string         `json:"phase"`
	MadeUp     bool           `json:"made_up"`
	AsOf       string         `json:"as_of"`            // which past state this is; "" is the present
	BurnUp     []burnUpJSON   `json:"burn_up,omitzero"` // nil: nobody has asked for it
	Office     officeJSON     `json:"office"`
	// Uncommitted are the files of plan and roster that differ from the last commit.
	Uncommitted []string `json:"uncommitted"`
	// Aside are the files of which a version of this clone is set aside since `tiendo sync`.
	Aside []string `json:"aside"`
}

// officeJSON is the Office's own part of the consolidated report.
type officeJSON struct {
	Texts map[model.OfficeText]string `json:"texts"` // only what is written
}

// burnUpJSON is how far all units were at the end of a day of the campaign, as the history says.
type burnUpJSON struct {
	Day       string `json:"day"`
	Done      int    `json:"done"`
	Total     int    `json:"total"` // without what is not applicable
	Submitted int    `json:"submitted"`
}

type planJSON struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Title  string `json:"title"`
	Theme  string `json:"theme"`
	Starts string `json:"starts"`
	Ends   string `json:"ends"`
}

type goalJSON struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	Done  int    `json:"done"`
	Total int    `json:"total"` // without what is not applicable

	Disputed int `json:"disputed"` // of the total: two versions
}

type messageJSON struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Units int    `json:"units"`
}

type activityJSON struct {
	ID       string `json:"id"`
	Section  string `json:"section"`
	Title    string `json:"title"`
	Deadline string `json:"deadline"` // the last acceptable day
	Assigned int    `json:"assigned"`
	Todo     int    `json:"todo"`
	Doing    int    `json:"doing"`
	Done     int    `json:"done"`
	NA       int    `json:"na"`
	Overdue  int    `json:"overdue"`
	Unknown  int    `json:"unknown"`  // units whose file is broken
	Disputed int    `json:"disputed"` // two versions, in no other count but assigned

	Supporting int             `json:"supporting"` // units, in no other count
	Indicators []indicatorJSON `json:"indicators"`
	Heading    string          `json:"heading"` // id of the section it stands under
	Product    string          `json:"product"`
}

// indicatorJSON is what all units give for an indicator.
type indicatorJSON struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Measure   string   `json:"measure"`
	Sum       string   `json:"sum"`
	Total     *float64 `json:"total,omitempty"`  // missing: nobody gave a figure, or it is not totalled
	Units     int      `json:"units"`            // that gave a figure
	Confirmed int      `json:"confirmed"`        // of these: the unit's report is accepted
	Target    *float64 `json:"target,omitempty"` // what the targets come to; missing where there are none
	Reached   int      `json:"reached"`          // units that have reached their own target
	// In the period alone; missing in a plan without periods.
	InPeriod *inPeriodJSON `json:"in_period,omitempty"`
}

// inPeriodJSON is what all units give for an indicator in one period.
type inPeriodJSON struct {
	Total     *float64 `json:"total,omitempty"`
	Units     int      `json:"units"`
	Confirmed int      `json:"confirmed"`
}

// tasksJSON counts activities, each once; those that apply to nobody are left out.
type tasksJSON struct {
	Total      int `json:"total"`
	DoneOnTime int `json:"done_on_time"`
	DoneLate   int `json:"done_late"`
	Doing      int `json:"doing"`
	Overdue    int `json:"overdue"`
	Todo       int `json:"todo"`
}

// periodJSON is a period with how its reports stand.
type periodJSON struct {
	ID     string `json:"id"`
	Name   string `json:"name"` // in the language of the output
	First  string `json:"first"`
	Last   string `json:"last"`
	Closes string `json:"closes"` // the last day whose figures belong to it
	reportingJSON
}

type reportingJSON struct {
	Period         string  `json:"period,omitempty"`
	LastDay        *string `json:"last_day"` // nil: none
	LastWorkingDay *string `json:"last_working_day"`
	Expected       int     `json:"expected"`
	Received       int     `json:"received"`
	OnTime         int     `json:"on_time"`
	Accepted       int     `json:"accepted"`
	Returned       int     `json:"returned"`
	Nil            int     `json:"nil"`      // of those received
	Late           int     `json:"late"`     // of those received
	Extended       int     `json:"extended"` // units with more time
	Overdue        int     `json:"overdue"`  // not received
	DueToday       int     `json:"due_today"`
	DueSoon        int     `json:"due_soon"`
	Unknown        int     `json:"unknown"` // units whose file is broken

	Disputed int `json:"disputed"` // units of whose report there are two versions
}

type problemJSON struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Message  string `json:"message"`
	Hint     string `json:"hint"`
	Severity string `json:"severity"` // error | warning
}

// object is a JSON object whose keys have an order.
type object []member

type member struct {
	key   string
	value any
}

// MarshalJSON writes the keys in their order, letters as they are.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	for i, m := range o {
		b.WriteByte("{,"[min(i, 1)])
		b.WriteString(strconv.Quote(m.key) + ":") // a word of ours, in ASCII
		if err := encoder.Encode(m.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// factsJSON are the fields of a record but the signatures and those that are told by a rule of their own. What says
// nothing is "" or empty, never null.
func factsJSON[T any](fields []field.Field[T], record *T, told ...string) object {
	var facts object
	for f := range field.Content(fields) {
		if slices.Contains(told, f.Key) {
			continue
		}
		fact := f.At(record)
		switch value := fact.(type) {
		case *calendar.Day:
			fact = value.String()
		case *[]string:
			fact = append([]string{}, *value...)
		case *map[string]float64:
			if *value == nil {
				fact = map[string]float64{}
			}
		}
		facts = append(facts, member{f.Key, fact})
	}
	return facts
}

// JSON prints a value for people and programs: indented, letters as they are.
func (p *Printer) JSON(value any) error { return jsonEncoder(p.Out).Encode(value) }

func jsonEncoder(w io.Writer) *json.Encoder {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder
}

// StatusJSON is `status --json`: all units, or only the named one.
func (p *Printer) StatusJSON(board *model.Board, burnUp []model.Progression, person model.Person, unit string,
	uncommitted, aside []string) error {
	status := p.boardJSON(board, person)
	status.Uncommitted, status.Aside = append([]string{}, uncommitted...), append([]string{}, aside...)
	if burnUp != nil {
		status.BurnUp = []burnUpJSON{}
	}
	for _, day := range burnUp {
		status.BurnUp = append(status.BurnUp, burnUpJSON{day.Day.String(), day.Done, day.Total, day.Submitted})
	}
	return writeStatus(p, status, board, unit)
}

// boardJSON puts a board into the shape that scripts rely on, without the units.
func (p *Printer) boardJSON(board *model.Board, person model.Person) statusJSON {
	plan := &board.Campaign.Plan
	status := statusJSON{
		Version: JSONVersion,
		Today:   board.Today.String(),
		Person:  person.Signature(),
		Plan: planJSON{
			ID: plan.ID, Number: plan.Document.Number, Title: plan.Document.Title, Theme: plan.Theme,
			Starts: plan.Starts.String(), Ends: plan.Ends.String(),
		},
		Goals:      []goalJSON{},
		Messages:   []messageJSON{},
		Activities: []activityJSON{},
		Units:      []unitJSON{},
		Reporting:  newReportingJSON(board.Reporting),
		Periods:    p.periodsJSON(board),
		Tasks:      tasksJSON(board.Tasks),
		Problems:   p.problemsJSON(board.Campaign.Problems),
		Phase:      string(board.Phase),
		MadeUp:     !plan.MadeUp.IsZero(),
		AsOf:       board.Campaign.AsOf.String(),
		Office:     officeJSON{Texts: map[model.OfficeText]string{}},
	}
	status.Reporting.Period = board.Period
	maps.Copy(status.Office.Texts, board.Campaign.Office.Texts)
	for _, row := range board.Goals {
		status.Goals = append(status.Goals, goalJSON{
			ID: row.Goal.ID, Kind: string(row.Goal.Kind), Text: row.Goal.Text,
			Done: row.Tally.Done, Total: row.Tally.Applicable(), Disputed: row.Tally.Disputed,
		})
	}
	for _, row := range board.Messages {
		status.Messages = append(status.Messages,
			messageJSON{ID: row.Message.ID, Text: row.Message.Text, Units: len(row.Units)})
	}
	for i := range board.Activities {
		status.Activities = append(status.Activities, newActivityJSON(&board.Activities[i], board.Period))
	}
	return status
}

func newActivityJSON(row *model.ActivityRow, period string) activityJSON {
	activity, tally := &row.Activity, row.Tally
	indicators := []indicatorJSON{}
	for _, total := range row.Figures {
		indicator := &total.Indicator
		of := indicatorJSON{ID: indicator.ID, Name: indicator.Name, Measure: indicator.Measure, Sum: string(indicator.Sum),
			Total: total.Total, Units: total.Units, Confirmed: total.Confirmed, Target: total.Target, Reached: total.Reached}
		if period != "" {
			of.InPeriod = &inPeriodJSON{total.InPeriod.Total, total.InPeriod.Units, total.InPeriod.Confirmed}
		}
		indicators = append(indicators, of)
	}
	return activityJSON{
		ID: activity.ID, Section: string(activity.Section), Title: activity.Title,
		Deadline: activity.Deadline.LastDay().String(),
		Assigned: tally.Assigned, Todo: tally.Todo, Doing: tally.Doing, Done: tally.Done, NA: tally.NA,
		Overdue: tally.Overdue, Unknown: tally.Unknown, Disputed: tally.Disputed, Supporting: row.Supporting,
		Indicators: indicators, Heading: activity.Heading, Product: activity.Product,
	}
}

// dayJSON is a day that may be none.
func dayJSON(day calendar.Day) *string {
	if day.IsZero() {
		return nil
	}
	return new(day.String())
}

func (p *Printer) periodsJSON(board *model.Board) []periodJSON {
	var all []periodJSON
	for i, row := range board.Periods() {
		period := &board.Campaign.Plan.Reporting.Periods[i]
		all = append(all, periodJSON{period.ID, p.Words.Say(period.Name), period.First.String(), period.Last.String(),
			period.Closes.String(), newReportingJSON(row)})
	}
	return all
}

func newReportingJSON(row model.ReportingRow) reportingJSON {
	return reportingJSON{
		LastDay: dayJSON(row.Deadline.LastDay()), LastWorkingDay: dayJSON(row.Deadline.LastWorkingDay()),
		Expected: row.Expected, Received: row.Received, OnTime: row.OnTime, Accepted: row.Accepted, Returned: row.Returned,
		Nil: row.Nil, Late: row.Late, Extended: row.Extended, Overdue: row.Overdue, DueToday: row.DueToday,
		DueSoon: row.DueSoon, Unknown: row.Unknown, Disputed: row.Disputed,
	}
}

func (p *Printer) problemsJSON(problems []phrase.Problem) []problemJSON {
	list := make([]problemJSON, 0, len(problems))
	for _, problem := range problems {
		severity := "error"
		if problem.Warning {
			severity = "warning"
		}
		list = append(list, problemJSON{
			File: text.Line(problem.File), Line: problem.Line, Column: problem.Column,
			Message: text.Line(p.Words.Say(problem.What)), Hint: text.Line(p.Words.Say(problem.Hint)), Severity: severity,
		})
	}
	return list
}

// timeJSON writes a time as RFC 3339, or "" for no time.
func timeJSON(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.Format(time.RFC3339)
}

// OfficeJSON is `office --json`: some texts of the Office.
func (p *Printer) OfficeJSON(campaign *model.Campaign, texts map[model.OfficeText]string) error {
	return p.JSON(struct {
		Version  int                         `json:"version"`
		Texts    map[model.OfficeText]string `json:"texts"`
		Problems []problemJSON               `json:"problems"`
	}{JSONVersion, texts, p.problemsJSON(campaign.Problems)})
}

// ReportJSON is `report UNIT --json`.
func (p *Printer) ReportJSON(board *model.Board, unit string) error {
	row := &board.Units[board.UnitIndex(unit)]
	return p.JSON(struct {
		Version  int           `json:"version"`
		Unit     string        `json:"unit"`
		Report   object        `json:"report"`
		Problems []problemJSON `json:"problems"`
	}{JSONVersion, unit, p.reportJSON(board, row), p.problemsJSON(ProblemsOf(board.Campaign, unit))})
}
