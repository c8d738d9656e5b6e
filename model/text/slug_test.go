package text_test

import (
	"strings"
	"testing"

	"example.org/tiendo/model/text"
)

func TestSlug(t *testing.T) {
	for words, want := range map[string]string{
		"Treo băng rôn, khẩu hiệu": "treo-bang-ron-khau-hieu",
		"  – Đánh giá: 100 %! ":    "danh-gia-100",
		"…":                        "",
		"Tổ chức quán triệt đến toàn thể đoàn viên": "to-chuc-quan-triet-den-toan-the-doan",
		strings.Repeat("a", 50): strings.Repeat("a", 40),
	} {
		if got := text.Slug(words, 40); got != want {
			t.Errorf("%q: got %q, want %q", words, got, want)
		}
	}
}
