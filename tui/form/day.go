package form

import (
	"strings"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/tui/frame"
)

// WithYears are days with commas as somebody has typed them, each with its year where that is plain.
func WithYears(f *frame.Frame, typed string) string {
	plan := &f.Board.Campaign.Plan
	days := strings.Split(typed, ",")
	for i := range days {
		days[i] = calendar.WithYear(days[i], plan.Starts, plan.Ends, f.Board.Today)
	}
	return strings.Join(days, ",")
}

// NoteYears says below a field for days which ones are meant that stand there without their year.
func NoteYears(f *frame.Frame, field *Field) func() []string {
	return func() []string {
		typed := field.Line.Value()
		var meant []string
		for item := range strings.SplitSeq(WithYears(f, typed), ",") {
			day, err := calendar.ParseDay(strings.TrimSpace(item))
			if err == nil && !strings.Contains(typed, item) {
				meant = append(meant, f.Words.LongDay(day))
			}
		}
		if len(meant) == 0 {
			return nil
		}
		return []string{strings.Join(meant, "; ")}
	}
}
