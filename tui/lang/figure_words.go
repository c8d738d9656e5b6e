package lang

// figureWords are the sentences about figures.
var figureWords = map[string]string{
	"%q can be read in two ways":             "%q có thể hiểu theo hai cách",
	"%s is %v; want a number from 0 to %v":   "%s là %v; cần một số từ 0 đến %v",
	"a figure that is not known stays empty": "số liệu chưa có thì để trống",
	"look whether there are digits too many": "xem lại có thừa chữ số không",
	"write %s or %s":                         "viết %s hoặc %s",
}
