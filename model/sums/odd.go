package sums

import (
	"slices"

	"example.org/tiendo/model/phrase"
)

// What makes a figure one to look at again. The slip that is sought is a digit or a unit of measure too many, such as
// đồng where others give nghìn đồng or triệu đồng: an order of magnitude. The tests of deviation that are usual
// elsewhere (DHIS2: three standard deviations, or a modified z-score of 3.5) ask for many units of one size; an office
// has ten, of which one may have ten times the people of another. The factors are this program's own.
const (
	tooMany      = 10   // times what is usual, or what is asked for
	tooFew       = 1000 // times less than is usual
	leastFigures = 5    // from how many units on there is something usual
)

// Usual is the median of the figures that units give for an indicator, 0 while fewer than five have given one. A
// figure of 0 is an answer and says nothing of how large the others are.
func Usual(figures []float64) float64 {
	var given []float64
	for _, figure := range figures {
		if figure > 0 {
			given = append(given, figure)
		}
	}
	if len(given) < leastFigures {
		return 0
	}
	slices.Sort(given)
	middle := len(given) / 2
	if len(given)%2 == 1 {
		return given[middle]
	}
	return (given[middle-1] + given[middle]) / 2
}

// Odd says why a person should look at a figure again, beside what is usual and what is asked of the unit; the zero
// sentence where there is no reason. It refuses nothing: a figure that is odd may be right.
func Odd(figure, usual float64, target *float64) phrase.Sentence {
	switch {
	case figure <= 0:
	case usual > 0 && figure > tooMany*usual:
		return phrase.Say("more than %d times the median of all units (%v): are there digits too many?", tooMany, usual)
	case target != nil && *target > 0 && figure > tooMany**target:
		return phrase.Say("more than %d times the target (%v): are there digits too many?", tooMany, *target)
	case usual > 0 && figure < usual/tooFew:
		return phrase.Say("less than a %dth of the median of all units (%v): is it in another unit of measure?", tooFew,
			usual)
	}
	return phrase.Sentence{}
}
