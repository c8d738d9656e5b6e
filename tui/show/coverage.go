package show

import "example.org/tiendo/model/importer"

// CoverageJSON writes what was done, and what became of each line of a document.
func (p *Printer) CoverageJSON(answer Answer, account *importer.Coverage) error {
	return p.JSON(struct {
		Version int `json:"version"`
		Answer
		Coverage *importer.Coverage `json:"coverage"`
	}{JSONVersion, answer, account})
}
