package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"iter"
	"path/filepath"
	"sync/atomic"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/phrase"
)

// base is what plan.toml and units.toml say. It is read again only when their bytes change.
type base struct {
	planSource, rosterSource []byte
	plan                     model.Plan
	roster                   model.Roster
	problems                 []phrase.Problem
	failed                   *phrase.Problem // why there is no usable plan
	// Why each cannot be used although it is there.
	planBroken, rosterBroken *phrase.Problem
	// Whether each could be read, so that an id that it does not hold does not exist.
	planWhole, rosterWhole bool
	rosterProblem          *phrase.Problem // the first error in units.toml
	rosterKept             bool            // roster is the last one without an error

	units atomic.Pointer[map[string]*model.Unit] // of the roster by id; nil until many are looked for
}

// unit is a unit of the roster; nil when there is none.
func (b *base) unit(id string) *model.Unit {
	if units := b.units.Load(); units != nil {
		return (*units)[id]
	}
	return b.roster.Unit(id)
}

// unitsOf are the units on the roster whose records are wanted.
func (b *base) unitsOf(records wanted) iter.Seq[*model.Unit] {
	return func(yield func(*model.Unit) bool) {
		if records != nil {
			if unit := b.unit(*records); unit != nil {
				yield(unit)
			}
			return
		}
		for i := range b.roster.Units {
			if !yield(&b.roster.Units[i]) {
				return
			}
		}
	}
}

// index makes that many units can be looked for.
func (b *base) index() {
	if b.units.Load() != nil {
		return
	}
	units := make(map[string]*model.Unit, len(b.roster.Units))
	for i := range b.roster.Units {
		if unit := &b.roster.Units[i]; units[unit.ID] == nil {
			units[unit.ID] = unit
		}
	}
	b.units.Store(&units)
}

// loadBase reads plan and roster.
func (s *reader) loadBase(ctx context.Context, looked map[string]stamp) *base {
	rosterSource, rosterErr := s.read(filepath.Join(s.dir, decode.RosterFile), looked)
	planSource, planErr := s.read(filepath.Join(s.dir, decode.PlanFile), looked)
	s.basing.Lock() // who comes meanwhile wants the same
	defer s.basing.Unlock()
	s.mutex.Lock()
	kept, known := s.bases.find(func(b *base) bool {
		return bytes.Equal(b.planSource, planSource) && bytes.Equal(b.rosterSource, rosterSource)
	})
	s.mutex.Unlock()
	readable := rosterErr == nil && planErr == nil
	if known && readable {
		s.tellSound(kept)
		return kept
	}
	b := &base{planSource: planSource, rosterSource: rosterSource}
	named := s.loadRoster(ctx, b, rosterErr)
	if s.tellSound(b); b.rosterProblem != nil {
		named = s.keepRoster(b, named)
	}
	if !b.rosterWhole {
		named.RosterUnknown()
	}
	if plan := s.readWhole(ctx, decode.PlanFile, planSource, planErr, b); plan != nil {
		b.plan = decode.Plan(plan, named)
		b.problems = append(b.problems, plan.Problems...)
		if plan.Broken || b.plan.TimeZone == nil { // without a zone there is no table [plan]
			b.failed = plan.FirstError()
		} else {
			b.planWhole = true
		}
	}
	if !b.planWhole && !errors.Is(planErr, fs.ErrNotExist) {
		b.planBroken = b.failed
	}
	if b.plan.TimeZone == nil {
		b.plan.TimeZone = time.UTC
	}
	if readable && (s.rosters == nil || b.rosterProblem == nil) { // which roster was the last one without an error changes
		s.mutex.Lock()
		s.bases = s.bases.with(b)
		s.mutex.Unlock()
	}
	return b
}

// loadRoster reads the roster of a base, and gives the ids on it.
func (s *reader) loadRoster(ctx context.Context, b *base, unread error) *decode.Names {
	if kept, found := s.quick.read(b.rosterSource); found && unread == nil {
		b.roster, b.rosterWhole = kept, true
		return decode.NamesOf(&b.roster)
	}
	named := decode.NewNames()
	file := s.readWhole(ctx, decode.RosterFile, b.rosterSource, unread, b)
	if b.rosterWhole = file != nil && !file.Broken; file == nil {
		b.rosterProblem = b.failed
	} else {
		b.roster = decode.Roster(file, named)
		b.problems = append(b.problems, file.Problems...)
		b.rosterProblem = file.FirstError()
		if file.Broken {
			b.failed = b.rosterProblem
		}
		if len(file.Problems) == 0 {
			s.quick.write(b.rosterSource, &b.roster)
		}
	}
	if !b.rosterWhole && !errors.Is(unread, fs.ErrNotExist) {
		b.rosterBroken = b.failed
	}
	return named
}

// tellSound has the roster remembered if there is no error in it.
func (s *reader) tellSound(b *base) {
	if s.rosters != nil && b.rosterProblem == nil {
		s.rosters.Sound(b.rosterSource)
	}
}

// keepRoster puts the last roster without an error in the place of one that has one, and gives the ids on it. Where
// there is none, everything stays.
func (s *reader) keepRoster(b *base, named *decode.Names) *decode.Names {
	if s.rosters == nil {
		return named
	}
	for _, source := range s.rosters.Earlier() {
		file, known := decode.Parse("", source), decode.NewNames()
		if file.Broken {
			continue
		}
		if roster := decode.Roster(file, known); file.FirstError() == nil {
			b.roster, b.rosterWhole, b.rosterKept = roster, true, true
			b.failed, b.rosterBroken = nil, nil
			return known
		}
	}
	return named
}

// noPlan is the error without a usable plan.
func (s *reader) noPlan(first *phrase.Problem) error {
	if _, err := s.read(filepath.Join(s.dir, decode.PlanFile), nil); errors.Is(err, fs.ErrNotExist) && !first.Lost {
		return phrase.Refuse(phrase.Say("there is no plan here: %s", s.showPath(filepath.Join(s.dir, decode.PlanFile))),
			phrase.Say("`tiendo init DIR` makes a new plan folder; --data DIR names another one"))
	}
	return &phrase.Refusal{
		What: phrase.Say("the plan cannot be used"), Err: *first,
		Hint: model.MendHint(*first),
	}
}

// readWhole parses plan.toml or units.toml; nil, with the problem in the base, when it cannot be read at all.
func (s *reader) readWhole(ctx context.Context, name string, src []byte, err error, b *base) *decode.File {
	path := filepath.Join(s.dir, name)
	if err == nil {
		return decode.Parse(s.shownFile(path), src)
	}
	problem := s.problemOf(path, err)
	if errors.Is(err, fs.ErrNotExist) {
		if lost, is := s.findLost(ctx, []string{name})[name]; is {
			problem = lost
		}
	}
	b.problems, b.failed = append(b.problems, problem), &problem
	return nil
}

// problemOf is a failure to read a file as a problem.
func (s *reader) problemOf(path string, err error) phrase.Problem {
	if failed, ok := errors.AsType[*unreadable](err); ok {
		return failed.problem
	}
	return s.fileProblem(path, phrase.Say("the file does not exist"), phrase.Sentence{})
}
