//go:build !linux

package machine

// FileSystem says nothing: what to ask differs between systems.
func FileSystem(string) string { return "" }

// BeforeStart has nothing to see to.
func BeforeStart() {}

// Gits does not know what is running here.
func Gits([]string) (gits []Process, known bool) { return nil, false }

// Started knows no process.
func Started(int) string { return "" }

func bootID() string { return "" }

// Flat knows of no folder.
func Flat(string) bool { return false }
