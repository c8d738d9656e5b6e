// Package goals is the tab of the aims and requirements, as printed, each with
// the activities that serve it and their progress.
package goals

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// barWidth is the widest progress bar of a row, in cells.
const barWidth = 16

// Tab is the tab.
type Tab struct {
	list   browse.Browser
	board  *model.Board // for which the texts are folded
	folded []text.Folded
}

// New makes the tab.
func New() *Tab { return &Tab{} }

// Capturing reports whether the tab wants every key; it never does.
func (t *Tab) Capturing() bool { return false }

// Bindings lists the keys of the tab.
func (t *Tab) Bindings(f *frame.Frame) []key.Binding {
	if back := t.list.Bindings(f); back != nil {
		return back
	}
	return []key.Binding{f.Keys.Open}
}

// Refusal is always nil: nothing is changed here.
func (t *Tab) Refusal(*frame.Frame) error { return nil }

// Update takes one message.
func (t *Tab) Update(message tea.Msg, f *frame.Frame) tea.Cmd {
	rows, _ := t.rows(f)
	switch message := message.(type) {
	case tea.KeyMsg:
		if !t.list.Update(message, f, rows) {
			return f.Unused(message)
		}
	case tea.MouseMsg:
		t.list.Update(message, f, rows)
	case event.PlaceWanted:
		if _, id := part.Split(message.Subject); message.As == event.InItsList && message.Subject.Kind.InPlan() && id != "" {
			t.list.Select(id)
			t.list.Close()
		}
	}
	return t.list.Going()
}

// Settle keeps the cursor on a goal that is shown.
func (t *Tab) Settle(f *frame.Frame) {
	rows, _ := t.rows(f)
	t.list.Keep(rows)
}

// rows lists the goals that the filters let through, aims and requirements
// under their headings, with the index of each goal.
func (t *Tab) rows(f *frame.Frame) ([]browse.Row, []int) {
	if t.board != f.Board {
		t.board, t.folded = f.Board, nil
		for _, row := range f.Board.Goals {
			t.folded = append(t.folded, text.NewFolded(row.Goal.Text))
		}
	}
	var rows []browse.Row
	var goals []int
	var kind model.GoalKind
	for i, row := range f.Board.Goals {
		if !shows(f, row) || !f.Query.Match(t.folded[i]) {
			continue
		}
		if row.Goal.Kind != kind {
			kind = row.Goal.Kind
			rows, goals = append(rows, browse.Row{}), append(goals, i)
		}
		rows, goals = append(rows, browse.Row{ID: row.Goal.ID}), append(goals, i)
	}
	return rows, goals
}

func shows(f *frame.Frame, row model.GoalRow) bool {
	switch f.Show {
	case frame.ShowOpen:
		return row.Tally.Open()+row.Tally.Disputed > 0
	case frame.ShowLate:
		return row.Tally.Overdue+row.Tally.DueToday > 0 || decides(f, row)
	case frame.ShowMine:
		mine := f.Board.Campaign.Roster.Unit(f.Person.Unit)
		return mine != nil && slices.ContainsFunc(row.Activities, func(at int) bool {
			return f.Board.Activities[at].Activity.AssignedTo(mine)
		})
	default:
		return true
	}
}

// Here is the goal under the cursor.
func (t *Tab) Here(*frame.Frame) (unit string, subject model.Subject, ok bool) {
	return "", part.Subject("goal", t.list.Current()), t.list.Current() != ""
}

// links are the activities that serve a goal: the last lines of its detail lead to them.
func links(f *frame.Frame, row model.GoalRow, width int) []browse.Link {
	_, lines := detail(f, row, width)
	var links []browse.Link
	for i, at := range row.Activities {
		subject := model.Subject{Kind: model.SubjectActivity, ID: f.Board.Activities[at].Activity.ID}
		links = append(links, browse.Link{Line: len(lines) - len(row.Activities) + i,
			To: event.PlaceWanted{Unit: f.Unit, Subject: subject}})
	}
	return links
}

// Parts is the goal under the cursor.
func (t *Tab) Parts(*frame.Frame) []model.Subject {
	if t.list.Current() == "" {
		return nil
	}
	return []model.Subject{part.Subject("goal", t.list.Current())}
}

// FilterName says what the filter leaves.
func (t *Tab) FilterName(f *frame.Frame) string {
	name := f.Show.Name(f.Words)
	if f.Show == frame.ShowLate {
		name = f.LateName(name)
	}
	return name
}

// decides reports whether something that serves the goal waits for a decision of the person.
func decides(f *frame.Frame, row model.GoalRow) bool {
	for _, at := range row.Activities {
		for i := range f.Board.Units {
			if row.Tally.Disputed > 0 && f.Decides(f.Board.Units[i].Unit.ID,
				model.Subject{Kind: model.SubjectActivity, ID: f.Board.Activities[at].Activity.ID}) {
				return true
			}
		}
	}
	return false
}

// View draws the tab.
func (t *Tab) View(f *frame.Frame, width, height int) string {
	rows, goals := t.rows(f)
	wide := 0
	for i := range f.Board.Goals {
		wide = max(wide, layout.Width(f.Board.Goals[i].Goal.Text))
	}
	return t.list.View(f, browse.Content{
		Width: wide + around + barWidth + 1,
		Rows:  rows,
		Line: func(row int, current bool, width int) string {
			goal := f.Board.Goals[goals[row]]
			if rows[row].ID == "" {
				return "   " + f.Styles.Muted.Render(kindName(f, goal.Goal.Kind))
			}
			return line(f, goal, numberOf(f, goals[row]), current, width)
		},
		Detail: func(width int) (string, []string) {
			if at := slices.Index(rows, browse.Row{ID: t.list.Current()}); at >= 0 {
				return detail(f, f.Board.Goals[goals[at]], width)
			}
			return "", nil
		},
		Links: func(width int) []browse.Link {
			if at := slices.Index(rows, browse.Row{ID: t.list.Current()}); at >= 0 {
				return links(f, f.Board.Goals[goals[at]], width)
			}
			return nil
		},
		Empty: []string{f.Words.T("No matches."), f.Words.T("Esc shows everything again.")},
	}, width, height)
}

func kindName(f *frame.Frame, kind model.GoalKind) string {
	if kind == model.Aim {
		return f.Words.T("Aims")
	}
	return f.Words.T("Requirements")
}

// numberOf counts within the kind: aims and requirements are numbered apart.
func numberOf(f *frame.Frame, at int) int {
	number := 0
	for i := 0; i <= at; i++ {
		if f.Board.Goals[i].Goal.Kind == f.Board.Goals[at].Goal.Kind {
			number++
		}
	}
	return number
}

// Widths of a line of the list beside the goal and its bar, in cells; numbers is the part of it that numbers take.
const (
	numbers = 4
	around  = 3 + numbers + 2 + 1 + 6 + 2
)

func line(f *frame.Frame, row model.GoalRow, number int, current bool, width int) string {
	tally := row.Tally
	done := layout.Right(fmt.Sprintf("%d/%d", tally.Done, tally.Applicable()), 6)
	bar := min(barWidth, max(width/5, 4))
	late := layout.Blank(2)
	switch overdue := tally.Overdue > 0 && !f.Board.Ended(); {
	case overdue && tally.Disputed > 0:
		late = f.Styles.Late.Render(f.Signs.Disputed + f.Signs.Overdue)
	case overdue:
		late = " " + f.Styles.Late.Render(f.Signs.Overdue)
	case tally.Disputed > 0:
		late = " " + f.Styles.Late.Render(f.Signs.Disputed)
	}
	words := layout.Left(layout.Right(strconv.Itoa(number), 2)+"  "+row.Goal.Text, width-around-bar+numbers)
	return browse.Margin(f, current, false) + browse.Titled(f, words, current) + late + " " + f.Bar(tally, bar) + done
}

// detail is the goal word for word, then the activities that serve it.
func detail(f *frame.Frame, row model.GoalRow, width int) (title string, lines []string) {
	w := f.Words
	title = w.T("Requirement")
	if row.Goal.Kind == model.Aim {
		title = w.T("Aim")
	}
	title += " · " + w.T("%d of %d done", row.Tally.Done, row.Tally.Applicable())
	if row.Tally.Disputed > 0 {
		title += ", " + w.T("%d in dispute", row.Tally.Disputed)
	}
	lines = layout.Wrap(row.Goal.Text, width)
	lines = append(lines, frame.Lines(f.Styles.Warning, f.Sic(row.Goal.Sic), width)...)
	if len(row.Activities) == 0 {
		none := w.T("No activity supports it yet: see `goals` in plan.toml.")
		return title, append(lines, frame.Lines(f.Styles.Muted, none, width)...)
	}
	lines = append(lines, f.Styles.Muted.Render(w.T("Activities:")))
	for _, at := range row.Activities {
		activity := f.Board.Activities[at]
		count := fmt.Sprintf("%d/%d", activity.Tally.Done, activity.Tally.Applicable())
		name := layout.Right(strconv.Itoa(at+1), 2) + "  " + activity.Activity.Title
		lines = append(lines, layout.Ends(name, f.Bar(activity.Tally, min(barWidth, width/5))+layout.Right(count, 6), width))
	}
	return title, lines
}
