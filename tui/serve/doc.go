// Package serve is the SSH server of `tiendo serve`: staff at office computers come in with their SSH key and
// get the dashboard, or the answer of one of the allowed commands, and nothing else.
//
// It stands on golang.org/x/crypto/ssh itself. The usual companion of Bubble Tea v1, wish v1 with its own fork
// of an SSH package, gets no more fixes: it has no time limit for the handshake, a panic in a handler can end
// the server for all, closing one session of a shared connection leaves its program spinning, and
// environment and window requests have no bounds. The rules that matter here (who signed, what may be asked,
// how much, for how long) are few enough to be read in one place.
//
// What one client does touches no other. Each session has its own program, goroutines and queue of output; a
// client that does not read stops only its own; a panic ends only its own session; whatever a client can send
// without end has a limit.
//
// The pictures are drawn here and not by Bubble Tea's renderer, which wakes up many times a second in every
// session although nothing has changed, and holds up its program when the client does not read.
package serve
