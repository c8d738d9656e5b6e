package cli

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/visit"
)

// writeKeys writes lines between their marks into an authorized_keys file.
func (p *program) writeKeys(name, plan string, entries []visit.Key, lines []string) error {
	path := p.absolute(name)
	old, existed, err := visit.ReadAuthorizedKeys(path, name)
	if err != nil {
		return err
	}
	first, last, err := visit.KeysBlock(old, plan, name)
	if err != nil {
		return err
	}
	ending := "\n"
	if first < len(old) && bytes.Contains(old[first:last], []byte("\r\n")) {
		ending = "\r\n"
	}
	marked := slices.Concat([]string{visit.BeginKeys + plan}, lines, []string{visit.EndKeys + plan, ""})
	block := strings.Join(marked, ending)
	if first == len(old) && first > 0 && old[first-1] != '\n' {
		block = ending + block
	}
	content := slices.Concat(old[:first], []byte(block), old[last:])
	p.warnOfOthers(slices.Concat(old[:first], old[last:]), entries, name)
	if err := visit.ReplaceAuthorizedKeys(path, name, old, existed, content); err != nil {
		return err
	}
	p.Out.Line(p.Words.T("%s lets in: %s", name, p.Words.Count(len(lines), "%d SSH key", "%d SSH keys")))
	return nil
}

// warnOfOthers says which of the keys stand in the file a second time, with rights
// that are not ours: OpenSSH takes the first line that fits.
func (p *program) warnOfOthers(rest []byte, entries []visit.Key, name string) {
	for line := range bytes.Lines(rest) {
		key, _, _, _, err := ssh.ParseAuthorizedKey(line)
		if err != nil {
			continue
		}
		found := base64.StdEncoding.EncodeToString(key.Marshal())
		for _, entry := range entries {
			if entry.Key == found {
				p.Out.Note(p.Words.T("warning: %s", phrase.Say("%s also has another line for a key of %s, which may give other rights; take it out if it is not meant", name, entry.Person)))
			}
		}
	}
}
