package tui

import (
	"errors"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/lipgloss"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
	"example.org/tiendo/tui/planform"
	"example.org/tiendo/tui/theme"
)

// maxNotice is the most lines that an answer may take; more of it is cut.
const maxNotice = 3

// readOnlyRoom is the least room in which a reason makes sense.
const readOnlyRoom = 20

// footerLines is a rule and the last answer with the keys; a long answer takes more lines.
func (a *App) footerLines() []string {
	f := &a.frame
	rule := rule(f, a.width)
	width := a.width - 2
	switch {
	case a.question != nil:
		a.foot.hints = []key.Binding{f.Keys.Yes, f.Keys.No}
		return append([]string{rule}, questionLines(f, a.question.Question, width)...)
	case a.filter != nil:
		return []string{rule, promptLine(a, a.filter, f.Words.T("Find"), f.Words.T("Enter keeps · Esc clears"), a.width)}
	case a.day != nil:
		lines := []string{rule}
		if a.notice.Text != "" { // why what was typed is no day
			lines = append(lines, noticed(a, width)...)
		}
		return append(lines, promptLine(a, a.day, f.Words.T("Day"), f.Words.T("such as %s · Enter goes · Esc leaves",
			f.Words.ShortDay(f.Board.Today, f.Board.Today)), dayLimit+2))
	case a.help:
		keys := f.Words.T("↓ ↑ PgDn PgUp scroll · Esc closes the help")
		if a.told != nil {
			keys = f.Words.T("↓ ↑ PgDn PgUp scroll · Esc closes")
		}
		said := ""
		if a.notice.Text != "" {
			said = noticed(a, a.width)[0]
		}
		return []string{rule, layout.Ends(said, f.Styles.Muted.Render(keys)+" ", a.width)}
	case a.conflict != nil:
		a.foot.hints = []key.Binding{f.Keys.KeepTheirs, f.Keys.PutMine, f.Keys.Edit}
		return append([]string{rule}, wrapped(a.conflictHints(), f.Styles.Title, width)...)
	}
	if a.notice.Text == "" {
		hints := a.keyHints(width)
		why := a.readOnly(width - layout.Width(hints) - 2)
		return []string{rule, layout.Ends(why, f.Styles.Muted.Render(hints)+" ", a.width)}
	}
	return append([]string{rule}, noticeLines(a, width)...)
}

// noticeLines is the last answer, and beside its end as many keys as there is room for. What was made just now gives
// way to the key that takes it back; all else may take more lines.
func noticeLines(a *App, width int) []string {
	f := &a.frame
	lines := noticed(a, width)
	var first []key.Binding
	if a.notice.Undo {
		first = append(first, f.Keys.Undo)
	}
	if a.notice.Kind == event.Success {
		sign, style := a.noticeStyle()
		lines = []string{" " + style.Render(sign+" "+a.notice.Text)}
	}
	last := len(lines) - 1
	before := a.foot.hints
	hints := a.keyHints(width-layout.Width(lines[last])-2, first...)
	if a.notice.Kind != event.Success && layout.Width(lines[last])+2+layout.Width(hints) > width {
		a.foot.hints = before
		return lines
	}
	words := layout.Cut(lines[last], width-layout.Width(hints)-1)
	lines[last] = layout.Ends(words, f.Styles.Muted.Render(hints)+" ", a.width)
	return lines
}

// noticed is the last answer in lines of a width.
func noticed(a *App, width int) []string {
	sign, style := a.noticeStyle()
	if a.notice.Kind != event.Failure {
		return wrapped(strings.TrimSpace(sign+" "+a.notice.Text), style, width)
	}
	lines := layout.First(a.frame.Alarm(a.notice.Text, width), maxNotice, width)
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return lines
}

// promptLine is a field in the footer, of at most so many cells, with the keys that end it.
func promptLine(a *App, line *form.Line, name, keys string, most int) string {
	f := &a.frame
	label := " " + name + ": "
	room := max(min(a.width-layout.Width(label)-layout.Width(keys)-3, most), 8)
	field := theme.Under(f.Styles.Box, line.View(room), room)
	return layout.Ends(label+field, f.Styles.Muted.Render(keys)+" ", a.width)
}

// questionLines is the question and, never broken, how to answer it.
func questionLines(f *frame.Frame, question string, width int) []string {
	answers := f.Words.T("y yes · n no")
	lines := wrapped(question, f.Styles.Title, width)
	last := len(lines) - 1
	if layout.Width(lines[last])+2+layout.Width(answers) <= width {
		lines[last] += "  " + f.Styles.Title.Render(answers)
		return lines
	}
	return append(lines, " "+f.Styles.Title.Render(answers))
}

// readOnly says why the keys that change something are missing, as far as there is room.
func (a *App) readOnly(room int) string {
	f := &a.frame
	refusal := a.tabs[a.open].Refusal(f)
	if refusal == nil || a.tabs[a.open].Capturing() || room < readOnlyRoom {
		return ""
	}
	words := f.Words.T("view only: %s", f.ErrorIn(refusal, room))
	if why, is := errors.AsType[*phrase.Refusal](refusal); is && layout.Width(words) > room && !why.Brief.IsZero() {
		words = f.Words.T("view only: %s", why.Brief)
	}
	return " " + f.Styles.Warning.Render(layout.Cut(words, room))
}

func wrapped(words string, style lipgloss.Style, width int) []string {
	lines := layout.First(layout.Wrap(words, width), maxNotice, width)
	for i := range lines {
		lines[i] = " " + style.Render(lines[i])
	}
	return lines
}

func (a *App) noticeStyle() (string, lipgloss.Style) {
	f := &a.frame
	switch a.notice.Kind {
	case event.Success:
		return f.Signs.Done, f.Styles.Done
	case event.Warning:
		return f.Signs.Problem, f.Styles.Warning
	case event.Failure:
		return f.Signs.Problem, f.Styles.Late
	default:
		return "", f.Styles.Plain
	}
}

// keyHints names the keys that matter now, as many as the room allows, beginning with the first ones; these and the
// last one, which shows all keys, are there in any case. On a small screen the first ones are worth more.
func (a *App) keyHints(room int, first ...key.Binding) string {
	f := &a.frame
	last := ""
	if !a.tabs[a.open].Capturing() && (len(first) == 0 || !layout.Compact(a.width, a.height)) {
		last = hint(f.Keys.Help)
		a.foot.hints = append(a.foot.hints, f.Keys.Help)
	}
	hints, width := "", layout.Width(last)
	for i, binding := range slices.Concat(first, inOrder(a)) {
		text := hint(binding)
		wide := layout.Width(text) + 2
		switch again := func(one key.Binding) bool { return one.Help() == binding.Help() }; {
		case !binding.Enabled(), i >= len(first) && slices.ContainsFunc(first, again):
			continue
		case i >= len(first) && width+wide > room:
			return strings.TrimRight(hints+last, " ")
		}
		hints, width = hints+text+"  ", width+wide
		a.foot.hints = append(a.foot.hints, binding)
	}
	return strings.TrimRight(hints+last, " ")
}

// inOrder are the keys of the open tab as the footer names them: what is done every day first, by whoever fills in and
// sends, then what looks after all units, at last what changes the plan. Where a person may only look, the reason takes
// the room of the rest.
func inOrder(a *App) []key.Binding {
	f, tab := &a.frame, a.tabs[a.open]
	own := tab.Bindings(f)
	if comesBack(a) {
		own = slices.Insert(slices.Clip(own), min(len(own), 2), backHint(a))
	}
	if tab.Capturing() {
		return own
	}
	plan, lists := planBindings(a), []key.Binding(nil)
	if len(f.Board.Campaign.Plan.Activities) == 0 { // nothing else is to be done there
		own, plan = slices.Concat(plan, own), nil
	}
	rare := []key.Help{f.Keys.Pick.Help(), f.Keys.PickSpace.Help(), f.Keys.PickTo.Help(), f.Keys.Sort.Help()}
	own = slices.DeleteFunc(slices.Clone(own), func(binding key.Binding) bool {
		is := slices.Contains(rare, binding.Help())
		if is {
			lists = append(lists, binding)
		}
		return is
	})
	looks := []key.Binding{f.Keys.Filter, f.Keys.Late, f.Keys.Undo}
	if filterName(a, frame.ShowLate) == "" { // it would hide nothing here
		looks = slices.Delete(looks, 1, 2)
	}
	if f.Filtered() && !closes(a) {
		looks = slices.Insert(looks, 0, frame.Does(f.Keys.Back, f.Words.T("clear the filter")))
	}
	if tab.Refusal(f) != nil {
		looks, lists, plan = nil, nil, nil
	}
	if exports(a) {
		lists = append(lists, f.Keys.Export)
	}
	if _, _, there := here(a); there && a.options.Record != nil {
		lists = append(lists, f.Keys.History)
	}
	return slices.Concat(own, looks, lists, plan)
}

// planBindings are the keys of the open tab that change the plan, for who may.
func planBindings(a *App) []key.Binding {
	if tab, is := a.tabs[a.open].(*planform.Tab); is {
		return tab.PlanBindings(&a.frame)
	}
	return nil
}

func hint(binding key.Binding) string { return binding.Help().Key + " " + binding.Help().Desc }

// say puts the answer to a change into the footer.
func (a *App) say(saved event.Saved) {
	f := &a.frame
	w := f.Words
	if saved.Err != nil {
		a.notice = event.Noticed{Kind: event.Failure, Text: f.Explain(saved.Err)}
		return
	}
	receipt := saved.Receipt
	what := describe(&a.frame, saved.Change, receipt.Value)
	switch {
	case receipt.Unchanged:
		a.notice = event.Noticed{Kind: event.Info, Text: w.T("no change: %s", what)}
	case !receipt.Pending.IsZero():
		a.notice = event.Noticed{Kind: event.Warning, Text: w.T("saved, commit pending (%s): %s", receipt.Pending, what)}
	case receipt.Hash != "":
		a.notice = event.Noticed{Kind: event.Success, Text: w.T("saved %s: %s", receipt.Hash, what), Undo: true}
	default:
		a.notice = event.Noticed{Kind: event.Success, Text: w.T("saved: %s", what), Undo: true}
	}
	for _, notice := range receipt.Notices {
		a.notice.Kind = event.Warning
		a.notice.Text += " · " + w.Say(notice)
	}
}

// describe says in the plan's words what a change was about and how it stands now.
func describe(f *frame.Frame, change model.Change, value model.Value) string {
	campaign := f.Board.Campaign
	name := change.Unit
	if unit := campaign.Roster.Unit(change.Unit); unit != nil {
		name = unit.ShortName()
	}
	switch change.Subject.Kind {
	case model.SubjectActivity:
		title := change.Subject.ID
		if at := f.Board.ActivityIndex(change.Subject.ID); at >= 0 {
			title = f.Board.Activities[at].Activity.Title
		}
		seen, entry := model.As[model.Entry](change.Seen), model.As[model.Entry](value)
		what := entry.Status.Label(f.Words.Language)
		if seen.Status == entry.Status && !seen.SameContent(entry) {
			what = f.Words.Changed(campaign, change.Subject, seen, entry)
		}
		return name + ": " + what + " · " + title
	case model.SubjectMessage:
		return name + " · " + f.Words.T("message %s", change.Subject.ID) + ": " +
			f.Words.Channels(&campaign.Plan, model.As[model.Use](value))
	case model.SubjectPerson, model.SubjectUnit, model.SubjectGroup, model.SubjectPlan:
		return f.Words.SubjectName(campaign, change.Subject) + ": " +
			f.Words.Changed(campaign, change.Subject, change.Seen, value)
	case model.SubjectText, model.SubjectReminder:
		return f.Words.SubjectName(campaign, change.Subject)
	default:
		report := model.As[model.Report](value)
		if until := report.ExtendedUntil; until != model.As[model.Report](change.Seen).ExtendedUntil && !until.IsZero() {
			return name + " · " + f.Words.T("extended until %s", until)
		}
		return name + " · " + f.Words.T("report: %s", report.Status)
	}
}
