package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/report"
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

// Export is a file that is written for people outside the data folder.
type Export struct {
	Name    string // as the person called it
	Path    string // absolute
	Content []byte
}

// Put writes files; when one of them may not be overwritten, none. unremembered says why the next export of them will
// be refused. Who may only read what belongs to another one exports all the same: the paper goes elsewhere.
func (m Memory) Put(files []Export, force bool) (unremembered phrase.Sentence, err error) {
	known, closed := m.Read()
	if closed != nil && !errors.Is(closed, fs.ErrPermission) {
		return phrase.Sentence{}, closed
	}
	if closed != nil {
		known = map[string]string{}
	}
	for _, file := range files {
		if err := m.RefuseInside(file.Path, file.Name); err != nil {
			return phrase.Sentence{}, err
		}
		if err := RefuseForeign(file.Path, file.Name, known[file.Path]); err != nil && !force {
			return phrase.Sentence{}, err
		}
	}
	for _, file := range files {
		if err := ReplaceFile(file.Path, file.Content); err != nil {
			return phrase.Sentence{}, err
		}
		known[file.Path] = durable.Sum(file.Content)
	}
	if closed == nil {
		closed = m.Write(known)
	}
	if closed != nil {
		return phrase.Say("the export could not be remembered, so that the next one will ask for --force: %s",
			phrase.Of(closed)), nil
	}
	return phrase.Sentence{}, nil
}

// RefusePartial refuses a paper on which something is missing that nobody could see there: what cannot be read. nil
// where nothing is.
func RefusePartial(campaign *model.Campaign) error {
	wrong := phrase.ErrorsIn(campaign.Problems)
	if len(wrong) == 0 {
		return nil
	}
	what := phrase.Say("nothing was written, for the report would lack what cannot be read: %s: %s", wrong[0].Place(),
		wrong[0].What)
	var units []string
	for i := range campaign.Roster.Units {
		if _, broken := campaign.Broken[campaign.Roster.Units[i].ID]; broken {
			units = append(units, campaign.Roster.Units[i].Name)
		}
	}
	if len(units) > 0 {
		what = phrase.Say("nothing was written, for the report would lack units whose files cannot be read: %s",
			strings.Join(units, ", "))
	}
	return phrase.Refuse(what,
		phrase.Say("`tiendo check` says what to fix; `tiendo export --partial` writes the report without it"))
}

// Paper is the consolidated report of a board, with what came late to the server. The board stays as it is.
func (w *Workspace) Paper(ctx context.Context, board *model.Board) *report.Document {
	campaign := board.Campaign.Copy()
	untold := w.TellArrivals(ctx, campaign)
	document := report.New(model.NewBoardOf(campaign, board.Today, board.Period), nil)
	if untold != nil {
		document.Warnings = append(document.Warnings,
			report.Warning{What: phrase.Of(untold), Subject: model.Subject{Kind: model.SubjectPlan}})
	}
	return document
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
