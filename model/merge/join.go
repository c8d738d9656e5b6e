package merge

import "strings"

// The marks of a conflict, as git writes them with diff3 style.
const (
	markOurs   = "<<<<<<< ours"
	markBase   = "||||||| base"
	markMiddle = "======="
	markTheirs = ">>>>>>> theirs"
)

// piece is one entry of the result.
type piece struct {
	class    class
	conflict bool
	gap      string
	bodies   [3]string // all the same without a conflict
}

// joinedFile is a merged file before it is settled for one side, or marked.
type joinedFile struct {
	mark   bool // a byte order mark
	pieces []piece
	end    string
}

// join puts the entries of the result together.
func (m *merger) join(sequence []class, decided map[class]decision) *joinedFile {
	base, ours, theirs := m.files[Base], m.files[Ours], m.files[Theirs]
	j := &joinedFile{
		mark: mergeFlag(base.start > 0, ours.start > 0, theirs.start > 0),
		end:  mergeText(base.end, ours.end, theirs.end),
	}
	for _, c := range sequence {
		d := decided[c]
		p := piece{class: c, conflict: d.conflict, gap: d.mergeGap()}
		apart := false
		for _, side := range []Side{Base, Ours, Theirs} {
			if e := d.on(side); e != nil {
				p.bodies[side] = e.body
				apart = apart || e.apart
			}
		}
		if p.gap == "" && len(j.pieces) > 0 {
			p.gap = j.pieces[len(j.pieces)-1].separation(apart)
		}
		j.pieces = append(j.pieces, p)
	}
	return j
}

// separation is the blank line that must follow: a comment would else go over to the entry
// below, or become one of the entry above.
func (p piece) separation(apart bool) string {
	needed := apart
	for _, body := range p.bodies {
		line := body[strings.LastIndexByte(strings.TrimSuffix(body, "\n"), '\n')+1:]
		needed = needed || strings.HasPrefix(strings.TrimLeft(line, " \t"), "#")
	}
	if !needed {
		return ""
	}
	return lineEnd(p.bodies[:]...)
}

// settled is the result as one side would settle every conflict.
func (j *joinedFile) settled(side Side) []byte {
	return j.write(func(b *strings.Builder, p piece) { b.WriteString(p.bodies[side]) })
}

// marked is the result with marks. It is not ok when the marks could be mistaken for
// something else, because a text in an entry in conflict holds lines like them.
func (j *joinedFile) marked() (content []byte, ok bool) {
	content = j.write(func(b *strings.Builder, p piece) {
		if !p.conflict {
			b.WriteString(p.bodies[Ours])
			return
		}
		end := lineEnd(p.bodies[:]...)
		b.WriteString(markOurs + end + p.bodies[Ours])
		b.WriteString(markBase + end + p.bodies[Base])
		b.WriteString(markMiddle + end + p.bodies[Theirs])
		b.WriteString(markTheirs + end)
	})
	split, whole := split(string(content))
	for side, text := range split {
		whole = whole && text == string(j.settled(Side(side)))
	}
	return content, whole
}

func (j *joinedFile) write(entry func(*strings.Builder, piece)) []byte {
	var b strings.Builder
	if j.mark {
		b.WriteString(byteOrderMark)
	}
	for _, p := range j.pieces {
		b.WriteString(p.gap)
		entry(&b, p)
	}
	tail, unended := strings.CutSuffix(j.end, unended)
	b.WriteString(tail)
	text := b.String()
	closed := len(j.pieces) > 0 && j.pieces[len(j.pieces)-1].conflict && tail == "" // the last mark stays a line
	if unended && !closed {
		text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
	}
	return []byte(text)
}

// split takes a marked text apart again.
func split(marked string) (versions [3]string, whole bool) {
	var texts [3][]byte
	all := []Side{Base, Ours, Theirs}
	into := all
	order := []byte("<|=>")
	at := 0 // how many of the marks in order have come
	for line := range strings.Lines(strings.TrimPrefix(marked, byteOrderMark)) {
		if mark := markOf(line); mark != 0 && (at > 0 || mark == '<') {
			if order[at] != mark {
				return versions, false
			}
			into = [][]Side{{Ours}, {Base}, {Theirs}, all}[at]
			at = (at + 1) % len(order)
			continue
		}
		for _, side := range into {
			texts[side] = append(texts[side], line...)
		}
	}
	for side, text := range texts {
		versions[side] = string(text)
		if strings.HasPrefix(marked, byteOrderMark) {
			versions[side] = byteOrderMark + versions[side]
		}
	}
	return versions, at == 0
}

// markOf is the character of the mark that a line is, 0 when it is none: seven of them and
// then a blank or nothing, as git and the reader of data files take it.
func markOf(line string) byte {
	line = strings.TrimRight(line, "\r\n")
	if line == "" || strings.IndexByte("<|=>", line[0]) < 0 {
		return 0
	}
	rest, found := strings.CutPrefix(line, strings.Repeat(line[:1], 7))
	if !found || rest != "" && rest[0] != ' ' {
		return 0
	}
	return line[0]
}
