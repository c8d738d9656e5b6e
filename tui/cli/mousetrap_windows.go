package cli

import "github.com/spf13/cobra"

// A double click in the Explorer opens the dashboard; cobra would refuse it with a lecture.
func init() { cobra.MousetrapHelpText = "" }
