package model

import (
	"maps"
	"strings"
	"time"
)

// Part is a table of plan.toml: each key with its value; nil is one that is not there. What stands in tables below it
// is not part of it.
type Part map[string]PartValue

// PartValue is a value in the plan: as it stands in the file, and what that means, as package edit gives it.
type PartValue struct {
	TOML  string
	Value any
}

// Equal compares two parts of the plan.
func (p Part) Equal(v Value) bool {
	other, is := v.(Part)
	return is && (p == nil) == (other == nil) && maps.EqualFunc(p, other, PartValue.same)
}

func (v PartValue) same(other PartValue) bool { return v.TOML == other.TOML }

// SameContent compares two parts of the plan, which carries no signatures.
func (p Part) SameContent(v Value) bool { return p.Equal(v) }

func (p Part) signed(Value, string, time.Time) Value { return p }

// PlanTables are the parts of the plan that are there once.
func PlanTables() []string { return []string{"plan", "document", "calendar", "reporting"} }

// PlanKinds are the kinds of parts of which a plan has several, each with an id.
func PlanKinds() []string {
	return []string{"goal", "message", "channel", "section", "activity", "indicator", "period"}
}

// PartOfPlan is the subject of a part of the plan: one of the PlanTables, or one of the PlanKinds with an id. An
// indicator is named with its activity, as ACTIVITY/ID.
func PartOfPlan(kind, id string) Subject {
	return Subject{Kind: SubjectPlan, ID: strings.TrimSuffix(kind+"/"+id, "/")}
}
