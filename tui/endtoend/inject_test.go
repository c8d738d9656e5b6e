//go:build linux && amd64

package endtoend

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// strace counts the calls of each thread by itself, and a Go program moves between threads. This tracer
// counts over all processes of a command, so that "the n-th call" is the same one each time. It is this test
// program again, because it has to reap every process it traces.
const (
	injectKey = "TIENDO_TEST_INJECT"  // the command line: the tracer
	tracedKey = "TIENDO_TEST_TRACED"  // the command line: the tracee, before it becomes the command
	faultKey  = "TIENDO_TEST_FAULT"   // which fault, at which call, below which folder
	countKey  = "TIENDO_TEST_COUNTED" // the file that takes the number of counted calls
	copyKey   = "TIENDO_TEST_COPIED"  // the image of a disk that is copied, and at every how manieth call
)

// A fault is what happens at the nth counted call.
type fault struct {
	kind   string
	signal syscall.Signal
	group  bool // the signal goes to every process of the command
	errno  syscall.Errno
	onward bool // every later call fails, too
}

var faults = []fault{
	{kind: "SIGKILL, one process", signal: syscall.SIGKILL},
	{kind: "SIGKILL, the group", signal: syscall.SIGKILL, group: true},
	{kind: "SIGINT, the group", signal: syscall.SIGINT, group: true},
	{kind: "SIGHUP, the group", signal: syscall.SIGHUP, group: true},
	{kind: "EIO once", errno: syscall.EIO},
	{kind: "ENOSPC once", errno: syscall.ENOSPC},
	{kind: "ENOSPC from there on", errno: syscall.ENOSPC, onward: true},
	{kind: "EROFS from there on", errno: syscall.EROFS, onward: true},
	{kind: "EDQUOT from there on", errno: syscall.EDQUOT, onward: true},
}

// What a counted call needs of the disk.
const (
	needsNothing = iota // a lock, a sync
	needsRights         // to take away or to open what is there
	needsSpace          // to make or fill a file
)

func (f fault) hits(need int) bool {
	switch f.errno {
	case syscall.ENOSPC, syscall.EDQUOT:
		return need == needsSpace
	case syscall.EROFS:
		return need >= needsRights
	}
	return true
}

// Numbers that package syscall does not name for this system.
const (
	sysRenameat2    = 316
	sysSeccompTrace = 0x7ff00000
	sysSeccompAllow = 0x7fff0000
	traceSeccomp    = 0x80
	traceExitKill   = 0x100000
	eventSeccomp    = 7
	noNewPrivileges = 38
)

// counted says where the path or the descriptor of a call stands, and what the call needs. A path has its folder before it.
var counted = map[uint64]struct {
	descriptor bool
	argument   int
	need       int
}{
	syscall.SYS_WRITE: {true, 0, needsSpace}, syscall.SYS_PWRITE64: {true, 0, needsSpace},
	syscall.SYS_FSYNC: {true, 0, needsNothing}, syscall.SYS_FDATASYNC: {true, 0, needsNothing},
	syscall.SYS_FTRUNCATE: {true, 0, needsRights}, syscall.SYS_FCHMOD: {true, 0, needsRights}, syscall.SYS_FLOCK: {true, 0, needsNothing},
	syscall.SYS_OPEN: {false, 0, needsRights}, syscall.SYS_OPENAT: {false, 1, needsRights},
	syscall.SYS_MKDIR: {false, 0, needsSpace}, syscall.SYS_MKDIRAT: {false, 1, needsSpace},
	syscall.SYS_RENAME: {false, 1, needsSpace}, syscall.SYS_RENAMEAT: {false, 3, needsSpace}, sysRenameat2: {false, 3, needsSpace},
	syscall.SYS_LINK: {false, 1, needsSpace}, syscall.SYS_LINKAT: {false, 3, needsSpace},
	syscall.SYS_SYMLINK: {false, 1, needsSpace}, syscall.SYS_SYMLINKAT: {false, 2, needsSpace},
	syscall.SYS_UNLINK: {false, 0, needsRights}, syscall.SYS_UNLINKAT: {false, 1, needsRights}, syscall.SYS_RMDIR: {false, 0, needsRights},
	syscall.SYS_CHMOD: {false, 0, needsRights}, syscall.SYS_FCHMODAT: {false, 1, needsRights},
}

// becomeTraced lets the counted calls of this thread, and of what it becomes and starts, stop for the tracer.
func becomeTraced() error {
	runtime.LockOSThread()
	type instruction struct {
		code           uint16
		yes, otherwise uint8
		k              uint32
	}
	program := []instruction{{code: 0x20}} // load the number of the call
	for call := range counted {
		program = append(program, instruction{0x15, 0, 1, uint32(call)}, instruction{0x06, 0, 0, sysSeccompTrace})
	}
	program = append(program, instruction{0x06, 0, 0, sysSeccompAllow})
	filter := struct {
		length uint16
		first  *instruction
	}{uint16(len(program)), &program[0]}
	line := strings.Split(os.Getenv(tracedKey), "\x1f")
	var rest []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TIENDO_TEST_") {
			rest = append(rest, variable)
		}
	}
	if _, _, errno := syscall.RawSyscall6(syscall.SYS_PRCTL, noNewPrivileges, 1, 0, 0, 0, 0); errno != 0 {
		return errno
	}
	const setSeccomp, withFilter = 22, 2
	if _, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, setSeccomp, withFilter, uintptr(unsafe.Pointer(&filter))); errno != 0 {
		return errno
	}
	return syscall.Exec(line[0], line, rest)
}

// tracer follows all processes of a command.
type tracer struct {
	fault  fault
	at     int // the counted call that is hit; 0 for none
	root   string
	count  int
	child  int
	traced map[int]bool
	image  string // of the disk that holds the root; "" is none
	every  int    // how many counted calls pass from one copy of it to the next
}

// inject runs a command with a fault, and gives its exit code, 128 and the signal when one ended it.
func inject() (int, error) {
	runtime.LockOSThread()
	t := &tracer{traced: map[int]bool{}}
	parts := strings.Split(os.Getenv(faultKey), "\x1f") // which, at, root
	which, err := strconv.Atoi(parts[0])
	if err == nil {
		t.fault, t.root = faults[which], parts[2]
		t.at, err = strconv.Atoi(parts[1])
	}
	if image, every, copied := strings.Cut(os.Getenv(copyKey), "\x1f"); copied && err == nil {
		t.image = image
		t.every, err = strconv.Atoi(every)
	}
	if err != nil {
		return 0, err
	}
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	environment := append(os.Environ(), tracedKey+"="+os.Getenv(injectKey))
	process, err := os.StartProcess(self, []string{self}, &os.ProcAttr{
		Env: environment, Files: []*os.File{os.Stdin, os.Stdout, os.Stderr}, Sys: &syscall.SysProcAttr{Ptrace: true, Setpgid: true},
	})
	if err != nil {
		return 0, err
	}
	t.child = process.Pid
	code, err := t.follow()
	if err == nil {
		err = os.WriteFile(os.Getenv(countKey), []byte(strconv.Itoa(t.count)), 0o600)
	}
	return code, err
}

// follow lets the processes run until the last one has ended.
func (t *tracer) follow() (int, error) {
	const allKinds = 0x40000000
	code := 0
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, allKinds, nil)
		switch {
		case err == syscall.EINTR:
			continue
		case err == syscall.ECHILD:
			return code, nil
		case err != nil:
			return 0, err
		case status.Exited() || status.Signaled():
			delete(t.traced, pid)
			if pid == t.child {
				code = status.ExitStatus()
				if status.Signaled() {
					code = 128 + int(status.Signal())
				}
			}
			continue
		}
		deliver, fresh := 0, !t.traced[pid]
		t.traced[pid] = true
		switch signal := status.StopSignal(); {
		case fresh && pid == t.child:
			err = syscall.PtraceSetOptions(pid, syscall.PTRACE_O_TRACEFORK|syscall.PTRACE_O_TRACEVFORK|
				syscall.PTRACE_O_TRACECLONE|syscall.PTRACE_O_TRACEEXEC|traceSeccomp|traceExitKill)
		case signal == syscall.SIGTRAP && status>>16 == eventSeccomp:
			err = t.call(pid)
		case signal != syscall.SIGTRAP && signal != syscall.SIGSTOP:
			deliver = int(signal)
		}
		if err == nil {
			err = syscall.PtraceCont(pid, deliver)
		}
		if err != nil && err != syscall.ESRCH { // it may have been killed
			return 0, err
		}
	}
}

// call counts a call, and makes the fault.
func (t *tracer) call(pid int) error {
	var registers syscall.PtraceRegs
	if err := syscall.PtraceGetRegs(pid, &registers); err != nil {
		return err
	}
	need, below := t.need(pid, &registers)
	if !below {
		return nil
	}
	t.count++
	if t.image != "" && t.count%t.every == 0 {
		return copyImage(t.image, strconv.Itoa(t.count))
	}
	if t.at == 0 || t.count < t.at || t.count > t.at && !t.fault.onward || !t.fault.hits(need) {
		return nil
	}
	if t.fault.errno != 0 {
		registers.Orig_rax, registers.Rax = ^uint64(0), uint64(-int64(t.fault.errno))
		return syscall.PtraceSetRegs(pid, &registers)
	}
	if !t.fault.group {
		return syscall.Kill(pid, t.fault.signal)
	}
	if t.fault.signal != syscall.SIGKILL {
		return syscall.Kill(-t.child, t.fault.signal)
	}
	for other := range t.traced { // those that left the group, too
		_ = syscall.Kill(other, syscall.SIGKILL) // one that has ended just now is no failure
	}
	return nil
}

// need tells what a call needs, and whether it is about a file below the root.
func (t *tracer) need(pid int, registers *syscall.PtraceRegs) (int, bool) {
	call := counted[registers.Orig_rax]
	arguments := [...]uint64{registers.Rdi, registers.Rsi, registers.Rdx, registers.R10}
	if call.descriptor {
		path, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", pid, int32(arguments[0])))
		return call.need, err == nil && strings.HasPrefix(path, t.root)
	}
	if registers.Orig_rax == syscall.SYS_OPEN || registers.Orig_rax == syscall.SYS_OPENAT {
		flags := arguments[call.argument+1]
		if flags&(syscall.O_CREAT|syscall.O_WRONLY|syscall.O_RDWR|syscall.O_TRUNC) == 0 {
			return 0, false
		}
		if flags&syscall.O_CREAT != 0 {
			call.need = needsSpace
		}
	}
	path := pathAt(pid, arguments[call.argument])
	if !filepath.IsAbs(path) {
		folder, _ := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid)) // nothing here names another folder than a data folder
		path = filepath.Join(folder, path)
	}
	return call.need, strings.HasPrefix(path, t.root)
}

// pathAt reads a path out of a process.
func pathAt(pid int, address uint64) string {
	memory, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		return ""
	}
	defer memory.Close()
	content := make([]byte, 4096)
	n, _ := memory.ReadAt(content, int64(address)) // it may end with the page
	path, _, _ := bytes.Cut(content[:n], []byte{0})
	return string(path)
}

// killedAt runs a command in a folder, kills it with all that it has started at a counted call, and reports whether it got so far.
func killedAt(t testing.TB, dir, home string, at int, line ...string) bool {
	t.Helper()
	const kind = 1 // the whole group
	a := &act{deed: deed{name: filepath.Base(line[0]), args: line[1:], outside: true}, base: stage{dir, home}, tiendo: line[0]}
	return a.runIn(t, a.base, "", kind, at).code == 128+int(syscall.SIGKILL)
}

// startedToInject says whether this process is part of an injection, and does its part.
func startedToInject() (code int, is bool) {
	switch {
	case os.Getenv(tracedKey) != "":
		fmt.Fprintln(os.Stderr, "injection:", becomeTraced())
		return 125, true
	case os.Getenv(injectKey) != "":
		code, err := inject()
		if err != nil {
			fmt.Fprintln(os.Stderr, "injection:", err)
			code = 125
		}
		return code, true
	}
	return 0, false
}
