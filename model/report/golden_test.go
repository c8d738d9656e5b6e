package report

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"example.org/tiendo/model/phrase"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The whole report in both languages, with the origins of the figures, as Markdown and as JSON.
func TestGoldenReport(t *testing.T) {
	trace := func(unit, _, _ string, value float64) Origin {
		if value == 0 {
			return Origin{}
		}
		return Origin{"3f9c2d1", "Lan (" + unit + ")", time.Date(2019, 12, 1, 8, 0, 0, 0, time.FixedZone("ICT", 7*3600))}
	}
	for _, language := range []phrase.Language{phrase.Vietnamese, phrase.English} {
		d := New(smallBoard(language), trace)
		for _, format := range []Format{Markdown, JSON, CSV} {
			name := filepath.Join("testdata", "report."+string(language)+"."+string(format))
			got := bytesOf(t, d, format)
			if *update {
				if err := os.WriteFile(name, got, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("%s differs; go test ./model/report -update writes it anew. Got:\n%s", name, got)
			}
		}
	}
}
