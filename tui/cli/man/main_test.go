package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/tui/help"
)

// Every command and every topic has a page in both languages, from the texts that the program itself shows.
func TestPages(t *testing.T) {
	dir := t.TempDir()
	if err := write(dir); err != nil {
		t.Fatal(err)
	}
	for page, want := range map[string]string{
		"man1/tiendo.1":                "follow the progress of a campaign plan",
		"man1/tiendo-tick.1":           "tiendo tick UNIT… ACTIVITY… [flags]",
		"man1/tiendo-person-add.1":     "A key is the line in the person's own file id_ed25519.pub",
		"man7/tiendo-sync.7":           "tiendo-sync",
		"vi/man1/tiendo-tick.1":        "tiendo tick ĐƠN_VỊ… HOẠT_ĐỘNG… [tùy chọn]",
		"vi/man7/tiendo-staff.7":       "Hướng dẫn cho đơn vị",
		"vi/man1/tiendo-verify-push.1": "TIENDO_PUSHER",
	} {
		content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(page)))
		if err != nil {
			t.Error(err)
			continue
		}
		if said := strings.ReplaceAll(string(content), `\`, ""); !strings.Contains(said, want) {
			t.Errorf("%s lacks %q:\n%s", page, want, said)
		}
	}
	for _, folder := range []string{"man1", "vi/man1"} {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(folder), "tiendo-merge-file.1")); err == nil {
			t.Errorf("%s has a page of a command that only git gives", folder)
		}
	}
	for _, topic := range help.Topics() {
		for _, folder := range []string{"man7", "vi/man7"} {
			if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(folder), "tiendo-"+topic+".7")); err != nil {
				t.Error(err)
			}
		}
	}
}
