package report

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dots is a line that somebody fills in by hand.
const dots = "……………………………………………………………………"

// plain writes a figure as programs read it.
func plain(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// point is the mark of the n-th of some points, from 0: a letter of the Vietnamese alphabet. More than it has letters
// are all numbered, since no letter follows y.
func point(n, of int) string {
	alphabet := []rune("abcdđeghiklmnopqrstuvxy")
	if of > len(alphabet) {
		return "(" + strconv.Itoa(n+1) + ") "
	}
	return string(alphabet[n]) + ") "
}

// lowerFirst begins a text with a small letter, to go on in a sentence.
func lowerFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	if unicode.IsUpper(second) { // an abbreviation
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// upperFirst makes of "KẾ HOẠCH" the word inside of a sentence: "Kế hoạch".
func upperFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + strings.ToLower(s[size:])
}

// numberOf is the number of a document without "Số:" and blanks: "1714/KH-SCT".
func numberOf(printed string) string {
	for _, word := range []string{"Số:", "Số", "No.", "No:"} {
		printed = strings.TrimPrefix(strings.TrimSpace(printed), word)
	}
	return strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(printed), " /", "/"), "/ ", "/")
}

// cited is the number of a document inside of a sentence; what it was not given yet is left to fill in.
func cited(printed string) string {
	number := numberOf(printed)
	if strings.HasPrefix(number, "/") {
		return "……" + number
	}
	return number
}

// issuerCode is the abbreviation of the issuer in a number: SCT of 1714/KH-SCT. "" when there is none.
func issuerCode(printed string) string {
	_, sign, found := strings.Cut(numberOf(printed), "/")
	if !found {
		return ""
	}
	_, code, _ := strings.Cut(sign, "-")
	return strings.TrimSpace(code)
}

// withSic is a text with the note that the source misleads.
func withSic(text, sic string) string {
	if sic == "" {
		return text
	}
	return text + " [" + sic + "]"
}

// list joins names as a sentence does.
func list(names []string) string { return strings.Join(names, "; ") }

// listed are names that stand below each other: a semicolon behind each, a full stop behind the last.
func listed(names []string) []string {
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = name + ";"
		if i == len(names)-1 {
			lines[i] = name + "."
		}
	}
	return lines
}

// ended is a text with a full stop, unless it ends with a mark already.
func ended(s string) string {
	last, _ := utf8.DecodeLastRuneInString(s)
	if s == "" || strings.ContainsRune(".!?…:;”", last) {
		return s
	}
	return s + "."
}
