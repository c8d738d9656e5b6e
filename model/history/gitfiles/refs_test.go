package gitfiles_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/model/history/gitfiles"
)

// The branch that is followed, and what names stand for, are what git says of them; what is set up in any other way is
// left to git.
func TestFollowsAndRefs(t *testing.T) {
	tests := map[string]struct {
		prepare []string // commands of git in the clone
		known   bool
	}{
		"cloned": {nil, true},
		"packed": {[]string{"pack-refs --all"}, true},
		"packed, then moved": {[]string{
			"pack-refs --all", "commit --quiet --allow-empty --message more", "update-ref refs/remotes/origin/main HEAD",
		}, true},
		"with marks":          {[]string{"update-ref refs/tiendo/review/plan/lan HEAD", "tag v1"}, true},
		"another branch":      {[]string{"checkout --quiet -b Đợt/2 --track origin/main"}, true},
		"follows nothing":     {[]string{"branch --unset-upstream"}, false},
		"follows itself":      {[]string{"branch other", "branch --set-upstream-to=other"}, false},
		"two branches":        {[]string{"config --add branch.main.merge refs/heads/other"}, false},
		"kept elsewhere":      {[]string{"config remote.origin.fetch +refs/heads/*:refs/there/*"}, false},
		"two places":          {[]string{"config --add remote.origin.fetch +refs/x/*:refs/x/*"}, false},
		"settings lead on":    {[]string{"config include.path other"}, false},
		"an address with a #": {[]string{"config remote.origin.url https://example.org/#"}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			from := repository(t)
			dir := filepath.Join(t.TempDir(), "clone")
			git(t, from, "clone", "--quiet", from, dir)
			for _, command := range test.prepare {
				git(t, dir, strings.Fields(command)...)
			}
			gitDir, branch := filepath.Join(dir, ".git"), git(t, dir, "symbolic-ref", "HEAD")
			remote, ref, tracking, known := gitfiles.Follows(gitDir, branch)
			const format = "--format=%(upstream:remotename) %(upstream:remoteref) %(upstream)"
			said := strings.Split(git(t, dir, "for-each-ref", format, branch), " ")
			if known != test.known || known && (remote != said[0] || ref != said[1] || tracking != said[2]) {
				t.Errorf("%v: %q, %q, %q; git says %q", known, remote, ref, tracking, said)
			}
			ids, known := gitfiles.Refs(gitDir, "refs/heads", "refs/tiendo", "refs/remotes")
			want := map[string]string{}
			names := git(t, dir, "for-each-ref", "--format=%(refname) %(objectname) %(symref)", "refs/heads", "refs/tiendo",
				"refs/remotes")
			for line := range strings.Lines(names) {
				if fields := strings.Fields(line); len(fields) == 2 {
					want[fields[0]] = fields[1]
				}
			}
			if !known || !maps.Equal(ids, want) {
				t.Errorf("%v: %q; git says %q", known, ids, want)
			}
		})
	}
}

// How far two commits are apart is what git counts; what is packed, joined or far is left to git.
func TestApart(t *testing.T) {
	more := func(branch string, times int) []string {
		commands := []string{"checkout --quiet -B " + branch + " " + branch}
		for range times {
			commands = append(commands, "commit --quiet --allow-empty --message "+branch)
		}
		return commands
	}
	tests := map[string]struct {
		prepare []string // commands of git on top of a commit that is main and other
		known   bool
	}{
		"the same": {nil, true},
		"ahead":    {more("main", 3), true},
		"behind":   {more("other", 2), true},
		"both":     {append(more("main", 2), more("other", 5)...), true},
		"far":      {more("main", 40), false},
		"joined": {append(append(more("main", 1), more("other", 1)...),
			"merge --quiet --no-ff --message join main"), false},
		"packed": {append(more("main", 1), "gc --quiet"), false},
		"not related": {[]string{
			"checkout --quiet --orphan new", "commit --quiet --message new", "branch --force other new",
		}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := repository(t)
			git(t, dir, "branch", "other")
			for _, command := range test.prepare {
				git(t, dir, strings.Fields(command)...)
			}
			main, other := git(t, dir, "rev-parse", "main"), git(t, dir, "rev-parse", "other")
			ahead, behind, known := gitfiles.Objects(filepath.Join(dir, ".git", "objects")).Apart(main, other)
			counted := git(t, dir, "rev-list", "--left-right", "--count", "main...other")
			if known != test.known || known && fmt.Sprintf("%d\t%d", ahead, behind) != counted {
				t.Errorf("%v: %d, %d; git says %q", known, ahead, behind, counted)
			}
		})
	}
}
