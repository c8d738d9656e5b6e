package endtoend

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// How long the program takes to start, against a Go program that does nothing.
func BenchmarkVersion(b *testing.B) {
	dir := b.TempDir()
	for name, content := range map[string]string{"go.mod": "module nothing\n", "main.go": "package main\n\nfunc main() {}\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	nothing := filepath.Join(dir, "nothing")
	build := exec.Command("go", "build", "-o", nothing, ".")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	program := tiendo(b)
	run := func(words ...string) time.Duration {
		begin := time.Now()
		if err := exec.Command(words[0], words[1:]...).Run(); err != nil {
			b.Fatal(err)
		}
		return time.Since(begin)
	}
	var ours, least time.Duration
	for b.Loop() {
		least += run(nothing)
		ours += run(program, "version")
	}
	b.ReportMetric(float64(ours)/float64(least), "×nothing")
}
