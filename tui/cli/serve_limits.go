package cli

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"example.org/tiendo/tui/serve"
)

// limitFlags makes a flag for each limit of the server. What sshd_config has, too, has its name there.
func limitFlags(app *App, command *cobra.Command, limits *serve.Limits) {
	flags, duration, number, size := command.Flags(), app.T("TIME"), app.T("N"), app.T("COLSxROWS")
	span := func(target *time.Duration, name, usage string) {
		valueFlag(flags, (*durationLimit)(target), name, duration, usage)
	}
	count := func(target *int, name, usage string) {
		valueFlag(flags, (*countLimit)(target), name, number, usage)
	}
	span(&limits.LoginGraceTime, "login-grace-time", app.T("time for a login"))
	count(&limits.MaxAuthTries, "max-auth-tries",
		app.T("keys not on the roster that one connection may offer, and failed logins on it"))
	valueFlag(flags, (*startupsLimit)(&limits.MaxStartups), "max-startups", app.T("START:RATE:FULL"),
		app.T("connections without login: from START on RATE per cent of new ones are refused, rising to all at FULL"))
	count(&limits.PerSourceMaxStartups, "per-source-max-startups",
		app.T("connections of one address without login; an office may share one"))
	count(&limits.Connections, "connections", app.T("connections that have logged in, of all people together"))
	count(&limits.Person, "person", app.T("connections of one person"))
	count(&limits.MaxSessions, "max-sessions", app.T("sessions on one connection"))
	count(&limits.Environment, "environment", app.T("variables that a client may set"))
	valueFlag(flags, (*windowLimit)(&limits.Smallest), "smallest", size, app.T("the smallest window"))
	valueFlag(flags, (*windowLimit)(&limits.Largest), "largest", size, app.T("the largest window"))
	sessionLimitFlags(app, command, &limits.Limits)
	span(&limits.ClientAliveInterval, "client-alive-interval", app.T("how often a client is asked whether it is there"))
	span(&limits.Write, "write", app.T("how long a client may leave output unread"))
	span(&limits.Farewell, "farewell", app.T("how long the server waits for sessions when it stops"))
	earlier := map[string]string{
		"handshake": "login-grace-time", "passphrase": "login-grace-time", "tries": "max-auth-tries",
		"strangers": "per-source-max-startups", "sessions": "max-sessions", "alive": "client-alive-interval",
	}
	for name, now := range earlier {
		flag := *flags.Lookup(now)
		flag.Name, flag.Hidden = name, true
		flags.AddFlag(&flag)
	}
}

// durationLimit is a time above nothing, as 90s, 30m or 12h.
type durationLimit time.Duration

// String writes it without needless zeros.
func (d *durationLimit) String() string {
	short := time.Duration(*d).String()
	if strings.HasSuffix(short, "m0s") {
		short = strings.TrimSuffix(short, "0s")
	}
	if strings.HasSuffix(short, "h0m") {
		short = strings.TrimSuffix(short, "0m")
	}
	return short
}

// Set reads it.
func (d *durationLimit) Set(value string) error {
	span, err := time.ParseDuration(value)
	if err == nil && span <= 0 {
		err = errNoLimit
	}
	*d = durationLimit(span)
	return err
}

// Type is for cobra.
func (d *durationLimit) Type() string { return "duration" }

// countLimit is a number from 1.
type countLimit int

// String writes it.
func (c *countLimit) String() string { return strconv.Itoa(int(*c)) }

// Set reads it.
func (c *countLimit) Set(value string) error {
	count, err := strconv.Atoi(value)
	if err == nil && count <= 0 {
		err = errNoLimit
	}
	*c = countLimit(count)
	return err
}

// Type is for cobra.
func (c *countLimit) Type() string { return "number" }

// windowLimit is the size of a window, as 80x24.
type windowLimit serve.Window

// String writes it.
func (w *windowLimit) String() string { return fmt.Sprintf("%dx%d", w.Width, w.Height) }

// Set reads it.
func (w *windowLimit) Set(value string) error {
	width, height, _ := strings.Cut(value, "x")
	return errors.Join((*countLimit)(&w.Width).Set(width), (*countLimit)(&w.Height).Set(height))
}

// Type is for cobra.
func (w *windowLimit) Type() string { return "size" }

// startupsLimit is start:rate:full as in sshd_config, or one number from which all are refused.
type startupsLimit serve.Startups

// String writes it.
func (s *startupsLimit) String() string { return fmt.Sprintf("%d:%d:%d", s.Start, s.Rate, s.Full) }

// Set reads it.
func (s *startupsLimit) Set(value string) error {
	start, rest, several := strings.Cut(value, ":")
	rate, full, _ := strings.Cut(rest, ":")
	if !several {
		rate, full = "100", start
	}
	err := errors.Join((*countLimit)(&s.Start).Set(start), (*countLimit)(&s.Rate).Set(rate),
		(*countLimit)(&s.Full).Set(full))
	if err == nil && (s.Rate > 100 || s.Start > s.Full) {
		err = errNoLimit
	}
	return err
}

// Type is for cobra.
func (s *startupsLimit) Type() string { return "startups" }

// errNoLimit refuses what is out of range; pflag puts it into its own words.
var errNoLimit = errors.New("out of range")
