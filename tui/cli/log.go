package cli

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/workspace"
)

// logOptions are the values of the flags of `tiendo log`.
type logOptions struct {
	unit, since string
	json        bool
}

func (p *program) newLog() *cobra.Command {
	options := logOptions{}
	command := &cobra.Command{
		Use: "log",
		RunE: func(command *cobra.Command, args []string) error {
			return p.runLog(command.Context(), args, &options)
		},
	}
	p.describe(command, manual{
		short:     phrase.Say("show who changed what, newest first"),
		long:      phrase.Say("It reads the history in git, changes made by hand included, and says it in the plan's words. REV..REV is a range as git knows it."),
		arguments: []argument{{phrase.Say("REV..REV"), true}},
		examples:  []string{"tiendo log", "tiendo log --unit van-phong --since 2019-12-01", "tiendo log v1..main --json"},
	})
	p.stringFlag(command, command.Flags(), &options.unit, "unit", phrase.Say("ID"), phrase.Say("only this unit"))
	p.stringFlag(command, command.Flags(), &options.since, "since", phrase.Say("DAY"), phrase.Say("not earlier than this day"))
	p.boolFlag(command, command.Flags(), &options.json, "json", phrase.Say("as JSON"))
	p.complete(command, "unit", p.completeUnits)
	return command
}

func (p *program) newShow() *cobra.Command {
	asJSON := false
	command := &cobra.Command{
		Use: "show",
		RunE: func(command *cobra.Command, args []string) error {
			return p.runShow(command.Context(), args[0], asJSON)
		},
	}
	p.describe(command, manual{
		short:     phrase.Say("show what one commit changed"),
		arguments: []argument{{phrase.Say("COMMIT"), false}},
		examples:  []string{"tiendo show HEAD", "tiendo show ab55710 --json"},
	})
	p.boolFlag(command, command.Flags(), &asJSON, "json", phrase.Say("as JSON"))
	return command
}

// record is a data folder and the history that is read of it.
type record struct {
	*workspace.Workspace
	repository *history.Repository
	past       *store.Past
}

// openRecord opens a data folder that has a history, to read it.
func (p *program) openRecord(ctx context.Context) (*record, error) {
	dir, shown, err := p.locate()
	if err != nil {
		return nil, err
	}
	repository, err := history.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	folder, err := p.openReadOnlyAt(dir, shown)
	if err != nil {
		return nil, err
	}
	if err := p.read(ctx, folder); err != nil {
		if p.options.at != "" {
			return nil, err // the present is no answer to a question about the past
		}
		campaign, unusable := folder.Store.Load(ctx)
		if unusable == nil {
			return nil, err
		}
		// The history can be read although the plan cannot be used at the moment: then it may say why.
		if campaign.Plan.Language != "" {
			p.speak(campaign.Plan.Language)
		}
		folder.Campaign = campaign
	}
	if err := repository.InNoCommit(ctx, dir); err != nil {
		p.out.note(p.words.T("warning: %s", p.words.Error(err)))
		p.hint(phrase.HintOf(err))
	}
	return &record{folder, repository, store.NewPast(shown)}, nil
}

func (p *program) runLog(ctx context.Context, args []string, options *logOptions) error {
	record, err := p.openRecord(ctx)
	if err != nil {
		return err
	}
	wanted := history.LogOptions{Range: args}
	if options.unit != "" && record.Campaign.Plan.ID != "" {
		if _, err := record.Campaign.Unit(options.unit); err != nil {
			return err
		}
	}
	if options.since != "" {
		day, err := parseDay("--since", options.since)
		if err != nil {
			return err
		}
		wanted.Since = time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, record.Campaign.Plan.TimeZone)
	}
	return p.printRevisions(ctx, record, wanted, options.unit, options.json)
}

func (p *program) runShow(ctx context.Context, commit string, asJSON bool) error {
	record, err := p.openRecord(ctx)
	if err != nil {
		return err
	}
	hash, err := record.repository.Resolve(ctx, commit)
	if err != nil {
		return err
	}
	return p.printRevisions(ctx, record, history.LogOptions{Range: []string{hash}, NoWalk: true}, "", asJSON)
}

// printRevisions prints each revision as soon as it is read, as far as it is about a unit; "" is all of it. What could
// not be read is an error behind all that could; that a log ends at the edge of a shallow clone is none.
func (p *program) printRevisions(ctx context.Context, record *record, wanted history.LogOptions, unit string, asJSON bool) error {
	all := []revisionJSON{}
	found := false
	var untold error
	err := record.repository.Log(ctx, record.Dir, record.past, wanted, func(revision review.Revision) bool {
		if untold == nil && (!revision.Boundary || wanted.NoWalk) {
			untold = revision.Untold()
		}
		if unit != "" && revision.Untold() == nil {
			revision.Differences = ofUnit(revision.Differences, unit)
			revision.NotTaken = slices.DeleteFunc(revision.NotTaken, func(n review.NotTaken) bool { return n.Unit != unit })
			if len(revision.Differences)+len(revision.NotTaken) == 0 {
				return true
			}
		}
		if asJSON {
			all = append(all, p.revisionJSON(record, &revision))
			return true
		}
		if found {
			p.out.line("")
		}
		found = true
		p.printRevision(record, &revision)
		return p.out.alive()
	})
	switch {
	case err != nil:
		return err
	case asJSON:
		err = p.printJSON(revisionsJSON{Version: jsonVersion, Revisions: all})
	case !found:
		p.out.line(p.words.T("nothing in the data was changed there"))
	}
	if err == nil && untold != nil {
		return &phrase.Refusal{What: phrase.Say("not everything can be told"), Hint: phrase.HintOf(untold), Err: untold}
	}
	return err
}

func ofUnit(differences []review.Difference, unit string) []review.Difference {
	var own []review.Difference
	for _, difference := range differences {
		if difference.Unit == unit {
			own = append(own, difference)
		}
	}
	return own
}

// printRevision prints who and when on one line, and below it what.
func (p *program) printRevision(record *record, revision *review.Revision) {
	zone := record.Campaign.Plan.TimeZone
	line := revision.Short + "  " + p.words.Moment(revision.At, zone)
	if !revision.Boundary { // whoever made it has not changed all that it holds
		line += "  " + revision.Author
	}
	if revision.Merge {
		line += "  (" + p.words.T("merge") + ")"
	}
	p.out.line(line)
	if untold := revision.Untold(); untold != nil {
		p.out.line("  " + p.words.Error(untold))
		if revision.Boundary { // else the error behind all says it, once
			p.out.line("  " + p.words.T("hint: %s", phrase.HintOf(untold)))
		}
	}
	for _, difference := range revision.Differences {
		where, what := p.words.Difference(revision.Campaign, difference)
		p.out.line("  " + where + ": " + what)
	}
	for _, lost := range revision.NotTaken {
		where, what := p.words.NotTaken(revision.Campaign, lost)
		p.out.line("  " + where + ": " + what)
	}
}

// revisionsJSON is `log --json`, `show --json` and `diff --json`.
type revisionsJSON struct {
	Version   int            `json:"version"`
	Revisions []revisionJSON `json:"revisions"`
}

type revisionJSON struct {
	Hash   string `json:"hash"`
	Author string `json:"author"`
	Email  string `json:"email"`
	At     string `json:"at"`
	Title  string `json:"title"`
	Merge  bool   `json:"merge"`
	// Boundary says that a shallow clone ends here, and Unreadable why else it is not known what was changed.
	Boundary   bool   `json:"boundary,omitempty"`
	Unreadable string `json:"unreadable,omitempty"`

	Changes []differenceJSON `json:"changes"`
	// NotTaken are the versions that a merge has not taken.
	NotTaken []notTakenJSON `json:"not_taken,omitempty"`
}

type notTakenJSON struct {
	Unit  string `json:"unit"` // "" for the plan and the roster
	Entry string `json:"entry"`
	By    string `json:"by"`
	Alone bool   `json:"alone"` // nobody else had changed it
}

type differenceJSON struct {
	Unit   string `json:"unit"` // "" for the plan and the roster
	Kind   string `json:"kind"` // activity, message, report, person, unit, plan; "" for a file as a whole
	ID     string `json:"id"`
	Where  string `json:"where"` // in the language of the output
	Change string `json:"change"`
}

func (p *program) revisionJSON(record *record, revision *review.Revision) revisionJSON {
	var lost []notTakenJSON
	for _, one := range revision.NotTaken {
		lost = append(lost, notTakenJSON{one.Unit, one.Entry, one.By, one.Alone})
	}
	unreadable := ""
	if revision.Unreadable != nil {
		unreadable = p.words.Error(revision.Unreadable)
	}
	return revisionJSON{
		Boundary: revision.Boundary, Unreadable: unreadable,
		Hash: revision.Hash, Author: revision.Author, Email: revision.Email, At: timeJSON(revision.At.In(record.Campaign.Plan.TimeZone)),
		Title: revision.Title, Merge: revision.Merge, Changes: p.differencesJSON(revision.Campaign, revision.Differences), NotTaken: lost,
	}
}

func (p *program) differencesJSON(campaign *model.Campaign, differences []review.Difference) []differenceJSON {
	changes := []differenceJSON{}
	for _, difference := range differences {
		where, what := p.words.Difference(campaign, difference)
		changes = append(changes, differenceJSON{difference.Unit, string(difference.Subject.Kind), difference.Subject.ID, where, what})
	}
	return changes
}

func (p *program) newDiff() *cobra.Command {
	asJSON, format := false, ""
	command := &cobra.Command{
		Use: "diff",
		RunE: func(command *cobra.Command, args []string) error {
			return p.runDiff(command.Context(), args, asJSON, format)
		},
	}
	p.describe(command, manual{
		short:     phrase.Say("show what differs between two states of the data"),
		long:      phrase.Say("A and B are commits, branches or tags. Without B it compares with the files as they lie there now, without both with the last commit. A...B is what B has changed since it parted from A, as a merge request shows it."),
		arguments: []argument{{phrase.Say("A"), true}, {phrase.Say("B"), true}},
		examples:  []string{"tiendo diff", "tiendo diff origin/main", "tiendo diff origin/main...HEAD --format md"},
	})
	p.boolFlag(command, command.Flags(), &asJSON, "json", phrase.Say("as JSON"))
	p.stringFlag(command, command.Flags(), &format, "format", phrase.Say("text|md"), phrase.Say("as text, or as Markdown for a merge request"))
	p.complete(command, "format", completeWords("text", "md"))
	return command
}

func (p *program) runDiff(ctx context.Context, args []string, asJSON bool, format string) error {
	if format != "" && format != "text" && format != "md" {
		return wrongUsage(phrase.Say("%s: %q is not possible", "--format", format), phrase.Say("the formats are text and md"))
	}
	record, err := p.openRecord(ctx)
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
		differences[i].Signed = len(review.Signatures(differences[i].After, differences[i].Subject.Kind)) > 0
	}
	switch {
	case asJSON:
		return p.printJSON(struct {
			Version int              `json:"version"`
			Changes []differenceJSON `json:"changes"`
		}{jsonVersion, p.differencesJSON(to, differences)})
	case format == "md":
		p.printMarkdown(to, differences)
	case len(differences) == 0:
		p.out.line(p.words.T("nothing in the data differs"))
	default:
		for _, difference := range differences {
			where, what := p.words.Difference(to, difference)
			p.out.line(where + ": " + what)
		}
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

// printMarkdown prints a list for each unit, as forges show it in a merge request.
func (p *program) printMarkdown(campaign *model.Campaign, differences []review.Difference) {
	if len(differences) == 0 {
		p.out.line(p.words.T("nothing in the data differs"))
		return
	}
	heading := ""
	for _, difference := range differences {
		where, what := p.words.Difference(campaign, difference)
		whose, about, found := strings.Cut(where, " · ")
		if whose != heading {
			if heading != "" {
				p.out.line("")
			}
			p.out.line("### " + markdown(whose))
			p.out.line("")
			heading = whose
		}
		if found {
			what = "**" + markdown(about) + "**: " + markdown(what)
		} else {
			what = markdown(what)
		}
		p.out.line("- " + what)
	}
}

// markdown makes a text that says in Markdown what it says.
func markdown(text string) string {
	return strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "<", "&lt;", ">", "&gt;", "[", `\[`, "]", `\]`, "#", `\#`, "|", `\|`, "@", "@\u200b", "!", `\!`).Replace(text)
}
