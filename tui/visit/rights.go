package visit

import (
	"os"
	"slices"
	"strings"

	"example.org/tiendo/model/phrase"
)

// ForgetEnvironment takes away what a client may have put into the environment of
// this process, and with it of git: sshd passes on whatever AcceptEnv names. What
// stays is set by sshd itself, or says something about the terminal or the language.
func ForgetEnvironment() error {
	// A program built to measure coverage complains where GOCOVERDIR is missing; no other one reads it.
	keep := append(Variables(), "PATH", "HOME", "USER", "LOGNAME", "SHELL", "GOCOVERDIR")
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); name != "" && !slices.Contains(keep, name) {
			if err := os.Unsetenv(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// Variables are what a client may say of its terminal, its language, and how it reads.
func Variables() []string {
	return []string{"TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE", "TIENDO_LANG", "TIENDO_THEME",
		"ACCESSIBLE"}
}

// DeniedError refuses words that begin with none of the commands. They may be anything, such as a note that was
// quoted wrongly.
type DeniedError struct{ Refusal phrase.Refusal }

// Error says it to the person, who may see what they wrote.
func (e *DeniedError) Error() string { return e.Refusal.Error() }

// Unwrap is what is said, with its hint.
func (e *DeniedError) Unwrap() error { return &e.Refusal }

// SettledFlag finds the flag about who, where or when that a word means, or might
// mean if flags could be shortened; "" when it means none. Words that may be the
// value of another flag are looked at all the same: no such word is worth a doubt.
func SettledFlag(word string) string {
	name, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
	if name == "" || !strings.HasPrefix(word, "-") {
		return ""
	}
	for _, flag := range []string{"as", "data", "today", "at"} {
		if strings.HasPrefix(flag, strings.ToLower(name)) {
			return flag
		}
	}
	return ""
}
