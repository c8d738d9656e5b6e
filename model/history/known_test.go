package history

import (
	"fmt"
	"path/filepath"
	"testing"
)

// What is remembered of the last commit does not grow with every file that was ever changed, and what was changed last
// is part of it.
func TestWhatIsKnownIsBounded(t *testing.T) {
	r := &worktree{runner: runner{gitDir: filepath.Join(t.TempDir(), ".git")}}
	k := r.known("one")
	for i := range 3 * mostKnown {
		name, content := fmt.Sprintf("data/progress/u%d.toml", i), []byte{byte(i)}
		r.learn(k, "one", map[string][]byte{name: content})
		if k = r.known("one"); !k.holds(name, content) || len(k.Files) != min(i+1, mostKnown) {
			t.Fatalf("after %d files %d are known, %s among them: %v", i+1, len(k.Files), name, k.holds(name, content))
		}
	}
	all := map[string][]byte{}
	for i := range 2 * mostKnown {
		all[fmt.Sprintf("data/progress/v%d.toml", i)] = nil
	}
	r.learn(k, "two", all)
	if k = r.known("two"); len(k.Files) != mostKnown {
		t.Errorf("after %d files at once %d are known", len(all), len(k.Files))
	}
}
