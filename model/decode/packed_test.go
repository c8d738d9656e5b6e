package decode

import (
	"reflect"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
)

// fill gives every field of a record a value of its own.
func fill[T any](t *testing.T, fields []field.Field[T], record *T) {
	t.Helper()
	for i, f := range fields {
		switch fact := f.At(record).(type) {
		case *string:
			*fact = "Thanh tra Sở " + f.Key
		case *bool:
			*fact = true
		case *calendar.Day:
			*fact = calendar.Day{Year: 2019 + i, Month: 12, Day: 31}
		case *[]string:
			*fact = []string{f.Key, "", "Thanh tra Sở name"}
		default:
			t.Fatalf("%s is a %T", f.Key, fact)
		}
	}
	if value := reflect.ValueOf(*record); !filled(value) {
		t.Fatalf("%+v: a field is in no table", *record)
	}
}

func filled(value reflect.Value) bool {
	for _, field := range value.Fields() {
		if field.IsZero() {
			return false
		}
	}
	return true
}

func fullRoster(t *testing.T) model.Roster {
	roster := model.Roster{Groups: make([]model.Group, 2), Units: make([]model.Unit, 300), People: make([]model.Person, 3), OwnKeys: true}
	fill(t, model.GroupFields, &roster.Groups[1])
	fill(t, model.UnitFields, &roster.Units[7]) // the others are empty
	roster.Units[299].Name = "Chi đoàn"
	fill(t, model.PersonFields, &roster.People[1])
	if !filled(reflect.ValueOf(roster)) {
		t.Fatalf("a field of a roster is kept nowhere: %+v", roster)
	}
	return roster
}

func TestPackedRosterIsTheSame(t *testing.T) {
	for name, roster := range map[string]model.Roster{"full": fullRoster(t), "empty": {}} {
		packed, err := PackRoster(&roster)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := UnpackRoster(packed); err != nil || !reflect.DeepEqual(got, roster) {
			t.Errorf("%s: %v\n%+v\n%+v", name, err, got, roster)
		}
		for length := range packed {
			if got, err := UnpackRoster(packed[:length]); err == nil {
				t.Errorf("%s: the first %d of %d bytes are taken for %+v", name, length, len(packed), got)
			}
		}
	}
}

// Whatever the bytes are, they are refused or are some roster.
func FuzzUnpackRoster(f *testing.F) {
	packed, err := PackRoster(&model.Roster{Units: []model.Unit{{ID: "van-phong", Name: "Văn phòng", Coordinator: true}},
		People: []model.Person{{ID: "lan", Keys: []string{"ssh-ed25519 AAAA"}}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packed)
	f.Add([]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 1})
	f.Fuzz(func(_ *testing.T, packed []byte) { _, _ = UnpackRoster(packed) })
}

// A plan read beside ids whose places are not known has the same problems.
func TestNamesOfARoster(t *testing.T) {
	const source = `schema = 1
[[group]]
id = "phong"
name = "Phòng"
[[unit]]
id = "van-phong"
name = "Văn phòng"
group = "phong"
coordinator = true
[[unit]]
id = "thanh-tra"
name = "Thanh tra"
group = "phong"
`
	named := NewNames()
	roster := Roster(Parse("units.toml", []byte(source)), named)
	short := NamesOf(&roster)
	for range 2 * soughtInOrder {
		for _, id := range []string{"phong", "van-phong", "thanh-tra", "thanhtra", ""} {
			for i, sets := range [][2]*ids{{named.groups, short.groups}, {named.units, short.units}, {named.addressees, short.addressees}} {
				if got, want := sets[1].has(id), sets[0].has(id); got != want {
					t.Fatalf("set %d has %q: %v, want %v", i, id, got, want)
				}
			}
			if got, want := short.group(id), named.group(id); got != want {
				t.Fatalf("the group of %q is %q, want %q", id, got, want)
			}
		}
	}
	if got, want := short.units.hint("thanhtra"), named.units.hint("thanhtra"); !reflect.DeepEqual(got, want) {
		t.Errorf("hint %v, want %v", got, want)
	}
}
