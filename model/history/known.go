package history

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"example.org/tiendo/model/durable"
)

// mostKnown is of how many files that is remembered: all of it is read and written at each change. Of any other git is
// asked.
const mostKnown = 100

// known is what the last commit is known to hold, so that git need not be asked
// before every change. It counts only while HEAD is where it was: any commit,
// checkout or reset that is not tiendo's own makes it void. It may be lost at any time.
type known struct {
	Head  string            `json:"head"`  // full id of the commit
	Files map[string]string `json:"files"` // SHA-256 of the bytes in the work tree, by path
}

func (r *worktree) knownFile() string { return filepath.Join(r.Dir(), "known") }

// known reads what is known of a commit; nothing when HEAD was elsewhere. The file
// begins with the digest of what follows: it is overwritten where it lies, so that a
// kill may leave a mixture.
func (r *worktree) known(head string) known {
	k := known{}
	content, err := os.ReadFile(r.knownFile())
	sum, rest, _ := bytes.Cut(content, []byte("\n"))
	if err != nil || string(sum) != durable.Sum(rest) || json.Unmarshal(rest, &k) != nil || k.Head != head || head == "" ||
		k.Files == nil {
		return known{Head: head, Files: map[string]string{}}
	}
	return k
}

// holds reports whether the file at a path is known to hold these bytes.
func (k known) holds(path string, content []byte) bool { return k.Files[path] == durable.Sum(content) }

// without is what is known but for files that differ in another commit.
func (k known) without(differing []movedPath) known {
	for _, one := range differing {
		delete(k.Files, one.name)
	}
	return k
}

// learn remembers that the commit head holds these bytes for some paths, beside what was known before, and forgets of
// others what is too much.
func (r *worktree) learn(k known, head string, contents map[string][]byte) {
	if head == "" || durable.MakeFolder(r.Dir(), durable.Own) != nil {
		return
	}
	k.Head = head
	for path, content := range contents {
		k.Files[path] = durable.Sum(content)
	}
	for path := range k.Files {
		if _, newest := contents[path]; len(k.Files) > mostKnown && (!newest || len(contents) > mostKnown) {
			delete(k.Files, path)
		}
	}
	out, err := json.Marshal(k)
	if err != nil {
		return
	}
	out = append([]byte(durable.Sum(out)+"\n"), out...)
	file, err := durable.Overwrite(r.knownFile(), out) // it need not be there after a power cut
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		_ = os.Remove(r.knownFile())
	}
}

// asCommitted reports whether files of a folder stand as in the last commit, byte by byte, or not at all. Git is asked
// only for what is not known yet. Where they differ for it, only git can tell whether that counts.
func (r *worktree) asCommitted(ctx context.Context, dir string, files []string) bool {
	head := r.Head()
	folder, err := r.Folder(dir)
	if head == "" || err != nil {
		return false
	}
	k := r.known(head)
	var names []string
	contents := map[string][]byte{}
	for _, file := range files {
		place := filepath.Join(dir, file)
		info, err := os.Lstat(place)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil || !info.Mode().IsRegular() {
			return false
		}
		content, err := os.ReadFile(place)
		if err != nil {
			return false
		}
		if name := path.Join(folder, file); !k.holds(name, content) {
			names = append(names, head+":"+name)
			contents[name] = content
		}
	}
	if len(names) == 0 {
		return true
	}
	ids, err := r.idsOf(ctx, names...)
	if err != nil {
		return false
	}
	for i, name := range names {
		if ids[i] != blobID(contents[strings.TrimPrefix(name, head+":")], len(head)) {
			return false
		}
	}
	if exists(r.Dir()) { // who only looks on leaves nothing behind
		r.learn(k, head, contents)
	}
	return true
}

// Head is the id of the commit that HEAD stands for, without asking git; empty
// where its file does not tell (a packed or stored otherwise branch, none, no commit yet).
func (r *worktree) Head() string {
	branch := r.branchFile()
	if branch == "" {
		return ""
	}
	id, err := os.ReadFile(branch)
	if id = bytes.TrimSpace(id); err != nil || len(id) != 40 && len(id) != 64 {
		return ""
	}
	return string(id)
}

// branchFile is where git keeps the branch that HEAD names; "" where HEAD names none.
func (r *worktree) branchFile() string {
	content, err := os.ReadFile(filepath.Join(r.gitDir, "HEAD"))
	branch, ok := strings.CutPrefix(strings.TrimSpace(string(content)), "ref: ")
	if err != nil || !ok || !filepath.IsLocal(filepath.FromSlash(branch)) {
		return ""
	}
	return filepath.Join(r.common(), filepath.FromSlash(branch))
}

// branchLog is where git writes down how the branch goes on that HEAD names, and how long that is before a commit.
type branchLog struct {
	file   string // "" where there is none
	length int64
}

func (r *worktree) branchLog() branchLog {
	within, err := filepath.Rel(r.common(), r.branchFile())
	if err != nil {
		return branchLog{}
	}
	log := branchLog{file: filepath.Join(r.common(), "logs", within)}
	info, err := os.Stat(log.file)
	if err != nil || !info.Mode().IsRegular() {
		return branchLog{}
	}
	log.length = info.Size()
	return log
}

// made is the commit that tiendo has made on the branch since; "" where none is written down.
func (l branchLog) made() string {
	file, err := os.Open(l.file)
	if err != nil {
		return ""
	}
	defer func() { _ = file.Close() }() // it was only read
	content, err := io.ReadAll(io.NewSectionReader(file, l.length, maxBlob))
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(content)) {
		_, to, _ := strings.Cut(line, " ") // from where it went on
		id, by, _ := strings.Cut(to, " ")
		if isID(id) && strings.HasPrefix(by, committerName+" <"+committerEmail+"> ") {
			return id
		}
	}
	return ""
}

// settle waits until the names of branch and index are on the disk. Git syncs what is in these files, but not the
// folders around them: a power cut would take a commit back that was told as made.
func (r *worktree) settle() error {
	branch := make(chan error, 1)
	go func() { // at the same time: the file system then works once for both
		file := r.branchFile()
		if file == "" {
			branch <- nil
			return
		}
		branch <- durable.SyncFolder(filepath.Dir(file))
	}()
	return errors.Join(durable.SyncFolder(r.gitDir), <-branch)
}
