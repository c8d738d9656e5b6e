package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxFileName is how long the name of a file may be on the usual file systems, in bytes.
const maxFileName = 255

// FoldFileName is a name as a file system compares it that knows no case: two names that fold to
// the same are one file there.
func FoldFileName(name string) string {
	return norm.NFC.String(strings.ToLower(strings.ToUpper(norm.NFC.String(name))))
}

// CanBeFile reports whether every system can make a file of this name, which is one element of a
// path, and git checks it out there. Git refuses what some file system takes for `.git`, `.` or `..`,
// and Windows what it takes for a device or a path of its own.
func CanBeFile(name string) bool {
	if name == "" || len(name) > maxFileName || !utf8.ValidString(name) || strings.ContainsAny(name, "/\\:*?\"<>|") {
		return false
	}
	if strings.ContainsFunc(name, unicode.IsControl) {
		return false
	}
	if strings.TrimRight(name, ". ") != name { // Windows cuts them off; that is also `.` and `..`
		return false
	}
	seen := strings.Map(func(r rune) rune { // macOS does not see format characters
		if unicode.In(r, unicode.Cf) {
			return -1
		}
		return r
	}, FoldFileName(name))
	if seen == ".git" || seen == "git~1" || seen == "." || seen == ".." || seen == "" {
		return false
	}
	device, _, _ := strings.Cut(seen, ".")
	return !isDevice(strings.TrimRight(device, " "))
}

// isDevice reports what Windows takes for a device, in lower case.
func isDevice(name string) bool {
	switch name {
	case "con", "prn", "aux", "nul", "conin$", "conout$":
		return true
	}
	port, is := strings.CutPrefix(name, "com")
	if !is {
		port, is = strings.CutPrefix(name, "lpt")
	}
	//nolint:gocritic // one of these digits
	return is && utf8.RuneCountInString(port) == 1 && strings.Contains("123456789¹²³", port)
}
