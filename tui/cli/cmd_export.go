package cli

import (
	"bytes"
	"cmp"
	"context"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/reports"
	"example.org/tiendo/tui/show"
)

// exportOptions are the values of the flags of `tiendo export`.
type exportOptions struct {
	format, output string
	trace, force   bool
	partial        bool // also when something in the data cannot be read
	confirmed      bool // only figures whose report is accepted
}

// toStdout is the file name that stands for the standard output.
const toStdout = "-"

func newCmdExport(app *App) *cobra.Command {
	options := exportOptions{}
	command := &cobra.Command{
		Use:   "export",
		Short: app.T("write the consolidated report"),
		Example: `  tiendo export
  tiendo export --format xlsx -o so-lieu.xlsx
  tiendo export --at 2019-12-14 --format md -o -`,
		RunE: func(command *cobra.Command, _ []string) error { return runExport(command.Context(), app, options) },
	}
	flags := command.Flags()
	var known []string
	for _, format := range report.Formats() {
		known = append(known, string(format))
	}
	textFlag(flags, &options.format, "format", strings.Join(known, "|"),
		app.T("the format; otherwise the ending of FILE says it, or it is docx"))
	flags.StringVarP(&options.output, "output", "o", "",
		app.T("where to write; - is the standard output, without it the plan's id names the file"))
	nameValue(flags, "output", app.T("FILE"))
	flags.BoolVar(&options.confirmed, "confirmed", false, app.T("only figures of units whose report is accepted"))
	flags.BoolVar(&options.trace, "trace", false, app.T("add the commit that set each figure"))
	flags.BoolVar(&options.force, "force", false, app.T("overwrite a file that is not the last export"))
	flags.BoolVar(&options.partial, "partial", false, app.T("write it also when something cannot be read"))
	app.complete(command, "format", completeWords(known...))
	app.forPeriod(command)
	app.answers(command)
	return command
}

func runExport(ctx context.Context, app *App, options exportOptions) error {
	format, err := report.FormatOf(options.format, options.output)
	if err != nil {
		return wrongUsage(phrase.Of(err), phrase.HintOf(err))
	}
	if format.Binary() && options.output == toStdout && app.interactive() {
		return wrongUsage(phrase.Say("%s output cannot be shown in a terminal", string(format)),
			phrase.Say("leave out -o, or name a file with it"))
	}
	if options.output == toStdout && app.asJSON {
		return wrongUsage(phrase.Say("the standard output cannot hold both the report and the answer of --json"),
			phrase.Say("name a file with -o"))
	}
	folder, err := app.open(ctx, false)
	if err != nil {
		return err
	}
	remembered := make(chan workspace.Memory, 1) // git is asked while the files are read
	go func() { remembered <- workspace.ExportMemory(ctx, folder.Dir) }()
	if err := app.read(ctx, folder); err != nil {
		return err
	}
	if refused := workspace.RefusePartial(folder.Campaign); refused != nil && !options.partial {
		return refused
	}
	var trace report.Trace
	if options.trace {
		if trace, err = folder.Trace(ctx); err != nil {
			return err
		}
	}
	if err := folder.TellArrivals(ctx, folder.Campaign); err != nil {
		app.Warn(err)
	}
	paper := report.New
	if options.confirmed {
		paper = report.NewConfirmed
	}
	board, err := app.board(folder)
	if err != nil {
		return err
	}
	document := paper(board, trace)
	var content bytes.Buffer
	if err := document.Write(&content, format); err != nil {
		return err
	}
	if options.output == toStdout {
		app.Out.Raw(content.String())
	} else {
		name := cmp.Or(options.output, report.FileName(&folder.Campaign.Plan, format))
		files := []workspace.Export{{Name: name, Path: app.absolute(name), Content: content.Bytes()}}
		if err := writeExports(app, <-remembered, files, options.force); err != nil {
			return err
		}
	}
	for _, warning := range document.Warnings {
		app.Out.Note(app.T("warning: %s", warning.What))
	}
	return lacking(folder.Campaign.Problems)
}

// exportHere writes the report into the folder in which the program was started, as `tiendo export` does.
func exportHere(ctx context.Context, app *App, folder *workspace.Workspace, board *model.Board, asked report.Format,
	name string) (written reports.Written, err error) {
	format, err := report.FormatOf(string(asked), name)
	if err == nil {
		err = workspace.RefusePartial(board.Campaign)
	}
	if err != nil {
		return written, err
	}
	written.Document = folder.Paper(ctx, board)
	var content bytes.Buffer
	if err := written.Document.Write(&content, format); err != nil {
		return written, err
	}
	name = cmp.Or(name, report.FileName(&board.Campaign.Plan, format))
	path := app.absolute(name)
	unremembered, err := workspace.ExportMemory(ctx, folder.Dir).Put([]workspace.Export{{Name: name, Path: path,
		Content: content.Bytes()}}, false)
	written.File, written.Folder, written.Unremembered = filepath.Base(path), filepath.Dir(path), unremembered
	return written, err
}

// writeExports writes files, and says where they are. When one of them may not be overwritten, none is written.
func writeExports(app *App, memory workspace.Memory, files []workspace.Export, force bool) error {
	unremembered, err := memory.Put(files, force)
	if err != nil {
		return err
	}
	for _, file := range files {
		said := app.T("wrote %s", file.Name)
		app.changed.Add(show.Done{Kind: "file", ID: file.Name, Change: said}, "", "")
		app.Out.Line(said)
	}
	if !unremembered.IsZero() {
		app.Out.Note(app.T("warning: %s", unremembered))
	}
	return nil
}
