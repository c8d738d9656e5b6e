package cli

import (
	"archive/zip"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/history"
	"example.org/tiendo/model/report"
)

// The paper that a key of the dashboard writes marks what came to the server late, as that of `tiendo export` does;
// what is on the screen stays as it is.
func TestExportByKeyMarksTheArrival(t *testing.T) {
	dir := issuedFolder(t)
	data := filepath.Join(dir, "data")
	git(t, dir, "add", "--all")
	git(t, dir, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--message=plan")
	before := strings.TrimSpace(git(t, dir, "rev-parse", "HEAD"))
	record := filepath.Join(data, "progress", "thanh-tra.toml")
	content, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	sent := strings.Replace(string(content), "[report]\n", "[report]\nstatus = \"submitted\"\nsubmitted_at = 2019-12-10T08:00:00+07:00\n", 1)
	if err := os.WriteFile(record, []byte(sent), 0o600); err != nil {
		t.Fatal(err)
	}
	git(t, dir, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--all", "--message=sent")
	arrival := time.Date(2019, 12, 16, 8, 0, 0, 0, time.UTC)
	change := history.RefChange{Ref: "refs/heads/main", Old: before, New: strings.TrimSpace(git(t, dir, "rev-parse", "HEAD"))}
	if err := history.Arrived(context.Background(), dir, "hoa", arrival, []history.RefChange{change}); err != nil {
		t.Fatal(err)
	}

	elsewhere := t.TempDir()
	p := newApp(System{Directory: elsewhere, Env: func(string) (string, bool) { return "", false }, Stdout: io.Discard, Stderr: io.Discard})
	folder, err := p.openAt(context.Background(), data, data, true)
	if err == nil {
		err = p.read(context.Background(), folder)
	}
	if err != nil {
		t.Fatal(err)
	}
	board := model.NewBoard(folder.Campaign, calendar.Date(2019, 12, 17))
	paper, err := exportHere(context.Background(), p, folder, board, report.Docx, "")
	if err != nil {
		t.Fatal(err)
	}
	if said := documentOf(t, filepath.Join(elsewhere, paper.File)); !strings.Contains(said, "đến máy chủ ngày 16/12/2019") {
		t.Error("the paper does not say that the report came late")
	}
	if folder.Campaign.Arrived != nil {
		t.Error("the campaign of the screen was changed")
	}
}

// documentOf is the text of a .docx with its marks.
func documentOf(t *testing.T, path string) string {
	t.Helper()
	paper, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = paper.Close() }()
	file, err := paper.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
