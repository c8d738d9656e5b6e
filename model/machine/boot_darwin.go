package machine

import (
	"time"

	"golang.org/x/sys/unix"
)

// Local reports whether a folder is known to lie on a file system that no other machine writes to.
func Local(path string) bool {
	var status unix.Statfs_t
	return unix.Statfs(path, &status) == nil && status.Flags&unix.MNT_LOCAL != 0
}

// Booted is when this machine was started.
func Booted() (at time.Time, known bool) {
	boot, err := unix.SysctlTimeval("kern.boottime")
	if err != nil {
		return at, false
	}
	return time.Unix(boot.Unix()), true
}
