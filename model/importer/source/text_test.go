package source_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"example.org/tiendo/model/importer/source"
)

// asUTF16 spells a text in UTF-16 with its mark.
func asUTF16(s string, order binary.AppendByteOrder) []byte {
	out := order.AppendUint16(nil, 0xfeff)
	for _, unit := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, unit)
	}
	return out
}

func TestText(t *testing.T) {
	const plain = "I. MỤC ĐÍCH\n- Một.\n- Hai.\n"
	const read = "1: I. MỤC ĐÍCH\n2: - Một.\n3: - Hai."
	tests := map[string]struct{ text, want string }{
		"plain":                    {plain, read},
		"CRLF and a mark":          {"\ufeff" + strings.ReplaceAll(plain, "\n", "\r\n"), read},
		"CR":                       {strings.ReplaceAll(plain, "\n", "\r"), read},
		"NFD":                      {norm.NFD.String(plain), read},
		"UTF-16, little end first": {string(asUTF16(plain, binary.LittleEndian)), read},
		"UTF-16, big end first":    {string(asUTF16(plain, binary.BigEndian)), read},
		"UTF-16 without its mark":  {string(asUTF16(plain, binary.LittleEndian)[2:]), read},
		"odd blanks":               {"\u00a0I.\u2003MỤC\u00a0ĐÍCH\n-\u00a0\u00a0Một.\n–\tHai.", "1: I. MỤC ĐÍCH\n2: - Một.\n3: – Hai."},
		"zero width":               {"M\u200bột\u00ad.", "1: Một."},
		"marks of Markdown":        {"**KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC**", "1: KT. GIÁM ĐỐC\n2: PHÓ GIÁM ĐỐC"},
		"lines cut in mid-sentence": {
			"- Tổ chức, hướng dẫn các đơn vị\nthực hiện kế hoạch.\n- Hai.", "1: - Tổ chức, hướng dẫn các đơn vị thực hiện kế hoạch.\n3: - Hai.",
		},
		"a sentence over a page": {"Một câu còn\n\n  - 2 -  \n\nchưa hết.", "3 margin: - 2 -\n1: Một câu còn chưa hết."},
		"a page number":          {"Một.\n 12 \nTrang 2/3\nHai.", "2 margin: 12\n3 margin: Trang 2/3\n1: Một.\n4: Hai."},
		"a line below capitals":  {"KẾ HOẠCH\nphòng, chống dịch", "1: KẾ HOẠCH\n2: phòng, chống dịch"},
		"beside each other":      {"Nơi nhận:            KT. GIÁM ĐỐC\n- Như trên;          PHÓ GIÁM ĐỐC", "1: Nơi nhận:\n1: KT. GIÁM ĐỐC\n2: - Như trên;\n2: PHÓ GIÁM ĐỐC"},
		"a space to fill in":     {"Số:        /KH-SCT\nHà Nội, ngày     tháng     năm 2026", "1: Số: /KH-SCT\n2: Hà Nội, ngày tháng năm 2026"},
		"a rule":                 {"-------\n*", "1 margin: -------\n2 margin: *"},
		"cells between bars":     {"| TT | Việc |\n| 1 | Một / Hai |", "1 1/1/1: TT\n1 1/1/2: Việc\n2 1/2/1: 1\n2 1/2/2: Một\n2 1/2/2: Hai"},
		"a row over two lines":   {"| Nơi nhận | KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH |", "1 1/1/1: Nơi nhận\n1 1/1/2: KT. CHỦ TỊCH\n1 1/1/2: PHÓ CHỦ TỊCH"},
		"cells between tabs":     {"TT\tViệc\tHạn\n\tMột\t5/2026", "1 1/1/1: TT\n1 1/1/2: Việc\n1 1/1/3: Hạn\n2 1/2/2: Một\n2 1/2/3: 5/2026"},
		"columns of blanks": {
			"TT   Nhiệm vụ             Hạn\n1    Giám sát, lấy        Quý II\n     mẫu                  2026\n2    Tập huấn             Tháng 6\n\nHết phần này.",
			"1 1/1/1: TT\n1 1/1/2: Nhiệm vụ\n1 1/1/3: Hạn\n2 1/2/1: 1\n2 1/2/2: Giám sát, lấy mẫu\n2 1/2/3: Quý II 2026\n4 1/3/1: 2\n4 1/3/2: Tập huấn\n4 1/3/3: Tháng 6\n6: Hết phần này.",
		},
		"numbers that are no labels": {"1.5 triệu đồng\n2. Việc", "1: 1.5 triệu đồng\n2: 2. Việc"},
		"what drives a terminal":     {"Một\x1b[31m", "1: Một�[31m"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			document, err := source.Read([]byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if got := lines(document); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestHostileText(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"empty":               {" \n\t\n", "is empty"},
		"20 MB":               {strings.Repeat("Tuyên truyền, vận động.\n", 1<<20), "more than 512 KB"},
		"a million lines":     {strings.Repeat("a\n", 1_000_000), "KB"},
		"too many paragraphs": {strings.Repeat("A.\n", 30_000), "more than 8000 paragraphs"},
		"another code":        {"Một\nK\xd5 ho\xb9ch", "line 2 is not in UTF-8"},
		"binary":              {"a\x00b", "a byte 0"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := source.Read([]byte(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"KẾ HOẠCH\nVệ sinh\nI. NHIỆM VỤ\n- Quét sân\ntrước ngày 5/5/2026.", "| a | b\nc |\n|---|\n", "TT   A   B\n1    x   y\n     z\n\n 2 \n",
		"a\tb\tc\n\t\t\n", "\xff\xfea\x00\n\x00", "**\f-\n+\n1.\n(1)\nĐiều 1.", "Số:    /\nngày   tháng   năm",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) { checkBlocks(t, content) })
}
