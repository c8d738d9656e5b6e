package terminal_test

import (
	"bytes"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"example.org/tiendo/tui/terminal"
)

// environment is os.Getenv for a test.
type environment map[string]string

func (e environment) get(name string) string { return e[name] }

func TestProfile(t *testing.T) {
	const none, sixteen, many, all = termenv.Ascii, termenv.ANSI, termenv.ANSI256, termenv.TrueColor
	tests := map[string]struct {
		env   environment
		pipe  bool // the output is no terminal
		force string
		want  termenv.Profile
	}{
		"xterm":                        {env: environment{"TERM": "xterm"}, want: sixteen},
		"Linux console":                {env: environment{"TERM": "linux"}, want: sixteen},
		"screen":                       {env: environment{"TERM": "screen"}, want: sixteen},
		"unknown":                      {env: environment{"TERM": "something-new"}, want: sixteen},
		"256 colours":                  {env: environment{"TERM": "xterm-256color"}, want: many},
		"kitty":                        {env: environment{"TERM": "xterm-kitty"}, want: all},
		"direct":                       {env: environment{"TERM": "xterm-direct"}, want: all},
		"COLORTERM":                    {env: environment{"TERM": "xterm-256color", "COLORTERM": "truecolor"}, want: all},
		"COLORTERM of old":             {env: environment{"TERM": "xterm", "COLORTERM": "gnome-terminal"}, want: sixteen},
		"COLORTERM passed on":          {env: environment{"TERM": "screen-256color", "COLORTERM": "24bit"}, want: many},
		"COLORTERM in tmux":            {env: environment{"TERM": "screen-256color", "COLORTERM": "24bit", "TMUX": "/tmp/x"}, want: all},
		"tmux":                         {env: environment{"TERM": "tmux-256color"}, want: many},
		"no colours by type":           {env: environment{"TERM": "vt220"}, want: none},
		"monochrome":                   {env: environment{"TERM": "xterm-mono"}, want: none},
		"dumb":                         {env: environment{"TERM": "dumb", "COLORTERM": "truecolor", "CLICOLOR_FORCE": "1"}, want: none},
		"NO_COLOR":                     {env: environment{"TERM": "xterm", "NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, want: none},
		"NO_COLOR is any value":        {env: environment{"TERM": "xterm", "NO_COLOR": "0"}, want: none},
		"NO_COLOR empty":               {env: environment{"TERM": "xterm", "NO_COLOR": ""}, want: sixteen},
		"CLICOLOR=0":                   {env: environment{"TERM": "xterm", "CLICOLOR": "0"}, want: none},
		"CLICOLOR=1":                   {env: environment{"TERM": "xterm", "CLICOLOR": "1"}, want: sixteen},
		"pipe":                         {env: environment{"TERM": "xterm", "COLORTERM": "truecolor"}, pipe: true, want: none},
		"pipe, CLICOLOR_FORCE":         {env: environment{"TERM": "xterm-256color", "CLICOLOR_FORCE": "1"}, pipe: true, want: many},
		"pipe, CLICOLOR_FORCE=0":       {env: environment{"TERM": "xterm", "CLICOLOR_FORCE": "0"}, pipe: true, want: none},
		"CLICOLOR_FORCE over CLICOLOR": {env: environment{"TERM": "xterm", "CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, want: sixteen},
		"CLICOLOR_FORCE over type":     {env: environment{"TERM": "vt220", "CLICOLOR_FORCE": "1"}, want: sixteen},
		"wish for none":                {env: environment{"TERM": "xterm", "COLORTERM": "truecolor"}, force: "none", want: none},
		"wish for 16":                  {env: environment{"TERM": "xterm-kitty"}, force: "16", want: sixteen},
		"wish for 256":                 {env: environment{"NO_COLOR": "1"}, pipe: true, force: "256", want: many},
		"wish for truecolor":           {env: environment{"TERM": "dumb"}, force: "truecolor", want: all},
		"unknown wish":                 {env: environment{"TERM": "xterm"}, force: "pink", want: sixteen},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := terminal.Profile(tt.env.get, !tt.pipe, tt.force); got != tt.want {
				t.Errorf("Profile(%v, %v, %q) = %s, want %s", tt.env, !tt.pipe, tt.force, got.Name(), tt.want.Name())
			}
		})
	}
}

func TestNewRenderer(t *testing.T) {
	for profile, want := range map[termenv.Profile]string{
		termenv.Ascii:     "trễ",
		termenv.ANSI:      "\x1b[91mtrễ\x1b[0m",
		termenv.TrueColor: "\x1b[38;2;255;0;0mtrễ\x1b[0m",
	} {
		var written bytes.Buffer
		r := terminal.NewRenderer(&written, profile)
		if got := r.NewStyle().Foreground(lipgloss.Color("#ff0000")).Render("trễ"); got != want {
			t.Errorf("%s: %q, want %q", profile.Name(), got, want)
		}
		if got := r.Output().Profile; got != profile {
			t.Errorf("its output has the profile %s, want %s", got.Name(), profile.Name())
		}
		if !r.HasDarkBackground() || written.Len() > 0 {
			t.Errorf("%s: dark %v, wrote %q", profile.Name(), r.HasDarkBackground(), written.String())
		}
	}
}

func TestUTF8(t *testing.T) {
	tests := map[string]struct {
		env  environment
		want bool
	}{
		"nothing set":                {environment{}, true},
		"all empty":                  {environment{"LC_ALL": "", "LANG": ""}, true},
		"LC_ALL=C":                   {environment{"LC_ALL": "C", "LANG": "vi_VN.UTF-8"}, false},
		"LC_ALL=POSIX":               {environment{"LC_ALL": "POSIX"}, false},
		"LC_ALL=C.UTF-8":             {environment{"LC_ALL": "C.UTF-8"}, true},
		"LC_ALL over LC_CTYPE":       {environment{"LC_ALL": "vi_VN.UTF-8", "LC_CTYPE": "C"}, true},
		"empty LC_ALL is not set":    {environment{"LC_ALL": "", "LC_CTYPE": "C", "LANG": "vi_VN.UTF-8"}, false},
		"LC_CTYPE over LANG":         {environment{"LC_CTYPE": "vi_VN.UTF-8", "LANG": "C"}, true},
		"LANG=C":                     {environment{"LANG": "C"}, false},
		"another category is not it": {environment{"LC_MESSAGES": "C", "LANG": "vi_VN.UTF-8"}, true},
		"macOS":                      {environment{"LC_CTYPE": "UTF-8"}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := terminal.UTF8(tt.env.get); got != tt.want {
				t.Errorf("UTF8(%v) = %v, want %v", tt.env, got, tt.want)
			}
		})
	}
}
