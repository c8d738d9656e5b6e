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
	{Key: "note", Label: phrase.Pair{"ghi chú", "note"}, Title: phrase.Pair{"Ghi chú", "Note"}, Lines: true, Max: MaxNote, At: func(e *Entry) any { return &e.Note }},
	{Key: "evidence", Label: phrase.Pair{"minh chứng", "evidence"}, Title: phrase.Pair{"Minh chứng", "Evidence"}, Max: MaxEvidence, At: func(e *Entry) any { return &e.Evidence }},
	{Key: "figures", Label: phrase.Pair{"số liệu", "figures"}, At: func(e *Entry) any { return &e.Figures }},
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
	{Key: "submitted_at", Label: phrase.Pair{"gửi lần đầu", "first submitted"}, Part: field.Signing,
		At: func(r *Report) any { return &r.SubmittedAt }},
	{Key: "reason", Label: phrase.Pair{"lý do", "reason"}, Title: phrase.Pair{"Lý do", "Reason"}, Part: PartStatus, Max: MaxReason,
		At: func(r *Report) any { return &r.Reason }},
	{Key: "nil", Label: phrase.Pair{"không có nội dung báo cáo", "nothing to report"}, Part: PartNil,
		At: func(r *Report) any { return &r.Nil }},
	{Key: "nil_reason", Label: phrase.Pair{"lý do không có nội dung", "reason for nothing to report"}, Part: PartNil,
		Title: phrase.Pair{"Lý do", "Reason"}, Max: MaxReason, At: func(r *Report) any { return &r.NilReason }},
	{Key: "extended_until", Label: phrase.Pair{"gia hạn đến", "extended until"}, Part: PartExtension,
		At: func(r *Report) any { return &r.ExtendedUntil }},
	{Key: "extension_reason", Label: phrase.Pair{"lý do gia hạn", "reason for the extension"}, Part: PartExtension,
		Title: phrase.Pair{"Lý do", "Reason"}, Max: MaxReason, At: func(r *Report) any { return &r.ExtensionReason }},
	{Key: "results", Label: phrase.Pair{"kết quả", "results"}, Title: phrase.Pair{"Kết quả", "Results"},
		Lines: true, Max: MaxText, At: func(r *Report) any { return &r.Results }},
	{Key: "difficulties", Label: phrase.Pair{"khó khăn", "difficulties"}, Title: phrase.Pair{"Khó khăn, vướng mắc", "Difficulties"},
		Lines: true, Max: MaxText, At: func(r *Report) any { return &r.Difficulties }},
	{Key: "recommendations", Label: phrase.Pair{"kiến nghị", "recommendations"}, Title: phrase.Pair{"Kiến nghị, đề xuất", "Recommendations"},
		Lines: true, Max: MaxText, At: func(r *Report) any { return &r.Recommendations }},
	{Key: "documents", Label: phrase.Pair{"văn bản đã ban hành", "documents"}, Title: phrase.Pair{"Văn bản đã ban hành", "Documents issued"},
		Max: MaxDocuments, At: func(r *Report) any { return &r.Documents }},
	{Key: "funding", Label: phrase.Pair{"kinh phí", "funding"}, Title: phrase.Pair{"Kinh phí", "Funding"},
		Max: MaxText, At: func(r *Report) any { return &r.Funding }},
}

// UnitFields are the facts of a unit on the roster, in the order of the file.
var UnitFields = []field.Field[Unit]{
	{Key: "id", At: func(u *Unit) any { return &u.ID }},
	{Key: "name", At: func(u *Unit) any { return &u.Name }},
	{Key: "short", Label: phrase.Pair{"tên ngắn", "short name"}, At: func(u *Unit) any { return &u.Short }},
	{Key: "group", Label: phrase.Pair{"nhóm", "group"}, At: func(u *Unit) any { return &u.Group }},
	{Key: "coordinator", Label: roleLabels[Coordinator], At: func(u *Unit) any { return &u.Coordinator }},
	{Key: "since", Label: phrase.Pair{"từ", "since"}, At: func(u *Unit) any { return &u.Since }},
	{Key: "until", Label: phrase.Pair{"đến", "until"}, At: func(u *Unit) any { return &u.Until }},
}

// PersonFields are the facts of a person on the roster, in the order of the file.
var PersonFields = []field.Field[Person]{
	{Key: "id", At: func(p *Person) any { return &p.ID }},
	{Key: "name", At: func(p *Person) any { return &p.Name }},
	{Key: "unit", Label: phrase.Pair{"đơn vị", "unit"}, At: func(p *Person) any { return &p.Unit }},
	{Key: "role", Label: phrase.Pair{"vai trò", "role"}, At: func(p *Person) any { return (*string)(&p.Role) }},
	{Key: "email", Label: phrase.Pair{"địa chỉ thư", "address"}, At: func(p *Person) any { return &p.Email }},
	{Key: "keys", Label: phrase.Pair{"khóa SSH", "SSH key"}, At: func(p *Person) any { return &p.Keys }},
}
