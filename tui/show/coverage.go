package show

import (
	"strings"

	"example.org/tiendo/model/importer"
)

// Coverage prints what became of each line of a document.
func (p *Printer) Coverage(account *importer.Coverage) {
	for _, line := range account.Text(p.Words.Printer) {
		words := strings.TrimLeft(line, " ")
		indent := strings.Repeat(" ", len(line)-len(words))
		for _, part := range hung(indent, indent+"  ", words, PageWidth-len(indent)-2) {
			p.Out.Line(part)
		}
	}
}
