// Package machine is what the operating system shows of this machine: its processes, when it was started, and what
// a folder lies on. Where a system does not show something, the answer says that it is not known.
package machine

import (
	"os"
	"path/filepath"
	"strings"
)

// Process is a running program.
type Process struct {
	ID   int
	Name string
}

// Host names this machine, and its present run from one start of the system to the next; "" where that is not known.
func Host() (name, run string) {
	name, _ = os.Hostname() // a machine without a name is like no other
	return name, bootID()
}

// within reports whether a path lies in one of some folders.
func within(path string, folders []string) bool {
	for _, folder := range folders {
		if resolved, err := filepath.EvalSymlinks(folder); err == nil {
			folder = resolved
		}
		if path == folder || strings.HasPrefix(path, folder+string(filepath.Separator)) {
			return true
		}
	}
	return false
}
