package sums

import (
	"math"
	"unicode"
	"unicode/utf8"

	"example.org/tiendo/model/phrase"
)

// Indicators are those of one activity.
type Indicators []Indicator

// Find finds an indicator by id.
func (all Indicators) Find(id string) (Indicator, bool) {
	for _, indicator := range all {
		if indicator.ID == id {
			return indicator, true
		}
	}
	return Indicator{}, false
}

// FigureName is the name of the indicator of a figure, with its period if it has one; what is not known keeps its key.
func (all Indicators) FigureName(key string) string {
	period, id := Split(key)
	indicator, known := all.Find(id)
	switch {
	case !known:
		return key
	case period == "":
		return indicator.Name
	}
	return indicator.Name + " (" + period + ")"
}

// FullName is the name of an indicator. That of a part such as “Trong đó nữ” (of them women)
// says nothing by itself, so that the whole stands before it.
func (all Indicators) FullName(indicator Indicator) string {
	whole, isPart := all.Find(indicator.PartOf)
	if !isPart {
		return indicator.Name
	}
	first, size := utf8.DecodeRuneInString(indicator.Name)
	return whole.Name + " · " + string(unicode.ToLower(first)) + indicator.Name[size:]
}

// Check refuses a figure that cannot be, by itself or beside the others. One that is not asked for it does not know.
func (all Indicators) Check(key string, figures map[string]float64) (asked bool, err error) {
	figure := figures[key]
	period, id := Split(key)
	indicator, asked := all.Find(id)
	if !asked {
		return false, nil
	}
	if most := indicator.Most(); figure < 0 || math.IsNaN(figure) || figure > most {
		hint := phrase.Say("a figure that is not known stays empty")
		switch {
		case figure > most && indicator.Percent():
			hint = phrase.Say("a share of the whole is at most %v per cent", most)
		case figure > most:
			hint = phrase.Say("look whether there are digits too many")
		}
		return true, phrase.Refuse(phrase.Say("%s is %v; want a number from 0 to %v", indicator.Name, figure, most), hint)
	}
	if whole, given := figures[Key(period, indicator.PartOf)]; given && figure > whole {
		of, _ := all.Find(indicator.PartOf)
		return true, phrase.Refuse(phrase.Say("%s (%v) is more than %s (%v)", indicator.Name, figure, of.Name, whole),
			phrase.Say("a part is never more than its whole"))
	}
	return true, nil
}
