//go:build !unix

package durable

import "os"

// SyncFolder does nothing where folders cannot be synced.
func SyncFolder(string) error { return nil }

// SameDevice cannot be told here: temporary files lie beside the file.
func SameDevice(string, string) bool { return false }

// giveTo does nothing where files have no owner in the sense of Unix.
func giveTo(*os.File, string) error { return nil }
