package report

import (
	"slices"
	"strconv"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// organization is part I.
func (b *builder) organization() Part {
	part := Part{Heading: b.pick("I. TỔ CHỨC TRIỂN KHAI", "I. ORGANIZATION")}
	add := func(title string, paragraphs []Paragraph) {
		part.Sections = append(part.Sections, Section{len(part.Sections) + 1, title, paragraphs})
	}
	add(b.pick("Công tác chỉ đạo, văn bản đã ban hành", "Direction and documents issued"), append(b.officeText(model.TextDirection), b.documentsIssued()...))
	if b.office.Texts[model.TextLaunch] != "" { // DOMAIN §4: if there was one
		add(b.pick("Lễ phát động", "Launch"), b.officeText(model.TextLaunch))
	}
	add(b.pick("Các hoạt động đã triển khai", "Activities carried out"), b.activities())
	add(b.pick("Kinh phí", "Funding"), append(b.officeText(model.TextFunding), b.unitTexts(func(r *model.Report) string { return r.Funding })...))
	return part
}

// assessment is part II.
func (b *builder) assessment() Part {
	results := b.officeText(model.TextAssessment)
	results = append(results, b.unitTexts(func(r *model.Report) string { return r.Results })...)
	results = append(results, b.reporting()...)
	lessons := b.officeText(model.TextLessons)
	lessons = append([]Paragraph{{Kind: Point, Text: b.pick("Bài học kinh nghiệm", "Lessons")}}, lessons...)
	return Part{Heading: b.pick("II. ĐÁNH GIÁ CHUNG", "II. ASSESSMENT"), Sections: []Section{
		{1, b.pick("Kết quả đạt được và bài học kinh nghiệm", "Results and lessons"), append(results, lessons...)},
		{2, b.pick("Khó khăn, vướng mắc", "Difficulties"), append(b.officeText(model.TextDifficulties), b.unitTexts(func(r *model.Report) string { return r.Difficulties })...)},
		{3, b.pick("Kiến nghị, đề xuất", "Recommendations"), append(b.officeText(model.TextRecommendations), b.unitTexts(func(r *model.Report) string { return r.Recommendations })...)},
		{4, b.pick("Bảng số liệu", "Table of figures"), []Paragraph{{Kind: Body, Text: b.pick(
			"Số liệu của từng đơn vị: Phụ lục I. Tình hình báo cáo của các đơn vị: Phụ lục II.",
			"Figures of each unit: Annex I. Reports of the units: Annex II.")}}},
	}}
}

// officeText is a text of the Office, or the line on which it is still to be written.
func (b *builder) officeText(which model.OfficeText) []Paragraph {
	paragraphs := b.paragraphs("", b.office.Texts[which])
	if len(paragraphs) == 0 {
		return []Paragraph{{Kind: Blank, Text: dots}}
	}
	return paragraphs
}

// paragraphs are the lines of a text; those of a unit begin with an item.
func (b *builder) paragraphs(unit, said string) []Paragraph {
	var paragraphs []Paragraph
	for line := range strings.SplitSeq(b.clean(said), "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		paragraph := Paragraph{Body, unit, line}
		if unit != "" && len(paragraphs) == 0 {
			paragraph.Kind = Item
		}
		paragraphs = append(paragraphs, paragraph)
	}
	return paragraphs
}

// unitTexts are what the units reported, each under its name. What is still a draft nobody has handed in, and of two
// versions none is the unit's word.
func (b *builder) unitTexts(of func(*model.Report) string) []Paragraph {
	var paragraphs []Paragraph
	for i := range b.board.Units {
		row := &b.board.Units[i]
		if !printed(row) {
			continue
		}
		said := of(&row.Report)
		if !row.Report.Every(func(r model.Report) bool { return of(&r) == said }) {
			said = twoVersions(b.language)
		}
		paragraphs = append(paragraphs, b.paragraphs(row.Unit.Name, said)...)
	}
	return paragraphs
}

// twoVersions stands in the place of a text of which there are two.
func twoVersions(language phrase.Language) string {
	return language.Pick("(có hai bản khác nhau, chưa quyết định)", "(there are two versions, and nobody has decided yet)")
}

// printed reports whether the report prints what a unit has written: it was handed in, and not as a nil report.
func printed(row *model.UnitRow) bool {
	return row.Broken == nil && row.Report.Every(func(r model.Report) bool { return r.Sent() && !r.Nil })
}

func (b *builder) documentsIssued() []Paragraph {
	var paragraphs []Paragraph
	for i := range b.board.Units {
		row := &b.board.Units[i]
		if !printed(row) || row.Report.Every(func(r model.Report) bool { return len(r.Documents) == 0 }) {
			continue
		}
		if !row.Report.Every(func(r model.Report) bool { return slices.Equal(r.Documents, row.Report.Documents) }) {
			paragraphs = append(paragraphs, Paragraph{Item, row.Unit.Name, twoVersions(b.language)})
			continue
		}
		documents := make([]string, len(row.Report.Documents))
		for i, document := range row.Report.Documents {
			documents[i] = text.Line(document)
		}
		paragraphs = append(paragraphs, Paragraph{Item, row.Unit.Name, mark(b.marks, ended(list(documents)))})
	}
	return paragraphs
}

// activities are one paragraph for each activity with its totals, and below it what the units noted.
func (b *builder) activities() []Paragraph {
	var paragraphs []Paragraph
	for i := range b.board.Activities {
		row := &b.board.Activities[i]
		paragraphs = append(paragraphs,
			Paragraph{Kind: Point, Text: letter(i) + ") " + withSic(row.Activity.Title, row.Activity.Sic)},
			Paragraph{Kind: Body, Text: b.progress(row)})
		for j := range b.board.Units {
			unit := &b.board.Units[j]
			if cell := &unit.Cells[i]; cell.Assigned && unit.Broken == nil {
				paragraphs = append(paragraphs, b.paragraphs(unit.Unit.Name, noteOf(&cell.Entry, b.language))...)
			}
		}
	}
	return append(paragraphs, b.messagesUsed()...)
}

// noteOf is a unit's note on an activity; one that does not apply says so, and of two versions none is said.
func noteOf(entry *model.Entry, language phrase.Language) string {
	if len(entry.Others) > 0 {
		return twoVersions(language)
	}
	if entry.Status == model.NA && entry.Note != "" {
		return language.Pick("Không áp dụng: ", "Not applicable: ") + entry.Note
	}
	return entry.Note
}

// progress is how many units have done an activity, and its totals.
func (b *builder) progress(row *model.ActivityRow) string {
	tally := row.Tally
	said := b.pick("", "Done: ") + strconv.Itoa(tally.Done) + "/" + strconv.Itoa(tally.Applicable()) + b.pick(" đơn vị hoàn thành", " units")
	count := func(n int, vietnamese, english string) {
		if n > 0 {
			said += b.pick(", ", ", ") + strconv.Itoa(n) + b.pick(vietnamese, english)
		}
	}
	count(tally.DoneLate, " đơn vị trong số đó quá hạn", " of them late")
	count(tally.Doing, " đang thực hiện", " in progress")
	count(tally.Todo, " chưa thực hiện", " not started")
	count(tally.NA, " không áp dụng", " not applicable")
	count(tally.Unknown, " chưa rõ", " not known")
	count(tally.Disputed, " có hai bản chưa quyết định", " in dispute")
	said += "."
	var totals, others []string
	for _, total := range row.Figures {
		if total.Total != nil {
			totals = append(totals, total.Indicator.Name+": "+b.language.Number(*total.Total)+measured(total.Indicator.Measure))
		} else if total.Units > 0 {
			others = append(others, total.Indicator.Name)
		}
	}
	if len(totals) > 0 {
		said += b.pick(" Tổng hợp: ", " Totals: ") + list(totals) + "."
	}
	if len(others) > 0 {
		said += b.pick(" Không cộng chung, xem Phụ lục I: ", " Not totalled, see Annex I: ") + list(others) + "."
	}
	return said
}

// measured is the unit of measure behind a number.
func measured(measure string) string {
	if measure == "" || measure == "%" {
		return measure
	}
	return " " + measure
}

func (b *builder) messagesUsed() []Paragraph {
	if len(b.board.Messages) == 0 {
		return nil
	}
	used := 0
	for i := range b.board.Messages {
		if len(b.board.Messages[i].Units) > 0 {
			used++
		}
	}
	all := len(b.board.Messages)
	return []Paragraph{
		{Kind: Point, Text: letter(len(b.board.Activities)) + ") " + b.pick("Thông điệp tuyên truyền", "Messages")},
		{Kind: Body, Text: b.pick("Đã sử dụng "+strconv.Itoa(used)+"/"+strconv.Itoa(all)+" thông điệp.", strconv.Itoa(used)+" of "+strconv.Itoa(all)+" messages were used.")},
	}
}

// reporting is how the reports of the units came in, with the names of those that are missing, late or had more time.
func (b *builder) reporting() []Paragraph {
	r := b.board.Reporting
	paragraphs := []Paragraph{
		{Kind: Point, Text: b.pick("Tình hình báo cáo của các đơn vị", "Reports of the units")},
		{Kind: Body, Text: b.rates(&r)},
	}
	var missing, unknown, disputed, late, extended []string
	for i := range b.document.Units {
		unit := &b.document.Units[i]
		expected := b.board.Units[i].Expected
		switch {
		case unit.Broken: // its figures are missing, whether anybody waits for its report or not
			unknown = append(unknown, unit.Name)
		case unit.Disputed:
			disputed = append(disputed, unit.Name)
		case !expected && !sent(unit.Status): // nobody waits for it
		case !sent(unit.Status):
			missing = append(missing, unit.Name)
		case unit.Timeliness == model.SentLate:
			late = append(late, unit.Name+" ("+unit.SubmittedAt.Printed()+", "+b.daysLate(unit.DaysLate)+")")
		}
		if !unit.Extended.IsZero() {
			said := unit.Name + " (" + b.pick("đến ngày ", "until ") + unit.Extended.Printed()
			if reason := text.Line(b.board.Units[i].Report.ExtensionReason); reason != "" {
				said += ", " + b.pick("lý do: ", "reason: ") + strings.TrimRight(reason, ". ")
			}
			extended = append(extended, said+")")
		}
	}
	name := func(label string, names []string) {
		if len(names) > 0 {
			paragraphs = append(paragraphs, Paragraph{Kind: Item, Text: mark(b.marks, label+list(names)+".")})
		}
	}
	name(b.pick("Chưa gửi báo cáo: ", "Have not reported: "), missing)
	name(b.pick("Chưa rõ, vì không đọc được dữ liệu: ", "Not known, because the data cannot be read: "), unknown)
	name(b.pick("Báo cáo có hai bản chưa quyết định: ", "Two versions of the report, not decided: "), disputed)
	name(b.pick("Gửi trễ hạn: ", "Reported late: "), late)
	name(b.pick("Được gia hạn: ", "Had more time: "), extended)
	return paragraphs
}

func sent(status model.ReportStatus) bool {
	return status == model.Submitted || status == model.Accepted || status == model.Returned
}

func (b *builder) rates(r *model.ReportingRow) string {
	received, onTime := strconv.Itoa(r.ReceivedPercent()), strconv.Itoa(r.OnTimePercent())
	counts := []string{strconv.Itoa(r.Received), strconv.Itoa(r.Expected), strconv.Itoa(r.OnTime), strconv.Itoa(r.Accepted), strconv.Itoa(r.Nil)}
	if b.language == phrase.English {
		said := "As of " + b.board.Today.Printed() + " " + counts[0] + "/" + counts[1] + " units have reported (" + received + "%), " + counts[2] + " on time (" + onTime + "%), " + counts[3] + " accepted"
		if r.Nil > 0 {
			said += ", " + counts[4] + " with nothing to report"
		}
		return said + "."
	}
	said := "Tính đến ngày " + b.board.Today.Printed() + ", " + counts[0] + "/" + counts[1] + " đơn vị đã gửi báo cáo (" + received + "%), trong đó " + counts[2] + " đơn vị gửi đúng hạn (" + onTime + "%), " + counts[3] + " báo cáo đã xác nhận"
	if r.Nil > 0 {
		said += ", " + counts[4] + " báo cáo không phát sinh"
	}
	return said + "."
}

func (b *builder) daysLate(n int) string {
	if b.language == phrase.English {
		if n == 1 {
			return "1 day late"
		}
		return strconv.Itoa(n) + " days late"
	}
	return "trễ " + strconv.Itoa(n) + " ngày"
}
