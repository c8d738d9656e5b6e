package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkExportProcess exports the real plan as a person does: the start of the
// program, git and the write to the disk included.
func BenchmarkExportProcess(b *testing.B) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	program := filepath.Join(dir, "tiendo")
	build := exec.CommandContext(b.Context(), "go", "build", "-buildvcs=false", "-o", program, root)
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	tiendo := func(args ...string) {
		command := exec.CommandContext(b.Context(), program, args...)
		command.Dir, command.Env = dir, append(os.Environ(), testEnvironment(dir)...)
		if out, err := command.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
	tiendo("init", "p")
	for _, format := range []string{"docx", "xlsx"} {
		b.Run(format, func(b *testing.B) {
			fastest := time.Hour
			for b.Loop() {
				start := time.Now()
				tiendo("--data", "p", "export", "--format", format)
				fastest = min(fastest, time.Since(start))
			}
			b.ReportMetric(float64(fastest.Microseconds())/1000, "ms-fastest")
		})
	}
}
