package phrase

import "testing"

func TestNear(t *testing.T) {
	known := []string{"van-phong", "thanh-tra", "quan-ly-cong-nghiep"}
	for word, want := range map[string]string{"van-phogn": "van-phong", "thanhtra": "thanh-tra", "cong-nghiep": "quan-ly-cong-nghiep", "zzzzzz": ""} {
		if got := List(Suggest(word, known)); got != want {
			t.Errorf("near %q: %q, want %q", word, got, want)
		}
	}
	short := []string{"at", "by", "channels", "m05"}
	for word, want := range map[string]string{"x": "", "ta": "at", "m99": "", "m50": "m05", "b": "by", "chanels": "channels"} {
		if got := List(Suggest(word, short)); got != want {
			t.Errorf("near %q: %q, want %q", word, got, want)
		}
	}
}
