// Package phrase holds what is said to a person, whoever says it: sentences that know
// no language yet, errors with a hint, diagnostics with a place in a file, and words
// in both languages. It is a room of its own so that the rules of the plan, the code
// that reads and writes files and the screen speak in one way; it imports none of them.
package phrase
