package tui_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// S exchanges changes in the background, and the footer says what came of it.
func TestSyncKey(t *testing.T) {
	refusal := &phrase.Refusal{What: phrase.Say("%s cannot be reached", "origin"), Hint: phrase.Say("look at it again"), Err: errors.New("no route")}
	tests := map[string]struct {
		result review.SyncResult
		err    error
		want   []string
	}{
		"done":       {review.SyncResult{Remote: "origin/main", Received: 2, Sent: 1}, nil, []string{"received 2 changes from origin/main and sent 1"}},
		"nothing":    {review.SyncResult{Remote: "origin/main"}, nil, []string{"up to date with origin/main"}},
		"disputes":   {review.SyncResult{Remote: "origin/main", Received: 1, Disputes: 1, Notices: []phrase.Sentence{phrase.Say("look at it again")}}, nil, []string{"received 1 change from origin/main · look at it again"}},
		"half of it": {review.SyncResult{Remote: "origin/main", Sent: 2}, refusal, []string{"sent 2 changes to origin/main · origin cannot be reached: no route"}},
		"offline":    {review.SyncResult{Waiting: 3}, refusal, []string{"origin cannot be reached: no route", "3 changes wait to be sent", "look at it again"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			steps := 0
			d := openWith(t, setting{language: phrase.English, today: inTheCampaign, sync: func(_ context.Context, progress func(phrase.Sentence)) (review.SyncResult, error) {
				for range 20 { // more than anybody waits for
					progress(phrase.Say("asking %s", "origin/main"))
					steps++
				}
				return test.result, test.err
			}})
			d.size(120, 40)
			d.press("S")
			screen := strings.Join(strings.Fields(d.app.View()), " ")
			for _, want := range test.want {
				if !strings.Contains(screen, want) {
					t.Errorf("the screen does not say %q:\n%s", want, d.app.View())
				}
			}
			if steps != 20 {
				t.Errorf("%d steps were told", steps)
			}
			d.size(120, 50)
			d.press("?")
			if help := d.app.View(); !strings.Contains(help, "sync") {
				t.Errorf("the help does not name the key:\n%s", help)
			}
		})
	}
}

// Without a remote to exchange with the key does nothing, and the help does not name it.
func TestNoSyncKey(t *testing.T) {
	d := open(t, phrase.English, inTheCampaign, 0)
	d.size(120, 40)
	d.press("S", "?")
	if strings.Contains(d.app.View(), "exchange") {
		t.Errorf("the help names the key:\n%s", d.app.View())
	}
}
