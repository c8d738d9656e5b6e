// Package endtoend holds no code: its tests start the built program from outside, as people use it: in a real
// terminal, with the real OpenSSH client and server, with real git.
package endtoend
