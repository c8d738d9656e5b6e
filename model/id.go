package model

// MaxID is the length of the longest id.
const MaxID = 64

// IsID reports the form that every id in the data files has: ^[a-z0-9][a-z0-9-]{0,63}$.
func IsID(s string) bool {
	if s == "" || len(s) > MaxID || s[0] == '-' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
