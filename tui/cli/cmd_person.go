package cli

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
)

// maxKeyFile is the largest file of public keys that is read, in bytes.
const maxKeyFile = 64 << 10

// personOptions are the flags of person add.
type personOptions struct {
	name, role, unit, email string
	keys, keyFiles          []string
}

// newCmdPerson makes the commands about the people on the roster.
func newCmdPerson(app *App) *cobra.Command {
	person := commandGroup(&cobra.Command{
		Use:     "person " + app.T("COMMAND"),
		Short:   app.T("the people on the roster: their roles, addresses and SSH keys"),
		Example: `  tiendo person list`,
	})
	if app.visit == nil {
		newCmdPersonAdd(app, person)
		newCmdPersonRemove(app, person)
	}
	newCmdPersonList(app, person)
	return person
}

func newCmdPersonAdd(app *App, group *cobra.Command) {
	options := personOptions{}
	command := &cobra.Command{
		Use:   "add " + app.T("PERSON"),
		Short: app.T("put somebody on the roster (coordinator)"),
		Example: `  tiendo person add hoa --name "Trần Thị Hoa" --role staff --unit thanh-tra
  tiendo person add hoa --name "Trần Thị Hoa" --role staff --unit thanh-tra --email hoa@example.org --key-file hoa.pub`,
		PreRunE: required("name", "role"),
		RunE: func(command *cobra.Command, args []string) error {
			if err := checkRole(options.role); err != nil {
				return err
			}
			return runPersonAdd(command.Context(), app, args[0], options)
		},
		ValidArgsFunction: completeWords(),
	}
	group.AddCommand(command)
	flags := command.Flags()
	textFlag(flags, &options.name, "name", app.T("NAME"), app.T("the person's name, as it stands in the history"))
	textFlag(flags, &options.role, "role", app.T("ROLE"), app.T("coordinator, staff or viewer"))
	textFlag(flags, &options.unit, "unit", app.T("UNIT"), app.T("the person's unit; staff need one"))
	textFlag(flags, &options.email, "email", app.T("ADDRESS"), app.T("the address that the person's git uses"))
	listFlag(flags, &options.keys, "key", app.T("\"KIND KEY\""), app.T("an SSH public key; may be given several times"))
	listFlag(flags, &options.keyFiles, "key-file", app.T("FILE"), app.T("a file of public keys, such as id_ed25519.pub"))
	app.complete(command, "role", completeRoles(app))
	app.complete(command, "unit", app.offer(units))
	app.answers(command)
}

func newCmdPersonRemove(app *App, group *cobra.Command) {
	command := &cobra.Command{
		Use:     "remove " + app.T("PERSON"),
		Short:   app.T("take somebody off the roster (coordinator)"),
		Example: `  tiendo person remove hoa`,
		RunE: func(command *cobra.Command, args []string) error {
			return runPersonRemove(command.Context(), app, args[0])
		},
		ValidArgsFunction: app.offerFirst(people),
	}
	group.AddCommand(command)
	app.answers(command)
}

func newCmdPersonList(app *App, group *cobra.Command) {
	command := &cobra.Command{
		Use:   "list",
		Short: app.T("list the people on the roster"),
		Example: `  tiendo person list
  tiendo person list --json`,
		RunE: func(command *cobra.Command, _ []string) error { return runPersonList(command.Context(), app) },
	}
	group.AddCommand(command)
	command.Flags().BoolVar(&app.asJSON, "json", false, app.T("as JSON"))
}

func checkRole(role string) error {
	if slices.Contains(model.Roles(), model.Role(role)) {
		return nil
	}
	return wrongUsage(phrase.Say("--role: there is no role %q", role), phrase.Say("want coordinator, staff or viewer"))
}

func runPersonAdd(ctx context.Context, app *App, id string, options personOptions) error {
	keys := cleaned(options.keys)
	for _, name := range options.keyFiles {
		more, err := readKeys(app, name)
		if err != nil {
			return err
		}
		keys = append(keys, more...)
	}
	for _, key := range keys {
		if strings.Contains(key, "PRIVATE KEY") {
			return privateKey("--key")
		}
	}
	person := model.Person{
		ID: id, Name: strings.TrimSpace(options.name), Role: model.Role(options.role), Unit: options.unit,
		Email: strings.TrimSpace(options.email), Keys: keys,
	}
	return app.change(ctx, "", model.Subject{Kind: model.SubjectPerson, ID: id},
		func(folder *workspace.Workspace, seen model.Value) (model.Value, error) {
			if err := app.knownToGit(ctx, folder); err != nil {
				return seen, err
			}
			if there := model.As[*model.Person](seen); there != nil {
				return seen, phrase.Refuse(phrase.Say("%s is on the roster already: %s", id, there.Name),
					phrase.Say("edit units.toml by hand, then run `tiendo check`; another person gets another id"))
			}
			return &person, nil
		})
}

// readKeys reads public keys from a file, a key to a line.
func readKeys(app *App, name string) ([]string, error) {
	path := name
	if !filepath.IsAbs(path) {
		path = filepath.Join(app.system.Directory, path)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxKeyFile {
		return nil, phrase.Refuse(phrase.Say("%s is no file of public keys", name),
			phrase.Say("name the person's id_ed25519.pub"))
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if strings.Contains(string(content), "PRIVATE KEY") {
		return nil, privateKey(name)
	}
	var keys []string
	for line := range strings.Lines(string(content)) {
		if line = oneLine(line); line != "" && !strings.HasPrefix(line, "#") {
			keys = append(keys, line)
		}
	}
	if len(keys) == 0 {
		return nil, phrase.Refuse(phrase.Say("%s is no file of public keys", name),
			phrase.Say("name the person's id_ed25519.pub"))
	}
	return keys, nil
}

// privateKey refuses what must stay with its owner, without showing any of it.
func privateKey(source string) error {
	return phrase.Refuse(phrase.Say("%s: this is a private key, which nobody but its owner may have; nothing was written",
		source),
		phrase.Say("take the file that ends in .pub; if the private key has left its owner's computer, make a new pair"))
}

func runPersonRemove(ctx context.Context, app *App, id string) error {
	return app.change(ctx, "", model.Subject{Kind: model.SubjectPerson, ID: id},
		func(folder *workspace.Workspace, _ model.Value) (model.Value, error) {
			_, err := folder.Campaign.Person(id)
			return (*model.Person)(nil), err
		})
}

func runPersonList(ctx context.Context, app *App) error {
	folder, err := app.loadReadOnly(ctx)
	if err != nil {
		return err
	}
	if app.asJSON {
		return app.PeopleJSON(folder.Campaign)
	}
	app.People(folder.Campaign)
	return nil
}
