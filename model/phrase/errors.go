package phrase

import "errors"

// Of is an error as something to say beside an answer.
func Of(err error) Sentence {
	var refusal *Refusal
	switch {
	case !errors.As(err, &refusal):
		if cause := Cause(err); cause != nil {
			return cause.What
		}
		return Say("%s", err.Error())
	case refusal.Err != nil:
		return Say("%s: %s", refusal.What, refusal.Err.Error())
	default:
		return refusal.What
	}
}
