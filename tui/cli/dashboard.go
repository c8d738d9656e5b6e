package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/workspace"
	"example.org/tiendo/tui"
	"example.org/tiendo/tui/live"
	"example.org/tiendo/tui/reports"
	"example.org/tiendo/tui/terminal"
	"example.org/tiendo/tui/theme"
	"example.org/tiendo/tui/visit"
)

// framesPerSecond is how often the screen may be drawn anew. A key is answered
// with the next frame, so this is twice Bubble Tea's usual; nothing is sent when nothing changes.
const framesPerSecond = 120

// framesOverSSH is that for a visitor: an office full of dashboards shares the processors of one host.
const framesOverSSH = 30

// recoveryPatience is how long a start waits for another process that is writing
// before it leaves an earlier crash to the next change.
const recoveryPatience = time.Second

// runRoot is `tiendo` without a command: the dashboard, or text where there is no screen for it.
func runRoot(ctx context.Context, app *App) error {
	if app.Plain || !app.interactive() {
		return runStatus(ctx, app, "", false, false)
	}
	dir, shown, err := app.locate()
	if err != nil {
		return err
	}
	return app.dashboard(ctx, dir, shown)
}

// interactive reports whether there is a terminal that can show the dashboard.
func (app *App) interactive() bool {
	in, out, ok := app.terminalFiles()
	return ok && terminal.Interactive(in, out, app.env)
}

func (app *App) terminalFiles() (in, out *os.File, ok bool) {
	in, inOK := app.system.Stdin.(*os.File)
	out, outOK := app.system.Stdout.(*os.File)
	return in, out, inOK && outOK
}

// env is the environment as packages ask for it: "" is not set.
func (app *App) env(name string) string {
	value, _ := app.system.Env(name)
	return value
}

// runDashboard runs the dashboard on a data folder until the person leaves it.
func (app *App) runDashboard(ctx context.Context, dir, shown string) error {
	in, out, ok := app.terminalFiles()
	if !ok {
		return errors.New("the dashboard needs a terminal")
	}
	folder, person, notices, err := prepare(ctx, app, dir, shown)
	if err != nil {
		return err
	}
	screen := terminal.NewOutput(out)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	followed := live.New(folder.Store, folder.Campaign, folder.Day)
	followed.First = person.Unit
	var following sync.WaitGroup
	following.Go(func() { followed.Run(ctx) })
	var told live.Observer
	if app.visit != nil {
		told = app.visit.Told
	}
	options, data, end := dashboardOptions(ctx, folder, followed, told, person, app.env, screen)
	if len(app.unreadable) > 0 {
		first := app.unreadable[0]
		notices = append(notices, phrase.Say("%s: %s", first.Place(), first.What))
	}
	options.Words, options.Notices, options.Next = app.Words, notices, afterTheFirst(ctx, app, followed)
	if options.Theme, err = themeName(app); err != nil {
		return err
	}
	options.View, options.Mouse = app.choices[choices.View], app.choices[choices.Mouse] != choices.Off
	options.Sort = app.choices[choices.Sort]
	if app.visit == nil { // a guest's choices are not those of this account
		options.Keep = func(key choices.Key, value string) error { return choices.Keep(choices.File(app.env), key, value) }
	}
	if exchange := folder.Exchange(person, false); exchange != nil && app.visit == nil && folder.AsOfCommit == "" {
		options.Sync = data.Sync(ctx, exchange)
	}
	if app.visit == nil { // over SSH the file would lie where the person does not see it
		atHome(ctx, app, folder, &options, in, out)
	}
	ending := visit.NewEnding()
	input, frames := tea.WithInput(terminal.NewTTY(in)), framesPerSecond
	if app.visit != nil {
		following.Go(func() { visit.FollowVisitor(ctx, followed, person, app.visit.Key, ending) })
		defer app.visit.Limits.EndLongest(ending)()
		pressed, stopIdle := app.visit.Limits.EndIdle(ending)
		defer stopIdle()
		input, frames = tea.WithInput(visit.NewTTY(in, pressed)), framesOverSSH
	}
	// Bubble Tea restores the terminal after a panic, SIGINT and SIGTERM by itself, unless it is stuck.
	restore := terminal.Restorer(in, out)
	with := []tea.ProgramOption{input, tea.WithOutput(screen), tea.WithAltScreen(), tea.WithFPS(frames)}
	if options.Mouse {
		with = append(with, tea.WithMouseCellMotion())
	}
	program := tea.NewProgram(tui.New(options), with...)
	defer ending.OnSignals()()
	err = ending.Await(func() error {
		_, err := program.Run()
		return err
	}, program.Quit, visit.EndPatience)
	end()
	cancel()
	following.Wait()
	switch {
	case errors.Is(err, tea.ErrInterrupted):
		return nil
	case errors.Is(err, visit.ErrStuck):
		restore(visit.EndPatience / 10)
		return errProblems // there is nobody to hear more, or no way to say it
	case err != nil:
		return err
	}
	return farewell(app, ending.Given())
}

// atHome adds what is only for a person at their own machine: files that the program writes and an editor of theirs.
func atHome(ctx context.Context, app *App, folder *workspace.Workspace, options *tui.Options, in, out *os.File) {
	options.EditText = terminal.EditText(ctx, app.env, in, out)
	options.Papers.Folder = app.system.Directory
	options.Papers.Write = func(board *model.Board, format report.Format, name string) (reports.Written, error) {
		return exportHere(ctx, app, folder, board, format, name)
	}
}

// farewell says why the dashboard was ended, if it was not the person who did it.
func farewell(app *App, why *visit.Reason) error {
	if !why.Say.IsZero() {
		app.Out.Note("tiendo: " + app.Words.Say(why.Say))
	}
	if why.Failed {
		return errProblems
	}
	return nil
}

// afterTheFirst gives the newer pictures to a dashboard, which asks for one once its first stands.
func afterTheFirst(ctx context.Context, app *App, data *live.Data) func(after uint64) (live.Picture, error) {
	usual := sync.OnceFunc(func() { leaves(app, unusedUsually) })
	return func(after uint64) (live.Picture, error) {
		usual()
		return data.Next(ctx, after)
	}
}

// prepare opens and reads a data folder. What git has to be asked is asked while
// the files are read, because the first picture waits for both.
func prepare(ctx context.Context, app *App, dir,
	shown string) (*workspace.Workspace, model.Person, []phrase.Sentence, error) {
	leaves(app, unusedAtFirst)
	folder, err := app.openAt(ctx, dir, shown, true)
	if err != nil {
		return nil, model.Person{}, nil, err
	}
	var asking sync.WaitGroup
	var notices []phrase.Sentence
	var recovery error
	asking.Go(func() { folder.User() })
	asking.Go(func() {
		ctx, cancel := context.WithTimeout(ctx, recoveryPatience)
		defer cancel()
		notices, recovery = folder.Store.Recover(ctx)
	})
	if err = folder.LoadStarting(ctx); err == nil {
		err = app.settle(folder)
	}
	asking.Wait()
	if err != nil {
		return nil, model.Person{}, nil, err
	}
	if recovery != nil { // what could not be recovered now is tried again at the next change
		notices = append(notices, phrase.Say("an earlier change could not be recovered: %s", phrase.Of(recovery)))
	}
	person, err := app.person(folder)
	return folder, person, notices, err
}

// styles are those of a theme on a terminal, as its environment says what it can show.
func styles(name string, env func(string) string, out io.Writer) theme.Styles {
	colours := ""
	if name == theme.Plain {
		colours = "none"
	}
	return theme.New(terminal.NewRenderer(out, terminal.Profile(env, true, colours)), theme.Choose(name, env))
}

// dashboardOptions are the options of a dashboard that follow from its session's context, from the folder, who looks at
// it, and the terminal on which it is seen. Its changes go through the gate; end waits for those that are being
// written.
func dashboardOptions(ctx context.Context, f *workspace.Workspace, data *live.Data, told live.Observer,
	person model.Person, env func(string) string, out io.Writer) (options tui.Options, gate *live.Gate, end func()) {
	gate = live.NewGate(data, told)
	drafts := f.Drafts(person)
	options = tui.Options{
		Context:   ctx,
		Data:      gate,
		Person:    person,
		Next:      func(after uint64) (live.Picture, error) { return data.Next(ctx, after) },
		TodaySet:  f.TodaySet && f.Campaign.Plan.MadeUp.IsZero() && f.AsOf.IsZero(),
		Styles:    func(name string) theme.Styles { return styles(name, env, out) },
		Theme:     env(envTheme),
		ASCII:     !terminal.UTF8(env),
		Mouse:     true,
		NoHistory: f.NoHistory,
		Copy:      func(text string) error { return terminal.CopyTo(out, text, env) },
		CopyHint:  terminal.CopyHint(env),
		Papers:    reports.Papers{Make: func(board *model.Board) *report.Document { return f.Paper(ctx, board) }},
	}
	if record := f.Timeline(); record != nil {
		options.Record, options.Uncommitted, options.Authors = record, f.Uncommitted, record.LastChanges
		gate.Refuse = func(ctx context.Context, change model.Change) error {
			if !change.Subject.Kind.OnRoster() && !change.Subject.Kind.InPlan() {
				return nil
			}
			return unknownToGit(ctx, f, person)
		}
	}
	if f.Opened != nil {
		options.PlanSource = func() ([]byte, error) { return store.PlanSource(f.Opened) }
	}
	if open := f.Conflicts(); open != nil {
		options.Conflicts = gate.Conflicts(open)
	}
	if drafts != nil {
		options.Drafts = drafts
	}
	if edits := f.HandEdits(); edits != nil && told == nil { // a guest has not edited files of this host
		options.HandEdits = gate.HandEdits(edits)
	}
	return options, gate, func() {
		gate.Close()
		drafts.Close()
	}
}
