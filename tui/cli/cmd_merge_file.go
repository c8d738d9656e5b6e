package cli

import (
	"bytes"
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/text"
)

func newCmdMergeFile(app *App) *cobra.Command {
	return &cobra.Command{
		Use: "merge-file " + app.T("BASE OURS THEIRS PATH"), Hidden: true,
		Short:   app.T("merge two versions of a data file entry by entry, for git"),
		Example: `  tiendo merge-file %O %A %B %P`,
		RunE: func(_ *cobra.Command, args []string) error {
			return runMergeFile(app, args[0], args[1], args[2], args[3])
		},
	}
}

// runMergeFile puts the merged file in the place of ours. Whatever goes wrong, the exit
// code tells git that the file is in conflict, and git keeps all three versions.
func runMergeFile(app *App, base, ours, theirs, path string) error {
	var versions [3][]byte
	for i, file := range []string{base, ours, theirs} {
		content, err := os.ReadFile(app.absolute(file))
		if err != nil {
			return err
		}
		versions[i] = content
	}
	merged := store.MergeFile(path, versions[0], versions[1], versions[2])
	// One that is killed half-way leaves what git had put there.
	if err := durable.Replace(app.absolute(ours), merged.Content, durable.Options{}); err != nil {
		return err
	}
	if merged.Clean {
		// What git takes is what lies there now.
		if now, err := os.ReadFile(app.absolute(ours)); err != nil || !bytes.Equal(now, merged.Content) {
			return errors.Join(err, errors.New("the merged file was not written as it should"))
		}
		if _, problem := edit.Parse(merged.Content); problem == nil {
			return nil
		}
	}
	shown := text.Line(path)
	if len(merged.Conflicts) > 0 {
		app.Out.Note("tiendo: " + app.T("%s: both sides have changed %s differently", shown,
			strings.Join(merged.Conflicts, ", ")))
	} else {
		app.Out.Note("tiendo: " + app.T("%s: both sides are kept as a whole: %s", shown, merged.Why))
	}
	app.Hint(phrase.Say("`tiendo resolve` shows both sides and settles it"))
	return errProblems
}
