package phrase

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"unicode"
)

// DescribeOSError puts a failure of the file system into words: what it was, where, and what a
// person can do about it. It is nil for any other error.
func DescribeOSError(err error) *Refusal {
	place := placeOf(err)
	if place == "" {
		return nil
	}
	again := Say("free some space, then try again")
	switch {
	case errors.Is(err, syscall.EROFS):
		return Refuse(Say("the file system is read-only: %s", place), Say("make it writable, or work in another folder"))
	case errors.Is(err, fs.ErrPermission):
		return Refuse(Say("permission denied: %s", place),
			Say("ask whoever owns it for the right, or work as that user; `tiendo doctor` looks at all of them"))
	case errors.Is(err, syscall.ENOSPC):
		return Refuse(Say("the disk is full: %s", place), again)
	case errors.Is(err, syscall.EDQUOT):
		return Refuse(Say("your share of the disk is full: %s", place), again)
	case errors.Is(err, syscall.ENOTDIR):
		return Refuse(Say("not a directory: %s", place), Say("name a folder"))
	case errors.Is(err, fs.ErrNotExist):
		return Refuse(Say("there is no %s", place), Say("check the name"))
	case errors.Is(err, fs.ErrExist):
		return Refuse(Say("%s is there already", place), Say("name something that does not exist yet"))
	}
	return nil
}

// placeOf is the path that a failure names. A file of our own, which people do not know, is its folder.
func placeOf(err error) string {
	place := ""
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		place = pathError.Path
	}
	folder := filepath.Dir(place)
	if strings.HasPrefix(filepath.Base(place), ".tiendo-") ||
		filepath.Base(folder) == "tiendo" && filepath.Base(filepath.Dir(folder)) == ".git" {
		place = folder
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, place)
}
