// Package workspace is one plan folder together with its repository: where it lies, who
// works in it, how it was on a day, its history as dashboards ask for it, the exchange
// with a remote, what was typed and not saved, exports and next year's folder. It is the
// only room that joins store and history, which never see each other.
package workspace
