package cli

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/durable"
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
	textFlag(flags, &options.format, "format", app.T("docx|xlsx|csv|md|json"),
		app.T("the format; otherwise the ending of FILE says it, or it is docx"))
	flags.StringVarP(&options.output, "output", "o", "",
		app.T("where to write; - is the standard output, without it the plan's id names the file"))
	nameValue(flags, "output", app.T("FILE"))
	flags.BoolVar(&options.confirmed, "confirmed", false, app.T("only figures of units whose report is accepted"))
	flags.BoolVar(&options.trace, "trace", false, app.T("add the commit that set each figure"))
	flags.BoolVar(&options.force, "force", false, app.T("overwrite a file that is not the last export"))
	flags.BoolVar(&options.partial, "partial", false, app.T("write it also when something cannot be read"))
	app.complete(command, "format", completeWords("docx", "xlsx", "csv", "md", "json"))
	app.forPeriod(command)
	app.answers(command)
	return command
}

func runExport(ctx context.Context, app *App, options exportOptions) error {
	format, err := exportFormat(options)
	if err != nil {
		return err
	}
	if binary := format == report.Docx || format == report.Xlsx; binary && options.output == toStdout &&
		app.interactive() {
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
	unread := lacking(folder.Campaign.Problems)
	if unread != nil && !options.partial {
		return partialPaper(folder.Campaign)
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
		name := options.output
		if name == "" {
			name = document.FileName(format)
		}
		files := []exported{{name, content.Bytes()}}
		if err := writeExports(app, <-remembered, files, options.force); err != nil {
			return err
		}
	}
	for _, warning := range document.Warnings {
		app.Out.Note(app.T("warning: %s", warning.What))
	}
	return unread
}

// partialPaper refuses a paper on which something is missing that nobody could see there.
func partialPaper(campaign *model.Campaign) error {
	first := phrase.ErrorsIn(campaign.Problems)[0]
	what := phrase.Say("nothing was written, for the report would lack what cannot be read: %s: %s", first.Place(),
		first.What)
	var units []string
	for i := range campaign.Roster.Units {
		if _, broken := campaign.Broken[campaign.Roster.Units[i].ID]; broken {
			units = append(units, campaign.Roster.Units[i].Name)
		}
	}
	if len(units) > 0 {
		what = phrase.Say("nothing was written, for the report would lack units whose files cannot be read: %s",
			strings.Join(units, ", "))
	}
	return phrase.Refuse(what,
		phrase.Say("`tiendo check` says what to fix; `tiendo export --partial` writes the report without it"))
}

// exportHere writes the paper into the folder in which the program was started, as `tiendo export` does.
func exportHere(ctx context.Context, app *App, folder *workspace.Workspace,
	board *model.Board) (reports.Exported, error) {
	if lacking(board.Campaign.Problems) != nil {
		return reports.Exported{}, partialPaper(board.Campaign)
	}
	campaign := board.Campaign.Copy() // the screen goes on with its own
	untold := folder.TellArrivals(ctx, campaign)
	document := report.New(model.NewBoardOf(campaign, board.Today, board.Period), nil)
	var content bytes.Buffer
	if err := document.Write(&content, report.Docx); err != nil {
		return reports.Exported{}, err
	}
	name := document.FileName(report.Docx)
	unremembered, err := putExports(app, workspace.ExportMemory(ctx, folder.Dir), []exported{{name, content.Bytes()}},
		false)
	if err != nil {
		return reports.Exported{}, err
	}
	var warnings []phrase.Sentence
	for _, warning := range document.Warnings {
		warnings = append(warnings, warning.What)
	}
	if untold != nil {
		warnings = append(warnings, phrase.Of(untold))
	}
	if !unremembered.IsZero() {
		warnings = append(warnings, unremembered)
	}
	return reports.Exported{File: name, Folder: filepath.Dir(app.absolute(name)), Warnings: warnings}, nil
}

// exportFormat is the format asked for; the ending of the file may say it.
func exportFormat(options exportOptions) (report.Format, error) {
	ending := report.Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(options.output), ".")))
	switch format := report.Format(options.format); {
	case options.format != "" && !format.Known():
		return "", wrongUsage(phrase.Say("%s: invalid value %q", "--format", options.format),
			phrase.Say("the formats are docx, xlsx, csv, md and json"))
	case options.format != "" && ending.Known() && ending != format:
		return "", wrongUsage(phrase.Say("%s does not match the format %s", options.output, options.format),
			phrase.Say("leave out --format, or name the file *.%s", options.format))
	case options.format != "":
		return format, nil
	case ending.Known():
		return ending, nil
	case ending != "":
		return "", wrongUsage(phrase.Say("the ending of %s names no format", options.output),
			phrase.Say("the formats are docx, xlsx, csv, md and json"))
	default:
		return report.Docx, nil
	}
}

// exported is a file that is written for people outside the data folder.
type exported struct {
	name    string
	content []byte
}

// writeExports writes files, and says where they are. When one of them may not be overwritten, none is written.
func writeExports(app *App, memory workspace.Memory, files []exported, force bool) error {
	unremembered, err := putExports(app, memory, files, force)
	if err != nil {
		return err
	}
	for _, file := range files {
		said := app.T("wrote %s", file.name)
		app.changed.Add(show.Done{Kind: "file", ID: file.name, Change: said}, "", "")
		app.Out.Line(said)
	}
	if !unremembered.IsZero() {
		app.Out.Note(app.T("warning: %s", unremembered))
	}
	return nil
}

// putExports writes files; unremembered says why the next export of them will be refused. Who may only read what
// belongs to another one exports all the same: the paper goes elsewhere.
func putExports(app *App, memory workspace.Memory, files []exported,
	force bool) (unremembered phrase.Sentence, err error) {
	known, closed := memory.Read()
	if closed != nil && !errors.Is(closed, fs.ErrPermission) {
		return phrase.Sentence{}, closed
	}
	if closed != nil {
		known = map[string]string{}
	}
	for _, file := range files {
		path := app.absolute(file.name)
		if err := memory.RefuseInside(path, file.name); err != nil {
			return phrase.Sentence{}, err
		}
		if err := workspace.RefuseForeign(path, file.name, known[path]); err != nil && !force {
			return phrase.Sentence{}, err
		}
	}
	for _, file := range files {
		path := app.absolute(file.name)
		if err := workspace.ReplaceFile(path, file.content); err != nil {
			return phrase.Sentence{}, err
		}
		known[path] = durable.Sum(file.content)
	}
	if closed == nil {
		closed = memory.Write(known)
	}
	if closed != nil {
		return phrase.Say("the export could not be remembered, so that the next one will ask for --force: %s",
			phrase.Of(closed)), nil
	}
	return phrase.Sentence{}, nil
}
