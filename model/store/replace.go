package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"example.org/tiendo/model/phrase"
)

// tempPattern names our temporary files, so that recovery knows its own.
const tempPattern = ".tiendo-*.tmp"

// replace puts new bytes in the place of a file, so that a reader, a kill or a
// power cut sees the old or the new bytes, never a mixture. The note is brought to the
// disk together with the new bytes; both are there before anything changes.
func (s *Store) replace(path string, old []byte, existed bool, content []byte, pending *note) error {
	mode := fs.FileMode(0o644)
	if existed {
		info, err := os.Lstat(path)
		if err != nil {
			return err
		}
		mode = info.Mode().Perm()
	}
	file, err := s.writeTemp(path, content, mode)
	noted := make(chan error, 1)
	go func() { noted <- pending.sync() }() // at the same time: the file system then works once for both
	temp := ""
	if err == nil {
		temp = file.Name()
		err = errors.Join(file.Sync(), file.Close()) // never tried again: a second fsync would say yes to lost bytes
	}
	if err == nil {
		s.at("temporary file")
	}
	if err = errors.Join(err, <-noted); err == nil {
		s.at("noted")
		err = s.unchanged(path, old, existed)
	}
	if err == nil {
		err = rename(temp, path)
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

// rename names in its error where the file was to go, which is what people know.
func rename(from, to string) error {
	err := os.Rename(from, to)
	if failed, ok := errors.AsType[*os.LinkError](err); ok {
		return &fs.PathError{Op: failed.Op, Path: failed.New, Err: failed.Err}
	}
	return err
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
		return phrase.Refuse(phrase.Say("the file was changed by another program in this moment"), phrase.Say("try again"))
	}
	return nil
}

// writeTemp writes a temporary file on the file system of path: in the git directory
// where that is possible, so that git never shows it. It is not on the disk for sure yet.
func (s *Store) writeTemp(path string, content []byte, mode fs.FileMode) (*os.File, error) {
	dir := s.privateDir()
	if dir == s.dir || !sameDevice(dir, filepath.Dir(path)) {
		dir = filepath.Dir(path)
	}
	file, err := os.CreateTemp(dir, tempPattern)
	if err != nil {
		return nil, err
	}
	_, err = file.Write(content)
	if err == nil {
		err = file.Chmod(mode)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close(), os.Remove(file.Name()))
	}
	return file, nil
}

// overwrite gives a small file of ours, which may be there already, another content. It
// is neither emptied first nor replaced by a new one: some file systems take either for a
// reason to write to the disk at once, or are slow to make files where others have just gone.
func overwrite(path string, content []byte) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = file.WriteAt(content, 0)
	if err == nil {
		err = file.Truncate(int64(len(content)))
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
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
