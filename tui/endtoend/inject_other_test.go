//go:build !linux || !amd64

package endtoend

import "testing"

// startedToInject says whether this process is part of an injection, which only Linux on amd64 has.
func startedToInject() (code int, is bool) { return 0, false }

func killedAt(testing.TB, string, string, int, ...string) bool { return false }
