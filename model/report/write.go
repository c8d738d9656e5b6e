package report

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model"
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

// writer says of a format what it is for, and how the report is written in it.
type writer struct {
	Format

	title  phrase.Sentence
	binary bool
	write  func(*Document, io.Writer) error
}

func writers() []writer {
	return []writer{
		{Docx, phrase.Say("the report as it is printed and signed (Word)"), true, (*Document).writeDocx},
		{Xlsx, phrase.Say("the figures as numbers, with a chart (Excel)"), true, (*Document).writeXlsx},
		{CSV, phrase.Say("the figures for any spreadsheet"), false, (*Document).writeCSV},
		{Markdown, phrase.Say("the whole report as text"), false, (*Document).writeMarkdown},
		{JSON, phrase.Say("the whole report for programs"), false, (*Document).writeJSON},
	}
}

// Formats lists every Format.
func Formats() []Format {
	var all []Format
	for _, row := range writers() {
		all = append(all, row.Format)
	}
	return all
}

// row is the place of a format in the table; -1 of what is none.
func (f Format) row() int { return slices.Index(Formats(), f) }

// Known reports whether it is a format.
func (f Format) Known() bool { return f.row() >= 0 }

// Title says what a known format is for.
func (f Format) Title() phrase.Sentence { return writers()[f.row()].title }

// Binary reports whether a known format is nothing to show on a terminal.
func (f Format) Binary() bool { return writers()[f.row()].binary }

// FormatOf is the format that is asked for, by its name or by the ending of a file's; docx where neither says any.
func FormatOf(asked, file string) (Format, error) {
	known := make([]string, len(writers()))
	for i, format := range Formats() {
		known[i] = string(format)
	}
	hint := phrase.Say("the formats are %s", strings.Join(known, ", "))
	ending := Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(file), ".")))
	switch format := Format(asked); {
	case asked != "" && !format.Known():
		return "", phrase.Refuse(phrase.Say("%s: invalid value %q", "--format", asked), hint)
	case asked != "" && ending.Known() && ending != format:
		return "", phrase.Refuse(phrase.Say("%s does not match the format %s", file, asked),
			phrase.Say("leave out --format, or name the file *.%s", asked))
	case asked != "":
		return format, nil
	case ending.Known():
		return ending, nil
	case ending != "":
		return "", phrase.Refuse(phrase.Say("the ending of %s names no format", file), hint)
	default:
		return Docx, nil
	}
}

// Write writes the report in a known format. The same document gives the same bytes.
func (d *Document) Write(w io.Writer, format Format) error {
	return writers()[format.row()].write(d, w)
}

// FileName is what the report of a plan is called when nobody names it.
func FileName(plan *model.Plan, format Format) string {
	name := plan.Language.Pick("bao-cao-", "report-") + plan.ID
	if !plan.MadeUp.IsZero() {
		name += plan.Language.Pick("-gia-dinh", "-made-up")
	}
	return name + "." + string(format)
}
