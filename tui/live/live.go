// Package live keeps one picture of the data for all dashboards of a process:
// it is read and counted once, however many people look at it.
package live

import (
	"context"
	"errors"
	"iter"
	"maps"
	"reflect"
	"slices"
	"sync"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// dayCheck is how often the clock is asked whether a new day has begun.
const dayCheck = time.Minute

// Store is what a picture is made from.
type Store interface {
	// Load gives the campaign as far as it can be read, also with an error.
	Load(ctx context.Context) (*model.Campaign, error)
	// LoadFor gives a campaign with the record of one unit only.
	LoadFor(ctx context.Context, unit string) (*model.Campaign, error)
	// ReadRecords reads all records, that of one unit first, and hands over parts of a campaign as they come.
	ReadRecords(ctx context.Context, first string, take func(part *model.Campaign))
	Apply(ctx context.Context, change model.Change) (model.Receipt, error)
	// Watch calls changed after data files have changed, until the context ends.
	Watch(ctx context.Context, changed func())
}

// Picture is the data as last read. All who see it share it: nobody changes it.
type Picture struct {
	Board *model.Board
	// Err says why the files cannot be read now; Board is then the last good one.
	Err error
	// Roster says who is who: the last one without an error, or the first of this process. It may be newer than
	// that of Board. It is the same one as long as nothing in it has changed.
	Roster *model.Roster
	// Number counts the pictures of this process, from 1.
	Number uint64
}

// Data is the live data of one folder.
type Data struct {
	store Store
	today func() calendar.Day

	// First is the unit whose record is read first where records are still to be read.
	First string

	reading sync.Mutex // held while the files are read, so that pictures come in order
	adding  sync.Mutex // held while single records are put into the picture

	mutex   sync.Mutex // guards what follows
	picture Picture
	newer   chan struct{} // closed when a newer picture comes
	asked   chan struct{} // closed once somebody waits for a newer picture: the first one is on the screen
	asking  sync.Once
}

// New begins with a campaign that has been read already.
func New(store Store, campaign *model.Campaign, today func() calendar.Day) *Data {
	first := Picture{Board: model.NewBoard(campaign, today()), Roster: &campaign.Roster, Number: 1}
	if campaign.RosterKept {
		first.Err = *campaign.RosterProblem
	}
	return &Data{store: store, today: today, picture: first, newer: make(chan struct{}), asked: make(chan struct{})}
}

// Run follows the files and the clock until the context ends.
func (d *Data) Run(ctx context.Context) {
	d.readOn(ctx)
	var following sync.WaitGroup
	following.Go(func() { d.store.Watch(ctx, func() { d.Refresh(ctx) }) })
	defer following.Wait()
	clock := time.NewTicker(dayCheck)
	defer clock.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-clock.C:
			if d.today() != d.Picture().Board.Today {
				d.Refresh(ctx)
			}
		}
	}
}

// Picture is the newest one.
func (d *Data) Picture() Picture {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.picture
}

// Next waits for a picture that is newer than the one with this number. It
// skips those in between: who is slow misses nothing but intermediate states.
func (d *Data) Next(ctx context.Context, after uint64) (Picture, error) {
	d.asking.Do(func() { close(d.asked) })
	for {
		d.mutex.Lock()
		picture, newer := d.picture, d.newer
		d.mutex.Unlock()
		if picture.Number > after {
			return picture, nil
		}
		select {
		case <-newer:
		case <-ctx.Done():
			return picture, ctx.Err()
		}
	}
}

// Apply makes a change. When it returns, everybody's picture holds what was written.
func (d *Data) Apply(ctx context.Context, change model.Change) (model.Receipt, error) {
	receipt, err := d.store.Apply(ctx, change)
	if err != nil || !receipt.Unchanged { // a refusal may mean that the picture is old
		if ctx := context.WithoutCancel(ctx); !d.Read(ctx, change.Unit) {
			d.Refresh(ctx)
		}
	}
	return receipt, err
}

// readOn reads the records that the first picture leaves out, and puts them into it as they come.
func (d *Data) readOn(ctx context.Context) {
	if d.Picture().Board.Campaign.Unread == 0 {
		return
	}
	select {
	case <-d.asked:
	case <-ctx.Done():
		return
	}
	d.reading.Lock()
	d.store.ReadRecords(ctx, d.First, func(part *model.Campaign) { d.add(part, maps.Keys(part.Progress), false) })
	d.reading.Unlock()
	d.Refresh(ctx) // this says what is wrong with the files, too, and what was changed meanwhile
}

// Read reads the record of one unit now, while others are still to be read. It reports false where none is.
func (d *Data) Read(ctx context.Context, unit string) bool {
	if unit == "" || d.Picture().Board.Campaign.Unread == 0 {
		return false
	}
	part, err := d.store.LoadFor(ctx, unit)
	return err == nil && d.add(part, slices.Values([]string{unit}), true)
}

// add puts records of some units into a picture in which some are unread.
func (d *Data) add(part *model.Campaign, units iter.Seq[string], anew bool) bool {
	d.adding.Lock()
	defer d.adding.Unlock()
	before := d.Picture()
	campaign := *before.Board.Campaign
	if campaign.Unread == 0 {
		return false
	}
	campaign.Progress, campaign.Broken = maps.Clone(campaign.Progress), maps.Clone(campaign.Broken)
	for unit := range units {
		problem := campaign.Broken[unit]
		unread := problem != nil && problem.Unread
		if !unread && !anew {
			continue // what stands there is newer
		}
		if unread {
			campaign.Unread--
		}
		delete(campaign.Broken, unit)
		delete(campaign.Progress, unit)
		if progress, has := part.Progress[unit]; has {
			campaign.Progress[unit] = progress
		}
		if problem, broken := part.Broken[unit]; broken {
			campaign.Broken[unit] = problem
		}
	}
	campaign.Unread = max(campaign.Unread, 1) // the end is for Refresh to say
	next := before
	next.Board, next.Number = before.Board.After(&campaign, d.today()), before.Number+1
	d.show(next)
	return true
}

// show lets everybody see a picture.
func (d *Data) show(next Picture) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.picture = next
	close(d.newer)
	d.newer = make(chan struct{})
}

// keepReadable keeps what a unit's file said last when it cannot be read now, for
// example because somebody is in the middle of editing it.
func keepReadable(campaign, before *model.Campaign) *model.Campaign {
	kept := *campaign
	for unit, problem := range campaign.Broken {
		progress, known := before.Progress[unit]
		if _, broken := before.Broken[unit]; broken || !known {
			continue
		}
		if kept.Stale == nil {
			kept.Stale, kept.Broken, kept.Progress = map[string]*phrase.Problem{}, maps.Clone(campaign.Broken),
				maps.Clone(campaign.Progress)
		}
		kept.Stale[unit], kept.Progress[unit] = problem, progress
		delete(kept.Broken, unit)
	}
	return &kept
}

// keepRoster keeps a roster in the place of one in which there is an error. Where the error may touch the units,
// what their files say cannot be judged, so that they keep what they said before and cannot be changed meanwhile.
func keepRoster(campaign, before *model.Campaign, roster *model.Roster) *model.Campaign {
	kept := *campaign
	if !slices.Equal(campaign.Roster.Units, roster.Units) || !slices.Equal(campaign.Roster.Groups, roster.Groups) {
		kept = *before
		kept.Office, kept.OfficeBroken = campaign.Office, campaign.OfficeBroken
		kept.Stale = map[string]*phrase.Problem{}
		for _, unit := range roster.Units {
			if _, broken := kept.Broken[unit.ID]; !broken {
				kept.Stale[unit.ID] = campaign.RosterProblem
			}
		}
	}
	kept.Roster = *roster
	return &kept
}

// unjudged says of the records that could not be read what is wrong with the plan now: without it nobody can tell
// whether they were mended meanwhile.
func unjudged(before *model.Campaign, problem phrase.Problem) *model.Campaign {
	kept := *before
	kept.Stale, kept.Broken = maps.Clone(before.Stale), maps.Clone(before.Broken)
	for _, units := range []map[string]*phrase.Problem{kept.Stale, kept.Broken} {
		for unit, was := range units {
			if !was.Unread {
				units[unit] = &problem
			}
		}
	}
	return &kept
}

// begun reports whether a roster has no coordinator yet, as one that was just begun: then there is no sound one to keep
// in the place of the next.
func begun(roster *model.Roster) bool {
	return !slices.ContainsFunc(roster.Units, func(unit model.Unit) bool { return unit.Coordinator })
}

// Refresh reads the files now.
func (d *Data) Refresh(ctx context.Context) {
	d.reading.Lock()
	defer d.reading.Unlock()
	campaign, err := d.store.Load(ctx)
	if ctx.Err() != nil {
		return
	}
	d.adding.Lock()
	defer d.adding.Unlock()
	before := d.Picture()
	next := Picture{Board: before.Board, Err: err, Roster: before.Roster, Number: before.Number + 1}
	usable := campaign.RosterProblem == nil || campaign.RosterKept || campaign.RosterBroken == nil && begun(before.Roster)
	if usable && !reflect.DeepEqual(campaign.Roster, *before.Roster) {
		next.Roster = &campaign.Roster // also while the plan cannot be read
	}
	if err != nil && before.Err != nil && err.Error() == before.Err.Error() && next.Roster == before.Roster {
		return // still unreadable: nothing new to show
	}
	if problem, is := errors.AsType[phrase.Problem](err); is {
		next.Board = before.Board.After(unjudged(before.Board.Campaign, problem), d.today())
	}
	if err == nil {
		if campaign.RosterProblem != nil && (campaign.RosterKept || !usable) {
			next.Err = *campaign.RosterProblem
			campaign = keepRoster(campaign, before.Board.Campaign, next.Roster)
		}
		next.Board = before.Board.After(keepReadable(campaign, before.Board.Campaign), d.today())
	}
	d.show(next)
}
