package visit

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model/durable"
	"example.org/tiendo/model/phrase"
)

// maxAuthorizedKeys is the largest authorized_keys file that is edited, in bytes.
const maxAuthorizedKeys = 4 << 20

// The lines around ours in an authorized_keys file end in the id of the plan, so
// that one account can serve several.
const (
	BeginKeys = "# BEGIN tiendo "
	EndKeys   = "# END tiendo "
)

// ReadAuthorizedKeys reads the file as it is. Only a file of its own is taken: what a link points to may be somebody
// else's.
func ReadAuthorizedKeys(path, name string) (content []byte, existed bool, err error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Stat(filepath.Dir(path)); err != nil {
			return nil, false, &phrase.Refusal{What: phrase.Say("the folder of %s is not there", name),
				Hint: phrase.Say("make it for its owner alone: mkdir -m 700 ~/.ssh"), Err: err}
		}
		return nil, false, nil
	case err != nil:
		return nil, false, err
	case !info.Mode().IsRegular() || info.Size() > maxAuthorizedKeys:
		return nil, true, phrase.Refuse(phrase.Say("%s is a link, no regular file, or too large; nothing was written", name),
			phrase.Say("name the file itself"))
	}
	content, err = os.ReadFile(path)
	return content, true, err
}

// KeysBlock finds our lines with their marks: from first up to last. Without marks both are the end of the file.
func KeysBlock(content []byte, plan, name string) (first, last int, err error) {
	var begins, ends, others []int // the numbers of lines
	at, number := 0, 0
	first, last = len(content), len(content)
	for line := range bytes.Lines(content) {
		number++
		switch bare := strings.TrimRight(string(line), "\r\n"); {
		case bare == BeginKeys+plan:
			begins = append(begins, number)
			first = at
		case bare == EndKeys+plan:
			ends = append(ends, number)
			last = at + len(line)
		case strings.HasPrefix(bare, BeginKeys), strings.HasPrefix(bare, EndKeys):
			others = append(others, number)
		}
		at += len(line)
	}
	if len(begins) == 0 && len(ends) == 0 {
		return first, last, nil
	}
	whole := len(begins) == 1 && len(ends) == 1 && begins[0] < ends[0]
	if whole && !slices.ContainsFunc(others, func(other int) bool { return begins[0] < other && other < ends[0] }) {
		return first, last, nil
	}
	wrong := slices.Min(append(begins, ends...))
	return 0, 0, phrase.Refuse(
		phrase.Say("%s:%d: the lines “%s” and “%s” do not stand there once each, in this order, with nothing of another "+
			"plan between them", name, wrong, BeginKeys+plan, EndKeys+plan),
		phrase.Say("fix it by hand; nothing was written"))
}

// RefuseOtherPlan refuses to take the place of lines that let people into another data folder whose plan bears the same
// id: they would be locked out. A folder that is gone or holds another plan by now has moved, and may be replaced.
// planOf gives the id of the plan in a data folder, "" when it cannot be read.
func RefuseOtherPlan(block []byte, dir, plan, name string, planOf func(dir string) string) error {
	for _, folder := range servedFolders(block) {
		here, _ := os.Stat(dir)
		there, err := os.Stat(folder)
		if errors.Is(err, fs.ErrNotExist) || err == nil && os.SameFile(here, there) {
			continue
		}
		if found := planOf(folder); found == plan || found == "" {
			return phrase.Refuse(
				phrase.Say("%s lets people into %s, whose plan has the id %q too; nothing was written", name, folder, plan),
				phrase.Say("give one of the plans another id: the line id below [plan] in its plan.toml; if the plan has moved "+
					"here, delete the lines from “%s” to “%s” first", BeginKeys+plan, EndKeys+plan))
		}
	}
	return nil
}

// servedFolders are the data folders that the forced commands of some lines name.
func servedFolders(lines []byte) []string {
	var folders []string
	for line := range bytes.Lines(lines) {
		_, _, options, _, err := ssh.ParseAuthorizedKey(line)
		if err != nil {
			continue
		}
		for _, option := range options {
			command, forced := strings.CutPrefix(option, `command="`)
			if !forced {
				continue
			}
			words, _ := SplitLine(strings.ReplaceAll(strings.TrimSuffix(command, `"`), `\"`, `"`))
			if at := slices.Index(words, "--data") + 1; at > 0 && at < len(words) && !slices.Contains(folders, words[at]) {
				folders = append(folders, words[at])
			}
		}
	}
	return folders
}

// ReplaceAuthorizedKeys puts new bytes in the place of the file, which sshd may read
// at any moment, for its owner alone: it stays the account's when root writes it, and sshd reads it as the account.
func ReplaceAuthorizedKeys(path, name string, old []byte, existed bool, content []byte) error {
	owner := path
	if !existed {
		owner = filepath.Dir(path)
	}
	file, err := durable.Prepare(path, content, durable.Options{Mode: 0o600, Owner: owner})
	if err == nil {
		err = stillSame(path, name, old, existed)
	}
	if err != nil {
		return errors.Join(err, file.Discard())
	}
	return file.Rename()
}

// stillSame refuses to overwrite what somebody else has written meanwhile.
func stillSame(path, name string, old []byte, existed bool) error {
	now, there, err := ReadAuthorizedKeys(path, name)
	if err == nil && (there != existed || !bytes.Equal(now, old)) {
		return phrase.Refuse(phrase.Say("the file was changed by another program in this moment"), phrase.Say("try again"))
	}
	return err
}
