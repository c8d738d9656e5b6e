package endtoend

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

// entrance is one of the ways in.
type entrance struct {
	*server

	user  []string // the options of the client that name the account
	lists bool     // it lists the keys, so that who is not in the list has to wait for a new one
}

// entrances are all ways in for lan, minh and xem.
var entrances = map[string]func(t *testing.T) entrance{
	"a list of keys": func(t *testing.T) entrance {
		s := openSSH(t, lan, minh, xem)
		return entrance{s.server, []string{"-l", s.account}, true}
	},
	"asked for each key": func(t *testing.T) entrance {
		s := askingSSHD(t, lan, minh, xem)
		return entrance{s.server, []string{"-l", s.account}, false}
	},
	"serve": func(t *testing.T) entrance { return entrance{serve(t, "", lan, minh, xem), nil, false} },
}

// says runs a command as a person.
func (e entrance) says(p person, line string) (out string, exit int) {
	e.t.Helper()
	return e.answer(p, append(append([]string{}, e.user...), "-o", "SetEnv=TIENDO_LANG=en", "--", line)...)
}

func (e entrance) opens(p person) *terminal {
	e.t.Helper()
	screen := e.open(p, e.user...)
	screen.await(help)
	return screen
}

// publicKey is a person's, as the roster holds it.
func (e entrance) publicKey(p person) string {
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(e.keys[p.id].PublicKey())))
}

// A key that was replaced is out at once, whichever way it comes, and so is the dashboard that it has opened.
func TestKeyReplaced(t *testing.T) {
	for name, enter := range entrances {
		t.Run(name, func(t *testing.T) {
			e := enter(t)
			screen, other := e.opens(minh), e.opens(lan)
			renewed := person{"renewed", minh.name, minh.role, minh.unit}
			e.keys[renewed.id] = newSigner(t, e.keyFile(renewed))
			e.editRoster(e.publicKey(minh), e.publicKey(renewed))
			screen.await("this key is no longer on the roster")
			if exit := screen.end(); exit != 1 {
				t.Errorf("the dashboard ended with %d", exit)
			}
			before := e.git("rev-parse", "HEAD")
			for _, line := range []string{"", "status", "tick thanh-tra treo-bang-ron"} {
				if out, exit := e.says(minh, line); exit == 0 || strings.Contains(out, "Thanh tra") {
					t.Errorf("%q with the old key: exit %d: %s", line, exit, out)
				}
			}
			if after := e.git("rev-parse", "HEAD"); after != before {
				t.Error("the old key has changed something")
			}
			if e.lists {
				e.run(tiendo(t), "authorized-keys", "--data", e.data(), "--into", filepath.Join(e.home, "authorized_keys"))
			}
			if out, exit := e.says(renewed, "tick thanh-tra treo-bang-ron"); exit != 0 {
				t.Errorf("with the new key: exit %d: %s", exit, out)
			}
			other.press("q")
			if exit := other.end(); exit != 0 {
				t.Errorf("who has their key ended with %d: %q", exit, other.text())
			}
		})
	}
}

// While the roster contains an error everybody stays who they were, whichever way they come, and is told; nobody new
// comes in, and nobody becomes somebody else.
func TestRosterWithAnError(t *testing.T) {
	for name, enter := range entrances {
		t.Run(name, func(t *testing.T) {
			e := enter(t)
			newcomer := person{"newcomer", lan.name, lan.role, lan.unit}
			e.keys[newcomer.id] = newSigner(t, e.keyFile(newcomer))
			path := filepath.Join(e.data(), "units.toml")
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			whole := string(content)
			for name, edited := range map[string]string{
				"an id twice":  whole + lan.table(e.publicKey(newcomer)), // lan's own, copied, with the newcomer's key
				"a key twice":  whole + person{"newcomer", "Mới", "coordinator", ""}.table(e.publicKey(minh)),
				"broken off":   whole + "\n[[person",
				"empty":        "",
				"without lan":  strings.Replace(whole, `id = "lan"`, `id = "lan`, 1),
				"a unit twice": whole + "\n[[unit]]\nid = \"thanh-tra\"\nname = \"x\"\ngroup = \"phong-don-vi\"\n",
			} {
				if err := os.WriteFile(path, []byte(edited), 0o600); err != nil {
					t.Fatal(err)
				}
				for _, p := range []person{lan, minh} {
					out, exit := e.says(p, "status --json --unit thanh-tra")
					if exit > 1 || !strings.Contains(out, `"person": "`+p.id+`"`) || !strings.Contains(out, "the last one without an error counts") {
						t.Errorf("%s: %s: exit %d: %s", name, p.id, exit, out)
					}
				}
				if out, exit := e.says(minh, "tick thanh-tra treo-bang-ron --note '"+name+"'"); exit != 0 || !strings.Contains(out, "saved ") {
					t.Errorf("%s: a tick: exit %d: %s", name, exit, out)
				}
				if author := e.git("log", "-1", "--format=%an"); author != "Lê Minh\n" {
					t.Errorf("%s: the tick is by %s", name, author)
				}
				if out, exit := e.says(minh, "tick van-phong treo-bang-ron"); exit == 0 {
					t.Errorf("%s: staff have become somebody else: %s", name, out)
				}
				if out, exit := e.says(newcomer, "status"); exit == 0 {
					t.Errorf("%s: the newcomer is let in: %s", name, out)
				}
			}
			screen := e.open(minh, e.user...)
			screen.await("units.toml")
			screen.await(help)
			screen.press("q")
			if exit := screen.end(); exit != 0 {
				t.Errorf("the dashboard ended with %d: %q", exit, screen.text())
			}
		})
	}
}
