package phrase

import (
	"sort"
	"strings"
)

// maxSuggestions is how many suggestions a message names at most.
const maxSuggestions = 3

// Suggest returns the candidates that look most like word, best first, at most
// three; none when nothing is close enough to be a likely slip.
func Suggest(word string, candidates []string) []string {
	type scored struct {
		word     string
		distance int
	}
	var near []scored
	for _, candidate := range candidates {
		distance := editDistance([]rune(word), []rune(candidate))
		longest := max(len([]rune(word)), len([]rune(candidate)))
		limit := min(max(2, longest/3), longest/2) // of a short word half must be there
		if distance <= limit || isPart(word, candidate) {
			near = append(near, scored{candidate, distance})
		}
	}
	sort.SliceStable(near, func(i, j int) bool { return near[i].distance < near[j].distance })
	var out []string
	for _, s := range near[:min(len(near), maxSuggestions)] {
		out = append(out, s.word)
	}
	return out
}

// isPart reports whether a typed word of three letters or more begins the candidate or one of its parts.
func isPart(word, candidate string) bool {
	if len(word) < 3 || len(word) > len(candidate) {
		return false
	}
	for i := 0; i+len(word) <= len(candidate); i++ {
		if (i == 0 || candidate[i-1] == '-') && candidate[i:i+len(word)] == word {
			return true
		}
	}
	return false
}

// editDistance counts the letters to insert, delete, replace or swap with their neighbour to turn a into b.
func editDistance(a, b []rune) int {
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}

// List joins ids for a message.
func List(ids []string) string { return strings.Join(ids, ", ") }

// Some are the first of many names for a message, with how many more there are.
func Some(names []string) Sentence {
	const most = 3
	if len(names) <= most {
		return Say("%s", List(names))
	}
	return Say("%s and %d more", List(names[:most]), len(names)-most)
}

// Unknown refuses an id that is not known and names the ones like it, or all of them when none is like it.
func Unknown(what Sentence, id string, known []string) error {
	if near := Suggest(id, known); len(near) > 0 {
		return Refuse(what, Say("did you mean %s?", List(near)))
	}
	if len(known) == 0 {
		return Refuse(what, Say("there are none yet: `tiendo check` looks at plan.toml and units.toml"))
	}
	return Refuse(what, Say("known ids: %s", List(known)))
}
