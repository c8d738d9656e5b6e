//go:build !unix

package doctor

import (
	"io/fs"
	"os"
)

// Access looks at the read-only mark, which is all that there is to see here.
func Access(path string, write bool) error {
	info, err := os.Stat(path)
	if err == nil && write && !info.IsDir() && info.Mode().Perm()&0o200 == 0 {
		return fs.ErrPermission
	}
	return err
}
