package durable

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Options say what else holds for a file that is written. The zero value suits most.
type Options struct {
	// Temp is the folder for the temporary file. Where it is empty or on another file system, it
	// is the folder of the file itself.
	Temp string
	// Pattern is what the name of the temporary file looks like, for whoever looks for those that a kill has left.
	// It has one star. Where it is empty, those of an hour ago go when the next file is written into their folder.
	Pattern string
	// Mode are the rights; zero stands for those of the file that is there, or 0644 and
	// writing for whoever may write to its folder.
	Mode fs.FileMode
	// Owner is a path whose owner the file is given; empty for whoever writes it.
	Owner string
}

// Locked is the pattern of temporary files that are made under the lock of a data folder: whoever holds it next takes
// away what a kill has left.
const Locked = ".tiendo-*.tmp"

// Pending is a file whose new bytes are on the disk, under another name.
type Pending struct {
	temp, path string
	content    []byte
}

// Unconfirmed says that the new bytes stand in the file, but that a power cut may still take them.
type Unconfirmed struct{ Err error }

func (e *Unconfirmed) Error() string { return e.Err.Error() }

// Unwrap gives the system's own error.
func (e *Unconfirmed) Unwrap() error { return e.Err }

// Prepare writes a temporary file and waits until it is on the disk. Nothing is to be seen at path yet. After an error
// nothing lies about.
func Prepare(path string, content []byte, options Options) (*Pending, error) {
	mode, err := modeOf(path, options.Mode)
	if err != nil {
		return nil, err
	}
	folder := options.Temp
	if folder == "" || !SameDevice(folder, filepath.Dir(path)) {
		folder = filepath.Dir(path)
	}
	file, err := os.CreateTemp(folder, cmp.Or(options.Pattern, ownPattern))
	if err != nil {
		return nil, err
	}
	if made, err := file.Stat(); err == nil && options.Pattern == "" {
		Sweep(folder, made.ModTime())
	}
	_, err = file.Write(content)
	if err == nil {
		err = file.Chmod(mode)
	}
	if err == nil && options.Owner != "" {
		err = giveTo(file, options.Owner)
	}
	if err == nil {
		err = file.Sync() // never tried again: a second one would say yes to lost bytes
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, errors.Join(err, os.Remove(file.Name()))
	}
	return &Pending{temp: file.Name(), path: path, content: content}, nil
}

// ownPattern is that of the temporary files for which nobody else looks.
const ownPattern = ".tiendo-*.new"

// Sweep takes away the temporary files of the usual pattern that a kill has left in a folder: they are of an hour ago,
// while whoever is at work has just made theirs.
func Sweep(folder string, now time.Time) {
	entries, _ := os.ReadDir(folder) // else the next time
	for _, entry := range entries {
		if ours, _ := filepath.Match(ownPattern, entry.Name()); !ours {
			continue
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() && now.Sub(info.ModTime()) > time.Hour {
			_ = os.Remove(filepath.Join(folder, entry.Name()))
		}
	}
}

// modeOf are the rights that a file is to have.
func modeOf(path string, wanted fs.FileMode) (fs.FileMode, error) {
	if wanted != 0 {
		return wanted, nil
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && !info.Mode().IsRegular():
		return 0o644 | writersAt(filepath.Dir(path), 0o6), nil
	case err != nil:
		return 0, err
	}
	return info.Mode().Perm(), nil
}

// Rename puts the new bytes into place, for good. When it cannot, the old ones stay and the temporary file goes; an
// *[Unconfirmed] says that the new ones stand there, but not for sure.
func (p *Pending) Rename() error {
	err := os.Rename(p.temp, p.path)
	if failed, ok := errors.AsType[*os.LinkError](err); ok { // where the file was to go is what people know
		err = &fs.PathError{Op: failed.Op, Path: failed.New, Err: failed.Err}
	}
	if err != nil {
		return errors.Join(err, p.Discard())
	}
	return confirm(p.path)
}

// Discard takes the temporary file away. There may be none: Prepare has failed.
func (p *Pending) Discard() error {
	if p == nil {
		return nil
	}
	return os.Remove(p.temp)
}

// Replace puts new bytes in the place of a file, which need not be there yet.
func Replace(path string, content []byte, options Options) error {
	pending, err := Prepare(path, content, options)
	if err != nil {
		return err
	}
	return pending.Rename()
}

// Create makes a file as a whole. One that is there already stays, even when it comes at the same moment: the error is
// fs.ErrExist then.
func Create(path string, content []byte, options Options) error {
	pending, err := Prepare(path, content, options)
	if err != nil {
		return err
	}
	if err := errors.Join(os.Link(pending.temp, path), pending.Discard()); err != nil {
		return err
	}
	return confirm(path)
}

// confirm waits until the name of a file is on the disk.
func confirm(path string) error {
	if err := SyncFolder(filepath.Dir(path)); err != nil {
		return &Unconfirmed{err}
	}
	return nil
}

// Overwrite gives a small file, which may be there already, another content where it lies; a kill may leave a
// mixture. It is neither emptied first nor replaced by a new one: some file systems take either for a reason to write
// to the disk at once, or are slow to make files where others have just gone. The file is open, and not on the disk
// for sure yet.
func Overwrite(path string, content []byte) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, OwnMode(path))
	if err != nil {
		return nil, err
	}
	Share(file)
	_, err = file.WriteAt(content, 0)
	if err == nil {
		err = file.Truncate(int64(len(content)))
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// Sum is the SHA-256 of a content in hexadecimal digits.
func Sum(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// What a folder is for says who may look into it.
const (
	Own  fs.FileMode = 0o700 // tiendo's own, below the git directory
	Data fs.FileMode = 0o755
)

// MakeFolder makes a folder: for whom the mode says, and for whoever else may write to the folder around it. Git keeps
// a repository that several people share in that way (core.sharedRepository). One of tiendo's own that is there already
// and is closed to them is opened, if it is the user's to open.
func MakeFolder(dir string, mode fs.FileMode) error {
	folder, err := os.Stat(dir)
	made := errors.Is(err, fs.ErrNotExist)
	if made {
		folder, err = makeFolder(dir, mode)
	}
	if err == nil && !folder.IsDir() {
		err = &fs.PathError{Op: "mkdir", Path: dir, Err: syscall.ENOTDIR}
	}
	if err != nil || !made && mode != Own {
		return err
	}
	around, err := os.Stat(filepath.Dir(dir))
	if err != nil {
		return err
	}
	if shared := folder.Mode() | writers(around.Mode(), 0o7) | around.Mode()&fs.ModeSetgid; shared != folder.Mode() {
		_ = os.Chmod(dir, shared) // it may be another one's
	}
	return nil
}

// makeFolder makes a folder in another one, which need not be there either.
func makeFolder(dir string, mode fs.FileMode) (fs.FileInfo, error) {
	if _, err := os.Stat(filepath.Dir(dir)); errors.Is(err, fs.ErrNotExist) {
		if err := MakeFolder(filepath.Dir(dir), mode); err != nil {
			return nil, err
		}
	}
	if err := os.Mkdir(dir, mode); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return os.Stat(dir)
}

// OwnMode are the rights of a file of tiendo's own: for its owner, and for whoever else may write to its folder.
func OwnMode(path string) fs.FileMode {
	return 0o600 | writersAt(filepath.Dir(path), 0o6)
}

// writersAt is what writers says of a folder; nothing where there is none.
func writersAt(dir string, rights fs.FileMode) fs.FileMode {
	folder, err := os.Stat(dir)
	if err != nil {
		return 0
	}
	return writers(folder.Mode(), rights)
}

// Share gives a file of tiendo's own that is open the rights that it is to have, whatever the user's umask took away.
func Share(file *os.File) {
	info, err := file.Stat()
	if err != nil {
		return
	}
	if mode := info.Mode() | OwnMode(file.Name()); mode != info.Mode() {
		_ = file.Chmod(mode) // it may be another one's
	}
}

// writers gives rights to those, beside the owner, who may write to a folder of this mode.
func writers(folder, rights fs.FileMode) fs.FileMode {
	mode := fs.FileMode(0)
	if folder&0o020 != 0 {
		mode |= rights << 3
	}
	if folder&0o002 != 0 {
		mode |= rights
	}
	return mode
}
