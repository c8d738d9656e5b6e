package review

import (
	"testing"

	"example.org/tiendo/model"
)

// A change is marked by what took it back: only what the later commit changed, and not where that was taken back itself.
func TestTakenBack(t *testing.T) {
	t.Parallel()
	about := func(unit, activity string) Difference {
		return Difference{Unit: unit, Subject: model.Subject{Kind: model.SubjectActivity, ID: activity}}
	}
	revision := func(hash, reverts string, differences ...Difference) *Revision {
		return &Revision{Hash: hash, Short: hash[:7], Reverts: ParseReverts(reverts), Differences: differences}
	}
	newestFirst := []*Revision{
		revision("eeeeeee1", "ccccccc", about("a", "x")), // makes b's change hold again
		revision("ddddddd1", "aaaaaaa1\n", about("a", "x")),
		revision("ccccccc1", "bbbbbbb", about("a", "x")),
		revision("bbbbbbb1", "", about("a", "x")),
		revision("aaaaaaa1", "no hash", about("a", "x"), about("a", "y"), about("b", "x")),
	}
	var takenBack TakenBack
	var got []string
	for _, one := range newestFirst {
		takenBack.Mark(one)
		for _, difference := range one.Differences {
			got = append(got, difference.TakenBack)
		}
	}
	want := []string{"", "", "eeeeeee", "", "ddddddd", "", ""}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("taken back by %q, want %q", got, want)
			break
		}
	}
}

func TestParseReverts(t *testing.T) {
	t.Parallel()
	for trailer, want := range map[string]string{
		"3f9c2d1": "3f9c2d1", " 3F9C2D1A\n": "3f9c2d1a", "": "", "3f9c2d": "", "HEAD~1000": "", "3f9c2d1 x": "",
	} {
		if got := ParseReverts(trailer); got != want {
			t.Errorf("%q names %q, want %q", trailer, got, want)
		}
	}
}
