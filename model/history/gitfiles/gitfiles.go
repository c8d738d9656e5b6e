// Package gitfiles reads of a git repository what lies there plainly, without a start of git: where it is, its
// settings, its newest objects, its index. It confirms, and never decides: of what lies in any other way than most do
// it says that it does not know, and git has to be asked.
package gitfiles

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/machine"
)

// Find finds the repository around a folder where it is the folder .git at the top of its work tree, on the same file
// system, and the user's own, so that git would take that one and work with it.
func Find(dir string) (top, gitDir string, known bool) {
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil || !filepath.IsAbs(dir) {
		return "", "", false
	}
	for top = dir; ; top = filepath.Dir(top) {
		gitDir = filepath.Join(top, ".git")
		info, err := os.Lstat(gitDir)
		if err == nil {
			known = info.IsDir() && durable.SameDevice(dir, top) && machine.Own(top, gitDir) && usual(gitDir)
			return top, gitDir, known
		}
		if !errors.Is(err, fs.ErrNotExist) || exists(filepath.Join(top, "HEAD")) || top == filepath.Dir(top) {
			return "", "", false // it may be a repository without a work tree
		}
	}
}

// usual reports whether a folder .git is one that git takes for a repository with the work tree around it.
func usual(gitDir string) bool {
	head, err := os.ReadFile(filepath.Join(gitDir, "HEAD"))
	if err != nil || !bytes.HasPrefix(head, []byte("ref: refs/")) {
		return false
	}
	for _, odd := range []string{"commondir", "info/grafts", "refs/replace"} {
		if exists(filepath.Join(gitDir, odd)) {
			return false
		}
	}
	for _, name := range []string{"objects", "refs"} {
		if info, err := os.Stat(filepath.Join(gitDir, name)); err != nil || !info.IsDir() {
			return false
		}
	}
	said := map[string]string{}
	known := settings(filepath.Join(gitDir, "config"), said)
	bare, worktree := said["core.bare"], said["core.worktree"]
	return known && said["core.repositoryformatversion"] == "0" && (bare == "" || bare == "false") && worktree == ""
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// User is the name and e-mail of whoever works in the repository around a folder, where its own settings and those of
// the user give both: then git's settings for the whole machine, wherever they lie, say nothing to it.
func User(dir string) (name, email string, known bool) {
	if _, gitDir, found := Find(dir); found {
		if said, read := allSettings(gitDir); read {
			name, email = said["user.name"], said["user.email"]
		}
	}
	return name, email, name != "" && email != ""
}

// allSettings are the settings of the user and of a repository, as settings reads them.
func allSettings(gitDir string) (said map[string]string, known bool) {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil, false
	}
	more := cmp.Or(os.Getenv("XDG_CONFIG_HOME"), filepath.Join(home, ".config"))
	said = map[string]string{}
	for _, file := range []string{filepath.Join(more, "git", "config"), filepath.Join(home, ".gitconfig"),
		filepath.Join(gitDir, "config")} { // what comes later counts
		if !settings(file, said) {
			return nil, false
		}
	}
	return said, true
}

// settings reads a file of git's settings: those of the sections core, user, branch and remote, by section and key in
// small letters, as in branch.main.merge. Of the last two what is said more than once stands in lines. Where there is
// no file it says nothing. It is not known where the file leads to another one, changes the format of the repository,
// or is written in a way that takes more than this to read.
func settings(file string, said map[string]string) (known bool) {
	content, err := os.ReadFile(file)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	section, prefix := "", ""
	for line := range bytes.Lines(content) {
		text := strings.TrimSpace(string(line))
		heading, isHeading := strings.CutPrefix(text, "[")
		key, value, given := strings.Cut(text, "=")
		key, value = prefix+strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		odd := !given || strings.ContainsAny(value, "\"\\#;\t")
		switch {
		case text == "", text[0] == '#', text[0] == ';':
		case strings.HasSuffix(text, `\`): // it goes on in the next line
			return false
		case isHeading:
			whole, behind, closed := strings.Cut(heading, "]")
			kind, name, _ := strings.Cut(whole, " ")
			section, name = strings.ToLower(kind), strings.Trim(name, `"`)
			if !closed || behind != "" || strings.HasPrefix(section, "include") ||
				strings.HasPrefix(section, "extension") || strings.ContainsAny(name, `"\`) {
				return false
			}
			if prefix = section + "."; name != "" {
				prefix += name + "."
			}
		case section == "core" || section == "user":
			if odd {
				return false
			}
			said[key] = cmp.Or(value, said[key])
		case section == "branch" || section == "remote":
			if odd && !strings.HasSuffix(key, ".url") {
				return false
			}
			if before := said[key]; before != "" {
				value = before + "\n" + value
			}
			said[key] = value
		}
	}
	return true
}
