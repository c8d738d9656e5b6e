package lang

// syncWords are the sentences about the exchange with other clones and about conflicts.
var syncWords = map[string]string{
	"received %d changes from %s; %d files hold entries that both sides changed: settle them, then synchronise again": "đã nhận %d thay đổi từ %s; %d tệp có mục hai bên cùng sửa khác nhau: hãy xử lý rồi đồng bộ lại",
	"up to date with %s":                      "đã khớp với %s",
	"received %d changes from %s":             "đã nhận %d thay đổi từ %s",
	"sent %d changes to %s":                   "đã gửi %d thay đổi lên %s",
	"received %d changes from %s and sent %d": "đã nhận %d thay đổi từ %s và gửi đi %d",
}
