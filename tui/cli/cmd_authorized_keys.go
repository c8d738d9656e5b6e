package cli

import (
	"bytes"
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/text"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui/show"
	"example.org/tiendo/tui/visit"
)

// authorizedKeysOptions are the flags of authorized-keys.
type authorizedKeysOptions struct {
	sshd    bool
	into    string
	session sessionOptions
}

func newCmdAuthorizedKeys(app *App) *cobra.Command {
	options := authorizedKeysOptions{}
	command := &cobra.Command{
		Use:   "authorized-keys " + app.T("[KIND] [KEY]"),
		Short: app.T("print the lines that let people in through OpenSSH"),
		Example: `  tiendo authorized-keys --into ~/.ssh/authorized_keys
  tiendo authorized-keys --data /srv/ke-hoach/data --sshd %t %k`,
		RunE: func(command *cobra.Command, args []string) error {
			if options.sshd != (len(args) == 2) || options.sshd && options.into != "" {
				return wrongUsage(phrase.Say("--sshd goes with the kind and the key, and with nothing else"), seeHelp(command))
			}
			if options.sshd {
				return printKey(command.Context(), app, args[0], args[1], &options.session)
			}
			return runAuthorizedKeys(command.Context(), app, options)
		},
		ValidArgsFunction: completeWords(),
	}
	flags := command.Flags()
	flags.BoolVar(&options.sshd, "sshd", false, app.T("only the line of this key, or nothing when nobody has it"))
	textFlag(flags, &options.into, "into", app.T("FILE"), app.T("write the lines into an authorized_keys file"))
	sessionFlags(app, command, &options.session)
	app.answers(command)
	return command
}

// printKey prints the line of one key, as sshd asks for it at every login. That the plan cannot be used is for the
// session to say: here nobody would hear it.
func printKey(ctx context.Context, app *App, kind, key string, options *sessionOptions) error {
	app.letsIn = true
	folder, err := app.open(ctx, false)
	if err != nil {
		return err
	}
	command, err := forcedCommand(app, folder.Dir, options)
	if err != nil {
		return err
	}
	campaign, _ := folder.Store.Load(ctx)
	if err := model.RosterUnusable(campaign); err != nil {
		return err
	}
	var lines []string
	for _, entry := range visit.Keys(&campaign.Roster) {
		if entry.Kind == kind && entry.Key == key {
			lines = append(lines, entry.Line(command))
		}
	}
	return printLines(app, lines)
}

// printLines prints lines of an authorized_keys file: a path in them is not to be made prettier.
func printLines(app *App, lines []string) error {
	if app.asJSON {
		return app.looked(app.JSON(struct {
			Version int      `json:"version"`
			Lines   []string `json:"lines"`
		}{show.JSONVersion, append([]string{}, lines...)}))
	}
	for _, line := range lines {
		app.Out.Raw(line + "\n")
	}
	return nil
}

func runAuthorizedKeys(ctx context.Context, app *App, options authorizedKeysOptions) error {
	folder, err := app.loadReadOnly(ctx)
	if err != nil {
		return err
	}
	command, err := forcedCommand(app, folder.Dir, &options.session)
	if err != nil {
		return err
	}
	entries := visit.Keys(&folder.Campaign.Roster)
	// An empty or shorter list in the place of the right one would lock people out.
	if err := model.RosterUnusable(folder.Campaign); err != nil {
		return err
	}
	lines := make([]string, len(entries))
	for i, entry := range entries {
		lines[i] = entry.Line(command)
	}
	if len(lines) == 0 {
		app.Out.Note(app.T("nobody on the roster has an SSH key, so nobody could come in"))
	}
	if options.into != "" {
		return writeKeys(app, options.into, folder, entries, lines)
	}
	return printLines(app, lines)
}

// forcedCommand is what OpenSSH gives to the login shell of the account, up to the person.
func forcedCommand(app *App, dir string, options *sessionOptions) (string, error) {
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	if strings.Contains(filepath.ToSlash(program), "/go-build") {
		return "", phrase.Refuse(phrase.Say("this program is in a temporary folder, where nobody will find it later: %s",
			program),
			phrase.Say("build it first: go build -o tiendo ."))
	}
	words := []string{program, sessionName, "--data", dir}
	if options.log != "" {
		words = append(words, "--log", app.absolute(options.log))
	}
	usual := visit.DefaultLimits()
	if options.limits.Idle != usual.Idle {
		words = append(words, "--idle", options.limits.Idle.String())
	}
	if options.limits.Longest != usual.Longest {
		words = append(words, "--longest", options.limits.Longest.String())
	}
	if options.most != visit.MostPlaces {
		words = append(words, "--person", options.most.String())
	}
	for i, word := range words {
		if strings.IndexFunc(word, unicode.IsControl) >= 0 {
			return "", phrase.Refuse(phrase.Say("the path %q cannot stand in an authorized_keys file", word),
				phrase.Say("give the folder another name"))
		}
		words[i] = text.Quoted(word)
	}
	return strings.Join(words, " "), nil
}

// writeKeys writes lines between their marks into an authorized_keys file.
func writeKeys(app *App, name string, folder *workspace.Workspace, entries []visit.Key, lines []string) error {
	path, plan := app.absolute(name), folder.Campaign.Plan.ID
	old, existed, err := visit.ReadAuthorizedKeys(path, name)
	if err != nil {
		return err
	}
	first, last, err := visit.KeysBlock(old, plan, name)
	if err == nil {
		err = visit.RefuseOtherPlan(old[first:last], folder.Dir, plan, name, store.PlanID)
	}
	if err != nil {
		return err
	}
	ending := "\n"
	if first < len(old) && bytes.Contains(old[first:last], []byte("\r\n")) {
		ending = "\r\n"
	}
	marked := slices.Concat([]string{visit.BeginKeys + plan}, lines, []string{visit.EndKeys + plan, ""})
	block := strings.Join(marked, ending)
	if first == len(old) && first > 0 && old[first-1] != '\n' {
		block = ending + block
	}
	content := slices.Concat(old[:first], []byte(block), old[last:])
	warnOfOthers(app, slices.Concat(old[:first], old[last:]), entries, name)
	if err := visit.ReplaceAuthorizedKeys(path, name, old, existed, content); err != nil {
		return err
	}
	said := app.T("%s lets in: %s", name, app.Words.Count(len(lines), "%d SSH key", "%d SSH keys"))
	app.changed.Add(show.Done{Kind: "file", ID: name, Change: said}, "", "")
	app.Out.Line(said)
	return nil
}

// warnOfOthers says which of the keys stand in the file a second time, with rights
// that are not ours: OpenSSH takes the first line that fits.
func warnOfOthers(app *App, rest []byte, entries []visit.Key, name string) {
	for line := range bytes.Lines(rest) {
		key, _, _, _, err := ssh.ParseAuthorizedKey(line)
		if err != nil {
			continue
		}
		found := base64.StdEncoding.EncodeToString(key.Marshal())
		for _, entry := range entries {
			if entry.Key == found {
				app.Out.Note(app.T("warning: %s",
					phrase.Say("%s also has another line for a key of %s, which may give other rights; take it out if it is not meant",
						name, entry.Person)))
			}
		}
	}
}
