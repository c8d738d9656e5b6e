package importer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/tiendo/model/importer/source"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

const (
	numberForm   source.Pattern = `^(?:Số|SỐ|No\.?|Ref\.?)\s*[:.]?\s*[\d\s.…]*\s*[-/]\s*[\p{Lu}\d]`
	numberLabel  source.Pattern = `^(?:Số|SỐ)\s*:\s*[\d/.…\s]*$`
	datelineForm source.Pattern = `(?i)^(.{0,60}?),?\s*(?:ngày|date)\s*([\d.…_]*)\s*tháng\s*([\d.…_]*)\s*năm\s*` +
		`(\d{0,4})[.…\s]*$`
	englishLine source.Pattern = `^([\p{L} ]{2,40}),\s*(.*\d{4})$`
)

// head understands a line above the plan: who issues it, its number, its day, its name. It is false for a line with
// which something else begins.
func (r *reader) head(i int) bool {
	l := &r.Lines[i]
	words := l.Plain()
	folded := text.Fold(words)
	switch {
	case hasPrefix(folded, mottos):
		l.Role = Motto
		return true
	case numberForm.MatchString(words), numberLabel.MatchString(words):
		r.put(l, Number, &r.Number)
		return true
	case datelineForm.MatchString(words) && len(r.Title) == 0 || len(r.Title) == 0 && englishLine.MatchString(words) &&
		len(daysIn(words)) == 1:
		r.put(l, Dateline, &r.Dateline)
		if days := daysIn(words); len(days) == 1 {
			r.Date = days[0].day
			r.used(l, OfDocument, days[0])
		}
		return true
	case isRecipientsLabel(folded):
		return false
	}
	if h, is := headingOf(l); is && (h.known || l.Label != "") && !(len(r.Type) > 0 && len(r.Title) == 0) {
		return false
	}
	typed, titled := len(r.Type) > 0, len(r.Title) > 0
	letters := utf8.RuneCountInString(words)
	const longTitle = 300
	switch {
	case typed && !titled && letters <= longTitle && !strings.HasPrefix(folded, "can cu "):
		r.put(l, Title, &r.Title)
		return true
	case isBasis(folded) || strings.HasSuffix(folded, "nhu sau:") || strings.HasSuffix(folded, "as follows:"):
		r.stage = inBasis
		return r.basis(l)
	case titled && strings.HasPrefix(words, "("):
		r.keep(l, Kept)
		return true
	case titled && letters <= 200 && l.Label == "" && !strings.HasSuffix(words, ".") && (typed || source.IsUpper(words)):
		r.put(l, Title, &r.Title)
		return true
	case !typed && !titled && source.IsUpper(words) && letters <= 120 && l.Label == "" &&
		(!r.titleFollows(i) || beginsWithOrgan(words, false)):
		r.put(l, Issuer, &r.Issuer)
		return true
	case !typed && !titled && letters <= 250 && l.Label == "":
		r.put(l, Title, &r.Title)
		l.Doubt = phrase.Say("no line says what kind of document it is: is this its title?")
		return true
	case titled && letters > 60 && l.Label == "":
		r.stage = inBasis
		return r.basis(l)
	}
	return false
}

// titleFollows reports that a line in capitals is the title: neither number nor kind of document stands below it before
// the plan begins.
func (r *reader) titleFollows(i int) bool {
	for n := i + 1; n < len(r.Lines) && n < i+12; n++ {
		l := &r.Lines[n]
		words := l.Plain()
		folded := text.Fold(words)
		if numberForm.MatchString(words) || numberLabel.MatchString(words) || slices.Contains(types, folded) ||
			datelineForm.MatchString(words) || hasPrefix(folded, mottos) {
			return false
		}
		if h, is := headingOf(l); is && h.known {
			return true
		}
	}
	return len(r.Issuer) > 0
}

func hasPrefix(folded string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(folded, word) })
}

func isBasis(folded string) bool { return hasPrefix(strings.TrimLeft(folded, "- "), basisWords) }

// typeLine takes a line that is the kind of document and nothing else. A second one, as in a plan inside of a decision,
// begins the document that counts.
func (r *reader) typeLine(l *Line) bool {
	folded := strings.TrimRight(text.Fold(l.Plain()), " :.")
	if !slices.Contains(types, folded) || l.Label != "" || !source.IsUpper(l.Plain()) && r.stage != inHead ||
		r.stage == inBody || r.stage == inBasis {
		return false
	}
	if len(r.Type) > 0 && r.stage == inHead {
		return false
	}
	if len(r.Type) > 0 { // what stood before is of the document that it is a part of
		for _, outer := range [][]Passage{r.Type, r.Title, r.Basis} {
			for _, passage := range outer {
				r.Kept = append(r.Kept, Remainder{passage, Kept})
			}
		}
		for i := range r.Lines {
			if role := r.Lines[i].Role; role == Type || role == Title || role == Basis {
				r.Lines[i].Role = Kept
			}
		}
		r.Type, r.Title, r.Basis = nil, nil, nil
	}
	r.put(l, Type, &r.Type)
	r.stage, r.parts = inHead, nil
	r.endSection()
	return true
}

// basis understands a line between the title and the first heading.
func (r *reader) basis(l *Line) bool {
	folded := text.Fold(l.Plain())
	if h, is := headingOf(l); is && (h.known || l.Label != "") || isRecipientsLabel(folded) || l.Rank == source.Article {
		r.stage = inBody
		return false
	}
	ends := strings.HasSuffix(folded, "nhu sau:") || strings.HasSuffix(folded, "as follows:")
	r.put(l, Basis, &r.Basis)
	if !ends && !isBasis(folded) {
		l.Doubt = phrase.Say("it stands above the first heading, but does not begin as a basis does")
	}
	if ends {
		r.stage = inBody
	}
	return true
}

func isRecipientsLabel(folded string) bool {
	return strings.HasPrefix(folded, "noi nhan") && len(folded) < 16 || folded == "recipients:" || folded == "cc:"
}

// tail understands a line of the recipients or of the signature. It is false for a line with which something else
// begins.
func (r *reader) tail(l *Line) bool {
	words := l.Plain()
	folded := text.Fold(words)
	upper := source.IsUpper(words)
	signed := len(r.SignedBy) > 0
	switch {
	case isRecipientsLabel(folded):
		r.put(l, Recipients, &r.RecipientsLabel)
	case strings.HasPrefix(folded, "luu:") || strings.HasPrefix(folded, "luu "):
		r.put(l, Archive, &r.Archive)
	case r.annexBegins(l, folded):
		r.stage = inAnnex
		r.annex(l)
	case len(r.RecipientsLabel) > 0 && (l.Rank == source.Dash || l.Rank == source.Plus) && len(r.Archive) == 0,
		len(r.RecipientsLabel) > 0 && len(r.Archive) == 0 && strings.HasSuffix(words, ";") && !upper:
		r.put(l, Recipient, &r.Recipients)
	case upper && l.Label == "" && utf8.RuneCountInString(words) <= 80 && !signed,
		hasPrefix(folded, []string{"kt. ", "tm. ", "tl. ", "q. ", "tuq. "}) && utf8.RuneCountInString(words) <= 80 && !signed:
		r.put(l, SignedAs, &r.SignedAs)
	case strings.HasPrefix(words, "(") && utf8.RuneCountInString(words) <= 40, strings.HasPrefix(folded, "da ky"):
		r.keep(l, Kept)
	case !signed && l.Label == "" && personName(words):
		r.put(l, SignedBy, &r.SignedBy)
	case hasPrefix(folded, remarks):
		r.keep(l, Kept)
	case len(r.RecipientsLabel) == 0 && l.Rank == source.NoLabel && strings.HasSuffix(words, "./."):
		r.put(l, Closing, &r.Closing)
	}
	return true
}

// annexBegins reports the first line of what is attached.
func (r *reader) annexBegins(l *Line, folded string) bool {
	switch {
	case hasPrefix(folded, annexWords):
		return true
	case source.IsUpper(l.Plain()) && l.Label == "":
		return len(r.SignedBy) > 0 && utf8.RuneCountInString(l.Plain()) > 20
	}
	return false
}

// annex understands a line of what is attached and stands in no table of tasks.
func (r *reader) annex(l *Line) {
	words := l.Plain()
	short := utf8.RuneCountInString(words) <= 250
	folded := text.Fold(words)
	if short && (r.annexBegins(l, folded) || source.IsUpper(words) ||
		l.Rank >= source.PartWord && l.Rank <= source.Number && !strings.HasSuffix(words, ".")) {
		r.put(l, Annex, &r.Headings)
		return
	}
	r.keep(l, Kept)
	if !strings.HasPrefix(words, "(") {
		l.Doubt = phrase.Say("it stands in an annex, outside of a table: it is kept as text only")
	}
}

// settleHead tells the issuer from the body above it.
func (r *reader) settleHead() {
	lines := r.Issuer
	if len(lines) == 0 {
		return
	}
	r.Issuer, r.Parent = lines[len(lines)-1:], lines[:len(lines)-1]
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.Role == Issuer && slices.Contains(r.Parent, l.passage()) {
			l.Role = Parent
		}
	}
}

// text1 is the passages on one line; "" for none.
func text1(passages []Passage) string { return joinedBy(" ", passages) }

func joinedBy(sign string, passages []Passage) string {
	var texts []string
	for _, passage := range passages {
		texts = append(texts, passage.Text)
	}
	return strings.Join(texts, sign)
}

// Place is the town of the dateline; "" where it has none.
func (r *Reading) Place() string {
	line := text1(r.Dateline)
	for _, form := range []source.Pattern{datelineForm, englishLine} {
		if match := form.FindStringSubmatch(line); match != nil {
			return strings.TrimSpace(match[1])
		}
	}
	return ""
}

// settleDays lists every day of the document with what it was taken for.
func (r *reader) settleDays() {
	for i := range r.Lines {
		l := &r.Lines[i]
		words := l.Plain()
		left := slices.Clone(r.uses[l.Block])
		for _, day := range daysIn(words) {
			seen := SeenDay{Day: day.day, At: l.Place, Use: Citation, Text: around(words, day)}
			for n, use := range left {
				if use.day == day.day {
					seen.Use = use.as
					left = slices.Delete(left, n, n+1)
					break
				}
			}
			r.Days = append(r.Days, seen)
		}
	}
}

// around is a day with some words before it.
func around(words string, day dated) string {
	const letters = 40
	before := []rune(words[:day.start])
	if len(before) > letters {
		before = append([]rune("…"), before[len(before)-letters:]...)
	}
	return string(before) + words[day.start:day.end]
}
