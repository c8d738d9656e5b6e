package endtoend

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
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

// verify wants every change in the history, and in the files for each entry the last change
// that anybody made, or one of the last that know nothing of each other; it counts the entries, and what is lost.
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
	if len(campaign.Problems) > 0 {
		w.t.Errorf("problems: %v", campaign.Problems)
	}
	for key, changes := range byEntry {
		now := valueOf(campaign, changes[0].unit, changes[0].subject)
		found := false
		for i, change := range changes {
			last := !slices.ContainsFunc(changes[i+1:], func(later made) bool { return later.hash == change.hash })
			for _, other := range changes {
				last = last && !before[other.hash][change.hash]
			}
			found = found || last && now.Equal(change.subject.Kind, change.value)
		}
		if !found {
			w.t.Errorf("%s is none of its last changes: %+v", key, now)
			lost++
		}
		values++
	}
	return values, lost
}

// recordText is a record as a file holds it, read without any of the program's own reading:
// whether its report is accepted, and all values outside of the report.
func recordText(content string) (accepted bool, values string) {
	var tables []string
	for line := range strings.Lines(content) {
		switch line = strings.TrimSpace(line); {
		case line == "", strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["), len(tables) == 0:
			tables = append(tables, line+"\n")
		default:
			tables[len(tables)-1] += line + "\n"
		}
	}
	var others []string
	for _, table := range tables {
		if !strings.HasPrefix(table, "[report") {
			others = append(others, table)
		} else if strings.HasPrefix(table, "[report]") {
			accepted = strings.Contains(strings.ReplaceAll(table, " ", ""), `status="accepted"`)
		}
	}
	slices.Sort(others)
	return accepted, strings.Join(others, "")
}

// verifyAccepted walks through the whole history: a record whose report is accepted holds
// what it held when somebody accepted it, unless a person has decided about it in a merge. It
// counts the accepted records of all commits.
func (w *work) verifyAccepted(c *clone) (states int) {
	w.t.Helper()
	type state struct {
		accepted bool
		values   string
	}
	blobs, trees := map[string]state{}, map[string]map[string]string{}
	tree := func(commit string) map[string]string {
		if known, is := trees[commit]; is {
			return known
		}
		files := map[string]string{}
		for line := range strings.Lines(c.git("ls-tree", "-r", commit, "--", "data/progress")) {
			about, path, _ := strings.Cut(strings.TrimSpace(line), "\t")
			files[path] = strings.Fields(about)[2]
		}
		trees[commit] = files
		return files
	}
	record := func(commit, path string) state {
		blob := tree(commit)[path]
		known, is := blobs[blob]
		if !is && blob != "" {
			known.accepted, known.values = recordText(c.git("cat-file", "blob", blob))
			blobs[blob] = known
		}
		return known
	}
	for line := range strings.Lines(c.git("rev-list", "--parents", "HEAD")) {
		hashes := strings.Fields(line)
		for path := range tree(hashes[0]) {
			now := record(hashes[0], path)
			if !now.accepted {
				continue
			}
			states++
			parents := hashes[1:]
			asAccepted := slices.ContainsFunc(parents, func(parent string) bool {
				before := record(parent, path)
				return before.values == now.values && (before.accepted || len(parents) == 1)
			})
			unit := strings.TrimSuffix(filepath.Base(path), ".toml")
			if !asAccepted && !w.hasDecided(hashes[0], unit) {
				w.t.Errorf("%.10s holds an accepted record that nobody has accepted as it is: %s\n%s", hashes[0], path, c.git("log", "-1", "--format=%an: %s", hashes[0]))
			}
		}
	}
	return states
}

// hasDecided reports whether a person has decided about the report of a unit in a merge.
func (w *work) hasDecided(merge, unit string) bool {
	for short, units := range w.decided {
		if short != "" && strings.HasPrefix(merge, short) && units[unit] {
			return true
		}
	}
	return false
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
