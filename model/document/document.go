// Package document holds the administrative document that a plan is, word for word.
package document

import "example.org/tiendo/model/calendar"

// Document is the administrative document, word for word.
type Document struct {
	Number          string // as printed, for example "Số: 1714 /KH-SCT"
	Type            string // KẾ HOẠCH
	Place           string
	Date            calendar.Day
	Dateline        string // place and date as printed
	Title           string
	Basis           string
	Issuer          string
	Headings        []Passage
	Closing         string
	RecipientsLabel string
	Recipients      []Passage
	Archive         string
	Signature       Signature
}

// Passage is a printed line. Sic says how it is probably meant where the source misleads.
type Passage struct{ ID, Text, Sic string }

// Signature is the end of the document: the title lines and the name.
type Signature struct {
	Titles []string
	Name   string
}
