// Package merge joins two versions of one data file that both came from a third,
// entry by entry and by bytes, so that comments, order, quoting and keys that this
// program does not know travel with the entries they belong to.
//
// # What an entry is
//
// An entry is what one person changes at a time:
//
//   - a key before the first header;
//   - activity.ID and message.ID with everything below, and the report;
//   - every element of an array of tables, named by its id, with everything below;
//   - every other table by itself, without the tables below it.
//
// A list whose elements have no id, or have one twice, is one entry as a whole. Named
// by their places, a removal on one side would move all that follow, and a change of
// the other side would land on the wrong one; named by their contents, a change would
// look like a removal and an addition, and two different changes of one element would
// both stay without anybody being asked.
//
// The comment lines directly above an entry belong to it, and those directly below its
// last line when a blank line follows them. A comment that stands apart is something of
// its own: it is added or removed, and never a conflict. Blank lines are merged apart
// from the entries between which they stand.
//
// Where a hand has scattered an entry over the file, it is merged together with all
// that stands between its parts.
//
// # What is decided
//
// What one side left alone is taken from the other; what both made the same is taken
// once. An entry that both changed, or that one changed and the other removed, is a
// conflict: both stay in the file, with what they came from, between the marks that git
// uses. Two spellings of the same values are no conflict unless their comments differ.
// Line ends alone are no change when the other side has changed more.
//
// Who accepts a report accepts the whole record as it is. Where one side has accepted it and
// the other has changed something else in the file that the first one does not have, the
// report is a conflict, although only one side has changed it: else a record would be locked
// with contents that nobody has accepted.
//
// The order of the side that has changed it stays. That of tables says nothing, so where both
// have changed it one of the two is taken; that of the elements of an array is then a conflict
// of the whole file.
//
// New entries of both sides at one place are put in the order of their names. Whatever is
// chosen, it does not depend on which side is called ours.
//
// # Records
//
// In the record of a unit nothing is in conflict. What one side alone has changed of an
// activity, a message's use or the report is taken field by field; of lists, what either
// has added stays and what either has taken away goes; of what both have set the same, whoever
// was first signs it. What both have changed differently stands there twice: the earlier
// version above, the others below it in tables of their own (other), each signed. Where the
// fields of a joined entry have different authors, further tables (edited) say whose is what.
// Where there was a dispute already, nothing is taken field by field any more: the versions are joined as wholes, all
// that there are but for those that one side has taken away, so that none stands that nobody wrote. The tables of
// versions that came of this, or that a settlement let stand, say so (whole), for the sake of a clone that knew of no
// dispute.
// An entry that one side has taken away stays where the other has changed it.
//
// Whatever was joined first, the bytes are the same: every clone comes to one record.
//
// # What is checked
//
// The result is read again as either side would settle it, and every entry in it is
// compared with the version that it must have: bytes, values, nothing more and nothing
// less. When that fails, as for layouts in which an entry means something else beside
// others, the whole file becomes one entry. Nothing that failed the check is returned.
package merge
