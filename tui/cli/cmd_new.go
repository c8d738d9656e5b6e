package cli

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/text"
	"example.org/tiendo/model/workspace"
)

// newOptions are the values of the flags of `tiendo new`.
type newOptions struct{ from, starts, ends string }

func (p *program) newNew() *cobra.Command {
	options := newOptions{}
	command := &cobra.Command{
		Use:     "new " + p.Words.T("DIR"),
		Short:   p.Words.T("make the plan folder of the next campaign from this one"),
		Example: `  tiendo new --from ke-hoach-2019 --starts 2020-11-15 --ends 2020-12-15 ke-hoach-2020`,
		RunE: func(command *cobra.Command, args []string) error {
			return p.runNew(command.Context(), args[0], options)
		},
		ValidArgsFunction: completeFolders,
	}
	flags := command.Flags()
	textFlag(flags, &options.from, "from", p.Words.T("DIR"), p.Words.T("the plan folder to begin with; otherwise as --data"))
	textFlag(flags, &options.starts, "starts", p.Words.T("DAY"), p.Words.T("the first day of the new campaign"))
	textFlag(flags, &options.ends, "ends", p.Words.T("DAY"), p.Words.T("its last day, which belongs to it"))
	p.complete(command, "from", completeFolders)
	p.answers(command)
	return command
}

func (p *program) runNew(ctx context.Context, given string, options newOptions) error {
	starts, ends, err := options.days()
	if err != nil {
		return err
	}
	source, shown, err := p.locateFrom(options.from)
	if err != nil {
		return err
	}
	folder, err := p.openAt(ctx, source, shown, false)
	if err != nil {
		return err
	}
	if err := p.read(ctx, folder); err != nil {
		return err
	}
	dir := p.absolute(given)
	if err := refuseFilled(dir, given); err != nil {
		return err
	}
	next := &workspace.NextYear{Plan: &folder.Campaign.Plan, Roster: &folder.Campaign.Roster, Starts: starts, Ends: ends}
	files, err := next.Files(source)
	if err != nil {
		return err
	}
	if err := checkNew(ctx, files, shown); err != nil {
		return err
	}
	whole, err := p.planFiles()
	if err != nil {
		return err
	}
	for path := range whole {
		if strings.HasPrefix(path, workspace.DataFolder+"/") {
			delete(whole, path)
		}
	}
	for path, content := range files {
		whole[workspace.DataFolder+"/"+path] = content
	}
	person, err := p.makeFolder(ctx, dir, whole, true, review.Commit{})
	if err != nil {
		return err
	}
	p.made(ctx, dir, given, person)
	if len(next.Marked) > 0 {
		p.Out.Line(p.Words.T("These places still name the old year; look at each:"))
		for _, place := range next.Marked {
			p.Out.Line("  " + filepath.Join(given, workspace.DataFolder, place))
		}
	}
	p.Out.Line(p.Words.T("What comes next:"))
	p.Out.Line("  cd " + text.Quoted(given))
	p.Out.Line("  tiendo check")
	p.Out.Line("  tiendo")
	return nil
}

// days are the first and the last day of the new campaign.
func (o newOptions) days() (starts, ends calendar.Day, err error) {
	for _, flag := range []struct {
		name, value string
		day         *calendar.Day
	}{{"--starts", o.starts, &starts}, {"--ends", o.ends, &ends}} {
		if flag.value == "" {
			return starts, ends, wrongUsage(phrase.Say("missing: %s", flag.name), phrase.Say("write a day as %s or %s", "15/11/2020", "2020-11-15"))
		}
		if *flag.day, err = parseDay(flag.name, flag.value); err != nil {
			return starts, ends, err
		}
	}
	if ends.Before(starts) {
		return starts, ends, wrongUsage(phrase.Say("the campaign would end (%s) before it starts (%s)", ends, starts), phrase.Say("both days belong to the campaign"))
	}
	return starts, ends, nil
}

// locateFrom finds the folder of --from, or the one of --data where it is not given.
func (p *program) locateFrom(from string) (dir, shown string, err error) {
	if from == "" {
		return p.locate()
	}
	return workspace.Locate(from, "--from", p.system.Directory)
}

// checkNew refuses what `tiendo check` would complain about, before anything is written.
func checkNew(ctx context.Context, files map[string][]byte, shown string) error {
	campaign, err := store.NewPast(shown).Load(ctx, files)
	if err != nil {
		return err
	}
	if len(campaign.Problems) > 0 {
		return &phrase.Refusal{
			What: phrase.Say("the new plan folder would not be free of problems"), Err: campaign.Problems[0],
			Hint: phrase.Say("mend the old one first; `tiendo check` lists every problem"),
		}
	}
	return nil
}
