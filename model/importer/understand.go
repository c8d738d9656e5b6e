package importer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/tiendo/model/importer/source"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// stage is how far the reading has come. No line is a gate: each part can begin by itself.
type stage int

const (
	inHead stage = iota
	inBasis
	inBody
	inTail  // recipients and signature
	inAnnex // what is attached
)

// reader understands a document line by line.
type reader struct {
	*Reading
	answers  Answers
	stage    stage
	parts    []level     // the parts that are open, the outer ones first
	facts    source.Rank // of the heading of a fact of an event, whose text stands below; 0: of none
	section  *Section
	above    source.Rank // of the section
	named    []*unit     // who does what stands below
	owned    source.Rank // of the heading that names them
	gives    bool        // that heading gives tasks that are numbered like itself
	task     *Task       // the last one
	group    []*Task     // the tasks of the section so far
	defaults []shared    // what lines above them tell of each of them
	told     int         // lines that told something of them
	uses     map[*source.Block][]use
}

// level is a part that is open.
type level struct {
	part    part
	rank    source.Rank // of its heading
	unknown bool        // its heading says nothing that is known
	event   bool        // it tells of an event: when, where, for whom
}

// now is the part in which a line stands.
func (r *reader) now() *level {
	if len(r.parts) == 0 {
		return &level{}
	}
	return &r.parts[len(r.parts)-1]
}

// leave ends the parts within others whose heading does not stand above a label.
func (r *reader) leave(rank source.Rank) {
	for len(r.parts) > 1 && rank != source.NoLabel && r.now().rank >= rank && r.now().rank < source.Dash &&
		r.now().rank != source.NoLabel {
		r.parts = r.parts[:len(r.parts)-1]
		r.endSection()
	}
}

// endSection ends what holds for the tasks of a part.
func (r *reader) endSection() {
	r.section, r.above, r.named, r.owned, r.task, r.group, r.told, r.defaults = nil, 0, nil, 0, nil, nil, 0, nil
}

// use is what a day of a block was taken for.
type use struct {
	dated
	as Use
}

// Understand reads a document by the rules of the table in words.go. What a person has answered counts more.
func Understand(document *source.Document, answers Answers) *Reading {
	reading := &Reading{Document: document, English: isEnglish(document), Known: answers.Known}
	r := reader{Reading: reading, answers: answers, uses: map[*source.Block][]use{}}
	for i := range document.Blocks {
		r.Lines = append(r.Lines, Line{Block: &document.Blocks[i], Role: Left})
	}
	for i := 0; i < len(r.Lines); {
		if n := r.table(i); n > 0 {
			i += n
			continue
		}
		r.line(i)
		i++
	}
	r.settleHead()
	r.settleAnnex()
	r.settleReports()
	r.settleOwners()
	r.settleDays()
	return r.Reading
}

// isEnglish reports a document without Vietnamese letters.
func isEnglish(document *source.Document) bool {
	marked, letters := 0, 0
	for i := range document.Blocks {
		for _, c := range document.Blocks[i].Text {
			if unicode.IsLetter(c) {
				letters++
				if c >= 0x80 {
					marked++
				}
			}
		}
	}
	return letters > 0 && marked*20 < letters
}

// Key is how an answer names a line.
func (l *Line) Key() string { return text.Fold(l.Printed()) }

// line understands a line that is in no table of tasks.
func (r *reader) line(i int) {
	l := &r.Lines[i]
	switch l.Part {
	case source.Margin:
		l.Role = Margin
		return
	case source.Footnote:
		r.keep(l, Kept)
		return
	case source.Box:
		r.keep(l, Kept)
		l.Doubt = phrase.Say("it stands in a text box")
		return
	case source.Body:
	}
	l.part = r.now().part
	if role, answered := r.answers.Lines[l.Key()]; answered {
		r.placeAs(i, role)
		return
	}
	switch {
	case r.typeLine(l):
	case r.stage == inHead && r.head(i):
	case r.stage == inBasis && r.basis(l):
	case r.stage == inTail && r.tail(l):
	case r.stage == inAnnex:
		r.annex(l)
	default:
		r.body(i)
	}
}

// keep keeps a line as a text that the plan has no key for.
func (r *reader) keep(l *Line, role Role) {
	l.Role = role
	r.Kept = append(r.Kept, Remainder{l.passage(), role})
}

func (l *Line) passage() Passage { return Passage{l.Printed(), l.Place} }

// put gives a line a role that is a list of passages.
func (r *reader) put(l *Line, role Role, to *[]Passage) {
	l.Role = role
	*to = append(*to, l.passage())
}

// colon divides a line at its first colon, if that stands near its beginning.
func colon(s string) (head, rest string, is bool) {
	head, rest, is = strings.Cut(s, ":")
	const most = 120
	if !is || utf8.RuneCountInString(head) > most {
		return s, "", false
	}
	return head, strings.TrimSpace(rest), true
}

// body understands a line of the plan itself.
func (r *reader) body(i int) {
	l := &r.Lines[i]
	folded := text.Fold(l.Plain())
	switch {
	case r.closes(i, folded):
		r.put(l, Closing, &r.Closing)
		r.stage = inTail
		return
	case isRecipientsLabel(folded), r.signs(i):
		r.stage = inTail
		r.tail(l)
		return
	}
	if r.now().part == duties && l.Rank > r.now().rank && r.ownerHeading(i) {
		return
	}
	if (r.task != nil || r.section != nil) && r.attributeLine(l) {
		return
	}
	if h, is := headingOf(l); is && !r.groups(i, h) {
		r.begin(l, h)
		return
	}
	if r.facts > 0 && (l.Rank == source.NoLabel || l.Rank > r.facts) {
		r.keep(l, Fact)
		return
	}
	r.facts = 0
	r.leave(l.Rank)
	l.part = r.now().part
	r.content(i, folded)
}

// signs reports the first line of a signature where nothing else ends the plan: a title in capitals, below it a name.
func (r *Reading) signs(i int) bool {
	const longest, lines = 60, 3
	for n := i; n < len(r.Lines) && n < i+lines; n++ {
		l := &r.Lines[n]
		words := l.Plain()
		switch {
		case l.Label != "" || l.InTable() || utf8.RuneCountInString(words) > longest:
			return false
		case n > i && !source.IsUpper(words):
			return personName(words) && n+lines >= len(r.Lines)
		case !source.IsUpper(words):
			return false
		}
	}
	return false
}

// closes reports the last paragraph of the plan.
func (r *reader) closes(i int, folded string) bool {
	if hasPrefix(folded, closings) {
		return true
	}
	l := &r.Lines[i]
	if !strings.HasSuffix(l.Plain(), "./.") || l.Rank == source.Article {
		return false
	}
	for n := i + 1; n < len(r.Lines) && n < i+4; n++ { // a task may end so by mistake
		if h, is := headingOf(&r.Lines[n]); is && h.known && r.Lines[n].Label != "" {
			return false
		}
	}
	return l.Label == ""
}

// groups reports that what looks like the heading of a part is that of a group of tasks within one of the same kind.
func (r *reader) groups(i int, h heading) bool {
	l := &r.Lines[i]
	of := r.now()
	return h.rest == "" && h.part == activities && of.part == activities && !of.event && of.rank != source.NoLabel &&
		l.Rank > of.rank && l.Rank < source.Dash && !source.IsUpper(l.Plain()) && r.heads(i)
}

const hour source.Pattern = `(?i)\b\d{1,2}\s?(?:h|giờ|g)\s?\d{0,2}`

// begin begins a part.
func (r *reader) begin(l *Line, h heading) {
	r.facts = 0
	r.leave(l.Rank)
	outer := r.now()
	within := outer.part == activities && l.Rank > outer.rank && outer.rank != source.NoLabel
	if within && (strings.HasPrefix(text.Fold(h.head), "dia diem") || h.part == period && hour.MatchString(h.rest)) {
		outer.event = true
	}
	if within && outer.event && (h.part == facts || h.part == activities || h.part == period && len(r.Period) > 0) {
		if h.rest != "" {
			r.keep(l, Fact)
			return
		}
		r.put(l, Heading, &r.Headings)
		r.facts = l.Rank
		return
	}
	if l.Rank == source.NoLabel || l.Rank >= source.Dash {
		r.parts = nil
	}
	for len(r.parts) > 0 && r.now().rank >= l.Rank {
		r.parts = r.parts[:len(r.parts)-1]
	}
	r.endSection()
	r.parts = append(r.parts, level{part: h.part, rank: l.Rank, unknown: !h.known})
	if r.stage < inBody {
		r.stage = inBody
	}
	l.part = h.part
	if h.rest == "" {
		r.put(l, Heading, &r.Headings)
		return
	}
	switch h.part {
	case theme, period:
		r.Headings = append(r.Headings, Passage{strings.TrimSpace(l.Label + " " + h.head + ":"), l.Place})
		r.value(l, h.rest)
	case aims, requirements:
		r.Headings = append(r.Headings, Passage{strings.TrimSpace(l.Label + " " + h.head + ":"), l.Place})
		r.goal(l)
		r.Goals[len(r.Goals)-1].Text = h.rest
	case messages, goals, activities, duties:
		r.put(l, Heading, &r.Headings)
	default:
		r.keep(l, roleOf(h.part))
	}
}

// value takes what stands in the part of the theme or of the period.
func (r *reader) value(l *Line, words string) {
	to, role := &r.Theme, Theme
	if r.now().part == period {
		to, role = &r.Period, Period
	}
	if len(*to) > 0 {
		r.keep(l, Fact)
		if role == Theme {
			l.Role = Kept
		}
		return
	}
	l.Role = role
	*to = append(*to, Passage{words, l.Place})
	if role == Period {
		r.periodDays(l, words)
	}
}

// periodDays reads the first and the last day of the plan.
func (r *reader) periodDays(l *Line, words string) {
	days := daysIn(words)
	from, last, ok := rangeIn(words)
	switch found, _ := r.deadlinesIn(words); {
	case ok:
		r.Starts, r.Ends = from.day, last.day
		r.used(l, OfPeriod, from, last)
	case len(days) == 1 && len(found) == 1 && !found[0].before:
		r.Ends = found[0].day
		r.used(l, OfPeriod, found[0].dated)
	case len(days) == 1 && fromUntil.MatchString(words[:days[0].start]):
		r.Starts = days[0].day
		r.used(l, OfPeriod, days[0])
	default:
		for _, day := range days {
			r.used(l, OfEvent, day)
		}
		if len(days) > 1 {
			l.Doubt = phrase.Say("it names several days: which are the first and the last day?")
		}
	}
}

// used notes what days of a block were taken for; they are found by the day itself.
func (r *reader) used(l *Line, as Use, days ...dated) {
	for _, day := range days {
		r.uses[l.Block] = append(r.uses[l.Block], use{day, as})
	}
}

// roleOf is what a line is whose part is kept as text.
func roleOf(of part) Role {
	switch of {
	case facts, period:
		return Fact
	case funding:
		return Funding
	case reporting:
		return Reporting
	}
	return Kept
}

// content understands a line of which the part alone says what it is.
func (r *reader) content(i int, folded string) {
	l := &r.Lines[i]
	of := r.now()
	if of.part != activities && of.part != duties && of.part != noPart && r.heads(i) {
		r.put(l, Heading, &r.Headings)
		return
	}
	switch of.part {
	case goals, aims, requirements:
		r.goal(l)
	case theme, period:
		r.value(l, l.Printed())
	case messages:
		r.put(l, Message, &r.Messages)
	case activities, duties:
		r.action(i, folded)
	case facts, funding, reporting:
		r.keep(l, roleOf(of.part))
	case background:
		if source.IsUpper(l.Plain()) && l.Label == "" { // below "Phần II"
			r.put(l, Heading, &r.Headings)
			return
		}
		r.keep(l, Kept)
		if of.unknown {
			l.Doubt = phrase.Say("the heading above it says nothing that is known: it is kept as text only")
		}
	case noPart:
		if l.Rank == source.Article {
			r.keep(l, Kept)
		}
	}
}

func (r *reader) goal(l *Line) {
	goal := Goal{Passage: l.passage(), Role: Aim}
	switch r.now().part {
	case requirements:
		goal.Role = Requirement
	case goals:
		goal.Asked = true
		l.Doubt = phrase.Say("the document does not say whether it is an aim or a requirement")
	}
	l.Role = goal.Role
	r.Goals = append(r.Goals, goal)
}

// heads reports a short line with a label that stands above deeper ones.
func (r *reader) heads(i int) bool {
	l := &r.Lines[i]
	const longest = 200
	words := l.Plain()
	if l.Rank == source.NoLabel || l.Rank >= source.Dash || utf8.RuneCountInString(words) > longest ||
		strings.HasSuffix(words, ".") || strings.HasSuffix(words, ";") {
		return false
	}
	next, at := r.next(i)
	if next == nil {
		return false
	}
	if next.Rank == source.NoLabel {
		const short = 120
		return strings.HasSuffix(words, ":") || utf8.RuneCountInString(words) <= short &&
			!r.closes(at, text.Fold(next.Plain()))
	}
	return next.Rank > l.Rank
}

// next is the next line that is no page number; nil at the end, or where a table begins.
func (r *reader) next(i int) (*Line, int) {
	for n := i + 1; n < len(r.Lines); n++ {
		if l := &r.Lines[n]; l.Part == source.Body {
			if l.InTable() != r.Lines[i].InTable() {
				return nil, n
			}
			return l, n
		}
	}
	return nil, len(r.Lines)
}

// placeAs places a line as a person has said.
func (r *reader) placeAs(i int, role Role) {
	l := &r.Lines[i]
	switch role {
	case Aim, Requirement:
		l.Role = role
		r.Goals = append(r.Goals, Goal{Passage: l.passage(), Role: role})
	case Message:
		r.put(l, Message, &r.Messages)
	case Theme:
		defer func(before []level) { r.parts = before }(r.parts)
		r.parts = []level{{part: theme}}
		r.value(l, l.Printed())
	case Period:
		defer func(before []level) { r.parts = before }(r.parts)
		r.parts = []level{{part: period}}
		r.value(l, l.Printed())
	case Activity, Duty:
		r.addTask(l, role == Duty)
	case Detail:
		r.detail(l)
	case Group:
		r.beginSection(l)
	case Owner:
		r.beginOwner(l, r.namesOf(l.Plain(), l.Line))
	case Title:
		r.put(l, Title, &r.Title)
	case Settled:
		l.Role = Settled
	default:
		r.keep(l, role)
	}
}
