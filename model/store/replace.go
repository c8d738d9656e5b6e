package store

import (
	"bytes"
	"errors"
	"io/fs"

	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/phrase"
)

// replace puts new bytes in the place of a file for good. The note is brought to the
// disk together with the new bytes; both are there before anything changes.
func (s *Store) replace(path string, old []byte, existed bool, content []byte, pending *note) error {
	noted := make(chan error, 1)
	go func() { noted <- pending.sync() }() // at the same time: the file system then works once for both
	// In the git directory, where git never shows it.
	temp := s.privateDir()
	if temp == s.dir {
		temp = ""
	}
	file, err := durable.Prepare(path, content, durable.Options{Temp: temp, Pattern: durable.Locked})
	if err == nil {
		s.at("temporary file")
	}
	if err = errors.Join(err, <-noted); err == nil {
		s.at("noted")
		err = s.unchanged(path, old, existed)
	}
	if err != nil {
		return errors.Join(err, file.Discard())
	}
	err = file.Rename()
	s.at("renamed")
	return err
}

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

// at tells a test how far a write has come.
func (s *Store) at(step string) {
	if s.step != nil {
		s.step(step)
	}
}
