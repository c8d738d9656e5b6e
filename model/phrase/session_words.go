package phrase

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
