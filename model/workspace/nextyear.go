package workspace

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
)

// NextYear makes the plan of a campaign from that of an earlier one.
type NextYear struct {
	Plan         *model.Plan
	Roster       *model.Roster
	Starts, Ends calendar.Day
	Marked       []string // the places that name the old year, as file:line: key = text
}

// newPlan shifts the days of a plan and marks what names the old year. Comments and all else stay as they are.
func (n *NextYear) newPlan(source []byte) ([]byte, error) {
	document, problem := edit.Parse(source)
	if problem != nil {
		return nil, problem
	}
	operations := []edit.Operation{
		edit.Set(edit.Path{"plan", "id"}, n.newID()),
		edit.Set(edit.Path{"plan", "starts"}, raw(n.Starts)),
		edit.Set(edit.Path{"plan", "ends"}, raw(n.Ends)),
	}
	root := document.Root()
	shift := func(table *edit.Node, path edit.Path, keys ...string) {
		for _, key := range keys {
			if day, is := dayOf(table.Child(key)); is {
				operations = append(operations, edit.Set(append(slices.Clone(path), key), raw(n.shifted(day))))
			}
		}
	}
	shift(root.Child("plan"), edit.Path{"plan"}, "made_up")
	shift(root.Child("reporting"), edit.Path{"reporting"}, "before", "until", "closes")
	periods := root.Child("reporting").Child("period")
	for i := range periods.Len() {
		shift(periods.Elem(i), edit.Path{"reporting", "period", i}, "before", "until", "closes")
	}
	activities := root.Child("activity")
	for i := range activities.Len() {
		shift(activities.Elem(i), edit.Path{"activity", i}, "from", "before", "until")
	}
	operations = append(operations, n.blankDocument(root.Child("document"))...)
	if root.Child("calendar").Child("holidays").Kind() != edit.Missing && len(n.oldYears()) > 0 { // Tết moves
		operations = append(operations, edit.Delete(edit.Path{"calendar", "holidays"}))
	}
	edited, err := edit.Apply(source, operations...)
	if err != nil {
		return nil, err
	}
	return n.markOldYear(PlanFile, edited)
}

func raw(day calendar.Day) edit.Raw { return edit.Raw(day.String()) }

// dayOf is the day that a value holds.
func dayOf(node *edit.Node) (calendar.Day, bool) {
	moment, is := node.Value().(time.Time)
	if !is {
		return calendar.Day{}, false
	}
	return calendar.DayIn(moment, moment.Location()), true
}

// blankDocument takes the number and the day away that the old document was given: the new one has none yet.
func (n *NextYear) blankDocument(document *edit.Node) []edit.Operation {
	var operations []edit.Operation
	if number, is := document.Child("number").Value().(string); is {
		if label, sign, found := strings.Cut(number, "/"); found {
			label, _, _ = strings.Cut(label, ":")
			operations = append(operations, edit.Set(edit.Path{"document", "number"}, label+":        /"+sign))
		} else {
			operations = append(operations, edit.Delete(edit.Path{"document", "number"}))
		}
	}
	for _, key := range []string{"date", "dateline"} {
		if document.Child(key).Kind() != edit.Missing {
			operations = append(operations, edit.Delete(edit.Path{"document", key}))
		}
	}
	return operations
}

// newID is the id of the plan with the new year in the place of the old one, or behind it.
func (n *NextYear) newID() string {
	_, last := n.oldPeriod()
	old, now := strconv.Itoa(last.Year), strconv.Itoa(n.Ends.Year)
	switch {
	case old == now, last.IsZero():
		return n.Plan.ID
	case strings.Contains(n.Plan.ID, old):
		return strings.ReplaceAll(n.Plan.ID, old, now)
	default:
		return n.Plan.ID + "-" + now
	}
}

// oldPeriod is the first and the last day of the old campaign; both are the same where the plan names one of them only,
// and zero where it names none.
func (n *NextYear) oldPeriod() (first, last calendar.Day) {
	first, last = n.Plan.Starts, n.Plan.Ends
	if first.IsZero() {
		first = last
	}
	if last.IsZero() {
		last = first
	}
	return first, last
}

// shifted is a day of the old campaign in the new one: as far from its first or its
// last day, whichever is nearer, and never outside of it.
func (n *NextYear) shifted(day calendar.Day) calendar.Day {
	first, last := n.oldPeriod()
	if n.Plan.Starts.IsZero() || n.Plan.Ends.IsZero() { // how long it was is not known
		return calendar.Date(day.Year+n.Ends.Year-cmp.Or(last.Year, day.Year), day.Month, day.Day)
	}
	fromStart, toEnd := first.DaysUntil(day), day.DaysUntil(last)
	moved := n.Ends.Add(-toEnd)
	if fromStart < toEnd {
		moved = n.Starts.Add(fromStart)
	}
	if fromStart < 0 || toEnd < 0 { // it was outside before
		return moved
	}
	if moved.Before(n.Starts) {
		return n.Starts
	}
	if moved.After(n.Ends) {
		return n.Ends
	}
	return moved
}

// oldYears are the years of the old campaign; none when the new one is in the same.
func (n *NextYear) oldYears() []string {
	first, last := n.oldPeriod()
	if first.IsZero() || first.Year == n.Starts.Year && last.Year == n.Ends.Year {
		return nil
	}
	var years []string
	for year := first.Year; year <= last.Year; year++ {
		years = append(years, strconv.Itoa(year))
	}
	return years
}

// markOldYear puts a comment above each key of a file whose text names an old year.
func (n *NextYear) markOldYear(file string, source []byte) ([]byte, error) {
	years := n.oldYears()
	if len(years) == 0 {
		return source, nil
	}
	document, problem := edit.Parse(source)
	if problem != nil {
		return nil, problem
	}
	named := regexp.MustCompile(`(^|\D)(` + strings.Join(years, "|") + `)(\D|$)`)
	var found []*edit.Node
	collectTexts(document.Root(), func(node *edit.Node) {
		if slices.ContainsFunc(textsOf(node.Value()), named.MatchString) {
			found = append(found, node)
		}
	})
	slices.SortFunc(found, func(a, b *edit.Node) int { return a.KeyOffset() - b.KeyOffset() })
	comment := phrase.In(n.Plan.Language).T("# OLD YEAR: the line below names %s; look at it, then take this line away.",
		strings.Join(years, ", "))
	lineEnd := "\n"
	if bytes.Contains(source, []byte("\r\n")) {
		lineEnd = "\r\n"
	}
	var out bytes.Buffer
	done := 0
	for i, node := range found {
		start := bytes.LastIndexByte(source[:node.KeyOffset()], '\n') + 1
		indent := source[start : start+len(source[start:])-len(bytes.TrimLeft(source[start:], " \t"))]
		out.Write(source[done:start])
		out.Write(indent)
		out.WriteString(comment + lineEnd)
		done = start
		line, _ := edit.Position(source, node.KeyOffset())
		n.Marked = append(n.Marked, fmt.Sprintf("%s:%d: %s", file, line+i+1, keyLine(source[node.KeyOffset():])))
	}
	out.Write(source[done:])
	return sameData(file, document, out.Bytes())
}

// keyLine is the line of a key, as far as a terminal shows it well.
func keyLine(rest []byte) string {
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	letters := []rune(strings.TrimSpace(string(line)))
	const most = 70
	if len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return string(letters)
}

// sameData gives the source with its marks, if they have changed nothing but comments.
func sameData(file string, before *edit.Document, marked []byte) ([]byte, error) {
	after, problem := edit.Parse(marked)
	if problem != nil {
		return nil, problem
	}
	if !reflect.DeepEqual(before.Root().Value(), after.Root().Value()) {
		return nil, phrase.Refuse(phrase.Say("%s cannot be marked without changing it", file),
			phrase.Say("copy the folder by hand and shift its days"))
	}
	return marked, nil
}

// collectTexts visits the values that stand on a line with a key of their own.
func collectTexts(node *edit.Node, visit func(*edit.Node)) {
	switch node.Kind() {
	case edit.Table:
		for _, key := range node.Keys() {
			collectTexts(node.Child(key), visit)
		}
	case edit.TableArray:
		for i := range node.Len() {
			collectTexts(node.Elem(i), visit)
		}
	case edit.Scalar, edit.Array, edit.InlineTable:
		visit(node)
	case edit.Missing:
	}
}

// textsOf are the texts in a value.
func textsOf(value any) []string {
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		var texts []string
		for _, element := range value {
			texts = append(texts, textsOf(element)...)
		}
		return texts
	case map[string]any:
		return textsOf(slices.Collect(maps.Values(value)))
	}
	return nil
}

// Files are the data files of the new folder, by their paths within it.
func (n *NextYear) Files(source string) (map[string][]byte, error) {
	plan, err := os.ReadFile(filepath.Join(source, PlanFile))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	if files[PlanFile], err = n.newPlan(plan); err != nil {
		return nil, err
	}
	roster, err := os.ReadFile(filepath.Join(source, "units.toml"))
	if err != nil {
		return nil, err
	}
	if files["units.toml"], err = n.markOldYear("units.toml", roster); err != nil {
		return nil, err
	}
	switch office, err := os.ReadFile(filepath.Join(source, "report.toml")); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	default:
		empty, err := emptyOffice(office)
		if err != nil {
			return nil, err
		}
		if files["report.toml"], err = n.markOldYear("report.toml", empty); err != nil {
			return nil, err
		}
	}
	folders, err := recordFolders(source)
	if err != nil {
		return nil, err
	}
	for i := range n.Roster.Units {
		unit := &n.Roster.Units[i]
		files["progress/"+folders[unit.ID]+unit.ID+".toml"] = store.EmptyProgress(n.Plan, unit)
	}
	return files, nil
}

// emptyOffice keeps the head of the paper; texts and reminders are of the old campaign.
func emptyOffice(source []byte) ([]byte, error) {
	document, problem := edit.Parse(source)
	if problem != nil {
		return nil, problem
	}
	var operations []edit.Operation
	for _, key := range document.Root().Keys() {
		if key != "schema" && key != "header" {
			operations = append(operations, edit.Delete(edit.Path{key}))
		}
	}
	return edit.Apply(source, operations...)
}

// recordFolders says in which folder below progress the record of each unit lies.
func recordFolders(source string) (map[string]string, error) {
	root := filepath.Join(source, "progress")
	folders := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == root {
			return nil
		}
		if err != nil {
			return err
		}
		if unit, is := strings.CutSuffix(entry.Name(), ".toml"); is && !entry.IsDir() {
			below, err := filepath.Rel(root, filepath.Dir(path))
			if err == nil && below != "." {
				folders[unit] = filepath.ToSlash(below) + "/"
			}
			return err
		}
		return nil
	})
	return folders, err
}
