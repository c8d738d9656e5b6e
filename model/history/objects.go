package history

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"os/exec"
	"path"
	"strconv"
	"strings"

	"example.org/tiendo/model/history/gitrun"
)

// maxBlob is the largest file that is read from the history, in bytes; data files are smaller.
const maxBlob = 1 << 20

// maxDeaths is how often a reader of objects is started again after git has given up on one.
const maxDeaths = 16

// errMissing says that there is no such file in that commit. It is never said of an object that a commit
// names and that cannot be read: that is an UnreadableError.
var errMissing = errors.New("there is no such file")

// errTooLarge says that a file is larger than a data file can be.
var errTooLarge = errors.New("the file is too large")

// content is what git holds of a file, or why it cannot be read.
type content struct {
	bytes []byte
	err   error
}

// data is the content as one of a data file. What is too large for that comes as bytes that no data file
// has, so that it is named as one that cannot be read.
func (c content) data() ([]byte, error) {
	if errors.Is(c.err, errTooLarge) {
		return []byte{0}, nil
	}
	return c.bytes, c.err
}

// objects reads what git holds through processes: one reads what is wanted now, one reads ahead, and one tells sizes.
type objects struct {
	contents, ahead, sizes *batch
	index                  func(name string) ([]byte, error) // how the index lists a file
	// Files by their ids: those of the last fetch, and those of the one before it, since neighbours share many.
	blobs, earlier map[string]content
	// The folder that was looked into last: its name, and the ids of the files in it.
	looked string
	ids    map[string]string
}

// batch is a git cat-file that answers one question after the other. It may end at an object that it cannot
// read: then another one goes on.
type batch struct {
	command  func() *exec.Cmd
	stopped  func() error // why nobody waits for answers any more
	running  *exec.Cmd    // nil: none
	in       io.WriteCloser
	out      *bufio.Reader
	deaths   int
	hopeless error // why no more is asked
}

// objects makes a reader. Its processes start when they are needed; close must follow.
func (r *runner) objects(ctx context.Context) *objects {
	index := func(name string) ([]byte, error) { return r.ask(ctx, "ls-files", "--stage", "--", name) }
	return &objects{
		contents: r.batch(ctx, "--batch"), ahead: r.batch(ctx, "--batch"), sizes: r.batch(ctx, "--batch-check"),
		index: index, blobs: map[string]content{},
	}
}

func (r *runner) batch(ctx context.Context, how string) *batch {
	return &batch{stopped: ctx.Err, command: func() *exec.Cmd {
		command := gitrun.Command(ctx, r.top, r.hook, "cat-file", how)
		command.Stderr = &bytes.Buffer{}
		return command
	}}
}

// start starts the process, if it does not run.
func (b *batch) start() error {
	if b.running != nil || b.hopeless != nil {
		return b.hopeless
	}
	command := b.command()
	in, err := command.StdinPipe()
	if err != nil {
		return err
	}
	out, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	b.in, b.out = in, bufio.NewReaderSize(out, 64<<10)
	if err := command.Start(); err != nil {
		return err
	}
	b.running = command
	return nil
}

func (b *batch) close() {
	if b.running == nil {
		return
	}
	_ = b.in.Close()
	_ = b.running.Wait() // it ends with its input
	b.running = nil
}

// died is what a process that has ended before its time says. Where it is of no use to ask for more, the reason stays.
func (b *batch) died(name string) error {
	command := b.running
	b.close()
	if err := b.stopped(); err != nil {
		return err
	}
	words := ""
	if said, is := command.Stderr.(*bytes.Buffer); is {
		words = said.String()
	}
	err := unreadable(reasonIn(words))
	if words == "" {
		err = unreadable("git cat-file ended at " + name)
	}
	if b.deaths++; b.deaths >= maxDeaths || incomplete(words) { // a remote that is away is not asked for every object
		b.hopeless = err
	}
	return err
}

// ask sends one question.
func (b *batch) ask(name string) error {
	if err := b.start(); err != nil {
		return err
	}
	_, _ = io.WriteString(b.in, name+"\n") // where it has ended there is no answer
	return nil
}

// header reads the first line of the next answer.
func (b *batch) header(name string) (id, kind string, size int64, err error) {
	head, err := b.out.ReadString('\n')
	if err != nil {
		return "", "", 0, b.died(name)
	}
	fields := strings.Fields(strings.TrimSpace(head))
	if len(fields) != 3 {
		return "", "", 0, unreadable(strings.TrimSpace(head)) // "missing", "ambiguous"
	}
	if size, err = strconv.ParseInt(fields[2], 10, 64); err != nil {
		return "", "", 0, unreadable(strings.TrimSpace(head))
	}
	return fields[0], fields[1], size, nil
}

// tree gives the bytes of a folder as git keeps it, and its id.
func (b *batch) tree(name string) (content, id string, err error) {
	if strings.Contains(name, "\n") { // it would be two questions
		return "", "", unreadable("a name of more than one line")
	}
	if err := b.ask(name); err != nil {
		return "", "", err
	}
	id, bytes, err := b.answer(name, "tree", maxTree)
	return string(bytes), id, err
}

// answer reads the next answer.
func (b *batch) answer(name, wanted string, most int64) (id string, content []byte, err error) {
	id, kind, size, err := b.header(name)
	if err != nil {
		return "", nil, err
	}
	fits := size <= most
	read := bytes.NewBuffer(make([]byte, 0, min(size, most)))
	keep := io.Writer(read)
	if !fits {
		keep = io.Discard
	}
	if _, err := io.CopyN(keep, b.out, size); err != nil {
		return "", nil, b.died(name)
	}
	if _, err := b.out.Discard(1); err != nil { // the line end after it
		return "", nil, b.died(name)
	}
	if kind != wanted {
		return "", nil, unreadable(name + " is a " + kind)
	}
	if !fits {
		return id, nil, errTooLarge
	}
	return id, read.Bytes(), nil
}

func (o *objects) close() {
	o.contents.close()
	o.ahead.close()
	o.sizes.close()
}

// size is how large an object is, in bytes.
func (o *objects) size(id string) (int64, error) {
	if err := o.sizes.ask(id); err != nil {
		return 0, err
	}
	_, _, size, err := o.sizes.header(id)
	return size, err
}

// read reads one object now.
func (o *objects) read(name, kind string, most int64) (id string, content []byte, err error) {
	if err := o.contents.ask(name); err != nil {
		return "", nil, err
	}
	return o.contents.answer(name, kind, most)
}

// maxTree is the largest folder that is read from the history, in bytes: a million files.
const maxTree = 100 << 20

// find gives the id of a file of a commit, or of the index for ""; errMissing where it has no such file.
func (o *objects) find(commit, name string) (id string, err error) {
	if commit == "" {
		return o.findStaged(name)
	}
	folder, base := path.Split(name)
	if looked := commit + ":" + folder; o.looked != looked {
		ids, err := o.list(commit, strings.TrimSuffix(folder, "/"))
		if err != nil {
			return "", err
		}
		o.looked, o.ids = looked, ids
	}
	id, there := o.ids[base]
	if !there {
		return "", errMissing
	}
	return id, nil
}

// findStaged gives the id of a file of the index.
func (o *objects) findStaged(name string) (id string, err error) {
	out, err := o.index(name)
	if fields := strings.Fields(string(out)); err == nil && len(fields) > 2 && fields[2] == "0" { // mode, id, stage
		return fields[1], nil
	}
	return "", cmp.Or(err, errMissing)
}

// versions reads what several states have of a file, each into its place; where one has no file nothing is put there.
func (o *objects) versions(name string, states map[string]*[]byte) error {
	for from, into := range states {
		id, err := o.find(from, name)
		if err == nil {
			*into, err = o.blob(id)
		}
		if err != nil && !errors.Is(err, errMissing) {
			return err
		}
	}
	return nil
}

// list gives the ids of the files in a folder of a commit; none where it has no such folder.
func (o *objects) list(commit, folder string) (map[string]string, error) {
	tree := commit + "^{tree}"
	for inside := range strings.SplitSeq(folder, "/") {
		if inside == "" {
			break // the top
		}
		_, folders, err := o.readTree(tree)
		if err != nil {
			return nil, err
		}
		below, there := folders[inside]
		if !there {
			return map[string]string{}, nil
		}
		tree = below
	}
	files, _, err := o.readTree(tree)
	return files, err
}

// readTree reads a folder: its files and its folders by their names.
func (o *objects) readTree(tree string) (files, folders map[string]string, err error) {
	id, entries, err := o.read(tree, "tree", maxTree)
	if err != nil {
		return nil, nil, err
	}
	files, folders = map[string]string{}, map[string]string{}
	for length := len(id) / 2; len(entries) > 0; {
		head, rest, found := bytes.Cut(entries, []byte{0})
		mode, name, named := strings.Cut(string(head), " ")
		if !found || !named || len(rest) < length {
			return nil, nil, unreadable(id + ": bad tree")
		}
		switch into := hex.EncodeToString(rest[:length]); mode {
		case "40000":
			folders[name] = into
		case "160000": // another repository
		default:
			files[name] = into
		}
		entries = rest[length:]
	}
	return files, folders, nil
}

// fetch reads many files at once: git need not wait for each question, nor we for each answer.
// It may run beside everything else but another fetch.
func (o *objects) fetch(ids []string) (map[string]content, error) {
	fetched := make(map[string]content, len(ids))
	var wanted []string
	for _, id := range ids {
		if _, asked := fetched[id]; !asked && !isNone(id) {
			fetched[id] = content{}
			wanted = append(wanted, id)
		}
	}
	for len(wanted) > 0 {
		if err := o.ahead.start(); err != nil {
			if o.ahead.hopeless == nil {
				return nil, err
			}
			for _, id := range wanted {
				fetched[id] = content{err: err}
			}
			break
		}
		wanted = wanted[o.ahead.askMany(wanted, fetched):]
	}
	return fetched, nil
}

// askMany asks for many files, and gives how many were answered before the process ended.
func (b *batch) askMany(ids []string, into map[string]content) int {
	asked, running, in := make(chan struct{}), b.running, b.in
	go func() {
		_, _ = io.WriteString(in, strings.Join(ids, "\n")+"\n") // where it has ended there are no answers
		close(asked)
	}()
	for i, id := range ids {
		_, read, err := b.answer(id, "blob", maxBlob)
		into[id] = content{read, err}
		if b.running != running {
			<-asked
			return i + 1
		}
	}
	<-asked
	return len(ids)
}

// have adds files that were fetched, and forgets those of long ago.
func (o *objects) have(fetched map[string]content) { o.earlier, o.blobs = o.blobs, fetched }

// isNone reports whether an id is that of no file.
func isNone(id string) bool { return strings.Trim(id, "0") == "" }

// blob gives the content of a file by its id. The caller must not change it. An id that is none is missing.
func (o *objects) blob(id string) ([]byte, error) {
	content := o.content(id)
	return content.bytes, content.err
}

func (o *objects) content(id string) content {
	if isNone(id) {
		return content{err: errMissing}
	}
	kept, known := o.blobs[id]
	if !known {
		kept, known = o.earlier[id]
	}
	if !known {
		_, kept.bytes, kept.err = o.read(id, "blob", maxBlob)
		o.blobs[id] = kept
	}
	return kept
}
