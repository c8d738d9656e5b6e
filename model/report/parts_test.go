package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// parts are the parts of an office file, each read as XML to its end.
func parts(t testing.TB, content []byte) map[string][]byte {
	t.Helper()
	file, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, part := range file.File {
		reader, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[part.Name], err = io.ReadAll(reader); err != nil {
			t.Fatal(err)
		}
		if !part.Modified.IsZero() && part.Modified.Year() != 1980 {
			t.Errorf("%s carries the time %s", part.Name, part.Modified)
		}
		wellFormed(t, part.Name, all[part.Name])
	}
	return all
}

func wellFormed(t testing.TB, name string, content []byte) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(content))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s is no XML: %v", name, err)
		}
	}
}

// textOfParts is the text of all parts, a line for each paragraph or cell.
func textOfParts(t testing.TB, content []byte) string {
	t.Helper()
	var b strings.Builder
	for _, part := range parts(t, content) {
		decoder := xml.NewDecoder(bytes.NewReader(part))
		for {
			token, err := decoder.Token()
			if err != nil {
				break
			}
			switch token := token.(type) {
			case xml.CharData:
				b.Write(token)
			case xml.EndElement:
				if token.Name.Local == "p" || token.Name.Local == "c" {
					b.WriteString("\n")
				}
			}
		}
	}
	return b.String()
}

// tablesOf are the tables of a Word document as rows of cells.
func tablesOf(t testing.TB, document []byte) [][][]string {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(document))
	var tables [][][]string
	text, cell := false, false
	for {
		token, err := decoder.Token()
		if err != nil {
			return tables
		}
		last := len(tables) - 1
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "tbl":
				tables = append(tables, nil)
			case "tr":
				tables[last] = append(tables[last], nil)
			case "tc":
				cell = true
				row := len(tables[last]) - 1
				tables[last][row] = append(tables[last][row], "")
			case "t":
				text = true
			}
		case xml.EndElement:
			switch token.Name.Local {
			case "t":
				text = false
			case "tc":
				cell = false
			}
		case xml.CharData:
			if text && cell {
				row := tables[last][len(tables[last])-1]
				row[len(row)-1] += string(token)
			}
		}
	}
}
