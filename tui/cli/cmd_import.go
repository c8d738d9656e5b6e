package cli

import (
	"cmp"
	"context"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/importer"
	"example.org/tiendo/model/importer/source"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/text"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
)

func newCmdImport(app *App) *cobra.Command {
	dry, again := false, false
	command := &cobra.Command{
		Use:   "import " + app.T("FILE [DIR]"),
		Short: app.T("make a plan folder from the official document"),
		Example: `  tiendo import ke-hoach.docx --dry-run
  tiendo import ke-hoach.docx ke-hoach-2026
  pdftotext -layout ke-hoach.pdf - | tiendo import - ke-hoach-2026
  tiendo import --again ke-hoach.docx ke-hoach-2026`,
		RunE: func(command *cobra.Command, args []string) error {
			if again && dry {
				return wrongUsage(phrase.Say("--again writes and --dry-run does not"),
					phrase.Say("import with --dry-run alone to see what would become of each line"))
			}
			if again {
				return runImportAgain(command.Context(), app, args[0], strings.Join(args[1:], ""))
			}
			return runImport(command.Context(), app, args[0], strings.Join(args[1:], ""), dry)
		},
	}
	flags := command.Flags()
	flags.BoolVar(&dry, "dry-run", false, app.T("only say what would become of each line"))
	flags.BoolVar(&again, "again", false,
		app.T("after the document or the answers changed: import once more, and keep what was edited since"))
	app.answers(command)
	return command
}

func runImport(ctx context.Context, app *App, file, given string, dry bool) error {
	document, err := readDocument(app, file)
	if err != nil {
		return err
	}
	reading := importer.Understand(document, importer.Answers{})
	account := reading.Coverage(app.Words.Printer)
	if dry {
		return tellCoverage(app, &account)
	}
	given, person, err := importTo(ctx, app, reading, file, given)
	if err != nil {
		return err
	}
	left := tellCoverage(app, &account)
	app.made(ctx, app.absolute(given), given, person)
	app.Out.Line(app.T("What comes next:"))
	app.Out.Line("  cd " + text.Quoted(given))
	if reading.Open() {
		app.Out.Line(app.T("  answer what is left over or in doubt in %s, then: tiendo import --again FILE",
			workspace.DataFolder+"/"+workspace.AnswersFile))
	}
	app.Out.Line("  tiendo check")
	app.Out.Line("  tiendo")
	return left
}

// tellCoverage says what became of each line; it is an error while one is left over.
func tellCoverage(app *App, account *importer.Coverage) error {
	app.changed.Coverage = account
	app.Coverage(account)
	if account.Left > 0 {
		return errProblems
	}
	return nil
}

// runImportAgain brings what the document says now into the plan folder that came of it.
func runImportAgain(ctx context.Context, app *App, file, given string) error {
	document, err := readDocument(app, file)
	if err != nil {
		return err
	}
	dir, shown, err := locateFrom(app, given, app.T("DIR"))
	if err != nil {
		return err
	}
	folder, err := app.openAt(ctx, dir, shown, true)
	if err != nil {
		return err
	}
	if err := app.readAndTell(ctx, folder); err != nil {
		return err
	}
	person, err := app.person(folder)
	if err != nil {
		return err
	}
	again, err := folder.ImportAgain(ctx, person, document, file)
	for _, receipt := range again.Receipts {
		app.changed.Add(show.Done{Kind: "file", Change: app.T("import the document again")}, receipt.Hash,
			app.Words.Say(receipt.Pending))
		app.Notices(receipt.Notices)
	}
	if err != nil {
		return err
	}
	for _, entry := range again.Kept {
		app.Out.Note(app.T("%s: the document says it otherwise now; it stays as it was edited", entry))
	}
	account := again.Reading.Coverage(app.Words.Printer)
	return tellCoverage(app, &account)
}

// readDocument reads the document that is to be imported; "-" is the standard input.
func readDocument(app *App, file string) (*source.Document, error) {
	from := app.system.Stdin
	if file != "-" {
		path := app.absolute(file)
		if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
			return nil, phrase.Refuse(phrase.Say("%s is no file", file), phrase.Say("give a .docx or .txt; - reads the "+
				"standard input"))
		}
		opened, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer func() { _ = opened.Close() }() // it was only read
		from = opened
	}
	content, err := io.ReadAll(io.LimitReader(from, source.MaxFile+1))
	if err != nil {
		return nil, err
	}
	return source.Read(content)
}

// importTo makes the plan folder, by the id of the plan where no name is given. A plan that would not be free of errors
// is not written.
func importTo(ctx context.Context, app *App, reading *importer.Reading, file, given string) (string, model.Person,
	error) {
	nobody := model.Person{}
	data := workspace.ImportedFiles(reading, importer.Answers{}, file)
	if len(data[decode.PlanFile]) > edit.MaxSize {
		return given, nobody, phrase.Refuse(phrase.Say("the plan would be larger than %d KB", edit.MaxSize>>10),
			phrase.Say("a plan is much shorter: save the plan alone into a file of its own, without its annexes of data"))
	}
	campaign, err := store.NewPast(workspace.DataFolder).Load(ctx, data)
	if err != nil {
		return given, nobody, err
	}
	given = cmp.Or(given, campaign.Plan.ID)
	dir := app.absolute(given)
	if err := refuseFilled(dir, given); err != nil {
		return given, nobody, err
	}
	if wrong := phrase.ErrorsIn(campaign.Problems); len(wrong) > 0 {
		return given, nobody, &phrase.Refusal{
			What: phrase.Say("the imported plan would contain an error, so nothing was written"), Err: wrong[0],
			Hint: phrase.Say("this is a fault of tiendo: keep the file and report it"),
		}
	}
	files, err := planFiles(app)
	if err != nil {
		return given, nobody, err
	}
	maps.DeleteFunc(files, func(name string, _ []byte) bool {
		return strings.HasPrefix(name, workspace.DataFolder+"/") && filepath.Base(name) != "report.toml"
	})
	maps.Copy(files, workspace.InDataFolder(data))
	person, err := app.makeFolder(ctx, dir, files, true, review.Commit{})
	return given, person, err
}
