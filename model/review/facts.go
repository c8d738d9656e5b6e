package review

import "example.org/tiendo/model"

// Facts are what a plan says, one fact each, in its order: the differences from no plan at all.
func Facts(p *model.Plan) []Difference { return compareFacts(nil, planFacts(p)) }
