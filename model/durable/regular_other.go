//go:build !unix

package durable

import (
	"io/fs"
	"os"
)

// OpenRegular opens a file for reading. Pipes have no place in a folder here,
// and the caller has looked that it is no link.
func OpenRegular(path string) (*os.File, error) { return os.Open(path) }

// OursAlone holds where a user's folders are closed to others by the system itself.
func OursAlone(_ fs.FileInfo, err error) bool { return err == nil }

// Inode is 0: a file has no number here that costs nothing to ask.
func Inode(fs.FileInfo) uint64 { return 0 }
