package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// stamp tells one state of a file from another without reading it. The zero
// stamp is a file that does not exist.
type stamp struct {
	mode     fs.FileMode
	size     int64
	modified int64 // nanoseconds since 1970
	inode    uint64
}

func stampOf(info fs.FileInfo) stamp {
	return stamp{mode: info.Mode(), size: info.Size(), modified: info.ModTime().UnixNano(), inode: durable.Inode(info)}
}

// stampAt is the stamp of whatever lies at a path now, a symbolic link itself
// included. What cannot be looked at counts as not there.
func stampAt(path string) stamp {
	info, err := os.Lstat(path)
	if err != nil {
		return stamp{}
	}
	return stampOf(info)
}

// settling is how long after a change a file may change again without its
// stamp: file systems keep times in steps, of two seconds on the coarsest.
const settling = 2 * time.Second

// settled reports whether a file read now shows every later change in its
// stamp. The times of files come from the machine, so the machine's clock is asked.
func (s stamp) settled() bool {
	return time.Since(time.Unix(0, s.modified)) > settling
}

// unreadable says why a file cannot be read. It is a Problem without a place inside the file.
type unreadable struct {
	problem phrase.Problem
	cause   error
}

func (u *unreadable) Error() string { return u.problem.Error() }

func (u *unreadable) Unwrap() error { return u.cause }

// readFile reads a regular file of at most edit.MaxSize bytes. It follows no
// symbolic link and waits for nothing: links, pipes, sockets, devices and
// folders are refused unopened. A file that does not exist is fs.ErrNotExist,
// everything else an *unreadable. The stamp belongs to the bytes or is older,
// so that a change during the reading is found the next time.
func (s *reader) readFile(path string) ([]byte, stamp, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, stamp{}, s.cannotRead(path, err)
	}
	before := stampOf(info)
	if problem, irregular := s.irregular(path, info.Mode()); irregular {
		return nil, before, &unreadable{problem: problem}
	}
	file, err := durable.OpenRegular(path)
	if err != nil {
		return nil, before, s.cannotRead(path, err)
	}
	defer func() { _ = file.Close() }() // nothing was written, so closing can lose nothing
	if info, err = file.Stat(); err != nil {
		return nil, before, s.cannotRead(path, err)
	}
	before = stampOf(info)
	if problem, irregular := s.irregular(path, info.Mode()); irregular {
		return nil, before, &unreadable{problem: problem}
	}
	src := make([]byte, 0, min(info.Size(), edit.MaxSize)+1) // with room to see the end, and no more: thousands are kept
	for err == nil && len(src) <= edit.MaxSize {
		n := 0
		n, err = file.Read(src[len(src):cap(src)])
		if src = src[:len(src)+n]; len(src) == cap(src) {
			src = slices.Grow(src, 1)
		}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, before, s.cannotRead(path, err)
	}
	if len(src) > edit.MaxSize {
		return nil, before, &unreadable{problem: s.fileProblem(path,
			phrase.Say("the file is larger than %d KiB", edit.MaxSize/1024),
			phrase.Say("a data file holds text only: put pictures and documents elsewhere and name them as evidence"))}
	}
	return src, before, nil
}

// fileProblem is a problem of a file as a whole.
func (s *reader) fileProblem(path string, what, hint phrase.Sentence) phrase.Problem {
	return phrase.Problem{File: s.shownFile(path), What: what, Hint: hint}
}

// shownFile is the path for messages: a file name is text from outside like any other.
func (s *reader) shownFile(path string) string { return text.Line(s.showPath(path)) }

func (s *reader) cannotRead(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", s.shownFile(path), fs.ErrNotExist)
	}
	return &unreadable{cause: err, problem: s.fileProblem(path,
		phrase.Say("the file cannot be read: %s", reason(err)),
		phrase.Say("give yourself the right to read it, or ask whoever owns it"))}
}

// reason is why a file or folder cannot be used, without its path.
func reason(err error) phrase.Sentence {
	if errors.Is(err, fs.ErrPermission) {
		return phrase.Say("permission denied")
	}
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathError.Err
	}
	return phrase.Say("%s", text.Line(err.Error()))
}

// irregular tells what lies at a path where a regular file should be.
func (s *reader) irregular(path string, mode fs.FileMode) (phrase.Problem, bool) {
	if mode.IsRegular() {
		return phrase.Problem{}, false
	}
	return s.fileProblem(path,
		phrase.Say("this is %s; want a regular file", kindOfFile(mode)),
		phrase.Say("put the file itself there: links and special files are never opened")), true
}

func kindOfFile(mode fs.FileMode) phrase.Sentence {
	switch {
	case mode.IsDir():
		return phrase.Say("a folder")
	case mode&fs.ModeSymlink != 0:
		return phrase.Say("a symbolic link")
	case mode&fs.ModeNamedPipe != 0:
		return phrase.Say("a named pipe")
	case mode&fs.ModeSocket != 0:
		return phrase.Say("a socket")
	default:
		return phrase.Say("a device")
	}
}
