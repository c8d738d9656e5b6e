//go:build linux || darwin || freebsd

package doctor

import "golang.org/x/sys/unix"

// Free is how many bytes the user may still write to the file system of a path.
func Free(path string) (bytes uint64, known bool) {
	var status unix.Statfs_t
	if unix.Statfs(path, &status) != nil || status.Bsize <= 0 {
		return 0, false
	}
	available := int64(status.Bavail)
	return uint64(max(0, available)) * uint64(status.Bsize), true
}
