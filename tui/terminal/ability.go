package terminal

import (
	"cmp"
	"os"
	"strings"

	"golang.org/x/term"

	"example.org/tiendo/model/phrase"
)

// UTF8 reports whether signs beyond ASCII may be shown. Only a locale that is explicitly C or POSIX says no:
// the first of LC_ALL, LC_CTYPE and LANG that is set and not empty decides, and where none is, as is common
// over SSH and in cron, the answer is yes.
func UTF8(env func(string) string) bool {
	locale := cmp.Or(env("LC_ALL"), env("LC_CTYPE"), env("LANG"))
	return locale != "C" && locale != "POSIX"
}

// Language is the language of messages by the locale, "" for one that the program does not speak: the first of LC_ALL,
// LC_MESSAGES and LANG that is set and not empty decides.
func Language(env func(string) string) phrase.Language {
	locale := cmp.Or(env("LC_ALL"), env("LC_MESSAGES"), env("LANG"))
	name, _, _ := strings.Cut(locale, ".")
	name, _, _ = strings.Cut(name, "_")
	if language := phrase.Language(name); language == phrase.Vietnamese || language == phrase.English {
		return language
	}
	return ""
}

// Interactive reports whether the dashboard can run here: in and out are terminals that can move a cursor.
func Interactive(in, out *os.File, env func(string) string) bool {
	return !isDumb(env) && term.IsTerminal(int(in.Fd())) && term.IsTerminal(int(out.Fd()))
}

// inTmux reports whether the terminal is tmux and nothing else.
func inTmux(env func(string) string) bool {
	return env("TMUX") != "" || env("TERM_PROGRAM") == "tmux" || strings.HasPrefix(env("TERM"), "tmux")
}
