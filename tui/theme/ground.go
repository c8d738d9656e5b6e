package theme

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

const reset = "\x1b[0m"

// Under puts a ground under a line, over a width in cells that the line already fits; what the line shows in reverse
// video stays so. Without colours there is no ground, and the line stays as it is.
func Under(ground lipgloss.Style, line string, width int) string {
	open, end, _ := strings.Cut(ground.Render("x"), "x")
	if open == "" {
		return line
	}
	blank := strings.Repeat(" ", max(width-ansi.StringWidth(line), 0))
	line = strings.ReplaceAll(line, "\x1b[m", reset)
	return open + strings.ReplaceAll(line, reset, reset+open) + blank + end
}

// RowOver is the cursor's row: one ground over its whole width, on which all words are in one colour. Signs and words
// say the rest; colours that can be read on every ground of the screen cannot all be read on this one.
func (s *Styles) RowOver(line string, width int) string {
	if s.Row.Render("x") == "x" {
		return line
	}
	return Under(s.Row, ansi.Strip(line), width)
}

// Joined writes a run of words of one colour as one, the blanks between them too: over a slow line each change of the
// colour costs. A style with a ground, or with a line under its words, is left alone.
func Joined(line string) string {
	if !strings.Contains(line, reset) {
		return line
	}
	var b strings.Builder
	style, ended := "", 0 // the colour that holds; how many blanks were put back since it would have ended, and one
	for i := 0; i < len(line); {
		code := ""
		if line[i] == '\x1b' {
			if end := strings.IndexByte(line[i:], 'm'); end > 0 {
				code = line[i : i+end+1]
			}
		}
		switch {
		case code == reset && style != "" && ended == 0:
			ended = 1
		case code != "" && code == style && ended > 0:
			b.WriteString(strings.Repeat(" ", ended-1))
			ended = 0
		case code == "" && line[i] == ' ' && ended > 0:
			ended++
		default:
			if ended > 0 {
				b.WriteString(reset + strings.Repeat(" ", ended-1))
				style, ended = "", 0
			}
			if code == "" {
				b.WriteByte(line[i])
				break
			}
			b.WriteString(code)
			style = ""
			if foreground(code) {
				style = code
			}
		}
		i += max(len(code), 1)
	}
	if ended > 0 {
		b.WriteString(reset + strings.Repeat(" ", ended-1))
	}
	return b.String()
}

// foreground reports a sequence after which blanks look as without it.
func foreground(code string) bool {
	words := strings.TrimPrefix(strings.TrimSuffix(strings.TrimPrefix(code, "\x1b["), "m"), "1;")
	if _, fixed := strings.CutPrefix(words, "38;5;"); fixed {
		return strings.Count(words, ";") == 2
	}
	return words == "1" || len(words) == 2 && (words[0] == '3' || words[0] == '9')
}
