// Package review holds the values of a plan against each other: what differs between
// two states, how a change is undone or joined with another one, which version a merge
// dropped, who signed what, how a commit describes it, and whether a push may do it.
// It knows neither files nor git.
package review
