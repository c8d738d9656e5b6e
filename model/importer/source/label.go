package source

import (
	"strings"
)

// Rank says what kind of label a block has. A greater one stands deeper; 0 is no label.
type Rank int

// The ranks, in the order in which official documents nest them.
const (
	NoLabel  Rank = iota
	PartWord      // Phần I, Phần thứ nhất, Chương II
	Roman         // I.
	Capital       // A.
	Article       // Điều 1.
	Number        // 1.
	Decimal       // 1.1.
	Decimal3      // 1.1.1.
	Letter        // a)
	Paren         // 1) or (1)
	Dash          // -, •
	Plus          // +
)

// labelForms are the labels that people type, in the order in which they are tried. What stands behind one is the
// text.
var labelForms = []struct {
	rank Rank
	form Pattern
}{
	{PartWord, `^(?i:phần|chương)\s+(?:thứ\s+\S+|[IVXLC]+|\d{1,2})\s*[.:)]?(?:\s|$)`},
	{PartWord, `^(?i:part)\s+(?:[IVXLC]+|\d{1,2})\s*[.:)]?(?:\s|$)`},
	{Article, `^(?:Điều|ĐIỀU)\s+\d{1,3}\s*[.:]`},
	{Roman, `^[IVXL]{1,6}\s?[.)/\-–](?:\s+|$)`},
	{Roman, `^[IVXL]{1,6}[.)/]`},
	{Capital, `^[A-HĐ]\s?[.)](?:\s|$)`},
	{Decimal3, `^\d{1,2}\.\d{1,2}\.\d{1,2}(?:\.\d{1,2})*[.)]?(?:\s+|$)`},
	{Decimal, `^\d{1,2}\.\d{1,2}[.)]?(?:\s+|$)`},
	{Number, `^\d{1,3}(?:\s?\.|[-–/])(?:\s+|$)`},
	{Paren, `^(?:\(\d{1,2}\)|\d{1,2}\))(?:\s|$)`},
	{Letter, `^(?:\([a-zđ]\)|[a-zđ]\s?[.)])(?:\s|$)`},
	{Plus, `^\+\s*`},
	{Dash, `^[-–—•●○▪■◦·*§➢✓\x{f000}-\x{f0ff}]\s*`},
	{Number, `^\d{1,2}\.`},
	{Letter, `^[a-zđ]\)`},
}

// splitLabel takes the label off a text.
func splitLabel(s string) (label, rest string) {
	for _, form := range labelForms {
		label := form.form.FindString(s)
		if label == "" {
			continue
		}
		rest := s[len(label):]
		if form.rank >= Number && form.rank < Dash && startsWithDigit(rest) && !strings.ContainsAny(label, " \t") {
			continue // 1.5 triệu, 30.4
		}
		return strings.TrimSpace(label), strings.TrimSpace(rest)
	}
	return "", s
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// rankOf is the rank of a label.
func rankOf(label string) Rank {
	if label == "" {
		return NoLabel
	}
	for _, form := range labelForms {
		if form.form.MatchString(label + " ") {
			return form.rank
		}
	}
	return Paren // of a form of its own, which Word has made
}
