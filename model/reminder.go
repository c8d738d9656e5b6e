package model

import (
	"fmt"
	"strings"
)

// ReminderText is a reminder to a unit as plain text, for an e-mail or a chat: which
// plan, how late, what to send, to whom, by when. Nothing is invented: who signs it adds the rest.
func (b *Board) ReminderText(row *UnitRow, language Language) string {
	plan := &b.Campaign.Plan
	office := plan.Reporting.To
	if unit := b.Campaign.Roster.Unit(office); unit != nil {
		office = unit.Name
	}
	pick := language.Pick
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	add(pick("Kính gửi: %s", "To: %s"), row.Unit.Name)
	add("")
	add(pick("V/v đôn đốc gửi báo cáo (lần %d)", "Reminder of the report (number %d)"), NextReminder(row.Reminders))
	add("")
	due := row.Deadline
	until := pick("chậm nhất ngày %s", "by %s")
	add(pick("Theo %s %s, các đơn vị gửi báo cáo kết quả về %s ", "By %s %s, the units send their reports to %s ")+until+".",
		pick(lowered(plan.Document.Type), "the plan"), b.planName(language), office, printed(plan.Reporting.Deadline.LastDay()))
	if !row.Report.ExtendedUntil.IsZero() {
		add(pick("Thời hạn của %s đã được gia hạn đến hết ngày %s.", "%s has more time, until %s."), row.Unit.Name, printed(row.Report.ExtendedUntil))
	}
	add("%s", b.delay(row, office, language))
	when := fmt.Sprintf(until, printed(due.LastDay()))
	if due.DaysLeft(b.Today) < 0 {
		when = pick("ngay khi nhận được văn bản này", "at once")
	}
	add(pick("Đề nghị %s gửi về %s, %s:", "Would %s please send to %s, %s:"), row.Unit.Name, office, when)
	lines = append(lines, b.toSend(row, language)...)
	return strings.Join(lines, "\n") + "\n"
}

// planName is the number and the title of the plan, as far as it has them.
func (b *Board) planName(language Language) string {
	document := &b.Campaign.Plan.Document
	_, number, found := strings.Cut(document.Number, ":")
	if !found {
		number = document.Number
	}
	name := strings.ReplaceAll(strings.TrimSpace(number), " /", "/")
	if name != "" {
		name = language.Pick("số ", "") + name
	}
	if !document.Date.IsZero() {
		name += language.Pick(" ngày ", " of ") + printed(document.Date)
	}
	return strings.TrimSpace(name + " (" + document.Title + ")")
}

// delay says how the report stands today.
func (b *Board) delay(row *UnitRow, office string, language Language) string {
	pick, left := language.Pick, row.Deadline.DaysLeft(b.Today)
	today := printed(b.Today)
	if row.Report.Status == Returned {
		return fmt.Sprintf(pick("Ngày %s: báo cáo của %s đã được trả lại và chưa được gửi lại. Lý do: %s", "On %s the report of %s is returned and has not been sent again. Reason: %s"), today, row.Unit.Name, row.Report.Reason)
	}
	said := fmt.Sprintf(pick("Đến ngày %s, %s chưa nhận được báo cáo của %s", "On %s %s has not received the report of %s"), today, office, row.Unit.Name)
	switch {
	case left < 0:
		return said + fmt.Sprintf(pick(", đã quá hạn %d ngày.", ", which is overdue by %d days."), -left)
	case left == 0:
		return said + pick("; hôm nay là ngày cuối của thời hạn.", "; today is the last day.")
	default:
		return said + fmt.Sprintf(pick("; thời hạn còn %d ngày.", "; %d days are left."), left)
	}
}

// toSend lists what the report still lacks.
func (b *Board) toSend(row *UnitRow, language Language) []string {
	pick := language.Pick
	lines := []string{"- " + pick("báo cáo kết quả, khó khăn, vướng mắc, kiến nghị, đề xuất (hoặc báo cáo không phát sinh, nêu lý do);",
		"the report: results, difficulties, recommendations (or a nil report with its reason);")}
	var missing []string
	unit := row.Unit
	wrong, _ := Sorted(b.Campaign.Checklist(&unit))
	for _, finding := range wrong {
		activity := b.Campaign.Plan.Activity(finding.Subject.ID)
		if activity == nil {
			continue
		}
		if line := "  + " + activity.Title; len(missing) == 0 || missing[len(missing)-1] != line {
			missing = append(missing, line)
		}
	}
	if len(missing) == 0 {
		lines[0] = strings.TrimSuffix(lines[0], ";") + "."
		return lines
	}
	lines = append(lines, "- "+pick("kết quả, số liệu hoặc giải trình của các nội dung còn thiếu:", "results, figures or an explanation of what is still missing:"))
	return append(lines, missing...)
}

// lowered writes the type of a document as it stands within a sentence.
func lowered(kind string) string {
	runes := []rune(strings.ToLower(kind))
	if len(runes) > 0 {
		runes[0] = []rune(strings.ToUpper(string(runes[0])))[0]
	}
	return string(runes)
}

// printed is a day as letters write it.
func printed(d Day) string { return fmt.Sprintf("%02d/%02d/%04d", d.Day, int(d.Month), d.Year) }
