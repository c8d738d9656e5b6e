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

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// recorded is a commit and when it was recorded.
type recorded struct {
	hash string
	at   time.Time
}

// line is a line of the history along first parents, oldest first. Whatever the clock of its machine said, a commit
// was not recorded before the one that it follows, nor after it had come to the server, as far as that is known.
func (r *archive) line(ctx context.Context, tip string) ([]recorded, error) {
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
	arrived, _ := r.arrivals(ctx) // without them the clocks are believed
	var latest time.Time
	for i := range line { // the newest first
		if at := arrived[line[i].hash]; !at.IsZero() && (latest.IsZero() || at.Before(latest)) {
			latest = at
		}
		if !latest.IsZero() && line[i].at.After(latest) {
			line[i].at = latest
		}
	}
	slices.Reverse(line)
	for i := 1; i < len(line); i++ {
		if line[i].at.Before(line[i-1].at) {
			line[i].at = line[i-1].at
		}
	}
	return line, nil
}

// lastRecorded is the latest time at which one of these commits was recorded, as their machines' clocks said.
func (r *archive) lastRecorded(ctx context.Context, commits ...string) (time.Time, error) {
	if len(commits) == 1 && commits[0] == "HEAD" {
		if at, known := r.looseTime(r.Head()); known { // without a process for every change
			return at, nil
		}
	}
	out, err := r.ask(ctx, append(append([]string{"rev-list", "--no-walk", "--timestamp"}, commits...), "--")...)
	if err != nil {
		return time.Time{}, err
	}
	var last time.Time
	for entry := range strings.Lines(string(out)) {
		at, _, _ := strings.Cut(entry, " ")
		if recorded := unixTime(at); recorded.After(last) {
			last = recorded
		}
	}
	return last, nil
}

// looseTime reads when a commit was recorded from its own file, where it lies in one.
func (r *archive) looseTime(commit string) (at time.Time, known bool) {
	_, _, committer, known := r.loose().Commit(commit)
	fields := strings.Fields(committer)
	if !known || len(fields) < 2 {
		return at, false
	}
	seconds, err := strconv.ParseInt(fields[len(fields)-2], 10, 64) // before the time zone
	return time.Unix(seconds, 0), err == nil
}

// committer is tiendo, at a moment or now, but not before the commits that it goes on from: past days are found by
// these times, whatever the clock of a machine says.
func (r *archive) committer(ctx context.Context, at time.Time, parents ...string) []string {
	last, err := r.lastRecorded(ctx, parents...)
	//nolint:forbidigo // without a time of ours, git takes that of the machine
	if err == nil && (at.IsZero() && time.Now().Before(last) || !at.IsZero() && at.Before(last)) {
		at = last
	}
	return committer(at)
}

// slack is by how much the clocks of machines may differ without a word.
const slack = 10 * time.Minute

// ClockBehind says that a machine's clock shows a time before that of the last commit, so that what is recorded by it
// bears a wrong time; nil where it does not, and where there is no commit. Both are said in the zone of the plan.
func (r *archive) ClockBehind(ctx context.Context, now time.Time, zone *time.Location) error {
	last, err := r.lastRecorded(ctx, "HEAD")
	if err != nil || !now.Add(slack).Before(last) {
		return nil //nolint:nilerr // whoever reads the history says why that cannot be done
	}
	return phrase.Refuse(
		phrase.Say("this machine's clock shows %s, before the last commit of %s: one of the two is wrong, and what is "+
			"recorded now bears the time of this clock",
			calendar.Clock(now, zone), calendar.Clock(last, zone)),
		phrase.Say("set the clock of this machine; if it is right, the commit was made on a machine whose clock was ahead"))
}

// LastRecorded is when the last commit was recorded; the zero time where there is none, or it cannot be read.
func (r *archive) LastRecorded(ctx context.Context) time.Time {
	last, _ := r.lastRecorded(ctx, "HEAD")
	return last
}

// LastBefore is the last commit on this branch that was recorded before a moment.
func (r *archive) LastBefore(ctx context.Context, moment time.Time) (string, error) {
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
	return "", phrase.Refuse(phrase.Say("the history begins later than %s", moment.Add(-time.Second).Format("02/01/2006")),
		hint)
}

// Moment is when a commit was recorded.
func (r *archive) Moment(ctx context.Context, commit string) (time.Time, error) {
	line, err := r.line(ctx, commit)
	if err != nil {
		return time.Time{}, err
	}
	return line[len(line)-1].at, nil
}

// LastOfDays gives for each day, from the first to the last, the last commit of
// this line of history that was recorded by its end; "" where there is none yet.
// tip is where to begin, for example HEAD.
func (r *archive) LastOfDays(ctx context.Context, tip string, first, last calendar.Day, zone *time.Location) ([]string,
	error) {
	line, err := r.line(ctx, tip)
	if err != nil {
		return nil, err
	}
	var days []string
	next, hash := 0, ""
	for day := first; !day.After(last); day = day.Add(1) {
		for ; next < len(line) && !calendar.DayIn(line[next].at, zone).After(day); next++ {
			hash = line[next].hash
		}
		days = append(days, hash)
	}
	return days, nil
}

// States are the data files of several commits, as Files gives those of one. A
// record is looked for where it lies in the first of the commits.
func (r *archive) States(ctx context.Context, dir string, commits []string) ([]map[string][]byte, error) {
	if len(commits) == 0 {
		return nil, nil
	}
	folder, err := r.Folder(dir)
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

// LastChanges says when everybody who has made a change up to a commit made their last one: by their address in small
// letters, or by their name where git had no address for them.
func LastChanges(ctx context.Context, r *Repository, tip string) (map[string]time.Time, error) {
	commit, err := r.Resolve(ctx, tip)
	if err != nil {
		return nil, err
	}
	out, err := r.ask(ctx, "log", "--format=%at%x09%ae%x09%an", commit, "--")
	if err != nil {
		return nil, err
	}
	last := map[string]time.Time{}
	for line := range strings.Lines(string(out)) {
		at, who, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		email, name, _ := strings.Cut(who, "\t")
		by := strings.ToLower(email)
		if email == review.OwnerEmail {
			by = text.Line(name)
		}
		if moment := unixTime(at); moment.After(last[by]) { // a commit of another program may bear any date
			last[by] = moment
		}
	}
	return last, nil
}
