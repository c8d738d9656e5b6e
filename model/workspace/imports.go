package workspace

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/importer"
	"example.org/tiendo/model/importer/source"
	"example.org/tiendo/model/merge"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
)

// What an import keeps in the data folder, beside the plan: the account of the document's lines, what a person answers,
// and plan and roster as the document gave them, by which a later import knows what was edited since.
const (
	importFolder  = "import"
	CoverageFile  = importFolder + "/coverage.txt"
	AnswersFile   = importFolder + "/answers.toml"
	importedPlan  = importFolder + "/plan.txt"
	importedUnits = importFolder + "/units.txt"
)

// ImportedFiles are the files of a data folder that an import makes of a document, by their paths in it; file is the
// name of the document.
func ImportedFiles(reading *importer.Reading, answers importer.Answers, file string) map[string][]byte {
	files := map[string][]byte{
		decode.PlanFile:   reading.Plan(file),
		decode.RosterFile: reading.Units(file),
		CoverageFile:      coverage(reading),
		AnswersFile:       reading.Questions(answers),
	}
	files[importedPlan], files[importedUnits] = files[decode.PlanFile], files[decode.RosterFile]
	if office := reading.Office(); office != nil {
		files[decode.ReportFile] = office
	}
	return files
}

// coverage is the account of a document in its own language, as a text.
func coverage(reading *importer.Reading) []byte {
	words := phrase.In(reading.Language())
	account := reading.Coverage(words)
	lines := append(account.Text(words), account.Apart(words)...)
	return []byte(strings.Join(lines, "\n") + "\n")
}

// InDataFolder are files of a data folder by their paths in the plan folder.
func InDataFolder(files map[string][]byte) map[string][]byte {
	placed := make(map[string][]byte, len(files))
	for name, content := range files {
		placed[path.Join(DataFolder, name)] = bytes.Clone(content)
	}
	return placed
}

// Answers are what a person has answered about the document of a plan folder.
func (w *Workspace) Answers() (importer.Answers, error) {
	name := filepath.Join(w.Dir, filepath.FromSlash(AnswersFile))
	content, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return importer.Answers{}, nil
	}
	if err != nil {
		return importer.Answers{}, err
	}
	return importer.ReadAnswers(filepath.Join(w.Shown, filepath.FromSlash(AnswersFile)), content)
}

// Reimported is what came of importing a document once more.
type Reimported struct {
	Reading  *importer.Reading
	Receipts []model.Receipt
	Kept     []string // entries that were edited and that the document now says otherwise: they stay as edited
}

// ImportAgain brings what a document, or the answers to it, say now into the plan and its roster. What was edited since
// the last import stays: an entry that both have changed stays as it was edited, and is named.
func (w *Workspace) ImportAgain(ctx context.Context, person model.Person, document *source.Document,
	file string) (Reimported, error) {
	answers, err := w.Answers()
	if err != nil {
		return Reimported{}, err
	}
	if answers.Known, err = w.importedIDs(); err != nil {
		return Reimported{}, err
	}
	again := Reimported{Reading: importer.Understand(document, answers)}
	fresh := ImportedFiles(again.Reading, answers, file)
	words := phrase.In(w.Campaign.Plan.Language)
	var files []store.Whole
	for _, name := range []string{decode.RosterFile, decode.PlanFile, importedUnits, importedPlan, CoverageFile,
		AnswersFile} {
		whole := store.Whole{Name: name, Content: fresh[name],
			Message: path.Base(name) + ": " + words.T("import the document again") + "\n"}
		whole.Seen, err = os.ReadFile(filepath.Join(w.Dir, filepath.FromSlash(name)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return again, err
		}
		if base := map[string]string{decode.PlanFile: importedPlan, decode.RosterFile: importedUnits}[name]; base != "" {
			if err := w.joinEdited(&whole, base, &again); err != nil {
				return again, err
			}
		}
		files = append(files, whole)
	}
	again.Receipts, err = store.Rewrite(ctx, w.Opened, person, files)
	return again, err
}

// importedIDs are the ids that the last import gave.
func (w *Workspace) importedIDs() (importer.IDs, error) {
	var files [2][]byte
	for i, name := range []string{importedPlan, importedUnits} {
		var err error
		files[i], err = os.ReadFile(filepath.Join(w.Dir, filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, phrase.Refuse(phrase.Say("this plan was not imported: there is no %s",
				filepath.Join(w.Shown, filepath.FromSlash(name))), phrase.Say("import the document into a new folder"))
		}
		if err != nil {
			return nil, err
		}
	}
	return importer.KnownIDs(files[0], files[1]), nil
}

// joinEdited joins what a document says now with what was edited since the last import.
func (w *Workspace) joinEdited(whole *store.Whole, base string, again *Reimported) error {
	before, err := os.ReadFile(filepath.Join(w.Dir, filepath.FromSlash(base)))
	if err != nil {
		return err
	}
	joined, err := merge.Entries(before, whole.Seen, whole.Content)
	if err != nil {
		return err
	}
	whole.Content = joined.Content
	if len(joined.Conflicts) > 0 {
		whole.Content = joined.Settled[merge.Ours]
		for _, entry := range joined.Conflicts {
			again.Kept = append(again.Kept, whole.Name+": "+entry)
		}
	}
	return nil
}
