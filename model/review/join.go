package review

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
)

// Joined is what comes out when both sides of a conflict are kept: what only one of them has changed is as that one
// has it; what both have changed stands there twice, notes, texts, evidence and channels, or cannot.
type Joined struct {
	// Value holds of what cannot stand there twice the later version. Whoever joins the sides signs it, unless Signed.
	Value model.Value
	// Signed says that Value is what one side alone has, with its signature.
	Signed bool
	// Apart names what both have changed differently and what has but one value: status, figures.ID and others, as
	// the keys in the file.
	Apart []string
}

// Join keeps both sides of a conflict. It is not possible where a side has taken the entry away, where one has accepted
// the report, which is a yes or a no, and outside of the records.
func (c *MergeConflict) Join() (joined Joined, possible bool) {
	if accepter, _ := c.Accepter(); accepter != nil || c.Ours.Gone || c.Theirs.Gone {
		return Joined{}, false
	}
	base, earlier, later := c.Base.Value, c.Ours.Value, c.Later().Value
	if c.Later() == &c.Ours {
		earlier = c.Theirs.Value
	}
	switch later.(type) {
	case model.Entry:
		return join(model.EntryFields, base, earlier, later, (*joiner).entry, "edited_by", "edited_at"), true
	case model.Use:
		return join(model.UseFields, base, earlier, later, func(*joiner, *model.Use, *model.Use, *model.Use, *model.Use) {},
			"by", "at"), true
	case model.Report:
		return join(model.ReportFields, base, earlier, later, (*joiner).report, "by", "at"), true
	}
	return Joined{}, false
}

// join joins two versions field by field and by the rules of their own, which also settle some signatures. Those named
// are of who wrote all of it: of two that say the same, the later one.
func join[T model.Value](fields []field.Field[T], base, earlier, later model.Value,
	rules func(j *joiner, joined, base, earlier, later *T), signed ...string) Joined {
	var j joiner
	b, e, l := model.As[T](base), model.As[T](earlier), model.As[T](later)
	joined := l
	joinFields(&j, fields, &joined, &b, &e, &l)
	rules(&j, &joined, &b, &e, &l)
	for _, side := range []*T{&e, &l} {
		if !joined.SameContent(*side) {
			continue
		}
		j.joined.Signed = true
		for _, key := range signed {
			f := field.Find(fields, key)
			field.Set(f.At(&joined), f.At(side))
		}
	}
	j.joined.Value = joined
	return j.joined
}

// Together is what a value of one's own begins with: both sides, and of what differs the later version.
func (c *MergeConflict) Together() model.Value {
	if joined, possible := c.Join(); possible {
		return joined.Value
	}
	return c.Later().Value
}

// Both is what comes out when both sides are kept and nothing of either is lost by it.
func (c *MergeConflict) Both() (value model.Value, possible bool) {
	joined, possible := c.Join()
	return joined.Value, possible && len(joined.Apart) == 0
}

// Seen is what a person has before them who gives an entry in conflict a value: the later version, with the status of
// Joined and whoever has set it, so that settling a conflict never makes a thing look done later than it was.
func (c *MergeConflict) Seen() model.Value {
	seen := c.Later().Value
	joined, possible := c.Join()
	if !possible {
		return seen
	}
	switch seen := seen.(type) {
	case model.Entry:
		entry := model.As[model.Entry](joined.Value)
		seen.Status, seen.By, seen.At = entry.Status, entry.By, entry.At
		return seen
	case model.Report:
		report := model.As[model.Report](joined.Value)
		seen.Status, seen.SubmittedAt = report.Status, report.SubmittedAt
		return seen
	}
	return seen
}

// joiner joins two versions of an entry that have a common one.
type joiner struct{ joined Joined }

// one is a value of which there can be but one: that of the side that has changed it, or the later one.
func one[T any](j *joiner, key string, base, earlier, later T, equal func(a, b T) bool) T {
	switch {
	case equal(earlier, later), equal(earlier, base):
		return later
	case equal(later, base):
		return earlier
	}
	j.joined.Apart = append(j.joined.Apart, key)
	return later
}

// joinFields joins every field but the signatures.
func joinFields[T any](j *joiner, fields []field.Field[T], to, base, earlier, later *T) {
	for f := range field.Content(fields) {
		switch b, e, l := f.At(base), f.At(earlier), f.At(later); to := f.At(to).(type) {
		case *[]string:
			*to = joinLists(*field.As[[]string](b), *field.As[[]string](e), *field.As[[]string](l))
		case *map[string]float64:
			*to = j.figures(f.Key, *field.As[map[string]float64](b), *field.As[map[string]float64](e),
				*field.As[map[string]float64](l))
		default:
			if f.Lines && !field.Empty(e) && !field.Empty(l) && !field.Equal(b, e) && !field.Equal(b, l) {
				text := bothTexts(*field.As[string](e), *field.As[string](l))
				field.Set(to, &text)
			} else { // that one side has emptied it cannot stand beside a text
				field.Set(to, one(j, f.Key, b, e, l, field.Equal))
			}
		}
	}
}

func (j *joiner) entry(entry, base, earlier, later *model.Entry) {
	moved := func(e *model.Entry) bool { return e.Status != base.Status || e.By != base.By || !e.At.Equal(base.At) }
	if earlier.Status == entry.Status && (!moved(later) || later.Status != entry.Status ||
		moved(earlier) && sooner(earlier.At, later.At)) {
		entry.By, entry.At = earlier.By, earlier.At // of two who have set the same, who was first
	}
}

// figures is each figure as one has it; nil for none. A figure is named by the key of its table and its own.
func (j *joiner) figures(key string, base, earlier, later map[string]float64) map[string]float64 {
	figures := map[string]float64{}
	for _, id := range slices.Sorted(maps.Keys(union(base, earlier, later))) {
		if figure := one(j, key+"."+id, figureOf(base, id), figureOf(earlier, id), figureOf(later, id),
			sameFigure); figure.given {
			figures[id] = figure.value
		}
	}
	if len(figures) == 0 {
		return nil
	}
	return figures
}

// given is a figure, or none: none is not nought.
type given struct {
	value float64
	given bool
}

func sameFigure(a, b given) bool { return a == b }

func figureOf(figures map[string]float64, id string) given {
	value, is := figures[id]
	return given{value, is}
}

func union(all ...map[string]float64) map[string]float64 {
	union := map[string]float64{}
	for _, one := range all {
		maps.Copy(union, one)
	}
	return union
}

func (j *joiner) report(report, base, earlier, later *model.Report) {
	untouched := earlier.SubmittedAt.Equal(base.SubmittedAt)
	if later.SubmittedAt.Equal(base.SubmittedAt) || !untouched && sooner(earlier.SubmittedAt, later.SubmittedAt) {
		report.SubmittedAt = earlier.SubmittedAt // of two the first submission counts
	}
	contradicts := func(r *model.Report) bool { return r.Nil && !r.Empty() }
	if contradicts(report) && !contradicts(earlier) && !contradicts(later) { // nothing to report, and what there is
		j.joined.Apart = append(j.joined.Apart, "nil")
	}
}

// sooner reports whether a known time is before another one.
func sooner(a, b time.Time) bool { return !a.IsZero() && (b.IsZero() || a.Before(b)) }

// joinLists is what both sides of a merge have, with what one of them has added and without what one has taken away.
func joinLists(base, earlier, later []string) []string {
	switch {
	case slices.Equal(base, earlier):
		return later
	case slices.Equal(base, later):
		return earlier
	}
	return slices.DeleteFunc(merged(earlier, later), func(item string) bool {
		return slices.Contains(base, item) && (!slices.Contains(earlier, item) || !slices.Contains(later, item))
	})
}

// bothTexts joins two texts, unless one of them has all lines of the other one together.
func bothTexts(earlier, later string) string {
	lines := func(text string) string { return "\n" + strings.Trim(text, "\n") + "\n" }
	switch {
	case strings.Contains(lines(later), lines(earlier)):
		return later
	case strings.Contains(lines(earlier), lines(later)):
		return earlier
	}
	return strings.TrimRight(earlier, "\n") + "\n" + later
}

// Differs names what of a conflict cannot stand there twice, with both versions; zero when nothing is so.
func (c *MergeConflict) Differs(plan *model.Plan) phrase.Sentence {
	joined, _ := c.Join()
	return c.DifferIn(plan, joined.Apart)
}

// DifferIn names some of Joined.Apart.
func (c *MergeConflict) DifferIn(plan *model.Plan, apart []string) phrase.Sentence {
	var all phrase.Sentence
	for _, key := range apart {
		said := c.differsIn(plan, key)
		if !all.IsZero() {
			said = phrase.Say("%s; %s", all, said)
		}
		all = said
	}
	return all
}

func (c *MergeConflict) differsIn(plan *model.Plan, key string) phrase.Sentence {
	ours, theirs := model.As[model.Entry](c.Ours.Value), model.As[model.Entry](c.Theirs.Value)
	report, is := c.Ours.Value.(model.Report)
	if id, figure := strings.CutPrefix(key, "figures."); figure {
		name := id
		if activity := plan.Activity(c.Subject.ID); activity != nil {
			name = activity.FigureName(id)
		}
		return phrase.Say("%s %s / %s", name, figureOf(ours.Figures, id).said(), figureOf(theirs.Figures, id).said())
	}
	switch {
	case key == "status" && is:
		return phrase.Say("%s / %s", report.Status, model.As[model.Report](c.Theirs.Value).Status)
	case key == "status":
		return phrase.Say("%s / %s", ours.Status, theirs.Status)
	case is:
		return phrase.Say("%s", field.Find(model.ReportFields, key).Label)
	}
	return phrase.Say("%s", field.Find(model.EntryFields, key).Label)
}

func (g given) said() any {
	if !g.given {
		return "–"
	}
	return g.value
}

// Holds reports whether a value says everything that a change from one value to another has said: the same status and
// figures, all texts, evidence and channels, and nothing that it has taken away.
func Holds(v, before, after model.Value) bool {
	switch now := v.(type) {
	case model.Entry:
		return held(model.EntryFields, &now, new(model.As[model.Entry](before)), new(model.As[model.Entry](after)))
	case model.Use:
		return held(model.UseFields, &now, new(model.As[model.Use](before)), new(model.As[model.Use](after)))
	case model.Report:
		return held(model.ReportFields, &now, new(model.As[model.Report](before)), new(model.As[model.Report](after)))
	}
	return v.Equal(after)
}

// held reports whether a record holds in every field what another one has changed.
func held[T any](fields []field.Field[T], now, was, is *T) bool {
	for f := range field.Content(fields) {
		now, was, is := f.At(now), f.At(was), f.At(is)
		holds := field.Equal(is, was) || field.Equal(now, is)
		switch now := now.(type) {
		case *[]string:
			holds = heldList(*now, *field.As[[]string](was), *field.As[[]string](is))
		case *map[string]float64:
			holds = heldFigures(*now, *field.As[map[string]float64](was), *field.As[map[string]float64](is))
		case *string:
			holds = holds || f.Lines && heldText(*now, *field.As[string](is))
		}
		if !holds {
			return false
		}
	}
	return true
}

func heldFigures(now, was, is map[string]float64) bool {
	for id := range union(was, is) {
		if one := figureOf(is, id); one != figureOf(was, id) && one != figureOf(now, id) {
			return false
		}
	}
	return true
}

// heldText wants the text to stand there, from the beginning of a word to the end of one.
func heldText(now, is string) bool {
	if is == "" {
		return false
	}
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for at := 0; ; {
		found := strings.Index(now[at:], is)
		if found < 0 {
			return false
		}
		start := at + found
		before, _ := utf8.DecodeLastRuneInString(now[:start])
		after, _ := utf8.DecodeRuneInString(now[start+len(is):])
		if !inWord(before) && !inWord(after) {
			return true
		}
		at = start + 1
	}
}

func heldList(now, was, is []string) bool {
	for _, item := range merged(was, is) {
		had, has := slices.Contains(was, item), slices.Contains(is, item)
		if had != has && slices.Contains(now, item) != has {
			return false
		}
	}
	return true
}
