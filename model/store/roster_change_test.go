package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"example.org/tiendo/model"
)

const hoaKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGmNpgn1Vd8Rz0hC0X7oxQGIuFSXQk/bXWUdPMZtcRop hoa"

// onRoster is a change of one person or unit.
func onRoster(actor model.Person, kind model.SubjectKind, id string, seen, value model.Value) model.Change {
	return model.Change{Person: actor, Subject: model.Subject{Kind: kind, ID: id}, Seen: seen, New: value}
}

func TestPeopleComeAndGo(t *testing.T) {
	dir, open := repository(t)
	store := open()
	path := filepath.Join(dir, "data", "units.toml")
	before, _ := os.ReadFile(path)
	hoa := model.Person{ID: "hoa", Name: "Trần Thị Hoa", Unit: "thanh-tra", Role: model.Staff, Email: "hoa@example.org", Keys: []string{hoaKey}}
	receipt, err := store.Apply(context.Background(), onRoster(lan, model.SubjectPerson, "hoa", (*model.Person)(nil), &hoa))
	if err != nil {
		t.Fatal(err)
	}
	if receipt.Hash == "" {
		t.Errorf("no commit: %v", receipt.Pending)
	}
	after, _ := os.ReadFile(path)
	if !bytes.HasPrefix(after, before) {
		t.Errorf("more than the end of the file changed:\n%s", git(t, dir, "show"))
	}
	if author := git(t, dir, "log", "-1", "--format=%an <%ae>|%cn|%s|%b"); author != "Nguyễn Thị Lan <lan@example.org>|tiendo|danh sách: thêm người hoa|Person: hoa\n\n" {
		t.Errorf("commit: %q", author)
	}
	campaign, err := store.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if got := campaign.Roster.Person("hoa"); got == nil || got.Name != hoa.Name || got.Keys[0] != hoaKey || len(campaign.Problems) > 0 {
		t.Errorf("read back: %+v, %v", got, campaign.Problems)
	}
	// The new person may work at once, and another process that never saw her cannot add her again.
	if _, err := store.Apply(context.Background(), tick(hoa, "thanh-tra", "treo-bang-ron", untouched, model.Done)); err != nil {
		t.Error(err)
	}
	var conflict *model.Conflict
	if _, err := store.Apply(context.Background(), onRoster(lan, model.SubjectPerson, "hoa", &lan, (*model.Person)(nil))); !errors.As(err, &conflict) {
		t.Errorf("a person who was seen otherwise: %v", err)
	}
	if _, err := store.Apply(context.Background(), onRoster(lan, model.SubjectPerson, "hoa", campaign.Roster.Person("hoa"), (*model.Person)(nil))); err != nil {
		t.Fatal(err)
	}
	if gone, _ := os.ReadFile(path); string(gone) != string(before) {
		t.Errorf("taking her off leaves:\n%s", git(t, dir, "diff", "HEAD~3", "--", "data/units.toml"))
	}
}

func TestUnitComesWithItsFile(t *testing.T) {
	dir, open := repository(t)
	store := open()
	unit := model.Unit{ID: "phong-moi", Name: "Phòng Mới", Group: "phong-don-vi"}
	receipt, err := store.Apply(context.Background(), onRoster(lan, model.SubjectUnit, unit.ID, (*model.Unit)(nil), &unit))
	if err != nil || receipt.Hash == "" {
		t.Fatal(err, receipt.Pending)
	}
	campaign, err := store.Load(context.Background())
	if err != nil || len(campaign.Problems) > 0 {
		t.Fatal(err, campaign.Problems)
	}
	made, _ := os.ReadFile(filepath.Join(dir, "data", "progress", "phong-moi.toml"))
	for _, want := range []string{"# Phòng Mới\n", "[activity.treo-bang-ron]\nstatus   = \"todo\"\n", "\n[report]\n"} {
		if !strings.Contains(string(made), want) {
			t.Errorf("the file lacks %q:\n%s", want, made)
		}
	}
	if status := git(t, dir, "status", "--porcelain"); status != "" {
		t.Errorf("left over: %s", status)
	}
	if _, err := store.Apply(context.Background(), tick(lan, "phong-moi", "treo-bang-ron", untouched, model.Done)); err != nil {
		t.Fatal(err)
	}
	if stat := git(t, dir, "show", "--numstat", "--format="); !strings.HasPrefix(stat, "3\t1\t") {
		t.Errorf("the first tick is a diff of %s", stat)
	}
}

// rsaLine is a new RSA key as it stands on the roster.
func rsaLine(t *testing.T, bits int) string {
	t.Helper()
	private, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewPublicKey(&private.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key)))
}

// An RSA key of today's length is as good as another; a name may be typed in either form of Unicode.
func TestRosterTakes(t *testing.T) {
	_, open := repository(t)
	store := open()
	hoa := model.Person{ID: "hoa", Name: "Nguye\u0302\u0303n Hoa", Role: model.Viewer, Keys: []string{rsaLine(t, 2048)}}
	if _, err := store.Apply(context.Background(), onRoster(lan, model.SubjectPerson, "hoa", (*model.Person)(nil), &hoa)); err != nil {
		t.Fatal(err)
	}
	campaign, err := store.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if got := campaign.Roster.Person("hoa"); len(got.Keys) != 1 || got.Name != "Nguyễn Hoa" {
		t.Errorf("%+v", got)
	}
}

// A key that opens nothing is warned of, and a change of the others leaves it in the file, down to the last of them.
func TestUnusableKeysStayInTheFile(t *testing.T) {
	dir, open := repository(t)
	store := open()
	hoa := &model.Person{ID: "hoa", Name: "Trần Thị Hoa", Role: model.Viewer, Keys: []string{hoaKey}}
	var none *model.Person
	apply := func(before, after *model.Person) {
		t.Helper()
		if _, err := store.Apply(context.Background(), onRoster(lan, model.SubjectPerson, "hoa", before, after)); err != nil {
			t.Fatal(err)
		}
	}
	apply(none, hoa)
	path, weak := filepath.Join(dir, "data", "units.toml"), rsaLine(t, 1024)
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	src = bytes.Replace(src, []byte(strconv.Quote(hoaKey)), []byte(strconv.Quote(weak)+", "+strconv.Quote(hoaKey)), 1)
	if err := os.WriteFile(path, src, 0o600); err != nil {
		t.Fatal(err)
	}
	more, fewer := *hoa, *hoa
	more.Keys, fewer.Keys = []string{hoaKey, rsaLine(t, 2048)}, nil
	for _, step := range [][2]*model.Person{{hoa, &more}, {&more, &fewer}, {&fewer, hoa}} {
		apply(step[0], step[1])
		now, err := os.ReadFile(path)
		if err != nil || bytes.Count(now, []byte(weak)) != 1 {
			t.Errorf("with %d keys the unusable one stands %d times in the file (%v)", len(step[1].Keys), bytes.Count(now, []byte(weak)), err)
		}
	}
}

func TestRosterRefusals(t *testing.T) {
	dir, open := repository(t)
	store := open()
	hoa := model.Person{ID: "hoa", Name: "Trần Thị Hoa", Unit: "thanh-tra", Role: model.Staff, Keys: []string{hoaKey}}
	if _, err := store.Apply(context.Background(), onRoster(lan, model.SubjectPerson, "hoa", (*model.Person)(nil), &hoa)); err != nil {
		t.Fatal(err)
	}
	with := func(change func(*model.Person)) model.Change {
		person := model.Person{ID: "minh", Name: "Lê Minh", Unit: "thanh-tra", Role: model.Staff}
		change(&person)
		return onRoster(lan, model.SubjectPerson, person.ID, (*model.Person)(nil), &person)
	}
	unit := func(id, group string) model.Change {
		return onRoster(lan, model.SubjectUnit, id, (*model.Unit)(nil), &model.Unit{ID: id, Name: "Phòng", Group: group})
	}
	byStaff := with(func(*model.Person) {})
	byStaff.Person = hoa
	tests := map[string]struct {
		change model.Change
		want   string
	}{
		"staff":         {byStaff, "only the coordinator"},
		"id":            {with(func(p *model.Person) { p.ID = "Minh" }), "invalid id"},
		"taken":         {with(func(p *model.Person) { p.ID = "hoa" }), "is taken"},
		"name":          {with(func(p *model.Person) { p.Name = "" }), "a name must have"},
		"role":          {with(func(p *model.Person) { p.Role = "boss" }), "no role"},
		"no unit":       {with(func(p *model.Person) { p.Unit = "" }), "staff need a unit"},
		"unknown unit":  {with(func(p *model.Person) { p.Unit = "thanh-trra" }), "there is no unit"},
		"key twice":     {with(func(p *model.Person) { p.Keys = []string{hoaKey} }), "the same key appears twice"},
		"bad key":       {with(func(p *model.Person) { p.Keys = []string{"ssh-ed25519 AAAA"} }), "a public key"},
		"key options":   {with(func(p *model.Person) { p.Keys = []string{"no-pty " + hoaKey} }), "a public key"},
		"bad e-mail":    {with(func(p *model.Person) { p.Email = "minh" }), "an address like"},
		"broken e-mail": {with(func(p *model.Person) { p.Email = "a@b\nc" }), "cannot be seen"},
		"escape":        {with(func(p *model.Person) { p.Name = "A\x1b[31mB" }), "cannot be seen"},
		"turned round":  {with(func(p *model.Person) { p.Name = "A\u202eB" }), "cannot be seen"},
		"no letters":    {with(func(p *model.Person) { p.Name = "A\xffB" }), "cannot be seen"},
		"unit's name":   {onRoster(lan, model.SubjectUnit, "moi", (*model.Unit)(nil), &model.Unit{ID: "moi", Name: "A\aB", Group: "phong-don-vi"}), "cannot be seen"},
		"short key":     {with(func(p *model.Person) { p.Keys = []string{rsaLine(t, 1024)} }), "at least 2048 bits, not 1024"},
		"nobody":        {onRoster(lan, model.SubjectPerson, "ai", &lan, (*model.Person)(nil)), "there is no person"},
		"group":         {unit("phong-moi", "phong"), "there is no group"},
		"unit taken":    {unit("thanh-tra", "phong-don-vi"), "is taken"},
		"group as unit": {unit("doan-the", "phong-don-vi"), "doan-the"},
	}
	before := git(t, dir, "rev-parse", "HEAD")
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := store.Apply(context.Background(), test.change)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v; want %q", err, test.want)
			}
		})
	}
	if after := git(t, dir, "rev-parse", "HEAD") + git(t, dir, "status", "--porcelain"); after != before {
		t.Error("something was written")
	}
}
