package edit

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// decode reads a whole text with the decoder. The decoder panics on a few texts that are
// not TOML: that is an error like the others.
func decode(text string) (tree map[string]any, err error) {
	defer func() {
		if r := recover(); r != nil {
			tree, err = nil, fmt.Errorf("the decoder gave up: %v", r)
		}
	}()
	var decoded any // cheaper than a map: the decoder hands over the tree that it has built
	if _, err := toml.Decode(text, &decoded); err != nil {
		return nil, err
	}
	tree, _ = decoded.(map[string]any)
	if tree == nil {
		tree = map[string]any{}
	}
	return tree, nil
}

// decodeValue reads the source of one value with the decoder.
func decodeValue(source string) (any, error) {
	tree, err := decode("k = " + source)
	if err != nil {
		return nil, err
	}
	v, found := tree["k"]
	if !found || len(tree) != 1 {
		return nil, errors.New("more than one value")
	}
	return v, nil
}

// decodeScalar reads the source of one scalar: the plain ones directly, because many may
// have to be read one by one, the others with the decoder.
func decodeScalar(source string) (any, error) {
	switch c := source[0]; {
	case c == '"' || c == '\'':
		return stringContent(source), nil
	case source == "true":
		return true, nil
	case source == "false":
		return false, nil
	case isPlainInteger(source):
		return strconv.ParseInt(source, 10, 64)
	case isPlainFraction(source):
		return strconv.ParseFloat(source, 64)
	case hasShape(source, "0000-00-00T00:00:00Z"), hasShape(source, "0000-00-00T00:00:00+00:00"),
		hasShape(source, "0000-00-00T00:00:00-00:00"):
		if t, err := time.ParseInLocation(time.RFC3339, source, time.Local); err == nil { // as the decoder does
			return t, nil
		}
	case hasShape(source, "0000-00-00"):
		if t, err := time.ParseInLocation(time.DateOnly, source, localDate); err == nil {
			return t, nil
		}
	}
	return decodeValue(source)
}

// localDate is the zone that the decoder gives to a day: by its name, and with the offset that this machine had when
// the program was started.
//
//nolint:gochecknoglobals // as the decoder's own, and at the same time
var localDate = func() *time.Location {
	_, offset := time.Now().Zone() //nolint:forbidigo // as the decoder does
	return time.FixedZone("date-local", offset)
}()

// hasShape says whether source is like a sample, with any digits in the place of its zeros.
func hasShape(source, sample string) bool {
	if len(source) != len(sample) {
		return false
	}
	for i := range len(source) {
		if sample[i] == '0' && !isDigit(source[i]) || sample[i] != '0' && source[i] != sample[i] {
			return false
		}
	}
	return true
}

// isPlainFraction says whether source is a number with a decimal point, and nothing else in it.
func isPlainFraction(source string) bool {
	whole, fraction, found := strings.Cut(source, ".")
	return found && isPlainInteger(whole) && fraction != "" && strings.Trim(fraction, "0123456789") == ""
}

// isPlainInteger says whether source is a whole number in the shortest decimal form.
func isPlainInteger(source string) bool {
	digits := strings.TrimPrefix(source, "-")
	if digits == "" || len(digits) > 18 || digits[0] == '0' && len(digits) > 1 {
		return false
	}
	return strings.Trim(digits, "0123456789") == ""
}

// scalarError says what is wrong with a scalar that the decoder refuses.
func scalarError(source string, offset int, err error) *Error {
	found := quoteSource(source)
	switch {
	case looksLikeDottedDay(source):
		return problem(offset, MessageDate, hintOf(hintDayOrder, found))
	case looksLikeDate(source):
		return problem(offset, MessageDate, hintOf(hintFoundDate, found))
	case errors.Is(err, strconv.ErrRange) || strings.Contains(err.Error(), "out of range"):
		return problem(offset, MessageRange, hintOf(hintFound, found))
	}
	return problem(offset, MessageNumber, hintOf(hintFound, found))
}

// looksLikeDate says whether a scalar without quotes is meant as a date or a time.
func looksLikeDate(source string) bool {
	return len(source) > 4 && isDigit(source[0]) &&
		(source[4] == '-' || source[2] == ':' || strings.Count(source, "-") == 2)
}

// looksLikeDottedDay says whether a scalar is a day such as 18.11.2019, and not a number such as 15.000.000.
func looksLikeDottedDay(source string) bool {
	parts := strings.Split(source, ".")
	return len(parts) == 3 && isDigit(source[0]) && len(parts[0]) <= 2 && len(parts[1]) <= 2 && len(parts[2]) == 4
}

// quoteSource shows a piece of the source in a hint: cut short, and with everything
// escaped that a terminal could take for a command.
func quoteSource(source string) string {
	const most = 40
	cut := []rune(source[:min(len(source), 4*most)])
	if len(cut) > most {
		return strconv.Quote(string(cut[:most])) + "…"
	}
	return strconv.Quote(string(cut))
}

// offsetError checks what the decoder lets pass: an offset from UTC has at most 23 hours
// and 59 minutes.
func offsetError(source string, v any) bool {
	if _, isTime := v.(time.Time); !isTime || len(source) < 17 {
		return false
	}
	tail := source[len(source)-6:] // +07:00
	if tail[0] != '+' && tail[0] != '-' || tail[3] != ':' {
		return false
	}
	return tail[1:3] > "23" || tail[4:6] > "59"
}
