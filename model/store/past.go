package store

import (
	"context"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
)

// Past reads data files that lie in no folder, such as those of an earlier
// commit, by the same rules as Store. It remembers what it has read by content, so
// that states that differ in one file cost little more than that file. Several
// goroutines may read at once.
type Past struct {
	shown  string
	memory *memory
}

// NewPast makes a reader; shown is the data folder as messages write it.
func NewPast(shown string) *Past { return &Past{shown, newMemory()} }

// Load reads the data files with these paths within the data folder, with slashes.
// The error says that there is no usable plan; the campaign comes all the same.
func (p *Past) Load(ctx context.Context, files map[string][]byte) (*model.Campaign, error) {
	return p.of(files).Load(ctx)
}

// of reads these files.
func (p *Past) of(files map[string][]byte) *reader {
	s := &reader{
		dir: string(filepath.Separator), shown: p.shown, lookout: noGit{},
		memory: p.memory, snapshot: make(map[string][]byte, len(files)),
	}
	for path, content := range files {
		s.snapshot[filepath.Join(s.dir, filepath.FromSlash(path))] = content
	}
	return s
}

// pastEntry is a file of a snapshot as a folder would list it.
type pastEntry struct{ name string }

func (e pastEntry) Name() string             { return e.name }
func (pastEntry) IsDir() bool                { return false }
func (pastEntry) Type() fs.FileMode          { return 0 }
func (pastEntry) Info() (fs.FileInfo, error) { return nil, fs.ErrInvalid }

// listSnapshot lists the progress files of a snapshot as listProgress does those of a folder.
func (s *reader) listSnapshot() *listing {
	list := &listing{}
	root := filepath.Join(s.dir, decode.ProgressFolder) + string(filepath.Separator)
	for path := range s.snapshot {
		if strings.HasPrefix(path, root) && !strings.Contains(path, string(filepath.Separator)+".") {
			list.entries = append(list.entries, listed{path: path, entry: pastEntry{filepath.Base(path)}})
		}
	}
	slices.SortFunc(list.entries, func(a, b listed) int { return strings.Compare(a.path, b.path) })
	return list
}
