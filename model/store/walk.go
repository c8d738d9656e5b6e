package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/machine"
	"example.org/tiendo/model/phrase"
)

// maxFolders is how deep progress files may lie below the progress folder.
const maxFolders = 8

// listing is what lies in the progress folder and in the folders below it.
type listing struct {
	entries  []listed
	problems []phrase.Problem
	// hidden is the first problem that may hide files: a unit without a file is
	// then a unit of which nothing is known.
	hidden *phrase.Problem
	dotted []string // the paths of what is no data file by its name: locks and drafts of editors, temporary files
}

// listed is one thing in the progress folder that is no folder.
type listed struct {
	path  string
	entry fs.DirEntry
}

// unitOfFile is the unit whose progress a file holds; "" when its name is not that of a progress file.
func unitOfFile(path string) string {
	name, isTOML := strings.CutSuffix(filepath.Base(path), decode.Extension)
	if !isTOML {
		return ""
	}
	return name
}

// listProgress lists the progress folder in the order of the paths. Nothing is
// opened but the folders, and links to folders are not followed. A progress
// folder that does not exist is an empty one. Files of units whose records are not wanted are left out.
func (s *reader) listProgress(ctx context.Context, records wanted) (*listing, error) {
	if s.snapshot != nil {
		return s.listSnapshot(), nil
	}
	list := &listing{}
	root := filepath.Join(s.dir, decode.ProgressFolder)
	info, err := os.Lstat(root)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return list, nil
	case err != nil:
		list.hide(s.cannotList(root, err))
		return list, nil
	case !info.IsDir():
		list.hide(s.fileProblem(root, phrase.Say("this is %s; want a folder", kindOfFile(info.Mode())),
			phrase.Say("the progress files are in a folder of this name")))
		return list, nil
	}
	return list, s.listFolder(ctx, list, records, root, 0)
}

// listFor lists what a change looks at, once for all that follows. The folder may be a long one: it is not looked
// through where nothing can lie there that matters beside the record, such as another record of that unit in a folder
// below, or a temporary file.
func listFor(ctx context.Context, s *Store, unit string, records wanted) (*listing, error) {
	folder := filepath.Join(s.dir, decode.ProgressFolder)
	if unit != "" && records != nil && s.keepsNotes() && durable.SameDevice(s.privateDir(), folder) &&
		machine.Flat(folder) {
		if list := s.usual(unit); list != nil {
			return list, nil
		}
	}
	return s.listProgress(ctx, records)
}

func (s *reader) listFolder(ctx context.Context, list *listing, records wanted, folder string, depth int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if depth > maxFolders {
		list.hide(s.fileProblem(folder, phrase.Say("the folder is more than %d folders deep", maxFolders),
			phrase.Say("move the progress files up")))
		return nil
	}
	entries, err := readFolder(folder, records)
	if err != nil {
		list.hide(s.cannotList(folder, err)) // what could be listed is used all the same
	}
	for _, entry := range entries {
		path := folder + string(filepath.Separator) + entry.Name()
		switch {
		case strings.HasPrefix(entry.Name(), "."):
			list.dotted = append(list.dotted, path)
		case entry.IsDir() && !strings.HasSuffix(entry.Name(), decode.Extension):
			if err := s.listFolder(ctx, list, records, path, depth+1); err != nil {
				return err
			}
		default:
			list.entries = append(list.entries, listed{path: path, entry: entry})
		}
	}
	return nil
}

// readFolder is what lies in a folder, in the order of the names, without the files of other units. There may be
// thousands of them, so that they are left out before anything else is done.
func readFolder(folder string, records wanted) ([]fs.DirEntry, error) {
	open, err := os.Open(folder)
	if err != nil {
		return nil, err
	}
	defer func() { _ = open.Close() }() // nothing was written
	var entries []fs.DirEntry
	if records == nil {
		entries, err = open.ReadDir(-1)
	} else {
		entries, err = readSome(open, records)
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// readSome is what lies in a folder without the files of other units.
func readSome(open *os.File, records wanted) ([]fs.DirEntry, error) {
	names, err := open.Readdirnames(-1)
	var entries []fs.DirEntry
	for _, name := range names {
		unit, isTOML := strings.CutSuffix(name, decode.Extension)
		if isTOML && !wants(records, unit) && !strings.HasPrefix(unit, ".") {
			continue
		}
		info, failed := os.Lstat(open.Name() + string(filepath.Separator) + name)
		if failed == nil {
			entries = append(entries, fs.FileInfoToDirEntry(info))
		} else if !errors.Is(failed, fs.ErrNotExist) { // else it has just gone
			err = errors.Join(err, failed)
		}
	}
	return entries, err
}

func (l *listing) hide(problem phrase.Problem) {
	l.problems = append(l.problems, problem)
	if l.hidden == nil {
		l.hidden = &problem
	}
}

func (s *reader) cannotList(folder string, err error) phrase.Problem {
	return s.fileProblem(folder, phrase.Say("the folder cannot be read: %s", reason(err)),
		phrase.Say("give yourself the right to read it, or ask whoever owns it"))
}

// strangers looks at the files that are no progress files: what may pass, what
// deserves a word, and links that may hide a folder.
func (s *reader) strangers(list *listing) {
	for _, entry := range list.entries {
		if unitOfFile(entry.path) != "" {
			continue
		}
		name := filepath.Base(entry.path)
		problem, irregular := s.irregular(entry.path, entry.entry.Type())
		switch {
		case irregular && entry.entry.Type()&fs.ModeSymlink != 0:
			list.hide(problem)
		case irregular:
			list.problems = append(list.problems, problem)
		case strings.HasPrefix(strings.ToUpper(name), "README"):
		default:
			problem = s.fileProblem(entry.path, phrase.Say("this is no progress file, so it is not read"),
				phrase.Say("a progress file is called after its unit: %s", "van-phong.toml"))
			problem.Warning = true
			list.problems = append(list.problems, problem)
		}
	}
}

// byUnit groups the paths of the progress files.
func (l *listing) byUnit(records wanted) map[string][]string {
	units := map[string][]string{}
	for _, entry := range l.entries {
		if unit := unitOfFile(entry.path); unit != "" && wants(records, unit) {
			units[unit] = append(units[unit], entry.path)
		}
	}
	return units
}

// withStamps looks at every listed file. What has vanished since the listing is left out.
func (l *listing) withStamps() map[string]stamp {
	stamps := make(map[string]stamp, len(l.entries))
	l.entries = slices.DeleteFunc(l.entries, func(entry listed) bool {
		info, err := entry.entry.Info()
		if err == nil {
			stamps[entry.path] = stampOf(info)
		}
		return errors.Is(err, fs.ErrNotExist)
	})
	return stamps
}

// RecordFiles gives the file of each unit's record, within the data folder and with
// slashes. Of a unit that has two files it gives the first.
func (s *reader) RecordFiles(ctx context.Context) (map[string]string, error) {
	list, err := s.listProgress(ctx, nil)
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for unit, paths := range list.byUnit(nil) {
		relative, err := filepath.Rel(s.dir, paths[0])
		if err != nil {
			return nil, err
		}
		files[unit] = filepath.ToSlash(relative)
	}
	return files, nil
}
