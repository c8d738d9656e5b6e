package part_test

import (
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/phrase"
)

// partOf reads the keys of a part of the plan.
func partOf(t *testing.T, toml string) model.Part {
	t.Helper()
	source := "[[activity]]\nid = \"a\"\n" + toml
	if _, err := edit.Parse([]byte(source)); err != nil {
		t.Fatal(err)
	}
	return part.Of([]byte(source), part.Subject("activity", "a"))
}

// What a person types becomes the value of the file, and is shown as it was typed.
func TestSet(t *testing.T) {
	for name, test := range map[string]struct {
		stood, key, typed string
		toml, shown       string // toml "" is no key
	}{
		"a day":                     {"", "until", "2/12/2019", "2019-12-02", "02/12/2019"},
		"several who support":       {"", "support", "b, c", `["b", "c"]`, "b, c"},
		"nobody supports":           {"", "support", "[]", `[]`, "[]"},
		"nobody, as it stood":       {"support = [ ]\n", "support", "[]", `[ ]`, "[]"},
		"nobody goes":               {"support = []\n", "support", "", "", ""},
		"one leads":                 {"", "lead", "b", `"b"`, "b"},
		"as it stands it stays":     {"lead = ['b']\n", "lead", "b", `['b']`, "b"},
		"a text of several lines":   {"", "product", "một\nhai", `"""` + "\nmột\nhai\"\"\"", "một\nhai"},
		"an empty list of goals":    {"goals = []\n", "goals", "", "[]", ""},
		"a list is not nobody here": {"", "goals", "[]", `["[]"]`, "[]"},
	} {
		stood := partOf(t, test.stood)
		set, err := part.Set("activity", stood, map[string]string{test.key: test.typed})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		field, _ := part.FieldOf("activity", test.key)
		if toml := set[test.key].TOML; toml != test.toml || part.Typed(field, set[test.key]) != test.shown {
			t.Errorf("%s: %q, shown %q; want %q, %q", name, toml, part.Typed(field, set[test.key]), test.toml, test.shown)
		}
	}
	both := partOf(t, "until = 2019-12-02\n")
	if set, err := part.Set("activity", both, map[string]string{"before": "3/12/2019"}); err != nil ||
		set["before"].TOML != "2019-12-03" || set["until"].TOML != "" {
		t.Errorf("one deadline in the place of the other: %v, %v", set, err)
	}
}

// What cannot be is refused with what is wanted.
func TestSetRefuses(t *testing.T) {
	for name, test := range map[string]struct{ key, typed, want string }{
		"a day that is none":  {"until", "31/2/2019", "18/12/2019"},
		"nobody and somebody": {"support", "[], b", "choose nobody, or whom you mean"},
		"a key of another":    {"measure", "cái", "want one of section, title"},
	} {
		_, err := part.Set("activity", nil, map[string]string{test.key: test.typed})
		if err == nil {
			t.Errorf("%s is taken", name)
			continue
		}
		if hint := phrase.HintOf(err).String(); !strings.Contains(hint, test.want) {
			t.Errorf("%s: %v; the hint is %q", name, err, hint)
		}
	}
}
