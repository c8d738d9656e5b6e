package workspace

import (
	"context"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
)

// Trace finds for each figure of the campaign the commit that set it.
func (w *Workspace) Trace(ctx context.Context) (report.Trace, error) {
	repository, err := w.reading(ctx)
	if err != nil {
		return nil, err
	}
	origins := newOrigins(w.Campaign)
	options := history.LogOptions{}
	if w.AsOfCommit != "" {
		options.Range = []string{w.AsOfCommit}
	}
	if len(origins.open) > 0 {
		err = repository.Log(ctx, w.Dir, store.NewPast(w.Shown), options, origins.visit)
	}
	if err == nil {
		err = origins.untold
	}
	if err != nil {
		return nil, &phrase.Refusal{What: phrase.Say("it cannot be told which commits have set the figures"),
			Hint: phrase.HintOf(err), Err: err}
	}
	return origins.of, nil
}

// figureKey names a figure of a unit.
type figureKey struct{ unit, activity, indicator string }

// origins collects the commits that set the figures, while the history is read from the newest on.
type origins struct {
	campaign *model.Campaign
	open     map[figureKey]float64 // whose origin is not known yet
	found    map[figureKey]report.Origin
	untold   error // why nothing before some commit counts
}

func newOrigins(campaign *model.Campaign) *origins {
	o := &origins{campaign: campaign, open: map[figureKey]float64{}, found: map[figureKey]report.Origin{}}
	for unit, progress := range campaign.Progress {
		for activity, entry := range progress.Activities {
			for indicator, figure := range entry.Figures {
				o.open[figureKey{unit, activity, indicator}] = figure
			}
		}
	}
	return o
}

// visit looks at one commit; false when nothing is open any more, or when this one may have set what is.
func (o *origins) visit(revision review.Revision) bool {
	if o.untold = revision.Untold(); o.untold != nil {
		return false
	}
	for i := range revision.Differences {
		difference := &revision.Differences[i]
		if difference.Subject.Kind != model.SubjectActivity {
			continue
		}
		before, after := model.As[model.Entry](difference.Before).Figures, model.As[model.Entry](difference.After).Figures
		for indicator := range o.campaign.Progress[difference.Unit].Activities[difference.Subject.ID].Figures {
			key := figureKey{difference.Unit, difference.Subject.ID, indicator}
			figure, open := o.open[key]
			was, wasThere := before[indicator]
			is, isThere := after[indicator]
			if !open || wasThere == isThere && was == is {
				continue
			}
			delete(o.open, key)
			if isThere && is == figure { // otherwise the file was changed since, and no commit holds that yet
				o.found[key] = report.Origin{Commit: revision.Short, By: revision.Author,
					At: revision.At.In(o.campaign.Plan.TimeZone)}
			}
		}
	}
	return len(o.open) > 0
}

func (o *origins) of(unit, activity, indicator string, _ float64) report.Origin {
	return o.found[figureKey{unit, activity, indicator}]
}

// TellArrivals puts into a campaign what bears a time of more than a day before it came to the server, in the
// records of these units, or of all when none is named. Without a history, or a server that tells, there is nothing to
// say.
func (w *Workspace) TellArrivals(ctx context.Context, campaign *model.Campaign, units ...string) error {
	repository, err := w.reading(ctx)
	if err != nil || !repository.KnowsArrivals(ctx) {
		return nil //nolint:nilerr // who keeps no history misses none
	}
	if len(units) == 0 {
		units = campaign.Roster.UnitIDs()
	}
	late := &lateness{campaign: campaign, arrived: map[string]map[claim]time.Time{}}
	var first time.Time
	for _, unit := range units {
		late.arrived[unit] = map[claim]time.Time{}
		progress := campaign.Progress[unit]
		for _, subject := range progress.Subjects() {
			for _, at := range late.times(unit, subject) {
				if first.IsZero() || at.Before(first) {
					first = at
				}
			}
		}
	}
	if first.IsZero() {
		return nil
	}
	options := history.LogOptions{Since: first.Add(-review.MaxSkew)}
	if w.AsOfCommit != "" {
		options.Range = []string{w.AsOfCommit}
	}
	err = repository.Log(ctx, w.Dir, store.NewPast(w.Shown), options, late.visit)
	campaign.Arrived = map[string]map[model.Subject]time.Time{}
	for unit, claims := range late.arrived {
		campaign.Arrived[unit] = map[model.Subject]time.Time{}
		for claim, at := range claims {
			if at.After(campaign.Arrived[unit][claim.subject]) {
				campaign.Arrived[unit][claim.subject] = at
			}
		}
	}
	return err
}

// lateness finds the first commit that brought what stands in the records now, while the history is read from the
// newest on.
type lateness struct {
	campaign *model.Campaign
	arrived  map[string]map[claim]time.Time // by unit; zero: in time, or it is not known when
}

// claim is a time that a value bears.
type claim struct {
	subject model.Subject
	seconds int64
}

// times are those that the value bears which stands in a record now: of a report that was sent, when that was.
func (l *lateness) times(unit string, subject model.Subject) []time.Time {
	value := l.campaign.Value(unit, subject)
	if sent := model.As[model.Report](value).SubmittedAt; !sent.IsZero() {
		return []time.Time{sent}
	}
	var times []time.Time
	for _, signed := range review.Signatures(value) {
		if !signed.At.IsZero() {
			times = append(times, signed.At)
		}
	}
	return times
}

func (l *lateness) visit(revision review.Revision) bool {
	for i := range revision.Differences {
		difference := &revision.Differences[i]
		arrived := l.arrived[difference.Unit]
		if arrived == nil {
			continue
		}
		for _, at := range l.times(difference.Unit, difference.Subject) {
			if !difference.Claims(at) {
				continue
			}
			arrived[claim{difference.Subject, at.Unix()}] = time.Time{}
			if revision.Arrived.Sub(at) > review.MaxSkew {
				arrived[claim{difference.Subject, at.Unix()}] = revision.Arrived
			}
		}
	}
	return true
}
