// Command man writes the man pages of tiendo and of its topics in both languages, for whoever packs it:
//
//	go run ./tui/cli/man DIRECTORY
//
// It is a program of its own because what renders the pages would cost every start of tiendo a tenth of its time.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/cpuguy83/go-md2man/v2/md2man"
	"github.com/spf13/cobra/doc"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/cli"
	"example.org/tiendo/tui/help"
)

func main() {
	err := errors.New("usage: go run ./tui/cli/man DIRECTORY")
	if len(os.Args) == 2 { //nolint:mnd // the program and the directory
		err = write(os.Args[1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1) //nolint:forbidigo // it is a program, too
	}
}

// write makes the folders man1 and man7 in a folder, and those of the Vietnamese pages in its vi.
func write(dir string) error {
	for _, language := range []phrase.Language{phrase.English, phrase.Vietnamese} {
		if err := writeIn(language, filepath.Join(dir, language.Pick("vi", ""))); err != nil {
			return err
		}
	}
	return nil
}

func writeIn(language phrase.Language, dir string) error {
	commands, topics := filepath.Join(dir, "man1"), filepath.Join(dir, "man7")
	for _, folder := range []string{commands, topics} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	root := cli.Commands(language)
	root.DisableAutoGenTag = true
	if err := doc.GenManTree(root, &doc.GenManHeader{Source: root.Name(), Manual: root.Short}, commands); err != nil {
		return err
	}
	for _, topic := range help.Topics() {
		name, title := root.Name()+"-"+topic, help.Title(language, topic)
		_, text, _ := strings.Cut(help.Markdown(language, topic), "\n")
		page := fmt.Sprintf("%% %q \"7\" \"\" %q %q\n# NAME\n%s \\- %s\n\n# DESCRIPTION\n%s",
			strings.ToUpper(name), root.Name(), root.Short, name, title, text)
		if err := os.WriteFile(filepath.Join(topics, name+".7"), md2man.Render([]byte(page)), 0o644); err != nil {
			return err
		}
	}
	return nil
}
