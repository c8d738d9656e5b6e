package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// withDriver are options with which git uses a merge driver for the data files, whatever
// its configuration says: a merge that is tiendo's own never falls back to text.
func (r *runner) withDriver(ctx context.Context, dir, command string) ([]string, error) {
	folder, err := r.Folder(dir)
	if err != nil {
		return nil, err
	}
	if err := durable.MakeFolder(r.Dir(), durable.Own); err != nil {
		return nil, err
	}
	var attributes strings.Builder
	if out, err := r.run(ctx, nil, nil, "config", "--type=path", "--get", "core.attributesFile"); err == nil {
		attributes.WriteString(readLines(strings.TrimSuffix(string(out), "\n")))
	} else if config, err := os.UserConfigDir(); err == nil {
		attributes.WriteString(readLines(filepath.Join(config, "git", "attributes")))
	}
	attributes.WriteString(driverAttributes(folder))
	file := filepath.Join(r.Dir(), "attributes")
	if now, err := os.ReadFile(file); err != nil || string(now) != attributes.String() {
		if err := durable.Replace(file, []byte(attributes.String()),
			durable.Options{Mode: durable.OwnMode(file)}); err != nil {
			return nil, err
		}
	}
	return append(driverOptions(command, file), "-c", "merge.conflictStyle=merge", "-c", "merge.autoStash=false", "-c",
		"merge.verifySignatures=false",
		"-c", "merge.renames=true", "-c", "rerere.enabled=false"), nil
}

// driverAttributes say that the data files are merged by the driver.
func driverAttributes(folder string) string {
	var attributes strings.Builder
	for _, name := range dataPaths(folder) {
		pattern := "/" + literal.Replace(name)
		if !strings.HasSuffix(name, ".toml") {
			pattern += "/**/*.toml"
		}
		fmt.Fprintf(&attributes, "\"%s\" merge=%s\n", quotable.Replace(pattern), Driver)
	}
	return attributes.String()
}

// driverOptions are options with which git uses the driver where a file of attributes says so.
func driverOptions(command, attributes string) []string {
	return []string{
		"-c", "merge." + Driver + ".name=tiendo", "-c", "merge." + Driver + ".driver=" + command, "-c",
		"core.attributesFile=" + attributes,
	}
}

// literal takes from a path what would be a pattern, quotable writes a pattern between quotation marks.
var (
	literal  = strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`)
	quotable = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
)

// readLines reads a file that need not exist, with a line end at its end.
func readLines(file string) string {
	content, err := os.ReadFile(file)
	if err != nil || len(content) == 0 {
		return ""
	}
	return strings.TrimSuffix(string(content), "\n") + "\n"
}

// scratch is an environment in which git sees the repository, but an empty work tree: what it
// writes while it merges goes nowhere else.
func (r *runner) scratch() []string {
	return []string{"GIT_DIR=" + r.gitDir, "GIT_WORK_TREE=" + r.Dir()}
}

// mergedTree is what git makes of two commits, without touching the index or the work tree.
type mergedTree struct {
	tree      string
	conflicts []string // paths that it could not merge
	open      []string // their versions, as update-index takes them
}

// mergeTree merges two commits in git's own store.
func (r *runner) mergeTree(ctx context.Context, driver []string, ours, theirs string) (mergedTree, error) {
	merged, err := r.writeTree(ctx, driver, ours, theirs)
	failed, isGit := errors.AsType[*gitrun.Error](err)
	switch {
	case isGit && strings.Contains(failed.Words, "unrelated histories"):
		return mergedTree{}, phrase.Refuse(phrase.Say(
			"the remote holds a history that has nothing in common with this one; nothing has changed here"),
			phrase.Say("look whether the remote is the right one: git remote --verbose"))
	case isGit && gitrun.ExitCode(err) == 129:
		return mergedTree{}, phrase.Refuse(phrase.Say("this git is too old to merge without touching the files"),
			phrase.Say("sync needs git 2.38 or later: git version"))
	}
	return merged, err
}

// usesDriver asks whether the driver is used for data files with these options: a file of
// attributes that wins over ours may say otherwise.
func (r *runner) usesDriver(ctx context.Context, driver []string, dir, within string, env []string) error {
	folder, err := r.Folder(dir)
	if err != nil {
		return err
	}
	var paths []string
	for _, name := range dataPaths(folder) {
		if !strings.HasSuffix(name, ".toml") {
			name += "/x.toml"
		}
		paths = append(paths, name)
	}
	args := append(append([]string{}, driver...), "check-attr", "-z", "merge", "--")
	out, err := gitrun.Run(ctx, within, nil, env, append(args, paths...)...)
	if err != nil {
		return err
	}
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	for i := 2; i < len(fields); i += 3 {
		if fields[i] != Driver {
			return phrase.Refuse(phrase.Say("git is told to merge %s otherwise than entry by entry, so nothing was merged",
				text.Line(fields[i-2])),
				phrase.Say("look for merge= in the files .gitattributes and .git/info/attributes; `tiendo doctor` says which"))
		}
	}
	return nil
}

// Merging reports whether a merge is in progress.
func (r *worktree) Merging() bool { return exists(filepath.Join(r.gitDir, mergeHead)) }

// unmergedPaths are the blobs of every path that is in conflict, by the number of their version.
func (r *worktree) unmergedPaths(ctx context.Context) (paths []string, blobs map[string][3]string, err error) {
	out, err := r.run(ctx, nil, nil, "ls-files", "--unmerged", "-z")
	if err != nil {
		return nil, nil, err
	}
	blobs = map[string][3]string{}
	for record := range strings.SplitSeq(string(out), "\x00") {
		about, path, _ := strings.Cut(record, "\t")
		fields := strings.Fields(about) // mode, blob, number
		if len(fields) != 3 || fields[2] < "1" || fields[2] > "3" {
			continue
		}
		versions, known := blobs[path]
		if !known {
			paths = append(paths, path)
		}
		versions[fields[2][0]-'1'] = fields[1]
		blobs[path] = versions
	}
	return paths, blobs, nil
}

// Unmerged lists the data files that a merge in progress could not merge, with their
// versions as git keeps them, and names the other files that it could not.
func (r *Repository) Unmerged(ctx context.Context, dir string) (files []review.Unmerged, others []string, err error) {
	if !r.Merging() {
		return nil, nil, nil
	}
	folder, err := r.Folder(dir)
	if err != nil {
		return nil, nil, err
	}
	paths, blobs, err := r.unmergedPaths(ctx)
	if err != nil {
		return nil, nil, err
	}
	objects := r.objects(ctx)
	defer objects.close()
	for _, path := range paths {
		if !isData(folder, path) {
			others = append(others, text.Line(path))
			continue
		}
		file := review.Unmerged{Path: filepath.Join(r.top, filepath.FromSlash(path))}
		for i, into := range []*[]byte{&file.Base, &file.Ours, &file.Theirs} {
			if id := blobs[path][i]; id != "" {
				content, err := objects.blob(id)
				if err != nil {
					return nil, nil, err
				}
				*into = content
			}
		}
		file.OursBy, file.TheirsBy = r.lastOfSides(ctx, path, "HEAD", mergeHead)
		files = append(files, file)
	}
	return files, others, nil
}

// isData reports whether a path of the work tree is that of a data file.
func isData(folder, path string) bool { return strings.HasSuffix(dataName(folder, path), ".toml") }

// lastOfSides is who committed a path last on each of two sides, not counting what both have.
func (r *archive) lastOfSides(ctx context.Context, path, ours, theirs string) (ourBy, theirBy review.Authorship) {
	return r.lastMade(ctx, path, ours, "^"+theirs), r.lastMade(ctx, path, theirs, "^"+ours)
}

// lastMade is who committed a path last, of some commits as git log takes them.
func (r *archive) lastMade(ctx context.Context, path string, commits ...string) review.Authorship {
	args := append([]string{"log", "-1", "--format=%an%x00%ae%x00%aI", "--no-show-signature", "--no-merges"}, commits...)
	out, err := r.run(ctx, nil, nil, append(args, "--", path)...)
	fields := strings.Split(strings.TrimSpace(string(out)), "\x00")
	if err != nil || len(fields) != 3 {
		return review.Authorship{}
	}
	at, _ := time.Parse(time.RFC3339, fields[2]) // zero when git does not know it
	return review.Authorship{Name: text.Line(fields[0]), Email: text.Line(fields[1]), At: at}
}

// Stage tells git that a file that was in conflict is settled: as it stands in the work
// tree, or gone when it does not stand there.
func (r *Repository) Stage(ctx context.Context, path string) error {
	name, err := r.relative(path)
	if err != nil {
		return err
	}
	args := []string{"add", "--", name}
	if _, err := os.Lstat(path); os.IsNotExist(err) {
		args = []string{"rm", "--cached", "--quiet", "--ignore-unmatch", "--", name}
	}
	return r.changePatiently(ctx, args...)
}

// Merged gives the versions of the data files that both sides of the merge in progress
// have changed, and what stands in the index for them; nil is a version without the file.
func (r *Repository) Merged(ctx context.Context, dir string) (files []review.MergedFile, err error) {
	folder, err := r.Folder(dir)
	if err != nil {
		return nil, err
	}
	out, err := r.run(ctx, nil, nil, "merge-base", "HEAD", mergeHead)
	if err != nil {
		return nil, err
	}
	return r.bothChanged(ctx, folder, strings.TrimSpace(string(out)), "HEAD", mergeHead, "")
}

// bothChanged compares two sides with their base and gives the data files that both have
// changed, with what a tree, or the index for "", holds for them.
func (r *Repository) bothChanged(ctx context.Context, folder, base, ours, theirs, tree string) ([]review.MergedFile,
	error) {
	changed := map[string]int{}
	var paths []string
	for _, side := range []string{ours, theirs} {
		out, err := r.run(ctx, nil, nil, "diff-tree", "-r", "-z", "--name-only", "--no-renames", base, side, "--")
		if err != nil {
			return nil, err
		}
		for path := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
			if isData(folder, path) {
				if changed[path]++; changed[path] == 2 {
					paths = append(paths, path)
				}
			}
		}
	}
	if len(paths) == 0 {
		return nil, nil
	}
	objects := r.objects(ctx)
	defer objects.close()
	var files []review.MergedFile
	for _, path := range paths {
		file := review.MergedFile{Unmerged: review.Unmerged{Path: filepath.Join(r.top, filepath.FromSlash(path))}}
		if err := objects.versions(path, map[string]*[]byte{base: &file.Base, ours: &file.Ours, theirs: &file.Theirs,
			tree: &file.Merged}); err != nil {
			return nil, err
		}
		file.OursBy, file.TheirsBy = r.lastOfSides(ctx, path, ours, theirs)
		files = append(files, file)
	}
	return files, nil
}

// FinishMerge makes the commit of a merge in progress in which nothing is in conflict any
// more, as git itself would, by the person. The title is the one that the merge began
// with; the message of the commit is put below it.
func (r *Repository) FinishMerge(ctx context.Context, commit review.Commit) (hash string, err error) {
	if err := r.Settling(); err != nil {
		return "", err
	}
	paths, _, err := r.unmergedPaths(ctx)
	if err != nil {
		return "", err
	}
	if len(paths) > 0 {
		return "", phrase.Refuse(phrase.Say("git still has files in conflict: %s", text.Line(strings.Join(paths, ", "))),
			phrase.Say("settle them in git, then `tiendo resolve --finish`"))
	}
	if hash := r.mergedAlready(ctx); hash != "" {
		_, err := r.change(ctx, nil, nil, "merge", "--quit")
		return hash, err
	}
	message := r.mergeTitle() + "\n"
	if commit.Message != "" {
		message += "\n" + commit.Message
	}
	who := append(author(commit), r.committer(ctx, commit.Recorded, "HEAD", mergeHead)...)
	err = r.patiently(ctx, func() error {
		out, err := r.change(ctx, []byte(message), who, "commit", "--no-verify", "--cleanup=verbatim", "--no-status",
			"--file=-")
		hash = hashOf(out)
		return err
	})
	if err == nil { // after a power cut MERGE_HEAD must not be there again
		err = r.settle()
	}
	return hash, err
}

// mergedAlready is the last commit where it holds the merge in progress, as after a kill before git has said that the
// merge is over. Git begins none with what is held already.
func (r *Repository) mergedAlready(ctx context.Context) string {
	heads, err := os.ReadFile(filepath.Join(r.gitDir, mergeHead))
	if err != nil || !isID(strings.TrimSpace(string(heads))) { // more than one is for git to tell
		return ""
	}
	for _, args := range [][]string{{"merge-base", "--is-ancestor", mergeHead, "HEAD"},
		{"diff-index", "--cached", "--quiet", "HEAD", "--"}} {
		if _, err := r.run(ctx, nil, nil, args...); err != nil {
			return ""
		}
	}
	hash, err := r.Resolve(ctx, "HEAD")
	if err != nil {
		return ""
	}
	return hash[:shortHash]
}

// mergeTitle is the first line of the message with which the merge began.
func (r *Repository) mergeTitle() string {
	begun, _ := os.ReadFile(filepath.Join(r.gitDir, "MERGE_MSG"))
	for line := range strings.Lines(string(begun)) {
		if line = text.Line(strings.TrimSpace(line)); line != "" && !strings.HasPrefix(line, "#") {
			return line
		}
	}
	return "Merge"
}

// IndexTree writes what the index holds as a tree, and gives its id. Git locks the index for it.
func (r *Repository) IndexTree(ctx context.Context) (tree string, err error) {
	err = r.patiently(ctx, func() error {
		out, err := r.change(ctx, nil, nil, "write-tree")
		tree = strings.TrimSpace(string(out))
		return err
	})
	if err == nil && !isID(tree) {
		err = errNoAnswer
	}
	return tree, err
}

// asideFile holds the versions of this clone that are set aside.
const asideFile = "aside.json"

// putAside keeps versions of this clone, after those that lie there already: nobody has decided about them. It is done
// before the commit that leaves them out is sent, since that may go through although nothing after it does. Those of a
// commit that was refused are dropped.
func (s *exchange) putAside(ctx context.Context, joined string) error {
	if len(s.aside) == 0 {
		return nil
	}
	return s.Data.Locked(ctx, func(ctx context.Context) error {
		all, err := s.lyingAside()
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(one aside) bool { return one.refused(ctx, s.Repository) })
		for _, one := range s.aside {
			one.Joined = joined
			all = append(all, one)
		}
		return s.keepAside(all)
	})
}

// arrived reports whether this branch holds the commit that left a version out.
func (a *aside) arrived(ctx context.Context, r *Repository) bool {
	if a.Joined == "" {
		return true
	}
	_, err := r.run(ctx, nil, nil, "merge-base", "--is-ancestor", a.Joined, "HEAD")
	return err == nil
}

// refused reports whether the commit that left a version out has come nowhere.
func (a *aside) refused(ctx context.Context, r *Repository) bool {
	if a.Joined == "" {
		return false
	}
	out, err := r.run(ctx, nil, nil, "for-each-ref", "--count=1", "--contains="+a.Joined)
	return gitrun.ExitCode(err) > 0 || err == nil && len(out) == 0
}

func (r *Repository) lyingAside() (all []aside, err error) {
	_, err = r.readNote(asideFile, &all)
	return all, err
}

func (r *Repository) keepAside(all []aside) error {
	if len(all) > 0 {
		return r.keepNote(asideFile, all)
	}
	if err := os.Remove(filepath.Join(r.Dir(), asideFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return durable.SyncFolder(r.Dir())
}

// Aside are the versions of data files that this clone had when an exchange took those of the remote, the newest first;
// of one file there may be several. Theirs is nil: it is what stands in the work tree.
func (r *Repository) Aside(ctx context.Context, dir string) (files []review.Unmerged, err error) {
	folder, err := r.Folder(dir)
	if err != nil {
		return nil, err
	}
	all, err := r.lyingAside()
	for _, one := range slices.Backward(all) {
		if isData(folder, one.Path) && one.arrived(ctx, r) {
			files = append(files, review.Unmerged{
				Path: filepath.Join(r.top, filepath.FromSlash(one.Path)), Base: one.Base, Ours: one.Ours,
				OursBy: review.Authorship{Name: one.By, Email: one.Mail, At: one.At}, TheirsBy: r.lastMade(ctx, one.Path, "HEAD"),
			})
		}
	}
	return files, err
}

// SettleAside keeps what is left to be decided of a version that is set aside; nil: nothing is.
func (r *Repository) SettleAside(version review.Unmerged, left []byte) error {
	name, err := r.relative(version.Path)
	if err != nil {
		return err
	}
	all, err := r.lyingAside()
	if err != nil {
		return err
	}
	for i, one := range slices.Backward(all) {
		if one.Path != name || !one.At.Equal(version.OursBy.At) || !bytes.Equal(one.Ours, version.Ours) {
			continue
		}
		if all[i].Ours = left; left == nil {
			all = slices.Delete(all, i, i+1)
		}
		return r.keepAside(all)
	}
	return nil
}
