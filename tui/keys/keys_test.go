package keys

import (
	"reflect"
	"testing"

	"github.com/charmbracelet/bubbles/key"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/lang"
)

// Every binding has keys, a name and what it does, in both languages.
func TestBindingsAreExplained(t *testing.T) {
	for _, language := range []phrase.Language{phrase.Vietnamese, phrase.English} {
		all := reflect.ValueOf(New(lang.In(language)))
		for i := range all.NumField() {
			name := all.Type().Field(i).Name
			bindings, several := reflect.TypeAssert[[]key.Binding](all.Field(i))
			if !several {
				bindings = make([]key.Binding, 1)
				bindings[0], _ = reflect.TypeAssert[key.Binding](all.Field(i))
			}
			for _, binding := range bindings {
				if len(binding.Keys()) == 0 || binding.Help().Key == "" || !several && binding.Help().Desc == "" {
					t.Errorf("%s: %s: keys %v, help %+v", language, name, binding.Keys(), binding.Help())
				}
			}
		}
	}
}
