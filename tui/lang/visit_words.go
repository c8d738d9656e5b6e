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
}
