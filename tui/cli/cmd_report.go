package cli

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/show"
)

// reportOptions are the flags of report. What is not given stays as it is.
type reportOptions struct {
	texts     [4]string // in the order of reportFlags
	documents []string
	remove    []string
	isNil     bool
	reason    string
}

// reportFlags are the flags of the texts of a report.
func reportFlags() []string { return []string{"results", "difficulties", "recommendations", "funding"} }

func newCmdReport(app *App) *cobra.Command {
	options := reportOptions{}
	command := &cobra.Command{
		Use:   "report " + app.T("UNIT"),
		Short: app.T("show or write a unit's report"),
		Example: `  tiendo report thanh-tra
  tiendo report thanh-tra --results - < ket-qua.txt
  tiendo report thanh-tra --difficulties "Kinh phí hạn hẹp." --document "Công văn 12/TTS"
  tiendo report thanh-tra --nil --reason "đơn vị mới thành lập"`,
		RunE: func(command *cobra.Command, args []string) error {
			return runUnitReport(app, command, args[0], &options)
		},
		ValidArgsFunction: app.offerFirst(units),
	}
	flags, names := command.Flags(), reportFlags()
	textFlag(flags, &options.texts[0], names[0], app.T("TEXT|-"), app.T("the results"))
	textFlag(flags, &options.texts[1], names[1], app.T("TEXT|-"), app.T("difficulties and obstacles"))
	textFlag(flags, &options.texts[2], names[2], app.T("TEXT|-"), app.T("recommendations"))
	textFlag(flags, &options.texts[3], names[3], app.T("TEXT|-"), app.T("the funding, in words"))
	listFlag(flags, &options.documents, "document", app.T("TEXT"),
		app.T("add a document that the unit has issued; may be given several times"))
	listFlag(flags, &options.remove, "remove-document", app.T("TEXT"), app.T("remove a document"))
	flags.BoolVar(&options.isNil, "nil", false, app.T("there is nothing to report; --nil=false takes it back"))
	textFlag(flags, &options.reason, "reason", app.T("TEXT"), app.T("why there is nothing to report"))
	app.forPeriod(command)
	app.answers(command)
	return command
}

func runUnitReport(app *App, command *cobra.Command, unit string, options *reportOptions) error {
	flags := command.Flags()
	if flags.NFlag() == 0 || !writes(command) {
		return app.looked(showReport(command.Context(), app, unit))
	}
	if options.isNil && !flags.Changed("reason") {
		return wrongUsage(phrase.Say("missing: %s", "--reason"), seeHelp(command))
	}
	stdin := 0
	for i, name := range reportFlags() {
		if !flags.Changed(name) {
			continue
		}
		if options.texts[i] == "-" {
			if stdin++; stdin > 1 {
				return wrongUsage(phrase.Say("the standard input can be read once only"), seeHelp(command))
			}
			words, err := readText(app)
			if err != nil {
				return err
			}
			options.texts[i] = words
		} else if isFileName(options.texts[i]) {
			return wrongUsage(phrase.Say("%s is the name of a file and no text", options.texts[i]),
				phrase.Say("--%s - takes the text from the standard input: tiendo report %s --%s - < FILE", name, unit, name))
		}
	}
	return runReport(command.Context(), app, unit, func(report model.Report) (model.Report, error) {
		written := report
		for i, name := range reportFlags() {
			if flags.Changed(name) {
				field.Set(field.Find(model.ReportFields, name).At(&written), new(typedText(options.texts[i])))
			}
		}
		if flags.Changed("nil") {
			written.Nil, written.NilReason = options.isNil, ""
		}
		if written.Nil && flags.Changed("reason") {
			written.NilReason = typedText(options.reason)
		}
		var err error
		written.Documents, err = changeList(written.Documents, cleaned(options.documents), cleaned(options.remove))
		return report.Write(written), err
	})
}

// isFileName reports whether a text is one word that only a file is called by. Whether there is one is not asked: over
// SSH nobody is to learn that.
func isFileName(text string) bool {
	word := strings.TrimSpace(text)
	if strings.ContainsAny(word, " \t\n") {
		return false
	}
	begins := slices.ContainsFunc([]string{"/", "./", "../", "~/"},
		func(way string) bool { return strings.HasPrefix(word, way) && len(word) > len(way) })
	return begins || slices.Contains([]string{".txt", ".md", ".doc", ".docx", ".odt"}, strings.ToLower(filepath.Ext(word)))
}

// writes reports whether a flag of the report itself is given, not only one that all commands have.
func writes(command *cobra.Command) bool {
	own := append(reportFlags(), "document", "remove-document", "nil", "reason")
	return slices.ContainsFunc(own, command.Flags().Changed)
}

// readText reads a text from the standard input, no more of it than a text may hold.
func readText(app *App) (string, error) {
	const mostBytes = 4*model.MaxText + 1 // of UTF-8
	nothing := wrongUsage(phrase.Say("nothing came from the standard input"),
		phrase.Say("\"\" in the place of - empties a text"))
	if app.system.Stdin == nil {
		return "", nothing
	}
	content, err := io.ReadAll(io.LimitReader(app.system.Stdin, mostBytes))
	if err != nil {
		return "", err
	}
	words := typedText(string(content))
	if words == "" {
		return "", nothing
	}
	return words, nil
}

// showReport prints the report and what it lacks.
func showReport(ctx context.Context, app *App, unit string) error {
	folder, err := app.loadReadOnly(ctx)
	if err != nil {
		return err
	}
	if _, err := folder.Campaign.Unit(unit); err != nil {
		return err
	}
	board, err := app.board(folder)
	if err != nil {
		return err
	}
	if !app.asJSON {
		app.Report(board, unit)
	} else if err := app.ReportJSON(board, unit); err != nil {
		return err
	}
	return lacking(show.ProblemsOf(folder.Campaign, unit))
}
