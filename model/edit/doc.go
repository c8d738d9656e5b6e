// Package edit changes single values of a TOML file and leaves every other byte as it
// was. It is also what tells every reader where in the file a value stands.
//
// [Parse] reads a file under fixed limits and returns every value with its place, or the
// first error, which is enough: nothing is taken from a file that does not parse. [Apply] carries out operations
// ([Set], [AppendTable], [Delete], [Move], [PutBack]) by splicing bytes, decodes the result and
// compares it with what was asked: only the meant keys may differ, else nothing is
// returned.
//
// # What stays as it is
//
// Comments, blank lines, the order of keys, quoting, indentation, the kind of line ends, a
// byte order mark, and whether the file ends with a line end. A value that is set to what
// it already is keeps its spelling.
//
// # Where an edit can be undone to the byte
//
// For a source that Parse reads without errors, these pairs give back the same bytes:
//
//   - Set of a value that exists, then Set of the [Raw] text that stood there;
//   - Set of a new key, then Delete of that key, when the key went into the top of the
//     file, under a header, beside dotted keys, or into an inline table that is not empty
//     or is written {};
//   - Set of a key in a table that did not exist, then Delete of that table (the topmost
//     one that was new), under the same conditions;
//   - AppendTable, then Delete of the new element (index -1);
//   - Move, then Move back;
//   - Append to an array that is not empty or is written [], then Delete of the last
//     element, except when the array has its last comma on a later line than its last
//     element.
//
// The only source for which an added key or table cannot be taken out again to the byte is
// one that holds nothing (no bytes, or only a byte order mark or blanks): it gets a final
// line end. Delete followed by Set is not such a pair: a comment on the line of the deleted
// key is gone with it.
package edit
