package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"

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
	s.at("looked")
	err = file.RenameOver(old, existed)
	s.at("renamed")
	if changed, is := errors.AsType[*durable.Changed](err); is && changed.Kept == "" {
		return changedMeanwhile()
	}
	return err
}

// stays says why a file was not written. What somebody wrote there in the same moment may be set aside then.
func (s *Store) stays(path string, err error) error {
	if changed, is := errors.AsType[*durable.Changed](err); is {
		return phrase.Refuse(phrase.Say("%s was changed by another program in this moment; what stood there is kept in %s",
			s.shownFile(path), s.shownFile(s.keepReplaced(changed.Kept))),
			phrase.Say("compare the two, and put right what stands in the file"))
	}
	return &phrase.Refusal{What: phrase.Say("%s was not written: it is as it was", s.shownFile(path)), Err: err}
}

// keepReplaced keeps what somebody wrote into a file in the moment of a change of it, and says where it lies.
func (s *Store) keepReplaced(aside string) string {
	name, _ := durable.Seen(aside)
	content, _, err := s.readFile(aside)
	if err != nil {
		return aside // it lies well there, too
	}
	kept, err := s.putAside(name, s.now(), content)
	if err != nil || os.Remove(aside) != nil {
		return aside
	}
	return kept
}

// unchanged looks once more before the rename: an editor takes no lock.
func (s *reader) unchanged(path string, old []byte, existed bool) error {
	now, _, err := s.readFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !existed:
		return nil
	case err != nil:
		return err
	case !existed || !bytes.Equal(now, old):
		return changedMeanwhile()
	}
	return nil
}

func changedMeanwhile() error {
	return phrase.Refuse(phrase.Say("the file was changed by another program in this moment"), phrase.Say("try again"))
}

// at tells a test how far a write has come.
func (s *Store) at(step string) {
	if s.step != nil {
		s.step(step)
	}
}
