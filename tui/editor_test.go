package tui_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"example.org/tiendo/model/phrase"
)

// What was ticked in the form of a message and not saved comes again, whichever channels the plan has by then.
func TestUseSurvivesALostConnection(t *testing.T) {
	for language, words := range map[phrase.Language][]string{
		phrase.Vietnamese: {"có nội dung bạn viết mà chưa lưu: e mở lại", "đã mở lại nội dung bạn viết mà chưa lưu", "[x] Mạng xã hội", "Bạn đã viết mà chưa lưu ở mục “thông điệp m15"},
		phrase.English:    {"you have typed something here and not saved it: e shows it", "what you typed and did not save is here again", "[x] Mạng xã hội", "You have typed something on “message m15"},
	} {
		t.Run(string(language), func(t *testing.T) {
			kept := memory{}
			lost := openDemo(t, setting{language: language, person: "quang", drafts: kept})
			lost.size(100, 30)
			lost.press("2", "end", "e", "right", "right", "right", " ")

			d := openDemo(t, setting{language: language, person: "quang", drafts: kept, prepare: func(dir string) {
				changed(t, filepath.Join(dir, "plan.toml"), "[[channel]]\n", "[[channel]]\nid = \"moi\"\nname = \"Kênh mới\"\n\n[[channel]]\n")
			}})
			d.size(100, 30)
			d.press("2", "end")
			d.shows(words[0])
			d.press("4", "s")
			d.shows(words[3])
			d.press("esc", "2", "e")
			d.shows(words[1], words[2])
			d.press("ctrl+s")
			d.holds("progress/quan-ly-thuong-mai.toml", "[message.m15]\nchannels = [\"bang-ron\", \"hoi-nghi\", \"mang-xa-hoi\"]")
			if len(kept) != 0 {
				t.Errorf("saved, and yet kept: %v", kept)
			}
			d.press("e", " ", "esc", map[phrase.Language]string{phrase.Vietnamese: "c", phrase.English: "y"}[language])
			if len(kept) != 0 {
				t.Errorf("thrown away, and yet kept: %v", kept)
			}
		})
	}
}

// changed replaces the first of some words in a file.
func changed(t *testing.T, path, from, to string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, bytes.Replace(content, []byte(from), []byte(to), 1), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// The form of a message says what the rules forbid before anything is saved, and saves nothing then.
func TestUseIsCheckedInTheForm(t *testing.T) {
	for language, words := range map[phrase.Language]string{
		phrase.Vietnamese: "21 minh chứng; chỉ lưu nhiều nhất 20", phrase.English: "21 references; at most 20 are kept",
	} {
		t.Run(string(language), func(t *testing.T) {
			d := openDemo(t, setting{language: language, person: "hang", prepare: func(dir string) {
				var more bytes.Buffer
				for i := range 20 {
					fmt.Fprintf(&more, "[[channel]]\nid = \"moi-%d\"\nname = \"Kênh %d\"\n\n", i, i)
				}
				changed(t, filepath.Join(dir, "plan.toml"), "[[channel]]\n", more.String()+"[[channel]]\n")
			}})
			d.size(100, 40)
			d.press("2", "end", "e")
			for range 20 {
				d.press(" ", "right")
			}
			d.lacks(words)
			d.press(" ")
			d.shows(words)
			d.press("ctrl+s")
			d.shows(words, "[x] Kênh 19")
		})
	}
}

// A form that is not about what the unit writes, such as that for more time, costs nothing of what was typed there.
func TestGivingMoreTimeKeepsWhatWasTyped(t *testing.T) {
	kept := memory{}
	lost := openDemo(t, setting{drafts: kept})
	lost.size(80, 24)
	lost.press("4", "down", "e", "Hai buổi")

	d := openDemo(t, setting{drafts: kept})
	d.size(80, 24)
	d.press("4", "down", "x")
	d.shows("Gia hạn cho Thanh tra Sở")
	d.press("esc", "e")
	d.shows("Hai buổi")
}
