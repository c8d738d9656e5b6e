package lang

import (
	"regexp"
	"strconv"
	"strings"

	"example.org/tiendo/model"
)

// Numbers as people write them: groups of three, if any, are whole groups, so
// that 2.5 typed where the point groups thousands is refused and not read as 25.
var (
	vietnameseNumber = regexp.MustCompile(`^-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$`)
	englishNumber    = regexp.MustCompile(`^-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$`)
)

// ParseNumber reads a figure as the language writes it: 1.234,5 in Vietnamese, 1,234.5 in English.
func (w Words) ParseNumber(typed string) (float64, error) {
	form, group, point, example := vietnameseNumber, ".", ",", "1.234,5"
	if w.Language == model.English {
		form, group, point, example = englishNumber, ",", ".", "1,234.5"
	}
	typed = strings.TrimSpace(typed)
	if !form.MatchString(typed) {
		return 0, model.Refuse(model.Say("%q is not a number", typed), model.Say("write a number such as %s", example))
	}
	plain := strings.Replace(strings.ReplaceAll(typed, group, ""), point, ".", 1)
	figure, err := strconv.ParseFloat(plain, 64)
	if err != nil {
		return 0, model.Refuse(model.Say("%q is not a number", typed), model.Say("write a number such as %s", example))
	}
	return figure, nil
}
