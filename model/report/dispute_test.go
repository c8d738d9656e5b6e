package report

import (
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// disputedBoard is the small board whose first unit has two versions of its first figure and of its report.
func disputedBoard(language phrase.Language) (board *model.Board, unit *model.Unit) {
	campaign := smallBoard(language).Campaign
	plan := &campaign.Plan
	at := slices.IndexFunc(plan.Activities, func(a model.Activity) bool { return len(a.Indicators) > 0 })
	activity := &plan.Activities[at]
	unit = &campaign.Roster.Units[0]
	column := &activity.Indicators[0]
	progress := campaign.Progress[unit.ID]
	entry := progress.Entry(activity.ID)
	entry.Note, entry.Figures = "Bản thứ nhất.", map[string]float64{column.ID: 4321}
	entry.Others = []model.Entry{{Status: model.Done, Note: "Bản thứ hai.", Figures: map[string]float64{column.ID: 8765}}}
	progress.Activities = map[string]model.Entry{activity.ID: entry}
	progress.Report = model.Report{Status: model.Submitted, SubmittedAt: progress.Report.SubmittedAt, Results: "Kết quả thứ nhất."}
	other := progress.Report
	other.Results = "Kết quả thứ hai."
	progress.Report.Others = []model.Report{other}
	campaign.Progress[unit.ID] = progress
	return model.NewBoard(campaign, calendar.Date(2019, 12, 10)), unit
}

// On paper none of two versions is the unit's word: neither text nor figure is printed, and every dispute is named
// before the paper is signed.
func TestDisputesOnPaper(t *testing.T) {
	for _, language := range []phrase.Language{phrase.Vietnamese, phrase.English} {
		board, unit := disputedBoard(language)
		d := New(board, nil)
		var warnings []string
		for _, warning := range d.Warnings {
			warnings = append(warnings, warning.What.String())
		}
		named := strings.Join(warnings, "\n")
		if want := unit.Name + ": 2 entries have two versions and wait for a decision: "; !strings.Contains(named, want) {
			t.Errorf("before signing nothing says %q:\n%s", want, named)
		}
		undecided := language.Pick("chưa quyết định", "not decided")
		for _, format := range []Format{Markdown, CSV, JSON} {
			paper := string(bytesOf(t, d, format))
			for _, version := range []string{"Bản thứ", "Kết quả thứ", "4321", "8765", "4.321", "8.765"} {
				if strings.Contains(paper, version) {
					t.Errorf("%s prints one of two versions, %q", format, version)
				}
			}
			if !strings.Contains(paper, undecided) || format != JSON && !strings.Contains(paper, inDispute) {
				t.Errorf("%s does not say %q and %q:\n%s", format, undecided, inDispute, paper)
			}
		}
		if !strings.Contains(string(parts(t, bytesOf(t, d, Docx))["word/document.xml"]), inDispute) {
			t.Error("the paper does not mark the figure")
		}
		if _, err := NewLetter(board, unit.ID); err == nil {
			t.Error("a unit is reminded of a report in dispute")
		}
	}
}

// The letter to a unit asks it to decide.
func TestLetterAsksForADecision(t *testing.T) {
	board, unit := disputedBoard(phrase.Vietnamese)
	progress := board.Campaign.Progress[unit.ID]
	progress.Report = model.Report{}
	board.Campaign.Progress[unit.ID] = progress
	letter, err := NewLetter(model.NewBoard(board.Campaign, board.Today), unit.ID)
	if err != nil {
		t.Fatal(err)
	}
	if said := letter.Text(); !strings.Contains(said, "hiện có hai bản khác nhau, chưa quyết định") {
		t.Errorf("the letter is\n%s", said)
	}
}
