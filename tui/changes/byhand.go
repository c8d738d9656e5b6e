package changes

import (
	"context"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// handEdit is what was edited by hand in the data files, shown before it is saved.
type handEdit struct {
	review.HandEdit

	top    int // the first line in sight
	saving bool
}

// handLooked is what was edited by hand.
type handLooked struct {
	edit review.HandEdit
	err  error
}

// handSaved answers the wish to save it.
type handSaved struct {
	edit review.HandEdit
	err  error
}

// Edited reports whether somebody has edited plan, roster or the Office's texts by hand, and it can be saved here.
func (t *Tab) Edited(f *frame.Frame) bool {
	return t.edits != nil && len(f.ByHand) > 0 && f.Board.Campaign.MayChangePlan(f.Person) == nil
}

// lookByHand asks what was edited by hand.
func (t *Tab) lookByHand(f *frame.Frame, message tea.KeyMsg) tea.Cmd {
	switch {
	case t.edits == nil:
		return f.Unused(message)
	case f.Changes.Frozen != nil:
		return f.Refused(f.Changes.Frozen)
	case t.looking:
		return nil
	}
	t.looking = true
	ctx, edits, person := f.Context, t.edits, f.Person
	return func() tea.Msg {
		edit, err := edits.Look(ctx, person)
		return handLooked{edit, err}
	}
}

// looked shows what was edited by hand; what holds an error is named, with the way out.
func (t *Tab) looked(f *frame.Frame, message handLooked) tea.Cmd {
	t.looking = false
	switch edit := message.edit; {
	case message.err != nil:
		return f.Refused(message.err)
	case len(edit.Files) > 0:
		t.hand = &handEdit{HandEdit: edit}
		return nil
	case len(edit.Left) > 0:
		return f.Refused(phrase.Refuse(phrase.Say("%s: %s", edit.Left[0].Place(), edit.Left[0].What),
			mendHand(f, edit.Left[0])))
	}
	return frame.Notice(event.Info, f.Words.T("nothing was edited by hand"))
}

// mendHand is the way out of what stands in the way in a file that somebody has edited.
func mendHand(f *frame.Frame, problem phrase.Problem) phrase.Sentence {
	if !problem.Hint.IsZero() {
		return problem.Hint
	}
	return phrase.Say("fix it in the file, then press %s again; what was there before stays in force until then",
		f.Keys.SaveByHand.Help().Key)
}

// handBindings lists the keys of what is shown.
func (t *Tab) handBindings(f *frame.Frame) []key.Binding {
	return []key.Binding{frame.Does(f.Keys.Yes, f.Words.T("save it")),
		frame.Does(f.Keys.Cancel, f.Words.T("leave it as it is")), f.Keys.ScrollDown}
}

// handKey takes a key of what is shown.
func (t *Tab) handKey(f *frame.Frame, message tea.KeyMsg) tea.Cmd {
	switch keys := f.Keys; {
	case t.hand.saving:
	case key.Matches(message, keys.Yes):
		t.hand.saving = true
		ctx, edits, person, looked := context.WithoutCancel(f.Context), t.edits, f.Person, t.hand.HandEdit
		return func() tea.Msg {
			edit, err := edits.Save(ctx, person, looked)
			return handSaved{edit, err}
		}
	case key.Matches(message, keys.No):
		t.hand = nil
		return frame.Notice(event.Info, f.Words.T("nothing was changed"))
	case key.Matches(message, keys.Up):
		t.hand.top--
	case key.Matches(message, keys.Down):
		t.hand.top++
	case key.Matches(message, keys.ScrollUp):
		t.hand.top -= handPage
	case key.Matches(message, keys.ScrollDown):
		t.hand.top += handPage
	}
	return nil
}

// handPage is how many lines a key for a page goes on.
const handPage = 8

// saved says how saving went.
func (t *Tab) saved(f *frame.Frame, message handSaved) tea.Cmd {
	t.hand = nil
	if message.err != nil {
		return f.Refused(message.err)
	}
	words := f.Words.T("saved %s: %s", message.edit.Hash, strings.Join(message.edit.Files, ", "))
	if left := message.edit.Left; len(left) > 0 {
		return frame.Notice(event.Warning, words+" · "+left[0].Place()+": "+f.Words.Say(left[0].What)+" — "+
			f.Words.Say(mendHand(f, left[0])))
	}
	return frame.Notice(event.Success, words)
}

// handView shows what was edited by hand, in the plan's words, and asks.
func (t *Tab) handView(f *frame.Frame, width, height int) string {
	const margin = 3
	w, hand, room := f.Words, t.hand, max(width-margin-1, 1)
	files := strings.Join(hand.Files, ", ")
	title := layout.Cut(w.T("Edited by hand, in no commit yet: %s", files), width-2)
	lines := []string{" " + f.Styles.Title.Render(title), ""}
	var said []string
	say := func(words, sign string) {
		for i, line := range layout.Wrap(words, room-2) {
			said = append(said, [2]string{sign, "  "}[min(i, 1)]+line)
		}
	}
	for _, difference := range hand.Differences {
		where, what := w.Difference(hand.Later, difference)
		say(where+": "+what, "· ")
	}
	if len(hand.Differences) == 0 {
		say(w.T("comments and layout: %s", files), "· ")
	}
	for i := range hand.Left {
		say(w.T("left as it is: %s", hand.Left[i].Place()+": "+w.Say(hand.Left[i].What)),
			f.Signs.Problem+" ")
	}
	question := w.T("Save this in one commit?")
	if hand.saving {
		question = w.T("saving…")
	}
	asked := []string{"", " " + f.Styles.Title.Render(layout.Cut(question, width-2))}
	shown := max(height-len(lines)-len(asked), 1)
	hand.top = max(min(hand.top, len(said)-shown), 0)
	below := len(said) - hand.top - shown
	for _, line := range said[hand.top:min(hand.top+shown, len(said))] {
		lines = append(lines, layout.Blank(margin)+line)
	}
	if below > 0 {
		asked[0] = " " + f.Styles.Muted.Render(layout.Cut(w.T("%d more lines · PgDn scrolls", below), width-2))
	}
	for len(lines) < height-len(asked) {
		lines = append(lines, "")
	}
	return layout.Fit(append(lines, asked...), width, height)
}
