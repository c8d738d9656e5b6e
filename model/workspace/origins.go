package workspace

import (
	"context"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
)

// Trace finds for each figure of the campaign the commit that set it.
func (w *Workspace) Trace(ctx context.Context) (report.Trace, error) {
	repository, err := history.Open(ctx, w.Dir)
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
		return nil, &phrase.Refusal{What: phrase.Say("it cannot be told which commits have set the figures"), Hint: phrase.HintOf(err), Err: err}
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
		before, after := difference.Before.Entry.Figures, difference.After.Entry.Figures
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
				o.found[key] = report.Origin{Commit: revision.Short, By: revision.Author, At: revision.At.In(o.campaign.Plan.TimeZone)}
			}
		}
	}
	return len(o.open) > 0
}

func (o *origins) of(unit, activity, indicator string, _ float64) report.Origin {
	return o.found[figureKey{unit, activity, indicator}]
}
