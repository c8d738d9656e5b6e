package review

import (
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// MaxPushedFile is how large a file may be that a server takes, in bytes. Data
// files are smaller, and what has come into a history never leaves it.
const MaxPushedFile = 1 << 20

// reviewedRefs are the refs in which coordinators keep how far they have reviewed, by their ids.
const reviewedRefs = "refs/tiendo/reviewed/"

// Push is what somebody asks a server to take into one of its refs.
type Push struct {
	Ref       string    // for example refs/heads/main
	Deleted   bool      // the ref is to go
	Created   bool      // there is no such ref yet
	Rewritten bool      // what the ref holds now would no longer be part of it
	First     bool      // the server holds nothing at all yet
	Now       time.Time // by the clock of the server
	Commits   []PushedCommit
	Problems  []phrase.Problem // errors in the data as they would be, which are not there now
}

// PushedCommit is a commit that is new to the server.
type PushedCommit struct {
	Hash, Title   string // Hash is short
	Author, Email string
	Merge         bool
	Files         []PushedFile
	Lost          []NotTaken // of a merge: what it has not as one of its sides had changed it
}

// PushedFile is a file that a commit changed. Of a merge it is one that the merge
// itself decided about, not one that it took over as it had to.
type PushedFile struct {
	Path  string // as git names it
	Data  string // within the data folder; "" outside of it
	Gone  bool
	Kind  PushedKind
	Size  int64
	Unit  string // whose record it is; "" for none
	After model.Progress
	// Before is the record in each parent of the commit, an empty one where there was none. Unread says that one of them could not be read.
	Before []model.Progress
	Unread bool
	// Earlier are records of before the commit, newest first and not all of them, where a signature asks for them.
	Earlier  []model.Progress
	Problems []phrase.Problem // errors that the commit has brought into it
}

// PushedKind is what git keeps under a name.
type PushedKind int

// What git keeps under a name.
const (
	PushedRegular PushedKind = iota
	PushedLink               // a symbolic link
	PushedOther              // another repository, or what no version of git makes
)

// Pusher is who pushes. A carrier brings the commits of others, as a host does on
// which staff work over SSH; each is judged by the rights of its author.
type Pusher struct {
	Name    string // as given: an id on the roster or an address
	Carrier bool
}

// Objection is a reason not to take a push. Commit is nil where it is about the push as a whole.
type Objection struct {
	Commit *PushedCommit
	Reason *phrase.Refusal
}

// JudgePush lists every reason not to take a push; none means that it may be taken.
// The campaign is the state that the server held before: nobody gives themselves
// rights by what they push.
func JudgePush(c *model.Campaign, pusher Pusher, push *Push) []Objection {
	person, refusal := findPusher(c, pusher)
	if refusal == nil {
		refusal = checkRef(person, pusher, push)
	}
	if refusal != nil {
		return []Objection{{Reason: refusal}}
	}
	var objections []Objection
	for i := range push.Commits {
		commit := &push.Commits[i]
		for _, refusal := range judgeCommit(c, person, pusher, push, commit) {
			objections = append(objections, Objection{commit, refusal})
		}
	}
	if len(objections) > 0 {
		return objections
	}
	for _, problem := range push.Problems {
		objections = append(objections, Objection{Reason: problemRefusal(problem)})
	}
	return objections
}

// findPusher finds who pushes on the roster. Of a carrier nobody need stand there.
func findPusher(c *model.Campaign, pusher Pusher) (model.Person, *phrase.Refusal) {
	if pusher.Name == "" {
		return model.Person{}, phrase.Refuse(phrase.Say("nobody knows who pushes, so nothing is taken"),
			phrase.Say("the hook on the server must say it, with --pusher or TIENDO_PUSHER"))
	}
	for _, person := range c.Roster.People {
		if person.ID == pusher.Name || person.Email != "" && strings.EqualFold(person.Email, pusher.Name) {
			return person, nil
		}
	}
	if pusher.Carrier {
		return model.Person{Name: pusher.Name}, nil
	}
	return model.Person{}, phrase.Refuse(phrase.Say("%s is not on the roster that the server holds", pusher.Name),
		phrase.Say("the coordinator puts people on it: tiendo person add"))
}

// checkRef refuses what may not happen to a ref as such.
func checkRef(person model.Person, pusher Pusher, push *Push) *phrase.Refusal {
	coordinator := person.Role == model.Coordinator
	switch {
	case push.Deleted:
		return phrase.Refuse(phrase.Say("%s is not deleted: what was recorded stays", push.Ref), phrase.Say("leave it as it is"))
	case push.Rewritten:
		return phrase.Refuse(phrase.Say("%s was rewritten: commits that the server holds would be gone from it", push.Ref),
			phrase.Say("never force a push: fetch and merge (git pull --no-rebase, or tiendo sync), then push again"))
	case push.First && !coordinator && !pusher.Carrier:
		return phrase.Refuse(phrase.Say("the server is empty, and only the coordinator brings the plan"), phrase.Say("ask the Office that consolidates the reports"))
	case strings.HasPrefix(push.Ref, "refs/heads/"):
		return nil
	case strings.HasPrefix(push.Ref, "refs/tags/") && coordinator && push.Created:
		return nil
	case strings.HasPrefix(push.Ref, "refs/tags/"):
		return phrase.Refuse(phrase.Say("only the coordinator makes tags, and none is moved"), phrase.Say("ask the Office that consolidates the reports"))
	case coordinator && push.Ref == reviewedRefs+person.ID: // how far they have reviewed
		return nil
	default:
		return phrase.Refuse(phrase.Say("nothing is taken into %s", push.Ref), phrase.Say("push a branch: git push origin main"))
	}
}

// judgeCommit lists what is wrong with one commit.
func judgeCommit(c *model.Campaign, pushing model.Person, pusher Pusher, push *Push, commit *PushedCommit) []*phrase.Refusal {
	if push.First { // it brings the roster by which others are judged
		return judgeFiles(commit, func(*PushedFile) *phrase.Refusal { return nil })
	}
	author, known := model.Person{}, false
	if person := c.Roster.ByEmail(commit.Email); person != nil {
		author, known = *person, true
	}
	switch {
	case pusher.Carrier && !known:
		return []*phrase.Refusal{phrase.Refuse(phrase.Say("its author, %s <%s>, is not on the roster that the server holds", commit.Author, commit.Email),
			phrase.Say("the coordinator puts people on it: tiendo person add"))}
	case !pusher.Carrier && pushing.Email == "":
		return []*phrase.Refusal{phrase.Refuse(phrase.Say("%s has no address on the roster, so nobody can tell whose commits these are", pushing.Name),
			phrase.Say("the coordinator adds `email` in units.toml"))}
	case !pusher.Carrier && (!known || author.ID != pushing.ID):
		return []*phrase.Refusal{phrase.Refuse(phrase.Say("its author is %s <%s>, but %s pushes it", commit.Author, commit.Email, pushing.Name),
			phrase.Say("everyone pushes their own changes; one's own address is set with: git config user.email %s", pushing.Email))}
	case author.Role != model.Coordinator && author.Role != model.Staff:
		return []*phrase.Refusal{refuseViewer(c, author)}
	}
	return append(judgeLost(c, author, commit), judgeFiles(commit, func(file *PushedFile) *phrase.Refusal { return judgeRights(c, author, push, commit, file) })...)
}

// judgeLost refuses a merge of staff that leaves out what somebody else has done and
// nobody else has changed: there was nothing to decide. What both sides had changed they
// may settle in their own record, and the log shows whose version was not taken. For the
// coordinator it is a decision; that is shown, too.
func judgeLost(c *model.Campaign, author model.Person, commit *PushedCommit) []*phrase.Refusal {
	if author.Role == model.Coordinator {
		return nil
	}
	var refusals []*phrase.Refusal
	for _, lost := range commit.Lost {
		if !lost.Alone || lost.By == author.Signature() {
			continue
		}
		place := entryPlace(c, lost.Unit, lost.Entry)
		refusals = append(refusals, phrase.Refuse(phrase.Say("this merge leaves out what %s has done, though nobody else has changed it: %s", c.Roster.PersonName(lost.By), place),
			phrase.Say("merge again so that both sides stay, with `tiendo sync` or git merge")))
	}
	return refusals
}

// entryPlace is whose and what an entry is: the title of an activity, or the name of another entry.
func entryPlace(c *model.Campaign, unit, entry string) string {
	if activity := c.Plan.Activity(model.SubjectOfEntry(entry).ID); activity != nil {
		entry = activity.Title
	}
	return strings.Trim(c.Roster.UnitName(unit)+" · "+entry, " ·")
}

func refuseViewer(_ *model.Campaign, person model.Person) *phrase.Refusal {
	return phrase.Refuse(phrase.Say("%s may look but not change anything", person.Name), phrase.Say("the coordinator gives roles in units.toml"))
}

// judgeFiles looks at each file: whether a history may hold it, whether the author has the right, and whether it is sound.
func judgeFiles(commit *PushedCommit, rights func(*PushedFile) *phrase.Refusal) []*phrase.Refusal {
	var refusals []*phrase.Refusal
	for i := range commit.Files {
		file := &commit.Files[i]
		refusal := judgeKind(file)
		if refusal == nil {
			refusal = rights(file)
		}
		if refusal != nil {
			refusals = append(refusals, refusal)
			continue
		}
		for _, problem := range file.Problems {
			refusals = append(refusals, problemRefusal(problem))
		}
	}
	return refusals
}

func judgeKind(file *PushedFile) *phrase.Refusal {
	switch {
	case file.Gone:
		return nil
	case file.Kind == PushedLink:
		return phrase.Refuse(phrase.Say("%s is a symbolic link", file.Path), phrase.Say("put the file itself there: links and special files are never opened"))
	case file.Kind != PushedRegular:
		return phrase.Refuse(phrase.Say("%s is another repository", file.Path), phrase.Say("put the files themselves there"))
	case file.Size > MaxPushedFile:
		return phrase.Refuse(phrase.Say("%s is larger than %d KiB", file.Path, MaxPushedFile/1024),
			phrase.Say("keep pictures and documents elsewhere and name them as evidence: what has come into a history never leaves it"))
	}
	return nil
}

// judgeRights refuses what the author of a commit may not change. The coordinator may change everything.
func judgeRights(c *model.Campaign, author model.Person, push *Push, commit *PushedCommit, file *PushedFile) *phrase.Refusal {
	if author.Role == model.Coordinator {
		return nil
	}
	if file.Unit == "" {
		return phrase.Refuse(phrase.Say("%s: only the coordinator changes this file", file.Path), phrase.Say("ask the Office that consolidates the reports"))
	}
	unit, err := c.Unit(file.Unit)
	if err == nil {
		err = c.MayChange(author, unit.ID)
	}
	if err != nil {
		return phrase.Refuse(phrase.Of(err), phrase.HintOf(err))
	}
	switch {
	case file.Gone:
		return phrase.Refuse(phrase.Say("the record of %s is not deleted", unit.Name), phrase.Say("put the file back; what was recorded stays"))
	case len(file.Problems) > 0:
		return nil // they are said by themselves
	case file.Unread:
		return phrase.Refuse(phrase.Say("the record of %s could not be read before, so nobody can tell what was changed in it", unit.Name),
			phrase.Say("the coordinator mends it"))
	}
	if refusal := checkRecord(unit, file); refusal != nil {
		return refusal
	}
	return CheckSignatures(c, commit, file, push.Now)
}

// checkRecord refuses what the unit's own staff may not do in its record: change
// it while it is locked, lock it, or give the unit more time.
func checkRecord(unit *model.Unit, file *PushedFile) *phrase.Refusal {
	accepted := func(p model.Progress) bool { return p.Report.Status == model.Accepted }
	for i := range file.Before {
		if accepted(file.Before[i]) && !sameRecord(&file.Before[i], &file.After) {
			return phrase.Refuse(phrase.Say("the report of %s is accepted, so its record is locked", unit.Name),
				phrase.Say("the coordinator can withdraw the acceptance, or return the report with a reason"))
		}
	}
	if accepted(file.After) && !slices.ContainsFunc(file.Before, accepted) {
		return model.OnlyCoordinator()
	}
	same := func(p model.Progress) bool { return model.SameExtension(p.Report, file.After.Report) }
	if !slices.ContainsFunc(file.Before, same) {
		return model.OnlyCoordinatorExtends()
	}
	return nil
}

// sameRecord compares everything that two records hold.
func sameRecord(p *model.Progress, other *model.Progress) bool {
	return len(differencesOf(p, other)) == 0
}

func problemRefusal(problem phrase.Problem) *phrase.Refusal {
	return phrase.Refuse(phrase.Say("%s: %s", problem.Place(), problem.What), problem.Hint)
}
