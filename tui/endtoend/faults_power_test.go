//go:build linux && amd64

package endtoend

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

var faultsPower = flag.Int("faults.power", 97, "power cuts at every nth counted call of what changes files, where root may mount; 1 is each, 0 none")

// powerCut is what judges a folder after one: the command ended at once, and nobody read its answer.
var powerCut = fault{kind: "power cut", signal: faults[0].signal}

// A disk is a file system in a file. What was written and not yet synced is in the memory of the kernel only, as
// on a real disk: a copy of the file is what a power cut leaves.
type disk struct{ image, mounted string }

func newDisk(t testing.TB) (d disk, err error) {
	t.Helper()
	if os.Geteuid() != 0 {
		return d, errors.New("power cuts need root, to mount a file system")
	}
	dir := t.TempDir()
	d = disk{filepath.Join(dir, "image"), filepath.Join(dir, "disk")}
	if err := os.Mkdir(d.mounted, 0o700); err != nil {
		return d, err
	}
	for _, line := range [][]string{{"truncate", "--size=64M", d.image}, {"mkfs.ext4", "-q", "-F", d.image}} {
		if out, err := exec.Command(line[0], line[1:]...).CombinedOutput(); err != nil {
			return d, fmt.Errorf("%s: %w: %s", line[0], err, out)
		}
	}
	return d, nil
}

// mount mounts an image where the disk is. Nothing is written by itself for ten minutes.
func (d disk) mount(image string) error {
	if out, err := exec.Command("mount", "-o", "loop,commit=600", image, d.mounted).CombinedOutput(); err != nil {
		return fmt.Errorf("mount: %w: %s", err, out)
	}
	return nil
}

func (d disk) unmount(t testing.TB) {
	t.Helper()
	if out, err := exec.Command("umount", d.mounted).CombinedOutput(); err != nil {
		t.Fatalf("umount: %v: %s", err, out)
	}
}

// powerCuts cuts the power at the calls of a deed that the flag asks for, and after its end.
func powerCuts(t *testing.T, l *ledger, a *act, whole outcome) {
	if *faultsPower == 0 {
		return
	}
	d, err := newDisk(t)
	if err == nil {
		err = d.mount(d.image)
	}
	if err != nil {
		t.Log("no power cuts: ", err)
		return
	}
	live := filepath.Join(d.mounted, "stage")
	if err := os.Mkdir(live, 0o700); err != nil {
		t.Fatal(err)
	}
	s := a.base.copy(live)
	if out, err := exec.Command("sync").CombinedOutput(); err != nil {
		t.Fatalf("sync: %v: %s", err, out)
	}
	after := a.runIn(t, s, copyKey+"="+strings.Join([]string{d.image, strconv.Itoa(*faultsPower)}, "\x1f"), 0, 0)
	if err := copyImage(d.image, "end"); err != nil {
		t.Fatal(err)
	}
	d.unmount(t)
	if after.code != whole.code {
		t.Fatalf("%s on a disk of its own: exit %d, %s", a.name, after.code, after.out)
	}
	judge := func(cut string, seen outcome, f fault) {
		if err := d.mount(d.image + "-" + cut); err != nil {
			l.tried(powerCut.kind, a.name+", "+cut, []finding{{lost, err.Error()}})
			return
		}
		rebooted(t, s)
		l.tried(powerCut.kind, fmt.Sprintf("%s, call %s of %d", a.name, cut, after.count), a.judge(seen, f))
		d.unmount(t)
		_ = os.Remove(d.image + "-" + cut)
	}
	for call := *faultsPower; call <= after.count; call += *faultsPower {
		judge(strconv.Itoa(call), outcome{stage: s, code: 128 + int(powerCut.signal)}, powerCut)
	}
	judge("end", after, fault{kind: powerCut.kind}) // its answer was read
}

// rebooted makes the locks of git older than this machine's last start, which comes after a power cut.
func rebooted(t testing.TB, s stage) {
	t.Helper()
	before := time.Unix(0, 0)
	err := filepath.WalkDir(filepath.Join(s.plan(), ".git"), func(path string, _ fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".lock" {
			err = os.Chtimes(path, before, before)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// copyImage copies the file of a disk as it is now.
func copyImage(image, name string) error {
	if out, err := exec.Command("cp", "--sparse=always", image, image+"-"+name).CombinedOutput(); err != nil {
		return fmt.Errorf("cp: %w: %s", err, out)
	}
	return nil
}
