package cli

import (
	"strings"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/lang"
)

// The environment variables that stand for global flags.
const (
	envData  = "TIENDO_DATA"
	envAs    = "TIENDO_AS"
	envLang  = "TIENDO_LANG"
	envToday = "TIENDO_TODAY"
)

// setting is the value of a global flag, or of its environment variable when the
// flag is not given; source names the one that was used, for messages.
func (p *program) setting(flag, value, variable string) (setting, source string) {
	given := p.root.PersistentFlags().Lookup(flag)
	if given == nil && value == "" { // a visitor has no such flag, and it is not settled either
		return "", ""
	}
	if given == nil || given.Changed {
		return value, "--" + flag
	}
	if value, ok := p.system.Env(variable); ok && value != "" {
		return value, variable
	}
	return "", ""
}

// chooseLanguage looks for --lang in the bare arguments, because a message about
// wrong arguments must be in the right language too. A bad value is refused later.
func (p *program) chooseLanguage() {
	flag, _ := bareFlag(p.system.Args, "--lang")
	variable, _ := p.system.Env(envLang)
	p.Words = lang.In(phrase.Vietnamese)
	for _, value := range []string{flag, variable} {
		if language := phrase.Language(value); language == phrase.Vietnamese || language == phrase.English {
			p.Words, p.chosen = lang.In(language), true
			return
		}
	}
}

// bareFlag finds the last value of a flag without parsing the rest.
func bareFlag(args []string, flag string) (value string, given bool) {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if after, ok := strings.CutPrefix(arg, flag+"="); ok {
			value, given = after, true
		}
		if arg == flag && i+1 < len(args) {
			value, given = args[i+1], true
		}
	}
	return value, given
}

// checkLanguage refuses a language that the program does not speak.
func (p *program) checkLanguage() error {
	value, source := p.setting("lang", p.options.lang, envLang)
	switch phrase.Language(value) {
	case "", phrase.Vietnamese, phrase.English:
		return nil
	default:
		return wrongUsage(phrase.Say("%s: there is no language %q", source, value), phrase.Say("the languages are vi and en"))
	}
}

// speak takes the plan's language unless one was chosen.
func (p *program) speak(language phrase.Language) {
	if !p.chosen {
		p.Words = lang.In(language)
	}
}
