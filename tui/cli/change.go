package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
)

// change makes one change to a unit's record, or to the roster when unit is "". edit turns the value that stands
// in the files into the new one; it may refuse.
func (app *App) change(ctx context.Context, unit string, subject model.Subject,
	edit func(*workspace.Workspace, model.Value) (model.Value, error)) error {
	folder, err := app.loadFor(ctx, unit)
	if err != nil {
		return err
	}
	if subject.Kind == model.SubjectReport {
		if subject.ID, err = app.periodOf(folder); err != nil {
			return err
		}
	}
	if err := knownIDs(folder.Campaign, unit, subject); err != nil {
		return err
	}
	person, err := app.person(folder)
	if err != nil {
		return err
	}
	seen := folder.Campaign.Value(unit, subject)
	value, err := edit(folder, seen)
	if err != nil {
		return err
	}
	return app.apply(ctx, folder, model.Change{Person: person, Unit: unit, Subject: subject, Seen: seen, New: value,
		Reason: app.reason})
}

// forPeriod gives a command the flag for a period of the plan.
func (app *App) forPeriod(command *cobra.Command) {
	textFlag(command.Flags(), &app.period, "period", app.T("ID"),
		app.T("the period, such as %s; otherwise the current one", "2026-04"))
	app.complete(command, "period", app.offer(func(campaign *model.Campaign, _ []string) []string {
		return wordsOf(campaign.Plan.Reporting.Periods, func(period *calendar.Period) (string, string) {
			return period.ID, app.Words.Say(period.Name)
		})
	}))
}

// periodOf is the period that is meant: the one that is asked for, else the current one; "" in a plan without periods.
func (app *App) periodOf(folder *workspace.Workspace) (string, error) {
	if app.period != "" {
		return app.period, folder.Campaign.Plan.Reporting.Periods.Known(app.period, false)
	}
	reporting := &folder.Campaign.Plan.Reporting
	if current := calendar.Current(reporting.Periods, folder.Today); current >= 0 {
		return reporting.Periods[current].ID, nil
	}
	return "", nil
}

// board is the board of a plan for the period that is meant.
func (app *App) board(folder *workspace.Workspace) (*model.Board, error) {
	period, err := app.periodOf(folder)
	if err != nil {
		return nil, err
	}
	return model.NewBoardOf(folder.Campaign, folder.Today, period), nil
}

// apply makes a change, and answers.
func (app *App) apply(ctx context.Context, folder *workspace.Workspace, change model.Change) error {
	receipt, err := folder.Store.Apply(ctx, change)
	if app.visit != nil && app.visit.Told != nil {
		app.visit.Told(change, receipt, err)
	}
	if err != nil {
		return err
	}
	app.receipt(ctx, folder, receipt)
	return nil
}

// answers gives a command that changes something the flag for an answer in JSON. It answers when it fails, too, since
// some of it may be done; not when it was written wrongly, or has only looked.
func (app *App) answers(command *cobra.Command) {
	command.Flags().BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
	run := command.RunE
	command.RunE = func(command *cobra.Command, args []string) error {
		if app.asJSON {
			app.Out.Mute()
		}
		err := run(command, args)
		var usage *usageError
		if !app.asJSON || errors.As(err, &usage) {
			return err
		}
		if told := app.AnswerJSON(app.changed); err == nil {
			return told
		}
		return err
	}
}

// looked says that the command has changed nothing and has answered in full.
func (app *App) looked(err error) error {
	app.asJSON = false
	return err
}

// done notes what was changed, for the answer. The commit is short; JSON has the whole hash.
func (app *App) done(ctx context.Context, folder *workspace.Workspace, done show.Done, commit, pending string) {
	if app.asJSON && commit != "" && folder.Repository != nil {
		if whole, err := folder.Repository.Resolve(context.WithoutCancel(ctx), commit); err == nil {
			commit = whole
		}
	}
	app.changed.Add(done, commit, pending)
}

// knownIDs refuses ids that the plan does not know, before anything else is asked.
func knownIDs(campaign *model.Campaign, unit string, subject model.Subject) error {
	switch {
	case subject.Kind == model.SubjectText:
		return model.KnownText(subject.ID)
	case subject.Kind.OnRoster(), subject.Kind.OfOffice():
		return nil
	}
	if _, err := campaign.Unit(unit); err != nil {
		return err
	}
	switch subject.Kind {
	case model.SubjectActivity:
		_, err := campaign.Activity(subject.ID)
		return err
	case model.SubjectMessage:
		_, err := campaign.Message(subject.ID)
		return err
	default:
		return nil
	}
}

// receipt says in one line what was done, and beside it what else there is to know.
func (app *App) receipt(ctx context.Context, folder *workspace.Workspace, receipt model.Receipt) {
	app.Receipt(folder.Campaign, receipt)
	if receipt.Unchanged {
		return
	}
	app.done(ctx, folder, app.Done(folder.Campaign, receipt), receipt.Hash, app.Words.Say(receipt.Pending))
	if behind := folder.Behind(ctx); behind != nil {
		app.Warn(behind)
	}
	if folder.NoHistory != nil && receipt.Pending.IsZero() {
		app.Out.Note(app.T("there is no history: %s", phrase.Of(folder.NoHistory)))
	}
	_, at := model.LastChange(receipt.Value)
	if folder.TodaySet && folder.Campaign.Plan.MadeUp.IsZero() && !at.IsZero() {
		app.Out.Note(app.T("the record carries the real time, %s, whatever day --today shows", app.At(folder.Campaign, at)))
	}
}
