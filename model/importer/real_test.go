package importer_test

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/importer"
	"example.org/tiendo/model/importer/source"
	"example.org/tiendo/model/importer/source/sourcetest"
	"example.org/tiendo/model/phrase"
)

const realPlan = "../store/testdata/1714-KH-SCT.txt"

// asWord is a text as Word keeps it: a paragraph for each line, dashes made by a list.
func asWord(t *testing.T, text string) []byte {
	t.Helper()
	var body strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		list := ""
		if words, is := strings.CutPrefix(line, "- "); is {
			line, list = words, `<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>`
		}
		line = strings.ReplaceAll(line, "**", "")
		fmt.Fprintf(&body, `<w:p>%s<w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, list, html.EscapeString(line))
	}
	return sourcetest.Word(t, map[string]string{
		"word/document.xml": sourcetest.Body(body.String()),
		"word/numbering.xml": `<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>` +
			`<w:lvlText w:val="-"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
	})
}

// planFile is what matters of plan.toml here.
type planFile struct {
	Plan struct {
		Starts, Ends  time.Time
		Theme, Period string
	}
	Document struct {
		Number, Type, Place, Dateline, Title, Basis, Closing, Archive string
		Date                                                          time.Time
		Headings, Recipients                                          []struct{ Text string }
		Signature                                                     struct {
			Titles []string
			Name   string
		}
	}
	Reporting struct {
		To            string
		Before, Until time.Time
	}
	Goal     []struct{ Kind, Text string }
	Message  []struct{ ID, Text string }
	Activity []struct {
		Section, Text, When string
		Lead                any
		Assigned            []string
		Until, Before       time.Time
	}
}

func decodePlan(t *testing.T, content []byte) planFile {
	t.Helper()
	var plan planFile
	if _, err := toml.Decode(string(content), &plan); err != nil {
		t.Fatal(err)
	}
	return plan
}

// The real plan, imported as text and as .docx, says what data/plan.toml says, which was written by hand.
func TestRealPlan(t *testing.T) {
	text, err := os.ReadFile(realPlan)
	if err != nil {
		t.Fatal(err)
	}
	byHand, err := os.ReadFile("../../data/plan.toml")
	if err != nil {
		t.Fatal(err)
	}
	want := decodePlan(t, byHand)
	for name, content := range map[string][]byte{"text": text, "docx": asWord(t, string(text))} {
		t.Run(name, func(t *testing.T) {
			document, err := source.Read(content)
			if err != nil {
				t.Fatal(err)
			}
			reading := importer.Understand(document, importer.Answers{})
			for _, l := range reading.Lines {
				if l.Role == importer.Left || !l.Doubt.IsZero() {
					t.Errorf("line %d is %s (%s): %s", l.Line, l.Role, l.Doubt, l.Text)
				}
			}
			noErrors(t, reading)
			got := decodePlan(t, reading.Plan("ke-hoach.txt"))
			for _, same := range []struct {
				what      string
				got, want any
			}{
				{"plan", got.Plan, want.Plan},
				{"document", got.Document, want.Document},
				{"goals", got.Goal, want.Goal},
				{"messages", got.Message, want.Message},
				{"the day of the reports", got.Reporting.Before, want.Reporting.Before},
			} {
				if !reflect.DeepEqual(same.got, same.want) {
					t.Errorf("%s: got\n%+v\nwant\n%+v", same.what, same.got, same.want)
				}
			}
			if len(got.Activity) != len(want.Activity) {
				t.Fatalf("%d activities, want %d", len(got.Activity), len(want.Activity))
			}
			leads := 0
			for i, activity := range got.Activity {
				hand := want.Activity[i]
				if activity.Section != hand.Section || activity.Text != hand.Text || activity.Before != hand.Before ||
					!activity.Until.IsZero() || activity.When != "" {
					t.Errorf("activity %d: got %+v, want %+v", i, activity, hand)
				}
				if activity.Lead != nil {
					leads++
				}
				if (len(activity.Assigned) > 0) != (activity.Section == "duty") {
					t.Errorf("activity %d is assigned to %q", i, activity.Assigned)
				}
			}
			if leads != 1 || got.Reporting.To != "van-phong-so" {
				t.Errorf("%d leads, reports to %q", leads, got.Reporting.To)
			}
		})
	}
}

// noErrors wants plan and roster to be free of errors, as the loader judges them.
func noErrors(t *testing.T, reading *importer.Reading) {
	t.Helper()
	named := decode.NewNames()
	units := decode.Parse("units.toml", reading.Units("x"))
	decode.Roster(units, named)
	plan := decode.Parse("plan.toml", reading.Plan("x"))
	decode.Plan(plan, named)
	for _, problem := range append(units.Problems, plan.Problems...) {
		if !problem.Warning {
			t.Errorf("%s\n%s%s", problem.Error(), reading.Units("x"), reading.Plan("x"))
		}
	}
}

// ours are the keys whose values are not the document's words.
var ours = []string{"schema", "id", "language", "timezone", "kind", "section", "assigned", "lead", "support", "to", "returned",
	"every", "month", "group"}

// foreign lists the texts of a plan that do not stand in the document.
func foreign(t *testing.T, text string, reading *importer.Reading) []string {
	t.Helper()
	plan := map[string]any{}
	if _, err := toml.Decode(string(reading.Plan("x")), &plan); err != nil {
		t.Fatal(err)
	}
	held := squeeze(regexp.MustCompile(`[|/\n]`).ReplaceAllString(text, ""))
	printed, cells := strings.Split(text, "\n"), []string{held}
	for _, l := range reading.Lines { // a cell over several lines: each of its words stands on one of them
		if !reading.Document.Word && l.Last > l.Line {
			there := strings.Join(printed[l.Line-1:l.Last], " ")
			if !slices.ContainsFunc(strings.Fields(l.Plain()), func(word string) bool { return !strings.Contains(there, word) }) {
				cells = append(cells, squeeze(strings.ReplaceAll(l.Plain(), "/", "")))
			}
		}
	}
	held = strings.Join(cells, "\n")
	var found []string
	var visit func(key string, value any)
	visit = func(key string, value any) {
		switch value := value.(type) {
		case map[string]any:
			for key, value := range value {
				visit(key, value)
			}
		case []map[string]any:
			for _, one := range value {
				visit(key, one)
			}
		case []any:
			for _, one := range value {
				visit(key, one)
			}
		case string:
			for piece := range strings.SplitSeq(value, "\n") {
				for part := range strings.SplitSeq(piece, "; ") { // times of several lines stand in one value
					if part = squeeze(regexp.MustCompile(`[|/]`).ReplaceAllString(part, "")); !slices.Contains(ours, key) && !strings.Contains(held, part) {
						found = append(found, key+": "+value)
					}
				}
			}
		}
	}
	visit("", plan)
	return found
}

// Each text of a plan stands in its document, each line of the document in the plan or in the account of it.
func TestEveryImportHoldsItsDocument(t *testing.T) {
	names, err := filepath.Glob("testdata/plans/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, realPlan) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text := ""
			if name == realPlan {
				content, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				text = string(content)
			} else {
				text, _ = readPlan(t, name)
			}
			for _, annex := range []importer.AnnexChoice{importer.NoAnnex, importer.AnnexOnly, importer.ProseOnly, importer.AnnexToo} {
				for form, content := range map[string][]byte{"text": []byte(text), "docx": asWord(t, text)} {
					if form == "docx" && strings.Contains(text, "|") {
						continue // a table of a .docx is none between bars
					}
					document, err := source.Read(content)
					if err != nil {
						t.Fatal(err)
					}
					reading := importer.Understand(document, importer.Answers{Annex: annex})
					noErrors(t, reading)
					for _, foreign := range foreign(t, text, reading) {
						t.Errorf("%s: not in the document: %s", form, foreign)
					}
					if form == "text" {
						for _, lost := range lostLines(t, text, reading) {
							t.Errorf("lost: %s", lost)
						}
					}
				}
			}
		})
	}
}

// Whatever is read, the plan that comes of it can be loaded, and holds nothing that the document does not.
func FuzzUnderstand(f *testing.F) {
	names, _ := filepath.Glob("testdata/plans/*.txt")
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(regexp.MustCompile(`(?m)^[^\t\n]*\t`).ReplaceAllString(string(content), ""))
	}
	f.Add("KẾ HOẠCH\nA\nIV. TỔ CHỨC THỰC HIỆN\n1. Phòng A\n- Phòng A chủ trì.\n2. phòng a: việc\n")
	f.Fuzz(func(t *testing.T, text string) {
		document, err := source.Read([]byte(text))
		if err != nil {
			return
		}
		reading := importer.Understand(document, importer.Answers{})
		noErrors(t, reading)
		account := reading.Coverage(phrase.In(reading.Language()))
		if account.Lines != len(document.Blocks) || account.Placed+account.Left != account.Lines {
			t.Errorf("%d blocks, %d lines, %d placed, %d left", len(document.Blocks), account.Lines, account.Placed, account.Left)
		}
		if _, err := importer.ReadAnswers("answers.toml", reading.Questions(importer.Answers{})); err != nil {
			t.Errorf("answers: %v\n%s", err, reading.Questions(importer.Answers{}))
		}
	})
}
