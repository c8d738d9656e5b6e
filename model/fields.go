package model

import (
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
)

// The fields that are decided together.
const (
	PartStatus    field.Part = "status"    // how far it is, and why it was returned
	PartNil       field.Part = "nil"       // that there is nothing to report, and why
	PartExtension field.Part = "extension" // more time, and why
)

// EntryFields are the facts of an entry, in the order of the file.
var EntryFields = []field.Field[Entry]{
	{Key: "status", Part: PartStatus, At: func(e *Entry) any { return (*string)(&e.Status) }},
	{Key: "by", Part: field.Signing, At: func(e *Entry) any { return &e.By }},
	{Key: "at", Part: field.Signing, At: func(e *Entry) any { return &e.At }},
	{Key: "edited_by", Part: field.Signing, At: func(e *Entry) any { return &e.EditedBy }},
	{Key: "edited_at", Part: field.Signing, At: func(e *Entry) any { return &e.EditedAt }},
	{Key: "note", Label: phrase.Say("note"), Title: phrase.Say("Note"), Lines: true, Max: MaxNote,
		At: func(e *Entry) any { return &e.Note }},
	{Key: "evidence", Label: phrase.Say("evidence"), Title: phrase.Say("Evidence"), Max: MaxEvidence,
		At: func(e *Entry) any { return &e.Evidence }},
	{Key: "figures", Label: phrase.Say("figures"), At: func(e *Entry) any { return &e.Figures }},
}

// UseFields are the facts of a use, in the order of the file.
var UseFields = []field.Field[Use]{
	{Key: "channels", Max: MaxChannels, At: func(u *Use) any { return &u.Channels }},
	{Key: "by", Part: field.Signing, At: func(u *Use) any { return &u.By }},
	{Key: "at", Part: field.Signing, At: func(u *Use) any { return &u.At }},
}

// ReportFields are the facts of a report, in the order of the file.
var ReportFields = []field.Field[Report]{
	{Key: "status", Part: PartStatus, At: func(r *Report) any { return (*string)(&r.Status) }},
	{Key: "by", Part: field.Signing, At: func(r *Report) any { return &r.By }},
	{Key: "at", Part: field.Signing, At: func(r *Report) any { return &r.At }},
	{Key: "submitted_at", Label: phrase.Say("first submitted"), Part: field.Signing,
		At: func(r *Report) any { return &r.SubmittedAt }},
	{Key: "reason", Label: phrase.Say("reason"), Title: phrase.Say("Reason"), Part: PartStatus, Max: MaxReason,
		At: func(r *Report) any { return &r.Reason }},
	{Key: "nil", Label: phrase.Say("nothing to report"), Part: PartNil,
		At: func(r *Report) any { return &r.Nil }},
	{Key: "nil_reason", Label: phrase.Say("reason for nothing to report"), Part: PartNil,
		Title: phrase.Say("Reason"), Max: MaxReason, At: func(r *Report) any { return &r.NilReason }},
	{Key: "extended_until", Label: phrase.Say("extended until"), Part: PartExtension,
		At: func(r *Report) any { return &r.ExtendedUntil }},
	{Key: "extension_reason", Label: phrase.Say("reason for the extension"), Part: PartExtension,
		Title: phrase.Say("Reason"), Max: MaxReason, At: func(r *Report) any { return &r.ExtensionReason }},
	{Key: "results", Label: phrase.Say("results"), Title: phrase.Say("Results"),
		Lines: true, Max: MaxText, At: func(r *Report) any { return &r.Results }},
	{Key: "difficulties", Label: phrase.Say("difficulties"), Title: phrase.Say("Difficulties"),
		Lines: true, Max: MaxText, At: func(r *Report) any { return &r.Difficulties }},
	{Key: "recommendations", Label: phrase.Say("recommendations"), Title: phrase.Say("Recommendations"),
		Lines: true, Max: MaxText, At: func(r *Report) any { return &r.Recommendations }},
	{Key: "documents", Label: phrase.Say("documents"), Title: phrase.Say("Documents issued"),
		Max: MaxDocuments, At: func(r *Report) any { return &r.Documents }},
	{Key: "funding", Label: phrase.Say("funding"), Title: phrase.Say("Funding"),
		Max: MaxText, At: func(r *Report) any { return &r.Funding }},
}

// GroupFields are the facts of a group on the roster, in the order of the file.
var GroupFields = []field.Field[Group]{
	{Key: "id", At: func(g *Group) any { return &g.ID }},
	{Key: "name", Label: phrase.Say("name"), At: func(g *Group) any { return &g.Name }},
}

// UnitFields are the facts of a unit on the roster, in the order of the file.
var UnitFields = []field.Field[Unit]{
	{Key: "id", At: func(u *Unit) any { return &u.ID }},
	{Key: "name", Label: phrase.Say("name"), At: func(u *Unit) any { return &u.Name }},
	{Key: "short", Label: phrase.Say("short name"), At: func(u *Unit) any { return &u.Short }},
	{Key: "group", Label: phrase.Say("group"), At: func(u *Unit) any { return &u.Group }},
	{Key: "coordinator", Label: phrase.Say("coordinating unit"), At: func(u *Unit) any { return &u.Coordinator }},
	{Key: "since", Label: phrase.Say("since"), At: func(u *Unit) any { return &u.Since }},
	{Key: "until", Label: phrase.Say("until"), At: func(u *Unit) any { return &u.Until }},
}

// PersonFields are the facts of a person on the roster, in the order of the file.
var PersonFields = []field.Field[Person]{
	{Key: "id", At: func(p *Person) any { return &p.ID }},
	{Key: "name", Label: phrase.Say("name"), At: func(p *Person) any { return &p.Name }},
	{Key: "unit", Label: phrase.Say("unit"), At: func(p *Person) any { return &p.Unit }},
	{Key: "role", Label: phrase.Say("role"), At: func(p *Person) any { return (*string)(&p.Role) }},
	{Key: "email", Label: phrase.Say("address"), At: func(p *Person) any { return &p.Email }},
	{Key: "keys", Label: phrase.Say("SSH key"), At: func(p *Person) any { return &p.Keys }},
}
