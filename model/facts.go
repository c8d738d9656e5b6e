package model

// Facts are what a plan says, one fact each, in its order: the differences from no plan at all.
func (p *Plan) Facts() []Difference { return compareFacts(nil, planFacts(p)) }
