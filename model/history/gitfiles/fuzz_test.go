package gitfiles_test

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/model/history/gitfiles"
)

// Whatever bytes lie there as git's index: what is read of them is an id, or nothing.
func FuzzIndex(f *testing.F) {
	entry := "DIRC\x00\x00\x00\x02\x00\x00\x00\x01" + strings.Repeat("\x00", 40) + strings.Repeat("\xab", 20) + "\x00\x01a" + strings.Repeat("\x00", 9)
	sum := strings.Repeat("\x00", 20)
	f.Add(entry + sum)
	f.Add(entry + "TREE\x00\x00\x00\x19\x001 0\n" + strings.Repeat("\xcd", 20) + sum)
	f.Add(entry + "TREE\x00\x00\x00\x06\x00-1 0\n" + sum)
	f.Add(entry + "link\xff\xff\xff\xff" + sum)
	f.Add(strings.Replace(entry, "\x00\x01a", "\x0f\xffa", 1) + sum)
	f.Add("DIRC\x00\x00\x00\x03\xff\xff\xff\xff")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, index string) {
		if err := os.WriteFile(filepath.Join(dir, "index"), []byte(index), 0o600); err != nil {
			t.Fatal(err)
		}
		id, tree, known := gitfiles.Staged(dir, "a", 40)
		for _, one := range []string{id, tree} {
			if _, err := hex.DecodeString(one); err != nil || one != "" && len(one) != 40 {
				t.Errorf("%q is no id", one)
			}
		}
		if known && (id == "" || gitfiles.Lacks(dir, 40, "a")) {
			t.Errorf("the index of %q holds the file and lacks it", id)
		}
	})
}
