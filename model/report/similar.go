package report

import (
	"hash/fnv"
	"slices"
	"strings"

	"example.org/tiendo/model/text"
)

// When two texts count as nearly the same: they are long enough to say something
// of their own, and of all their groups of three words they share seven in ten.
const (
	shortestText = 15 // words
	shingleWords = 3
	alikeShare   = 0.7
	samples      = 16 // hashes by which a text is compared first
	samplesAlike = 5  // of them; fewer are never seven in ten but by bad luck of one in a thousand
)

// imprint is what is compared of a text.
type imprint struct {
	text     int
	shingles []uint64 // sorted, each once
	sample   [samples]uint64
}

// similar gives the groups of texts that are nearly the same, each text in one group at most.
func similar(texts []string) [][]int {
	var leaders []imprint
	groups := map[int][]int{} // by the text that leads
	for i, said := range texts {
		p, long := imprintOf(i, said)
		if !long {
			continue
		}
		leader := slices.IndexFunc(leaders, p.like)
		if leader < 0 {
			leaders = append(leaders, p)
			continue
		}
		first := leaders[leader].text
		groups[first] = append(groups[first], i)
	}
	var found [][]int
	for _, leader := range leaders {
		if others := groups[leader.text]; len(others) > 0 {
			found = append(found, append([]int{leader.text}, others...))
		}
	}
	return found
}

func imprintOf(i int, said string) (imprint, bool) {
	words := strings.Fields(text.Fold(said))
	if len(words) < shortestText {
		return imprint{}, false
	}
	p := imprint{text: i}
	for at := range len(words) - shingleWords + 1 {
		p.shingles = append(p.shingles, hash(words[at:at+shingleWords]))
	}
	slices.Sort(p.shingles)
	p.shingles = slices.Compact(p.shingles)
	for n := range p.sample {
		least := ^uint64(0)
		for _, shingle := range p.shingles {
			least = min(least, mix(shingle+uint64(n)*0x9e3779b97f4a7c15))
		}
		p.sample[n] = least
	}
	return p, true
}

// hash is the same in every run: the same input gives the same warnings.
func hash(words []string) uint64 {
	h := fnv.New64a()
	for _, word := range words {
		_, _ = h.Write([]byte(word)) // never fails
		_, _ = h.Write([]byte{' '})
	}
	return h.Sum64()
}

// mix makes another hash of a hash (the finish of splitmix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// like compares the samples first, which is quick, and then all.
func (p imprint) like(other imprint) bool { //nolint:gocritic // as slices.IndexFunc calls it
	same := 0
	for i, sample := range p.sample {
		if sample == other.sample[i] {
			same++
		}
	}
	if same < samplesAlike {
		return false
	}
	shared, at := 0, 0
	for _, shingle := range p.shingles {
		for at < len(other.shingles) && other.shingles[at] < shingle {
			at++
		}
		if at < len(other.shingles) && other.shingles[at] == shingle {
			shared++
		}
	}
	return float64(shared) >= alikeShare*float64(len(p.shingles)+len(other.shingles)-shared)
}
