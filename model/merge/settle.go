package merge

import (
	"strings"

	"example.org/tiendo/model/phrase"
)

// Conflict is one entry that both sides changed differently, or several that cannot be
// told apart. Name is "" when the whole file is one entry.
type Conflict struct {
	Name  string
	Texts [3]string // by Side: whole lines
	Has   [3]bool   // whether the side has the entry
}

// Same compares two conflicts by what their sides have.
func (c Conflict) Same(other Conflict) bool {
	return c.Name == other.Name && c.Texts == other.Texts && c.Has == other.Has
}

// Settlement decides one conflict.
type Settlement struct {
	Name string // of the Conflict
	Side Side   // Ours or Theirs: its version is taken, or that it has taken the entry away
}

// settle decides the conflicts that are settled. It is not ok when one of them is none.
func (m *merger) settle(decided map[class]decision, settlements []Settlement) (ok bool) {
	for _, s := range settlements {
		found := false
		for c, d := range decided {
			if !d.conflict || m.name(c) != s.Name {
				continue
			}
			found = true
			d.pick, d.conflict = d.on(s.Side), false
			decided[c] = d
		}
		if !found {
			return false
		}
	}
	return true
}

// name is how the conflict of a class is called.
func (m *merger) name(c class) string {
	if m.classes.coarse {
		return ""
	}
	return m.classes.describe(c)
}

// conflict tells what the sides have of a class.
func (m *merger) conflict(c class) Conflict {
	told := Conflict{Name: m.name(c)}
	for side, f := range m.files {
		if e := f.entry(c); e != nil {
			told.Texts[side], told.Has[side] = e.body, true
		}
	}
	return told
}

// Text gives the lines of an entry as it stands in a document; not found when it stands
// in several pieces, or not at all.
func Text(source []byte, name string) (lines string, found bool) {
	document, problem := read(source)
	if problem != nil {
		return "", false
	}
	v := newVersion(source, document, lineEnd(source))
	m := newMerger([3]*version{v, v, v}, "\n", false)
	for _, e := range m.files[Base].entries {
		if m.name(e.class) == name {
			if found {
				return "", false
			}
			lines, found = e.body, true
		}
	}
	return lines, found
}

// Names lists the entries of a document; none when it cannot be read.
func Names(source []byte) (names []string) {
	document, problem := read(source)
	if problem != nil {
		return nil
	}
	v := newVersion(source, document, lineEnd(source))
	m := newMerger([3]*version{v, v, v}, "\n", false)
	for _, e := range m.files[Base].entries {
		if !e.comment {
			names = append(names, m.name(e.class))
		}
	}
	return names
}

// Whole keeps all versions of a file that cannot be merged entry by entry, each as a whole,
// between the marks that git uses.
func Whole(base, ours, theirs []byte) []byte {
	var b strings.Builder
	for _, part := range []struct {
		mark string
		text []byte
	}{{markOurs, ours}, {markBase, base}, {markMiddle, theirs}} {
		b.WriteString(part.mark + "\n")
		b.Write(part.text)
		if len(part.text) > 0 && part.text[len(part.text)-1] != '\n' {
			b.WriteString("\n")
		}
	}
	b.WriteString(markTheirs + "\n")
	return []byte(b.String())
}

// Apart takes the marks of a merge of entries out of a file again, as far as somebody has
// not yet settled its conflicts: the three versions then differ in those only. It is not
// ok when the marks are not those of this package, or a version cannot be read.
func Apart(marked []byte) (versions Versions, ok bool) {
	texts, whole := split(string(marked))
	if !whole {
		return versions, false
	}
	for _, text := range texts {
		if _, problem := read([]byte(text)); problem != nil {
			return versions, false
		}
	}
	return Versions{Base: []byte(texts[Base]), Ours: []byte(texts[Ours]), Theirs: []byte(texts[Theirs]), Marked: true},
		true
}

// Marked reports whether a line of a text is one of git's marks.
func Marked(text []byte) bool {
	for line := range strings.Lines(string(text)) {
		if markOf(line) != 0 {
			return true
		}
	}
	return false
}

// doubtful is the error when no result passes the check.
func doubtful() error {
	return phrase.Refuse(
		phrase.Say("the two versions cannot be put together without doubt"),
		phrase.Say("choose one of them by hand: git checkout --ours or --theirs"))
}
