package doctor

import (
	"context"
	"os"
	"runtime"
	"strings"
	"time"

	"example.org/tiendo/model/choices"
	"example.org/tiendo/model/phrase"
)

// permissions looks whether the user may read and write what a change has to.
func (p *Target) permissions(ctx context.Context) []Finding {
	const name = "permissions"
	files, folders, err := p.Store.Paths(ctx)
	if err != nil {
		return fails(name, err)
	}
	if p.Repository != nil {
		folders = append(folders, p.Repository.Folders()...)
	}
	var unreadable, unwritable []string
	for _, path := range append(folders, files...) {
		switch {
		case p.Access(path, false) != nil:
			unreadable = append(unreadable, p.Store.Shown(path))
		case p.Access(path, true) != nil:
			unwritable = append(unwritable, p.Store.Shown(path))
		}
	}
	var found []Finding
	if len(unreadable) > 0 {
		found = append(found, wrong(name, phrase.Say("you may not read %s", phrase.Some(unreadable)),
			phrase.Say("give yourself the right to read it, or ask whoever owns it")))
	}
	if len(unwritable) > 0 {
		found = append(found, wrong(name, phrase.Say("you may not write to %s, so nothing can be recorded there",
			phrase.Some(unwritable)),
			phrase.Say("ask whoever owns it for the right to write, or work as that user; chown and chmod give it")))
	}
	return orWell(found, name, phrase.Say("you may read and write all data files"))
}

// fileSystem looks at where the data lie: not everywhere locks and writes can be relied on.
func (p *Target) fileSystem(context.Context) []Finding {
	const name = "filesystem"
	kind := p.FileSystem(p.Dir)
	finding := Finding{Check: name, State: Note}
	switch kind {
	case "nfs", "cifs", "smb", "afs", "ceph", "9p", "fuse", "vboxsf", "gfs2", "ocfs2":
		finding.What = phrase.Say("the data are on a file system of the network or of a program (%s): its locks and its "+
			"writes cannot be relied on", kind)
		finding.Do = phrase.Say("let one machine only work on these files, others over SSH on that machine, or each in a " +
			"clone of its own")
	case "overlay":
		finding.What = phrase.Say("the data are in the layer of a container (%s): they go when the container goes", kind)
		finding.Do = phrase.Say("put the data into a volume of the host")
	case "tmpfs", "ramfs":
		finding.What = phrase.Say("the data are in memory (%s): they go when the machine restarts", kind)
		finding.Do = phrase.Say("move the folder to a disk")
	case "vfat", "exfat":
		finding.What = phrase.Say("the data are on a file system without rights of users (%s)", kind)
		finding.Do = phrase.Say("move the folder to the machine's own disk")
	case "":
		return well(name, phrase.Say("nothing is known against the file system"))
	default:
		return well(name, phrase.Say("the data are on the machine's own disk (%s)", kind))
	}
	return []Finding{finding}
}

// leastSpace is how much must be free, in bytes: some hundred changes with their commits.
const leastSpace = 16 << 20

// space looks whether there is room for changes and their commits.
func (p *Target) space(context.Context) []Finding {
	const name = "space"
	places := []string{p.Dir}
	if p.Repository != nil {
		places = append(places, p.Repository.GitDirs()...)
	}
	for _, place := range places { // most often all lie on one file system
		free, known := p.Free(place)
		if known && free < leastSpace {
			return []Finding{wrong(name, phrase.Say("the disk is full or nearly so: %d KB are free at %s", int(free>>10),
				p.Store.Shown(place)),
				phrase.Say("free some space there; a change that cannot be written is refused, and what was saved stays"))}
		}
	}
	if _, known := p.Free(p.Dir); !known {
		return nil
	}
	return well(name, phrase.Say("there is enough free space for changes and their commits"))
}

// hostKey looks at the key of the built-in SSH server, where there is one.
func (p *Target) hostKey(context.Context) []Finding {
	const name = "hostkey"
	info, err := os.Lstat(p.HostKey)
	if p.HostKey == "" || err != nil || runtime.GOOS == "windows" {
		return nil
	}
	if info.Mode().Perm()&0o077 == 0 {
		return well(name, phrase.Say("the SSH server's key is closed to others"))
	}
	return []Finding{wrong(name, phrase.Say("others can read the host key %s", p.HostKey),
		phrase.Say("`chmod 600` it, if nobody can have copied it; otherwise delete it and start again"))}
}

// identity looks under what name changes are recorded.
func (p *Target) identity(ctx context.Context) []Finding {
	const name = "identity"
	if p.Name == "" || p.Email == "" {
		return []Finding{note(name, phrase.Say(
			"git does not know your name and address, so your changes do not say whose they are"),
			phrase.Say(`git config --global user.name "NAME"; git config --global user.email ADDRESS`))}
	}
	campaign, _ := p.Store.Load(ctx) // what is wrong with the data is said elsewhere
	if campaign == nil || len(campaign.Roster.People) == 0 {
		return well(name, phrase.Say("git knows you as %s <%s>; the roster names nobody yet", p.Name, p.Email))
	}
	for _, person := range campaign.Roster.People {
		if strings.EqualFold(person.Email, p.Email) {
			return well(name, phrase.Say("git knows you as %s <%s>: %s on the roster, %s", p.Name, p.Email, person.ID,
				person.Role))
		}
	}
	return []Finding{note(name, phrase.Say(
		"git knows you as %s <%s>, who is not on the roster: you act as the owner of the files, with every right", p.Name,
		p.Email),
		phrase.Say("if you are somebody on the roster, use the address given there: git config user.email ADDRESS"))}
}

// clock looks whether what is recorded now would be dated before what was recorded already.
func (p *Target) clock(ctx context.Context) []Finding {
	const name = "clock"
	if p.Repository == nil {
		return nil
	}
	var zone *time.Location
	if campaign, _ := p.Store.Load(ctx); campaign != nil {
		if !campaign.Plan.MadeUp.IsZero() { // it has a time of its own
			return nil
		}
		zone = campaign.Plan.TimeZone
	}
	if err := p.Repository.ClockBehind(ctx, p.Now(), zone); err != nil {
		return []Finding{refused(name, err)}
	}
	return well(name, phrase.Say("the machine's clock is not behind the last commit"))
}

// data counts what is wrong in the files.
func (p *Target) data(ctx context.Context) []Finding {
	const name, most = "data", 3
	campaign, err := p.Store.Load(ctx)
	if campaign == nil || err != nil && len(campaign.Problems) == 0 {
		return fails(name, err)
	}
	if len(campaign.Problems) == 0 {
		return well(name, phrase.Say("no problems in the data files"))
	}
	errors := len(phrase.ErrorsIn(campaign.Problems))
	found := []Finding{wrong(name, phrase.Say("problems in the data files: %d errors, %d warnings", errors,
		len(campaign.Problems)-errors), phrase.Say("`tiendo check` lists all of them with what to do"))}
	if errors == 0 {
		found[0].State = Note
	}
	for _, problem := range campaign.Problems[:min(most, len(campaign.Problems))] {
		found = append(found, ofProblem(name, problem))
	}
	return found
}

// choices looks at what the person has chosen for the screen.
func (p *Target) choices(context.Context) []Finding {
	const name = "choices"
	path := choices.File(func(name string) string {
		value, _ := p.Env(name)
		return value
	})
	_, problems := choices.Read(path)
	var found []Finding
	for _, problem := range problems {
		found = append(found, ofProblem(name, problem))
	}
	return orWell(found, name, phrase.Say("the choices for the screen can be read (%s)", path))
}

// terminal looks whether the screen can show Vietnamese.
func (p *Target) terminal(context.Context) []Finding {
	const name = "terminal"
	kind, _ := p.Env("TERM")
	locale := ""
	for _, variable := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value, _ := p.Env(variable); value != "" && locale == "" {
			locale = value
		}
	}
	var found []Finding
	if runtime.GOOS != "windows" && (kind == "" || kind == "dumb") {
		found = append(found, note(name, phrase.Say("this terminal can show text only (TERM is %q)", kind),
			phrase.Say("the dashboard needs a terminal such as xterm-256color; commands work everywhere")))
	}
	if upper := strings.ToUpper(locale); runtime.GOOS != "windows" && !strings.Contains(upper, "UTF-8") &&
		!strings.Contains(upper, "UTF8") {
		found = append(found, note(name, phrase.Say(
			"the language settings are not in UTF-8 (%q): Vietnamese may look broken in other programs", locale),
			phrase.Say("export LANG=C.UTF-8")))
	}
	return orWell(found, name, phrase.Say("the terminal can show the dashboard (%s, %s)", kind, locale))
}
