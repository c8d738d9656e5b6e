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

// MaxEarlier is in how many of its last versions an entry is looked for that is put back.
const MaxEarlier = 50

// Push is what somebody asks a server to take into one of its refs.
type Push struct {
	Ref       string            // for example refs/heads/main
	Branch    string            // the branch that the server shows to whoever clones it, as Ref names it; "" is not known
	Refs      []string          // what the server has, the ref itself among them unless it is new
	Asked     []string          // what the same push makes besides, as far as it was asked about before
	Deleted   bool              // the ref is to go
	Created   bool              // there is no such ref yet
	Rewritten bool              // what the ref holds now would no longer be part of it
	First     bool              // the server holds nothing at all yet
	Now       time.Time         // by the clock of the server; zero leaves times alone
	Trees     []phrase.Sentence // what git could not check out; nothing else was read then
	Commits   []PushedCommit
	Problems  []phrase.Problem // errors in the data as they would be, which are not there now
}

// PushedCommit is a commit that is new to the server.
type PushedCommit struct {
	Hash, Title   string // Hash is short
	Author, Email string
	At            time.Time // when it was made, by the clock of who made it
	Latest        time.Time // the latest of its parents likewise; zero when it has none
	Parents       int
	// Rosters are those of its parents, by which its address tells who made it.
	Rosters []*model.Roster
	// Namesakes are the ids of people, on those rosters or on the server's, who bear the name that git gives its author.
	Namesakes []string
	Files     []PushedFile
	Lost      []NotTaken // of a merge: what it has not as one of its sides had changed it
	// ByHand says that it is still to be made, now, of files that somebody has edited where they lie.
	ByHand bool
}

// PushedFile is a file that a commit changed. Of a merge it is one that differs from
// what one of its sides holds and was not simply taken over from another.
type PushedFile struct {
	Path string // as git names it
	Data string // within the data folder; "" outside of it
	Gone bool
	// Replayed says that git itself makes the file so of the two sides of a merge: nobody decided anything.
	Replayed bool
	Kind     PushedKind
	Size     int64
	Unit     string // whose record it is; "" for none
	After    model.Progress
	// Merged is the record as git makes it of the two sides of a merge, Bases are those of where they parted; Merged is
	// nil where git cannot.
	Merged *model.Progress
	Bases  []model.Progress
	// Same says of each parent whether it holds the very same bytes.
	Same []bool
	// Before is the record in each parent of the commit, an empty one where there was none. Unread says that one of them
	// could not be read.
	Before []model.Progress
	Unread bool
	// Earlier are records of before the commit, newest first and not all of them, where a signature asks for them.
	Earlier  []model.Progress
	OnRoster []Difference     // of the roster: what differs from that of each parent
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
		refusal = checkRef(person, pusher, push, c.Roster.OwnKeys)
	}
	if refusal != nil {
		return []Objection{{Reason: refusal}}
	}
	var objections []Objection
	for _, fault := range push.Trees {
		objections = append(objections, Objection{Reason: phrase.Refuse(fault,
			phrase.Say("take the commits back, %s, rename it or leave it out, and commit again: nobody could clone the "+
				"repository otherwise", TakeBack))})
	}
	if len(objections) > 0 {
		return objections
	}
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
	return model.Person{}, phrase.Refuse(phrase.Say("%s is not on the roster on the server", pusher.Name),
		phrase.Say("the coordinator puts people on it: tiendo person add"))
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
		refusals = append(refusals, phrase.Refuse(
			phrase.Say("this merge leaves out what %s has done, though nobody else has changed it: %s",
				c.Roster.PersonName(lost.By), place),
			phrase.Say("take the merge back, git reset --keep HEAD~1, and merge again so that both sides stay, with `tiendo "+
				"sync` or git merge")))
	}
	return refusals
}

// entryPlace is whose and what an entry is: the title of an activity, or the name of another entry.
func entryPlace(c *model.Campaign, unit, entry string) string {
	if activity := c.Plan.Activity(SubjectOfEntry(entry).ID); activity != nil {
		entry = activity.Title
	}
	return strings.Trim(c.Roster.UnitName(unit)+" · "+entry, " ·")
}

func refuseViewer(person model.Person) *phrase.Refusal {
	return phrase.Refuse(phrase.Say("%s may look but not change anything", person.Name),
		phrase.Say("the coordinator gives roles, with `tiendo person set`"))
}

// judgeFiles looks at each file: whether a history may hold it, whether the author has the right, and whether it is
// sound.
func judgeFiles(commit *PushedCommit, rights func(*PushedFile) *Breach) []*phrase.Refusal {
	var refusals []*phrase.Refusal
	for i := range commit.Files {
		file := &commit.Files[i]
		refusal := judgeKind(file)
		if refusal == nil {
			if breach := rights(file); breach != nil {
				refusal = breach.Refusal
			}
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
		return phrase.Refuse(phrase.Say("%s is a symbolic link", file.Path),
			phrase.Say("put the file itself there: links and special files are never opened"))
	case file.Kind != PushedRegular:
		return phrase.Refuse(phrase.Say("%s is another repository", file.Path), phrase.Say("put the files themselves there"))
	case file.Size > MaxPushedFile:
		return phrase.Refuse(phrase.Say("%s is larger than %d KiB", file.Path, MaxPushedFile/1024),
			phrase.Say("keep pictures and documents elsewhere and name them as evidence: what has come into a history never "+
				"leaves it"))
	}
	return nil
}

// ofOwnKeys reports whether the author changes nothing in a file but their own SSH keys, where the roster lets people.
func ofOwnKeys(c *model.Campaign, author model.Person, file *PushedFile) bool {
	return len(file.OnRoster) > 0 && c.Roster.OwnKeys && !slices.ContainsFunc(file.OnRoster, func(d Difference) bool {
		change := model.Change{Person: author, Subject: d.Subject, Seen: d.Before, New: d.After}
		return !change.OfOwnKeys()
	})
}

func problemRefusal(problem phrase.Problem) *phrase.Refusal {
	return phrase.Refuse(phrase.Say("%s: %s", problem.Place(), problem.What), problem.Hint)
}
