package report

import (
	"maps"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/demo"
	"example.org/tiendo/model/phrase"
)

// A figure with digits too many is named before signing, once, with its place; a right one is not.
func TestOddFiguresAreNamedOnce(t *testing.T) {
	campaign := demoCampaign(t)
	named := func() (odd []Warning) {
		for _, warning := range New(model.NewBoard(campaign, demo.Today()), nil).Warnings {
			if strings.Contains(warning.What.String(), "are there digits too many?") {
				odd = append(odd, warning)
			}
		}
		return odd
	}
	given := func(unit string, banners float64) {
		progress := campaign.Progress[unit]
		progress.Activities = maps.Clone(progress.Activities)
		progress.Activities["treo-bang-ron"] = model.Entry{Status: model.Done, Figures: map[string]float64{"bang-ron": banners}}
		campaign.Progress[unit] = progress
	}
	for i := range campaign.Roster.Units {
		given(campaign.Roster.Units[i].ID, 4)
	}
	if odd := named(); len(odd) > 0 {
		t.Fatalf("of four banners each: %v", odd)
	}
	given("van-phong", 4_000)
	odd := named()
	if len(odd) != 1 {
		t.Fatalf("%v; want one", odd)
	}
	if said := phrase.In(phrase.Vietnamese).Say(odd[0].What); !strings.HasPrefix(said,
		"Văn phòng Sở: “Treo băng rôn, khẩu hiệu”, Băng rôn, khẩu hiệu là 4.000: ") {
		t.Errorf("%q", said)
	}
	want := model.Subject{Kind: model.SubjectActivity, ID: "treo-bang-ron"}
	if at := odd[0]; at.Unit != "van-phong" || at.Subject != want || at.Figure != "Băng rôn, khẩu hiệu" {
		t.Errorf("it stands at %+v; want the figure of %v", at, want)
	}
}
