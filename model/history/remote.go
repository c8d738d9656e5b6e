package history

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model/history/gitfiles"
	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/history/trouble"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// fetchedRefs is where the marks of reviewers lie as the remote has them.
const fetchedRefs = "refs/tiendo/fetched-review/"

// syncedRefs is where what was last exchanged with each branch of a remote lies. Git's own
// remote-tracking branch moves with every plain git fetch, also to a history that was rewritten.
const syncedRefs = "refs/tiendo/synced/"

// hangUp is how long git's helpers may go on after git itself was ended.
const hangUp = 2 * time.Second

// upstream is the branch with which the branch of this clone exchanges.
type upstream struct {
	branch   string // of this clone, refs/heads/…
	head     string // its commit
	remote   string // as git knows it
	ref      string // the branch there, refs/heads/…
	tracking string // where git keeps what was last seen of it, refs/remotes/…
	seen     string // its commit; "" when it has never been seen
	synced   string // its commit as of the last exchange; "" before the first one
	// ahead and behind count the commits that only this clone has, and those that only the remote has, where counted says
	// that they could be counted.
	ahead, behind int
	counted       bool
	reviewed      map[string]string
	fetched       map[string]string // as reviewed, on the remote
}

// shown is the remote's branch as people know it.
func (u *upstream) shown() string {
	return strings.TrimPrefix(strings.TrimPrefix(u.tracking, "refs/remotes/"), "refs/heads/")
}

// upstream finds out the remote of a branch, "" for the one that is checked out, how far they are apart, and the marks
// of reviewers.
func (r *Repository) upstream(ctx context.Context, branch string) (*upstream, error) {
	if u := r.plainUpstream(branch); u != nil {
		return u, nil
	}
	u := newUpstream(branch)
	const format = "%(HEAD)%(refname)%00%(objectname)%00%(upstream)%00%(upstream:remotename)%00%(upstream:remoteref)%00"
	track := "%(upstream:track,nobracket)"
	if branch == "" { // the commits are counted for one branch only
		track = "%(if)%(HEAD)%(then)" + track + "%(end)"
	}
	out, err := r.run(ctx, nil, nil, "for-each-ref", "--format="+format+track,
		cmp.Or(branch, strings.TrimSuffix(headsPath, "/")), "refs/tiendo", "refs/remotes")
	if err != nil {
		return nil, err
	}
	commits := map[string]string{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\x00")
		if len(fields) < 6 {
			continue
		}
		name := fields[0][1:]
		commits[name] = fields[1]
		if branch == "" && fields[0][0] == '*' {
			u.branch = name
		}
		if name == u.branch {
			u.tracking, u.remote, u.ref = fields[2], fields[3], fields[4]
			u.count(fields[5])
		}
	}
	if u.take(commits); u.head == "" {
		return nil, phrase.Refuse(phrase.Say("nothing is committed here yet"),
			phrase.Say("`git clone` the repository that the others use, or make the first commit"))
	}
	if u.tracking == "" || u.remote == "" || u.ref == "" {
		return nil, r.noRemote(ctx, text.Line(strings.TrimPrefix(u.branch, "refs/heads/")))
	}
	return u, nil
}

func newUpstream(branch string) *upstream {
	return &upstream{branch: branch, reviewed: map[string]string{}, fetched: map[string]string{}}
}

// count takes over how far head and seen are apart, in git's words: "ahead 1, behind 2", "gone", or nothing.
func (u *upstream) count(said string) {
	for words := range strings.SplitSeq(said, ", ") {
		side, number, _ := strings.Cut(words, " ")
		switch count, _ := strconv.Atoi(number); side {
		case "ahead":
			u.ahead = count
		case "behind":
			u.behind = count
		}
	}
	u.counted = u.ahead+u.behind > 0
}

// plainUpstream is upstream without a start of git: nil where it does not lie there plainly, and where more than a few
// commits have to be counted.
func (r *Repository) plainUpstream(branch string) *upstream {
	if branch == "" {
		name, err := filepath.Rel(r.gitDir, r.branchFile())
		if err != nil {
			return nil
		}
		branch = filepath.ToSlash(name)
	}
	var known bool
	u := newUpstream(branch)
	if u.remote, u.ref, u.tracking, known = gitfiles.Follows(r.gitDir, branch); !known {
		return nil
	}
	const replaced = "refs/replace" // commits that stand for others: git knows how
	commits, known := gitfiles.Refs(r.gitDir, "refs/heads", "refs/tiendo", "refs/remotes", replaced)
	for name, commit := range commits {
		known = known && isID(commit) && !strings.HasPrefix(name, replaced)
	}
	if u.take(commits); !known || u.head == "" || u.seen == "" {
		return nil
	}
	if u.ahead, u.behind, u.counted = r.loose().Apart(u.head, u.seen); !u.counted {
		return nil
	}
	return u
}

// take takes over what names stand for.
func (u *upstream) take(commits map[string]string) {
	for name, commit := range commits {
		if mark, is := strings.CutPrefix(name, review.ReviewRefs); is {
			u.reviewed[mark] = commit
		} else if mark, is := strings.CutPrefix(name, fetchedRefs); is {
			u.fetched[mark] = commit
		}
	}
	u.head, u.seen, u.synced = commits[u.branch], commits[u.tracking], commits[u.note()]
}

// note is where what was last exchanged with the remote's branch lies.
func (u *upstream) note() string { return syncedRefs + u.shown() }

// HasRemote reports whether the history can go to another repository.
func (r *Repository) HasRemote(ctx context.Context) bool {
	out, err := r.run(ctx, nil, nil, "remote")
	return err == nil && len(out) > 0
}

// noRemote says that a branch is exchanged with no remote, and how that begins: where there is
// none yet it has to be added first.
func (r *Repository) noRemote(ctx context.Context, branch string) error {
	what, names := phrase.Say("this branch exchanges with no remote"), []string(nil)
	if out, err := r.run(ctx, nil, nil, "remote"); err == nil {
		names = strings.Fields(text.Text(string(out)))
	}
	switch {
	case len(names) == 0:
		return phrase.Refuse(what, phrase.Say(
			"there is no remote yet; once: git remote add origin URL, then: git push --set-upstream origin %s", branch))
	case slices.Contains(names, "origin"):
		return phrase.Refuse(what, phrase.Say("tell git once which one: git push --set-upstream %s %s", "origin", branch))
	}
	return phrase.Refuse(what, phrase.Say("tell git once which one: git push --set-upstream %s %s", names[0], branch))
}

// onNetwork runs git where it may have to wait for another machine.
func (r *runner) onNetwork(ctx context.Context, mayAsk bool, args ...string) (out []byte, words string, err error) {
	command := gitrun.Command(ctx, r.top, nil, args...)
	command.WaitDelay = hangUp
	users := []string{"GIT_SSH", "GIT_SSL_", "GIT_HTTP_", "GIT_PROXY_"} // how to reach the remote is the user's to say
	if mayAsk {
		command.Env = append(command.Env, "GIT_TERMINAL_PROMPT=1")
		users = append(users, "GIT_TERMINAL_PROMPT=", "GIT_ASKPASS=")
	}
	for _, variable := range os.Environ() {
		if slices.ContainsFunc(users, func(kept string) bool { return strings.HasPrefix(variable, kept) }) {
			command.Env = append(command.Env, variable)
		}
	}
	if !mayAsk { // a question would go to the terminal, on which there is a dashboard or nobody
		command.Env = append(command.Env, "SSH_ASKPASS_REQUIRE=force", "SSH_ASKPASS=false", "GIT_ASKPASS=false")
	}
	var stdout, complaint bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &complaint
	begun := r.begin()
	if err = command.Start(); err == nil {
		begun.by(command.Process.Pid)
		err = command.Wait()
	}
	if err == nil || gitrun.ExitCode(err) >= 0 {
		r.end(begun)
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return stdout.Bytes(), withoutSecrets(complaint.String()), err
}

// withoutSecrets takes the credentials out of addresses: git shows a token that stands there as a name.
func withoutSecrets(words string) string {
	return regexp.MustCompile(`://[^/@\s]+@`).ReplaceAllString(words, "://")
}

// shownRemote is the remote as people know it; git also takes an address for its name.
func (u *upstream) shownRemote() string { return text.Line(withoutSecrets(u.remote)) }

// fetch gets what the remote's branch holds, and the marks of reviewers; news is whether there may be any. The branch
// is never moved back: whoever has rewritten the history there must say so to people.
func (r *Repository) fetch(ctx context.Context, u *upstream, mayAsk bool) (news bool, err error) {
	words := ""
	err = r.patiently(ctx, func() (err error) {
		_, words, err = r.onNetwork(ctx, mayAsk, "fetch", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head",
			"--refmap=", "--", u.remote,
			u.ref+":"+u.tracking, "+"+review.ReviewRefs+"*:"+fetchedRefs+"*", "+"+arrivalsRef+"*:"+arrivalsRef+"*")
		if err != nil {
			err = &gitrun.Error{Command: "fetch", Words: text.Line(words), Err: err}
		}
		return err
	})
	_, vain := errors.AsType[*phrase.Refusal](err)
	switch {
	case err == nil:
		return words != "", nil // git names every ref that it moves
	case ctx.Err() != nil:
		return false, ctx.Err()
	case vain: // a lock that nobody takes away
		return false, err
	case strings.Contains(words, "couldn't find remote ref"):
		if u.seen == "" { // an empty repository: the first to send makes the branch
			return true, nil
		}
		return false, u.goneThere()
	case strings.Contains(words, "non-fast-forward"):
		return false, u.rewritten()
	}
	return false, u.failed("fetch", words, err)
}

func (u *upstream) goneThere() error {
	return phrase.Refuse(phrase.Say("%s does not exist any more on the remote; nothing has changed here", u.shown()),
		phrase.Say("ask whoever looks after it; tiendo does not recreate it by itself"))
}

func (u *upstream) rewritten() error {
	return phrase.Refuse(phrase.Say("the history of %s was rewritten on the remote; nothing has changed here", u.shown()),
		phrase.Say("ask who did it and why: tiendo never overwrites what others have sent, nor sends again what they have "+
			"removed"))
}

// checkRewritten refuses when this clone holds commits that the remote had at the last
// exchange and has no more: merged, they would be sent again, although somebody took them away.
func (s *exchange) checkRewritten(ctx context.Context) error {
	u := s.upstream
	switch {
	case u.synced == "" || u.synced == u.seen:
		return nil
	case u.seen == "":
		return u.goneThere()
	}
	if common, err := s.mergeBases(ctx, u.head, u.seen); err != nil || len(common) == 0 {
		return err // another repository: the merge says so
	}
	shared, err := s.mergeBases(ctx, u.head, u.synced)
	if err != nil {
		return err
	}
	for _, commit := range shared {
		if _, err := s.run(ctx, nil, nil, "merge-base", "--is-ancestor", commit, u.seen); err != nil {
			if gitrun.ExitCode(err) == 1 {
				return u.rewritten()
			}
			return err
		}
	}
	return nil
}

// mergeBases are the last states that some commits have in common, at which they parted.
func (r *runner) mergeBases(ctx context.Context, commits ...string) ([]string, error) {
	arguments := []string{"merge-base", "--all"}
	if len(commits) > 2 {
		arguments = append(arguments, "--octopus")
	}
	out, err := r.run(ctx, nil, r.hook, append(arguments, commits...)...)
	if err != nil && gitrun.ExitCode(err) != 1 { // 1: there is none
		return nil, err
	}
	return strings.Fields(string(out)), nil
}

// remember notes what the remote's branch is known to have, for checkRewritten.
func (s *exchange) remember(ctx context.Context) error {
	if s.agreed == "" || s.agreed == s.upstream.synced {
		return nil
	}
	_, err := s.change(ctx, nil, nil, "update-ref", "-m", "tiendo: synced", s.upstream.note(), s.agreed)
	return err
}

// errOvertaken says that somebody else has sent something in between.
var errOvertaken = errors.New("somebody else was faster")

// push sends a commit to the remote's branch, if that moves it forward.
func (r *Repository) push(ctx context.Context, u *upstream, commit string, mayAsk bool) error {
	out, words, err := r.onNetwork(ctx, mayAsk, "push", "--porcelain", "--no-follow-tags", "--no-recurse-submodules", "--",
		u.remote, commit+":"+u.ref)
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var refused strings.Builder
	for line := range strings.Lines(string(out)) {
		if _, status, is := strings.Cut(line, "\t["); is && strings.HasPrefix(line, "!") {
			refused.WriteString("[" + status)
		}
	}
	why := refused.String() + words
	hooked, known := trouble.Says(why, "hook declined"), trouble.In(why) != nil
	overtaken := trouble.Says(why, "fetch first", "non-fast-forward", "failed to update ref", "cannot lock ref",
		"incorrect old value", "stale info", "needs force")
	switch {
	case hooked, !known && !overtaken && trouble.Says(why, "rejected]"):
		return refusedThere(u.shownRemote(), why)
	case known, !overtaken:
		return u.failed("push", why, err)
	case trouble.IsLock(why): // of somebody who is sending, or of a git that was killed
		return errors.Join(errOvertaken, u.lockedThere(why, err))
	}
	return errOvertaken
}

// refusedThere says why a remote has refused: in the words of its hook, where there is one
// that speaks, else in git's last words.
func refusedThere(remote, words string) error {
	refused := &phrase.Refusal{
		What: phrase.Say("%s refuses what is sent; nothing has changed here", remote),
		Hint: phrase.Say("ask whoever looks after it what it wants; the changes wait here"),
	}
	said, hint := hookWords(words)
	switch last := trouble.LastWords(words); {
	case len(said) > 0:
		refused.Err = errors.New(strings.Join(said, " · "))
	case last != "":
		refused.Err = errors.New(last)
	default:
		refused.What = phrase.Say("%s refuses what is sent and gives no reason; nothing has changed here", remote)
	}
	if hint != "" {
		refused.Hint = phrase.Say("%s; the changes wait here", hint)
	}
	return refused
}

// maxSaid is how many lines of a hook are repeated.
const maxSaid = 5

// hookWords are the lines that a hook on the server has written: those of tiendo's own hook
// and its hint, where it is that one, else all.
func hookWords(words string) (said []string, hint string) {
	own := false
	for line := range strings.Lines(words) {
		line, remote := strings.CutPrefix(line, "remote:")
		line = text.Line(strings.TrimSpace(line))
		if !remote || line == "" || strings.HasPrefix(line, "error: hook declined") {
			continue
		}
		reason, is := strings.CutPrefix(line, "tiendo: ")
		switch {
		case is && !own:
			own, said = true, []string{reason}
		case own && !is:
			if hint == "" {
				hint = strings.TrimPrefix(strings.TrimPrefix(line, "hint: "), "gợi ý: ")
			}
		case len(said) < maxSaid:
			said = append(said, reason)
		case len(said) == maxSaid:
			said = append(said, "…")
		}
	}
	return said, hint
}

// exchangeReviewed brings the marks of reviewers forward, here and on the remote. They
// are a help and no data, so that failures are left for the next time.
func (r *Repository) exchangeReviewed(ctx context.Context, u *upstream, mayAsk bool) {
	ahead := func(of, than string) bool {
		_, err := r.run(ctx, nil, nil, "merge-base", "--is-ancestor", than, of)
		return err == nil
	}
	for mark, there := range u.fetched {
		here := u.reviewed[mark]
		if here != there && (here == "" || ahead(there, here)) {
			_, _ = r.change(ctx, nil, nil, "update-ref", "-m", "tiendo: reviewed", review.ReviewRefs+mark, there)
		}
	}
	var send []string
	for mark, here := range u.reviewed {
		there := u.fetched[mark]
		if here != there && (there == "" || ahead(here, there)) {
			send = append(send, here+":"+review.ReviewRefs+mark)
		}
	}
	if len(send) > 0 {
		_, _, _ = r.onNetwork(ctx, mayAsk, append([]string{"push", "--porcelain", "--no-follow-tags", "--", u.remote},
			send...)...)
	}
}

// failed says why an exchange failed, in the words of those who know.
func (u *upstream) failed(command, words string, err error) error {
	reason := &gitrun.Error{Command: command, Words: trouble.LastWords(words), Err: err}
	if failed, is := errors.AsType[*gitrun.Error](err); is { // of a fetch
		reason.Err = failed.Err
	}
	if reason.Words == "" { // it has said nothing else
		reason.Words = strings.Join(trouble.Farewells(words), " · ")
	}
	known := trouble.In(words)
	if known != nil {
		reason.Words = strings.Join(known.Reasons(words), " · ")
	}
	if known == nil || known.Here {
		if own, is := errors.AsType[*phrase.Refusal](reason.Explained()); is {
			return own
		}
		return &phrase.Refusal{
			What: phrase.Say("the exchange with %s failed", u.shownRemote()), Err: reason,
			Hint: phrase.Say("`git fetch` in a terminal may tell more; show it to whoever looks after the remote; the changes " +
				"wait here"),
		}
	}
	refusal := &phrase.Refusal{What: known.What, Hint: known.Hint, Err: reason}
	refusal.What.Args = []any{u.shownRemote()}
	if command := known.Command(words); command != "" {
		refusal.Hint.Args = []any{command}
	}
	return refusal
}

// lockedThere says that another git holds the branch on the remote, or has died over it.
func (u *upstream) lockedThere(words string, err error) error {
	return &phrase.Refusal{
		What: phrase.Say("the branch is locked on %s", u.shownRemote()),
		Err:  &gitrun.Error{Command: "push", Words: strings.Join(trouble.Locks(words), " · "), Err: err},
		Hint: phrase.Say("sync again in a moment; if it stays so, whoever looks after it has to remove the lock; the " +
			"changes wait here"),
	}
}
