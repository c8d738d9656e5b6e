package store

import (
	"path/filepath"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
)

// A roster can be damaged in these ways, one at a time.
func TestLoadRoster(t *testing.T) {
	testDamage(t, map[string]damage{
		"the version is missing": {
			file: "units.toml", old: "schema = 1\n", with: "",
			want: []string{
				"data/units.toml:1:1: schema is missing | add the line schema = …",
			},
		},
		"two groups with one id": {
			file: "units.toml", old: "\"doan-the\"\nname", with: "\"phong-don-vi\"\nname",
			want: []string{
				`data/units.toml:8:8: "phong-don-vi" appears twice; first at data/units.toml:4:8 | every id stands for one thing only: give this one another`,
				`data/units.toml:25:9: group names "doan-the", which does not exist | known ids: phong-don-vi`,
			},
		},
		"two units with one id": {
			file: "units.toml", old: `id    = "thanh-tra"`, with: `id    = "van-phong"`,
			want: []string{
				`data/progress/thanh-tra.toml: there is no unit "thanh-tra" | known ids: van-phong, chi-doan`,
				`data/units.toml:18:9: "van-phong" appears twice; first at data/units.toml:12:15 | every id stands for one thing only: give this one another`,
				`data/units.toml:36:9: unit names "thanh-tra", which does not exist | known ids: van-phong, chi-doan`,
			},
		},
		"a unit with the id of a group": {
			file: "units.toml", old: `id    = "thanh-tra"`, with: `id    = "doan-the"`,
			want: []string{
				`data/progress/thanh-tra.toml: there is no unit "thanh-tra" | known ids: van-phong, doan-the, chi-doan`,
				`data/units.toml:18:9: "doan-the" appears twice; first at data/units.toml:8:8 | every id stands for one thing only: give this one another`,
				`data/units.toml:36:9: unit names "thanh-tra", which does not exist | known ids: van-phong, doan-the, chi-doan`,
			},
		},
		"an unknown group": {
			file: "units.toml", old: `group = "doan-the"`, with: `group = "doan-th"`,
			want: []string{
				`data/units.toml:25:9: group names "doan-th", which does not exist | did you mean doan-the?`,
			},
		},
		"a unit as a group": {
			file: "units.toml", old: `group = "doan-the"`, with: `group = "van-phong"`,
			want: []string{
				`data/units.toml:25:9: group names "van-phong", which does not exist | known ids: phong-don-vi, doan-the`,
			},
		},
		"no coordinator": {
			file: "units.toml", old: "coordinator = true\n", with: "",
			want: []string{
				"data/units.toml:11:1: no unit is the coordinator | write `coordinator = true` for the one unit to which the others report",
			},
		},
		"two coordinators": {
			file: "units.toml", old: `name  = "Chi đoàn"`, with: "name  = \"Chi đoàn\"\ncoordinator = true",
			want: []string{
				"data/units.toml:25:15: a second unit is the coordinator; the first is at data/units.toml:15:15 | keep `coordinator = true` for the one unit to which the others report",
			},
		},
		"a coordinator in quotes": {
			file: "units.toml", old: "coordinator = true", with: `coordinator = "true"`,
			want: []string{
				"data/units.toml:11:1: no unit is the coordinator | write `coordinator = true` for the one unit to which the others report",
				`data/units.toml:15:15: coordinator is "true"; want true or false`,
			},
		},
		"two people with one id": {
			file: "units.toml", old: `id    = "minh"`, with: `id    = "lan"`,
			want: []string{
				`data/units.toml:34:9: "lan" appears twice; first at data/units.toml:28:9 | every id stands for one thing only: give this one another`,
			},
		},
		"an unknown role": {
			file: "units.toml", old: `"staff"`, with: `"member"`,
			want: []string{
				`data/units.toml:37:9: role is "member"; want coordinator, staff or viewer`,
			},
		},
		"a unit that does not exist": {
			file: "units.toml", old: `unit  = "thanh-tra"`, with: `unit  = "thanhtra"`,
			want: []string{
				`data/units.toml:36:9: unit names "thanhtra", which does not exist | did you mean thanh-tra?`,
			},
		},
		"staff without a unit": {
			file: "units.toml", old: "unit  = \"thanh-tra\"\n", with: "",
			want: []string{
				"data/units.toml:33:1: unit is missing | add the line unit = …",
			},
		},
		"no address": {
			file: "units.toml", old: `"minh@example.org"`, with: `"minh at example.org"`,
			want: []string{
				`data/units.toml:38:9: warning: email is "minh at example.org"; want an address like lan@example.org | the person stays without an address until this is fixed`,
			},
		},
		"an address with a bracket": {
			file: "units.toml", old: `"minh@example.org"`, with: `"minh<x>@example.org"`,
			want: []string{
				`data/units.toml:38:9: warning: email is "minh<x>@example.org"; want an address like lan@example.org | the person stays without an address until this is fixed`,
			},
		},
		"one address for two": {
			file: "units.toml", old: `"minh@example.org"`, with: `"LAN@example.org"`,
			want: []string{
				`data/units.toml:38:9: warning: "LAN@example.org" appears twice; first at data/units.toml:31:9 | git knows people by their address, so that each needs one of their own`,
			},
		},
		"no public key": {
			file: "units.toml", old: `"ssh-ed25519 AAAAC3`, with: `"ssh-ed25519 BBBB`,
			want: []string{
				`data/units.toml:39:10: warning: keys is "ssh-ed25519 BBBBNzaC1lZDI1NTE5AAAAIGmN…; want a public key: kind, base64 and perhaps a name | copy the line from the person's id_ed25519.pub; until then this key opens nothing`,
			},
		},
		"a key with options": {
			file: "units.toml", old: `"ssh-ed25519 AAAAC3`, with: `"no-pty ssh-ed25519 AAAAC3`,
			want: []string{
				`data/units.toml:39:10: warning: keys is "no-pty ssh-ed25519 AAAAC3NzaC1lZDI1NTE…; want a public key: kind, base64 and perhaps a name | copy the line from the person's id_ed25519.pub; until then this key opens nothing`,
			},
		},
		"one key twice": {
			file: "units.toml", old: `Qk/bXWUdPMZtcRop minh"]`, with: "Qk/bXWUdPMZtcRop minh\",\n  \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGmNpgn1Vd8Rz0hC0X7oxQGIuFSXQk/bXWUdPMZtcRop other\"]",
			want: []string{
				"data/units.toml:40:3: the same key appears twice; first at data/units.toml:39:10 | every person needs a key of their own: a key says who somebody is",
			},
		},
		"an unknown key of a person": {
			file: "units.toml", old: `email = "minh`, with: `mail  = "minh`,
			want: []string{
				`data/units.toml:38:1: warning: unknown key "mail" | did you mean email?`,
			},
		},
		"an unknown key of a unit": {
			file: "units.toml", old: "coordinator = true", with: "coordinatr = true",
			want: []string{
				"data/units.toml:11:1: no unit is the coordinator | write `coordinator = true` for the one unit to which the others report",
				`data/units.toml:15:1: warning: unknown key "coordinatr" | did you mean coordinator?`,
			},
		},
		"an unknown table": {
			file: "units.toml", old: "[[person]]\nid    = \"lan\"", with: "[[people]]\nid    = \"lan\"",
			want: []string{
				`data/units.toml:27:3: warning: unknown key "people" | known keys: group, own_keys, person, schema, unit`,
			},
		},
		"a unit that is one table": {
			file: "units.toml", old: "[[group]]\nid   = \"doan", with: "[units]\n[[group]]\nid   = \"doan",
			want: []string{
				`data/units.toml:7:2: warning: unknown key "units" | did you mean unit?`,
			},
		},
	})
}

// Two units with one id have one file and one report between them.
func TestAUnitThatStandsTwiceIsExpectedOnce(t *testing.T) {
	dir := smallData(t)
	replaceIn(t, filepath.Join(dir, "units.toml"), `id    = "thanh-tra"`, `id    = "van-phong"`)
	board := model.NewBoard(load(t, dir), calendar.Date(2019, 12, 10))
	if len(board.Units) != 2 || board.Reporting.Expected != 2 || board.Units[0].Unit.Name != "Văn phòng Sở" {
		t.Errorf("%d units, %d reports expected, the first of %s", len(board.Units), board.Reporting.Expected, board.Units[0].Unit.Name)
	}
}
