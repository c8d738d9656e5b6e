// Package report makes the consolidated report (BÁO CÁO) of a campaign, and the
// letter that reminds a unit. The report is one value, computed from the board; the
// writers of .docx, .xlsx, .csv, .md and JSON only render it, so that every total is
// the same wherever it is read.
package report

import (
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/phrase"
)

// Document is the consolidated report in the language of the plan (DOMAIN §4).
// What nobody has written stays empty, and is a dotted line on paper.
type Document struct {
	phrase.Printer
	Plan   PlanFacts
	Today  calendar.Day // the figures are those of this day
	MadeUp bool         // the progress is invented, and every page says so

	Header       Header
	Title        string // BÁO CÁO
	Subject      string
	Recipients   []string // Kính gửi
	LeadIn       string
	Parts        []Part
	Closing      string // ends with "./."
	Distribution Distribution
	Signature    document.Signature

	Work      []Work   // the activities, in plan order
	Columns   []Column // the indicators, in plan order
	Units     []Unit   // in the order of the roster
	Reporting model.ReportingRow
	Goals     []Passage
	Messages  []Passage
	Traced    bool // the figures carry their origins
	Asked     bool // the plan asks its units for reports
	Points    int  // how many points the activities carried out have
	// ConfirmedOnly: the figures of units whose report is not accepted are left out.
	ConfirmedOnly bool
	Period        *calendar.Period // of the reports and figures; nil in a plan without periods
	Closes        calendar.Day     // the last day whose figures belong to it; zero: it is not said

	Warnings []Warning // what a person should look at before signing
}

// Warning is one thing that a person should look at before the report is signed, and where it stands.
type Warning struct {
	What phrase.Sentence
	// Unit is whose record it is about; "" for none.
	Unit string
	// Subject is what of the record, of the plan or of the Office's part it is about; of the whole of these the ID is "".
	Subject model.Subject
	Figure  string // of an activity: the full name of the figure; "" for none
}

// PlanFacts name the plan that is reported on.
type PlanFacts struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Title  string `json:"title"`
}

// Header is the head of the paper. The outgoing number and date are blank: they are the clerk's.
type Header struct {
	Parent, Issuer string // upper case
	Number         string // "Số:        /BC-SCT"
	Concerning     string // of a letter: what it is about
	Nation, Motto  string
	Dateline       string
	MadeUp         string // what says that the progress is invented; "" when it is not
	FiguresAsOf    string
	WithReport     string // below the title of an annex
}

// Part is one of the two parts of the report.
type Part struct {
	Heading  string    `json:"heading"` // "I. TỔ CHỨC TRIỂN KHAI"
	Sections []Section `json:"sections"`
}

// Section is a numbered section of a part.
type Section struct {
	Number     int         `json:"number"`
	Title      string      `json:"title"`
	Paragraphs []Paragraph `json:"paragraphs"`
}

// Kind says how a paragraph is set.
type Kind string

// The kinds of paragraphs.
const (
	Body    Kind = "body"
	Heading Kind = "heading" // above some activities, as the plan prints it
	Point   Kind = "point"   // a lettered heading, one for each activity
	Item    Kind = "item"    // in a list
	Blank   Kind = "blank"   // nobody has written it; a dotted line to fill in
)

// Paragraph is one paragraph. Unit is whose words they are; "" is the Office or the
// program. An item of a unit begins with its name; what the unit goes on to say is Body.
type Paragraph struct {
	Kind Kind   `json:"kind"`
	Unit string `json:"unit"`
	Text string `json:"text"`
}

// Distribution is the end of the paper on the left: who gets a copy.
type Distribution struct {
	Label string
	Lines []string
}

// Work is an activity over all units.
type Work struct {
	ID, Title, Heading, Product string // Heading is what it stands under, as printed
	Tally                       model.Tally
}

// Column is an indicator over all units.
type Column struct {
	Activity int    // counts from 0, in plan order
	Title    string // of the activity
	ID       string // of the activity
	Over     bool   // there is no time left for it
	model.IndicatorTotal
}

// Unit is one unit: its figures and how its report stands.
type Unit struct {
	ID, Name    string
	Figures     []Figure // one for each column
	Status      model.ReportStatus
	Timeliness  calendar.Timeliness
	SubmittedAt calendar.Day
	DaysLate    int
	Extended    calendar.Day
	Notes       []string // reason of an extension, a nil report or a return
	Nil         bool
	Broken      bool // its file cannot be read, so nothing is known
	Disputed    bool // of its report there are two versions, and nobody has decided
	Tally       model.Tally
}

// Figure is what a unit gave for an indicator.
type Figure struct {
	Value     *float64 // nil: blank, which is not zero
	Assigned  bool     // false: the activity is not this unit's
	NA        bool     // the activity does not apply to the unit
	Confirmed bool     // the unit's report is accepted
	Disputed  bool     // there are two versions, so there is no value
	Origin    Origin   // of a traced figure
}

// Origin is the commit that set a figure. An empty Commit: it stands in the file, but no commit holds it yet.
type Origin struct {
	Commit, By string
	At         time.Time
}

// Trace finds the origin of a figure. It is asked for figures that are there only.
type Trace func(unit, activity, indicator string, value float64) Origin

// Passage is a text of the plan. Where the source misleads, Sic says how it is
// probably meant, and the two are never shown apart.
type Passage struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	Sic   string `json:"sic"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
}

// Marked is the text with its mark.
func (p Passage) Marked() string { return withSic(p.Text, p.Sic) }
