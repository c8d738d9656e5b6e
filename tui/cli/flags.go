package cli

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/phrase"
)

// valueName is the annotation of a flag that says what help calls its value.
const valueName = "value"

// nameValue says what help calls the value of a flag.
func nameValue(flags *pflag.FlagSet, name, value string) {
	flags.Lookup(name).Annotations = map[string][]string{valueName: {value}}
}

// textFlag makes a flag for a text, which help calls value.
func textFlag(flags *pflag.FlagSet, target *string, name, value, usage string) {
	flags.StringVar(target, name, "", usage)
	nameValue(flags, name, value)
}

// listFlag makes a flag that can be given several times; commas belong to the value.
func listFlag(flags *pflag.FlagSet, target *[]string, name, value, usage string) {
	flags.StringArrayVar(target, name, nil, usage)
	nameValue(flags, name, value)
}

// fieldFlag is a flag for one field of a record, by the field's key.
type fieldFlag struct{ key, value, usage string }

// fieldFlags makes flags for fields of a record, a text or a day each. set gives a record what was typed; an empty
// value takes away what stood there.
func fieldFlags[T any](command *cobra.Command, fields []field.Field[T], flags ...fieldFlag) (set func(*T) error) {
	typed := make([]string, len(flags))
	for i, flag := range flags {
		textFlag(command.Flags(), &typed[i], flagOf(flag.key), flag.value, flag.usage)
	}
	return func(record *T) error {
		for i, flag := range flags {
			if !command.Flags().Changed(flagOf(flag.key)) {
				continue
			}
			value := strings.TrimSpace(typed[i])
			switch fact := field.Find(fields, flag.key).At(record).(type) {
			case *string:
				*fact = value
			case *calendar.Day:
				var day calendar.Day
				var err error
				if value != "" {
					day, err = parseDay("--"+flagOf(flag.key), value)
				}
				if err != nil {
					return err
				}
				*fact = day
			}
		}
		return nil
	}
}

// flagOf is the flag for a field.
func flagOf(key string) string { return strings.ReplaceAll(key, "_", "-") }

// anyFlag refuses a command that says nothing to change.
func anyFlag(names ...string) func(*cobra.Command, []string) error {
	return func(command *cobra.Command, _ []string) error {
		if slices.ContainsFunc(names, command.Flags().Changed) {
			return nil
		}
		return wrongUsage(phrase.Say("nothing to change is given"), phrase.Say("want one or more of %s",
			"--"+strings.Join(names, ", --")))
	}
}

// valueFlag makes a flag for a value with a check of its own.
func valueFlag(flags *pflag.FlagSet, target pflag.Value, name, value, usage string) {
	flags.Var(target, name, usage)
	nameValue(flags, name, value)
}

// checkArguments wants the arguments that a command names in its usage; those in brackets may be missing.
func checkArguments(wanted []string) cobra.PositionalArgs {
	return func(command *cobra.Command, args []string) error {
		several := len(wanted) > 0 && strings.HasSuffix(strings.TrimSuffix(wanted[len(wanted)-1], "]"), "…")
		if len(args) > len(wanted) && !several {
			return wrongUsage(phrase.Say("unexpected argument %q", args[len(wanted)]), seeHelp(command))
		}
		for _, missing := range wanted[min(len(args), len(wanted)):] {
			if !strings.HasPrefix(missing, "[") {
				return wrongUsage(phrase.Say("missing: %s", strings.TrimSuffix(missing, "…")), seeHelp(command))
			}
		}
		return nil
	}
}

// required refuses a command in which one of these flags is missing.
func required(flags ...string) func(*cobra.Command, []string) error {
	return func(command *cobra.Command, _ []string) error {
		for _, flag := range flags {
			if !command.Flags().Changed(flag) {
				return wrongUsage(phrase.Say("missing: %s", "--"+flag), seeHelp(command))
			}
		}
		return nil
	}
}

// flagError puts pflag's errors into the program's words.
func (app *App) flagError(command *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var noValue *pflag.ValueRequiredError
	var badValue *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return unknownFlag(command, unknown)
	case errors.As(err, &noValue):
		return wrongUsage(phrase.Say("%s needs a value", "--"+noValue.GetFlag().Name), seeHelp(command))
	case errors.As(err, &badValue):
		return wrongUsage(phrase.Say("%s: invalid value %q", "--"+badValue.GetFlag().Name, badValue.GetValue()),
			seeHelp(command))
	default:
		return wrongUsage(phrase.Say("the flags cannot be read: %s", err.Error()), seeHelp(command))
	}
}

func unknownFlag(command *cobra.Command, unknown *pflag.NotExistError) error {
	if short := unknown.GetSpecifiedShortnames(); short != "" {
		return wrongUsage(phrase.Say("there is no flag %s", "-"+unknown.GetSpecifiedName()), seeHelp(command))
	}
	var names []string
	command.Flags().VisitAll(func(flag *pflag.Flag) { names = append(names, flag.Name) })
	what := phrase.Say("there is no flag %s", "--"+unknown.GetSpecifiedName())
	near := phrase.Suggest(unknown.GetSpecifiedName(), names)
	if len(near) == 0 {
		return wrongUsage(what, seeHelp(command))
	}
	return wrongUsage(what, phrase.Say("did you mean %s?", "--"+strings.Join(near, ", --")))
}
