package machine

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"example.org/tiendo/model/text"
)

// processes is where Linux shows what is running.
const processes = "/proc"

// fileSystems are kinds of file systems by the number that statfs gives.
var fileSystems = map[int64]string{
	0x6969: "nfs", 0xff534d42: "cifs", 0xfe534d42: "smb", 0x517b: "smb", 0x5346414f: "afs", 0x6b414653: "afs",
	0x00c36400: "ceph",
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

// Local reports whether a folder is known to lie on a file system that no other machine writes to.
func Local(path string) bool {
	switch FileSystem(path) {
	case "ext4", "xfs", "btrfs", "zfs", "f2fs", "vfat", "exfat", "tmpfs", "ramfs", "overlay":
		return true
	}
	return false
}

// BeforeStart is called before this program starts a process. Go tries at its first start how the system starts them,
// with a process that shares its memory and runs its handlers of signals: one that comes in that moment, such as that
// of Ctrl+C, leaves both hanging ("fatal: morestack on gsignal"). Here Go tries it while no signal can come between.
func BeforeStart() { beforeStart() }

//nolint:gochecknoglobals // once for the process
var beforeStart = sync.OnceFunc(func() {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var all, before unix.Sigset_t
	for i := range all.Val {
		all.Val[i] = ^all.Val[i]
	}
	if unix.PthreadSigmask(unix.SIG_SETMASK, &all, &before) != nil {
		return
	}
	if itself, err := os.FindProcess(os.Getpid()); err == nil { // the same trial comes before this
		_ = itself.Release()
	}
	_ = unix.PthreadSigmask(unix.SIG_SETMASK, &before, nil)
})

// Gits finds the programs of git that are at work in these folders or may be: those of other users do not say
// where they are. A git may be told of its repository by its working directory, its environment or its command line.
func Gits(folders []string) (gits []Process, known bool) {
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
		if at, over := worksIn(filepath.Join(processes, entry.Name()), folders); at && !over {
			gits = append(gits, Process{ID: id, Name: text.Line(strings.TrimSpace(string(name)))})
		}
	}
	return gits, true
}

// worksIn reports whether a process works in one of some folders or may do so, and whether it is over.
func worksIn(process string, folders []string) (works, over bool) {
	at, err := os.Readlink(filepath.Join(process, "cwd"))
	if ended(err) {
		return false, true
	}
	if err != nil || within(at, folders) {
		return true, false
	}
	for file, option := range map[string]string{"environ": "GIT_DIR=", "cmdline": "--git-dir="} {
		content, err := os.ReadFile(filepath.Join(process, file))
		if err != nil {
			return !ended(err), ended(err)
		}
		for word := range bytes.SplitSeq(content, []byte{0}) {
			named, is := strings.CutPrefix(string(word), option)
			if !is {
				continue
			}
			if !filepath.IsAbs(named) {
				named = filepath.Join(at, named)
			}
			if resolved, err := filepath.EvalSymlinks(named); err == nil {
				named = resolved
			}
			if within(named, folders) {
				return true, false
			}
		}
	}
	return false, false
}

// ended reports whether a process cannot be read because it has ended: before its file was opened, or after.
func ended(err error) bool { return errors.Is(err, fs.ErrNotExist) || errors.Is(err, unix.ESRCH) }

// Started says when a process was started, as the system counts: together with its number it names one process.
// It is "" when there is no such process, or only what is left of one that has ended.
func Started(process int) string {
	content, err := os.ReadFile(filepath.Join(processes, strconv.Itoa(process), "stat"))
	if err != nil {
		return ""
	}
	const state, start = 0, 19
	fields := bytes.Fields(content[bytes.LastIndexByte(content, ')')+1:]) // the name before it may hold anything
	if len(fields) <= start || bytes.ContainsAny(fields[state], "ZX") {
		return ""
	}
	return string(fields[start])
}

// Booted is when this machine was started.
func Booted() (at time.Time, known bool) {
	content, err := os.ReadFile(filepath.Join(processes, "stat"))
	if err != nil {
		return at, false
	}
	for line := range strings.Lines(string(content)) {
		if seconds, is := strings.CutPrefix(line, "btime "); is {
			number, err := strconv.ParseInt(strings.TrimSpace(seconds), 10, 64)
			return time.Unix(number, 0), err == nil
		}
	}
	return at, false
}

func bootID() string {
	id, _ := os.ReadFile(filepath.Join(processes, "sys", "kernel", "random", "boot_id")) // not everywhere
	return strings.TrimSpace(string(id))
}

// Flat reports whether a folder surely holds no other one, without looking through it: a file system of this machine
// counts the folders in a folder among its links, beside its own two.
func Flat(folder string) bool {
	const without = 2
	var status unix.Stat_t
	return unix.Lstat(folder, &status) == nil && status.Nlink == without && Local(folder)
}
