// Package importer reads an official document into a plan by rules, and accounts for every line of it: what it became,
// what is doubtful and why, and what is left over. Nothing is invented: what the document does not say stays a gap.
package importer

import (
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/importer/source"
	"example.org/tiendo/model/phrase"
)

// Line is what became of one block of the document.
type Line struct {
	*source.Block
	Role  Role
	Doubt phrase.Sentence // why it may be wrong; empty when it is definite
	part  part            // in which it stands
}

// Passage is a text of the plan with its place.
type Passage struct {
	Text string
	At   source.Place
}

// Goal is an aim or a requirement.
type Goal struct {
	Passage
	Role  Role // Aim or Requirement
	Asked bool // which of them, the document does not say
}

// Section is a heading above activities.
type Section struct {
	Passage
	Duty bool
	id   string
	used bool
}

// Task is an activity or a duty.
type Task struct {
	Passage
	Title   string // of a row: the words of its own cell
	Duty    bool
	Section *Section // nil: under none
	Leads   []*unit
	Support []*unit
	// Assigned are those who do it where nobody is said to lead.
	Assigned            []*unit
	Persons             []string // who does it, where those are no units
	When, Product       string
	From, Until, Before calendar.Day
	Notes               []Passage // kept beside it
	Annex               bool      // a row of an annex
	label               source.Rank
}

// SeenDay is a day of the document and what it was taken for.
type SeenDay struct {
	Day  calendar.Day
	At   source.Place
	Use  Use
	Text string // as printed, with what stands before it
}

// Unsplit is a text that names who does something and was not split into units.
type Unsplit struct {
	Passage
	Why phrase.Sentence
}

// Reports is what the document says of reports.
type Reports struct {
	To            *unit
	Until, Before calendar.Day
	Every         calendar.Every
	Day           int  // of the month; 0: none
	Next          bool // of the month after
	At            source.Place
	Text          string // the sentence
	Open          string // a time without a year or without a rule, as printed
}

// Reading is a document as it was understood.
type Reading struct {
	Document *source.Document
	Lines    []Line

	Parent, Issuer, Number, Dateline, Type []Passage
	Title, Basis, Closing, Archive         []Passage
	Recipients, RecipientsLabel            []Passage
	SignedAs, SignedBy                     []Passage
	Headings                               []Passage
	Theme, Period                          []Passage
	Date, Starts, Ends                     calendar.Day
	Goals                                  []Goal
	Messages                               []Passage
	Sections                               []*Section
	Tasks                                  []*Task
	Reports                                Reports
	Kept                                   []Remainder
	Days                                   []SeenDay
	Unsplit                                []Unsplit
	Notes                                  []phrase.Sentence // said once about the whole
	// Annexed says that prose and an annex name tasks, and which of them counts.
	Annexed AnnexChoice
	Asked   bool // the choice was made here and not by a person
	English bool
	// Known are the ids of an earlier import of the document, which stay with their texts.
	Known IDs

	owners owners
}

// Remainder is a text that the plan has no key for.
type Remainder struct {
	Passage
	Role Role
}

// AnnexChoice says which tasks count where an annex and the prose both have some.
type AnnexChoice string

// The choices.
const (
	NoAnnex   AnnexChoice = ""
	AnnexOnly AnnexChoice = "annex"
	ProseOnly AnnexChoice = "prose"
	AnnexToo  AnnexChoice = "both"
)

// Answers are what a person has said about a document.
type Answers struct {
	Annex AnnexChoice
	Lines map[string]Role // by the folded text of the line
	Known IDs             // of an earlier import
}
