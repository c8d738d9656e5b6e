package report

import (
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/sums"
)

// smallCampaign has a unit for each way that a report can go, and an indicator for each rule.
func smallCampaign(language phrase.Language) *model.Campaign {
	zone := time.FixedZone("ICT", 7*3600)
	at := func(month time.Month, day, hour int) time.Time {
		return time.Date(2019, month, day, hour, 0, 0, 0, zone)
	}
	ends := calendar.Date(2019, 12, 15)
	plan := model.Plan{
		ID: "thu-2019", Language: language, TimeZone: zone, Starts: calendar.Date(2019, 11, 15), Ends: ends,
		Document: document.Document{
			Number: "Số: 12 /KH-SCT", Type: "KẾ HOẠCH", Place: "Quảng Trị", Date: calendar.Date(2019, 11, 6), Title: "Triển khai Tháng hành động năm 2019",
			Issuer: "Sở Công Thương", Archive: "Lưu: VT, VP.", Signature: document.Signature{Titles: []string{"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"}, Name: "Nguyễn Văn A"},
		},
		Reporting: model.Reporting{To: "van-phong", Deadline: calendar.Deadline{Day: ends, Excluded: true}, Upward: "Sở Lao động TB&XH"},
		Goals: []model.Goal{{
			ID: "ky-nang", Kind: model.Requirement, Text: "Tăng cường kiến thức, kỹ năng tự bảo vệ, tự xâm hại cho phụ nữ; kỹ năng phòng ngừa xâm hại.",
			Sic: "nguyên văn; có lẽ là “kỹ năng tự bảo vệ, tự phòng ngừa xâm hại”",
		}},
		Messages: []model.Message{{ID: "m01", Text: "Chấm dứt bạo lực."}, {ID: "m02", Text: "Vun đắp yêu thương."}},
		Activities: []model.Activity{
			{
				ID: "bang-ron", Section: model.ActivitySection, Title: "Treo băng rôn", Duty: duty.Duty{Assigned: []string{"phong"}}, Deadline: calendar.Deadline{Day: ends}, Goals: []string{"ky-nang"},
				Indicators: []model.Indicator{
					{ID: "bang-ron", Name: "Băng rôn, khẩu hiệu", Measure: "cái", Sum: sums.Add},
					{ID: "luy-ke", Name: "Pano đã có", Measure: "tấm", Sum: sums.Last},
				},
			},
			{
				ID: "quan-triet", Section: model.DutySection, Title: "Quán triệt", Sic: "nguyên văn; trước ngày 15/12", Duty: duty.Duty{Assigned: []string{"phong", "doan"}}, Deadline: calendar.Deadline{Day: ends, Excluded: true},
				Indicators: []model.Indicator{
					{ID: "ty-le", Name: "Tỷ lệ được quán triệt", Measure: "%", Sum: sums.None},
					{ID: "tham-du", Name: "Người tham dự", Measure: "lượt người", Sum: sums.Add},
				},
			},
		},
	}
	c := &model.Campaign{Plan: plan, Progress: map[string]model.Progress{}, Broken: map[string]*phrase.Problem{}}
	add := func(id, name, group string, report model.Report, first, second model.Entry) {
		c.Roster.Units = append(c.Roster.Units, model.Unit{ID: id, Name: name, Group: group})
		c.Progress[id] = model.Progress{Unit: id, Report: report, Activities: map[string]model.Entry{"bang-ron": first, "quan-triet": second}}
	}
	done := func(month time.Month, day int, note string, figures map[string]float64) model.Entry {
		return model.Entry{Status: model.Done, By: "lan", At: at(month, day, 9), Note: note, Figures: figures}
	}
	add("van-phong", "Văn phòng Sở", "phong",
		model.Report{
			Status: model.Accepted, SubmittedAt: at(12, 12, 16), Results: "Đã treo 3 băng rôn.\nNhân viên hưởng ứng.", Difficulties: "Kinh phí hạn hẹp.",
			Recommendations: "Cấp tài liệu sớm.", Documents: []string{"Kế hoạch số 3/KH-VP", "Công văn số 9"}, Funding: "Tự chi 2 triệu đồng.",
		},
		done(11, 18, "Treo tại trụ sở.", map[string]float64{"bang-ron": 4, "luy-ke": 2}), done(11, 20, "", map[string]float64{"ty-le": 98.5, "tham-du": 1200}))
	add("thanh-tra", "Thanh tra Sở", "phong", model.Report{Status: model.Submitted, SubmittedAt: at(12, 17, 8), Results: "Xong."},
		done(12, 20, "Treo muộn.", map[string]float64{"bang-ron": 0, "luy-ke": 5}), model.Entry{Status: model.NA, Note: "Chỉ có hai người."})
	add("cong-nghiep", "Phòng Công nghiệp", "phong", model.Report{Status: model.Returned, SubmittedAt: at(12, 14, 23), Reason: "Thiếu số liệu nữ", Results: "Đã dạy kỹ năng tự bảo vệ, tự xâm hại cho chị em."},
		model.Entry{Status: model.Doing, Note: "Chờ pano."}, model.Entry{})
	add("thuong-mai", "Phòng Thương mại", "phong", model.Report{Status: model.Submitted, SubmittedAt: at(12, 19, 10), ExtendedUntil: calendar.Date(2019, 12, 20), ExtensionReason: "Đi công tác"},
		model.Entry{}, done(11, 25, "", map[string]float64{"ty-le": 100, "tham-du": 34}))
	add("nang-luong", "Phòng Năng lượng", "phong", model.Report{Status: model.Accepted, SubmittedAt: at(12, 10, 10), Nil: true, NilReason: "Mới thành lập", Results: "Không in ra.", Documents: []string{"Không in ra: Công văn 7"}}, model.Entry{}, model.Entry{})
	add("cong-doan", "Công đoàn", "doan", model.Report{Status: model.Draft, Results: "Bản nháp chưa gửi."}, model.Entry{}, model.Entry{})
	add("chi-doan", "Chi đoàn", "doan", model.Report{}, model.Entry{}, done(11, 30, "", map[string]float64{"ty-le": 50}))
	c.Broken["chi-doan"] = &phrase.Problem{File: "data/progress/chi-doan.toml", Line: 3, Column: 1, What: phrase.Say("status is %q", "dne")}
	progress := c.Progress["van-phong"]
	progress.Messages = map[string]model.Use{"m01": {Channels: []string{"website"}}}
	c.Progress["van-phong"] = progress
	c.Office.Texts = map[model.OfficeText]string{document.TextAssessment: "Toàn Sở treo 5 băng rôn, 1.234 lượt người tham dự."}
	return c
}

func smallBoard(language phrase.Language) *model.Board {
	return model.NewBoard(smallCampaign(language), calendar.Date(2019, 12, 20))
}

func smallDocument(language phrase.Language) *Document {
	return New(smallBoard(language), nil)
}

func section(t *testing.T, d *Document, part, number int) []Paragraph {
	t.Helper()
	found := d.Parts[part-1].Sections[number-1]
	if found.Number != number {
		t.Fatalf("section %d has the number %d", number, found.Number)
	}
	return found.Paragraphs
}
