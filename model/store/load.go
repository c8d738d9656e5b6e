package store

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/phrase"
)

// cachedFile is one file as last read: an unchanged file is not read again.
type cachedFile struct {
	stamp stamp
	src   []byte // nil: only its sum is kept
	sum   sum
	err   error
}

// sum is the SHA-256 of what a file holds. Of records, which may be thousands, it is kept in place of the bytes.
type sum [sha256.Size]byte

// still reports whether a file that looks like this now is still what it was.
func (f *cachedFile) still(now stamp) bool {
	return f.stamp == now && now != (stamp{}) && now.settled()
}

// read reads a file, from the cache where its stamp is the same. What the files looked
// like a moment before may be given, so that they are not looked at twice.
func (s *reader) read(path string, looked map[string]stamp) ([]byte, error) {
	if s.snapshot != nil {
		if content, there := s.snapshot[path]; there {
			return content, nil
		}
		return nil, fs.ErrNotExist
	}
	now := stampIn(looked, path)
	s.mutex.Lock()
	kept, ok := s.cache[path]
	s.mutex.Unlock()
	if ok && kept.still(now) && (kept.src != nil || kept.err != nil) {
		return kept.src, kept.err
	}
	src, at, err := s.readFile(path)
	s.mutex.Lock()
	s.cache[path] = cachedFile{stamp: at, src: src, err: err}
	s.mutex.Unlock()
	return src, err
}

// record is what one unit's file says to a base, without its bytes. It is read as read does.
func (s *reader) record(base *base, unit, path string, looked map[string]stamp) progressFile {
	if s.snapshot != nil {
		src, err := s.read(path, nil)
		return s.progressOf(base, unit, path, src, err)
	}
	now := stampIn(looked, path)
	s.mutex.Lock()
	kept, ok := s.cache[path]
	file, known := s.parsedAs(base, unit, path, kept.sum)
	s.mutex.Unlock()
	switch {
	case !ok || !kept.still(now):
	case kept.err != nil:
		return s.progressOf(base, unit, path, nil, kept.err)
	case known:
		return file
	}
	src, at, err := s.readFile(path)
	file = s.progressOf(base, unit, path, src, err)
	file.src = nil
	s.mutex.Lock()
	s.cache[path] = cachedFile{stamp: at, sum: file.sum, err: err}
	s.mutex.Unlock()
	return file
}

// stampIn is what a file looks like now, or looked like a moment before.
func stampIn(looked map[string]stamp, path string) stamp {
	if at, known := looked[path]; known {
		return at
	}
	return stampAt(path)
}

// progressFile is what one unit's file says.
type progressFile struct {
	path     string // absolute
	src      []byte // as read; nil in what is kept
	sum      sum    // of the bytes
	exists   bool
	progress model.Progress
	problems []phrase.Problem
	broken   *phrase.Problem                  // the file as a whole cannot be used
	bad      map[model.Subject]phrase.Problem // the entries with an error in them, as in decode.File
}

// parsed is what a progress file with these bytes says to a base.
type parsed struct {
	base *base
	unit string
	file progressFile
}

// Load reads and checks every data file. The error says that there is no usable
// plan; the campaign with its problems comes all the same. What it returns is
// shared with later calls and must not be changed.
func (s *reader) Load(ctx context.Context) (*model.Campaign, error) {
	campaign, _, err := s.load(ctx, nil, nil)
	return campaign, err
}

// LoadFor reads what a change of one unit's record needs, however many units there are: plan, roster, the Office's
// texts and that record; "" is none.
func (s *reader) LoadFor(ctx context.Context, unit string) (*model.Campaign, error) {
	campaign, _, err := s.load(ctx, &unit, s.usual(unit))
	return campaign, err
}

// fewUnits is up to how many units everything is read at once: that takes no longer than a person notices.
const fewUnits = 300

// LoadStarting reads plan and roster, and no records where they are many: [ReadRecords] reads those.
func (s *reader) LoadStarting(ctx context.Context) (*model.Campaign, error) {
	campaign, err := s.LoadFor(ctx, "")
	if err != nil || len(campaign.Roster.Units) <= fewUnits {
		return s.Load(ctx)
	}
	folder := s.showPath(filepath.Join(s.dir, decode.ProgressFolder)) + "/"
	unread := phrase.Problem{What: phrase.Say("this record has not been read yet"), Unread: true}
	campaign.Broken = make(map[string]*phrase.Problem, len(campaign.Roster.Units))
	problems := make([]phrase.Problem, len(campaign.Roster.Units))
	for i := range campaign.Roster.Units {
		unit := campaign.Roster.Units[i].ID
		unread.File = folder + unit + decode.Extension
		problems[i], campaign.Broken[unit] = unread, &problems[i]
	}
	campaign.Unread = len(campaign.Broken)
	return campaign, nil
}

// What was read is kept back for a while: at first until there is enough for a screen.
const (
	firstBatch = 64
	nextBatch  = 300 * time.Millisecond
)

// ReadRecords reads the records of all units that have one, that of a certain unit first, and hands over from time to
// time what has been read since, as part of a campaign. What is wrong with the files, and what has none, is for Load to
// say, which has the records at once then.
func (s *reader) ReadRecords(ctx context.Context, first string, take func(part *model.Campaign)) {
	list, err := s.listProgress(ctx, nil)
	if err != nil {
		return
	}
	looked := s.stamps(list)
	base, byUnit := s.loadBase(ctx, looked), list.byUnit(nil)
	base.index()
	units := base.roster.UnitIDs()
	if at := slices.Index(units, first); at > 0 {
		units = slices.Insert(slices.Delete(units, at, at+1), 0, first)
	}
	newPart := func() *model.Campaign {
		return &model.Campaign{Progress: map[string]model.Progress{}, Broken: map[string]*phrase.Problem{}}
	}
	var mutex sync.Mutex
	part, due := newPart(), time.Time{}
	var next atomic.Int64
	readNext := func() bool {
		at := next.Add(1) - 1
		if at >= int64(len(units)) || ctx.Err() != nil {
			return false
		}
		unit := units[at]
		if len(byUnit[unit]) != 1 {
			return true
		}
		file := s.record(base, unit, byUnit[unit][0], looked)
		mutex.Lock()
		defer mutex.Unlock()
		s.keep(part, unit, file)
		if due.IsZero() && len(part.Progress) >= firstBatch || !due.IsZero() && time.Now().After(due) {
			take(part)
			part, due = newPart(), time.Now().Add(nextBatch)
		}
		return true
	}
	readNext() // the first one before any other
	var readers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() {
			for readNext() { // until it says that there are no more
			}
		})
	}
	readers.Wait()
}

// usual lists the record of a unit where it lies most often, so that who only looks need not look through a folder of
// thousands; nil where it does not lie there. Who writes looks through it all the same.
func (s *reader) usual(unit string) *listing {
	path := filepath.Join(s.dir, decode.ProgressFolder, unit+decode.Extension)
	if unit == "" {
		return &listing{}
	} else if info, err := os.Lstat(path); err == nil && s.snapshot == nil && model.IsID(unit) {
		return &listing{entries: []listed{{path: path, entry: fs.FileInfoToDirEntry(info)}}}
	}
	return nil
}

// wanted is the unit whose record is to be read; nil: all are.
type wanted = *string

func wants(records wanted, unit string) bool { return records == nil || *records == unit }

// load gives also the base against which the progress files were read. Without a list it makes one.
func (s *reader) load(ctx context.Context, records wanted, list *listing) (*model.Campaign, *base, error) {
	var err error
	if list == nil {
		list, err = s.listProgress(ctx, records)
	}
	campaign, base, err := s.readFiles(ctx, records, list, err)
	err = s.tellWayOut(ctx, campaign, err)
	slices.SortStableFunc(campaign.Problems, inFileOrder)
	return campaign, base, err
}

// tellWayOut puts the right way out beside the marks of conflicts, which are for tiendo to
// settle only during a merge. It gives the error with it, too.
func (s *reader) tellWayOut(ctx context.Context, campaign *model.Campaign, err error) error {
	if !slices.ContainsFunc(campaign.Problems, func(p phrase.Problem) bool { return p.InConflict }) {
		return err
	}
	byHand := s.lookout.ByHand(ctx)
	for i := range campaign.Problems {
		campaign.Problems[i] = withWayOut(byHand, campaign.Problems[i])
	}
	for unit := range campaign.Broken {
		campaign.Broken[unit] = new(withWayOut(byHand, *campaign.Broken[unit]))
	}
	for _, broken := range []**phrase.Problem{&campaign.PlanBroken, &campaign.RosterBroken, &campaign.RosterProblem,
		&campaign.OfficeBroken} {
		if *broken != nil {
			*broken = new(withWayOut(byHand, **broken))
		}
	}
	if refusal, is := errors.AsType[*phrase.Refusal](err); is {
		if problem, is := errors.AsType[phrase.Problem](refusal.Err); is && problem.InConflict {
			problem = withWayOut(byHand, problem)
			return &phrase.Refusal{What: refusal.What, Hint: model.MendHint(problem), Err: problem}
		}
	}
	return err
}

// withWayOut is a problem as git's state wants it to be mended.
func withWayOut(byHand phrase.Sentence, problem phrase.Problem) phrase.Problem {
	if problem.InConflict && !byHand.IsZero() {
		problem.Hint, problem.InConflict = byHand, false
	}
	return problem
}

// inFileOrder puts the problems of one file together, from its top to its end.
func inFileOrder(a, b phrase.Problem) int {
	return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

func (s *reader) readFiles(ctx context.Context, records wanted, list *listing, err error) (*model.Campaign, *base,
	error) {
	var looked map[string]stamp
	if err == nil && s.snapshot == nil && records == nil {
		looked = s.remember(list)
	}
	base := s.loadBase(ctx, looked)
	campaign := &model.Campaign{
		Plan: base.plan, Roster: base.roster, Problems: slices.Clone(base.problems),
		PlanBroken: base.planBroken, RosterBroken: base.rosterBroken, RosterProblem: base.rosterProblem,
		RosterKept: base.rosterKept,
		Progress:   map[string]model.Progress{}, Broken: map[string]*phrase.Problem{},
	}
	if err != nil {
		return campaign, base, err
	}
	s.strangers(list)
	campaign.Problems = append(campaign.Problems, list.problems...)
	byUnit := list.byUnit(records)
	missing := s.missing(base, list, byUnit, looked, records)
	lost := s.loadLost(ctx, campaign, missing)
	if records == nil {
		s.mutex.Lock()
		s.missed, s.lost = missing, lost
		s.mutex.Unlock()
	}
	if base.failed != nil {
		s.checkRest(campaign, base, byUnit, looked)
		s.loadOffice(campaign, base, looked, lost)
		return campaign, base, s.noPlan(base.failed)
	}
	s.loadProgress(campaign, base, byUnit, list.hidden, looked, records)
	s.loadOffice(campaign, base, looked, lost)
	return campaign, base, nil
}

func (s *reader) loadProgress(campaign *model.Campaign, base *base, byUnit map[string][]string, hidden *phrase.Problem,
	looked map[string]stamp, records wanted) {
	var units []*model.Unit // of which there is something to say
	for unit := range base.unitsOf(records) {
		if byUnit[unit.ID] != nil || hidden != nil {
			units = append(units, unit)
		}
	}
	if len(units) > 1 {
		base.index()
	}
	read := make([]progressFile, len(units))
	share := max(1, (len(units)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	var readers sync.WaitGroup
	for from := 0; from < len(units); from += share {
		readers.Go(func() {
			for i := from; i < min(from+share, len(units)); i++ {
				if paths := byUnit[units[i].ID]; len(paths) == 1 {
					read[i] = s.record(base, units[i].ID, paths[0], looked)
				}
			}
		})
	}
	readers.Wait()
	for i, unit := range units {
		paths := byUnit[unit.ID]
		delete(byUnit, unit.ID)
		switch {
		case len(paths) == 1:
			s.keep(campaign, unit.ID, read[i])
		case len(paths) > 1:
			s.keep(campaign, unit.ID, s.twoFiles(paths))
		case hidden != nil:
			campaign.Broken[unit.ID] = hidden
		}
	}
	s.withoutUnit(campaign, byUnit, looked)
}

// withoutUnit names the files of units that are not on the roster: each that says something, and together those in
// which nothing is recorded, as the example's are once its roster is replaced.
func (s *reader) withoutUnit(campaign *model.Campaign, byUnit map[string][]string, looked map[string]stamp) {
	var idle []string
	for _, unit := range slices.Sorted(maps.Keys(byUnit)) {
		for _, path := range byUnit[unit] {
			if src, err := s.read(path, looked); err == nil && decode.NothingRecorded(decode.Parse("", src)) {
				idle = append(idle, s.shownFile(path))
				continue
			}
			problem := s.fileProblem(path, phrase.Say("there is no unit %q", unit),
				decode.HintFor(unit, campaign.Roster.UnitIDs()))
			campaign.Problems = append(campaign.Problems, problem)
		}
	}
	if len(idle) == 0 {
		return
	}
	slices.Sort(idle)
	const most = 20
	named := strings.Join(idle[:min(most, len(idle))], " ")
	problem := phrase.Problem{File: idle[0], Warning: true,
		What: phrase.Say("nothing is recorded here, and the roster has no such unit; files like this: %d", len(idle)),
		Hint: phrase.Say("they count nowhere; to take them away: %s", "git rm "+named)}
	campaign.Problems = append(campaign.Problems, problem)
}

// checkRest reads the other files while there is no usable plan, and looks for problems
// in them as far as they can be judged without it.
func (s *reader) checkRest(campaign *model.Campaign, base *base, byUnit map[string][]string, looked map[string]stamp) {
	for _, unit := range slices.Sorted(maps.Keys(byUnit)) {
		paths := byUnit[unit]
		if len(paths) > 1 {
			s.keep(campaign, unit, s.twoFiles(paths))
			continue
		}
		s.keep(campaign, unit, s.record(base, unit, paths[0], looked))
	}
}

// keep puts what one unit's file says into the campaign.
func (s *reader) keep(campaign *model.Campaign, unit string, file progressFile) {
	campaign.Problems = append(campaign.Problems, file.problems...)
	campaign.Progress[unit] = file.progress
	if file.broken != nil {
		campaign.Broken[unit] = file.broken
	}
}

// twoFiles refuses both files of a unit that has two: nobody knows which one counts.
func (s *reader) twoFiles(paths []string) progressFile {
	file := progressFile{path: paths[0], exists: true}
	for i, path := range paths {
		other := paths[(i+1)%len(paths)]
		file.problems = append(file.problems, s.fileProblem(path,
			phrase.Say("this unit has another progress file: %s", s.shownFile(other)), phrase.Say("keep one of them")))
	}
	file.broken = &file.problems[0]
	return file
}

// progressOf is what was read of one unit's file.
func (s *reader) progressOf(base *base, unit, path string, src []byte, err error) progressFile {
	if err != nil {
		problem := s.problemOf(path, err)
		return progressFile{path: path, exists: true, problems: []phrase.Problem{problem}, broken: &problem}
	}
	return s.parseProgress(base, unit, path, src)
}

// parseProgress reads the bytes of one unit's file against plan and roster.
func (s *reader) parseProgress(base *base, unit, path string, src []byte) progressFile {
	sum := sum(sha256.Sum256(src))
	s.mutex.Lock()
	file, known := s.parsedAs(base, unit, path, sum)
	s.mutex.Unlock()
	if !known {
		file = s.parseAnew(base, unit, path, src)
		file.sum, file.src = sum, nil
		s.mutex.Lock()
		s.parsed[path] = s.parsed[path].with(parsed{base, unit, file})
		s.mutex.Unlock()
	}
	file.src = src
	return file
}

// parsedAs is what was read of a file with bytes of this sum; whoever asks holds the mutex.
func (s *reader) parsedAs(base *base, unit, path string, sum sum) (file progressFile, known bool) {
	kept, known := s.parsed[path].find(func(p parsed) bool {
		return p.base == base && p.unit == unit && p.file.sum == sum
	})
	return kept.file, known
}

func (s *reader) parseAnew(base *base, unit, path string, src []byte) progressFile {
	var plan *model.Plan
	if base.planWhole {
		plan = &base.plan
	}
	var known *model.Unit
	if base.rosterWhole {
		known = base.unit(unit)
	}
	read := decode.Parse(s.shownFile(path), src)
	read.Texts = &s.texts
	file := progressFile{path: path, src: src, exists: true, progress: decode.Progress(read, plan, known)}
	file.problems, file.bad = read.Problems, read.Bad
	file.progress.Unit = unit
	if len(src) > 0 {
		file.progress.From = new(byte)
	}
	if read.Broken {
		file.broken = new(*read.FirstError())
	}
	return file
}

// readProgress reads one unit's file freshly from the disk.
func (s *reader) readProgress(base *base, unit string, list *listing) progressFile {
	paths := list.byUnit(&unit)[unit]
	switch {
	case len(paths) > 1:
		return s.twoFiles(paths)
	case len(paths) == 0 && list.hidden != nil:
		return progressFile{broken: list.hidden}
	case len(paths) == 0:
		return s.noRecord(unit, filepath.Join(s.dir, decode.ProgressFolder, unit+decode.Extension))
	}
	src, _, err := s.readFile(paths[0])
	if errors.Is(err, fs.ErrNotExist) {
		return s.noRecord(unit, paths[0])
	}
	return s.progressOf(base, unit, paths[0], src, err)
}

// noRecord is the file of a unit that has none: it has not begun, unless git still has its file.
func (s *reader) noRecord(unit, path string) progressFile {
	name := recordName(unit)
	if problem, lost := s.findLost(context.Background(), []string{name})[name]; lost {
		return progressFile{broken: &problem}
	}
	return progressFile{path: path, progress: model.Progress{Unit: unit}}
}

// remember looks at everything that Load reads, and keeps what it looks like.
func (s *reader) remember(list *listing) map[string]stamp {
	seen := s.stamps(list)
	s.mutex.Lock()
	s.seen = seen
	s.mutex.Unlock()
	return seen
}

func (s *reader) stamps(list *listing) map[string]stamp {
	stamps := list.withStamps()
	for _, name := range []string{decode.PlanFile, decode.RosterFile, decode.ReportFile} {
		path := filepath.Join(s.dir, name)
		stamps[path] = stampAt(path)
	}
	return stamps
}

// Changed reports whether any data file has changed since the last Load, by looking at the files without reading them.
func (s *reader) Changed(ctx context.Context) (bool, error) {
	list, err := s.listProgress(ctx, nil)
	if err != nil {
		return true, err
	}
	now := s.stamps(list)
	if s.lostOtherwise(ctx) {
		return true, nil
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return !maps.Equal(now, s.seen), nil
}

// Language is the language that the plan of a data folder names, found without reading the rest of the plan; "" when
// there is none to be found. What is wrong with the plan is said when it is loaded.
func Language(dir string) phrase.Language {
	for _, found := range planValues(dir, "language") {
		if language := phrase.Language(found); language == phrase.Vietnamese || language == phrase.English {
			return language
		}
	}
	return ""
}

// PlanID is the id that the plan of a data folder names, found as Language is.
func PlanID(dir string) string {
	for _, id := range planValues(dir, "id") {
		return id
	}
	return ""
}

// planValues are the values of the lines with a key below [plan]: one, if the plan is right.
func planValues(dir, wanted string) []string {
	source, _, err := (&reader{dir: dir}).readFile(filepath.Join(dir, decode.PlanFile))
	if err != nil {
		return nil
	}
	table, values := "", []string(nil)
	for raw := range bytes.Lines(source) {
		line, _, _ := strings.Cut(strings.TrimSpace(string(raw)), "#")
		key, value, _ := strings.Cut(line, "=")
		switch {
		case strings.HasPrefix(line, "["):
			table = strings.Trim(line, "[] \t")
		case table == "plan" && strings.TrimSpace(key) == wanted:
			values = append(values, strings.Trim(value, " \t\"'"))
		}
	}
	return values
}
