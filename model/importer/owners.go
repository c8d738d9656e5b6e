package importer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/tiendo/model/text"
)

// unit is a name that the document gives to who does something.
type unit struct {
	name  string
	id    string
	group bool
	at    string // of the group in whose part it is named; "" for none
	line  int
}

// owners are all names of units and groups of a document, by their folded name.
type owners struct {
	all    []*unit
	byName map[string]*unit
}

// add finds a name by its exact form, then by its folded one, or takes it in as a new one.
func (o *owners) add(name string, line int) *unit {
	name = trimName(name)
	key := nameKey(name)
	if known := o.byName[key]; known != nil {
		return known
	}
	if o.byName == nil {
		o.byName = map[string]*unit{}
	}
	made := &unit{name: capital(name), group: isGroup(name), line: line}
	o.byName[key] = made
	o.all = append(o.all, made)
	return made
}

// nameKey is a name as it is compared: without accents, case and how its parts are joined.
func nameKey(name string) string {
	folded := text.Fold(name)
	folded = strings.NewReplacer("–", "-", ",", " ", ".", " ", "uy ban nhan dan", "ubnd").Replace(folded)
	return strings.Join(strings.Fields(folded), " ")
}

func trimName(name string) string {
	name = strings.TrimRight(strings.TrimSpace(name), " .:;,")
	if open := strings.LastIndex(name, " ("); open > 0 && strings.HasSuffix(name, ")") { // (cơ quan thường trực)
		name = name[:open]
	}
	for _, lead := range []string{"Giao ", "giao ", "Đối với ", "đối với ", "Trách nhiệm của ", "Nhiệm vụ của ",
		"Đề nghị ", "The ", "the "} {
		name = strings.TrimPrefix(name, lead)
	}
	return strings.TrimSpace(name)
}

// capital begins a name with a capital, as a list shows it.
func capital(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// isGroup reports a name that means several units at once.
func isGroup(name string) bool {
	folded := text.Fold(name) + " "
	inside := func(word string) bool { return strings.Contains(" "+folded, word) }
	return hasPrefix(folded, plurals) || slices.ContainsFunc(pluralInside, inside) ||
		strings.HasPrefix(folded, "ubnd xa, phuong") || strings.Contains(folded, "; ")
}

// isVague reports a group that nobody can list: those concerned.
func isVague(name string) bool {
	folded := text.Fold(name)
	return slices.ContainsFunc(vague, func(word string) bool { return strings.Contains(folded, word) })
}

// beginsWithOrgan reports a text that begins with the first word of an office's name. Where capital is set the word
// must begin with one, or be one of the words that make a group.
func beginsWithOrgan(s string, wantCapital bool) bool {
	s = strings.TrimSpace(s)
	small := strings.ToLower(s)
	for _, word := range []string{"các ", "tất cả các ", "toàn thể ", "all "} {
		if rest, is := strings.CutPrefix(small, word); is {
			return hasWord(rest, organs) && !hasWord(rest, notOrgans) || hasWord(rest, members)
		}
	}
	first, _ := utf8.DecodeRuneInString(s)
	return hasWord(small, organs) && !hasWord(small, notOrgans) && (!wantCapital || unicode.IsUpper(first)) ||
		englishOrgan(s)
}

// englishOrgan reports an English name: words with capitals, one of them that of an office.
func englishOrgan(s string) bool {
	for word := range strings.FieldsSeq(strings.TrimPrefix(strings.TrimPrefix(s, "The "), "the ")) {
		plain := strings.ToLower(strings.Trim(word, ".,;:()"))
		first, _ := utf8.DecodeRuneInString(word)
		switch {
		case slices.Contains([]string{"of", "the", "and", "for", "&"}, plain):
		case !unicode.IsUpper(first):
			return false
		case slices.Contains(englishOrgans, plain), slices.Contains(englishOrgans, strings.TrimSuffix(plain, "s")):
			return true
		}
	}
	return false
}

// members are what groups consist of beside offices.
var members = []string{"đơn vị", "cơ quan", "ngành", "địa phương", "tổ chức", "xã", "phường", "huyện",
	"thành viên", "đoàn thể",
	"khu phố", "thôn", "ấp", "bản", "khối", "departments", "units", "offices", "divisions", "staff", "lớp"}

// hasWord reports a text that begins with one of some words.
func hasWord(s string, words []string) bool {
	for _, word := range words {
		if rest, is := strings.CutPrefix(s, word); is {
			if next, _ := utf8.DecodeRuneInString(rest); rest == "" || !unicode.IsLetter(next) {
				return true
			}
		}
	}
	return false
}

// endOfName is where the name of an office ends that begins a sentence: at a verb, a sign or the end. It is 0 when the
// text does not begin with one.
func endOfName(s string) int {
	if !beginsWithOrgan(s, false) {
		return 0
	}
	words, comma := 0, false
	for at := 0; at < len(s); {
		rest := s[at:]
		space := len(rest) - len(strings.TrimLeft(rest, " "))
		at += space
		rest = rest[space:]
		if rest == "" {
			break
		}
		if words > 0 && (hasWord(rest, verbs) || comma && startsLower(rest) && !isGroup(s[:at])) {
			return trimmedEnd(s, at)
		}
		word, _, _ := strings.Cut(rest, " ")
		comma = strings.HasSuffix(word, ",")
		at += len(word)
		words++
		const longest = 18
		if words > longest {
			return 0
		}
		if end := strings.IndexAny(word, ":;.("); end >= 0 {
			return trimmedEnd(s, at-len(word)+end)
		}
	}
	return len(s)
}

func trimmedEnd(s string, end int) int { return len(strings.TrimRight(s[:end], " ,")) }

// splitNames splits a list of names as it stands in a column or behind "Đơn vị chủ trì:": at semicolons, and at commas
// and "và" where another name begins with its own first word.
func splitNames(s string) []string {
	var names []string
	for part := range strings.SplitSeq(s, ";") {
		names = append(names, splitAtNames(strings.TrimSpace(part))...)
	}
	return slices.DeleteFunc(names, func(name string) bool { return trimName(name) == "" })
}

func splitAtNames(s string) []string {
	for _, joint := range []string{", ", " và ", " and ", " & "} {
		for from := 0; ; {
			at := strings.Index(s[from:], joint)
			if at < 0 {
				break
			}
			at += from
			rest := s[at+len(joint):]
			office := joint == " và " && strings.HasPrefix(strings.ToLower(s), "văn phòng ") // Văn phòng HĐND và UBND
			if beginsWithOrgan(rest, true) && trimName(s[:at]) != "" && !office {
				return append(splitAtNames(s[:at]), splitAtNames(rest)...)
			}
			from = at + len(joint)
		}
	}
	return []string{s}
}

// personName reports a name of a person: two to five words, each with a capital, none of an office's.
func personName(s string) bool {
	if hasPrefix(s, []string{"Ông ", "Bà ", "Đ/c ", "Đồng chí ", "Mr ", "Mr. ", "Ms ", "Ms. ", "Mrs. ", "Dr. "}) {
		return true
	}
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 5 || beginsWithOrgan(s, true) {
		return false
	}
	for _, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(first) || strings.ContainsAny(word, "0123456789/:;()") {
			return false
		}
	}
	return true
}

// isLetter reports a letter of a folded text.
func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }
