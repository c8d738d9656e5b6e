package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
)

func newCmdRemind(app *App) *cobra.Command {
	days, options := "", remindOptions{days: calendar.DueSoonDays}
	command := &cobra.Command{
		Use:   "remind " + app.T("[UNIT…]"),
		Short: app.T("list the units of which a report or an activity is late or due soon"),
		Example: `  tiendo remind
  tiendo remind --days 5
  tiendo remind thanh-tra chi-doan --send
  tiendo remind --letters don-doc --send`,
		RunE: func(command *cobra.Command, args []string) error {
			options.units = args
			if days != "" {
				number, err := strconv.Atoi(days)
				if err != nil || number < 0 {
					return wrongUsage(phrase.Say("%s: invalid value %q", "--days", days), phrase.Say("want a whole number"))
				}
				options.days = number
			}
			return runRemind(command.Context(), app, options)
		},
	}
	command.ValidArgsFunction = app.offer(units)
	flags := command.Flags()
	textFlag(flags, &days, "days", app.T("N"),
		app.T("who has at most so many days left; otherwise %d", calendar.DueSoonDays))
	textFlag(flags, &options.letters, "letters", app.T("DIR"),
		app.T("write a letter to each into this folder, as .docx and as .txt"))
	flags.BoolVar(&options.force, "force", false, app.T("overwrite letters that were changed by hand"))
	flags.BoolVar(&options.send, "send", false, app.T("record that they were reminded"))
	app.forPeriod(command)
	app.answers(command)
	return command
}

// remindOptions are the values of the flags of `tiendo remind`.
type remindOptions struct {
	units       []string // only these, however many days they have left; none: all
	days        int      // who has at most so many left
	letters     string   // the folder for letters
	force, send bool
}

func runRemind(ctx context.Context, app *App, options remindOptions) error {
	looked, err := app.loadReadOnly(ctx)
	if err != nil {
		return err
	}
	if options.send { // before anything is written
		person, err := app.person(looked)
		if err == nil {
			err = looked.Campaign.MayWriteOffice(person)
		}
		if err != nil {
			return err
		}
	}
	if lost := report.OfficeLost(looked.Campaign); !lost.IsZero() {
		app.Out.Note(app.T("warning: %s", lost))
	}
	board, err := app.board(looked)
	if err != nil {
		return err
	}
	due := board.ChasedSoFar(options.days)
	if app.period != "" {
		due = board.Chased(options.days)
	}
	if len(options.units) > 0 {
		if due, err = only(looked.Campaign, board, options.units); err != nil {
			return err
		}
	}
	var letters []*report.Letter
	var texts []string
	for _, chased := range due {
		letter, err := report.NewReminder(chased)
		if err != nil {
			return err
		}
		letters, texts = append(letters, letter), append(texts, letter.Text())
	}
	if !app.asJSON {
		app.Due(board, options.days, due, texts)
	}
	err = remindThem(ctx, app, due, letters, looked.Dir, options)
	if app.asJSON {
		var answer *show.Answer
		if options.send || options.letters != "" {
			answer = &app.changed
		}
		if told := app.looked(app.DueJSON(board.Today, due, texts, answer)); err == nil {
			err = told
		}
	}
	if err == nil {
		err = lacking(looked.Campaign.Problems)
	}
	if err == nil && len(due) > 0 {
		err = errDue
	}
	return err
}

// remindThem writes the letters and records the reminders, where that is asked for.
func remindThem(ctx context.Context, app *App, due []model.Chased, letters []*report.Letter, dir string,
	options remindOptions) error {
	if len(due) > 0 && options.letters != "" {
		if err := writeLetters(ctx, app, dir, letters, options); err != nil {
			return err
		}
	}
	if len(due) > 0 && options.send {
		return recordReminders(ctx, app, due)
	}
	return nil
}

// writeLetters writes each letter as a paper and as a text.
func writeLetters(ctx context.Context, app *App, dir string, letters []*report.Letter, options remindOptions) error {
	var files []workspace.Export
	for _, letter := range letters {
		var paper bytes.Buffer
		if err := letter.WriteDocx(&paper); err != nil {
			return err
		}
		name := filepath.Join(options.letters, letter.FileName())
		path := app.absolute(name)
		files = append(files, workspace.Export{Name: name + ".docx", Path: path + ".docx", Content: paper.Bytes()},
			workspace.Export{Name: name + ".txt", Path: path + ".txt", Content: []byte(letter.Text())})
	}
	memory := workspace.ExportMemory(ctx, dir)
	for _, file := range files {
		if err := memory.RefuseInside(file.Path, file.Name); err != nil { // before a folder is made for it
			return err
		}
	}
	if err := os.MkdirAll(app.absolute(options.letters), 0o755); err != nil {
		return err
	}
	return writeExports(app, memory, files, options.force)
}

// recordReminders records in one change that the units of some rows were reminded.
func recordReminders(ctx context.Context, app *App, due []model.Chased) error {
	return app.change(ctx, "", model.Subject{Kind: model.SubjectReminder},
		func(now *workspace.Workspace, _ model.Value) (model.Value, error) {
			return now.Campaign.Office.Reminders.Remind(due...), nil
		})
}

// only are the rows of some units, of each of which the Office must still wait for a report.
func only(campaign *model.Campaign, board *model.Board, ids []string) ([]model.Chased, error) {
	var due []model.Chased
	for _, id := range ids {
		unit, err := campaign.Unit(id)
		if err != nil {
			return nil, err
		}
		row := board.UnitIndex(unit.ID)
		if !board.Units[row].Waiting() {
			return nil, phrase.Refuse(phrase.Say("no report of %s is awaited", id), phrase.Sentence{})
		}
		due = append(due, model.Chased{Board: board, Row: row})
	}
	return due, nil
}
