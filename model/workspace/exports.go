package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
)

// exportsName is the file that remembers the last exports: in tiendo's own folder
// of the git directory, or hidden beside the data where there is no git.
const exportsName = "exports.json"

// Memory is where the hashes of the last exports are kept, by absolute path.
type Memory struct {
	path string
	data string // the data folder
	git  string // the git directory; "" without one
}

// ExportMemory opens what is remembered of the exports of a data folder.
func ExportMemory(ctx context.Context, dir string) Memory {
	if repository, err := history.Open(ctx, dir); err == nil {
		return Memory{filepath.Join(repository.Dir(), exportsName), dir, filepath.Dir(repository.Dir())}
	}
	return Memory{filepath.Join(dir, ".tiendo-"+exportsName), dir, ""}
}

// RefuseInside refuses to write among the data or into the git directory, whoever asks for it. Beside plan.toml there
// may be what is no data file: people work in that folder, too.
func (m Memory) RefuseInside(path, name string) error {
	inside := m.git != "" && isBelow(path, m.git) ||
		strings.Contains(path+string(filepath.Separator), string(filepath.Separator)+".git"+string(filepath.Separator))
	switch {
	case !isBelow(path, m.data):
	case !sameFile(filepath.Dir(path), m.data):
		inside = true
	default:
		base := filepath.Base(path)
		inside = inside || strings.HasPrefix(base, ".") || strings.EqualFold(filepath.Ext(base), ".toml")
	}
	if inside {
		return phrase.Refuse(phrase.Say("%s lies among the data, where nothing is exported to", name),
			phrase.Say("write elsewhere"))
	}
	return nil
}

// isBelow reports whether a path lies in a folder, by whatever name the folder is reached.
func isBelow(path, folder string) bool {
	for at := filepath.Dir(path); ; at = filepath.Dir(at) {
		if sameFile(at, folder) {
			return true
		}
		if at == filepath.Dir(at) {
			return false
		}
	}
}

// Read gives the hashes; none when nothing was exported yet or the file is damaged: then a file on the way is asked
// about again.
func (m Memory) Read() (map[string]string, error) {
	known := map[string]string{}
	content, err := os.ReadFile(m.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return known, nil
	case err != nil:
		return nil, err
	}
	if damaged := json.Unmarshal(content, &known) != nil || known == nil; damaged {
		known = map[string]string{}
	}
	return known, nil
}

// Write keeps the hashes of the files that are still there.
func (m Memory) Write(known map[string]string) error {
	for path := range known {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			delete(known, path)
		}
	}
	content, err := json.MarshalIndent(known, "", "  ")
	if err != nil {
		return err
	}
	if m.git != "" {
		if err := durable.MakeFolder(filepath.Dir(m.path), durable.Own); err != nil {
			return err
		}
	}
	return ReplaceFile(m.path, append(content, '\n'))
}

// RefuseForeign refuses to overwrite what is not the last export, or was changed since.
func RefuseForeign(path, name, hash string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return notRegular(name)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if hash == "" {
		return phrase.Refuse(phrase.Say("%s is there already, and tiendo did not write it", name),
			phrase.Say("write elsewhere, or overwrite it with --force"))
	}
	if durable.Sum(content) != hash {
		return phrase.Refuse(phrase.Say("%s was changed after it was exported", name),
			phrase.Say("write elsewhere, or overwrite it with --force"))
	}
	return nil
}

func notRegular(name string) error {
	return phrase.Refuse(phrase.Say("%s is not a plain file, so it is not overwritten", name),
		phrase.Say("write elsewhere"))
}

// ReplaceFile puts a file in its place as a whole: whoever looks sees the old or the new one.
func ReplaceFile(path string, content []byte) error {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return notRegular(filepath.Base(path))
	}
	if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
		return phrase.Refuse(phrase.Say("there is no folder %s", filepath.Dir(path)),
			phrase.Say("make it, or write elsewhere"))
	}
	return durable.Replace(path, content, durable.Options{Mode: 0o644})
}
