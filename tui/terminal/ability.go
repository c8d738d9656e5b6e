package terminal

import (
	"os"
	"strings"

	"golang.org/x/term"
)

// UTF8 reports whether signs beyond ASCII may be shown. Only a locale that is explicitly C or POSIX says no:
// the first of LC_ALL, LC_CTYPE and LANG that is set and not empty decides, and where none is, as is common
// over SSH and in cron, the answer is yes.
func UTF8(env func(string) string) bool {
	for _, name := range [...]string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := env(name); locale != "" {
			return locale != "C" && locale != "POSIX"
		}
	}
	return true
}

// Interactive reports whether the dashboard can run here: in and out are terminals that can move a cursor.
func Interactive(in, out *os.File, env func(string) string) bool {
	return !isDumb(env) && term.IsTerminal(int(in.Fd())) && term.IsTerminal(int(out.Fd()))
}

// inTmux reports whether the terminal is tmux and nothing else.
func inTmux(env func(string) string) bool {
	return env("TMUX") != "" || env("TERM_PROGRAM") == "tmux" || strings.HasPrefix(env("TERM"), "tmux")
}
