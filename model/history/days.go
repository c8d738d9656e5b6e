package history

import (
	"context"
	"errors"
	"path"
	"strings"
	"time"

	"example.org/tiendo/model"
)

// LastOfDays gives for each day, from the first to the last, the last commit of
// this line of history that was recorded by its end; "" where there is none yet.
// tip is where to begin, for example HEAD.
func (r *Repository) LastOfDays(ctx context.Context, tip string, first, last model.Day, zone *time.Location) ([]string, error) {
	commit, err := r.Resolve(ctx, tip)
	if err != nil {
		return nil, err
	}
	out, err := run(ctx, r.top, nil, nil, "log", "--first-parent", "--format=%H %cI", commit, "--")
	if err != nil {
		return nil, err
	}
	var days []string
	for day := first; !day.After(last); day = day.Add(1) {
		days = append(days, "")
	}
	open := len(days) - 1 // the latest day whose commit is not known yet
	for line := range strings.Lines(string(out)) {
		hash, at, _ := strings.Cut(strings.TrimSpace(line), " ")
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			continue
		}
		day := model.DayIn(moment, zone)
		for ; open >= 0 && !day.After(first.Add(open)); open-- {
			days[open] = hash
		}
		if open < 0 {
			break
		}
	}
	return days, nil
}

// States are the data files of several commits, as Files gives those of one. A
// record is looked for where it lies in the first of the commits.
func (r *Repository) States(ctx context.Context, dir string, commits []string) ([]map[string][]byte, error) {
	if len(commits) == 0 {
		return nil, nil
	}
	folder, err := r.folder(dir)
	if err != nil {
		return nil, err
	}
	newest, err := r.Files(ctx, dir, commits[0])
	if err != nil {
		return nil, err
	}
	objects := r.objects(ctx)
	defer objects.close()
	ids := make([]map[string]string, len(commits))
	var wanted []string
	for i, commit := range commits {
		ids[i] = map[string]string{}
		for name := range newest {
			id, err := objects.find(commit, path.Join(folder, name))
			if errors.Is(err, errMissing) {
				continue
			}
			if err != nil {
				return nil, err
			}
			ids[i][name] = id
			wanted = append(wanted, id)
		}
	}
	contents, err := objects.fetch(wanted)
	if err != nil {
		return nil, err
	}
	states := make([]map[string][]byte, len(commits))
	for i := range commits {
		states[i] = map[string][]byte{}
		for name, id := range ids[i] {
			states[i][name] = contents[id]
		}
	}
	return states, nil
}
