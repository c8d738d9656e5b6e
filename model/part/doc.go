// Package part knows the parts of plan.toml: which there are and what fields each has, how what a person types becomes
// a value of one, where they stand in the file, and which changes of them are refused.
//
// A form shows [Fields] of a kind with [Typed] of each, and gives what was typed to [Set]; a command does the same with
// its flags. Both make one model.Change of it, whatever number of fields it sets.
package part
