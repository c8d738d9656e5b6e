package source_test

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"example.org/tiendo/model/importer/source"
	"example.org/tiendo/model/importer/source/sourcetest"
)

// lines are the blocks of a document as they are printed, each with what tells it from a paragraph of the body.
func lines(document *source.Document) string {
	var out []string
	for i := range document.Blocks {
		b := &document.Blocks[i]
		line := strconv.Itoa(b.Line)
		if b.Table > 0 {
			line += fmt.Sprintf(" %d/%d/%d", b.Table, b.Row, b.Column)
		}
		if b.Part != source.Body {
			line += " " + string(b.Part)
		}
		out = append(out, line+": "+strings.TrimSpace(b.Label+" "+b.Plain()))
	}
	return strings.Join(out, "\n")
}

const numbering = `<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%3."/></w:lvl>
 <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%4)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>`

func listed(list, level int, words string) string {
	return fmt.Sprintf(`<w:p><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>`,
		level, list, words)
}

func TestWord(t *testing.T) {
	tests := map[string]struct{ body, want string }{
		"numbers and dashes that Word makes": {
			listed(1, 0, "MỤC ĐÍCH") + listed(1, 1, "Mục đích") + listed(2, 0, "Một") + listed(1, 1, "Yêu cầu") +
				listed(1, 2, "Hai") + listed(1, 3, "Ba") + listed(1, 0, "NỘI DUNG") + listed(1, 1, "Bốn") + listed(3, 1, "Năm"),
			"1: I. MỤC ĐÍCH\n2: 1. Mục đích\n3: - Một\n4: 2. Yêu cầu\n5: 2.1. Hai\n6: a) Ba\n7: II. NỘI DUNG\n8: 1. Bốn\n9: 5. Năm",
		},
		"a list of a style": {
			`<w:p><w:pPr><w:pStyle w:val="Con"/></w:pPr><w:r><w:t>Một</w:t></w:r></w:p>`, "1: I. Một",
		},
		"runs, tabs and breaks": {
			`<w:p><w:r><w:t>Số:</w:t></w:r><w:r><w:tab/><w:t xml:space="preserve"> /KH</w:t></w:r></w:p>` +
				`<w:p><w:r><w:t>KT. GIÁM ĐỐC</w:t><w:br/><w:t>PHÓ GIÁM ĐỐC</w:t></w:r></w:p>` +
				`<w:p><w:r><w:t>Triển khai</w:t><w:br/><w:t>tháng hành động</w:t></w:r></w:p>` +
				`<w:p><w:r><w:t>Nơi nhận:</w:t><w:br/><w:t>- Như trên;</w:t></w:r></w:p>`,
			"1: Số: /KH\n2: KT. GIÁM ĐỐC\n2: PHÓ GIÁM ĐỐC\n3: Triển khai tháng hành động\n4: Nơi nhận:\n4: - Như trên;",
		},
		"tracked changes as accepted": {
			`<w:p><w:r><w:t xml:space="preserve">Trước ngày </w:t></w:r><w:del><w:r><w:delText>10</w:delText><w:t>11</w:t></w:r></w:del>` +
				`<w:ins><w:r><w:t>15</w:t></w:r></w:ins></w:p>` +
				`<w:p><w:moveFrom><w:r><w:t>đi</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>đến</w:t></w:r></w:moveTo></w:p>` +
				`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Nửa đầu, </w:t></w:r></w:p><w:p><w:r><w:t>nửa sau</w:t></w:r></w:p>` +
				`<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>bỏ</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`,
			"1: Trước ngày 15\n2: đến\n3: Nửa đầu, nửa sau",
		},
		"two things on one line": {
			`<w:p><w:r><w:t>UBND XÃ A</w:t><w:tab/><w:tab/><w:t>CỘNG HÒA</w:t></w:r></w:p>` +
				`<w:p><w:r><w:t>1.</w:t><w:tab/><w:t>Một</w:t></w:r></w:p>`,
			"1: UBND XÃ A\n1: CỘNG HÒA\n2: 1. Một",
		},
		"fields": {
			`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText><w:t>ẩn</w:t></w:r>` +
				`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>năm 2026</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>` +
				`<w:p><w:fldSimple w:instr="X"><w:r><w:t>kết quả</w:t></w:r></w:fldSimple></w:p>`,
			"1: năm 2026\n2: kết quả",
		},
		"a table, a cell over two columns": {
			`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p><w:p><w:r><w:t>C</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`,
			"1 1/1/1: A\n2 1/1/3: B\n3 1/1/3: C",
		},
		"text boxes, once": {
			`<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><x><w:txbxContent><w:p><w:r><w:t>Hộp</w:t></w:r></w:p></w:txbxContent></x></w:drawing></mc:Choice>` +
				`<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Hộp</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent><w:t>Ngoài</w:t></w:r></w:p>`,
			"1: Ngoài\n1 box: Hộp",
		},
		"footnotes": {
			`<w:p><w:r><w:t>Câu</w:t><w:footnoteReference w:id="2"/></w:r></w:p>`, "1: Câu\n1 footnote: Chú thích",
		},
		"content controls and links": {
			`<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>`,
			"1: liên kết",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			document, err := source.Read(sourcetest.Word(t, map[string]string{
				"word/document.xml":  sourcetest.Body(test.body),
				"word/numbering.xml": `<w:numbering>` + numbering + `</w:numbering>`,
				"word/styles.xml": `<w:styles><w:style w:styleId="Cha"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
					`<w:style w:styleId="Con"><w:basedOn w:val="Cha"/></w:style></w:styles>`,
				"word/footnotes.xml": `<w:footnotes><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>—</w:t></w:r></w:p></w:footnote>` +
					`<w:footnote w:id="2"><w:p><w:r><w:t>Chú thích</w:t></w:r></w:p></w:footnote></w:footnotes>`,
			}))
			if err != nil {
				t.Fatal(err)
			}
			if got := lines(document); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// What would take a machine's memory or time is refused, quickly; nothing outside of the file is ever opened.
func TestHostileWord(t *testing.T) {
	paragraphs := func(n int) string { return sourcetest.Body(strings.Repeat("<w:p><w:r><w:t>a</w:t></w:r></w:p>", n)) }
	bomb := sourcetest.Body("<w:p><w:r><w:t>" + strings.Repeat("a", 7<<20) + "</w:t></w:r></w:p>")
	lying := sourcetest.Word(t, map[string]string{"word/document.xml": sourcetest.Body(strings.Repeat(" ", 9<<20))})
	many := map[string]string{"word/document.xml": sourcetest.Body("")}
	for i := range 4001 {
		many[fmt.Sprintf("media/%d", i)] = "x"
	}
	of := func(document string) []byte {
		return sourcetest.Word(t, map[string]string{"word/document.xml": document})
	}
	tests := map[string]struct {
		content []byte
		want    string
	}{
		"no paragraph with text": {of(sourcetest.Body("<w:p/><w:p/>")), "is empty"},
		"no zip":                 {[]byte("PK\x03\x04 not a zip at all"), "cannot be read as a .docx"},
		"a cut zip":              {of(sourcetest.Body("<w:p/>"))[:200], "cannot be read as a .docx"},
		"another zip":            {sourcetest.Word(t, map[string]string{"a.txt": "a"}), "no .docx"},
		"a zip bomb":             {of(bomb), "grows more than 300 times"},
		"a part too large":       {lying, "unpacks to more than 8 MB"},
		"too many parts":         {sourcetest.Word(t, many), "more than 4000 parts"},
		"a million paragraphs":   {of(paragraphs(1_000_000)), "MB"},
		"too many paragraphs":    {sourcetest.Stored(t, map[string]string{"word/document.xml": paragraphs(40_000)}), "more than 8000 paragraphs"},
		"deep XML":               {of("<a>" + strings.Repeat("<b>", 100_000) + strings.Repeat("</b>", 100_000) + "</a>"), "nested more than 128 deep"},
		"entities":               {of(`<!DOCTYPE a [<!ENTITY b "cccc">]><a>&b;</a>`), "declares entities"},
		"an external entity":     {of(`<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>`), "declares entities"},
		"broken XML":             {of(`<w:document><w:body>`), "cannot be read"},
		"not XML":                {of("{}"), "is empty"},
		"an old .doc":            {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Word"), "this is .doc"},
		"a PDF":                  {[]byte("%PDF-1.4 …"), "this is PDF"},
		"RTF":                    {[]byte(`{\rtf1 abc}`), "this is RTF"},
		"HTML":                   {[]byte("<!DOCTYPE html><p>a"), "this is HTML"},
		"too large":              {bytes.Repeat([]byte("PK"), source.MaxFile), "more than 32 MB"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			document, err := source.Read(test.content)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, %v, want %q", document, err, test.want)
			}
		})
	}
}

// A document of nothing but tables is read.
func TestOnlyTables(t *testing.T) {
	row := "<w:tr>" + strings.Repeat("<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>", 5) + "</w:tr>"
	document, err := source.Read(sourcetest.Word(t, map[string]string{
		"word/document.xml": sourcetest.Body(strings.Repeat("<w:tbl>"+row+row+"</w:tbl>", 300)),
	}))
	if err != nil || len(document.Blocks) != 3000 || document.Blocks[2999].Table != 300 {
		t.Errorf("%d blocks, %v", len(document.Blocks), err)
	}
}

func FuzzWord(f *testing.F) {
	f.Add([]byte(sourcetest.Body(listed(1, 0, "MỤC ĐÍCH"))), []byte(`<w:numbering>`+numbering+`</w:numbering>`))
	f.Add([]byte(sourcetest.Body(`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t><w:br/></w:r></w:p></w:tc></w:tr></w:tbl>`)), []byte(`<a/>`))
	f.Add([]byte(sourcetest.Body(`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`)), []byte(``))
	f.Fuzz(func(t *testing.T, body, numbering []byte) {
		checkBlocks(t, sourcetest.Word(t, map[string]string{"word/document.xml": string(body), "word/numbering.xml": string(numbering)}))
	})
}

// checkBlocks wants a refusal or blocks that can be shown and have their places.
func checkBlocks(t *testing.T, content []byte) {
	t.Helper()
	document, err := source.Read(content)
	if err != nil {
		if err.Error() == "" {
			t.Error("an error without words")
		}
		return
	}
	for i := range document.Blocks {
		b := &document.Blocks[i]
		if b.Line < 1 || b.Last < b.Line || strings.ContainsAny(b.Printed(), "\n\r\x1b\x00") || b.Text == "" && b.Label == "" {
			t.Errorf("block %d: %+v", i, b)
		}
	}
}

// A document that keeps to the limits, which are far above what an official plan has, is read whole.
func TestLargeWordIsRead(t *testing.T) {
	const paragraphs = 7_000
	paragraph := "<w:p><w:r><w:t>" + strings.Repeat("Tuyên truyền, ", 3) + "</w:t></w:r></w:p>"
	content := sourcetest.Stored(t, map[string]string{"word/document.xml": sourcetest.Body(strings.Repeat(paragraph, paragraphs))})
	document, err := source.Read(content)
	if err != nil || len(document.Blocks) != paragraphs {
		t.Errorf("%d of %d paragraphs, %v", len(document.Blocks), paragraphs, err)
	}
}
