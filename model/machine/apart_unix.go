//go:build unix

package machine

import (
	"os"
	"os/exec"
	"slices"
	"syscall"
)

// Apart makes a command that is not started yet run in a process group of its own: what the keys of the terminal
// (Ctrl+C) or its end send to this program does not reach it.
func Apart(command *exec.Cmd) { command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// Own reports whether paths belong to whoever runs this program.
func Own(paths ...string) bool {
	return !slices.ContainsFunc(paths, func(path string) bool {
		var status syscall.Stat_t
		return syscall.Lstat(path, &status) != nil || int(status.Uid) != os.Geteuid()
	})
}
