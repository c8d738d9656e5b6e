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

func (p *program) newDoctor() *cobra.Command {
	fix, asJSON := false, false
	command := &cobra.Command{
		Use:   "doctor",
		Short: p.Words.T("say what is wrong with this machine, repository or data"),
		Example: `  tiendo doctor
  tiendo doctor --fix
  tiendo doctor --json`,
		RunE: func(command *cobra.Command, _ []string) error { return p.runDoctor(command.Context(), fix, asJSON) },
	}
	command.Flags().BoolVar(&fix, "fix", false, p.Words.T("mend what can be mended safely"))
	command.Flags().BoolVar(&asJSON, "json", false, p.Words.T("as JSON"))
	return command
}

func (p *program) runDoctor(ctx context.Context, fix, asJSON bool) error {
	patient, err := p.patient(ctx)
	if err != nil {
		return err
	}
	var findings []doctor.Finding
	if fix {
		findings = patient.Mend(ctx)
	} else {
		findings = patient.Examine(ctx)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	wrong := doctor.Count(findings, doctor.Wrong)
	if asJSON {
		err = p.JSON(p.doctorJSON(findings))
	} else {
		p.printFindings(findings)
	}
	if err == nil && wrong > 0 {
		return errProblems
	}
	return err
}

// patient is the data folder with everything around it.
func (p *program) patient(ctx context.Context) (*doctor.Patient, error) {
	dir, shown, err := p.locate()
	if err != nil {
		return nil, err
	}
	patient := &doctor.Patient{
		Dir: dir, Env: p.system.Env, Now: p.system.Now,
		Access: doctor.Access, FileSystem: machine.FileSystem, Free: doctor.Free, Running: machine.Gits,
	}
	patient.Program, patient.NoProgram = workspace.ProgramFile()
	if config, err := os.UserConfigDir(); err == nil { // without a home there is no key
		patient.HostKey = filepath.Join(config, workspace.ProgramName, "host_key")
	}
	patient.Name, patient.Email = history.User(ctx, dir)
	options := store.Options{Now: p.system.Now, Shown: shown}
	repository, err := history.Open(ctx, dir)
	if err == nil {
		patient.Repository, options.Repository = repository, repository
	}
	patient.Without = err
	if patient.Store, err = store.Open(dir, options); err != nil {
		return nil, err
	}
	if campaign, _ := patient.Store.Load(ctx); campaign != nil && campaign.Plan.Language != "" { // what is wrong is found below
		p.speak(campaign.Plan.Language)
	}
	return patient, nil
}

func (p *program) printFindings(findings []doctor.Finding) {
	for _, finding := range findings {
		p.Out.Line(p.stateName(finding.State) + " · " + p.Words.Say(finding.What))
		if !finding.Do.IsZero() {
			p.Out.Line("    → " + p.Words.Say(finding.Do))
		}
	}
	p.Out.Line("")
	wrong, notes := doctor.Count(findings, doctor.Wrong), doctor.Count(findings, doctor.Note)
	switch {
	case wrong == 0 && notes == 0:
		p.Out.Line(p.Words.T("all is well"))
	case wrong == 0:
		p.Out.Line(p.Words.T("nothing is wrong; worth knowing: %d", notes))
	default:
		p.Out.Line(p.Words.T("wrong: %d; worth knowing: %d", wrong, notes))
	}
	if doctor.Mendable(findings) {
		p.Out.Line(p.Words.T("`tiendo doctor --fix` mends what is safe to mend"))
	}
}

func (p *program) stateName(state doctor.State) string {
	switch state {
	case doctor.Well:
		return "✓ " + p.Words.T("well")
	case doctor.Note:
		return "! " + p.Words.T("worth knowing")
	case doctor.Mended:
		return "✓ " + p.Words.T("mended")
	default:
		return "× " + p.Words.T("wrong")
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

func (p *program) doctorJSON(findings []doctor.Finding) doctorJSON {
	answer := doctorJSON{Version: show.JSONVersion, Wrong: doctor.Count(findings, doctor.Wrong), Findings: []conditionJSON{}}
	for _, finding := range findings {
		answer.Findings = append(answer.Findings, conditionJSON{finding.Check, string(finding.State), p.Words.Say(finding.What), p.Words.Say(finding.Do)})
	}
	return answer
}
