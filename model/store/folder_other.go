//go:build !unix

package store

// syncFolder does nothing where folders cannot be synced.
func syncFolder(string) error { return nil }

// sameDevice cannot be told here: temporary files lie beside the file.
func sameDevice(string, string) bool { return false }
