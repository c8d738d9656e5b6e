package history

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// verify compares what git made of the files that both sides changed with what must come out.
func (s *exchange) verify(ctx context.Context, tree string, waiting []string) error {
	common, err := s.mergeBases(ctx, s.upstream.head, s.upstream.seen)
	if err != nil || len(common) != 1 { // git has merged the bases first, and nobody can tell what came out
		return err
	}
	folder, err := s.Folder(s.PlanDir)
	if err != nil {
		return err
	}
	files, err := s.bothChanged(ctx, folder, common[0], s.upstream.head, s.upstream.seen, tree)
	if err != nil {
		return err
	}
	for _, file := range files {
		if name, err := s.relative(file.Path); err != nil || slices.Contains(waiting, name) {
			continue // it is as the remote has it
		}
		if err := s.Data.Verify(file); err != nil {
			return err
		}
	}
	return nil
}

// aside is the version that this clone had of a file of which the remote's version stands now: both sides had changed
// it differently, and somebody has still to decide.
type aside struct {
	Path string    `json:"path"` // within the work tree
	Base []byte    `json:"base"` // nil: there was no file
	Ours []byte    `json:"ours"`
	By   string    `json:"by"` // who changed it last, as git names them
	Mail string    `json:"mail"`
	At   time.Time `json:"at"`
	// Joined is the commit that left it out. The version is set aside where that has come: it may have reached the remote
	// only, or neither.
	Joined string `json:"joined"`
}

// sound is the tree of a merge in which nothing is open and nothing wrong: of what both sides have changed differently
// in a file the remote's version stands, and of a file that cannot be joined, or would contain an error which neither
// side has, the whole of the remote's. A record stays as it was joined: what is wrong in it is shown where it is, and
// stops nobody.
func (s *exchange) sound(ctx context.Context, merged mergedTree) (tree string, err error) {
	u := s.upstream
	joined, whole, kept, err := s.joinFiles(ctx, merged.tree, merged.conflicts)
	if err != nil {
		return "", err
	}
	for {
		if tree, err = s.withTheirs(ctx, kept, whole); err != nil {
			return "", err
		}
		after, err := s.state(ctx, tree)
		if err != nil {
			return "", err
		}
		refused, err := s.check(ctx, u.head, u.seen, after)
		if err != nil {
			return "", err
		}
		if refused == nil {
			break
		}
		name, is := s.fileOf(refused)
		if !is || slices.Contains(whole, name) {
			return "", refused
		}
		whole = append(whole, name)
		delete(joined, name)
	}
	waiting := append(slices.Sorted(maps.Keys(joined)), whole...)
	if err := s.verify(ctx, tree, waiting); err != nil {
		return "", err
	}
	if s.aside, err = s.ownVersions(ctx, waiting); err != nil {
		return "", err
	}
	for i := range s.aside { // only what is to be decided
		if file, is := joined[s.aside[i].Path]; is {
			s.aside[i].Base, s.aside[i].Ours = file.Base, file.Ours
		}
	}
	for _, name := range waiting {
		s.result.Notices = append(s.result.Notices,
			phrase.Say("%s: what both sides have changed differently is as %s has it; yours is set aside: `tiendo resolve` "+
				"shows both and takes it up again", text.Line(name), u.shown()))
	}
	s.result.Conflicts = len(waiting)
	return tree, nil
}

// fileOf is the path of the data file that a refusal is about, where both sides may have changed it.
func (s *exchange) fileOf(refused *phrase.Refusal) (name string, is bool) {
	problem, is := errors.AsType[phrase.Problem](refused.Err)
	if !is {
		return "", false
	}
	folder, err := s.Folder(s.PlanDir)
	return path.Join(folder, path.Base(problem.File)), err == nil
}

// joinFiles joins the data files that git could not, and keeps the records that one side has changed and the other has
// taken away. It gives the files in which something is left to be decided, those of which everything is, and the tree.
func (s *exchange) joinFiles(ctx context.Context, tree string, conflicts []string) (joined map[string]review.JoinedFile,
	whole []string, kept string, err error) {
	folder, err := s.Folder(s.PlanDir)
	if err != nil {
		return nil, nil, "", err
	}
	joined = map[string]review.JoinedFile{}
	var entries strings.Builder
	for _, name := range conflicts {
		entry := ""
		if isData(folder, name) {
			var file review.JoinedFile
			if entry, file, err = s.joinFile(ctx, name); err != nil {
				return nil, nil, "", err
			}
			if file.Ours != nil {
				joined[name] = file
			}
		}
		if entry == "" {
			whole = append(whole, name)
		}
		entries.WriteString(entry)
	}
	kept, err = s.withEntries(ctx, tree, entries.String())
	return joined, whole, kept, err
}

// joinFile is a data file with what both sides have made of it, also as update-index takes it; "" when it cannot be
// joined.
func (s *exchange) joinFile(ctx context.Context, name string) (entry string, file review.JoinedFile, err error) {
	var sides []string // the entries of those that have it
	for _, side := range []string{s.upstream.head, s.upstream.seen} {
		listed, err := s.listed(ctx, side, name)
		if err != nil {
			return "", file, err
		}
		if len(listed) > 0 {
			sides = append(sides, string(listed))
		}
	}
	switch isRecord := strings.Contains("/"+name, "/"+progressPath+"/"); {
	case !isRecord && (len(sides) < 2 || s.Person.Role != model.Coordinator): // nobody else joins plan and roster
		return "", file, nil
	case len(sides) < 2:
		return strings.Join(sides, ""), file, nil
	}
	versions, err := s.versionsOf(ctx, []string{name})
	if err != nil {
		return "", file, err
	}
	file, possible := s.Data.Join(versions[0])
	if !possible {
		return "", review.JoinedFile{}, nil
	}
	out, err := s.run(ctx, file.Content, nil, "hash-object", "-w", "--stdin")
	if err != nil {
		return "", file, err
	}
	mode, _, _ := strings.Cut(sides[1], " ")
	return mode + " " + strings.TrimSpace(string(out)) + "\t" + name + "\x00", file, nil
}

// listed is what a commit has of a file, as git lists it; nothing when it has none.
func (s *exchange) listed(ctx context.Context, commit, name string) ([]byte, error) {
	return s.run(ctx, nil, nil, "--literal-pathspecs", "ls-tree", "-z", "--full-tree", commit, "--", name)
}

// withTheirs is a tree with the remote's version of some files.
func (s *exchange) withTheirs(ctx context.Context, tree string, names []string) (string, error) {
	var entries strings.Builder
	for _, name := range names {
		fmt.Fprintf(&entries, "0 %s\t%s\x00", strings.Repeat("0", len(s.upstream.seen)), name)
		listed, err := s.listed(ctx, s.upstream.seen, name)
		if err != nil {
			return "", err
		}
		entries.Write(listed)
	}
	return s.withEntries(ctx, tree, entries.String())
}

// withEntries is a tree with some entries of another one, as update-index takes them.
func (s *exchange) withEntries(ctx context.Context, tree, entries string) (string, error) {
	if entries == "" {
		return tree, nil
	}
	begun := s.begin() // after a kill the next start takes away what is made here
	defer s.end(begun)
	c, err := s.carrying()
	if err != nil {
		return "", err
	}
	defer c.discard()
	if _, err := c.ask(ctx, nil, "read-tree", tree); err != nil {
		return "", err
	}
	if _, err := c.ask(ctx, []byte(entries), "update-index", "-z", "--index-info"); err != nil {
		return "", err
	}
	out, err := c.ask(ctx, nil, "write-tree")
	if tree = strings.TrimSpace(string(out)); err == nil && !isID(tree) {
		err = errNoAnswer
	}
	return tree, err
}

// ownVersions are the versions of this clone of some files.
func (s *exchange) ownVersions(ctx context.Context, names []string) (own []aside, err error) {
	versions, err := s.versionsOf(ctx, names)
	for i, one := range versions {
		own = append(own, aside{Path: names[i], Base: one.Base, Ours: one.Ours, By: one.OursBy.Name, Mail: one.OursBy.Email,
			At: one.OursBy.At})
	}
	return own, err
}

// versionsOf are the versions of some files that both sides have changed.
func (s *exchange) versionsOf(ctx context.Context, names []string) (files []review.Unmerged, err error) {
	if len(names) == 0 {
		return nil, nil
	}
	common, err := s.mergeBases(ctx, s.upstream.head, s.upstream.seen)
	if err != nil {
		return nil, err
	}
	objects := s.objects(ctx)
	defer objects.close()
	for _, name := range names {
		file := review.Unmerged{Path: filepath.Join(s.top, filepath.FromSlash(name))}
		file.OursBy, file.TheirsBy = s.lastOfSides(ctx, name, s.upstream.head, s.upstream.seen)
		states := map[string]*[]byte{s.upstream.head: &file.Ours, s.upstream.seen: &file.Theirs}
		if len(common) > 0 {
			states[common[0]] = &file.Base
		}
		if err := objects.versions(name, states); err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// checkOwn refuses to send an error that the commits of this clone bring: whoever gets it
// would see a broken file that only its author can explain. Errors that the remote knows
// already do not stop anybody.
func (s *exchange) checkOwn(ctx context.Context) error {
	u := s.upstream
	own, err := s.state(ctx, u.head)
	if err != nil || len(own.problems) == 0 {
		return err
	}
	var known [][]phrase.Problem
	if u.seen != "" {
		common, err := s.mergeBases(ctx, u.head, u.seen)
		if err != nil {
			return err
		}
		for _, commit := range append(common, u.seen) {
			before, err := s.state(ctx, commit)
			if err != nil {
				return err
			}
			known = append(known, before.problems)
		}
	}
	found := phrase.FirstNew(own.problems, known...)
	if found == nil {
		return nil
	}
	return &phrase.Refusal{
		What: phrase.Say("a change of this clone brings an error, so nothing was sent"), Err: *found,
		Hint: phrase.Say("fix the file, `tiendo save` it, then sync again: the changes wait here; `tiendo check` lists " +
			"every problem"),
	}
}

// checkIncoming checks the state of the remote where this clone has only to follow it. Where that differs in records
// alone, these are read and no others: what is wrong in the others is known here.
func (s *exchange) checkIncoming(ctx context.Context) (refused *phrase.Refusal, err error) {
	u, objects := s.upstream, s.objects(ctx)
	defer objects.close()
	_ = objects.contents.start() // it gets ready meanwhile; else it is started with the first question
	if s.differing, err = s.differences(ctx, u.head, u.seen); err != nil {
		return nil, err
	}
	folder, err := s.Folder(s.PlanDir)
	if err != nil {
		return nil, err
	}
	var records []changed
	for _, one := range s.differing {
		id, isFile := strings.CutPrefix(one.after, "file ")
		switch {
		case !isData(folder, one.name):
		case !isFile || !strings.HasPrefix(one.name, path.Join(folder, progressPath)+"/"):
			after, err := s.state(ctx, u.seen)
			if err != nil {
				return nil, err
			}
			return s.check(ctx, u.head, u.seen, after)
		default:
			records = append(records, changed{path: one.name, after: id})
		}
	}
	incoming := past{objects: objects, folder: folder}
	base, err := incoming.findBase(u.seen)
	if err != nil {
		return nil, err
	}
	files, err := incoming.contents(base, records, func(file changed) string { return file.after })
	if err != nil {
		return nil, err
	}
	after, err := s.load(ctx, files)
	if err != nil {
		return nil, err
	}
	return s.check(ctx, u.head, u.seen, after)
}

// check refuses a state with errors that neither side has, and one whose plan cannot be
// used. Errors that somebody else has sent come in like all else: they are shown where they are,
// as are those that a record holds when it is joined.
func (s *exchange) check(ctx context.Context, ours, theirs string, after state) (refused *phrase.Refusal, err error) {
	if s.result.Disputes = after.disputes; len(after.problems) == 0 && after.unusable == nil {
		return nil, nil //nolint:nilnil // nothing is refused
	}
	before, err := s.state(ctx, ours)
	if err != nil {
		return nil, err
	}
	incoming, err := s.state(ctx, theirs)
	if err != nil {
		return nil, err
	}
	refuse := func(what phrase.Sentence, problem *phrase.Problem) *phrase.Refusal {
		refused := phrase.Refuse(what, phrase.Say("look at both sides: tiendo diff %s", s.upstream.shown()))
		if problem != nil {
			refused.Err = *problem
		}
		return refused
	}
	if after.unusable != nil && before.unusable == nil {
		return refuse(phrase.Say("the plan that would come out cannot be used, so nothing was taken"),
			phrase.FirstNew(after.problems)), nil
	}
	switch found := phrase.FirstNew(after.problems, before.problems, incoming.problems); {
	case found != nil && path.Base(path.Dir(filepath.ToSlash(found.File))) == progressPath:
		s.result.Notices = append(s.result.Notices,
			phrase.Say("both sides together contain an error that neither has alone: %s: %s", found.Place(), found.What))
	case found != nil:
		return refuse(phrase.Say("both sides together would contain an error that neither has alone, so nothing was merged"),
			found), nil
	}
	if found := phrase.FirstNew(incoming.problems, before.problems); found != nil {
		s.result.Notices = append(s.result.Notices,
			phrase.Say("an error came with the changes of others: %s: %s", found.Place(), found.What))
	}
	return nil, nil //nolint:nilnil // nothing is refused
}

// state is what one state of the data says, as far as its errors go.
type state struct {
	problems []phrase.Problem
	unusable error
	disputes int
}

func (s *exchange) state(ctx context.Context, tree string) (state, error) {
	if known, is := s.states[tree]; is {
		return known, nil
	}
	files, err := s.Files(ctx, s.PlanDir, tree)
	if err != nil {
		return state{}, err
	}
	found, err := s.load(ctx, files)
	if err == nil {
		s.states[tree] = found
	}
	return found, err
}

// load reads data files, by their paths within the data folder.
func (s *exchange) load(ctx context.Context, files map[string][]byte) (state, error) {
	campaign, err := s.Data.Load(ctx, files)
	if ctx.Err() != nil {
		return state{}, ctx.Err()
	}
	return state{phrase.ErrorsIn(campaign.Problems), err, len(review.Disputes(campaign))}, nil
}
