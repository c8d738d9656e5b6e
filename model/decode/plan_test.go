package decode

import (
	"strings"
	"testing"

	"example.org/tiendo/model/phrase"
)

// A plan can be damaged in these ways, one at a time.
func TestPlan(t *testing.T) {
	testDamage(t, map[string]damage{
		"the version is missing": {
			file: "plan.toml", old: "schema = 1\n", with: "",
			want: []string{
				"data/plan.toml:1:1: schema is missing | add the line schema = …",
			},
		},
		"a newer version": {
			file: "plan.toml", old: "schema = 1", with: "schema = 3",
			unusable: true,
			want: []string{
				"data/plan.toml:1:10: schema is 3; want the number 1 or 2 | a newer tiendo may be needed for this file",
			},
		},
		"the second version": {
			file: "plan.toml", old: "schema = 1", with: "schema = 2\ncalendar = { holidays = [2019-09-02], weekend = \"next\" }",
		},
		"a key of the second version that is not read yet": {
			file: "plan.toml", old: "schema = 1", with: "schema = 2\nroster = 1",
			unusable: true,
			want: []string{
				"data/plan.toml:2:1: this tiendo does not know roster yet | a newer tiendo may be needed for this file",
			},
		},
		"a calendar in the first version": {
			file: "plan.toml", old: "schema = 1", with: "schema = 1\ncalendar = { holidays = [] }",
			want: []string{
				"data/plan.toml:2:1: warning: an older tiendo misreads calendar | write schema = 2",
			},
		},
		"a calendar with mistakes": {
			file: "plan.toml", old: "schema = 1", with: "schema = 2\ncalendar = { holidays = [2019-09-02, \"2019-09-03\", 2019-09-02, 1], weekend = \"nxt\", holiday = 1 }",
			want: []string{
				`data/plan.toml:2:38: holidays is "2019-09-03"; want a day without quotes, such as 2019-12-15 | for example holidays = [2019-09-02, 2020-01-01]`,
				`data/plan.toml:2:52: warning: "2019-09-02" appears twice; first at data/plan.toml:2:26 | take one of them out`,
				`data/plan.toml:2:64: holidays is 1; want a day without quotes, such as 2019-12-15 | for example holidays = [2019-09-02, 2020-01-01]`,
				`data/plan.toml:2:78: weekend is "nxt"; want strict or next | did you mean next?`,
				`data/plan.toml:2:85: warning: unknown key "holiday" | did you mean holidays?`,
			},
		},
		"a holiday that is no list": {
			file: "plan.toml", old: "schema = 1", with: "schema = 2\ncalendar = { holidays = 2019-09-02 }",
			want: []string{
				"data/plan.toml:2:25: holidays is 2019-09-02; want a list of days in [ ] | for example holidays = [2019-09-02, 2020-01-01]",
			},
		},
		"a holiday that does not exist": {
			file: "plan.toml", old: "schema = 1", with: "schema = 2\ncalendar = { holidays = [2019-02-30] }",
			unusable: true,
			want: []string{
				"data/plan.toml:2:26: not a date or time | found \"2019-02-30\"; want a day that exists, as 2019-11-15 or 2019-11-15T08:30:00+07:00",
			},
		},
		"a calendar that is no table": {
			file: "plan.toml", old: "schema = 1", with: "schema = 2\ncalendar = 1",
			want: []string{
				"data/plan.toml:2:12: calendar is 1; want a table",
			},
		},
		"the version in quotes": {
			file: "plan.toml", old: "schema = 1", with: `schema = "1"`,
			unusable: true,
			want: []string{
				`data/plan.toml:1:10: schema is "1"; want the number 1 or 2 | a newer tiendo may be needed for this file`,
			},
		},
		"an id in capitals and with accents": {
			file: "plan.toml", old: `"thang-hanh-dong"`, with: `"Tháng Hành Động"`,
			want: []string{
				`data/plan.toml:4:12: id is "Tháng Hành Động"; want 1 to 64 letters a to z, digits and hyphens | for example thang-hanh-dong`,
			},
		},
		"an id that begins with a hyphen": {
			file: "plan.toml", old: `"thang-hanh-dong"`, with: `"-thang"`,
			want: []string{
				`data/plan.toml:4:12: id is "-thang"; want 1 to 64 letters a to z, digits and hyphens | for example thang`,
			},
		},
		"an id of 65 letters": {
			file: "plan.toml", old: `"thang-hanh-dong"`, with: `"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"`,
			want: []string{
				`data/plan.toml:4:12: id is "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…; want 1 to 64 letters a to z, digits and hyphens | for example aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`,
			},
		},
		"an empty id": {
			file: "plan.toml", old: `"thang-hanh-dong"`, with: `""`,
			want: []string{
				`data/plan.toml:4:12: id is ""; want 1 to 64 letters a to z, digits and hyphens | a short name by which files and commands will speak of it; it must not change later`,
			},
		},
		"an id that is no text": {
			file: "plan.toml", old: `"thang-hanh-dong"`, with: "2019",
			want: []string{
				"data/plan.toml:4:12: id is 2019; want text in quotes",
			},
		},
		"an unknown language": {
			file: "plan.toml", old: `"vi"`, with: `"vn"`,
			want: []string{
				`data/plan.toml:5:12: language is "vn"; want vi or en`,
			},
		},
		"an unknown time zone": {
			file: "plan.toml", old: `"Asia/Ho_Chi_Minh"`, with: `"Asia/Hanoi"`,
			want: []string{
				`data/plan.toml:6:12: timezone is "Asia/Hanoi"; want a time zone | zones are named after a city: Asia/Ho_Chi_Minh`,
			},
		},
		"the machine's own time zone": {
			file: "plan.toml", old: `"Asia/Ho_Chi_Minh"`, with: `"Local"`,
			want: []string{
				`data/plan.toml:6:12: timezone is "Local"; want a time zone | zones are named after a city: Asia/Ho_Chi_Minh`,
			},
		},
		"a day that does not exist": {
			file: "plan.toml", old: "2019-12-15\n\n[document]", with: "2019-02-31\n\n[document]",
			unusable: true,
			want: []string{
				`data/plan.toml:8:12: not a date or time | found "2019-02-31"; want a day that exists, as 2019-11-15 or 2019-11-15T08:30:00+07:00`,
			},
		},
		"reports due after the campaign": {
			file: "plan.toml", old: "2019-12-15\n\n[document]", with: "2019-12-11\n\n[document]",
		},
		"a day with slashes": {
			file: "plan.toml", old: "2019-11-15", with: "15/11/2019",
			unusable: true,
			want: []string{
				"data/plan.toml:7:12: not a date or time | found \"15/11/2019\"; write a day as 2019-02-28: year, month, day, without quotes",
			},
		},
		"a day in quotes": {
			file: "plan.toml", old: "2019-11-15", with: `"2019-11-15"`,
			want: []string{
				`data/plan.toml:7:12: starts is "2019-11-15"; want a day without quotes, such as 2019-12-15`,
			},
		},
		"a day with a time": {
			file: "plan.toml", old: "2019-11-15", with: "2019-11-15T00:00:00+07:00",
			want: []string{
				"data/plan.toml:7:12: starts is 2019-11-15T00:00:00+07:00; want a day without quotes, such as 2019-12-15",
			},
		},
		"percentages that are added": {
			file: "plan.toml", old: "measure = \"người\"\n  sum     = \"add\"\n\n", with: "measure = \"%\"\n  sum     = \"add\"\n\n",
			want: []string{
				"data/plan.toml:50:13: warning: percentages are never added, so there is no total of them | write sum = \"none\"",
			},
		},
		"the end before the start": {
			file: "plan.toml", old: "2019-11-15", with: "2019-12-25",
			want: []string{
				"data/plan.toml:8:12: ends (2019-12-15) is before starts (2019-12-25) | both days belong to the campaign",
				"data/plan.toml:22:10: warning: the deadline 2019-12-14 is before the first day of the campaign, 2019-12-25 | check the year and the month",
				"data/plan.toml:66:12: warning: the deadline 2019-12-10 is before the first day of the campaign, 2019-12-25 | check the year and the month",
			},
		},
		"a theme that is no text": {
			file: "plan.toml", old: `language = "vi"`, with: "language = \"vi\"\ntheme = 5",
			want: []string{
				"data/plan.toml:6:9: theme is 5; want text in quotes",
			},
		},
		"plan is no table": {
			file: "plan.toml", old: "[document]\ntitle", with: "[[plan]]\n[document]\ntitle",
			unusable: true,
			want: []string{
				"data/plan.toml:10:3: the name is already in use for something else; first at data/plan.toml:3:2",
			},
		},
		"document is no table": {
			file: "plan.toml", old: "[document]\ntitle = \"Kế hoạch\"\n\n[[document.headings]]\nid   = \"muc-dich\"\ntext = \"1. Mục đích\"\n\n[[document.recipients]]\ntext = \"Các phòng;\"\n", with: "[[document]]\n",
			want: []string{
				"data/plan.toml:10:1: document is tables, each under [[document]]; want a table",
			},
		},
		"a goal that is one table": {
			file: "plan.toml", old: "[[goal]]", with: "[goal]",
			want: []string{
				"data/plan.toml:24:1: goal is a table; want tables, each under [[goal]]",
				`data/plan.toml:44:13: goals names "nhan-thuc", which does not exist`,
			},
		},
		"two goals with one id": {
			file: "plan.toml", old: "[[message]]", with: "[[goal]]\nid = \"nhan-thuc\"\nkind = \"aim\"\ntext = \"Khác.\"\n\n[[message]]",
			want: []string{
				`data/plan.toml:30:6: "nhan-thuc" appears twice; first at data/plan.toml:25:8 | every id stands for one thing only: give this one another`,
			},
		},
		"an unknown kind of goal": {
			file: "plan.toml", old: `"aim"`, with: `"aims"`,
			want: []string{
				`data/plan.toml:26:8: kind is "aims"; want aim or requirement | did you mean aim?`,
			},
		},
		"two messages with one id": {
			file: "plan.toml", old: "[[channel]]", with: "[[message]]\nid = \"m05\"\ntext = \"Khác.\"\n\n[[channel]]",
			want: []string{
				`data/plan.toml:34:6: "m05" appears twice; first at data/plan.toml:30:8 | every id stands for one thing only: give this one another`,
			},
		},
		"two channels with one id": {
			file: "plan.toml", old: "[[activity]]\nid       = \"treo", with: "[[channel]]\nid = \"website\"\nname = \"Khác\"\n\n[[activity]]\nid       = \"treo",
			want: []string{
				`data/plan.toml:38:6: "website" appears twice; first at data/plan.toml:34:8 | every id stands for one thing only: give this one another`,
			},
		},
		"two headings with one id": {
			file: "plan.toml", old: "[[document.recipients]]", with: "[[document.headings]]\nid = \"muc-dich\"\ntext = \"Khác\"\n\n[[document.recipients]]",
			want: []string{
				`data/plan.toml:18:6: "muc-dich" appears twice; first at data/plan.toml:14:8 | every id stands for one thing only: give this one another`,
			},
		},
		"two activities with one id": {
			file: "plan.toml", old: `"quan-triet"`, with: `"treo-bang-ron"`,
			want: []string{
				`data/plan.toml:61:12: "treo-bang-ron" appears twice; first at data/plan.toml:38:12 | every id stands for one thing only: give this one another`,
				`data/progress/chi-doan.toml:2:11: warning: empty tables of what is not this unit's to do: quan-triet | look for a slip in the ids; tables that are not needed can be deleted, they count nowhere`,
			},
		},
		"two indicators with one id": {
			file: "plan.toml", old: `"tham-du-nu"`, with: `"tham-du"`,
			want: []string{
				`data/plan.toml:53:13: "tham-du" appears twice; first at data/plan.toml:47:13 | every id stands for one thing only: give this one another`,
				`data/plan.toml:57:13: "tham-du" is a part of itself | name the whole that it is counted in`,
				`data/progress/van-phong.toml:11:14: "Treo băng rôn" has no figure "tham-du-nu" | did you mean tham-du, tham-du?`,
			},
		},
		"an unknown section": {
			file: "plan.toml", old: `"duty"`, with: `"duties"`,
			want: []string{
				`data/plan.toml:62:12: section is "duties"; want activity or duty`,
			},
		},
		"assigned to an unknown group": {
			file: "plan.toml", old: `["phong-don-vi"]`, with: `["phong-donvi"]`,
			want: []string{
				`data/plan.toml:42:13: assigned names "phong-donvi", which does not exist | did you mean phong-don-vi?`,
				"data/progress/thanh-tra.toml:2:11: \"treo-bang-ron\" is not assigned to thanh-tra | plan.toml says who carries out what, under `assigned` and `lead`",
			},
		},
		"assigned to nobody": {
			file: "plan.toml", old: `["phong-don-vi"]`, with: "[]",
			want: []string{
				"data/plan.toml:42:12: assigned is empty | known ids: phong-don-vi, doan-the, van-phong, thanh-tra, chi-doan",
				"data/progress/thanh-tra.toml:2:11: \"treo-bang-ron\" is not assigned to thanh-tra | plan.toml says who carries out what, under `assigned` and `lead`",
			},
		},
		"assigned in no list": {
			file: "plan.toml", old: `["phong-don-vi"]`, with: `"phong-don-vi"`,
			want: []string{
				`data/plan.toml:42:12: assigned is "phong-don-vi"; want a list of texts in [ ]`,
				"data/progress/thanh-tra.toml:2:11: \"treo-bang-ron\" is not assigned to thanh-tra | plan.toml says who carries out what, under `assigned` and `lead`",
			},
		},
		"assigned to a number": {
			file: "plan.toml", old: `["phong-don-vi"]`, with: `["phong-don-vi", 5]`,
			want: []string{
				"data/plan.toml:42:29: assigned is 5; want text in quotes",
			},
		},
		"an unknown lead": {
			file: "plan.toml", old: `lead     = "van-phong"`, with: `lead     = "van-phng"`,
			want: []string{
				`data/plan.toml:43:12: lead names "van-phng", which does not exist | did you mean van-phong?`,
			},
		},
		"a lead that is a group": {
			file: "plan.toml", old: `lead     = "van-phong"`, with: `lead     = "doan-the"`,
			want: []string{
				"data/plan.toml:43:12: warning: an older tiendo misreads lead | write schema = 2",
			},
		},
		"an unknown goal": {
			file: "plan.toml", old: `["nhan-thuc"]`, with: `["nhan-thuc", "nhan-thc"]`,
			want: []string{
				`data/plan.toml:44:26: goals names "nhan-thc", which does not exist | did you mean nhan-thuc?`,
			},
		},
		"reports to an unknown unit": {
			file: "plan.toml", old: `to     = "van-phong"`, with: `to     = "vanphong"`,
			want: []string{
				`data/plan.toml:21:10: to names "vanphong", which does not exist | did you mean van-phong?`,
			},
		},
		"both until and before": {
			file: "plan.toml", old: "until    = 2019-12-10", with: "until    = 2019-12-10\nbefore   = 2019-12-11",
			want: []string{
				"data/plan.toml:67:12: both until (2019-12-10) and before (2019-12-11) are given | `until = D` includes the day, `before = D` does not: keep one of them",
			},
		},
		"a deadline after the end": {
			file: "plan.toml", old: "until    = 2019-12-10", with: "until    = 2019-12-16",
			want: []string{
				"data/plan.toml:66:12: warning: the deadline 2019-12-16 is after the last day of the campaign, 2019-12-15 | check the year and the month",
			},
		},
		"a deadline on the last day": {
			file: "plan.toml", old: "until    = 2019-12-10", with: "before   = 2019-12-16",
		},
		"a report after the end": {
			file: "plan.toml", old: "before = 2019-12-15", with: "until  = 2020-12-15",
		},
		"a report long after the end": {
			file: "plan.toml", old: "before = 2019-12-15", with: "until  = 2020-12-16",
			want: []string{
				"data/plan.toml:22:10: warning: the deadline 2020-12-16 is more than a year after the last day of the campaign, 2019-12-15 | check the year and the month",
			},
		},
		"a deadline before the start": {
			file: "plan.toml", old: "until    = 2019-12-10", with: "until    = 2019-11-10",
			want: []string{
				"data/plan.toml:66:12: warning: the deadline 2019-11-10 is before the first day of the campaign, 2019-11-15 | check the year and the month",
			},
		},
		"part of an unknown indicator": {
			file: "plan.toml", old: `part_of = "tham-du"`, with: `part_of = "tham-d"`,
			want: []string{
				`data/plan.toml:57:13: the activity has no indicator "tham-d" | did you mean tham-du?`,
			},
		},
		"part of itself": {
			file: "plan.toml", old: `part_of = "tham-du"`, with: `part_of = "tham-du-nu"`,
			want: []string{
				`data/plan.toml:57:13: "tham-du-nu" is a part of itself | name the whole that it is counted in`,
			},
		},
		"part of each other": {
			file: "plan.toml", old: "measure = \"người\"\n  sum     = \"add\"\n\n", with: "measure = \"người\"\n  sum     = \"add\"\n  part_of = \"tham-du-nu\"\n\n",
			want: []string{
				`data/plan.toml:51:13: "tham-du" is a part of itself | name the whole that it is counted in`,
				`data/plan.toml:58:13: "tham-du-nu" is a part of itself | name the whole that it is counted in`,
				"data/progress/van-phong.toml:10:14: Người tham dự (40) is more than Trong đó nữ (25) | a part is never more than its whole",
				"data/progress/van-phong.toml:11:14: Người tham dự (40) is more than Trong đó nữ (25) | a part is never more than its whole",
			},
		},
		"an unknown way to add up": {
			file: "plan.toml", old: "sum     = \"add\"\n  part_of", with: "sum     = \"sum\"\n  part_of",
			want: []string{
				`data/plan.toml:56:13: sum is "sum"; want add, last or none`,
			},
		},
		"a negative target": {
			file: "plan.toml", old: "target  = 10", with: "target  = -1",
			want: []string{
				"data/plan.toml:58:13: target is -1; want a number from 0 to 1000000000000000",
			},
		},
		"a target that is no number": {
			file: "plan.toml", old: "target  = 10", with: "target  = nan",
			want: []string{
				"data/plan.toml:58:13: target is nan; want a number",
			},
		},
		"an unknown key of an activity": {
			file: "plan.toml", old: "lead     = ", with: "leads    = ",
			want: []string{
				`data/plan.toml:43:1: warning: unknown key "leads" | did you mean lead?`,
			},
		},
		"an unknown key of an indicator": {
			file: "plan.toml", old: "target  = ", with: "targett = ",
			want: []string{
				`data/plan.toml:58:3: warning: unknown key "targett" | did you mean target, targets?`,
			},
		},
		"an unknown key of the plan": {
			file: "plan.toml", old: `language = "vi"`, with: "language = \"vi\"\nstart    = 2019-11-15",
			want: []string{
				`data/plan.toml:6:1: warning: unknown key "start" | did you mean starts?`,
			},
		},
		"an unknown table": {
			file: "plan.toml", old: "[[channel]]", with: "[[chanel]]",
			want: []string{
				`data/plan.toml:33:3: warning: unknown key "chanel" | did you mean channel?`,
			},
		},
		"an empty title": {
			file: "plan.toml", old: `"Treo băng rôn"`, with: `""`,
			want: []string{
				"data/plan.toml:40:12: title is empty | write it between the quotation marks",
			},
		},
		"control characters in a title": {
			file: "plan.toml", old: `"Treo băng rôn"`, with: `"Treo \u001b[31mbăng rôn"`,
			want: []string{
				"data/plan.toml:40:12: warning: the text contains control characters; they are shown as � | write the text again without them",
			},
		},
		"not TOML": {
			file: "plan.toml", old: "[[goal]]", with: "[goal",
			unusable: true,
			want: []string{
				"data/plan.toml:24:6: the ] after the table name is missing",
			},
		},
		"two mistakes in a row": {
			file: "plan.toml", old: "\"vi\"\ntimezone = \"Asia/Ho_Chi_Minh\"", with: "\"xx\"\ntimezone = \"Mars\"",
			want: []string{
				`data/plan.toml:5:12: language is "xx"; want vi or en`,
				`data/plan.toml:6:12: timezone is "Mars"; want a time zone | zones are named after a city: Asia/Ho_Chi_Minh`,
			},
		},
	})
}

// What is said about a broken plan is said in its language, where that stands above the error.
func TestLanguageOfABrokenPlan(t *testing.T) {
	good := smallFiles(t)[PlanFile]
	for name, broken := range map[string]string{
		"torn below":         strings.Replace(good, "[[goal]]", "[goal", 1),
		"a conflict below":   strings.Replace(good, "[[goal]]", "<<<<<<< a\n[[goal]]\n=======\n[[goal]]\n>>>>>>> b", 1),
		"of another version": strings.Replace(good, "schema = 1", "schema = 3", 1),
	} {
		file := Parse(PlanFile, []byte(broken))
		plan := Plan(file, NewNames())
		if !file.Broken || len(file.Problems) != 1 || plan.Language != phrase.Vietnamese || plan.TimeZone == nil || plan.TimeZone.String() != "Asia/Ho_Chi_Minh" {
			t.Errorf("%s: %v, language %q, time zone %v", name, file.Problems, plan.Language, plan.TimeZone)
		}
	}
}
