package review

import (
	"slices"
	"strings"
	"unicode"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// MaxBranches is how many branches of their own staff may have on a server.
const MaxBranches = 20

const (
	branchRefs = "refs/heads/"
	tagRefs    = "refs/tags/"
)

// Where it is kept up to which commit each coordinator has reviewed a plan: below the plan's id, and in earlier
// repositories, which held one plan only, of the repository as a whole.
const (
	ReviewRefs   = "refs/tiendo/review/"
	ReviewedRefs = "refs/tiendo/reviewed/"
)

// checkRef refuses what may not happen to a ref as such. Who may only look sends their own SSH keys, where the roster
// lets people change them, on the branch of the plan.
func checkRef(person model.Person, pusher Pusher, push *Push, ownKeys bool) *phrase.Refusal {
	coordinator := person.Role == model.Coordinator
	own := person.ID != "" && strings.HasPrefix(push.Ref, branchRefs+person.ID+"/")
	switch {
	case !coordinator && !pusher.Carrier && person.Role != model.Staff &&
		!(ownKeys && person.Role == model.Viewer && push.Ref == push.Branch && len(push.Commits) > 0 && !push.Created):
		return refuseViewer(person)
	case !strings.HasPrefix(push.Ref, branchRefs) && !strings.HasPrefix(push.Ref, tagRefs) &&
		!(coordinator && isMark(push.Ref, person.ID)):
		return phrase.Refuse(phrase.Say("nothing is taken into %s", push.Ref),
			phrase.Say("push a branch: git push origin main"))
	case push.Deleted && own && push.Ref != push.Branch:
		return nil
	case push.Deleted:
		return phrase.Refuse(phrase.Say("%s is not deleted: what was recorded stays", push.Ref),
			phrase.Say("leave it as it is"))
	case push.Rewritten:
		return phrase.Refuse(phrase.Say("%s was rewritten: commits on the server would be gone from it", push.Ref),
			phrase.Say("never force a push: fetch and merge (git pull --no-rebase, or tiendo sync), then push again"))
	case push.First && !coordinator && !pusher.Carrier:
		return phrase.Refuse(phrase.Say("the server is empty, and only the coordinator brings the plan"),
			phrase.Say("ask the Office that consolidates the reports"))
	}
	if other := likeIt(push.Ref, slices.Concat(push.Refs, push.Asked)); other != "" && push.Created {
		return phrase.Refuse(phrase.Say("%s differs from %s only by capital and small letters, which some systems take for "+
			"one", push.Ref, other),
			phrase.Say("choose another name, or push to the one that is there: git push origin HEAD:%s", other))
	}
	switch {
	case strings.HasPrefix(push.Ref, branchRefs) && (coordinator || push.Ref == push.Branch):
		return nil
	case strings.HasPrefix(push.Ref, branchRefs):
		return checkBranch(person, push, own)
	case strings.HasPrefix(push.Ref, tagRefs) && coordinator && push.Created:
		return nil
	case strings.HasPrefix(push.Ref, tagRefs):
		return phrase.Refuse(phrase.Say("only the coordinator makes tags, and none is moved"),
			phrase.Say("ask the Office that consolidates the reports"))
	default: // how far they have reviewed
		return nil
	}
}

// checkBranch refuses a branch that is neither the one of the plan nor one of the person's own few.
func checkBranch(person model.Person, push *Push, own bool) *phrase.Refusal {
	if push.Branch == "" {
		return phrase.Refuse(phrase.Say("the server does not say which branch holds the plan"),
			phrase.Say("on the server: git symbolic-ref HEAD refs/heads/main"))
	}
	branch, prefix := strings.TrimPrefix(push.Branch, branchRefs), branchRefs+person.ID+"/"
	if !own {
		return phrase.Refuse(phrase.Say("%s is the coordinator's branch", strings.TrimPrefix(push.Ref, branchRefs)),
			phrase.Say("push to the branch of the plan, git push origin HEAD:%s, or to one of your own, git push origin HEAD:%s",
				branch, strings.TrimPrefix(prefix, branchRefs)+"x"))
	}
	held, asked := below(prefix, push.Refs), below(prefix, push.Asked)
	switch {
	case !push.Created || len(held)+len(asked) < MaxBranches:
		return nil
	case len(held) < MaxBranches:
		return phrase.Refuse(phrase.Say("with this push %s would have more than %d branches", person.Name, MaxBranches),
			phrase.Say("push at most %d of the new ones", MaxBranches-len(held)))
	default:
		return phrase.Refuse(phrase.Say("%s has %d branches already, and there may be no more", person.Name, len(held)),
			phrase.Say("delete one that is not needed: git push origin --delete %s",
				strings.TrimPrefix(held[len(held)-1], branchRefs)))
	}
}

// below are the refs that begin so.
func below(prefix string, refs []string) []string {
	return slices.DeleteFunc(slices.Clone(refs), func(ref string) bool { return !strings.HasPrefix(ref, prefix) })
}

// isMark reports whether a ref is a person's own mark of review.
func isMark(ref, person string) bool {
	if ref == ReviewedRefs+person {
		return true
	}
	plan, mine, is := strings.Cut(strings.TrimPrefix(ref, ReviewRefs), "/")
	return strings.HasPrefix(ref, ReviewRefs) && is && plan != "" && mine == person && person != ""
}

// likeIt finds a ref that a system which knows no case would take for another one, or for a folder on its way.
func likeIt(ref string, refs []string) string {
	parts := strings.Split(ref, "/")
	for _, other := range refs {
		if other == ref {
			continue
		}
		others := strings.Split(other, "/")
		i := 0
		for i < min(len(parts), len(others)) && parts[i] == others[i] {
			i++
		}
		if i < min(len(parts), len(others)) && foldCase(parts[i]) == foldCase(others[i]) {
			return other
		}
	}
	return ""
}

// foldCase is a name without the difference of capital and small letters.
func foldCase(name string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			least = min(least, other)
		}
		return least
	}, name)
}
