package review

import (
	"slices"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

// ClockSkew is how far the clocks of two machines may go apart before a time is told or refused.
const ClockSkew = 10 * time.Minute

// Signed is who signed a value, and when. Of a first submission there is only the time.
type Signed struct {
	By string
	At time.Time
}

func (s Signed) equal(other Signed) bool { return s.By == other.By && s.At.Equal(other.At) }

func (s Signed) among(all []Signed) bool { return slices.ContainsFunc(all, s.equal) }

// Signatures are all signatures and times in a value that say something. The roster, the plan and the texts carry none;
// reminders are told with theirs.
func Signatures(v model.Value) []Signed {
	var all []Signed
	for i, version := range model.Versions(v) {
		switch v := version.(type) {
		case model.Entry:
			all = append(all, Signed{v.By, v.At}, Signed{v.EditedBy, v.EditedAt})
		case model.Use:
			all = append(all, Signed{v.By, v.At})
		case model.Report:
			all = append(all, Signed{v.By, v.At})
			if i == 0 {
				all = append(all, Signed{At: v.SubmittedAt})
			}
		}
	}
	return slices.DeleteFunc(all, func(s Signed) bool { return s.equal(Signed{}) })
}

// claimed are the signatures under which a difference puts its new value: all that were not there before, and the last
// one, be it old or new. Of two from one second the new one is the last.
func (d *Difference) claimed() []Signed {
	before := Signatures(d.Before)
	claimed := slices.DeleteFunc(Signatures(d.After), func(s Signed) bool { return s.among(before) })
	by, at := model.LastChange(d.After)
	isLast := func(s Signed) bool { return s.By != "" && s.At.Equal(at) }
	if last := (Signed{by, at}); !last.equal(Signed{}) && !slices.ContainsFunc(claimed, isLast) {
		claimed = append(claimed, last)
	}
	return claimed
}

// SignedApart reports whether a difference bears a signature that is not that of the
// commit which made it: of another person, of another time, or none where there was one.
func (d *Difference) SignedApart(roster *model.Roster, made Authorship) bool {
	if !d.Subject.Kind.InRecord() || !d.File.IsZero() {
		return false
	}
	for _, signed := range d.claimed() {
		if signed.By != "" && !signs(roster, made, signed.By) {
			return true
		}
		if !signed.At.IsZero() && !made.At.IsZero() && signed.At.Sub(made.At).Abs() > ClockSkew {
			return true
		}
	}
	before, _ := model.LastChange(d.Before)
	after, _ := model.LastChange(d.After)
	return before != "" && after == "" && !d.After.SameContent(d.Subject.Of(&model.Progress{}))
}

// Claims reports whether a difference brought a value that bears a time.
func (d *Difference) Claims(at time.Time) bool {
	before := Signatures(d.Before)
	return slices.ContainsFunc(d.claimed(), func(s Signed) bool { return s.At.Equal(at) && !s.among(before) })
}

// SignedBefore reports whether a difference claims a time before a moment.
func (d *Difference) SignedBefore(moment time.Time) bool {
	before := Signatures(d.Before)
	return slices.ContainsFunc(d.claimed(), func(s Signed) bool {
		return !s.At.IsZero() && s.At.Before(moment) && !s.among(before)
	})
}

// signs reports whether a signature is that of who made a commit. An address on the
// roster says who it is; a name counts only for whom the roster has no address.
func signs(r *model.Roster, made Authorship, by string) bool {
	if author := r.ByEmail(made.Email); author != nil {
		return by == author.ID || by == author.Name
	}
	if person := r.Person(by); person != nil && person.Email != "" {
		return false
	}
	return r.PersonName(by) == made.Name
}

// CheckSignatures refuses what staff have signed with the name of somebody else or with a
// time to come. A value that stood in the file before, signatures and all, is put back by
// an undo and may return: file.Earlier holds the earlier records that are known. A merge
// may sign as one of its sides does. A zero now leaves times alone.
func CheckSignatures(c *model.Campaign, commit *PushedCommit, file *PushedFile, author model.Person,
	now time.Time) *Breach {
	var differences []Difference
	for i := range file.Before {
		against := differencesOf(&file.Before[i], &file.After)
		if i > 0 {
			against = Common(differences, against)
		}
		differences = against
	}
	for i := range differences {
		difference := &differences[i]
		stood := func(earlier model.Progress) bool {
			return difference.Subject.Of(&earlier).Equal(difference.After)
		}
		if slices.ContainsFunc(file.Earlier, stood) {
			continue
		}
		var sides []Signed
		for i := range file.Before {
			sides = append(sides, Signatures(difference.Subject.Of(&file.Before[i]))...)
		}
		for _, signed := range difference.claimed() {
			place := entryPlace(c, file.Unit, difference.entry())
			switch {
			case commit.Merge() && signed.among(sides):
			case signed.By != "" && signed.By != author.ID && signed.By != author.Name:
				refusal := phrase.Refuse(phrase.Say("%s is signed by %s, but the commit is by %s", place,
					c.Roster.PersonName(signed.By), author.Name),
					phrase.Say("everyone signs what they record themselves: by = %q", author.Signature()))
				return &Breach{Refusal: refusal, Entry: difference.entry(), Key: signedUnder(difference.After, signed, "by")}
			case !now.IsZero() && signed.At.Sub(now) > ClockSkew:
				refusal := phrase.Refuse(phrase.Say("%s bears a time to come: %s", place, signed.At.Format(time.RFC3339)),
					phrase.Say("set the clock of the machine; this can be sent from %s on, or take it back (git reset --keep "+
						"@{upstream}) and record it again",
						calendar.Clock(signed.At.Add(-ClockSkew), c.Plan.TimeZone)))
				return &Breach{Refusal: refusal, Entry: difference.entry(), Key: signedUnder(difference.After, signed, "at"),
					ByHand: phrase.Say("write the time at which it was recorded, or set the clock of the machine")}
			}
		}
	}
	return nil
}

// signedUnder is the key of a value under which a signature stands: that of its person, "by", or of its time, "at".
func signedUnder(value model.Value, signed Signed, key string) string {
	if entry := model.As[model.Entry](value); signed.equal(Signed{entry.EditedBy, entry.EditedAt}) {
		return "edited_" + key
	}
	if signed.By == "" && signed.At.Equal(model.As[model.Report](value).SubmittedAt) {
		return "submitted_" + key
	}
	return key
}

// differencesOf compares two versions of one record.
func differencesOf(before, after *model.Progress) []Difference {
	return compareRecord(&model.Campaign{Progress: map[string]model.Progress{"": *before}},
		&model.Campaign{Progress: map[string]model.Progress{"": *after}}, "")
}
