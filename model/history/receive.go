package history

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// hookVariables are what git tells a hook of the repository that receives a push:
// where it lies, and where the objects lie that are not taken yet. Everywhere else
// they are kept from git, since they come from outside.
var hookVariables = []string{"GIT_DIR", "GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"}

// Server is a repository that receives pushes, seen from a hook that git runs in it.
type Server struct {
	repository *Repository
	reader     Reader
	folder     string          // the data folder within the tree; "" is the whole
	found      bool            // the folder is known
	held       *model.Campaign // the state that the server held before, once it was asked for
	head       string          // the commit whose roster counts; "" when the server holds nothing yet
}

// OpenServer opens the repository in which git runs a hook; dir is the folder in
// which it does. folder is the data folder within the tree; "" looks for it. The
// reader must name files as within the data folder.
func OpenServer(ctx context.Context, dir, folder string, reader Reader) (*Server, error) {
	r := &Repository{top: dir}
	for _, name := range hookVariables {
		if value, given := os.LookupEnv(name); given {
			r.hook = append(r.hook, name+"="+value)
		}
	}
	out, err := run(ctx, dir, nil, r.hook, "rev-parse", "--absolute-git-dir")
	if err != nil {
		return nil, &phrase.Refusal{
			What: phrase.Say("this is no repository that receives a push"),
			Hint: phrase.Say("`tiendo verify-push` is for a hook: `tiendo help verify-push`"), Err: err,
		}
	}
	r.gitDir = strings.TrimSpace(string(out))
	s := &Server{repository: r, reader: reader, folder: path.Clean(filepath.ToSlash(folder)), found: folder != ""}
	if s.folder == "." {
		s.folder = ""
	}
	return s, s.findHead(ctx)
}

// findHead finds the commit that holds before the push: the tip of the branch that
// the server shows to whoever clones it, or of the only branches that there are.
func (s *Server) findHead(ctx context.Context) error {
	out, err := s.git(ctx, nil, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
	if err == nil {
		s.head = strings.TrimSpace(string(out))
		return nil
	}
	if exitCode(err) != 1 && exitCode(err) != 128 {
		return err
	}
	out, err = s.git(ctx, nil, "for-each-ref", "--count=1", "--format=%(objectname)")
	if err == nil && len(out) > 0 {
		return phrase.Refuse(phrase.Say("the server does not say which branch holds the plan"),
			phrase.Say("on the server: git symbolic-ref HEAD refs/heads/main"))
	}
	return err
}

func (s *Server) git(ctx context.Context, stdin []byte, args ...string) ([]byte, error) {
	return run(ctx, s.repository.top, stdin, s.repository.hook, args...)
}

// Held is the state of the data that the server held before the push; when it
// holds nothing yet, that of the push itself. The error says that it cannot be relied on.
func (s *Server) Held(ctx context.Context, pushed string) (*model.Campaign, error) {
	commit := s.head
	if commit == "" {
		commit = pushed
	}
	if isNone(commit) {
		return &model.Campaign{}, nil
	}
	held, err := s.state(ctx, commit)
	s.held = held
	return held, err
}

// state reads all data of a commit.
func (s *Server) state(ctx context.Context, commit string) (*model.Campaign, error) {
	if err := s.findFolder(ctx, commit); err != nil {
		return nil, err
	}
	files, err := s.repository.files(ctx, s.folder, commit)
	if err != nil {
		return nil, err
	}
	return s.reader.Load(ctx, files)
}

// findFolder looks where a commit keeps the plan.
func (s *Server) findFolder(ctx context.Context, commit string) error {
	if s.found {
		return nil
	}
	for _, folder := range []string{"data", ""} {
		if _, err := s.git(ctx, nil, "cat-file", "-e", commit+":"+path.Join(folder, baseFiles[0])); err == nil {
			s.folder, s.found = folder, true
			return nil
		}
	}
	return phrase.Refuse(phrase.Say("there is no plan in the repository: neither %s nor %s", "data/"+baseFiles[0], baseFiles[0]),
		phrase.Say("name the folder within the repository with --data"))
}

// Push reads what is asked for: to let a ref go from one commit to another.
func (s *Server) Push(ctx context.Context, ref, before, after string) (*review.Push, error) {
	for _, id := range []string{before, after} {
		if !isHash(id) {
			return nil, s.repository.noRevision(ctx, []string{id}, "unknown revision", nil)
		}
	}
	push := &review.Push{Ref: text.Line(ref), Deleted: isNone(after), Created: isNone(before), First: s.head == ""}
	if push.Deleted {
		return push, nil
	}
	tip, err := s.git(ctx, nil, "rev-parse", "--verify", "--quiet", after+"^{commit}")
	if err != nil {
		return nil, phrase.Refuse(phrase.Say("%s does not stand for a commit", push.Ref), phrase.Say("push a branch: git push origin main"))
	}
	after = strings.TrimSpace(string(tip))
	if !push.Created {
		if _, err := s.git(ctx, nil, "merge-base", "--is-ancestor", before, after); err != nil {
			if exitCode(err) != 1 {
				return nil, err
			}
			push.Rewritten = true
			return push, nil
		}
	}
	arrived, err := s.arrived(ctx, after)
	if err != nil {
		return nil, err
	}
	return push, s.fill(ctx, push, arrived, after)
}

// arriving is a commit that is new to the server.
type arriving struct {
	commit
	changes [][]entry // against each parent; a first commit has one list
}

// entry is a file that differs between a commit and one of its parents.
type entry struct {
	path          string
	oldMode, mode string
	before, after string // ids
}

func (e entry) gone() bool { return isNone(e.after) }

// arrived lists the commits that no ref of the server leads to, each after its parents.
func (s *Server) arrived(ctx context.Context, tip string) ([]*arriving, error) {
	out, err := s.git(ctx, nil, "log", "-z", "--topo-order", "--reverse", "--no-show-signature", "--no-color", "--no-patch",
		"--format=tformat:%H%x00%P%x00%an%x00%ae%x00%s", tip, "--not", "--all", "--")
	if err != nil {
		return nil, err
	}
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	if len(out) == 0 {
		return nil, nil
	}
	if len(fields)%5 != 0 {
		return nil, fmt.Errorf("git log gave %d fields", len(fields))
	}
	var all []*arriving
	var pairs strings.Builder
	for chunk := range slices.Chunk(fields, 5) {
		commit := &arriving{commit: commit{
			hash: chunk[0], parents: strings.Fields(chunk[1]), author: text.Line(chunk[2]), email: text.Line(chunk[3]), title: text.Line(chunk[4]),
		}}
		all = append(all, commit)
		if len(commit.parents) == 0 {
			fmt.Fprintln(&pairs, commit.hash)
		}
		for _, parent := range commit.parents {
			fmt.Fprintln(&pairs, commit.hash, parent)
		}
	}
	out, err = s.git(ctx, []byte(pairs.String()), "diff-tree", "--stdin", "-r", "-z", "--raw", "--no-renames", "--no-abbrev",
		"--always", "--root", "-m", "--no-textconv", "--no-ext-diff")
	if err != nil {
		return nil, err
	}
	return all, takeApart(strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00"), all)
}

// takeApart gives each commit its changes: a hash begins the next list.
func takeApart(fields []string, all []*arriving) error {
	at := 0 // in all
	for i := 0; i < len(fields); {
		for at < len(all) && len(all[at].changes) == max(1, len(all[at].parents)) {
			at++
		}
		if at == len(all) || fields[i] != all[at].hash {
			return fmt.Errorf("git diff-tree gave %q", fields[i])
		}
		var list []entry
		for i++; i+1 < len(fields) && strings.HasPrefix(fields[i], ":"); i += 2 {
			parts := strings.Fields(strings.TrimPrefix(fields[i], ":"))
			if len(parts) != 5 {
				return fmt.Errorf("git diff-tree gave %q", fields[i])
			}
			list = append(list, entry{fields[i+1], parts[0], parts[1], parts[2], parts[3]})
		}
		all[at].changes = append(all[at].changes, list)
	}
	if n := len(all); n > 0 && len(all[n-1].changes) != max(1, len(all[n-1].parents)) {
		return errors.New("git diff-tree gave too little")
	}
	return nil
}
