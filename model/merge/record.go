package merge

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model/edit"
)

// What a record keeps beside the fields that people fill in: who wrote them, and what others wrote at the same time.
const (
	statusKey    = "status"
	byKey        = "by"
	atKey        = "at"
	editedByKey  = "edited_by"
	editedAtKey  = "edited_at"
	submittedKey = "submitted_at"
	// OtherKey names the tables with what somebody else wrote at the same time: the fields of which there are two
	// versions, signed like an entry.
	OtherKey = "other"
	// WithoutKey names, in such a table, the fields that this version has taken away.
	WithoutKey = "without"
	// WholeKey says of such a table that its version stands as a whole, for somebody has left it so with the dispute
	// before his eyes: its fields are joined with no other version.
	WholeKey = "whole"
	// EditedKey names the tables that say who wrote some of the fields, where the signature of the entry is somebody
	// else's: by, at and the EditedKeys.
	EditedKey = "edited"
	// EditedKeys names these fields.
	EditedKeys = "keys"
)

// signature is who wrote something, and when.
type signature struct {
	by     string
	at     time.Time
	atText string // as it stands in the file
}

// byText is the name as a file has it.
func (s signature) byText() string {
	if s.by == "" {
		return ""
	}
	return quoted(s.by)
}

// compare orders by time, an unknown one last, then by name.
func (s signature) compare(other signature) int {
	if s.at.IsZero() != other.at.IsZero() {
		if s.at.IsZero() {
			return 1
		}
		return -1
	}
	return cmp.Or(s.at.Compare(other.at), cmp.Compare(s.by, other.by), cmp.Compare(s.atText, other.atText))
}

// later is the later of two signatures; one without a time is no signature.
func later(a, b signature) signature {
	switch {
	case a.at.IsZero():
		return b
	case b.at.IsZero() || a.compare(b) > 0:
		return a
	}
	return b
}

// candidate is one version of a field.
type candidate struct {
	value  string   // as leaves spells it; "" is none
	text   string   // as it stands in the file
	items  []string // of a list
	isList bool
	sign   signature
	listed bool    // it has its signature from a table of EditedKey
	sides  [3]bool // which of two sides that are being joined have it
}

// compare orders what stands above first, without regard to whose it is.
func (c candidate) compare(other candidate) int {
	return cmp.Or(c.sign.compare(other.sign), cmp.Compare(c.value, other.value), cmp.Compare(c.text, other.text))
}

// subject is what of a record is joined field by field.
type subject struct {
	kind string // activity, message or report
	path edit.Path
}

// subjectOf finds what an entry of a record is about by its name; false for anything else.
func subjectOf(name string) (subject, bool) {
	if name == reportName {
		return subject{reportName, edit.Path{reportName}}, true
	}
	for _, kind := range []string{"activity", "message", reportName} {
		if id, is := strings.CutPrefix(name, kind+"."); is && id != "" && !strings.ContainsAny(id, `."'`) {
			return subject{kind, edit.Path{kind, id}}, true
		}
	}
	return subject{}, false
}

// signedApart reports whether a field has the signature by, at and the other ones that of edited_by, edited_at.
func (s subject) signedApart(field string) bool { return s.kind == "activity" && field == statusKey }

// recordVersion is a subject as one of the files has it.
type recordVersion struct {
	fields  map[string][]candidate // by field; a figure's is figures, its period if any, and its id, with fieldSeparator
	own     signature              // by, at
	edited  signature              // edited_by, edited_at; or, without them, own
	apart   bool                   // edited_by or edited_at stands there
	missing map[string]signature   // who took a field away, where a table of EditedKey says so
}

const fieldSeparator = "\x00"

// of gives the versions of a field.
func (v *recordVersion) of(s subject, field string) []candidate {
	if all, is := v.fields[field]; is {
		return all
	}
	none := candidate{sign: v.edited}
	if s.signedApart(field) {
		none.sign = v.own
	}
	if sign, is := v.missing[field]; is {
		none.sign, none.listed = sign, true
	}
	return []candidate{none}
}

// same reports whether two versions of a field are one. Who set the status belongs to it, but not who was the first to
// sign an entry whose status nobody has set.
func (s subject) same(field string, a, b candidate) bool {
	signed := s.signedApart(field) && !a.sign.at.IsZero() && !b.sign.at.IsZero()
	return a.value == b.value && (!signed || a.sign.by == b.sign.by && a.sign.at.Equal(b.sign.at))
}

// unchanged reports whether a side has left a field alone. Where there were two versions, or are, who has written them
// belongs to it: two people who have settled a dispute differently have left nothing alone.
func (s subject) unchanged(field string, base, side []candidate) bool {
	disputed := len(base) > 1 || len(side) > 1
	notIn := func(list []candidate) func(candidate) bool {
		return func(one candidate) bool {
			return !slices.ContainsFunc(list, func(other candidate) bool {
				return s.same(field, one, other) && (!disputed || one.sign.by == other.sign.by && one.sign.at.Equal(other.sign.at))
			})
		}
	}
	return !slices.ContainsFunc(base, notIn(side)) && !slices.ContainsFunc(side, notIn(base))
}

// joinRecord joins what two sides have made of a subject. What neither of the sides decides alone is kept: every
// version of it. The result depends on the versions alone, not on which of them came first.
func (s subject) joinRecord(base, ours, theirs *recordVersion, unseen bool) *recordVersion {
	joined := &recordVersion{fields: map[string][]candidate{}}
	all := map[string]bool{}
	for _, v := range []*recordVersion{base, ours, theirs} {
		for field := range v.fields {
			all[field] = true
		}
	}
	for field := range all {
		joined.fields[field] = s.joinField(field, base.of(s, field), ours.of(s, field), theirs.of(s, field))
	}
	// The Office has not accepted what the other side has changed.
	if status := joined.fields[statusKey]; unseen && len(status) == 1 && status[0].value == acceptedValue {
		joined.fields[statusKey] = add(joined.fields[statusKey], base.of(s, statusKey)...)
	}
	s.contradictions(base, joined)
	joined.own = mergeSignature(base.own, ours.own, theirs.own)
	joined.edited = mergeSignature(base.signedEdit(), ours.signedEdit(), theirs.signedEdit())
	joined.apart = joined.edited != (signature{})
	return joined
}

// signedEdit is who has edited an entry apart from whoever set its status.
func (v *recordVersion) signedEdit() signature {
	if v.apart {
		return v.edited
	}
	return signature{}
}

func mergeSignature(base, ours, theirs signature) signature {
	switch base {
	case ours:
		return theirs
	case theirs:
		return ours
	}
	return later(ours, theirs)
}

func (s subject) joinField(field string, base, ours, theirs []candidate) []candidate {
	switch {
	case s.unchanged(field, base, ours) && s.unchanged(field, base, theirs):
		if s.signedApart(field) && len(base) == 1 && base[0].sign.at.IsZero() { // the first who has signed it, if any
			return add(nil, slices.Concat(ours, theirs)...)
		}
		return base
	case s.unchanged(field, base, ours):
		return theirs
	case s.unchanged(field, base, theirs):
		return ours
	case field == submittedKey:
		return []candidate{firstSubmission(ours, theirs)}
	case isList(base) && isList(ours) && isList(theirs):
		return []candidate{mergeLists(base[0], ours[0], theirs[0])}
	}
	is := func(list []candidate, one candidate) bool {
		return slices.ContainsFunc(list, func(other candidate) bool {
			return one.value == other.value && one.sign == other.sign
		})
	}
	var kept []candidate
	for _, one := range slices.Concat(ours, theirs) {
		one.sides = [3]bool{Ours: is(ours, one), Theirs: is(theirs, one)}
		if !is(base, one) || is(ours, one) && is(theirs, one) { // what stood there before goes when one side settled it
			kept = add(kept, one)
		}
	}
	if len(kept) == 0 {
		kept = add(nil, slices.Concat(ours, theirs)...)
	}
	return kept
}

// add puts versions to others. Of two who have written the same, the one counts who was first.
func add(to []candidate, more ...candidate) []candidate {
	to = slices.Clone(to)
	for _, one := range more {
		i := slices.IndexFunc(to, func(other candidate) bool { return other.value == one.value })
		switch {
		case i < 0:
			to = append(to, one)
		case one.compare(to[i]) < 0:
			to[i] = one
		}
	}
	return to
}

// firstSubmission is the first of two submissions: a later one keeps its time.
func firstSubmission(ours, theirs []candidate) candidate {
	var first candidate
	var when time.Time
	for _, one := range slices.Concat(ours, theirs) {
		at, err := time.Parse(time.RFC3339Nano, strings.Replace(one.text, " ", "T", 1))
		if err == nil && (when.IsZero() || at.Before(when) || at.Equal(when) && one.text < first.text) {
			first, when = one, at
		}
	}
	return first
}

func isList(all []candidate) bool {
	return len(all) == 1 && (all[0].isList || all[0].value == "")
}

// mergeLists is what both sides have, with what one of them has added and without what one has taken away.
func mergeLists(base, ours, theirs candidate) candidate {
	if ours.value == theirs.value {
		if ours.sign.compare(theirs.sign) > 0 {
			return ours
		}
		return theirs
	}
	var items, added []string
	for _, item := range base.items {
		if slices.Contains(ours.items, item) && slices.Contains(theirs.items, item) && !slices.Contains(items, item) {
			items = append(items, item)
		}
	}
	for _, item := range slices.Concat(ours.items, theirs.items) {
		if !slices.Contains(base.items, item) {
			added = append(added, item)
		}
	}
	slices.Sort(added)
	merged := candidate{isList: true, items: append(items, slices.Compact(added)...), sign: later(ours.sign, theirs.sign)}
	if len(merged.items) > 0 {
		merged.value, merged.text = listed(merged.items)
	}
	return merged
}

// listed writes a list, and spells it as leaves does.
func listed(items []string) (value, text string) {
	out, err := edit.Apply(nil, edit.Set(edit.Path{"list"}, items))
	document, problem := edit.Parse(out)
	if err != nil || problem != nil {
		return "", ""
	}
	one := newCandidate(string(out), document.Find("list"), signature{})
	return one.value, one.text
}

// quoted writes a text.
func quoted(text string) string {
	_, list := listed([]string{text})
	return strings.TrimSuffix(strings.TrimPrefix(list, "["), "]")
}

// contradictions puts what the sides have written apart and what cannot stand together before a person: nothing to
// report beside a report, and not applicable without the note that says why.
func (s subject) contradictions(base, joined *recordVersion) {
	changed := func(field string) bool { return !s.unchanged(field, base.of(s, field), joined.of(s, field)) }
	has := func(field, value string) bool {
		return slices.ContainsFunc(joined.of(s, field), func(one candidate) bool { return one.value == value })
	}
	first := func(fields ...string) (sign signature, found bool) {
		for _, field := range fields {
			for _, one := range joined.fields[field] {
				if one.value != "" && changed(field) && (!found || one.sign.compare(sign) < 0) {
					sign, found = one.sign, true
				}
			}
		}
		return sign, found
	}
	switch s.kind {
	case reportName:
		if sign, written := first("results", "difficulties", "recommendations", "documents", "funding"); written &&
			changed("nil") && has("nil", " = true") {
			yes := slices.DeleteFunc(slices.Clone(joined.fields["nil"]), func(one candidate) bool { return one.value == "" })
			joined.fields["nil"] = append(yes, candidate{sign: sign})
		}
	case "activity":
		if has(statusKey, ` = "na"`) && (changed(statusKey) || changed("note")) && has("note", "") &&
			base.of(s, "note")[0].value != "" {
			joined.fields["note"] = add(joined.fields["note"], base.of(s, "note")...)
		}
	}
}

// disputed lists the fields of which there is more than one version.
func (v *recordVersion) disputed() []string {
	var fields []string
	for field, all := range v.fields {
		if len(all) > 1 {
			fields = append(fields, field)
		}
	}
	slices.Sort(fields)
	return fields
}

// arrange puts the version of each field that stands above first: the earliest of all, and of the other fields what
// the same person wrote, on the same side where both sides are theirs, else what is of nobody who has written another
// version of what decides.
func (v *recordVersion) arrange() {
	disputed := v.disputed()
	if len(disputed) == 0 {
		return
	}
	decisive := disputed
	if slices.Contains(disputed, statusKey) {
		decisive = []string{statusKey}
	}
	var all []candidate
	for _, field := range decisive {
		all = append(all, v.fields[field]...)
	}
	first := slices.MinFunc(all, candidate.compare)
	rank := func(one candidate) int {
		switch {
		case one.sign.by == first.sign.by && (one.sides == first.sides || one.sides[Ours] && first.sides[Ours] ||
			one.sides[Theirs] && first.sides[Theirs]):
			return -1
		case one.sign.by == first.sign.by:
			return 0
		case !slices.ContainsFunc(all, func(other candidate) bool { return other.sign.by == one.sign.by }):
			return 1
		}
		return 2
	}
	for _, field := range disputed {
		slices.SortFunc(v.fields[field], func(a, b candidate) int { return cmp.Or(rank(a)-rank(b), a.compare(b)) })
	}
}

// fieldNames lists the fields in the order in which a file has them.
func (v *recordVersion) fieldNames() []string {
	rank := func(field string) int {
		order := []string{statusKey, submittedKey, "reason", "nil", "nil_reason", "extended_until", "extension_reason",
			"results", "difficulties",
			"recommendations", "documents", "funding", "channels", "note", "evidence"}
		if i := slices.Index(order, field); i >= 0 {
			return i
		}
		if strings.Contains(field, fieldSeparator) {
			return len(order) + 1
		}
		return len(order)
	}
	return slices.SortedFunc(maps.Keys(v.fields),
		func(a, b string) int { return cmp.Or(rank(a)-rank(b), cmp.Compare(a, b)) })
}
