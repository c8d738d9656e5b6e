package workspace

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/store"
)

// rosters remember the roster for those whom it lets in. All processes share one copy of the last one without an error
// that one of them has seen, since a roster that is edited by hand may be in no commit yet; the rest is git's history.
type rosters struct {
	dir, file string // the data folder, and the copy

	mutex   sync.Mutex
	seen    []byte // what was told last
	unsaved bool   // the copy of it could not be written
}

func newRosters(dir string) *rosters {
	if resolved, err := filepath.EvalSymlinks(dir); err == nil {
		dir = resolved
	}
	file := filepath.Join(dir, ".tiendo-roster.toml")
	if git := store.GitDirectory(dir); git != "" {
		file = filepath.Join(git, "tiendo", "roster-"+digest(dir)+".toml")
	}
	return &rosters{dir: dir, file: file}
}

// Sound takes a roster without an error.
func (r *rosters) Sound(source []byte) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.seen != nil && bytes.Equal(r.seen, source) {
		return
	}
	r.seen, r.unsaved = slices.Clone(source), false
	if _, copied := r.read(); copied == nil || !bytes.Equal(copied, source) {
		r.unsaved = r.write(source) != nil
	}
}

// Earlier are the copy and what git holds of the file, the newest first. The copy stands before the version that was
// git's last one when it was made: what was committed since is newer.
func (r *rosters) Earlier() [][]byte {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	var all [][]byte
	beside, copied := r.read()
	if r.unsaved {
		all, copied = append(all, r.seen), nil
	}
	for _, version := range r.versions(maxVersions) {
		if copied != nil && version.ID == beside {
			all, copied = append(all, copied), nil
		}
		all = append(all, version.Content)
	}
	if copied != nil {
		all = append(all, copied)
	}
	return all
}

// maxVersions is how many versions of the roster are looked at for one without an error.
const maxVersions = 20

// versions are those in git's history; none where there is none.
func (r *rosters) versions(most int) []history.FileVersion {
	ctx := context.Background()
	repository, err := history.Open(ctx, r.dir)
	if err != nil {
		return nil
	}
	versions, err := repository.Versions(ctx, filepath.Join(r.dir, decode.RosterFile), most)
	if err != nil {
		return nil
	}
	return versions
}

// read reads the copy: what was git's last version when it was made, and the bytes; nil when there is none.
func (r *rosters) read() (beside string, source []byte) {
	content, err := os.ReadFile(r.file)
	head, source, whole := bytes.Cut(content, []byte("\n"))
	if err != nil || !whole {
		return "", nil
	}
	return string(bytes.TrimPrefix(head, []byte("# "))), source
}

// write makes the copy, whole or not at all. Whoever reads it looks for errors in it.
func (r *rosters) write(source []byte) error {
	beside := ""
	if last := r.versions(1); len(last) > 0 {
		beside = last[0].ID
	}
	if folder := filepath.Dir(r.file); folder != r.dir {
		if err := durable.MakeFolder(folder, durable.Own); err != nil {
			return err
		}
	}
	return durable.Replace(r.file, append([]byte("# "+beside+"\n"), source...),
		durable.Options{Mode: durable.OwnMode(r.file)})
}
