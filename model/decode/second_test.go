package decode

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
)

// second is a plan with every key of the second version, in which nothing is wrong.
const second = `schema = 2

[plan]
id       = "ke-hoach-nam"
language = "vi"
timezone = "Asia/Ho_Chi_Minh"
starts   = 2026-01-01
ends     = 2026-03-31

[document]
title = "Kế hoạch"

[calendar]
holidays = [2026-01-01]
weekend  = "next"

[reporting]
to       = "van-phong"
from     = ["phong-don-vi", "chi-doan"]
every    = "month"
before   = 18
closes   = 14
returned = "open"

[[reporting.period]]
id    = "so-ket"
name  = "Báo cáo sơ kết 50%"
until = 2026-02-20

[[section]]
id   = "ii-1"
kind = "activity"
text = "1. Thông tin, tuyên truyền"

[[activity]]
id      = "tap-huan"
section = "ii-1"
title   = "Tập huấn"
text    = "Tổ chức tập huấn."
lead    = ["van-phong", "doan-the"]
support = ["phong-don-vi"]
from    = 2026-02-01
until   = 2026-03-10
product = "Báo cáo, hình ảnh"

  [[activity.indicator]]
  id      = "lop"
  name    = "Lớp"
  measure = "lớp"
  sum     = "add"
  target  = 2
  targets = { van-phong = 3, chi-doan = 1.5 }
  total   = 10

[[activity]]
id      = "kiem-tra"
section = "duty"
title   = "Kiểm tra"
text    = "Kiểm tra."
lead    = "thanh-tra"
when    = "thường xuyên"
`

func readSecond(t *testing.T, plan string) (model.Plan, []string) {
	t.Helper()
	named := NewNames()
	Roster(Parse("units.toml", []byte(smallFiles(t)[RosterFile])), named)
	file := Parse("plan.toml", []byte(plan))
	read := Plan(file, named)
	return read, said(file.Problems)
}

// What the keys of the second version say is read.
func TestSecondVersion(t *testing.T) {
	plan, problems := readSecond(t, second)
	if len(problems) > 0 {
		t.Fatalf("said:\n%s", strings.Join(problems, "\n"))
	}
	reporting := plan.Reporting
	var periods []string
	for _, p := range reporting.Periods {
		periods = append(periods, fmt.Sprint(p.ID, " ", p.Name, " ", p.Deadline.LastDay(), " ", p.Closes, " ", p.Sums))
	}
	if want := []string{ // 17/1 is a Saturday
		"2026-01 month 01/2026 2026-01-19 2026-01-14 false", "2026-02 month 02/2026 2026-02-17 2026-02-14 false",
		"so-ket Báo cáo sơ kết 50% 2026-02-20  true", "2026-03 month 03/2026 2026-03-17 2026-03-14 false",
	}; !slices.Equal(periods, want) {
		t.Errorf("periods:\n%s", strings.Join(periods, "\n"))
	}
	if !reporting.Reopens || !slices.Equal(reporting.From, []string{"phong-don-vi", "chi-doan"}) ||
		!reporting.Deadline.IsZero() || reporting.Rule.Every != calendar.Monthly {
		t.Errorf("reporting %+v", reporting)
	}
	training, inspection := plan.Activities[0], plan.Activities[1]
	if training.Heading != "ii-1" || training.Section != model.ActivitySection || training.From != calendar.Date(2026, 2, 1) ||
		training.Product != "Báo cáo, hình ảnh" || plan.Headings[0].Text != "1. Thông tin, tuyên truyền" {
		t.Errorf("activity %+v of %+v", training, plan.Headings)
	}
	for unit, want := range map[[2]string]duty.Role{
		{"van-phong", "phong-don-vi"}: duty.Lead, {"thanh-tra", "phong-don-vi"}: duty.Support,
		{"chi-doan", "doan-the"}: duty.Lead,
	} {
		if got := training.Role(unit[0], unit[1]); got != want {
			t.Errorf("%s: %q; want %q", unit[0], got, want)
		}
	}
	indicator := training.Indicators[0]
	if *indicator.Target != 2 || indicator.Targets["chi-doan"] != 1.5 || *indicator.Total != 10 {
		t.Errorf("indicator %+v", indicator)
	}
	if inspection.When != "thường xuyên" || !inspection.Deadline.IsZero() || inspection.Section != model.DutySection {
		t.Errorf("activity %+v", inspection)
	}
}

// A plan of the second version can be wrong in these ways, one at a time.
func TestSecondVersionDamaged(t *testing.T) {
	const period = "[[reporting.period]]\nid    = \"so-ket\"\nname  = \"Báo cáo sơ kết 50%\"\nuntil = 2026-02-20\n"
	tests := map[string]struct {
		old, with string
		want      []string
	}{
		"all of it under the first version": {"schema = 2", "schema = 1", []string{
			"plan.toml:13:2: warning: an older tiendo misreads calendar | write schema = 2",
			"plan.toml:30:3: warning: an older tiendo misreads section | write schema = 2",
			"plan.toml:19:1: warning: an older tiendo misreads from | write schema = 2",
			"plan.toml:20:1: warning: an older tiendo misreads every | write schema = 2",
			"plan.toml:22:1: warning: an older tiendo misreads closes | write schema = 2",
			"plan.toml:23:1: warning: an older tiendo misreads returned | write schema = 2",
			"plan.toml:25:13: warning: an older tiendo misreads period | write schema = 2",
			"plan.toml:44:1: warning: an older tiendo misreads product | write schema = 2",
			"plan.toml:41:1: warning: an older tiendo misreads support | write schema = 2",
			"plan.toml:40:11: warning: an older tiendo misreads lead | write schema = 2",
			"plan.toml:35:1: assigned is missing | where the plan says nothing of it, write schema = 2",
			"plan.toml:52:3: warning: an older tiendo misreads targets | write schema = 2",
			"plan.toml:53:3: warning: an older tiendo misreads total | write schema = 2",
			"plan.toml:61:1: warning: an older tiendo misreads when | write schema = 2",
			"plan.toml:55:1: assigned is missing | where the plan says nothing of it, write schema = 2",
		}},
		"an unknown lead": {`"doan-the"]`, `"doan-th"]`, []string{
			`plan.toml:40:25: lead names "doan-th", which does not exist | did you mean doan-the?`,
			`plan.toml:52:30: warning: targets names "chi-doan", which does not answer for the activity | ` +
				"who leads answers for it, or who is assigned where nobody leads",
		}},
		"an unknown supporter": {`support = ["phong-don-vi"]`, `support = ["phong"]`, []string{
			`plan.toml:41:12: support names "phong", which does not exist | did you mean van-phong, phong-don-vi?`,
		}},
		"support beside assigned": {`support = ["phong-don-vi"]`, "support = []\nassigned = [\"phong-don-vi\"]", []string{
			"plan.toml:42:12: warning: assigned says nothing beside lead and support | who leads answers for it, and who " +
				"supports stands under `support`: take assigned away",
		}},
		"neither lead nor assigned": {"lead    = \"thanh-tra\"\n", "", []string{
			"plan.toml:55:1: assigned is missing | known ids: phong-don-vi, doan-the, van-phong, thanh-tra, chi-doan",
		}},
		"an unknown unit that reports": {`"chi-doan"]`, `"chi-doa"]`, []string{
			`plan.toml:19:29: from names "chi-doa", which does not exist | did you mean chi-doan?`,
		}},
		"nobody reports": {`["phong-don-vi", "chi-doan"]`, `[]`, []string{
			"plan.toml:19:12: from is empty | known ids: phong-don-vi, doan-the, van-phong, thanh-tra, chi-doan",
		}},
		"a time in words beside a day": {"when    = \"thường xuyên\"", "when = \"quý I\"\nuntil = 2026-03-31", nil},
		"the first day after the last": {"from    = 2026-02-01", "from    = 2026-04-01", []string{
			"plan.toml:42:11: warning: from (2026-04-01) is after the last day, 2026-03-10 | check the year and the month",
		}},
		"a day in words": {"when    = \"thường xuyên\"", "when = \"trước ngày 15/3/2026\"", []string{
			"plan.toml:61:8: warning: when names a day, 15/3/2026, and it is no deadline | if it is one, write `until` or " +
				"`before` too: what stands in words is never late",
		}},
		"a day in words, and as a day":  {"when    = \"thường xuyên\"", "when = \"trước ngày 15/3\"\nbefore = 2026-03-15", nil},
		"a month, a quarter in words":   {"when    = \"thường xuyên\"", "when = \"tháng 9/2026; quý II/2026\"", nil},
		"days before another, in words": {"when    = \"thường xuyên\"", "when = \"trước 05 ngày tổ chức\"", nil},
		"a target of the activity": {`when    = "thường xuyên"`, "target = 3", []string{
			`plan.toml:61:1: warning: unknown key "target" | it stands under [[activity.indicator]]`,
		}},
		"a target of an unknown unit": {"chi-doan = 1.5", "chi-doa = 1.5", []string{
			`plan.toml:52:30: targets names "chi-doa", which does not exist | did you mean chi-doan?`,
		}},
		"a target that is no number": {"chi-doan = 1.5", `chi-doan = "1"`, []string{
			`plan.toml:52:41: chi-doan is "1"; want a number`,
		}},
		"a target of who supports": {"chi-doan = 1.5", "thanh-tra = 1", []string{
			`plan.toml:52:30: warning: targets names "thanh-tra", which does not answer for the activity | ` +
				"who leads answers for it, or who is assigned where nobody leads",
		}},
		"an unknown section": {`section = "ii-1"`, `section = "ii-2"`, []string{
			`plan.toml:37:11: section names "ii-2", which does not exist | did you mean ii-1?`,
		}},
		"a section with the name of a kind": {"id   = \"ii-1\"", "id   = \"duty\"", []string{
			`plan.toml:31:8: "duty" is a kind of section already | give the section another id, for example muc-duty`,
			`plan.toml:37:11: section names "ii-1", which does not exist | known ids: activity, duty`,
		}},
		"how often nobody knows": {`"month"`, `"week"`, []string{
			`plan.toml:20:12: every is "week"; want month, quarter, half-year or year`,
		}},
		"every without a last day": {"ends     = 2026-03-31\n", "", []string{
			"plan.toml:19:12: every needs to know from when to when: starts or ends is missing | write starts and ends under " +
				"[plan], or spell the periods out under [[reporting.period]]",
		}},
		"too many periods": {"ends     = 2026-03-31", "ends     = 2226-03-31", []string{
			"plan.toml:20:12: from 2026-01-01 to 2226-03-31 there are more than 1199 periods | check the year and the month",
		}},
		"a day that no month has": {"before   = 18", "before   = 32", []string{
			"plan.toml:21:12: before is 32; want a day of the month, 1 to 31 | beside `every` it is a day of the last month " +
				"of each period, such as before = 18",
		}},
		"a whole day beside every": {"before   = 18", "before   = 2026-03-18", []string{
			"plan.toml:21:12: before is 2026-03-18; want a day of the month, 1 to 31 | beside `every` it is a day of the last " +
				"month of each period, such as before = 18",
		}},
		"a day that not every month has": {"before   = 18", "until    = 29", []string{
			"plan.toml:21:12: warning: not every month has a day 29 | in a month without it, it is the last day of the month",
		}},
		"two days": {"before   = 18", "before = 18\nuntil = 19", []string{
			"plan.toml:21:10: both until (19) and before (18) are given | `until = D` includes the day, `before = D` does " +
				"not: keep one of them",
		}},
		"the month after, without a day": {"before   = 18", `month = "next"`, []string{
			"plan.toml:21:9: month says when a day is, and there is none | write `until` or `before` with a day of the month",
		}},
		"another month": {"before   = 18", "before = 18\nmonth = \"this\"", []string{
			`plan.toml:22:9: month is "this"; want next`,
		}},
		"the month after, without every": {"every    = \"month\"\nbefore   = 18\ncloses   = 14", `month = "next"`, []string{
			"plan.toml:20:9: month without every | `month` says in which month a day is that every period has: write `every` " +
				"too, or a whole day",
		}},
		"a day of the month without every": {"every    = \"month\"\nbefore   = 18\ncloses   = 14", "before = 18", []string{
			"plan.toml:20:10: before is 18; want a day without quotes, such as 2019-12-15",
		}},
		"a day beside periods": {"every    = \"month\"\nbefore   = 18\ncloses   = 14", "before = 2026-03-18", []string{
			"plan.toml:23:13: the reports have a day of their own, and periods too | each period has its own day: take until " +
				"or before away under [reporting]",
		}},
		"a period twice": {period, period + period, []string{
			`plan.toml:30:9: "so-ket" appears twice; first at plan.toml:26:9 | every id stands for one thing only: give this one another`,
		}},
		"a period that every makes": {`"so-ket"`, `"2026-02"`, []string{
			`plan.toml:26:9: "2026-02" appears twice; first at plan.toml:20:12 | every id stands for one thing only: give this one another`,
		}},
		"a period with the name of a field": {`"so-ket"`, `"results"`, []string{
			`plan.toml:26:9: "results" is the name of a field of a report | give the period another id, for example ky-results`,
		}},
		"a period with the id of an indicator": {`"so-ket"`, `"lop"`, []string{
			`plan.toml:26:9: the period "lop" has the id of an indicator: plan.toml:47:13 | give one of them another id`,
		}},
		"an indicator with the id of a period": {`"lop"`, `"2026-03"`, []string{
			`plan.toml:20:12: the period "2026-03" has the id of an indicator: plan.toml:47:13 | give one of them another id`,
		}},
		"a period without a day":          {"until = 2026-02-20\n", "", nil},
		"without reports":                 {second[strings.Index(second, "[reporting]"):strings.Index(second, "[[section]]")], "", nil},
		"without the day of the campaign": {"starts   = 2026-01-01\n", "", []string{"plan.toml:19:12: every needs to know from when to when: starts or ends is missing | write starts and ends under [plan], or spell the periods out under [[reporting.period]]"}},
		"what becomes of returned reports": {`"open"`, `"opened"`, []string{
			`plan.toml:23:12: returned is "opened"; want open or received | did you mean open?`,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if count := strings.Count(second, test.old); count != 1 {
				t.Fatalf("the plan holds %q %d times, want once", test.old, count)
			}
			_, problems := readSecond(t, strings.Replace(second, test.old, test.with, 1))
			if !slices.Equal(problems, test.want) {
				t.Errorf("said:\n%s\nwant:\n%s", strings.Join(problems, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// A plan without a reporting day has none, whatever its version.
func TestNoReportingDay(t *testing.T) {
	small := smallFiles(t)[PlanFile]
	plan, problems := readSecond(t, strings.Replace(small, "before = 2019-12-15\n", "", 1))
	if !plan.Reporting.Deadline.IsZero() || len(problems) > 0 {
		t.Errorf("it has %v; %q", plan.Reporting.Deadline, problems)
	}
}

// Figures of a period are known by period and indicator, in a version beside the entry too.
func TestFiguresOfPeriodsInDispute(t *testing.T) {
	plan, _ := readSecond(t, second)
	file := Parse("x.toml", []byte(`[activity.tap-huan]
status = "doing"
by     = "lan"
at     = 2026-01-02T09:00:00+07:00

[activity.tap-huan.figures.2026-01]
lop = 3

[activity.tap-huan.figures.2026-02]
lop = 5

[[activity.tap-huan.other]]
by      = "hoa"
at      = 2026-01-03T09:00:00+07:00
figures = { 2026-01 = { lop = 4 } }
without = ["figures.2026-02.lop"]
`))
	entry := Progress(file, &plan, nil).Activities["tap-huan"]
	if got := fmt.Sprint(entry.Figures); got != "map[2026-01.lop:3 2026-02.lop:5]" {
		t.Errorf("figures %s", got)
	}
	if len(entry.Others) != 1 || fmt.Sprint(entry.Others[0].Figures) != "map[2026-01.lop:4]" {
		t.Errorf("beside them %v", entry.Others)
	}
	if !entry.FigureInDispute("2026-01.lop") || !entry.FigureInDispute("2026-02.lop") || entry.FigureInDispute("2026-03.lop") {
		t.Error("what is in dispute is not known")
	}
	file = Parse("x.toml", []byte("[activity.tap-huan.figures.so-ket]\nlop = 1\n\n[report.so-ket]\nstatus = \"draft\"\n"))
	record := Progress(file, &plan, nil)
	want := `x.toml:1:28: there is no period "so-ket" | known ids: 2026-01, 2026-02, 2026-03`
	if got := said(file.Problems); !slices.Equal(got, []string{want}) {
		t.Errorf("a period without figures of its own: %q", got)
	}
	if record.ReportOf("so-ket").Status != model.Draft {
		t.Errorf("its report is %+v", record.Reports)
	}
}
