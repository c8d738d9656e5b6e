package phrase

import (
	"regexp"
	"strconv"
	"strings"
)

// decimalsLikeThousands is how many decimals look like a group of thousands in the other language.
const decimalsLikeThousands = 3

// ParseNumber reads a figure as the language writes it: 1.234,5 in Vietnamese, 1,234.5 in English. Groups of three, if
// any, are whole groups, so that 2.5 typed where the point groups thousands is refused and not read as 25.
func (p Printer) ParseNumber(typed string) (float64, error) {
	group, point, example := ".", ",", "1.234,5"
	if p.Language == English {
		group, point, example = ",", ".", "1,234.5"
	}
	form := regexp.MustCompile(`^-?(\d+|\d{1,3}([` + group + `]\d{3})+)([` + point + `]\d+)?$`)
	typed = strings.TrimSpace(typed)
	if !form.MatchString(typed) {
		return 0, Refuse(Say("%q is not a number", typed), Say("write a number such as %s", example))
	}
	plain := strings.Replace(strings.ReplaceAll(typed, group, ""), point, ".", 1)
	figure, err := strconv.ParseFloat(plain, 64)
	if err != nil {
		return 0, Refuse(Say("%q is not a number", typed), Say("write a number such as %s", example))
	}
	return figure, nil
}

// ParseFigure reads a figure as either language writes it, so that a person's habit and the language of the
// screen need not agree. What the two would read differently, such as 15.000, is refused: nobody may be
// recorded with a thousandth of the figure because of a setting.
func (p Printer) ParseFigure(typed string) (float64, error) {
	vietnamese, err := In(Vietnamese).ParseNumber(typed)
	inVietnamese := err == nil
	english, err := In(English).ParseNumber(typed)
	inEnglish := err == nil
	switch {
	case inVietnamese && inEnglish && vietnamese != english:
		return 0, Refuse(Say("%q can be read in two ways", strings.TrimSpace(typed)),
			Say("write %s or %s", p.PlainNumber(max(vietnamese, english)), p.PlainNumber(min(vietnamese, english))))
	case inVietnamese:
		return vietnamese, nil
	case inEnglish:
		return english, nil
	default:
		return p.ParseNumber(typed) // refuses with an example of the language
	}
}

// PlainNumber writes a figure so that ParseFigure reads it back: without marks between the thousands, and
// never with three decimals, which the other language would take for thousands.
func (p Printer) PlainNumber(f float64) string {
	plain := strconv.FormatFloat(f, 'f', -1, 64)
	whole, fraction, _ := strings.Cut(plain, ".")
	switch len(fraction) {
	case 0:
		return plain
	case decimalsLikeThousands:
		fraction += "0"
	}
	if p.Language == English {
		return whole + "." + fraction
	}
	return whole + "," + fraction
}
