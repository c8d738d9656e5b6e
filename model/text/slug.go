package text

import "strings"

// Slug makes a name for files and commands of a text: small letters without accents, digits, and a hyphen for
// everything else; at most so many letters, cut between words where one fits. It is "" when nothing is left.
func Slug(s string, most int) string {
	var b strings.Builder
	for _, r := range Fold(s) {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			b.WriteRune(r)
		} else if made := b.String(); made != "" && made[len(made)-1] != '-' {
			b.WriteByte('-')
		}
		const enough = 4
		if b.Len() > enough*most {
			break
		}
	}
	slug := strings.Trim(b.String(), "-")
	if len(slug) <= most {
		return slug
	}
	cut := slug[:most+1]
	if at := strings.LastIndexByte(cut, '-'); at > 0 {
		return cut[:at]
	}
	return slug[:most]
}
