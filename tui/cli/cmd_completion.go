package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/phrase"
)

func newCmdCompletion(app *App) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion " + app.T("SHELL"),
		Short: app.T("print a script that completes commands and ids in a shell"),
		Example: `  source <(tiendo completion bash)
  tiendo completion zsh > ~/.zsh/completions/_tiendo
  tiendo completion fish > ~/.config/fish/completions/tiendo.fish`,
		RunE:              func(_ *cobra.Command, args []string) error { return runCompletion(app, args[0], shells) },
		ValidArgsFunction: completeWords(shells...),
	}
}

func runCompletion(app *App, shell string, shells []string) error {
	switch shell {
	case "bash":
		return app.root.GenBashCompletionV2(app.Out, true)
	case "zsh":
		return app.root.GenZshCompletion(app.Out)
	case "fish":
		return app.root.GenFishCompletion(app.Out, true)
	case "powershell":
		return app.root.GenPowerShellCompletionWithDesc(app.Out)
	default:
		return wrongUsage(phrase.Say("there is no completion for the shell %q", shell),
			phrase.Say("the shells are %s", strings.Join(shells, ", ")))
	}
}
