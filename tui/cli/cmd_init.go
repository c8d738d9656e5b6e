package cli

import (
	"context"
	_ "embed"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
	"example.org/tiendo/model/workspace"
)

var (
	//go:embed template/README.vi.md
	readmeVietnamese []byte
	//go:embed template/README.en.md
	readmeEnglish []byte
	//go:embed template/gitattributes
	gitAttributes []byte
)

func (p *program) newInit() *cobra.Command {
	command := &cobra.Command{
		Use:     "init " + p.Words.T("DIR"),
		Short:   p.Words.T("make a new plan folder with its git history"),
		Example: `  tiendo init ke-hoach-2019`,
		RunE:    func(command *cobra.Command, args []string) error { return p.runInit(command.Context(), args[0]) },
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
	}
	p.answers(command)
	return command
}

func (p *program) runInit(ctx context.Context, given string) error {
	dir := p.absolute(given)
	if err := refuseFilled(dir, given); err != nil {
		return err
	}
	files, err := p.planFiles()
	if err != nil {
		return err
	}
	person, err := p.makeFolder(ctx, dir, files, true, review.Commit{})
	if err != nil {
		return err
	}
	p.made(ctx, dir, given, person)
	p.Out.Line(p.Words.T("What comes next:"))
	p.Out.Line("  cd " + text.Quoted(given))
	p.Out.Line("  tiendo status")
	p.Out.Line("  tiendo")
	return nil
}

// absolute is a folder as named on the command line.
func (p *program) absolute(given string) string {
	if filepath.IsAbs(given) {
		return filepath.Clean(given)
	}
	return filepath.Join(p.system.Directory, given)
}

// refuseFilled refuses a folder that holds anything: nothing there may be overwritten.
func refuseFilled(dir, given string) error {
	if given == "" {
		return wrongUsage(phrase.Say("the name of the folder is empty"), phrase.Say("name a folder that is empty or does not exist yet"))
	}
	empty, err := isEmptyFolder(dir)
	if err != nil {
		return err
	}
	if !empty {
		return phrase.Refuse(phrase.Say("%s is not empty", given), phrase.Say("name a folder that is empty or does not exist yet"))
	}
	return nil
}

// planFiles are the files of a new plan folder: the embedded data, a README in
// the language of the screen, and what git must know about the files.
func (p *program) planFiles() (map[string][]byte, error) {
	readme := readmeVietnamese
	if p.Words.Language == phrase.English {
		readme = readmeEnglish
	}
	files := map[string][]byte{"README.md": readme, ".gitattributes": gitAttributes}
	err := fs.WalkDir(p.system.Data, workspace.DataFolder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(p.system.Data, path)
		files[path] = content
		return err
	})
	return files, err
}
