package merge

import (
	"cmp"
	"slices"
	"strings"

	"example.org/tiendo/model/edit"
)

// joinEntries joins every entry of a record that both sides have changed differently.
func (m *merger) joinEntries(decided map[class]decision) {
	for c, d := range decided {
		if !d.conflict {
			continue
		}
		joined, ok := m.joinEntry(c, d)
		if !ok {
			joined = m.beside(d)
		}
		d.conflict, d.pick = false, joined
		decided[c] = d
	}
}

// beside keeps one version of what has no fields, and the other one above it in comments.
func (m *merger) beside(d decision) *entry {
	kept, other := d.ours, d.theirs
	if smaller(kept, other) != kept {
		kept, other = other, kept
	}
	both := *kept
	both.body, both.leaves, both.written = "", nil, true
	for line := range strings.Lines(other.body) {
		both.body += "# " + line
	}
	both.body += kept.body
	return &both
}

// joinEntry joins what two sides have made of an entry of a record. It is not ok when the entry is none that has
// fields, or its lines hold something else too.
func (m *merger) joinEntry(c class, d decision) (joined *entry, ok bool) {
	if d.ours == nil || d.theirs == nil { // what one side has taken away and the other has changed stays
		joined = cmp.Or(d.ours, d.theirs)
		return joined, joined != nil
	}
	var subjects []subject
	for k := range m.classes.parent {
		if m.classes.of(k) != c || strings.HasPrefix(strings.TrimLeft(k.name, " \t"), "#") {
			continue
		}
		s, is := subjectOf(k.name)
		if !is {
			return nil, false
		}
		subjects = append(subjects, s)
	}
	slices.SortFunc(subjects, func(a, b subject) int { return strings.Compare(header(a.path), header(b.path)) })
	body := m.donor(d, subjects)
	for _, s := range subjects {
		if body, ok = s.joinIn(body, d, d.unseen && s.kind == reportName); !ok {
			return nil, false
		}
	}
	written := *d.ours
	written.body, written.leaves, written.written = body, nil, true
	return &written, true
}

// donor is the text that the joined entry is written into: that of the base, unless one side has changed the comments.
// What the other one says in comments is put above.
func (m *merger) donor(d decision, subjects []subject) string {
	var was []string
	text := ""
	if d.base != nil {
		was, text = edit.Comments(d.base.body), d.base.body
	} else {
		var headers strings.Builder
		for _, s := range subjects {
			headers.WriteString(header(s.path) + m.lineEnd)
		}
		text = headers.String()
	}
	our, their := edit.Comments(d.ours.body), edit.Comments(d.theirs.body)
	var more []string
	switch {
	case slices.Equal(our, their):
		if !slices.Equal(our, was) {
			text = smaller(d.ours, d.theirs).body
		}
	case slices.Equal(our, was):
		text = d.theirs.body
	case slices.Equal(their, was):
		text = d.ours.body
	default:
		text, more = d.ours.body, their
		if smaller(d.ours, d.theirs) != d.ours {
			text, more = d.theirs.body, our
		}
	}
	return m.withComments(text, more, was)
}

// withComments puts comments above a text that does not hold them, but for those that were taken out of it.
func (m *merger) withComments(text string, comments, was []string) string {
	has := edit.Comments(text)
	for _, comment := range slices.Backward(comments) {
		if !slices.Contains(has, comment) && !slices.Contains(was, comment) {
			text = strings.TrimSpace(comment) + m.lineEnd + text
		}
	}
	return text
}

func header(path edit.Path) string {
	name := ""
	for _, key := range path {
		name = joined(name, key.(string)) //nolint:forcetypeassert // a subject's path holds names only
	}
	return "[" + name + "]"
}

// joinIn writes the joined subject into a text.
func (s subject) joinIn(text string, d decision, unseen bool) (string, bool) {
	if joined, applies, ok := s.joinWholes(text, d, unseen); applies {
		return joined, ok
	}
	var versions [3]*recordVersion
	for side, e := range [...]*entry{d.base, d.ours, d.theirs} {
		versions[side] = &recordVersion{}
		if e == nil {
			continue
		}
		var ok bool
		if versions[side], _, ok = s.readVersion(e.body); !ok {
			return "", false
		}
	}
	joined := s.joinRecord(versions[Base], versions[Ours], versions[Theirs], unseen)
	joined.arrange()
	out, ok := s.write(text, versions[Base], joined)
	if !ok {
		return "", false
	}
	again, _, ok := s.readVersion(out)
	return out, ok && s.holds(again, versions[Base], joined)
}

// holds reports whether a text that was written holds every version of every field.
func (s subject) holds(again, base, want *recordVersion) bool {
	for field := range want.fields {
		wanted, got := want.of(s, field), again.of(s, field)
		if len(wanted) != len(got) || wanted[0].value != got[0].value || !s.unchanged(field, wanted, got) {
			return false
		}
		for _, one := range wanted {
			if field == submittedKey || s.unchanged(field, base.of(s, field), wanted) {
				continue
			}
			if !slices.ContainsFunc(got, func(other candidate) bool {
				return one.value == other.value && one.sign.by == other.sign.by && one.sign.at.Equal(other.sign.at)
			}) {
				return false
			}
		}
	}
	return true
}
