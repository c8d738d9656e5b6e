package review

import (
	"strings"

	"example.org/tiendo/model"
)

// TakenBack finds the changes that a later one has taken back, as its trailer says. Revisions are given to it newest
// first: what was taken back itself takes nothing back any more. The zero TakenBack is ready.
type TakenBack struct{ taken []taken }

// taken is what a revision has taken back of another one.
type taken struct {
	commit, by, unit string
	subject          model.Subject
}

// Mark sets in a revision which of its differences were taken back by those that were marked before.
func (t *TakenBack) Mark(revision *Revision) {
	for i := range revision.Differences {
		difference := &revision.Differences[i]
		for _, taken := range t.taken {
			if strings.HasPrefix(revision.Hash, taken.commit) && taken.unit == difference.Unit &&
				taken.subject == difference.Subject {
				difference.TakenBack = taken.by
			}
		}
		if revision.Reverts != "" && difference.TakenBack == "" {
			t.taken = append(t.taken, taken{revision.Reverts, revision.Short, difference.Unit, difference.Subject})
		}
	}
}

// leastHash is the shortest beginning of a hash that names a commit.
const leastHash = 7

// ParseReverts is the commit that a trailer names; "" where it names none. People may have written it.
func ParseReverts(trailer string) string {
	hash := strings.ToLower(strings.TrimSpace(trailer))
	if len(hash) < leastHash || strings.Trim(hash, "0123456789abcdef") != "" {
		return ""
	}
	return hash
}
