package part

import (
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// Form is how the value of a field is typed.
type Form int

// The forms of values.
const (
	Line        Form = iota // a text of one line
	Lines                   // a text that may have several
	Day                     // as people write days
	DayOfPeriod             // a day, or the number of one that each month has
	List                    // ids or words with commas
	OneOrMore               // the same, and one alone is no list
	Days                    // days with commas
	Number
	Targets // UNIT=NUMBER with commas
	Choice
)

// Reference is what the ids in a field name.
type Reference string

// What fields refer to.
const (
	ToUnit      Reference = "unit"
	ToAddressee Reference = "addressee" // a group or a unit
	ToGoal      Reference = "goal"
	ToSection   Reference = "section"
	ToIndicator Reference = "indicator" // of the same activity
)

// Field is a key of a part of the plan.
type Field struct {
	Key      string          // in the file
	Label    phrase.Sentence // as people call it
	Form     Form
	Required bool
	Verbatim bool      // words of the official document
	None     bool      // an empty list, typed as Nobody, says something else than none
	Choices  []string  // of a Choice
	Refers   Reference // of ids; "" for what is none
}

// Nobody is how a list is typed that is there and empty.
const Nobody = "[]"

// kind is a kind of part, or a table that is there once.
type kind struct {
	name   string
	path   []string // of keys in the file; of an indicator below its activity
	once   bool
	number bool // its parts have no id, and are counted
	fields []Field
}

var kinds = []kind{
	{name: "goal", path: []string{"goal"}, fields: []Field{
		{Key: "kind", Label: phrase.Say("kind"), Form: Choice, Required: true, Choices: []string{"aim", "requirement"}},
		textField(), sicField(),
	}},
	{name: "message", path: []string{"message"}, fields: []Field{textField(), sicField()}},
	{name: "channel", path: []string{"channel"}, fields: []Field{nameField()}},
	{name: "section", path: []string{"section"}, fields: []Field{
		{Key: "kind", Label: phrase.Say("kind"), Form: Choice, Required: true, Choices: []string{"activity", "duty"}},
		textField(),
	}},
	{name: "activity", path: []string{"activity"}, fields: []Field{
		{Key: "section", Label: phrase.Say("section"), Required: true, Refers: ToSection},
		{Key: "title", Label: phrase.Say("title"), Required: true},
		textField(), sicField(),
		{Key: "goals", Label: phrase.Say("goals"), Form: List, Refers: ToGoal},
		{Key: "lead", Label: phrase.Say("lead"), Form: OneOrMore, Refers: ToAddressee},
		{Key: "assigned", Label: phrase.Say("assigned to"), Form: List, Refers: ToAddressee},
		{Key: "support", Label: phrase.Say("support"), Form: List, Refers: ToAddressee, None: true},
		{Key: "from", Label: phrase.Say("first day"), Form: Day},
		{Key: "when", Label: phrase.Say("time in words")},
		{Key: "until", Label: phrase.Say("deadline"), Form: Day},
		{Key: "before", Label: phrase.Say("deadline, that day not included"), Form: Day},
		{Key: "product", Label: phrase.Say("product"), Form: Lines},
	}},
	{name: "indicator", path: []string{"indicator"}, fields: []Field{
		nameField(),
		{Key: "measure", Label: phrase.Say("measure"), Required: true},
		{Key: "sum", Label: phrase.Say("how it is summed"), Form: Choice, Required: true,
			Choices: []string{"add", "last", "none"}},
		{Key: "part_of", Label: phrase.Say("part of"), Refers: ToIndicator},
		{Key: "target", Label: phrase.Say("target of each unit"), Form: Number},
		{Key: "targets", Label: phrase.Say("targets of single units"), Form: Targets, Refers: ToUnit},
		{Key: "total", Label: phrase.Say("target of all units together"), Form: Number},
	}},
	{name: "period", path: []string{"reporting", "period"}, fields: []Field{
		nameField(),
		{Key: "until", Label: phrase.Say("deadline"), Form: Day},
		{Key: "before", Label: phrase.Say("deadline, that day not included"), Form: Day},
		{Key: "closes", Label: phrase.Say("last day of the figures"), Form: Day},
	}},
	{name: "heading", path: []string{"document", "headings"}, fields: []Field{textField(), sicField()}},
	{name: "recipient", path: []string{"document", "recipients"}, number: true, fields: []Field{textField(), sicField()}},

	{name: "plan", path: []string{"plan"}, once: true, fields: []Field{
		{Key: "id", Label: phrase.Say("id"), Required: true},
		{Key: "language", Label: phrase.Say("language"), Form: Choice, Required: true, Choices: []string{"vi", "en"}},
		{Key: "timezone", Label: phrase.Say("time zone"), Required: true},
		{Key: "starts", Label: phrase.Say("first day"), Form: Day},
		{Key: "ends", Label: phrase.Say("last day"), Form: Day},
		{Key: "theme", Label: phrase.Say("theme"), Verbatim: true},
		{Key: "period", Label: phrase.Say("period"), Verbatim: true},
	}},
	{name: "document", path: []string{"document"}, once: true, fields: []Field{
		{Key: "number", Label: phrase.Say("number"), Verbatim: true},
		{Key: "type", Label: phrase.Say("type of the document"), Verbatim: true},
		{Key: "place", Label: phrase.Say("place"), Verbatim: true},
		{Key: "date", Label: phrase.Say("date of the document"), Form: Day, Verbatim: true},
		{Key: "dateline", Label: phrase.Say("line of place and date"), Verbatim: true},
		{Key: "title", Label: phrase.Say("title"), Required: true, Verbatim: true},
		{Key: "basis", Label: phrase.Say("basis"), Form: Lines, Verbatim: true},
		{Key: "issuer", Label: phrase.Say("issuer"), Verbatim: true},
		{Key: "closing", Label: phrase.Say("closing words"), Form: Lines, Verbatim: true},
		{Key: "recipients_label", Label: phrase.Say("words above the recipients"), Verbatim: true},
		{Key: "archive", Label: phrase.Say("archive line"), Verbatim: true},
	}},
	{name: "signature", path: []string{"document", "signature"}, once: true, fields: []Field{
		{Key: "titles", Label: phrase.Say("titles of who signs"), Form: List, Verbatim: true},
		{Key: "name", Label: phrase.Say("name"), Verbatim: true},
	}},
	{name: "calendar", path: []string{"calendar"}, once: true, fields: []Field{
		{Key: "holidays", Label: phrase.Say("public holidays"), Form: Days},
		{Key: "weekend", Label: phrase.Say("last day off"), Form: Choice, Choices: []string{"strict", "next"}},
	}},
	{name: "reporting", path: []string{"reporting"}, once: true, fields: []Field{
		{Key: "to", Label: phrase.Say("who gets the reports"), Refers: ToUnit},
		{Key: "from", Label: phrase.Say("who reports"), Form: List, Refers: ToAddressee},
		{Key: "every", Label: phrase.Say("how often units report"), Form: Choice,
			Choices: []string{"month", "quarter", "half-year", "year"}},
		{Key: "month", Label: phrase.Say("in which month"), Form: Choice, Choices: []string{"next"}},
		{Key: "until", Label: phrase.Say("deadline of the reports"), Form: DayOfPeriod},
		{Key: "before", Label: phrase.Say("deadline, that day not included"), Form: DayOfPeriod},
		{Key: "closes", Label: phrase.Say("last day of the figures"), Form: DayOfPeriod},
		{Key: "returned", Label: phrase.Say("returned reports"), Form: Choice, Choices: []string{"open", "received"}},
		{Key: "upward", Label: phrase.Say("who gets the consolidated report")},
	}},
}

func textField() Field {
	return Field{Key: "text", Label: phrase.Say("text"), Form: Lines, Required: true, Verbatim: true}
}

func sicField() Field {
	return Field{Key: "sic", Label: phrase.Say("note on the wording"), Form: Lines}
}

func nameField() Field { return Field{Key: "name", Label: phrase.Say("name"), Required: true} }

// Tables are the parts that are there once, as `plan set` names them.
func Tables() []string { return names(true) }

// Kinds are the kinds of parts of which a plan has several, each with an id; a recipient is counted instead.
func Kinds() []string { return names(false) }

func names(once bool) []string {
	var all []string
	for i := range kinds {
		if kinds[i].once == once {
			all = append(all, kinds[i].name)
		}
	}
	return all
}

func kindNamed(name string) *kind {
	at := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
	if at < 0 {
		return nil
	}
	return &kinds[at]
}

// Subject is the subject of a part: of a table, or of a kind and an id. An indicator is named with its activity, as
// ACTIVITY/ID.
func Subject(kind, id string) model.Subject {
	return model.Subject{Kind: model.SubjectPlan, ID: strings.TrimSuffix(kind+"/"+id, "/")}
}

// Split is the kind and the id of a part; of a table the id is "".
func Split(subject model.Subject) (kind, id string) {
	kind, id, _ = strings.Cut(subject.ID, "/")
	return kind, id
}

// Fields are the keys of a part of a kind, in the order in which people write them, without the id; nil for no kind.
func Fields(kind string) []Field {
	if known := kindNamed(kind); known != nil {
		return known.fields
	}
	return nil
}

// FieldOf is a field of a kind.
func FieldOf(kind, key string) (field Field, found bool) {
	fields := Fields(kind)
	at := slices.IndexFunc(fields, func(f Field) bool { return f.Key == key })
	if at < 0 {
		return Field{}, false
	}
	return fields[at], true
}

// Keys are the keys that any part has, each once.
func Keys() []string {
	var keys []string
	for i := range kinds {
		for _, f := range kinds[i].fields {
			if !slices.Contains(keys, f.Key) {
				keys = append(keys, f.Key)
			}
		}
	}
	return keys
}
