package merge

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model/edit"
)

const someRecord = `# Văn phòng
[activity.treo-bang-ron]
status = "todo"

[activity.tap-huan]
status   = "doing"
by       = "lan"
at       = 2019-11-16T08:00:00+07:00
note     = "cũ"
evidence = ["a.jpg", "b.jpg"]

[activity.tap-huan.figures]
luot = 3

[message.m05]
channels = ["website"]

[report]
`

// joinedRecord joins two sides of a record, which must leave nothing open.
func joinedRecord(t testing.TB, base, ours, theirs string) string {
	t.Helper()
	result, err := Settle(Versions{Base: []byte(base), Ours: []byte(ours), Theirs: []byte(theirs), Record: true})
	if err != nil {
		t.Fatalf("%v\n--- base\n%s\n--- ours\n%s\n--- theirs\n%s", err, base, ours, theirs)
	}
	if len(result.Open) > 0 {
		t.Fatalf("open: %q", result.Conflicts)
	}
	return string(result.Content)
}

// someChange changes some fields of one entry of a record, and signs as the program does.
func someChange(t testing.TB, random *rand.Rand, source, by, at string) string {
	t.Helper()
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	var operations []edit.Operation
	var path edit.Path
	set := func(key string, value any) {
		operations = append(operations, edit.Set(append(slices.Clone(path), key), value))
	}
	document, _ := edit.Parse([]byte(source))
	change := func(key string, values ...string) bool {
		if random.IntN(2) == 0 {
			return false
		}
		value := pick(values...)
		if value != "" {
			set(key, value)
			return true
		}
		if document.Find(append(slices.Clone(path), key)...) != nil {
			operations = append(operations, edit.Delete(append(slices.Clone(path), key)))
			return true
		}
		return false
	}
	list := func(key string) bool {
		if random.IntN(3) > 0 {
			return false
		}
		var items []string
		for _, item := range []string{"a.jpg", "b.jpg", "c.jpg", "d.jpg"} {
			if random.IntN(2) == 0 {
				items = append(items, item)
			}
		}
		set(key, items)
		return true
	}
	switch kind := random.IntN(5); kind {
	case 0, 1, 2:
		path = edit.Path{"activity", []string{"treo-bang-ron", "tap-huan", "moi"}[kind]}
		decided := change("status", "todo", "doing", "done", "na")
		edited := change("note", "", "A", "B", "cũ", "dài\nhai dòng")
		edited = list("evidence") || edited
		if random.IntN(3) == 0 {
			operations = append(operations, edit.Set(append(slices.Clone(path), "figures", pick("luot", "nguoi")), random.IntN(4)))
			edited = true
		}
		if decided {
			set("by", by)
			set("at", edit.Raw(at))
			if node := document.Find(append(slices.Clone(path), "edited_by")...); edited && node != nil {
				operations = append(operations, edit.Delete(append(slices.Clone(path), "edited_by")), edit.Delete(append(slices.Clone(path), "edited_at")))
			}
		} else if edited {
			set("edited_by", by)
			set("edited_at", edit.Raw(at))
		}
	case 3:
		path = edit.Path{"message", pick("m05", "m06")}
		if list("channels") {
			set("by", by)
			set("at", edit.Raw(at))
		}
	default:
		path = edit.Path{"report"}
		some := change("status", "draft", "submitted", "accepted", "returned")
		for _, key := range []string{"results", "difficulties", "reason"} {
			some = change(key, "", "một", "hai", "ba") || some
		}
		if random.IntN(5) == 0 {
			set("nil", true)
			set("nil_reason", pick("không có", "chưa có"))
			some = true
		}
		if random.IntN(3) == 0 {
			set("submitted_at", edit.Raw(at))
		}
		if some {
			set("by", by)
			set("at", edit.Raw(at))
		}
	}
	out, err := edit.Apply([]byte(source), operations...)
	if err != nil {
		t.Fatalf("%v\n%s", err, source)
	}
	return string(out)
}

// FuzzRecordOrder joins three and four versions of a record in every order: whatever was joined first, the bytes are the same.
func FuzzRecordOrder(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed, seed%2 == 0)
	}
	for _, seed := range []uint64{120, 394, 468, 1521, 1560, 1770, 1828, 1899} { // each has once depended on the order
		f.Add(seed, true)
	}
	f.Fuzz(recordOrder)
}

// recordOrder makes versions of a record from a seed, and joins them.
func recordOrder(t *testing.T, seed uint64, four bool) {
	random := rand.New(rand.NewPCG(seed, 1))
	base := someRecord
	if seed%3 == 0 { // a record with something in it already, joined before
		base = joinedRecord(t, base, someChange(t, random, base, "tu", "2019-11-17T08:00:00+07:00"), someChange(t, random, base, "an", "2019-11-17T09:00:00+07:00"))
	}
	var versions []string
	for i, by := range []string{"lan", "hoa", "minh", "nam"}[:3+map[bool]int{true: 1}[four]] {
		version := base
		if seed%6 == 0 {
			version = settled(t, rand.New(rand.NewPCG(seed, uint64(i))), version, by, fmt.Sprintf("2019-11-18T08:%02d:00+07:00", 10*i))
		}
		for n := range 1 + random.IntN(3) {
			version = someChange(t, random, version, by, fmt.Sprintf("2019-11-18T%02d:%02d:00+07:00", 9+n, 10*i+random.IntN(20)))
		}
		versions = append(versions, version)
	}
	want := ""
	for _, order := range orders(len(versions)) {
		got := versions[order[0]]
		for _, i := range order[1:] {
			if random.IntN(2) == 0 {
				got = joinedRecord(t, base, got, versions[i])
			} else {
				got = joinedRecord(t, base, versions[i], got)
			}
		}
		if want == "" {
			want = got
			checkWritten(t, base, want, versions)
		}
		if got != want {
			t.Fatalf("in order %v\n%s\n--- before\n%s\n--- base\n%s\n--- versions\n%s", order, got, want, base, strings.Join(versions, "\n---\n"))
		}
	}
	if four { // two and two
		got := joinedRecord(t, base, joinedRecord(t, base, versions[3], versions[0]), joinedRecord(t, base, versions[1], versions[2]))
		if got != want {
			t.Fatalf("two and two\n%s\n--- before\n%s\n--- base\n%s\n--- versions\n%s", got, want, base, strings.Join(versions, "\n---\n"))
		}
	}
}

// theSubjects are what someChange changes.
var theSubjects = []subject{
	{"activity", edit.Path{"activity", "treo-bang-ron"}}, {"activity", edit.Path{"activity", "tap-huan"}},
	{"activity", edit.Path{"activity", "moi"}}, {reportName, edit.Path{reportName}},
}

// settled settles what is in dispute, or a part of it, and signs what is kept.
func settled(t testing.TB, random *rand.Rand, source, by, at string) string {
	t.Helper()
	for _, s := range theSubjects {
		all, ok := s.wholes(source)
		if !ok || len(all) < 2 || random.IntN(4) == 0 {
			continue
		}
		when, _ := time.Parse(time.RFC3339, at)
		keep := random.IntN(len(all))
		kept := all[keep]
		kept.edited = signature{by: by, at: when.UTC(), atText: at}
		if s.kind == reportName {
			kept.own = kept.edited
		}
		if all = slices.Delete(all, keep, keep+1); random.IntN(2) == 0 {
			all = nil
		}
		if source, ok = s.writeWholes(source, append([]whole{kept}, all...)); !ok {
			t.Fatalf("cannot be settled:\n%s", source)
		}
	}
	return source
}

// checkWritten wants that somebody has written every version that stands: as a whole where there was a dispute, else
// but for fields that this one has left alone.
func checkWritten(t testing.TB, base, joined string, versions []string) {
	t.Helper()
	for _, s := range theSubjects {
		was, _ := s.wholes(base)
		var written []whole
		for _, version := range versions {
			all, _ := s.wholes(version)
			written = append(written, all...)
		}
		all, ok := s.wholes(joined)
		if !ok {
			t.Fatalf("cannot be read:\n%s", joined)
		}
		for _, one := range all {
			if !slices.ContainsFunc(append(slices.Clone(written), was...), func(other whole) bool {
				return other.says(one) || len(was) < 2 && other.within(one, was)
			}) {
				t.Fatalf("nobody wrote %v %v\n--- joined\n%s\n--- base\n%s\n--- versions\n%s", s.path, one.fields, joined, base, strings.Join(versions, "\n---\n"))
			}
		}
	}
}

// within reports whether a version has all that this one has changed, lists apart.
func (w whole) within(one whole, base []whole) bool {
	was := map[string]candidate{}
	if len(base) > 0 {
		was = base[0].fields
	}
	for _, fields := range []map[string]candidate{was, w.fields} {
		for field := range fields {
			is := w.fields[field]
			if !is.isList && !was[field].isList && field != submittedKey && is.value != was[field].value && is.value != one.fields[field].value {
				return false
			}
		}
	}
	return true
}

// orders are all orders of n things.
func orders(n int) (all [][]int) {
	if n == 0 {
		return [][]int{nil}
	}
	for _, shorter := range orders(n - 1) {
		for at := range n {
			all = append(all, slices.Insert(slices.Clone(shorter), at, n-1))
		}
	}
	return all
}

// What comes of two versions, beside the entries that nobody has changed.
func TestRecordsAreJoined(t *testing.T) {
	const untouched = "[activity.x]\nstatus = \"todo\"\n"
	const done = "[activity.x]\nstatus = \"done\"\nby = \"lan\"\nat = 2019-11-18T09:20:11+07:00\n"
	const accepted = "[report]\nstatus = \"accepted\"\nby = \"lan\"\nat = 2019-11-18T09:20:11+07:00\n"
	const submitted = "[report]\nstatus = \"submitted\"\nby = \"hoa\"\nat = 2019-11-17T09:20:11+07:00\n"
	for name, test := range map[string]struct{ base, ours, theirs, want string }{
		"a status and a note are no dispute": {
			untouched, done, "[activity.x]\nstatus = \"todo\"\nby = \"hoa\"\nat = 2019-11-18T10:00:00+07:00\nnote = \"A\"\n",
			done + "edited_by = \"hoa\"\nedited_at = 2019-11-18T10:00:00+07:00\nnote = \"A\"\n",
		},
		"two statuses, the earlier one above": {
			untouched, "[activity.x]\nstatus = \"na\"\nby = \"minh\"\nat = 2019-11-18T09:31:40+07:00\nnote = \"B\"\n", done,
			done + "edited_by = \"minh\"\nedited_at = 2019-11-18T09:31:40+07:00\nnote = \"B\"\n\n[[activity.x.other]]\nstatus = \"na\"\nby = \"minh\"\nat = 2019-11-18T09:31:40+07:00\n",
		},
		"what one person wrote on two sides is not mixed": {
			untouched,
			"[activity.x]\nstatus = \"doing\"\nby = \"minh\"\nat = 2019-11-18T09:00:01+07:00\nedited_by = \"minh\"\nedited_at = 2019-11-18T09:00:03+07:00\nnote = \"A\"\n",
			"[activity.x]\nstatus = \"done\"\nby = \"minh\"\nat = 2019-11-18T09:00:02+07:00\nnote = \"B\"\n",
			"[activity.x]\nstatus = \"doing\"\nby = \"minh\"\nat = 2019-11-18T09:00:01+07:00\nedited_by = \"minh\"\nedited_at = 2019-11-18T09:00:03+07:00\nnote = \"A\"\n\n" +
				"[[activity.x.other]]\nstatus = \"done\"\nby = \"minh\"\nat = 2019-11-18T09:00:02+07:00\nnote = \"B\"\n",
		},
		"the same status, by whoever was first": {
			untouched, strings.Replace(done, "09:20:11", "09:20:12", 1), done, done,
		},
		"a note taken away and written anew": {
			done + "note = \"A\"\n", done, done + "edited_by = \"hoa\"\nedited_at = 2019-11-18T10:00:00+07:00\nnote = \"B\"\n",
			done + "\n[[activity.x.other]]\nby = \"hoa\"\nat = 2019-11-18T10:00:00+07:00\nnote = \"B\"\n",
		},
		"lists hold what either has added": {
			untouched + "evidence = [\"a\", \"b\"]\n", untouched + "evidence = [\"a\", \"b\", \"d\"]\n", untouched + "evidence = [\"a\", \"c\"]\n",
			untouched + "evidence = [\"a\", \"c\", \"d\"]\n",
		},
		"an acceptance of what the other side has changed": {
			submitted + "\n" + untouched, accepted + "\n" + untouched, submitted + "\n" + done,
			submitted + "\n[[report.other]]\nby = \"lan\"\nat = 2019-11-18T09:20:11+07:00\nstatus = \"accepted\"\n\n" + done,
		},
		"an acceptance, and a text of the report that it did not see": {
			submitted, accepted, submitted + "results = \"sau\"\n",
			submitted + "results = \"sau\"\n\n[[report.other]]\nby = \"lan\"\nat = 2019-11-18T09:20:11+07:00\nstatus = \"accepted\"\n",
		},
		"an acceptance of a report that was sent anew": {
			submitted, accepted, strings.Replace(submitted, "09:20:11", "09:30:11", 1), accepted,
		},
		"what another person wrote beside a status stays with it": {
			untouched, done + "edited_by = \"minh\"\nedited_at = 2019-11-18T09:30:00+07:00\nnote = \"A\"\n",
			"[activity.x]\nstatus = \"na\"\nby = \"hoa\"\nat = 2019-11-18T09:21:00+07:00\nnote = \"B\"\n",
			done + "edited_by = \"minh\"\nedited_at = 2019-11-18T09:30:00+07:00\nnote = \"A\"\n\n[[activity.x.other]]\nstatus = \"na\"\nby = \"hoa\"\nat = 2019-11-18T09:21:00+07:00\nnote = \"B\"\n",
		},
		"and so it does below an earlier one": {
			untouched, done + "edited_by = \"minh\"\nedited_at = 2019-11-18T09:30:00+07:00\nnote = \"A\"\n",
			"[activity.x]\nstatus = \"na\"\nby = \"hoa\"\nat = 2019-11-18T09:19:00+07:00\nnote = \"B\"\n",
			"[activity.x]\nstatus = \"na\"\nby = \"hoa\"\nat = 2019-11-18T09:19:00+07:00\nnote = \"B\"\n\n[[activity.x.other]]\nstatus = \"done\"\nby = \"lan\"\nat = 2019-11-18T09:20:11+07:00\nedited_by = \"minh\"\nedited_at = 2019-11-18T09:30:00+07:00\nnote = \"A\"\n",
		},
		"a dispute settled twice, differently, is a dispute": {
			done + "note = \"A\"\n\n[[activity.x.other]]\nby = \"hoa\"\nat = 2019-11-18T10:00:00+07:00\nnote = \"B\"\n",
			done + "edited_by = \"lan\"\nedited_at = 2019-11-18T11:00:00+07:00\nnote = \"A\"\n",
			done + "edited_by = \"hoa\"\nedited_at = 2019-11-18T12:00:00+07:00\nnote = \"B\"\n",
			done + "note = \"A\"\nedited_by = \"lan\"\nedited_at = 2019-11-18T11:00:00+07:00\n\n[[activity.x.other]]\nby = \"hoa\"\nat = 2019-11-18T12:00:00+07:00\nnote = \"B\"\nwhole = true\n",
		},
		"what is taken away on one side stays where the other has changed it": {
			untouched + "\n[report]\n", "[report]\n", done + "\n[report]\n", done + "[report]\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, sides := range [][2]string{{test.ours, test.theirs}, {test.theirs, test.ours}} {
				if got := joinedRecord(t, test.base, sides[0], sides[1]); got != test.want {
					t.Errorf("got\n%s\nwant\n%s", got, test.want)
				}
			}
		})
	}
}

// Two people, and three, settle a dispute of three versions, each in a way of their own: what each has kept stands there
// as a whole, and nothing that nobody wrote, whichever are joined first.
func TestSettlementsAreJoined(t *testing.T) {
	type version struct{ status, note, by, at, editedBy, editedAt string }
	record := func(versions ...version) string {
		var b strings.Builder
		for i, v := range versions {
			fmt.Fprintf(&b, "%s\nstatus = %q\nby = %q\nat = 2019-11-18T%s:00+07:00\n", []string{"[activity.x]", "\n[[activity.x.other]]"}[min(i, 1)], v.status, v.by, v.at)
			if v.editedBy != "" {
				fmt.Fprintf(&b, "edited_by = %q\nedited_at = 2019-11-18T%s:00+07:00\n", v.editedBy, v.editedAt)
			}
			fmt.Fprintf(&b, "note = %q\n", v.note)
			if i > 0 { // as the program leaves what a settlement lets stand
				b.WriteString("whole = true\n")
			}
		}
		return b.String()
	}
	read := func(source string) (all []version) {
		document, problem := edit.Parse([]byte(source))
		if problem != nil {
			t.Fatalf("%v\n%s", problem, source)
		}
		entry := document.Find("activity", "x")
		get := func(node *edit.Node, key string) string {
			value, is := node.Child(key).Value().(string)
			if !is {
				value, _ = entry.Child(key).Value().(string)
			}
			return value
		}
		all = append(all, version{status: get(entry, "status"), note: get(entry, "note")})
		for i := range entry.Child("other").Len() {
			other := entry.Child("other").Elem(i)
			all = append(all, version{status: get(other, "status"), note: get(other, "note")})
		}
		return all
	}
	first, second, third := version{status: "done", note: "A", by: "an", at: "09:00"}, version{status: "doing", note: "B", by: "binh", at: "09:01"}, version{status: "na", note: "C", by: "chi", at: "09:02"}
	settlements := func(by, at string) (all [][]version) {
		for _, kept := range []version{first, second, {status: first.status, note: "N" + by, by: first.by, at: first.at}, {status: second.status, note: "N" + by, by: second.by, at: second.at}, {status: "todo", note: "N" + by, by: by, at: at}} {
			if kept.by != by || kept.at != at {
				kept.editedBy, kept.editedAt = by, at
			}
			all = append(all, []version{kept, third}, []version{kept})
		}
		last := third
		last.editedBy, last.editedAt = by, at
		return append(all, []version{last})
	}
	base, turn := record(first, second, third), 0
	for _, ours := range settlements("an", "10:00") {
		for _, theirs := range settlements("binh", "11:00") {
			sides := [][]version{ours, theirs}
			check := func(joined string) {
				t.Helper()
				has := func(all []version, v version) bool {
					return slices.ContainsFunc(all, func(other version) bool { return other.status == v.status && other.note == v.note })
				}
				got := read(joined)
				for _, side := range sides {
					if !has(got, side[0]) {
						t.Errorf("%s %s is lost:\n%s\n--- of %+v", side[0].status, side[0].note, joined, sides)
					}
				}
				for _, v := range got {
					if !has(slices.Concat(append(sides, []version{first, second, third})...), v) {
						t.Errorf("nobody wrote %s %s:\n%s\n--- of %+v", v.status, v.note, joined, sides)
					}
				}
			}
			joined := joinedRecord(t, base, record(ours...), record(theirs...))
			check(joined)
			if other := joinedRecord(t, base, record(theirs...), record(ours...)); other != joined {
				t.Fatalf("the sides count:\n%s\n%s", joined, other)
			}
			// A fourth version: of a clone that knew of no dispute, and taken in by one who settled it.
			for _, at := range []string{"08:59", "09:30", "13:00"} {
				fourth := version{status: "todo", note: "D", by: "dung", at: at}
				sides = [][]version{ours, theirs, {fourth}}
				before := record(version{status: "todo", note: "O", by: "an", at: "08:00"})
				check(joinedRecord(t, before, joined, record(fourth)))
				taken := joinedRecord(t, before, record(ours...), record(fourth))
				check(joinedRecord(t, base, taken, record(theirs...)))
			}
			sides = [][]version{ours, theirs}
			for _, another := range [][]version{settlements("chi", "12:00")[2*(turn%5)], {third}} {
				turn++
				if another[0].editedBy == "" && another[0] == third {
					another[0].editedBy, another[0].editedAt = "chi", "12:00"
				}
				sides = [][]version{ours, theirs, another}
				want := joinedRecord(t, base, joined, record(another...))
				check(want)
				for _, order := range [][3]int{{0, 2, 1}, {2, 1, 0}} {
					got := joinedRecord(t, base, joinedRecord(t, base, record(sides[order[0]]...), record(sides[order[1]]...)), record(sides[order[2]]...))
					if got != want {
						t.Fatalf("in order %v\n%s\n--- before\n%s\n--- of %+v", order, got, want, sides)
					}
				}
				sides = sides[:2]
			}
		}
	}
}
