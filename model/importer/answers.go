package importer

import (
	"fmt"
	"slices"
	"strings"

	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// answerable are the roles that a person may give a line.
var answerable = []Role{Aim, Requirement, Theme, Message, Period, Activity, Duty, Detail, Group, Owner, Title, Funding,
	Reporting, Fact, Kept, Settled}

// Open reports whether something waits for a person's answer.
func (r *Reading) Open() bool {
	return r.Asked || slices.ContainsFunc(r.Lines, func(l Line) bool { return l.Role == Left || !l.Doubt.IsZero() })
}

// Questions is the file in which a person answers what the document leaves open. What was answered stays in it.
func (r *Reading) Questions(answers Answers) []byte {
	w := r.writer()
	w.comment(phrase.Say("What the import could not decide. Answer here, then: tiendo import --again DOCUMENT FOLDER"))
	w.comment(phrase.Say("`is` says what the line is; \"\" leaves it as the report says."))
	known := make([]string, len(answerable))
	for i, role := range answerable {
		known[i] = string(role)
	}
	w.linef("#   %s", strings.Join(known, " "))
	w.linef("\nschema = 1")
	if r.Annexed != NoAnnex {
		w.linef("")
		w.comment(phrase.Say("The text and an annex both name tasks. Which count? annex, prose or both"))
		mark := ""
		if r.Asked {
			mark = "# "
		}
		w.linef("%sannex = %s", mark, edit.Quote(string(r.Annexed)))
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		answer, answered := answers.Lines[l.Key()]
		if !answered && l.Role != Left && l.Doubt.IsZero() {
			continue
		}
		why := phrase.Say("left over")
		if !l.Doubt.IsZero() {
			why = l.Doubt
		}
		w.linef("\n[[line]]%s: %s", w.place(l.Place), w.words.Say(why))
		w.key("text", 4, l.Printed())
		w.linef("is   = %s", edit.Quote(string(answer)))
	}
	return []byte(w.String())
}

// ReadAnswers reads that file; shown is its path in messages.
func ReadAnswers(shown string, source []byte) (Answers, error) {
	answers := Answers{Lines: map[string]Role{}}
	document, failure := edit.Parse(source)
	if failure != nil {
		return answers, problemAt(shown, source, failure.Offset, phrase.Sentence{Format: failure.Message})
	}
	root := document.Root()
	if annex := root.Child("annex"); annex != nil {
		value, _ := annex.Value().(string)
		answers.Annex = AnnexChoice(value)
		if !slices.Contains([]AnnexChoice{AnnexOnly, ProseOnly, AnnexToo}, answers.Annex) {
			return answers, problemAt(shown, source, annex.Offset(),
				phrase.Say("%s is %s; want %s", "annex", fmt.Sprintf("%q", text.Line(value)), "annex, prose, both"))
		}
	}
	lines := root.Child("line")
	for i := range lines.Len() {
		line := lines.Elem(i)
		words, _ := line.Child("text").Value().(string)
		is := line.Child("is")
		role, _ := is.Value().(string)
		if role == "" || words == "" {
			continue
		}
		if !slices.Contains(answerable, Role(role)) {
			known := make([]string, len(answerable))
			for n, role := range answerable {
				known[n] = string(role)
			}
			return answers, problemAt(shown, source, is.Offset(), phrase.Say("%s is %s; want %s", "is",
				fmt.Sprintf("%q", text.Line(role)), strings.Join(known, ", ")))
		}
		answers.Lines[text.Fold(words)] = Role(role)
	}
	return answers, nil
}

func problemAt(shown string, source []byte, at int, what phrase.Sentence) error {
	line, column := edit.Position(source, at)
	return phrase.Problem{File: shown, Line: line, Column: column, What: what}
}
