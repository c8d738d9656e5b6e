package workspace

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// ProgramFile is this program as git is told of it: as it is found by its name where
// that is the same file, since the name outlives an upgrade. The error says that it
// lies in a place that `go run` takes away again.
func ProgramFile() (string, error) {
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
	if found, err := exec.LookPath(ProgramName); err == nil && filepath.IsAbs(found) && sameFile(found, own) {
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

// ProgramName is what the program is called in messages.
const ProgramName = "tiendo"

// Replaying lets a repository make merges of its history anew with this program, to tell what they decided.
func Replaying(repository *history.Repository) {
	repository.UseDriver(func() string {
		driver, _ := MergeDriver() // else there is none
		return driver
	})
}

// MergeDriver is this program as git runs it to merge a file.
func MergeDriver() (string, error) {
	program, err := ownFile()
	if err != nil {
		return "", err
	}
	return strings.ReplaceAll(text.Quoted(program), "%", "%%") + " merge-file %O %A %B %P", nil
}
