package durable

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Replaced is the pattern of the files in which [Pending.RenameOver] holds for a moment what stood in another one. What
// a kill has left of them is not to be thrown away unseen, see [Seen].
const Replaced = ".tiendo-*.old"

// Changed says that somebody has changed a file in the moment in which it was to be replaced.
type Changed struct {
	// Kept holds what somebody wrote, where it could not be left in the file; most often it is empty.
	Kept string
}

func (e *Changed) Error() string { return "the file was changed in this moment" }

// RenameOver is Rename for a file of which the caller has seen what stands there: these bytes, or nothing at all. What
// somebody else puts there after that look stays, and the error is a *[Changed]. Where the system cannot exchange two
// files in one step, it is a Rename.
func (p *Pending) RenameOver(seen []byte, existed bool) error {
	var err error
	if existed {
		err = p.exchange(seen)
	} else {
		err = renameNew(p.temp, p.path)
	}
	changed, is := errors.AsType[*Changed](err)
	switch {
	case err == nil:
		err = confirm(p.path)
		if existed { // only now: until then a power cut may bring it back
			_ = p.Discard() // else it is found later
		}
		return err
	case errors.Is(err, errors.ErrUnsupported):
		return p.Rename()
	case is && changed.Kept != "":
		return err
	case errors.Is(err, fs.ErrExist), errors.Is(err, fs.ErrNotExist):
		err = &Changed{}
	}
	return errors.Join(err, p.Discard())
}

// exchange lets the new bytes and what stands in the file change places, and looks then what that was.
func (p *Pending) exchange(seen []byte) error {
	aside := filepath.Join(filepath.Dir(p.temp), asideName(p.path, seen, p.content))
	if err := renameNew(p.temp, aside); err != nil {
		return err
	}
	p.temp = aside
	if err := exchange(p.temp, p.path); err != nil {
		return err
	}
	if holdsOnly(p.temp, seen) {
		return nil
	}
	if err := exchange(p.temp, p.path); err == nil && holdsOnly(p.temp, p.content) {
		_ = SyncFolder(filepath.Dir(p.path)) // after a power cut it is set aside
		return &Changed{}
	}
	return &Changed{Kept: p.temp}
}

// holdsOnly reports whether a path is a file with these bytes.
func holdsOnly(path string, content []byte) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(content)) {
		return false
	}
	now, err := os.ReadFile(path)
	return err == nil && bytes.Equal(now, content)
}

// asideName names the file whose bytes are set aside, and the bytes, old and new, that may go without a word.
func asideName(path string, seen, content []byte) string {
	return strings.Replace(Replaced, "*", filepath.Base(path)+"-"+shortSum(seen)+"-"+shortSum(content), 1)
}

func shortSum(content []byte) string { return Sum(content)[:shortLength] }

const shortLength = 16 // digits of a digest

// Seen looks at a temporary file that a kill has left: whether it holds but what the program that was killed has seen
// or written itself, and else the name of the file from which it comes.
func Seen(temp string) (name string, seen bool) {
	before, after, _ := strings.Cut(Replaced, "*")
	name, aside := strings.CutSuffix(strings.TrimPrefix(filepath.Base(temp), before), after)
	const sums = 2 * (1 + shortLength)
	if !aside || len(name) <= sums {
		return name, !aside
	}
	digests := strings.Split(name[len(name)-sums+1:], "-")
	name = name[:len(name)-sums]
	info, err := os.Lstat(temp)
	if err != nil || !info.Mode().IsRegular() {
		return name, false
	}
	content, err := os.ReadFile(temp)
	return name, err == nil && slices.Contains(digests, shortSum(content))
}
