package cli

import (
	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/workspace"
)

// person is who gives the command: the one of --as, else the one on the roster
// with git's user.email, else the owner of the files, who acts as coordinator.
func (p *program) person(folder *workspace.Workspace) (model.Person, error) {
	if id, source := p.setting("as", p.options.as, envAs); id != "" {
		person, err := folder.Campaign.Person(id)
		if err != nil {
			return model.Person{}, &phrase.Refusal{What: phrase.Say("%s: %s", source, phrase.Of(err)), Hint: phrase.HintOf(err)}
		}
		return *person, nil
	}
	account := folder.User()
	return workspace.PersonWith(folder.Campaign, account.Name, account.Email), nil
}
