package review

import "example.org/tiendo/model"

// Mine is the value as the person wants it, on top of theirs: what the person did not touch is as it stands
// in the file now, so that a figure of one's own never puts back an old note of somebody else.
func Mine(c *model.Conflict) model.Value {
	seen, mine, theirs := c.Change.Seen, c.Change.New, c.Theirs
	switch c.Change.Subject.Kind {
	case model.SubjectActivity:
		return model.Value{Entry: entryOn(mine.Entry, seen.Entry, theirs.Entry)}
	case model.SubjectMessage:
		return model.Value{Use: model.Use{Channels: joinLists(seen.Use.Channels, theirs.Use.Channels, mine.Use.Channels)}}
	case model.SubjectReport:
		return model.Value{Report: reportOn(mine.Report, seen.Report, theirs.Report)}
	default:
		return mine
	}
}

// entryOn is the entry with what was not touched since seen as it stands in theirs.
func entryOn(e model.Entry, seen, theirs model.Entry) model.Entry {
	var mine joiner // of two that differ, the later one stands: this one
	merged := theirs
	merged.Status = one(&mine, "", seen.Status, theirs.Status, e.Status)
	merged.Note = one(&mine, "", seen.Note, theirs.Note, e.Note)
	merged.Evidence = joinLists(seen.Evidence, theirs.Evidence, e.Evidence)
	merged.Figures = mine.figures(&seen, &theirs, &e)
	return merged
}

// reportOn is the report with what was not touched since seen as it stands in theirs.
func reportOn(r model.Report, seen, theirs model.Report) model.Report {
	merged := theirs
	if r.Status != seen.Status || r.Reason != seen.Reason {
		merged.Status, merged.Reason = r.Status, r.Reason
	}
	if r.Nil != seen.Nil || r.NilReason != seen.NilReason {
		merged.Nil, merged.NilReason = r.Nil, r.NilReason
	}
	if !model.SameExtension(r, seen) {
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
