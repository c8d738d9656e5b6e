package model

import "time"

// Part is a table of plan.toml: each key with its value; nil is one that is not there. What stands in tables below it
// is not part of it.
type Part map[string]PartValue

// PartValue is a value in the plan: as it stands in the file, and what that means, as package edit gives it.
type PartValue struct {
	TOML  string
	Value any
}

// Place is the key, which no file has, under which a part tells where it stands: its value is the id of the one before
// it, "" for the first, and its TOML the whole of it with its comments and the tables below, "" where that does not
// matter. A part without it may stand anywhere.
const Place = ""

// Equal compares two parts of the plan, wherever they stand.
func (p Part) Equal(v Value) bool {
	other, is := v.(Part)
	if !is || (p == nil) != (other == nil) {
		return false
	}
	for key := range p {
		if _, both := other[key]; key != Place && (!both || p[key].TOML != other[key].TOML) {
			return false
		}
	}
	for key := range other {
		if _, both := p[key]; key != Place && !both {
			return false
		}
	}
	whole, theirs := p[Place].TOML, other[Place].TOML
	return whole == "" || theirs == "" || whole == theirs
}

// SameContent compares two parts of the plan, which carries no signatures, and the place that the second one is to
// have.
func (p Part) SameContent(v Value) bool {
	other := As[Part](v)
	place, matters := other[Place]
	return p.Equal(v) && (!matters || p[Place].Value == place.Value)
}

func (p Part) signed(Value, string, time.Time) Value { return p }
