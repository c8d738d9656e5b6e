package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unsafe"
)

// Of thousands of records the bytes are not kept, only their sums; a record that has not changed is not read again, and
// after a change of the plan all are.
func TestRecordsAreKeptAsSums(t *testing.T) {
	dir := smallData(t)
	record, plan := filepath.Join(dir, "progress", "van-phong.toml"), filepath.Join(dir, "plan.toml")
	settled := time.Now().Add(-time.Hour)
	age := func() {
		t.Helper()
		for _, path := range []string{record, plan} {
			if err := os.Chtimes(path, settled, settled); err != nil {
				t.Fatal(err)
			}
		}
	}
	age()
	store := openData(t, dir)
	first, err := store.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	kept := store.cache[record]
	if kept.src != nil || kept.sum != sha256.Sum256(content) || store.parsed[record][0].file.src != nil {
		t.Errorf("of the record %d bytes are kept, with the sum %x", len(kept.src), kept.sum)
	}

	unseen := []byte(string(content)) // other bytes of the same size, at the same time: only who reads them sees them
	unseen[len("# ")]++
	if err := os.WriteFile(record, unseen, 0o600); err != nil {
		t.Fatal(err)
	}
	age()
	again, err := store.Load(context.Background())
	if err != nil || again.Progress["van-phong"].From != first.Progress["van-phong"].From {
		t.Errorf("an unchanged record was read again (%v)", err)
	}
	if err := os.WriteFile(record, content, 0o600); err != nil {
		t.Fatal(err)
	}
	replaceIn(t, plan, "schema", "# x\nschema")
	age()
	later, err := store.Load(context.Background())
	if err != nil || later.Progress["van-phong"].From == first.Progress["van-phong"].From {
		t.Errorf("the record was not read against the new plan (%v)", err)
	}
}

// What stands in several records is held once.
func TestRecordsShareTexts(t *testing.T) {
	dir := smallData(t)
	other := "[activity.treo-bang-ron]\nstatus = \"doing\"\nby = \"lan\"\nat = 2019-11-28T16:40:05+07:00\n"
	if err := os.WriteFile(filepath.Join(dir, "progress", "thanh-tra.toml"), []byte(other), 0o600); err != nil {
		t.Fatal(err)
	}
	campaign := load(t, dir)
	one, two := campaign.Progress["van-phong"], campaign.Progress["thanh-tra"]
	by, same := one.Entry("treo-bang-ron").By, two.Entry("treo-bang-ron").By
	if by != "lan" || unsafe.StringData(by) != unsafe.StringData(same) {
		t.Errorf("%q and %q are held twice", by, same)
	}
}

// Who looks for one record goes through the names of the others only.
func TestOtherRecordsArePassedOverByName(t *testing.T) {
	dir := smallData(t)
	const others = 500
	for i := range others {
		if err := os.WriteFile(filepath.Join(dir, "progress", fmt.Sprintf("x%d.toml", i)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	store := openData(t, dir)
	made := testing.AllocsPerRun(3, func() {
		list, err := store.listProgress(t.Context(), new("van-phong"))
		if err != nil || len(list.entries) != 1 {
			t.Errorf("%d entries, %v", len(list.entries), err)
		}
	})
	if made > 3*others/2 { // their names
		t.Errorf("%v allocations to pass over %d records", made, others)
	}
}
