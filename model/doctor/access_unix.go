//go:build unix

package doctor

import "golang.org/x/sys/unix"

// Access asks the system whether the user may read or write a path.
func Access(path string, write bool) error {
	if write {
		return unix.Access(path, unix.W_OK)
	}
	return unix.Access(path, unix.R_OK)
}
