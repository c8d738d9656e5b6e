package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/show"
)

func (p *program) newRemind() *cobra.Command {
	days, options := "", remindOptions{days: model.DueSoonDays}
	command := &cobra.Command{
		Use:   "remind",
		Short: p.Words.T("list the units of which a report or an activity is late or due soon"),
		Example: `  tiendo remind
  tiendo remind --days 5
  tiendo remind --letters don-doc --send`,
		RunE: func(command *cobra.Command, _ []string) error {
			if days != "" {
				number, err := strconv.Atoi(days)
				if err != nil || number < 0 {
					return wrongUsage(phrase.Say("%s: %q is not possible", "--days", days), phrase.Say("want a whole number"))
				}
				options.days = number
			}
			return p.runRemind(command.Context(), options)
		},
	}
	textFlag(command.Flags(), &days, "days", p.Words.T("N"), p.Words.T("who has at most so many days left; otherwise %d", model.DueSoonDays))
	textFlag(command.Flags(), &options.letters, "letters", p.Words.T("DIR"), p.Words.T("write a letter to each into this folder, as .docx and as .txt"))
	command.Flags().BoolVar(&options.force, "force", false, p.Words.T("overwrite letters that were changed by hand"))
	command.Flags().BoolVar(&options.send, "send", false, p.Words.T("record that they were reminded"))
	p.answers(command)
	return command
}

// remindOptions are the values of the flags of `tiendo remind`.
type remindOptions struct {
	days        int    // who has at most so many left
	letters     string // the folder for letters
	force, send bool
}

func (p *program) runRemind(ctx context.Context, options remindOptions) error {
	looked, err := p.loadReadOnly(ctx)
	if err != nil {
		return err
	}
	if options.send { // before anything is written
		person, err := p.person(looked)
		if err == nil {
			err = looked.Campaign.MayWriteOffice(person)
		}
		if err != nil {
			return err
		}
	}
	if lost := report.OfficeLost(looked.Campaign); !lost.IsZero() {
		p.Out.Note(p.Words.T("warning: %s", lost))
	}
	board := model.NewBoard(looked.Campaign, looked.Today)
	due := board.Chased(options.days)
	var letters []*report.Letter
	var texts []string
	for _, chased := range due {
		letter, err := report.NewReminder(board, chased, lang.In(board.Campaign.Plan.Language).Say)
		if err != nil {
			return err
		}
		letters, texts = append(letters, letter), append(texts, letter.Text())
	}
	if !p.asJSON {
		p.Due(board, options.days, due, texts)
	}
	err = p.remindThem(ctx, board, due, letters, looked.Dir, options)
	if p.asJSON {
		var answer *show.Answer
		if options.send || options.letters != "" {
			answer = &p.changed
		}
		if told := p.looked(p.DueJSON(board, due, texts, answer)); err == nil {
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
func (p *program) remindThem(ctx context.Context, board *model.Board, due []model.Chased, letters []*report.Letter, dir string, options remindOptions) error {
	if len(due) > 0 && options.letters != "" {
		if err := p.writeLetters(ctx, dir, letters, options); err != nil {
			return err
		}
	}
	if len(due) > 0 && options.send {
		return p.recordReminders(ctx, board, due)
	}
	return nil
}

// letterText is the letter to a unit for the dashboard.
func letterText(board *model.Board, unit string) (string, error) {
	letter, err := report.NewLetter(board, unit, lang.In(board.Campaign.Plan.Language).Say)
	if err != nil {
		return "", err
	}
	return letter.Text(), nil
}

// writeLetters writes each letter as a paper and as a text.
func (p *program) writeLetters(ctx context.Context, dir string, letters []*report.Letter, options remindOptions) error {
	var files []exported
	for _, letter := range letters {
		var paper bytes.Buffer
		if err := letter.WriteDocx(&paper); err != nil {
			return err
		}
		name := filepath.Join(options.letters, letter.FileName())
		files = append(files, exported{name + ".docx", paper.Bytes()}, exported{name + ".txt", []byte(letter.Text())})
	}
	memory := workspace.ExportMemory(ctx, dir)
	for _, file := range files {
		if err := memory.RefuseInside(p.absolute(file.name), file.name); err != nil { // before a folder is made for it
			return err
		}
	}
	if err := os.MkdirAll(p.absolute(options.letters), 0o755); err != nil {
		return err
	}
	return p.writeExports(memory, files, options.force)
}

// recordReminders records in one change that the units of some rows were reminded.
func (p *program) recordReminders(ctx context.Context, board *model.Board, due []model.Chased) error {
	var units []string
	for _, chased := range due {
		units = append(units, board.Units[chased.Row].Unit.ID)
	}
	return p.change(ctx, "", model.Subject{Kind: model.SubjectReminder}, func(now *workspace.Workspace, seen model.Value) (model.Value, error) {
		seen.Reminders = now.Campaign.Office.RemindAll(units)
		return seen, nil
	})
}
