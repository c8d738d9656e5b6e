//go:build unix

package durable

import (
	"errors"
	"os"
	"syscall"
)

// SyncFolder makes the names in a folder durable.
func SyncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// SameDevice reports whether two folders lie on one file system, so that a rename between them is possible.
func SameDevice(a, b string) bool {
	var first, second syscall.Stat_t
	return syscall.Stat(a, &first) == nil && syscall.Stat(b, &second) == nil && first.Dev == second.Dev
}

// giveTo makes the owner of another path the owner of a file.
func giveTo(file *os.File, like string) error {
	wanted, err := os.Stat(like)
	if err != nil {
		return err
	}
	has, err := file.Stat()
	if err != nil {
		return err
	}
	to, known := wanted.Sys().(*syscall.Stat_t)
	from, knownToo := has.Sys().(*syscall.Stat_t)
	if !known || !knownToo || to.Uid == from.Uid {
		return nil
	}
	return file.Chown(int(to.Uid), int(to.Gid))
}
