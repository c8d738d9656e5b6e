package cli

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/sshkey"
	"example.org/tiendo/model/workspace"
)

// maxKeyFile is the largest file of public keys that is read, in bytes.
const maxKeyFile = 64 << 10

// newCmdPerson makes the commands about the people on the roster.
func newCmdPerson(app *App) *cobra.Command {
	person := commandGroup(&cobra.Command{
		Use:        "person " + app.T("COMMAND"),
		SuggestFor: []string{"people", "user", "users", "staff"},
		Short:      app.T("the people on the roster: their roles, addresses and SSH keys"),
		Example:    `  tiendo person list`,
	})
	if app.visit == nil {
		newCmdPersonAdd(app, person)
		newCmdPersonSet(app, person)
		newCmdPersonRemove(app, person)
	}
	newCmdPersonKey(app, person)
	newCmdList(app, person, model.SubjectPerson, app.T("list the people on the roster"), app.PeopleJSON)
	return person
}

// personFlags are the flags for the fields of a person but the keys.
func personFlags(app *App, command *cobra.Command) (set func(*model.Person) error) {
	answersWithReason(app, command)
	fill := fieldFlags(command, model.PersonFields,
		fieldFlag{"name", app.T("NAME"), app.T("the person's name, as it appears in the history")},
		fieldFlag{"role", app.T("ROLE"), app.T("coordinator, staff or viewer")},
		fieldFlag{"unit", app.T("UNIT"), app.T("the person's unit; staff need one")},
		fieldFlag{"email", app.T("ADDRESS"), app.T("the address that the person's git uses")})
	app.complete(command, "role", completeRoles(app))
	app.complete(command, "unit", app.offer(units))
	return func(person *model.Person) error {
		if err := fill(person); err != nil {
			return err
		}
		return checkRole(string(person.Role))
	}
}

// keyFlags are the flags for SSH public keys.
type keyFlags struct{ keys, files []string }

func (k *keyFlags) add(app *App, flags *pflag.FlagSet) {
	listFlag(flags, &k.keys, "key", app.T("\"KIND KEY\""), app.T("an SSH public key; may be given several times"))
	listFlag(flags, &k.files, "key-file", app.T("FILE"),
		app.T("a file of public keys, such as id_ed25519.pub; - reads them from the input"))
}

// given are the keys that were given, by themselves or in files.
func (k *keyFlags) given(app *App) ([]string, error) {
	keys := cleaned(k.keys)
	for _, name := range k.files {
		more, err := readKeys(app, name)
		if err != nil {
			return nil, err
		}
		keys = append(keys, more...)
	}
	if slices.ContainsFunc(keys, sshkey.Private) {
		return nil, privateKey("--key")
	}
	return keys, nil
}

func newCmdPersonAdd(app *App, parent *cobra.Command) {
	var set func(*model.Person) error
	var keys keyFlags
	command := &cobra.Command{
		Use:   "add " + app.T("PERSON"),
		Short: app.T("put somebody on the roster (coordinator)"),
		Example: `  tiendo person add hoa --name "Trần Thị Hoa" --role staff --unit thanh-tra
  tiendo person add hoa --name "Trần Thị Hoa" --role staff --unit thanh-tra --email hoa@example.org --key-file hoa.pub`,
		PreRunE: required("name", "role"),
		RunE: func(command *cobra.Command, args []string) error {
			person := model.Person{ID: args[0]}
			err := set(&person)
			if err == nil {
				person.Keys, err = keys.given(app)
			}
			if err != nil {
				return err
			}
			return addToRoster(command.Context(), app, model.Subject{Kind: model.SubjectPerson, ID: person.ID},
				phrase.Say("`tiendo person set %s` changes it; another person gets another id", person.ID),
				func(*workspace.Workspace) *model.Person { return &person })
		},
		ValidArgsFunction: completeWords(),
	}
	set = personFlags(app, command)
	keys.add(app, command.Flags())
	parent.AddCommand(command)
}

func newCmdPersonSet(app *App, parent *cobra.Command) {
	var set func(*model.Person) error
	command := &cobra.Command{
		Use:   "set " + app.T("PERSON"),
		Short: app.T("change what the roster says of somebody (coordinator)"),
		Example: `  tiendo person set hoa --email hoa@example.org
  tiendo person set hoa --role coordinator --reason "thay đồng chí Lan"`,
		PreRunE: anyFlag("name", "role", "unit", "email"),
		RunE: func(command *cobra.Command, args []string) error {
			return setOnRoster(command.Context(), app, model.Subject{Kind: model.SubjectPerson, ID: args[0]}, set)
		},
		ValidArgsFunction: app.offerFirst(people),
	}
	set = personFlags(app, command)
	parent.AddCommand(command)
}

func newCmdPersonRemove(app *App, parent *cobra.Command) {
	command := &cobra.Command{
		Use:     "remove " + app.T("PERSON"),
		Short:   app.T("take somebody off the roster (coordinator)"),
		Example: `  tiendo person remove hoa`,
		RunE: func(command *cobra.Command, args []string) error {
			return dropFromRoster[model.Person](command.Context(), app,
				model.Subject{Kind: model.SubjectPerson, ID: args[0]})
		},
		ValidArgsFunction: app.offerFirst(people),
	}
	parent.AddCommand(command)
	answersWithReason(app, command)
}

// newCmdPersonKey makes the commands about the SSH keys with which somebody comes in.
func newCmdPersonKey(app *App, parent *cobra.Command) {
	key := commandGroup(&cobra.Command{
		Use:     "key " + app.T("COMMAND"),
		Short:   app.T("the SSH keys of a person"),
		Example: `  tiendo person key add hoa --key-file hoa.pub`,
	})
	newCmdPersonKeyAdd(app, key)
	newCmdPersonKeyRemove(app, key)
	parent.AddCommand(key)
}

func newCmdPersonKeyAdd(app *App, parent *cobra.Command) {
	var keys keyFlags
	command := &cobra.Command{
		Use:   "add " + app.T("PERSON"),
		Short: app.T("give somebody an SSH key (coordinator; one's own where the roster lets people)"),
		Example: `  tiendo person key add hoa --key-file hoa.pub
  tiendo person key add hoa --key "ssh-ed25519 AAAA… hoa@van-phong"`,
		PreRunE: anyFlag("key", "key-file"),
		RunE: func(command *cobra.Command, args []string) error {
			more, err := keys.given(app)
			if err != nil {
				return err
			}
			return setOnRoster(command.Context(), app, model.Subject{Kind: model.SubjectPerson, ID: args[0]},
				func(person *model.Person) error {
					person.Keys = slices.Concat(person.Keys, more)
					return nil
				})
		},
		ValidArgsFunction: app.offerFirst(people),
	}
	keys.add(app, command.Flags())
	answersWithReason(app, command)
	parent.AddCommand(command)
}

func newCmdPersonKeyRemove(app *App, parent *cobra.Command) {
	command := &cobra.Command{
		Use:     "remove " + app.T("PERSON") + " " + app.T("FINGERPRINT"),
		Short:   app.T("take an SSH key from somebody (coordinator; one's own where the roster lets people)"),
		Example: `  tiendo person key remove hoa SHA256:Kj4…`,
		RunE: func(command *cobra.Command, args []string) error {
			return setOnRoster(command.Context(), app, model.Subject{Kind: model.SubjectPerson, ID: args[0]},
				func(person *model.Person) error { return removeKey(person, args[1]) })
		},
		ValidArgsFunction: app.offer(fingerprints),
	}
	answersWithReason(app, command)
	parent.AddCommand(command)
}

// removeKey takes the key away that a fingerprint names; its beginning is enough where it names one only.
func removeKey(person *model.Person, fingerprint string) error {
	var names []string
	var left, gone []string
	for _, key := range person.Keys {
		name := review.KeyName(key)
		names = append(names, name)
		if strings.HasPrefix(name, fingerprint) {
			gone = append(gone, key)
		} else {
			left = append(left, key)
		}
	}
	if len(gone) != 1 {
		return phrase.Refuse(phrase.Say("%s has no key that %s names", person.Name, fingerprint),
			phrase.Say("their keys: %s", phrase.List(names)))
	}
	person.Keys = left
	return nil
}

func checkRole(role string) error {
	if slices.Contains(model.Roles(), model.Role(role)) {
		return nil
	}
	return wrongUsage(phrase.Say("--role: there is no role %q", role), phrase.Say("want coordinator, staff or viewer"))
}

// readKeys reads public keys from a file, or with - from the input, a key to a line.
func readKeys(app *App, name string) ([]string, error) {
	none := phrase.Refuse(phrase.Say("%s is no file of public keys", name), phrase.Say("name the person's id_ed25519.pub"))
	var content []byte
	var err error
	switch {
	case name == "-" && app.system.Stdin != nil:
		content, err = io.ReadAll(io.LimitReader(app.system.Stdin, maxKeyFile))
	case name == "-" || app.visit != nil: // the files of the host are none of a visitor's business
		return nil, none
	default:
		content, err = readKeyFile(app, name, none)
	}
	if err != nil {
		return nil, err
	}
	if sshkey.Private(string(content)) {
		return nil, privateKey(name)
	}
	var keys []string
	for line := range strings.Lines(string(content)) {
		if line = oneLine(line); line != "" && !strings.HasPrefix(line, "#") {
			keys = append(keys, line)
		}
	}
	if len(keys) == 0 {
		return nil, none
	}
	return keys, nil
}

func readKeyFile(app *App, name string, none error) ([]byte, error) {
	if !filepath.IsAbs(name) {
		name = filepath.Join(app.system.Directory, name)
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxKeyFile {
		return nil, none
	}
	return os.ReadFile(name)
}

// privateKey refuses what must stay with its owner, without showing any of it.
func privateKey(source string) error {
	return phrase.Refuse(phrase.Say("%s: this is a private key, which nobody but its owner may have; nothing was written",
		source),
		phrase.Say("take the file that ends in .pub; if the private key has left its owner's computer, make a new pair"))
}
