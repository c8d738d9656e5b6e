package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"example.org/tiendo/model"
)

// segment is a part of a record that is written in one of the ways that TOML allows.
type segment struct {
	owner string // the table of the entry that it belongs to, such as activity.treo-bang-ron; otherwise others
	text  string
}

const others = "others"

// styles writes a record in any of the ways in which a person might. Each byte makes one choice.
type styles struct {
	in       []byte
	comments int
}

// of chooses one of n.
func (s *styles) of(n int) int {
	if len(s.in) == 0 {
		return 0
	}
	first := int(s.in[0])
	s.in = s.in[1:]
	return first % n
}

// oneIn is true once in n times.
func (s *styles) oneIn(n int) bool { return s.of(n) == n-1 }

func (s *styles) pick(words ...string) string { return words[s.of(len(words))] }

// comment is one that is found again.
func (s *styles) comment() string {
	s.comments++
	return fmt.Sprintf("#c%d.", s.comments)
}

// remark is what may stand behind a value.
func (s *styles) remark() string {
	if !s.oneIn(3) {
		return ""
	}
	return s.pick(" ", "\t", "") + s.comment() + s.pick("", " ghi chú", " [activity.x]", ` """`, " = {")
}

var escaped = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`)

// text is a text of a value, with what might be taken for something else.
func (s *styles) text() string {
	return s.pick("Đã treo", "a", "# không phải ghi chú", "[activity.treo-bang-ron]", `status = "done"`, "dòng 1\ndòng 2",
		"x\n[report]\nstatus = 'x'\n", `\ "q"`, "tab\tx", "  thụt", "<<<<<<< ours", "=======", "'") + strconv.Itoa(s.of(100))
}

// quoted is a text as TOML writes it; on one line inside of an inline table.
func (s *styles) quoted(text string, inline bool) string {
	switch way := s.of(5); {
	case inline:
	case way == 1 && !strings.ContainsAny(text, "'\n"):
		return "'" + text + "'"
	case way == 2:
		return "\"\"\"\n" + strings.NewReplacer(`\`, `\\`, `"""`, `\"""`).Replace(text) + `"""`
	case way == 3 && !strings.Contains(text, "'"):
		return "'''" + s.pick("", "\n") + text + "'''"
	case way == 4:
		return `"` + strings.ReplaceAll(escaped.Replace(text), "đ", `\u0111`) + `"`
	}
	return `"` + escaped.Replace(text) + `"`
}

// list is one of evidence.
func (s *styles) list(inline bool) string {
	var b strings.Builder
	b.WriteString("[")
	count := s.of(4)
	for i := range count {
		if !inline && s.oneIn(2) {
			b.WriteString(s.pick("\n\t", "\n  ", " \n"))
		}
		fmt.Fprintf(&b, `"bc%d-%d.jpg"`, i, s.of(100))
		if last := i == count-1; !last || !inline && s.oneIn(3) {
			b.WriteString(",")
			if !inline && s.oneIn(3) {
				b.WriteString(" " + s.comment() + "\n")
			}
		}
	}
	b.WriteString("]")
	return b.String()
}

// keyed is a key with its value.
type keyed struct{ key, value string }

// entry are the fields and figures of an activity.
func (s *styles) entry(inline bool) (fields, figures []keyed) {
	noted := false
	if !s.oneIn(5) {
		status := s.pick("todo", "doing", "done", "na")
		fields = append(fields, keyed{"status", s.pick(`"`, "'") + status})
		fields[0].value += fields[0].value[:1]
		if noted = status == "na"; noted {
			fields = append(fields, keyed{"note", `"vì sao"`})
		}
	}
	if s.oneIn(2) {
		at := s.pick("2019-11-18T09:20:11+07:00", "2019-11-18 09:20:11Z", "2019-11-18T09:20:11.5+07:00")
		fields = append(fields, keyed{"by", s.pick(`"lan"`, "'hoa'")}, keyed{"at", at})
	}
	if !noted && s.oneIn(2) {
		fields = append(fields, keyed{"note", s.quoted(s.text(), inline)})
	}
	if s.oneIn(3) {
		fields = append(fields, keyed{"evidence", s.list(inline)})
	}
	if s.oneIn(4) {
		fields = append(fields, keyed{s.pick("la", `"khác"`, `"x y"`), s.pick("1", "1.5", "true", "2019-01-01", "[1,2]", "{a=1}", "'x'")})
	}
	if s.oneIn(3) {
		slices.Reverse(fields)
	}
	if s.oneIn(2) {
		figures = append(figures, keyed{"bang-ron", s.pick("4", "0", "1_000", "4.0", "0x10")})
	}
	if s.oneIn(5) {
		figures = append(figures, keyed{"khac", "7"})
	}
	return fields, figures
}

// name is a path of keys.
func (s *styles) name(keys ...string) string {
	written := slices.Clone(keys)
	for i, key := range written {
		switch s.of(8) {
		case 6:
			written[i] = `"` + key + `"`
		case 7:
			written[i] = "'" + key + "'"
		}
	}
	return strings.Join(written, s.pick(".", ".", ".", " . "))
}

func (s *styles) header(keys ...string) string {
	name := s.name(keys...)
	return s.pick("", "", "\n") + s.pick("["+name+"]", "[ "+name+" ]", "[\t"+name+"]") + s.remark() + "\n"
}

func (s *styles) line(indent, key, value string) string {
	return indent + key + s.pick(" = ", "=", "   = ", " =\t") + value + s.remark() + "\n" + s.pick("", "", "", "", "", "\n", "  \n", s.comment()+"\n")
}

// inline writes fields between braces.
func inline(fields []keyed) string {
	parts := make([]string, len(fields))
	for i, field := range fields {
		parts[i] = field.key + " = " + field.value
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

// table writes an entry: at is true where it must stand before the first header.
func (s *styles) table(keys []string, fields func(inline bool) (fields, figures []keyed)) (parts []segment, root bool) {
	owner := strings.Join(keys, ".")
	switch s.of(7) {
	case 5:
		all, figures := fields(true)
		if len(figures) > 0 {
			all = append(all, keyed{"figures", inline(figures)})
		}
		return []segment{{owner, s.name(keys...) + " = " + inline(all) + s.remark() + "\n"}}, true
	case 6:
		all, figures := fields(false)
		var b strings.Builder
		for _, field := range all {
			b.WriteString(s.line("", s.name(keys...)+"."+field.key, field.value))
		}
		for _, field := range figures {
			b.WriteString(s.line("", s.name(append(slices.Clone(keys), "figures")...)+"."+field.key, field.value))
		}
		return []segment{{owner, b.String()}}, true
	}
	all, figures := fields(false)
	indent := s.pick("", "", "  ", "\t")
	var text strings.Builder
	text.WriteString(s.header(keys...))
	for _, field := range all {
		text.WriteString(s.line(indent, field.key, field.value))
	}
	switch way := s.of(4); {
	case len(figures) == 0:
	case way == 0:
		text.WriteString(s.line(indent, "figures", inline(figures)))
	case way == 1:
		for _, field := range figures {
			text.WriteString(s.line(indent, "figures."+field.key, field.value))
		}
	default:
		if way == 3 { // apart from its table
			between := s.header("la" + strconv.Itoa(s.comments) + strings.Join(keys, "-"))
			parts = append(parts, segment{owner, text.String()}, segment{others, between + s.line("", "id", `"treo-bang-ron"`)})
			text.Reset()
		}
		text.WriteString(s.header(append(slices.Clone(keys), "figures")...))
		for _, field := range figures {
			text.WriteString(s.line(indent+"  ", field.key, field.value))
		}
	}
	return append(parts, segment{owner, text.String() + s.pick("", "", "\n")}), false
}

// record is a whole record of these activities.
func (s *styles) record(activities []string) []segment {
	var root, tables []segment
	put := func(keys []string, fields func(inline bool) (fields, figures []keyed)) {
		if parts, first := s.table(keys, fields); first {
			root = append(root, parts...)
		} else {
			tables = append(tables, parts...)
		}
	}
	for _, id := range activities {
		if !s.oneIn(3) {
			put([]string{"activity", id}, s.entry)
		}
	}
	for _, id := range []string{"m01", "m02", "m03", "m04"} {
		if s.oneIn(2) {
			put([]string{"message", id}, func(bool) ([]keyed, []keyed) { return []keyed{{"channels", `["website", "khac"]`}}, nil })
		}
	}
	if !s.oneIn(5) {
		put([]string{"report"}, func(inline bool) (fields, _ []keyed) {
			for _, key := range []string{"results", "difficulties", "funding"} {
				if s.oneIn(2) {
					fields = append(fields, keyed{key, s.quoted(s.text(), inline)})
				}
			}
			return fields, nil
		})
	}
	for i := range s.of(3) {
		number := strconv.Itoa(i)
		tables = append(tables, segment{others, s.pick(
			"[[ghi]]"+s.remark()+"\nid = \""+activities[0]+"\"\nstatus = \"done\"\n",
			s.header("zz", "activity", activities[0]+number)+"status = 'todo'\n",
			s.header("bang"+number)+"a.b.c = 1\n[bang"+number+".con]\nx = '''\n[activity."+activities[0]+"]\nstatus = \"x\"\n'''\n",
			"\n\n"+s.comment()+"\n\n")})
	}
	if s.oneIn(2) {
		slices.Reverse(root)
	}
	if s.oneIn(2) {
		root = append([]segment{{others, s.comment() + " đầu\n"}}, root...)
	}
	return append(root, tables...)
}

// change chooses a change of a value.
func (s *styles) change(subject model.Subject, seen model.Value) model.Value {
	switch next := seen.(type) {
	case model.Use:
		next.Channels = []string{"bang-ron", "website"}[:s.of(3)]
		return next
	case model.Report:
		*[]*string{&next.Results, &next.Difficulties, &next.Funding, &next.Recommendations}[s.of(4)] = s.pick("", s.text())
		return next
	default:
		entry := model.As[model.Entry](next)
		if s.oneIn(2) || entry.Status == "" {
			entry.Status = []model.Status{model.Todo, model.Doing, model.Done, model.NA}[s.of(4)]
		}
		if s.oneIn(2) {
			entry.Note = s.pick("", s.text(), s.text())
		}
		switch s.of(4) {
		case 1:
			entry.Evidence = append(slices.Clone(entry.Evidence), fmt.Sprintf("moi%d.jpg", s.of(9)))
		case 2:
			entry.Evidence = slices.Clone(entry.Evidence[min(1, len(entry.Evidence)):])
		}
		if s.oneIn(3) && subject.ID == "treo-bang-ron" {
			entry.Figures = maps.Clone(entry.Figures)
			if entry.Figures == nil {
				entry.Figures = map[string]float64{}
			}
			if entry.Figures["bang-ron"] = float64(s.of(100)) / float64(1+s.of(2)); s.oneIn(3) {
				delete(entry.Figures, "bang-ron")
			}
		}
		return entry
	}
}

// flat puts every value of a TOML document under its path. A time is one moment, however it is written.
func flat(value any, path string, into map[string]any) {
	switch value := value.(type) {
	case map[string]any:
		for key, child := range value {
			flat(child, path+"/"+key, into)
		}
	case []map[string]any:
		for i, child := range value {
			flat(child, path+"/"+strconv.Itoa(i), into)
		}
	case time.Time:
		into[path] = value.UTC()
	default:
		into[path] = value
	}
}

// stylist tries changes in a data folder in which one record is written in many ways.
type stylist struct {
	dir, path  string
	activities []string
}

func newStylist(t testing.TB) *stylist {
	t.Helper()
	l := &stylist{dir: t.TempDir()}
	if err := os.CopyFS(l.dir, os.DirFS(filepath.Join("..", "..", "data"))); err != nil {
		t.Fatal(err)
	}
	hire(t, l.dir, lan)
	records := filepath.Join(l.dir, "progress") // the other ones have not begun
	if err := errors.Join(os.RemoveAll(records), os.Mkdir(records, 0o700)); err != nil {
		t.Fatal(err)
	}
	l.path = filepath.Join(l.dir, "progress", "thanh-tra.toml")
	campaign := load(t, l.dir)
	for i := range campaign.Plan.Activities {
		if activity := &campaign.Plan.Activities[i]; activity.AssignedTo(campaign.Roster.Unit("thanh-tra")) {
			l.activities = append(l.activities, activity.ID)
		}
	}
	return l
}

// try writes a record as the bytes say and changes it up to three times; made is how many of them were made.
func (l *stylist) try(t *testing.T, in []byte) (made int) {
	t.Helper()
	s := &styles{in: in}
	parts := s.record(l.activities)
	crlf, bom, cut := s.oneIn(4), s.oneIn(6), s.oneIn(4)
	var text strings.Builder
	for i := range parts {
		if crlf {
			parts[i].text = strings.ReplaceAll(parts[i].text, "\n", "\r\n")
		}
		text.WriteString(parts[i].text)
	}
	source := text.String()
	if cut {
		source = strings.TrimRight(source, "\r\n")
	}
	if bom {
		source = "\ufeff" + source
	}
	if _, err := toml.Decode(source, &map[string]any{}); err != nil {
		t.Fatalf("no TOML: %v\n%s", err, source)
	}
	write(t, l.path, source)
	subject := model.Subject{Kind: model.SubjectActivity, ID: l.activities[s.of(len(l.activities))]}
	switch s.of(6) {
	case 4:
		subject = model.Subject{Kind: model.SubjectMessage, ID: "m0" + strconv.Itoa(1+s.of(5))}
	case 5:
		subject = model.Subject{Kind: model.SubjectReport}
	}
	for range 3 {
		campaign := load(t, l.dir)
		if problem, broken := campaign.Broken["thanh-tra"]; broken {
			t.Fatalf("called broken, although it decodes: %v\n%s", problem, source)
		}
		progress := campaign.Progress["thanh-tra"]
		seen := subject.Of(&progress)
		change := model.Change{Person: lan, Unit: "thanh-tra", Subject: subject, Seen: seen, New: s.change(subject, seen)}
		if !l.apply(t, change, parts, crlf) {
			break
		}
		made++
	}
	return made
}

// apply makes one change: either the file stays as it is, or nothing but the entry has changed in it.
func (l *stylist) apply(t *testing.T, change model.Change, parts []segment, crlf bool) bool {
	t.Helper()
	before, err := os.ReadFile(l.path)
	if err != nil {
		t.Fatal(err)
	}
	receipt, refused := openData(t, l.dir).Apply(context.Background(), change)
	after, err := os.ReadFile(l.path)
	if err != nil {
		t.Fatal(err)
	}
	if refused != nil || receipt.Unchanged {
		if !bytes.Equal(before, after) {
			t.Fatalf("refused (%v), and the file is another one\n%s\n=====\n%s", refused, before, after)
		}
		if refused != nil && (strings.Contains(refused.Error(), "read back") || strings.Contains(refused.Error(), "cannot be edited")) {
			t.Fatalf("%v: %+v\n%s", refused, change.New, before)
		}
		return false
	}
	owner := string(change.Subject.Kind)
	if change.Subject.ID != "" {
		owner += "." + change.Subject.ID
	}
	sameButFor(t, before, after, "/"+strings.ReplaceAll(owner, ".", "/")+"/")
	at := 0
	for _, part := range parts {
		if part.owner == owner {
			continue
		}
		found := strings.Index(string(after[at:]), withoutTail(part.text))
		if found < 0 {
			t.Fatalf("what belongs to %s is another one\n%q\n%s\n=====\n%s", part.owner, part.text, before, after)
		}
		at += found + len(withoutTail(part.text))
	}
	if bytes.HasPrefix(before, []byte("\ufeff")) != bytes.HasPrefix(after, []byte("\ufeff")) {
		t.Fatal("the byte order mark")
	}
	if !crlf && bytes.Contains(after, []byte("\r")) || crlf && strings.Contains(strings.ReplaceAll(string(after), "\r\n", ""), "\r") {
		t.Fatalf("the ends of lines\n%q\n=====\n%q", before, after)
	}
	progress := load(t, l.dir).Progress["thanh-tra"]
	if got := change.Subject.Of(&progress); !got.Equal(receipt.Value) {
		t.Fatalf("read %+v, want %+v\n%s", got, receipt.Value, after)
	}
	return true
}

// withoutTail is a text without the empty lines and comments at its end: those may belong to what comes next.
func withoutTail(text string) string {
	for {
		text = strings.TrimRight(text, " \t\r\n")
		begin := strings.LastIndexByte(text, '\n') + 1
		if !strings.HasPrefix(strings.TrimSpace(text[begin:]), "#c") {
			return text
		}
		text = text[:begin]
	}
}

// sameButFor wants every value of two documents to be the same, but for those below a path.
func sameButFor(t *testing.T, before, after []byte, path string) {
	t.Helper()
	var was, is map[string]any
	if _, err := toml.Decode(string(before), &was); err != nil {
		t.Fatal(err)
	}
	if _, err := toml.Decode(string(after), &is); err != nil {
		t.Fatalf("what came out does not decode: %v\n%s", err, after)
	}
	flatWas, flatIs := map[string]any{}, map[string]any{}
	flat(was, "", flatWas)
	flat(is, "", flatIs)
	all := maps.Clone(flatWas)
	maps.Copy(all, flatIs)
	for key := range all {
		if !strings.HasPrefix(key, path) && !reflect.DeepEqual(flatWas[key], flatIs[key]) {
			t.Fatalf("%s was %v and is %v\n%s\n=====\n%s", key, flatWas[key], flatIs[key], before, after)
		}
	}
}

// choices are bytes for styles, the same for the same seed.
func choices(seed uint64) []byte {
	random := rand.New(rand.NewPCG(20191115, seed))
	in := make([]byte, 600)
	for i := range in {
		in[i] = byte(random.UintN(256))
	}
	return in
}

// However a record is written, a change of one entry changes that entry alone.
func FuzzStyles(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(choices(seed))
	}
	l := newStylist(f)
	f.Fuzz(func(t *testing.T, in []byte) { l.try(t, in) })
}

// The styles are such that most changes can be made.
func TestStyles(t *testing.T) {
	const tries = 40
	l, made := newStylist(t), 0
	for seed := range uint64(tries) {
		made += l.try(t, choices(1000+seed))
	}
	if made < tries {
		t.Errorf("%d changes were made in %d records", made, tries)
	}
}
