package history

import (
	"bytes"
	"context"
	"crypto/sha1" //nolint:gosec // git's own object ids, no secret
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/phrase"
)

// lockPatience is how long a commit waits while the user's own git holds the index.
const lockPatience = 5 * time.Second

// made finds the short hash in git's own answer, "[main 3f9c2d1] subject".
var made = regexp.MustCompile(`^\[.* ([0-9a-f]{4,64})\]`)

// Commit records the file of a commit as it stands in the work tree, and
// nothing else, and gives the short hash. An error is a reason to wait.
func (r *Repository) Commit(ctx context.Context, commit model.Commit) (string, error) {
	if err := r.Ready(); err != nil {
		return "", err
	}
	path, err := r.relative(commit.Path)
	if err != nil {
		return "", err
	}
	before := r.known(r.Head())
	content, unread := os.ReadFile(commit.Path)
	var hash string
	err = patiently(ctx, func() error {
		var err error
		hash, err = r.commitOnly(ctx, commit, path)
		return err
	})
	if err != nil || unread != nil {
		return hash, err
	}
	after := r.Head()
	if now, err := os.ReadFile(commit.Path); err == nil && hash != "" && bytes.Equal(now, content) && strings.HasPrefix(after, hash) {
		r.learn(before, after, path, content)
	}
	return hash, nil
}

func (r *Repository) commitOnly(ctx context.Context, commit model.Commit, path string) (string, error) {
	who := append(author(commit), committer(commit.Recorded)...)
	args := []string{"commit", "--only", "--no-verify", "--cleanup=verbatim", "--no-status", "--file=-", "--", path}
	out, err := run(ctx, r.top, []byte(commit.Message), who, args...)
	if err == nil {
		return hashOf(out), nil
	}
	var failed *gitError
	if !errors.As(err, &failed) {
		return "", err
	}
	if strings.Contains(failed.words, "did not match any file") {
		return r.commitNew(ctx, commit, path, who, args)
	}
	if exitCode(err) == 1 { // nothing to commit: the last commit holds it already
		out, err := run(ctx, r.top, nil, nil, "log", "-1", "--format=%h", "--", path)
		return strings.TrimSpace(string(out)), err
	}
	return "", err
}

// commitNew tells git of a new file first; when the commit fails, the index is as it was.
func (r *Repository) commitNew(ctx context.Context, commit model.Commit, path string, who, args []string) (string, error) {
	if _, err := run(ctx, r.top, nil, nil, "add", "--intent-to-add", "--", path); err != nil {
		return "", err
	}
	out, err := run(ctx, r.top, []byte(commit.Message), who, args...)
	if err != nil {
		_, undo := run(ctx, r.top, nil, nil, "rm", "--cached", "--quiet", "--", path)
		return "", errors.Join(err, undo)
	}
	return hashOf(out), nil
}

func hashOf(out []byte) string {
	first, _, _ := bytes.Cut(out, []byte("\n"))
	if match := made.FindSubmatch(first); match != nil {
		return string(match[1])
	}
	return ""
}

// CommitContent records an earlier content of a file by way of an index of its
// own: neither the user's index nor the work tree is touched. When somebody else
// commits meanwhile, it begins again on top of that.
func (r *Repository) CommitContent(ctx context.Context, commit model.Commit, content []byte) (string, error) {
	if err := r.Ready(); err != nil {
		return "", err
	}
	path, err := r.relative(commit.Path)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(r.Dir(), 0o700); err != nil {
		return "", err
	}
	var hash string
	err = patiently(ctx, func() error {
		var err error
		hash, err = r.commitContent(ctx, commit, path, content)
		return err
	})
	return hash[:min(shortHash, len(hash))], err
}

func (r *Repository) commitContent(ctx context.Context, commit model.Commit, path string, content []byte) (string, error) {
	index := filepath.Join(r.Dir(), "index-"+strconv.Itoa(os.Getpid()))
	defer func() { _ = os.Remove(index) }() // only a scratch file of our own
	env := append(append(author(commit), committer(commit.Recorded)...), "GIT_INDEX_FILE="+index)
	var failed error
	ask := func(stdin []byte, args ...string) string {
		if failed != nil {
			return ""
		}
		var out []byte
		out, failed = run(ctx, r.top, stdin, env, args...)
		return strings.TrimSpace(string(out))
	}
	head := ask(nil, "rev-parse", "--verify", "HEAD")
	ask(nil, "read-tree", head)
	mode, _, found := strings.Cut(ask(nil, "ls-files", "--stage", "--", path), " ")
	if !found {
		mode = "100644"
	}
	blob := ask(content, "hash-object", "-w", "--stdin", "--path", path)
	ask(nil, "update-index", "--add", "--cacheinfo", mode+","+blob+","+path)
	tree := ask(nil, "write-tree")
	made := ask([]byte(commit.Message), "commit-tree", tree, "-p", head, "-F", "-")
	ask(nil, "update-ref", "-m", "tiendo", "HEAD", made, head) // refused when HEAD has moved
	return made, failed
}

// HeadHolds begins to ask whether the last commit holds exactly this content for a
// path. What it returns waits for the answer, which is about the commit that was the
// last one at the call, also when others are made meanwhile.
func (r *Repository) HeadHolds(ctx context.Context, path string, content []byte) func() (bool, error) {
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
func (r *Repository) holds(ctx context.Context, commit, name string, content []byte) (bool, error) {
	out, err := run(ctx, r.top, nil, nil, "rev-parse", "--verify", "--quiet", commit+":"+name)
	if err != nil {
		if exitCode(err) == 1 { // no commit yet, or no such file in it
			return false, nil
		}
		return false, err
	}
	id := strings.TrimSpace(string(out))
	if id == blobID(content, len(id)) {
		return true, nil
	}
	// The repository may convert line ends or run a filter: let git say what it would keep.
	out, err = run(ctx, r.top, content, nil, "hash-object", "--stdin", "--path", name)
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

// patiently tries again while another git holds a lock.
func patiently(ctx context.Context, try func() error) error {
	deadline := time.NewTimer(lockPatience)
	defer deadline.Stop()
	for {
		err := try()
		if err == nil || !locked(err) {
			return err
		}
		wait := time.NewTimer(20*time.Millisecond + rand.N(60*time.Millisecond))
		select {
		case <-wait.C:
		case <-deadline.C:
			wait.Stop()
			return &phrase.Refusal{
				What: phrase.Say("another git program holds the index"),
				Hint: phrase.Say("when none is running, delete the file index.lock in the git folder"), Err: err,
			}
		case <-ctx.Done():
			wait.Stop()
			return ctx.Err()
		}
	}
}

func locked(err error) bool {
	var failed *gitError
	if !errors.As(err, &failed) || strings.Contains(failed.words, "Permission denied") || strings.Contains(failed.words, "Read-only file system") ||
		strings.Contains(failed.words, "No space left") { // no waiting helps there
		return false
	}
	return strings.Contains(failed.words, ".lock") || strings.Contains(failed.words, "cannot lock ref")
}

// author is the person of a commit for git's environment.
func author(commit model.Commit) []string {
	name, email := identity(commit.AuthorName), identity(commit.AuthorEmail)
	if name == "" {
		name = "unknown"
	}
	if email == "" {
		email = "unknown@localhost"
	}
	env := []string{"GIT_AUTHOR_NAME=" + name, "GIT_AUTHOR_EMAIL=" + email}
	if !commit.When.IsZero() {
		env = append(env, "GIT_AUTHOR_DATE="+commit.When.Format(time.RFC3339))
	}
	return env
}

// committer is tiendo, at a moment or now.
func committer(at time.Time) []string {
	env := []string{"GIT_COMMITTER_NAME=" + committerName, "GIT_COMMITTER_EMAIL=" + committerEmail}
	if !at.IsZero() {
		env = append(env, "GIT_COMMITTER_DATE="+at.Format(time.RFC3339))
	}
	return env
}

// identity takes out what would end a name or an address in a commit.
func identity(s string) string {
	return strings.TrimSpace(strings.NewReplacer("<", "", ">", "", "\n", " ", "\x00", "").Replace(s))
}
