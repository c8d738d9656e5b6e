package report

import (
	"fmt"
	"io"
	"strings"

	"example.org/tiendo/model/phrase"
)

// wordNamespaces are what the parts of a Word document refer to.
const wordNamespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// writeWord writes a Word document: the fixed parts, and the body.
func writeWord(w io.Writer, title, madeUp string, language phrase.Language, body func(t *wordText)) error {
	p := newPack(w)
	p.fixed("[Content_Types].xml", wordTypes)
	p.fixed("_rels/.rels", wordRoot)
	p.part("docProps/core.xml", func(x *xmlWriter) {
		x.raw(`<cp:coreProperties ` +
			`xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
			`xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>`)
		x.text(title)
		x.raw(`</dc:title><dc:language>`, language.Pick("vi-VN", "en-GB"), `</dc:language></cp:coreProperties>`)
	})
	p.fixed("word/_rels/document.xml.rels", wordRelations)
	p.fixed("word/styles.xml", wordStyles(language))
	p.fixed("word/settings.xml", `<w:settings `+wordNamespaces+
		`><w:compat>`+
		`<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>`+
		`</w:compat></w:settings>`)
	notice := func(x *xmlWriter) {
		if madeUp != "" {
			x.raw(`<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val="22"/></w:rPr><w:t>`)
			x.text(madeUp)
			x.raw(`</w:t></w:r></w:p>`)
		}
	}
	p.part("word/header1.xml", func(x *xmlWriter) {
		x.raw(`<w:hdr `, wordNamespaces, `><w:p><w:pPr><w:jc w:val="center"/></w:pPr>`)
		for _, piece := range []string{
			`<w:fldChar w:fldCharType="begin"/>`, `<w:instrText xml:space="preserve"> PAGE </w:instrText>`,
			`<w:fldChar w:fldCharType="separate"/>`, `<w:t>2</w:t>`, `<w:fldChar w:fldCharType="end"/>`,
		} {
			x.raw(`<w:r><w:rPr><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr>`, piece, `</w:r>`)
		}
		x.raw(`</w:p>`)
		notice(x)
		x.raw(`</w:hdr>`)
	})
	p.part("word/header2.xml", func(x *xmlWriter) { // of the first page, which shows no number
		x.raw(`<w:hdr `, wordNamespaces, `>`)
		notice(x)
		x.raw(`<w:p/></w:hdr>`)
	})
	p.part("word/document.xml", func(x *xmlWriter) {
		x.raw(`<w:document `, wordNamespaces, `><w:body>`)
		body(&wordText{x, madeUp})
		x.raw(`</w:body></w:document>`)
	})
	return p.close()
}

const (
	officeTypes = "application/vnd.openxmlformats-officedocument."
	wordTypes   = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + officeTypes + `wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="` + officeTypes + `wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="` + officeTypes + `wordprocessingml.settings+xml"/>` +
		`<Override PartName="/word/header1.xml" ContentType="` + officeTypes + `wordprocessingml.header+xml"/>` +
		`<Override PartName="/word/header2.xml" ContentType="` + officeTypes + `wordprocessingml.header+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`</Types>`

	packageRelations = `http://schemas.openxmlformats.org/package/2006/relationships`
	officeRelation   = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`

	wordRoot = `<Relationships xmlns="` + packageRelations + `"><Relationship Id="rId1" Type="` + officeRelation +
		`officeDocument" Target="word/document.xml"/>` +
		`<Relationship ` +
		`Id="rId2" ` +
		`Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" ` +
		`Target="docProps/core.xml"/></Relationships>`

	wordRelations = `<Relationships xmlns="` + packageRelations + `"><Relationship Id="rId1" Type="` + officeRelation +
		`styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="` + officeRelation + `header" Target="header1.xml"/><Relationship Id="rId3" Type="` +
		officeRelation + `header" Target="header2.xml"/>` +
		`<Relationship Id="rId4" Type="` + officeRelation + `settings" Target="settings.xml"/></Relationships>`
)

// wordStyles are the styles of DOMAIN §5: Times New Roman 14; a first line 1.27 cm in, 6 pt before.
func wordStyles(language phrase.Language) string {
	var b strings.Builder
	b.WriteString(`<w:styles ` + wordNamespaces +
		`><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts ` +
		`w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>` +
		`<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="` +
		language.Pick("vi-VN", "en-GB") + `" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault>` +
		`<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`)
	style := func(id, name, paragraph, run string) {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/>`+
			`<w:basedOn w:val="Normal"/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`, id, name, paragraph, run)
	}
	const body = `<w:spacing w:before="120" w:line="264" w:lineRule="auto"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>`
	const bold = `<w:b/><w:bCs/>`
	style(styleBody, "Body", body, "")
	style(styleHeading, "heading 1", `<w:keepNext/>`+body+`<w:outlineLvl w:val="0"/>`, bold)
	style(styleTitle, "heading 2", `<w:keepNext/>`+body+`<w:outlineLvl w:val="1"/>`, bold)
	style(styleCentre, "Centre", `<w:jc w:val="center"/>`, "")
	const cell = `<w:spacing w:before="20" w:after="20"/>`
	for _, weight := range []struct{ suffix, run string }{{"", ""}, {"Total", bold}} {
		const size = `<w:sz w:val="22"/><w:szCs w:val="22"/>`
		style(styleCell+weight.suffix, "Cell "+weight.suffix, cell, weight.run+size)
		style(styleNumber+weight.suffix, "Number "+weight.suffix, cell+`<w:jc w:val="right"/>`, weight.run+size)
	}
	style(styleCellHead, "Cell head", cell+`<w:jc w:val="center"/>`, bold+`<w:sz w:val="22"/><w:szCs w:val="22"/>`)
	b.WriteString(`</w:styles>`)
	return strings.ReplaceAll(b.String(), `w:customStyle="1" w:styleId="Heading`, `w:styleId="Heading`)
}
