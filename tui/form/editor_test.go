package form

import (
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/frame/frametest"
)

// noteEdit is a form over the note of an activity.
func noteEdit(f *frame.Frame, unit string) *Edit {
	entry, note := model.Entry{Status: model.Todo}, field.Find(model.EntryFields, "note")
	typed := NewFact(f, note, &entry, 3, "")
	return &Edit{
		Change: model.Change{
			Person: f.Person, Unit: unit, Seen: entry,
			Subject: model.Subject{Kind: model.SubjectActivity, ID: f.Board.Campaign.Plan.Activities[0].ID},
		},
		Form: New("A note", []*Field{typed}, 0),
		Read: func(seen model.Value) (model.Value, error) {
			entry := model.As[model.Entry](seen)
			Take(note, &entry, typed)
			return entry, nil
		},
	}
}

func typed(e *Editor, f *frame.Frame, text string) {
	for _, letter := range text {
		e.Update(frametest.Key(string(letter)), f)
	}
}

// A form closes once what was typed is written, and stays open where that fails.
func TestEditorSaves(t *testing.T) {
	f, made := frametest.New(t, phrase.English, frametest.Hoa("van-phong"))
	var e Editor
	e.Open(f, noteEdit(f, "van-phong"))
	typed(&e, f, "xong")
	command, _ := e.Update(frametest.Key("ctrl+s"), f)
	if command == nil || !e.Capturing() {
		t.Fatal("it closed before anything was written")
	}
	saved, is := command().(event.Saved)
	if !is || len(*made) != 1 || model.As[model.Entry]((*made)[0].New).Note != "xong" {
		t.Fatalf("%+v", *made)
	}
	failed := saved
	failed.Err = phrase.Refuse(phrase.Say("the disk is full"), phrase.Sentence{})
	if e.Update(failed, f); !e.Capturing() {
		t.Error("it closed though nothing was written")
	}
	if e.Update(saved, f); e.Capturing() {
		t.Error("it stays open")
	}
}

// What the rules refuse is said in the form and not written.
func TestEditorAsksTheRules(t *testing.T) {
	f, made := frametest.New(t, phrase.English, frametest.Hoa("van-phong"))
	var e Editor
	e.Open(f, noteEdit(f, "thanh-tra")) // not their unit
	typed(&e, f, "x")
	if command, _ := e.Update(frametest.Key("ctrl+s"), f); command != nil {
		command()
	}
	if len(*made) > 0 || !e.Capturing() {
		t.Errorf("made %v; open: %t", *made, e.Capturing())
	}
	if shown := e.View(f, 80, 20); !strings.Contains(shown, "permission") && !strings.Contains(shown, "unit") {
		t.Errorf("it does not say why:\n%s", shown)
	}
}

// Leaving asks before it throws away what was typed.
func TestEditorAsksBeforeItThrowsAway(t *testing.T) {
	f, made := frametest.New(t, phrase.Vietnamese, frametest.Hoa("van-phong"))
	var e Editor
	e.Open(f, noteEdit(f, "van-phong"))
	typed(&e, f, "x")
	if e.Update(frametest.Key("esc"), f); !e.Capturing() {
		t.Fatal("it has thrown away what was typed")
	}
	if e.Update(frametest.Key("k"), f); !e.Capturing() { // không
		t.Fatal("it has thrown away what was typed, after a no")
	}
	e.Update(frametest.Key("esc"), f)
	if e.Update(frametest.Key("c"), f); e.Capturing() || len(*made) > 0 { // có
		t.Errorf("made %v; open: %t", *made, e.Capturing())
	}
}

// A text that does not fit is shown from its beginning, with the cursor there; behind one that fits writing goes on.
func TestALongTextIsShownFromItsBeginning(t *testing.T) {
	f, _ := frametest.New(t, phrase.English, frametest.Lan())
	long := strings.Repeat("one two three four five\n", 9) + "the end"
	for text, want := range map[string]string{long: "X\x1b[7mo", "short": "shortX"} {
		form := New("A text", []*Field{{Label: "Text", Area: NewArea(f.Styles, text, 3, 500)}}, 0)
		form.View(f, 60, 8)
		form.Update(frametest.Key("X"), f)
		if shown := form.View(f, 60, 8); !strings.Contains(shown, want) {
			t.Errorf("it shows\n%s", shown)
		}
	}
}

// Options that take several lines stand under one another; a long one takes the place of several.
func TestOptionsStandInColumns(t *testing.T) {
	f, _ := frametest.New(t, phrase.English, frametest.Lan())
	for want, options := range map[int][]string{
		2: {"not started", "in progress", "done", strings.Repeat("long ", 7) + "end", "not applicable", "x"},
		3: {"on", "one", "line"},
	} {
		choice := NewChoice(options, 0)
		lines := choice.view(f, 46)
		columns := map[int]bool{}
		for i, spot := range choice.spots {
			columns[spot.from] = true
			cells, sign := []rune(lines[spot.line]), map[bool]string{true: "(•) ", false: "( ) "}[i == 0]
			if string(cells[spot.from:spot.to]) != sign+options[i] {
				t.Errorf("%q stands elsewhere than at %+v: %q", options[i], spot, lines)
			}
		}
		if len(columns) != want {
			t.Errorf("%q", lines)
		}
	}
}
