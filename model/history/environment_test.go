package history_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every hook that git could run at a commit.
var hooks = []string{
	"pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-index-change",
	"reference-transaction", "pre-auto-gc", "post-rewrite", "post-checkout", "pre-merge-commit",
}

// Whatever the process inherits, the commit goes to the repository of the folder, by the author that is named.
func TestTheEnvironmentSteersNothing(t *testing.T) {
	elsewhere := repository(t)
	trap := filepath.Join(t.TempDir(), "trap")
	script(t, trap, `: > "`+trap+`.sprung"; exit 1`)
	tests := map[string][]string{
		"git folder":        {"GIT_DIR=" + filepath.Join(elsewhere, ".git")},
		"work tree":         {"GIT_WORK_TREE=" + elsewhere},
		"both":              {"GIT_DIR=" + filepath.Join(elsewhere, ".git"), "GIT_WORK_TREE=" + elsewhere},
		"index":             {"GIT_INDEX_FILE=" + filepath.Join(elsewhere, ".git", "index")},
		"objects":           {"GIT_OBJECT_DIRECTORY=" + filepath.Join(elsewhere, ".git", "objects")},
		"common folder":     {"GIT_COMMON_DIR=" + filepath.Join(elsewhere, ".git")},
		"name space":        {"GIT_NAMESPACE=other"},
		"prefix":            {"GIT_PREFIX=data/"},
		"author":            {"GIT_AUTHOR_NAME=Mallory", "GIT_AUTHOR_EMAIL=mallory@example.org", "GIT_AUTHOR_DATE=2001-01-01T00:00:00Z"},
		"committer":         {"GIT_COMMITTER_NAME=Mallory", "GIT_COMMITTER_EMAIL=mallory@example.org"},
		"settings by count": {"GIT_CONFIG_COUNT=2", "GIT_CONFIG_KEY_0=core.hooksPath", "GIT_CONFIG_VALUE_0=" + elsewhere, "GIT_CONFIG_KEY_1=core.worktree", "GIT_CONFIG_VALUE_1=" + elsewhere},
		"settings":          {"GIT_CONFIG_PARAMETERS='core.worktree'='" + elsewhere + "'"},
		"settings file":     {"GIT_CONFIG_GLOBAL=" + trap, "GIT_CONFIG=" + trap},
		"editor":            {"GIT_EDITOR=" + trap, "EDITOR=" + trap, "VISUAL=" + trap, "GIT_SEQUENCE_EDITOR=" + trap},
		"programs":          {"GIT_EXTERNAL_DIFF=" + trap, "GIT_PAGER=" + trap, "PAGER=" + trap, "GIT_ASKPASS=" + trap, "GIT_SSH=" + trap},
		"path patterns":     {"GIT_GLOB_PATHSPECS=1"},
		"path patterns off": {"GIT_NOGLOB_PATHSPECS=1", "GIT_ICASE_PATHSPECS=1"},
		"trace":             {"GIT_TRACE=1", "GIT_TRACE2=1", "GIT_TRACE_SETUP=1"},
		"language":          {"LC_ALL=vi_VN.UTF-8", "LANG=vi_VN.UTF-8", "LANGUAGE=vi"},
		"no home":           {"HOME=", "XDG_CONFIG_HOME="},
	}
	for name, variables := range tests {
		t.Run(name, func(t *testing.T) {
			dir := repository(t)
			write(t, dir, office, done)
			write(t, dir, fresh, todo)
			before, theirs := head(t, dir), head(t, elsewhere)
			for _, variable := range variables {
				key, value, _ := strings.Cut(variable, "=")
				t.Setenv(key, value)
			}
			opened := open(t, filepath.Join(dir, "data"))
			for _, file := range []string{office, fresh} {
				if _, err := opened.Commit(context.Background(), change(dir, file)); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := opened.CommitContent(context.Background(), change(dir, inspection), []byte(done)); err != nil {
				t.Fatal(err)
			}
			who := "Nguyễn Thị Lan lan@example.org 2019-11-18T09:20:11+07:00 tiendo tiendo@localhost\n"
			if got := git(t, dir, "log", "--format=%an %ae %aI %cn %ce", before+"..HEAD"); got != strings.Repeat(who, 3) {
				t.Errorf("the commits are by\n%swant three times\n%s", got, who)
			}
			if head(t, elsewhere) != theirs || pictureOf(t, elsewhere) != "" {
				t.Error("another repository was touched")
			}
			if _, err := os.Stat(trap + ".sprung"); err == nil {
				t.Error("a program of the environment was run")
			}
		})
	}
}

// setting is one thing that a user's repository may have; kept is what git then keeps of a content, where it is not the bytes.
type setting struct {
	prepare func(t *testing.T, dir, trap string)
	kept    func(content string) string
}

// settings are keys and values in turn; TRAP stands for a program that must not run.
func settings(pairs ...string) setting {
	return setting{prepare: func(t *testing.T, dir, trap string) {
		for i := 0; i < len(pairs); i += 2 {
			configure(t, dir, pairs[i], strings.ReplaceAll(pairs[i+1], "TRAP", trap))
		}
	}}
}

// Whatever the repository is set to: a change is one commit of one file, no
// program of the folder runs, and the user sees all other work as it was.
func TestSettingsOfTheUser(t *testing.T) {
	t.Parallel()
	attributes := func(content string) func(*testing.T, string, string) {
		return func(t *testing.T, dir, _ string) { write(t, dir, ".git/info/attributes", content) }
	}
	tests := map[string]setting{
		"none":                   settings(),
		"signing":                settings("commit.gpgsign", "true", "gpg.program", "TRAP", "user.signingkey", "nobody"),
		"signing by ssh":         settings("commit.gpgsign", "true", "gpg.format", "ssh", "gpg.ssh.program", "TRAP", "user.signingkey", "key::ssh-ed25519 AAAA"),
		"watcher of files":       settings("core.fsmonitor", "TRAP"),
		"own watcher":            settings("core.fsmonitor", "true", "core.untrackedCache", "true"),
		"editor":                 settings("core.editor", "TRAP", "sequence.editor", "TRAP", "core.pager", "TRAP"),
		"outside diff":           settings("diff.external", "TRAP", "interactive.diffFilter", "TRAP"),
		"missing template":       settings("commit.template", "/nowhere/template"),
		"cleanup":                settings("commit.cleanup", "scissors", "core.commentChar", "v"),
		"encoding":               settings("i18n.commitEncoding", "ISO-8859-1", "i18n.logOutputEncoding", "ISO-8859-1"),
		"no guessed name":        settings("user.useConfigOnly", "true"),
		"another name":           settings("user.name", "Mallory", "author.name", "Mallory", "committer.name", "Mallory", "committer.email", "m@example.org"),
		"chatty status":          settings("commit.status", "true", "commit.verbose", "2", "status.branch", "true", "status.short", "true"),
		"colours":                settings("color.ui", "always", "color.status", "always", "color.diff", "always"),
		"long hashes":            settings("core.abbrev", "40"),
		"short hashes":           settings("core.abbrev", "4"),
		"signatures in log":      settings("log.showSignature", "true", "log.decorate", "full", "format.pretty", "fuller"),
		"submodules":             settings("submodule.recurse", "true", "diff.ignoreSubmodules", "none"),
		"split index":            settings("core.splitIndex", "true"),
		"old index":              settings("index.version", "4", "index.threads", "false"),
		"many files":             settings("feature.manyFiles", "true"),
		"loose stat":             settings("core.checkStat", "minimal", "core.trustctime", "false"),
		"no modes":               settings("core.fileMode", "false"),
		"ignores case":           settings("core.ignoreCase", "true"),
		"line ends in and out":   settings("core.autocrlf", "true"),
		"line ends in":           settings("core.autocrlf", "input"),
		"line ends by attribute": {prepare: attributes("* text=auto eol=crlf\n")},
		"no line ends at all":    {prepare: attributes("* -text\n")},
		"filter": {
			prepare: func(t *testing.T, dir, trap string) {
				configure(t, dir, "filter.shout.clean", "tr a-z A-Z", "filter.shout.smudge", "tr A-Z a-z")
				attributes("data/** filter=shout\n")(t, dir, trap)
			},
			kept: strings.ToUpper,
		},
		"hooks of the folder": {prepare: func(t *testing.T, dir, trap string) {
			for _, hook := range hooks {
				script(t, filepath.Join(dir, ".git", "hooks", hook), "'"+trap+"'")
			}
		}},
		"hooks elsewhere": {prepare: func(t *testing.T, dir, trap string) {
			for _, hook := range hooks {
				script(t, filepath.Join(dir, ".git", "mine", hook), "'"+trap+"'")
			}
			configure(t, dir, "core.hooksPath", filepath.Join(dir, ".git", "mine"))
		}},
		"packed": {prepare: func(t *testing.T, dir, _ string) { git(t, dir, "gc", "--quiet") }},
		"branch with a slash": {prepare: func(t *testing.T, dir, _ string) {
			git(t, dir, "checkout", "--quiet", "-b", "phòng/2019]x")
		}},
		"sparse checkout with the data": {prepare: func(t *testing.T, dir, _ string) { git(t, dir, "sparse-checkout", "set", "data") }},
		"sparse index": {prepare: func(t *testing.T, dir, _ string) {
			git(t, dir, "sparse-checkout", "set", "--cone", "--sparse-index", "data")
		}},
		"assumed unchanged": {prepare: func(t *testing.T, dir, _ string) {
			git(t, dir, "update-index", "--assume-unchanged", office)
		}},
		"known as a new file": {prepare: func(t *testing.T, dir, _ string) {
			write(t, dir, fresh, todo)
			git(t, dir, "add", "--intent-to-add", fresh)
		}},
		"new file staged before": {prepare: func(t *testing.T, dir, _ string) {
			write(t, dir, fresh, todo)
			git(t, dir, "add", fresh)
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := repository(t)
			trap := filepath.Join(dir, ".git", "trap")
			script(t, trap, `: > "`+trap+`.sprung"; exit 1`)
			test.prepare(t, dir, trap)
			kept := test.kept
			if kept == nil {
				kept = func(content string) string { return content }
			}
			opened := open(t, filepath.Join(dir, "data"))
			for _, file := range []string{office, fresh} {
				write(t, dir, file, done)
				before := head(t, dir)
				hash, err := opened.Commit(context.Background(), change(dir, file))
				if err != nil {
					t.Errorf("%s: %v", file, err)
					continue
				}
				exactlyOne(t, dir, before, hash, file, kept(done))
				holds(t, dir, file, done, true)
				holds(t, dir, file, todo, false)
			}
			before := head(t, dir)
			hash, err := opened.CommitContent(context.Background(), change(dir, inspection), []byte(done))
			if err != nil {
				t.Fatal(err)
			}
			exactlyOne(t, dir, before, hash, inspection, kept(done))
			holds(t, dir, inspection, done, true)
			if message := git(t, dir, "cat-file", "commit", "HEAD"); !strings.HasSuffix(message, "\n\n"+change(dir, office).Message) || strings.Contains(message, "encoding") {
				t.Errorf("the commit is\n%s", message)
			}
			if _, err := os.Stat(trap + ".sprung"); err == nil {
				t.Error("a program of the folder was run")
			}
		})
	}
}
