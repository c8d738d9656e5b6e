package text

import "testing"

func TestQuoted(t *testing.T) {
	for word, want := range map[string]string{
		"ke-hoach": "ke-hoach", "kế": "kế", "": "''", "a b": "'a b'", "it's": `'it'\''s'`, "$(x)": "'$(x)'", "a\nb": "'a\nb'",
	} {
		if got := Quoted(word); got != want {
			t.Errorf("%q: got %s, want %s", word, got, want)
		}
	}
}
