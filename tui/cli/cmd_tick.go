package cli

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
	"example.org/tiendo/model/text"
	"example.org/tiendo/model/workspace"
)

// tickOptions are the flags of tick. A nil pointer is a flag that is not given.
type tickOptions struct {
	status         string
	note           *string
	evidence       []string
	removeEvidence []string
	figures        []string
}

func newCmdTick(app *App) *cobra.Command {
	options, note := tickOptions{}, ""
	command := &cobra.Command{
		Use:        "tick " + app.T("UNIT… ACTIVITY…"),
		SuggestFor: []string{"done", "set", "update"},
		Short:      app.T("record a unit's progress on an activity"),
		Example: `  tiendo tick van-phong treo-bang-ron --figure bang-ron=4
  tiendo tick thanh-tra tuyen-truyen-chu-truong --status doing --note "…"
  tiendo tick thanh-tra tuyen-truyen-chu-truong --note "…"
  tiendo tick chi-doan treo-bang-ron --evidence anh/bang-ron.jpg
  tiendo tick thanh-tra chi-doan treo-bang-ron --status doing`,
		RunE: func(command *cobra.Command, args []string) error {
			if command.Flags().Changed("note") {
				options.note = &note
			}
			return runTicks(app, command, args, options)
		},
		ValidArgsFunction: app.offer(unitsThenActivities),
	}
	flags := command.Flags()
	textFlag(flags, &options.status, "status", app.T("STATUS"),
		app.T("todo: not started; doing: in progress; done (if not given); na: not applicable, with a note that says why"))
	textFlag(flags, &note, "note", app.T("TEXT"), app.T("the note; \"\" removes it"))
	listFlag(flags, &options.evidence, "evidence", app.T("REF"),
		app.T("add a link or file name; may be given several times"))
	listFlag(flags, &options.removeEvidence, "remove-evidence", app.T("REF"), app.T("remove a link or file name"))
	listFlag(flags, &options.figures, "figure", app.T("ID=N"),
		app.T("a figure that the plan asks for; may be given several times"))
	app.complete(command, "status", completeStatuses(app))
	app.complete(command, "figure", completeFigures(app))
	app.forPeriod(command)
	app.answers(command)
	return command
}

// runTicks makes the same change of the entry of each unit that is named on each activity.
func runTicks(app *App, command *cobra.Command, args []string, options tickOptions) error {
	if err := checkStatus(options.status, command); err != nil {
		return err
	}
	figures, err := parseFigures(app, options.figures)
	if err != nil {
		return err
	}
	units, activities := args[:1], args[1:]
	if len(args) > 2 {
		if len(figures) > 0 {
			return wrongUsage(phrase.Say("--figure is for one unit and one activity"), seeHelp(command))
		}
		folder, err := app.loadFor(command.Context(), args[0])
		if err == nil {
			units, activities, err = unitsAndActivities(folder.Campaign, args)
		}
		if err != nil {
			return err
		}
	}
	var names []string
	for _, unit := range units {
		for _, activity := range activities {
			names = append(names, unit+" "+activity)
		}
	}
	return each(app, names, func(i int) (phrase.Sentence, error) {
		unit, activity, _ := strings.Cut(names[i], " ")
		return phrase.Say("%s is unchanged", names[i]), runTick(app, command, unit, activity, figures, options)
	})
}

// unitsAndActivities are arguments told apart: units, then activities. All must be known before anything is changed.
func unitsAndActivities(campaign *model.Campaign, args []string) (units, activities []string, err error) {
	at, last := 0, len(args)-1
	for at < last && campaign.Roster.Unit(args[at]) != nil && (at == 0 || campaign.Plan.Activity(args[at]) == nil) {
		at++
	}
	if at == 0 {
		_, err := campaign.Unit(args[0])
		return nil, nil, err
	}
	for i, id := range args[at:] {
		isUnit, isActivity := campaign.Roster.Unit(id) != nil, campaign.Plan.Activity(id) != nil
		switch {
		case isUnit && isActivity && at+i < last:
			return nil, nil, wrongUsage(phrase.Say("%q is a unit and an activity", id), phrase.Say("tick one at a time"))
		case isUnit && !isActivity:
			return nil, nil, wrongUsage(phrase.Say("%q is a unit", id), phrase.Say("first the units, then the activities"))
		case !isActivity && at+i < last:
			return nil, nil, phrase.Unknown(phrase.Say("there is no unit and no activity %q", id), id,
				append(campaign.Roster.UnitIDs(), campaign.Plan.ActivityIDs()...))
		case !isActivity:
			_, err := campaign.Activity(id)
			return nil, nil, err
		}
	}
	return args[:at], args[at:], nil
}

func runTick(app *App, command *cobra.Command, unit, activity string, figures []figure, options tickOptions) error {
	subject := model.Subject{Kind: model.SubjectActivity, ID: activity}
	return app.change(command.Context(), unit, subject,
		func(folder *workspace.Workspace, seen model.Value) (model.Value, error) {
			before := model.As[model.Entry](seen)
			period, err := app.periodOf(folder)
			if err != nil {
				return nil, err
			}
			entry, err := options.edit(before, inPeriod(figures, period))
			if period != "" && options.status == "" && len(figures) > 0 { // a period's figures end nothing
				entry.Status = before.Status
			}
			if options.status == "" && supports(folder.Campaign, unit, activity) {
				entry.Status = before.Status // what they add does not make it done
			}
			return entry, err
		})
}

// inPeriod are figures as a record has them.
func inPeriod(figures []figure, period string) []figure {
	in := slices.Clone(figures)
	for i := range in {
		in[i].id = sums.Key(period, in[i].id)
	}
	return in
}

// supports reports whether a unit supports an activity for which others answer.
func supports(campaign *model.Campaign, unit, activity string) bool {
	known, found := campaign.Roster.Unit(unit), campaign.Plan.Activity(activity)
	return known != nil && found != nil && found.Role(known.ID, known.Group) == duty.Support
}

func checkStatus(status string, command *cobra.Command) error {
	if status == "" && !command.Flags().Changed("status") || slices.Contains(duty.Statuses(), model.Status(status)) {
		return nil
	}
	return wrongUsage(phrase.Say("--status: there is no status %q", status), phrase.Say("want todo, doing, done or na"))
}

// figure is one --figure: a number, or nil for a figure that goes away.
type figure struct {
	id    string
	value *float64
}

func parseFigures(app *App, typed []string) ([]figure, error) {
	var figures []figure
	for _, one := range typed {
		id, number, ok := strings.Cut(one, "=")
		if !ok || id == "" {
			return nil, wrongUsage(phrase.Say("--figure: %q has no form ID=N", one),
				phrase.Say("write for example --figure bang-ron=4"))
		}
		if number == "" {
			figures = append(figures, figure{id: id})
			continue
		}
		value, err := app.Words.ParseFigure(number)
		if err != nil {
			return nil, wrongUsage(phrase.Say("%s: %s", "--figure "+id, phrase.Of(err)), phrase.HintOf(err))
		}
		figures = append(figures, figure{id, &value})
	}
	return figures, nil
}

// edit makes the new entry from the one that stands in the file.
func (o tickOptions) edit(entry model.Entry, figures []figure) (model.Entry, error) {
	entry.Status = o.statusAfter(entry.Status, figures)
	if o.note != nil {
		entry.Note = strings.TrimSpace(text.Text(*o.note))
	}
	evidence, err := changeList(entry.Evidence, cleaned(o.evidence), cleaned(o.removeEvidence))
	if err != nil {
		return entry, err
	}
	entry.Evidence = evidence
	if len(figures) > 0 {
		entry.Figures = maps.Clone(entry.Figures)
		if entry.Figures == nil {
			entry.Figures = map[string]float64{}
		}
	}
	for _, figure := range figures {
		if figure.value == nil {
			delete(entry.Figures, figure.id)
		} else {
			entry.Figures[figure.id] = *figure.value
		}
	}
	return entry, nil
}

// statusAfter is the status to record. A detail added to what is in progress or not applicable does not make it
// done, nor does a note or taking something away: nobody has said so.
func (o tickOptions) statusAfter(before model.Status, figures []figure) model.Status {
	adds := len(o.evidence) > 0 || slices.ContainsFunc(figures, func(f figure) bool { return f.value != nil })
	details := adds || o.note != nil || len(o.removeEvidence)+len(figures) > 0
	switch {
	case o.status != "":
		return model.Status(o.status)
	case details && (!adds || before == model.Doing || before == model.NA):
		return before
	default:
		return model.Done
	}
}

// changeList takes words away from a list and adds others that it does not have yet.
func changeList(list, add, remove []string) ([]string, error) {
	list = slices.Clone(list)
	for _, word := range remove {
		at := slices.Index(list, word)
		if at < 0 {
			hint := phrase.Say("the list is: %s", strings.Join(list, ", "))
			if len(list) == 0 {
				hint = phrase.Say("the list is empty")
			}
			return nil, phrase.Refuse(phrase.Say("%q is not in the list", word), hint)
		}
		list = slices.Delete(list, at, at+1)
	}
	for _, word := range add {
		if !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	return list, nil
}

func cleaned(words []string) []string {
	clean := make([]string, len(words))
	for i, word := range words {
		clean[i] = oneLine(word)
	}
	return clean
}
