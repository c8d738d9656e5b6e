package tui_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
)

// exportedTotals is what the consolidated report says of the figures, read back from its JSON.
type exportedTotals struct {
	Reporting struct {
		Expected        int `json:"expected"`
		Received        int `json:"received"`
		ReceivedPercent int `json:"received_percent"`
		OnTime          int `json:"on_time"`
		OnTimePercent   int `json:"on_time_percent"`
		Accepted        int `json:"accepted"`
	} `json:"reporting"`
	Indicators []struct {
		Activity string   `json:"activity"`
		ID       string   `json:"id"`
		Name     string   `json:"name"`
		Total    *float64 `json:"total"`
	} `json:"indicators"`
	Goals []struct {
		ID    string `json:"id"`
		Done  int    `json:"done"`
		Total int    `json:"total"`
	} `json:"goals"`
}

// What the screens show is read back and is what the report prints; the writers are compared with each other in model/report.
func TestScreensShowTheTotalsOfTheReport(t *testing.T) {
	for _, language := range []phrase.Language{phrase.Vietnamese, phrase.English} {
		t.Run(string(language), func(t *testing.T) {
			d := openDemo(t, setting{language: language, colours: termenv.Ascii})
			d.size(160, 50)
			campaign, err := d.store.Load(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := report.New(model.NewBoard(campaign, inTheCampaign), nil).Write(&out, report.JSON); err != nil {
				t.Fatal(err)
			}
			var exported exportedTotals
			if err := json.Unmarshal(out.Bytes(), &exported); err != nil {
				t.Fatal(err)
			}

			d.press("4")
			r := exported.Reporting
			d.shows(language.Pick(
				fmt.Sprintf("Đã gửi %d/%d (%d%%) · đúng hạn %d (%d%%) · đã xác nhận %d", r.Received, r.Expected, r.ReceivedPercent, r.OnTime, r.OnTimePercent, r.Accepted),
				fmt.Sprintf("Sent %d of %d (%d%%) · on time %d (%d%%) · accepted %d", r.Received, r.Expected, r.ReceivedPercent, r.OnTime, r.OnTimePercent, r.Accepted)))

			d.press("1", "home")
			var goals, want []string
			for _, row := range regexp.MustCompile(`[━╍─] +(\d+/\d+) +│`).FindAllStringSubmatch(bare(d.app.View()), -1) {
				goals = append(goals, row[1])
			}
			for _, goal := range exported.Goals {
				want = append(want, fmt.Sprintf("%d/%d", goal.Done, goal.Total))
			}
			if len(want) == 0 || !slices.Equal(goals, want) {
				t.Errorf("the screen shows the goals at %q, the report says %q:\n%s", goals, want, bare(d.app.View()))
			}

			d.press("3", "home")
			shown := 0
			for i := range campaign.Plan.Activities {
				activity := &campaign.Plan.Activities[i]
				d.press("enter")
				said := strings.Join(strings.Fields(bare(d.app.View())), " ")
				d.press("esc", "right")
				_, all, found := strings.Cut(said, language.Pick("Tất cả đơn vị: ", "All units: "))
				if !found || !strings.Contains(said, activity.Title) {
					t.Fatalf("the screen does not show %q:\n%s", activity.Title, said)
				}
				for _, total := range exported.Indicators {
					if total.Activity != activity.ID || total.Total == nil {
						continue
					}
					want := 0.0 // all of the demo's totals are sums
					for _, progress := range campaign.Progress {
						want += progress.Activities[activity.ID].Figures[total.ID]
					}
					if *total.Total != want {
						t.Errorf("the report says %v of %s, the files %v", *total.Total, total.Name, want)
					}
					line := " · " + total.Name + " " + language.Number(want) + " "
					if !strings.Contains(all+" ", line) {
						t.Errorf("the screen does not show %q:\n%s", line, all)
					}
					shown++
				}
			}
			if shown < 10 {
				t.Errorf("only %d totals were compared", shown)
			}
		})
	}
}
