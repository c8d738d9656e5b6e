package phrase

// figureWords are the sentences about figures.
var figureWords = []entry{
	{"%q can be read in two ways", "%q có thể hiểu theo hai cách"},
	{"%s is %v; want a number from 0 to %v", "%s là %v; cần một số từ 0 đến %v"},
	{"a figure that is not known stays empty", "số liệu chưa có thì để trống"},
	{"look whether there are digits too many", "xem lại có thừa chữ số không"},
	{"%d×%d: needs 40×10", "%d×%d: cần 40×10"},
	{"y", "c"},
	{"n", "k"},
	{"theirs is kept; what you entered was not written", "đã giữ của người kia; phần bạn nhập không được ghi"},
	{"a problem in the data files", "lỗi trong tệp dữ liệu"},
	{"the plan's own words may mislead here", "chỗ này trong kế hoạch dễ gây hiểu nhầm"},
	{"there is more to the left, to the right", "còn cột ở bên trái, bên phải"},
	{"in a bar: %s", "trên thanh: %s"},
	{"in a bar: the rest", "trên thanh: phần còn lại"},
	{"Aim", "Mục đích"},
	{"Requirement", "Yêu cầu"},
	{"write %s or %s", "viết %s hoặc %s"},
	{"a share of the whole is at most %v per cent", "tỷ lệ phải từ 0 đến %v%%"},

	{"target of each unit %s, reached by %d of %d", "chỉ tiêu mỗi đơn vị %s, %d/%d đơn vị đạt"},
	{"target of its own reached by %d of %d units", "%d/%d đơn vị đạt chỉ tiêu riêng"},
	{"%d units gave figures", "%d đơn vị có số liệu"},
	{"%d confirmed", "%d đã xác nhận"},
	{"%d%% reached", "đạt %d%%"},
	{"this plan has no goals", "kế hoạch này không có mục đích, yêu cầu"},
	{"this plan has no messages", "kế hoạch này không có thông điệp"},
	{"this plan asks its units for no reports", "kế hoạch này không yêu cầu đơn vị báo cáo"},
	{"Figures with a target:", "Số liệu so với chỉ tiêu:"},
	{"if they are to report, write under [reporting] in plan.toml to whom: `to = …`", "nếu đơn vị phải báo cáo, hãy ghi nơi nhận dưới [reporting] trong plan.toml: `to = …`"},
}
