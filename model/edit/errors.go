package edit

import "errors"

// Errors that Apply returns, always wrapped: test with errors.Is. An error that wraps
// ErrInvalid or ErrLimit also wraps the *Error that says where.
var (
	ErrInvalid  = errors.New("the file is not valid TOML")
	ErrIsTable  = errors.New("the path names a table")
	ErrNotTable = errors.New("the path goes through something that is not a table")
	ErrNotArray = errors.New("the path does not name an array")
	ErrIndex    = errors.New("there is no such element")
	ErrNotFound = errors.New("there is no such key")
	ErrValue    = errors.New("the value cannot be written as TOML")
	ErrPath     = errors.New("a path holds strings and ints only")
	ErrLimit    = errors.New("the result would be over a limit")
	ErrVerify   = errors.New("the result does not decode to what was asked")
)

// The sentences that [Error.Message] can hold. They are fixed, so that a screen can show
// its own words for each.
const (
	MessageTooLarge       = "the file is too large"
	MessageTooDeep        = "brackets are nested too deeply"
	MessageTooManyParts   = "the key has too many parts"
	MessageTooManyKeys    = "the file has too many keys"
	MessageTooLongKeys    = "the names of keys and tables are too long"
	MessageUTF16          = "the file is in UTF-16"
	MessageNotUTF8        = "not UTF-8 text"
	MessageControl        = "control character"
	MessageConflict       = "git conflict marker"
	MessageNoKey          = "a key is missing"
	MessageNoEquals       = "the = after the key is missing"
	MessageNoValue        = "the value is missing"
	MessageNoBracket      = "the ] after the table name is missing"
	MessageNoComma        = "a comma or the closing bracket is missing"
	MessageAfterValue     = "there is something after the value"
	MessageAfterHeader    = "there is something after the table name"
	MessageStringOpen     = "a closing quotation mark is missing"
	MessageLongStringOpen = "the closing quotation marks of several lines are missing"
	MessageArrayOpen      = "a closing bracket of the array is missing"
	MessageInlineOpen     = "a closing brace of the inline table is missing"
	MessageEscape         = "unknown escape in a text"
	MessageUnquoted       = "text without quotes"
	MessageDate           = "not a date or time"
	MessageNumber         = "not a number"
	MessageRange          = "the number is out of range"
	MessageKeyTwice       = "the key is defined twice"
	MessageTableTwice     = "the table is defined twice"
	MessageNameTaken      = "the name is already in use for something else"
	MessageOther          = "not valid TOML"
)

// Error is what is wrong with a file.
type Error struct {
	Offset  int    // byte in the source where the problem stands, 0 to len(source)
	Other   int    // byte of the first of two definitions that exclude each other; else -1
	Message string // what is wrong: one of the fixed sentences above
	Hint    string // what was found or what to do; may be empty; holds no line breaks

	HintFormat string // the format that Hint was made with: one of the constants of hints.go; "" without a hint
	HintArgs   []any  // strings and ints; no string holds what a terminal could take for a command
}

// Error returns the message and, where there is one, the hint. It does not name the place:
// only the caller knows the file's name.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + ": " + e.Hint
}

func (e *Error) isLimit() bool {
	switch e.Message {
	case MessageTooLarge, MessageTooDeep, MessageTooManyParts, MessageTooManyKeys, MessageTooLongKeys:
		return true
	}
	return false
}
