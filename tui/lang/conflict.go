package lang

import (
	"cmp"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/review"
)

// ConflictPlace is whose and what a conflict is about.
func (w Words) ConflictPlace(campaign *model.Campaign, conflict *review.MergeConflict) string {
	switch conflict.Subject.Kind {
	case "":
		about := cmp.Or(conflict.Entry, w.T("the whole file"))
		if conflict.Unit != "" {
			return campaign.Roster.UnitName(conflict.Unit) + " · " + about
		}
		return strings.TrimSpace(conflict.File + " · " + about)
	case model.SubjectPlan:
		return strings.TrimPrefix(conflict.File+" · "+conflict.Entry, " · ")
	}
	return difference{w, campaign, &review.Difference{Unit: conflict.Unit, Subject: conflict.Subject}}.place()
}

// ConflictSide says who made a side of a conflict and when, and what that side did.
func (w Words) ConflictSide(campaign *model.Campaign, conflict *review.MergeConflict, side *review.MergeVersion) (who,
	what string) {
	who = w.whose(campaign, side.By)
	if !side.At.IsZero() {
		who += ", " + w.When(side.At, calendar.Day{}, campaign.Plan.TimeZone)
	}
	switch kind := conflict.Subject.Kind; {
	case side.Gone && !conflict.Base.Gone:
		return who, w.T("removed it")
	case kind == "" || kind == model.SubjectPlan:
		return who, conflict.Differing(side)
	case kind != model.SubjectReport, conflict.Disputed():
		return who, w.ConflictValue(campaign, conflict, side)
	default: // of a report there is too much to say all of it
		return who, difference{w, campaign, &review.Difference{
			Unit: conflict.Unit, Subject: conflict.Subject, Before: conflict.Base.Value, After: side.Value,
		}}.differs()
	}
}

// ConflictValue says a side's version in the plan's words; of a report in dispute what differs.
func (w Words) ConflictValue(campaign *model.Campaign, conflict *review.MergeConflict,
	side *review.MergeVersion) string {
	if conflict.Disputed() && conflict.Subject.Kind == model.SubjectReport {
		return w.ownWords(campaign, conflict.Subject, conflict.InFile, side.Value)
	}
	return w.Value(campaign, conflict.Subject, side.Value)
}

// ConflictWaits says what waits as long as nobody decides a dispute, and whether there is more to decide afterwards; ""
// for another conflict.
func (w Words) ConflictWaits(conflict *review.MergeConflict) string {
	if !conflict.Disputed() {
		return ""
	}
	why := w.T("Two people wrote this at the same time. Until one version is chosen it is not counted, and the unit's " +
		"report can be neither submitted nor accepted.")
	if more := len(model.Versions(conflict.InFile)) - 2; more > 0 {
		why += " " + w.Count(more, "After that %d more version is left to decide.",
			"After that %d more versions are left to decide.")
	}
	return why
}

// ConflictWhy says why a report is in dispute that one side has accepted, and what each
// choice means; "" for other conflicts, which say it themselves.
func (w Words) ConflictWhy(campaign *model.Campaign, conflict *review.MergeConflict) string {
	accepter, _ := conflict.Accepter()
	if accepter == nil || !conflict.Disputed() {
		return ""
	}
	return w.T("%s accepted the report while its record was changed. The accepted side takes that in, too; the other "+
		"side takes the acceptance back, to be looked at again.", w.whose(campaign, accepter.By))
}

// NotTaken says whose version of what was not taken when two lines of the history were joined.
func (w Words) NotTaken(campaign *model.Campaign, lost review.NotTaken) (where, what string) {
	conflict := review.MergeConflict{Unit: lost.Unit, Subject: lost.Subject(), Entry: lost.Entry}
	where = w.ConflictPlace(campaign, &conflict)
	if conflict.Subject.Kind == model.SubjectPlan && lost.Unit == "" {
		where = w.entryPlace(lost.Entry)
	}
	if lost.Alone {
		return where, w.T("the change of %s was left out, though nobody else had changed it", w.whose(campaign, lost.By))
	}
	return where, w.T("the version of %s was not taken", w.whose(campaign, lost.By))
}

// entryPlace is in which of the Office's files an entry stands, and which one it is.
func (w Words) entryPlace(entry string) string {
	file := w.T("plan")
	switch list, _, _ := strings.Cut(entry, "["); list {
	case "plan":
		return file
	case "group":
		file = w.T("roster")
	case "header", "text", string(model.SubjectReminder):
		file = w.T("consolidated report")
	}
	return file + " · " + entry
}

// NotTakenAtLength says it to somebody who may not know how it comes that a version is not taken.
func (w Words) NotTakenAtLength(campaign *model.Campaign, lost review.NotTaken) string {
	if lost.Alone {
		return w.T("Only %s had changed this entry, and the merge of the two sides left it out. It is still in the history.",
			w.whose(campaign, lost.By))
	}
	return w.T("Two sides had changed this entry differently; the version of %s was not taken. It is still in the "+
		"history.", w.whose(campaign, lost.By))
}

// whose is the name of a person, of whom only that may be known that there is one.
func (w Words) whose(campaign *model.Campaign, by string) string {
	return cmp.Or(campaign.Roster.PersonName(by), w.T("somebody"))
}
