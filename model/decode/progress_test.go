package decode

import (
	"strings"
	"testing"

	"example.org/tiendo/model"
)

// A progress file or report.toml can be damaged in these ways, one at a time.
func TestProgress(t *testing.T) {
	testDamage(t, map[string]damage{
		"an unknown status": {
			file: "progress/van-phong.toml", old: `"done"`, with: `"dne"`,
			want: []string{
				`data/progress/van-phong.toml:3:12: status is "dne"; want todo, doing, done or na | did you mean done?`,
			},
		},
		"a status in capitals": {
			file: "progress/van-phong.toml", old: `"done"`, with: `"Done"`,
			want: []string{
				`data/progress/van-phong.toml:3:12: status is "Done"; want todo, doing, done or na | did you mean done?`,
			},
		},
		"an empty status": {
			file: "progress/van-phong.toml", old: `"done"`, with: `""`,
			want: []string{
				`data/progress/van-phong.toml:3:12: status is ""; want todo, doing, done or na`,
			},
		},
		"a status without quotes": {
			file: "progress/van-phong.toml", old: `"done"`, with: "done",
			want: []string{
				`data/progress/van-phong.toml:3:12: text without quotes | put it in quotes: "…"`,
			},
		},
		"a status that is a number": {
			file: "progress/van-phong.toml", old: `"done"`, with: "1",
			want: []string{
				"data/progress/van-phong.toml:3:12: status is 1; want todo, doing, done or na",
			},
		},
		"not applicable without a note": {
			file: "progress/van-phong.toml", old: "status   = \"done\"\nby       = \"lan\"\nat       = 2019-11-18T09:20:11+07:00\nnote     = \"Treo tại trụ sở.\"", with: `status   = "na"`,
			want: []string{
				"data/progress/van-phong.toml:3:12: not applicable needs a note that says why | write the reason in the note",
			},
		},
		"done without a day": {
			file: "progress/van-phong.toml", old: "at       = 2019-11-18T09:20:11+07:00\n", with: "",
			want: []string{
				"data/progress/van-phong.toml:3:12: warning: status = done without at | nobody can tell whether it was done in time: write when, for example at = 2019-11-18T09:20:00+07:00",
			},
		},
		"a day that does not exist": {
			file: "progress/van-phong.toml", old: "2019-11-18T09:20:11+07:00", with: "2019-02-31T09:20:11+07:00",
			want: []string{
				`data/progress/van-phong.toml:5:12: not a date or time | found "2019-02-31T09:20:11+07:00"; want a day that exists, as 2019-11-15 or 2019-11-15T08:30:00+07:00`,
			},
		},
		"an hour that does not exist": {
			file: "progress/van-phong.toml", old: "2019-11-18T09:20:11+07:00", with: "2019-11-18T25:20:11+07:00",
			want: []string{
				`data/progress/van-phong.toml:5:12: not a date or time | found "2019-11-18T25:20:11+07:00"; want a day that exists, as 2019-11-15 or 2019-11-15T08:30:00+07:00`,
			},
		},
		"a day as in Vietnam": {
			file: "progress/van-phong.toml", old: "2019-11-18T09:20:11+07:00", with: "31/02/2019",
			want: []string{
				"data/progress/van-phong.toml:5:12: not a date or time | found \"31/02/2019\"; write a day as 2019-02-28: year, month, day, without quotes",
			},
		},
		"a time without an offset": {
			file: "progress/van-phong.toml", old: "2019-11-18T09:20:11+07:00", with: "2019-11-18T09:20:11",
			want: []string{
				"data/progress/van-phong.toml:5:12: at is 2019-11-18T09:20:11; want a time with its offset, such as 2019-11-18T09:20:11+07:00",
			},
		},
		"a time of an empty battery": {
			file: "progress/van-phong.toml", old: "2019-11-18T09:20:11+07:00", with: "1970-01-01T07:00:20+07:00",
			want: []string{
				"data/progress/van-phong.toml:5:12: warning: at is 1970-01-01T07:00:20+07:00: no clock that was right has shown that | write when it was: such a time comes from a machine whose clock is wrong; `tiendo doctor` looks at this one's",
			},
		},
		"a time far ahead": {
			file: "progress/van-phong.toml", old: "2019-11-18T09:20:11+07:00", with: "2106-02-07T06:28:15Z",
			want: []string{
				"data/progress/van-phong.toml:5:12: warning: at is 2106-02-07T06:28:15Z: no clock that was right has shown that | write when it was: such a time comes from a machine whose clock is wrong; `tiendo doctor` looks at this one's",
			},
		},
		"the time that stands for none": {
			file: "progress/van-phong.toml", old: "2019-11-18T09:20:11+07:00", with: "0001-01-01T00:00:00Z",
			want: []string{
				"data/progress/van-phong.toml:5:12: at is 0001-01-01T00:00:00Z; want a time with its offset, such as 2019-11-18T09:20:11+07:00",
			},
		},
		"a day instead of a time": {
			file: "progress/van-phong.toml", old: "2019-11-18T09:20:11+07:00", with: "2019-11-18",
			want: []string{
				"data/progress/van-phong.toml:5:12: at is 2019-11-18; want a time with its offset, such as 2019-11-18T09:20:11+07:00",
			},
		},
		"a time in quotes": {
			file: "progress/van-phong.toml", old: "2019-11-18T09:20:11+07:00", with: `"2019-11-18T09:20:11+07:00"`,
			want: []string{
				`data/progress/van-phong.toml:5:12: at is "2019-11-18T09:20:11+07:00"; want a time with its offset, such as 2019-11-18T09:20:11+07:00`,
			},
		},
		"an unknown activity": {
			file: "progress/van-phong.toml", old: "[activity.treo-bang-ron]\n", with: "[activity.treo-bangron]\n",
			want: []string{
				`data/progress/van-phong.toml:2:11: there is no activity "treo-bangron" | did you mean treo-bang-ron?`,
			},
		},
		"an activity of other units": {
			file: "progress/thanh-tra.toml", old: "treo-bang-ron", with: "quan-triet",
			want: []string{
				"data/progress/thanh-tra.toml:2:11: \"quan-triet\" is not assigned to thanh-tra | plan.toml says who carries out what, under `assigned` and `lead`",
			},
		},
		"an activity that is no table": {
			file: "progress/thanh-tra.toml", old: "[activity.treo-bang-ron]\nstatus = \"doing\"", with: `activity.treo-bang-ron = "doing"`,
			want: []string{
				`data/progress/thanh-tra.toml:2:26: treo-bang-ron is "doing"; want a table`,
			},
		},
		"an unknown activity with a slip in it": {
			file: "progress/van-phong.toml", old: "[activity.treo-bang-ron]\nstatus   = \"done\"", with: "[activity.treo-bangron]\nstatus   = \"dne\"",
			want: []string{
				`data/progress/van-phong.toml:2:11: there is no activity "treo-bangron" | did you mean treo-bang-ron?`,
				`data/progress/van-phong.toml:3:12: status is "dne"; want todo, doing, done or na | did you mean done?`,
			},
		},
		"an unknown message with a slip in it": {
			file: "progress/van-phong.toml", old: "[message.m05]\nchannels = [\"website\"", with: "[message.m50]\nx = 1\nchannels = [\"websit\"",
			want: []string{
				`data/progress/van-phong.toml:13:10: there is no message "m50" | did you mean m05?`,
				`data/progress/van-phong.toml:14:1: warning: unknown key "x" | known keys: at, by, channels, edited`,
				`data/progress/van-phong.toml:15:13: warning: channels names "websit", which does not exist | did you mean website?`,
			},
		},
		"an unknown message": {
			file: "progress/van-phong.toml", old: "m05", with: "m50",
			want: []string{
				`data/progress/van-phong.toml:13:10: there is no message "m50" | did you mean m05?`,
			},
		},
		"channels in no list": {
			file: "progress/van-phong.toml", old: `["website"]`, with: `"website"`,
			want: []string{
				`data/progress/van-phong.toml:14:12: channels is "website"; want a list of texts in [ ]`,
			},
		},
		"a channel that is a number": {
			file: "progress/van-phong.toml", old: `["website"]`, with: `["website", 5]`,
			want: []string{
				"data/progress/van-phong.toml:14:24: channels is 5; want text in quotes",
			},
		},
		"an unknown channel": {
			file: "progress/van-phong.toml", old: `["website"]`, with: `["website", "web-site", "đài"]`,
			want: []string{
				`data/progress/van-phong.toml:14:24: warning: channels names "web-site", which does not exist | did you mean website?`,
				`data/progress/van-phong.toml:14:36: warning: channels names "đài", which does not exist | known ids: website`,
			},
		},
		"a reference that is too long": {
			file: "progress/van-phong.toml", old: "anh/bang-ron.jpg", with: strings.Repeat("x", 501),
			want: []string{
				"data/progress/van-phong.toml:7:13: warning: a reference must have 1 to 500 characters | leave none empty; what is longer belongs into the note",
			},
		},
		"an empty channel": {
			file: "progress/van-phong.toml", old: `["website"]`, with: `[""]`,
			want: []string{
				"data/progress/van-phong.toml:14:13: warning: a reference must have 1 to 500 characters | leave none empty; what is longer belongs into the note",
			},
		},
		"an unknown indicator": {
			file: "progress/van-phong.toml", old: "tham-du    = 40", with: "thamdu     = 40",
			want: []string{
				`data/progress/van-phong.toml:10:14: "Treo băng rôn" has no figure "thamdu" | did you mean tham-du?`,
			},
		},
		"a figure below zero": {
			file: "progress/van-phong.toml", old: "tham-du    = 40", with: "tham-du    = -40",
			want: []string{
				"data/progress/van-phong.toml:10:14: Người tham dự is -40; want a number from 0 to 1000000000000000 | a figure that is not known stays empty",
			},
		},
		"a figure in quotes": {
			file: "progress/van-phong.toml", old: "tham-du    = 40", with: `tham-du    = "40"`,
			want: []string{
				`data/progress/van-phong.toml:10:14: tham-du is "40"; want a number`,
			},
		},
		"a figure without end": {
			file: "progress/van-phong.toml", old: "tham-du    = 40", with: "tham-du    = inf",
			want: []string{
				"data/progress/van-phong.toml:10:14: tham-du is inf; want a number",
			},
		},
		"a figure above all counting": {
			file: "progress/van-phong.toml", old: "tham-du    = 40", with: "tham-du    = 1e16",
			want: []string{
				"data/progress/van-phong.toml:10:14: Người tham dự is 10000000000000000; want a number from 0 to 1000000000000000 | look whether there are digits too many",
			},
		},
		"a part above its whole": {
			file: "progress/van-phong.toml", old: "tham-du-nu = 25", with: "tham-du-nu = 41",
			want: []string{
				"data/progress/van-phong.toml:11:14: Trong đó nữ (41) is more than Người tham dự (40) | a part is never more than its whole",
			},
		},
		"a figure where none is asked for": {
			file: "progress/chi-doan.toml", old: `status = "todo"`, with: "status = \"todo\"\nfigures.tham-du = 1",
			want: []string{
				`data/progress/chi-doan.toml:4:19: "Quán triệt" asks for no figures | write it into the note`,
			},
		},
		"figures that are no table": {
			file: "progress/chi-doan.toml", old: `status = "todo"`, with: "status = \"todo\"\nfigures = 5",
			want: []string{
				"data/progress/chi-doan.toml:4:11: figures is 5; want a table",
			},
		},
		"evidence in no list": {
			file: "progress/van-phong.toml", old: `["anh/bang-ron.jpg"]`, with: `"anh/bang-ron.jpg"`,
			want: []string{
				`data/progress/van-phong.toml:7:12: evidence is "anh/bang-ron.jpg"; want a list of texts in [ ]`,
			},
		},
		"an empty reference": {
			file: "progress/van-phong.toml", old: `["anh/bang-ron.jpg"]`, with: `["anh/bang-ron.jpg", ""]`,
			want: []string{
				"data/progress/van-phong.toml:7:33: warning: a reference must have 1 to 500 characters | leave none empty; what is longer belongs into the note",
			},
		},
		"a note that is no text": {
			file: "progress/van-phong.toml", old: `"Treo tại trụ sở."`, with: `["Treo"]`,
			want: []string{
				`data/progress/van-phong.toml:6:12: note is ["Treo"]; want text in quotes`,
			},
		},
		"an unknown key of an entry": {
			file: "progress/van-phong.toml", old: "note     =", with: "notes    =",
			want: []string{
				`data/progress/van-phong.toml:6:1: warning: unknown key "notes" | did you mean note?`,
			},
		},
		"a unit that ends before it begins": {
			file: "units.toml", old: "name  = \"Chi đoàn\"\n", with: "name  = \"Chi đoàn\"\nsince = 2019-12-10\nuntil = 2019-12-01\n",
			want: []string{
				"data/units.toml:26:9: until (2019-12-01) is before since (2019-12-10) | check the year and the month",
			},
		},
		"a unit since no day": {
			file: "units.toml", old: "name  = \"Chi đoàn\"\n", with: "name  = \"Chi đoàn\"\nsince = \"2019-12-10\"\n",
			want: []string{
				"data/units.toml:25:9: since is \"2019-12-10\"; want a day without quotes, such as 2019-12-15",
			},
		},
		"an unknown table": {
			file: "progress/van-phong.toml", old: "[report]", with: "[raport]",
			want: []string{
				`data/progress/van-phong.toml:18:2: warning: unknown key "raport" | did you mean report?`,
			},
		},
		"an unknown status of a report": {
			file: "progress/van-phong.toml", old: `"submitted"`, with: `"sent"`,
			want: []string{
				`data/progress/van-phong.toml:19:16: status is "sent"; want draft, submitted, accepted or returned`,
			},
		},
		"a report sent on no day": {
			file: "progress/van-phong.toml", old: "submitted_at = 2019-12-12T16:02:00+07:00\n", with: "",
			want: []string{
				"data/progress/van-phong.toml:19:16: warning: status = submitted without submitted_at | nobody can tell whether it came in time: write when it was first submitted",
			},
		},
		"returned without a reason": {
			file: "progress/van-phong.toml", old: `"submitted"`, with: `"returned"`,
			want: []string{
				"data/progress/van-phong.toml:19:16: warning: status = returned without reason | say what is missing, so that the unit can fix it",
			},
		},
		"nil without a reason": {
			file: "progress/thanh-tra.toml", old: "[report]", with: "[report]\nnil = true",
			want: []string{
				"data/progress/thanh-tra.toml:6:7: warning: nil = true without nil_reason | say why there is nothing to report",
			},
		},
		"nil that is neither true nor false": {
			file: "progress/thanh-tra.toml", old: "[report]", with: "[report]\nnil = \"yes\"",
			want: []string{
				`data/progress/thanh-tra.toml:6:7: nil is "yes"; want true or false`,
			},
		},
		"more time without a reason": {
			file: "progress/thanh-tra.toml", old: "[report]", with: "[report]\nextended_until = 2019-12-20",
			want: []string{
				"data/progress/thanh-tra.toml:6:18: warning: extended_until without extension_reason | give the reason for the extension",
			},
		},
		"more time that is none": {
			file: "progress/thanh-tra.toml", old: "[report]", with: "[report]\nextended_until = 2019-12-10\nextension_reason = \"Đoàn công tác.\"",
			want: []string{
				"data/progress/thanh-tra.toml:6:18: warning: the new last day, 2019-12-10, must be after the deadline, 2019-12-14 | check the year and the month",
			},
		},
		"a conflict that git left": {
			file: "progress/van-phong.toml", old: `note     = "Treo tại trụ sở."`, with: "<<<<<<< HEAD\nnote     = \"Treo tại trụ sở.\"\n=======\nnote     = \"Treo ở cổng.\"\n>>>>>>> b1",
			want: []string{
				"data/progress/van-phong.toml:6:1: git conflict marker | `tiendo resolve` settles it; by hand: keep one side, and delete the lines <<<<<<<, ======= and >>>>>>>",
			},
		},
		"the same key twice": {
			file: "progress/van-phong.toml", old: "by       = \"lan\"\nat       = 2019-11-18", with: "by       = \"lan\"\nby       = \"minh\"\nat       = 2019-11-18",
			want: []string{
				"data/progress/van-phong.toml:5:1: the key is defined twice; first at data/progress/van-phong.toml:4:1",
			},
		},
		"the same table twice": {
			file: "progress/thanh-tra.toml", old: "[report]", with: "[activity.treo-bang-ron]\nstatus = \"done\"\n\n[report]",
			want: []string{
				"data/progress/thanh-tra.toml:5:11: the table is defined twice; first at data/progress/thanh-tra.toml:2:11",
			},
		},
		"a text that is not closed": {
			file: "progress/van-phong.toml", old: `trụ sở."`, with: "trụ sở.",
			want: []string{
				`data/progress/van-phong.toml:6:12: a closing quotation mark is missing | want " at the end of the line`,
			},
		},
		"a text of several lines that is not closed": {
			file: "progress/van-phong.toml", old: "Đã họp.\n\"\"\"", with: "Đã họp.",
			want: []string{
				`data/progress/van-phong.toml:23:16: the closing quotation marks of several lines are missing | want """ after its last line`,
			},
		},
		"a key without a value": {
			file: "progress/van-phong.toml", old: `"done"`, with: "",
			want: []string{
				"data/progress/van-phong.toml:3:12: the value is missing",
			},
		},
		"escape sequences in a note": {
			file: "progress/van-phong.toml", old: `"Treo tại trụ sở."`, with: `"Treo \u001b]0;x\u0007\u001b[31mtại trụ sở."`,
			want: []string{
				"data/progress/van-phong.toml:6:12: warning: the text contains control characters; they are shown as � | write the text again without them",
			},
		},
		"a change of direction in a note": {
			file: "progress/van-phong.toml", old: `"Treo tại trụ sở."`, with: `"Treo \u202etại trụ sở."`,
			want: []string{
				"data/progress/van-phong.toml:6:12: warning: the text contains control characters; they are shown as � | write the text again without them",
			},
		},
		"a carriage return in a note": {
			file: "progress/van-phong.toml", old: `"Treo tại trụ sở."`, with: `"Treo\r\ntại\rtrụ sở."`,
		},
		"escape sequences in evidence": {
			file: "progress/van-phong.toml", old: "anh/bang-ron.jpg", with: "anh/\\u001b[2Jbang-ron.jpg",
			want: []string{
				"data/progress/van-phong.toml:7:13: warning: the text contains control characters; they are shown as � | write the text again without them",
			},
		},
		"a control character as it is": {
			file: "progress/van-phong.toml", old: "trụ sở.", with: "trụ\x1b[31m sở.",
			want: []string{
				`data/progress/van-phong.toml:6:25: control character | found U+001B; in a text in double quotes write \u001B`,
			},
		},
		"bytes that are not UTF-8": {
			file: "progress/van-phong.toml", old: "trụ sở.", with: "tr\xe9 sở.",
			want: []string{
				"data/progress/van-phong.toml:6:24: not UTF-8 text | found the byte 0xE9; save the file as UTF-8",
			},
		},
		"decomposed letters in a note": {
			file: "progress/van-phong.toml", old: `"Treo tại trụ sở."`, with: `"Treo ta\u0323i"`,
		},
		"a version that is not ours": {
			file: "progress/van-phong.toml", old: "# Văn phòng Sở", with: "schema = 2",
			want: []string{
				"data/progress/van-phong.toml:1:10: schema is 2; want the number 1 | a newer tiendo may be needed for this file",
			},
		},
		"a text of a report that is too long": {
			file: "progress/thanh-tra.toml", old: "[report]", with: "[report]\nfunding = \"" + strings.Repeat("ế", model.MaxText+1) + "\"\nreason = \"" + strings.Repeat("a", model.MaxReason+1) + "\"\ndocuments = [\"\"]",
			want: []string{
				"data/progress/thanh-tra.toml:6:11: warning: a text is longer than 20000 characters | put the long text into a document and name the document",
				"data/progress/thanh-tra.toml:7:10: warning: a text is longer than 1000 characters | put the long text into a document and name the document",
				"data/progress/thanh-tra.toml:8:14: warning: a reference must have 1 to 500 characters | leave none empty; what is longer belongs into the note",
			},
		},
		"a text of a report that is none": {
			file: "progress/thanh-tra.toml", old: "[report]", with: "[report]\nfunding = 5\ndocuments = \"a\"",
			want: []string{
				"data/progress/thanh-tra.toml:6:11: funding is 5; want text in quotes",
				"data/progress/thanh-tra.toml:7:13: documents is \"a\"; want a list of texts in [ ]",
			},
		},
		"texts of the Office": {
			file: "report.toml", old: "schema = 1", with: "schema = 1\n[header]\nparent = 1\nrecipients = [1]\nplace = \"x\"\n[text]\nlunch = \"x\"\nfunding = 2\nlessons = \"" + strings.Repeat("ế", model.MaxText+1) + "\"",
			want: []string{
				"data/report.toml:3:10: parent is 1; want text in quotes",
				"data/report.toml:4:15: recipients is 1; want text in quotes",
				`data/report.toml:5:1: warning: unknown key "place" | known keys: issuer, parent, recipients`,
				`data/report.toml:7:1: warning: unknown key "lunch" | did you mean launch?`,
				"data/report.toml:8:11: funding is 2; want text in quotes",
				"data/report.toml:9:11: warning: a text is longer than 20000 characters | put the long text into a document and name the document",
			},
		},
		"reminders": {
			file: "report.toml", old: "schema = 1", with: "schema = 1\n[[reminder]]\nunit = \"thanh-tar\"\nnumber = 0\n[[reminder]]\nnumber = 1\n[[reminder]]\nunit = \"thanh-tra\"\nat = 2019-12-16\n" +
				"[[reminder]]\nunit = \"chi-doan\"\nnumber = 1\n[[reminder]]\nunit = \"chi-doan\"\nnumber = 1\nto = \"x\"\n[[reminder]]\nunit = \"chi-doan\"\nperiod = \"2019-12\"\nnumber = 1",
			want: []string{
				`data/report.toml:3:8: warning: unit names "thanh-tar", which does not exist | did you mean thanh-tra?`,
				"data/report.toml:4:10: number is 0; want a whole number from 1 upward",
				"data/report.toml:5:1: unit is missing | add the line unit = …",
				"data/report.toml:7:1: number is missing | add the line number = …",
				"data/report.toml:9:6: at is 2019-12-16; want a time with its offset, such as 2019-11-18T09:20:11+07:00",
				"data/report.toml:15:10: warning: the reminder 1 to chi-doan appears twice; first at data/report.toml:12:10 | two people may have sent it; give one the next number",
				`data/report.toml:16:1: warning: unknown key "to" | known keys: at, by, number, period, unit`,
				`data/report.toml:19:10: warning: the plan has no periods, and so no "2019-12" | leave out the period`,
			},
		},
		"a broken report.toml": {
			file: "report.toml", old: "schema = 1", with: "schema",
			want: []string{
				"data/report.toml:1:7: the = after the key is missing",
			},
		},
		"report.toml without a version": {
			file: "report.toml", old: "schema = 1", with: "",
			want: []string{
				"data/report.toml:1:1: schema is missing | add the line schema = …",
			},
		},
		"an unknown key of report.toml": {
			file: "report.toml", old: "schema = 1", with: "schema = 1\nintro = \"x\"",
			want: []string{
				`data/report.toml:2:1: warning: unknown key "intro" | known keys: header, reminder, schema, text`,
			},
		},
	})
}
