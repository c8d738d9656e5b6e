package phrase

import (
	"cmp"
	"fmt"
	"strings"
	"sync"
	"time"
)

// entry is a sentence in English, which is its key, and in Vietnamese. A table of entries, unlike a map, takes no time
// at the start of the program.
type entry [2]string

// tables are the words by the part of the program that says them.
var tables = [...][]entry{
	modelWords,
	editWords,
	storeWords,
	screenWords,
	helpWords,
	usageWords,
	answerWords,
	rosterWords,
	planWords,
	visitWords,
	serveWords,
	recordWords,
	changesWords,
	syncWords,
	figureWords,
	reportWords,
	exportWords,
	paperWords,
	sessionWords,
	forgeWords,
	importWords,
}

// vietnamese gives the Vietnamese of an English format; verbs and their order agree, or are numbered as in %[2]s.
func vietnamese(format string) string {
	if known, is := translated.Load(format); is {
		return known.(string) //nolint:forcetypeassert // only strings are stored
	}
	for _, table := range tables {
		for _, words := range table {
			if words[0] == format {
				translated.Store(format, words[1])
				return words[1]
			}
		}
	}
	return format
}

// translated are the formats that were looked for so far. To put all of them into a map would take longer than most
// commands have to say.
var translated sync.Map

// Printer speaks one language. The zero value speaks Vietnamese.
type Printer struct{ Language Language }

// In makes a Printer of a language.
func In(language Language) Printer { return Printer{Language: language} }

// T says an English format, as for fmt.Sprintf, in the language. The format
// must be a literal that the tables know. Sentences and labelled values among
// the arguments are put into the language too.
func (p Printer) T(format string, args ...any) string { return p.say(format, args) }

// Say says a sentence that comes from a rule.
func (p Printer) Say(sentence Sentence) string { return p.say(sentence.Format, sentence.Args) }

// Count says how many: one is the English singular, many the plural and the key of the tables.
func (p Printer) Count(n int, one, many string) string {
	return p.counted(Counted{N: n, One: one, Many: many})
}

func (p Printer) counted(c Counted) string {
	if p.Language == English {
		return c.String()
	}
	return p.say(c.Many, []any{c.N})
}

func (p Printer) say(format string, args []any) string {
	if p.Language == English {
		format = english(format)
	} else {
		format = vietnamese(format)
	}
	if len(args) == 0 {
		return strings.ReplaceAll(format, "%%", "%")
	}
	spoken := make([]any, len(args))
	for i, arg := range args {
		switch arg := arg.(type) {
		case Sentence:
			spoken[i] = p.Say(arg)
		case Counted:
			spoken[i] = p.counted(arg)
		case interface{ Label(Language) string }:
			spoken[i] = arg.Label(p.Language)
		case interface{ Printed() string }:
			spoken[i] = cmp.Or(arg.Printed(), "—")
		case error:
			spoken[i] = p.Error(arg)
		case float64:
			spoken[i] = p.Number(arg)
		default:
			spoken[i] = arg
		}
	}
	return fmt.Sprintf(format, spoken...)
}

// Error says an error: the sentence where it has one, else the error's own words.
func (p Printer) Error(err error) string { return p.Say(Of(err)) }

// Number writes a figure with the language's separators.
func (p Printer) Number(f float64) string { return p.Language.Number(f) }

// DayName is a day of the week as inside of a sentence.
func (p Printer) DayName(day time.Weekday) string {
	return p.Say([...]Sentence{
		Say("Sunday"), Say("Monday"), Say("Tuesday"), Say("Wednesday"), Say("Thursday"), Say("Friday"), Say("Saturday"),
	}[day])
}
