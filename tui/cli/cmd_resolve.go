package cli

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
)

// resolveOptions are the flags of resolve.
type resolveOptions struct {
	take   string
	finish bool
	edit   tickOptions
}

// edits reports whether a value of one's own is given.
func (o *resolveOptions) edits() bool {
	return o.edit.status != "" || o.edit.note != nil ||
		len(o.edit.evidence)+len(o.edit.removeEvidence)+len(o.edit.figures) > 0
}

func newCmdResolve(app *App) *cobra.Command {
	options, note := resolveOptions{}, ""
	command := &cobra.Command{
		Use:   "resolve " + app.T("[UNIT] [ENTRY]"),
		Short: app.T("show what both sides of a merge have changed, and settle it"),
		Example: `  tiendo resolve
  tiendo resolve thanh-tra treo-bang-ron --take minh
  tiendo resolve thanh-tra treo-bang-ron --take both
  tiendo resolve thanh-tra treo-bang-ron --status done --note "…" --figure bang-ron=4`,
		RunE: func(command *cobra.Command, args []string) error {
			if command.Flags().Changed("note") {
				options.edit.note = &note
			}
			if err := checkStatus(options.edit.status, command); err != nil {
				return err
			}
			switch {
			case options.finish:
				return finishMerge(command.Context(), app)
			case len(args) == 0 && options.take == "" && !options.edits():
				return app.looked(listConflicts(command.Context(), app))
			case len(args) == 0:
				return wrongUsage(phrase.Say("missing: %s", phrase.Say("UNIT")), seeHelp(command))
			}
			return runResolve(command.Context(), app, args, &options)
		},
	}
	flags := command.Flags()
	textFlag(flags, &options.take, "take", app.T("WHOSE"), app.T("a person, ours, theirs or both"))
	textFlag(flags, &options.edit.status, "status", app.T("STATUS"),
		app.T("the status, otherwise that of the later version"))
	textFlag(flags, &note, "note", app.T("TEXT"), app.T("the note; \"\" removes it"))
	listFlag(flags, &options.edit.evidence, "evidence", app.T("REF"),
		app.T("add a link or file name; may be given several times"))
	listFlag(flags, &options.edit.removeEvidence, "remove-evidence", app.T("REF"), app.T("remove a link or file name"))
	listFlag(flags, &options.edit.figures, "figure", app.T("ID=N"),
		app.T("a figure that the plan asks for; may be given several times"))
	flags.BoolVar(&options.finish, "finish", false, app.T("commit the merge, when all was settled by hand"))
	app.answers(command)
	app.complete(command, "take", completeWords("ours", "theirs", "both"))
	app.complete(command, "status", completeStatuses(app))
	return command
}

// loadMerging opens the data folder, whose plan may itself be in conflict: then it is
// taken as it was before the merge.
func loadMerging(ctx context.Context, app *App) (*workspace.Workspace, error) {
	folder, err := app.open(ctx, true)
	if err != nil {
		return nil, err
	}
	if folder.Repository == nil {
		return nil, folder.NoHistory
	}
	if err := app.read(ctx, folder); err == nil {
		return folder, folder.Campaign.CheckPresent()
	} else if app.flags.at != "" {
		return nil, err
	}
	if err := folder.LoadLastCommit(ctx); err != nil {
		return nil, err
	}
	app.speak(folder.Campaign.Plan.Language)
	app.loaded = folder.Campaign
	return folder, nil
}

func listConflicts(ctx context.Context, app *App) error {
	folder, err := loadMerging(ctx, app)
	if err != nil {
		return err
	}
	conflicts, err := folder.Undecided(ctx)
	if err != nil {
		return err
	}
	if app.asJSON {
		return app.ConflictsJSON(folder.Campaign, conflicts)
	}
	if len(conflicts) == 0 {
		return nothingOpen(ctx, app, folder)
	}
	app.Conflicts(folder.Campaign, conflicts)
	return nil
}

// nothingOpen says what there is to do where no conflict is to be settled.
func nothingOpen(ctx context.Context, app *App, folder *workspace.Workspace) error {
	if joins := store.Joins(ctx, folder.Opened); len(joins) > 0 {
		app.Out.Line(app.T("git has left conflicts in %s: `tiendo resolve --finish` joins them entry by entry, keeps both "+
			"versions of what differs, and commits the merge", phrase.List(joins)))
		return nil
	}
	if folder.Repository.Merging() {
		app.Out.Line(app.T("no conflict is open, but a merge is in progress: `tiendo resolve --finish` commits it"))
		return nil
	}
	if folder.Repository.Halted() { // by a rebase, for example, which git has to end
		return folder.Repository.Settling()
	}
	app.Out.Line(app.T("no conflict is open"))
	return nil
}

func runResolve(ctx context.Context, app *App, args []string, options *resolveOptions) error {
	folder, err := loadMerging(ctx, app)
	if err != nil {
		return err
	}
	person, err := app.person(folder)
	if err != nil {
		return err
	}
	conflicts, err := folder.Undecided(ctx)
	if err != nil {
		return err
	}
	if len(conflicts) == 0 {
		if err := folder.Repository.Settling(); err != nil {
			return err
		}
	}
	conflict, err := meant(conflicts, args)
	if err != nil {
		return err
	}
	take, err := options.choose(folder.Campaign, person, conflict)
	if err != nil {
		return err
	}
	resolution := review.Resolution{Person: person, Conflict: *conflict, Take: take}
	if take == review.TakeValue {
		entry, err := options.ownValue(app, model.As[model.Entry](conflict.Together()))
		if err != nil {
			return err
		}
		resolution.Value = entry
	}
	if conflict.Disputed() {
		change, err := resolution.Settlement(&folder.Campaign.Plan)
		if err != nil {
			return err
		}
		if err := app.apply(ctx, folder, change); err != nil {
			return err
		}
		if differ := conflict.DifferIn(&folder.Campaign.Plan, options.left(conflict)); take == review.TakeValue &&
			!differ.IsZero() {
			who, _ := app.Words.ConflictSide(folder.Campaign, conflict, conflict.Later())
			app.Out.Line(app.T("as in the later version, of %s: %s", who, differ))
		}
		return nil
	}
	resolved, err := folder.Opened.Resolve(ctx, resolution)
	if err != nil {
		return err
	}
	said := app.T("settled: %s", app.Words.ConflictPlace(folder.Campaign, conflict))
	app.Out.Line(said)
	tellResolved(ctx, app, folder, show.Done{Unit: conflict.Unit, Kind: string(conflict.Subject.Kind),
		ID: cmp.Or(conflict.Subject.ID, conflict.Entry), Change: said}, resolved)
	app.Resolved(resolved)
	return nil
}

// left is what differs between the two sides and no option says.
func (o *resolveOptions) left(conflict *review.MergeConflict) []string {
	joined, _ := conflict.Join()
	return slices.DeleteFunc(slices.Clone(joined.Apart), func(key string) bool {
		figure := func(given string) bool {
			id, _, _ := strings.Cut(given, "=")
			return key == "figures."+strings.TrimSpace(id)
		}
		return key == "status" && o.edit.status != "" || key == "note" && o.edit.note != nil ||
			slices.ContainsFunc(o.edit.figures, figure)
	})
}

// ownValue is the value of one's own: both versions joined, edited.
func (o *resolveOptions) ownValue(app *App, later model.Entry) (model.Entry, error) {
	figures, err := parseFigures(app, o.edit.figures)
	if err != nil {
		return later, err
	}
	edit := o.edit
	edit.status = cmp.Or(edit.status, string(later.Status))
	return edit.edit(later, figures)
}

// meant finds the conflict that the arguments name.
func meant(conflicts []review.MergeConflict, args []string) (*review.MergeConflict, error) {
	var found []*review.MergeConflict
	var names []string
	for i := range conflicts {
		conflict := &conflicts[i]
		if args[0] != conflict.Unit && args[0] != filepath.Base(conflict.File) {
			continue
		}
		if slices.ContainsFunc(conflicts[:i], func(newer review.MergeConflict) bool { return newer.Same(conflict) }) {
			continue // of several versions that are set aside the newest is decided first
		}
		names = append(names, conflict.Entry)
		if len(args) < 2 || args[1] == conflict.Entry || args[1] == conflict.Subject.ID && args[1] != "" {
			found = append(found, conflict)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return nil, phrase.Refuse(phrase.Say("several conflicts are open there"),
			phrase.Say("name the entry: %s", phrase.List(names)))
	}
	return nil, phrase.Refuse(phrase.Say("there is no such conflict"),
		phrase.Say("`tiendo resolve` lists those that are open"))
}

// choose says how a conflict is to be settled.
func (o *resolveOptions) choose(campaign *model.Campaign, person model.Person,
	conflict *review.MergeConflict) (review.Take, error) {
	if o.edits() {
		if o.take != "" || conflict.Subject.Kind != model.SubjectActivity {
			return "", wrongUsage(phrase.Say("a value of your own is for activities, and needs no --take"),
				phrase.Say("`tiendo resolve` lists what is open"))
		}
		return review.TakeValue, nil
	}
	switch take := review.Take(o.take); take {
	case review.TakeOurs, review.TakeTheirs:
		return conflict.Whose(person, take), nil
	case review.TakeBoth:
		return take, nil
	}
	is := func(side *review.MergeVersion) bool {
		return side.By != "" && slices.Contains([]string{side.By, campaign.Roster.PersonName(side.By)}, o.take)
	}
	switch ours, theirs := is(&conflict.Ours), is(&conflict.Theirs); {
	case ours && !theirs:
		return review.TakeOurs, nil
	case theirs && !ours:
		return review.TakeTheirs, nil
	}
	return "", wrongUsage(phrase.Say("--take: %q has made neither version, or both", o.take),
		phrase.Say("want a person, ours, theirs or both; `tiendo resolve` says who made what"))
}

func finishMerge(ctx context.Context, app *App) error {
	folder, err := loadMerging(ctx, app)
	if err != nil {
		return err
	}
	person, err := app.person(folder)
	if err != nil {
		return err
	}
	resolved, err := folder.Opened.FinishMerge(ctx, person)
	if err != nil {
		return err
	}
	tellResolved(ctx, app, folder, show.Done{Kind: "merge", Change: app.T("the merge is finished")}, resolved)
	app.Resolved(resolved)
	return nil
}

// tellResolved notes what was settled, for the answer: its commit waits as long as another conflict is open.
func tellResolved(ctx context.Context, app *App, folder *workspace.Workspace, done show.Done,
	resolved review.Resolved) {
	pending := app.Words.Say(resolved.Pending)
	if resolved.Left > 0 {
		pending = app.Words.Count(resolved.Left, "%d conflict is still open", "%d conflicts are still open")
	}
	app.done(ctx, folder, done, resolved.Hash, pending)
}
