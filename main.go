// Command tiendo follows the progress of a campaign plan in the terminal.
package main

import (
	"embed"
	"fmt"
	"os"

	"example.org/tiendo/tui/cli"
	_ "example.org/tiendo/tui/terminal/quiet" // before Bubble Tea, which would ask the terminal questions at its start
)

// data is the plan as `tiendo init` and `tiendo demo` lay it out.
//
//go:embed all:data
var data embed.FS

func main() {
	directory, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(os.Stderr, "tiendo:", err)
		directory = string(os.PathSeparator)
	}
	os.Exit(cli.Main(cli.System{
		Args: os.Args[1:], Env: os.LookupEnv, Directory: directory,
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Data: data,
	}))
}
