package history

import (
	"context"
	"errors"
	"io"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// past reads states of the data from the history.
type past struct {
	repository *archive
	objects    *objects
	reader     Reader
	folder     string // the data folder within the work tree
	count      *int   // of commits read, if anybody wants to know
	effects    bool   // somebody wants to know what a change of plan or roster does to the figures
	// bases are the ids of plan and roster by commit, for commits that come later.
	bases   map[string][]string
	lock    sync.Mutex
	again   *replay // where merges are made anew, once one was
	closed  bool
	arrived arrivals // nil is not known
}

// How many commits are read at once: few for the first screen, then many, which is quicker.
const (
	firstWindow = 32
	lastWindow  = 512
)

// window are some commits and the files that they changed.
type window struct {
	commits  []*commit
	files    map[string]content // by id
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
			_ = p.repository.date(ctx, next.commits) // as far as git can say
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

// around reads the states before and after a commit, and of a merge that is suspect what it has left out and decided.
func (p *past) around(ctx context.Context, commit *commit, suspect suspect, isSuspect bool) (_ *states, err error) {
	if isSuspect {
		if commit.lost, err = p.lost(ctx, commit.hash, suspect); err != nil {
			return nil, err
		}
		if commit.decided, err = p.decisions(ctx, commit.hash, suspect); err != nil {
			return nil, err
		}
	}
	return p.states(commit)
}

// read reads all commits. It is done when visit wants no more.
func (p *past) read(ctx context.Context, commits *commits, visit func(review.Revision) bool) (done bool, err error) {
	for window := range p.windows(ctx, commits) {
		if window.err != nil && !errors.Is(window.err, io.EOF) && !errors.Is(window.err, io.ErrUnexpectedEOF) {
			return false, window.err
		}
		p.objects.have(window.files)
		states := make([]*states, len(window.commits))
		for i, commit := range window.commits {
			suspect, is := window.suspects[commit.hash]
			states[i], err = p.around(ctx, commit, suspect, is)
			if unread, is := errors.AsType[*UnreadableError](err); is {
				commit.unread = unread
			} else if err != nil {
				return false, err
			}
		}
		for i, revision := range p.revisions(ctx, window.commits, states) {
			if p.count != nil {
				*p.count++
			}
			if err := p.weigh(ctx, revision, states[i]); err != nil {
				return false, err
			}
			if ctx.Err() != nil {
				return false, ctx.Err()
			}
			if (len(revision.Differences)+len(revision.NotTaken) > 0 || revision.Untold() != nil) && !visit(*revision) {
				return true, nil
			}
		}
		if errors.Is(window.err, io.ErrUnexpectedEOF) {
			return false, window.err
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
	if err != nil || len(c.files) == 0 && c.trailers == "" && len(c.lost)+len(c.decided) == 0 {
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
func (p *past) revisions(ctx context.Context, commits []*commit, states []*states) []*review.Revision {
	revisions := make([]*review.Revision, len(commits))
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
func (p *past) revision(ctx context.Context, c *commit, states *states) *review.Revision {
	revision := &review.Revision{
		Hash: c.hash, Short: c.hash[:shortHash], Author: c.author, Email: c.email, At: c.at, Title: c.title,
		Merge: len(c.parents) > 1, Reverts: c.reverts,
		Committed: c.committed, Latest: c.latest, Arrived: p.arrived[c.hash],
		Boundary: c.edge, Unreadable: c.unread,
	}
	if revision.Untold() != nil {
		revision.Campaign = &model.Campaign{}
		return revision
	}
	if c.trailers != "" {
		revision.NotTaken = review.ParseNotTaken(text.Text(strings.ReplaceAll(c.trailers, "\x01", "\n")))
	}
	revision.NotTaken = review.WithLost(revision.NotTaken, c.lost)
	if states.after == nil {
		return revision
	}
	after, _ := p.reader.Load(ctx, states.after) // without a usable plan there is still what could be read
	revision.Campaign = after
	_, begun := states.after[planFile]
	revision.Begins = begun && !slices.ContainsFunc(states.before,
		func(files map[string][]byte) bool { _, before := files[planFile]; return before })
	var rosters []*model.Roster
	for i, files := range states.before {
		before, _ := p.reader.Load(ctx, files)
		rosters = append(rosters, &before.Roster)
		differences := p.compare(before, after, c.files)
		if i > 0 {
			differences = review.Common(revision.Differences, differences)
		}
		revision.Differences = differences
		revision.Campaign = review.Naming(before, revision.Campaign)
	}
	revision.Differences = review.WithDecided(revision.Differences, c.decided, revision.NotTaken)
	made := review.Authorship{Name: c.author, Email: c.email, At: c.at}
	for i := range revision.Differences {
		difference := &revision.Differences[i]
		difference.Signed = difference.SignedApart(&revision.Campaign.Roster, made)
		if difference.SignedBefore(revision.Arrived.Add(-review.MaxSkew)) {
			difference.Arrived = revision.Arrived
		}
	}
	nameAuthor(revision, append(rosters, &after.Roster))
	return revision
}

// weigh says what a commit did to the figures of its day, over the records as it left them. Of a merge nothing is said:
// what both sides brought in is told where it was made.
func (p *past) weigh(ctx context.Context, revision *review.Revision, states *states) error {
	if !p.effects || revision.Merge || states == nil || len(states.before) != 1 || !review.Counts(revision.Differences) {
		return nil
	}
	files, err := p.repository.files(ctx, p.folder, revision.Hash)
	if unread, is := errors.AsType[*UnreadableError](err); is {
		revision.Unreadable = unread
		return nil
	}
	if err != nil {
		return err
	}
	before, _ := p.reader.Load(ctx, states.before[0])
	after, unusable := p.reader.Load(ctx, files)
	if unusable == nil {
		revision.Effects = review.Effects(before, after, calendar.DayIn(revision.At, after.Plan.TimeZone))
	}
	return ctx.Err()
}

// nameAuthor names who made a commit as the rosters do, its parents' first: git's name is whatever
// its author has typed. That is kept where it is another one.
func nameAuthor(revision *review.Revision, rosters []*model.Roster) {
	name := text.Fold(revision.Author)
	for _, roster := range rosters {
		person := roster.ByEmail(revision.Email)
		if person == nil || person.Name == "" {
			continue
		}
		if text.Fold(person.Name) != name {
			revision.GitName = revision.Author
		}
		revision.Author = person.Name
		return
	}
	for _, roster := range rosters {
		if slices.ContainsFunc(roster.People, func(person model.Person) bool { return text.Fold(person.Name) == name }) {
			revision.GitName = revision.Email // somebody's name, but not their address
			return
		}
	}
}

// compare compares what can differ when only these files do, in the order of model.Compare.
func (p *past) compare(before, after *model.Campaign, files []changed) []review.Difference {
	var differences []review.Difference
	for _, whole := range []struct {
		name    string
		compare func(before, after *model.Campaign) []review.Difference
	}{
		{planFile, review.ComparePlans}, {rosterFile, review.CompareRosters}, {officeFile, review.CompareOffices},
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
	return append(differences, review.CompareRecords(before, after, units)...)
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
func (p *past) campaign(ctx context.Context, base []string, files []changed, id func(changed) string) (*model.Campaign,
	error) {
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
		blob, err := p.objects.content(id).data()
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
