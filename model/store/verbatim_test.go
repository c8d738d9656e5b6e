package store_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/unicode/norm"
)

const (
	planFile   = "../../data/plan.toml"
	sourceFile = "testdata/1714-KH-SCT.txt"
)

// ourKeys lists the keys of plan.toml whose values are ours and not the plan's words.
// Whatever is not listed must stand in the source, so that no new key escapes the comparison.
func ourKeys() []string {
	return []string{
		"schema",
		"plan.id", "plan.language", "plan.timezone", "plan.starts", "plan.ends",
		"document.date",
		"document.headings.id", "document.headings.sic", "document.recipients.sic",
		"reporting.to", "reporting.before",
		"goal.id", "goal.kind", "goal.sic",
		"message.id", "message.sic",
		"channel.id", "channel.name",
		"activity.id", "activity.section", "activity.sic", "activity.assigned", "activity.lead", "activity.goals", "activity.before",
		"activity.indicator.id", "activity.indicator.name", "activity.indicator.measure",
		"activity.indicator.sum", "activity.indicator.part_of",
	}
}

// quirks lists the passages of the source that could mislead a reader, by the table that holds them.
func quirks() map[string][]string {
	return map[string][]string{
		"document.headings":   {"2. THỜI GIAN THỰC HIỆN:", "3. NỘI DUNG HOẠT ĐỘNG"},
		"document.recipients": {"GD, các PGD Sở;"},
		"goal":                {"tự bảo vệ, tự xâm hại"},
		"message":             {"phòng chống, bạo lực"},
		"activity":            {"trước ngày 15/12/2019"},
	}
}

// A check compares a decoded plan with the source and tells every difference.
type check func(plan map[string]any, source string) []string

func checks() map[string]check {
	return map[string]check{
		"every text stands in the source": textsOutsideSource,
		"every line of the source is held": func(plan map[string]any, source string) []string {
			return differences(printedLines(source), heldLines(plan))
		},
		"counts": wrongCounts,
		"titles": badTitles,
		"dates":  wrongDates,
		"sic":    wrongMarks,
	}
}

func TestPlanIsVerbatim(t *testing.T) {
	plan, source := decode(t, read(t, planFile)), read(t, sourceFile)
	for name, check := range checks() {
		t.Run(name, func(t *testing.T) {
			for _, problem := range check(plan, source) {
				t.Error(problem)
			}
		})
	}
}

// TestDamageIsFound damages the plan in the ways that matter and wants the check to notice.
func TestDamageIsFound(t *testing.T) {
	const stands, held = "every text stands in the source", "every line of the source is held"
	tests := map[string]struct{ check, old, with string }{
		"a quirk corrected":       {stands, "tự bảo vệ, tự xâm hại", "tự bảo vệ, tự phòng ngừa xâm hại"},
		"an accent changed":       {stands, "vun đắp yêu thương", "vun đáp yêu thương"},
		"a text taken apart":      {stands, "“Chấm dứt bạo lực", "“Chấm  dứt bạo lực"},
		"a text left empty":       {stands, `place            = "Quảng Trị"`, `place            = ""`},
		"a new key":               {stands, "\nlanguage = ", "\nmotto = \"Việc hôm nay\"\nlanguage = "},
		"a new key, not a text":   {stands, "\nlanguage = ", "\nbudget = 5\nlanguage = "},
		"a key listed but absent": {stands, "\nlead     = \"van-phong\"", ""},
		"a closing cut short":     {held, "theo quy định./.", "theo quy định"},
		"a message lost":          {held, "\n[[message]]\nid   = \"m13\"\ntext = \"Hãy tố cáo khi bị quấy rối tình dục.\"\n", ""},
		"a text with another's":   {held, "Chấm dứt bạo lực, vun đắp yêu thương.", "Hãy tố cáo khi bị quấy rối tình dục."},
		"a duty among activities": {held, "id       = \"quan-triet-can-bo\"\nsection  = \"duty\"", "id       = \"quan-triet-can-bo\"\nsection  = \"activity\""},
		"an aim as a requirement": {"counts", `kind = "aim"`, `kind = "requirement"`},
		"a signature line lost":   {"counts", `["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]`, `["KT. GIÁM ĐỐC"]`},
		"a basis lost":            {"counts", "\nbasis            = ", "\n# basis = "},
		"a title from elsewhere":  {"titles", `title    = "Treo băng rôn, khẩu hiệu"`, `title    = "Công đoàn, Chi đoàn các đơn vị"`},
		"a title too short":       {"titles", `title    = "Treo băng rôn, khẩu hiệu"`, `title    = "Treo băng rôn"`},
		"a title given twice": {
			"titles", `title    = "Tổ chức quán triệt đến toàn thể đoàn viên công đoàn"`,
			`title    = "Tổ chức quán triệt đến toàn thể cán bộ, công chức"`,
		},
		"the last day moved":      {"dates", "ends     = 2019-12-15", "ends     = 2019-12-16"},
		"the day of the document": {"dates", "date             = 2019-11-06", "date             = 2019-06-11"},
		"the deadline moved":      {"dates", "\nbefore = 2019-12-15", "\nbefore = 2019-12-16"},
		"a mark lost":             {"sic", "\nsic  = \"nguyên văn; có lẽ là “GĐ, các PGĐ Sở;”\"", ""},
		"a mark emptied":          {"sic", "\"nguyên văn; có lẽ là “GĐ, các PGĐ Sở;”\"", `""`},
		"a mark without cause":    {"sic", "\nid   = \"m05\"", "\nid   = \"m05\"\nsic  = \"nguyên văn; có lẽ là “…”\""},
	}
	original, source := read(t, planFile), read(t, sourceFile)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(original, test.old) {
				t.Fatalf("%s does not hold %q, so nothing can be damaged", planFile, test.old)
			}
			plan := decode(t, strings.Replace(original, test.old, test.with, 1))
			if len(checks()[test.check](plan, source)) == 0 {
				t.Errorf("the check %q does not notice", test.check)
			}
		})
	}
}

// TestFilesAreNFC keeps searches and comparisons by bytes right: an office's editor may write NFD.
func TestFilesAreNFC(t *testing.T) {
	files := []string{sourceFile}
	err := filepath.WalkDir(filepath.Dir(planFile), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(files, filepath.FromSlash(planFile)) {
		t.Fatalf("the walk found %v, without %s", files, planFile)
	}
	for _, file := range files {
		content := read(t, file)
		if !utf8.ValidString(content) || !norm.NFC.IsNormalString(content) {
			t.Errorf("%s is not UTF-8 in NFC", file)
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func decode(t *testing.T, document string) map[string]any {
	t.Helper()
	plan := map[string]any{}
	if _, err := toml.Decode(document, &plan); err != nil {
		t.Fatal(err)
	}
	return plan
}

// visit calls leaf for every value that is not a table, in file order within an array;
// elements of an array share the path of the array.
func visit(path string, value any, leaf func(path string, value any)) {
	switch value := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			visit(strings.TrimPrefix(path+"."+key, "."), value[key], leaf)
		}
	case []map[string]any:
		for _, element := range value {
			visit(path, element, leaf)
		}
	case []any:
		for _, element := range value {
			visit(path, element, leaf)
		}
	default:
		leaf(path, value)
	}
}

// texts lists the strings at a path.
func texts(plan map[string]any, path string) []string {
	var found []string
	visit("", plan, func(at string, value any) {
		if text, ok := value.(string); ok && at == path {
			found = append(found, text)
		}
	})
	return found
}

// tables lists the tables of an array at a path of one or two keys.
func tables(plan map[string]any, path string) []map[string]any {
	if parent, key, nested := strings.Cut(path, "."); nested {
		plan, _ = plan[parent].(map[string]any)
		path = key
	}
	found, _ := plan[path].([]map[string]any)
	return found
}

func textsOutsideSource(plan map[string]any, source string) []string {
	var problems []string
	ours := map[string]bool{}
	for _, key := range ourKeys() {
		ours[key] = false
	}
	visit("", plan, func(path string, value any) {
		if _, listed := ours[path]; listed {
			ours[path] = true
			return
		}
		text, ok := value.(string)
		switch {
		case !ok:
			problems = append(problems, fmt.Sprintf("%s is %v: not a text of the source and not listed as ours", path, value))
		case strings.TrimSpace(text) == "" || strings.Contains(text, "\n") || !strings.Contains(source, text):
			problems = append(problems, fmt.Sprintf("%s is %q, which does not stand in the source", path, text))
		}
	})
	for _, key := range ourKeys() {
		if !ours[key] {
			problems = append(problems, fmt.Sprintf("%s is listed as ours, but the plan does not have it", key))
		}
	}
	return problems
}

// printedLines are the lines of the source without blank lines, list dashes and the asterisks
// that the conversion to text put around the titles of the signature.
func printedLines(source string) []string {
	var lines []string
	for line := range strings.SplitSeq(source, "\n") {
		line = strings.TrimPrefix(line, "- ")
		line = strings.TrimSuffix(strings.TrimPrefix(line, "**"), "**")
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// heldLines are the texts of the plan in the order in which the document prints them.
func heldLines(plan map[string]any) []string {
	var lines []string
	add := func(texts ...string) { lines = append(lines, texts...) }
	headings := texts(plan, "document.headings.text")
	heading := func(count int) {
		count = min(count, len(headings))
		add(headings[:count]...)
		headings = headings[count:]
	}
	for _, key := range []string{"number", "dateline", "type", "title", "basis"} {
		add(texts(plan, "document."+key)...)
	}
	heading(2)
	add(textsWhere(plan, "goal", "kind", "aim")...)
	heading(1)
	add(textsWhere(plan, "goal", "kind", "requirement")...)
	heading(2)
	add(texts(plan, "plan.theme")...)
	heading(1)
	add(texts(plan, "message.text")...)
	heading(1)
	add(texts(plan, "plan.period")...)
	heading(1)
	add(textsWhere(plan, "activity", "section", "activity")...)
	heading(2)
	duties := textsWhere(plan, "activity", "section", "duty")
	ofDivisions := max(0, len(duties)-1) // the last duty is the unions'
	add(duties[:ofDivisions]...)
	heading(len(headings))
	add(duties[ofDivisions:]...)
	for _, key := range []string{"closing", "recipients_label", "recipients.text", "archive", "signature.titles", "signature.name"} {
		add(texts(plan, "document."+key)...)
	}
	return lines
}

// textsWhere lists the texts of the tables in which key has the value.
func textsWhere(plan map[string]any, path, key, value string) []string {
	var found []string
	for _, table := range tables(plan, path) {
		if table[key] == value {
			found = append(found, fmt.Sprint(table["text"]))
		}
	}
	return found
}

// differences tells the first line at which two documents part; what follows it would only repeat it.
func differences(want, got []string) []string {
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(got):
			return []string{fmt.Sprintf("line %d of the source is not held: %q", i+1, want[i])}
		case i >= len(want):
			return []string{fmt.Sprintf("the plan has more than the source: %q", got[i])}
		case want[i] != got[i]:
			return []string{fmt.Sprintf("printed line %d:\nthe source has %q\nthe plan has   %q", i+1, want[i], got[i])}
		}
	}
	return nil
}

func wrongCounts(plan map[string]any, _ string) []string {
	counts := []struct {
		what      string
		got, want int
	}{
		{"aims", len(textsWhere(plan, "goal", "kind", "aim")), 2},
		{"requirements", len(textsWhere(plan, "goal", "kind", "requirement")), 3},
		{"messages", len(texts(plan, "message.text")), 15},
		{"activities", len(textsWhere(plan, "activity", "section", "activity")), 4},
		{"duties", len(textsWhere(plan, "activity", "section", "duty")), 3 + 1},
		{"recipients", len(texts(plan, "document.recipients.text")), 7},
		{"signature titles", len(texts(plan, "document.signature.titles")), 2},
		{"headings", len(texts(plan, "document.headings.text")), 11},
	}
	var problems []string
	for _, piece := range []string{
		"document.number", "document.dateline", "document.type", "document.title", "document.basis", "plan.theme",
		"plan.period", "document.closing", "document.archive", "document.signature.name",
	} {
		if count := len(texts(plan, piece)); count != 1 {
			problems = append(problems, fmt.Sprintf("the plan has %s %d times, want once", piece, count))
		}
	}
	for _, count := range counts {
		if count.got != count.want {
			problems = append(problems, fmt.Sprintf("the plan has %d %s, want %d", count.got, count.what, count.want))
		}
	}
	return problems
}

// badTitles tells the titles that a list could not show well, or that are not the activity's own words.
func badTitles(plan map[string]any, _ string) []string {
	var problems []string
	seen := map[string]bool{}
	for _, activity := range tables(plan, "activity") {
		title, text := fmt.Sprint(activity["title"]), fmt.Sprint(activity["text"])
		length := utf8.RuneCountInString(title)
		if seen[title] || length < 20 || length > 60 || !strings.Contains(text, title) {
			problems = append(problems, fmt.Sprintf(
				"activity %v: the title %q must be 20 to 60 letters of its own text, and no other's", activity["id"], title))
		}
		seen[title] = true
	}
	return problems
}

// wrongDates compares the dates that the program counts with against the dates as printed.
func wrongDates(plan map[string]any, _ string) []string {
	var problems []string
	printed := func(table map[string]any, key, layout, text string) {
		date, ok := table[key].(time.Time)
		if !ok || !strings.Contains(text, date.Format(layout)) {
			problems = append(problems, fmt.Sprintf("%s is %v, which %q does not say", key, table[key], text))
		}
	}
	one := func(path string) string { return strings.Join(texts(plan, path), "\n") }
	campaign, _ := plan["plan"].(map[string]any)
	document, _ := plan["document"].(map[string]any)
	reporting, _ := plan["reporting"].(map[string]any)
	printed(campaign, "starts", "Từ ngày 02/01/2006 đến", one("plan.period"))
	printed(campaign, "ends", "đến ngày 02/01/2006.", one("plan.period"))
	printed(document, "date", "ngày 02 tháng 01 năm 2006", one("document.dateline"))
	printed(reporting, "before", "về Văn phòng Sở trước ngày 02/01/2006 để", one("document.closing"))
	for _, activity := range tables(plan, "activity") {
		text := fmt.Sprint(activity["text"])
		if _, own := activity["before"]; own || strings.Contains(text, "trước ngày") {
			printed(activity, "before", "trước ngày 02/01/2006", text)
		}
	}
	return problems
}

// wrongMarks wants sic on the passages that could mislead, and on no other.
func wrongMarks(plan map[string]any, _ string) []string {
	var problems []string
	for path, passages := range quirks() {
		found := 0
		for _, table := range tables(plan, path) {
			text, mark := fmt.Sprint(table["text"]), table["sic"]
			misleads := slices.ContainsFunc(passages, func(passage string) bool { return strings.Contains(text, passage) })
			if misleads {
				found++
			}
			reading, marked := mark.(string)
			if misleads != marked || marked && !strings.HasPrefix(reading, "nguyên văn; ") {
				problems = append(problems, fmt.Sprintf("%s %q: sic is %v, and the passage misleads: %t", path, text, mark, misleads))
			}
		}
		if found != len(passages) {
			problems = append(problems, fmt.Sprintf("%s: %d passages that mislead, want %d", path, found, len(passages)))
		}
	}
	return problems
}
