package gitfiles

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
)

// Staged is the id, of so many digits, of a file in git's index, where it has one version there and nothing is noted of
// it besides.
func Staged(gitDir, path string, digits int) (id string, known bool) {
	const longest = 0xfff // of a path whose length stands before it
	if len(path) >= longest {
		return "", false
	}
	named := binary.BigEndian.AppendUint16(nil, uint16(len(path))) // besides the length there may be flags
	before, known := search(gitDir, digits/2, append(append(named, path...), 0))
	return hex.EncodeToString(before), known && before != nil
}

// Lacks reports whether git's index surely names no file of these names, in whatever folder.
func Lacks(gitDir string, names ...string) bool {
	wanted := make([][]byte, len(names))
	for i, name := range names {
		wanted[i] = []byte(name + "\x00")
	}
	found, known := search(gitDir, 1, wanted...)
	return known && found == nil
}

// search looks for any of some bytes in the index, and gives those before them; nil where there are none. It is not
// known where git has put entries together, or elsewhere.
func search(gitDir string, before int, wanted ...[]byte) (found []byte, known bool) {
	file, err := os.Open(filepath.Join(gitDir, "index"))
	if err != nil {
		return nil, false
	}
	defer func() { _ = file.Close() }() // it was only read
	const head, atOnce = 8, 64 << 10
	longest := head
	for _, one := range wanted {
		longest = max(longest, len(one))
	}
	elsewhere := [][]byte{[]byte("link"), []byte("sdir")} // its extensions for that
	window := make([]byte, 0, atOnce+before+longest)
	for first := true; ; first = false {
		read, err := io.ReadFull(file, window[len(window):cap(window)])
		window = window[:len(window)+read]
		if first && !bytes.HasPrefix(window, []byte("DIRC\x00\x00\x00\x02")) &&
			!bytes.HasPrefix(window, []byte("DIRC\x00\x00\x00\x03")) {
			return nil, false
		}
		for _, one := range elsewhere {
			if bytes.Contains(window, one) {
				return nil, false
			}
		}
		for _, one := range wanted {
			if at := bytes.Index(window, one); found == nil && at >= before {
				found = bytes.Clone(window[at-before : at])
			}
		}
		if err != nil {
			return found, err == io.EOF || err == io.ErrUnexpectedEOF
		}
		kept := copy(window[:cap(window)], window[len(window)-before-longest:])
		window = window[:kept]
	}
}
