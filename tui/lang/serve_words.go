package lang

// serveWords are the sentences of the SSH server.
var serveWords = map[string]string{
	"%s is no private key in OpenSSH's format":                                                          "%s không phải khóa riêng theo định dạng OpenSSH",
	"`chmod 600` it, if nobody can have copied it; otherwise delete it and start again":                 "chạy `chmod 600` nếu chắc chưa ai sao chép; nếu không, xóa đi rồi khởi động lại",
	"a session may last %d minutes; connect again to go on":                                             "mỗi phiên dài nhất %d phút; hãy kết nối lại để làm tiếp",
	"name another file for it":                                                                          "chỉ định tệp khác cho khóa này",
	"no key for %d minutes, so the session was ended; what was saved is safe":                           "đã %d phút không bấm phím nên phiên kết thúc; những gì đã lưu vẫn còn",
	"others can read the host key %s":                                                                   "người khác đọc được khóa máy chủ %s",
	"the host key %s is no regular file":                                                                "khóa máy chủ %s không phải tệp thường",
	"the program met an error of its own and ended this session; what was saved is safe: connect again": "chương trình gặp lỗi và đã kết thúc phiên này; những gì đã lưu vẫn còn: hãy kết nối lại",
	"the server is being stopped or started anew; what was saved is safe: connect again in a moment":    "máy chủ đang dừng hoặc khởi động lại; những gì đã lưu vẫn còn: lát nữa hãy kết nối lại",
	"there is no terminal for the dashboard: use ssh -t":                                                "không có màn hình cho bảng theo dõi: dùng ssh -t",
	"this command may not be used over SSH":                                                             "không được dùng lệnh này qua SSH",
	"this key is no longer on the roster, so the session was ended":                                     "khóa này không còn trong danh sách nên phiên đã kết thúc",
}
