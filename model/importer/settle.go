package importer

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/importer/source"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// settleAnnex settles which tasks count where an annex and the prose both name some: nothing may count twice.
func (r *reader) settleAnnex() {
	annexed, units, prose := 0, 0, 0
	for _, task := range r.Tasks {
		switch {
		case !task.Annex:
			prose++
		case len(task.Leads)+len(task.Assigned) > 0:
			annexed, units = annexed+1, units+1
		default:
			annexed++
		}
	}
	if annexed == 0 || prose == 0 {
		return
	}
	r.Annexed = r.answers.Annex
	if r.Annexed == NoAnnex {
		r.Asked = true
		r.Annexed = AnnexToo
		if units > 0 && r.sayTheSame() { // the annex also says who does what
			r.Annexed = AnnexOnly
		}
	}
	n := r.count(func(task *Task) bool { return !task.Annex && task.Duty })
	switch r.Annexed {
	case AnnexOnly:
		r.Notes = append(r.Notes, phrase.Say("the text names %d activities and %d duties, an annex %d tasks: those of the "+
			"annex count, the text is kept beside them", prose-n, n, annexed))
		r.leaveOut(func(task *Task) bool { return !task.Annex })
	case ProseOnly:
		r.Notes = append(r.Notes, phrase.Say("the text names %d activities and %d duties, an annex %d tasks: those of the "+
			"text count, the annex is kept beside them", prose-n, n, annexed))
		r.leaveOut(func(task *Task) bool { return task.Annex })
	default:
		r.Notes = append(r.Notes, phrase.Say("the text names %d activities and %d duties, an annex %d tasks: all of them "+
			"count", prose-n, n, annexed))
	}
}

// sayTheSame reports that at least half of the tasks of the annex stand in the text, too: three of four of their first
// twelve words are in one of its tasks.
func (r *Reading) sayTheSame() bool {
	const words, mostPairs = 12, 250_000
	var prose []map[string]bool
	annexed := 0
	for _, task := range r.Tasks {
		if task.Annex {
			annexed++
			continue
		}
		said := map[string]bool{}
		for _, word := range wordsOf(task.Text) {
			said[word] = true
		}
		prose = append(prose, said)
	}
	if annexed*len(prose) > mostPairs {
		return false
	}
	same := r.count(func(task *Task) bool {
		first := wordsOf(task.Title)
		first = first[:min(words, len(first))]
		return task.Annex && slices.ContainsFunc(prose, func(said map[string]bool) bool {
			n := 0
			for _, word := range first {
				if said[word] {
					n++
				}
			}
			return n*4 >= len(first)*3
		})
	})
	return same*2 >= annexed
}

// wordsOf are the words of a text without their accents.
func wordsOf(s string) []string {
	return strings.FieldsFunc(text.Fold(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
}

func (r *Reading) count(is func(*Task) bool) int {
	n := 0
	for _, task := range r.Tasks {
		if is(task) {
			n++
		}
	}
	return n
}

// leaveOut keeps tasks as texts.
func (r *reader) leaveOut(out func(*Task) bool) {
	var kept []*Task
	for _, section := range r.Sections {
		section.used = false
	}
	for _, task := range r.Tasks {
		if !out(task) {
			kept = append(kept, task)
			if task.Section != nil {
				task.Section.used = true
			}
			continue
		}
		r.Kept = append(r.Kept, Remainder{task.Passage, Kept})
		for _, note := range task.Notes {
			r.Kept = append(r.Kept, Remainder{note, Kept})
		}
	}
	r.Tasks = kept
	for i := range r.Lines {
		l := &r.Lines[i]
		inAnnex := l.InTable()
		switch l.Role {
		case Activity, Duty, Detail, Attribute, Cell:
			if inAnnex == (r.Annexed == ProseOnly) {
				if l.Role == Attribute || l.Role == Cell {
					r.Kept = append(r.Kept, Remainder{l.passage(), Kept})
				}
				l.Role = Kept
				l.Doubt = phrase.Sentence{}
				for n := range r.uses[l.Block] {
					if r.uses[l.Block][n].as == OfDeadline {
						r.uses[l.Block][n].as = Citation
					}
				}
			}
		}
	}
}

const (
	reportSentence source.Pattern = `(?i)(báo cáo|gửi|report)`
	through        source.Pattern = `(?i)\(?\b(?:thông qua|qua)\s+`
	dayOfMonth     source.Pattern = `(?i)(trước|đến hết|chậm nhất(?: là| vào| đến)*|before|by)\s+` +
		`(?:ngày\s+|the\s+|day\s+)?(\d{1,2})(?:\s*[/.-]\s*(\d{1,2}))?(?:st|nd|rd|th)?\b`
	nextMonth source.Pattern = `(?i)tháng\s+(sau|kế tiếp|tiếp theo)`
	towards   source.Pattern = `(?i)(?:^|\s)(?:về|gửi về|gửi|cho|tới|đến|to the|to)\s+`
)

// everyWords say how often.
var everyWords = []struct {
	every calendar.Every
	words source.Pattern
}{
	{calendar.HalfYearly, `(?i)(6 tháng|sáu tháng|half-yearly|every six months)`},
	{calendar.Monthly, `(?i)((?:hằng|hàng)\s+tháng|monthly|every month)`},
	{calendar.Quarterly, `(?i)((?:hằng|hàng)\s+quý|quarterly|every quarter)`},
	{calendar.Yearly, `(?i)((?:hằng|hàng)\s+năm|yearly|annually|every year)`},
}

// settleReports looks for to whom and by when the units report: in the part that is about it, in the last paragraph,
// and in duties that name who collects.
func (r *reader) settleReports() {
	said := false
	collectors := map[*unit]*Line{}
	var asked []*Line // duties of a group to report to somebody
	for i := range r.Lines {
		l := &r.Lines[i]
		words := l.Plain()
		if !reportSentence.MatchString(words) {
			continue
		}
		switch l.Role {
		case Reporting, Closing:
			said = r.reportsOf(l, words) || said
		case Kept:
			if l.part == duties || l.part == activities {
				r.reportsOf(l, words)
			}
		case Duty:
			to := r.collector(l, words)
			if to != nil && strings.Contains(text.Fold(words), "tong hop") {
				collectors[to] = l
			}
			if to != nil && r.ofAll(l) {
				asked = append(asked, l)
			}
		}
	}
	for _, l := range asked {
		if !said && r.reportsOf(l, l.Plain()) {
			said = true
			l.Doubt = phrase.Say("it is taken for the rule of the reports of all units")
		}
	}
	r.reportsToCollector(collectors)
}

// reportsToCollector takes the one unit that duties name as who collects, where nothing else says it.
func (r *reader) reportsToCollector(collectors map[*unit]*Line) {
	if r.Reports.To != nil || len(collectors) != 1 {
		return
	}
	for to, l := range collectors {
		r.Reports.To, r.Reports.At, r.Reports.Text = to, l.Place, l.Plain()
		if strings.Contains(text.Fold(l.Plain()), "dinh ky") {
			r.Reports.Open = "định kỳ"
		}
	}
}

// ofAll reports a duty of several units at once.
func (r *Reading) ofAll(l *Line) bool {
	at := slices.IndexFunc(r.Tasks, func(task *Task) bool { return task.At == l.Place })
	return at >= 0 && len(r.Tasks[at].Assigned) > 0 && r.Tasks[at].Assigned[0].group
}

// reportsOf reads one sentence about reports. What an earlier one has said stays.
func (r *reader) reportsOf(l *Line, words string) bool {
	said := false
	to := &r.Reports
	if to.To == nil {
		if collector := r.collector(l, words); collector != nil {
			to.To, said = collector, true
		}
	}
	if to.Every != calendar.Once || !to.Until.IsZero() || !to.Before.IsZero() || to.Open != "" {
		return said
	}
	found, doubtful := r.deadlinesIn(words)
	every := calendar.Once
	for _, row := range everyWords {
		if row.words.MatchString(words) {
			every = row.every
			break
		}
	}
	day := dayOfMonth.FindStringSubmatch(words)
	switch {
	case len(found) > 1 || len(doubtful) > 0:
		l.Doubt = phrase.Say("it names several days: which is that of the reports?")
	case len(found) == 1 && every == calendar.Once:
		found[0].put(&to.Until, &to.Before)
		r.used(l, OfReport, found[0].dated)
	case every != calendar.Once && day != nil && len(found) == 0:
		to.Every = every
		number, _ := strconv.Atoi(day[2])
		month, _ := strconv.Atoi(day[3])
		if day[3] != "" && !(every == calendar.Yearly && month == 12) {
			to.Every, to.Open = calendar.Once, day[0]
			break
		}
		to.Day, to.Next = number, nextMonth.MatchString(words)
		to.Open = ""
		if excluded := strings.EqualFold(day[1], "trước") || strings.EqualFold(day[1], "before"); !excluded {
			to.Day = -number
		}
	case every != calendar.Once:
		to.Every = every
	case day != nil && len(found) == 0:
		to.Open = day[0]
	case strings.Contains(text.Fold(words), "dinh ky"):
		to.Open = "định kỳ"
	default:
		return said
	}
	to.At, to.Text = l.Place, words
	return true
}

// collector is to whom a sentence has the reports sent; nil when it does not say.
func (r *reader) collector(l *Line, words string) *unit {
	at := reportSentence.FindStringIndex(words)
	if at == nil {
		return nil
	}
	rest := words[at[0]:]
	for _, form := range []source.Pattern{through, towards} {
		for _, found := range form.FindAllStringIndex(rest, -1) {
			name := rest[found[1]:]
			if end := endOfName(name); end > 0 && !isGroup(name[:end]) {
				name = strings.TrimRight(name[:end], " )")
				if open := strings.Index(name, ")"); open > 0 {
					name = name[:open]
				}
				if !personName(name) && beginsWithOrgan(name, false) && !isUpperBody(name) {
					return r.owners.add(name, l.Line)
				}
			}
		}
	}
	return nil
}

// isUpperBody reports the body to which the whole plan is reported and which collects nothing itself.
func isUpperBody(name string) bool {
	return hasPrefix(text.Fold(name), []string{"ban thuong vu", "ubnd tinh", "uy ban nhan dan tinh", "thu tuong", "hdnd"})
}

// settleOwners gives each unit its id, and leaves out names that nothing in the plan uses.
func (r *reader) settleOwners() {
	used := map[*unit]bool{r.Reports.To: true}
	for _, task := range r.Tasks {
		for _, list := range [][]*unit{task.Leads, task.Assigned, task.Support} {
			for _, name := range list {
				used[name] = true
			}
		}
	}
	for _, name := range r.owners.all { // who has an own heading takes part, whether the tasks below count or not
		for i := range r.Headings {
			if r.Headings[i].At.Line == name.line && strings.Contains(nameKey(r.Headings[i].Text), nameKey(name.name)) {
				used[name] = true
			}
		}
	}
	r.owners.all = slices.DeleteFunc(r.owners.all, func(name *unit) bool { return !used[name] })
	ids := ids{r.otherUnits(): 1}
	for _, id := range r.Known[knownUnits] {
		ids[id] = 1
	}
	for _, name := range r.owners.all {
		if id, had := r.Known[knownUnits][nameKey(name.name)]; had {
			name.id = id
			continue
		}
		name.id = ids.unique(name.name, r.otherUnits())
	}
	for _, task := range r.Tasks { // who leads does not support
		task.Support = slices.DeleteFunc(task.Support, func(name *unit) bool { return slices.Contains(task.Leads, name) })
	}
}

// ids makes ids of words. It holds those that are taken, and how often one was asked for.
type ids map[string]int

// unique is the id of a text, of at most 40 letters, that no other has.
func (s ids) unique(words, otherwise string) string {
	const letters = 40
	id := text.Slug(words, letters)
	if id == "" {
		id = otherwise
	}
	if s[id] == 0 {
		s[id] = 1
		return id
	}
	for {
		s[id]++
		made := id + "-" + strconv.Itoa(s[id])
		if s[made] == 0 {
			s[made] = 1
			return made
		}
	}
}
