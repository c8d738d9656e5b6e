package cli

import (
	"cmp"
	"slices"
	"strings"

	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/terminal"
	"example.org/tiendo/tui/theme"
)

// The environment variables that stand for global flags.
const (
	envData  = "TIENDO_DATA"
	envAs    = "TIENDO_AS"
	envLang  = "TIENDO_LANG"
	envToday = "TIENDO_TODAY"
	envTheme = "TIENDO_THEME"

	envAccessible = "ACCESSIBLE" // as other programs read it: no screen, no tables
)

// setting is the value of a global flag, or of its environment variable when the
// flag is not given; source names the one that was used, for messages.
func (app *App) setting(flag, value, variable string) (setting, source string) {
	given := app.root.PersistentFlags().Lookup(flag)
	if given == nil && value == "" { // a visitor has no such flag, and it is not settled either
		return "", ""
	}
	if given == nil || given.Changed {
		return value, "--" + flag
	}
	if value, ok := app.system.Env(variable); ok && value != "" {
		return value, variable
	}
	return "", ""
}

// chooseLanguage settles the language before there are commands, whose texts and errors are in it: by --lang in the
// bare arguments, by the environment, by what the person chose before, or else by the plan; where there is none, by the
// locale. A bad value is refused later.
func (app *App) chooseLanguage() {
	flag := bareFlag(app.system.Args, "--lang")
	app.Words = lang.In(phrase.Vietnamese)
	if app.visit == nil {
		app.choices, app.unreadable = choices.Read(choices.File(app.env))
	}
	for _, value := range []string{flag, app.env(envLang), app.choices[choices.Language]} {
		if language := phrase.Language(value); language == phrase.Vietnamese || language == phrase.English {
			app.Words, app.chosen = lang.In(language), true
			return
		}
	}
	folder := app.flags.data
	if app.visit == nil {
		folder = cmp.Or(bareFlag(app.system.Args, "--data"), app.env(envData))
	}
	dir, _, err := workspace.Locate(folder, "", app.system.Directory)
	if err == nil {
		app.Words = lang.In(cmp.Or(store.Language(dir), phrase.Vietnamese))
	} else if app.visit == nil {
		app.Words = lang.In(cmp.Or(terminal.Language(app.env), phrase.Vietnamese))
	}
}

// bareFlag finds the last value of a flag without parsing the rest.
func bareFlag(args []string, flag string) string {
	value := ""
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if after, ok := strings.CutPrefix(arg, flag+"="); ok {
			value = after
		}
		if arg == flag && i+1 < len(args) {
			value = args[i+1]
		}
	}
	return value
}

// checkLanguage refuses a language that the program does not speak.
func (app *App) checkLanguage() error {
	value, source := app.setting("lang", app.flags.lang, envLang)
	switch phrase.Language(value) {
	case "", phrase.Vietnamese, phrase.English:
		return nil
	default:
		return wrongUsage(phrase.Say("%s: there is no language %q", source, value), phrase.Say("the languages are vi and en"))
	}
}

// themeName is the name of the theme by --theme or the environment; an unknown one is refused.
func themeName(app *App) (string, error) {
	value, source := app.setting("theme", app.flags.theme, envTheme)
	if value == "" || slices.Contains(theme.Names(), value) {
		return cmp.Or(value, app.choices[choices.Theme], theme.Auto), nil
	}
	return "", wrongUsage(phrase.Say("%s: there is no theme %q", source, value),
		phrase.Say("the themes are auto, dark, light and plain"))
}

// speak takes the plan's language unless one was chosen.
func (app *App) speak(language phrase.Language) {
	if !app.chosen {
		app.Words = lang.In(language)
	}
}
