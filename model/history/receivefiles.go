package history

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// fill reads what the commits of a push have changed.
func (s *Server) fill(ctx context.Context, push *review.Push, arrived []*arriving, tip string) error {
	objects := s.repository.objects(ctx)
	defer objects.close()
	past := &past{repository: &s.repository.archive, objects: objects, reader: s.reader, folder: s.folder,
		bases: map[string][]string{}}
	defer past.close()
	whole := false // more may be wrong afterwards than in the files that were changed
	for _, commit := range arrived {
		made := review.PushedCommit{
			Hash: commit.hash[:shortHash], Title: commit.title, Author: commit.author, Email: commit.email,
			At: commit.committed, Latest: commit.latest, Parents: len(commit.parents),
		}
		if err := s.people(ctx, past, commit, &made); err != nil {
			return err
		}
		entries, again, err := s.decided(ctx, past, commit)
		if err != nil {
			return err
		}
		if made.Files, err = s.describe(ctx, past, commit, &made, entries, again); err != nil {
			return err
		}
		if made.Merge() {
			if made.Lost, err = past.lostAmong(ctx, commit, made.Files, entries); err != nil {
				return err
			}
		}
		for _, file := range made.Files {
			whole = whole || file.Data != "" && file.Unit == ""
		}
		for _, states := range entries {
			whole = whole || slices.ContainsFunc(states, func(e entry) bool { return isNone(e.before) != isNone(e.after) })
		}
		push.Commits = append(push.Commits, made)
	}
	if !whole && !push.First {
		return nil
	}
	return s.newProblems(ctx, push, tip)
}

// knownRoster is a roster, and who bears which name on it.
type knownRoster struct {
	*model.Roster
	ids map[string][]string // by the name without case and accents
}

func newKnownRoster(roster *model.Roster) *knownRoster {
	known := &knownRoster{roster, map[string][]string{}}
	for _, person := range roster.People {
		name := text.Fold(person.Name)
		known.ids[name] = append(known.ids[name], person.ID)
	}
	return known
}

// people reads by which rosters it is told who made a commit, and who bears the name that git gives its author.
func (s *Server) people(ctx context.Context, past *past, commit *arriving, made *review.PushedCommit) error {
	if s.held == nil {
		return nil
	}
	if s.rosters == nil {
		s.rosters = map[string]*knownRoster{"": newKnownRoster(&s.held.Roster)}
	}
	rosters := []*knownRoster{s.rosters[""]}
	for _, parent := range commit.parents {
		base, err := past.findBase(parent)
		if err != nil {
			return err
		}
		key := strings.Join(base, " ")
		if s.rosters[key] == nil {
			campaign, err := past.campaign(ctx, base, nil, nil)
			if err != nil {
				return err
			}
			s.rosters[key] = newKnownRoster(&campaign.Roster)
		}
		made.Rosters = append(made.Rosters, s.rosters[key].Roster)
		rosters = append(rosters, s.rosters[key])
	}
	for _, roster := range rosters {
		made.Namesakes = append(made.Namesakes, roster.ids[text.Fold(commit.author)]...)
	}
	return nil
}

// lostAmong finds what a merge has left out, among the data files that it decided about.
func (p *past) lostAmong(ctx context.Context, merge *arriving, files []review.PushedFile,
	entries map[string][]entry) ([]review.NotTaken, error) {
	in := suspect{parents: merge.parents}
	for name := range entries {
		if slices.ContainsFunc(files, func(file review.PushedFile) bool {
			return file.Path == text.Line(name) && file.Data != "" && !file.Replayed
		}) {
			in.paths = append(in.paths, name)
		}
	}
	if len(in.paths) == 0 {
		return nil, nil
	}
	slices.Sort(in.paths)
	return p.lost(ctx, merge.hash, in)
}

// decided are the files that a commit changed, each with its state in every parent. Of a merge
// those are left out that it took over from one parent because the others had left them as they
// were: that is no decision. Of the others it is said what git itself makes of them.
func (s *Server) decided(ctx context.Context, past *past, commit *arriving) (map[string][]entry, replayed, error) {
	changed := make([]map[string]entry, len(commit.changes)) // against each parent, by path
	after := map[string]entry{}
	for i, list := range commit.changes {
		changed[i] = map[string]entry{}
		for _, change := range list {
			changed[i][change.path], after[change.path] = change, change
		}
	}
	byPath := map[string][]entry{}
	for name, now := range after {
		for i := range changed {
			found, differs := changed[i][name]
			if !differs { // the parent holds what the commit holds
				found = entry{name, now.mode, now.mode, now.after, now.after}
			}
			byPath[name] = append(byPath[name], found)
		}
	}
	if len(commit.parents) < 2 {
		return byPath, replayed{}, nil
	}
	bases := map[string][]string{}
	for name, entries := range byPath {
		taken, err := s.takenOver(ctx, past.objects, commit, entries, bases)
		if err != nil {
			return nil, replayed{}, err
		}
		if taken {
			delete(byPath, name)
		}
	}
	if len(byPath) == 0 {
		return nil, replayed{}, nil
	}
	again, err := past.replay(ctx, commit.hash, suspect{commit.parents, slices.Sorted(maps.Keys(byPath))})
	return byPath, again, err
}

// takenOver reports whether a merge holds a file as one parent does, and every other
// parent holds it as it was where the two parted.
func (s *Server) takenOver(ctx context.Context, objects *objects, commit *arriving, entries []entry,
	bases map[string][]string) (bool, error) {
	for i, from := range entries {
		if from.before != from.after || from.oldMode != from.mode {
			continue
		}
		taken := true
		for j, other := range entries {
			if j == i || other.before == from.before && other.oldMode == from.oldMode {
				continue
			}
			unchanged, err := s.unchangedSince(ctx, objects, commit.parents[i], commit.parents[j], other, bases)
			if err != nil {
				return false, err
			}
			taken = taken && unchanged
		}
		if taken {
			return true, nil
		}
	}
	return false, nil
}

// unchangedSince reports whether the other parent holds a file as it was where it parted from the
// first. Where they have parted and met several times it must have been so each time: a file that was
// changed and put back is again what it was at one of them.
func (s *Server) unchangedSince(ctx context.Context, objects *objects, one, other string, file entry,
	bases map[string][]string) (bool, error) {
	key := one + " " + other
	if _, asked := bases[key]; !asked {
		found, err := s.repository.mergeBases(ctx, one, other)
		if err != nil {
			return false, err
		}
		bases[key] = found
	}
	for _, base := range bases[key] {
		id, err := objects.find(base, file.path)
		if err != nil && !errors.Is(err, errMissing) {
			return false, err
		}
		if missing := err != nil; missing != isNone(file.before) || !missing && id != file.before {
			return false, nil
		}
	}
	return len(bases[key]) > 0, nil
}

// describe says of each file what the rules need to know.
func (s *Server) describe(
	ctx context.Context, past *past, commit *arriving, made *review.PushedCommit, entries map[string][]entry,
	again replayed,
) ([]review.PushedFile, error) {
	var files []review.PushedFile
	var records []changed // data files that can be read
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		last := entries[name][0]
		file := review.PushedFile{Path: text.Line(name), Gone: isNone(last.after), Kind: kindOf(last.mode),
			Replayed: again.same[name]}
		for _, entry := range entries[name] {
			file.Same = append(file.Same, entry.before == entry.after && entry.oldMode == entry.mode)
		}
		if file.Kind == review.PushedRegular && !file.Gone {
			size, err := past.objects.size(last.after)
			if err != nil {
				return nil, err
			}
			file.Size = size
		}
		file.Data = dataName(s.folder, name)
		if file.Data != "" {
			file.Unit = past.unit(name)
		}
		if file.Data != "" && file.Kind == review.PushedRegular && file.Size <= maxBlob {
			record := changed{path: name, after: last.after}
			for _, entry := range entries[name] {
				record.before = append(record.before, entry.before)
			}
			records = append(records, record)
		}
		files = append(files, file)
	}
	if len(records) == 0 {
		return files, nil
	}
	if err := s.compareStates(ctx, past, commit, records, files); err != nil || s.held == nil {
		return files, err
	}
	return files, s.describeRecords(ctx, past, commit, made, records, files, again)
}

// describeRecords says of the records of units what they were before, where the signatures or a merge ask for it.
func (s *Server) describeRecords(
	ctx context.Context, past *past, commit *arriving, made *review.PushedCommit, records []changed,
	files []review.PushedFile, again replayed,
) error {
	maker := model.Person{Name: commit.author}
	if known := made.Maker(&s.held.Roster); known != nil {
		maker = *known
	}
	for i := range files {
		file := &files[i]
		if file.Unit == "" || file.Replayed {
			continue
		}
		if review.AsksEarlier(s.held, made, file, maker) {
			var err error
			if file.Earlier, err = past.earlier(ctx, commit, file.Unit); err != nil {
				return err
			}
		}
		if made.Merge() {
			if err := past.joined(ctx, commit, again, records, file); err != nil {
				return err
			}
		}
	}
	return nil
}

// joined reads what a record of a merge was where its sides parted, and what git makes of it.
func (p *past) joined(ctx context.Context, merge *arriving, again replayed, records []changed,
	file *review.PushedFile) error {
	at := slices.IndexFunc(records, func(record changed) bool { return text.Line(record.path) == file.Path })
	if at < 0 {
		return nil
	}
	record := func(p *past, tree string) (model.Progress, error) {
		id, err := p.objects.find(tree, records[at].path)
		if err != nil && !errors.Is(err, errMissing) {
			return model.Progress{}, err
		}
		base, err := p.findBase(tree)
		if err != nil {
			return model.Progress{}, err
		}
		campaign, err := p.campaign(ctx, base, []changed{records[at]}, func(changed) string { return id })
		if err != nil {
			return model.Progress{}, err
		}
		return campaign.Progress[file.Unit], nil
	}
	bases, err := p.repository.mergeBases(ctx, merge.parents...)
	if err != nil {
		return err
	}
	for _, base := range bases {
		before, err := record(p, base)
		if err != nil {
			return err
		}
		file.Bases = append(file.Bases, before)
	}
	if len(bases) == 0 {
		file.Bases = []model.Progress{{}}
	}
	if tree := again.merged[records[at].path]; tree != "" {
		merged, err := record(p.inReplay(), tree)
		if err != nil {
			return err
		}
		file.Merged = &merged
	}
	return nil
}

// earlier reads the last versions of a unit's record from before a commit, wherever it lay.
func (p *past) earlier(ctx context.Context, commit *arriving, unit string) ([]model.Progress, error) {
	if len(commit.parents) == 0 {
		return nil, nil
	}
	base, err := p.findBase(commit.hash)
	if err != nil {
		return nil, err
	}
	arguments := append([]string{
		"log", fmt.Sprintf("--max-count=%d", review.MaxEarlier), "--full-history", "-m", "--raw", "--no-abbrev",
		"--no-renames", "--no-show-signature", "--no-color", "--format=",
	}, commit.parents...)
	arguments = append(arguments, "--")
	for _, parent := range commit.parents { // where the record lay, which may be elsewhere
		names, err := p.recordsOf(ctx, parent, unit)
		if err != nil {
			return nil, err
		}
		arguments = append(arguments, names...)
	}
	if arguments[len(arguments)-1] == "--" { // there was none
		return nil, nil
	}
	out, err := p.repository.run(ctx, nil, p.repository.hook, arguments...)
	if err != nil {
		return nil, err
	}
	var all []model.Progress
	for line := range strings.Lines(string(out)) {
		raw, _, _ := strings.Cut(line, "\t")
		file, is := parseRaw(raw, path.Join(p.folder, progressPath, unit+".toml"))
		if !is || isNone(file.after) {
			continue
		}
		campaign, err := p.campaign(ctx, base, []changed{file}, func(file changed) string { return file.after })
		if err != nil {
			return nil, err
		}
		all = append(all, campaign.Progress[unit])
	}
	return all, nil
}

// recordsOf are the files of a unit's record in a commit: one, or none, wherever it lies.
func (p *past) recordsOf(ctx context.Context, commit, unit string) ([]string, error) {
	out, err := p.repository.run(ctx, nil, p.repository.hook, "ls-tree", "-r", "-z", "--name-only", "--full-tree",
		commit, "--", path.Join(p.folder, progressPath))
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(strings.Split(string(out), "\x00"), func(name string) bool { return p.unit(name) != unit }),
		nil
}

func kindOf(mode string) review.PushedKind {
	switch {
	case strings.HasPrefix(mode, "100"):
		return review.PushedRegular
	case mode == "120000":
		return review.PushedLink
	default:
		return review.PushedOther
	}
}

// compareStates reads the data files of a commit and of its parents, and puts into
// files what the records hold and which errors are new.
func (s *Server) compareStates(ctx context.Context, past *past, commit *arriving, records []changed,
	files []review.PushedFile) error {
	base, err := past.findBase(commit.hash)
	if err != nil {
		return err
	}
	after, err := past.campaign(ctx, base, records, func(file changed) string { return file.after })
	if err != nil {
		return err
	}
	var befores []*model.Campaign
	for i := range max(1, len(commit.parents)) {
		var base []string
		if len(commit.parents) > 0 {
			if base, err = past.findBase(commit.parents[i]); err != nil {
				return err
			}
		}
		before, err := past.campaign(ctx, base, records, func(file changed) string { return file.before[i] })
		if err != nil {
			return err
		}
		befores = append(befores, before)
	}
	fresh := s.newErrors(after, befores)
	for i := range files {
		file := &files[i]
		if file.Data == "" {
			continue
		}
		for _, problem := range fresh {
			if problem.File == text.Line(path.Join(s.folder, file.Data)) {
				file.Problems = append(file.Problems, problem)
			}
		}
		if file.Data == rosterFile {
			for _, before := range befores {
				file.OnRoster = append(file.OnRoster, review.CompareRosters(before, after)...)
			}
		}
		if file.Unit == "" {
			continue
		}
		file.After = after.Progress[file.Unit]
		for _, before := range befores {
			_, broken := before.Broken[file.Unit]
			file.Unread = file.Unread || broken
			file.Before = append(file.Before, before.Progress[file.Unit])
		}
	}
	return nil
}

// newErrors are the errors of a state that none of the earlier ones has. The reader
// names files as within the data folder.
func (s *Server) newErrors(after *model.Campaign, befores []*model.Campaign) []phrase.Problem {
	var known [][]phrase.Problem
	for _, before := range befores {
		known = append(known, before.Problems)
	}
	fresh := phrase.NewErrors(after.Problems, known...)
	for i := range fresh {
		fresh[i].File = path.Join(s.folder, fresh[i].File)
	}
	return fresh
}

// newProblems compares all data as they would be with those on the server.
func (s *Server) newProblems(ctx context.Context, push *review.Push, tip string) error {
	after, err := s.state(ctx, tip)
	if after == nil {
		return err
	}
	var befores []*model.Campaign
	if s.head != "" {
		before, err := s.state(ctx, s.head)
		if before == nil {
			return err
		}
		befores = append(befores, before)
	}
	push.Problems = s.newErrors(after, befores)
	return ctx.Err()
}
