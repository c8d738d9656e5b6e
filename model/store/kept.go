package store

import (
	"context"
	"maps"
	"path"
	"path/filepath"
	"slices"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/phrase"
)

// recordName is the file of a unit's record as a Lookout is asked for it.
func recordName(unit string) string { return path.Join(decode.ProgressFolder, unit+decode.Extension) }

// missing names the data files that are not there, and would be made at the first change.
func (s *reader) missing(base *base, list *listing, byUnit map[string][]string, looked map[string]stamp,
	records wanted) []string {
	if s.snapshot != nil {
		return nil // it holds what was asked for, and there is nobody who could have the rest
	}
	var names []string
	if list.hidden == nil {
		for unit := range base.unitsOf(records) {
			if unit.ID != "" && byUnit[unit.ID] == nil {
				names = append(names, recordName(unit.ID))
			}
		}
	}
	if stampIn(looked, filepath.Join(s.dir, decode.ReportFile)) == (stamp{}) {
		names = append(names, decode.ReportFile)
	}
	return names
}

// loadLost finds the missing files that git still has. A unit whose record is among them is one of which nothing
// is known: it has not just not begun.
func (s *reader) loadLost(ctx context.Context, campaign *model.Campaign, missing []string) map[string]phrase.Problem {
	lost := s.findLost(ctx, missing)
	for _, name := range slices.Sorted(maps.Keys(lost)) {
		if unit := unitOf(name); unit != "" {
			campaign.Problems = append(campaign.Problems, lost[name])
			campaign.Broken[unit] = new(lost[name])
		}
	}
	return lost
}

// findLost says of missing files, by their names, why they must not be made anew. Git is asked only when one is
// missing.
func (s *reader) findLost(ctx context.Context, missing []string) map[string]phrase.Problem {
	if len(missing) == 0 {
		return nil
	}
	lost := map[string]phrase.Problem{}
	kept, err := s.lookout.StillHas(ctx, s.dir, missing)
	for _, name := range missing {
		file, is := kept[name]
		switch {
		case err != nil: // it may have it
			problem := s.fileProblem(filepath.Join(s.dir, filepath.FromSlash(name)),
				phrase.Say("the file is missing, and git does not say whether it still has it: %s", reasonOf(err)),
				phrase.Say("fix what git complains about; `tiendo doctor` looks into it"))
			problem.Lost = true
			lost[name] = problem
		case is:
			problem := s.fileProblem(filepath.Join(s.dir, filepath.FromSlash(file.Path)),
				phrase.Say("the file is missing here, but git still has it"), phrase.Sentence{})
			problem.Hint = phrase.Say("`git restore -- %s` brings it back; if it is meant to go, commit that: `git rm "+
				"--cached -- %s`, then `git commit`", problem.File, problem.File)
			if problem.Lost, problem.InConflict = true, file.InConflict; problem.InConflict {
				problem.Hint = model.MendHint(problem)
			}
			if file.LeftOut {
				problem.What = phrase.Say("the file is left out of this work tree (a sparse checkout)")
				problem.Hint = phrase.Say("`git sparse-checkout disable` brings all files here; `git sparse-checkout add " +
					"FOLDER`, in the top folder, those of a folder")
			}
			lost[name] = problem
		}
	}
	return lost
}

// lostOtherwise reports whether git says something else of the files that were missing at the last Load: that they are
// to go, or are not, is seen in no data file.
func (s *reader) lostOtherwise(ctx context.Context) bool {
	s.mutex.Lock()
	missed, before := s.missed, s.lost
	s.mutex.Unlock()
	return !maps.EqualFunc(before, s.findLost(ctx, missed),
		func(a, b phrase.Problem) bool { return a.Error() == b.Error() })
}
