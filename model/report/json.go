package report

import (
	"encoding/json"
	"io"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
)

// jsonVersion is raised when a key changes its meaning.
const jsonVersion = 1

// documentJSON is the report for programs. Days are YYYY-MM-DD; what there is none of is "" or empty, a missing number
// null.
type documentJSON struct {
	Version    int             `json:"version"`
	Plan       PlanFacts       `json:"plan"`
	Today      string          `json:"today"`
	MadeUp     bool            `json:"made_up"`
	Header     headerJSON      `json:"header"`
	Title      string          `json:"title"`
	Subject    string          `json:"subject"`
	Recipients []string        `json:"recipients"`
	LeadIn     string          `json:"lead_in"`
	Parts      []Part          `json:"parts"`
	Closing    string          `json:"closing"`
	Copies     []string        `json:"copies"`
	Signature  []string        `json:"signature"`
	Reporting  reportingJSON   `json:"reporting"`
	Indicators []indicatorJSON `json:"indicators"`
	Units      []unitJSON      `json:"units"`
	Goals      []Passage       `json:"goals"`
	Messages   []Passage       `json:"messages"`
	Warnings   []string        `json:"warnings"`
	Activities []workJSON      `json:"activities"`
}

type workJSON struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Heading  string `json:"heading"` // as printed; "" for none
	Product  string `json:"product"`
	Done     int    `json:"done"`
	Assigned int    `json:"assigned"`
}

type headerJSON struct {
	Parent   string `json:"parent"`
	Issuer   string `json:"issuer"`
	Number   string `json:"number"`
	Dateline string `json:"dateline"`
}

type reportingJSON struct {
	Period          string `json:"period,omitempty"` // id
	LastDay         string `json:"last_day"`
	Expected        int    `json:"expected"`
	Received        int    `json:"received"`
	ReceivedPercent int    `json:"received_percent"`
	OnTime          int    `json:"on_time"`
	OnTimePercent   int    `json:"on_time_percent"`
	Accepted        int    `json:"accepted"`
	Returned        int    `json:"returned"`
	Nil             int    `json:"nil"`
	Disputed        int    `json:"disputed"` // two versions, not decided
}

type indicatorJSON struct {
	Activity string   `json:"activity"`
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Measure  string   `json:"measure"`
	Sum      string   `json:"sum"`
	Total    *float64 `json:"total"`
	Units    int      `json:"units"` // that gave a figure

	Confirmed int      `json:"confirmed"` // of these units: the report is accepted
	Target    *float64 `json:"target"`    // what the targets come to; null where there are none
	Reached   int      `json:"reached"`   // units that have reached their own target
	// In the period alone; missing in a plan without periods.
	InPeriod *inPeriodJSON `json:"in_period,omitempty"`
}

type inPeriodJSON struct {
	Total     *float64 `json:"total"`
	Units     int      `json:"units"`
	Confirmed int      `json:"confirmed"`
}

type unitJSON struct {
	ID          string                        `json:"id"`
	Name        string                        `json:"name"`
	Report      string                        `json:"report"`
	Timeliness  string                        `json:"timeliness"`
	SubmittedOn string                        `json:"submitted_on"`
	DaysLate    int                           `json:"days_late"`
	Extended    string                        `json:"extended_until"`
	Nil         bool                          `json:"nil"`
	Broken      bool                          `json:"broken"`
	Notes       []string                      `json:"notes"`
	Done        int                           `json:"done"`
	Assigned    int                           `json:"assigned"`
	Figures     map[string]map[string]float64 `json:"figures"` // by activity and indicator
	Origins     []originJSON                  `json:"origins"` // with --trace
	// entries, and the report: there are two versions, in no other count
	Disputed int `json:"disputed"`
}

type originJSON struct {
	Activity  string `json:"activity"`
	Indicator string `json:"indicator"`
	Commit    string `json:"commit"` // "" when no commit holds the figure yet
	By        string `json:"by"`
	At        string `json:"at"`
}

func (d *Document) writeJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(d.forPrograms())
}

func (d *Document) forPrograms() documentJSON {
	r := d.Reporting
	all := documentJSON{
		Version: jsonVersion, Plan: d.Plan, Today: d.Today.String(), MadeUp: d.MadeUp,
		Header: headerJSON{d.Header.Parent, d.Header.Issuer, d.Header.Number, d.Header.Dateline},
		Title:  d.Title, Subject: d.Subject, Recipients: append([]string{}, d.Recipients...), LeadIn: d.LeadIn,
		Closing: d.Closing,
		Copies:  d.Distribution.Lines, Signature: append(append([]string{}, d.Signature.Titles...), d.Signature.Name),
		Reporting: reportingJSON{
			r.Period, r.Deadline.LastDay().String(), r.Expected, r.Received, r.ReceivedPercent(), r.OnTime, r.OnTimePercent(),
			r.Accepted, r.Returned, r.Nil, r.Disputed,
		},
		Parts: []Part{}, Indicators: []indicatorJSON{}, Units: []unitJSON{}, Goals: append([]Passage{}, d.Goals...),
		Messages: append([]Passage{}, d.Messages...), Warnings: []string{}, Activities: []workJSON{},
	}
	for _, part := range d.Parts {
		part.Sections = append([]Section{}, part.Sections...)
		for i := range part.Sections {
			paragraphs := append([]Paragraph{}, part.Sections[i].Paragraphs...)
			for j := range paragraphs {
				if paragraphs[j].Kind == Blank {
					paragraphs[j].Text = ""
				}
			}
			part.Sections[i].Paragraphs = paragraphs
		}
		all.Parts = append(all.Parts, part)
	}
	for i := range d.Work {
		work := &d.Work[i]
		all.Activities = append(all.Activities, workJSON{work.ID, work.Title, work.Heading, work.Product, work.Tally.Done,
			work.Tally.Applicable()})
	}
	for i := range d.Columns {
		column := &d.Columns[i]
		indicator := indicatorJSON{
			column.ID, column.Indicator.ID, column.Indicator.Name, column.Indicator.Measure, string(column.Indicator.Sum),
			column.Total, column.Units, column.Confirmed, column.Target, column.Reached, nil,
		}
		if d.Period != nil {
			indicator.InPeriod = &inPeriodJSON{column.InPeriod.Total, column.InPeriod.Units, column.InPeriod.Confirmed}
		}
		all.Indicators = append(all.Indicators, indicator)
	}
	for i := range d.Units {
		all.Units = append(all.Units, d.unitJSON(&d.Units[i]))
	}
	for _, warning := range d.Warnings {
		all.Warnings = append(all.Warnings, d.Say(warning.What))
	}
	return all
}

func (d *Document) unitJSON(unit *Unit) unitJSON {
	written := unitJSON{
		ID: unit.ID, Name: unit.Name, Report: string(unit.Status), Timeliness: string(unit.Timeliness),
		SubmittedOn: unit.SubmittedAt.String(),
		DaysLate:    unit.DaysLate, Extended: unit.Extended.String(), Nil: unit.Nil, Broken: unit.Broken,
		Notes: append([]string{}, unit.Notes...),
		Done:  unit.Tally.Done, Assigned: unit.Tally.Applicable(), Disputed: unit.Tally.Disputed,
		Figures: map[string]map[string]float64{}, Origins: []originJSON{},
	}
	if unit.Disputed {
		written.Disputed++
	}
	switch {
	case unit.Broken:
		written.Report = "unknown"
	case unit.Disputed:
		written.Report = string(calendar.Disputed)
	case unit.Status == model.NotSent:
		written.Report = "none"
	}
	for i := range unit.Figures {
		figure, column := &unit.Figures[i], &d.Columns[i]
		if figure.Value == nil {
			continue
		}
		if written.Figures[column.ID] == nil {
			written.Figures[column.ID] = map[string]float64{}
		}
		written.Figures[column.ID][column.Indicator.ID] = *figure.Value
		if d.Traced {
			at := ""
			if !figure.Origin.At.IsZero() {
				at = figure.Origin.At.Format(time.RFC3339)
			}
			written.Origins = append(written.Origins,
				originJSON{column.ID, column.Indicator.ID, figure.Origin.Commit, figure.Origin.By, at})
		}
	}
	return written
}
