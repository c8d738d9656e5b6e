package lang

// visitWords are the sentences about commands that come by SSH.
var visitWords = map[string]string{
	"the command line is longer than %d bytes":                                "dòng lệnh dài quá %d byte",
	"the command line is not in UTF-8":                                        "dòng lệnh không phải mã UTF-8",
	"the command line holds a line break, a tab or another control character": "dòng lệnh có dấu xuống dòng, dấu tab hoặc ký tự điều khiển khác",
	"the command line ends in a backslash":                                    "dòng lệnh kết thúc bằng dấu \\",
	"a quotation mark is not closed: %s":                                      "dấu nháy chưa đóng: %s",
	"the command line has more than %d words":                                 "dòng lệnh có hơn %d từ",
	"%s means something to a shell, and there is none here":                   "dấu %s chỉ có nghĩa với shell, mà ở đây không có shell",
	"put a text into single quotes, and the whole command into double ones: ssh HOST \"tick UNIT ACTIVITY --note 'a text'\"": "đặt lời văn trong nháy đơn, cả lệnh trong nháy kép: ssh MÁY \"tick ĐƠN_VỊ HOẠT_ĐỘNG --note 'lời văn'\"",

	"%s may not be given over SSH": "không được ghi %s qua SSH",
	"who you are and what you see is settled by your key; a text that begins with - is written as --note='- text'": "bạn là ai, xem dữ liệu nào là do khóa của bạn quyết định; lời văn bắt đầu bằng dấu - thì ghi là --note='- lời văn'",
	"%s: the roster cannot be relied on: %s": "%s: danh sách có lỗi nên chưa dùng được: %s",
	"%q may not be used over SSH":            "không được dùng %q qua SSH",
	"these commands may: %s":                 "các lệnh dùng được: %s",
	"You are here over SSH, and your key says who you are. Without a command the dashboard opens: ssh -t HOST. A command is written as one text, with single quotes around what has blanks: ssh HOST \"tick UNIT ACTIVITY --note 'a text'\".": "Bạn vào qua SSH, khóa của bạn cho biết bạn là ai. Không kèm lệnh nào thì mở bảng theo dõi: ssh -t MÁY. Một lệnh được ghi thành một chuỗi, lời văn có dấu cách đặt trong nháy đơn: ssh MÁY \"tick ĐƠN_VỊ HOẠT_ĐỘNG --note 'lời văn'\".",

	"what OpenSSH runs for a person of the roster": "lệnh mà OpenSSH chạy cho một người trong danh sách",
	"It does what the client asks for in %s if that is allowed, and opens the dashboard if the client asks for nothing. `tiendo authorized-keys` writes the lines that run it.": "Lệnh này làm điều máy khách yêu cầu trong %s nếu được phép, và mở bảng theo dõi nếu không có yêu cầu gì. `tiendo authorized-keys` in ra các dòng gọi lệnh này.",

	"print the lines that let people in through OpenSSH": "in các dòng để mọi người vào được qua OpenSSH",
	"One line for each key on the roster: it opens the dashboard, or does what is allowed, as the person whose key it is, and nothing else. The lines name this program and the data folder where they lie now; the login shell of the account must be sh, dash, bash or the like.\n\nWith --into they are written into the account's authorized_keys, between two lines that mark them; everything else there stays as it is. Write them again when a key has changed. With --sshd, OpenSSH asks by itself at every login: AuthorizedKeysCommand in sshd_config is then the second example, with the whole path of the program.": "Mỗi khóa trong danh sách một dòng: khóa đó chỉ mở bảng theo dõi hoặc chạy các lệnh được phép, dưới tên chủ khóa. Các dòng này ghi nơi đang đặt chương trình và thư mục dữ liệu; shell của tài khoản phải là sh, dash, bash hoặc tương tự.\n\nKèm --into thì ghi vào tệp authorized_keys của tài khoản, giữa hai dòng đánh dấu; những gì khác trong tệp giữ nguyên. Khi có khóa thay đổi thì ghi lại. Kèm --sshd thì OpenSSH tự hỏi mỗi lần có người vào: ghi ví dụ thứ hai, với đường dẫn đầy đủ của chương trình, vào mục AuthorizedKeysCommand của sshd_config.",
	"KIND": "LOẠI",
	"KEY":  "KHÓA",
	"only the line of this key, or nothing when nobody has it":                     "chỉ in dòng của khóa này; không ai có khóa này thì không in gì",
	"write the lines into an authorized_keys file":                                 "ghi các dòng vào một tệp authorized_keys",
	"--sshd goes with the kind and the key, and with nothing else":                 "--sshd đi kèm loại khóa và khóa, không kèm gì khác",
	"this program lies in a temporary folder, where nobody will find it later: %s": "chương trình đang nằm trong thư mục tạm, sau này sẽ không còn: %s",
	"build it first: go build -o tiendo .":                                         "hãy dựng chương trình trước: go build -o tiendo .",
	"the path %q cannot stand in an authorized_keys file":                          "đường dẫn %q không ghi được vào tệp authorized_keys",
	"give the folder another name":                                                 "đặt tên khác cho thư mục",
	"%s lets in: %s":                                                               "%s cho vào: %s",
	"the folder of %s is not there":                                                "chưa có thư mục chứa %s",
	"make it for its owner alone: mkdir -m 700 ~/.ssh":                             "tạo thư mục chỉ dành cho chủ: mkdir -m 700 ~/.ssh",
	"%s is a link, no regular file, or too large; nothing was written":             "%s là liên kết, không phải tệp thường, hoặc quá lớn; chưa ghi gì",
	"name the file itself":                                                         "chỉ ra chính tệp đó",
	"%s:%d: the lines “%s” and “%s” do not stand there once each, in this order, with nothing of another plan between them": "%s:%d: hai dòng “%s” và “%s” phải có mỗi dòng một lần, theo thứ tự này, ở giữa không có dòng đánh dấu của kế hoạch khác",
	"mend it by hand; nothing was written": "hãy sửa bằng tay; chưa ghi gì",
	"%s also has another line for a key of %s, which may give other rights; take it out if it is not meant": "%s còn một dòng khác cho khóa của %s, có thể cho quyền khác; nếu không chủ ý thì bỏ dòng đó đi",
}
