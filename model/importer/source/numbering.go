package source

import (
	"strconv"
	"strings"
)

// numbering makes the numbers and dashes that Word prints and does not keep in the text.
type numbering struct {
	abstracts map[string]*abstractList
	lists     map[string]*list
	styles    map[string]style
}

// abstractList is how a list looks, with its counters: lists that look the same go on counting.
type abstractList struct {
	levels [9]level
	count  [9]int
	begun  [9]bool
}

type level struct {
	format string
	text   string
	start  int
	legal  bool // all its numbers are arabic
}

// list is one list of the document.
type list struct {
	abstract string
	starts   [9]int // with which number a level begins anew; -1: it does not
	applied  bool
}

type style struct {
	basedOn string
	numID   string
	level   int
}

const levels = 9

// read reads numbering.xml.
func (n *numbering) read(root *element) {
	n.abstracts, n.lists = map[string]*abstractList{}, map[string]*list{}
	for _, of := range root.all("abstractNum", nil) {
		abstract := &abstractList{}
		for i := range abstract.levels {
			abstract.levels[i] = level{format: "none", start: 1}
		}
		for _, lvl := range of.all("lvl", nil) {
			if i := lvl.number("ilvl", levels); i < levels {
				abstract.levels[i] = readLevel(lvl)
			}
		}
		n.abstracts[of.attribute("abstractNumId")] = abstract
	}
	for _, of := range root.all("num", nil) {
		one := &list{abstract: of.child("abstractNumId").attribute("val")}
		for i := range one.starts {
			one.starts[i] = -1
		}
		for _, override := range of.all("lvlOverride", nil) {
			i := override.number("ilvl", levels)
			if i >= levels {
				continue
			}
			if start := override.child("startOverride"); start != nil {
				one.starts[i] = start.number("val", 1)
			}
		}
		n.lists[of.attribute("numId")] = one
	}
}

func readLevel(lvl *element) level {
	read := level{format: "decimal", start: lvl.child("start").number("val", 1), legal: lvl.child("isLgl") != nil}
	if format := lvl.child("numFmt").attribute("val"); format != "" {
		read.format = format
	}
	read.text = lvl.child("lvlText").attribute("val")
	return read
}

// readStyles reads which styles belong to a list.
func (n *numbering) readStyles(root *element) {
	n.styles = map[string]style{}
	for _, of := range root.all("style", nil) {
		list := of.child("pPr").child("numPr")
		n.styles[of.attribute("styleId")] = style{
			basedOn: of.child("basedOn").attribute("val"),
			numID:   list.child("numId").attribute("val"), level: list.child("ilvl").number("val", 0),
		}
	}
}

// label is the number or dash of a paragraph, and counts it; "" for one that belongs to no list.
func (n *numbering) label(styleID, numID string, lvl int, numbered bool) string {
	for seen := 0; !numbered && styleID != "" && seen < 20; seen++ { // a style may be based on another
		of := n.styles[styleID]
		if of.numID != "" {
			numID, numbered = of.numID, true
			lvl = max(lvl, of.level)
		}
		styleID = of.basedOn
	}
	of := n.lists[numID]
	if of == nil || lvl >= levels || n.abstracts[of.abstract] == nil {
		return ""
	}
	return n.count(of, lvl)
}

// count counts one paragraph of a list.
func (n *numbering) count(of *list, lvl int) string {
	abstract := n.abstracts[of.abstract]
	if !of.applied {
		of.applied = true
		for i, start := range of.starts {
			if start >= 0 {
				abstract.count[i], abstract.begun[i] = start-1, true
			}
		}
	}
	for i := range lvl { // a level that was passed over counts as its first
		if !abstract.begun[i] {
			abstract.count[i], abstract.begun[i] = abstract.levels[i].start, true
		}
	}
	if !abstract.begun[lvl] {
		abstract.count[lvl], abstract.begun[lvl] = abstract.levels[lvl].start-1, true
	}
	abstract.count[lvl]++
	for i := lvl + 1; i < levels; i++ {
		abstract.begun[i] = false
	}
	return abstract.spell(lvl)
}

// spell is the label of a level as it is printed now.
func (a *abstractList) spell(lvl int) string {
	of := a.levels[lvl]
	switch of.format {
	case "none":
		return ""
	case "bullet":
		if strings.Contains(of.text, "+") {
			return "+"
		}
		return "-"
	}
	spelled := of.text
	for i := range levels {
		format := a.levels[i].format
		if of.legal {
			format = "decimal"
		}
		spelled = strings.ReplaceAll(spelled, "%"+strconv.Itoa(i+1), number(a.count[i], format))
	}
	return strings.TrimSpace(cleaned(spelled))
}

// number spells a number in one of the formats of Word; as digits in one that is not known here.
func number(n int, format string) string {
	switch format {
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "lowerLetter":
		return letters(n, 'a')
	case "upperLetter":
		return letters(n, 'A')
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// letters is a, b, … z, aa, bb, … as Word counts them.
func letters(n int, first rune) string {
	const alphabet = 26
	if n < 1 || n > 30*alphabet {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%alphabet)), (n-1)/alphabet+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, sign := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"},
		{9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= sign.value {
			b.WriteString(sign.sign)
			n -= sign.value
		}
	}
	return b.String()
}
