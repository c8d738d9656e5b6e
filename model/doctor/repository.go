package doctor

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model/history"
	"example.org/tiendo/model/machine"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
)

// staleAfter is how old a lock must be to be taken for one that was left: no git takes so long.
const staleAfter = 10 * time.Minute

// git looks at the version: what is too old for what.
func (p *Target) git(ctx context.Context) []Finding {
	const name = "git"
	major, minor, said, err := history.Version(ctx)
	if err != nil {
		return []Finding{wrong(name, phrase.Say("git is missing or does not start, so no history is kept"),
			phrase.Say("install it: apt install git"))}
	}
	older := func(than int) bool { return major < 2 || major == 2 && minor < than }
	update := phrase.Say("install a newer git: 2.38 or later")
	switch {
	case older(28):
		return []Finding{wrong(name, phrase.Say("git %s is too old: neither `tiendo init` nor the log of changes works",
			said), update)}
	case older(31):
		return []Finding{wrong(name, phrase.Say("git %s is too old: the log of changes does not work", said), update)}
	case older(36):
		return []Finding{note(name, phrase.Say(
			"git %s does not put commits on the disk at once: a power cut can lose the last ones", said), update)}
	case older(38):
		return []Finding{note(name, phrase.Say("git %s is too old for `tiendo sync`; all else works", said), update)}
	}
	return well(name, phrase.Say("git %s", said))
}

// repository looks whether commits can be made.
func (p *Target) repository(ctx context.Context) []Finding {
	const name = "repository"
	if p.Repository == nil {
		if _, missing := errors.AsType[*history.NoGitError](p.Without); missing {
			return nil // it is said already
		}
		if _, none := errors.AsType[*history.NoneError](p.Without); !none && p.Without != nil {
			return []Finding{refused(name, p.Without)}
		}
		if _, _, _, err := history.Version(ctx); err != nil {
			return nil // without git nobody knows in what the data lie
		}
		return []Finding{note(name, phrase.Say(
			"the data are not in a git repository: changes are saved, but nobody sees later who made them"),
			phrase.Say("`git init` there, or `tiendo init` for a new one"))}
	}
	var found []Finding
	unmerged, err := p.Repository.ConflictedFiles(ctx)
	if err != nil {
		return fails(name, err)
	}
	if len(unmerged) > 0 {
		finding := wrong(name, phrase.Say("conflicts are open: %s", phrase.Some(unmerged)), p.Repository.WayOut())
		if p.Repository.Merging() {
			files, others, err := p.Repository.Unmerged(ctx, p.Dir)
			if err != nil {
				return fails(name, err)
			}
			finding.Do = mergeWay(len(files), len(others))
		}
		found = append(found, finding)
	}
	aside, err := p.Repository.Aside(ctx, p.Dir)
	if err != nil {
		return fails(name, err)
	}
	for _, file := range aside {
		found = append(found, note(name, phrase.Say("a version of %s of %s is set aside, for the remote had another one",
			p.Store.Shown(file.Path), file.OursBy.Name),
			phrase.Say("`tiendo resolve` shows the versions and keeps one")))
	}
	if err := p.Repository.Ready(); err != nil {
		found = append(found, wrong(name, phrase.Say("no commit can be made now: %s", err), phrase.HintOf(err)))
	}
	return orWell(found, name, phrase.Say("the repository is ready for commits"))
}

// mergeWay is how to settle the conflicts of a merge, of data files and of others.
func mergeWay(files, others int) phrase.Sentence {
	data := phrase.Say("`tiendo resolve` shows both sides and settles it, as does the tab of changes (key 5)")
	switch {
	case others == 0:
		return phrase.Say("%s; or go back with: git merge --abort", data)
	case files == 0:
		return phrase.Say("settle them by hand, git add them, then `tiendo resolve --finish`; or go back with: git merge " +
			"--abort")
	}
	return phrase.Say("%s; settle the other files by hand and git add them; or go back with: git merge --abort", data)
}

// locks looks for locks that a killed git has left. While they lie there every commit fails.
func (p *Target) locks(context.Context) []Finding {
	const name = "locks"
	if p.Repository == nil {
		return nil
	}
	locks, err := p.Repository.LockFiles()
	if err != nil {
		return fails(name, err)
	}
	if len(locks) == 0 {
		return well(name, phrase.Say("no git program holds a lock"))
	}
	gits, known := p.Running(append(p.Repository.GitDirs(), p.Repository.Top()))
	var found []Finding
	for _, lock := range locks {
		age := p.Now().Sub(lock.Modified)
		finding := Finding{Check: name, State: Wrong,
			What: phrase.Say("git's lock %s has lain there for %s", lock.Path, duration(age))}
		switch {
		case len(gits) > 0:
			finding.What = phrase.Say("%s; it may belong to %s", finding.What, processes(gits))
			finding.Do = phrase.Say("wait until that program has ended; if it hangs, end it, then run `tiendo doctor` again")
		case !known:
			finding.Do = phrase.Say("if no git program is running here, delete this file in the git folder")
		case age < staleAfter:
			finding.Do = phrase.Say("no git program is running here, but the lock is young: wait %d minutes, then run `tiendo "+
				"doctor --fix`", int(staleAfter/time.Minute))
		default:
			finding.What = phrase.Say("%s, and no git program is running here", finding.What)
			finding.Do = phrase.Say("`tiendo doctor --fix` removes it")
			finding.mend = func(context.Context) error {
				// A git may have started since.
				if gits, known := p.Running(append(p.Repository.GitDirs(), p.Repository.Top())); len(gits) > 0 || !known {
					return errors.New("a git program has just started here")
				}
				return lock.Remove()
			}
			finding.done = phrase.Say("removed git's lock %s, which was %s old", lock.Path, duration(age))
		}
		found = append(found, finding)
	}
	return found
}

// leftovers looks for commits to come, temporary files, and who is writing.
func (p *Target) leftovers(ctx context.Context) []Finding {
	const name = "leftovers"
	left, err := p.Store.Leftovers(ctx)
	if err != nil {
		return fails(name, err)
	}
	var found []Finding
	if left.Holder != "" {
		found = append(found, note(name, phrase.Say("another tiendo is writing now: %s", left.Holder),
			phrase.Say("that is usual for a moment; if it stays so, end that process: the lock goes with it")))
	}
	recovers := func(ctx context.Context) error {
		said, err := p.Store.Sweep(ctx)
		if err == nil && len(said) > 0 {
			return phrase.Refuse(said[0], phrase.Sentence{})
		}
		return err
	}
	if len(left.Gone) > 0 { // before the commits to come, whose recovery would take this for a failure
		found = append(found, Finding{
			Check: name, State: Wrong, What: phrase.Say(
				"saved changes are no longer in their files, since git has put another version there: %s", phrase.Some(left.Gone)),
			Do: phrase.Say("`tiendo doctor --fix` keeps their text in %s, as does the next change or start; look there and "+
				"make them again", p.Store.Undone()),
			mend: func(ctx context.Context) error {
				_, err := p.Store.Sweep(ctx) // what it says is what is done
				return err
			},
			done: phrase.Say("kept the text of changes that are no longer in their files in %s: look there and make them again",
				p.Store.Undone()),
		})
	}
	if len(left.Waiting) > 0 {
		finding := Finding{
			Check: name, State: Wrong, What: phrase.Say("changes are saved whose commits are still to come: %s",
				phrase.Some(left.Waiting)),
			Do: phrase.Say("`tiendo doctor --fix` makes the commits, as does the next change or start"), mend: recovers,
			done: phrase.Say("made the commits of changes that were saved: %s", phrase.Some(left.Waiting)),
		}
		if p.Repository != nil && p.Repository.Ready() != nil {
			finding.Do, finding.mend = phrase.Say("they are made as soon as the repository is ready for commits"), nil
		}
		found = append(found, finding)
	}
	if len(left.Unreadable) > 0 {
		found = append(found, wrong(name, phrase.Say("notes of commits to come cannot be read: %s",
			phrase.Some(left.Unreadable)),
			phrase.Say("the data are in the files all the same: look at `tiendo diff` and commit what is missing; then "+
				"delete the notes below tiendo/notes in the git folder")))
	}
	if len(left.Temporary) > 0 && left.Holder == "" {
		found = append(found, Finding{
			Check: name, State: Wrong, What: phrase.Say("%d temporary files of an interrupted change are left",
				len(left.Temporary)),
			Do:   phrase.Say("`tiendo doctor --fix` removes them; they contain nothing that matters"),
			mend: recovers, done: phrase.Say("removed %d temporary files", len(left.Temporary)),
		})
	}
	return orWell(found, name, phrase.Say("no change is unfinished"))
}

// edits looks for what people have edited by hand and not committed.
func (p *Target) edits(ctx context.Context) []Finding {
	const name = "edits"
	if p.Repository == nil || p.Repository.Halted() { // in the middle of something git's own changes stand there, too
		return nil
	}
	if found := p.stale(ctx); len(found) > 0 {
		return found
	}
	edited, err := p.Repository.Edited(ctx, p.Dir)
	if err != nil {
		return fails(name, err)
	}
	left, err := p.Store.Leftovers(ctx)
	if err != nil {
		return fails(name, err)
	}
	byHand := slices.DeleteFunc(p.shown(edited), func(shown string) bool {
		return slices.Contains(left.Waiting, shown) // those are tiendo's own
	})
	found, err := p.unknown(ctx)
	if err != nil {
		return fails(name, err)
	}
	if len(byHand) > 0 {
		found = append(found, note(name, phrase.Say("edited by hand, and in no commit yet: %s", phrase.Some(byHand)),
			phrase.Say("look at it with `tiendo diff`, then `tiendo save`; otherwise it goes along with the next change "+
				"of that file, under the name of whoever makes it")))
	}
	return orWell(found, name, phrase.Say("git has the data files as they are"))
}

// listed is how many files a command names one by one; of more it names the folder.
const listed = 20

// unknown looks for data files that git does not know, or is told not to look at.
func (p *Target) unknown(ctx context.Context) ([]Finding, error) {
	const name = "edits"
	unknown, ignored, err := p.Repository.Untracked(ctx, p.Dir)
	if err != nil {
		return nil, err
	}
	skipped, assumed, leftOut, err := p.Repository.Overlooked(ctx, p.Dir)
	if err != nil {
		return nil, err
	}
	plain := slices.DeleteFunc(slices.Clone(unknown), func(file string) bool { return slices.Contains(ignored, file) })
	var found []Finding
	for _, kind := range []struct {
		files   []string // the argument of what is found, and of most that can be done
		finding Finding
	}{
		{plain, wrong(name, phrase.Say("git does not know data files, so they are in no commit: %s"),
			phrase.Say("`tiendo save %s` puts it into the history"))},
		{ignored, wrong(name, phrase.Say("git is told to ignore data files, so they are in no commit: %s"),
			phrase.Say("`git add --force -- %s`, then `git commit`; `git check-ignore --verbose` names the line that "+
				"tells it so"))},
		{skipped, wrong(name, phrase.Say("git is told not to look at data files (skip-worktree): %s"),
			phrase.Say("`git update-index --no-skip-worktree -- %s`"))},
		{assumed, note(name, phrase.Say("git is told that data files do not change (assume-unchanged): %s"),
			phrase.Say("`git update-index --no-assume-unchanged -- %s`"))},
		{leftOut, note(name, phrase.Say("data files are left out of this work tree (a sparse checkout): %s"),
			phrase.Say("`git sparse-checkout disable` brings all files here; `git sparse-checkout add FOLDER`, in the "+
				"top folder, those of a folder"))},
	} {
		if len(kind.files) == 0 {
			continue
		}
		shown, finding := p.shown(kind.files), kind.finding
		files := strings.Join(shown, " ")
		if len(shown) > listed {
			files = p.Store.Shown(p.Dir)
		}
		finding.What.Args = []any{phrase.Some(shown)}
		if strings.Contains(finding.Do.Format, "%s") {
			finding.Do.Args = []any{files}
		}
		found = append(found, finding)
	}
	return found, nil
}

// past looks whether the history is here as a whole, and whether the plan's id tells it from the others of the
// repository.
func (p *Target) past(ctx context.Context) []Finding {
	const name = "history"
	if p.Repository == nil {
		return nil
	}
	var found []Finding
	if p.Repository.Shallow() {
		found = append(found, note(name, phrase.Say(
			"this clone holds only the later part of the history (a shallow clone): who made what came before is not known "+
				"here"),
			phrase.Say("`git fetch --unshallow` brings the rest of the history")))
	}
	partial, err := p.Repository.Partial(ctx)
	if err != nil {
		return fails(name, err)
	}
	if partial {
		found = append(found, note(name, phrase.Say(
			"this clone holds only a part of the history (a partial clone): the rest can be read while its remote can be "+
				"reached"),
			phrase.Say("`git fetch --refetch --no-filter` brings all of it here")))
	}
	if err := p.Repository.Whole(ctx); err != nil {
		found = append(found, refused(name, err))
	}
	if campaign, _ := p.Store.Load(ctx); campaign != nil && campaign.Plan.ID != "" {
		marks := history.Marks{Dir: p.Dir, Plan: campaign.Plan.ID, Reader: store.NewPast(p.Store.Shown(p.Dir))}
		if err := p.Repository.OnlyPlan(ctx, marks); err != nil {
			found = append(found, refused(name, err))
		}
	}
	return orWell(found, name, phrase.Say("the history of the data files is here as a whole"))
}

// stale looks for data files of which git's index holds an older version.
func (p *Target) stale(ctx context.Context) []Finding {
	const name = "edits"
	stale, err := p.Repository.Stale(ctx, p.Dir)
	if err != nil {
		return fails(name, err)
	}
	if len(stale) == 0 {
		return nil
	}
	return []Finding{{
		Check: name, State: Wrong, What: phrase.Say(
			"git's index holds older versions, which your next git commit would bring back: %s", phrase.Some(p.shown(stale))),
		Do: phrase.Say("`tiendo doctor --fix` puts there what the last commit holds"),
		mend: func(ctx context.Context) error {
			var failed []error
			for _, file := range stale {
				failed = append(failed, p.Repository.Mend(ctx, file))
			}
			return errors.Join(failed...)
		},
		done: phrase.Say("put into git's index what the last commit holds: %s", phrase.Some(p.shown(stale))),
	}}
}

// shown are files as people are shown them.
func (p *Target) shown(files []string) []string {
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = p.Store.Shown(file)
	}
	return names
}

func processes(all []machine.Process) string {
	names := make([]string, len(all))
	for i, process := range all {
		names[i] = process.Name + " (" + strconv.Itoa(process.ID) + ")"
	}
	return strings.Join(names, ", ")
}

// duration is a time span in the largest unit that fits.
func duration(d time.Duration) phrase.Sentence {
	switch {
	case d < 2*time.Minute:
		return phrase.Say("%d seconds", max(0, int(d/time.Second)))
	case d < 2*time.Hour:
		return phrase.Say("%d minutes", int(d/time.Minute))
	case d < 48*time.Hour:
		return phrase.Say("%d hours", int(d/time.Hour))
	default:
		return phrase.Say("%d days", int(d/(24*time.Hour)))
	}
}
