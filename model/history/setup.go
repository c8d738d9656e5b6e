package history

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"time"

	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/machine"
	"example.org/tiendo/model/review"
)

// Driver names the driver in git's configuration and in its attributes.
const Driver = "tiendo"

// Drivers are what git runs for data files. Git keeps them in the configuration of
// one clone, never in what is fetched: whoever clones has them registered anew, and
// until then git merges and shows the files as text.
type Drivers struct {
	Program string // absolute path of this program
	Data    string // the data folder, absolute
}

// settings are the keys of git's configuration with their values. Where the program
// has gone, both commands do what git does without a driver: a failing merge driver
// would leave one side without a trace of the other, and a failing textconv no diff.
// The results of textconv are not cached, because they name things as the plan and
// the roster do now.
func (r *Repository) settings(d Drivers) ([][2]string, error) {
	folder, err := r.Folder(d.Data)
	if err != nil {
		return nil, err
	}
	program := quoted(d.Program)
	command := program
	if folder != "" && folder != "data" { // it would not be found from the top of the work tree, where git runs them
		command += " --data " + quoted(folder)
	}
	escaped := strings.NewReplacer("%", "%%") // git puts files into the place of %A and the like
	key := Driver + "."
	return [][2]string{
		{"merge." + key + "name", "tiendo: entry by entry"},
		{
			"merge." + key + "driver",
			"if test -x " + escaped.Replace(program) + "; then exec " + escaped.Replace(command) + " merge-file %O %A %B %P; " +
				"else exec git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B; fi",
		},
		{"diff." + key + "textconv", "show() { test -x " + program + " && " + command +
			` textconv "$1" || cat "$1"; }; show`},
		{"diff." + key + "xfuncname", "^[^ #].*$"},
	}, nil
}

// quoted writes a word for sh.
func quoted(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

// Registered reports whether git is told of exactly these drivers, and uses them for the data files.
func (r *Repository) Registered(ctx context.Context, d Drivers) (drivers, attributes bool, err error) {
	settings, err := r.settings(d)
	if err != nil {
		return false, false, err
	}
	drivers = true
	for _, setting := range settings {
		value, err := r.run(ctx, nil, nil, "config", "--local", "--get", setting[0])
		if err != nil && gitrun.ExitCode(err) != 1 { // 1: there is no such key
			return false, false, err
		}
		drivers = drivers && strings.TrimSuffix(string(value), "\n") == setting[1]
	}
	attributes, err = r.attributed(ctx, d)
	return drivers, attributes, err
}

// attributed asks git whether the driver is used for data files, and their bytes are left alone.
func (r *Repository) attributed(ctx context.Context, d Drivers) (bool, error) {
	folder, err := r.Folder(d.Data)
	if err != nil {
		return false, err
	}
	var files []string // they stand for all
	for _, name := range []string{planFile, rosterFile, officeFile, progressPath + "/x.toml", progressPath + "/x/y.toml"} {
		files = append(files, path.Join(folder, name))
	}
	out, err := r.run(ctx, nil, nil, append([]string{"check-attr", "-z", "merge", "diff", "text", "--"}, files...)...)
	if err != nil {
		return false, err
	}
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	if len(fields) != 9*len(files) {
		return false, nil
	}
	for i := 0; i+2 < len(fields); i += 3 {
		want := Driver
		if fields[i+1] == "text" {
			want = "unset"
		}
		if fields[i+2] != want {
			return false, nil
		}
	}
	return true, nil
}

// Register tells git of the drivers, in the configuration of this clone. Where the
// files in the repository do not say that the drivers are used, a file beside the
// configuration does: nothing is put into the history.
func (r *Repository) Register(ctx context.Context, d Drivers) error {
	settings, err := r.settings(d)
	if err != nil {
		return err
	}
	for _, setting := range settings {
		if _, err := r.change(ctx, nil, nil, "config", "--local", "--replace-all", setting[0], setting[1]); err != nil {
			return err
		}
	}
	if used, err := r.attributed(ctx, d); err != nil || used {
		return err
	}
	return r.writeAttributes(ctx, d)
}

// writeAttributes adds to the attributes of this clone, which win over those in the repository.
func (r *Repository) writeAttributes(ctx context.Context, d Drivers) error {
	folder, err := r.Folder(d.Data)
	if err != nil {
		return err
	}
	out, err := r.run(ctx, nil, nil, "rev-parse", "--git-path", "info/attributes")
	if err != nil {
		return err
	}
	file := strings.TrimSuffix(string(out), "\n")
	if !filepath.IsAbs(file) {
		file = filepath.Join(r.top, file)
	}
	content, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	var lines strings.Builder
	lines.Write(content)
	if len(content) > 0 && !strings.HasSuffix(string(content), "\n") {
		lines.WriteString("\n")
	}
	lines.WriteString("# tiendo: data files are merged and shown entry by entry, and never converted\n")
	for _, pattern := range []string{"*.toml", progressPath + "/**/*.toml"} {
		fmt.Fprintf(&lines, "%s -text merge=%[2]s diff=%[2]s\n", attributePattern("/"+path.Join(folder, pattern)), Driver)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return err
	}
	return durable.Replace(file, []byte(lines.String()), durable.Options{})
}

// attributePattern writes a pattern for git's attributes, with quotes where it has blanks.
func attributePattern(pattern string) string {
	if !strings.ContainsAny(pattern, " \t\"\\") {
		return pattern
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\t", `\t`).Replace(pattern) + `"`
}

// Imported is a commit to come and what its file holds then.
type Imported struct {
	review.Commit
	Content []byte
}

// Import adds many commits at once on top of the last one, and brings the work tree to
// the newest of them. It is for a folder that was just made up: work that is in no commit would be lost.
func (r *Repository) Import(ctx context.Context, versions []Imported) error {
	if len(versions) == 0 {
		return nil
	}
	var stream bytes.Buffer
	signed := func(role, name, email string, at time.Time) {
		fmt.Fprintf(&stream, "%s %s <%s> %d %s\n", role, identity(name), identity(email), at.Unix(), at.Format("-0700"))
	}
	block := func(content []byte) { fmt.Fprintf(&stream, "data %d\n%s\n", len(content), content) }
	for i, version := range versions {
		path, err := r.relative(version.Path)
		if err != nil {
			return err
		}
		stream.WriteString("commit refs/heads/main\n")
		signed("author", version.AuthorName, version.AuthorEmail, version.When)
		signed("committer", committerName, committerEmail, version.When)
		block([]byte(version.Message))
		if i == 0 {
			stream.WriteString("from refs/heads/main^0\n")
		}
		fmt.Fprintf(&stream, "M 100644 inline %s\n", path)
		block(version.Content)
	}
	if _, err := r.run(ctx, stream.Bytes(), nil, "fast-import", "--quiet"); err != nil {
		return err
	}
	_, err := r.run(ctx, nil, nil, "reset", "--quiet", "--hard")
	return err
}

// When git is asked to pack the repository: its own work of that kind is off at a change, which nobody waits for longer
// than need be.
const (
	manyLoose = 27        // objects in one of the 256 folders, by which git, too, guesses how many lie about
	packEvery = time.Hour // at most: what cannot be packed is not tried at every change
)

// packWhenDue lets git pack what changes have left, in the background, as its settings say: `gc.auto = 0` is none.
func (r *runner) packWhenDue() {
	loose, err := os.ReadDir(filepath.Join(string(r.loose()), "17"))
	if err != nil || len(loose) <= manyLoose {
		return
	}
	asked := filepath.Join(r.Dir(), "packed")
	//nolint:forbidigo // the age of a file
	if last, err := os.Stat(asked); err == nil && time.Since(last.ModTime()) < packEvery {
		return
	}
	//nolint:forbidigo // only to look at
	if file, err := durable.Overwrite(asked, []byte(time.Now().Format(time.RFC3339)+"\n")); err != nil ||
		file.Close() != nil {
		return
	}
	//nolint:noctx // nobody waits for it
	command := exec.Command("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c",
		"core.fsync=committed,loose-object", "gc", "--auto", "--quiet")
	command.Dir, command.Env = r.top, gitrun.Environment()
	machine.Apart(command)
	if command.Start() == nil {
		go func() { _ = command.Wait() }()
	}
}
