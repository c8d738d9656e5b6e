package report

import (
	"io"
	"runtime"
	"testing"
)

// BenchmarkExport computes and writes the report of 1,000 units with 20 indicators
// each. It also reports the most memory that one export holds.
func BenchmarkExport(b *testing.B) {
	board := largeBoard(1000, 20)
	for _, format := range []Format{Docx, Xlsx, CSV, Markdown, JSON} {
		b.Run(string(format), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := New(board, nil).Write(io.Discard, format); err != nil {
					b.Fatal(err)
				}
			}
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			if err := New(board, nil).Write(io.Discard, format); err != nil {
				b.Fatal(err)
			}
			runtime.ReadMemStats(&after)
			// All that one export allocates is more than it ever holds at once.
			b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/(1<<20), "MiB/export")
			b.ReportMetric(float64(after.Sys)/(1<<20), "MiB-process")
		})
	}
}

func BenchmarkWarnings(b *testing.B) {
	board := largeBoard(1000, 20)
	b.ReportAllocs()
	for b.Loop() {
		New(board, nil)
	}
}
