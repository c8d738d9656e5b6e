package history

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// hookVariables are what git tells a hook of the repository that receives a push:
// where it lies, and where the objects lie that are not taken yet. Everywhere else
// they are kept from git, since they come from outside.
var hookVariables = []string{"GIT_DIR", "GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY",
	"GIT_ALTERNATE_OBJECT_DIRECTORIES"}

// Server is a repository that receives pushes, seen from a hook that git runs in it.
type Server struct {
	repository *Repository
	reader     Reader
	folder     string          // the data folder within the tree; "" is the whole
	found      bool            // the folder is known
	held       *model.Campaign // the state that the server held before, once it was asked for
	refs       []string        // the names that the server has
	branch     string          // which of them it shows to whoever clones it; "" for none, and it may be still to come
	head       string          // the commit whose roster counts; "" when the server holds nothing yet
	rosters    map[string]*knownRoster
	asked      []string // refs that the push makes, as far as they were asked about
}

// OpenServer opens the repository in which git runs a hook; dir is the folder in
// which it does. folder is the data folder within the tree; "" looks for it. The
// reader must name files as within the data folder. driver is how git runs tiendo's merge driver; "" for none.
func OpenServer(ctx context.Context, dir, folder, driver string, reader Reader) (*Server, error) {
	r, err := receiving(ctx, dir)
	if err != nil {
		return nil, err
	}
	r.UseDriver(func() string { return driver })
	s := &Server{repository: r, reader: reader, folder: path.Clean(filepath.ToSlash(folder)), found: folder != ""}
	if s.folder == "." {
		s.folder = ""
	}
	return s, s.lookAround(ctx)
}

// receiving is the repository in which git runs a hook.
func receiving(ctx context.Context, dir string) (*Repository, error) {
	r := repositoryAt(dir, "")
	for _, name := range hookVariables {
		if value, given := os.LookupEnv(name); given {
			r.hook = append(r.hook, name+"="+value)
		}
	}
	out, err := gitrun.Run(ctx, dir, nil, r.hook, "rev-parse", "--absolute-git-dir")
	if err != nil {
		return nil, &phrase.Refusal{
			What: phrase.Say("this is no repository that receives a push"),
			Hint: phrase.Say("`tiendo verify-push` is for a hook: `tiendo help verify-push`"), Err: err,
		}
	}
	r.gitDir = strings.TrimSpace(string(out))
	return r, nil
}

// lookAround finds the refs of the server and the commit that holds before the push: the tip of the branch that the
// server shows to whoever clones it.
func (s *Server) lookAround(ctx context.Context) error {
	out, err := s.git(ctx, nil, "for-each-ref", "--format=%(HEAD)%(objectname) %(refname)")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(out)) {
		commit, ref, _ := strings.Cut(strings.TrimSpace(line), " ")
		s.refs = append(s.refs, ref)
		if head, is := strings.CutPrefix(commit, "*"); is {
			s.branch, s.head = ref, head
		}
	}
	if s.head != "" {
		return nil
	}
	out, err = s.git(ctx, nil, "symbolic-ref", "--quiet", "HEAD")
	switch s.branch = strings.TrimSpace(string(out)); {
	case gitrun.ExitCode(err) == 1: // it stands for a commit and no branch
		out, err = s.git(ctx, nil, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
		s.head = strings.TrimSpace(string(out))
	case err == nil && len(s.refs) > 0:
		return phrase.Refuse(phrase.Say("the server does not say which branch holds the plan"),
			phrase.Say("on the server: git symbolic-ref HEAD refs/heads/main"))
	}
	return err
}

func (s *Server) git(ctx context.Context, stdin []byte, args ...string) ([]byte, error) {
	return s.repository.run(ctx, stdin, s.repository.hook, args...)
}

// Held is the state of the data that the server held before the push; when it
// holds nothing yet, that of the push itself. The error says that it cannot be relied on.
func (s *Server) Held(ctx context.Context, pushed string) (*model.Campaign, error) {
	commit := cmp.Or(s.head, pushed)
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
	inData := path.Join("data", baseFiles[0])
	out, err := s.git(ctx, nil, "ls-tree", "--full-tree", "--name-only", commit, "--", inData, baseFiles[0])
	if err != nil {
		return err
	}
	if found := strings.Fields(string(out)); len(found) > 0 { // in git's order, where data/ comes first
		s.found, s.folder = true, strings.TrimSuffix(strings.TrimSuffix(found[0], baseFiles[0]), "/")
		return nil
	}
	return phrase.Refuse(phrase.Say("there is no plan in the repository: neither %s nor %s", "data/"+baseFiles[0],
		baseFiles[0]),
		phrase.Say("name the folder within the repository with --data"))
}

// Push reads what is asked for: to let a ref go from one commit to another. Several refs of one
// push are asked about one after the other.
func (s *Server) Push(ctx context.Context, change RefChange) (*review.Push, error) {
	ref, before, after := change.Ref, change.Old, change.New
	for _, id := range []string{before, after} {
		if !isID(id) {
			return nil, s.repository.noRevision(ctx, []string{id}, "unknown revision", nil)
		}
	}
	push := &review.Push{Ref: text.Line(ref), Deleted: isNone(after), Created: isNone(before), First: s.head == ""}
	push.Refs, push.Branch, push.Asked = s.refs, s.branch, slices.Clip(s.asked)
	if push.Created {
		s.asked = append(s.asked, push.Ref)
	}
	if push.Deleted {
		return push, nil
	}
	tip, err := s.git(ctx, nil, "rev-parse", "--verify", "--quiet", after+"^{commit}")
	if err != nil {
		return nil, phrase.Refuse(phrase.Say("%s is no commit", push.Ref),
			phrase.Say("push a branch: git push origin main"))
	}
	after = strings.TrimSpace(string(tip))
	if !push.Created {
		if _, err := s.git(ctx, nil, "merge-base", "--is-ancestor", before, after); err != nil {
			if gitrun.ExitCode(err) != 1 {
				return nil, err
			}
			push.Rewritten = true
			return push, nil
		}
	}
	if push.Trees, err = s.badTrees(ctx, after); err != nil || len(push.Trees) > 0 {
		return push, err
	}
	arrived, err := s.arrived(ctx, after)
	if err != nil {
		return nil, err
	}
	return push, s.fill(ctx, push, arrived, after)
}

// maxBadTrees is how many names that cannot be checked out are told.
const maxBadTrees = 20

// badTrees says what git, or a system on which somebody works, would not check out of the new
// folders of a push, unless the server has it already.
func (s *Server) badTrees(ctx context.Context, tip string) ([]phrase.Sentence, error) {
	out, err := s.git(ctx, nil, "rev-list", "--objects", "--filter=blob:none", tip, "--not", "--all")
	if err != nil {
		return nil, err
	}
	var faults []phrase.Sentence
	trees := s.repository.batch(ctx, "--batch")
	defer trees.close()
	for line := range strings.Lines(string(out)) {
		id, folder, isTree := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !isTree {
			continue
		}
		found, err := treeFaults(trees, id, folder)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 && s.head != "" {
			held, err := treeFaults(trees, s.head+":"+folder, folder)
			// a folder that was not there excuses nothing
			if _, none := errors.AsType[*UnreadableError](err); err != nil && !none {
				return nil, err
			}
			found = slices.DeleteFunc(found, func(fault phrase.Sentence) bool {
				return slices.ContainsFunc(held, func(known phrase.Sentence) bool { return known.String() == fault.String() })
			})
		}
		if faults = append(faults, found...); len(faults) >= maxBadTrees {
			break
		}
	}
	return faults, nil
}

// maxPath is how long the path of a file may be, in bytes.
const maxPath = 1024

// treeFaults reads a folder as git keeps it. Git's own listings hide how it is written.
func treeFaults(trees *batch, name, folder string) ([]phrase.Sentence, error) {
	content, id, err := trees.tree(name)
	if err != nil {
		return nil, err
	}
	var faults []phrase.Sentence
	folded, previous := map[string]string{}, ""
	for content != "" {
		mode, rest, _ := strings.Cut(content, " ")
		name, rest, whole := strings.Cut(rest, "\x00")
		if !whole || len(rest) < len(id)/2 {
			return nil, fmt.Errorf("the tree %s is damaged", id)
		}
		content = rest[len(id)/2:]
		shown, order := text.Line(path.Join(folder, name)), name
		if mode == "40000" {
			order += "/"
		}
		alike := text.FoldFileName(name)
		other, twice := folded[alike]
		switch {
		case !slices.Contains([]string{"100644", "100755", "40000", "120000", "160000"}, mode):
			faults = append(faults, phrase.Say("%s is of a kind that git does not know: %s", shown, text.Line(mode)))
		case !text.CanBeFile(name):
			faults = append(faults, phrase.Say("%q cannot be the name of a file everywhere, so git does not check it out",
				text.Line(folder+"/"+name)))
		case len(folder)+len(name) > maxPath:
			faults = append(faults, phrase.Say("%s has a path of more than %d bytes", shown, maxPath))
		case twice:
			faults = append(faults, phrase.Say("%s and %s are one file where capital and small letters are the same", shown,
				text.Line(path.Join(folder, other))))
		case order <= previous:
			faults = append(faults, phrase.Say("the folder of %s is not written in git's order", shown))
		}
		folded[alike], previous = name, order
	}
	return faults, nil
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

// arrived lists the commits that no ref of the server leads to, each after its parents.
func (s *Server) arrived(ctx context.Context, tip string) ([]*arriving, error) {
	out, err := s.git(ctx, nil, "log", "-z", "--topo-order", "--reverse", "--no-show-signature", "--no-color",
		"--no-patch",
		"--format=tformat:%H%x00%P%x00%an%x00%ae%x00%ct%x00%s", tip, "--not", "--all", "--")
	if err != nil {
		return nil, err
	}
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	if len(out) == 0 {
		return nil, nil
	}
	if len(fields)%6 != 0 {
		return nil, fmt.Errorf("git log gave %d fields", len(fields))
	}
	var all []*arriving
	var made []*commit // the same
	var pairs strings.Builder
	for chunk := range slices.Chunk(fields, 6) {
		commit := &arriving{commit: commit{
			hash: chunk[0], parents: strings.Fields(chunk[1]), author: text.Line(chunk[2]), email: text.Line(chunk[3]),
			title:     text.Line(chunk[5]),
			committed: unixTime(chunk[4]),
		}}
		all, made = append(all, commit), append(made, &commit.commit)
		if len(commit.parents) == 0 {
			fmt.Fprintln(&pairs, commit.hash)
		}
		for _, parent := range commit.parents {
			fmt.Fprintln(&pairs, commit.hash, parent)
		}
	}
	if err := s.repository.date(ctx, made); err != nil {
		return nil, err
	}
	out, err = s.git(ctx, []byte(pairs.String()), "diff-tree", "--stdin", "-r", "-z", "--raw", "--no-renames",
		"--no-abbrev",
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
