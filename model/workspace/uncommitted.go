package workspace

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"example.org/tiendo/model/decode"
)

// uncommitted is the last answer of Uncommitted. A server has one dashboard for each session, and all ask after every
// change: git is started again only when the last commit or one of the files is another.
type uncommitted struct {
	mutex sync.Mutex
	state string
	files []string
}

// Aside names the files of which a version of this clone is set aside since an exchange, each once.
func (w *Workspace) Aside(ctx context.Context) (names []string) {
	if w.at != "" {
		return nil
	}
	repository, err := w.reading(ctx)
	if err != nil {
		return nil
	}
	aside, _ := repository.Aside(ctx, w.Dir) // `doctor` says what cannot be read there
	for _, file := range aside {
		if name := w.shownName(file.Path); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Uncommitted names the files of plan and roster that differ from the last commit, so that nobody else has what stands
// there. In the middle of a merge they differ by what git does; of a past state there is nothing to say.
func (w *Workspace) Uncommitted(ctx context.Context) []string {
	if w.at != "" {
		return nil
	}
	repository, err := w.reading(ctx)
	if err != nil || repository.Halted() {
		return nil // who keeps no history misses none
	}
	names := []string{decode.PlanFile, decode.RosterFile, decode.ReportFile}
	w.uncommitted.mutex.Lock()
	defer w.uncommitted.mutex.Unlock()
	state := stateOf(w.Dir, repository.Head(), names)
	if state != "" && state == w.uncommitted.state {
		return slices.Clone(w.uncommitted.files)
	}
	edited, err := repository.Edited(ctx, w.Dir, names...)
	if err != nil {
		return nil // what git complains about is said by whatever asks it for more
	}
	for i := range edited {
		edited[i] = w.shownName(edited[i])
	}
	w.uncommitted.state, w.uncommitted.files = state, edited
	return slices.Clone(edited)
}

// shownName is the name of the file of a plan, a roster or the Office's texts as people know it.
func (w *Workspace) shownName(path string) string {
	return filepath.ToSlash(filepath.Join(w.Shown, filepath.Base(path)))
}

// stateOf tells one state of a commit and of files in a folder from another; "" where the commit is not known.
func stateOf(dir, commit string, names []string) string {
	if commit == "" {
		return ""
	}
	state := strings.Builder{}
	state.WriteString(commit)
	for _, name := range names {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil {
			fmt.Fprintf(&state, "\x00%s %d %d", name, info.ModTime().UnixNano(), info.Size())
		}
	}
	return state.String()
}
