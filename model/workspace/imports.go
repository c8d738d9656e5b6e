package workspace

import (
	"bytes"
	"path"
	"strings"

	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/importer"
	"example.org/tiendo/model/phrase"
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
