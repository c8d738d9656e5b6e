package history

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
)

// maxBlob is the largest file that is read from the history, in bytes; data files are smaller.
const maxBlob = 1 << 20

// errMissing says that there is no such object, for example no such file in that commit.
var errMissing = errors.New("there is no such object")

// objects reads what git holds through processes: one names, one reads what is
// wanted now, and one reads ahead.
type objects struct {
	names, contents, ahead *batch
	// Files by their ids: those of the last fetch, and those of the one before it, since neighbours share many.
	blobs, earlier map[string][]byte
}

// batch is a git cat-file that answers line by line.
type batch struct {
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

// objects makes a reader. Its processes start when they are needed; close must follow.
func (r *Repository) objects(ctx context.Context) *objects {
	return &objects{
		names: r.batch(ctx, "--batch-check"), contents: r.batch(ctx, "--batch"), ahead: r.batch(ctx, "--batch"),
		blobs: map[string][]byte{},
	}
}

func (r *Repository) batch(ctx context.Context, how string) *batch {
	command := exec.CommandContext(ctx, "git", append(append([]string{}, quiet...), "cat-file", how)...)
	command.Dir, command.Env = r.top, environment(r.hook...)
	return &batch{command: command}
}

// start starts the process, if it does not run.
func (b *batch) start() error {
	if b.out != nil {
		return nil
	}
	in, err := b.command.StdinPipe()
	if err != nil {
		return err
	}
	out, err := b.command.StdoutPipe()
	if err != nil {
		return err
	}
	b.in, b.out = in, bufio.NewReaderSize(out, 64<<10)
	return b.command.Start()
}

func (b *batch) close() {
	if b.out == nil {
		return
	}
	_ = b.in.Close()
	_ = b.command.Wait() // it ends with its input
}

// ask sends a name and gives the first line of the answer: id, kind, size.
func (b *batch) ask(name string) (id, kind string, size int64, err error) {
	if strings.Contains(name, "\n") {
		return "", "", 0, errMissing
	}
	if err := b.start(); err != nil {
		return "", "", 0, err
	}
	if _, err := fmt.Fprintln(b.in, name); err != nil {
		return "", "", 0, err
	}
	return b.header(name)
}

// header reads the first line of an answer.
func (b *batch) header(name string) (id, kind string, size int64, err error) {
	answer, err := b.out.ReadString('\n')
	if err != nil {
		return "", "", 0, err
	}
	fields := strings.Fields(strings.TrimPrefix(answer, name)) // a missing name is repeated, and may hold blanks
	if len(fields) < 2 {
		return "", "", 0, errMissing // "missing", "ambiguous"
	}
	fields = strings.Fields(answer)
	size, err = strconv.ParseInt(fields[len(fields)-1], 10, 64)
	return fields[0], fields[1], size, err
}

func (o *objects) close() {
	o.names.close()
	o.contents.close()
	o.ahead.close()
}

// find gives the id of a file of a commit.
func (o *objects) find(commit, path string) (id string, err error) {
	id, kind, _, err := o.names.ask(commit + ":" + path)
	if err == nil && kind != "blob" {
		err = errMissing
	}
	return id, err
}

// fetch reads many files at once: git need not wait for each question, nor we for
// each answer. What is missing is nil. It may run beside everything else but another fetch.
func (o *objects) fetch(ids []string) (map[string][]byte, error) {
	fetched := make(map[string][]byte, len(ids))
	var wanted []string
	for _, id := range ids {
		if _, asked := fetched[id]; !asked && !isNone(id) {
			fetched[id] = nil
			wanted = append(wanted, id)
		}
	}
	if len(wanted) == 0 {
		return fetched, nil
	}
	if err := o.ahead.start(); err != nil {
		return nil, err
	}
	asked := make(chan error, 1)
	go func() {
		_, err := io.WriteString(o.ahead.in, strings.Join(wanted, "\n")+"\n")
		asked <- err
	}()
	for _, id := range wanted {
		content, err := o.ahead.answer(id)
		if err != nil && !errors.Is(err, errMissing) {
			return nil, err
		}
		fetched[id] = content
	}
	return fetched, <-asked
}

// have adds files that were fetched, and forgets those of long ago.
func (o *objects) have(fetched map[string][]byte) { o.earlier, o.blobs = o.blobs, fetched }

// isNone reports whether an id is that of no file.
func isNone(id string) bool { return strings.Trim(id, "0") == "" }

// blob gives the content of a file by its id. The caller must not change it. What
// is no file, or larger than a data file can be, is missing.
func (o *objects) blob(id string) ([]byte, error) {
	if isNone(id) {
		return nil, errMissing
	}
	content, kept := o.blobs[id]
	if !kept {
		content, kept = o.earlier[id]
	}
	if !kept {
		if err := o.contents.start(); err != nil {
			return nil, err
		}
		if _, err := fmt.Fprintln(o.contents.in, id); err != nil {
			return nil, err
		}
		var err error
		if content, err = o.contents.answer(id); err != nil {
			return nil, err
		}
		o.blobs[id] = content
	}
	if content == nil {
		return nil, errMissing
	}
	return content, nil
}

// tree gives the bytes of a folder as git keeps it, and its id.
func (b *batch) tree(name string) (content, id string, err error) {
	id, kind, size, err := b.ask(name)
	if err != nil {
		return "", "", err
	}
	var bytes strings.Builder
	if _, err := io.CopyN(&bytes, b.out, size); err != nil {
		return "", "", err
	}
	if _, err := b.out.Discard(1); err != nil { // the line end after it
		return "", "", err
	}
	if kind != "tree" {
		return "", "", errMissing
	}
	return bytes.String(), id, nil
}

// answer reads the answer to an id: a file, which is never nil.
func (b *batch) answer(id string) ([]byte, error) {
	_, kind, size, err := b.header(id)
	if err != nil {
		return nil, err
	}
	fits := size <= maxBlob && kind == "blob"
	content := bytes.NewBuffer(make([]byte, 0, min(size, maxBlob)))
	keep := io.Writer(content)
	if !fits {
		keep = io.Discard
	}
	if _, err := io.CopyN(keep, b.out, size); err != nil {
		return nil, err
	}
	if _, err := b.out.Discard(1); err != nil { // the line end after it
		return nil, err
	}
	if !fits {
		return nil, errMissing
	}
	return content.Bytes(), nil
}
