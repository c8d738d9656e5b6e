package importer

import "example.org/tiendo/model/phrase"

// Role is what a line of the document is.
type Role string

// The roles. Nothing is Left when every line has found its place.
const (
	Left        Role = "left" // nobody knows
	Parent      Role = "parent"
	Issuer      Role = "issuer"
	Number      Role = "number"
	Motto       Role = "motto"
	Dateline    Role = "dateline"
	Type        Role = "type"
	Title       Role = "title"
	Basis       Role = "basis"
	Heading     Role = "heading"
	Group       Role = "group" // a heading above some activities
	Owner       Role = "owner" // a heading that names who does what stands below
	Aim         Role = "aim"
	Requirement Role = "requirement"
	Theme       Role = "theme"
	Message     Role = "message"
	Period      Role = "period"
	Activity    Role = "activity"
	Duty        Role = "duty"
	Detail      Role = "detail" // belongs to the activity above
	Attribute   Role = "attribute"
	Reporting   Role = "reporting"
	Funding     Role = "funding"
	Fact        Role = "fact" // time, place and audience of an event
	Kept        Role = "text" // kept as text
	Closing     Role = "closing"
	Recipients  Role = "recipients"
	Recipient   Role = "recipient"
	Archive     Role = "archive"
	SignedAs    Role = "signed_as"
	SignedBy    Role = "signed_by"
	Annex       Role = "annex"   // the heading of an annex
	Columns     Role = "columns" // the head of a table
	Cell        Role = "cell"    // of the row of a task
	Form        Role = "form"    // of a form to fill in
	Margin      Role = "margin"  // printed on each page
	Settled     Role = "none"    // somebody has said that it does not belong in the plan
)

var roleLabels = map[Role]phrase.Sentence{
	Left:        phrase.Say("left over"),
	Parent:      phrase.Say("body above the issuer"),
	Issuer:      phrase.Say("issuer"),
	Number:      phrase.Say("document::number"),
	Motto:       phrase.Say("national motto"),
	Dateline:    phrase.Say("place and date"),
	Type:        phrase.Say("type of document"),
	Title:       phrase.Say("title"),
	Basis:       phrase.Say("basis"),
	Heading:     phrase.Say("headings"),
	Group:       phrase.Say("headings of groups of activities"),
	Owner:       phrase.Say("headings that name a unit"),
	Aim:         phrase.Say("aims"),
	Requirement: phrase.Say("requirements"),
	Theme:       phrase.Say("theme"),
	Message:     phrase.Say("messages"),
	Period:      phrase.Say("period"),
	Activity:    phrase.Say("activities"),
	Duty:        phrase.Say("duties"),
	Detail:      phrase.Say("details of an activity"),
	Attribute:   phrase.Say("who, when and what of an activity"),
	Reporting:   phrase.Say("reporting"),
	Funding:     phrase.Say("funding"),
	Fact:        phrase.Say("time, place, audience of an event"),
	Kept:        phrase.Say("kept as text"),
	Closing:     phrase.Say("closing paragraph"),
	Recipients:  phrase.Say("label of the recipients"),
	Recipient:   phrase.Say("recipients"),
	Archive:     phrase.Say("archive line"),
	SignedAs:    phrase.Say("titles of the signature"),
	SignedBy:    phrase.Say("name of who signed"),
	Annex:       phrase.Say("headings of annexes"),
	Columns:     phrase.Say("heads of tables"),
	Cell:        phrase.Say("cells of tasks"),
	Form:        phrase.Say("forms to fill in"),
	Margin:      phrase.Say("page numbers and rules"),
	Settled:     phrase.Say("left out as you said"),
}

// roles lists every Role in the order in which a document has them.
func roles() []Role {
	return []Role{Parent, Issuer, Number, Motto, Dateline, Type, Title, Basis, Heading, Group, Owner, Aim, Requirement,
		Theme, Message, Period, Activity, Duty, Detail, Attribute, Reporting, Funding, Fact, Kept, Closing, Recipients,
		Recipient, Archive, SignedAs, SignedBy, Annex, Columns, Cell, Form, Margin, Settled, Left}
}

// Label is the role in words.
func (r Role) Label(language phrase.Language) string { return phrase.In(language).Say(roleLabels[r]) }
