package lang

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/field/fieldtest"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// oldWords knows the names that have moved to the tables of fields.
type oldWords struct{ Words }

func (w oldWords) name(english string) string {
	vietnamese, moved := map[string]string{
		"results":                      "kết quả",
		"difficulties":                 "khó khăn",
		"recommendations":              "kiến nghị",
		"funding":                      "kinh phí",
		"documents":                    "văn bản đã ban hành",
		"reason":                       "lý do",
		"reason for nothing to report": "lý do không có nội dung",
		"reason for the extension":     "lý do gia hạn",
		"nothing to report":            "không có nội dung báo cáo",
	}[english]
	if moved {
		return w.Language.Pick(vietnamese, english)
	}
	return Words{w.Language}.say(english, nil)
}

// What is said of a report is the same as before but for its order, which is that of the file now.
func TestSayingAsBefore(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	campaign := &model.Campaign{Plan: model.Plan{TimeZone: time.UTC}}
	for range 5_000 {
		a := fieldtest.Record(r, model.ReportFields)
		b := fieldtest.Near(r, model.ReportFields, a)
		a.Status, b.Status = model.ReportStatuses()[r.IntN(4)], model.ReportStatuses()[r.IntN(4)]
		a.Documents, b.Documents = a.Documents[:min(len(a.Documents), 1)], b.Documents[:min(len(b.Documents), 1)] // several are a line each now
		for _, language := range []phrase.Language{phrase.Vietnamese, phrase.English} {
			w, old := In(language), oldWords{In(language)}
			same := func(what, is, was, separator string) {
				t.Helper()
				now, before := strings.Split(is, separator), strings.Split(was, separator)
				slices.Sort(now)
				slices.Sort(before)
				if !slices.Equal(now, before) {
					t.Fatalf("%s of %+v and %+v\nnow %s\nold %s", what, a, b, is, was)
				}
			}
			d := &review.Difference{Subject: model.Subject{Kind: model.SubjectReport}, Before: model.Value{Report: a}, After: model.Value{Report: b}}
			same("difference", w.reportDiffers(campaign, d), old.oldReportDiffers(campaign, d), " · ")
			same("change", w.reportChanged(a, b), old.oldReportChanged(a, b), ", ")
			all := a
			all.Others = []model.Report{b}
			same("version", w.reportVersion(all, b), old.oldReportVersion(all, b), " · ")
			same("record", strings.Join(w.reportLines(campaign, &a), "\n  "), strings.Join(old.oldReportLines(campaign, &a), "\n  "), "\n  ")
		}
	}
}

func (w oldWords) oldReportChanged(before, after model.Report) string {
	var parts []string
	if before.Status != after.Status || before.Reason != after.Reason {
		parts = append(parts, before.Status.Label(w.Language)+" → "+w.Report(after))
	}
	if before.ExtendedUntil != after.ExtendedUntil {
		parts = append(parts, w.name("extended until")+" "+w.Day(after.ExtendedUntil))
	}
	for _, part := range []struct {
		name    string
		differs bool
	}{
		{w.name("results"), before.Results != after.Results},
		{w.name("difficulties"), before.Difficulties != after.Difficulties},
		{w.name("recommendations"), before.Recommendations != after.Recommendations},
		{w.name("funding"), before.Funding != after.Funding},
		{w.name("documents"), !slices.Equal(before.Documents, after.Documents)},
		{w.name("one of two versions kept"), len(after.Others) < len(before.Others)},
		{w.name("two versions"), len(after.Others) > len(before.Others)},
		{w.name("nil report"), before.Status == after.Status && before.Nil != after.Nil || before.NilReason != after.NilReason && after.Status == before.Status},
	} {
		if part.differs {
			parts = append(parts, part.name)
		}
	}
	return strings.Join(parts, ", ")
}

func (w oldWords) oldReportVersion(all, one model.Report) string {
	var said []string
	for _, field := range []struct {
		name string
		of   func(model.Report) string
	}{
		{"", func(r model.Report) string { return r.Status.Label(w.Language) }},
		{w.name("reason"), func(r model.Report) string { return r.Reason }},
		{w.name("nothing to report"), func(r model.Report) string { return w.yesNo(r.Nil) }},
		{w.name("reason for nothing to report"), func(r model.Report) string { return r.NilReason }},
		{w.name("extended until"), func(r model.Report) string { return w.day(r.ExtendedUntil) }},
		{w.name("reason for the extension"), func(r model.Report) string { return r.ExtensionReason }},
		{w.name("results"), func(r model.Report) string { return r.Results }},
		{w.name("difficulties"), func(r model.Report) string { return r.Difficulties }},
		{w.name("recommendations"), func(r model.Report) string { return r.Recommendations }},
		{w.name("funding"), func(r model.Report) string { return r.Funding }},
		{w.name("documents"), func(r model.Report) string { return strings.Join(r.Documents, "; ") }},
	} {
		text := field.of(one)
		switch {
		case all.Every(func(r model.Report) bool { return field.of(r) == text }):
		case field.name == "":
			said = append(said, text)
		default:
			said = append(said, field.name+": “"+strings.Join(strings.Fields(text), " ")+"”")
		}
	}
	return strings.Join(said, " · ")
}

func (w oldWords) oldReportLines(campaign *model.Campaign, report *model.Report) []string {
	lines := []string{w.name("report") + ": " + report.Status.Label(w.Language) + w.signed(campaign, report.By, report.At)}
	if !report.SubmittedAt.IsZero() {
		lines = append(lines, "  "+w.name("first submitted")+": "+w.Moment(report.SubmittedAt, campaign.Plan.TimeZone))
	}
	if report.Nil {
		lines = append(lines, "  "+w.name("nothing to report"))
	}
	if !report.ExtendedUntil.IsZero() {
		lines = append(lines, "  "+w.name("extended until")+": "+w.Day(report.ExtendedUntil))
	}
	for _, field := range []struct{ name, text string }{
		{w.name("reason"), report.Reason},
		{w.name("reason for nothing to report"), report.NilReason},
		{w.name("reason for the extension"), report.ExtensionReason},
		{w.name("results"), report.Results},
		{w.name("difficulties"), report.Difficulties},
		{w.name("recommendations"), report.Recommendations},
		{w.name("funding"), report.Funding},
		{w.name("documents"), strings.Join(report.Documents, "\n")},
	} {
		lines = append(lines, w.textLines(field.name, field.text)...)
	}
	return append(lines, w.otherVersions(campaign, model.Subject{Kind: model.SubjectReport}, model.Value{Report: *report})...)
}

func (w oldWords) oldReportDiffers(campaign *model.Campaign, d *review.Difference) string {
	before, after := d.Before.Report, d.After.Report
	said := changes{}.add(before.Status != after.Status, before.Status.Label(w.Language)+" → "+after.Status.Label(w.Language))
	said = said.add(before.Nil != after.Nil, w.name("nothing to report")+": "+w.yesNo(before.Nil)+" → "+w.yesNo(after.Nil))
	said = said.add(before.ExtendedUntil != after.ExtendedUntil, w.name("extended until")+": "+w.fromTo(w.day(before.ExtendedUntil), w.day(after.ExtendedUntil)))
	for _, field := range []struct{ name, before, after string }{
		{w.name("reason"), before.Reason, after.Reason},
		{w.name("reason for nothing to report"), before.NilReason, after.NilReason},
		{w.name("reason for the extension"), before.ExtensionReason, after.ExtensionReason},
		{w.name("results"), before.Results, after.Results},
		{w.name("difficulties"), before.Difficulties, after.Difficulties},
		{w.name("recommendations"), before.Recommendations, after.Recommendations},
		{w.name("funding"), before.Funding, after.Funding},
		{w.name("documents"), strings.Join(before.Documents, "; "), strings.Join(after.Documents, "; ")},
	} {
		said = said.add(field.before != field.after, field.name+": "+w.fromTo(field.before, field.after))
	}
	return w.joined(campaign, said, d)
}
