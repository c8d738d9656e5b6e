// Package doctor looks for what is wrong with the machine, the repository and the
// data, says what to do about each, and mends what can be mended without a risk.
package doctor

import (
	"context"
	"slices"
	"time"

	"example.org/tiendo/model/history"
	"example.org/tiendo/model/machine"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
)

// State is how something was found.
type State string

// The states: all right, worth knowing, wrong, and wrong until it was mended just now.
const (
	Well   State = "ok"
	Note   State = "note"
	Wrong  State = "wrong"
	Mended State = "mended"
)

// Finding is one thing that was looked at.
type Finding struct {
	Check string // what was looked at, for scripts
	State State
	What  phrase.Sentence
	Do    phrase.Sentence // what a person can do; may be empty
	mend  func(ctx context.Context) error
	done  phrase.Sentence // what mend does, said when it is done
}

// Target is what is examined, and the means to do it; tests replace those.
type Target struct {
	Dir         string // the data folder, absolute
	Store       *store.Store
	Repository  *history.Repository // nil: the data are in no repository, or in none that can be used
	Without     error               // why there is no repository
	Program     string              // this program as git is told of it; "" when it cannot be
	NoProgram   error               // why
	Name, Email string              // of the user, as git knows them
	HostKey     string              // file of the key of the built-in SSH server
	Env         func(name string) (string, bool)
	Now         func() time.Time

	Access func(path string, write bool) error // nil when the user may
	// its kind; "" when it is not known or of no interest
	FileSystem func(path string) string
	Free       func(path string) (bytes uint64, known bool)                // how much the user may still write there
	Running    func(folders []string) (gits []machine.Process, known bool) // programs of git at work in these folders
}

// check looks at one thing. It never changes anything.
type check func(ctx context.Context) []Finding

// checks are in the order in which mending helps: a lock keeps commits from being made.
func (p *Target) checks() []check {
	return []check{
		p.git, p.repository, p.locks, p.leftovers, p.edits, p.past, p.drivers, p.trial, p.permissions, p.fileSystem, p.space,
		p.hostKey, p.clock, p.identity, p.data, p.terminal,
		p.choices,
	}
}

// Examine looks at everything and changes nothing.
func (p *Target) Examine(ctx context.Context) []Finding {
	var all []Finding
	for _, check := range p.checks() {
		all = append(all, check(ctx)...)
	}
	return all
}

// Fix looks at everything, mends what is safe, and looks again at what it mended.
func (p *Target) Fix(ctx context.Context) []Finding {
	var all []Finding
	for _, check := range p.checks() {
		found := check(ctx)
		var mended []Finding
		for _, finding := range found {
			if finding.mend == nil {
				continue
			}
			now := Finding{Check: finding.Check, State: Mended, What: finding.done}
			if err := finding.mend(ctx); err != nil {
				now = wrong(finding.Check, phrase.Say("this could not be fixed: %s", err), phrase.HintOf(err))
			}
			mended = append(mended, now)
		}
		if len(mended) > 0 {
			found = slices.Concat(mended, slices.DeleteFunc(check(ctx), func(f Finding) bool { return f.State == Well }))
		}
		all = append(all, found...)
	}
	return all
}

// Count is how many findings are in a state.
func Count(findings []Finding, state State) int {
	count := 0
	for _, finding := range findings {
		if finding.State == state {
			count++
		}
	}
	return count
}

// Mendable reports whether Mend would do something.
func Mendable(findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.mend != nil })
}

// fails is the finding that something could not be looked at.
func fails(check string, err error) []Finding {
	return []Finding{wrong(check, phrase.Say("this could not be looked at: %s", err), phrase.HintOf(err))}
}

func well(check string, what phrase.Sentence) []Finding {
	return []Finding{{Check: check, State: Well, What: what}}
}

// orWell is what was found, or that all is right where nothing was.
func orWell(found []Finding, check string, what phrase.Sentence) []Finding {
	if len(found) == 0 {
		return well(check, what)
	}
	return found
}

func wrong(check string, what, do phrase.Sentence) Finding {
	return Finding{Check: check, State: Wrong, What: what, Do: do}
}

func note(check string, what, do phrase.Sentence) Finding {
	return Finding{Check: check, State: Note, What: what, Do: do}
}

// refused is the finding that an error speaks of.
func refused(check string, err error) Finding {
	return wrong(check, phrase.Of(err), phrase.HintOf(err))
}

// ofProblem is the finding that a file says something wrong, or something to be warned of.
func ofProblem(check string, problem phrase.Problem) Finding {
	finding := wrong(check, phrase.Say("%s: %s", problem.Place(), problem.What), problem.Hint)
	if problem.Warning {
		finding.State = Note
	}
	return finding
}
