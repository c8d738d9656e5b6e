package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// markedIndex returns s as search with marks compares it, and offsets as FoldIndex does: NFC, lower case, and
// the tone mark of oa, oe and uy on the first letter. Both places are in use for the same word ("hoà" and
// "hòa", "uỷ" and "ủy"), so someone who types one expects to find the other.
func markedIndex(s string) (marked string, offsets []int) {
	return withOffsets(s, appendMarked)
}

func appendMarked(dst []byte, rest string) ([]byte, int) {
	letter, size := composed(rest)
	if first, ok := toneBearer(letter); ok && size < len(rest) && rest[size] >= utf8.RuneSelf {
		second, secondSize := composed(rest[size:])
		if toned, bare, ok := moveTone(first, second); ok {
			return utf8.AppendRune(utf8.AppendRune(dst, toned), bare), size + secondSize
		}
	}
	for _, r := range letter {
		switch {
		case isDStroke(r):
			dst = append(dst, "đ"...)
		case !unicode.Is(unicode.Cf, r):
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
	}
	return dst, size
}

// composed returns the letter that s starts with, its marks included, in NFC, and its length in s in bytes.
func composed(s string) (letter string, size int) {
	if s[0] < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return s[:1], 1
	}
	size = norm.NFC.NextBoundaryInString(s, true)
	return norm.NFC.String(s[:size]), size
}

func toneBearer(letter string) (r rune, ok bool) {
	switch letter {
	case "o", "O":
		return 'o', true
	case "u", "U":
		return 'u', true
	}
	return 0, false
}

// moveTone takes the tone from the second letter of oa, oe or uy to the first. ok is false if these are other
// letters or there is no tone.
func moveTone(first rune, second string) (toned, bare rune, ok bool) {
	r, size := utf8.DecodeRuneInString(second)
	if size < len(second) {
		return 0, 0, false
	}
	for _, pair := range [...]struct {
		first, bare       rune
		onSecond, onFirst string
	}{
		{'o', 'a', "àảãáạ", "òỏõóọ"},
		{'o', 'e', "èẻẽéẹ", "òỏõóọ"},
		{'u', 'y', "ỳỷỹýỵ", "ùủũúụ"},
	} {
		at := strings.IndexRune(pair.onSecond, unicode.ToLower(r))
		if pair.first == first && at >= 0 {
			tone := utf8.RuneCountInString(pair.onSecond[:at])
			return []rune(pair.onFirst)[tone], pair.bare, true
		}
	}
	return 0, 0, false
}
