package lang

import (
	"strings"

	"example.org/tiendo/model"
)

// ConflictPlace is whose and what a conflict is about.
func (w Words) ConflictPlace(campaign *model.Campaign, conflict *model.MergeConflict) string {
	switch conflict.Subject.Kind {
	case "":
		if conflict.Entry != "" {
			return conflict.File + ": " + conflict.Entry
		}
		if conflict.Unit != "" {
			return unitName(&campaign.Roster, conflict.Unit) + " · " + w.T("the whole file %s", conflict.File)
		}
		return w.T("the whole file %s", conflict.File)
	case model.SubjectPlan:
		return conflict.File + ": " + conflict.Entry
	}
	return w.place(campaign, &model.Difference{Unit: conflict.Unit, Subject: conflict.Subject})
}

// ConflictSide says who made a side of a conflict and when, and what that side did.
func (w Words) ConflictSide(campaign *model.Campaign, conflict *model.MergeConflict, side *model.MergeVersion) (who, what string) {
	who = campaign.Roster.PersonName(side.By)
	if who == "" {
		who = w.T("somebody")
	}
	if !side.At.IsZero() {
		who += ", " + w.When(side.At, model.Day{}, campaign.Plan.TimeZone)
	}
	switch kind := conflict.Subject.Kind; {
	case side.Gone && !conflict.Base.Gone:
		return who, w.T("took it away")
	case kind == "" || kind == model.SubjectPlan:
		return who, strings.TrimRight(side.Text, "\n")
	default:
		return who, w.differs(campaign, &model.Difference{
			Unit: conflict.Unit, Subject: conflict.Subject, Before: conflict.Base.Value, After: side.Value,
		})
	}
}
