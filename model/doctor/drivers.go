package doctor

import (
	"context"
	"strings"

	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
)

// drivers looks whether git is told how to merge and to show the data files.
func (p *Target) drivers(ctx context.Context) []Finding {
	const name = "drivers"
	if p.Repository == nil {
		return nil
	}
	if p.NoProgram != nil {
		return []Finding{note(name, phrase.Say("%s", p.NoProgram), phrase.HintOf(p.NoProgram))}
	}
	drivers := history.Drivers{Program: p.Program, Data: p.Dir}
	told, used, err := p.Repository.Registered(ctx, drivers)
	switch {
	case err != nil:
		return fails(name, err)
	case told && used:
		return well(name, phrase.Say("git merges and shows the data files with tiendo"))
	}
	return []Finding{{
		Check: name, State: Wrong, What: phrase.Say(
			"git is not told that tiendo merges and shows the data files: it takes them for plain text"),
		Do:   phrase.Say("`tiendo doctor --fix` tells it, for this clone"),
		mend: func(ctx context.Context) error { return p.Repository.Register(ctx, drivers) },
		done: phrase.Say("told git of %s", p.Program),
	}}
}

// The trial: two people tick two activities which stand one below the other. As plain
// text that is a conflict.
const (
	trialPlan = `schema = 1

[plan]
id       = "thu"
language = "en"
timezone = "UTC"
starts   = 2019-11-15
ends     = 2019-12-15

[document]
title = "Trial"

[reporting]
to = "van-phong"

[[activity]]
id       = "a"
section  = "activity"
title    = "First of the trial"
text     = "First"
assigned = ["phong"]

[[activity]]
id       = "b"
section  = "activity"
title    = "Second of the trial"
text     = "Second"
assigned = ["phong"]
`
	trialRoster = `schema = 1

[[group]]
id   = "phong"
name = "Phòng"

[[unit]]
id          = "van-phong"
name        = "Văn phòng"
group       = "phong"
coordinator = true
`
	trialBase = "[report]\n"
	trialA    = "\n[activity.a]\nstatus = \"doing\"\nby     = \"lan\"\n"
	trialB    = "\n[activity.b]\nstatus = \"doing\"\nby     = \"hoa\"\n"
)

// trial lets the registered program merge and show something.
func (p *Target) trial(ctx context.Context) []Finding {
	const name = "trial"
	if p.Repository == nil || p.NoProgram != nil {
		return nil
	}
	if told, used, err := p.Repository.Registered(ctx, history.Drivers{Program: p.Program, Data: p.Dir}); err != nil ||
		!told || !used {
		return nil // that is what has to be mended first
	}
	result, err := p.Repository.Try(ctx, p.Dir, history.Trial{
		Files:  map[string]string{"plan.toml": trialPlan, "units.toml": trialRoster},
		Record: "progress/van-phong.toml",
		Base:   trialBase, Ours: trialBase + trialA, Theirs: trialBase + trialB,
	})
	if err != nil {
		return fails(name, err)
	}
	var found []Finding
	oldProgram := phrase.Say("the program that git runs may be an old one: put the new tiendo into its place, then run " +
		"`tiendo doctor --fix`")
	one := strings.Count(result.Merged, strings.TrimSpace(trialA)) == 1 &&
		strings.Count(result.Merged, strings.TrimSpace(trialB)) == 1
	if result.Conflict || !one || strings.Count(result.Merged, "\n[") != 2 {
		found = append(found, wrong(name, phrase.Say("a trial merge of two ticks went wrong: %s", orNothing(result.Said)),
			oldProgram))
	}
	if !strings.Contains(result.Shown, "First of the trial") {
		found = append(found, wrong(name, phrase.Say("git diff does not show a trial tick in the plan's words"),
			oldProgram))
	}
	return orWell(found, name, phrase.Say("a trial merge of two ticks, and its git diff, came out right"))
}

func orNothing(said string) phrase.Sentence {
	if said == "" {
		return phrase.Say("nothing was said")
	}
	return phrase.Say("%s", said)
}
