package document

import "example.org/tiendo/model/phrase"

// Choice is a word of plan.toml that stands for a choice, as people call it; the zero Sentence where it is none.
func Choice(word string) phrase.Sentence {
	switch word {
	case "aim":
		return phrase.Say("aim")
	case "requirement":
		return phrase.Say("requirement")
	case "activity":
		return phrase.Say("activity")
	case "duty":
		return phrase.Say("duty")
	case "add":
		return phrase.Say("added up")
	case "last":
		return phrase.Say("the latest one counts")
	case "none":
		return phrase.Say("not summed")
	case "month":
		return phrase.Say("every month")
	case "quarter":
		return phrase.Say("every quarter")
	case "half-year":
		return phrase.Say("every half-year")
	case "year":
		return phrase.Say("every year")
	case "next":
		return phrase.Say("the next one")
	case "strict":
		return phrase.Say("the day stays")
	case "open":
		return phrase.Say("count as not received")
	case "received":
		return phrase.Say("count as received")
	}
	return phrase.Sentence{}
}
