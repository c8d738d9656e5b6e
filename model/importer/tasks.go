package importer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/importer/source"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// action understands a line in the part of the activities or of the duties.
func (r *reader) action(i int, folded string) {
	l := &r.Lines[i]
	duty := r.now().part == duties
	if r.section != nil && l.Rank != source.NoLabel && l.Rank <= r.above {
		r.section, r.above, r.group, r.told, r.defaults = nil, 0, nil, 0, nil
	}
	if len(r.named) > 0 && l.Rank != source.NoLabel && l.Rank <= r.owned && !(r.gives && l.Rank == r.owned) {
		r.named, r.owned = nil, 0
	}
	switch {
	case hasPrefix(folded, remarks) && l.Label == "":
		r.keep(l, Kept)
	case r.task != nil && l.Rank == source.Plus && r.task.label != source.Plus,
		r.task != nil && l.Rank > r.task.label && r.task.label >= source.Dash:
		r.detail(l)
	case r.task != nil && l.Label == "" && startsLower(l.Plain()): // a paragraph that was broken by hand
		r.joinDetail(l)
	case r.heads(i) && !r.onlyTold(i):
		r.beginSection(l)
	default:
		r.addTask(l, duty)
	}
}

// startsLower reports a text that begins in the middle of a sentence.
func startsLower(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.ToLower(string(first)) == string(first) && strings.ToUpper(string(first)) != string(first)
}

// onlyTold reports a line below which nothing stands but when, where and for whom: it is one task.
func (r *Reading) onlyTold(i int) bool {
	n := 0
	for j := i + 1; j < len(r.Lines); j++ {
		below := &r.Lines[j]
		if below.Part != source.Body {
			continue
		}
		if below.InTable() || below.Rank != source.NoLabel && below.Rank <= r.Lines[i].Rank {
			break
		}
		if _, is := attributesOf(below.Plain()); !is {
			if h, is := headingOf(below); is && below.Rank <= source.Capital && h.known {
				break
			}
			return false
		}
		n++
	}
	return n > 0
}

// beginSection begins a group of tasks.
func (r *reader) beginSection(l *Line) {
	l.Role = Group
	r.section = &Section{Passage: l.passage(), Duty: r.now().part == duties}
	r.Sections = append(r.Sections, r.section)
	r.above, r.group, r.told, r.task, r.defaults = l.Rank, nil, 0, nil, nil
}

// beginOwner begins the tasks of somebody.
func (r *reader) beginOwner(l *Line, names []*unit) {
	r.put(l, Owner, &r.Headings)
	r.named, r.owned = names, l.Rank
	r.section, r.above, r.task, r.group, r.told, r.gives, r.defaults = nil, 0, nil, nil, 0, false, nil
}

// namesOf takes in the names of a heading: one group, or several units.
func (r *reader) namesOf(words string, line int) []*unit {
	words = trimName(words)
	if isGroup(words) {
		return []*unit{r.owners.add(words, line)}
	}
	var names []*unit
	for _, name := range splitNames(words) {
		names = append(names, r.owners.add(name, line))
	}
	return names
}

// isNames reports a text that is nothing but names of offices.
func isNames(words string) bool {
	words = trimName(words)
	const longest = 200
	if words == "" || utf8.RuneCountInString(words) > longest {
		return false
	}
	for part := range strings.SplitSeq(words, ";") {
		part = strings.TrimSpace(part)
		if part == "" || endOfName(part) < len(strings.TrimRight(part, " .:,")) {
			return false
		}
	}
	return true
}

const givenTo source.Pattern = `^(?:Giao|Phân công|Đề nghị|Yêu cầu)\s+(?:cho\s+)?`

// ownerHeading takes a line that names who does what stands below it.
func (r *reader) ownerHeading(i int) bool {
	l := &r.Lines[i]
	words := l.Plain()
	next, _ := r.next(i)
	followed := next != nil && (next.Rank > l.Rank || next.Rank == source.NoLabel && l.Rank != source.NoLabel)
	head, rest, withColon := colon(words)
	switch {
	case withColon && rest == "" && givenTo.MatchString(head): // "Giao phòng X triển khai các công việc:"
		name := givenTo.ReplaceAllString(head, "")
		end := endOfName(name)
		if end == 0 {
			return false
		}
		r.beginOwner(l, r.namesOf(name[:end], l.Line))
		r.gives = true
		return true
	case rest == "" && isNames(words) && (followed || strings.HasSuffix(words, ":")) &&
		(l.Rank != source.NoLabel && l.Rank < source.Dash || strings.HasSuffix(words, ":") || source.IsUpper(words)):
		r.beginOwner(l, r.namesOf(words, l.Line))
		return true
	case withColon && rest != "" && isNames(head) && l.Label != "": // "1. Phòng X: việc"
		names := r.namesOf(head, l.Line)
		r.named, r.owned, r.section, r.above, r.gives = names, l.Rank, nil, 0, false
		task := r.addTask(l, true)
		task.Title = rest
		return true
	}
	return false
}

// addTask takes a line as an activity or a duty.
func (r *reader) addTask(l *Line, duty bool) *Task {
	words := l.Plain()
	task := &Task{Passage: l.passage(), Title: words, Duty: duty, Section: r.section, label: l.Rank}
	l.Role = Activity
	if duty {
		l.Role = Duty
		task.Assigned = slices.Clone(r.named)
	}
	r.ownersIn(task, l, words)
	r.deadlineIn(task, l, words)
	r.bracket(task, l, words)
	for _, one := range r.defaults {
		r.tell(task, one.line, one.told)
	}
	if r.section != nil {
		r.section.used = true
	}
	r.Tasks = append(r.Tasks, task)
	r.task, r.group = task, append(r.group, task)
	return task
}

// detail puts a line below the task above it.
func (r *reader) detail(l *Line) {
	l.Role = Detail
	if r.task == nil {
		r.keep(l, Kept)
		return
	}
	r.task.Text += "\n" + withMark(l)
	r.deadlineIn(r.task, l, l.Plain())
}

// joinDetail goes on with a sentence.
func (r *reader) joinDetail(l *Line) {
	l.Role = Detail
	r.task.Text += " " + l.Printed()
	r.deadlineIn(r.task, l, l.Plain())
}

// ownersIn looks for who does a task in its sentence: a name at its beginning, with "chủ trì" behind it or a verb.
func (r *reader) ownersIn(task *Task, l *Line, words string) {
	given := givenTo.MatchString(words)
	words = givenTo.ReplaceAllString(words, "")
	end := endOfName(words)
	rest := strings.TrimLeft(words[min(end, len(words)):], " ,")
	switch {
	case end == 0 || end >= len(words) || !hasWord(rest, verbs) && !strings.HasPrefix(rest, ":"):
	case strings.HasPrefix(rest, "chủ trì") || strings.HasPrefix(rest, "lead"):
		task.Leads = r.namesOf(words[:end], l.Line)
		for _, lead := range task.Leads {
			if lead.at == "" && len(r.named) == 1 && r.named[0].group && r.named[0] != lead {
				lead.at = r.named[0].name
			}
		}
	case given:
		task.Assigned = r.namesOf(words[:end], l.Line)
	case !task.Duty:
	case len(task.Assigned) == 0:
		task.Assigned = r.namesOf(words[:end], l.Line)
	case !slices.Equal(task.Assigned, r.namesOf(words[:end], l.Line)) && task.Assigned[0].group:
		task.Leads = r.namesOf(words[:end], l.Line)
	}
	if at := strings.Index(words, "phối hợp với "); at >= 0 {
		r.unsplit(l, clip(words[at:], 100), phrase.Say("who supports stands in a sentence"))
	} else if len(task.Leads)+len(task.Assigned) == 0 && strings.Contains(strings.ToLower(words), "chủ trì") {
		r.unsplit(l, clip(words, 100), phrase.Say("who leads stands in a sentence"))
	}
}

// unsplit notes a text of a line that was not split into units, and why.
func (r *reader) unsplit(l *Line, words string, why phrase.Sentence) {
	r.Unsplit = append(r.Unsplit, Unsplit{Passage{words, l.Place}, why})
}

// clip cuts a text at a word.
func clip(s string, letters int) string {
	runes := []rune(s)
	if len(runes) <= letters {
		return s
	}
	cut := string(runes[:letters])
	if at := strings.LastIndex(cut, " "); at > 0 {
		cut = cut[:at]
	}
	return cut + "…"
}

// deadlineIn looks for the one deadline of a sentence.
func (r *reader) deadlineIn(task *Task, l *Line, words string) {
	found, doubtful := r.deadlinesIn(words)
	switch {
	case len(found) == 1 && task.Until.IsZero() && task.Before.IsZero() && task.When == "":
		found[0].put(&task.Until, &task.Before)
		r.used(l, OfDeadline, found[0].dated)
	case len(found) > 0: // which of them, a person must say; without a day of its own it would be due at the end
		task.Until, task.Before = calendar.Day{}, calendar.Day{}
		task.When = found[0].words
		for _, one := range found[1:] {
			task.When += "; " + one.words
		}
		l.Doubt = phrase.Say("it names several deadlines: none is taken as its day")
	case len(doubtful) > 0:
		l.Doubt = phrase.Say("“%s” looks like a condition and is not taken as a deadline", doubtful[0].words)
	default:
		r.openDeadline(task, l, words)
	}
}

const (
	yearless source.Pattern = `(?i)(?:trước|đến hết|chậm nhất(?: là| đến| vào)*|hoàn thành(?: trong| vào)?|xong)\s+` +
		`(?:hết\s+)?(?:ngày\s+)\d{1,2}(?:[/.-]\d{1,2})?(?:\s+(?:hằng|hàng)\s+(?:tháng|quý|năm))?`
	labelTime source.Pattern = `(?i)(?:từ\s+)?ngày\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s+(?:đến|tới)\s+` +
		`(?:ngày\s+)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}`
)

// openDeadline keeps a time that is no whole day as words, so that the task is not due at the end of the plan.
func (r *reader) openDeadline(task *Task, l *Line, words string) {
	if task.When != "" || !task.Until.IsZero() || !task.Before.IsZero() {
		return
	}
	if match := yearless.FindString(words); match != "" && !followedByYear(words, match) {
		task.When = match
		l.Doubt = phrase.Say("“%s” has no year: it is kept in words", task.When)
		return
	}
	if match := labelTime.FindString(words); match != "" {
		if before, _, _ := strings.Cut(words, match); !conditions.MatchString(before) {
			task.When = match
		}
	}
}

// followedByYear reports that a day in a sentence has a year behind it.
func followedByYear(words, day string) bool {
	_, rest, _ := strings.Cut(words, day)
	return hasPrefix(rest, []string{"/", "-", ".2"})
}

const brackets source.Pattern = `\(([^()]*)\)[.;]?$`

// bracket reads "(Chủ trì: A; phối hợp: B)" at the end of a task.
func (r *reader) bracket(task *Task, l *Line, words string) {
	match := brackets.FindStringSubmatch(words)
	if match == nil {
		return
	}
	if told, ok := attributesOf(match[1]); ok {
		before := task.Notes
		r.tell(task, l, told)
		task.Notes = before // the words stand in its text
	}
}

// shared is what a line above the tasks of a group tells of each of them.
type shared struct {
	line *Line
	told []told
}

// told is something that a line tells of a task.
type told struct {
	attribute attribute
	value     string
}

// attributesOf reads "Đơn vị chủ trì: A; Đơn vị phối hợp: B". ok is false for a line that is something else.
func attributesOf(words string) (all []told, ok bool) {
	for part := range strings.SplitSeq(strings.TrimRight(words, " ."), ";") {
		part = strings.TrimSpace(part)
		head, rest, is := colon(part)
		if of, known := attributeOf(head); is && known && rest != "" {
			all = append(all, told{of, rest})
			continue
		}
		if len(all) == 0 {
			return nil, false
		}
		if part != "" {
			all[len(all)-1].value += "; " + part
		}
	}
	return all, len(all) > 0
}

func attributeOf(head string) (attribute, bool) {
	folded := strings.TrimSpace(strings.TrimLeft(text.Fold(head), "-+ "))
	for _, row := range attributes {
		if slices.Contains(row.words, folded) {
			return row.attribute, true
		}
	}
	return "", false
}

// attributeLine takes a line that tells something of the task above it, or of the tasks of a group.
func (r *reader) attributeLine(l *Line) bool {
	all, ok := attributesOf(l.Plain())
	if !ok || r.now().part != activities && r.now().part != duties {
		return false
	}
	deeper := r.task != nil && (l.Rank > r.task.label ||
		l.Rank == source.NoLabel && r.task.label != source.NoLabel && r.task.label < source.Dash)
	switch {
	case r.task == nil && (r.section == nil || all[0].attribute == noteAttribute):
		return false
	case r.task == nil: // it holds for what stands below
		r.defaults = append(r.defaults, shared{l, all})
	case !deeper && len(r.group) > 1 && r.told == 0:
		for _, task := range r.group {
			r.tell(task, l, all)
		}
		l.Doubt = phrase.Say("it is taken for all %d tasks of the group above", len(r.group))
	default:
		r.tell(r.task, l, all)
	}
	r.told++
	l.Role = Attribute
	return true
}

// tell puts what is told into a task.
func (r *reader) tell(task *Task, l *Line, all []told) {
	for _, one := range all {
		switch one.attribute {
		case leadAttribute:
			task.Leads = r.columnNames(task, l, one.value, task.Leads)
		case supportAttribute:
			task.Support = r.columnSupport(l, one.value, task.Support)
		case timeAttribute:
			r.columnTime(task, l, one.value)
		case productAttribute:
			task.Product = joined(task.Product, one.value)
		case noteAttribute:
			task.Notes = append(task.Notes, Passage{l.Printed(), l.Place})
		}
	}
	if all[0].attribute != noteAttribute && (len(task.Notes) == 0 || task.Notes[len(task.Notes)-1].At != l.Place) {
		task.Notes = append(task.Notes, Passage{l.Printed(), l.Place})
	}
}

func joined(before, more string) string {
	if before == "" {
		return more
	}
	return before + "; " + more
}

// columnNames takes in who leads or does a task, as a column or a line of its own names them. Persons are listed.
func (r *reader) columnNames(task *Task, l *Line, value string, before []*unit) []*unit {
	for _, name := range splitNames(value) {
		if beginsWithOrgan(trimName(name), false) {
			before = append(before, r.owners.add(name, l.Line))
			continue
		}
		task.Persons = append(task.Persons, trimName(name))
		if !personName(name) {
			r.unsplit(l, name, phrase.Say("it is the name of no office that is known"))
		}
	}
	return before
}

// columnSupport takes in who supports. Who is only "concerned" is nobody that can be named.
func (r *reader) columnSupport(l *Line, value string, before []*unit) []*unit {
	for _, name := range splitNames(value) {
		switch {
		case isVague(name):
			r.unsplit(l, name, phrase.Say("it does not say which units"))
		case beginsWithOrgan(trimName(name), false):
			before = append(before, r.owners.add(name, l.Line))
		default:
			r.unsplit(l, name, phrase.Say("it is the name of no office that is known"))
		}
	}
	return before
}

// columnTime takes in a time as it stands in a place for times.
func (r *reader) columnTime(task *Task, l *Line, value string) {
	t := r.timingOf(value)
	task.When = joined(task.When, t.when)
	if !task.Until.IsZero() || !task.Before.IsZero() {
		return
	}
	task.From, task.Until, task.Before = t.from, t.until, t.before
	r.used(l, OfDeadline, t.used...)
}
