package store

import "example.org/tiendo/model"

// EmptyProgress is the record of a unit that has not begun, for a plan folder that is made anew.
func EmptyProgress(plan *model.Plan, unit *model.Unit) []byte { return emptyProgress(plan, unit) }
