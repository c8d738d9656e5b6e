package doctor

import "golang.org/x/sys/windows"

// Free is how many bytes the user may still write to the file system of a path.
func Free(path string) (bytes uint64, known bool) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil || windows.GetDiskFreeSpaceEx(name, &bytes, nil, nil) != nil {
		return 0, false
	}
	return bytes, true
}
