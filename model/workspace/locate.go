package workspace

import (
	"os"
	"path/filepath"
)

// planFile marks a data folder, and dataFolder is its usual name.
const (
	PlanFile   = "plan.toml"
	DataFolder = "data"
)

// DataFolderIn is the data folder in a folder or the folder itself; "" when it is neither.
func DataFolderIn(folder string) string {
	for _, dir := range []string{filepath.Join(folder, DataFolder), filepath.Clean(folder)} {
		// What kind of file it is and whether it can be read is for the store to say.
		if info, err := os.Lstat(filepath.Join(dir, PlanFile)); err == nil && !info.IsDir() {
			return dir
		}
	}
	return ""
}
