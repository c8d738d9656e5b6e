//go:build unix

package store

import (
	"errors"
	"os"
	"syscall"
)

// syncFolder makes a rename in a folder durable.
func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// sameDevice reports whether two folders lie on one file system, so that a rename between them is possible.
func sameDevice(a, b string) bool {
	var first, second syscall.Stat_t
	return syscall.Stat(a, &first) == nil && syscall.Stat(b, &second) == nil && first.Dev == second.Dev
}
