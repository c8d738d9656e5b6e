//go:build unix

package visit

import (
	"errors"
	"os"
	"syscall"
)

// giveTo makes the owner of another path the owner of a file, so that sshd, which
// reads the file as its owner, can do so when root has written it.
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

// syncFolder makes the names in a folder durable.
func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
