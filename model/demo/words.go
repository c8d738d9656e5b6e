package demo

import "example.org/tiendo/model"

// activityWords is how the units of a demonstration talk about one activity, and when they get to it.
type activityWords struct {
	firstDay, lastDay int // days after the start of the campaign between which it is done
	done              int // units of a hundred that have done it by the day of the demonstration
	doing             []string
	finished          []string
	evidence          []string
}

// activityTable holds the words by activity id. An activity of another plan has none, and is left not started.
func activityTable() map[string]activityWords {
	return map[string]activityWords{
		"tuyen-truyen-van-dong": {
			firstDay: 4, lastDay: 25, done: 45,
			doing: []string{
				"Đã phổ biến trong cuộc họp giao ban; bài viết còn chờ duyệt.",
				"Đang viết bài về gương nữ công chức tiêu biểu của đơn vị.",
				"Đã phát một nửa số tờ rơi, còn lại phát trong tuần tới.",
			},
			finished: []string{
				"Đã vận động toàn đơn vị hưởng ứng, có bài gửi Trang thông tin điện tử của Sở.",
				"Lồng ghép vào cuộc họp giao ban tuần, phát tờ rơi tận tay từng người.",
				"Viết bài về vai trò của nữ công chức trong công tác chuyên môn.",
			},
			evidence: []string{"tin-bai/binh-dang-gioi.docx", "https://example.org/tin/thang-hanh-dong-2019"},
		},
		"treo-bang-ron": {
			firstDay: 0, lastDay: 14, done: 95,
			doing: []string{
				"Đã treo hai trong bốn vị trí, chờ pano.",
				"Đã đặt in, nhà in hẹn giao đầu tuần.",
				"Treo xong ở cổng chính, còn hội trường.",
			},
			finished: []string{
				"Treo tại cổng trụ sở và hội trường.",
				"Treo tại trụ sở, dán áp phích ở các tầng; biểu dương trong buổi chào cờ.",
				"Treo chung băng rôn với Văn phòng Sở, áp phích dán tại phòng làm việc.",
			},
			evidence: []string{"anh/bang-ron-cong-chinh.jpg", "anh/hoi-truong.jpg", "anh/ap-phich.jpg"},
		},
		"tuyen-truyen-chu-truong": {
			firstDay: 8, lastDay: 25, done: 40,
			doing: []string{
				"Đã mời báo cáo viên, dự kiến tổ chức ngày 12/12.",
				"Tổ chức được một buổi, còn một buổi cho tổ công tác ở huyện.",
				"Tài liệu đã in, chờ bố trí hội trường.",
			},
			finished: []string{
				"Mời báo cáo viên của Hội Liên hiệp Phụ nữ nói chuyện về phòng, chống bạo lực gia đình.",
				"Sinh hoạt chuyên đề về Luật Bình đẳng giới, có phần hỏi đáp.",
				"Lồng ghép vào hội nghị cán bộ, công chức của đơn vị.",
			},
			evidence: []string{"anh/noi-chuyen-chuyen-de.jpg", "tai-lieu/chuong-trinh-hoi-nghi.pdf",
				"tai-lieu/danh-sach-tham-du.xlsx"},
		},
		"danh-gia-ket-qua": {
			firstDay: 20, lastDay: 25, done: 20,
			doing: []string{
				"Đang tổng hợp số liệu từ các bộ phận.",
				"Dự thảo đã xong, chờ lãnh đạo đơn vị xem.",
			},
			finished: []string{
				"Đã họp rút kinh nghiệm, thống nhất số liệu gửi Văn phòng Sở.",
				"Đánh giá trong cuộc họp cuối tháng, kinh phí trong định mức.",
			},
			evidence: []string{"bao-cao/danh-gia.docx"},
		},
		"quan-triet-can-bo": {
			firstDay: 0, lastDay: 12, done: 100,
			doing: []string{
				"Còn hai người đi công tác, sẽ quán triệt khi về.",
				"Đã quán triệt ở văn phòng, còn bộ phận tại cụm công nghiệp.",
			},
			finished: []string{
				"Quán triệt trong cuộc họp đơn vị, có biên bản.",
				"Đã gửi toàn văn kế hoạch qua hộp thư công vụ và trao đổi trực tiếp.",
				"Lồng ghép vào sinh hoạt chi bộ tháng 11.",
			},
			evidence: []string{"tai-lieu/bien-ban-hop.pdf"},
		},
		"tim-hieu-truyen-thong": {
			firstDay: 5, lastDay: 25, done: 40,
			doing: []string{
				"Đã giới thiệu các chuyên mục trên báo, đài; đang theo dõi.",
				"Đang vận động tham gia cuộc thi tìm hiểu trên mạng.",
			},
			finished: []string{
				"Đã giới thiệu chuyên mục bình đẳng giới trên báo Quảng Trị và đài tỉnh.",
				"Cả đơn vị tham gia cuộc thi trực tuyến tìm hiểu pháp luật.",
			},
			evidence: []string{"anh/thi-truc-tuyen.png"},
		},
		"trang-thong-tin-dien-tu": {
			firstDay: 3, lastDay: 25, done: 40,
			doing: []string{
				"Một bài đã đăng, một bài đang chờ biên tập.",
				"Đã gửi ảnh và tin cho Văn phòng Sở, chờ đăng.",
			},
			finished: []string{
				"Tin và ảnh đã đăng trên Trang thông tin điện tử của Sở.",
				"Đã cung cấp bài, Văn phòng Sở biên tập và đăng.",
			},
			evidence: []string{"https://example.org/tin/treo-bang-ron", "https://example.org/tin/noi-chuyen-chuyen-de"},
		},
		"quan-triet-doan-vien": {
			firstDay: 1, lastDay: 12, done: 100,
			doing: []string{"Đã quán triệt ở cơ quan Sở, còn đoàn viên ở đơn vị trực thuộc."},
			finished: []string{
				"Quán triệt trong buổi sinh hoạt đoàn viên tháng 11.",
				"Đã phổ biến tại cuộc họp Ban Chấp hành mở rộng.",
			},
			evidence: []string{"anh/sinh-hoat-doan-vien.jpg"},
		},
	}
}

// notApplicable are reasons why something does not concern a unit.
func notApplicable() []string {
	return []string{
		"Đơn vị không có trụ sở riêng, dùng chung băng rôn của Sở.",
		"Đơn vị không quản lý trang thông tin điện tử; nội dung do Văn phòng Sở đăng.",
	}
}

// extensionReason is why one unit has got more time.
const extensionReason = "Đoàn công tác tại huyện Hướng Hóa đến hết ngày 16/12."

// officeTexts are what the Office has written for the consolidated report so far.
const officeTexts = `
# Giả định.
[text]
direction = "Giám đốc Sở ban hành Kế hoạch, giao Văn phòng Sở làm đầu mối theo dõi, đôn đốc và tổng hợp."
launch = """
Sở không tổ chức lễ phát động riêng; cán bộ, công chức dự lễ phát động của tỉnh.
Các đơn vị treo băng rôn, khẩu hiệu tại trụ sở từ ngày 15/11/2019."""
`

// reportTable are reports of units in words.
func reportTable() []model.Report {
	return []model.Report{
		{
			Results: "Đơn vị đã quán triệt kế hoạch đến toàn thể công chức, viên chức và người lao động; các hoạt động " +
				"được tổ chức thiết thực, tiết kiệm, thu hút đông đảo người tham gia.",
			Difficulties:    "Thời gian triển khai trùng với dịp cuối năm nên khó bố trí các buổi nói chuyện.",
			Recommendations: "Đề nghị cung cấp sớm tài liệu tuyên truyền để các đơn vị chủ động.",
			Funding:         "Lồng ghép trong kinh phí hoạt động thường xuyên.",
			Documents:       []string{"Công văn triển khai Tháng hành động ngày 18/11/2019"},
		},
		{
			Results: "Công tác tuyên truyền được lồng ghép vào sinh hoạt thường kỳ; băng rôn, áp phích được treo " +
				"đúng thời gian.",
			Difficulties:    "Kinh phí hạn hẹp, chủ yếu lồng ghép với các nhiệm vụ chuyên môn.",
			Recommendations: "Đề nghị tổ chức một buổi nói chuyện chung cho toàn Sở trong năm tới.",
		},
		{
			Results: "Nhận thức của đoàn viên về bình đẳng giới và phòng, chống bạo lực trên cơ sở giới được nâng lên; " +
				"không có vụ việc nào xảy ra.",
			Difficulties: "Đoàn viên công tác phân tán nên khó tập trung.",
			Funding:      "Kinh phí do công đoàn và đoàn viên đóng góp.",
		},
	}
}

// returnReasons say what a returned report lacks.
func returnReasons() []string {
	return []string{
		"Thiếu số liệu nữ tham dự các buổi nói chuyện; đề nghị bổ sung trước ngày 13/12",
		"Số băng rôn trong lời văn và trong bảng số liệu chưa khớp nhau",
	}
}
