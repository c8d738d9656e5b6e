// Package sourcetest makes .docx files for tests.
package sourcetest

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"testing"
)

// Body is a document.xml with these paragraphs and tables.
func Body(paragraphs string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` +
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>` + paragraphs +
		`</w:body></w:document>`
}

// Word is a .docx with these parts, packed.
func Word(tb testing.TB, parts map[string]string) []byte {
	tb.Helper()
	return pack(tb, parts, zip.Deflate)
}

// Stored is a .docx with these parts, as large as they are.
func Stored(tb testing.TB, parts map[string]string) []byte {
	tb.Helper()
	return pack(tb, parts, zip.Store)
}

func pack(tb testing.TB, parts map[string]string, method uint16) []byte {
	tb.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		file, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := file.Write([]byte(parts[name])); err != nil {
			tb.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}
