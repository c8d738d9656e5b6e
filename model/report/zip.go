package report

import (
	"archive/zip"
	"bufio"
	"io"
	"time"
	"unicode/utf8"
)

// xmlHead begins every part.
const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// pack writes the parts of an office file. No part carries a time of its own, so
// that the same parts make the same bytes.
type pack struct {
	zip *zip.Writer
	err error // the first
}

func newPack(w io.Writer) *pack { return &pack{zip: zip.NewWriter(w)} }

// part writes one part. The writer keeps the first error.
func (p *pack) part(name string, write func(x *xmlWriter)) {
	if p.err != nil {
		return
	}
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
	file, err := p.zip.CreateHeader(header)
	if err != nil {
		p.err = err
		return
	}
	x := &xmlWriter{bufio.NewWriterSize(file, 32<<10)}
	x.raw(xmlHead)
	write(x)
	p.err = x.out.Flush()
}

// fixed writes a part that is always the same.
func (p *pack) fixed(name, content string) {
	p.part(name, func(x *xmlWriter) { x.raw(content) })
}

func (p *pack) close() error {
	if p.err != nil {
		return p.err
	}
	return p.zip.Close()
}

// xmlWriter writes XML. Its bufio.Writer keeps the first error for Flush.
type xmlWriter struct{ out *bufio.Writer }

// raw writes XML as it is.
func (x *xmlWriter) raw(parts ...string) {
	for _, part := range parts {
		_, _ = x.out.WriteString(part)
	}
}

// text writes any string as the text of an element or the value of an attribute.
// What XML 1.0 cannot hold becomes U+FFFD, so that it is seen.
func (x *xmlWriter) text(s string) {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case r == '&':
			x.raw("&amp;")
		case r == '<':
			x.raw("&lt;")
		case r == '>':
			x.raw("&gt;")
		case r == '"':
			x.raw("&quot;")
		case r == '\n' || r == '\t':
			x.raw(" ")
		case r < 0x20 || r >= 0x7f && r <= 0x9f || r == 0xfffe || r == 0xffff:
			x.raw("\ufffd")
		default:
			_, _ = x.out.WriteRune(r)
		}
	}
}
