package workspace

import (
	"strings"
	"testing"

	"example.org/tiendo/model"
)

func TestPersonWith(t *testing.T) {
	campaign := &model.Campaign{Roster: model.Roster{People: []model.Person{
		{ID: "an", Name: "An", Role: model.Viewer},
		{ID: "minh", Name: "Minh", Role: model.Staff, Email: "minh@example.org"},
	}}}
	if got := personWith(campaign, "x", "MINH@example.ORG"); got.ID != "minh" {
		t.Errorf("by e-mail: %+v", got)
	}
	// Someone without an address is nobody else who has none.
	got := personWith(campaign, "Chủ\x1b máy", "")
	if got.ID != "" || got.Role != model.Coordinator || strings.Contains(got.Name, "\x1b") {
		t.Errorf("on no roster: %+v", got)
	}
	if got := personWith(campaign, " ", ""); strings.TrimSpace(got.Name) == "" {
		t.Error("a record signed by nobody")
	}
}
