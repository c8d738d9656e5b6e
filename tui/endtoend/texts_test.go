package endtoend

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.org/tiendo/model/phrase"
	topics "example.org/tiendo/tui/help"
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
	for _, topic := range topics.Topics() {
		texts[topic] = topics.Markdown(phrase.English, topic)
		if a, b := commandsOf(texts[topic]), commandsOf(topics.Markdown(phrase.Vietnamese, topic)); len(a) != len(b) {
			t.Errorf("%s names %d commands in English and %d in Vietnamese", topic, len(a), len(b))
		}
	}
	failing := map[string]string{ // beginnings of commands with what they answer in a plan in which nothing has happened
		"tiendo remind":  "Late:|Due",
		"tiendo resolve": "nothing|no merge|in conflict|in dispute",
		"tiendo --at":    "the history begins later",
	}
	for name, markdown := range texts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines := commandsOf(markdown)
			if len(lines) == 0 {
				t.Skip("it names none")
			}
			o := &office{t: t, dir: t.TempDir(), home: t.TempDir()} // two of the texts begin with making a plan
			if !strings.Contains(markdown, "tiendo init") {
				o = newOffice(t, theCoordinator)
			}
			remote := filepath.Join(t.TempDir(), "remote.git")
			o.run("git", "init", "--quiet", "--bare", "--initial-branch=main", remote)
			dir := o.dir
			for _, line := range lines {
				if elsewhereToRun.MatchString(line) {
					continue
				}
				if folder, is := strings.CutPrefix(line, "cd "); is {
					dir = filepath.Join(dir, strings.Fields(folder)[0])
					continue
				}
				if err := os.WriteFile(filepath.Join(dir, "hoa.pub"), []byte(publicKey), 0o600); err != nil {
					t.Fatal(err)
				}
				command := exec.CommandContext(t.Context(), "sh", "-c", strings.ReplaceAll(line, " URL", " "+remote))
				path := filepath.Dir(tiendo(t)) + string(os.PathListSeparator) + os.Getenv("PATH")
				command.Dir, command.Env = dir, environment(o.home, "PATH="+path, "VISUAL=true") // nobody is there to edit
				out, err := command.CombinedOutput()
				answer, expected := failing[strings.Join(strings.Fields(line)[:2], " ")]
				if err != nil && (!expected || !regexp.MustCompile(answer).Match(out)) {
					t.Errorf("%s: %v\n%s", line, err, out)
				}
			}
		})
	}
}

const theCoordinator = `
[[person]]
id = "lan"
name = "Nguyễn Thị Lan"
role = "coordinator"
email = "owner@example.org"
unit = "van-phong"
`

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEOBYCts25rx9d9EqKjK0nyChnGzYRXQm4MBJh0WANgA hoa\n"

// Every test that a text names is there.
func TestTestsOfTheTexts(t *testing.T) {
	t.Parallel()
	there := map[string]bool{}
	root := filepath.Join("..", "..")
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)\w+)\(`)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		content, err := os.ReadFile(path)
		for _, match := range declared.FindAllStringSubmatch(string(content), -1) {
			there[match[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\b(?:Test|Fuzz|Benchmark)[A-Z]\w+`)
	count := 0
	for _, name := range []string{"README.md", ".github/ARCHITECTURE.md", ".github/CONTRIBUTING.md"} {
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		for _, test := range named.FindAllString(string(content), -1) {
			if count++; !there[test] {
				t.Errorf("%s names %s, which is not there", name, test)
			}
		}
	}
	if count < 20 {
		t.Errorf("only %d tests are named", count)
	}
}
