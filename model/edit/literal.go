package edit

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Raw is the TOML source of one value, for example Raw("2019-11-15"). Anything else in it,
// such as a comment after the value or a second key, is refused with ErrValue.
type Raw string

// MultiLine is a text that is written between """ when it holds a line break, also inside
// an array or an inline table. A plain string does the same, except there. In a file with
// CRLF line ends both are written on one line, with \n: a line break in the file would
// read as CRLF and so change the text.
type MultiLine string

// room says what a value may look like at its place.
type room struct {
	long bool // a text may take several lines
	crlf bool // the file has CRLF line ends
}

// spelled is a Go value as TOML source and as the decoder will read it.
type spelled struct {
	text    string
	decoded any
}

// Literal is a value as TOML, as [Set] would write it: a text that holds a line break between """.
func Literal(v any) (string, error) {
	if text, is := v.(string); is {
		v = MultiLine(text)
	}
	s, err := spell(v, room{long: true})
	return s.text, err
}

func spell(v any, r room) (spelled, error) {
	switch v := v.(type) {
	case Raw:
		return spellRaw(string(v))
	case string:
		return spellText(v, r.long && !r.crlf)
	case MultiLine:
		return spellText(string(v), !r.crlf)
	case bool:
		return spelled{strconv.FormatBool(v), v}, nil
	case int:
		return spelled{strconv.Itoa(v), int64(v)}, nil
	case int64:
		return spelled{strconv.FormatInt(v, 10), v}, nil
	case float64:
		return spelled{floatText(v), v}, nil
	case time.Time:
		return spellTime(v)
	case map[string]any:
		keys := make([]KeyValue, 0, len(v))
		for _, key := range slices.Sorted(maps.Keys(v)) {
			keys = append(keys, KeyValue{key, v[key]})
		}
		return spellTable(keys, r)
	case []KeyValue:
		return spellTable(v, r)
	}
	if list, isList := listOf(v); isList {
		return spellList(list, r)
	}
	return spelled{}, fmt.Errorf("%w: it is of type %T", ErrValue, v)
}

// listOf returns the elements of a value that becomes an array.
func listOf(v any) (list []any, isList bool) {
	switch v := v.(type) {
	case []any:
		return v, true
	case []string:
		list = make([]any, len(v))
		for i, s := range v {
			list[i] = s
		}
		return list, true
	}
	return nil, false
}

// textOf returns the text of a value that becomes a string.
func textOf(v any) (text string, isText bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case MultiLine:
		return string(v), true
	}
	return "", false
}

func spellText(s string, long bool) (spelled, error) {
	if !utf8.ValidString(s) {
		return spelled{}, fmt.Errorf("%w: the text is not UTF-8", ErrValue)
	}
	if long && strings.Contains(s, "\n") {
		return spelled{longText(s, "\n"), s}, nil
	}
	return spelled{Quote(s), s}, nil
}

// spellRaw checks that the source is exactly one value.
func spellRaw(source string) (spelled, error) {
	s := &scanner{text: source, suspect: -1}
	v := s.value()
	if v == nil || s.at != len(source) {
		return spelled{}, fmt.Errorf("%w: found %s", ErrValue, quoteSource(source))
	}
	decoded, err := decodeValue(source)
	if err == nil && offsetError(source, decoded) {
		err = ErrValue
	}
	if err != nil {
		return spelled{}, fmt.Errorf("%w: found %s", ErrValue, quoteSource(source))
	}
	return spelled{source, decoded}, nil
}

func floatText(v float64) string {
	switch {
	case math.IsNaN(v):
		return "nan"
	case math.IsInf(v, 1):
		return "inf"
	case math.IsInf(v, -1):
		return "-inf"
	}
	s := strconv.FormatFloat(v, 'g', -1, 64)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}

// localKind is the layout of a date or time without a zone, "" for one with an offset. The
// decoder tells them apart by the name of their location.
func localKind(t time.Time) string {
	switch t.Location().String() {
	case "datetime-local":
		return "2006-01-02T15:04:05.999999999"
	case "date-local":
		return time.DateOnly
	case "time-local":
		return "15:04:05.999999999"
	}
	return ""
}

func spellTime(t time.Time) (spelled, error) {
	if layout := localKind(t); layout != "" {
		return spellRaw(t.Format(layout))
	}
	text := t.Format(time.RFC3339Nano)
	read, err := time.ParseInLocation(time.RFC3339Nano, text, time.Local) // as the decoder does
	if err != nil || !read.Equal(t) || offsetError(text, read) {
		return spelled{}, fmt.Errorf("%w: %s", ErrValue, text)
	}
	return spelled{text, read}, nil
}

func spellList(list []any, r room) (spelled, error) {
	texts, decoded := make([]string, len(list)), make([]any, len(list))
	for i, v := range list {
		s, err := spell(v, room{crlf: r.crlf})
		if err != nil {
			return spelled{}, err
		}
		texts[i], decoded[i] = s.text, s.decoded
	}
	return spelled{"[" + strings.Join(texts, ", ") + "]", decoded}, nil
}

func spellTable(keys []KeyValue, r room) (spelled, error) {
	texts, decoded := make([]string, len(keys)), make(map[string]any, len(keys))
	for i, kv := range keys {
		s, err := spell(kv.Value, room{crlf: r.crlf})
		if err != nil {
			return spelled{}, err
		}
		if !utf8.ValidString(kv.Key) {
			return spelled{}, fmt.Errorf("%w: the key is not UTF-8", ErrValue)
		}
		if _, twice := decoded[kv.Key]; twice {
			return spelled{}, fmt.Errorf("%w: the key %s appears twice", ErrValue, keyText(kv.Key))
		}
		texts[i], decoded[kv.Key] = keyText(kv.Key)+" = "+s.text, s.decoded
	}
	if len(keys) == 0 {
		return spelled{"{}", decoded}, nil
	}
	return spelled{"{ " + strings.Join(texts, ", ") + " }", decoded}, nil
}
