package text

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in the form in which search compares: lower case, without accents and tones, đ as d,
// compatibility characters spelled out ("№" as "no"). A text in NFC and in NFD folds to the same.
// Fold(Fold(s)) == Fold(s).
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	folded := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		folded = appendFolded(folded, s[i:i+size], r)
		i += size
	}
	return string(folded)
}

// FoldIndex is Fold together with the way back: offsets[i] is the byte offset in s of the character that
// byte i of the folded string came from. It has one more element than the folded string has bytes; the last
// is len(s). Offsets never decrease and always stand at the start of a character.
func FoldIndex(s string) (folded string, offsets []int) {
	return withOffsets(s, func(dst []byte, rest string) ([]byte, int) {
		r, size := utf8.DecodeRuneInString(rest)
		return appendFolded(dst, rest[:size], r), size
	})
}

// withOffsets builds a changed copy of s character by character and notes where each byte came from. next
// appends what stands at the start of rest and says how many bytes of rest that was.
func withOffsets(s string, next func(dst []byte, rest string) ([]byte, int)) (changed string, offsets []int) {
	dst := make([]byte, 0, len(s))
	offsets = make([]int, 0, len(s)+1)
	for i := 0; i < len(s); {
		var size int
		dst, size = next(dst, s[i:])
		for len(offsets) < len(dst) {
			offsets = append(offsets, i)
		}
		i += size
	}
	return string(dst), append(offsets, len(s))
}

// isFolded reports a string that Fold would not change, for the usual case of ASCII in lower case.
func isFolded(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// appendFolded appends the folded form of the character r, whose bytes in the source are encoded.
func appendFolded(dst []byte, encoded string, r rune) []byte {
	switch {
	case r < utf8.RuneSelf:
		return append(dst, byte(unicode.ToLower(r)))
	case isDStroke(r):
		return append(dst, 'd')
	case isSilent(r):
		return dst
	}
	decomposed := norm.NFKD.PropertiesString(encoded).Decomposition()
	if unicode.Is(unicode.Hangul, r) { // decomposed by rule, so the table says nothing
		decomposed = norm.NFKD.AppendString(nil, encoded)
	}
	if decomposed == nil {
		return utf8.AppendRune(dst, unicode.ToLower(r))
	}
	for len(decomposed) > 0 {
		part, size := utf8.DecodeRune(decomposed)
		decomposed = decomposed[size:]
		if !isSilent(part) {
			dst = utf8.AppendRune(dst, unicode.ToLower(part))
		}
	}
	return dst
}

// isDStroke reports đ, whose stroke is part of the letter and no mark in Unicode, and the two foreign letters
// whose capitals look the same and stand for it in scanned and converted texts.
func isDStroke(r rune) bool {
	switch r {
	case 'đ', 'Đ', 'ð', 'Ð', 'ɖ', 'Ɖ':
		return true
	}
	return false
}

// isSilent reports what search does not see: marks and invisible format characters.
func isSilent(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Cf)
}
