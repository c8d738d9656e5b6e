//go:build !linux

package doctor

// FileSystem says nothing: what to ask differs between systems.
func FileSystem(string) string { return "" }

// Running does not know what is running here.
func Running([]string) (gits []Process, known bool) { return nil, false }
