package messages

import (
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/frame/frametest"
)

// The form of a message writes the channels that were chosen, for the person's own unit.
func TestUseIsWritten(t *testing.T) {
	f, made := frametest.New(t, phrase.English, frametest.Hoa("van-phong"))
	tab := New()
	tab.Settle(f)
	tab.Update(frametest.Key("e"), f)
	if !tab.Capturing() {
		t.Fatalf("e opens no form:\n%s", tab.View(f, 80, 20))
	}
	tab.Update(frametest.Key(" "), f)
	if command := tab.Update(frametest.Key("ctrl+s"), f); command == nil {
		t.Fatalf("Ctrl+S does nothing:\n%s", tab.View(f, 80, 20))
	} else {
		tab.Update(command(), f)
	}
	if len(*made) != 1 || (*made)[0].Unit != "van-phong" || (*made)[0].Subject.Kind != model.SubjectMessage {
		t.Fatalf("%+v", *made)
	}
	if use := model.As[model.Use]((*made)[0].New); len(use.Channels) != 1 {
		t.Errorf("%+v", use)
	}
	if tab.Capturing() {
		t.Error("the form stays open after it was saved")
	}
}

// Whoever only looks opens no form and is told why.
func TestViewerChangesNoUse(t *testing.T) {
	f, made := frametest.New(t, phrase.Vietnamese, model.Person{ID: "an", Name: "An", Role: model.Viewer})
	tab := New()
	tab.Settle(f)
	if command := tab.Update(frametest.Key("e"), f); command == nil || tab.Capturing() || len(*made) > 0 {
		t.Errorf("capturing %t, made %v", tab.Capturing(), *made)
	}
	if shown := tab.View(f, 400, 40); !strings.Contains(shown, f.Board.Campaign.Plan.Messages[0].Text) {
		t.Errorf("the first message is not shown:\n%s", shown)
	}
}
