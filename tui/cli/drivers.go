package cli

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
)

// programFile is this program as git is told of it: as it is found by its name where
// that is the same file, since the name outlives an upgrade. The error says that it
// lies in a place that `go run` takes away again.
func programFile() (string, error) {
	own, err := ownFile()
	if err != nil {
		return "", err
	}
	if strings.Contains(filepath.ToSlash(own), "/go-build") {
		return "", phrase.Refuse(phrase.Say("this program was built for one run only, so git cannot be told of it"),
			phrase.Say("build it with `go build -o tiendo .`, put it where it stays, and run `tiendo doctor --fix`"))
	}
	return own, nil
}

// ownFile is this program: by its name where that is the same file.
func ownFile() (string, error) {
	own, err := os.Executable()
	if err != nil {
		return "", err
	}
	if found, err := exec.LookPath(programName); err == nil && filepath.IsAbs(found) && sameFile(found, own) {
		return found, nil
	}
	return own, nil
}

func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// registerDrivers tells git how it merges and shows the data files of a new folder.
// Without it git treats them as text, so that a failure is only told, and only
// where the folder is made to stay.
func (p *program) registerDrivers(ctx context.Context, dir string, stays bool) {
	err := func() error {
		program, err := programFile()
		if err != nil {
			return err
		}
		repository, err := history.Open(ctx, dir)
		if err != nil {
			return err
		}
		return repository.Register(ctx, history.Drivers{Program: program, Data: filepath.Join(dir, dataFolder)})
	}()
	if err != nil && stays {
		p.report(err)
	}
}
