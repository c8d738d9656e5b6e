package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
)

// In the plan of 1714/KH-SCT one sentence names a lead: “Văn phòng Sở chủ trì, phối hợp với các phòng, đơn vị”. Its
// other units support it since, and are counted there no longer; nothing else has changed.
func TestCountsOfTheSeedPlan(t *testing.T) {
	const before = "tuyen-truyen-van-dong 10+0, treo-bang-ron 10+0, tuyen-truyen-chu-truong 10+0, " +
		"danh-gia-ket-qua 10+0, quan-triet-can-bo 8+0, tim-hieu-truyen-thong 8+0, trang-thong-tin-dien-tu 8+0, " +
		"quan-triet-doan-vien 2+0, all 66"
	campaign := load(t, filepath.Join("..", "..", "data"))
	counts := func() string {
		var said []string
		board := model.NewBoard(campaign, calendar.Date(2019, 12, 10))
		for i := range board.Activities {
			row := &board.Activities[i]
			said = append(said, fmt.Sprintf("%s %d+%d", row.Activity.ID, row.Tally.Assigned, row.Supporting))
		}
		return strings.Join(append(said, fmt.Sprintf("all %d", board.Total.Assigned)), ", ")
	}
	after := counts()
	for i := range campaign.Plan.Activities {
		who := &campaign.Plan.Activities[i].Duty
		*who = duty.Duty{Assigned: append(who.Leads, who.Assigned...)} // whoever was named was counted
	}
	for _, table := range []struct{ which, got, want string }{
		{"before", counts(), before},
		{"after", after, strings.NewReplacer("trang-thong-tin-dien-tu 8+0", "trang-thong-tin-dien-tu 1+7",
			"all 66", "all 59").Replace(before)},
	} {
		if table.got != table.want {
			t.Errorf("%s:\n%s\nwant\n%s", table.which, table.got, table.want)
		}
	}
}
