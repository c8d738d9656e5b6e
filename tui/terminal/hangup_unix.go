//go:build unix

package terminal

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// OnHangup calls f, once and on a goroutine of its own, when the terminal is gone (SIGHUP: window closed,
// connection lost). Bubble Tea v1 handles SIGINT and SIGTERM only; a hang-up would end the process in the
// middle of a write, with drafts unsaved. Under nohup, which asks to outlive the terminal, f is never called.
//
// stop ends that and may be called more than once. It does not wait for f.
func OnHangup(f func()) (stop func()) {
	if signal.Ignored(syscall.SIGHUP) {
		return func() {}
	}
	hangup, stopped := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(hangup, syscall.SIGHUP)
	go func() {
		select {
		case <-hangup:
			f()
		case <-stopped:
		}
	}()
	return sync.OnceFunc(func() {
		signal.Stop(hangup)
		close(stopped)
	})
}
