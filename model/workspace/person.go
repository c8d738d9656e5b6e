package workspace

import (
	"os/user"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/text"
)

// PersonWith is the person on the roster with an e-mail address, or else a local one.
func PersonWith(campaign *model.Campaign, name, email string) model.Person {
	for _, person := range campaign.Roster.People {
		if email != "" && strings.EqualFold(person.Email, email) {
			return person
		}
	}
	return LocalPerson(name, email)
}

// LocalPerson is someone on no roster, named by git or by the operating system.
func LocalPerson(name, email string) model.Person {
	person := model.Person{Name: text.Line(strings.TrimSpace(name)), Email: text.Line(strings.TrimSpace(email)), Role: model.Coordinator}
	if person.Name == "" {
		person.Name = accountName()
	}
	return person
}

// accountName is the user's name as the operating system knows it.
func accountName() string {
	account, err := user.Current()
	if err != nil {
		return "tiendo"
	}
	// The field may hold room and telephone after the name.
	name, _, _ := strings.Cut(account.Name, ",")
	if name = text.Line(strings.TrimSpace(name)); name != "" {
		return name
	}
	return text.Line(account.Username)
}
