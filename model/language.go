package model

import (
	"strconv"
	"strings"
)

// Language is a language of the program's own words.
type Language string

// The languages that the program speaks.
const (
	Vietnamese Language = "vi"
	English    Language = "en"
)

// Pick returns the word of the language; anything but English is Vietnamese, the language of the plans.
func (l Language) Pick(vietnamese, english string) string {
	if l == English {
		return english
	}
	return vietnamese
}

// Number writes a figure with the separators of the language.
func (l Language) Number(f float64) string {
	group, point := l.Pick(".", ","), l.Pick(",", ".")
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(f, 'f', -1, 64), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + group + whole[i:]
	}
	if fraction != "" {
		whole += point + fraction
	}
	return sign + whole
}

// label is one word of the domain in both languages.
type label struct{ vi, en string }

func (l label) in(language Language) string { return language.Pick(l.vi, l.en) }

var statusLabels = map[Status]label{
	Todo:  {"chưa thực hiện", "not started"},
	Doing: {"đang thực hiện", "in progress"},
	Done:  {"hoàn thành", "done"},
	NA:    {"không áp dụng", "not applicable"},
}

// Label is the status in words, for screens, reports and commit messages.
func (s Status) Label(language Language) string { return statusLabels[s].in(language) }

var reportLabels = map[ReportStatus]label{
	NotSent:   {"chưa gửi", "not sent"},
	Draft:     {"đang soạn", "draft"},
	Submitted: {"chờ xác nhận", "submitted"},
	Accepted:  {"đã xác nhận", "accepted"},
	Returned:  {"bị trả lại", "returned"},
}

// Label is the status of a report in words.
func (s ReportStatus) Label(language Language) string { return reportLabels[s].in(language) }

var timelinessLabels = map[Timeliness]label{
	OnTrack:       {"trong hạn", "on track"},
	DueSoon:       {"sắp đến hạn", "due soon"},
	DueToday:      {"đến hạn hôm nay", "due today"},
	Overdue:       {"quá hạn", "overdue"},
	DoneOnTime:    {"hoàn thành đúng hạn", "done on time"},
	DoneLate:      {"hoàn thành quá hạn", "done late"},
	DoneUndated:   {"hoàn thành, không rõ ngày", "done, day not known"},
	NotApplicable: {"không áp dụng", "not applicable"},
	Unknown:       {"chưa rõ", "not known"},
	SentOnTime:    {"đúng hạn", "on time"},
	SentLate:      {"trễ hạn", "late"},
	SentUndated:   {"không rõ ngày gửi", "day not known"},
	NotExpected:   {"không phải báo cáo", "not expected"},
}

// Label is the timeliness in words.
func (t Timeliness) Label(language Language) string { return timelinessLabels[t].in(language) }

var roleLabels = map[Role]label{
	Coordinator: {"đầu mối", "coordinator"},
	Staff:       {"cán bộ đơn vị", "staff"},
	Viewer:      {"người xem", "viewer"},
}

// Label is the role in words.
func (r Role) Label(language Language) string { return roleLabels[r].in(language) }
