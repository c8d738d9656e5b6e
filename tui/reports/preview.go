package reports

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/report"
	"example.org/tiendo/model/text"
	"example.org/tiendo/tui/browse"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
)

// paperRow is the row of the report itself, above those of what to look at before it is signed.
const paperRow = "=paper"

// preview is the consolidated report as it will read, with what to look at before it is signed.
type preview struct {
	list     browse.Browser
	before   shown            // what was shown before
	asked    *model.Board     // of which the report was asked for last
	document *report.Document // nil: it is being made
	ids      []string         // of its warnings as rows of the list
	written  Written          // the last file; its name is "" where none was written

	set    paperSet
	sought text.Query
	found  []int // lines of the report with what is sought
	at     int   // the one of them that was gone to last
	toGo   bool  // to that line, once it is known where it stands
}

// paperSet is the report in lines, and what they were made of.
type paperSet struct {
	document *report.Document
	width    int
	theme    string
	lines    []paperLine
}

// reportOf is the key of the report of a board, which all who look at the board share.
type reportOf struct{}

// made is the report of a board.
type made struct {
	board    *model.Board
	document *report.Document
}

// openPreview shows the report.
func (t *Tab) openPreview(f *frame.Frame) tea.Cmd {
	if t.shown != showsPreview {
		t.preview.before, t.shown = t.shown, showsPreview
	}
	t.preview.list.First(t.preview.rows(f))
	t.preview.list.Close()
	return t.Wake(f)
}

// Wake has the report made where it is shown and the data have changed.
func (t *Tab) Wake(f *frame.Frame) tea.Cmd {
	p := &t.preview
	if t.shown != showsPreview || p.asked == f.Board || f.Board.Campaign.Unread > 0 {
		return nil
	}
	p.asked = f.Board
	board, makes := f.Board, t.papers.Make
	return func() tea.Msg {
		return made{board, model.Once(board, reportOf{}, func() *report.Document { return makes(board) })}
	}
}

// show takes the report of a board. A warning is known by its words, so that the cursor stays on it.
func (p *preview) show(board *model.Board, document *report.Document) {
	p.asked, p.document, p.ids = board, document, make([]string, len(document.Warnings))
	for i, warning := range document.Warnings {
		p.ids[i] = warning.What.String()
	}
}

// rows are the report and what to look at, as far as it holds what is sought.
func (p *preview) rows(f *frame.Frame) []browse.Row {
	var rows []browse.Row
	if f.Query.Empty() || len(p.found) > 0 || p.document == nil {
		rows = append(rows, browse.Row{ID: paperRow})
	}
	for i, id := range p.ids {
		if f.Query.Empty() || f.Query.Match(text.NewFolded(f.Words.Say(p.document.Warnings[i].What))) {
			rows = append(rows, browse.Row{ID: id})
		}
	}
	return rows
}

// current is the warning under the cursor.
func (p *preview) current() (report.Warning, bool) {
	if at := slices.Index(p.ids, p.list.Current()); at >= 0 {
		return p.document.Warnings[at], true
	}
	return report.Warning{}, false
}

// place is where a warning leads: to the form in which it is mended where there is one.
func place(f *frame.Frame, warning report.Warning) event.PlaceWanted {
	campaign, subject := f.Board.Campaign, warning.Subject
	to := event.PlaceWanted{Unit: warning.Unit, Subject: subject, Figure: warning.Figure}
	whole := subject.ID == ""
	switch {
	case subject.Kind == model.SubjectPlan && whole: // what was edited by hand stands among the changes
		return event.PlaceWanted{As: event.AsItsVersions}
	case warning.Unit != "" && subject.Kind != "" && model.InDispute(campaign.Value(warning.Unit, subject)):
		to.As = event.AsItsVersions
	case subject.Kind == model.SubjectPlan, warning.Figure != "",
		subject.Kind == model.SubjectText && !whole && campaign.MayWriteOffice(f.Person) == nil:
		to.As = event.InItsForm
	}
	return to
}

// placeName says where a warning leads.
func placeName(f *frame.Frame, to event.PlaceWanted) string {
	w, campaign := f.Words, f.Board.Campaign
	var names []string
	if to.Unit != "" {
		names = append(names, campaign.Roster.UnitName(to.Unit))
	}
	switch kind := to.Subject.Kind; {
	case kind == model.SubjectText && to.Subject.ID == "":
		names = append(names, w.T("The Office's part"))
	case kind == model.SubjectUnit:
		names = append(names, w.T("Units and people"))
	case kind != "":
		names = append(names, w.SubjectName(campaign, to.Subject))
	default:
		names = append(names, w.T("Changes"))
	}
	return strings.Join(names, " · ")
}

// previewBindings are the keys of the preview.
func (t *Tab) previewBindings(f *frame.Frame) []key.Binding {
	p := &t.preview
	bindings := []key.Binding{f.Keys.Open}
	if _, is := p.current(); is && p.list.Reads() {
		bindings[0] = f.Keys.Follow
	} else if p.list.Opened() {
		bindings = nil
	}
	if !f.Query.Empty() && len(p.found) > 0 {
		bindings = append(bindings, f.Keys.NextMatch, f.Keys.PreviousMatch)
	}
	if t.papers.Write != nil {
		bindings = append(bindings, f.Keys.Export)
	}
	if p.list.Opened() || !f.Filtered() { // else Esc shows everything again
		bindings = append(bindings, frame.Does(f.Keys.Back, f.Words.T("close")))
	}
	return append(bindings, f.Keys.ScrollDown)
}

// previewKey takes a key of the preview.
func (t *Tab) previewKey(message tea.KeyMsg, f *frame.Frame) tea.Cmd {
	p, rows := &t.preview, t.preview.rows(f)
	warning, is := p.current()
	switch {
	case key.Matches(message, f.Keys.Open) && is && p.list.Reads():
		return frame.Go(place(f, warning))
	case key.Matches(message, f.Keys.NextMatch) && len(p.found) > 0:
		p.goOn(+1)
	case key.Matches(message, f.Keys.PreviousMatch) && len(p.found) > 0:
		p.goOn(-1)
	case key.Matches(message, f.Keys.Back, f.Keys.Preview) && !p.list.Opened():
		t.shown = p.before
	case !p.list.Update(message, f, rows):
		return f.Unused(message)
	case key.Matches(message, f.Keys.Open):
		p.toGo = len(p.found) > 0 // where it was in the small view
	}
	return nil
}

// goOn goes to the next line with what is sought, or to the one before; past the last to the first.
func (p *preview) goOn(by int) {
	p.list.Select(paperRow)
	p.at, p.toGo = (p.at+by+len(p.found))%len(p.found), true
}

// viewPreview draws the preview.
func (t *Tab) viewPreview(f *frame.Frame, width, height int) string {
	p := &t.preview
	if p.document == nil {
		return layout.Fit([]string{"", " " + f.Styles.Muted.Render(f.Words.T("The report is being made…"))}, width, height)
	}
	p.seek(f, width)
	rows := p.rows(f)
	widest := 0
	for _, warning := range p.document.Warnings {
		widest = max(widest, layout.Width(f.Words.Say(warning.What))+previewMargin+1)
	}
	p.list.Keep(rows)
	_, leads := p.current()
	return p.list.View(f, browse.Content{
		Above: p.above(f, width, height),
		Rows:  rows,
		Line: func(row int, current bool, width int) string {
			at := slices.Index(p.ids, rows[row].ID)
			if at < 0 {
				return p.line(f, " ", f.Words.T("The whole report"), current, width)
			}
			return p.line(f, f.Styles.Warning.Render(f.Signs.Problem), f.Words.Say(p.document.Warnings[at].What), current, width)
		},
		Detail: func(width int) (string, []string) { return p.detail(f, width) },
		Width:  min(widest, width*2/5),
		Wanted: min(len(rows), max(height/3, leastWarnings)),
		Leads:  leads,
		Empty:  []string{f.Words.T("No matches."), f.Words.T("Esc shows everything again.")},
	}, width, height)
}

// Sizes of the list of what to look at, in cells and lines.
const (
	previewMargin = 5
	leastWarnings = 3
	lowPreview    = 12 // below it no line says again where the report was written
)

func (p *preview) line(f *frame.Frame, sign, words string, current bool, width int) string {
	words = layout.Cut(words, width-previewMargin)
	return browse.Margin(f, current, false) + sign + " " + browse.Titled(f, words, current)
}

// above says what is shown, how much is to be looked at, and where the report was written.
func (p *preview) above(f *frame.Frame, width, height int) []string {
	w := f.Words
	title := w.T("Preview of the report")
	if period := w.Period(f.Board); period != "" {
		title += " · " + period
	}
	if !f.Query.Empty() && len(p.found) > 0 {
		title = w.T("match %d of %d", p.at+1, len(p.found))
	}
	said := f.Styles.Done.Render(f.Signs.Done + " " + w.T("nothing to check before signing"))
	if n := len(p.document.Warnings); n > 0 {
		said = f.Styles.Warning.Render(f.Signs.Problem + " " + w.Count(n, "%d thing to check before signing",
			"%d things to check before signing"))
	}
	lines := []string{layout.Ends(" "+f.Styles.Title.Render(title), said+" ", width)}
	if layout.Width(title)+layout.Width(said)+3 > width {
		lines[0] = " " + said
	}
	if p.written.File != "" && height >= lowPreview {
		said := f.Signs.Done + " " + w.T("wrote %s in %s", p.written.File, p.written.Folder)
		lines = append(lines, " "+f.Styles.Done.Render(layout.Cut(said, width-2)))
	}
	return lines
}

// detail is the report, or what is under the cursor in full with where it leads.
func (p *preview) detail(f *frame.Frame, width int) (title string, lines []string) {
	if warning, is := p.current(); is {
		to := place(f, warning)
		said := []string{f.Words.T("Enter goes to: %s", placeName(f, to))}
		if to.Subject == (model.Subject{Kind: model.SubjectText}) {
			said = append(said, f.Words.T("`tiendo edit report` opens the file in which it stands."))
		}
		lines = frame.Lines(f.Styles.Title, f.Words.Say(warning.What), width)
		for _, words := range said {
			lines = append(lines, frame.Lines(f.Styles.Muted, words, width)...)
		}
		if !p.list.Opened() { // beside the list the report goes on
			lines = append(lines, f.Styles.Muted.Render(strings.Repeat(f.Signs.Rule, width)))
			for _, line := range p.lines(f, width) {
				lines = append(lines, line.shown)
			}
		}
		return "", lines
	}
	paper := p.lines(f, width)
	lines = make([]string, len(paper))
	for i, line := range paper {
		lines[i] = line.shown
	}
	if f.Query.Empty() {
		return "", lines
	}
	for _, at := range p.found {
		lines[at] = f.Styles.Match.Render(paper[at].words)
	}
	if p.toGo && len(p.found) > 0 {
		p.toGo = false
		p.list.ScrollTo(p.found[p.at])
	}
	return "", lines
}

// seek looks for what is newly sought, from the beginning of the report.
func (p *preview) seek(f *frame.Frame, width int) {
	if p.sought.Same(f.Query) {
		return
	}
	p.sought, p.found = f.Query, nil
	if !f.Query.Empty() {
		p.found, p.at, p.toGo = found(p.lines(f, width), f.Query), 0, true
	}
}

// lines are the report in lines of a width.
func (p *preview) lines(f *frame.Frame, width int) []paperLine {
	if s := &p.set; s.document != p.document || s.width != width || s.theme != f.Theme {
		*s = paperSet{p.document, width, f.Theme, setPaper(f, p.document, width)}
		if p.toGo = len(p.found) > 0; p.toGo {
			p.found = found(s.lines, p.sought)
			p.at = min(p.at, max(len(p.found)-1, 0))
		}
	}
	return p.set.lines
}
