package phrase

// visitWords are the sentences about commands that come by SSH.
var visitWords = []entry{
	{"the command line is longer than %d bytes", "dòng lệnh dài quá %d byte"},
	{"the command line is not in UTF-8", "dòng lệnh không phải mã UTF-8"},
	{"the command line holds a line break, a tab or another control character", "dòng lệnh có dấu xuống dòng, dấu tab hoặc ký tự điều khiển khác"},
	{"the command line ends in a backslash", "dòng lệnh kết thúc bằng dấu \\"},
	{"a quotation mark is not closed: %s", "dấu nháy chưa đóng: %s"},
	{"the command line has more than %d words", "dòng lệnh có hơn %d từ"},
	{"%s means something to a shell, and there is none here", "dấu %s chỉ có nghĩa với shell, mà ở đây không có shell"},
	{"put a text into single quotes, and the whole command into double ones: ssh HOST \"tick UNIT ACTIVITY --note 'a text'\"", "đặt lời văn trong nháy đơn, cả lệnh trong nháy kép: ssh MÁY \"tick ĐƠN_VỊ HOẠT_ĐỘNG --note 'lời văn'\""},

	{"%s may not be given over SSH", "không được ghi %s qua SSH"},
	{"who you are and what you see is settled by your key; a text that begins with - is written as --note='- text'", "bạn là ai, xem dữ liệu nào là do khóa của bạn quyết định; lời văn bắt đầu bằng dấu - thì ghi là --note='- lời văn'"},
	{"%s: the roster cannot be relied on: %s", "%s: danh sách có lỗi nên chưa dùng được: %s"},
	{"%q may not be used over SSH", "không được dùng %q qua SSH"},
	{"these commands may: %s", "các lệnh dùng được: %s"},

	{"what OpenSSH runs for a person of the roster", "lệnh mà OpenSSH chạy cho một người trong danh sách"},

	{"print the lines that let people in through OpenSSH", "in các dòng để mọi người vào được qua OpenSSH"},
	{"only the line of this key, or nothing when nobody has it", "chỉ in dòng của khóa này; không ai có khóa này thì không in gì"},
	{"write the lines into an authorized_keys file", "ghi các dòng vào một tệp authorized_keys"},
	{"--sshd goes with the kind and the key, and with nothing else", "--sshd đi kèm loại khóa và khóa, không kèm gì khác"},
	{"this program lies in a temporary folder, where nobody will find it later: %s", "chương trình đang nằm trong thư mục tạm, sau này sẽ không còn: %s"},
	{"build it first: go build -o tiendo .", "hãy dựng chương trình trước: go build -o tiendo ."},
	{"the path %q cannot stand in an authorized_keys file", "đường dẫn %q không ghi được vào tệp authorized_keys"},
	{"give the folder another name", "đặt tên khác cho thư mục"},
	{"%s lets in: %s", "%s cho vào: %s"},
	{"the folder of %s is not there", "chưa có thư mục chứa %s"},
	{"make it for its owner alone: mkdir -m 700 ~/.ssh", "tạo thư mục chỉ dành cho chủ: mkdir -m 700 ~/.ssh"},
	{"%s is a link, no regular file, or too large; nothing was written", "%s là liên kết, không phải tệp thường, hoặc quá lớn; chưa ghi gì"},
	{"name the file itself", "chỉ ra chính tệp đó"},
	{"%s:%d: the lines “%s” and “%s” do not stand there once each, in this order, with nothing of another plan between them", "%s:%d: hai dòng “%s” và “%s” phải có mỗi dòng một lần, theo thứ tự này, ở giữa không có dòng đánh dấu của kế hoạch khác"},
	{"fix it by hand; nothing was written", "hãy sửa bằng tay; chưa ghi gì"},
	{"sessions of one person", "số phiên cùng lúc của một người"},
	{"you have %d sessions already, and may not have more", "bạn đang mở %d phiên, không được mở thêm"},
	{"close one of them first", "hãy đóng bớt một phiên"},
	{"this way in does not say which key opened it, so it opens nothing", "lối vào này không cho biết khóa nào đã mở nên không mở được gì"},
	{"whoever looks after the host rewrites the lines: tiendo authorized-keys --into FILE", "người quản trị máy chủ ghi lại các dòng: tiendo authorized-keys --into TỆP"},
	{"the key %s does not stand beside %s on the roster", "khóa %s không đứng tên %s trong danh sách"},
	{"come with a key that stands there; the coordinator changes the keys on the roster", "vào bằng khóa có trong danh sách; đầu mối là người thay khóa trong danh sách"},
	{"FINGERPRINT", "DẤU_VÂN_TAY"},
	{"the key with which they came; it must still be theirs", "dấu vân tay của khóa đã dùng để vào; khóa ấy phải vẫn còn là của người đó"},
	{"%s: the roster holds an error: %s; until it is fixed the last one without an error counts", "%s: danh sách có lỗi: %s; khi chưa sửa xong thì dùng danh sách lần gần nhất không có lỗi"},

	{"%s also has another line for a key of %s, which may give other rights; take it out if it is not meant", "%s còn một dòng khác cho khóa của %s, có thể cho quyền khác; nếu không chủ ý thì bỏ dòng đó đi"},
}

// sessionWords are the sentences about sessions over SSH: how long they last, what is logged, what may be served.
var sessionWords = []entry{
	{"the log, a line for each change; refusals stand in FILE.refused. Without it %s in the git directory", "tệp nhật ký, mỗi thay đổi một dòng; các lần từ chối ghi ở TỆP.refused. Không ghi thì là %s trong thư mục git"},
	{"you are no longer on the roster, so the session was ended", "bạn không còn trong danh sách nên phiên đã kết thúc"},

	{"%s is larger than %s", "%s lớn hơn %s"},
	{"serve shows the present; %s is not for it", "serve chỉ phục vụ dữ liệu hiện tại, không dùng với %s"},
	{"`tiendo --at REV` shows the past on your own screen", "xem lại trước đây trên máy của mình bằng `tiendo --at REV`"},
	{"the host key %s would lie among the files that git keeps", "khóa máy chủ %s nằm trong các tệp được git lưu"},
	{"whoever has the files could then pose as the server: name a file elsewhere with --host-key", "ai có các tệp ấy sẽ giả được máy chủ: chọn tệp ở nơi khác bằng --host-key"},
}
