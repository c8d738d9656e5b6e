//go:build linux && amd64

package endtoend

import (
	"bytes"
	"compress/zlib"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var faultsPushes = flag.Int("faults.pushes", 24, "pushes to a repository whose hook judges them, hostile ones and others")

// client is who pushes to a server whose hook judges: with a git that sends whatever it is told to.
type client struct {
	stage
	t      testing.TB
	server string
}

// newClient makes a server of a plan, with the hooks and settings of `tiendo help forge` but for what git itself would refuse.
func newClient(t testing.TB, s stage) *client {
	t.Helper()
	c := &client{stage: s, t: t, server: filepath.Join(s.dir, "server.git")}
	s.must(t, s.dir, "git", "clone", "--quiet", "--bare", s.plan(), c.server)
	s.must(t, c.server, "git", "config", "core.logAllRefUpdates", "always")
	for hook, command := range map[string]string{"pre-receive": "verify-push", "post-receive": "arrived"} {
		script := fmt.Sprintf("#!/bin/sh\nexec '%s' %s --pusher \"$TIENDO_PUSHER\"\n", tiendo(t), command)
		if err := os.WriteFile(filepath.Join(c.server, "hooks", hook), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// push sends commits, as a person.
func (c *client) push(person string, refs ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*limit)
	defer cancel()
	command := exec.CommandContext(ctx, "git", append([]string{"push", "--force", c.server}, refs...)...)
	command.Dir, command.Env, command.WaitDelay = c.plan(), environment(c.home, "TIENDO_PUSHER="+person), time.Second
	out, err := command.CombinedOutput()
	return string(out), errors.Join(err, ctx.Err())
}

// refs are those of the server, but for what it keeps itself about arrivals.
func (c *client) refs() string {
	return c.must(c.t, c.server, "git", "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags", "refs/notes", "refs/tiendo/review")
}

// put writes an object as it is, sound or not.
func (c *client) put(kind string, content []byte) string {
	whole := append(fmt.Appendf(nil, "%s %d\x00", kind, len(content)), content...)
	sum := sha1.Sum(whole)
	id := hex.EncodeToString(sum[:])
	var packed bytes.Buffer
	writer := zlib.NewWriter(&packed)
	_, err := writer.Write(whole)
	file := filepath.Join(c.plan(), ".git", "objects", id[:2], id[2:])
	if _, there := os.Stat(file); there == nil {
		return id
	}
	if err = errors.Join(err, writer.Close(), os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, packed.Bytes(), 0o600)); err != nil {
		c.t.Fatal(err)
	}
	return id
}

// leaf is an entry of a tree.
type leaf struct{ mode, name, id string }

// leaves are the entries of a folder of a commit.
func (c *client) leaves(commit, folder string) []leaf {
	var all []leaf
	for entry := range strings.SplitSeq(strings.TrimSuffix(c.must(c.t, c.plan(), "git", "ls-tree", "-z", commit+":"+folder), "\x00"), "\x00") {
		about, name, _ := strings.Cut(entry, "\t")
		fields := strings.Fields(about)
		all = append(all, leaf{strings.TrimPrefix(fields[0], "0"), name, fields[2]})
	}
	return all
}

func (c *client) folder(leaves []leaf) string {
	var content []byte
	for _, one := range leaves {
		id, err := hex.DecodeString(one.id)
		if err != nil {
			c.t.Fatal(err)
		}
		content = append(append(content, one.mode+" "+one.name+"\x00"...), id...)
	}
	return c.put("tree", content)
}

// tree is that of a commit with one folder changed: "", data or data/progress.
func (c *client) tree(commit, folder string, change func([]leaf) []leaf) string {
	below := ""
	for _, name := range []string{"data/progress", "data", ""} {
		leaves := c.leaves(commit, name)
		for i := range leaves {
			if leaves[i].mode == "40000" && below != "" && (leaves[i].name == "progress" || leaves[i].name == "data") {
				leaves[i].id = below
			}
		}
		if name == folder {
			leaves = change(leaves)
		}
		below = c.folder(leaves)
	}
	return below
}

// with is a tree with another content of a file.
func (c *client) with(commit, path string, change func(content string) string) string {
	content := c.must(c.t, c.plan(), "git", "cat-file", "blob", commit+":"+path) + "\n"
	id := c.put("blob", []byte(change(content)))
	return c.tree(commit, filepath.Dir(path), func(all []leaf) []leaf {
		for i := range all {
			if all[i].name == filepath.Base(path) {
				all[i].id = id
			}
		}
		return all
	})
}

// commit makes one of hoa's, or of whoever is named.
func (c *client) commit(tree, who string, off time.Duration, parents ...string) string {
	var content strings.Builder
	content.WriteString("tree " + tree + "\n")
	for _, parent := range parents {
		content.WriteString("parent " + parent + "\n")
	}
	at := fmt.Sprintf("%s %d +0700", who, time.Now().Add(off).Unix())
	content.WriteString("author " + at + "\ncommitter " + at + "\n\nx\n")
	return c.put("commit", []byte(content.String()))
}

const (
	ownRecord = "data/progress/thanh-tra.toml"
	ownName   = "Nguyễn Thị hoa <hoa@example.org>"
)

func added(text string) func(string) string {
	return func(content string) string { return content + text }
}

func replaced(old, with string) func(string) string {
	return func(content string) string {
		changed := strings.Replace(content, old, with, 1)
		if changed == content {
			panic("no " + old + " in\n" + content)
		}
		return changed
	}
}

// own is a commit that hoa may make.
func (c *client) own(parent string, number int) string {
	return c.commit(c.with(parent, ownRecord, added(fmt.Sprintf("# %d\n", number))), ownName, 0, parent)
}

// hostile are the commits that hoa must not bring in, each on another one.
func (c *client) hostile() map[string]func(parent string) string {
	all := map[string]func(parent string) string{}
	for _, folder := range []string{"", "data", "data/progress"} {
		put := func(name, mode, entry string) {
			all[name+" in "+folder] = func(parent string) string {
				own := c.must(c.t, c.plan(), "git", "rev-parse", parent+":"+ownRecord)
				id := map[bool]string{true: c.folder([]leaf{{"100644", "thanh-tra.toml", own}}), false: own}[mode == "40000"]
				return c.commit(c.tree(parent, folder, func(l []leaf) []leaf { return append(l, leaf{mode, entry, id}) }), ownName, 0, parent)
			}
		}
		for _, bad := range []string{".", "..", ".git", ".GIT", "git~1", ".git ", ".git.", ".g\u200cit", `a\b.toml`, "a:b.toml", "CON", "x.", "a\x01b", "\xff", "a/b"} {
			put(fmt.Sprintf("a file %q", bad), "100644", bad)
			put(fmt.Sprintf("a folder %q", bad), "40000", bad)
		}
		for _, mode := range []string{"100666", "0100644", "100600", "120000", "160000", "777"} {
			put("mode "+mode, mode, "zzz.toml")
		}
		all["twice in "+folder] = func(parent string) string {
			return c.commit(c.tree(parent, folder, func(l []leaf) []leaf { return append(l, l[0]) }), ownName, 0, parent)
		}
	}
	for path, change := range map[string]func(string) string{
		"data/progress/chi-doan.toml": added("# x\n"), "data/plan.toml": added("# x\n"), "data/units.toml": replaced(`"staff"`, `"coordinator"`),
	} {
		all["another one's "+path] = func(parent string) string { return c.commit(c.with(parent, path, change), ownName, 0, parent) }
	}
	for what, change := range map[string]func(string) string{
		"accepted by oneself": replaced("[report]\n", "[report]\nstatus = \"accepted\"\n"), "no TOML": added("[\n"), "too large": added(strings.Repeat("#", 1<<20)),
		"too deep": added("x = " + strings.Repeat("[", 10_000)), "NUL": added("\x00"), "an unknown status": replaced(`"doing"`, `"dne"`),
		"another one's signature": replaced(`"hoa"`, `"lan"`), "a time to come": replaced(`"todo"`, "\"done\"\nby = \"hoa\"\nat = 2999-01-01T00:00:00Z"),
	} {
		all[what] = func(parent string) string { return c.commit(c.with(parent, ownRecord, change), ownName, 0, parent) }
	}
	for _, who := range []string{"Nguyễn Thị lan <lan@example.org>", "Nguyễn Thị lan <hoa@example.org>", "NGUYEN THI LAN <hoa@example.org>", "x <x@example.org>", "tiendo <unknown@localhost>"} {
		all["by "+who] = func(parent string) string { return c.commit(c.with(parent, ownRecord, added("# x\n")), who, 0, parent) }
	}
	for _, off := range []time.Duration{25 * time.Hour, -96 * time.Hour, 100_000 * time.Hour} {
		all["off by "+off.String()] = func(parent string) string {
			return c.commit(c.with(parent, ownRecord, added("# x\n")), ownName, off, parent)
		}
	}
	all["without a parent"] = func(parent string) string { return c.commit(c.with(parent, ownRecord, added("# x\n")), ownName, 0) }
	all["a merge that decides about others"] = func(parent string) string {
		return c.commit(c.with(parent, "data/progress/chi-doan.toml", added("# x\n")), ownName, 0, parent, c.own(parent, 0))
	}
	return all
}

// pushes tries what staff must not bring in, each among what they may, and other refs. What is refused leaves the
// server as it was; what may be brought in arrives; and whoever clones afterwards can work.
func pushes(t *testing.T, l *ledger, base stage) {
	c := newClient(t, base.copy(t.TempDir()))
	hostile := c.hostile()
	kinds := slices.Sorted(maps.Keys(hostile))
	random := rand.New(rand.NewPCG(1, 2))
	random.Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
	others := []string{
		"HEAD:refs/heads/MAIN", "HEAD:refs/heads/nhap", "HEAD:refs/heads/minh/x", "HEAD:refs/tags/v1", "HEAD:refs/notes/x", "HEAD:refs/tiendo/arrivals",
		"HEAD:refs/tiendo/review/p/hoa", "HEAD~1:refs/heads/main", ":refs/heads/main",
	}
	const hostileLine, ownLine = "pushes: hostile", "pushes: one's own"
	for number := range *faultsPushes {
		main := c.must(t, c.server, "git", "rev-parse", "main")
		switch number % 4 {
		case 0:
			tip := c.own(main, number)
			out, err := c.push("hoa", tip+":refs/heads/main")
			c.judge(l, ownLine, "a note", out, err, c.must(t, c.server, "git", "rev-parse", "main") == tip)
		case 1:
			before, ref, person := c.refs(), others[number/4%len(others)], []string{"hoa", "hoa", "", "ai"}[number/4%4]
			out, err := c.push(person, ref)
			c.judge(l, hostileLine, fmt.Sprintf("%s by %q", ref, person), out, err, c.refs() == before)
		default:
			kind, tip := kinds[(number/4*2+number%4-2)%len(kinds)], main
			for range random.IntN(2) {
				tip = c.own(tip, number)
			}
			tip = hostile[kind](tip)
			for range random.IntN(2) { // and something harmless upon it
				tip = c.commit(c.must(t, c.plan(), "git", "log", "-1", "--format=%T", tip), ownName, 0, tip)
			}
			before := c.refs()
			out, err := c.push("hoa", tip+":refs/heads/main")
			c.judge(l, hostileLine, kind, out, err, c.refs() == before)
		}
	}
	clone := stage{filepath.Join(c.dir, "afterwards"), c.home}
	var found []finding
	for _, command := range [][]string{
		{"git", "clone", "--quiet", c.server, clone.plan()}, {"git", "-C", clone.plan(), "fsck", "--strict"}, {tiendo(t), "--data", filepath.Join(clone.plan(), "data"), "log"},
	} {
		if out, err := c.try(c.dir, command[0], command[1:]...); err != nil {
			found = append(found, finding{lost, fmt.Sprintf("%v: %v\n%s", command, err, out)})
		}
	}
	l.tried(ownLine, "a clone afterwards", found)
}

// judge says what is wrong with the answer to a push. right says on the server what it should.
func (c *client) judge(l *ledger, line, place, out string, err error, right bool) {
	var found []finding
	refusal := line != "pushes: one's own"
	switch {
	case saidPanic.MatchString(out):
		found = append(found, finding{panicked, out})
	case errors.Is(err, context.DeadlineExceeded):
		found = append(found, finding{hung, out})
	case !right && refusal:
		found = append(found, finding{wrong, "it is taken: " + out})
	case !right:
		found = append(found, finding{lost, "it did not arrive: " + out})
	case refusal != (err != nil):
		found = append(found, finding{wrong, fmt.Sprintf("%v: %s", err, out)})
	}
	l.tried(line, place, found)
}
