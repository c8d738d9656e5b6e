package history

import (
	"context"
	"slices"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// verify compares what git made of the files that both sides changed with what must come out.
func (s *exchange) verify(ctx context.Context, tree string) error {
	if s.Verify == nil {
		return nil
	}
	files, bases, err := s.changedByBoth(ctx, tree)
	if err != nil || bases != 1 { // git has merged the bases first, and nobody can tell what came out
		return err
	}
	for _, file := range files {
		if err := s.Verify(file); err != nil {
			return err
		}
	}
	return nil
}

// changedByBoth are the data files that both sides have changed since a common state, with
// what a tree holds of them, and how many such states there are.
func (s *exchange) changedByBoth(ctx context.Context, tree string) (files []review.MergedFile, bases int, err error) {
	common, err := s.mergeBases(ctx, s.upstream.head, s.upstream.seen)
	if err != nil || len(common) == 0 {
		return nil, 0, err
	}
	folder, err := s.folder(s.Data)
	if err != nil {
		return nil, 0, err
	}
	files, err = s.bothChanged(ctx, folder, common[0], s.upstream.head, s.upstream.seen, tree)
	return files, len(common), err
}

// maySettle refuses to begin a merge whose conflicts the person may not settle.
func (s *exchange) maySettle(ctx context.Context, merged mergedTree) error {
	if s.MaySettle == nil {
		return nil
	}
	files, _, err := s.changedByBoth(ctx, merged.tree)
	if err != nil {
		return err
	}
	for _, file := range files {
		if name, err := s.relative(file.Path); err != nil || !slices.Contains(merged.conflicts, name) {
			continue
		}
		if err := s.MaySettle(file.Unmerged); err != nil {
			return err
		}
	}
	return nil
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
	var known []state
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
			known = append(known, before)
		}
	}
	found := own.firstNew(known...)
	if found == nil {
		return nil
	}
	return &phrase.Refusal{
		What: phrase.Say("a change of this clone brings an error, so nothing was sent"), Err: *found,
		Hint: phrase.Say("mend the file, commit it (git commit), then synchronise again: the changes wait here; `tiendo check` lists every problem"),
	}
}

// check refuses a state with errors that neither side has, and one whose plan cannot be
// used. Errors that somebody else has sent come in like all else: they are shown where they are.
func (s *exchange) check(ctx context.Context, ours, theirs, merged string) error {
	before, err := s.state(ctx, ours)
	if err != nil {
		return err
	}
	incoming, err := s.state(ctx, theirs)
	if err != nil {
		return err
	}
	after := incoming
	if merged != theirs {
		if after, err = s.state(ctx, merged); err != nil {
			return err
		}
	}
	refuse := func(what phrase.Sentence, problem *phrase.Problem) error {
		refused := phrase.Refuse(what, phrase.Say("look at both sides: tiendo diff %s", s.upstream.shown()))
		if problem != nil {
			refused.Err = *problem
		}
		return refused
	}
	if after.unusable != nil && before.unusable == nil {
		return refuse(phrase.Say("the plan that would come out cannot be used, so nothing was taken"), after.firstNew())
	}
	if found := after.firstNew(before, incoming); found != nil {
		return refuse(phrase.Say("both sides together would hold an error that neither has alone, so nothing was merged"), found)
	}
	if found := incoming.firstNew(before); found != nil {
		s.result.Notices = append(s.result.Notices, phrase.Say("an error came with the changes of others: %s: %s", found.Place(), found.What))
	}
	return nil
}

// state is what one state of the data says, as far as its errors go.
type state struct {
	problems []phrase.Problem
	unusable error
}

func (s *exchange) state(ctx context.Context, tree string) (state, error) {
	if known, is := s.states[tree]; is {
		return known, nil
	}
	files, err := s.Files(ctx, s.Data, tree)
	if err != nil {
		return state{}, err
	}
	campaign, err := s.Reader.Load(ctx, files)
	if ctx.Err() != nil {
		return state{}, ctx.Err()
	}
	found := state{unusable: err}
	for _, problem := range campaign.Problems {
		if !problem.Warning {
			found.problems = append(found.problems, problem)
		}
	}
	s.states[tree] = found
	return found, nil
}

// firstNew is the first error that stands in none of the other states; places do not count, since lines move.
func (s *state) firstNew(others ...state) *phrase.Problem {
	known := map[string]int{}
	for _, other := range others {
		counts := map[string]int{}
		for _, problem := range other.problems {
			key := problem.File + "\x00" + problem.What.String()
			if counts[key]++; counts[key] > known[key] {
				known[key] = counts[key]
			}
		}
	}
	for i, problem := range s.problems {
		key := problem.File + "\x00" + problem.What.String()
		if known[key]--; known[key] < 0 {
			return &s.problems[i]
		}
	}
	return nil
}
