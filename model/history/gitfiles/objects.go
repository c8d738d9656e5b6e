package gitfiles

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Objects is the folder in which objects lie that are in no pack yet: each in a file of its own, as the newest ones do.
type Objects string

// open begins to read an object of a kind.
func (o Objects) open(id, kind string) (object *bufio.Reader, file *os.File, known bool) {
	file, err := os.Open(o.place(id))
	if err != nil {
		return nil, nil, false
	}
	if packed, err := zlib.NewReader(file); err == nil {
		object = bufio.NewReader(packed)
		if head, err := object.ReadString(0); err == nil && strings.HasPrefix(head, kind+" ") {
			return object, file, true
		}
	}
	_ = file.Close() // it was only read
	return nil, nil, false
}

// place is where an object lies.
func (o Objects) place(id string) string {
	const folder = 2 // digits
	return filepath.Join(string(o), id[:min(folder, len(id))], id[min(folder, len(id)):])
}

// Commit is what a commit says of itself: the id of its folder, those of its parents, and who has made it when.
func (o Objects) Commit(id string) (tree string, parents []string, committer string, known bool) {
	object, file, known := o.open(id, "commit")
	if !known {
		return "", nil, "", false
	}
	defer func() { _ = file.Close() }() // it was only read
	for {
		line, err := object.ReadString('\n')
		if err != nil {
			return "", nil, "", false
		}
		switch key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " "); key {
		case "": // the message comes last
			return tree, parents, committer, tree != ""
		case "tree":
			tree = value
		case "parent":
			parents = append(parents, value)
		case "committer":
			committer = value
		}
	}
}

// Apart counts the commits that lie behind one and not behind another, and the other way round, where they are few and
// each of them has one parent.
func (o Objects) Apart(one, other string) (onlyOne, onlyOther int, known bool) {
	const most = 32
	lines, longer := [2][]string{{one}, {other}}, true
	for range most {
		if !longer {
			break
		}
		longer = false
		for side := range lines {
			last := len(lines[side]) - 1
			if at := slices.Index(lines[1-side], lines[side][last]); at >= 0 {
				if side == 1 {
					last, at = at, last
				}
				return last, at, true
			}
			if _, parents, _, known := o.Commit(lines[side][last]); known && len(parents) == 1 {
				lines[side], longer = append(lines[side], parents[0]), true
			}
		}
	}
	return 0, 0, false
}

// Held is the id of a file below a folder, which is given by its own.
func (o Objects) Held(folder, path string) (id string, known bool) {
	name, rest, below := strings.Cut(path, "/")
	if id, known = o.entry(folder, name); !known {
		return "", false
	}
	if below {
		return o.Held(id, rest)
	}
	return id, o.Have(id)
}

// Have reports whether an object lies here.
func (o Objects) Have(id string) bool {
	_, err := os.Stat(o.place(id))
	return err == nil
}

// entry is the id of what has a name in a folder.
func (o Objects) entry(folder, name string) (id string, known bool) {
	object, file, known := o.open(folder, "tree")
	if !known {
		return "", false
	}
	defer func() { _ = file.Close() }() // it was only read
	inside := make([]byte, len(folder)/2)
	for {
		head, err := object.ReadSlice(0)
		_, is, _ := bytes.Cut(bytes.TrimSuffix(head, []byte{0}), []byte(" ")) // its mode stands before it
		found := string(is) == name
		if err != nil {
			return "", false
		}
		if _, err := io.ReadFull(object, inside); err != nil {
			return "", false
		}
		if found {
			return hex.EncodeToString(inside), true
		}
	}
}
