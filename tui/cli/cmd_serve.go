package cli

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/cobra"
	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui"
	"example.org/tiendo/tui/lang"
	"example.org/tiendo/tui/live"
	"example.org/tiendo/tui/serve"
	"example.org/tiendo/tui/visit"
)

// defaultListen is for the machine itself only: who wants others to reach it says so.
const defaultListen = "127.0.0.1:2222"

// serveOptions are the values of the flags of `tiendo serve`.
type serveOptions struct {
	listen, hostKey string
	limits          serve.Limits
}

func newCmdServe(app *App) *cobra.Command {
	options := serveOptions{limits: serve.DefaultLimits()}
	command := &cobra.Command{
		Use:   "serve",
		Short: app.T("let people in over SSH"),
		Example: `  tiendo serve
  tiendo serve --listen 0.0.0.0:2222 --host-key /var/lib/tiendo/host_key`,
		RunE: func(command *cobra.Command, _ []string) error {
			if err := checkServe(app, command, &options.limits); err != nil {
				return err
			}
			return runServe(command.Context(), app, &options)
		},
	}
	flags := command.Flags()
	textFlag(flags, &options.listen, "listen", app.T("ADDRESS"), app.T("where to listen (default %s)", defaultListen))
	textFlag(flags, &options.hostKey, "host-key", app.T("FILE"),
		app.T("the server's own key; it is made at the first start"))
	limitFlags(app, command, &options.limits)
	return command
}

// checkServe refuses flags that do not go together.
func checkServe(app *App, command *cobra.Command, limits *serve.Limits) error {
	switch small, large := limits.Smallest, limits.Largest; {
	case small.Width > large.Width || small.Height > large.Height:
		return wrongUsage(phrase.Say("%s is larger than %s", "--smallest", "--largest"), seeHelp(command))
	case app.flags.at != "":
		return wrongUsage(phrase.Say("serve shows the present; %s is not for it", "--at"),
			phrase.Say("`tiendo --at REV` shows the past on your own screen"))
	}
	return nil
}

func runServe(ctx context.Context, app *App, options *serveOptions) error {
	app.letsIn = true
	folder, err := app.load(ctx)
	if err != nil {
		return err
	}
	if err := model.RosterUnusable(folder.Campaign); err != nil {
		return err
	}
	if _, err := app.knownToGit(ctx, folder); err != nil {
		return err
	}
	hostKey, err := hostKeyFile(app, options.hostKey, folder)
	if err != nil {
		return err
	}
	notices, err := folder.Store.Recover(ctx)
	if err != nil {
		return err
	}
	for _, notice := range notices {
		app.Out.Note(app.Words.Say(notice))
	}
	if folder.NoHistory != nil {
		app.Out.Note(app.Words.Error(folder.NoHistory))
		app.Hint(phrase.HintOf(folder.NoHistory))
	}
	leaves(app, unusedUsually)
	service := &service{program: app, folder: folder, data: live.New(folder.Store, folder.Campaign, folder.Day)}
	if len(service.people()) == 0 {
		return phrase.Refuse(phrase.Say("nobody on the roster has an SSH key, so nobody could come in"),
			phrase.Say("add one: `tiendo person add` with --key"))
	}
	server, err := serve.New(serve.Options{
		HostKey: hostKey, Identify: service.identify, NoLongerWelcome: service.noLongerWelcome,
		Dashboard: service.newDashboard, Command: service.runCommand,
		Words: service.words, Limits: options.limits, Log: app.system.Stderr, Now: app.system.Now,
	})
	if err != nil {
		return err
	}
	address := cmp.Or(options.listen, defaultListen)
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return &phrase.Refusal{What: phrase.Say("cannot listen on %s", address),
			Hint: phrase.Say("choose another address with --listen; ports below 1024 belong to the system"), Err: err}
	}
	app.Out.Line(app.T("listening on %s", listener.Addr().String()))
	app.Out.Line(app.T("the key of this server: %s", ssh.FingerprintSHA256(server.HostKey())))
	if err := app.Out.Flush(); err != nil {
		return errors.Join(err, listener.Close())
	}
	return service.run(ctx, server, listener)
}

// service connects the SSH server with one data folder. All sessions share what is read of it.
type service struct {
	program *App
	folder  *workspace.Workspace
	data    *live.Data
	ring    atomic.Pointer[keyring]
}

// keyring is who may come in, as one roster says.
type keyring struct {
	roster *model.Roster
	people map[string]model.Person // by fingerprint
}

// run serves until the context ends, and follows the data meanwhile.
func (s *service) run(ctx context.Context, server *serve.Server, listener net.Listener) error {
	following, stop := context.WithCancel(context.WithoutCancel(ctx))
	var all sync.WaitGroup
	all.Go(func() { s.data.Run(following) })
	all.Go(func() { s.followRoster(following, server) })
	err := server.Serve(ctx, listener)
	stop()
	all.Wait()
	return err
}

// followRoster tells the server when people, their rights or their keys may have changed.
func (s *service) followRoster(ctx context.Context, server *serve.Server) {
	known := s.data.Picture()
	for {
		picture, err := s.data.Next(ctx, known.Number)
		if err != nil {
			return
		}
		if picture.Roster != known.Roster {
			server.RosterChanged()
		}
		known = picture
	}
}

// people is who may come in now.
func (s *service) people() map[string]model.Person {
	roster := s.data.Picture().Roster
	if ring := s.ring.Load(); ring != nil && ring.roster == roster {
		return ring.people
	}
	ring := &keyring{roster: roster, people: map[string]model.Person{}}
	for _, key := range visit.Keys(roster) {
		ring.people[key.Fingerprint] = *roster.Person(key.Person) // the loader has left out a key that appears twice
	}
	s.ring.Store(ring)
	return ring.people
}

func (s *service) identify(key ssh.PublicKey) (model.Person, bool) {
	person, ok := s.people()[ssh.FingerprintSHA256(key)]
	return person, ok
}

func (s *service) noLongerWelcome(login serve.Login) *visit.Reason {
	return visit.NoLongerWelcome(s.data.Picture().Roster, login.Person, login.Fingerprint)
}

// words is the language of a client: the one that it asks for, or else the plan's.
func (s *service) words(env func(string) string) lang.Words {
	language := phrase.Language(env(envLang))
	if language != phrase.Vietnamese && language != phrase.English {
		language = s.data.Picture().Board.Campaign.Plan.Language
	}
	return lang.In(language)
}

// newDashboard makes the dashboard of one session.
func (s *service) newDashboard(ctx context.Context, client serve.Client) (tea.Model, func(), error) {
	options, _, end := dashboardOptions(ctx, s.folder, s.data, logChange(client), client.Login.Person, client.Env,
		client.Output)
	options.Words = s.words(client.Env)
	return tui.New(options), end, nil
}

// logChange logs what the person of a session changes, or tries to change.
func logChange(client serve.Client) live.Observer {
	return func(change model.Change, receipt model.Receipt, err error) {
		if event, attributes := visit.ChangeEvent(change, receipt, err); event != "" {
			client.Note(event, attributes...)
		}
	}
}

// runCommand answers a command line of one session, as it would be answered through OpenSSH.
func (s *service) runCommand(ctx context.Context, client serve.Client, line string,
	streams serve.Streams) (exit int, refused []slog.Attr) {
	return s.program.answerVisit(ctx, visit.Visit{
		Person: client.Login.Person.ID, Key: client.Login.Fingerprint, Dir: s.folder.Dir, Line: line, Env: client.Env,
		Stdin: streams.In, Stdout: streams.Out, Stderr: streams.Err,
		Told: logChange(client), Denied: func(why error) { client.Note("refused", visit.Denied(why)) },
	})
}

// hostKeyFile is where the server's key lies: as given, or in the user's own configuration.
func hostKeyFile(app *App, given string, folder *workspace.Workspace) (string, error) {
	path := given
	if given == "" {
		config, err := os.UserConfigDir()
		if err != nil {
			return "", &phrase.Refusal{What: phrase.Say("there is no place for the server's key"),
				Hint: phrase.Say("name a file with --host-key"), Err: err}
		}
		path = filepath.Join(config, workspace.ProgramName, "host_key")
	}
	if folder.Keeps(app.absolute(path)) {
		return "", phrase.Refuse(phrase.Say("the host key %s would lie among the files that git keeps", path),
			phrase.Say("whoever has the files could then pose as the server: name a file elsewhere with --host-key"))
	}
	return path, nil
}
