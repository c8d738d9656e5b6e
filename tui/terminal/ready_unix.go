//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd || solaris

package terminal

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// ready uses select, because poll does not work on terminals everywhere on macOS.
func ready(file *os.File, wait time.Duration) bool {
	fd := int(file.Fd())
	if fd >= unix.FD_SETSIZE {
		return false
	}
	for deadline := time.Now().Add(wait); ; {
		var readable unix.FdSet
		readable.Set(fd)
		left := unix.NsecToTimeval(int64(max(0, time.Until(deadline))))
		n, err := unix.Select(fd+1, &readable, nil, nil, &left)
		if errors.Is(err, unix.EINTR) {
			continue // the Go runtime sends itself signals all the time
		}
		return err == nil && n > 0
	}
}
