package merge

import (
	"strconv"
	"strings"
)

// atom is a run of lines that belong to one entry, or a comment that stands apart.
type atom struct {
	key             key
	gap, start, end int // the blank lines above begin at gap
	root            bool
	comment         bool
	leaves          []string
	elements        []string
}

// atoms divides the whole text but the blank lines at its end.
func (v *version) atoms(whole map[string]bool) []atom {
	d := divider{text: v.text, at: v.start}
	section := "" // the entry of the last header: whatever stands below it stays with it
	underHeader := false
	for _, s := range v.statements(whole) {
		if s.header {
			section, underHeader = s.entry, true
		}
		k := key{root: !underHeader, name: s.entry}
		if underHeader {
			k.name = section
		}
		d.statement(k, s)
	}
	d.trivia(len(v.text), false)
	d.nameComments()
	return d.found
}

// divider goes through a text from its start to its end.
type divider struct {
	text  string
	at    int // everything before belongs to an atom
	found []atom
}

// last is the last entry, nil when none or a comment came last.
func (d *divider) last() *atom {
	if n := len(d.found); n > 0 && !d.found[n-1].comment {
		return &d.found[n-1]
	}
	return nil
}

// statement adds a statement to the entry before it, or begins a new one.
func (d *divider) statement(k key, s statement) {
	if last := d.last(); last != nil && last.key == k { // with the comments between
		last.end, d.at = s.end, s.end
		last.take(s)
		return
	}
	gap, start := d.trivia(s.start, k.root)
	d.found = append(d.found, atom{key: k, gap: gap, start: start, end: s.end, root: k.root})
	d.found[len(d.found)-1].take(s)
	d.at = s.end
}

// take adds what a statement says.
func (a *atom) take(s statement) {
	a.leaves = append(a.leaves, s.leaves...)
	if s.element != "" {
		a.elements = append(a.elements, s.element)
	}
}

// trivia divides the comments and blank lines up to a statement, or up to the end of the
// text. It returns where the blank lines and the comments begin that belong to what follows.
func (d *divider) trivia(to int, root bool) (gap, start int) {
	below := d.comment(d.at, to)
	if last := d.last(); last != nil && (below < to || to == len(d.text)) {
		last.end, d.at = below, below
	}
	for {
		gap = d.at
		start = d.blank(gap, to)
		end := d.comment(start, to)
		if end == start || end == to && to < len(d.text) {
			return gap, start
		}
		d.found = append(d.found, atom{gap: gap, start: start, end: end, root: root, comment: true})
		d.at = end
	}
}

// nameComments gives the comments that stand apart their keys: what they say, and which of
// several equal ones they are.
func (d *divider) nameComments() {
	seen := map[string]int{}
	for i, a := range d.found {
		if a.comment {
			content := lineFeeds(d.text[a.start:a.end])
			seen[content]++
			d.found[i].key.name = content + strconv.Itoa(seen[content])
		}
	}
}

// comment is the end of the comment lines that begin at p.
func (d *divider) comment(p, to int) int {
	for p < to && strings.HasPrefix(strings.TrimLeft(d.text[p:to], " \t"), "#") {
		p = d.nextLine(p)
	}
	return p
}

// blank is the end of the blank lines that begin at p.
func (d *divider) blank(p, to int) int {
	for p < to {
		next := d.nextLine(p)
		if strings.Trim(d.text[p:next], " \t\r\n") != "" {
			break
		}
		p = next
	}
	return p
}

// nextLine is the start of the line after the one of p. The text ends with a line end.
func (d *divider) nextLine(p int) int { return p + strings.IndexByte(d.text[p:], '\n') + 1 }
