package cli

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/workspace"
)

// newCmdPlan makes the commands about the plan itself.
func newCmdPlan(app *App) *cobra.Command {
	plan := commandGroup(&cobra.Command{
		Use:     "plan " + app.T("COMMAND"),
		Short:   app.T("the plan: what it says, and changes of it"),
		Example: `  tiendo plan show`,
	})
	newCmdPlanShow(app, plan)
	if app.visit == nil {
		newCmdPlanSet(app, plan)
		newCmdPlanAdd(app, plan)
	}
	return plan
}

func newCmdPlanShow(app *App, parent *cobra.Command) {
	command := &cobra.Command{
		Use:   "show " + app.T("[PART] [ID]"),
		Short: app.T("show the plan, or one part of it with its keys"),
		Example: `  tiendo plan show
  tiendo plan show treo-bang-ron
  tiendo plan show goal nang-cao-nhan-thuc`,
		RunE: func(command *cobra.Command, args []string) error {
			return runPlanShow(command.Context(), app, args)
		},
		ValidArgsFunction: app.offer(planWords),
	}
	parent.AddCommand(command)
	command.Flags().BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
}

func runPlanShow(ctx context.Context, app *App, args []string) error {
	folder, err := app.loadFor(ctx, "")
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return app.Plan(folder.Campaign, app.asJSON)
	}
	subject, err := partNamed(args)
	if err != nil {
		return err
	}
	part, err := knownPart(folder, subject)
	if err != nil {
		return err
	}
	return app.Part(subject, part, app.asJSON)
}

// partNamed is the part of the plan that arguments name: a table, an activity by its id alone, or a kind and an id.
func partNamed(args []string) (model.Subject, error) {
	switch {
	case len(args) == 1 && slices.Contains(model.PlanTables(), args[0]):
		return model.PartOfPlan(args[0], ""), nil
	case len(args) == 1 && slices.Contains(model.PlanKinds(), args[0]):
		return model.Subject{}, wrongUsage(phrase.Say("missing: %s", "ID"), phrase.Say("name which one"))
	case len(args) == 1:
		return model.PartOfPlan("activity", args[0]), nil
	case slices.Contains(model.PlanKinds(), args[0]):
		return model.PartOfPlan(args[0], args[1]), nil
	}
	known := slices.Concat(model.PlanKinds(), model.PlanTables())
	return model.Subject{}, wrongUsage(phrase.Say("there is no kind %q", args[0]),
		phrase.Say("want one of %s", strings.Join(known, ", ")))
}

// knownPart is what the plan says of a part that must be there.
func knownPart(folder *workspace.Workspace, subject model.Subject) (model.Part, error) {
	if folder.Opened == nil {
		return nil, folder.Campaign.CheckPresent()
	}
	part, err := store.PartOf(folder.Opened, subject)
	if err != nil || part != nil {
		return part, err
	}
	kind, id, _ := strings.Cut(subject.ID, "/")
	if kind == "activity" {
		_, err := folder.Campaign.Activity(id)
		return nil, err
	}
	return nil, phrase.Refuse(phrase.Say("the plan has no %s", strings.ReplaceAll(subject.ID, "/", " ")),
		phrase.Say("`tiendo plan show` lists all of it"))
}

// planFlags are the flags for the keys of all parts of the plan; which of them a part has is known to who reads it.
func planFlags(app *App, command *cobra.Command) (fill func(kind string, part model.Part) error) {
	keys := []string{"title", "text", "sic", "section", "goals", "lead", "assigned", "support", "from", "when", "until",
		"before", "product", "kind", "name", "measure", "sum", "part_of", "target", "targets", "total", "theme", "period",
		"starts", "ends", "language", "timezone", "to", "every", "day", "closes", "returned", "upward", "holidays", "weekend"}
	typed := make(map[string]*string, len(keys))
	flags := command.Flags()
	for _, key := range keys {
		typed[key] = new(string)
		textFlag(flags, typed[key], flagOf(key), app.T("VALUE"), app.T("the key %s in plan.toml", key))
	}
	textFlag(flags, &app.source, "source", app.T("TEXT"), app.T("the document that changes words of the official one"))
	answersWithReason(app, command)
	return func(kind string, part model.Part) error {
		for _, key := range keys {
			if !flags.Changed(flagOf(key)) {
				continue
			}
			value := strings.TrimSpace(*typed[key])
			if value == "" {
				delete(part, key)
				continue
			}
			said, err := decode.PlanValue(kind, key, value)
			if err != nil {
				return wrongUsage(phrase.Say("--%s: %s", flagOf(key), phrase.Of(err)), phrase.HintOf(err))
			}
			if key == "until" || key == "before" {
				delete(part, "until")
				delete(part, "before")
			}
			part[key] = said
		}
		return nil
	}
}

func newCmdPlanSet(app *App, parent *cobra.Command) {
	var fill func(string, model.Part) error
	command := &cobra.Command{
		Use:   "set " + app.T("PART [ID]"),
		Short: app.T("change what the plan says (coordinator)"),
		Example: `  tiendo plan set treo-bang-ron --until 12/12/2019 --reason "Công văn 99/SCT-VP"
  tiendo plan set goal nang-cao-nhan-thuc --sic "nguyên văn"
  tiendo plan set reporting --before 20/12/2019`,
		RunE: func(command *cobra.Command, args []string) error {
			return changePlan(command.Context(), app, args, func(folder *workspace.Workspace, subject model.Subject) (
				model.Part, model.Part, error) {
				seen, err := knownPart(folder, subject)
				return seen, maps.Clone(seen), err
			}, fill)
		},
		ValidArgsFunction: app.offer(planWords),
	}
	fill = planFlags(app, command)
	parent.AddCommand(command)
}

func newCmdPlanAdd(app *App, parent *cobra.Command) {
	var fill func(string, model.Part) error
	command := &cobra.Command{
		Use:   "add " + app.T("KIND") + " ID",
		Short: app.T("add something to the plan, after what is there of its kind (coordinator)"),
		Example: `  tiendo plan add activity tap-huan --title "Tập huấn" --text "…" --section activity --assigned phong-don-vi
  tiendo plan add indicator tap-huan/luot --name "Số lượt" --measure lượt --sum sum`,
		RunE: func(command *cobra.Command, args []string) error {
			return changePlan(command.Context(), app, args, func(folder *workspace.Workspace, subject model.Subject) (
				model.Part, model.Part, error) {
				there, err := store.PartOf(folder.Opened, subject)
				id := subject.ID[strings.LastIndex(subject.ID, "/")+1:]
				switch {
				case err != nil:
					return nil, nil, err
				case there != nil:
					return nil, nil, phrase.Refuse(phrase.Say("the plan has %s already", subject.ID),
						phrase.Say("`tiendo plan set` changes it; another one gets another id"))
				case !model.IsID(id):
					return nil, nil, phrase.Refuse(phrase.Say("invalid id %q", id),
						phrase.Say("an id has 1 to 64 of the characters a-z, 0-9 and -, and does not begin with -"))
				}
				said, err := decode.PlanValue("", "id", id)
				return nil, model.Part{"id": said}, err
			}, fill)
		},
		ValidArgsFunction: completeWords(model.PlanKinds()...),
	}
	fill = planFlags(app, command)
	parent.AddCommand(command)
}

// changePlan makes one change of the plan. part gives what stands there, and what it is to be without what was typed.
func changePlan(ctx context.Context, app *App, args []string,
	part func(*workspace.Workspace, model.Subject) (seen, now model.Part, err error),
	fill func(string, model.Part) error) error {
	subject, err := partNamed(args)
	if err != nil {
		return err
	}
	folder, err := app.loadFor(ctx, "")
	if err != nil {
		return err
	}
	if err := folder.Campaign.CheckPresent(); err != nil {
		return err
	}
	if err := app.knownToGit(ctx, folder); err != nil {
		return err
	}
	person, err := app.person(folder)
	if err != nil {
		return err
	}
	seen, now, err := part(folder, subject)
	if err != nil {
		return err
	}
	kind, _, _ := strings.Cut(subject.ID, "/")
	if err := fill(kind, now); err != nil {
		return err
	}
	return app.apply(ctx, folder, model.Change{Person: person, Subject: subject, Seen: seen, New: now,
		Reason: app.reason, Source: app.source})
}

// planWords are the ids of activities and the names of tables and kinds, then the ids of the kind.
func planWords(campaign *model.Campaign, args []string) []string {
	plan := &campaign.Plan
	if len(args) == 0 {
		return slices.Concat(activities(campaign), model.PlanTables(), model.PlanKinds())
	}
	switch args[0] {
	case "activity":
		return activities(campaign)
	case "goal":
		return wordsOf(plan.Goals, func(goal *model.Goal) (string, string) { return goal.ID, goal.Text })
	case "message":
		return wordsOf(plan.Messages, func(message *model.Message) (string, string) { return message.ID, message.Text })
	case "channel":
		return channels(campaign, nil)
	}
	return nil
}

func activities(campaign *model.Campaign) []string {
	return wordsOf(campaign.Plan.Activities, func(activity *model.Activity) (string, string) {
		return activity.ID, activity.Title
	})
}
