// Package phrase holds what is said to a person, whoever says it: sentences that know no language yet, errors with a
// hint, diagnostics with a place in a file, and a Printer that says them in one language. Code writes the English; the
// tables of this package hold the Vietnamese of every sentence, and a test reads the whole source to see that none is
// missing. It is a room of its own so that the rules of the plan, the papers, the code that reads and writes files and
// the screen speak in one way; it imports none of them.
package phrase
