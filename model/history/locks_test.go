package history

import (
	"os/exec"
	"testing"

	"example.org/tiendo/model/machine"
)

// A git that was killed before its number could be noted is gone all the same, so that its locks heal.
func TestNotedTooLate(t *testing.T) {
	t.Parallel()
	command := exec.CommandContext(t.Context(), "git", "version")
	if err := command.Run(); err != nil {
		t.Skip("git is missing: apt install git")
	}
	s := &started{}
	if s.Host, s.Run = machine.Host(); s.Run == "" {
		t.Skip("it is not known which run of the machine this is")
	}
	s.by(command.Process.Pid)
	if !s.gone() {
		t.Errorf("%+v is taken for a process that works", s)
	}
}
