package source

import (
	"bytes"

	"example.org/tiendo/model/phrase"
)

// Read reads a document, by what it is and not by its name.
func Read(content []byte) (*Document, error) {
	document, err := read(content)
	if err == nil && len(document.Blocks) == 0 {
		return nil, noText()
	}
	return document, err
}

func noText() error {
	return phrase.Refuse(phrase.Say("the document is empty"),
		phrase.Say("give a .docx or .txt that holds the text of the plan"))
}

func read(content []byte) (*Document, error) {
	if len(content) > MaxFile {
		return nil, phrase.Refuse(phrase.Say("the file has more than %d MB", MaxFile>>20),
			phrase.Say("save the document without its pictures"))
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(content[:min(len(content), 1024)], []byte("\ufeff")), " \t\r\n")
	var kind string
	var way phrase.Sentence
	switch {
	case len(bytes.TrimSpace(content)) == 0:
		return nil, noText()
	case bytes.HasPrefix(content, []byte("PK\x03\x04")) && bytes.Contains(content[:min(len(content), 128)],
		[]byte("mimetypeapplication/vnd.oasis")):
		kind, way = "OpenDocument", phrase.Say("make a .docx of it: soffice --headless --convert-to docx FILE.odt")
	case bytes.HasPrefix(content, []byte("PK")):
		return Word(content)
	case bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")):
		kind, way = ".doc", phrase.Say("save it as .docx in Word, or: soffice --headless --convert-to docx FILE.doc")
	case bytes.HasPrefix(start, []byte("%PDF")):
		kind, way = "PDF", phrase.Say("make text of it: pdftotext -layout FILE.pdf FILE.txt; a scanned one needs text "+
			"recognition first")
	case bytes.HasPrefix(start, []byte(`{\rtf`)):
		kind, way = "RTF", phrase.Say("make a .docx of it: soffice --headless --convert-to docx FILE.rtf")
	case isHTML(bytes.ToLower(start)):
		kind, way = "HTML", phrase.Say("make a .docx of it: soffice --headless --convert-to docx FILE.html")
	default:
		return Text(content)
	}
	return nil, phrase.Refuse(phrase.Say("this is %s; want a .docx or a text", kind), way)
}

func isHTML(start []byte) bool {
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
}
