package review

import (
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// MaxPushedFile is how large a file may be that a server takes, in bytes. Data
// files are smaller, and what has come into a history never leaves it.
const MaxPushedFile = 1 << 20

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
		refusal = checkRef(person, pusher, push)
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

// judgeRights refuses what the author of a commit may not change. The coordinator may change everything.
func judgeRights(c *model.Campaign, author model.Person, push *Push, commit *PushedCommit,
	file *PushedFile) *phrase.Refusal {
	if author.Role == model.Coordinator {
		return nil
	}
	// whoever made the sides had the right, and nobody decided anything; but what is locked stays as it is
	if file.Replayed {
		if unit := c.Roster.Unit(file.Unit); unit != nil && !file.Gone {
			return checkLock(c, unit, file)
		}
		return nil
	}
	if len(file.OnRoster) > 0 && c.Roster.OwnKeys && !slices.ContainsFunc(file.OnRoster, func(d Difference) bool {
		change := model.Change{Person: author, Subject: d.Subject, Seen: d.Before, New: d.After}
		return !change.OfOwnKeys()
	}) {
		return nil
	}
	if file.Unit == "" {
		return phrase.Refuse(phrase.Say("%s: only the coordinator changes this file", file.Path),
			phrase.Say("ask the Office that consolidates the reports"))
	}
	unit, err := c.Unit(file.Unit)
	if err == nil {
		err = c.MayChange(author, unit.ID)
	}
	if err != nil {
		return phrase.Refuse(phrase.Of(err),
			phrase.Say("the coordinator gives the right back in units.toml until this is sent; or drop what was not sent: git "+
				"reset --keep @{upstream}"))
	}
	switch {
	case file.Gone:
		return phrase.Refuse(phrase.Say("the record of %s is not deleted", unit.Name),
			phrase.Say("put the file back; what was recorded stays"))
	case len(file.Problems) > 0:
		return nil // they are said by themselves
	case file.Unread:
		return phrase.Refuse(phrase.Say("the record of %s could not be read before, so nobody can tell what was changed in "+
			"it", unit.Name),
			phrase.Say("the coordinator fixes it"))
	}
	if refusal := checkRecord(c, unit, file); refusal != nil {
		return refusal
	}
	return CheckSignatures(c, commit, file, author, push.Now)
}

// checkRecord refuses what the unit's own staff may not do in its record: change
// it while it is locked, lock it, or give the unit more time.
func checkRecord(c *model.Campaign, unit *model.Unit, file *PushedFile) *phrase.Refusal {
	if refusal := checkLock(c, unit, file); refusal != nil {
		return refusal
	}
	type extension struct {
		until  calendar.Day
		reason string
	}
	for _, period := range periodsIn(file) {
		if !kept(file, func(p *model.Progress) bool { return p.ReportOf(period).Status == model.Accepted }) {
			return model.OnlyCoordinator()
		}
		if !kept(file, func(p *model.Progress) extension {
			report := p.ReportOf(period)
			return extension{report.ExtendedUntil, report.ExtensionReason}
		}) {
			return model.OnlyCoordinatorExtends()
		}
	}
	return nil
}

// periodsIn are the periods of which a record holds reports, or held them, and "" for the report of none.
func periodsIn(file *PushedFile) []string {
	periods := []string{""}
	for _, record := range append(slices.Clone(file.Before), file.After) {
		for period := range record.Reports {
			if !slices.Contains(periods, period) {
				periods = append(periods, period)
			}
		}
	}
	slices.Sort(periods)
	return periods
}

// checkLock refuses every other byte in a locked record. What git itself takes from one side of a
// merge is as it was there: the other side is only behind. What the coordinator has opened again
// may have been changed before they did so.
func checkLock(c *model.Campaign, unit *model.Unit, file *PushedFile) *phrase.Refusal {
	if file.Replayed && slices.Contains(file.Same, true) {
		return nil
	}
	if len(c.Plan.Reporting.Periods) > 0 {
		return checkPeriodLocks(c, unit, file)
	}
	if c.Progress[unit.ID].Report.Status != model.Accepted {
		return nil
	}
	for i := range file.Before {
		if file.Before[i].Report.Status == model.Accepted && !file.Same[i] {
			return phrase.Refuse(phrase.Say("the report of %s is accepted, so its record is locked", unit.Name),
				phrase.Say("the coordinator can withdraw the acceptance, or return the report with a reason, until this is sent; "+
					"or drop what was not sent: git reset --keep @{upstream}"))
		}
	}
	return nil
}

// checkPeriodLocks refuses another report, and other figures, of a period that is accepted.
func checkPeriodLocks(c *model.Campaign, unit *model.Unit, file *PushedFile) *phrase.Refusal {
	locked := c.Progress[unit.ID]
	for _, period := range c.Plan.Reporting.Periods {
		if locked.ReportOf(period.ID).Status != model.Accepted {
			continue
		}
		for i := range file.Before {
			if file.Before[i].ReportOf(period.ID).Status == model.Accepted && !file.Same[i] &&
				!samePeriod(&file.Before[i], &file.After, period.ID) {
				return phrase.Refuse(phrase.Say("the report of %s for %s is accepted, so its figures are locked", unit.Name,
					period.Name), phrase.Say("the coordinator can withdraw the acceptance, or return the report with a reason, "+
					"until this is sent; or drop what was not sent: git reset --keep @{upstream}"))
			}
		}
	}
	return nil
}

// samePeriod reports whether two records have the same report and the same figures of a period.
func samePeriod(a, b *model.Progress, period string) bool {
	if !a.ReportOf(period).Equal(b.ReportOf(period)) {
		return false
	}
	return maps.Equal(figuresOf(a, period), figuresOf(b, period))
}

// figuresOf are the figures of a period by activity and indicator.
func figuresOf(record *model.Progress, period string) map[string]float64 {
	figures := map[string]float64{}
	for activity, entry := range record.Activities {
		for indicator, figure := range sums.In(entry.Figures, period) {
			figures[activity+"."+indicator] = figure
		}
	}
	return figures
}

// kept reports whether a record holds what only the coordinator decides as it must: as its
// parents do, or, where these differ, as git merges them, or as the side that has changed it.
func kept[T comparable](file *PushedFile, of func(*model.Progress) T) bool {
	after, differ := of(&file.After), false
	for i := range file.Before {
		differ = differ || of(&file.Before[i]) != of(&file.Before[0])
	}
	switch {
	case len(file.Before) == 0:
		return false
	case !differ:
		return after == of(&file.Before[0])
	case file.Merged != nil:
		return after == of(file.Merged)
	}
	for i := range file.Before { // who has changed nothing has decided nothing
		side := of(&file.Before[i])
		if !slices.ContainsFunc(file.Bases, func(base model.Progress) bool { return of(&base) != side }) {
			continue
		}
		if side != after {
			return false
		}
	}
	return true
}

func problemRefusal(problem phrase.Problem) *phrase.Refusal {
	return phrase.Refuse(phrase.Say("%s: %s", problem.Place(), problem.What), problem.Hint)
}
