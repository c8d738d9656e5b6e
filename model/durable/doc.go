// Package durable replaces files for good: a reader, a kill or a power cut sees the old or
// the new bytes, never a mixture, and what was said to be written is there afterwards.
//
// [Replace] does it in one call. It is made of two, between which the caller can look once
// more whether the file is still the one that is meant to be replaced: [Prepare] brings the
// new bytes to the disk under another name, [Pending.Rename] puts them into place, and
// [Pending.RenameOver] does so only in the place of what was seen. [Create] makes a file that
// must not be there yet.
//
// There is one such way because the order of its steps is easily got wrong, and none of the
// mistakes shows before the power fails.
package durable
