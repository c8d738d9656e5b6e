package report

import (
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
)

func TestMisleadingPiece(t *testing.T) {
	tests := map[string]struct{ text, sic, want string }{
		"requirement 2": {
			"kiến thức, kỹ năng tự bảo vệ, tự xâm hại cho phụ nữ và trẻ em; kiến thức, kỹ năng phòng ngừa xâm hại tình dục",
			"nguyên văn; có lẽ là “kỹ năng tự bảo vệ, tự phòng ngừa xâm hại”", "vệ, tự xâm hại",
		},
		"message 1": {
			"bình đẳng giới và phòng chống, bạo lực trên cơ sở giới năm 2019.",
			"nguyên văn; có lẽ là “phòng, chống bạo lực trên cơ sở giới”", "phòng chống, bạo lực",
		},
		"no suggestion":              {"trước ngày 15/12", "nguyên văn; là ngày 14/12", "trước ngày 15/12"},
		"a suggestion unlike it":     {"abc", "có lẽ là “xyz”", "abc"},
		"too short to know by":       {"GD, các PGD Sở;", "có lẽ là “GĐ, các PGĐ Sở;”", "GD, các PGD Sở;"},
		"the suggestion never ends":  {"abc", "có lẽ là “ab", "abc"},
		"an empty suggestion":        {"abc", "có lẽ là “”", "abc"},
		"the same text once more":    {"một hai ba bốn", "“một hai ba bốn”", "một hai ba bốn"},
		"nothing differs":            {"một hai ba bốn năm sáu", "“một hai ba bốn năm”", "một hai ba bốn năm sáu"},
		"letters of several bytes":   {"đđ ơơ ưư xx ăă ââ êê", "“đđ ơơ ưư yy ăă ââ êê”", "ơơ ưư xx ăă ââ"},
		"the difference is a letter": {"các phòng ban trung tâm", "“các phòng, ban trung tâm”", "các phòng ban trung"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := misleading(test.text, test.sic)
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if !strings.Contains(test.text, got) {
				t.Errorf("%q does not stand in the text", got)
			}
		})
	}
}

func TestMark(t *testing.T) {
	marks := []sicMark{{"tự xâm hại", "nguyên văn"}}
	for said, want := range map[string]string{
		"không có":                            "không có",
		"tự xâm hại":                          "tự xâm hại [nguyên văn]",
		"a tự xâm hại b tự xâm hại":           "a tự xâm hại [nguyên văn] b tự xâm hại [nguyên văn]",
		"tự xâm hại [nguyên văn], tự xâm hại": "tự xâm hại [nguyên văn], tự xâm hại [nguyên văn]",
		"": "",
	} {
		if got := mark(marks, said); got != want {
			t.Errorf("mark(%q) = %q, want %q", said, got, want)
		}
		if again := mark(marks, mark(marks, said)); again != want {
			t.Errorf("marked twice: %q", again)
		}
	}
}

// Requirement 2 of the real plan reads "harming themselves" as printed: wherever a
// format shows it, its mark stands beside it, whoever quoted it.
func TestRequirementTwoNeverWithoutItsMark(t *testing.T) {
	campaign := demoCampaign(t)
	requirement := campaign.Plan.Goals[3]
	if !strings.Contains(requirement.Text, "tự xâm hại") || requirement.Sic == "" {
		t.Fatalf("this is not requirement 2: %+v", requirement)
	}
	progress := campaign.Progress["van-phong"]
	progress.Report.Results = "Thực hiện yêu cầu: " + requirement.Text
	progress.Report.Documents = []string{"Công văn về kỹ năng tự bảo vệ, tự xâm hại"}
	campaign.Progress["van-phong"] = progress
	campaign.Office.Texts[document.TextLessons] = "Cần dạy kỹ năng tự bảo vệ, tự xâm hại sớm hơn."
	d := New(model.NewBoard(campaign, calendar.Date(2019, 12, 10)), nil)
	for _, format := range Formats() {
		content := string(bytesOf(t, d, format))
		if format == Docx || format == Xlsx {
			content = textOfParts(t, []byte(content))
		}
		if n := strings.Count(content, "tự xâm hại"); format != CSV && n < 3 {
			t.Errorf("%s shows it %d times, want 3 at least: the test looks at nothing", format, n)
		}
		content = strings.NewReplacer(`\"`, `"`, `\[`, "[", `\]`, "]").Replace(content)
		for i, after := range strings.Split(content, "tự xâm hại")[1:] {
			marked := strings.HasPrefix(after, " ["+requirement.Sic)
			// In the plan's own sentence the mark stands at its end, or in the key beside it.
			if _, rest, whole := strings.Cut(after, "chăm sóc trẻ em."); whole {
				marked = marked || strings.HasPrefix(rest, " ["+requirement.Sic) || strings.Contains(rest[:min(len(rest), 60)], `"sic": "`+requirement.Sic[:9])
			}
			if !marked {
				t.Errorf("%s, place %d: no mark behind it: %.80q", format, i, after)
			}
		}
	}
}
