package cli

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/doctor"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/machine"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
)

func newCmdDoctor(app *App) *cobra.Command {
	fix := false
	command := &cobra.Command{
		Use:   "doctor",
		Short: app.T("say what is wrong with this machine, repository or data"),
		Example: `  tiendo doctor
  tiendo doctor --fix
  tiendo doctor --json`,
		RunE: func(command *cobra.Command, _ []string) error { return runDoctor(command.Context(), app, fix) },
	}
	flags := command.Flags()
	flags.BoolVar(&fix, "fix", false, app.T("fix what can be fixed safely"))
	flags.BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
	return command
}

func runDoctor(ctx context.Context, app *App, fix bool) error {
	target, err := target(ctx, app)
	if err != nil {
		return err
	}
	var findings []doctor.Finding
	if fix {
		findings = target.Fix(ctx)
	} else {
		findings = target.Examine(ctx)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	wrong := doctor.Count(findings, doctor.Wrong)
	if app.asJSON {
		err = app.JSON(findingsJSON(app, findings))
	} else {
		printFindings(app, findings)
	}
	if err == nil && wrong > 0 {
		return errProblems
	}
	return err
}

// target is the data folder with everything around it.
func target(ctx context.Context, app *App) (*doctor.Target, error) {
	dir, shown, err := app.locate()
	if err != nil {
		return nil, err
	}
	target := &doctor.Target{
		Dir: dir, Env: app.system.Env, Now: app.system.Now,
		Access: doctor.Access, FileSystem: machine.FileSystem, Free: doctor.Free, Running: machine.Gits,
	}
	target.Program, target.NoProgram = workspace.ProgramFile()
	if config, err := os.UserConfigDir(); err == nil { // without a home there is no key
		target.HostKey = filepath.Join(config, workspace.ProgramName, "host_key")
	}
	target.Name, target.Email = history.User(ctx, dir)
	options := store.Options{Now: app.system.Now, Shown: shown}
	repository, err := history.Open(ctx, dir)
	if err == nil {
		target.Repository, options.Repository = repository, repository
	}
	target.Without = err
	if target.Store, err = store.Open(dir, options); err != nil {
		return nil, err
	}
	// what is wrong is found below
	if campaign, _ := target.Store.Load(ctx); campaign != nil && campaign.Plan.Language != "" {
		app.speak(campaign.Plan.Language)
	}
	return target, nil
}

func printFindings(app *App, findings []doctor.Finding) {
	for _, finding := range findings {
		app.Out.Line(stateName(app, finding.State) + " · " + app.Words.Say(finding.What))
		if !finding.Do.IsZero() {
			app.Out.Line("    → " + app.Words.Say(finding.Do))
		}
	}
	app.Out.Line("")
	wrong, notes := doctor.Count(findings, doctor.Wrong), doctor.Count(findings, doctor.Note)
	switch {
	case wrong == 0 && notes == 0:
		app.Out.Line(app.T("all is well"))
	case wrong == 0:
		app.Out.Line(app.T("nothing is wrong; worth knowing: %d", notes))
	default:
		app.Out.Line(app.T("wrong: %d; worth knowing: %d", wrong, notes))
	}
	if doctor.Mendable(findings) {
		app.Out.Line(app.T("`tiendo doctor --fix` fixes what is safe to fix"))
	}
}

func stateName(app *App, state doctor.State) string {
	switch state {
	case doctor.Well:
		return "✓ " + app.T("well")
	case doctor.Note:
		return "! " + app.T("worth knowing")
	case doctor.Mended:
		return "✓ " + app.T("fixed")
	default:
		return "× " + app.T("wrong")
	}
}

// doctorJSON is `doctor --json`.
type doctorJSON struct {
	Version  int             `json:"version"`
	Wrong    int             `json:"wrong"`
	Findings []conditionJSON `json:"findings"`
}

// conditionJSON is one thing that the doctor has looked at.
type conditionJSON struct {
	Check   string `json:"check"`
	State   string `json:"state"` // ok, note, wrong, mended
	Message string `json:"message"`
	Action  string `json:"action"` // what to do; "" for nothing
}

func findingsJSON(app *App, findings []doctor.Finding) doctorJSON {
	answer := doctorJSON{Version: show.JSONVersion, Wrong: doctor.Count(findings, doctor.Wrong),
		Findings: []conditionJSON{}}
	for _, finding := range findings {
		answer.Findings = append(answer.Findings,
			conditionJSON{finding.Check, string(finding.State), app.Words.Say(finding.What), app.Words.Say(finding.Do)})
	}
	return answer
}
