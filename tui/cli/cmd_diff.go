package cli

import (
	"cmp"
	"context"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"github.com/spf13/cobra"
)

func newCmdDiff(app *App) *cobra.Command {
	format := ""
	command := &cobra.Command{
		Use:   "diff " + app.T("[A] [B]"),
		Short: app.T("show what differs between two states of the data"),
		Example: `  tiendo diff
  tiendo diff origin/main
  tiendo diff origin/main...HEAD --format md`,
		RunE: func(command *cobra.Command, args []string) error {
			return runDiff(command.Context(), app, args, format)
		},
	}
	flags := command.Flags()
	flags.BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
	textFlag(flags, &format, "format", app.T("text|md"), app.T("as text, or as Markdown for a merge request"))
	app.complete(command, "format", completeWords("text", "md"))
	return command
}

func runDiff(ctx context.Context, app *App, args []string, format string) error {
	if format != "" && format != "text" && format != "md" {
		return wrongUsage(phrase.Say("%s: invalid value %q", "--format", format), phrase.Say("the formats are text and md"))
	}
	record, err := openRecord(ctx, app, true)
	if err != nil {
		return err
	}
	if args, err = record.ends(ctx, args); err != nil {
		return err
	}
	from, err := record.at(ctx, append(args, "HEAD")[0])
	if err != nil {
		return err
	}
	to := record.Campaign
	if len(args) > 1 {
		if to, err = record.at(ctx, args[1]); err != nil {
			return err
		}
	}
	differences := review.Compare(from, to)
	to = review.Naming(from, to)
	for i := range differences { // there is no commit that says who and when
		differences[i].Signed = len(review.Signatures(differences[i].After)) > 0
	}
	effects := record.Effects(from, to, differences)
	switch {
	case app.asJSON:
		return app.DifferencesJSON(to, differences, effects)
	case format == "md":
		app.Markdown(to, differences, effects)
	default:
		app.Differences(to, differences, effects)
	}
	return nil
}

// ends are the two states that are to be compared, where they are given as one range: A..B,
// or A...B for where B parted from A. An end that is left out is HEAD, as for git.
func (r *record) ends(ctx context.Context, args []string) ([]string, error) {
	if len(args) != 1 {
		return args, nil
	}
	from, to, parted := strings.Cut(args[0], "...")
	if !parted {
		var isRange bool
		if from, to, isRange = strings.Cut(args[0], ".."); !isRange {
			return args, nil
		}
	}
	from, to = cmp.Or(from, "HEAD"), cmp.Or(to, "HEAD")
	if parted {
		base, err := r.repository.MergeBase(ctx, from, to)
		return []string{base, to}, err
	}
	return []string{from, to}, nil
}

// at is the state of the data at a revision.
func (r *record) at(ctx context.Context, revision string) (*model.Campaign, error) {
	files, err := r.repository.Files(ctx, r.Dir, revision)
	if err != nil {
		return nil, err
	}
	campaign, _ := r.past.Load(ctx, files) // without a usable plan there is still what could be read
	return campaign, ctx.Err()
}
