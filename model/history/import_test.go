package history_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model/history"
	"example.org/tiendo/model/review"
)

// Many commits come at once, each under its author's name and time, and the work tree follows.
func TestImport(t *testing.T) {
	dir := repository(t)
	opened := open(t, dir)
	before := strings.Count(git(t, dir, "log", "--oneline"), "\n")
	path := change(dir, office).Path
	at := time.Date(2019, 11, 18, 9, 20, 11, 0, time.FixedZone("", 7*3600))
	last := "status = \"done\"\n\nnote = \"đã xong\""
	versions := []history.Imported{
		{Commit: review.Commit{Path: path, AuthorName: "Trần <Hoa>", AuthorEmail: "hoa@example.org", When: at, Message: "một\n\nUnit: x\n"}, Content: []byte("a = 1\n")},
		{Commit: review.Commit{Path: path, AuthorName: "Lê Minh", AuthorEmail: "minh@example.org", When: at.Add(time.Hour), Message: "hai\n"}, Content: []byte(last)},
	}
	if err := opened.Import(context.Background(), versions); err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != last {
		t.Errorf("the file holds %q, %v", content, err)
	}
	got := git(t, dir, "log", "-2", "--format=%an|%ae|%aI|%cn|%cI|%s|%b")
	want := "Lê Minh|minh@example.org|2019-11-18T10:20:11+07:00|tiendo|2019-11-18T10:20:11+07:00|hai|\n" +
		"Trần Hoa|hoa@example.org|2019-11-18T09:20:11+07:00|tiendo|2019-11-18T09:20:11+07:00|một|Unit: x\n\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if after := strings.Count(git(t, dir, "log", "--oneline"), "\n"); after != before+2 {
		t.Errorf("%d commits after %d", after, before)
	}
	if status := git(t, dir, "status", "--porcelain"); status != "" {
		t.Errorf("left over: %s", status)
	}
	git(t, dir, "fsck", "--strict")

	bad := []history.Imported{{Commit: review.Commit{Path: filepath.Join(dir, "a\nb"), AuthorName: "x", When: at}}}
	if err := opened.Import(context.Background(), bad); err == nil {
		t.Error("a name of two lines was taken")
	}
}
