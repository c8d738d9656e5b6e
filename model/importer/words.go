package importer

import "example.org/tiendo/model/importer/source"

// This is the one table of the words by which a document is understood, Vietnamese and English. They are written as
// [text.Fold] gives them: small letters without accents. Nothing else decides: no statistics, no learning.

// part is a part of a plan: what the lines under a heading are.
type part string

const (
	noPart       part = ""
	goals        part = "goals" // aims and requirements under one heading
	aims         part = "aims"
	requirements part = "requirements"
	theme        part = "theme"
	messages     part = "messages"
	period       part = "period"
	facts        part = "facts" // place, audience, agenda: what an event is
	activities   part = "activities"
	duties       part = "duties"
	funding      part = "funding"
	reporting    part = "reporting"
	background   part = "background" // kept as text
)

// headings say by their first words which part begins. The first row that fits counts. rest is how many letters may
// follow the words in a heading that is neither in capitals nor numbered I. or A.: a longer line that begins so is a
// task. The numbering itself says nothing.
var headings = []struct {
	part  part
	rest  int
	words []string
}{
	{goals, 60, []string{"muc dich, yeu cau", "muc dich yeu cau", "muc dich va yeu cau", "muc dich - yeu cau",
		"muc tieu, yeu cau", "muc tieu va yeu cau", "muc dich, y nghia, yeu cau", "muc dich, muc tieu, yeu cau",
		"objectives and requirements", "aims and requirements"}},
	{aims, 60, []string{"muc dich", "muc tieu", "chi tieu", "objective", "objectives", "aim", "aims", "goal", "goals",
		"purpose", "target", "targets", "outcome", "outcomes", "expected results"}},
	{requirements, 40, []string{"yeu cau", "nguyen tac", "requirement", "requirements", "principles"}},
	{theme, 60, []string{"chu de", "theme"}},
	{messages, 60, []string{"thong diep", "khau hieu", "messages", "key messages", "slogans"}},
	{period, 40, []string{"thoi gian", "thoi han thuc hien", "tien do thuc hien", "period", "timeline", "duration",
		"time frame", "timeframe"}},
	{facts, 40, []string{"dia diem", "doi tuong", "thanh phan", "pham vi", "so luong", "hinh thuc to chuc",
		"chuong trinh hoi nghi", "chuong trinh lam viec", "thoi luong", "phuong tien", "venue", "place", "participants",
		"audience", "target group", "agenda", "scope"}},
	{funding, 60, []string{"kinh phi", "nguon kinh phi", "du toan", "nguon luc", "co so vat chat", "budget", "funding",
		"resources"}},
	{reporting, 50, []string{"che do bao cao", "che do thong tin, bao cao", "che do thong tin bao cao", "bao cao",
		"thong tin, bao cao", "thong tin bao cao", "cong tac bao cao", "che do kiem tra, bao cao", "kiem tra, bao cao",
		"reporting", "monitoring and reporting", "reports"}},
	{duties, 30, []string{"to chuc thuc hien", "phan cong", "trach nhiem", "phan cong trach nhiem",
		"phan cong to chuc thuc hien", "to chuc trien khai", "implementation", "responsibilities", "roles",
		"roles and responsibilities", "organization of implementation"}},
	{activities, 50, []string{"noi dung", "nhiem vu", "giai phap", "hoat dong", "cong viec", "lo trinh",
		"bien phap", "chi dao trien khai", "activities", "tasks", "work plan", "main tasks", "key tasks", "actions"}},
	{background, 40, []string{"dac diem tinh hinh", "tinh hinh", "thuc trang", "ket qua", "quan diem", "can cu",
		"khai quat", "danh gia tinh hinh", "thuan loi", "kho khan", "background", "introduction", "context",
		"situation"}},
}

// before headings may stand these words.
var beforeHeadings = []string{"cac ", "mot so ", "nhung ", "ve ", "the ", "main ", "key "}

// attributes are the words before the colon of a line that tells something of the task or group above it, or of the
// one in whose cell it stands.
type attribute string

const (
	leadAttribute    attribute = "lead"
	supportAttribute attribute = "support"
	timeAttribute    attribute = "time"
	productAttribute attribute = "product"
	noteAttribute    attribute = "note" // kept beside the task
)

var attributes = []struct {
	attribute attribute
	words     []string
}{
	{leadAttribute, []string{"don vi chu tri", "co quan chu tri", "chu tri", "don vi thuc hien", "co quan thuc hien",
		"phong chu tri", "bo phan chu tri", "don vi chiu trach nhiem", "lead", "led by", "responsible", "lead unit",
		"responsible unit", "don vi dau moi"}},
	{supportAttribute, []string{"don vi phoi hop", "co quan phoi hop", "phoi hop", "phoi hop thuc hien",
		"co quan, don vi phoi hop", "cac don vi phoi hop", "support", "supported by", "in support"}},
	{timeAttribute, []string{"thoi gian", "thoi gian thuc hien", "thoi gian hoan thanh", "thoi han", "thoi han hoan thanh",
		"han hoan thanh", "tien do", "hoan thanh", "when", "deadline", "due", "time"}},
	{productAttribute, []string{"san pham", "san pham dau ra", "ket qua", "ket qua, san pham", "output", "product",
		"deliverable"}},
	{noteAttribute, []string{"kinh phi", "dia diem", "thanh phan", "doi tuong", "so luong", "nguoi thuc hien",
		"phu trach", "nguoi phu trach", "lanh dao phu trach", "chi dao", "lanh dao chi dao", "hinh thuc", "noi dung",
		"ghi chu", "venue", "participants", "budget", "note"}},
}

// column is what stands in a column of a table.
type column string

const (
	noColumn      column = ""
	numberColumn  column = "number"
	taskColumn    column = "task"
	leadColumn    column = "lead"
	supportColumn column = "support"
	personColumn  column = "person"
	timeColumn    column = "time"
	productColumn column = "product"
	noteColumn    column = "note"
)

// columns say by words in the head of a table what stands below. The first row that fits counts; a head that holds the
// words anywhere fits where anywhere is set, else it must begin with them.
var columns = []struct {
	column   column
	anywhere bool
	words    []string
}{
	{numberColumn, false, []string{"tt", "stt", "so tt", "no", "no.", "#", "giai doan", "stage"}},
	{supportColumn, true, []string{"phoi hop", "support"}},
	{leadColumn, true, []string{"chu tri", "don vi thuc hien", "co quan thuc hien", "don vi phu trach",
		"don vi duoc giao", "responsible unit", "lead", "unit responsible"}},
	{personColumn, true, []string{"nguoi thuc hien", "nguoi phu trach", "phu trach", "can bo", "person"}},
	{timeColumn, true, []string{"thoi gian", "tien do", "thoi han", "han hoan thanh", "hoan thanh", "time", "deadline",
		"due", "when"}},
	{productColumn, true, []string{"san pham", "ket qua", "output", "deliverable", "product"}},
	{taskColumn, true, []string{"nhiem vu", "noi dung", "cong viec", "hoat dong", "giai phap", "ten viec", "task",
		"activity", "activities", "action"}},
	{leadColumn, false, []string{"thuc hien", "don vi", "trach nhiem", "unit", "responsible"}},
	{noteColumn, false, []string{"ghi chu", "kinh phi", "nguyen nhan", "note", "budget", "cost"}},
}

// types are the names of documents, as they stand alone on a line.
var types = []string{
	"ke hoach", "ke hoach hanh dong", "ke hoach cong tac", "ke hoach to chuc", "ke hoach thuc hien",
	"chuong trinh", "chuong trinh hanh dong", "phuong an", "de an", "quyet dinh", "thong bao", "chi thi",
	"huong dan", "lich cong tac", "plan", "work plan", "action plan", "plan of action", "decision",
}

// basisWords begin what a document is based on.
var basisWords = []string{
	"can cu ", "thuc hien ", "xet ", "theo de nghi", "thi hanh ", "tiep tuc thuc hien ", "trien khai ",
	"theo ", "can cu: ", "pursuant to ", "based on ", "in accordance with ", "under ",
}

// mottos head every document.
var mottos = []string{
	"cong hoa xa hoi chu nghia", "doc lap - tu do", "doc lap – tu do", "doc lap- tu do", "doc lap tu do",
	"dang cong san viet nam", "doan tncs ho chi minh", "socialist republic",
}

// closings begin the last paragraph; endings end it.
var closings = []string{"tren day la ", "tren day la,", "this is the plan", "the above is"}

// remarks begin paragraphs at the end that tell everybody to keep to the plan, or whom to ask.
var remarks = []string{
	"trong qua trinh ", "yeu cau cac ", "de nghi cac ", "yeu cau thu truong", "nhan duoc ke hoach",
	"(mot so nhiem vu", "neu co kho khan", "neu co vuong mac", "during the implementation",
}

// annexWords begin what is attached.
var annexWords = []string{
	"phu luc", "(kem theo ", "(ban hanh kem theo", "bieu so", "bieu 0", "bieu mau", "mau so", "annex",
	"appendix",
}

// organs are the first words of the names of offices and of those who hold one, with their accents: "sở" is an office,
// "số" a number. What begins with one of notOrgans is none.
var organs = []string{
	"văn phòng", "phòng", "sở", "ban", "thanh tra", "chi cục", "cục", "tổng cục", "trung tâm", "ủy ban",
	"uỷ ban", "ubnd", "công an", "thuế", "chi nhánh", "bộ", "công đoàn", "chi đoàn", "đoàn", "hội",
	"liên đoàn", "mặt trận", "ubmttq", "mttq", "trường", "tổ", "kho bạc", "bảo hiểm xã hội", "bhxh",
	"ngân hàng", "viện", "đài", "báo", "bệnh viện", "trạm", "hiệu trưởng", "phó hiệu trưởng", "giám đốc",
	"phó giám đốc", "chủ tịch", "thủ trưởng", "chánh", "trưởng", "tòa án", "toà án", "hđnd", "hội đồng",
	"đảng ủy", "đảng uỷ", "chi bộ", "công ty", "doanh nghiệp", "khoa", "bộ phận", "giáo viên", "bí thư",
	"công chức", "cán bộ", "kế toán", "nhân viên", "lđlđ", "cđcs", "trường học",
}

// englishOrgans stand in the names of offices, of which every word has a capital.
var englishOrgans = []string{
	"department", "division", "office", "ministry", "committee", "unit", "section", "team", "board", "bureau",
	"center", "centre", "inspectorate", "union", "school", "secretariat", "council", "authority", "agency",
}

var notOrgans = []string{
	"tổ chức", "báo cáo", "hội nghị", "hội thi", "hội thảo", "hội họp", "hội viên", "đoàn kết", "đoàn viên",
	"ban hành", "ban giao", "phòng chống", "phòng, chống", "phòng ngừa", "phòng bệnh", "phòng cháy",
	"trường hợp", "bộ máy", "bộ tiêu chí", "bộ chỉ số", "thanh tra, kiểm tra", "thanh tra việc", "sở hữu",
	"tổ trưởng", "văn phòng phẩm", "khoa học", "unity", "united", "official", "teams of", "khoa giáo",
}

// plurals make a group of what they begin; a group is also what holds one of the words of pluralInside.
var (
	plurals      = []string{"cac ", "nhung ", "moi ", "tat ca ", "toan the ", "all ", "departments", "units"}
	pluralInside = []string{" cac ", " all "}
)

// vague groups name nobody: who "concerned" is the document does not say.
var vague = []string{"lien quan", "co lien quan", "concerned", "relevant"}

// verbs end the name of an office in a sentence, unless they stand in it with a capital.
var verbs = []string{
	"chủ trì", "chủ động", "phối hợp", "tổ chức", "tham mưu", "triển khai", "thực hiện", "xây dựng",
	"theo dõi", "hướng dẫn", "đôn đốc", "kiểm tra", "tổng hợp", "báo cáo", "chịu", "có", "là", "căn cứ",
	"định kỳ", "ban hành", "bố trí", "chỉ đạo", "tăng cường", "rà soát", "cân đối", "tiếp tục",
	"thường xuyên", "đưa", "làm", "lập", "trình", "phổ biến", "tuyên truyền", "nghiêm túc", "nêu cao", "giúp",
	"cử", "xử lý", "đẩy mạnh", "hoàn thành", "chuẩn bị", "đề xuất", "phát động", "vận động", "quán triệt",
	"để", "trước", "theo", "trong", "khi", "nếu", "gửi", "trên", "tại", "giao", "chậm nhất", "số liệu",
	"tính", "hằng", "hàng", "monthly", "quarterly", "yearly", "annually", "every", "shall", "will", "must",
	"leads", "lead", "is", "are", "prepares", "organises", "organizes", "by", "before", "to",
}

// deadlineWords stand directly before the day of a deadline. What says that the day itself is too late has before set.
// A day behind none of them is no deadline.
var deadlineWords = []struct {
	before bool
	words  string
}{
	{true, `trước(?:\s+khi\s+hết)?\s+ngày`}, {true, `trước`}, {false, `đến\s+hết\s+ngày`}, {false, `hết\s+ngày`},
	{false, `chậm\s+nhất\s+(?:là\s+|đến\s+|vào\s+)*(?:hết\s+)?ngày`}, {false, `chậm\s+nhất\s+(?:là\s+|đến\s+|vào\s+)*`},
	{false, `hoàn\s+thành\s+(?:vào\s+|trong\s+)?ngày`}, {false, `xong\s+(?:vào\s+|trong\s+)?ngày`},
	{true, `(?i:before)`}, {false, `(?i:no\s+later\s+than|not\s+later\s+than|by)`},
}

// conditions are words in the same clause that make "before a day" a condition and no deadline: what was issued,
// licensed, born before a day.
const conditions source.Pattern = `(?i)(được cấp|đã cấp|(?:được|đã|đã được) ban hành|có hiệu lực|hiệu lực|phát sinh|` +
	`(?:được|đã|đã được) thành lập|sinh|tính đến|kể từ|hình thành|tồn tại|khởi công|đã được|đã có|đã ký|được ký|` +
	`trở về|trở đi|xảy ra|được tuyển dụng|số liệu|giai đoạn|` +
	`as of|issued|in force|effective|born|established)\s+(?:\S+\s+){0,4}$`
