package endtoend

import (
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// crowd is how many sessions the promises speak of.
const crowd = 100

// crowded starts a server with a hundred sessions on which the first picture stands.
func crowded(b *testing.B) (*server, []*screen) {
	b.Helper()
	s := serve(b, "", team...)
	return s, s.crowd()
}

// team are as many as it takes: one person may have only so many connections.
var team = []person{lan, {"hoa", "Trần Thị Hoa", "coordinator", ""}, {"an", "Phạm An", "coordinator", ""}, {"binh", "Vũ Bình", "coordinator", ""}}

func (s *server) crowd() []*screen {
	s.t.Helper()
	screens := make([]*screen, crowd)
	for i := range screens {
		screens[i] = s.dial(team[i%len(team)]).open()
		screens[i].await(help)
	}
	return screens
}

// resident is the memory of the server's process, in KiB.
func (s *server) resident() float64 {
	s.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	if err != nil {
		s.t.Skip("memory is read from Linux's /proc")
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	var kib float64
	if _, err := fmt.Sscan(after, &kib); err != nil {
		s.t.Fatal(err)
	}
	return kib
}

// worked is the processor time of the server's process so far.
func (s *server) worked() time.Duration {
	s.t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.process.Process.Pid))
	if err != nil {
		s.t.Skip("processor time is read from Linux's /proc")
	}
	_, after, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(after)
	var ticks time.Duration
	for _, field := range fields[11:13] { // utime and stime, of which there are 100 a second
		count, err := strconv.Atoi(field)
		if err != nil {
			s.t.Fatal(err)
		}
		ticks += time.Duration(count)
	}
	return ticks * 10 * time.Millisecond //nolint:durationcheck // a number of ticks
}

// received is how many bytes have come to all screens.
func received(screens []*screen) (sum int) {
	for _, screen := range screens {
		sum += len(screen.text())
	}
	return sum
}

// settled waits until the screens stand still, as after the counts that come behind the first picture, and gives how
// much has come by then.
func settled(screens []*screen) int {
	screens[0].t.Helper()
	const still = time.Second
	deadline := time.After(limit)
	for before := received(screens); ; {
		select {
		case <-time.After(still):
		case <-deadline:
			screens[0].t.Fatal("the screens do not come to rest")
		}
		now := received(screens)
		if now == before {
			return now
		}
		before = now
	}
}

// The promise: a hundred idle sessions take at most 256 KiB each and 5 % of one
// core, and nothing is sent to them.
func BenchmarkServeIdle(b *testing.B) {
	s := serve(b, "", team...)
	s.dial(lan).open().await(help) // what the server needs once
	before := s.resident()
	screens := s.crowd()
	after := s.resident()
	sent := settled(screens)
	worked, span := s.worked(), time.Duration(0)
	for b.Loop() {
		started := time.Now()
		<-time.After(3 * time.Second) // idle is to wait
		span += time.Since(started)
	}
	worked = s.worked() - worked
	sent = received(screens) - sent
	b.ReportMetric((after-before)/crowd, "KiB/session")
	b.ReportMetric(100*worked.Seconds()/span.Seconds(), "%-of-a-core")
	b.ReportMetric(float64(sent), "bytes-sent")
}

// keyed presses a key on a screen, and gives the time to the first byte of the answer and its length.
func keyed(s *screen, key string) (time.Duration, int) {
	before := len(s.text())
	for len(s.more) > 0 {
		<-s.more
	}
	started := time.Now()
	s.press(key)
	for len(s.text()) == before {
		select {
		case <-s.more:
		case <-time.After(limit):
			s.t.Error("no answer to a key")
			return limit, 0
		}
	}
	return time.Since(started), len(s.text()) - before
}

// typing presses keys on all screens until stopped, together so many a second, and gives the times of the answers.
func typing(screens []*screen, perSecond int, stop <-chan struct{}) func() []time.Duration {
	var group sync.WaitGroup
	var mutex sync.Mutex
	var all []time.Duration
	pace := time.Second * time.Duration(len(screens)) / time.Duration(perSecond)
	for i, screen := range screens {
		group.Go(func() {
			<-time.After(pace * time.Duration(i) / time.Duration(len(screens)))
			ticks := time.NewTicker(pace)
			defer ticks.Stop()
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				case <-ticks.C:
				}
				took, _ := keyed(screen, string("jk"[n%2]))
				mutex.Lock()
				all = append(all, took)
				mutex.Unlock()
			}
		})
	}
	return func() []time.Duration {
		group.Wait()
		slices.Sort(all)
		return all
	}
}

func percentile(sorted []time.Duration, percent int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return float64(sorted[min(len(sorted)-1, len(sorted)*percent/100)].Microseconds()) / 1000
}

// The promise: with a hundred sessions at 300 keys a second the first byte of an
// answer comes after at most 12 ms in half, and 40 ms in 99 of 100 cases.
func BenchmarkServeKeys(b *testing.B) {
	_, screens := crowded(b)
	stop := make(chan struct{})
	answers := typing(screens, 300, stop)
	for b.Loop() {
		<-time.After(3 * time.Second)
	}
	close(stop)
	sorted := answers()
	b.ReportMetric(percentile(sorted, 50), "ms-p50")
	b.ReportMetric(percentile(sorted, 99), "ms-p99")
}

// The promise: one move of the cursor at 80×24 sends at most 400 bytes.
func BenchmarkServeCursor(b *testing.B) {
	s := serve(b, "", lan)
	screen := s.dial(lan).open()
	screen.await(help)
	bytes, moves := 0, 0
	for b.Loop() {
		_, sent := keyed(screen, string("jk"[moves%2]))
		bytes += sent
		moves++
	}
	b.ReportMetric(float64(bytes)/float64(moves), "bytes/move")
}

// The promise: from the connection to the first whole picture 150 ms.
func BenchmarkServeLogin(b *testing.B) {
	s := serve(b, "", lan)
	for b.Loop() {
		caller := s.dial(lan)
		caller.open().await(help)
		_ = caller.client.Close()
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/login")
}

// attacks are what one client can do to the others, again and again until stopped.
var attacks = map[string]func(s *server, stop <-chan struct{}){
	"silent connections": func(s *server, stop <-chan struct{}) {
		repeated(stop, func() {
			if silent, err := net.DialTimeout("tcp", s.address, limit); err == nil {
				go func() {
					<-stop
					_ = silent.Close()
				}()
			}
		})
	},
	"unknown keys": func(s *server, stop <-chan struct{}) {
		stranger := newSigner(s.t, filepath.Join(s.home, "stranger"))
		repeated(stop, func() {
			_, _ = ssh.Dial("tcp", s.address, &ssh.ClientConfig{Auth: []ssh.AuthMethod{ssh.PublicKeys(stranger)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: limit})
		})
	},
	"refused commands": func(s *server, stop <-chan struct{}) {
		client := s.dial(lan).client
		repeated(stop, func() {
			if session, err := client.NewSession(); err == nil {
				_ = session.Run("rm -rf / " + strings.Repeat("x", 8000))
				_ = session.Close()
			}
		})
	},
	"new sizes": func(s *server, stop <-chan struct{}) {
		screen := s.dial(lan).open()
		screen.await(help)
		size := 0
		repeated(stop, func() {
			size++
			_ = screen.session.WindowChange(20+size%100, 50+size%200)
		})
	},
	"keys without end": func(s *server, stop <-chan struct{}) {
		screen := s.dial(lan).open()
		screen.await(help)
		repeated(stop, func() { _, _ = io.WriteString(screen.keys, strings.Repeat("jk", 2000)) })
	},
	"a client that does not read": func(s *server, stop <-chan struct{}) {
		channel, requests, err := s.dial(lan).client.OpenChannel("session", nil)
		if err != nil {
			s.t.Error(err)
			return
		}
		go ssh.DiscardRequests(requests)
		pty := struct {
			Term                         string
			Columns, Rows, Width, Height uint32
			Modes                        string
		}{Term: "xterm", Columns: 400, Rows: 200}
		_, _ = channel.SendRequest("pty-req", true, ssh.Marshal(&pty))
		_, _ = channel.SendRequest("shell", true, nil)
		repeated(stop, func() { _, _ = io.WriteString(channel, strings.Repeat("1234", 500)) })
	},
	"logins that are cut off": func(s *server, stop <-chan struct{}) {
		repeated(stop, func() {
			client, err := s.connect(lan, "x")
			if err != nil {
				return // "too many connections of lan": part of what is tried here
			}
			if session, err := client.NewSession(); err == nil {
				_ = session.RequestPty("xterm-256color", 24, 80, nil)
				_ = session.Shell()
			}
			_ = client.Close()
		})
	},
}

// repeated does something again and again.
func repeated(stop <-chan struct{}, do func()) {
	for {
		select {
		case <-stop:
			return
		default:
			do()
		}
	}
}

// The promise: whatever one client does, 99 of 100 keys of its neighbours are
// answered within 200 ms. The attacker takes half of the same machine here.
func BenchmarkServeAttacked(b *testing.B) {
	for _, name := range slices.Sorted(maps.Keys(attacks)) {
		b.Run(name, func(b *testing.B) {
			s := serve(b, "", lan)
			var neighbours []*screen
			for range 10 {
				screen := s.dial(lan).open()
				screen.await(help)
				neighbours = append(neighbours, screen)
			}
			stop, attacked := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(attacked) // also where a step of the attack fails the benchmark, which ends only this goroutine
				attacks[name](s, stop)
			}()
			answers, span := typing(neighbours, 100, stop), 3*time.Second
			if name == "silent connections" { // whose effect is rare
				span = 10 * time.Second
			}
			for b.Loop() {
				<-time.After(span)
			}
			close(stop)
			<-attacked
			sorted := answers()
			b.ReportMetric(percentile(sorted, 50), "ms-p50")
			b.ReportMetric(percentile(sorted, 99), "ms-p99")
			b.ReportMetric(float64(len(sorted)), "keys")
		})
	}
}
