package edit

import (
	"os"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
)

// progressFile is what a unit with seven activities has in the middle of a campaign.
func progressFile(t testing.TB) []byte {
	t.Helper()
	src, err := os.ReadFile("testdata/progress.toml")
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// tick is what one tick on the dashboard changes.
func tick() []Operation {
	entry := func(key string) Path { return Path{"activity", "sinh-hoat-chuyen-de", key} }
	return []Operation{
		Set(entry("status"), "done"),
		Set(entry("by"), "lan"),
		Set(entry("at"), Raw("2019-11-28T16:40:05+07:00")),
		Set(entry("note"), "Đã tổ chức tại hội trường, 42 người dự."),
	}
}

// decodeTime measures one decode of src into a map, the yardstick of this package.
func decodeTime(b *testing.B, src []byte, rounds int) time.Duration {
	b.Helper()
	start := time.Now()
	for range rounds {
		var tree map[string]any
		if err := toml.Unmarshal(src, &tree); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(start) / time.Duration(rounds)
}

// compare runs work and decodes in turns and reports how many decodes one work costs.
func compare(b *testing.B, src []byte, work func() error) {
	b.Helper()
	var worked, decoded time.Duration
	rounds := 0
	for b.Loop() {
		start := time.Now()
		if err := work(); err != nil {
			b.Fatal(err)
		}
		worked += time.Since(start)
		b.StopTimer()
		decoded += decodeTime(b, src, 1)
		rounds++
		b.StartTimer()
	}
	b.ReportMetric(float64(worked)/float64(decoded), "x-decode")
	b.ReportMetric(float64(decoded.Nanoseconds())/float64(rounds), "ns/decode")
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
}

func BenchmarkApply(b *testing.B) {
	src := progressFile(b)
	b.Run("tick", func(b *testing.B) {
		compare(b, src, func() error { _, err := Apply(src, tick()...); return err })
	})
	b.Run("three", func(b *testing.B) {
		compare(b, src, func() error { _, err := Apply(src, tick()[:3]...); return err })
	})
	b.Run("undo", func(b *testing.B) {
		entry := func(key string) Path { return Path{"activity", "dang-tin-bai", key} }
		ops := []Operation{Set(entry("status"), "todo"), Delete(entry("by")), Delete(entry("at")), Delete(entry("note"))}
		compare(b, src, func() error { _, err := Apply(src, ops...); return err })
	})
	b.Run("unchanged", func(b *testing.B) {
		compare(b, src, func() error {
			_, err := Apply(src, Set(Path{"activity", "treo-bang-ron", "status"}, "done"))
			return err
		})
	})
}

func BenchmarkParse(b *testing.B) {
	src := progressFile(b)
	compare(b, src, func() error { _, _ = Parse(src); return nil })
}

// BenchmarkScan is what Apply does twice beside decoding: before the operations, and after
// each group of them that can be carried out together.
func BenchmarkScan(b *testing.B) {
	text := string(progressFile(b))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, problem := read(text); problem != nil {
			b.Fatal(problem)
		}
	}
}
