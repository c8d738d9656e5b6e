package report

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"example.org/tiendo/model/text"
)

// When two texts count as nearly the same: they say something of their own, and either they are word for word the
// same, or they are long enough and of all their pairs of words they share three in four. One word changed among
// fifteen is still nearly the same; Vietnamese syllables count as words.
const (
	shortestSame  = 8  // words of a report that say something by themselves
	shortestAlike = 15 // words; notes that are shorter are naturally the same
	ownWords      = 4  // that no stock phrase has
	shingleWords  = 2
	alikeShare    = 0.75
	samples       = 16 // hashes by which a text is compared first
	samplesAlike  = 5  // of them; fewer are never three in four but by bad luck of one in a thousand
)

// stockWords are the words, as Fold gives them, of the phrases by which a unit says that there is nothing to say.
const stockWords = " khong co gi kho khan vuong mac kien nghi de xuat trong qua trinh trien khai thuc hien don vi phong " +
	"hien nay tai den thoi diem chua phat sinh nao lon dang ke hoach cac noi dung nhiem vu ve va thang hanh dong them voi so y khac duoc giao " +
	"no none nothing there is are were was difficulties difficulty obstacles recommendations recommendation to report in the of unit we have any during this campaign "

// imprint is what is compared of a text.
type imprint struct {
	text     int
	words    int
	whole    uint64   // of all words
	shingles []uint64 // sorted, each once
	sample   [samples]uint64
}

// similar gives the groups of texts that are nearly the same, each text in one group at most. What has fewer words than shortest is left out.
func similar(texts []string, shortest int) [][]int {
	var leaders []*imprint
	var same []int                   // samples shared with each leader
	groups := map[int][]int{}        // by the text that leads
	sampled := map[[2]uint64][]int{} // leaders by each of their samples: the others are not even compared
	for i, said := range texts {
		p, says := imprintOf(i, said, shortest)
		if !says {
			continue
		}
		clear(same)
		for n, sample := range p.sample {
			for _, leader := range sampled[[2]uint64{uint64(n), sample}] {
				same[leader]++
			}
		}
		first := -1
		for leader, n := range same {
			if n >= samplesAlike && p.like(leaders[leader]) {
				first = leader
				break
			}
		}
		if first >= 0 {
			text := leaders[first].text
			groups[text] = append(groups[text], i)
			continue
		}
		for n, sample := range p.sample {
			key := [2]uint64{uint64(n), sample}
			sampled[key] = append(sampled[key], len(leaders))
		}
		leaders, same = append(leaders, p), append(same, 0)
	}
	var found [][]int
	for _, leader := range leaders {
		if others := groups[leader.text]; len(others) > 0 {
			found = append(found, append([]int{leader.text}, others...))
		}
	}
	return found
}

func imprintOf(i int, said string, shortest int) (*imprint, bool) {
	words := strings.FieldsFunc(text.Fold(said), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	own := 0
	for _, word := range words {
		if own == ownWords {
			break
		}
		if !strings.Contains(stockWords, " "+word+" ") {
			own++
		}
	}
	if len(words) < shortest || own < ownWords {
		return nil, false
	}
	p := &imprint{text: i, words: len(words), whole: hash(words)}
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

// like compares two texts whole, and then what they share.
func (p *imprint) like(other *imprint) bool {
	if p.whole == other.whole {
		return true
	}
	if min(p.words, other.words) < shortestAlike {
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
