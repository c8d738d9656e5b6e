package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
)

// envPusher is the environment variable that stands for --pusher.
const envPusher = "TIENDO_PUSHER"

// maxObjections is how many reasons are listed: more help nobody.
const maxObjections = 50

func (p *program) newVerifyPush() *cobra.Command {
	pusher, carriers := "", []string{}
	command := &cobra.Command{
		Use: "verify-push",
		RunE: func(command *cobra.Command, args []string) error {
			if pusher == "" {
				pusher, _ = p.system.Env(envPusher)
			}
			who := review.Pusher{Name: pusher, Carrier: slices.Contains(carriers, pusher)}
			return p.runVerifyPush(command.Context(), args[0], args[1], args[2], who)
		},
		ValidArgsFunction: completeWords(),
	}
	p.describe(command, manual{
		short:     phrase.Say("judge a push, in an update hook of git"),
		long:      phrase.Say("On the server, hooks/update runs it with git's three arguments; with exit code 1 git takes nothing. A commit must be made by who pushes it. Staff change the record of their own unit only, and not while their report is accepted; the coordinator changes everything, and alone the plan, the roster and what lies outside of the data. Refused for everybody: rewritten or deleted branches, files that cannot be read or bring new errors, symbolic links, other repositories in the repository, files over 1 MiB. A merge is judged by what it decided itself; that of staff leaves out nothing that only somebody else has changed. Staff sign for nobody else and with no time to come, unless an undo puts back what stood there.\n\nWho may do what is read from the branch that the server shows as its HEAD, as it was before the push. Into an empty repository only a coordinator brings the plan.\n\n%s stands for --pusher. --data is the data folder within the repository.", envPusher),
		arguments: []argument{{name: phrase.Say("REFNAME")}, {name: phrase.Say("OLD")}, {name: phrase.Say("NEW")}},
		examples:  []string{`tiendo verify-push --pusher "$GL_USER" "$1" "$2" "$3"`},
	})
	p.stringFlag(command, command.Flags(), &pusher, "pusher", phrase.Say("PERSON"), phrase.Say("who pushes, as the server knows it: the id or the address on the roster"))
	p.listFlag(command, &carriers, "carrier", phrase.Say("PERSON"), phrase.Say("who may push commits of others, such as a host on which staff work over SSH; each is judged by the rights of its author"))
	return command
}

func (p *program) runVerifyPush(ctx context.Context, ref, before, after string, pusher review.Pusher) error {
	server, err := history.OpenServer(ctx, p.system.Directory, p.options.data, store.NewPast(""))
	if err != nil {
		return err
	}
	held, err := server.Held(ctx, after)
	if held != nil && held.Plan.Language != "" {
		p.speak(held.Plan.Language)
	}
	if err != nil {
		return err
	}
	if broken := model.RosterUnusable(held); broken != nil {
		return broken
	}
	push, err := server.Push(ctx, ref, before, after)
	if err != nil {
		return err
	}
	push.Now = p.system.Now()
	objections := review.JudgePush(held, pusher, push)
	hinted := map[string]bool{}
	for i, objection := range objections {
		if i == maxObjections {
			p.Out.Note(p.Words.T("… and %d more", len(objections)-i))
			break
		}
		if commit := objection.Commit; commit != nil {
			p.Out.Note("tiendo: " + p.Words.T("commit %s “%s”: %s", commit.Hash, commit.Title, objection.Reason))
		} else {
			p.Out.Note("tiendo: " + p.Words.Error(objection.Reason))
		}
		if hint := p.Words.Say(objection.Reason.Hint); !hinted[hint] { // one is enough for many commits
			hinted[hint] = true
			p.Hint(objection.Reason.Hint)
		}
	}
	if len(objections) > 0 {
		return errProblems
	}
	return nil
}
