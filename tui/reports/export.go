package reports

import (
	"cmp"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
)

// Papers make the consolidated report of a board, and write it.
type Papers struct {
	// Make makes it as it is written.
	Make func(board *model.Board) *report.Document
	// Write writes it in a format, into a file of its own name where name is ""; nil where that is not to be done here.
	Write  func(board *model.Board, format report.Format, name string) (Written, error)
	Folder string // into which it is written
}

// Written is the report in a file.
type Written struct {
	Document     *report.Document
	File, Folder string
	Unremembered phrase.Sentence // why the next export will be refused; zero: it will not be
}

// wroteFile answers the wish for a file: the file, or why there is none.
type wroteFile struct {
	Written

	err error
}

// exporting is the form that asks in which format the report is to be written.
type exporting struct {
	form   *form.Form
	format *form.Choice
	name   *form.Line
	busy   bool // it is being written
}

// fileLimit is the longest name of a file, in characters.
const fileLimit = 200

// export opens the form. A plan without reports, which has no tab for it, is written as it is signed.
func (t *Tab) export(f *frame.Frame) tea.Cmd {
	w := f.Words
	if t.papers.Write == nil {
		return frame.Notice(event.Info,
			w.T("over SSH no file is written; `tiendo export` writes it on the host, or in a clone of the plan"))
	}
	if !f.Board.Campaign.Plan.Reporting.Asked() {
		return t.write(f, report.Docx, "")
	}
	formats := report.Formats()
	names := make([]string, len(formats))
	for i, format := range formats {
		names[i] = string(format)
	}
	e := &exporting{format: form.NewChoice(names, 0), name: form.NewLine(f.Styles, "", fileLimit)}
	chosen := func() report.Format { return formats[e.format.Index()] }
	e.form = form.New(titled(f, w.T("Export the report")), []*form.Field{
		{Label: w.T("Format"), Choice: e.format, Note: func() []string { return []string{w.Say(chosen().Title())} }},
		{Label: w.T("File"), Line: e.name, Note: func() []string {
			name := cmp.Or(strings.TrimSpace(e.name.Value()), report.FileName(&f.Board.Campaign.Plan, chosen()))
			return []string{w.T("will be saved as %s in %s", name, t.papers.Folder)}
		}, Hint: w.T("may be left empty")},
	}, 0)
	e.form.Does = w.T("export the report")
	t.exporting = e
	return nil
}

// exportKey takes a key of the open form.
func (t *Tab) exportKey(message tea.KeyMsg, f *frame.Frame) tea.Cmd {
	e := t.exporting
	switch outcome := e.form.Update(message, f); {
	case e.busy:
	case outcome == form.Leave:
		t.exporting = nil
	case outcome == form.Save:
		e.busy = true
		return t.write(f, report.Formats()[e.format.Index()], strings.TrimSpace(e.name.Value()))
	}
	return nil
}

func (t *Tab) write(f *frame.Frame, format report.Format, name string) tea.Cmd {
	board, write := f.Board, t.papers.Write
	return func() tea.Msg {
		file, err := write(board, format, name)
		return wroteFile{file, err}
	}
}

// wrote shows what was written, with what the person should look at before signing. What was refused leaves the form.
func (t *Tab) wrote(message wroteFile, f *frame.Frame) tea.Cmd {
	if t.exporting != nil {
		t.exporting.busy = false
	}
	if message.err != nil {
		return f.Refused(message.err)
	}
	t.exporting = nil
	check, kind := message.Document.Warnings, event.Success
	said := f.Words.T("wrote %s in %s", message.File, message.Folder)
	if !f.Board.Campaign.Plan.Reporting.Asked() { // the preview is on a tab that this plan has no use for
		if n := len(check); n > 0 {
			said += "; " + f.Words.Count(n, "%d thing to look at before it is signed: `tiendo export` lists it",
				"%d things to look at before it is signed: `tiendo export` lists them")
			kind = event.Warning
		}
		return frame.Notice(kind, said)
	}
	t.preview.written = message.Written
	t.preview.show(f.Board, message.Document)
	if !message.Unremembered.IsZero() {
		said += "; " + f.Words.Say(message.Unremembered)
	}
	return tea.Batch(t.openPreview(f), frame.Notice(event.Info, said)) // in full, however long; a success is cut
}

// exportBindings are the keys of the open form.
func (t *Tab) exportBindings(f *frame.Frame) []key.Binding { return t.exporting.form.Bindings(f) }
