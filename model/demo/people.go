package demo

import (
	"fmt"
	"math/rand/v2"

	"example.org/tiendo/model"
	"example.org/tiendo/model/text"
)

// peopleLimit is how many units have a person of their own: a roster of
// thousands of people would be larger than a data file may be.
const peopleLimit = 100

// person is a made-up person.
func person(id, name, unit string, role model.Role) model.Person {
	return model.Person{ID: id, Name: name, Unit: unit, Role: role, Email: id + "@example.org"}
}

// people makes a coordinator, a viewer, and one of the staff for each unit.
func people(random *rand.Rand, units []model.Unit) []model.Person {
	list := []model.Person{person("lan", "Nguyễn Thị Lan", units[0].ID, model.Coordinator)}
	given := []string{"Minh", "Hằng", "Dũng", "Thảo", "Quang", "Hương", "Tuấn", "Ngọc", "Sơn",
		"Yến", "Phúc", "Trang", "Hải", "Loan", "Đức", "Vân", "Khánh", "Oanh"}
	random.Shuffle(len(given), func(i, j int) { given[i], given[j] = given[j], given[i] })
	families := []string{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Võ", "Đặng", "Bùi", "Hồ"}
	for i, unit := range units[:min(len(units), peopleLimit)] {
		name := given[i%len(given)]
		id := text.Slug(name, model.MaxID)
		if i >= len(given) {
			id = fmt.Sprintf("%s-%d", id, i/len(given)+1)
		}
		family := families[random.IntN(len(families))]
		list = append(list, person(id, family+" "+name, unit.ID, model.Staff))
	}
	return append(list, person("giam-sat", "Trương Văn An", units[0].ID, model.Viewer))
}

// staffOf is who signs for a unit: its own person, or the coordinator where there is none.
func staffOf(list []model.Person, unit string) model.Person {
	for _, person := range list {
		if person.Unit == unit && person.Role == model.Staff {
			return person
		}
	}
	return list[0]
}
