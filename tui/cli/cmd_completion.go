package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"example.org/tiendo/model/phrase"
)

func (p *program) newCompletion() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	command := &cobra.Command{
		Use:               "completion",
		RunE:              func(_ *cobra.Command, args []string) error { return p.runCompletion(args[0], shells) },
		ValidArgsFunction: completeWords(shells...),
	}
	p.describe(command, manual{
		short:     phrase.Say("print a script that completes commands and ids in a shell"),
		long:      phrase.Say("The shells are bash, zsh, fish and powershell. The script is to be read when the shell starts."),
		arguments: []argument{{name: phrase.Say("SHELL")}},
		examples: []string{
			"source <(tiendo completion bash)",
			"tiendo completion zsh > ~/.zsh/completions/_tiendo",
			"tiendo completion fish > ~/.config/fish/completions/tiendo.fish",
		},
	})
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
