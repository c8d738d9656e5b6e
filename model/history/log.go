package history

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// Reader makes a campaign of data files, given by their paths within the data
// folder. The error says that there is no usable plan. Several goroutines may load
// at once. model/store implements it.
type Reader interface {
	Load(ctx context.Context, files map[string][]byte) (*model.Campaign, error)
}

// LogOptions say which commits are wanted.
type LogOptions struct {
	Range []string  // revisions as for git log; none is HEAD
	Since time.Time // not older; zero is all
	Max   int       // at most so many; 0 is all
	Skip  int       // so many are passed over first: those of an earlier page
	Read  *int      // not nil: is told how many were read, those that changed nothing of the plan among them
	// Only these commits themselves, whatever came before them.
	NoWalk bool
	// Effects are wanted, too: for those of a commit that changed what is counted all records of its time are read.
	Effects bool
}

// shortHash is how many letters of a hash people are shown, as git does.
const shortHash = 7

// The data files, within the data folder.
const progressPath = "progress"

const (
	planFile   = "plan.toml"
	rosterFile = "units.toml"
	officeFile = "report.toml" // the Office's part
)

// baseFiles are those by which all others are read.
var baseFiles = []string{planFile, rosterFile}

// Log reads the commits that touched the data, newest first, and hands each to
// visit as changes of the plan's subjects. It reads no further once visit returns false.
func (r *archive) Log(ctx context.Context, dir string, reader Reader, options LogOptions,
	visit func(review.Revision) bool) error {
	folder, err := r.Folder(dir)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	arguments, err := r.logArguments(folder, options)
	if err != nil {
		return err
	}
	edge, err := r.edge()
	if err != nil {
		return err
	}
	command := gitrun.Command(ctx, r.top, nil, arguments...)
	var complaint strings.Builder
	command.Stderr = &complaint
	out, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return err
	}
	objects := r.objects(ctx)
	defer objects.close()
	past := &past{repository: r, objects: objects, reader: reader, folder: folder, bases: map[string][]string{},
		count: options.Read, effects: options.Effects}
	defer past.close()
	past.arrived, _ = r.arrivals(ctx) // without them there is only less to say
	done, err := past.read(ctx, &commits{in: bufio.NewReaderSize(out, 64<<10), edge: edge}, visit)
	if done || err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		cancel()
		_ = command.Wait() // it was stopped
		return err
	}
	if failed := command.Wait(); failed != nil {
		return r.noRevision(ctx, options.Range, complaint.String(), failed)
	}
	return err
}

// noRevision puts git's complaint about a revision into words.
func (r *runner) noRevision(ctx context.Context, wanted []string, complaint string, err error) error {
	switch {
	case strings.Contains(complaint, "does not have any commits yet"):
		return r.Unborn(ctx)
	case strings.Contains(complaint, "unknown revision"), strings.Contains(complaint, "bad revision"),
		strings.Contains(complaint, "ambiguous argument"):
		hint := phrase.Say("name a commit, such as one that `tiendo log` shows, a branch or a tag")
		if r.Shallow() {
			hint = shallowHint()
		}
		return phrase.Refuse(phrase.Say("unknown revision %q", strings.Join(wanted, " ")), hint)
	case isDamage(complaint):
		return unreadable(reasonIn(complaint))
	}
	return &gitrun.Error{Command: "log", Words: text.Line(strings.TrimSpace(complaint)), Err: err}
}

func (r *archive) logArguments(folder string, options LogOptions) ([]string, error) {
	arguments := []string{
		"log", "-z",
		"--format=tformat:%H%x00%P%x00%an%x00%ae%x00%aI%x00%ct%x00%s%x00%(trailers:key=Not-taken,separator=%x01)" +
			"%x00%(trailers:key=Reverts,valueonly,separator=%x01)",
		"--raw", "--no-abbrev", "--no-renames", "--root", "--full-history", "--parents", "--diff-merges=combined",
		"--no-show-signature", "--no-color", "--no-textconv", "--no-ext-diff",
	}
	if options.NoWalk {
		arguments = append(arguments, "--no-walk")
	}
	if options.Max > 0 {
		arguments = append(arguments, fmt.Sprintf("--max-count=%d", options.Max))
	}
	if options.Skip > 0 {
		arguments = append(arguments, fmt.Sprintf("--skip=%d", options.Skip))
	}
	if !options.Since.IsZero() {
		arguments = append(arguments, "--since="+options.Since.Format(time.RFC3339))
	}
	for _, revision := range options.Range {
		if strings.HasPrefix(revision, "-") {
			return nil, r.noRevision(context.Background(), options.Range, "unknown revision", nil)
		}
	}
	arguments = append(append(arguments, options.Range...), "--")
	return append(arguments, dataPaths(folder)...), nil
}

// dataName is a path of the work tree within the data folder; "" where no data lie there.
func dataName(folder, name string) string {
	inside, within := name, folder == ""
	if !within {
		inside, within = strings.CutPrefix(name, folder+"/")
	}
	if within && (strings.HasPrefix(inside, progressPath+"/") ||
		slices.Contains([]string{planFile, rosterFile, officeFile}, inside)) {
		return inside
	}
	return ""
}

// dataPaths are the data files as git names them within the work tree.
func dataPaths(folder string) []string {
	var paths []string
	for _, name := range append(slices.Clone(baseFiles), officeFile, progressPath) {
		paths = append(paths, path.Join(folder, name))
	}
	return paths
}

// Folder is the data folder as git names it within the work tree; "" is the whole.
func (r *runner) Folder(dir string) (string, error) {
	inside, err := r.relative(filepath.Join(dir, baseFiles[0]))
	if err != nil {
		return "", err
	}
	if inside = path.Dir(inside); inside == "." {
		return "", nil
	}
	return inside, nil
}

// commit is what git log says of a commit.
type commit struct {
	hash    string
	parents []string
	author  string
	email   string
	at      time.Time
	title   string
	edge    bool // a shallow clone ends at it, so that nobody knows here what it changed
	// trailers say whose versions were not taken, one after the other with \x01 between them.
	trailers string
	reverts  string              // the commit that it takes back, as its trailer names it; "" for none
	lost     []review.NotTaken   // of a merge: what is found by comparing
	decided  []review.Difference // of a merge: what git by itself would have made otherwise
	unread   error               // why it cannot be told what it changed
	// When it was made by the clock of who made it, and the latest of its parents likewise.
	committed, latest time.Time
	files             []changed
}

// changed is a file that a commit changed: against its parent, or against all of its parents.
type changed struct {
	path   string
	before []string // blob ids, one for each parent
	after  string
}

// commits takes the output of git log apart.
type commits struct {
	in    *bufio.Reader
	edge  map[string]bool // the commits at which a shallow clone ends
	ahead string          // a field that was read and belongs to the next commit
}

// field reads up to the next NUL.
func (c *commits) field() (string, error) {
	if c.ahead != "" {
		field := c.ahead
		c.ahead = ""
		return field, nil
	}
	field, err := c.in.ReadString(0)
	if err != nil {
		return "", err
	}
	return strings.TrimPrefix(strings.TrimSuffix(field, "\x00"), "\n"), nil
}

// window reads the next so many commits; at the end fewer, and io.EOF.
func (c *commits) window(size int) (window []*commit, err error) {
	for len(window) < size {
		commit, err := c.next()
		if err != nil {
			return window, err
		}
		window = append(window, commit)
	}
	return window, nil
}

func (c *commits) next() (*commit, error) {
	var hash string
	for hash == "" {
		field, err := c.field()
		if err != nil {
			return nil, err
		}
		hash = field
	}
	fields := []string{hash}
	for len(fields) < 9 {
		field, err := c.field()
		if err != nil {
			return nil, io.ErrUnexpectedEOF
		}
		fields = append(fields, field)
	}
	made := &commit{
		hash: fields[0], parents: strings.Fields(fields[1]),
		author: text.Line(fields[2]), email: text.Line(fields[3]), title: text.Line(fields[6]), trailers: fields[7],
		reverts: review.ParseReverts(fields[8]), committed: unixTime(fields[5]),
	}
	made.at, _ = time.Parse(time.RFC3339, fields[4]) // zero when git does not know it
	if made.edge = c.edge[made.hash]; made.edge {
		made.trailers = ""
	}
	for {
		field, err := c.field()
		switch {
		case errors.Is(err, io.EOF):
			return made, nil
		case err != nil:
			return nil, err
		case field == "":
			continue
		case field[0] != ':':
			c.ahead = field
			return made, nil
		}
		name, err := c.field()
		if err != nil {
			return nil, io.ErrUnexpectedEOF
		}
		if file, ok := parseRaw(field, name); ok && !made.edge {
			made.files = append(made.files, file)
		}
	}
}

// parseRaw reads `:100644 100644 OLD NEW M`; for a merge there is a colon, a mode and an old id for each parent.
func parseRaw(raw, name string) (changed, bool) {
	fields := strings.Fields(strings.TrimLeft(raw, ":"))
	parents := len(raw) - len(strings.TrimLeft(raw, ":"))
	if len(fields) != 2*(parents+1)+1 {
		return changed{}, false
	}
	ids := fields[parents+1 : 2*(parents+1)]
	for i, mode := range fields[:parents+1] {
		if mode == "160000" { // another repository, whose commits are not here
			ids[i] = strings.Repeat("0", len(ids[i]))
		}
	}
	return changed{path: name, before: ids[:parents], after: ids[parents]}, true
}
