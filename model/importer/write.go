package importer

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/importer/source"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// writer writes a plan and a roster of a reading, in the language of the document.
type writer struct {
	*Reading
	strings.Builder
	words phrase.Printer
	known IDs            // of an earlier import
	ids   map[string]ids // of each kind
}

// Language is that of the document, and so of the plan.
func (r *Reading) Language() phrase.Language {
	if r.English {
		return phrase.English
	}
	return phrase.Vietnamese
}

// Where says where a text stands, as a person looks it up.
func (r *Reading) Where(at source.Place) phrase.Sentence {
	what := phrase.Say("line %d", at.Line)
	if r.Document.Word {
		what = phrase.Say("paragraph %d", at.Line)
	}
	if at.Table > 0 {
		return phrase.Say("%s, table %d, row %d, column %d", what, at.Table, at.Row, at.Column)
	}
	return what
}

func (r *Reading) writer() *writer {
	return &writer{Reading: r, words: phrase.In(r.Language()), known: r.Known, ids: map[string]ids{}}
}

func (w *writer) linef(format string, args ...any) {
	_, _ = w.WriteString(fmt.Sprintf(format, args...) + "\n")
}

// comment writes a sentence as a comment.
func (w *writer) comment(sentence phrase.Sentence) { w.linef("# %s", w.words.Say(sentence)) }

// key writes a key with a text; nothing for an empty one.
func (w *writer) key(name string, width int, value string) {
	if value != "" {
		w.linef("%-*s = %s", width, name, edit.Quote(value))
	}
}

func (w *writer) day(name string, width int, day calendar.Day) {
	if !day.IsZero() {
		w.linef("%-*s = %s", width, name, day)
	}
}

// gap writes the key of something that the document does not say: `tiendo check` lists it.
func (w *writer) gap(name string, what phrase.Sentence) {
	w.linef("# %s =   # %s: %s", name, w.toFill(), w.words.Say(what))
}

func (w *writer) toFill() string { return w.words.T("TO FILL IN") }

// place is where a passage stands, as a comment behind the head of its table.
func (w *writer) place(at source.Place) string { return "  # " + w.words.Say(w.Where(at)) }

// id is the id that a text has had before, or one made of its first words.
func (w *writer) id(kind, text, words, otherwise string) string {
	if w.ids[kind] == nil {
		w.ids[kind] = ids{}
		for _, id := range w.known[kind] { // one that was given stands for its own text only
			w.ids[kind][id] = 1
		}
	}
	if id, had := w.known[kind][text]; had && w.ids[kind+" again"][id] == 0 {
		if w.ids[kind+" again"] == nil {
			w.ids[kind+" again"] = ids{}
		}
		w.ids[kind+" again"][id] = 1
		return id
	}
	return w.ids[kind].unique(title(words), otherwise)
}

// title is a short name for lists: the first clause of a text, its own words.
func title(words string) string {
	words, _, _ = strings.Cut(words, "\n")
	words = strings.Trim(words, " .;:,-–“”\"")
	const least, most = 20, 60
	at := 0
	for {
		next := strings.IndexAny(words[at:], ",;:")
		if next < 0 {
			break
		}
		at += next
		letters := utf8.RuneCountInString(words[:at])
		if letters > most {
			break
		}
		if letters >= least && !strings.Contains(strings.ToLower(words[:at]), "chủ trì") { // who leads is no name of a task
			return words[:at]
		}
		at++
	}
	runes := []rune(words)
	if len(runes) <= most {
		return words
	}
	cut := string(runes[:most+1])
	if at := strings.LastIndex(cut, " "); at > 0 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:")
}

// Plan is plan.toml. Every text stands in it word for word, with its place; what the document does not say is a key to
// fill in.
func (r *Reading) Plan(file string) []byte {
	w := r.writer()
	w.comment(phrase.Say("Imported from %s by `tiendo import`; every text is word for word, with its place.",
		text.Line(path.Base(file))))
	w.comment(phrase.Say("`tiendo check` lists what is to be filled in. Do not change an `id` once there is progress."))
	w.linef("\nschema = 2\n")
	w.plan()
	w.document()
	w.reporting()
	w.goals()
	w.sections()
	w.tasks()
	w.kept()
	return []byte(w.String())
}

func (w *writer) plan() {
	w.linef("[plan]")
	w.key("id", 8, w.planID())
	w.key("language", 8, string(w.Language()))
	w.key("timezone", 8, "Asia/Ho_Chi_Minh")
	if w.Starts.IsZero() {
		w.gap("starts", w.periodGap(phrase.Say("the first day of the plan")))
	}
	w.day("starts", 8, w.Starts)
	if w.Ends.IsZero() {
		w.gap("ends", w.periodGap(phrase.Say("the last day of the plan")))
	}
	w.day("ends", 8, w.Ends)
	w.key("theme", 8, text1(w.Theme))
	w.key("period", 8, text1(w.Period))
	w.linef("")
}

// periodGap says what the document has in the place of a day.
func (w *writer) periodGap(what phrase.Sentence) phrase.Sentence {
	if said := text1(w.Period); said != "" {
		return phrase.Say("%s (the document says: %s)", what, said)
	}
	return what
}

// planID is made of the number of the document, or of its title where it has none yet.
func (w *writer) planID() string {
	const letters = 40
	number := text1(w.Number)
	for _, label := range []string{"Số", "SỐ", "No", "Ref"} {
		number = strings.TrimPrefix(number, label)
	}
	number = strings.TrimLeft(number, " .:")
	if number != "" && number[0] >= '0' && number[0] <= '9' {
		id := text.Slug(number, letters)
		if !w.Date.IsZero() && !strings.Contains(id, strconv.Itoa(w.Date.Year)) {
			id += fmt.Sprintf("-%d", w.Date.Year)
		}
		return id
	}
	return cmp.Or(text.Slug(text1(w.Title), letters), "ke-hoach")
}

func (w *writer) document() {
	w.linef("[document]")
	w.key("number", 16, text1(w.Number))
	w.key("type", 16, text1(w.Type))
	w.key("place", 16, w.Place())
	if w.Date.IsZero() {
		w.gap("date", phrase.Say("the day on which it was signed"))
	}
	w.day("date", 16, w.Date)
	w.key("dateline", 16, text1(w.Dateline))
	if len(w.Title) == 0 {
		w.linef("%-16s = %s  # %s: %s", "title", edit.Quote(cmp.Or(text1(w.Type), w.words.T("PLAN"))), w.toFill(),
			w.words.T("the title of the plan"))
	}
	w.key("title", 16, text1(w.Title))
	w.key("basis", 16, joinedBy("\n", w.Basis))
	if len(w.Issuer) == 0 {
		w.gap("issuer", phrase.Say("who issues the plan"))
	}
	w.key("issuer", 16, text1(w.Issuer))
	w.key("closing", 16, text1(w.Closing))
	w.key("recipients_label", 16, text1(w.RecipientsLabel))
	w.key("archive", 16, text1(w.Archive))
	if len(w.SignedAs)+len(w.SignedBy) > 0 {
		w.linef("\n[document.signature]")
		var titles []string
		for _, passage := range w.SignedAs {
			titles = append(titles, edit.Quote(passage.Text))
		}
		w.linef("titles = [%s]", strings.Join(titles, ", "))
		w.key("name", 6, text1(w.SignedBy))
	}
	headings := slices.Clone(w.Headings)
	for _, section := range w.Sections {
		if !section.used {
			headings = append(headings, section.Passage)
		}
	}
	slices.SortStableFunc(headings, inPlace)
	for _, heading := range headings {
		w.linef("\n[[document.headings]]%s", w.place(heading.At))
		w.key("id", 4, w.id("headings", heading.Text, headingWords(heading.Text), "muc"))
		w.key("text", 4, heading.Text)
	}
	for _, recipient := range w.Recipients {
		w.linef("\n[[document.recipients]]")
		w.key("text", 4, recipient.Text)
	}
	w.linef("")
}

func inPlace(a, b Passage) int {
	return cmp.Or(a.At.Line-b.At.Line, a.At.Row-b.At.Row, a.At.Column-b.At.Column)
}

// headingWords is a heading without its number.
func headingWords(s string) string {
	if label, rest, found := strings.Cut(s, " "); found && len(label) <= 5 && strings.ContainsAny(label, ".)/") {
		return rest
	}
	return s
}

func (w *writer) reporting() {
	reports := &w.Reports
	if reports.Text != "" {
		w.linef("# %s: %s", w.words.Say(w.Where(reports.At)), reports.Text)
	}
	w.linef("[reporting]")
	said := reports.To != nil || reports.Every != calendar.Once || reports.Open != "" || !reports.Until.IsZero() ||
		!reports.Before.IsZero()
	switch {
	case reports.To != nil:
		w.key("to", 8, reports.To.id)
	case said:
		w.gap("to", phrase.Say("which unit gets the reports"))
	default:
		w.comment(phrase.Say("The document says nothing about reports of the units."))
	}
	w.day("until", 8, reports.Until)
	w.day("before", 8, reports.Before)
	switch {
	case !reports.Until.IsZero() || !reports.Before.IsZero():
	case reports.Every != calendar.Once:
		w.every()
	case reports.Open != "":
		w.gap("until", phrase.Say("the day of the reports (the document says: %s)", reports.Open))
	case reports.To != nil:
		w.gap("until", phrase.Say("the day of the reports"))
	}
	w.key("returned", 8, "open")
	w.linef("")
}

// every writes how often the units report. Without the period of the plan it has to wait.
func (w *writer) every() {
	reports := &w.Reports
	mark := ""
	if w.Starts.IsZero() || w.Ends.IsZero() {
		mark = "# "
		w.gap("every", phrase.Say("fill in starts and ends above, then take the # off the lines below"))
	}
	w.linef("%severy    = %s", mark, edit.Quote(string(reports.Every)))
	switch {
	case reports.Day > 0:
		w.linef("%sbefore   = %d", mark, reports.Day)
	case reports.Day < 0:
		w.linef("%suntil    = %d", mark, -reports.Day)
	default:
		w.gap("until", phrase.Say("the day of the period's last month"))
	}
	if reports.Next {
		w.linef("%smonth    = %s", mark, edit.Quote("next"))
	}
}

func (w *writer) goals() {
	for _, goal := range w.Goals {
		w.linef("[[goal]]%s", w.place(goal.At))
		w.key("id", 4, w.id("goal", goal.Text, headingWords(goal.Text), "muc-tieu"))
		kind := "aim"
		if goal.Role == Requirement {
			kind = "requirement"
		}
		asked := ""
		if goal.Asked {
			asked = "  # " + w.toFill() + ": " + w.words.T("aim or requirement? The document does not say")
		}
		w.linef("kind = %s%s", edit.Quote(kind), asked)
		w.key("text", 4, goal.Text)
		w.linef("")
	}
	for i, message := range w.Messages {
		w.linef("[[message]]%s", w.place(message.At))
		w.key("id", 4, w.id("message", message.Text, "", fmt.Sprintf("m%02d", i+1)))
		w.key("text", 4, message.Text)
		w.linef("")
	}
}

func (w *writer) sections() {
	for _, section := range w.Sections {
		if !section.used {
			continue
		}
		section.id = w.id("section", section.Text, headingWords(section.Text), "muc")
		if section.id == "activity" || section.id == "duty" {
			section.id = "muc-" + section.id
		}
		w.linef("[[section]]%s", w.place(section.At))
		w.key("id", 4, section.id)
		w.key("kind", 4, kindOf(section.Duty))
		w.key("text", 4, section.Text)
		w.linef("")
	}
}

func kindOf(duty bool) string {
	if duty {
		return "duty"
	}
	return "activity"
}

func (w *writer) tasks() {
	for _, task := range w.Tasks {
		const width = 8
		w.linef("[[activity]]%s", w.place(task.At))
		short := title(task.Title)
		w.key("id", width, w.id("activity", task.Text, short, "viec"))
		section := kindOf(task.Duty)
		if task.Section != nil && task.Section.used {
			section = task.Section.id
		}
		w.key("section", width, section)
		w.key("title", width, cmp.Or(short, task.Text))
		w.key("text", width, task.Text)
		w.names("lead", task.Leads)
		switch {
		case len(task.Assigned) > 0 && len(task.Support) == 0:
			w.names("assigned", task.Assigned)
		case len(task.Assigned) > 0 && len(task.Leads) == 0:
			w.names("lead", task.Assigned)
		}
		w.names("support", task.Support)
		if len(task.Leads)+len(task.Assigned) == 0 {
			what := phrase.Say("who does it")
			if len(task.Persons) > 0 {
				what = phrase.Say("the unit of %s", strings.Join(task.Persons, ", "))
			}
			w.gap("assigned", what)
		}
		w.day("from", width, task.From)
		w.key("when", width, task.When)
		w.day("until", width, task.Until)
		w.day("before", width, task.Before)
		w.key("product", width, task.Product)
		for _, note := range task.Notes {
			w.linef("# %s: %s", w.words.Say(w.Where(note.At)), oneLine(note.Text))
		}
		w.linef("")
	}
}

func (w *writer) names(key string, names []*unit) {
	if len(names) == 0 {
		return
	}
	var quoted []string
	for _, name := range names {
		if id := edit.Quote(name.id); !slices.Contains(quoted, id) {
			quoted = append(quoted, id)
		}
	}
	w.linef("%-8s = [%s]", key, strings.Join(quoted, ", "))
}

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " / ") }

// kept writes what the plan has no key for, as comments.
func (w *writer) kept() {
	if len(w.Kept) == 0 {
		return
	}
	kept := slices.Clone(w.Kept)
	slices.SortStableFunc(kept, func(a, b Remainder) int { return inPlace(a.Passage, b.Passage) })
	w.comment(phrase.Say("What follows is in the document and has no key of its own; it is kept here word for word."))
	for _, one := range kept {
		w.linef("# %s (%s): %s", w.words.Say(w.Where(one.At)), one.Role.Label(w.Language()), oneLine(one.Text))
	}
}

// otherUnits is the id of the group of units that stand under no group of the document.
func (r *Reading) otherUnits() string { return r.Language().Pick("don-vi", "units") }

// Units is units.toml: the groups and units that the document names, and no person.
func (r *Reading) Units(file string) []byte {
	w := r.writer()
	w.comment(phrase.Say("Groups and units as %s names them, imported by `tiendo import`.", text.Line(path.Base(file))))
	w.comment(phrase.Say("Add the others with `tiendo unit add`, people with `tiendo person add`, or here."))
	w.linef("\nschema = 1\n")
	needsGroup, units := false, map[string]int{}
	groupOf := func(name *unit) string {
		if name.at != "" {
			for _, group := range r.owners.all {
				if group.group && nameKey(group.name) == nameKey(name.at) {
					return group.id
				}
			}
		}
		return r.otherUnits()
	}
	for _, name := range r.owners.all {
		if !name.group {
			group := groupOf(name)
			units[group]++
			needsGroup = needsGroup || group == r.otherUnits()
		}
	}
	for _, group := range r.owners.all {
		if !group.group {
			continue
		}
		w.linef("[[group]]%s", w.lineOf(group))
		w.key("id", 4, group.id)
		w.key("name", 4, group.name)
		if units[group.id] == 0 {
			w.gap("[[unit]]", phrase.Say("the units of this group"))
		}
		w.linef("")
	}
	if needsGroup {
		w.comment(phrase.Say("Not in the document: the units that it names under no group."))
		w.linef("[[group]]")
		w.key("id", 4, r.otherUnits())
		w.key("name", 4, w.words.T("Units named in the document"))
		w.linef("")
	}
	coordinator := false
	for _, name := range r.owners.all {
		if name.group {
			continue
		}
		w.linef("[[unit]]%s", w.lineOf(name))
		w.key("id", 11, name.id)
		w.key("name", 11, name.name)
		w.key("group", 11, groupOf(name))
		if name == r.Reports.To {
			coordinator = true
			w.linef("coordinator = true  # %s", w.words.T("the reports go to it"))
		}
		w.linef("")
	}
	if !coordinator {
		w.gap("coordinator", phrase.Say("write `coordinator = true` for the one unit to which the others report"))
	}
	return []byte(w.String())
}

func (w *writer) lineOf(name *unit) string { return w.place(source.Place{Line: name.line}) }

// Office is report.toml: the body above the issuer stands there. It is nil where the document names none.
func (r *Reading) Office() []byte {
	if len(r.Parent) == 0 {
		return nil
	}
	w := r.writer()
	w.linef("schema = 1\n\n[header]")
	w.key("parent", 6, text1(r.Parent))
	return []byte(w.String())
}
