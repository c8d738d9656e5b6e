package changes

import (
	"cmp"
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// dispute begins the id of what is in dispute in a record.
const dispute = "dispute "

func conflictID(c *review.MergeConflict) string {
	if c.Disputed() {
		return dispute + c.File + " " + c.Entry
	}
	return "conflict " + c.File + " " + c.Entry
}

// conflict is the conflict under the cursor; nil when something else is there.
func (t *Tab) conflict(f *frame.Frame) *review.MergeConflict {
	for i := range f.Open {
		if conflictID(&f.Open[i]) == t.list.Current() {
			return &f.Open[i]
		}
	}
	return nil
}

func (t *Tab) conflictBindings(f *frame.Frame, c *review.MergeConflict) []key.Binding {
	refused := review.MaySettle(f.Board.Campaign, f.Person, c)
	bindings := []key.Binding{frame.Offer(f.Keys.TakeFirst, refused), frame.Offer(f.Keys.TakeSecond, refused)}
	_, possible := c.Both()
	if possible {
		both := f.Keys.TakeBoth
		if c.Subject.Kind == model.SubjectActivity {
			both = frame.Does(both, f.Words.T("keep both notes"))
		}
		bindings = append(bindings, frame.Offer(both, refused))
	}
	if mayEdit(c) {
		bindings = append(bindings, frame.Offer(f.Keys.EditBoth, refused))
	}
	return append(bindings, f.Keys.Open)
}

// mayEdit reports whether both sides can be brought together in the form of an activity.
func mayEdit(c *review.MergeConflict) bool {
	_, possible := c.Join()
	return possible && c.Subject.Kind == model.SubjectActivity
}

// choice is how a key settles a conflict.
func (t *Tab) choice(message tea.KeyMsg, f *frame.Frame) (take review.Take, wanted bool) {
	switch {
	case key.Matches(message, f.Keys.TakeFirst):
		return review.TakeOurs, true
	case key.Matches(message, f.Keys.TakeSecond):
		return review.TakeTheirs, true
	case key.Matches(message, f.Keys.TakeBoth):
		return review.TakeBoth, true
	case key.Matches(message, f.Keys.EditBoth):
		return review.TakeValue, true
	}
	return "", false
}

// noBoth says why both sides cannot be kept, and what can be done.
func noBoth(f *frame.Frame, c *review.MergeConflict) tea.Cmd {
	differ := c.Differs(&f.Board.Campaign.Plan)
	words := f.Words.T("both cannot be kept here: take A or B")
	switch {
	case mayEdit(c):
		words = f.Words.T("they differ, so both cannot be kept: %s; take A or B, or edit with %s", differ,
			f.Keys.EditBoth.Help().Key)
	case !differ.IsZero():
		words = f.Words.T("they differ, so both cannot be kept: %s; take A or B", differ)
	}
	return frame.Notice(event.Info, words)
}

// settle decides a conflict. What is not taken stays in the history, so nothing is asked first.
func (t *Tab) settle(f *frame.Frame, conflict *review.MergeConflict, take review.Take) tea.Cmd {
	if err := review.MaySettle(f.Board.Campaign, f.Person, conflict); err != nil {
		return f.Refused(err)
	}
	if _, possible := conflict.Both(); take == review.TakeBoth && !possible ||
		take == review.TakeValue && !mayEdit(conflict) {
		return noBoth(f, conflict)
	}
	if conflict.Disputed() {
		return decide(f, conflict, take)
	}
	if t.settling {
		return nil
	}
	t.settling = true
	ctx, conflicts := context.WithoutCancel(f.Context), t.conflicts
	resolution := review.Resolution{Person: f.Person, Conflict: *conflict, Take: take}
	return func() tea.Msg {
		resolved, err := conflicts.Resolve(ctx, resolution)
		return event.Settled{Resolved: resolved, Err: err}
	}
}

// decide ends a dispute by a change like any other. A value of one's own is written in the form, which begins with both
// sides joined: of what differs, the later version.
func decide(f *frame.Frame, conflict *review.MergeConflict, take review.Take) tea.Cmd {
	joined, _ := conflict.Join()
	resolution := review.Resolution{Person: f.Person, Conflict: *conflict, Take: take, Value: joined.Value}
	change, err := resolution.Settlement(&f.Board.Campaign.Plan)
	if err != nil {
		return f.Refused(err)
	}
	if take == review.TakeValue {
		return func() tea.Msg { return event.EditWanted{Change: change} }
	}
	if hindered := f.Hindered(change); hindered != nil {
		return hindered
	}
	return f.Changes.Make(change)
}

// lateSaid says which of two values that differ the form begins with; zero when none differ.
func lateSaid(f *frame.Frame, c *review.MergeConflict) phrase.Sentence {
	differ, side := c.Differs(&f.Board.Campaign.Plan), "A"
	if differ.IsZero() {
		return differ
	}
	if c.Later() == &c.Theirs {
		side = "B"
	}
	return phrase.Say("as in %s, the later one: %s", side, differ)
}

// signedBy names a side by its person and time, as people know it.
func signedBy(f *frame.Frame, version *review.MergeVersion) string {
	return cmp.Or(f.Signed(version.By, version.At), f.Words.T("nobody"))
}

func conflictLine(f *frame.Frame, heading bool, c *review.MergeConflict, current bool, width int) string {
	if heading {
		words := f.Words.Count(len(f.Open), "%d entry was changed on both sides: decide which version counts",
			"%d entries were changed on both sides: decide which version counts")
		return "   " + f.Styles.Title.Render(layout.Cut(words, width-3))
	}
	words := layout.Cut(f.Words.ConflictPlace(f.Board.Campaign, c), width-5)
	sign := f.Signs.Problem
	if c.Disputed() {
		sign = f.Signs.Disputed
	}
	return browse.Margin(f, current, false) + f.Styles.Late.Render(sign) + " " + browse.Titled(f, words, current)
}

// conflictDetail shows both versions, with who and when, and what stood there before.
func conflictDetail(f *frame.Frame, c *review.MergeConflict, width int) (title string, lines []string) {
	w := f.Words
	for _, why := range []string{w.ConflictWaits(c), w.ConflictWhy(f.Board.Campaign, c)} {
		lines = append(lines, frame.Lines(f.Styles.Warning, why, width)...)
	}
	for _, side := range []struct {
		name    string
		version *review.MergeVersion
	}{{"A", &c.Ours}, {"B", &c.Theirs}} {
		lines = append(lines, f.Styles.Accent.Render(side.name)+" "+layout.Cut(signedBy(f, side.version), width-2))
		lines = append(lines, versionLines(f, c, side.version, width)...)
	}
	if differ := lateSaid(f, c); !differ.IsZero() && mayEdit(c) {
		words := w.T("%s keeps both notes, and the rest %s", f.Keys.EditBoth.Help().Key, differ)
		lines = append(lines, frame.Lines(f.Styles.Muted, words, width)...)
	}
	if !c.Base.Gone {
		for _, line := range append([]string{w.T("before:")}, versionLines(f, c, &c.Base, width)...) {
			lines = append(lines, f.Styles.Muted.Render(line))
		}
	}
	if c.Edited {
		words := w.T("the file has been edited by hand since; that is put aside when you decide")
		lines = append(lines, frame.Lines(f.Styles.Warning, words, width)...)
	}
	return f.Words.ConflictPlace(f.Board.Campaign, c), lines
}

// versionLines is one version: in the plan's words where it is an entry, else as it stands in the file.
func versionLines(f *frame.Frame, c *review.MergeConflict, version *review.MergeVersion, width int) []string {
	const margin = "  "
	said := layout.Wrap(c.Differing(version), width-len(margin))
	if kind := c.Subject.Kind; kind.InRecord() || kind.OnRoster() {
		said = layout.Wrap(f.Words.ConflictValue(f.Board.Campaign, c, version), width-len(margin))
	}
	if version.Gone {
		said = []string{f.Words.T("removed")}
	}
	lines := make([]string, len(said))
	for i, line := range said {
		lines[i] = margin + line
	}
	return lines
}

// notTakenWords says whose version of what was not taken.
func notTakenWords(f *frame.Frame, n *review.NotTaken) string {
	where, what := f.Words.NotTaken(f.Board.Campaign, *n)
	return what + ": " + where
}

// mineNotTaken reports whether the item tells the person that their version was not taken.
func (i *item) mineNotTaken(f *frame.Frame) bool {
	return i.notTaken != nil && i.notTaken.By == f.Person.Signature()
}

// unit is whose record the item is about.
func (i *item) unit() string {
	if i.notTaken != nil {
		return i.notTaken.Unit
	}
	return i.difference.Unit
}

// title is whose and what.
func (i *item) title(f *frame.Frame) string {
	if i.untold != nil {
		return f.Words.T("commit %s", i.revision.Short)
	}
	if i.notTaken != nil {
		return notTakenWords(f, i.notTaken)
	}
	where, _ := i.said(f)
	return where
}
