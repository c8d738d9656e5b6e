package store

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/BurntSushi/toml"

	"example.org/tiendo/model"
)

// Whatever stands in a progress file: it is read without a panic, a file that
// cannot be decoded is called broken, and a tick is refused with the file as it
// was, or it arrives and everything that was read before is still read.
func FuzzProgressFile(f *testing.F) {
	seeds, err := filepath.Glob(filepath.Join("testdata", "small", "progress", "*.toml"))
	if err != nil || len(seeds) == 0 {
		f.Fatal(err, seeds)
	}
	for _, seed := range seeds {
		content, err := os.ReadFile(seed)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	for _, seed := range []string{
		"", "\xef\xbb\xbf# BOM\r\n[activity.treo-bang-ron]\r\nstatus = \"todo\"\r\n",
		"activity.treo-bang-ron.status = \"doing\"\nactivity.treo-bang-ron.note = 'x'\n",
		"activity = { treo-bang-ron = { status = \"doing\", figures = { tham-du = 1 } } }\nreport = {}\n",
		"[activity]\n[activity.treo-bang-ron] # here\nunknown = [1, # one\n2]\n[message]\nm05.channels = [\"website\"]\n",
		"<<<<<<< HEAD\n[activity.treo-bang-ron]\n=======\n>>>>>>> other\n", "[activity.treo-bang-ron]\nat = 2019-02-31\n",
		"[activity.\"treo-bang-ron\"]\nnote = \"\"\"\nTreo\\u0007 \u202e\r\"\"\"\n", "[[activity.treo-bang-ron]]\n", "activity = 5\n",
	} {
		f.Add([]byte(seed))
	}
	dir := smallData(f)
	path := filepath.Join(dir, "progress", "van-phong.toml")
	f.Fuzz(func(t *testing.T, content []byte) {
		write(t, path, string(content))
		store := openData(t, dir)
		campaign, err := store.Load(context.Background())
		if err != nil {
			t.Fatal(err) // the plan is good
		}
		before := campaign.Progress["van-phong"]
		_, broken := campaign.Broken["van-phong"]
		var decoded map[string]any
		if err := toml.Unmarshal(content, &decoded); err != nil && !broken {
			t.Errorf("not called broken: %v", err)
		}
		for _, problem := range campaign.Problems {
			if problem.Line > bytes.Count(content, []byte("\n"))+1 {
				t.Errorf("%s is outside of the file", problem.Place())
			}
		}
		receipt, err := store.Apply(context.Background(), tick(lan, "van-phong", "treo-bang-ron", before.Entry("treo-bang-ron"), model.Doing))
		if err != nil || receipt.Unchanged {
			if after, _ := os.ReadFile(path); !bytes.Equal(content, after) {
				t.Errorf("refused with %v, and changed to:\n%s", err, after)
			}
			return
		}
		after := load(t, dir).Progress["van-phong"]
		if got := after.Entry("treo-bang-ron"); got.Status != model.Doing || !got.Equal(model.As[model.Entry](receipt.Value)) {
			t.Errorf("the entry is %+v, the receipt %+v", got, model.As[model.Entry](receipt.Value))
		}
		for id := range before.Activities {
			if id != "treo-bang-ron" && !before.Activities[id].Equal(after.Activities[id]) {
				t.Errorf("%s was %+v and is %+v", id, before.Activities[id], after.Activities[id])
			}
		}
		for id := range before.Messages {
			if !before.Messages[id].Equal(after.Messages[id]) {
				t.Errorf("%s was %+v and is %+v", id, before.Messages[id], after.Messages[id])
			}
		}
		if !before.Report.Equal(after.Report) {
			t.Errorf("the report was %+v and is %+v", before.Report, after.Report)
		}
	})
}
