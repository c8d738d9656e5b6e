package review

import (
	"slices"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// MaxSkew is how far the date of a commit may lie after the clock of the server or before that of
// its parents.
const MaxSkew = 24 * time.Hour

// OwnerEmail is the address of commits that were made by the owner of a machine who has given
// git no address.
const OwnerEmail = "unknown@localhost"

// TakeBack undoes the commits that were not sent, and keeps what they changed to be committed again.
const TakeBack = "git reset --soft $(git merge-base HEAD @{upstream})"

// amendHint makes the commits anew that were not sent yet, after something was set right.
const amendHint = `git rebase --force-rebase --exec "git commit --amend --no-edit --reset-author" @{upstream}`

// Merge reports whether the commit joins several lines of the history.
func (c *PushedCommit) Merge() bool { return c.Parents > 1 }

// Maker is who made the commit, told by its address: on the rosters of its parents, which the
// push cannot have changed for itself, or else on that of the server; nil is nobody known.
func (c *PushedCommit) Maker(held *model.Roster) *model.Person {
	for _, roster := range append(slices.Clone(c.Rosters), held) {
		if person := roster.ByEmail(c.Email); person != nil {
			return person
		}
	}
	return nil
}

// judgeCommit lists what is wrong with one commit.
func judgeCommit(c *model.Campaign, pushing model.Person, pusher Pusher, push *Push,
	commit *PushedCommit) []*phrase.Refusal {
	if refusal := checkDate(push, commit, c.Plan.TimeZone); refusal != nil {
		return []*phrase.Refusal{refusal}
	}
	if push.First { // it brings the roster by which others are judged
		return judgeFiles(commit, func(*PushedFile) *Breach { return nil })
	}
	author, refusal := pushedBy(c, pushing, pusher, commit)
	if refusal == nil && author.Role != model.Coordinator && author.Role != model.Staff &&
		!onlyOwnKeys(c, author, commit) {
		refusal = refuseViewer(author)
	}
	if refusal == nil && commit.Parents > 2 && author.Role != model.Coordinator {
		refusal = phrase.Refuse(phrase.Say("it joins more than two lines of the history at once, and nobody can tell what "+
			"it decided"),
			phrase.Say("take it back, git reset --keep HEAD~1, and merge one line after the other"))
	}
	if refusal != nil {
		return []*phrase.Refusal{refusal}
	}
	if pusher.Carrier {
		then := *c
		then.Roster = *commit.roster(author, &c.Roster)
		c = &then
	}
	rights := func(file *PushedFile) *Breach { return judgeRights(c, author, push.Now, commit, file) }
	return append(judgeLost(c, author, commit), judgeFiles(commit, rights)...)
}

// onlyOwnKeys reports whether a commit changes nothing but its author's own SSH keys, where the roster lets people, or
// merges without deciding anything.
func onlyOwnKeys(c *model.Campaign, author model.Person, commit *PushedCommit) bool {
	for i := range commit.Files {
		if file := &commit.Files[i]; !file.Replayed && !ofOwnKeys(c, author, file) {
			return false
		}
	}
	return author.Role == model.Viewer && c.Roster.OwnKeys && (len(commit.Files) > 0 || commit.Merge())
}

// roster is the roster by which a commit of a carrier is judged: that of its parents, since a host
// lets nobody do what they may not; so it moves on with the commits of the coordinator.
func (c *PushedCommit) roster(author model.Person, held *model.Roster) *model.Roster {
	for _, roster := range c.Rosters {
		if person := roster.Person(author.ID); person != nil && person.Role == author.Role && person.Unit == author.Unit {
			return roster
		}
	}
	return held
}

// pushedBy is the author of a commit with the rights that count, or why the commit is not theirs
// to have, or not the pusher's to bring.
func pushedBy(c *model.Campaign, pushing model.Person, pusher Pusher, commit *PushedCommit) (model.Person,
	*phrase.Refusal) {
	maker := commit.Maker(&c.Roster)
	switch {
	case pusher.Carrier && commit.Email == OwnerEmail: // the owner of the host acts as coordinator
		return model.Person{Name: commit.Author, Role: model.Coordinator}, nil
	case pusher.Carrier && maker == nil:
		return model.Person{}, phrase.Refuse(phrase.Say("its author, %s <%s>, is not on the roster on the server",
			commit.Author, commit.Email),
			phrase.Say("the coordinator puts people on it, with this address: tiendo person add, and sends that first"))
	case !pusher.Carrier && pushing.Email == "" && (maker == nil || maker.ID != pushing.ID):
		return model.Person{}, phrase.Refuse(phrase.Say(
			"%s has no address on the roster, so nobody can tell whose commits these are", pushing.Name),
			phrase.Say("the coordinator adds it: `tiendo person set %s --email ADDRESS`", pushing.ID))
	case !pusher.Carrier && maker == nil:
		return model.Person{}, phrase.Refuse(phrase.Say("its author is %s <%s>, but %s pushes it", commit.Author,
			commit.Email, pushing.Name),
			phrase.Say("set your own address, git config user.email %s, then recreate what was not sent: %s", pushing.Email,
				amendHint))
	case !pusher.Carrier && maker.ID != pushing.ID:
		return model.Person{}, phrase.Refuse(phrase.Say("its author is %s <%s>, but %s pushes it", commit.Author,
			commit.Email, pushing.Name),
			phrase.Say("everyone pushes their own changes; %s sends this one, then yours goes through", maker.Name))
	}
	if slices.ContainsFunc(commit.Namesakes, func(id string) bool { return id != maker.ID }) &&
		!slices.Contains(commit.Namesakes, maker.ID) {
		return model.Person{}, phrase.Refuse(phrase.Say("git gives it the name of %s, but its address is that of %s",
			commit.Author, maker.Name),
			phrase.Say("set your own name, git config user.name %q, then recreate what was not sent: %s", maker.Name, amendHint))
	}
	if pusher.Carrier {
		return *maker, nil
	}
	return pushing, nil // whoever has lost a right has it no more, whatever the commit builds on
}

// checkDate refuses a commit whose date cannot be true. A parent from the future, by the clock of
// the server, does not make its children wrong.
func checkDate(push *Push, commit *PushedCommit, zone *time.Location) *phrase.Refusal {
	if push.Now.IsZero() || commit.At.IsZero() {
		return nil
	}
	latest := commit.Latest
	if latest.After(push.Now) {
		latest = push.Now
	}
	at := calendar.Clock(commit.At, zone)
	hint := phrase.Say("set the clock of the machine, then recreate what was not sent: %s",
		"git rebase --force-rebase @{upstream}")
	switch {
	case commit.At.Sub(push.Now) > MaxSkew:
		return phrase.Refuse(phrase.Say("it is dated %s, but here it is %s", at, calendar.Clock(push.Now, zone)), hint)
	case !latest.IsZero() && latest.Sub(commit.At) > MaxSkew:
		return phrase.Refuse(phrase.Say("it is dated %s, but builds on what was made on %s", at,
			calendar.Clock(latest, zone)), hint)
	}
	return nil
}
