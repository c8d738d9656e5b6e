package report

import (
	"io"
	"slices"

	"example.org/tiendo/model/phrase"
)

// Format is a file format that the report can be written in.
type Format string

// The formats.
const (
	Docx     Format = "docx"
	Xlsx     Format = "xlsx"
	CSV      Format = "csv"
	Markdown Format = "md"
	JSON     Format = "json"
)

// Formats lists every Format.
func Formats() []Format { return []Format{Docx, Xlsx, CSV, Markdown, JSON} }

// Known reports whether it is a format.
func (f Format) Known() bool { return slices.Contains(Formats(), f) }

// Write writes the report. The same document gives the same bytes.
func (d *Document) Write(w io.Writer, format Format) error {
	switch format {
	case Docx:
		return d.writeDocx(w)
	case Xlsx:
		return d.writeXlsx(w)
	case CSV:
		return d.writeCSV(w)
	case Markdown:
		return d.writeMarkdown(w)
	case JSON:
		return d.writeJSON(w)
	default:
		return phrase.Refuse(phrase.Say("there is no format %q", string(format)),
			phrase.Say("the formats are docx, xlsx, csv, md and json"))
	}
}

// FileName is what the report is called when nobody names it.
func (d *Document) FileName(format Format) string {
	name := d.Language.Pick("bao-cao-", "report-") + d.Plan.ID
	if d.MadeUp {
		name += d.Language.Pick("-gia-dinh", "-made-up")
	}
	return name + "." + string(format)
}
