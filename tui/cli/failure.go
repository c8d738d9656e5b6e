package cli

import (
	"errors"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/phrase"
)

// errProblems makes the exit code 1 after everything has been said already.
var errProblems = errors.New("problems were found")

// errDue makes the exit code 3 after everything has been said: the Office waits for somebody.
var errDue = errors.New("somebody is late or due soon")

// lacking is errProblems if any of the problems is an error: what is shown lacks what could not be read then.
func lacking(problems []phrase.Problem) error {
	if slices.ContainsFunc(problems, func(problem phrase.Problem) bool { return !problem.Warning }) {
		return errProblems
	}
	return nil
}

// endedError is the exit code of another program that did the work and has said everything.
type endedError struct{ code int }

func (e *endedError) Error() string { return "ended with exit code " + strconv.Itoa(e.code) }

// usageError is a command written wrongly: exit code 2.
type usageError struct{ refusal *phrase.Refusal }

func (u *usageError) Error() string { return u.refusal.Error() }

func (u *usageError) Unwrap() error { return u.refusal }

// wrongUsage says what is wrong with the command as it was written.
func wrongUsage(what, hint phrase.Sentence) error {
	return &usageError{phrase.Refuse(what, hint)}
}

// seeHelp is the hint to read a command's help.
func seeHelp(command *cobra.Command) phrase.Sentence {
	return phrase.Say("`%s --help` shows how it is used", command.CommandPath())
}

// report says an error, and what to do about it on a line of its own.
func (app *App) report(err error) { app.Error(err, app.loaded) }
