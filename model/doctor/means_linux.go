package doctor

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"example.org/tiendo/model/text"
)

// fileSystems are kinds of file systems by the number that statfs gives.
var fileSystems = map[int64]string{
	0x6969: "nfs", 0xff534d42: "cifs", 0xfe534d42: "smb", 0x517b: "smb", 0x5346414f: "afs", 0x6b414653: "afs", 0x00c36400: "ceph",
	0x01021997: "9p", 0x65735546: "fuse", 0x786f4256: "vboxsf", 0x01161970: "gfs2", 0x7461636f: "ocfs2",
	0x794c7630: "overlay", 0x01021994: "tmpfs", 0x858458f6: "ramfs", 0x4d44: "vfat", 0x2011bab0: "exfat",
	0xef53: "ext4", 0x58465342: "xfs", 0x9123683e: "btrfs", 0x2fc12fc1: "zfs", 0xf2f52010: "f2fs",
}

// FileSystem is the kind of file system that a folder lies on; "" when it is not known.
func FileSystem(path string) string {
	var status unix.Statfs_t
	if unix.Statfs(path, &status) != nil {
		return ""
	}
	return fileSystems[int64(status.Type)&0xffffffff] //nolint:unconvert // its type differs between machines
}

// Running finds the programs of git that are at work in these folders or may be:
// those of other users do not say where they are.
func Running(folders []string) (gits []Process, known bool) {
	const processes = "/proc"
	entries, err := os.ReadDir(processes)
	if err != nil {
		return nil, false
	}
	for _, entry := range entries {
		id, err := strconv.Atoi(entry.Name())
		if err != nil || id == os.Getpid() {
			continue
		}
		name, err := os.ReadFile(filepath.Join(processes, entry.Name(), "comm"))
		if err != nil || !strings.HasPrefix(string(name), "git") {
			continue // it has ended, or is another program
		}
		at, err := os.Readlink(filepath.Join(processes, entry.Name(), "cwd"))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil || within(at, folders) {
			gits = append(gits, Process{ID: id, Name: text.Line(strings.TrimSpace(string(name)))})
		}
	}
	return gits, true
}

func within(path string, folders []string) bool {
	for _, folder := range folders {
		if resolved, err := filepath.EvalSymlinks(folder); err == nil {
			folder = resolved
		}
		if path == folder || strings.HasPrefix(path, folder+string(filepath.Separator)) {
			return true
		}
	}
	return false
}
