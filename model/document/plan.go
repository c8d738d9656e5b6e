package document

// GoalKind tells aims from requirements.
type GoalKind string

// The kinds of goals: mục đích and yêu cầu.
const (
	Aim         GoalKind = "aim"
	Requirement GoalKind = "requirement"
)

// Goal is an aim or a requirement of the plan.
type Goal struct {
	ID   string
	Kind GoalKind
	Text string
	Sic  string
}

// Message is one of the plan's slogans (thông điệp).
type Message struct{ ID, Text, Sic string }

// Channel is a way to spread a message. Channels are not from the plan.
type Channel struct{ ID, Name string }

// Section says where in the plan an activity stands.
type Section string

// The sections: nội dung hoạt động and nhiệm vụ (tổ chức thực hiện).
const (
	ActivitySection Section = "activity"
	DutySection     Section = "duty"
)

// Heading stands above some activities, as printed.
type Heading struct {
	ID   string
	Kind Section
	Text string
}
