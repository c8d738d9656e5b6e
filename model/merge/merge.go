package merge

import (
	"slices"

	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
)

// Side is one of the three versions of a file.
type Side int

// The versions. Base is the one that the two others came from.
const (
	Base Side = iota
	Ours
	Theirs
)

// Result is a merged file.
type Result struct {
	Content   []byte     // with marks around what is in conflict
	Conflicts []string   // the entries that are in conflict, in file order, as a person knows them
	Open      []Conflict // the same with what the sides have of them
	// Settled is the file as each version would settle every conflict: that of Base has what is in conflict as it was. It
	// is nil where such a file would not hold together.
	Settled [3][]byte
}

// Unreadable says which version cannot be merged, and why: it is no TOML, over a limit, or
// of another schema. Its Problem names no file.
type Unreadable struct {
	Side    Side
	Problem phrase.Problem
}

// Error names the version, the place in it and what is wrong.
func (u *Unreadable) Error() string {
	problem := u.Problem
	problem.File = [...]string{"base", "ours", "theirs"}[u.Side]
	return problem.Error()
}

// Unwrap gives the problem.
func (u *Unreadable) Unwrap() error { return u.Problem }

// Entries merges what two sides made of a file. An error means that nothing was decided;
// it is an *Unreadable, or a *model.Refusal when the check of the result failed.
func Entries(base, ours, theirs []byte) (Result, error) {
	return Settle(Versions{Base: base, Ours: ours, Theirs: theirs})
}

// Versions are what is merged.
type Versions struct {
	Base, Ours, Theirs []byte
	// Marked says that they were taken out of a file with marks: all that is decided is the
	// same in each of them, and what a side does not have as the base has it is in conflict.
	Marked bool
	// Record says that the file is the record of a unit: nothing of it is in conflict. What
	// both sides have changed differently stands in it twice.
	Record bool
}

// Settle merges as Entries does, and decides some of the conflicts. The error is that of
// Entries, or says that there is no such conflict.
func Settle(from Versions, settlements ...Settlement) (Result, error) {
	var versions [3]*version
	end := lineEnd(from.Base, from.Ours, from.Theirs)
	for side, source := range [...][]byte{from.Base, from.Ours, from.Theirs} {
		document, problem := read(source)
		if problem != nil {
			return Result{}, &Unreadable{Side: Side(side), Problem: *problem}
		}
		versions[side] = newVersion(source, document, end)
	}
	for _, coarse := range []bool{false, true} {
		m := newMerger(versions, end, coarse)
		m.marked, m.record = from.Marked, from.Record
		if result, ok := m.merge(settlements); ok {
			return result, nil
		}
	}
	return Result{}, doubtful()
}

// read parses a version. Whatever is wrong with it forbids a merge.
func read(source []byte) (*edit.Document, *phrase.Problem) {
	document, first := edit.Parse(source)
	if first != nil {
		line, column := edit.Position(source, first.Offset)
		return nil, &phrase.Problem{
			Line: line, Column: column, What: phrase.Sentence{Format: first.Message},
			Hint: phrase.Sentence{Format: first.HintFormat, Args: first.HintArgs},
		}
	}
	schema := document.Find("schema")
	// only the plan has a second version
	second := schema != nil && schema.Value() == int64(2) && document.Find("plan") != nil
	if schema != nil && schema.Value() != int64(1) && !second {
		line, column := edit.Position(source, schema.Offset())
		return nil, &phrase.Problem{
			Line: line, Column: column,
			What: phrase.Say("%s is %s; want %s", "schema", string(source[schema.Offset():schema.End()]),
				phrase.Say("the number 1")),
			Hint: phrase.Say("a newer tiendo may be needed for this file"),
		}
	}
	return document, nil
}

// merger joins three versions.
type merger struct {
	classes *classes
	files   [3]*file
	lineEnd string
	marked  bool // see Versions
	record  bool
}

// newMerger divides the versions into entries. When it is to be coarse, each whole file is one.
func newMerger(versions [3]*version, lineEnd string, coarse bool) *merger {
	whole := map[string]bool{}
	for _, v := range versions {
		v.findWhole(whole)
	}
	m := &merger{classes: newClasses(whole, coarse), lineEnd: lineEnd}
	var atoms [3][]atom
	for side, v := range versions {
		atoms[side] = v.atoms(whole)
		m.classes.add(atoms[side])
	}
	m.classes.fuse(atoms[:])
	for side, v := range versions {
		m.files[side] = newFile(v, atoms[side], m.classes)
	}
	return m
}

// merge decides every entry, orders them and checks what comes out. It is not ok when both
// sides have put the entries in different orders, or the result is not what it must be.
func (m *merger) merge(settlements []Settlement) (result Result, ok bool) {
	decided := map[class]decision{}
	for _, f := range m.files {
		for _, e := range f.entries {
			if _, done := decided[e.class]; !done {
				d := decide(m.files[Base].entry(e.class), m.files[Ours].entry(e.class), m.files[Theirs].entry(e.class))
				d.conflict = d.conflict || m.marked && !same(d.ours, d.theirs)
				decided[e.class] = d
			}
		}
	}
	m.holdAcceptance(decided)
	if m.record {
		m.joinEntries(decided)
	}
	if !m.settle(decided, settlements) {
		return Result{}, false
	}
	sequence, ok := m.order(decided)
	if !ok {
		return Result{}, false
	}
	joined := m.join(sequence, decided)
	for _, p := range joined.pieces {
		if p.conflict {
			result.Conflicts = append(result.Conflicts, m.classes.describe(p.class))
			result.Open = append(result.Open, m.conflict(p.class))
		}
	}
	result.Settled = [3][]byte{joined.settled(Base), joined.settled(Ours), joined.settled(Theirs)}
	if !m.holds(result.Settled[Base], Base, decided) {
		result.Settled[Base] = nil
	}
	if !m.holds(result.Settled[Ours], Ours, decided) ||
		len(result.Conflicts) > 0 && !m.holds(result.Settled[Theirs], Theirs, decided) {
		return Result{}, false
	}
	result.Content, ok = joined.marked()
	return result, ok
}

// holds reads a settled result again, and compares every entry in it with the version that
// it must have.
func (m *merger) holds(content []byte, settled Side, decided map[class]decision) bool {
	document, problem := read(content)
	if problem != nil {
		return false
	}
	v := newVersion(content, document, m.lineEnd)
	whole := map[string]bool{}
	v.findWhole(whole)
	for list := range whole {
		if !m.classes.whole[list] {
			return false
		}
	}
	atoms := v.atoms(m.classes.whole)
	for _, a := range atoms {
		if _, known := m.classes.parent[a.key]; !known {
			return false
		}
	}
	got := newFile(v, atoms, m.classes)
	if len(got.entries) != len(got.places) { // an entry stands at two places
		return false
	}
	wanted := 0
	for c, d := range decided {
		want := d.on(settled)
		if want == nil {
			continue
		}
		wanted++
		e := got.entry(c)
		if e == nil || e.body != want.body || !want.written && !slices.Equal(e.leaves, want.leaves) {
			return false
		}
	}
	return wanted == len(got.entries)
}
