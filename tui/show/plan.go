package show

import (
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/review"
)

// planFactsJSON is `plan show --json`.
type planFactsJSON struct {
	Version int            `json:"version"`
	Facts   []planFactJSON `json:"facts"`
}

type planFactJSON struct {
	Part  string `json:"part"`
	Field string `json:"field"`
	Text  string `json:"text"`
}

// Plan is `plan show`: everything that the plan says, one fact after the other.
func (p *Printer) Plan(campaign *model.Campaign, asJSON bool) error {
	if !asJSON {
		for _, line := range p.Words.Plan(&campaign.Plan) {
			p.Out.Line(line)
		}
		return nil
	}
	answer := planFactsJSON{Version: JSONVersion, Facts: []planFactJSON{}}
	for _, fact := range review.Facts(&campaign.Plan) {
		answer.Facts = append(answer.Facts, planFactJSON{p.Words.Say(fact.Part), p.Words.Say(fact.Field),
			fact.Said(p.Words.Printer, fact.To)})
	}
	return p.JSON(answer)
}

// partJSON is `plan show KIND ID --json`.
type partJSON struct {
	Version int            `json:"version"`
	Kind    string         `json:"kind"`
	ID      string         `json:"id"`
	Keys    map[string]any `json:"keys"`
}

// Part is `plan show KIND ID`: the keys of one part of the plan, as `plan set` takes them.
func (p *Printer) Part(subject model.Subject, part model.Part, asJSON bool) error {
	kind, id, _ := strings.Cut(subject.ID, "/")
	answer := partJSON{JSONVersion, kind, id, map[string]any{}}
	var rows [][2]string
	for _, key := range slices.Sorted(maps.Keys(part)) {
		answer.Keys[key] = part[key].Value
		if day, is := answer.Keys[key].(time.Time); is {
			answer.Keys[key] = calendar.Date(day.Year(), day.Month(), day.Day()).String()
		}
		rows = append(rows, [2]string{key, part[key].TOML})
	}
	if asJSON {
		return p.JSON(answer)
	}
	p.List(rows, nil)
	return nil
}
