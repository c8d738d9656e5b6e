package history_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/tiendo/model/history"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/store"
)

var pushes = flag.Int("pushes", 150, "how many hostile pushes are tried")

// pushedAt is the clock of the server.
var pushedAt = time.Date(2019, 11, 20, 9, 0, 0, 0, time.UTC)

// receiver is a repository on a server, into which objects are put as they are, sound or not.
type receiver struct {
	t    *testing.T
	dir  string
	main string            // the commit of its branch
	tree map[string][]leaf // of main, by folder

	objects sync.Mutex // held by whoever writes one: a reader sees all of it
}

type leaf struct{ mode, name, id string }

const rosterOfPushes = `
[[person]]
id = "lan"
name = "Nguyễn Thị Lan"
role = "coordinator"
email = "lan@example.org"

[[person]]
id = "hoa"
name = "Trần Thị Hoa"
role = "staff"
unit = "thanh-tra"
email = "hoa@example.org"

[[person]]
id = "son"
name = "Lê Sơn"
role = "staff"
unit = "cong-doan"
email = "son@example.org"

[[person]]
id = "xem"
name = "Người Xem"
role = "viewer"
email = "xem@example.org"
`

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{t: t, dir: filepath.Join(t.TempDir(), "server.git"), tree: map[string][]leaf{}}
	r.git("", "init", "--quiet", "--bare", "--initial-branch=main", r.dir)
	source := os.DirFS("../..")
	err := fs.WalkDir(source, "data", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".toml") {
			return err
		}
		content, err := fs.ReadFile(source, name)
		switch name {
		case "data/units.toml":
			content = append(content, rosterOfPushes...)
		case "data/progress/cong-doan.toml":
			content = bytes.Replace(content, []byte("[report]\n"), []byte("[report]\nstatus = \"accepted\"\n"), 1)
		}
		folder, file := filepath.Split(name)
		folder = strings.TrimSuffix(folder, "/")
		r.tree[folder] = append(r.tree[folder], leaf{"100644", file, r.put("blob", content)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	r.main = r.commit(r.root("", nil), "lan@example.org", "Nguyễn Thị Lan", pushedAt.Add(-48*time.Hour))
	r.git(r.dir, "update-ref", "refs/heads/main", r.main)
	return r
}

func (r *receiver) git(dir string, args ...string) string {
	r.t.Helper()
	command := exec.CommandContext(context.Background(), "git", args...)
	command.Dir = dir
	out, err := command.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// put writes an object as git keeps it.
func (r *receiver) put(kind string, content []byte) string {
	r.t.Helper()
	whole := append(fmt.Appendf(nil, "%s %d\x00", kind, len(content)), content...)
	sum := sha1.Sum(whole)
	id := hex.EncodeToString(sum[:])
	r.objects.Lock()
	defer r.objects.Unlock()
	file := filepath.Join(r.dir, "objects", id[:2], id[2:])
	if _, err := os.Stat(file); err == nil {
		return id
	}
	var packed bytes.Buffer
	writer := zlib.NewWriter(&packed)
	_, err := writer.Write(whole)
	if err == nil {
		err = writer.Close()
	}
	if err == nil {
		err = os.MkdirAll(filepath.Dir(file), 0o700)
	}
	if err == nil {
		err = os.WriteFile(file, packed.Bytes(), 0o600)
	}
	if err != nil {
		r.t.Fatal(err)
	}
	return id
}

// folder writes a folder; sorted as git does, or as it is.
func (r *receiver) folder(leaves []leaf, sorted bool) string {
	if sorted {
		leaves = slices.Clone(leaves)
		slices.SortFunc(leaves, func(a, b leaf) int { return strings.Compare(order(a), order(b)) })
	}
	var content []byte
	for _, one := range leaves {
		id, err := hex.DecodeString(one.id)
		if err != nil {
			r.t.Fatal(err)
		}
		content = append(append(content, one.mode+" "+one.name+"\x00"...), id...)
	}
	return r.put("tree", content)
}

func order(l leaf) string {
	if l.mode == "40000" {
		return l.name + "/"
	}
	return l.name
}

// root is the tree of main, with one folder of it changed: "", data or data/progress.
func (r *receiver) root(folder string, change func([]leaf) ([]leaf, bool)) string {
	below := ""
	for _, name := range []string{"data/progress", "data", ""} {
		leaves, sorted := slices.Clone(r.tree[name]), true
		switch name {
		case "data":
			leaves = append(leaves, leaf{"40000", "progress", below})
		case "":
			leaves = append(leaves, leaf{"40000", "data", below})
		}
		if name == folder && change != nil {
			leaves, sorted = change(leaves)
		}
		below = r.folder(leaves, sorted)
	}
	return below
}

// file is the tree of main with another content of a file in a folder.
func (r *receiver) file(folder, name, mode string, content []byte) string {
	return r.root(folder, func(leaves []leaf) ([]leaf, bool) {
		leaves = slices.DeleteFunc(leaves, func(l leaf) bool { return l.name == name })
		return append(leaves, leaf{mode, name, r.put("blob", content)}), true
	})
}

func (r *receiver) read(folder, name string) []byte {
	at := slices.IndexFunc(r.tree[folder], func(l leaf) bool { return l.name == name })
	return []byte(r.git(r.dir, "cat-file", "blob", r.tree[folder][at].id))
}

func (r *receiver) commit(tree, email, name string, at time.Time, parents ...string) string {
	var content strings.Builder
	fmt.Fprintf(&content, "tree %s\n", tree)
	for _, parent := range parents {
		fmt.Fprintf(&content, "parent %s\n", parent)
	}
	fmt.Fprintf(&content, "author %s <%s> %d +0700\ncommitter %[1]s <%[2]s> %[3]d +0700\n\nx\n", name, email, at.Unix())
	return r.put("commit", []byte(content.String()))
}

// judge asks whether a push is taken.
func (r *receiver) judge(pusher string, change history.RefChange) (refused []string) {
	r.t.Helper()
	ctx := context.Background()
	server, err := history.OpenServer(ctx, r.dir, "", "", store.NewPast(""))
	if err != nil {
		r.t.Error(err)
		return nil
	}
	held, err := server.Held(ctx, change.New)
	if err != nil {
		r.t.Error(err)
		return nil
	}
	push, err := server.Push(ctx, change)
	if err != nil {
		return []string{err.Error()} // the hook ends with it, and git takes nothing
	}
	push.Now = pushedAt
	for _, objection := range review.JudgePush(held, review.Pusher{Name: pusher}, push) {
		refused = append(refused, objection.Reason.Error())
	}
	return refused
}

// own are what staff may do all the same: here the hostile thing lies among it.
func (r *receiver) own(note string) string {
	return r.file("data/progress", "thanh-tra.toml", "100644", append(r.read("data/progress", "thanh-tra.toml"), "# "+note+"\n"...))
}

// hostile are pushes by staff of thanh-tra that must be refused, each after some that may be taken.
func (r *receiver) hostile() map[string]func(parents ...string) string {
	const email, name = "hoa@example.org", "Trần Thị Hoa"
	by := func(tree string) func(...string) string {
		return func(parents ...string) string { return r.commit(tree, email, name, pushedAt, parents...) }
	}
	all := map[string]func(...string) string{}
	record := r.read("data/progress", "thanh-tra.toml")
	blob := r.put("blob", record)
	for _, folder := range []string{"", "data", "data/progress"} {
		for _, bad := range []string{
			".", "..", ".git", ".GIT", ".giT", "git~1", ".git ", ".git.", ".g\u200cit", "\u200b.git", `a\b.toml`, "a:b.toml", "CON", "aux.toml",
			"x.", "x ", "a\x01b", "a\nb", "\xff", strings.Repeat("a", 256), ".git::$INDEX_ALLOCATION", "a/b",
		} {
			add := func(one leaf) func(...string) string {
				return by(r.root(folder, func(l []leaf) ([]leaf, bool) { return append(l, one), true }))
			}
			all[fmt.Sprintf("file %q in %q", bad, folder)] = add(leaf{"100644", bad, blob})
			all[fmt.Sprintf("folder %q in %q", bad, folder)] = add(leaf{"40000", bad, r.folder([]leaf{{"100644", "thanh-tra.toml", blob}}, true)})
		}
		for _, mode := range []string{"100666", "0100644", "100600", "100640", "100000", "120000", "160000", "040000", "1", "777"} {
			all["mode "+mode+" in "+folder] = by(r.root(folder, func(l []leaf) ([]leaf, bool) { return append(l, leaf{mode, "zzz.toml", blob}), true }))
		}
		all["twice in "+folder] = by(r.root(folder, func(l []leaf) ([]leaf, bool) { return append(l, l[0]), true }))
		if folder != "" { // the top holds one folder alone
			all["unsorted in "+folder] = by(r.root(folder, func(l []leaf) ([]leaf, bool) { slices.Reverse(l); return l, false }))
		}
		all["in other letters in "+folder] = by(r.root(folder, func(l []leaf) ([]leaf, bool) {
			return append(l, leaf{l[0].mode, strings.ToUpper(l[0].name), l[0].id}), true
		}))
		all["a file of one's own in "+folder] = by(r.file(folder, "moi.toml", "100644", []byte("x = 1\n")))
	}
	for _, other := range []string{"van-phong.toml", "cong-doan.toml"} {
		all["the record "+other] = by(r.file("data/progress", other, "100644", append(r.read("data/progress", other), "# x\n"...)))
	}
	for _, base := range []string{"plan.toml", "units.toml"} {
		all["a comment in "+base] = by(r.file("data", base, "100644", append(r.read("data", base), "# x\n"...)))
	}
	all["the role"] = by(r.file("data", "units.toml", "100644", bytes.Replace(r.read("data", "units.toml"), []byte(`"staff"`), []byte(`"coordinator"`), 1)))
	for what, content := range map[string][]byte{
		"accepted by oneself": bytes.Replace(record, []byte("[report]\n"), []byte("[report]\nstatus = \"accepted\"\n"), 1),
		"extend":              bytes.Replace(record, []byte("[report]\n"), []byte("[report]\nextended_until = 2019-12-31\nextension_reason = \"x\"\n"), 1),
		"not readable":        append(slices.Clone(record), "[\n"...),
		"an unknown status":   bytes.Replace(record, []byte(`"todo"`), []byte(`"dne"`), 1),
		"somebody's name":     bytes.Replace(record, []byte(`"todo"`), []byte("\"done\"\nby = \"lan\"\nat = 2019-11-20T08:00:00Z"), 1),
		"a time to come":      bytes.Replace(record, []byte(`"todo"`), []byte("\"done\"\nby = \"hoa\"\nat = 2019-11-21T08:00:00Z"), 1),
		"too large":           append(slices.Clone(record), bytes.Repeat([]byte("#"), 1<<20)...),
		"too deep":            append(slices.Clone(record), "x = "+strings.Repeat("[", 10000)...),
		"NUL":                 append(slices.Clone(record), 0),
	} {
		all[what] = by(r.file("data/progress", "thanh-tra.toml", "100644", content))
	}
	all["no record"] = by(r.root("data/progress", func(l []leaf) ([]leaf, bool) {
		return slices.DeleteFunc(l, func(l leaf) bool { return l.name == "thanh-tra.toml" }), true
	}))
	all["a link"] = by(r.file("data/progress", "thanh-tra.toml", "120000", []byte("van-phong.toml")))
	for _, author := range [][2]string{
		{"lan@example.org", "Nguyễn Thị Lan"}, {"son@example.org", "Lê Sơn"}, {"x@example.org", name}, {"unknown@localhost", "tiendo"}, {"", name},
		{email, "Nguyễn Thị Lan"}, {email, "nguyen thi lan"}, {email, "Nguye\u0302\u0303n Thị Lan"}, {email, "NGUYỄN THỊ LAN"}, {email, "lê sơn"},
	} {
		all["author "+author[1]+" <"+author[0]+">"] = func(parents ...string) string {
			return r.commit(r.own("x"), author[0], author[1], pushedAt, parents...)
		}
	}
	for _, off := range []time.Duration{25 * time.Hour, 80 * 365 * 24 * time.Hour, -4 * 24 * time.Hour, -10 * 365 * 24 * time.Hour} {
		all["off by "+off.String()] = func(parents ...string) string {
			return r.commit(r.own("x"), email, name, pushedAt.Add(off), parents...)
		}
	}
	all["without parents"] = func(...string) string { return r.commit(r.own("x"), email, name, pushedAt) }
	all["three parents"] = func(parents ...string) string {
		one, other := r.commit(r.own("1"), email, name, pushedAt, r.main), r.commit(r.own("2"), email, name, pushedAt, r.main)
		return r.commit(r.own("3"), email, name, pushedAt, parents[0], one, other)
	}
	all["a merge that decides about others"] = func(parents ...string) string {
		one := r.commit(r.own("1"), email, name, pushedAt, r.main)
		tree := r.file("data/progress", "van-phong.toml", "100644", append(r.read("data/progress", "van-phong.toml"), "# x\n"...))
		return r.commit(tree, email, name, pushedAt, parents[0], one)
	}
	return all
}

func TestHostilePushesAreRefused(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	main := func(tip string) history.RefChange {
		return history.RefChange{Ref: "refs/heads/main", Old: r.main, New: tip}
	}
	harmless := func(n int, parent string) string {
		return r.commit(r.own(fmt.Sprint("note ", n)), "hoa@example.org", "hoa", pushedAt.Add(time.Duration(n%20-10)*time.Minute), parent)
	}
	if refused := r.judge("hoa", main(harmless(0, harmless(1, r.main)))); len(refused) > 0 {
		t.Fatalf("what staff may do is refused: %q", refused)
	}
	for _, ref := range []string{
		"refs/heads/MAIN", "refs/heads/Main/x", "refs/heads/nhap", "refs/heads/son/x", "refs/heads/HOA/x", "refs/heads/hoa", "refs/tags/v1", "refs/notes/x",
		"refs/replace/" + r.main, "refs/x", "refs/tiendo/arrivals", "refs/tiendo/reviewed/hoa", "refs/tiendo/review/p/hoa", "refs/remotes/origin/main", "refs/stash",
	} {
		if refused := r.judge("hoa", history.RefChange{Ref: ref, Old: strings.Repeat("0", 40), New: r.main}); len(refused) == 0 {
			t.Errorf("%s is taken", ref)
		}
	}
	for _, pusher := range []string{"", "xem", "ai", "xem@example.org"} {
		if refused := r.judge(pusher, main(harmless(2, r.main))); len(refused) == 0 {
			t.Errorf("%q pushes", pusher)
		}
	}
	all := r.hostile()
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	dice := rand.New(rand.NewPCG(1, 2))
	dice.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	judged := make(chan func())
	var judges sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		judges.Go(func() {
			for judge := range judged {
				judge()
			}
		})
	}
	for n := range *pushes {
		name, tip := names[n%len(names)], r.main
		before, after := n/len(names)+dice.IntN(2), dice.IntN(2)
		for range before {
			tip = harmless(dice.IntN(1000), tip)
		}
		tip = all[name](tip)
		for range after {
			tip = harmless(dice.IntN(1000), tip)
		}
		judged <- func() {
			if refused := r.judge("hoa", main(tip)); len(refused) == 0 {
				t.Errorf("taken: %s, after %d and before %d harmless commits", name, before, after)
			}
		}
	}
	close(judged)
	judges.Wait()
	t.Logf("%d kinds, %d pushes", len(names), *pushes)
}
