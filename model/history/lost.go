package history

import (
	"context"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// suspect is a merge that may have left out what one of its sides had changed.
type suspect struct {
	parents []string
	paths   []string // the data files in question; nil is all of them
}

// suspects lists the merges among some commits that git by itself would have made otherwise:
// it is asked once for all of them, and only those are looked into.
func (p *past) suspects(ctx context.Context, commits []*commit) map[string]suspect {
	suspects := map[string]suspect{}
	var merges strings.Builder
	for _, commit := range commits {
		if len(commit.parents) > 1 {
			merges.WriteString(commit.hash + "\n")
			suspects[commit.hash] = suspect{parents: commit.parents}
		}
	}
	if len(suspects) == 0 {
		return nil
	}
	again, err := p.replaying(ctx, commits[0].hash)
	if err != nil {
		return suspects // nothing can be made anew here: each is looked into
	}
	arguments := append(slices.Clone(plain),
		"log", "--stdin", "--no-walk=unsorted", "-z", "--raw", "--no-abbrev", "--no-renames", "--diff-merges=remerge",
		"--no-show-signature", "--no-color", "--no-textconv", "--no-ext-diff", "--format=tformat:%H %P", "--")
	out, err := again.run(ctx, []byte(merges.String()), again.hook, append(arguments, dataPaths(p.folder)...)...)
	if err != nil {
		return suspects // an older git
	}
	clear(suspects)
	hash := ""
	fields := strings.Split(string(out), "\x00")
	for i := 0; i < len(fields); i++ {
		field := strings.TrimPrefix(fields[i], "\n")
		if !strings.HasPrefix(field, ":") {
			names := strings.Fields(field)
			if len(names) == 0 {
				continue
			}
			hash = names[0]
			suspects[hash] = suspect{parents: names[1:], paths: []string{}}
			continue
		}
		if i++; i < len(fields) {
			one := suspects[hash]
			one.paths = append(one.paths, fields[i])
			suspects[hash] = one
		}
	}
	for hash, one := range suspects {
		switch {
		case len(one.parents) > 2: // git does not try those
			suspects[hash] = suspect{parents: one.parents}
		case len(one.paths) == 0 || len(one.parents) < 2:
			delete(suspects, hash)
		}
	}
	return suspects
}

// lost compares a merge with its sides and with what they came from.
func (p *past) lost(ctx context.Context, merge string, in suspect) ([]review.NotTaken, error) {
	bases, err := p.repository.mergeBases(ctx, in.parents...)
	if err != nil {
		return nil, err
	}
	commits := slices.Concat([]string{merge}, in.parents, bases)
	states, err := p.statesOf(ctx, commits, in.paths)
	if err != nil {
		return nil, err
	}
	if len(bases) == 0 {
		nothing, _ := p.reader.Load(ctx, nil) // there is no plan, and that is as it should be
		states = append(states, nothing)
	}
	compare := func(before, after *model.Campaign) []review.Difference {
		if in.paths == nil {
			return review.Compare(before, after)
		}
		files := make([]changed, len(in.paths))
		for i, name := range in.paths {
			files[i].path = name
		}
		return p.compare(before, after, files)
	}
	after, sides := states[0], make([]review.MergeSide, len(in.parents))
	for i, parent := range in.parents {
		side := states[1+i]
		for j, base := range states[1+len(in.parents):] {
			differences := compare(base, side)
			if j > 0 {
				differences = review.Common(sides[i].Changed, differences)
			}
			sides[i].Changed = differences
		}
		sides[i].Against = compare(side, after)
		sides[i].Author = func(d review.Difference) string { return p.lastAuthor(ctx, side, parent, bases, d) }
	}
	return review.Lost(sides), ctx.Err()
}

// replaying is where merges are made anew. sample is any id of an object.
func (p *past) replaying(ctx context.Context, sample string) (*replay, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.closed {
		return nil, context.Canceled
	}
	if p.again == nil {
		again, err := p.repository.replay(ctx, p.folder, sample)
		if err != nil {
			return nil, err
		}
		p.again = again
	}
	return p.again, nil
}

// replay makes a merge anew and says which of its files are as git makes them.
func (p *past) replay(ctx context.Context, merge string, in suspect) (replayed, error) {
	again, err := p.replaying(ctx, merge)
	if err != nil {
		return replayed{}, ctx.Err() // nothing can be made anew here, so each file is a decision
	}
	return again.compare(ctx, merge, in.parents, in.paths)
}

// decisions are what a merge holds otherwise than git makes it by itself, in files that git can merge.
func (p *past) decisions(ctx context.Context, merge string, in suspect) ([]review.Difference, error) {
	if len(in.paths) == 0 || len(in.parents) != 2 {
		return nil, nil
	}
	again, err := p.replay(ctx, merge, in)
	if err != nil {
		return nil, err
	}
	paths := map[string][]string{} // by the tree in which they stand as git makes them
	for path, tree := range again.merged {
		if !again.same[path] {
			paths[tree] = append(paths[tree], path)
		}
	}
	var differences []review.Difference
	for _, tree := range slices.Sorted(maps.Keys(paths)) {
		slices.Sort(paths[tree])
		states, err := p.inReplay().statesOf(ctx, []string{tree, merge}, paths[tree])
		if err != nil {
			return nil, err
		}
		files := make([]changed, len(paths[tree]))
		for i, name := range paths[tree] {
			files[i].path = name
		}
		differences = append(differences, p.compare(states[0], states[1], files)...)
	}
	return differences, nil
}

// inReplay reads where merges were made anew.
func (p *past) inReplay() *past {
	return &past{repository: p.again.archive, objects: p.again.objects, reader: p.reader, folder: p.folder,
		bases: map[string][]string{}}
}

// close takes away where merges were made anew.
func (p *past) close() {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.closed = true; p.again != nil {
		p.again.close()
	}
}

// statesOf reads the states of commits: these files with plan and roster, or all of the
// data where that is asked for or a file is missing somewhere, since it may only have moved.
func (p *past) statesOf(ctx context.Context, commits, paths []string) ([]*model.Campaign, error) {
	states := make([]*model.Campaign, len(commits))
	whole := paths == nil
	for i, commit := range commits {
		base, err := p.findBase(commit)
		if err != nil {
			return nil, err
		}
		files := make([]changed, len(paths))
		for j, name := range paths {
			id, err := p.objects.find(commit, name)
			if err != nil && !errors.Is(err, errMissing) {
				return nil, err
			}
			whole = whole || err != nil && p.unit(name) != ""
			files[j] = changed{path: name, after: id}
		}
		if whole {
			break
		}
		if states[i], err = p.campaign(ctx, base, files, func(file changed) string { return file.after }); err != nil {
			return nil, err
		}
	}
	if !whole {
		return states, nil
	}
	for i, commit := range commits {
		files, err := p.repository.files(ctx, p.folder, commit)
		if err != nil {
			return nil, err
		}
		states[i], _ = p.reader.Load(ctx, files) // without a usable plan there is still what could be read
	}
	return states, ctx.Err()
}

// lastAuthor is who changed last, on one side of a merge, the file in which a
// difference lies: an id of the roster or a name; "" when that cannot be told.
func (p *past) lastAuthor(ctx context.Context, side *model.Campaign, tip string, bases []string,
	d review.Difference) string {
	arguments := []string{"log", "-1", "--no-show-signature", "--format=%an%x00%ae", tip}
	for _, base := range bases {
		arguments = append(arguments, "^"+base)
	}
	files, err := p.filesOf(ctx, tip, &d)
	if err != nil {
		return ""
	}
	arguments = append(append(arguments, "--"), files...)
	out, err := p.repository.run(ctx, nil, p.repository.hook, arguments...)
	name, email, found := strings.Cut(strings.TrimSpace(string(out)), "\x00")
	if err != nil || !found {
		return ""
	}
	return side.Roster.SignatureOf(text.Line(name), text.Line(email))
}

// filesOf are the files of a commit in which a difference lies.
func (p *past) filesOf(ctx context.Context, commit string, d *review.Difference) ([]string, error) {
	name := rosterFile
	switch {
	case d.Subject.Kind.OfOffice():
		name = officeFile
	case d.Unit != "":
		if files, err := p.recordsOf(ctx, commit, d.Unit); err != nil || len(files) > 0 {
			return files, err
		}
		name = path.Join(progressPath, d.Unit+".toml") // it was taken away
	case d.Subject.Kind == model.SubjectPlan:
		name = planFile
	}
	return []string{path.Join(p.folder, name)}, nil
}
