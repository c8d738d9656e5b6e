package decode

import (
	"maps"
	"math"
	"slices"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// table reads the keys of one table and remembers which were asked for.
type table struct {
	*File
	node  *edit.Node
	known map[string]bool
	made  map[string][]*table // arrays of tables that were read already
}

func (t *table) keys() []string { return t.node.Keys() }

func (t *table) keyAt() int { return t.node.KeyOffset() }

// at is the place of a key's value; of the table where the key is missing.
func (t *table) at(key string) int {
	if child := t.node.Child(key); child != nil {
		return child.Offset()
	}
	return t.node.Offset()
}

func (t *table) has(key string) bool { return t.node.Child(key) != nil }

// child is what stands under a key. A missing key that must be there is a problem.
func (t *table) child(key string, need need) *edit.Node {
	t.known[key] = true
	child := t.node.Child(key)
	if child == nil && need == required {
		t.missing(key, key+" = …")
	}
	return child
}

func (t *table) missing(key, line string) {
	t.problem(t.node.Offset(), phrase.Say("%s is missing", key), phrase.Say("add the line %s", line))
}

// raw is a value as the file spells it, short enough for a message.
func (t *table) raw(key string) string { return t.spelled(t.node.Child(key)) }

func (t *table) spelled(node *edit.Node) string {
	if node == nil {
		return ""
	}
	spelled := []rune(text.Line(string(t.src[node.Offset():node.End()])))
	if len(spelled) > maxRaw {
		spelled = append(spelled[:maxRaw-1], '…')
	}
	return string(spelled)
}

// wrong reports a value of the wrong kind. A scalar without a value is bad by
// itself and has been reported already.
func (t *table) wrong(key string, node *edit.Node, want phrase.Sentence) {
	if node.Kind() == edit.Scalar && node.Value() == nil {
		return
	}
	t.problem(node.Offset(), wanted(key, t.found(key, node), want), phrase.Sentence{})
}

// found names what stands under a key: a value as the file spells it, a table as such.
func (t *table) found(key string, node *edit.Node) any {
	switch node.Kind() {
	case edit.Table:
		return phrase.Say("a table")
	case edit.TableArray:
		return phrase.Say("tables, each under [[%s]]", key)
	default:
		return t.spelled(node)
	}
}

// close warns of every key that nobody asked for.
func (t *table) close() {
	known := slices.Sorted(maps.Keys(t.known))
	for _, key := range t.keys() {
		if !t.known[key] {
			child := t.node.Child(key)
			if t.schema > 1 && slices.Contains(later, key) { // what is read of the plan is not what it says
				t.Broken = true
				t.problem(child.KeyOffset(), phrase.Say("this tiendo does not know %s yet", key),
					phrase.Say("a newer tiendo may be needed for this file"))
				continue
			}
			t.warn(child.KeyOffset(), phrase.Say("unknown key %q", text.Line(key)), nearOr(key, known,
				func(some string) phrase.Sentence { return phrase.Say("known keys: %s", some) }))
		}
	}
}

// UnknownKey is the format of the warning of a key that means nothing.
const UnknownKey = "unknown key %q"

// elsewhere warns of keys that stand in another table.
func (t *table) elsewhere(hint phrase.Sentence, keys ...string) {
	for _, key := range keys {
		if child := t.child(key, optional); child != nil {
			t.warn(child.KeyOffset(), phrase.Say("unknown key %q", key), hint)
		}
	}
}

// later are keys of the second version of the plan that this program does not read.
var later = []string{"roster"}

// since2 warns of keys of the second version in a file of the first.
func (t *table) since2(keys ...string) {
	for _, key := range keys {
		if child := t.node.Child(key); child != nil && t.schema < 2 {
			t.misread(key, child.KeyOffset())
		}
	}
}

// misread warns of a key that an older program does not read as this one does, once for each key.
func (t *table) misread(key string, at int) {
	if slices.Contains(t.misreads, key) {
		return
	}
	t.misreads = append(t.misreads, key)
	t.warn(at, phrase.Say("an older tiendo misreads %s", key), phrase.Say("write schema = %d", 2))
}

// MisreadKey is the format of the warning of a key for which the file has to name the second version of the format.
const MisreadKey = "an older tiendo misreads %s"

// absentSince2 misses keys that a file of the first version must have.
func (t *table) absentSince2(keys ...string) {
	for _, key := range keys {
		if t.schema < 2 && !t.has(key) {
			t.problem(t.node.Offset(), phrase.Say("%s is missing", key),
				phrase.Say("where the plan says nothing of it, write schema = %d", 2))
		}
	}
}

// readable wants a version of the format that this program reads, at most the newest one. Nothing is read of a
// file that is broken.
func (t *table) readable(need need, newest int64) bool {
	if t.Broken {
		return false
	}
	node := t.child("schema", need)
	if node == nil {
		return true
	}
	version, ok := node.Value().(int64)
	if t.schema = version; !ok || version < 1 || version > newest {
		t.Broken = true
		want := phrase.Say("the number 1")
		if newest > 1 {
			want = phrase.Say("the number 1 or %d", newest)
		}
		t.problem(node.Offset(), wanted("schema", t.found("schema", node), want),
			phrase.Say("a newer tiendo may be needed for this file"))
	}
	return !t.Broken
}

// table is the table under a key; nil when there is none.
func (t *table) table(key string, need need) *table {
	node := t.child(key, optional)
	switch node.Kind() {
	case edit.Missing:
		if need == required {
			t.missing(key, "["+key+"]")
		}
		return nil
	case edit.Table, edit.InlineTable:
		return &table{File: t.File, node: node, known: map[string]bool{}}
	default:
		t.wrong(key, node, phrase.Say("a table"))
		return nil
	}
}

// tables are the elements of an array of tables; the same ones at every call.
func (t *table) tables(key string) []*table {
	if made, ok := t.made[key]; ok {
		return made
	}
	var made []*table
	node := t.child(key, optional)
	if node != nil && node.Kind() != edit.TableArray && node.Kind() != edit.Array {
		t.wrong(key, node, phrase.Say("tables, each under [[%s]]", key))
	} else {
		for i := range node.Len() {
			element := node.Elem(i)
			if element.Kind() != edit.Table && element.Kind() != edit.InlineTable {
				t.wrong(key, element, phrase.Say("a table"))
				continue
			}
			made = append(made, &table{File: t.File, node: element, known: map[string]bool{}})
		}
	}
	if t.made == nil {
		t.made = map[string][]*table{}
	}
	t.made[key] = made
	return made
}

func (t *table) str(key string, need need, clean func(string) string) string {
	node := t.child(key, need)
	if node == nil {
		return ""
	}
	raw, ok := node.Value().(string)
	if !ok {
		t.wrong(key, node, phrase.Say("text in quotes"))
		return ""
	}
	if need == required && raw == "" {
		t.problem(node.Offset(), phrase.Say("%s is empty", key), phrase.Say("write it between the quotation marks"))
	}
	return t.cleaned(node, raw, clean)
}

// cleaned makes a text safe and says when something dangerous stood in it.
func (t *table) cleaned(node *edit.Node, raw string, clean func(string) string) string {
	safe := clean(raw)
	if safe != raw && slices.Contains([]rune(safe), '\ufffd') && !slices.Contains([]rune(raw), '\ufffd') {
		t.warn(node.Offset(), phrase.Say("the text contains control characters; they are shown as �"),
			phrase.Say("write the text again without them"))
	}
	return t.Texts.keep(safe)
}

// line reads a text of one line.
func (t *table) line(key string, need need) string { return t.str(key, need, text.Line) }

// text reads a text that may have several lines.
func (t *table) text(key string, need need) string { return t.str(key, need, text.Text) }

// item is one element of a list of texts.
type item struct {
	value string
	at    int
	node  *edit.Node
}

func (t *table) items(key string) []item {
	node := t.child(key, optional)
	if node == nil {
		return nil
	}
	if node.Kind() != edit.Array {
		t.wrong(key, node, phrase.Say("a list of texts in [ ]"))
		return nil
	}
	var items []item
	for i := range node.Len() {
		element := node.Elem(i)
		value, ok := element.Value().(string)
		if !ok {
			t.wrong(key, element, phrase.Say("text in quotes"))
			continue
		}
		items = append(items, item{value: t.cleaned(element, value, text.Line), at: element.Offset(), node: element})
	}
	return items
}

// lines reads a list of texts of one line each.
func (t *table) lines(key string) []string {
	var lines []string
	for _, item := range t.items(key) {
		lines = append(lines, item.value)
	}
	return lines
}

// flag reads true or false; a missing key is false.
func (t *table) flag(key string) bool {
	node := t.child(key, optional)
	if node == nil {
		return false
	}
	flag, ok := node.Value().(bool)
	if !ok {
		t.wrong(key, node, phrase.Say("true or false"))
	}
	return flag
}

// number reads a finite number; nil when there is none.
func (t *table) number(key string) *float64 {
	node := t.child(key, optional)
	if node == nil {
		return nil
	}
	var figure float64
	switch value := node.Value().(type) {
	case int64:
		figure = float64(value)
	case float64:
		figure = value
	default:
		t.wrong(key, node, phrase.Say("a number"))
		return nil
	}
	if math.IsNaN(figure) || math.IsInf(figure, 0) {
		t.wrong(key, node, phrase.Say("a number"))
		return nil
	}
	return &figure
}

// figure reads a number that a figure may be.
func (t *table) figure(key string) *float64 {
	figure := t.number(key)
	if figure != nil && (*figure < 0 || *figure > model.MaxFigure) {
		t.problem(t.at(key), phrase.Say("%s is %v; want a number from 0 to %v", key, *figure, float64(model.MaxFigure)),
			phrase.Sentence{})
		return nil
	}
	return figure
}

// day reads a date without quotes.
func (t *table) day(key string) calendar.Day {
	node := t.child(key, optional)
	if node == nil {
		return calendar.Day{}
	}
	day, ok := dayIn(node)
	if !ok {
		t.wrong(key, node, phrase.Say("a day without quotes, such as 2019-12-15"))
	}
	return day
}

// dayIn is the day that a value is, without a time.
func dayIn(node *edit.Node) (calendar.Day, bool) {
	value, ok := node.Value().(time.Time)
	if !ok || value.Location().String() != "date-local" {
		return calendar.Day{}, false
	}
	return calendar.Date(value.Year(), value.Month(), value.Day()), true
}

// days reads a list of days, in which none appears twice; nil where there is no list.
func (t *table) days(key string) []calendar.Day {
	node := t.child(key, optional)
	if node == nil {
		return nil
	}
	like := phrase.Say("for example %s", key+" = [2019-09-02, 2020-01-01]")
	if node.Kind() != edit.Array {
		t.problem(node.Offset(), wanted(key, t.found(key, node), phrase.Say("a list of days in [ ]")), like)
		return nil
	}
	days, places := []calendar.Day{}, map[calendar.Day]string{}
	for i := range node.Len() {
		element := node.Elem(i)
		day, ok := dayIn(element)
		if !ok {
			t.problem(element.Offset(), wanted(key, t.found(key, element),
				phrase.Say("a day without quotes, such as 2019-12-15")), like)
			continue
		}
		if first, twice := places[day]; twice {
			t.warn(element.Offset(), standsTwice(day.String(), first), phrase.Say("take one of them out"))
			continue
		}
		places[day] = t.place(element.Offset())
		days = append(days, day)
	}
	return days
}

// instant reads a date and time with its offset.
func (t *table) instant(key string) time.Time {
	node := t.child(key, optional)
	if node == nil {
		return time.Time{}
	}
	value, ok := node.Value().(time.Time)
	if ok {
		switch value.Location().String() {
		case "date-local", "time-local", "datetime-local":
		default:
			if !value.IsZero() { // that would be taken for no time at all
				t.checkYear(key, value)
				return value
			}
		}
	}
	t.wrong(key, node, phrase.Say("a time with its offset, such as 2019-11-18T09:20:11+07:00"))
	return time.Time{}
}

// checkYear warns of a time that no clock that was right has shown: many begin at 1970 or 1980 once their battery is
// empty.
func (t *table) checkYear(key string, value time.Time) {
	const first, last = 2000, 2099
	if year := value.Year(); year < first || year > last {
		t.warn(t.at(key), phrase.Say("%s is %s: no clock that was right has shown that", key, t.raw(key)),
			phrase.Say("write when it was: such a time comes from a machine whose clock is wrong; `tiendo doctor` looks at "+
				"this one's"))
	}
}

// newID reads the id of a table and puts it into the sets, in which it must be new.
func (t *table) newID(sets ...*ids) string {
	node := t.child("id", required)
	if node == nil {
		return ""
	}
	id, ok := node.Value().(string)
	if !ok {
		t.wrong("id", node, phrase.Say("text in quotes"))
		return ""
	}
	if !model.IsID(id) {
		hint := phrase.Sentence{}
		if id == "" {
			hint = phrase.Say("a short name by which files and commands will speak of it; it must not change later")
		} else if like := text.Slug(id, model.MaxID); like != "" {
			hint = phrase.Say("for example %s", like)
		}
		t.problem(node.Offset(), wanted("id", t.spelled(node), phrase.Say("1 to 64 letters a to z, digits and hyphens")),
			hint)
	}
	id = text.Line(id)
	for _, set := range sets {
		if set.has(id) {
			t.problem(node.Offset(), standsTwice(id, set.places[id]),
				phrase.Say("every id stands for one thing only: give this one another"))
			break
		}
	}
	for _, set := range sets {
		set.add(id, t.place(node.Offset()))
	}
	return id
}

// ref reads an id that must be in a set.
func (t *table) ref(key string, need need, set *ids) string {
	id := t.line(key, need)
	if id != "" {
		t.checkRef(key, id, t.at(key), set)
	}
	return id
}

// refs reads a list of ids that must be in a set.
func (t *table) refs(key string, need need, set *ids) []string {
	var refs []string
	for _, item := range t.items(key) {
		t.checkRef(key, item.value, item.at, set)
		refs = append(refs, item.value)
	}
	switch node := t.node.Child(key); {
	case need == optional:
	case !t.has(key) && t.leftOpen(key): // which is said by itself
	case !t.has(key):
		t.problem(t.at(key), phrase.Say("%s is missing", key), HintFor("", set.order))
	case node.Kind() == edit.Array && node.Len() == 0:
		t.problem(t.at(key), phrase.Say("%s is empty", key), HintFor("", set.order))
	}
	return refs
}

// oneOrMore reads an id, or a list of ids, that must be in a set.
func (t *table) oneOrMore(key string, set *ids) []string {
	if t.node.Child(key).Kind() == edit.Array {
		return t.refs(key, optional, set)
	}
	if id := t.ref(key, optional, set); id != "" {
		return []string{id}
	}
	return nil
}

func (t *table) checkRef(key, id string, at int, set *ids) {
	if !set.has(id) && !set.partial {
		t.problem(at, phrase.Say("%s names %q, which does not exist", key, id), set.hint(id))
	}
}

// choice reads one of some words.
func choice[W ~string](t *table, key string, need need, values ...W) W {
	node := t.child(key, need)
	if node == nil {
		return ""
	}
	words := make([]string, len(values))
	for i, value := range values {
		words[i] = string(value)
	}
	word, ok := node.Value().(string)
	if at := slices.Index(words, word); ok && at >= 0 {
		return values[at]
	}
	if node.Kind() != edit.Scalar || node.Value() != nil {
		hint := phrase.Sentence{}
		if near := phrase.Suggest(word, words); word != "" && len(near) > 0 && len(near) < len(words) {
			hint = phrase.Say("did you mean %s?", phrase.List(near))
		}
		want := phrase.Say("%s or %s", phrase.List(words[:len(words)-1]), words[len(words)-1])
		if len(words) == 1 {
			want = phrase.Say("%s", words[0])
		}
		t.problem(node.Offset(), wanted(key, t.found(key, node), want), hint)
	}
	return ""
}
