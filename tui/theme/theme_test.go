package theme_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"

	"example.org/tiendo/tui/theme"
)

// Each sign is one cell wide and means one thing; no two differ by case alone. The lines and the columns of charts are drawn, and a
// choice is more than one cell.
func TestASCIISigns(t *testing.T) {
	drawn := map[string]bool{"Rule": true, "Side": true, "Levels": true, "Chosen": true, "Unchosen": true, "Sic": true}
	signs := reflect.ValueOf(theme.NewSigns(true))
	meaning := map[string]string{}
	for i := range signs.NumField() {
		name := signs.Type().Field(i).Name
		if drawn[name] {
			continue
		}
		sign := signs.Field(i).String()
		if lipgloss.Width(sign) != 1 || len(sign) != 1 {
			t.Errorf("%s is %q", name, sign)
		}
		sign = strings.ToLower(sign)
		if other, taken := meaning[sign]; taken {
			t.Errorf("%q means %s and %s", sign, other, name)
		}
		meaning[sign] = name
	}
}
