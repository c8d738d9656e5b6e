package history

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/history/gitfiles"
	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/phrase"
)

// move is a work tree on its way from the last commit to another state. As a note it lies in tiendo's folder of the git
// directory from before the first file changes until index and branch have followed. Whatever happens in between, the
// next start finishes it, or takes it back where the branch has gone elsewhere meanwhile.
type move struct {
	From string `json:"from"` // the last commit
	To   string `json:"to"`   // the commit to come
	Note string `json:"note"` // a ref that follows the branch; "" for none
	// differing is what differs between the two, once it is known.
	differing []movedPath
}

const moveFile = "move.json"

// moving is the move that has begun and did not end, if there is one.
func (r *worktree) moving() (m move, begun bool, err error) {
	begun, err = r.readNote(moveFile, &m)
	return m, begun, err
}

// readNote reads a note in tiendo's folder of the git directory, if it lies there.
func (r *runner) readNote(name string, into any) (lies bool, err error) {
	content, err := os.ReadFile(filepath.Join(r.Dir(), name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err == nil {
		err = json.Unmarshal(content, into)
	}
	return true, err
}

// keepNote writes a note for readNote, for good, under the lock of the data folder.
func (r *runner) keepNote(name string, note any) error {
	content, err := json.Marshal(note)
	if err != nil {
		return err
	}
	file := filepath.Join(r.Dir(), name)
	return durable.Replace(file, content, durable.Options{Pattern: durable.Locked, Mode: durable.OwnMode(file)})
}

// move brings work tree, index and branch to another state: all of it, or nothing.
func (r *Repository) move(ctx context.Context, m *move) error {
	err := r.patiently(ctx, func() error {
		if _, begun, _ := r.moving(); begun {
			return r.resume(ctx)
		}
		return r.carry(ctx, m, m.From, m.To, true)
	})
	if _, begun, _ := r.moving(); err == nil || !begun {
		return err
	}
	if head, failed := r.Resolve(ctx, "HEAD"); failed == nil && head == m.From &&
		r.carry(ctx, m, m.To, m.From, false) == nil {
		return err
	}
	return halfWay(err)
}

// halfWay says that a move was stopped and could not be taken back.
func halfWay(err error) error {
	return &phrase.Refusal{
		What: phrase.Say("the changes of others are only half in place"), Err: err,
		Hint: phrase.Say("fix what is said there; the next change or start puts the rest in place"),
	}
}

// resume finishes a move that was stopped in the middle, or takes it back. It is called under the lock of the data
// folder.
func (r *Repository) resume(ctx context.Context) error {
	m, begun, err := r.moving()
	if !begun || err != nil {
		return err
	}
	halt, is, err := r.halted()
	switch {
	case err != nil:
		return err
	case is:
		return phrase.Refuse(halt.what, halt.out)
	}
	head, err := r.Resolve(ctx, "HEAD")
	switch {
	case err != nil:
		return err
	case head == m.From, head == m.To:
		return r.carry(ctx, &m, m.From, m.To, false)
	}
	return r.carry(ctx, &m, m.To, head, false)
}

// moved takes the note away.
func (r *Repository) moved() error {
	return errors.Join(os.Remove(filepath.Join(r.Dir(), moveFile)), durable.SyncFolder(r.Dir()))
}

// carry replaces the files of one state by those of another, and lets index and branch follow. A first try refuses when
// anything stands otherwise than in the old state; a later one leaves alone what stands in neither.
func (r *Repository) carry(ctx context.Context, m *move, from, to string, first bool) error {
	ctx = context.WithoutCancel(ctx)
	begun := r.begin()
	lock, err := r.lockIndex()
	if err != nil {
		begun.forget() // the lock is that of another
		return err
	}
	defer r.end(begun) // after the lock is given up
	defer lock.GiveUp()
	c, err := r.carrying()
	if err != nil {
		return err
	}
	c.lock = lock
	defer c.discard()
	if c.paths = slices.Clone(m.differing); !first || c.paths == nil {
		if c.paths, err = r.differences(ctx, from, to); err != nil {
			return err
		}
	}
	if first {
		m.differing = slices.Clone(c.paths)
	}
	if err := c.prepare(ctx, from, to, first); err != nil {
		return ownWork(err)
	}
	if first {
		if err := r.keepNote(moveFile, m); err != nil {
			return err
		}
	}
	if err := c.put(); err != nil {
		return err
	}
	if err := c.follow(ctx, m, to, first); err != nil {
		return err
	}
	refreshed := make(chan struct{})
	go func() { // a help for the next git, while the disk is waited for
		_, _ = r.change(ctx, nil, nil, "update-index", "-q", "--refresh")
		close(refreshed)
	}()
	err = c.settle()
	if err == nil {
		err = r.moved()
	}
	<-refreshed
	return err
}

// carrying is a move under way, with the lock of the index.
type carrying struct {
	*Repository
	lock   *gitfiles.IndexLock
	folder string // of its own, with
	index  string // the new one, before it takes its place, and
	files  string // where the new files are made
	paths  []movedPath
}

// movedPath is a file that differs between two states, as git names its versions; "" is no file.
type movedPath struct {
	name, before, after, stands string
	seen                        string // what stood there when that was looked at
}

// carrying makes a folder for a move: one of its own, since others may look at the same time whether theirs would fit.
func (r *Repository) carrying() (*carrying, error) {
	pattern := r.carryingPattern()
	folder, err := os.MkdirTemp(filepath.Dir(pattern), filepath.Base(pattern))
	return &carrying{
		Repository: r, folder: folder, index: filepath.Join(folder, "index"), files: filepath.Join(folder, "files"),
	}, err
}

// carryingPattern is where those folders lie: a file can be renamed from there into the work tree.
func (r *Repository) carryingPattern() string {
	if !durable.SameDevice(r.Dir(), r.top) {
		return filepath.Join(r.top, ".tiendo-move-*")
	}
	return filepath.Join(r.Dir(), "move-*")
}

// discard takes away what has not taken its place.
func (c *carrying) discard() { _ = os.RemoveAll(c.folder) }

// ask runs git with the new index.
func (c *carrying) ask(ctx context.Context, stdin []byte, args ...string) ([]byte, error) {
	return c.run(ctx, stdin, []string{"GIT_INDEX_FILE=" + c.index}, args...)
}

// prepare makes everything that is needed, so that a full disk shows before anything changes.
func (c *carrying) prepare(ctx context.Context, from, to string, first bool) error {
	if err := c.copy(); err != nil {
		return err
	}
	if first && !c.onlyContents() {
		if err := c.fits(ctx, from, to); err != nil {
			return err
		}
	}
	if _, err := c.ask(ctx, nil, "read-tree", "-i", "-m", from, to); err != nil {
		return err
	}
	if err := c.leaveOut(ctx); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{c.look, c.make, c.lookAgain} {
		if err := step(ctx); err != nil {
			return err
		}
		for _, one := range c.paths {
			if first && one.stands != one.before {
				return &gitrun.Error{Command: "read-tree", Words: one.name + " not uptodate", Err: errMissing}
			}
		}
	}
	return nil
}

// sweepMoves takes away the folders that killed moves have left.
func (r *Repository) sweepMoves() {
	pattern := r.carryingPattern()
	// the pattern is sound
	folders, _ := filepath.Glob(filepath.Join(escapeGlob(filepath.Dir(pattern)), filepath.Base(pattern)))
	for _, folder := range folders {
		_ = os.RemoveAll(folder)
	}
}

// copy copies the index.
func (c *carrying) copy() error { return gitfiles.CopyIndex(c.gitDir, c.index) }

// fits refuses a state that git could not put into the work tree without overwriting work of the user's own.
func (c *carrying) fits(ctx context.Context, from, to string) error {
	_, err := c.ask(ctx, nil, "read-tree", "-m", "-u", "-n", from, to)
	if err != nil { // a file may only look changed
		_, _ = c.ask(ctx, nil, "update-index", "-q", "--refresh")
		_, err = c.ask(ctx, nil, "read-tree", "-m", "-u", "-n", from, to)
	}
	return err
}

// differences lists the files that differ between two states, but for other repositories, which git does not move
// either.
func (r *runner) differences(ctx context.Context, from, to string) (paths []movedPath, err error) {
	out, err := r.run(ctx, nil, nil, "diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", from, to, "--")
	if err != nil {
		return nil, err
	}
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		about, name := strings.Fields(strings.TrimPrefix(fields[i], ":")), fields[i+1] // two modes, two ids, a letter
		if len(about) != 5 {
			return nil, errNoAnswer
		}
		one := movedPath{name: name, before: version(about[0], about[2]), after: version(about[1], about[3])}
		if one.before != otherRepository && one.after != otherRepository {
			paths = append(paths, one)
		}
	}
	return paths, nil
}

// leaveOut takes the files away that a sparse clone leaves out, as the new index says.
func (c *carrying) leaveOut(ctx context.Context) error {
	if c.isWhole() {
		return nil
	}
	tags, err := c.ask(ctx, nil, "ls-files", "-t", "-z")
	c.paths = slices.DeleteFunc(c.paths, func(one movedPath) bool {
		return bytes.Contains(tags, []byte(tagSkipped+" "+one.name+"\x00"))
	})
	return err
}

// isWhole reports whether the new index surely leaves nothing out: in its second version, git's usual one, it has no
// place to say so. An index in parts does not tell, nor does one that cannot be read.
func (c *carrying) isWhole() bool {
	file, err := os.Open(c.index)
	if err != nil {
		return false
	}
	defer func() { _ = file.Close() }()
	head := make([]byte, 8)
	if _, err := io.ReadFull(file, head); err != nil || string(head) != "DIRC\x00\x00\x00\x02" {
		return false
	}
	parts, err := filepath.Glob(filepath.Join(escapeGlob(c.gitDir), "sharedindex.*"))
	return err == nil && len(parts) == 0
}

// onlyContents says that no file comes, goes or becomes another kind. What git would refuse then are files that stand
// otherwise than in the old state, and those are looked at in any case.
func (c *carrying) onlyContents() bool {
	return !slices.ContainsFunc(c.paths, func(one movedPath) bool {
		return !strings.HasPrefix(one.before, "file ") || !strings.HasPrefix(one.after, "file ")
	})
}

// otherRepository stands for every version of a submodule.
const otherRepository = "160000"

// version is the version of a file by its mode and id. Whether it may be run is left to git, which may be told not to
// care.
func version(mode, id string) string {
	switch mode {
	case "000000":
		return ""
	case "120000":
		return "link " + id
	case otherRepository:
		return otherRepository
	}
	return "file " + id
}

// look sees which versions stand in the work tree. What has the very bytes of the old version is that one; of the rest
// git says what its filters make of it.
func (c *carrying) look(ctx context.Context) error {
	var files []*movedPath
	for i := range c.paths {
		one := &c.paths[i]
		seen, content, err := c.standing(one)
		switch one.seen, one.stands = seen, seen; {
		case err != nil:
			return err
		case !strings.HasPrefix(seen, "file "):
		case one.before == "file "+blobID(content, len(one.before)-len("file ")):
			one.stands = one.before
		default:
			files = append(files, one)
		}
	}
	for batch := range slices.Chunk(files, 200) { // as many as a command line holds; a name may have any character
		args := []string{"hash-object", "--"}
		for _, one := range batch {
			args = append(args, one.name)
		}
		out, err := c.run(ctx, nil, nil, args...)
		ids := strings.Fields(string(out))
		if err == nil && len(ids) != len(batch) {
			err = errNoAnswer
		}
		if err != nil {
			return err
		}
		for i, one := range batch {
			one.stands = "file " + ids[i]
		}
	}
	return nil
}

// standing is what stands in the work tree: of a file its bytes count, before git's filters.
func (c *carrying) standing(one *movedPath) (what string, content []byte, err error) {
	file := filepath.Join(c.top, filepath.FromSlash(one.name))
	info, err := os.Lstat(file)
	switch {
	case err != nil && exists(file):
		return "", nil, err
	case err != nil:
		return "", nil, nil //nolint:nilerr // nothing stands there
	case info.Mode()&fs.ModeSymlink != 0:
		target, err := os.Readlink(file)
		length := len(strings.Fields(cmp.Or(one.before, one.after))[1])
		return "link " + blobID([]byte(filepath.ToSlash(target)), length), nil, err
	case info.IsDir() && one.before == "": // what lies in it goes with files of its own
		return "", nil, nil
	case info.IsDir():
		return "folder", nil, nil
	}
	content, err = os.ReadFile(file)
	return "file " + durable.Sum(content), content, err
}

// lookAgain sees what an editor, which takes no lock, has changed while the new files were made.
func (c *carrying) lookAgain(context.Context) error {
	for i := range c.paths {
		one := &c.paths[i]
		switch seen, _, err := c.standing(one); {
		case err != nil:
			return err
		case seen != one.seen && one.stands == one.before:
			one.stands = "changed"
		}
	}
	return nil
}

// make writes the new files, as git would write them into the work tree, and the new index, to the disk.
func (c *carrying) make(ctx context.Context) error {
	var names strings.Builder
	for _, one := range c.paths {
		if one.after != "" && one.stands == one.before {
			names.WriteString(one.name + "\x00")
		}
	}
	if names.Len() > 0 {
		if err := os.Mkdir(c.files, 0o700); err != nil {
			return err
		}
		if _, err := c.ask(ctx, []byte(names.String()), "checkout-index", "--prefix="+filepath.ToSlash(c.files)+"/", "-z",
			"--stdin"); err != nil {
			return err
		}
	}
	for _, one := range c.paths {
		if one.after == "" || one.stands != one.before || strings.HasPrefix(one.after, "link ") {
			continue
		}
		if err := syncFile(filepath.Join(c.files, filepath.FromSlash(one.name))); err != nil {
			return err
		}
	}
	return nil
}

// syncFile waits until a file is on the disk.
func syncFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// put puts the new files into place: first what goes, since a folder may come in its place.
func (c *carrying) put() error {
	folders := map[string]bool{}
	for _, one := range c.paths {
		if one.after != "" || one.stands != one.before {
			continue
		}
		file := filepath.Join(c.top, filepath.FromSlash(one.name))
		if err := os.Remove(file); err != nil && exists(file) {
			return err
		}
		folder := filepath.Dir(file)
		for folder != c.top && os.Remove(folder) == nil { // as git does with an empty one
			folder = filepath.Dir(folder)
		}
		folders[folder] = true
	}
	for _, one := range c.paths {
		if one.after == "" || one.stands != one.before {
			continue
		}
		file := filepath.Join(c.top, filepath.FromSlash(one.name))
		//nolint:gosec // as git: the umask takes away from that
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return err
		}
		if err := os.Rename(filepath.Join(c.files, filepath.FromSlash(one.name)), file); err != nil {
			return err
		}
		folders[filepath.Dir(file)] = true
	}
	for folder := range folders {
		if err := durable.SyncFolder(folder); err != nil && exists(folder) {
			return err
		}
	}
	return nil
}

// follow lets index and branch follow the files, the branch as git's own merge does.
func (c *carrying) follow(ctx context.Context, m *move, to string, first bool) error {
	if err := c.lock.Take(c.index); err != nil {
		return err
	}
	if to == m.To {
		if err := c.advance(ctx, m, first); err != nil {
			return err
		}
	}
	return c.lock.Put()
}

// advance moves the branch on, if it is where it was. A later try may find that done.
func (c *carrying) advance(ctx context.Context, m *move, first bool) error {
	if !first {
		if head, err := c.Resolve(ctx, "HEAD"); err != nil || head == m.To {
			return err
		}
	}
	refs := fmt.Sprintf("update ORIG_HEAD %s\nupdate HEAD %s %s\n", m.From, m.To, m.From)
	if m.Note != "" {
		refs += fmt.Sprintf("update %s %s\n", m.Note, m.To)
	}
	_, err := c.change(ctx, []byte(refs), committer(time.Time{}), "update-ref", "-m", "merge "+m.To+": Fast-forward",
		"--stdin")
	return err
}
