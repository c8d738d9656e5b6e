//go:build !unix

package terminal

// OnHangup does nothing here: Windows tells a program that its console was closed by what arrives as SIGTERM,
// which Bubble Tea handles.
func OnHangup(func()) (stop func()) { return func() {} }
