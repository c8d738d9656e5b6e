package cli

import (
	"github.com/spf13/cobra"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/serve"
	"example.org/tiendo/tui/visit"
)

func defaultStay() visit.Limits {
	limits := serve.DefaultLimits()
	return visit.Limits{Idle: limits.Idle, Longest: limits.Longest}
}

// stayFlags makes a flag for each, as those of `tiendo serve` are.
func (p *program) stayFlags(command *cobra.Command, s *visit.Limits) {
	*s = defaultStay()
	p.limitFlag(command, (*durationLimit)(&s.Idle), "idle", phrase.Say("TIME"), phrase.Say("how long a session lasts without a key"))
	p.limitFlag(command, (*durationLimit)(&s.Longest), "longest", phrase.Say("TIME"), phrase.Say("how long a session lasts at most"))
}
