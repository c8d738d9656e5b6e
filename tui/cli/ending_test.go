//go:build unix

package cli

import (
	"syscall"
	"testing"
	"time"
)

// On a terminal that takes no more output, as one that was stopped or whose line hangs, the program is stuck. It
// ends all the same when it is told to, and leaves the terminal as it was.
func TestStuckDashboardEndsWhenToldTo(t *testing.T) {
	s := start(t, testDemo(t, 0), nil)
	s.await(lastWords)
	s.mutex.Lock() // nobody reads any more
	pace := time.NewTicker(2 * time.Second / framesPerSecond)
	defer pace.Stop()
	for i := range 100 {
		s.press([]string{"1", "3"}[i%2]) // each is another picture
		<-pace.C
	}
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.command.Wait() }()
	select {
	case <-ended:
	case <-time.After(patience):
		t.Error("the program does not end")
		_ = s.command.Process.Kill()
		<-ended
	}
	s.mutex.Unlock()
}
