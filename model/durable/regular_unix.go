//go:build unix

package durable

import (
	"io/fs"
	"os"
	"syscall"
)

// OpenRegular opens a file for reading without following a symbolic link and
// without waiting, should a link or a pipe have taken the file's place just now.
func OpenRegular(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
}

// OursAlone reports whether what was looked at belongs to whoever runs this program, and nobody else can write it.
func OursAlone(info fs.FileInfo, err error) bool {
	if err != nil || info.Mode().Perm()&0o022 != 0 || info.Mode()&fs.ModeSymlink != 0 {
		return false
	}
	status, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(status.Uid) == os.Geteuid()
}

// Inode is the file's number on its file system: a file that replaced another has a new one.
func Inode(info fs.FileInfo) uint64 {
	if status, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(status.Ino) //nolint:unconvert // its type differs between systems
	}
	return 0
}
