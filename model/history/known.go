package history

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// known is what the last commit is known to hold, so that git need not be asked
// before every change. It counts only while HEAD is where it was: any commit,
// checkout or reset that is not tiendo's own makes it void. It may be lost at any time.
type known struct {
	Head  string            `json:"head"`  // full id of the commit
	Files map[string]string `json:"files"` // SHA-256 of the bytes in the work tree, by path
}

func (r *Repository) knownFile() string { return filepath.Join(r.Dir(), "known.json") }

// known reads what is known of a commit; nothing when HEAD was elsewhere.
func (r *Repository) known(head string) known {
	var k known
	content, err := os.ReadFile(r.knownFile())
	if err != nil || json.Unmarshal(content, &k) != nil || k.Head != head || head == "" || k.Files == nil {
		return known{Head: head, Files: map[string]string{}}
	}
	return k
}

// holds reports whether the file at a path is known to hold these bytes.
func (k known) holds(path string, content []byte) bool { return k.Files[path] == digest(content) }

// learn remembers that the commit head holds these bytes for a path, beside what was known before.
func (r *Repository) learn(k known, head, path string, content []byte) {
	if head == "" || os.MkdirAll(r.Dir(), 0o700) != nil {
		return
	}
	k.Head = head
	k.Files[path] = digest(content)
	out, err := json.Marshal(k)
	if err != nil {
		return
	}
	temp, err := os.CreateTemp(r.Dir(), ".tiendo-*.tmp")
	if err != nil {
		return
	}
	_, err = temp.Write(out)
	if closed := temp.Close(); err != nil || closed != nil || os.Rename(temp.Name(), r.knownFile()) != nil {
		_ = os.Remove(temp.Name()) // the store also takes left-overs away
	}
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Head is the id of the commit that HEAD stands for, without asking git; empty
// where its file does not tell (a packed or stored otherwise branch, none, no commit yet).
func (r *Repository) Head() string {
	content, err := os.ReadFile(filepath.Join(r.gitDir, "HEAD"))
	if err != nil {
		return ""
	}
	branch, ok := strings.CutPrefix(strings.TrimSpace(string(content)), "ref: ")
	if !ok || !filepath.IsLocal(filepath.FromSlash(branch)) {
		return ""
	}
	common := r.gitDir
	if to, err := os.ReadFile(filepath.Join(r.gitDir, "commondir")); err == nil { // a linked work tree
		if common = strings.TrimSpace(string(to)); !filepath.IsAbs(common) {
			common = filepath.Join(r.gitDir, common)
		}
	}
	id, err := os.ReadFile(filepath.Join(common, filepath.FromSlash(branch)))
	if id = bytes.TrimSpace(id); err != nil || len(id) != 40 && len(id) != 64 {
		return ""
	}
	return string(id)
}
