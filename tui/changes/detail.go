package changes

import (
	"strings"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/layout"
)

// sideBySide is from how many cells words and diff stand beside each other.
const sideBySide = 100

// detail is the whole change: in the plan's words, and as git shows it when it is open.
func (t *Tab) detail(f *frame.Frame, item *item, width int) (title string, lines []string) {
	title = item.title(f)
	if !t.list.Opened() {
		return title, t.words(f, item, width)
	}
	diff, read := t.diffs[item.revision.Hash]
	if !read {
		diff = []string{f.Words.T("Reading the history…")}
	}
	if width < sideBySide {
		lines = append(t.words(f, item, width), "", f.Styles.Muted.Render(f.Words.T("In the files:")))
		return title, append(lines, coloured(f, diff, width)...)
	}
	left := width * 2 / 5
	said, shown := t.words(f, item, left), coloured(f, diff, width-left-3)
	for i := range max(len(said), len(shown)) {
		line := layout.Left(at(said, i), left) + " " + f.Styles.Muted.Render(f.Signs.Side) + " " + at(shown, i)
		lines = append(lines, line)
	}
	return title, lines
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// words says what was changed and what that does to figures, by whom and when.
func (t *Tab) words(f *frame.Frame, item *item, width int) []string {
	w, revision := f.Words, item.revision
	what := ""
	switch {
	case item.untold != nil:
		what = f.Explain(item.untold)
	case item.notTaken != nil:
		what = w.NotTakenAtLength(f.Board.Campaign, *item.notTaken)
	default:
		_, what = w.Difference(revision.Campaign, item.difference)
	}
	lines := layout.Wrap(phrase.Capital(what), width)
	if effects := t.effects[item.revision.Hash]; len(effects) > 0 && item.notTaken == nil {
		lines = append(lines, layout.Wrap(phrase.Capital(lang.Effects(w, effects)), width)...)
	}
	signed := w.LongDay(item.day) + " " + revision.At.In(f.Board.Campaign.Plan.TimeZone).Format("15:04")
	if !revision.Boundary { // whoever made it has not changed all that it holds
		signed += " · " + revision.Who()
		if revision.Email != "" {
			signed += " <" + revision.Email + ">"
		}
	}
	lines = append(lines, layout.Wrap(signed, width)...)
	if by := item.difference.TakenBack; by != "" {
		lines = append(lines, layout.Wrap(phrase.Capital(w.T("taken back by %s", by)), width)...)
	}
	if reverts := revision.Reverts; reverts != "" {
		back := w.T("takes back %s", reverts[:min(len(reverts), len(revision.Short))])
		lines = append(lines, layout.Wrap(phrase.Capital(back), width)...)
	}
	for _, doubt := range revision.Doubts(f.Board.Campaign.Plan.TimeZone) {
		lines = append(lines, layout.Wrap(f.Signs.Problem+" "+w.Say(doubt), width)...)
	}
	commit := phrase.Capital(w.T("commit %s", revision.Short))
	if revision.Merge {
		commit += " (" + w.T("merge") + ")"
	}
	if unit := item.difference.Unit; unit == "" || !strings.HasPrefix(revision.Title, unit+": ") { // else it says the same
		commit += " · " + revision.Title
	}
	for _, line := range layout.Wrap(commit, width) {
		lines = append(lines, f.Styles.Muted.Render(line))
	}
	if f.Unread[revision.Hash] {
		lines = append(lines, f.Styles.Accent.Render(f.Signs.Submitted)+" "+w.T("not reviewed yet"))
	}
	return lines
}

// coloured is a diff with what came and went told apart; the signs at the beginnings of its lines say the same.
func coloured(f *frame.Frame, diff []string, width int) []string {
	lines := make([]string, 0, len(diff))
	head := false // of a file, before its first lines
	for _, line := range diff {
		style := f.Styles.Plain
		switch {
		case strings.HasPrefix(line, "diff "):
			head, style = true, f.Styles.Muted
			if _, path, found := strings.Cut(line, " b/"); found { // else several states were joined
				line = path
			}
		case head && !strings.HasPrefix(line, "@@"): // the first line names the file
			if kind, _, _ := strings.Cut(line, " "); kind == "index" || kind == "---" || kind == "+++" {
				continue
			}
		case strings.HasPrefix(line, "@@"):
			head, style = false, f.Styles.Muted
		case strings.HasPrefix(line, "+"):
			style = f.Styles.Done
		}
		for i, part := range layout.Wrap(line, width) {
			if rest, gone := strings.CutPrefix(part, "-"); gone && i == 0 {
				lines = append(lines, f.Styles.Late.Render("-")+rest)
				continue
			}
			lines = append(lines, style.Render(part))
		}
		if line == "" {
			lines = append(lines, "")
		}
	}
	return lines
}
