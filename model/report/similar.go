package report

import (
	"strings"
	"unicode"

	"example.org/tiendo/model/text"
)

// Which texts are compared: those that say something of their own. Vietnamese syllables count as words.
const (
	shortestReport = 8  // words of a report that say something by themselves
	shortestNote   = 15 // words; notes that are shorter are naturally the same
	ownWords       = 4  // that no stock phrase has
)

// stockWords are the words, as Fold gives them, of the phrases by which a unit says that there is nothing to say.
const stockWords = " khong co gi kho khan vuong mac kien nghi de xuat trong qua trinh trien khai thuc hien don vi " +
	"phong " +
	"hien nay tai den thoi diem chua phat sinh nao lon dang ke hoach cac noi dung nhiem vu ve va thang hanh dong them " +
	"voi so y khac duoc giao " +
	"no none nothing there is are were was difficulties difficulty obstacles recommendations recommendation to report " +
	"in the of unit we have any during this campaign "

// sameTexts gives the groups of texts that are word for word the same but for accents, case and punctuation. What has
// fewer words than shortest is left out.
func sameTexts(texts []string, shortest int) (groups [][]int) {
	found := map[string][]int{}
	var inOrder []string
	for i, said := range texts {
		words := strings.FieldsFunc(text.Fold(said), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		own := 0
		for _, word := range words {
			if !strings.Contains(stockWords, " "+word+" ") {
				own++
			}
		}
		if len(words) >= shortest && own >= ownWords {
			key := strings.Join(words, " ")
			found[key] = append(found[key], i)
			inOrder = append(inOrder, key)
		}
	}
	for _, key := range inOrder {
		if group := found[key]; len(group) > 1 {
			groups = append(groups, group)
			delete(found, key)
		}
	}
	return groups
}
