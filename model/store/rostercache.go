package store

import (
	"bytes"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/durable"
)

// rosterCache keeps a long roster as it was read, outside the data: reading it takes most of the time of a change. It
// holds only a roster in which nothing is wrong, so that nobody asks for a place in it. It can go at any time, and
// that it cannot be written is nobody's trouble.
type rosterCache struct {
	folder string // "": nothing is kept
	file   string // in the folder
	// program is the head of the program's own file.
	program func() []byte
}

const (
	// leastCached is how long a roster is that is kept: below, reading it takes no longer than looking for it.
	leastCached = 32 << 10
	// maxCaches is how many plan folders have a roster kept; the one that was written first goes.
	maxCaches = 16
)

func newRosterCache(folder, dir string) rosterCache {
	if folder == "" {
		return rosterCache{}
	}
	return rosterCache{folder: folder, file: filepath.Join(folder, "roster-"+durable.Sum([]byte(dir))[:32]),
		program: sync.OnceValue(programHead)}
}

// read gives the roster that these bytes of units.toml are.
func (c rosterCache) read(source []byte) (roster model.Roster, found bool) {
	if c.folder == "" || len(source) < leastCached || !durable.OursAlone(os.Lstat(c.folder)) {
		return roster, false
	}
	key := make(chan []byte, 1)
	go func() { key <- c.key(source) }() // it takes as long as the rest
	file, err := durable.OpenRegular(c.file)
	if err != nil {
		return roster, false
	}
	defer func() { _ = file.Close() }() // nothing was written, so closing can lose nothing
	info, err := file.Stat()
	if !durable.OursAlone(info, err) || !info.Mode().IsRegular() {
		return roster, false
	}
	kept := make([]byte, min(info.Size(), int64(4*len(source))))
	if _, err := io.ReadFull(file, kept); err != nil {
		return roster, false
	}
	const heads = 2 * sha256.Size // the key, and the sum of what follows
	if len(kept) < heads {
		return roster, false
	}
	right := make(chan bool, 1)
	go func() {
		sum := sha256.Sum256(kept[heads:])
		right <- bytes.Equal(kept[sha256.Size:heads], sum[:]) && bytes.Equal(kept[:sha256.Size], <-key)
	}()
	roster, err = decode.UnpackRoster(kept[heads:])
	return roster, <-right && err == nil
}

// write keeps the roster that these bytes are.
func (c rosterCache) write(source []byte, roster *model.Roster) {
	if c.folder == "" || len(source) < leastCached {
		return
	}
	packed, err := decode.PackRoster(roster)
	key := c.key(source)
	if err != nil || key == nil || os.MkdirAll(c.folder, 0o700) != nil || !durable.OursAlone(os.Lstat(c.folder)) {
		return
	}
	c.makeRoom()
	sum := sha256.Sum256(packed)
	_ = durable.Replace(c.file, slices.Concat(key, sum[:], packed), durable.Options{Mode: 0o600}) // else it is read anew
}

// key tells apart what was read: these bytes, by this program. It is nil where it is not known which program this is.
func (c rosterCache) key(source []byte) []byte {
	program := c.program()
	if program == nil {
		return nil
	}
	sum := sha256.New()
	_, _ = sum.Write(program) // it never fails
	_, _ = sum.Write(source)
	return sum.Sum(nil)
}

// makeRoom takes away what was kept first.
func (c rosterCache) makeRoom() {
	type kept struct {
		path string
		at   int64
	}
	var all []kept
	for _, path := range filesLike(c.folder, "roster-*") {
		if info, err := os.Lstat(path); err == nil && path != c.file {
			all = append(all, kept{path, info.ModTime().UnixNano()})
		}
	}
	slices.SortFunc(all, func(a, b kept) int { return int(min(max(b.at-a.at, -1), 1)) })
	for _, old := range all[min(len(all), maxCaches-1):] {
		_ = os.Remove(old.path) // else the next time
	}
}

// programHead is the head of the program's own file, in which the linker has written what it is built from: another
// build may read the same bytes by other rules.
func programHead() []byte {
	file, err := os.Open("/proc/self/exe") // also when a newer one lies in its place by now
	if err != nil {
		path, _ := os.Executable()
		if file, err = os.Open(path); err != nil {
			return nil
		}
	}
	defer func() { _ = file.Close() }() // nothing was written
	head := make([]byte, 64<<10)
	if _, err := io.ReadFull(file, head); err != nil {
		return nil
	}
	return head
}
