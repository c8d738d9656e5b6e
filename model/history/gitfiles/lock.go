package gitfiles

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// IndexLock is git's lock of the index, in our hands.
type IndexLock struct {
	index string
	file  *os.File // nil when it is over
}

// LockIndex takes the lock of the index as git does. The error is fs.ErrExist when another program has it.
func LockIndex(gitDir string) (*IndexLock, error) {
	index := filepath.Join(gitDir, "index")
	//nolint:gosec // as git: the umask takes away from that
	file, err := os.OpenFile(index+".lock", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	if before, err := os.Stat(index); err == nil {
		_ = file.Chmod(before.Mode()) // others may be meant to read it
	}
	return &IndexLock{index, file}, nil
}

// CopyIndex copies the index; where there is none yet there is none afterwards.
func CopyIndex(gitDir, to string) error {
	content, err := os.ReadFile(filepath.Join(gitDir, "index"))
	if errors.Is(err, fs.ErrNotExist) {
		return os.Remove(to)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o600)
}

// Take writes the new index into the lock.
func (l *IndexLock) Take(from string) error {
	content, err := os.ReadFile(from)
	if err == nil {
		_, err = l.file.Write(content)
	}
	return errors.Join(err, l.file.Sync())
}

// Put makes the lock the index.
func (l *IndexLock) Put() error {
	err := l.file.Close()
	if err == nil {
		err = os.Rename(l.file.Name(), l.index)
	}
	if err == nil {
		l.file = nil
	}
	return err
}

// GiveUp takes the lock away, unless it has become the index.
func (l *IndexLock) GiveUp() {
	if l.file != nil {
		_ = l.file.Close()
		_ = os.Remove(l.file.Name())
	}
}
