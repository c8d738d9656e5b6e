package report

import (
	"example.org/tiendo/model/document"
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/phrase"
)

func TestNumbersInTexts(t *testing.T) {
	b := &builder{document: &Document{}}
	figures := map[string]float64{"Băng rôn, khẩu hiệu": 4, "Người tham dự": 1234, "Hội nghị": 2, "Tin, bài": 18}
	for _, indicator := range []model.Indicator{
		{Name: "Băng rôn, khẩu hiệu", Measure: "cái"}, {Name: "Người tham dự", Measure: "lượt người"}, {Name: "Hội nghị", Measure: "cuộc"}, {Name: "Tin, bài", Measure: "bài"},
	} {
		b.document.Columns = append(b.document.Columns, Column{IndicatorTotal: model.IndicatorTotal{Indicator: indicator}})
	}
	names := b.namedIndicators()
	tests := map[string]struct {
		said string
		want string // number and indicator of each mention
	}{
		"agrees":                      {"Treo 4 băng rôn.", ""},
		"a leading zero":              {"Treo 04 băng rôn.", ""},
		"differs":                     {"Treo 5 băng rôn.", "5 Băng rôn, khẩu hiệu"},
		"the other word of the name":  {"Treo 5 khẩu hiệu.", "5 Băng rôn, khẩu hiệu"},
		"the measure between":         {"Treo 5 cái băng rôn.", "5 Băng rôn, khẩu hiệu"},
		"the name before":             {"Băng rôn: 5, pano: 3", "5 Băng rôn, khẩu hiệu"},
		"in large letters":            {"TREO 5 BĂNG RÔN", "5 Băng rôn, khẩu hiệu"},
		"parts that add up":           {"Treo 1 băng rôn ở cổng và 3 băng rôn ở sảnh.", ""},
		"the whole and its parts":     {"Treo 4 băng rôn, gồm 1 băng rôn ở cổng.", ""},
		"parts that do not":           {"Treo 1 băng rôn ở cổng và 2 băng rôn ở sảnh.", "1 Băng rôn, khẩu hiệu;2 Băng rôn, khẩu hiệu"},
		"points that group":           {"1.234 lượt người", ""},
		"commas that group":           {"1,234 lượt người", ""},
		"by the measure alone":        {"1.235 lượt người", "1.235 Người tham dự"},
		"a short measure is no name":  {"5 cái ghế, 3 cuộc gọi", ""},
		"a date is no figure":         {"ngày 5/12 băng rôn, 2019-12 hội nghị", ""},
		"a number of a document":      {"Công văn 5/CV-SCT hội nghị", ""},
		"another word":                {"5 băng rônx", ""},
		"too far away":                {"5 người của đơn vị cùng treo băng rôn", ""},
		"the end of a sentence":       {"Có 5. Băng rôn đã treo.", ""},
		"none":                        {"Đã treo băng rôn.", ""},
		"several of them":             {"3 hội nghị, 5 băng rôn, 18 tin", "5 Băng rôn, khẩu hiệu;3 Hội nghị"},
		"a number that is no number":  {"1.2.3.4 hội nghị", ""},
		"a fraction":                  {"2,5 hội nghị", "2,5 Hội nghị"},
		"larger than any figure":      {strings.Repeat("9", 400) + " hội nghị", ""},
		"line ends between sentences": {"Có 5\nbăng rôn", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, found := range names.in(test.said, textKind{}, func(column int) (*float64, bool) {
				value := figures[b.document.Columns[column].Indicator.Name]
				return &value, true
			}) {
				got = append(got, found.said+" "+b.document.Columns[found.column].Indicator.Name)
			}
			if joined := strings.Join(got, ";"); joined != test.want {
				t.Errorf("got %q, want %q", joined, test.want)
			}
		})
	}
	if found := names.in("5 băng rôn", textKind{}, func(int) (*float64, bool) { return nil, true }); len(found) == 0 || found[0].annex != nil {
		t.Errorf("a figure that is missing: %+v", found)
	}
	if found := names.in("5 băng rôn", textKind{}, func(int) (*float64, bool) { return nil, false }); len(found) != 0 {
		t.Errorf("what is not to be compared: %+v", found)
	}
}

func TestAmountsPartsAndWishesInTexts(t *testing.T) {
	figures := map[string]float64{"Băng rôn": 3, "Người tham dự": 64, "Trong đó nữ": 35, "Kinh phí": 2_500_000, "Điển hình": 5}
	results, wishes, funding := textKind{}, kindOf(document.TextRecommendations), kindOf(document.TextFunding)
	paper := &Document{}
	for _, indicator := range []model.Indicator{
		{ID: "bang-ron", Name: "Băng rôn", Measure: "cái"}, {ID: "du", Name: "Người tham dự", Measure: "lượt người"},
		{ID: "nu", Name: "Trong đó nữ", Measure: "lượt người", PartOf: "du"}, {ID: "tien", Name: "Kinh phí", Measure: "đồng"}, {ID: "dien-hinh", Name: "Điển hình", Measure: "điển hình"},
	} {
		paper.Columns = append(paper.Columns, Column{IndicatorTotal: model.IndicatorTotal{Indicator: indicator}})
	}
	names := (&builder{document: paper}).namedIndicators()
	tests := map[string]struct {
		kind textKind
		said string
		want string
	}{
		// money
		"an amount agrees":                  {funding, "Kinh phí: 2.500.000 đồng.", ""},
		"an amount differs":                 {funding, "Kinh phí: 3.000.000 đồng.", "3.000.000 đồng Kinh phí"},
		"without the name, in its own text": {funding, "Tự chi 3.000.000đ.", "3.000.000đ Kinh phí"},
		"without the name, elsewhere":       {results, "Tặng quà 3.000.000 đồng.", ""},
		"in millions":                       {results, "Kinh phí thực hiện là 3 triệu đồng.", "3 triệu đồng Kinh phí"},
		"in millions, agreeing":             {results, "Kinh phí đã chi là 2,5 triệu đồng.", ""},
		"in short millions":                 {funding, "Đã chi 3 tr.", "3 tr Kinh phí"},
		"in short millions, named":          {funding, "Kinh phí: 3tr.", "3tr Kinh phí"},
		"in thousands":                      {funding, "Đã chi 2.500 nghìn đồng.", ""},
		"parts of an amount":                {funding, "Công đoàn 1.500.000 đồng, chi đoàn 1 triệu đồng.", ""},
		"one of them agrees":                {funding, "Chi 2,5 triệu đồng trong 3 triệu đồng.", ""},
		"what was granted":                  {funding, "Được giao 3 triệu đồng.", ""},
		"comrades are no money":             {funding, "Có 5 đồng chí tham gia.", ""},
		"a share is no milliard":            {results, "Kinh phí: 1 tỷ lệ.", "1 Kinh phí"},
		"a name too far away":               {results, "Kinh phí hạn hẹp nên chỉ có 3 triệu đồng.", ""},
		// parts
		"of them":                       {results, "Có 64 người tham dự, trong đó 30 nữ.", "30 Trong đó nữ"},
		"of them, agreeing":             {results, "Có 64 người tham dự, trong đó 35 nữ.", ""},
		"of them, with people between":  {results, "64 lượt người (trong đó có 30 người nữ)", "30 Trong đó nữ"},
		"in brackets":                   {results, "64 người tham dự (30 nữ)", "30 Trong đó nữ"},
		"by the figure of the whole":    {results, "Tổ chức 2 buổi với 64 đồng chí, trong đó 30 nữ.", "30 Trong đó nữ"},
		"the number behind":             {results, "Người tham dự: 64, trong đó nữ: 30", "30 Trong đó nữ"},
		"of something else":             {results, "Biểu dương 5 điển hình, trong đó 3 nữ.", ""},
		"the whole in another sentence": {results, "Có 64 người tham dự. Biểu dương 5 cá nhân, trong đó 3 nữ.", ""},
		"without a whole":               {results, "Đơn vị có 12 nữ công chức.", ""},
		"another word":                  {results, "Có 64 người tham dự, trong đó 30 phụ nữ.", ""},
		// what is lacking or asked for
		"what there is":               {wishes, "Chỉ treo được 9 băng rôn do thời tiết.", "9 Băng rôn"},
		"what is asked for":           {wishes, "Đề nghị cấp 10 băng rôn, 5 điển hình.", ""},
		"what is asked for behind":    {wishes, "10 băng rôn cần thay.", ""},
		"what is lacking, in results": {results, "Còn 9 băng rôn.", "9 Băng rôn"},
		"the sentence before":         {wishes, "Đề nghị cấp thêm kinh phí. Đã treo 9 băng rôn.", "9 Băng rôn"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, found := range names.in(test.said, test.kind, func(column int) (*float64, bool) {
				value := figures[paper.Columns[column].Indicator.Name]
				return &value, true
			}) {
				got = append(got, found.said+" "+paper.Columns[found.column].Indicator.Name)
			}
			if joined := strings.Join(got, ";"); joined != test.want {
				t.Errorf("%q: got %q, want %q", test.said, joined, test.want)
			}
		})
	}
	t.Run("figures in millions", func(t *testing.T) {
		paper.Columns[3].Indicator.Measure = "triệu đồng"
		names := (&builder{document: paper}).namedIndicators()
		for said, want := range map[string]int{"Đã chi 2,5 triệu đồng.": 0, "Đã chi 2.500.000 đồng.": 0, "Đã chi 3 triệu đồng.": 1} {
			value := 2.5
			if got := len(names.in(said, funding, func(column int) (*float64, bool) { return &value, column == 3 })); got != want {
				t.Errorf("%q: %d numbers, want %d", said, got, want)
			}
		}
	})
}

// Every text of a unit that the report prints is compared, each by itself.
func TestNumbersOfAllTextsOfAUnit(t *testing.T) {
	campaign := smallCampaign(phrase.Vietnamese)
	progress := campaign.Progress["van-phong"]
	progress.Report.Results = "Đã treo 4 băng rôn."
	progress.Report.Funding = "Chi cho 5 băng rôn."
	progress.Report.Difficulties = "Chỉ treo được 6 băng rôn."
	progress.Report.Recommendations = "Đã treo 7 băng rôn; đề nghị cấp thêm 8 băng rôn."
	campaign.Progress["van-phong"] = progress
	var got []string
	for _, warning := range warningsOf(campaign) {
		if said, found := strings.CutPrefix(warning, "Văn phòng Sở: the text says "); found {
			got = append(got, said[:1])
		}
	}
	if want := []string{"5", "6", "7"}; !slices.Equal(got, want) {
		t.Errorf("warnings of %q, want %q", got, want)
	}
}

func TestSameTexts(t *testing.T) {
	const long = "Đơn vị đã quán triệt kế hoạch đến toàn thể công chức, viên chức và người lao động; các hoạt động được tổ chức thiết thực, tiết kiệm, thu hút đông đảo người tham gia."
	const other = "Phòng mời báo cáo viên của Hội Liên hiệp Phụ nữ nói chuyện về bạo lực gia đình, có sáu mươi người nghe và trao đổi sôi nổi trong hai giờ liền tại hội trường."
	const hardly = "Kinh phí hạn hẹp, chủ yếu lồng ghép với các nhiệm vụ chuyên môn."
	tests := map[string]struct {
		texts []string
		want  [][]int
	}{
		"none":                    {nil, nil},
		"different":               {[]string{long, other}, nil},
		"the same":                {[]string{long, other, long}, [][]int{{0, 2}}},
		"one word changed":        {[]string{long, strings.Replace(long, "thiết thực", "chu đáo", 1)}, nil},
		"accents and case":        {[]string{long, strings.ToUpper(long)}, [][]int{{0, 1}}},
		"short texts say nothing": {[]string{"Không có.", "Không có."}, nil},
		"short, the same":         {[]string{hardly, long, strings.ToLower(hardly)}, [][]int{{0, 2}}},
		"short, other marks":      {[]string{hardly, strings.ReplaceAll(hardly, ",", " -")}, [][]int{{0, 1}}},
		"stock phrases":           {slices.Repeat([]string{"Trong quá trình triển khai thực hiện kế hoạch, đơn vị không có khó khăn, vướng mắc gì lớn."}, 2), nil},
		"stock wishes":            {slices.Repeat([]string{"Đơn vị không có kiến nghị, đề xuất gì thêm với Sở."}, 2), nil},
		"stock English":           {slices.Repeat([]string{"There were no difficulties or obstacles in the unit to report."}, 2), nil},
		"two groups":              {[]string{long, other, other, long, long}, [][]int{{0, 3, 4}, {1, 2}}},
		"half of it":              {[]string{long, long[:len(long)/2] + other[len(other)/2:]}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := sameTexts(test.texts, shortestReport)
			if !slices.EqualFunc(got, test.want, slices.Equal) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestWarningNamesUnitsOfTheSameText(t *testing.T) {
	campaign := smallCampaign(phrase.Vietnamese)
	const same = "một hai ba bốn năm sáu bảy tám chín mười mười một mười hai mười ba mười bốn"
	for _, id := range []string{"van-phong", "thanh-tra", "cong-doan"} { // the last one has not handed it in
		progress := campaign.Progress[id]
		progress.Report.Difficulties = same
		campaign.Progress[id] = progress
	}
	d := New(model.NewBoard(campaign, calendar.Date(2019, 12, 20)), nil)
	last := d.Warnings[len(d.Warnings)-1].What.String()
	if want := "Difficulties: the same text from Văn phòng Sở; Thanh tra Sở"; last != want {
		t.Errorf("got %q, want %q", last, want)
	}
}
