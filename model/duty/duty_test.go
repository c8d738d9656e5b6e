package duty_test

import (
	"testing"

	"example.org/tiendo/model/duty"
)

// Who answers for a thing, who supports it, and who has nothing to do with it.
func TestRole(t *testing.T) {
	offices, unions := []string{"offices"}, []string{"unions"}
	tests := map[string]struct {
		duty                 duty.Duty
		office, other, union duty.Role // office and other are of the group offices
	}{
		"assigned":                   {duty.Duty{Assigned: offices}, duty.Assigned, duty.Assigned, duty.None},
		"a unit is assigned":         {duty.Duty{Assigned: []string{"office"}}, duty.Assigned, duty.None, duty.None},
		"a lead alone":               {duty.Duty{Leads: []string{"office"}}, duty.Lead, duty.None, duty.None},
		"two leads":                  {duty.Duty{Leads: []string{"office", "union"}}, duty.Lead, duty.None, duty.Lead},
		"a group leads":              {duty.Duty{Leads: offices}, duty.Lead, duty.Lead, duty.None},
		"a lead beside assigned":     {duty.Duty{Leads: []string{"office"}, Assigned: offices}, duty.Lead, duty.Support, duty.None},
		"a lead of another group":    {duty.Duty{Leads: []string{"union"}, Assigned: offices}, duty.Support, duty.Support, duty.Lead},
		"support":                    {duty.Duty{Leads: unions, Support: offices}, duty.Support, duty.Support, duty.Lead},
		"who leads does not support": {duty.Duty{Leads: []string{"office"}, Support: offices}, duty.Lead, duty.Support, duty.None},
		"support beside assigned": {duty.Duty{Assigned: unions, Support: offices}, duty.Support, duty.Support,
			duty.Assigned},
		"in both, without a lead":  {duty.Duty{Assigned: offices, Support: offices}, duty.Assigned, duty.Assigned, duty.None},
		"all three":                {duty.Duty{Leads: unions, Assigned: offices, Support: []string{"office"}}, duty.Support, duty.None, duty.Lead},
		"nobody supports, it says": {duty.Duty{Leads: unions, Assigned: offices, Support: []string{}}, duty.None, duty.None, duty.Lead},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for unit, want := range map[[2]string]duty.Role{
				{"office", "offices"}: test.office, {"other", "offices"}: test.other, {"union", "unions"}: test.union,
			} {
				if got := test.duty.Role(unit[0], unit[1]); got != want {
					t.Errorf("%s: %q; want %q", unit[0], got, want)
				}
			}
		})
	}
}
