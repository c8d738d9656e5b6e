package model

import "example.org/tiendo/model/phrase"

var statusLabels = map[Status]phrase.Pair{
	Todo:  {"chưa thực hiện", "not started"},
	Doing: {"đang thực hiện", "in progress"},
	Done:  {"hoàn thành", "done"},
	NA:    {"không áp dụng", "not applicable"},
}

// Label is the status in words, for screens, reports and commit messages.
func (s Status) Label(language phrase.Language) string { return statusLabels[s].In(language) }

var reportLabels = map[ReportStatus]phrase.Pair{
	NotSent:   {"chưa gửi", "not sent"},
	Draft:     {"đang soạn", "draft"},
	Submitted: {"chờ xác nhận", "submitted"},
	Accepted:  {"đã xác nhận", "accepted"},
	Returned:  {"bị trả lại", "returned"},
}

// Label is the status of a report in words.
func (s ReportStatus) Label(language phrase.Language) string { return reportLabels[s].In(language) }

var timelinessLabels = map[Timeliness]phrase.Pair{
	OnTrack:       {"trong hạn", "on track"},
	DueSoon:       {"sắp đến hạn", "due soon"},
	DueToday:      {"đến hạn hôm nay", "due today"},
	Overdue:       {"quá hạn", "overdue"},
	DoneOnTime:    {"hoàn thành đúng hạn", "done on time"},
	DoneLate:      {"hoàn thành quá hạn", "done late"},
	DoneUndated:   {"hoàn thành, không rõ ngày", "done, day not known"},
	NotApplicable: {"không áp dụng", "not applicable"},
	Unknown:       {"chưa rõ", "not known"},
	Disputed:      {"hai bản khác nhau", "in dispute"},
	SentOnTime:    {"đúng hạn", "on time"},
	SentLate:      {"trễ hạn", "late"},
	SentUndated:   {"không rõ ngày gửi", "day not known"},
	NotExpected:   {"không phải báo cáo", "not expected"},
}

// Label is the timeliness in words.
func (t Timeliness) Label(language phrase.Language) string { return timelinessLabels[t].In(language) }

var roleLabels = map[Role]phrase.Pair{
	Coordinator: {"đầu mối", "coordinator"},
	Staff:       {"cán bộ đơn vị", "staff"},
	Viewer:      {"người xem", "viewer"},
}

// Label is the role in words.
func (r Role) Label(language phrase.Language) string { return roleLabels[r].In(language) }
