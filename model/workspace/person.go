package workspace

import (
	"os/user"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/text"
)

// personWith is the person on the roster with an e-mail address, or else a local one.
func personWith(campaign *model.Campaign, name, email string) model.Person {
	if person := campaign.Roster.ByEmail(email); person != nil {
		return *person
	}
	return localPerson(name, email)
}

// localPerson is someone on no roster, named by git or by the operating system.
func localPerson(name, email string) model.Person {
	person := model.Person{Name: text.Line(strings.TrimSpace(name)), Email: text.Line(strings.TrimSpace(email)),
		Role: model.Coordinator}
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

// Person is who works in the folder: the one with the id that source gives, else the one on the roster with git's
// user.email, else the owner of the files, who acts as coordinator.
func (w *Workspace) Person(id, source string) (model.Person, error) {
	if id != "" {
		person, err := w.Campaign.Person(id)
		if err != nil {
			return model.Person{}, &phrase.Refusal{What: phrase.Say("%s: %s", source, phrase.Of(err)), Hint: phrase.HintOf(err)}
		}
		return *person, nil
	}
	account := w.User()
	return personWith(w.Campaign, account.Name, account.Email), nil
}
