package store

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"example.org/tiendo/model"
)

// cachedFile is one file as last read: an unchanged file is not read again.
type cachedFile struct {
	stamp stamp
	src   []byte
	err   error
}

// read reads a file, from the cache where its stamp is the same.
func (s *Store) read(path string) ([]byte, error) {
	now := stampAt(path)
	s.mutex.Lock()
	kept, ok := s.cache[path]
	s.mutex.Unlock()
	if ok && kept.stamp == now && now != (stamp{}) && now.settled() {
		return kept.src, kept.err
	}
	src, at, err := s.readFile(path)
	s.mutex.Lock()
	s.cache[path] = cachedFile{at, src, err}
	s.mutex.Unlock()
	return src, err
}

// Load reads and checks every data file. The error says that there is no usable
// plan; the campaign with its problems comes all the same.
func (s *Store) Load(ctx context.Context) (*model.Campaign, error) {
	campaign := &model.Campaign{Progress: map[string]model.Progress{}, Broken: map[string]model.Problem{}}
	named := newNames()
	roster, failedRoster := s.readWhole(rosterName, campaign)
	if roster != nil {
		campaign.Roster = readRoster(roster, named)
		for _, set := range []*ids{named.groups, named.units, named.addressees} {
			set.partial = roster.broken
		}
	}
	plan, failedPlan := s.readWhole(planName, campaign)
	if plan != nil {
		campaign.Plan = readPlan(plan, named)
		if campaign.Plan.TimeZone == nil { // there is no table [plan]
			campaign.Plan.TimeZone = time.UTC
			failedPlan = plan.firstError()
		}
	}
	for _, r := range []*reader{plan, roster} {
		if r == nil {
			continue
		}
		campaign.Problems = append(campaign.Problems, r.problems...)
		if r.broken && failedPlan == nil {
			failedPlan = r.firstError()
		}
	}
	if failedPlan == nil {
		failedPlan = failedRoster
	}
	list, err := s.listProgress(ctx)
	if err != nil {
		return campaign, err
	}
	s.remember(list)
	if failedPlan == nil {
		s.loadProgress(campaign, list)
		s.loadReport(campaign)
	}
	if failedPlan != nil {
		return campaign, s.noPlan(failedPlan, len(campaign.Problems))
	}
	return campaign, nil
}

// noPlan is the error without a usable plan.
func (s *Store) noPlan(first *model.Problem, all int) error {
	if !exists(filepath.Join(s.dir, planName)) {
		return model.Refuse(model.Say("there is no plan here: %s", s.showPath(filepath.Join(s.dir, planName))),
			model.Say("`tiendo init DIR` makes a new plan folder; --data DIR names another one"))
	}
	return &model.Refusal{
		What: model.Say("the plan cannot be used, %d problems", all), Err: *first,
		Hint: model.Say("mend the file by hand; `tiendo check` lists every problem"),
	}
}

// readWhole reads plan.toml or units.toml; the problem says why it cannot be read at all.
func (s *Store) readWhole(name string, campaign *model.Campaign) (*reader, *model.Problem) {
	path := filepath.Join(s.dir, name)
	src, err := s.read(path)
	if err == nil {
		return newReader(s.shownFile(path), src), nil
	}
	problem := s.problemOf(path, err)
	campaign.Problems = append(campaign.Problems, problem)
	return nil, &problem
}

// problemOf is a failure to read a file as a problem.
func (s *Store) problemOf(path string, err error) model.Problem {
	if failed, ok := errors.AsType[*unreadable](err); ok {
		return failed.problem
	}
	return s.fileProblem(path, model.Say("the file does not exist"), model.Sentence{})
}

func (s *Store) loadProgress(campaign *model.Campaign, list *listing) {
	s.strangers(list)
	campaign.Problems = append(campaign.Problems, list.problems...)
	byUnit := list.byUnit()
	for _, unit := range campaign.Roster.Units {
		paths := byUnit[unit.ID]
		delete(byUnit, unit.ID)
		switch {
		case len(paths) == 1:
			src, err := s.read(paths[0])
			s.keep(campaign, unit.ID, s.progressOf(campaign, unit.ID, paths[0], src, err))
		case len(paths) > 1:
			s.keep(campaign, unit.ID, s.twoFiles(paths))
		case list.hidden != nil:
			campaign.Broken[unit.ID] = *list.hidden
		}
	}
	for _, unit := range slices.Sorted(maps.Keys(byUnit)) {
		for _, path := range byUnit[unit] {
			problem := s.fileProblem(path, model.Say("there is no unit %q", unit), hintFor(unit, campaign.Roster.UnitIDs()))
			campaign.Problems = append(campaign.Problems, problem)
		}
	}
}

// keep puts what one unit's file says into the campaign.
func (s *Store) keep(campaign *model.Campaign, unit string, file progressFile) {
	campaign.Problems = append(campaign.Problems, file.problems...)
	campaign.Progress[unit] = file.progress
	if file.broken != nil {
		campaign.Broken[unit] = *file.broken
	}
}

// twoFiles refuses both files of a unit that has two: nobody knows which one counts.
func (s *Store) twoFiles(paths []string) progressFile {
	file := progressFile{path: paths[0], exists: true}
	for i, path := range paths {
		other := paths[(i+1)%len(paths)]
		file.problems = append(file.problems, s.fileProblem(path,
			model.Say("this unit has another progress file: %s", s.shownFile(other)), model.Say("keep one of them")))
	}
	file.broken = &file.problems[0]
	return file
}

// progressOf is what was read of one unit's file.
func (s *Store) progressOf(campaign *model.Campaign, unit, path string, src []byte, err error) progressFile {
	if err != nil {
		problem := s.problemOf(path, err)
		return progressFile{path: path, exists: true, problems: []model.Problem{problem}, broken: &problem}
	}
	return s.parseProgress(campaign, unit, path, src)
}

// parseProgress reads the bytes of one unit's file against plan and roster.
func (s *Store) parseProgress(campaign *model.Campaign, unit, path string, src []byte) progressFile {
	p := progressReader{
		reader: newReader(s.shownFile(path), src), plan: &campaign.Plan, unit: campaign.Roster.Unit(unit), whole: true,
		progress: model.Progress{Unit: unit}, bad: map[model.Subject]model.Problem{},
	}
	var broken *model.Problem
	if p.broken {
		first := *p.firstError()
		broken = &first
	}
	if p.document != nil {
		p.read()
	}
	return progressFile{path: path, src: src, exists: true, progress: p.progress, problems: p.problems, broken: broken, bad: p.bad}
}

// readProgress reads one unit's file freshly from the disk.
func (s *Store) readProgress(campaign *model.Campaign, unit string) (progressFile, error) {
	list, err := s.listProgress(context.Background())
	if err != nil {
		return progressFile{}, err
	}
	paths := list.byUnit()[unit]
	switch {
	case len(paths) > 1:
		return s.twoFiles(paths), nil
	case len(paths) == 0 && list.hidden != nil:
		return progressFile{broken: list.hidden}, nil //nolint:nilerr // a problem is the answer here, not a failure
	case len(paths) == 0:
		return progressFile{path: filepath.Join(s.dir, progressName, unit+extension), progress: model.Progress{Unit: unit}}, nil
	}
	src, _, err := s.readFile(paths[0])
	if errors.Is(err, fs.ErrNotExist) {
		return progressFile{path: paths[0], progress: model.Progress{Unit: unit}}, nil
	}
	return s.progressOf(campaign, unit, paths[0], src, err), nil
}

// loadReport checks report.toml, which need not exist.
func (s *Store) loadReport(campaign *model.Campaign) {
	path := filepath.Join(s.dir, reportName)
	src, err := s.read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		campaign.Problems = append(campaign.Problems, s.problemOf(path, err))
		return
	}
	r := newReader(s.shownFile(path), src)
	if r.document != nil {
		r.root().schema(required)
	}
	campaign.Problems = append(campaign.Problems, r.problems...)
}

// remember keeps the stamps of everything that Load looked at.
func (s *Store) remember(list *listing) {
	seen := s.stamps(list)
	s.mutex.Lock()
	s.seen = seen
	s.mutex.Unlock()
}

func (s *Store) stamps(list *listing) map[string]stamp {
	stamps := list.withStamps()
	for _, name := range []string{planName, rosterName, reportName} {
		path := filepath.Join(s.dir, name)
		stamps[path] = stampAt(path)
	}
	return stamps
}

// Changed reports whether any data file has changed since the last Load, by looking at the files without reading them.
func (s *Store) Changed(ctx context.Context) (bool, error) {
	list, err := s.listProgress(ctx)
	if err != nil {
		return true, err
	}
	now := s.stamps(list)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if len(now) != len(s.seen) {
		return true, nil
	}
	for path, stamp := range now {
		if s.seen[path] != stamp {
			return true, nil
		}
	}
	return false, nil
}
