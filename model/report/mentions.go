package report

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/tiendo/model/text"
)

// mention is a number in a text that differs from what the annex says.
type mention struct {
	column int
	said   string
	annex  *float64 // nil: the annex has no figure
}

// textKind says how the numbers of a text are to be understood.
type textKind struct {
	wishes bool // it names what is lacking or asked for beside what there is
	money  bool // it is about money, so that an amount without a name is the one of the annex
}

// in finds the numbers in a text that stand beside the name of an indicator and
// differ from its figure. Where one of them, or their sum, agrees, the others are parts and say nothing.
func (n namedIndicators) in(said string, kind textKind,
	figure func(column int) (value *float64, compare bool)) []mention {
	if !strings.ContainsFunc(said, unicode.IsDigit) {
		return nil
	}
	lower := strings.ToLower(text.Text(said))
	numbers := numbersIn(lower)
	if kind.wishes {
		numbers = slices.DeleteFunc(numbers, func(number written) bool { return number.wished(lower) })
	}
	var mentions []mention
	for _, indicator := range n {
		annex, compare := figure(indicator.column)
		if !compare {
			continue
		}
		var own []written
		for i, number := range numbers {
			if indicator.named(lower, number) || kind.money && indicator.onlyMoney && number.money ||
				indicator.part != "" && number.beforePart(lower, indicator.part) &&
					n.wholeBefore(lower, numbers[:i], indicator.whole, number.start, figure) {
				own = append(own, number)
			}
		}
		if len(own) == 0 || agrees(own, annex, indicator.scale) {
			continue
		}
		for _, number := range own {
			mentions = append(mentions, mention{indicator.column, number.said, annex})
		}
	}
	return mentions
}

// agrees reports whether one of the numbers or their sum is the figure, which may be in thousands or millions.
func agrees(numbers []written, figure *float64, scale float64) bool {
	if figure == nil {
		return false
	}
	is := func(value float64) bool { return value == *figure || value == math.Round(*figure*scale) }
	sum := 0.0
	for _, number := range numbers {
		if slices.ContainsFunc(number.readings, is) {
			return true
		}
		sum += number.readings[0]
	}
	return is(sum)
}

// written is a number as it stands in a text.
type written struct {
	start, end int
	said       string
	readings   []float64 // what it may mean: 1,250 is either
	money      bool      // an amount of money
}

// numbersIn finds the numbers of a text. A date, a document's number and the like are none.
func numbersIn(s string) []written {
	var numbers []written
	for i := 0; i < len(s); {
		if s[i] < '0' || s[i] > '9' {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
			continue
		}
		start := i
		for i < len(s) && (s[i] >= '0' && s[i] <= '9' ||
			(s[i] == '.' || s[i] == ',') && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9') {
			i++
		}
		before, _ := utf8.DecodeLastRuneInString(s[:start])
		after, _ := utf8.DecodeRuneInString(s[i:])
		factor, money, length := amount(s[i:])
		if start > 0 && (unicode.IsLetter(before) || strings.ContainsRune("/-", before)) ||
			i < len(s) && (unicode.IsLetter(after) && length == 0 || after == '/') {
			continue
		}
		if readings := readings(s[start:i]); len(readings) > 0 {
			for at := range readings {
				if factor > 1 {
					readings[at] = math.Round(readings[at] * factor)
				}
			}
			numbers = append(numbers, written{start, i, strings.TrimSpace(s[start : i+length]), readings, money})
		}
	}
	return numbers
}

// multipliers are the words behind a number that multiply it.
var multipliers = map[string]float64{
	"nghìn": 1e3, "ngàn": 1e3, "thousand": 1e3, "triệu": 1e6, "tr": 1e6, "million": 1e6, "tỷ": 1e9, "tỉ": 1e9,
	"billion": 1e9,
}

// scaleOf is by how much figures of a measure such as "triệu đồng" are multiplied.
func scaleOf(measure string) float64 {
	first, _, _ := strings.Cut(measure, " ")
	return max(1, multipliers[first])
}

// isMoney reports whether a measure is one of money.
func isMoney(measure string) bool {
	words := strings.Fields(measure)
	return len(words) > 0 && isCurrency(words[len(words)-1])
}

func isCurrency(word string) bool {
	return slices.Contains([]string{"đồng", "đ", "vnđ", "vnd", "dong"}, word)
}

// otherWords are words that begin as a multiplier or a currency does: tỷ lệ is a share, đồng chí a comrade.
var otherWords = map[string][]string{
	"tỷ": {"lệ"}, "tỉ": {"lệ"}, "triệu": {"tập", "hồi"}, "đồng": {"chí", "phục", "nghiệp", "bào", "bằng", "thời", "hành"},
}

// amount reads what stands behind a number: by how much it is multiplied, whether it is money, and how many bytes that
// takes.
func amount(behind string) (factor float64, money bool, length int) {
	factor = 1
	word, end := nextWord(behind)
	if by, multiplied := multipliers[word]; multiplied {
		factor, money, length = by, word == "tr", end // nobody counts anything else so
		word, end = nextWord(behind[length:])
	}
	if isCurrency(word) {
		return factor, true, length + end
	}
	return factor, money, length
}

// nextWord is the word that follows after a blank at most, and where it ends; "" where there is none, or where it
// is the first half of another word.
func nextWord(s string) (word string, end int) {
	rest := strings.TrimPrefix(s, " ")
	length := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if length < 0 {
		length = len(rest)
	}
	word, after := rest[:length], rest[length:]
	if after != "" && after[0] >= '0' && after[0] <= '9' {
		return "", 0
	}
	for _, second := range otherWords[word] {
		if following := strings.TrimPrefix(after, " "); strings.HasPrefix(following, second) &&
			wholeWord(following, 0, second) {
			return "", 0
		}
	}
	return word, len(s) - len(rest) + length
}

// wishes are the words by which a text says what is lacking or asked for.
var wishes = []string{
	"đề nghị", "kiến nghị", "đề xuất", "cấp", "cần", "thêm", "bổ sung", "thiếu", "hỗ trợ", "dự kiến", "dự toán",
	"định mức", "giao", "xin", "mỗi", "chưa",
	"không", "còn", "hỏng", "năm sau", "năm trước", "request", "propose", "need", "needs", "lack", "lacks", "more", "each",
	"planned", "missing", "ask", "not",
}

// wished reports whether the number is none of what there is: the sentence up to it, or the rest of its phrase, speaks
// of what is lacking or asked for.
func (w written) wished(s string) bool {
	before := sentenceBefore(s, w.start)
	behind := s[w.end:]
	if end := strings.IndexAny(behind, ".,;\n"); end >= 0 {
		behind = behind[:end]
	}
	return slices.ContainsFunc(wishes, func(word string) bool { return hasWord(before, word) || hasWord(behind, word) })
}

// sentenceBefore is what stands before a place in its sentence. A point inside of a number ends none.
func sentenceBefore(s string, at int) string {
	before := s[:at]
	for i := len(before) - 1; i >= 0; i-- {
		if c := before[i]; c == ';' || c == '\n' || c == '.' && (i+1 == len(before) || before[i+1] == ' ') {
			return before[i+1:]
		}
	}
	return before
}

func hasWord(s, word string) bool {
	for from := 0; ; {
		at := strings.Index(s[from:], word)
		if at < 0 {
			return false
		}
		if wholeWord(s, from+at, word) {
			return true
		}
		from += at + len(word)
	}
}

// named reports whether a number stands beside the name of the indicator.
func (n *namedIndicator) named(s string, number written) bool {
	return slices.ContainsFunc(n.words, func(word string) bool {
		return number.beside(s, word) || n.money && number.money && number.behindMoney(s, word)
	})
}

// moneyWords may stand between the name and an amount: "kinh phí thực hiện là 3 triệu đồng".
var moneyWords = []string{"thực", "hiện", "đã", "chi", "sử", "dụng", "tổng", "cộng", "số", "tiền", "hết", "là"}

// behindMoney reports whether nothing but such words stands between the name and the number.
func (w written) behindMoney(s, name string) bool {
	between, found := w.nameBefore(s, name)
	words := strings.Fields(strings.TrimRight(between, " :=("))
	return found && !slices.ContainsFunc(words, func(word string) bool { return !slices.Contains(moneyWords, word) })
}

// beforePart reports whether the number is said of a part: "trong đó 30 nữ", "trong đó có 30 người nữ", "(30 nữ)".
func (w written) beforePart(s, part string) bool {
	behind := strings.TrimPrefix(s[w.end:], " ")
	for _, counted := range []string{"lượt người ", "người "} {
		behind = strings.TrimPrefix(behind, counted)
	}
	if !strings.HasPrefix(behind, part) || !wholeWord(behind, 0, part) {
		return false
	}
	before := strings.TrimRight(s[:w.start], " :")
	return slices.ContainsFunc([]string{"trong đó", "trong đó có", "(", "of them", "of whom"},
		func(lead string) bool { return strings.HasSuffix(before, lead) })
}

// wholeBefore reports whether a sentence speaks of the whole before it comes to a part: it names it, or the number
// before is the figure of the whole. Otherwise the part may be one of something else.
func (n namedIndicators) wholeBefore(s string, numbers []written, whole, at int,
	figure func(column int) (*float64, bool)) bool {
	sentence := sentenceBefore(s, at)
	names := n[whole].words
	if strings.Contains(n[whole].measure, " ") {
		names = append(slices.Clip(names), n[whole].measure)
	}
	if slices.ContainsFunc(names, func(name string) bool { return hasWord(sentence, name) }) {
		return true
	}
	if len(numbers) == 0 || numbers[len(numbers)-1].start < at-len(sentence) {
		return false
	}
	annex, _ := figure(n[whole].column)
	return annex != nil && slices.Contains(numbers[len(numbers)-1].readings, *annex)
}

// readings are the values that a number may mean: points and commas group in one language and divide in the other.
func readings(s string) []float64 {
	var values []float64
	for _, marks := range [][2]string{{".", ","}, {",", "."}} {
		group, point := marks[0], marks[1]
		whole, fraction, divided := strings.Cut(s, point)
		if divided && strings.Contains(fraction, group) {
			continue
		}
		parts := strings.Split(whole, group)
		grouped := len(parts[0]) <= 3
		for _, part := range parts[1:] {
			grouped = grouped && len(part) == 3
		}
		if len(parts) > 1 && !grouped {
			continue
		}
		plain := strings.Join(parts, "")
		if divided {
			plain += "." + fraction
		}
		if value, err := strconv.ParseFloat(plain, 64); err == nil && !slices.Contains(values, value) {
			values = append(values, value)
		}
	}
	return values
}

// reach is how many letters may stand between a number and the name: "04 cái băng rôn", "băng rôn: 04".
const reach = 14

// beside reports whether a name stands directly behind the number, a unit of measure between, or before it.
func (w written) beside(s, name string) bool {
	behind := s[w.end:min(len(s), w.end+len(name)+near)]
	if at := strings.Index(behind, name); at >= 0 && wholeWord(s[w.end:], at, name) && joins(behind[:at]) {
		return true
	}
	between, found := w.nameBefore(s, name)
	return found && strings.Trim(between, " :=(là") == ""
}

// near is how many bytes around a number are searched for a name: more than may stand between them.
const near = 120

// nameBefore is what stands between a name before the number and the number.
func (w written) nameBefore(s, name string) (between string, found bool) {
	from := max(0, w.start-len(name)-near)
	at := strings.LastIndex(s[from:w.start], name)
	if at < 0 || !wholeWord(s, from+at, name) {
		return "", false
	}
	return s[from+at+len(name) : w.start], true
}

// joins reports whether nothing but a short word or two stands between: no other number, no end of a phrase.
func joins(between string) bool {
	return utf8.RuneCountInString(between) <= reach && !strings.ContainsAny(between, ".,;:()\n0123456789")
}

func wholeWord(s string, at int, name string) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at+len(name):])
	return !unicode.IsLetter(before) && !unicode.IsLetter(after)
}
