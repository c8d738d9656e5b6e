package edit

import "fmt"

// The formats that [Error.HintFormat] can hold, as fmt spells them.
const (
	hintSize     = "it has %d bytes; want at most %d"
	hintDepth    = "there are %d levels of brackets; want at most %d"
	hintKeys     = "there are %d keys and headers; want at most %d"
	hintParts    = "it has %d parts; want at most %d"
	hintLongKeys = "use shorter names and fewer levels of tables"
	hintUTF16    = "save it as UTF-8"
	hintByte     = "found the byte 0x%02X; save the file as UTF-8"
	hintControl  = `found U+%04X; in a text in double quotes write \u%04X`
	hintReturn   = "found a carriage return that does not end a line"

	hintConflict = "`tiendo resolve` settles it; by hand: keep one side, and delete the lines <<<<<<<, ======= and >>>>>>>"

	hintOneLine       = "one key or one table name stands on a line"
	hintLetters       = "a name with letters other than A-Z and a-z needs quotes"
	hintNameQuotes    = "a name has one quote on each side"
	hintClose         = "want %s at the end of the line"
	hintCloseLong     = "want %s after its last line"
	hintEndsAtNext    = "it ends only where the next one begins"
	hintSmallLetters  = "want %s in small letters"
	hintQuotes        = `put it in quotes: "…"`
	hintCloseArray    = "want ] after its last element"
	hintCloseInline   = "want } after its last value"
	hintArrayBegins   = "the array begins on line %d"
	hintInlineBegins  = "the inline table begins on line %d"
	hintBackslash     = `write \\ for a backslash`
	hintFound         = "found %s"
	hintFoundDate     = "found %s; want a day that exists, as 2019-11-15 or 2019-11-15T08:30:00+07:00"
	hintDayOrder      = "found %s; write a day as 2019-02-28: year, month, day, without quotes"
	hintFirst         = "the first one is on line %d"
	hintDecoder       = "the decoder says: %s"
	hintReadOtherwise = "the decoder reads this in another way"
)

// hint is what was found or what to do. The zero value says nothing.
type hint struct {
	format string // one of the constants above
	args   []any
}

func hintOf(format string, args ...any) hint { return hint{format, args} }

// problem makes an Error that is about one place only.
func problem(offset int, message string, h hint) *Error {
	return &Error{
		Offset: offset, Other: -1, Message: message,
		Hint: fmt.Sprintf(h.format, h.args...), HintFormat: h.format, HintArgs: h.args,
	}
}
