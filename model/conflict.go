package model

import (
	"time"

	"example.org/tiendo/model/phrase"
)

// Conflict refuses a change because someone else was first.
type Conflict struct {
	Change Change
	Theirs Value // as it stands in the file now
}

// Error names who was first and when, in English.
func (c *Conflict) Error() string {
	by, at := c.Theirs.LastChange(c.Change.Subject.Kind)
	return phrase.Say("this entry has just been changed by someone else: %s, %s", by, at.Format(time.RFC3339)).String()
}

// Mine is the value as the person wants it, on top of theirs: what the person did not touch is as it stands
// in the file now, so that a figure of one's own never puts back an old note of somebody else.
func (c *Conflict) Mine() Value {
	seen, mine, theirs := c.Change.Seen, c.Change.New, c.Theirs
	switch c.Change.Subject.Kind {
	case SubjectActivity:
		return Value{Entry: mine.Entry.on(seen.Entry, theirs.Entry)}
	case SubjectMessage:
		return Value{Use: Use{Channels: joinLists(seen.Use.Channels, theirs.Use.Channels, mine.Use.Channels)}}
	case SubjectReport:
		return Value{Report: mine.Report.on(seen.Report, theirs.Report)}
	default:
		return mine
	}
}

// on is the entry with what was not touched since seen as it stands in theirs.
func (e Entry) on(seen, theirs Entry) Entry {
	var mine joiner // of two that differ, the later one stands: this one
	merged := theirs
	merged.Status = one(&mine, "", seen.Status, theirs.Status, e.Status)
	merged.Note = one(&mine, "", seen.Note, theirs.Note, e.Note)
	merged.Evidence = joinLists(seen.Evidence, theirs.Evidence, e.Evidence)
	merged.Figures = mine.figures(&seen, &theirs, &e)
	return merged
}

// on is the report with what was not touched since seen as it stands in theirs.
func (r Report) on(seen, theirs Report) Report {
	merged := theirs
	if r.Status != seen.Status || r.Reason != seen.Reason {
		merged.Status, merged.Reason = r.Status, r.Reason
	}
	if r.Nil != seen.Nil || r.NilReason != seen.NilReason {
		merged.Nil, merged.NilReason = r.Nil, r.NilReason
	}
	if !sameExtension(r, seen) {
		merged.ExtendedUntil, merged.ExtensionReason = r.ExtendedUntil, r.ExtensionReason
	}
	var mine joiner
	merged.Results = one(&mine, "", seen.Results, theirs.Results, r.Results)
	merged.Difficulties = one(&mine, "", seen.Difficulties, theirs.Difficulties, r.Difficulties)
	merged.Recommendations = one(&mine, "", seen.Recommendations, theirs.Recommendations, r.Recommendations)
	merged.Funding = one(&mine, "", seen.Funding, theirs.Funding, r.Funding)
	merged.Documents = joinLists(seen.Documents, theirs.Documents, r.Documents)
	return merged
}
