// Package visit is a person who came over SSH, whichever way: what they ask for and may
// not ask for, how long they stay and why a session ends, the log of what they changed
// or were refused, and the lines of authorized_keys that let them in. The ways in
// themselves are the commands for OpenSSH and the server.
package visit
