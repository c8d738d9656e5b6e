package lang

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// Every field of a report is said wherever a report, or what differs between two, is told in words, in the order of the
// file: that of its own words in a list of what was changed.
func TestEveryFieldOfAReportIsSaid(t *testing.T) {
	at := time.Date(2019, 12, 1, 8, 0, 0, 0, time.UTC)
	full := model.Report{
		Status: model.Returned, By: "an", At: at, SubmittedAt: at, Reason: "v", Nil: true, NilReason: "v",
		ExtendedUntil: calendar.Date(2019, 12, 20), ExtensionReason: "v", Results: "v", Difficulties: "v", Recommendations: "v",
		Documents: []string{"v"}, Funding: "v",
	}
	campaign := &model.Campaign{Plan: model.Plan{TimeZone: time.UTC}}
	for _, language := range []phrase.Language{phrase.Vietnamese, phrase.English} {
		w := In(language)
		var all, content, written []string
		for _, f := range model.ReportFields {
			if f.Label.IsZero() {
				continue
			}
			name := w.Say(f.Label)
			all = append(all, name)
			if f.Key != "submitted_at" {
				content = append(content, name)
			}
			if f.Part == field.Written {
				written = append(written, name)
			}
		}
		d := &review.Difference{Subject: model.Subject{Kind: model.SubjectReport}, After: full}
		two := full
		two.Others = []model.Report{{}}
		for what, test := range map[string]struct {
			said  []string
			names []string
		}{
			"record":     {w.reportLines(campaign, model.Subject{Kind: model.SubjectReport}, &full), all},
			"difference": {strings.Split(difference{w, campaign, d}.reportDiffers(), " · "), content},
			"version":    {strings.Split(w.reportVersion(two, full), " · "), content},
			"change":     {strings.Split(w.reportChanged(model.Report{Status: full.Status}, full), ", "), written},
		} {
			from := 0
			for _, name := range test.names {
				found := slices.IndexFunc(test.said[from:], func(said string) bool {
					return strings.HasPrefix(strings.TrimSpace(said)+":", name+":") || strings.HasPrefix(strings.TrimSpace(said), name+": ")
				})
				if found < 0 {
					t.Errorf("%s: no %q from %d on in %q", what, name, from, test.said)
					break
				}
				from += found + 1
			}
		}
	}
}
