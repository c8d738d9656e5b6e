package gitfiles

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
)

// Staged is the id, of so many digits, of a file in git's index, where it has one version there and nothing is noted of
// it besides. Tree is the id of the folder that all its files make up together, "" where git has not noted that.
func Staged(gitDir, path string, digits int) (id, tree string, known bool) {
	tree, known = readIndex(gitDir, digits, func(name, of []byte, plain bool) {
		if plain && string(name) == path {
			id = hex.EncodeToString(of)
		}
	})
	return id, tree, known && id != ""
}

// Lacks reports whether git's index, with ids of so many digits, surely names no file of these names, in whatever
// folder.
func Lacks(gitDir string, digits int, names ...string) bool {
	wanted := make(map[string]bool, len(names))
	for _, name := range names {
		wanted[name] = true
	}
	found := false
	_, known := readIndex(gitDir, digits, func(name, _ []byte, _ bool) {
		found = found || wanted[string(name[bytes.LastIndexByte(name, '/')+1:])]
	})
	return known && !found
}

// readIndex goes through git's index (gitformat-index(5)): each file's path and id, and whether that is all that is
// noted of it. It gives the id of the folder that the files make up, as far as git has noted it. Nothing is known where
// git has put files together or elsewhere, in another version of the format, and with a path of more than 4 kB.
func readIndex(gitDir string, digits int, each func(name, id []byte, plain bool)) (tree string, known bool) {
	const head, looks, flags, lengthBits, extended = 12, 40, 2, 0xfff, 0x4000
	file, err := os.Open(filepath.Join(gitDir, "index"))
	if err != nil {
		return "", false
	}
	defer func() { _ = file.Close() }() // it was only read
	info, err := file.Stat()
	in, idLength := bufio.NewReaderSize(file, 64<<10), digits/2
	begin, _ := in.Peek(head)
	if err != nil || digits == 0 || len(begin) < head || !bytes.HasPrefix(begin, []byte("DIRC\x00\x00\x00\x02")) &&
		!bytes.HasPrefix(begin, []byte("DIRC\x00\x00\x00\x03")) {
		return "", false
	}
	left := info.Size() - head - int64(idLength) // its own sum stands at the end
	count := binary.BigEndian.Uint32(begin[8:])
	_, _ = in.Discard(head) // it has just been looked at, and so on
	for range count {
		fixed := looks + idLength + flags
		begin, err := in.Peek(fixed)
		if err != nil {
			return "", false
		}
		noted := binary.BigEndian.Uint16(begin[looks+idLength:])
		length := int(noted & lengthBits)
		if noted&extended != 0 {
			fixed += flags
		}
		whole := (fixed + length + 8) &^ 7 // filled up with zero bytes, one at least
		entry, err := in.Peek(whole)
		if err != nil || length == lengthBits {
			return "", false
		}
		each(entry[fixed:][:length], entry[looks:][:idLength], int(noted) == length)
		_, _ = in.Discard(whole)
		left -= int64(whole)
	}
	for left > 0 { // what has been added to the format
		begin, err := in.Peek(8)
		if err != nil {
			return "", false
		}
		kind, size := string(begin[:4]), binary.BigEndian.Uint32(begin[4:])
		_, _ = in.Discard(len(begin))
		switch kind {
		case "link", "sdir":
			return "", false
		case "TREE": // the whole has no name: a zero byte, and a count of files that is negative where it is not known
			noted, _ := in.Peek(min(int(size), 64+idLength))
			if _, of, is := bytes.Cut(noted, []byte("\n")); is && !bytes.HasPrefix(noted, []byte("\x00-")) &&
				len(of) >= idLength {
				tree = hex.EncodeToString(of[:idLength])
			}
		}
		if _, err := in.Discard(int(size)); err != nil {
			return "", false
		}
		left -= int64(len(begin)) + int64(size)
	}
	return tree, left == 0
}
