package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/phrase"
)

func (p *program) newCompletion() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	command := &cobra.Command{
		Use:   "completion " + p.Words.T("SHELL"),
		Short: p.Words.T("print a script that completes commands and ids in a shell"),
		Example: `  source <(tiendo completion bash)
  tiendo completion zsh > ~/.zsh/completions/_tiendo
  tiendo completion fish > ~/.config/fish/completions/tiendo.fish`,
		RunE:              func(_ *cobra.Command, args []string) error { return p.runCompletion(args[0], shells) },
		ValidArgsFunction: completeWords(shells...),
	}
	return command
}

func (p *program) runCompletion(shell string, shells []string) error {
	switch shell {
	case "bash":
		return p.root.GenBashCompletionV2(p.Out, true)
	case "zsh":
		return p.root.GenZshCompletion(p.Out)
	case "fish":
		return p.root.GenFishCompletion(p.Out, true)
	case "powershell":
		return p.root.GenPowerShellCompletionWithDesc(p.Out)
	default:
		return wrongUsage(phrase.Say("there is no completion for the shell %q", shell), phrase.Say("the shells are %s", strings.Join(shells, ", ")))
	}
}
