// Package source reads an official document, a .docx or a text, into blocks with their places. What a block means is
// for the importer to say.
package source

import (
	"strings"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// The limits of a document. An official plan has some hundreds of paragraphs; what is far beyond that is none, and
// must not take a machine's memory or time.
const (
	MaxFile   = 32 << 20  // bytes of a file, pictures included
	maxText   = 512 << 10 // bytes of text, all in all: what plan.toml can hold with its keys
	maxBlocks = 8_000     // paragraphs and cells
)

// Place says where a block stands.
type Place struct {
	Line int // of a text, or paragraph of a .docx, in reading order; from 1
	Last int // the last line of it; the same as Line for one that stands on one line
	// Table, Row and Column say in which cell it stands; from 1, all 0 outside of tables.
	Table, Row, Column int
}

// Part says in which part of the document a block stands.
type Part string

// The parts. Only the body can hold parts of a plan.
const (
	Body     Part = ""
	Box      Part = "box"      // a text box
	Footnote Part = "footnote" // also an endnote
	Margin   Part = "margin"   // what is printed on each page: header, footer, page number, rule
)

// Block is a paragraph, or a paragraph of a cell.
type Block struct {
	Place
	Part  Part
	Label string // the number, letter or dash in front, as printed; also one that Word makes
	Rank  Rank   // what kind of label it is
	Text  string // without the label, on one line, in NFC; a tab stands where a wide gap was
}

// Printed is the text with its number or letter; a dash belongs to the list and not to the words.
func (b *Block) Printed() string {
	if b.Label == "" || b.Rank == Dash || b.Rank == Plus {
		return b.Plain()
	}
	return strings.TrimSpace(b.Label + " " + b.Plain())
}

// Plain is the text with a blank for each wide gap.
func (b *Block) Plain() string { return strings.Join(strings.Fields(b.Text), " ") }

// InTable reports whether the block stands in a cell.
func (b *Block) InTable() bool { return b.Table > 0 }

// Document is what was read.
type Document struct {
	Blocks []Block
	Word   bool // its places count paragraphs, not lines
}

// builder collects blocks and holds to the limits.
type builder struct {
	document Document
	size     int
}

// add takes in a block: its text is cleaned and its label taken off. One without a text is left out.
func (b *builder) add(block Block) error {
	if block.Last == 0 {
		block.Last = block.Line
	}
	if block.Text = cleaned(block.Text); block.Text == "" && block.Label == "" {
		return nil
	}
	switch {
	case block.Part == Body && isRule(block.Label+block.Text):
		block.Part = Margin
	case block.Label == "":
		block.Label, block.Text = splitLabel(block.Text)
	}
	block.Rank = rankOf(block.Label)
	if b.size += len(block.Text) + len(block.Label); b.size > maxText {
		return tooMuchText()
	}
	if len(b.document.Blocks) >= maxBlocks {
		return tooManyParagraphs()
	}
	b.document.Blocks = append(b.document.Blocks, block)
	return nil
}

func tooMuchText() error {
	return phrase.Refuse(phrase.Say("the document contains more than %d KB of text", maxText>>10),
		phrase.Say("a plan is much shorter: save the plan alone into a file of its own, without its annexes of data"))
}

func tooManyParagraphs() error {
	return phrase.Refuse(phrase.Say("the document has more than %d paragraphs", maxBlocks),
		phrase.Say("a plan is much shorter: save the plan alone into a file of its own, without its annexes of data"))
}

// cleaned is a text on one line: every kind of blank is one blank, a wide gap a tab.
func cleaned(s string) string {
	s = strings.ReplaceAll(s, "**", "") // what converters to text put around bold words
	fields := wideFields(strings.Map(blankToSpace, s))
	for i := range fields {
		fields[i].text = strings.TrimSpace(text.Line(fields[i].text))
	}
	kept := make([]string, 0, len(fields))
	for _, field := range fields {
		if field.text != "" {
			kept = append(kept, field.text)
		}
	}
	return strings.Join(kept, "\t")
}

// blankToSpace makes blanks of every kind plain ones, and keeps tabs.
func blankToSpace(r rune) rune {
	switch {
	case r == 0xa0, 0x2000 <= r && r <= 0x200a, r == 0x202f, r == 0x205f, r == 0x3000, r == '\n', r == '\r', r == '\v',
		r == '\f', r == 0x2028, r == 0x2029, r == 0x85:
		return ' '
	}
	return r
}

// field is a part of a line between wide gaps, with the column at which it begins.
type field struct {
	text  string
	start int // in characters, from 0
}

// wideGap is how many blanks make two columns of what stands beside each other.
const wideGap = 3

// wideFields splits a line at tabs and at wide gaps.
func wideFields(line string) []field {
	var fields []field
	var b strings.Builder
	column, start, blanks := 0, 0, 0
	flush := func() {
		if b.Len() > 0 {
			fields = append(fields, field{b.String(), start})
			b.Reset()
		}
	}
	for _, r := range line {
		switch r {
		case '\t':
			blanks += wideGap
		case ' ':
			blanks++
		default:
			switch {
			case b.Len() == 0:
				start = column
			case blanks >= wideGap:
				flush()
				start = column
			case blanks > 0:
				b.WriteByte(' ')
			}
			blanks = 0
			b.WriteRune(r)
		}
		column++
	}
	flush()
	return fields
}

// isRule reports a line that is drawn and not written: asterisks, dashes, underscores, dots.
func isRule(s string) bool {
	return s != "" && strings.Trim(s, "-–—_=*.·•~+ \t") == ""
}
