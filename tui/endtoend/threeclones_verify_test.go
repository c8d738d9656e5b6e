package endtoend

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/review"
)

// ancestors are all commits before each commit, by whole hashes.
func ancestors(c *clone) map[string]map[string]bool {
	before := map[string]map[string]bool{}
	for line := range strings.Lines(c.git("rev-list", "--parents", "--topo-order", "--reverse", "HEAD")) {
		hashes := strings.Fields(line)
		all := map[string]bool{}
		for _, parent := range hashes[1:] {
			all[parent] = true
			maps.Copy(all, before[parent])
		}
		before[hashes[0]] = all
	}
	return before
}

// whole finds the whole hash of a short one.
func whole(all map[string]map[string]bool, short string) string {
	for hash := range all {
		if short != "" && strings.HasPrefix(hash, short) {
			return hash
		}
	}
	return ""
}

// verify wants every change in the history, and in the record all of the last changes that know nothing of each other: it
// counts the entries, and what is lost.
func (w *work) verify(c *clone) (values, lost int) {
	before := ancestors(c)
	byEntry := map[string][]made{}
	for _, change := range w.changes {
		if change.hash = whole(before, change.hash); change.hash == "" {
			w.t.Errorf("the history does not hold the change of %s %s", change.unit, change.subject.ID)
			lost++
			continue
		}
		key := change.unit + " " + string(change.subject.Kind) + " " + change.subject.ID
		byEntry[key] = append(byEntry[key], change)
	}
	campaign := c.load()
	for _, problem := range campaign.Problems {
		if !problem.Warning {
			w.t.Errorf("%v", problem)
		}
	}
	for key, changes := range byEntry {
		kind := changes[0].subject.Kind
		if values++; kind.OfOffice() || kind.OnRoster() {
			continue // one side of it may are set aside
		}
		now := model.Versions(valueOf(campaign, changes[0].unit, changes[0].subject))
		superseded := func(change made) bool {
			return slices.ContainsFunc(changes, func(other made) bool { return before[other.hash][change.hash] })
		}
		for _, change := range changes {
			last := !superseded(change)
			for _, other := range changes { // of two who have set the same status one counts, and it may have been set anew since
				if superseded(other) {
					change.seen = withStatusOf(change.seen, change.value, other.value)
				}
			}
			held := func(version model.Value) bool { return review.Holds(version, change.seen, change.value) }
			if last && !slices.ContainsFunc(now, held) {
				w.t.Errorf("%s does not hold what was changed last, %+v to %+v: %+v", key, change.seen, change.value, now)
				lost++
			}
		}
	}
	return values, lost
}

// withStatusOf is seen with the status that two values have alike.
func withStatusOf(seen, one, other model.Value) model.Value {
	switch seen := seen.(type) {
	case model.Entry:
		if status := model.As[model.Entry](one).Status; status == model.As[model.Entry](other).Status {
			seen.Status = status
		}
		return seen
	case model.Report:
		set, same := model.As[model.Report](one), model.As[model.Report](other)
		if set.Status == same.Status {
			seen.Status = set.Status
		}
		if set.Status == same.Status && set.Reason == same.Reason {
			seen.Reason = set.Reason
		}
		return seen
	}
	return seen
}

// countConflicts merges the parents of every merge anew, with and without the driver, and
// counts how often something is in conflict.
func countConflicts(c *clone) (driver, text int) {
	var counts [2]int
	for line := range strings.Lines(c.git("rev-list", "--min-parents=2", "--parents", "HEAD")) {
		hashes := strings.Fields(line)
		for i, options := range [][]string{
			{"-c", "merge.tiendo.driver=" + c.driver, "-c", "core.attributesFile=" + filepath.Join(c.dir, ".git", "tiendo", "attributes")},
			{"-c", "core.attributesFile=" + os.DevNull},
		} {
			if _, err := c.try("git", append(options, "merge-tree", "--write-tree", "--no-messages", hashes[1], hashes[2])...); err != nil {
				counts[i]++
			}
		}
	}
	return counts[0], counts[1]
}
