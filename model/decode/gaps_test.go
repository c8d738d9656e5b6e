package decode_test

import (
	"strings"
	"testing"

	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/phrase"
)

const openPlan = `schema = 2
[plan]
id       = "p"
language = "vi"
timezone = "Asia/Ho_Chi_Minh"
# starts =   # CẦN ĐIỀN: ngày bắt đầu
  # ends = # TO FILL IN
[document]
title = "KẾ HOẠCH"  # CẦN ĐIỀN: trích yếu
[[goal]]
id   = "g"
kind = "aim"  # CẦN ĐIỀN: aim hay requirement?
text = "Nói # CẦN ĐIỀN: ở đây."
[[activity]]
id      = "a"
section = "activity"
title   = "A"
text    = "A."
# assigned =   # CẦN ĐIỀN: đơn vị thực hiện
[[activity]]
id       = "b"
section  = "activity"
title    = "B"
text     = "B."
assigned = ["nhom"]
`

const openRoster = `schema = 1
[[group]]
id   = "nhom"
name = "Nhóm"
# coordinator =   # CẦN ĐIỀN: đơn vị đầu mối
`

func readPlan(plan, roster string) []phrase.Problem {
	named := decode.NewNames()
	units := decode.Parse("units.toml", []byte(roster))
	decode.Roster(units, named)
	file := decode.Parse("plan.toml", []byte(plan))
	decode.Plan(file, named)
	return append(file.Problems, units.Problems...)
}

// What a document does not say is a commented key: it is listed, and is no error.
func TestOpenKeysAreListed(t *testing.T) {
	want := []string{
		"plan.toml:6:3: starts cần điền: ngày bắt đầu",
		"plan.toml:7:5: ends cần điền",
		"plan.toml:9:1: title cần điền: trích yếu",
		"plan.toml:12:1: kind cần điền: aim hay requirement?",
		"plan.toml:19:3: assigned cần điền: đơn vị thực hiện",
		"units.toml:5:3: coordinator cần điền: đơn vị đầu mối",
	}
	var got []string
	for _, problem := range readPlan(openPlan, openRoster) {
		if !problem.Warning {
			t.Errorf("an error: %s", problem.Error())
		}
		got = append(got, problem.Place()+": "+phrase.In(phrase.Vietnamese).Say(problem.What))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A key that must be there is missed as before where nothing says that it is open, also where another table has the gap.
func TestMissingKeysAreErrors(t *testing.T) {
	tests := map[string]struct{ plan, roster, want string }{
		"nobody assigned, the gap in the table before": {
			strings.Replace(openPlan, `assigned = ["nhom"]`, "", 1), openRoster, "plan.toml:20:1: assigned is missing",
		},
		"no coordinator": {openPlan, strings.Replace(openRoster, "CẦN ĐIỀN", "xem lại", 1), "units.toml:1:1: no unit is the coordinator"},
		"an empty value": {strings.Replace(openPlan, `"KẾ HOẠCH"`, `""`, 1), openRoster, "plan.toml:9:9: title is empty"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var errors []string
			for _, problem := range readPlan(test.plan, test.roster) {
				if !problem.Warning {
					errors = append(errors, problem.Error())
				}
			}
			if name == "an empty value" && len(readPlan(test.plan, test.roster)) != 6 {
				t.Error("it is said twice that the title is empty")
			}
			if len(errors) != 1 || errors[0] != test.want {
				t.Errorf("got %q, want %q", errors, test.want)
			}
		})
	}
}
