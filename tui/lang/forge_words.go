package lang

// forgeWords are the sentences about git's own tools, about a forge, and of the doctor.
var forgeWords = map[string]string{
	"Git gives it earlier versions of the files, under names of its own; so it looks at the content. What it cannot read it writes as it stands. `tiendo doctor --fix` tells git of it.": "Git đưa các bản trước của tệp dưới tên riêng, nên lệnh này xem nội dung tệp. Tệp không đọc được thì viết nguyên như vậy. `tiendo doctor --fix` khai báo lệnh này với git.",
	"this program was built for one run only, so git cannot be told of it":                       "chương trình này chỉ được tạo để chạy một lần nên chưa khai báo được với git",
	"build it with `go build -o tiendo .`, put it where it stays, and run `tiendo doctor --fix`": "tạo bằng `go build -o tiendo .`, đặt vào chỗ cố định rồi chạy `tiendo doctor --fix`",
	"short name": "tên ngắn",
	"group":      "nhóm",
	"role":       "vai trò",
	"unit":       "đơn vị",
	"address":    "địa chỉ thư",
	"SSH key":    "khóa SSH",
}
