// Package model is the plan as Go values and the rules about them: what is assigned to whom, what is late, who may
// change what, and every figure that a view or a report shows. It does no input or output and has no clock: today, the
// time zone and the person are passed in.
package model
