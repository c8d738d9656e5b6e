package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
	tiendo("demo", "large", "--units", "1000")
	widen(b, filepath.Join(dir, "large", "data"), 20)
	for _, of := range []struct{ name, data string }{{"real_plan", "p"}, {"1000_units_of_20_indicators", "large"}} {
		for _, format := range []string{"docx", "xlsx"} {
			b.Run(of.name+"/"+format, func(b *testing.B) {
				fastest := time.Hour
				for b.Loop() {
					start := time.Now()
					tiendo("--data", of.data, "export", "--format", format)
					fastest = min(fastest, time.Since(start))
				}
				b.ReportMetric(float64(fastest.Microseconds())/1000, "ms-fastest")
			})
		}
	}
}

// widen gives the plan so many indicators in all, and each unit to which their activity is assigned figures of them.
func widen(b *testing.B, data string, indicators int) {
	b.Helper()
	const activity = "treo-bang-ron"
	edited := func(path string, edit func(string) string) {
		content, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(edit(string(content))), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	var asked, given strings.Builder
	edited(filepath.Join(data, "plan.toml"), func(plan string) string {
		for i := strings.Count(plan, "[[activity.indicator]]"); i < indicators; i++ {
			fmt.Fprintf(&asked, "\n[[activity.indicator]]\nid = \"more-%d\"\nname = \"More %d\"\nmeasure = \"cái\"\nsum = \"add\"\n", i, i)
			fmt.Fprintf(&given, "more-%d = %d\n", i, i)
		}
		before, after, _ := strings.Cut(plan, "\""+activity+"\"")
		own, others, _ := strings.Cut(after, "\n[[activity]]")
		return before + "\"" + activity + "\"" + own + asked.String() + "\n[[activity]]" + others
	})
	files, err := filepath.Glob(filepath.Join(data, "progress", "*.toml"))
	if err != nil || len(files) == 0 {
		b.Fatalf("%d files: %v", len(files), err)
	}
	header := "[activity." + activity + ".figures]\n"
	for _, file := range files {
		edited(file, func(record string) string {
			if strings.Contains(record, header) {
				return strings.Replace(record, header, header+given.String(), 1)
			}
			return record + "\n" + header + given.String()
		})
	}
}
