package history_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"example.org/tiendo/model/history"
	"example.org/tiendo/model/review"
)

// Git still has a missing file when the last commit holds it and the index too; where it lay does not matter.
func TestStillHas(t *testing.T) {
	t.Parallel()
	const asked, moved = "progress/thanh-tra.toml", "progress/khoi/thanh-tra.toml"
	kept := review.MissingFile{Path: asked}
	tests := map[string]struct {
		before string // in the repository, whose last commit holds the file
		want   review.MissingFile
	}{
		"removed":               {"rm data/progress/thanh-tra.toml", kept},
		"with its folder":       {"rm -r data/progress", kept},
		"in a folder below":     {"mkdir data/progress/khoi; git mv " + inspection + " data/" + moved + "; git commit -qm x; rm data/" + moved, review.MissingFile{Path: moved}},
		"refs packed":           {"git pack-refs --all; rm " + inspection, kept},
		"on no branch":          {"git checkout -q --detach; rm " + inspection, kept},
		"index put together":    {"git update-index --split-index; rm " + inspection, kept},
		"newer index":           {"git update-index --index-version 4; rm " + inspection, kept},
		"sparse":                {"rm -r thu; git sparse-checkout init --cone --sparse-index; git sparse-checkout set data; git sparse-checkout reapply; rm " + inspection, kept},
		"removal staged":        {"git rm -q " + inspection, review.MissingFile{}},
		"out of the index":      {"git rm -q --cached " + inspection + "; rm " + inspection, review.MissingFile{}},
		"removal committed":     {"git rm -q " + inspection + "; git commit -qm x", review.MissingFile{}},
		"never in a commit":     {"git rm -q " + inspection + "; git commit -qm x; echo x > " + inspection + "; git add " + inspection + "; rm " + inspection, review.MissingFile{}},
		"not on this branch":    {"git branch with; git rm -q " + inspection + "; git commit -qm x; git switch -q with; git switch -q main", review.MissingFile{}},
		"put aside by a stash":  {"git rm -q " + inspection + "; git commit -qm x; echo x > " + inspection + "; git add " + inspection + "; git stash -q", review.MissingFile{}},
		"no commit yet":         {"rm -rf .git; git init -q -b main; git add .; rm " + inspection, review.MissingFile{}},
		"nothing in git at all": {"rm -rf .git " + inspection + "; git init -q -b main", review.MissingFile{}},
		"no index":              {"rm .git/index " + inspection, review.MissingFile{}},
		"both sides changed it": {
			"git switch -qc theirs; echo '# a' >> " + inspection + "; git commit -qam a; git switch -q main; echo '# b' >> " + inspection + "; git commit -qam b; git merge -q theirs || true; rm " + inspection,
			review.MissingFile{Path: asked, InConflict: true},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			git(t, dir, "add", ".")
			git(t, dir, "commit", "--quiet", "--allow-empty", "--message=all")
			shell(t, dir, "set -e\n"+test.before)
			want := map[string]review.MissingFile{}
			if test.want.Path != "" {
				want[asked] = test.want
			}
			data := filepath.Join(dir, "data")
			missing := []string{"progress/khong-co.toml", asked, "report.toml"}
			for who, keeper := range map[string]interface {
				StillHas(ctx context.Context, dir string, missing []string) (map[string]review.MissingFile, error)
			}{"writing": open(t, dir), "looking": history.NewLookout(dir, filepath.Join(dir, ".git"))} {
				got, err := keeper.StillHas(context.Background(), data, missing)
				if err != nil || !maps.Equal(got, want) {
					t.Errorf("%s: git has %v, want %v (%v)", who, got, want, err)
				}
			}
		})
	}
}

// Git is not started for files that were never in it, nor again before HEAD or the index has changed.
func TestStillHasAsksGitOnce(t *testing.T) {
	dir := repository(t)
	opened, looking := open(t, dir), history.NewLookout(dir, filepath.Join(dir, ".git"))
	data, never, lost := filepath.Join(dir, "data"), []string{"progress/khong-co.toml", "report.toml"}, []string{"progress/thanh-tra.toml"}
	if err := os.Remove(filepath.Join(dir, inspection)); err != nil {
		t.Fatal(err)
	}
	has := func(missing []string, want int) {
		t.Helper()
		got, err := opened.StillHas(context.Background(), data, missing)
		if err != nil || len(got) != want {
			t.Errorf("git has %v (%v)", got, err)
		}
	}
	path := os.Getenv("PATH")
	has(lost, 1)
	t.Setenv("PATH", t.TempDir()) // without git from here on
	has(lost, 1)
	has(never, 0)
	if got, err := looking.StillHas(context.Background(), data, never); err != nil || len(got) > 0 {
		t.Errorf("git has %v (%v)", got, err)
	}
	if _, err := opened.StillHas(context.Background(), data, []string{"progress/van-phong.toml"}); err == nil {
		t.Error("nobody could know this without git")
	}
	t.Setenv("PATH", path)
	git(t, dir, "rm", "--quiet", "--cached", inspection)
	has(lost, 0)
}
