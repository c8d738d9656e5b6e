package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"example.org/tiendo/model"
)

// tempPattern names our temporary files, so that recovery knows its own.
const tempPattern = ".tiendo-*.tmp"

// replace puts new bytes in the place of a file, so that a reader, a kill or a
// power cut sees the old or the new bytes, never a mixture. prepare runs beside
// the writing of the new bytes; both are on the disk before anything changes.
func (s *Store) replace(path string, old []byte, existed bool, content []byte, prepare func() error) error {
	mode := fs.FileMode(0o644)
	if existed {
		info, err := os.Lstat(path)
		if err != nil {
			return err
		}
		mode = info.Mode().Perm()
	}
	prepared := make(chan error, 1)
	go func() { prepared <- prepare() }()
	temp, err := s.writeTemp(path, content, mode)
	if err == nil {
		s.at("temporary file")
	}
	if err = errors.Join(err, <-prepared); err == nil {
		s.at("noted")
		err = s.unchanged(path, old, existed)
	}
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		return errors.Join(err, dropTemp(temp))
	}
	s.at("renamed")
	if err := syncFolder(filepath.Dir(path)); err != nil {
		return &notDurable{err}
	}
	return nil
}

// notDurable says that the new bytes stand in the file, but that a power cut may still take them.
type notDurable struct{ err error }

func (e *notDurable) Error() string { return e.err.Error() }
func (e *notDurable) Unwrap() error { return e.err }

// unchanged looks once more before the rename: an editor takes no lock.
func (s *Store) unchanged(path string, old []byte, existed bool) error {
	now, _, err := s.readFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !existed:
		return nil
	case err != nil:
		return err
	case !existed || !bytes.Equal(now, old):
		return model.Refuse(model.Say("the file was changed by another program in this moment"), model.Say("try again"))
	}
	return nil
}

// writeTemp writes a durable temporary file on the file system of path: in the
// git directory where that is possible, so that git never shows it.
func (s *Store) writeTemp(path string, content []byte, mode fs.FileMode) (string, error) {
	dir := s.privateDir()
	if dir == s.dir || !sameDevice(dir, filepath.Dir(path)) {
		dir = filepath.Dir(path)
	}
	file, err := os.CreateTemp(dir, tempPattern)
	if err != nil {
		return "", err
	}
	_, err = file.Write(content)
	if err == nil {
		err = file.Chmod(mode)
	}
	if err == nil {
		err = file.Sync() // never tried again: a second fsync would say yes to lost bytes
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return "", errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), nil
}

// dropTemp takes a temporary file away, where there is one.
func dropTemp(temp string) error {
	if temp == "" {
		return nil
	}
	return os.Remove(temp)
}

// at tells a test how far a write has come.
func (s *Store) at(step string) {
	if s.step != nil {
		s.step(step)
	}
}
