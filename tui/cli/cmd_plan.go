package cli

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/part"
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
		newCmdPlanDrop(app, plan)
		newCmdPlanMove(app, plan)
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
	if folder.Opened == nil {
		return folder.Campaign.CheckPresent()
	}
	src, err := store.PlanSource(folder.Opened)
	if err != nil {
		return err
	}
	said := part.Of(src, subject)
	if said == nil {
		return unknownPart(app, folder.Campaign, subject)
	}
	return app.Part(subject, said, app.asJSON)
}

// partNamed is the part of the plan that arguments name: a table, an activity by its id alone, or a kind and an id.
func partNamed(args []string) (model.Subject, error) {
	switch {
	case len(args) == 1 && slices.Contains(part.Tables(), args[0]):
		return part.Subject(args[0], ""), nil
	case len(args) == 1 && slices.Contains(part.Kinds(), args[0]):
		return model.Subject{}, wrongUsage(phrase.Say("missing: %s", "ID"), phrase.Say("name which one"))
	case len(args) == 1:
		return part.Subject("activity", args[0]), nil
	case slices.Contains(part.Kinds(), args[0]):
		return part.Subject(args[0], args[1]), nil
	}
	known := slices.Concat(part.Kinds(), part.Tables())
	return model.Subject{}, wrongUsage(phrase.Say("there is no kind %q", args[0]),
		phrase.Say("want one of %s", strings.Join(known, ", ")))
}

// unknownPart refuses a part that the plan does not have.
func unknownPart(app *App, campaign *model.Campaign, subject model.Subject) error {
	kind, id := part.Split(subject)
	if kind == "activity" {
		_, err := campaign.Activity(id)
		return err
	}
	return phrase.Refuse(phrase.Say("the plan has no %s", app.Words.Part(subject)),
		phrase.Say("`tiendo plan show` lists all of it"))
}

// planFlags are the flags for the keys of all parts of the plan, and what was typed for them.
func planFlags(app *App, command *cobra.Command) (typed func(kind string) (map[string]string, error)) {
	flags, values := command.Flags(), map[string]*[]string{}
	for _, key := range part.Keys() {
		values[key] = new([]string)
		listFlag(flags, values[key], flagOf(key), app.T("VALUE"), app.T("the key %s in plan.toml", key))
		app.complete(command, flagOf(key), offerPlanValues(app, key))
	}
	textFlag(flags, &app.source, "source", app.T("TEXT"), app.T("the document that changes words of the official one"))
	answersWithReason(app, command)
	return func(kind string) (map[string]string, error) {
		given := map[string]string{}
		for key, value := range values {
			if !flags.Changed(flagOf(key)) {
				continue
			}
			field, known := part.FieldOf(kind, key)
			list := field.Form == part.List || field.Form == part.OneOrMore || field.Form == part.Days ||
				field.Form == part.Targets
			if known && !list && len(*value) > 1 {
				return nil, wrongUsage(phrase.Say("--%s is given twice", flagOf(key)), phrase.Say("name one value"))
			}
			given[key] = strings.Join(*value, ",")
		}
		return given, nil
	}
}

// setPart is a part with what was typed for some of its keys.
func setPart(kind string, now model.Part, typed map[string]string) (model.Part, error) {
	set, err := part.Set(kind, now, typed)
	if wrong, is := errors.AsType[*field.Wrong](err); is {
		return nil, wrongUsage(phrase.Say("--%s: %s", flagOf(wrong.Key), phrase.Of(wrong.Err)), phrase.HintOf(wrong.Err))
	}
	return set, err
}

func newCmdPlanSet(app *App, parent *cobra.Command) {
	var typed func(string) (map[string]string, error)
	command := &cobra.Command{
		Use:   "set " + app.T("PART [ID]"),
		Short: app.T("change what the plan says (coordinator)"),
		Example: `  tiendo plan set treo-bang-ron --until 12/12/2019 --reason "Công văn 99/SCT-VP"
  tiendo plan set goal nang-cao-nhan-thuc --sic "nguyên văn"
  tiendo plan set reporting --before 20/12/2019`,
		RunE: func(command *cobra.Command, args []string) error {
			return changePlan(command.Context(), app, args, func(c *model.Campaign, src []byte, subject model.Subject) (
				seen, now model.Part, err error) {
				kind, id := part.Split(subject)
				if seen = part.Of(src, subject); seen == nil && id != "" {
					return nil, nil, unknownPart(app, c, subject)
				}
				given, err := typed(kind)
				if err == nil && len(given) == 0 {
					err = wrongUsage(phrase.Say("nothing to change is given"),
						phrase.Say("want one or more of %s", "--"+strings.Join(flagsOf(kind), ", --")))
				}
				if err == nil {
					now, err = setPart(kind, seen, given)
				}
				return seen, now, err
			})
		},
		ValidArgsFunction: app.offer(planWords),
	}
	typed = planFlags(app, command)
	parent.AddCommand(command)
}

// flagsOf are the flags for the keys of a kind of part.
func flagsOf(kind string) []string {
	var flags []string
	for _, f := range part.Fields(kind) {
		flags = append(flags, flagOf(f.Key))
	}
	return flags
}

func newCmdPlanAdd(app *App, parent *cobra.Command) {
	var typed func(string) (map[string]string, error)
	var after string
	command := &cobra.Command{
		Use:   "add " + app.T("KIND") + " ID",
		Short: app.T("add something to the plan, after what is there of its kind (coordinator)"),
		Example: `  tiendo plan add activity tap-huan --title "Tập huấn" --text "…" --section activity --assigned phong-don-vi
  tiendo plan add indicator tap-huan/luot --name "Số lượt" --measure lượt --sum add`,
		RunE: func(command *cobra.Command, args []string) error {
			return changePlan(command.Context(), app, args, func(c *model.Campaign, src []byte, subject model.Subject) (
				seen, now model.Part, err error) {
				kind, id := part.Split(subject)
				if part.Of(src, subject) != nil {
					return nil, nil, phrase.Refuse(phrase.Say("the plan has it already: %s", app.Words.Part(subject)),
						phrase.Say("`tiendo plan set` changes it; another one gets another id"))
				}
				if now, err = part.New(kind, id); err != nil {
					return nil, nil, err
				}
				given, err := typed(kind)
				if err == nil {
					now, err = setPart(kind, now, given)
				}
				if err == nil && after != "" {
					err = putAfter(app, c, src, subject, after, now)
				}
				return nil, now, err
			})
		},
		ValidArgsFunction: completeNewPart(app),
	}
	afterFlag(app, command, &after)
	typed = planFlags(app, command)
	parent.AddCommand(command)
}

// afterFlag names the part of the same kind after which another one is to stand.
func afterFlag(app *App, command *cobra.Command, after *string) {
	textFlag(command.Flags(), after, "after", "ID", app.T("the one after which it is to stand"))
	app.complete(command, "after", app.offer(func(campaign *model.Campaign, args []string) []string {
		subject, err := partNamed(args)
		if err != nil {
			return nil
		}
		kind, id := part.Split(subject)
		return idsBeside(partsOfKind(campaign, kind), kind, id)
	}))
}

// idsBeside are words for parts of a kind as --after takes them: of indicators those of the same activity.
func idsBeside(words []string, kind, id string) []string {
	if kind != "indicator" {
		return words
	}
	activity, _, _ := strings.Cut(id, "/")
	var own []string
	for _, word := range words {
		if word, is := strings.CutPrefix(word, activity+"/"); is {
			own = append(own, word)
		}
	}
	return own
}

// putAfter gives a part its place after another one of its kind; "" is before all of them.
func putAfter(app *App, c *model.Campaign, src []byte, subject model.Subject, after string, now model.Part) error {
	if other := part.Beside(subject, after); after != "" && part.Of(src, other) == nil {
		return unknownPart(app, c, other)
	}
	place := now[model.Place]
	place.Value = after
	now[model.Place] = place
	return nil
}

func newCmdPlanMove(app *App, parent *cobra.Command) {
	var after string
	var first bool
	command := &cobra.Command{
		Use:   "move " + app.T("KIND") + " ID",
		Short: app.T("move something to another place among the others of its kind (coordinator)"),
		Example: `  tiendo plan move activity tap-huan --after treo-bang-ron
  tiendo plan move goal nang-cao-nhan-thuc --first`,
		RunE: func(command *cobra.Command, args []string) error {
			if first == (after != "") {
				return wrongUsage(phrase.Say("the place is missing"), phrase.Say("want --after ID or --first"))
			}
			return changePlan(command.Context(), app, args, func(c *model.Campaign, src []byte, subject model.Subject) (
				seen, now model.Part, err error) {
				if seen = part.Whole(src, subject); seen == nil {
					return nil, nil, unknownPart(app, c, subject)
				}
				now = maps.Clone(seen)
				return seen, now, putAfter(app, c, src, subject, after, now)
			})
		},
		ValidArgsFunction: app.offer(planWords),
	}
	afterFlag(app, command, &after)
	command.Flags().BoolVar(&first, "first", false, app.T("before all others"))
	answersWithReason(app, command)
	parent.AddCommand(command)
}

func newCmdPlanDrop(app *App, parent *cobra.Command) {
	var asNA bool
	command := &cobra.Command{
		Use:   "drop " + app.T("KIND") + " ID",
		Short: app.T("take something out of the plan that nothing refers to (coordinator)"),
		Example: `  tiendo plan drop channel to-roi
  tiendo plan drop activity tap-huan --as-na --reason "Công văn 99/SCT-VP: không tổ chức"`,
		RunE: func(command *cobra.Command, args []string) error {
			return runPlanDrop(command.Context(), app, args, asNA)
		},
		ValidArgsFunction: app.offer(planWords),
	}
	command.Flags().BoolVar(&asNA, "as-na", false,
		app.T("an activity with records stays, and becomes n/a with the reason for each unit"))
	answersWithReason(app, command)
	parent.AddCommand(command)
}

func runPlanDrop(ctx context.Context, app *App, args []string, asNA bool) error {
	subject, err := partNamed(args)
	if err != nil {
		return err
	}
	kind, id := part.Split(subject)
	if kind == "activity" {
		folder, person, err := toChangePlan(ctx, app, true)
		if err != nil {
			return err
		}
		activity, err := folder.Campaign.Activity(id)
		if err != nil {
			return err
		}
		if recorded := part.Recorded(folder.Campaign, activity); len(recorded) > 0 {
			if !asNA {
				app.Out.Line(app.T("units have recorded something for “%s”: %s", activity.Title, phrase.List(recorded)))
				if err := confirmOr(app, app.T("Leave it in the plan, and set it to n/a for each unit?"),
					phrase.Say("--as-na does it without asking")); err != nil {
					return err
				}
			}
			changes, err := part.AsNA(folder.Campaign, activity, person, app.reason)
			if err != nil {
				return err
			}
			return applyAll(ctx, app, folder, changes)
		}
	}
	return changePlan(ctx, app, args, func(c *model.Campaign, src []byte, subject model.Subject) (
		seen, now model.Part, err error) {
		if seen = part.Whole(src, subject); seen == nil {
			return nil, nil, unknownPart(app, c, subject)
		}
		return seen, nil, part.Unused(&c.Plan, subject)
	})
}

// toChangePlan opens the plan for somebody who is about to change it, with the records if they matter.
func toChangePlan(ctx context.Context, app *App, records bool) (*workspace.Workspace, model.Person, error) {
	return toChange(ctx, app, records, (*model.Campaign).MayChangePlan)
}

// toChange opens the plan for somebody whom a rule lets change something.
func toChange(ctx context.Context, app *App, records bool,
	may func(*model.Campaign, model.Person) error) (*workspace.Workspace, model.Person, error) {
	load := func(ctx context.Context) (*workspace.Workspace, error) { return app.loadFor(ctx, "") }
	if records {
		load = app.load
	}
	folder, err := load(ctx)
	if err == nil {
		err = folder.Campaign.CheckPresent()
	}
	if err != nil {
		return nil, model.Person{}, err
	}
	person, err := app.knownToGit(ctx, folder)
	if err == nil {
		err = may(folder.Campaign, person)
	}
	return folder, person, err
}

// changePlan makes one change of the plan. change gives what stands there, and what is to stand there.
func changePlan(ctx context.Context, app *App, args []string,
	change func(*model.Campaign, []byte, model.Subject) (seen, now model.Part, err error)) error {
	subject, err := partNamed(args)
	if err != nil {
		return err
	}
	folder, person, err := toChangePlan(ctx, app, false)
	if err != nil {
		return err
	}
	src, err := store.PlanSource(folder.Opened)
	if err != nil {
		return err
	}
	seen, now, err := change(folder.Campaign, src, subject)
	if err != nil {
		return err
	}
	return app.apply(ctx, folder, model.Change{Person: person, Subject: subject, Seen: seen, New: now,
		Reason: app.reason, Source: app.source})
}
