package activities

import (
	"slices"

	"example.org/tiendo/model"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/frame"
)

// begins reports whether the plan is one that somebody has still to begin: without activities, or without units.
func begins(f *frame.Frame) bool {
	campaign := f.Board.Campaign
	return len(campaign.Plan.Activities) == 0 || len(campaign.Roster.Units) == 0
}

// firstSteps says which keys begin a plan, and what of it is done; whoever may not do it is told who does.
func firstSteps(f *frame.Frame) []string {
	w, campaign := f.Words, f.Board.Campaign
	if err := campaign.MayChangePlan(f.Person); err != nil {
		return []string{w.T("This plan has no activities yet."), f.Explain(err)}
	}
	plan, roster, keys := &campaign.Plan, &campaign.Roster, f.Keys
	lines := []string{w.T("This plan is still empty. Begin with these, in any order:"), ""}
	for _, step := range []struct {
		done  bool
		words string
	}{
		{plan.ID != "" && plan.Document.Title != "",
			w.T("%s: what the plan is called, its id and its days", keys.Amend.Help().Key)},
		{slices.ContainsFunc(roster.Units, func(unit model.Unit) bool { return unit.Coordinator }),
			w.T("%s, then %s: groups, units and people; one unit is the coordinator", keys.Tabs[rosterTab].Help().Key,
				keys.Add.Help().Key)},
		{len(plan.Activities) > 0, w.T("%s: the activities, once there are units to do them", keys.Add.Help().Key)},
	} {
		sign := f.Signs.Todo
		if step.done {
			sign = f.Signs.Done
		}
		lines = append(lines, sign+" "+step.words)
	}
	return append(lines, "", w.T("Every step is saved by itself; %s takes the last one back.", keys.Undo.Help().Key))
}

// rosterTab is the place of the tab of units and people among the others.
const rosterTab = 5

// beginning draws the tab of a plan that is still empty.
func beginning(f *frame.Frame, width, height int) string {
	return new(browse.Browser).View(f, browse.Content{Empty: firstSteps(f)}, width, height)
}
