package history

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha1" //nolint:gosec // git's own object ids, no secret
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/history/gitfiles"
	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// Commit records the file of a commit as it stands in the work tree, and nothing else, and gives the short hash. What
// it gives holds the content of the commit, as does the index. An error is a reason to wait: then the branch
// holds no commit that says otherwise, unless somebody has gone on from it.
func (r *Repository) Commit(ctx context.Context, commit review.Commit) (string, error) {
	return r.commit(ctx, commit, nil)
}

func (r *Repository) commit(ctx context.Context, commit review.Commit, begun *begun) (string, error) {
	if err := r.Ready(); err != nil {
		return "", err
	}
	path, err := r.relative(commit.Path)
	if err != nil {
		return "", err
	}
	if lock, lies := r.liesInVain(); lies {
		return "", lockedOut(lock, errLocked)
	}
	before := r.known(r.Head())
	now, err := os.ReadFile(commit.Path)
	if commit.Content == nil {
		commit.Content = now
	} else if err != nil || !bytes.Equal(now, commit.Content) {
		return "", changedMeanwhile()
	}
	var at standing
	err = r.patiently(ctx, func() error {
		var err error
		at, err = r.commitOnly(ctx, commit, path, begun)
		return err
	})
	if err != nil {
		return "", err
	}
	if at.commit != before.Head && (!at.ours || at.parent != before.Head) {
		before = known{Files: map[string]string{}} // what was known of other files may hold no more
	}
	r.learn(before, at.commit, map[string][]byte{path: commit.Content})
	r.packWhenDue()

	if err := r.settle(); err != nil {
		return "", err
	}
	if !at.ours {
		return r.heldBy(ctx, commit, at.commit, path)
	}
	return at.commit[:min(shortHash, len(at.commit))], nil
}

// CommitFiles records files as they stand in the work tree, and nothing else, in one commit, and gives the short hash.
// Contents are what each must hold, by its path; the path and the content of the commit say nothing here. With an error
// no commit was made.
func (r *Repository) CommitFiles(ctx context.Context, commit review.Commit, contents map[string][]byte) (string,
	error) {
	if err := r.Ready(); err != nil {
		return "", err
	}
	byName, names := map[string][]byte{}, []string{}
	for _, file := range slices.Sorted(maps.Keys(contents)) {
		name, err := r.relative(file)
		if err != nil {
			return "", err
		}
		if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, contents[file]) {
			return "", changedMeanwhile()
		}
		names, byName[name] = append(names, name), contents[file]
	}
	if lock, lies := r.liesInVain(); lies {
		return "", lockedOut(lock, errLocked)
	}
	var made standing
	err := r.patiently(ctx, func() error {
		out, fresh, err := r.gitCommit(ctx, commit, nil, branchLog{}, names...)
		if err != nil {
			for _, name := range names {
				err = errors.Join(err, r.withdrawn(ctx, name, fresh))
			}
			return err
		}
		for _, name := range names {
			if made, err = r.standing(ctx, cmp.Or(hashOf(out), "HEAD"), name); err != nil {
				return err
			}
			noted, err := r.isBlob(ctx, made.held, name, byName[name])
			if err == nil && !noted {
				err = changedMeanwhile()
			}
			if err != nil {
				return errors.Join(err, r.takeBack(ctx, made, name))
			}
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	r.learn(known{Files: map[string]string{}}, made.commit, byName)
	return made.commit[:min(shortHash, len(made.commit))], nil
}

// heldBy gives the commit that holds what was to be committed, where an earlier try has made it. What somebody else
// has committed is theirs.
func (r *worktree) heldBy(ctx context.Context, commit review.Commit, head, path string) (string, error) {
	out, err := r.run(ctx, nil, nil, "log", "-1", "--format=%H%x00%ce%x00%ae%x00%at%x00%an", "--no-show-signature",
		head, "--", path)
	fields := strings.Split(strings.TrimSpace(string(out)), "\x00")
	if err != nil || len(fields) != 5 {
		return "", errors.Join(err, errNoAnswer)
	}
	hash := fields[0][:min(shortHash, len(fields[0]))]
	ours := fields[1] == committerEmail && author(commit)[1] == "GIT_AUTHOR_EMAIL="+fields[2]
	if !ours || !commit.When.IsZero() && fields[3] != strconv.FormatInt(commit.When.Unix(), 10) {
		return "", &phrase.Refusal{What: phrase.Say("no commit was made: %s by %s holds the change already", hash,
			text.Line(fields[4])), Err: model.ErrHeldElsewhere}
	}
	return hash, nil
}

// changedMeanwhile says that a file does not hold what is to be committed.
func changedMeanwhile() error {
	return phrase.Refuse(phrase.Say("the file was changed by another program in this moment"),
		phrase.Say("look at the file and at git diff; the next change or start looks again"))
}

// standing is what git holds of a path, by the ids of objects; "" is nothing.
type standing struct {
	commit, parent string
	held, staged   string // of the path, in the commit and in the index
	ours           bool   // we have made the commit
}

// standing finds out what a commit and the index hold of a path.
func (r *worktree) standing(ctx context.Context, commit, path string) (standing, error) {
	if at, known := r.plainStanding(commit, path); known {
		return at, nil
	}
	ids, err := r.idsOf(ctx, commit, commit+"^", commit+":"+path, ":0:"+path)
	if err != nil {
		return standing{}, err
	}
	return standing{commit: ids[0], parent: ids[1], held: ids[2], staged: ids[3]}, nil
}

// plainStanding finds out what the last commit and the index hold of a path without a start of git, where it lies there
// as git has just written it.
func (r *worktree) plainStanding(commit, path string) (at standing, known bool) {
	at.commit = r.Head()
	if at.commit == "" || commit != "HEAD" && !strings.HasPrefix(at.commit, commit) {
		return at, false
	}
	tree, parents, _, known := r.loose().Commit(at.commit)
	if !known {
		return at, false
	}
	if len(parents) > 0 {
		at.parent = parents[0]
	}
	var staged string // as a folder
	if at.staged, staged, known = gitfiles.Staged(r.gitDir, path, len(at.commit)); !known {
		return at, false
	}
	if staged == tree { // so that nobody needs to look for it among thousands of names in the commit's folder
		at.held = at.staged
		return at, r.loose().Have(at.held)
	}
	at.held, known = r.loose().Held(tree, path)
	return at, known
}

// idsOf are the ids of objects by what git calls them; "" is nothing.
func (r *worktree) idsOf(ctx context.Context, names ...string) ([]string, error) {
	args, end := []string{"cat-file", "--batch-check=%(objectname)"}, "\n"
	if slices.ContainsFunc(names, func(name string) bool { return strings.Contains(name, "\n") }) {
		args, end = append(args, "-z"), "\x00"
	}
	out, err := r.run(ctx, []byte(strings.Join(names, end)+end), nil, args...)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(names))
	for i, answer := range strings.Split(string(out), "\n") {
		if i < len(ids) && isID(answer) { // else it names what is missing
			ids[i] = answer
		}
	}
	return ids, nil
}

// commitOnly makes the commit of a file, and looks what git holds then. Git's word alone is not enough: it writes
// the branch before the index, reads the file later than we do, and ends alike where there is nothing to commit
// and where it was kept from it.
func (r *Repository) commitOnly(ctx context.Context, commit review.Commit, path string, begun *begun) (standing,
	error) {
	log := r.branchLog()
	out, fresh, failed := r.gitCommit(ctx, commit, begun, log, path)
	if failed != nil && contended(failed) {
		return standing{}, errors.Join(failed, r.withdrawn(ctx, path, fresh))
	}
	made := hashOf(out)
	if failed == nil { // else it may be written down, and not come about
		made = cmp.Or(made, log.made())
	}
	at, err := r.standing(ctx, cmp.Or(made, "HEAD"), path)
	if err != nil {
		return at, err
	}
	at.ours = failed == nil
	noted, err := r.isBlob(ctx, at.held, path, commit.Content)
	if err != nil {
		return at, err
	}
	switch {
	case at.ours && (bytes.HasPrefix(out, []byte("[detached HEAD")) || made == "" && r.branchFile() == ""):
		return at, errors.Join(r.noBranch(), r.takeBack(ctx, at, path))
	case at.ours && !noted:
		return at, errors.Join(changedMeanwhile(), r.takeBack(ctx, at, path))
	case !noted:
		return at, errors.Join(r.whyNot(ctx, commit, path, failed), r.withdrawn(ctx, path, fresh))
	case !at.ours && at.held != blobID(commit.Content, len(at.held)):
		return at, phrase.Refuse(phrase.Say("git's filter makes of this file what the last commit holds already, so there "+
			"is nothing to commit"),
			phrase.Say("look at the attributes of the file: git check-attr --all -- %s", path))
	case at.staged != at.held:
		return at, r.Mend(ctx, commit.Path)
	}
	return at, nil
}

// begun is the git of a commit that was started before its file was in place. It waits for what to commit, and takes no
// lock before.
type begun struct {
	head           string // the last commit at that time
	note           *started
	git            *gitrun.Process
	message, paths *os.File // where it reads them
}

// Begin starts the git of a commit by its author while the file is still to be written, so that the start takes no time
// of its own. Finish makes the commit as Commit does. Drop is called in any case: without finish nothing is committed
// then, as where this process is killed.
func (r *Repository) Begin(ctx context.Context, by review.Commit) (
	finish func(context.Context, review.Commit) (string, error), drop func()) {
	starting := make(chan *begun, 1)
	go func() { starting <- r.beginCommit(ctx, by) }()
	started := sync.OnceValue(func() *begun { return <-starting })
	finish = func(ctx context.Context, commit review.Commit) (string, error) {
		return r.commit(ctx, commit, started())
	}
	drop = func() {
		if git := started(); git.waits() {
			_, _ = r.tell(ctx, git, "")
		}
	}
	return finish, drop
}

// beginCommit gives nil where git cannot be begun.
func (r *Repository) beginCommit(ctx context.Context, by review.Commit) *begun {
	if runtime.GOOS == "windows" { // there a process is given three files only
		return nil
	}
	itsPaths, paths, err := os.Pipe()
	if err != nil {
		return nil
	}
	defer func() { _ = itsPaths.Close() }()
	itsMessage, message, err := os.Pipe()
	if err != nil {
		_ = paths.Close()
		return nil
	}
	defer func() { _ = itsMessage.Close() }()
	git := &begun{head: r.Head(), note: r.begin(), paths: paths, message: message}
	args := append(commitArguments(r.branchLog()), "--pathspec-from-file=/dev/fd/3", "--pathspec-file-nul")
	ctx = context.WithoutCancel(ctx)
	git.git, err = gitrun.Start(ctx, r.top, itsMessage, []*os.File{itsPaths}, r.who(ctx, by), args...)
	if err != nil {
		git.note.forget()
		_, _ = paths.Close(), message.Close()
		return nil
	}
	git.note.by(git.git.Process.Pid)
	return git
}

// waits reports whether git waits for what to commit.
func (g *begun) waits() bool { return g != nil && g.paths != nil }

// tell tells git what to commit, and waits for its end. Without paths it commits nothing.
func (r *Repository) tell(ctx context.Context, git *begun, message string, paths ...string) ([]byte, error) {
	var all []byte
	for _, path := range paths {
		all = append(append(all, path...), 0)
	}
	_, err := git.paths.Write(all)
	err = errors.Join(err, git.paths.Close())
	_, unsaid := git.message.WriteString(message) // it reads this second
	err = errors.Join(err, unsaid, git.message.Close())
	git.paths = nil
	out, failed := git.git.End(context.WithoutCancel(ctx))
	r.ended(git.note, failed)
	return out, cmp.Or(failed, err)
}

// commitArguments are those of every git commit. Where the log of the branch names the commit git need not, which takes
// it a while with many files.
func commitArguments(log branchLog) []string {
	args := []string{"commit", "--only", "--no-verify", "--cleanup=verbatim", "--no-status", "--file=-"}
	if log.file != "" {
		args = append(args, "--quiet")
	}
	return args
}

// who are the author and the committer of a commit, for git's environment.
func (r *Repository) who(ctx context.Context, commit review.Commit) []string {
	return append(author(commit), r.committer(ctx, commit.Recorded, "HEAD")...)
}

// gitCommit runs git commit for some paths, and tells git of a file first that is new to it.
func (r *Repository) gitCommit(ctx context.Context, commit review.Commit, begun *begun, log branchLog,
	paths ...string) (out []byte, fresh bool, err error) {
	who, args := r.who(ctx, commit), append(append(commitArguments(log), "--"), paths...)
	if begun.waits() && begun.head == r.Head() {
		out, err = r.tell(ctx, begun, commit.Message, paths...)
	} else {
		out, err = r.change(ctx, []byte(commit.Message), who, args...)
	}
	if failed, is := errors.AsType[*gitrun.Error](err); !is || !strings.Contains(failed.Words, "did not match any file") {
		return out, false, err
	}
	add := append([]string{"add", "--intent-to-add", "--force", "--"}, paths...)
	if _, err := r.change(ctx, nil, nil, add...); err != nil {
		return nil, true, err
	}
	out, err = r.change(ctx, []byte(commit.Message), who, args...)
	return out, true, err
}

// withdrawn makes a file that git was told of new to it again, after its commit failed. What the last commit holds
// meanwhile stays in the index.
func (r *worktree) withdrawn(ctx context.Context, path string, fresh bool) error {
	if !fresh {
		return nil
	}
	_, err := r.change(ctx, nil, nil, "reset", "--quiet", "--", path)
	return err
}

// takeBack takes back a commit of ours that is not what it says, if it is the last one still.
func (r *worktree) takeBack(ctx context.Context, at standing, path string) error {
	if at.parent == "" {
		return nil // the first one stays
	}
	_, err := r.change(ctx, nil, nil, "update-ref", "-m", "tiendo: taken back", "HEAD", at.parent, at.commit)
	return errors.Join(err, r.withdrawn(ctx, path, err == nil))
}

// whyNot says why git has made no commit, as far as that can be found out.
func (r *Repository) whyNot(ctx context.Context, commit review.Commit, path string, failed error) error {
	if gitrun.ExitCode(failed) != 1 {
		return failed
	}
	if now, err := os.ReadFile(commit.Path); err != nil || !bytes.Equal(now, commit.Content) {
		return changedMeanwhile()
	}
	if out, err := r.run(ctx, nil, nil, "ls-files", "-t", "--", path); err == nil &&
		bytes.HasPrefix(out, []byte("S ")) {
		return phrase.Refuse(phrase.Say("git is told to look past this file (skip-worktree)"),
			phrase.Say("git update-index --no-skip-worktree %s; the next change or start makes the commit", commit.Path))
	}
	if strings.Contains(failed.Error(), "empty commit message") { // it was not empty
		return &phrase.Refusal{
			What: phrase.Say("git could not write down the message of the commit: the disk may be full"),
			Hint: phrase.Say("free some space"), Err: failed,
		}
	}
	return errors.Join(errUnseen, failed)
}

// Mend makes the index hold of a file what the last commit holds: a git that was killed after it had moved the
// branch on leaves the version before it there, and the user's next commit would bring that back.
func (r *Repository) Mend(ctx context.Context, path string) error {
	name, err := r.relative(path)
	if err != nil {
		return err
	}
	at, err := r.standing(ctx, "HEAD", name)
	if err != nil || at.staged == at.held {
		return err
	}
	if err := r.Ready(); err != nil {
		return err
	}
	if err := r.changePatiently(ctx, "reset", "--quiet", "--", name); err != nil {
		return err
	}
	if at, err = r.standing(ctx, "HEAD", name); err == nil && at.staged != at.held {
		err = phrase.Refuse(phrase.Say("git's index does not take what the last commit holds"),
			phrase.Say("look at git status"))
	}
	return err
}

// hashOf finds the short hash in git's own answer, "[main 3f9c2d1] subject".
func hashOf(out []byte) string {
	before, _, _ := strings.Cut(string(out), "] ") // what comes later may hold brackets, too
	hash := before[strings.LastIndex(before, " ")+1:]
	if strings.Trim(hash, "0123456789abcdef") != "" {
		return ""
	}
	return hash
}

// CommitContent records an earlier content of a file without touching the work tree. The index is locked meanwhile
// as git does it; of the file it holds afterwards what the commit holds. When the branch moves on meanwhile,
// it begins again on top of that.
func (r *Repository) CommitContent(ctx context.Context, commit review.Commit, content []byte) (string, error) {
	if err := r.Ready(); err != nil {
		return "", err
	}
	path, err := r.relative(commit.Path)
	if err != nil {
		return "", err
	}
	if err := durable.MakeFolder(r.Dir(), durable.Own); err != nil {
		return "", err
	}
	var hash string
	err = r.patiently(ctx, func() error {
		var err error
		hash, err = r.commitContent(ctx, commit, path, content)
		return err
	})
	return hash[:min(shortHash, len(hash))], err
}

func (r *Repository) commitContent(ctx context.Context, commit review.Commit, path string, content []byte) (string,
	error) {
	ctx = context.WithoutCancel(ctx)
	begun := r.begin()
	lock, err := r.lockIndex()
	if err != nil {
		begun.forget() // the lock is that of another
		return "", err
	}
	defer r.end(begun) // after the lock is given up
	defer lock.GiveUp()
	if err := r.takesContent(ctx, path); err != nil {
		return "", err
	}
	scratch := filepath.Join(r.Dir(), "index-"+strconv.Itoa(os.Getpid()))
	defer func() { // only scratch files of our own
		_ = os.Remove(scratch)
		_ = os.Remove(scratch + ".lock")
	}()
	who := r.who(ctx, commit)
	var failed error
	ask := func(stdin []byte, args ...string) string {
		if failed != nil {
			return ""
		}
		var out []byte
		out, failed = r.run(ctx, stdin, append(who, "GIT_INDEX_FILE="+scratch), args...)
		answer := strings.TrimSpace(string(out))
		if failed == nil && answer == "" && args[0] != "read-tree" && args[0] != "update-index" && args[0] != "update-ref" &&
			args[0] != "ls-files" {
			failed = fmt.Errorf("git %s: no answer", args[0])
		}
		return answer
	}
	head := ask(nil, "rev-parse", "--verify", "HEAD")
	ask(nil, "read-tree", head)
	mode, _, found := strings.Cut(ask(nil, "ls-files", "--stage", "--", path), " ")
	if !found {
		mode = "100644"
	}
	blob := ask(content, "hash-object", "-w", "--stdin", "--path", path)
	entry := []string{"update-index", "--add", "--cacheinfo", mode + "," + blob + "," + path}
	ask(nil, entry...)
	tree := ask(nil, "write-tree")
	made := ask([]byte(commit.Message), "commit-tree", tree, "-p", head, "-F", "-")
	if failed == nil {
		failed = gitfiles.CopyIndex(r.gitDir, scratch) // what the user has there stays, but for this file
	}
	ask(nil, entry...)
	if failed == nil {
		failed = lock.Take(scratch)
	}
	ask(nil, "update-ref", "-m", "tiendo", "HEAD", made, head) // refused when HEAD has moved
	if failed == nil {
		failed = lock.Put()
	}
	if failed == nil {
		failed = r.settle()
	}
	return made, failed
}

// takesContent refuses a file of which the index holds more than one version, or none to look at.
func (r *Repository) takesContent(ctx context.Context, path string) error {
	if err := r.Ready(); err != nil { // now that nobody can begin anything
		return err
	}
	out, err := r.run(ctx, nil, nil, "ls-files", "-t", "--", path)
	switch {
	case err != nil:
		return err
	case bytes.HasPrefix(out, []byte("S ")):
		return phrase.Refuse(phrase.Say("git is told to look past this file (skip-worktree)"),
			phrase.Say("git update-index --no-skip-worktree %s; the next change or start makes the commit", path))
	case bytes.HasPrefix(out, []byte("M ")):
		return phrase.Refuse(phrase.Say("git still has files in conflict: %s", text.Line(path)), r.WayOut())
	}
	return nil
}

// lockIndex takes the lock of the index as git does. It fails as git does when another program has it.
func (r *worktree) lockIndex() (*gitfiles.IndexLock, error) {
	lock, err := gitfiles.LockIndex(r.gitDir)
	if errors.Is(err, fs.ErrExist) {
		return nil, &gitrun.Error{Command: "update-index",
			Words: fmt.Sprintf("Unable to create '%s.lock': File exists", filepath.Join(r.gitDir, "index")), Err: err}
	}
	return lock, err
}

// HeadHolds begins to ask whether the last commit holds exactly this content for a
// path. What it returns waits for the answer, which is about the commit that was the
// last one at the call, also when others are made meanwhile.
func (r *worktree) HeadHolds(ctx context.Context, path string, content []byte) func() (bool, error) {
	name, err := r.relative(path)
	head := r.Head()
	switch {
	case err != nil:
		return func() (bool, error) { return false, err }
	case head == "": // only git can tell, and it must do so now
		held, err := r.holds(ctx, "HEAD", name, content)
		return func() (bool, error) { return held, err }
	case r.known(head).holds(name, content):
		return func() (bool, error) { return true, nil }
	}
	answered, held := make(chan error, 1), false
	go func() {
		var err error
		held, err = r.holds(ctx, head, name, content)
		answered <- err
	}()
	return sync.OnceValues(func() (bool, error) {
		err := <-answered
		return held, err
	})
}

// holds asks git whether a commit holds exactly this content for a name.
func (r *worktree) holds(ctx context.Context, commit, name string, content []byte) (bool, error) {
	out, err := r.run(ctx, nil, nil, "rev-parse", "--verify", "--quiet", commit+":"+name)
	if err != nil {
		if gitrun.ExitCode(err) == 1 { // no commit yet, or no such file in it
			return false, nil
		}
		return false, err
	}
	return r.isBlob(ctx, strings.TrimSpace(string(out)), name, content)
}

// isBlob reports whether a content is what git keeps under an id.
func (r *worktree) isBlob(ctx context.Context, id, name string, content []byte) (bool, error) {
	if id == "" || id == blobID(content, len(id)) {
		return id != "", nil
	}
	// The repository may convert line ends or run a filter: let git say what it would keep.
	out, err := r.run(ctx, content, nil, "hash-object", "--stdin", "--path", name)
	return strings.TrimSpace(string(out)) == id, err
}

// blobID is git's id of a content, by the length of the repository's ids.
func blobID(content []byte, length int) string {
	blob := append([]byte("blob "+strconv.Itoa(len(content))+"\x00"), content...)
	if length == sha256.Size*2 {
		return durable.Sum(blob)
	}
	sum := sha1.Sum(blob) //nolint:gosec // git's own object ids, no secret
	return hex.EncodeToString(sum[:])
}

// author is the person of a commit for git's environment.
func author(commit review.Commit) []string {
	env := []string{"GIT_AUTHOR_NAME=" + cmp.Or(identity(commit.AuthorName), "unknown"),
		"GIT_AUTHOR_EMAIL=" + cmp.Or(identity(commit.AuthorEmail), review.OwnerEmail)}
	if !commit.When.IsZero() {
		env = append(env, "GIT_AUTHOR_DATE="+date(commit.When))
	}
	return env
}

// committer is tiendo, at a moment or now.
func committer(at time.Time) []string {
	env := []string{"GIT_COMMITTER_NAME=" + committerName, "GIT_COMMITTER_EMAIL=" + committerEmail}
	if !at.IsZero() {
		env = append(env, "GIT_COMMITTER_DATE="+date(at))
	}
	return env
}

// date writes a time as git stores it: dates in words it reads only up to the year 2099.
func date(at time.Time) string { return "@" + strconv.FormatInt(at.Unix(), 10) + at.Format(" -0700") }

// identity takes out what would end a name or an address in a commit.
func identity(s string) string {
	return strings.TrimSpace(strings.NewReplacer("<", "", ">", "", "\n", " ", "\x00", "").Replace(s))
}
