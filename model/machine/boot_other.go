//go:build !linux && !darwin

package machine

import "time"

// Local knows of no folder.
func Local(string) bool { return false }

// Booted does not know.
func Booted() (at time.Time, known bool) { return at, false }
