// Package gitfiles reads of a git repository what lies there plainly, without a start of git: where it is, its
// settings, its newest objects, its index. It confirms, and never decides: of what lies in any other way than most do
// it says that it does not know, and git has to be asked.
package gitfiles

import (
	"bytes"
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
	if err != nil || !bytes.HasPrefix(head, []byte("ref: refs/")) || exists(filepath.Join(gitDir, "commondir")) {
		return false
	}
	for _, name := range []string{"objects", "refs"} {
		if info, err := os.Stat(filepath.Join(gitDir, name)); err != nil || !info.IsDir() {
			return false
		}
	}
	said, known := settings(filepath.Join(gitDir, "config"))
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
	home, err := os.UserHomeDir()
	if _, gitDir, found := Find(dir); found && err == nil {
		more := os.Getenv("XDG_CONFIG_HOME")
		if more == "" {
			more = filepath.Join(home, ".config")
		}
		for _, file := range []string{filepath.Join(more, "git", "config"), filepath.Join(home, ".gitconfig"),
			filepath.Join(gitDir, "config")} { // what comes later counts
			said, read := settings(file)
			if !read {
				return "", "", false
			}
			if said["user.name"] != "" {
				name = said["user.name"]
			}
			if said["user.email"] != "" {
				email = said["user.email"]
			}
		}
	}
	return name, email, name != "" && email != ""
}

// settings reads a file of git's settings: those of the sections core and user, by section and key in small letters.
// Where there is none it says nothing. It is not known where the file leads to another one, changes the format of the
// repository, or is written in a way that takes more than this to read.
func settings(file string) (said map[string]string, known bool) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, errors.Is(err, fs.ErrNotExist)
	}
	said = map[string]string{}
	section := ""
	for line := range bytes.Lines(content) {
		text := strings.TrimSpace(string(line))
		heading, isHeading := strings.CutPrefix(text, "[")
		switch {
		case text == "", text[0] == '#', text[0] == ';':
		case strings.HasSuffix(text, `\`): // it goes on in the next line
			return nil, false
		case isHeading:
			name, behind, closed := strings.Cut(heading, "]")
			section, _, _ = strings.Cut(strings.ToLower(name), " ")
			if !closed || behind != "" || strings.HasPrefix(section, "include") || strings.HasPrefix(section, "extension") {
				return nil, false
			}
			if name != section && !strings.EqualFold(name, section) {
				section = "" // one of several of the kind
			}
		case section == "core" || section == "user":
			key, value, given := strings.Cut(text, "=")
			value = strings.TrimSpace(value)
			if !given || strings.ContainsAny(value, "\"\\#;\t") {
				return nil, false
			}
			said[section+"."+strings.ToLower(strings.TrimSpace(key))] = value
		}
	}
	return said, true
}
