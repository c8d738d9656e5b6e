package history

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/text"
)

// Reader makes a campaign of data files, given by their paths within the data
// folder. The error says that there is no usable plan. Several goroutines may load
// at once. model/store implements it.
type Reader interface {
	Load(ctx context.Context, files map[string][]byte) (*model.Campaign, error)
}

// LogOptions say which commits are wanted.
type LogOptions struct {
	Range []string  // revisions as for git log; none is HEAD
	Since time.Time // not older; zero is all
	Max   int       // at most so many; 0 is all
	Skip  int       // so many are passed over first: those of an earlier page
	Read  *int      // not nil: is told how many were read, those that changed nothing of the plan among them
	// Only these commits themselves, whatever came before them.
	NoWalk bool
}

// shortHash is how many letters of a hash people are shown, as git does.
const shortHash = 7

// The data files, within the data folder.
const progressPath = "progress"

const (
	planFile   = "plan.toml"
	rosterFile = "units.toml"
	officeFile = "report.toml" // the Office's part
)

// baseFiles are those by which all others are read.
var baseFiles = []string{planFile, rosterFile}

// Log reads the commits that touched the data, newest first, and hands each to
// visit as changes of the plan's subjects. It reads no further once visit returns false.
func (r *Repository) Log(ctx context.Context, dir string, reader Reader, options LogOptions, visit func(model.Revision) bool) error {
	folder, err := r.folder(dir)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	arguments, err := logArguments(folder, options)
	if err != nil {
		return err
	}
	command := exec.CommandContext(ctx, "git", append(append([]string{}, quiet...), arguments...)...)
	command.Dir, command.Env = r.top, environment()
	var complaint strings.Builder
	command.Stderr = &complaint
	out, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	objects := r.objects(ctx)
	defer objects.close()
	past := &past{repository: r, objects: objects, reader: reader, folder: folder, bases: map[string][]string{}, count: options.Read}
	if done, err := past.read(ctx, &commits{in: bufio.NewReaderSize(out, 64<<10)}, visit); done || err != nil {
		cancel()
		_ = command.Wait() // it was stopped
		return err
	}
	if err := command.Wait(); err != nil {
		return noRevision(options.Range, complaint.String(), err)
	}
	return nil
}

// noRevision puts git's complaint about a revision into words.
func noRevision(wanted []string, complaint string, err error) error {
	if strings.Contains(complaint, "does not have any commits yet") {
		return nil
	}
	if strings.Contains(complaint, "unknown revision") || strings.Contains(complaint, "bad revision") || strings.Contains(complaint, "ambiguous argument") {
		return model.Refuse(model.Say("git knows no state %q of the data", strings.Join(wanted, " ")),
			model.Say("name a commit, such as one that `tiendo log` shows, a branch or a tag"))
	}
	return &gitError{command: "log", words: text.Line(strings.TrimSpace(complaint)), err: err}
}

func logArguments(folder string, options LogOptions) ([]string, error) {
	arguments := []string{
		"log", "-z", "--format=tformat:%H%x00%P%x00%an%x00%ae%x00%aI%x00%s%x00%(trailers:key=Not-taken,separator=%x01)", "--raw", "--no-abbrev", "--no-renames",
		"--full-history", "--parents", "--diff-merges=combined", "--no-show-signature", "--no-color", "--no-textconv", "--no-ext-diff",
	}
	if options.NoWalk {
		arguments = append(arguments, "--no-walk")
	}
	if options.Max > 0 {
		arguments = append(arguments, fmt.Sprintf("--max-count=%d", options.Max))
	}
	if options.Skip > 0 {
		arguments = append(arguments, fmt.Sprintf("--skip=%d", options.Skip))
	}
	if !options.Since.IsZero() {
		arguments = append(arguments, "--since="+options.Since.Format(time.RFC3339))
	}
	for _, revision := range options.Range {
		if strings.HasPrefix(revision, "-") {
			return nil, noRevision(options.Range, "unknown revision", nil)
		}
	}
	arguments = append(append(arguments, options.Range...), "--")
	return append(arguments, dataPaths(folder)...), nil
}

// dataPaths are the data files as git names them within the work tree.
func dataPaths(folder string) []string {
	var paths []string
	for _, name := range append(slices.Clone(baseFiles), officeFile, progressPath) {
		paths = append(paths, path.Join(folder, name))
	}
	return paths
}

// folder is the data folder as git names it within the work tree; "" is the whole.
func (r *Repository) folder(dir string) (string, error) {
	inside, err := r.relative(filepath.Join(dir, baseFiles[0]))
	if err != nil {
		return "", err
	}
	if inside = path.Dir(inside); inside == "." {
		return "", nil
	}
	return inside, nil
}

// commit is what git log says of a commit.
type commit struct {
	hash    string
	parents []string
	author  string
	email   string
	at      time.Time
	title   string
	// trailers say whose versions were not taken, one after the other with \x01 between them.
	trailers string
	lost     []model.NotTaken // of a merge: what is found by comparing
	files    []changed
}

// changed is a file that a commit changed: against its parent, or against all of its parents.
type changed struct {
	path   string
	before []string // blob ids, one for each parent
	after  string
}

// commits takes the output of git log apart.
type commits struct {
	in    *bufio.Reader
	ahead string // a field that was read and belongs to the next commit
}

// field reads up to the next NUL.
func (c *commits) field() (string, error) {
	if c.ahead != "" {
		field := c.ahead
		c.ahead = ""
		return field, nil
	}
	field, err := c.in.ReadString(0)
	if err != nil {
		return "", err
	}
	return strings.TrimPrefix(strings.TrimSuffix(field, "\x00"), "\n"), nil
}

// window reads the next so many commits; at the end fewer, and io.EOF.
func (c *commits) window(size int) (window []*commit, err error) {
	for len(window) < size {
		commit, err := c.next()
		if err != nil {
			return window, err
		}
		window = append(window, commit)
	}
	return window, nil
}

func (c *commits) next() (*commit, error) {
	var hash string
	for hash == "" {
		field, err := c.field()
		if err != nil {
			return nil, err
		}
		hash = field
	}
	fields := []string{hash}
	for len(fields) < 7 {
		field, err := c.field()
		if err != nil {
			return nil, io.ErrUnexpectedEOF
		}
		fields = append(fields, field)
	}
	made := &commit{
		hash: fields[0], parents: strings.Fields(fields[1]),
		author: text.Line(fields[2]), email: text.Line(fields[3]), title: text.Line(fields[5]), trailers: fields[6],
	}
	made.at, _ = time.Parse(time.RFC3339, fields[4]) // zero when git does not know it
	for {
		field, err := c.field()
		switch {
		case errors.Is(err, io.EOF):
			return made, nil
		case err != nil:
			return nil, err
		case field == "":
			continue
		case field[0] != ':':
			c.ahead = field
			return made, nil
		}
		name, err := c.field()
		if err != nil {
			return nil, io.ErrUnexpectedEOF
		}
		if file, ok := parseRaw(field, name); ok {
			made.files = append(made.files, file)
		}
	}
}

// parseRaw reads `:100644 100644 OLD NEW M`; for a merge there is a colon, a mode and an old id for each parent.
func parseRaw(raw, name string) (changed, bool) {
	fields := strings.Fields(strings.TrimLeft(raw, ":"))
	parents := len(raw) - len(strings.TrimLeft(raw, ":"))
	if len(fields) != 2*(parents+1)+1 {
		return changed{}, false
	}
	ids := fields[parents+1 : 2*(parents+1)]
	return changed{path: name, before: ids[:parents], after: ids[parents]}, true
}

// past reads states of the data from the history.
type past struct {
	repository *Repository
	objects    *objects
	reader     Reader
	folder     string // the data folder within the work tree
	count      *int   // of commits read, if anybody wants to know
	// bases are the ids of plan and roster by commit, for commits that come later.
	bases map[string][]string
}

// How many commits are read at once: few for the first screen, then many, which is quicker.
const (
	firstWindow = 32
	lastWindow  = 512
)

// window are some commits and the files that they changed.
type window struct {
	commits  []*commit
	files    map[string][]byte  // by id
	suspects map[string]suspect // by hash
	err      error              // why it is the last; io.EOF at the end
}

// windows reads commits with their files, one window ahead of who takes them, until ctx ends.
func (p *past) windows(ctx context.Context, commits *commits) <-chan window {
	read := make(chan window)
	go func() {
		defer close(read)
		for size := firstWindow; ; size = min(2*size, lastWindow) {
			var next window
			next.commits, next.err = commits.window(size)
			var ids []string
			for _, commit := range next.commits {
				for _, file := range commit.files {
					ids = append(append(ids, file.after), file.before...)
				}
			}
			var err error
			if next.files, err = p.objects.fetch(ids); err != nil {
				next.err = err
			}
			next.suspects = p.suspects(ctx, next.commits)
			select {
			case read <- next:
			case <-ctx.Done():
				return
			}
			if next.err != nil {
				return
			}
		}
	}()
	return read
}

// read reads all commits. It is done when visit wants no more.
func (p *past) read(ctx context.Context, commits *commits, visit func(model.Revision) bool) (done bool, err error) {
	for window := range p.windows(ctx, commits) {
		if window.err != nil && !errors.Is(window.err, io.EOF) {
			return false, window.err
		}
		p.objects.have(window.files)
		for _, commit := range window.commits {
			if suspect, is := window.suspects[commit.hash]; is {
				if commit.lost, err = p.lost(ctx, commit.hash, suspect); err != nil {
					return false, err
				}
			}
		}
		states := make([]*states, len(window.commits))
		for i, commit := range window.commits {
			if states[i], err = p.states(commit); err != nil {
				return false, err
			}
		}
		for _, revision := range p.revisions(ctx, window.commits, states) {
			if p.count != nil {
				*p.count++
			}
			if ctx.Err() != nil {
				return false, ctx.Err()
			}
			if len(revision.Differences)+len(revision.NotTaken) > 0 && !visit(*revision) {
				return true, nil
			}
		}
	}
	return false, ctx.Err()
}

// base gives the ids of plan and roster at a commit. A parent has those of its
// child but for what the child changed; of a merge that is not known.
func (p *past) base(c *commit) ([]string, error) {
	ids, known := p.bases[c.hash]
	delete(p.bases, c.hash)
	if !known {
		var err error
		if ids, err = p.findBase(c.hash); err != nil {
			return nil, err
		}
	}
	if len(c.parents) == 1 {
		before := slices.Clone(ids)
		for i, name := range baseFiles {
			for _, file := range c.files {
				if p.inside(file.path) == name {
					before[i] = file.before[0]
				}
			}
		}
		p.bases[c.parents[0]] = before
	}
	return ids, nil
}

func (p *past) findBase(commit string) ([]string, error) {
	ids := make([]string, len(baseFiles))
	for i, name := range baseFiles {
		id, err := p.objects.find(commit, path.Join(p.folder, name))
		if err != nil && !errors.Is(err, errMissing) {
			return nil, err
		}
		ids[i] = id
	}
	return ids, nil
}

// states are the data files around a commit, as far as it changed them: after it,
// and before it for each of its parents, of none for the first commit.
type states struct {
	after  map[string][]byte // nil: it changed nothing of the data
	before []map[string][]byte
}

// states collects the files. It asks git for what has not been read yet.
func (p *past) states(c *commit) (*states, error) {
	made := &states{}
	base, err := p.base(c)
	if err != nil || len(c.files) == 0 && c.trailers == "" && len(c.lost) == 0 {
		return made, err
	}
	if made.after, err = p.contents(base, c.files, func(file changed) string { return file.after }); err != nil {
		return nil, err
	}
	for i := range max(1, len(c.parents)) { // the first commit has none
		var base []string
		switch len(c.parents) {
		case 0:
		case 1:
			base = p.bases[c.parents[0]]
		default:
			if base, err = p.findBase(c.parents[i]); err != nil {
				return nil, err
			}
		}
		before, err := p.contents(base, c.files, func(file changed) string { return file.before[min(i, len(file.before)-1)] })
		if err != nil {
			return nil, err
		}
		made.before = append(made.before, before)
	}
	return made, nil
}

// revisions reads commits with their states, in their order, on all processors at once:
// each takes neighbours, which share most of their files.
func (p *past) revisions(ctx context.Context, commits []*commit, states []*states) []*model.Revision {
	revisions := make([]*model.Revision, len(commits))
	var reading sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		reading.Go(func() {
			for i := worker * len(commits) / workers; i < (worker+1)*len(commits)/workers && ctx.Err() == nil; i++ {
				revisions[i] = p.revision(ctx, commits[i], states[i])
			}
		})
	}
	reading.Wait()
	return revisions
}

// revision is a commit as changes of the plan's subjects.
func (p *past) revision(ctx context.Context, c *commit, states *states) *model.Revision {
	revision := &model.Revision{
		Hash: c.hash, Short: c.hash[:shortHash], Author: c.author, Email: c.email, At: c.at, Title: c.title, Merge: len(c.parents) > 1,
	}
	if c.trailers != "" {
		revision.NotTaken = model.ParseNotTaken(text.Text(strings.ReplaceAll(c.trailers, "\x01", "\n")))
	}
	revision.NotTaken = model.WithLost(revision.NotTaken, c.lost)
	if states.after == nil {
		return revision
	}
	after, _ := p.reader.Load(ctx, states.after) // without a usable plan there is still what could be read
	revision.Campaign = after
	for i, files := range states.before {
		before, _ := p.reader.Load(ctx, files)
		differences := p.compare(before, after, c.files)
		if i > 0 {
			differences = model.Common(revision.Differences, differences)
		}
		revision.Differences = differences
		revision.Campaign = model.Naming(before, revision.Campaign)
	}
	made := model.Made{Name: c.author, Email: c.email, At: c.at}
	for i := range revision.Differences {
		difference := &revision.Differences[i]
		difference.Signed = difference.SignedApart(&revision.Campaign.Roster, made)
	}
	return revision
}

// compare compares what can differ when only these files do, in the order of model.Compare.
func (p *past) compare(before, after *model.Campaign, files []changed) []model.Difference {
	var differences []model.Difference
	for _, whole := range []struct {
		name    string
		compare func(before, after *model.Campaign) []model.Difference
	}{
		{planFile, model.ComparePlans}, {rosterFile, model.CompareRosters}, {officeFile, model.CompareOffices},
	} {
		if slices.ContainsFunc(files, func(file changed) bool { return p.inside(file.path) == whole.name }) {
			differences = append(differences, whole.compare(before, after)...)
		}
	}
	var units []string
	for _, file := range files {
		if unit := p.unit(file.path); unit != "" {
			units = append(units, unit)
		}
	}
	return append(differences, model.CompareRecords(before, after, units)...)
}

// unit is whose record a file is; "" for other files.
func (p *past) unit(name string) string {
	inside := p.inside(name)
	if unit, is := strings.CutSuffix(path.Base(inside), ".toml"); is && strings.HasPrefix(inside, progressPath+"/") {
		return unit
	}
	return ""
}

// campaign is the state with these plan and roster, as far as these files go.
func (p *past) campaign(ctx context.Context, base []string, files []changed, id func(changed) string) (*model.Campaign, error) {
	contents, err := p.contents(base, files, id)
	if err != nil {
		return nil, err
	}
	campaign, _ := p.reader.Load(ctx, contents) // without a usable plan there is still what could be read
	return campaign, ctx.Err()
}

// contents are plan, roster and these files, by their paths within the data folder.
func (p *past) contents(base []string, files []changed, id func(changed) string) (map[string][]byte, error) {
	contents := map[string][]byte{}
	keep := func(name, id string) error {
		blob, err := p.objects.blob(id)
		if err == nil {
			contents[name] = blob
		}
		if errors.Is(err, errMissing) {
			return nil
		}
		return err
	}
	for i, id := range base {
		if err := keep(baseFiles[i], id); err != nil {
			return nil, err
		}
	}
	for _, file := range files {
		delete(contents, p.inside(file.path))
		if err := keep(p.inside(file.path), id(file)); err != nil {
			return nil, err
		}
	}
	return contents, nil
}

// inside is a path within the data folder.
func (p *past) inside(name string) string {
	if p.folder == "" {
		return name
	}
	return strings.TrimPrefix(name, p.folder+"/")
}
