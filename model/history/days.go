package history

import (
	"context"
	"errors"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// recorded is a commit and when it was recorded.
type recorded struct {
	hash string
	at   time.Time
}

// line is a line of the history along first parents, oldest first. A commit was not recorded before the one that it
// follows, whatever the clock of its machine said.
func (r *Repository) line(ctx context.Context, tip string) ([]recorded, error) {
	commit, err := r.Resolve(ctx, tip)
	if err != nil {
		return nil, err
	}
	out, err := r.ask(ctx, "rev-list", "--first-parent", "--timestamp", commit, "--")
	if err != nil {
		return nil, err
	}
	var line []recorded
	for entry := range strings.Lines(string(out)) {
		at, hash, _ := strings.Cut(strings.TrimSpace(entry), " ")
		seconds, err := strconv.ParseInt(at, 10, 64)
		if err != nil {
			return nil, err
		}
		line = append(line, recorded{hash, time.Unix(seconds, 0)})
	}
	slices.Reverse(line)
	for i := 1; i < len(line); i++ {
		if line[i].at.Before(line[i-1].at) {
			line[i].at = line[i-1].at
		}
	}
	return line, nil
}

// LastBefore is the last commit on this branch that was recorded before a moment.
func (r *Repository) LastBefore(ctx context.Context, moment time.Time) (string, error) {
	line, err := r.line(ctx, "HEAD")
	if err != nil {
		return "", err
	}
	after := slices.IndexFunc(line, func(commit recorded) bool { return !commit.at.Before(moment) })
	switch {
	case after < 0:
		return line[len(line)-1].hash, nil
	case after > 0:
		return line[after-1].hash, nil
	}
	hint := phrase.Say("`tiendo log` shows where it begins")
	if r.Shallow() {
		hint = shallowHint()
	}
	return "", phrase.Refuse(phrase.Say("the history begins later than %s", moment.Add(-time.Second).Format("02/01/2006")), hint)
}

// Moment is when a commit was recorded.
func (r *Repository) Moment(ctx context.Context, commit string) (time.Time, error) {
	line, err := r.line(ctx, commit)
	if err != nil {
		return time.Time{}, err
	}
	return line[len(line)-1].at, nil
}

// LastOfDays gives for each day, from the first to the last, the last commit of
// this line of history that was recorded by its end; "" where there is none yet.
// tip is where to begin, for example HEAD.
func (r *Repository) LastOfDays(ctx context.Context, tip string, first, last model.Day, zone *time.Location) ([]string, error) {
	line, err := r.line(ctx, tip)
	if err != nil {
		return nil, err
	}
	var days []string
	next, hash := 0, ""
	for day := first; !day.After(last); day = day.Add(1) {
		for ; next < len(line) && !model.DayIn(line[next].at, zone).After(day); next++ {
			hash = line[next].hash
		}
		days = append(days, hash)
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
	names := slices.Sorted(maps.Keys(newest)) // those of one folder beside each other
	objects := r.objects(ctx)
	defer objects.close()
	ids := make([]map[string]string, len(commits))
	var wanted []string
	for i, commit := range commits {
		ids[i] = map[string]string{}
		for _, name := range names {
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
			if states[i][name], err = contents[id].data(); err != nil {
				return nil, err
			}
		}
	}
	return states, nil
}
