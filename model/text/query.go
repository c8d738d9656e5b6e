package text

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Folded is a text made ready for search: folded once, when it is loaded, and kept.
type Folded struct {
	original string
	plain    string // Fold(original)
	marked   string // lower case with the marks, tone marks in one place; see markedIndex
}

// NewFolded makes a text ready for search. The text should have gone through Line or Text.
func NewFolded(s string) Folded {
	marked, _ := markedIndex(s)
	f := Folded{original: s, plain: Fold(s), marked: marked}
	if f.plain == f.marked {
		f.marked = f.plain // keep one copy of an unaccented text
	}
	return f
}

// String returns the text as it was given.
func (f Folded) String() string { return f.original }

// List is many texts made ready for search together: to look through all of them at once costs less than one by one.
type List struct {
	each          []Folded
	plain, marked lines
}

// lines are texts one below the other, and where each ends.
type lines struct {
	all  string
	ends []int
}

// NewList makes texts of one line ready for search.
func NewList(texts []string) *List {
	l := &List{each: make([]Folded, len(texts))}
	var plain, marked strings.Builder
	for i, s := range texts {
		l.each[i] = NewFolded(s)
		l.plain.ends = append(l.plain.ends, plain.Len()+len(l.each[i].plain))
		l.marked.ends = append(l.marked.ends, marked.Len()+len(l.each[i].marked))
		plain.WriteString(l.each[i].plain + "\n")
		marked.WriteString(l.each[i].marked + "\n")
	}
	l.plain.all, l.marked.all = plain.String(), marked.String()
	for i := range l.each { // each text is held once
		one := &l.each[i]
		one.plain, one.marked = l.plain.line(i, len(one.plain)), l.marked.line(i, len(one.marked))
	}
	return l
}

func (l *lines) line(at, length int) string { return l.all[l.ends[at]-length : l.ends[at]] }

// Matching gives the places of the texts that a query matches, in order.
func (l *List) Matching(q Query) iter.Seq[int] {
	return func(yield func(int) bool) {
		if q.Empty() {
			for at := range l.each {
				if !yield(at) {
					return
				}
			}
			return
		}
		in := &l.plain
		if q.words[0].marked {
			in = &l.marked
		}
		for at, from := 0, 0; from < len(in.all); from = in.ends[at] + 1 {
			found := strings.Index(in.all[from:], q.words[0].folded)
			if found < 0 {
				return
			}
			from += found
			for in.ends[at] < from { // the next one is most often near
				at++
			}
			if q.Match(l.each[at]) && !yield(at) {
				return
			}
		}
	}
}

// Any reports whether a query matches one of the texts.
func (l *List) Any(q Query) bool {
	for range l.Matching(q) {
		return true
	}
	return false
}

// Query is what someone typed to search for: words separated by blanks, each of which must occur, in any
// order and also inside words. A word typed without marks ignores case and marks ("bao" finds "Báo" and
// "bảo"); a word typed with any mark ignores case only ("báo" does not find "bảo").
// The zero Query is empty and matches everything.
type Query struct {
	words []word
}

type word struct {
	folded string
	marked bool // folded is to be sought in Folded.marked
}

// NewQuery reads a query as typed, in NFC or NFD.
func NewQuery(typed string) Query {
	var q Query
	for w := range strings.FieldsSeq(Line(typed)) {
		if hasMarks(w) {
			marked, _ := markedIndex(w)
			q.words = append(q.words, word{folded: marked, marked: true})
			continue
		}
		for folded := range strings.FieldsSeq(Fold(w)) { // a sign may be spelled out with a blank, or as one
			q.words = append(q.words, word{folded: folded})
		}
	}
	return q
}

// Same reports whether two queries find the same.
func (q Query) Same(other Query) bool { return slices.Equal(q.words, other.words) }

// Empty reports that nothing is sought, so that every text matches.
func (q Query) Empty() bool { return len(q.words) == 0 }

// Match reports whether every word of the query occurs in the text.
func (q Query) Match(f Folded) bool {
	for _, w := range q.words {
		where := f.plain
		if w.marked {
			where = f.marked
		}
		if !strings.Contains(where, w.folded) {
			return false
		}
	}
	return true
}

// Span is a part of a string in bytes, Start included and End excluded.
type Span struct{ Start, End int }

// Spans returns the parts of the original text that the query matches, for highlighting: every occurrence of
// every word, in order, none touching the next. They begin and end between characters, a mark staying with its
// letter. There is none if the query does not match or is empty. It costs more than Match: ask for it for the
// rows on the screen only.
func (q Query) Spans(f Folded) []Span {
	if q.Empty() || !q.Match(f) {
		return nil
	}
	var spans []Span
	for _, w := range q.words {
		where, offsets := "", []int(nil)
		if w.marked {
			where, offsets = markedIndex(f.original)
		} else {
			where, offsets = FoldIndex(f.original)
		}
		spans = appendOccurrences(spans, where, offsets, w.folded)
	}
	return merge(spans)
}

func appendOccurrences(spans []Span, where string, offsets []int, sought string) []Span {
	for from := 0; ; {
		at := strings.Index(where[from:], sought)
		if at < 0 {
			return spans
		}
		start, end := from+at, from+at+len(sought)
		from = end
		// One character may have been spelled out as several: the span takes all of it.
		for end < len(where) && offsets[end] == offsets[end-1] {
			end++
		}
		spans = append(spans, Span{offsets[start], offsets[end]})
	}
}

// merge sorts the spans and joins those that overlap or touch.
func merge(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return a.Start - b.Start })
	merged := spans[:0]
	for _, s := range spans {
		if last := len(merged) - 1; last >= 0 && s.Start <= merged[last].End {
			merged[last].End = max(merged[last].End, s.End)
		} else {
			merged = append(merged, s)
		}
	}
	return merged
}

// hasMarks reports whether a word in NFC was typed with an accent, a tone or đ.
func hasMarks(w string) bool {
	for i, r := range w {
		if r < utf8.RuneSelf {
			continue
		}
		if isDStroke(r) || isSilent(r) {
			return true
		}
		for _, part := range string(norm.NFD.PropertiesString(w[i:]).Decomposition()) {
			if isSilent(part) {
				return true
			}
		}
	}
	return false
}
