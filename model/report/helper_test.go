package report

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/demo"
	"example.org/tiendo/model/document"
	"example.org/tiendo/model/duty"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/sums"
)

// demoCampaign is the made-up campaign on the real plan, with what the Office writes.
func demoCampaign(t testing.TB) *model.Campaign {
	t.Helper()
	made, err := demo.Files(os.DirFS(filepath.Join("..", "..")), demo.Options{Seed: demo.DefaultSeed})
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for path, content := range made {
		files[strings.TrimPrefix(path, "data/")] = content
	}
	read, err := store.NewPast("data").Load(context.Background(), files)
	if err != nil {
		t.Fatal(err)
	}
	campaign := *read
	campaign.Plan.MadeUp = calendar.Day{}
	campaign.Office = model.Office{
		Header: model.OfficeHeader{Parent: "UBND tỉnh Quảng Trị"},
		Texts: map[model.OfficeText]string{
			document.TextDirection:       "Sở đã ban hành Kế hoạch và phân công Văn phòng Sở làm đầu mối.",
			document.TextLaunch:          "Lễ phát động ngày 15/11/2019 tại hội trường Sở.",
			document.TextFunding:         "Lồng ghép trong kinh phí chi thường xuyên.",
			document.TextAssessment:      "Các phòng, đơn vị triển khai nghiêm túc.\nNhận thức được nâng lên.",
			document.TextLessons:         "Cần phân công sớm.",
			document.TextDifficulties:    "Kinh phí hạn hẹp.",
			document.TextRecommendations: "Đề nghị cấp tài liệu tuyên truyền.",
		},
	}
	return &campaign
}

func demoBoard(t testing.TB) *model.Board {
	t.Helper()
	return model.NewBoard(demoCampaign(t), demo.Today())
}

// bytesOf writes the document in a format.
func bytesOf(t testing.TB, d *Document, format Format) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := d.Write(&out, format); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// largeBoard is a campaign with so many units and indicators, eight to an activity; one figure in seven is missing.
func largeBoard(units, indicators int) *model.Board {
	zone := time.FixedZone("ICT", 7*3600)
	plan := model.Plan{
		ID: "lon", Language: phrase.Vietnamese, TimeZone: zone, Starts: calendar.Date(2019, 11, 15), Ends: calendar.Date(2019, 12, 15),
		Document:  document.Document{Number: "Số: 1 /KH-SCT", Type: "KẾ HOẠCH", Place: "Quảng Trị", Date: calendar.Date(2019, 11, 6), Title: "Triển khai đợt thử", Issuer: "Sở Công Thương"},
		Reporting: model.Reporting{To: "u0001", Deadline: calendar.Deadline{Day: calendar.Date(2019, 12, 15), Excluded: true}, Upward: "Sở Lao động TB&XH"},
	}
	for i := range indicators {
		if i%8 == 0 {
			n := strconv.Itoa(i/8 + 1)
			plan.Activities = append(plan.Activities, model.Activity{ID: "a" + n, Section: model.ActivitySection, Title: "Hoạt động thứ " + n, Duty: duty.Duty{Assigned: []string{"g"}}, Deadline: calendar.Deadline{Day: plan.Ends}})
		}
		activity := &plan.Activities[len(plan.Activities)-1]
		id := strconv.Itoa(i + 1)
		activity.Indicators = append(activity.Indicators, model.Indicator{ID: "i" + id, Name: "Chỉ tiêu số " + id, Measure: "cái", Sum: sums.Add})
	}
	campaign := &model.Campaign{Plan: plan, Progress: map[string]model.Progress{}}
	for i := range units {
		id := "u" + strconv.Itoa(10001 + i)[1:]
		campaign.Roster.Units = append(campaign.Roster.Units, model.Unit{ID: id, Name: "Đơn vị số " + strconv.Itoa(i+1), Group: "g"})
		progress := model.Progress{Unit: id, Activities: map[string]model.Entry{}, Report: model.Report{
			Status: model.Accepted, SubmittedAt: time.Date(2019, 12, 12, 8, 0, 0, 0, zone),
			Results: "Đơn vị số " + strconv.Itoa(i*7919) + " đã triển khai " + strconv.Itoa(i*31) + " việc với " + strconv.Itoa(i*17) + " người, kết quả " + strconv.Itoa(i*101) + " và " + strconv.Itoa(i*53) + " theo kế hoạch đã đề ra.",
		}}
		for j := range plan.Activities {
			entry := model.Entry{Status: model.Done, At: time.Date(2019, 12, 1, 8, 0, 0, 0, zone), Figures: map[string]float64{}}
			for k, indicator := range plan.Activities[j].Indicators {
				if (i+k)%7 != 0 {
					entry.Figures[indicator.ID] = float64((i*13 + k*7) % 5000)
				}
			}
			progress.Activities[plan.Activities[j].ID] = entry
		}
		campaign.Progress[id] = progress
	}
	return model.NewBoard(campaign, calendar.Date(2019, 12, 20))
}
