package merge

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkEntries merges a progress file of 4 KB that both sides have changed. The limit
// is 5 ms.
func BenchmarkEntries(b *testing.B) {
	var text strings.Builder
	for i := 0; text.Len() < 4096; i++ {
		fmt.Fprintf(&text, "[activity.hoat-dong-%d]\nstatus   = \"done\"\nby       = \"lan\"\nat       = 2019-11-18T09:20:11+07:00\nnote     = \"Treo tại trụ sở.\"\n\n[activity.hoat-dong-%d.figures]\nbang-ron = %d\n\n", i, i, i)
	}
	base := text.String() + "[report]\nstatus = \"draft\"\n"
	ours, theirs := strings.Replace(base, "bang-ron = 2\n", "bang-ron = 7\n", 1), strings.Replace(base, "draft", "submitted", 1)
	b.SetBytes(int64(len(base)))
	for b.Loop() {
		if result := merged(b, base, ours, theirs); len(result.Conflicts) > 0 {
			b.Fatal(result.Conflicts)
		}
	}
}

// BenchmarkHostile merges files whose entries are as many as a file can have, all new on
// both sides.
func BenchmarkHostile(b *testing.B) {
	var ours, theirs strings.Builder
	for i := range 15_000 {
		fmt.Fprintf(&ours, "a%d.x = 1\n", i)
		fmt.Fprintf(&theirs, "[b%d]\n#\n\n#\n\n", 15_000-i)
	}
	for b.Loop() {
		merged(b, "", ours.String(), theirs.String())
	}
}
