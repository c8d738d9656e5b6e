package cli

import (
	"context"
	"path/filepath"

	"example.org/tiendo/model/history"
	"example.org/tiendo/model/workspace"
)

// registerDrivers tells git how it merges and shows the data files of a new folder.
// Without it git treats them as text, so that a failure is only told, and only
// where the folder is made to stay.
func (p *program) registerDrivers(ctx context.Context, dir string, stays bool) {
	err := func() error {
		program, err := workspace.ProgramFile()
		if err != nil {
			return err
		}
		repository, err := history.Open(ctx, dir)
		if err != nil {
			return err
		}
		return repository.Register(ctx, history.Drivers{Program: program, Data: filepath.Join(dir, workspace.DataFolder)})
	}()
	if err != nil && stays {
		p.report(err)
	}
}
