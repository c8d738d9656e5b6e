package endtoend

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/help"
)

// commandsOf are the lines of a text that a person would type, in their order: those of indented blocks and of blocks
// for a shell that begin with a program of ours, and what continues them.
func commandsOf(markdown string) (lines []string) {
	fence, unfinished := "", false
	for line := range strings.Lines(markdown) {
		line = strings.TrimRight(line, "\n")
		if kind, is := strings.CutPrefix(line, "```"); is {
			if fence != "" {
				kind = ""
			}
			fence = kind
			continue
		}
		typed, indented := strings.CutPrefix(line, "    ")
		if fence != "" {
			typed, indented = line, fence == "sh"
		}
		typed = strings.TrimSpace(typed)
		switch first, _, _ := strings.Cut(typed, " "); {
		case unfinished:
			lines[len(lines)-1] += "\n" + typed
		case indented && (first == "tiendo" || first == "git" || first == "cd"):
			lines = append(lines, typed)
		default:
			continue
		}
		unfinished = strings.HasSuffix(typed, `\`)
	}
	return lines
}

// elsewhereToRun are lines for another machine, or about what only an office of its own has.
var elsewhereToRun = regexp.MustCompile(`^git config receive|--every|codeowners|/srv/`)

// Every command that the README and the topics of help name is run, in the order of the text, by somebody who has just
// made a plan. What answers otherwise than with success is told here.
func TestCommandsOfTheTexts(t *testing.T) {
	t.Parallel()
	texts := map[string]string{}
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	texts["README"], _, _ = strings.Cut(string(readme), "## Map of the code")
	for _, topic := range help.Topics() {
		texts[topic] = help.Markdown(phrase.English, topic)
		if a, b := commandsOf(texts[topic]), commandsOf(help.Markdown(phrase.Vietnamese, topic)); len(a) != len(b) {
			t.Errorf("%s names %d commands in English and %d in Vietnamese", topic, len(a), len(b))
		}
	}
	exits := map[string]int{"tiendo remind": 3, "tiendo resolve": 1}
	for name, markdown := range texts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines := commandsOf(markdown)
			if len(lines) == 0 {
				t.Skip("it names none")
			}
			o := newOffice(t, coordinatorAndStaff)
			remote := filepath.Join(t.TempDir(), "remote.git")
			o.run("git", "init", "--quiet", "--bare", "--initial-branch=main", remote)
			key := filepath.Join(o.dir, "hoa.pub")
			if err := os.WriteFile(key, []byte(publicKey), 0o600); err != nil {
				t.Fatal(err)
			}
			dir := o.dir
			for _, line := range lines {
				if elsewhereToRun.MatchString(line) {
					continue
				}
				if folder, is := strings.CutPrefix(line, "cd "); is {
					dir = filepath.Join(dir, strings.Fields(folder)[0])
					continue
				}
				command := exec.CommandContext(t.Context(), "sh", "-c", strings.ReplaceAll(line, " URL", " "+remote))
				command.Dir, command.Env = dir, environment(o.home, "PATH="+filepath.Dir(tiendo(t))+string(os.PathListSeparator)+os.Getenv("PATH"))
				out, err := command.CombinedOutput()
				words := strings.Join(strings.Fields(line)[:2], " ")
				if code := command.ProcessState.ExitCode(); code != 0 && code != exits[words] {
					t.Errorf("%s: %v\n%s", line, err, out)
				}
			}
		})
	}
}

const coordinatorAndStaff = `
[[person]]
id = "lan"
name = "Nguyễn Thị Lan"
role = "coordinator"
email = "owner@example.org"
unit = "van-phong"
`
