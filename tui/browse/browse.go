// Package browse is the list that every tab shows: rows with a cursor that
// stays on its id, and the detail of the row under the cursor. Only the visible
// rows are drawn.
package browse

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/layout"
	"example.org/tiendo/tui/theme"
)

// wheelRows is how many rows one step of the mouse wheel moves.
const wheelRows = 2

// leastRows is how many rows are in sight before lines below them take a place.
const leastRows = 6

// tightDetail is the height of a detail that has room for the first lines only, tallDetail one that has room for a long
// title.
const tightDetail, tallDetail = 3, 12

// Row is one line of the list. A heading has no ID and the cursor passes over it.
type Row struct{ ID string }

// Content is what a tab shows at this moment.
type Content struct {
	Above  []string                                       // fixed lines above list and detail, over the whole width
	Top    []string                                       // fixed lines above the list
	Rows   []Row                                          // the whole list, or what is known of it
	More   bool                                           // there is more below than Rows
	Line   func(row int, current bool, width int) string  // draws one row
	Detail func(width int) (title string, lines []string) // of the row under the cursor; nil: no detail
	Links  func(width int) []Link                         // of that detail, from its first line to its last; nil: none
	Bottom []string                                       // fixed lines below the last row, where there is room
	Under  func(width, height int) []string               // below a short list beside a detail, where all fits; nil: none
	Width  int                                            // cells that a row could use beside a detail; 0: not known
	Leads  bool                                           // Enter leads elsewhere: it does not open the detail
	Below  bool                                           // the detail stands below, however wide the screen is
	Empty  []string                                       // shown when there are no rows
	Wanted int                                            // how many lines the rows ask for beside the detail; 0 is all
}

// Link is a line of the detail that leads to a place.
type Link struct {
	Line int // counted from 0, below the title
	More int // lines that belong to it below that
	To   event.PlaceWanted
}

// Browser remembers the cursor and what is in sight.
type Browser struct {
	current     string // id under the cursor
	hidden      string // id that was under it when nothing was shown any more
	row         int    // where the cursor was last found
	first       int    // first visible row
	scroll      int    // first visible line of the detail
	open        bool   // the detail fills the tab
	listTop     int    // line of the first visible row in the last view, for the mouse
	headTop     int    // line of the first of the fixed lines above the list, likewise
	head        int    // column of the click on them
	headClicked bool
	listHeight  int
	listWidth   int
	detailTop   int // line and column of the detail in the last view, for the mouse
	detailLeft  int
	detailLines int // of the last view
	detailSpace int
	links       []Link             // of the last view while the detail fills the tab; Line counts the title
	link        int                // the one under the cursor
	going       *event.PlaceWanted // where the person wants to go; nil: nowhere
}

// Current is the id under the cursor; "" when the list is empty.
func (b *Browser) Current() string { return b.current }

// At is the row of the cursor; -1 when the list is empty.
func (b *Browser) At(rows []Row) int {
	if b.current == "" {
		return -1
	}
	return b.find(rows, b.current)
}

// find is where an id stands; -1 where it does not. It is most often that of the row under the cursor.
func (b *Browser) find(rows []Row, id string) int {
	if b.row < len(rows) && rows[b.row].ID == id {
		return b.row
	}
	return slices.Index(rows, Row{ID: id})
}

// Opened reports whether the detail fills the tab.
func (b *Browser) Opened() bool { return b.open }

// Reads reports whether the detail is on the screen: beside or below the list, or in its place.
func (b *Browser) Reads() bool { return b.open || b.detailSpace > 0 }

// ScrollTo brings a line of the detail to the top, counted from 0 with its title.
func (b *Browser) ScrollTo(line int) { b.scroll = line }

// Bindings lists the way back while the detail fills the tab.
func (b *Browser) Bindings(f *frame.Frame) []key.Binding {
	if !b.open {
		return nil
	}
	back := frame.Does(f.Keys.Back, f.Words.T("back"))
	if b.linkInSight() {
		return []key.Binding{f.Keys.Follow, back}
	}
	return []key.Binding{back}
}

// Going is the wish to go where the chosen line of the detail leads; nil where there was none since it was asked last.
func (b *Browser) Going() tea.Cmd {
	if b.going == nil {
		return nil
	}
	wanted := *b.going
	b.going = nil
	return frame.Go(wanted)
}

// HeadClicked is the column of a click on the fixed lines above the list, such as the heads of its columns; false where
// there was none since it was asked last.
func (b *Browser) HeadClicked() (column int, clicked bool) {
	clicked, b.headClicked = b.headClicked, false
	return b.head, clicked
}

// linkInSight reports whether the line under the cursor of an open detail leads somewhere and is on the screen.
func (b *Browser) linkInSight() bool {
	return b.open && b.link < len(b.links) && b.inDetail(b.links[b.link].Line)
}

// inDetail reports whether a line of the detail is on the screen.
func (b *Browser) inDetail(line int) bool { return line >= b.scroll && line < b.scroll+b.detailSpace }

// InSight reports whether the row with an id is on the screen.
func (b *Browser) InSight(rows []Row, id string) bool {
	if b.open || id == "" {
		return id != "" && id == b.current
	}
	at := b.find(rows, id)
	return at >= b.first && at < b.first+b.listHeight
}

// Open lets the detail fill the tab.
func (b *Browser) Open() { b.open, b.scroll, b.link = b.current != "", 0, 0 }

// Close shows the list again.
func (b *Browser) Close() { b.open = false }

// Step goes to another row, also while the detail fills the tab, and shows its beginning. It
// reports whether there was one.
func (b *Browser) Step(rows []Row, by int) bool {
	before := b.current
	b.Keep(rows)
	b.move(rows, by)
	return b.current != before
}

// Select puts the cursor on an id.
func (b *Browser) Select(id string) {
	if id != b.current {
		b.current, b.scroll, b.link = id, 0, 0
	}
}

// First puts the cursor on the first row.
func (b *Browser) First(rows []Row) {
	b.current, b.hidden, b.row, b.scroll, b.link = "", "", 0, 0, 0
	b.Keep(rows)
}

// Keep finds the cursor's row again after the list has changed. When its id is
// gone, the cursor goes to the row that now stands in its place.
func (b *Browser) Keep(rows []Row) {
	nearest, wanted := -1, cmp.Or(b.current, b.hidden)
	if b.row < len(rows) && wanted != "" && rows[b.row].ID == wanted { // it most often stands where it stood
		b.Select(wanted)
		return
	}
	for i, row := range rows {
		if row.ID == "" {
			continue
		}
		if row.ID == wanted {
			b.row = i
			b.Select(wanted)
			return
		}
		if nearest < 0 || i <= b.row {
			nearest = i
		}
	}
	if nearest < 0 {
		if b.current != "" {
			b.current, b.hidden = "", b.current
		}
		b.row = 0
		return
	}
	b.row = nearest
	b.Select(rows[nearest].ID)
}

// Update moves the cursor or the detail and reports whether the message was for it.
func (b *Browser) Update(message tea.Msg, f *frame.Frame, rows []Row) bool {
	b.Keep(rows)
	switch message := message.(type) {
	case tea.KeyMsg:
		return b.key(message, f, rows)
	case tea.MouseMsg:
		return b.mouse(message, rows)
	}
	return false
}

func (b *Browser) key(message tea.KeyMsg, f *frame.Frame, rows []Row) bool {
	keys := f.Keys
	switch {
	case key.Matches(message, keys.Open) && b.linkInSight():
		b.going = &b.links[b.link].To
	case key.Matches(message, keys.Open) && b.open && len(b.links) > 0:
		b.toLink()
	case key.Matches(message, keys.Open):
		b.open, b.scroll, b.link = !b.open && b.current != "", 0, 0
	case key.Matches(message, keys.Back) && b.open:
		b.open, b.scroll = false, 0
	case key.Matches(message, keys.ScrollUp):
		b.scrollBy(-max(b.detailSpace-1, 1))
	case key.Matches(message, keys.ScrollDown):
		b.scrollBy(+max(b.detailSpace-1, 1))
	case key.Matches(message, keys.Up):
		b.upDown(rows, -1)
	case key.Matches(message, keys.Down):
		b.upDown(rows, +1)
	case key.Matches(message, keys.First):
		b.move(rows, -len(rows))
	case key.Matches(message, keys.Last):
		b.move(rows, +len(rows))
	default:
		return false
	}
	return true
}

// upDown moves the cursor: over the lines that lead somewhere where the detail fills the tab, scrolling by a line as
// long as none of them is in sight, and over the rows where the detail is read as a whole.
func (b *Browser) upDown(rows []Row, by int) {
	if b.open && len(b.links) > 0 {
		next := b.nextLink(by)
		if next < 0 {
			b.scrollBy(by)
			return
		}
		line := b.links[next].Line
		b.link, b.scroll = next, min(max(b.scroll, line-b.detailSpace+1), line)
		return
	}
	if b.open && b.detailLines > b.detailSpace {
		b.scrollBy(by)
		return
	}
	b.move(rows, by)
}

// scrollBy scrolls the detail by some lines, as far as there are any.
func (b *Browser) scrollBy(lines int) {
	b.scroll = max(min(b.scroll+lines, b.detailLines-b.detailSpace), 0)
}

// toLink brings the next line that leads somewhere into sight, with the cursor on it.
func (b *Browser) toLink() {
	b.link = slices.IndexFunc(b.links, func(link Link) bool { return link.Line >= b.scroll })
	if b.link < 0 {
		b.link = len(b.links) - 1
	}
	line := b.links[b.link].Line
	b.scroll = min(max(b.scroll, line-b.detailSpace+1), line)
}

// nextLink is the line that leads somewhere to which the cursor goes from the present one, or in from outside of what
// is in sight; -1 where none is in sight or just beyond.
func (b *Browser) nextLink(by int) int {
	at := b.link + by
	if !b.linkInSight() {
		at = slices.IndexFunc(b.links, func(link Link) bool { return link.Line >= b.scroll })
		for at >= 0 && by < 0 && at < len(b.links) && b.inDetail(b.links[at].Line) {
			at++
		}
		if by < 0 && at >= 0 {
			at--
		}
	}
	if at < 0 || at >= len(b.links) || !b.inDetail(b.links[at].Line) && !b.inDetail(b.links[at].Line-by) {
		return -1
	}
	return at
}

// move takes the cursor over by rows, headings not counted, and stops at the ends.
func (b *Browser) move(rows []Row, by int) {
	step := 1
	if by < 0 {
		step = -1
	}
	for at := b.row + step; by != 0 && at >= 0 && at < len(rows); at += step {
		if rows[at].ID == "" {
			continue
		}
		b.row = at
		by -= step
	}
	if b.row < len(rows) {
		b.Select(rows[b.row].ID)
	}
}

func (b *Browser) mouse(message tea.MouseMsg, rows []Row) bool {
	overDetail := b.overDetail(message)
	switch {
	case message.Button == tea.MouseButtonWheelUp && overDetail:
		b.scrollBy(-wheelRows)
	case message.Button == tea.MouseButtonWheelDown && overDetail:
		b.scrollBy(+wheelRows)
	case message.Button == tea.MouseButtonWheelUp:
		b.move(rows, -wheelRows)
	case message.Button == tea.MouseButtonWheelDown:
		b.move(rows, +wheelRows)
	case message.Button == tea.MouseButtonLeft && message.Action == tea.MouseActionPress:
		if overDetail {
			return b.clickDetail(message)
		}
		at := b.first + message.Y - b.listTop
		if !b.open && message.X < b.listWidth && message.Y >= b.headTop && message.Y < b.listTop {
			b.head, b.headClicked = message.X, true
			return false
		}
		if b.open || message.X >= b.listWidth || message.Y < b.listTop || message.Y >= b.listTop+b.listHeight ||
			at >= len(rows) || rows[at].ID == "" {
			return false
		}
		b.row = at
		b.Select(rows[at].ID)
	default:
		return false
	}
	return true
}

// overDetail reports whether the mouse is over the detail.
func (b *Browser) overDetail(message tea.MouseMsg) bool {
	return message.Y >= b.detailTop && message.Y < b.detailTop+b.detailSpace && message.X >= b.detailLeft
}

// clickDetail takes a click on the detail: on a line that leads somewhere it goes there, and beside a list it lets the
// detail fill the tab.
func (b *Browser) clickDetail(message tea.MouseMsg) bool {
	if !b.open {
		b.Open()
		return true
	}
	at := slices.IndexFunc(b.links, func(link Link) bool { return link.Line == b.scroll+message.Y-b.detailTop })
	if at < 0 {
		return false
	}
	b.link, b.going = at, &b.links[at].To
	return true
}

// View draws list and detail in exactly width × height.
func (b *Browser) View(f *frame.Frame, content Content, width, height int) string {
	b.Keep(content.Rows)
	if len(content.Rows) == 0 {
		lines := append(slices.Concat(content.Above, content.Top), "")
		for _, line := range content.Empty {
			for _, wrapped := range layout.Wrap(line, width-2) {
				lines = append(lines, " "+f.Styles.Muted.Render(wrapped))
			}
		}
		return layout.Fit(lines, width, height)
	}
	if b.open && content.Detail != nil {
		b.detailTop, b.detailLeft = 0, 0
		return strings.Join(b.detail(f, content, width, height), "\n")
	}
	above := content.Above[:min(len(content.Above), height)]
	height -= len(above)
	body := layout.Body{ListWidth: width, ListHeight: height}
	if content.Detail != nil {
		wanted := len(content.Rows)
		if content.Wanted > 0 {
			wanted = min(wanted, content.Wanted)
		}
		wanted += len(content.Top) + len(content.Bottom)
		body = layout.Divide(width, height, wanted, content.Width)
		if content.Below {
			body = layout.Under(width, height, wanted)
		}
	}
	list := b.list(f, content, body)
	used := b.listTop + len(content.Rows) + len(content.Bottom) + 1
	if body.Beside && content.Under != nil && used < len(list) {
		if under := content.Under(body.ListWidth-1, len(list)-used); len(under) > 0 && used+len(under) <= len(list) {
			list[used-1] = f.Styles.Muted.Render(strings.Repeat(f.Signs.Rule, body.ListWidth))
			for i := range under {
				list[used+i] = layout.Cut(under[i], body.ListWidth)
			}
		}
	}
	b.headTop = len(above)
	b.listTop += len(above)
	b.detailTop, b.detailLeft = len(above)+body.ListHeight+1, 0
	if body.Beside {
		b.detailTop, b.detailLeft = len(above), body.ListWidth+3
	}
	if body.DetailHeight == 0 {
		b.detailLines, b.detailSpace = 0, 0
		return layout.Fit(slices.Concat(above, list), width, len(above)+height)
	}
	detail := b.detail(f, content, body.DetailWidth, body.DetailHeight)
	if !body.Beside {
		return strings.Join(slices.Concat(above, list, []string{b.rule(f, &content, width)}, detail), "\n")
	}
	side := f.Styles.Muted.Render(f.Signs.Side)
	lines := make([]string, height)
	for i := range lines {
		lines[i] = layout.Left(list[i], body.ListWidth) + " " + side + " " + detail[i]
	}
	return strings.Join(slices.Concat(above, lines), "\n")
}

// list draws the fixed lines and the visible rows: exactly the height of the list.
func (b *Browser) list(f *frame.Frame, content Content, body layout.Body) []string {
	lines := make([]string, 0, body.ListHeight)
	for _, line := range content.Top[:min(len(content.Top), body.ListHeight)] {
		lines = append(lines, layout.Cut(line, body.ListWidth))
	}
	b.listTop, b.listWidth, b.listHeight = len(lines), body.ListWidth, body.ListHeight-len(lines)
	bottom, rows := content.Bottom, len(content.Rows)
	spare := max(b.listHeight-rows, 0)
	if rows > b.listHeight && b.listHeight > leastRows { // the first line below them still says something of all
		spare = 1
	}
	bottom = bottom[:min(len(bottom), spare)] // a row is worth more
	b.listHeight -= len(bottom)
	b.first = layout.Window(b.first, b.row, len(content.Rows), b.listHeight)
	if b.row > 0 && b.row == b.first && content.Rows[b.row-1].ID == "" && b.listHeight > 1 {
		b.first-- // a heading stays in sight above its first row
	}
	for i := b.first; i < len(content.Rows) && len(lines) < b.listTop+b.listHeight; i++ {
		lines = append(lines, theme.Joined(layout.Cut(content.Line(i, i == b.row, body.ListWidth), body.ListWidth)))
	}
	ruled := !body.Beside && body.DetailHeight > 0 // the rule below says how much
	if above, below := b.unseen(content.Rows); len(lines) > b.listTop && !ruled {
		if above > 0 {
			mark(&lines[b.listTop], f.Styles.Accent.Render(f.Signs.Above))
		}
		if below > 0 {
			mark(&lines[len(lines)-1], f.Styles.Accent.Render(f.Signs.Below))
		}
	}
	if at := b.listTop + b.row - b.first; at < len(lines) {
		lines[at] = f.Styles.RowOver(lines[at], body.ListWidth)
	}
	for _, line := range bottom {
		lines = append(lines, layout.Cut(line, body.ListWidth))
	}
	for len(lines) < body.ListHeight {
		lines = append(lines, "")
	}
	return lines
}

// mark puts a sign into the blank cell with which a row begins.
func mark(line *string, sign string) {
	if rest, blank := strings.CutPrefix(*line, " "); blank {
		*line = sign + rest
	}
}

// unseen is how many rows stand above and below what is in sight, headings not counted.
func (b *Browser) unseen(rows []Row) (above, below int) {
	for i, row := range rows {
		switch {
		case row.ID == "":
		case i < b.first:
			above++
		case i >= b.first+b.listHeight:
			below++
		}
	}
	return above, below
}

// rule is the line between list and detail. It says how many rows are out of sight.
func (b *Browser) rule(f *frame.Frame, content *Content, width int) string {
	const tail = 2
	words := ""
	above, below := b.unseen(content.Rows)
	if above > 0 {
		words += " " + f.Signs.Above + " " + strconv.Itoa(above)
	}
	if below > 0 {
		words += " " + f.Signs.Below + " " + strconv.Itoa(below)
		if content.More {
			words += "+"
		}
	}
	if words != "" {
		words += " "
	}
	run := strings.Repeat(f.Signs.Rule, max(width-layout.Width(words)-tail, 0))
	return f.Styles.Muted.Render(layout.Cut(run+words+strings.Repeat(f.Signs.Rule, tail), width))
}

// detail draws the detail of the current row: exactly height lines, the last
// one saying how much is out of sight.
func (b *Browser) detail(f *frame.Frame, content Content, width, height int) []string {
	const sign = 2                // before a line that leads somewhere
	inner, before := width-2, " " // a blank on either side
	b.links = nil
	if b.open && content.Links != nil {
		if b.links = content.Links(inner - sign); len(b.links) > 0 {
			inner, before = inner-sign, before+strings.Repeat(" ", sign)
		}
	}
	title, lines := content.Detail(inner)
	all := make([]string, 0, len(lines)+1)
	tight := height <= tightDetail
	titles := 2
	if height >= tallDetail {
		titles = height / 3
	}
	for _, line := range layout.First(layout.Wrap(title, inner), titles, inner) {
		all = append(all, before+f.Styles.Title.Render(line))
	}
	for _, line := range lines {
		all = append(all, before+layout.Cut(line, inner))
	}
	space := height
	if len(all) > height && !tight {
		space = height - 1
	}
	b.detailLines, b.detailSpace = len(all), space
	b.scroll = max(min(b.scroll, len(all)-space), 0)
	for i := range b.links {
		b.links[i].Line += len(all) - len(lines)
	}
	b.link = min(b.link, max(len(b.links)-1, 0))
	if b.linkInSight() {
		link := b.links[b.link]
		at := &all[link.Line]
		*at = " " + f.Styles.Accent.Render(f.Signs.Cursor) + strings.TrimPrefix(*at, before[1:])
		for i := link.Line; i <= min(link.Line+link.More, len(all)-1); i++ {
			all[i] = f.Styles.RowOver(all[i], width)
		}
	}
	out := make([]string, height)
	copy(out, all[b.scroll:min(b.scroll+space, len(all))])
	// a line of its own would take the place of what matters
	if below := len(all) - b.scroll - space; tight && below > 0 && height > 0 {
		out[height-1] = layout.Ends(out[height-1],
			f.Styles.Muted.Render(f.Signs.Below+" "+strconv.Itoa(below)+" · "+f.Keys.ScrollDown.Help().Key), width-1)
	}
	if space < height && height > 0 {
		below := len(all) - b.scroll - space
		more := f.Words.T("end of the text · PgUp scrolls up")
		switch {
		case below > 0 && (b.open || content.Leads):
			more = f.Words.Count(below, "%d more line · PgDn scrolls", "%d more lines · PgDn scrolls")
		case below > 0:
			more = f.Words.Count(below, "%d more line · PgDn scrolls · Enter reads in full",
				"%d more lines · PgDn scrolls · Enter reads in full")
		}
		out[height-1] = f.Styles.Muted.Render(layout.Right(more, width-1))
	}
	return out
}
