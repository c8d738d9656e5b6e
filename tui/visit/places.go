package visit

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"example.org/tiendo/model"
	"example.org/tiendo/model/phrase"
)

// MostPlaces is how many sessions of OpenSSH's one person may have at the same time unless it is said otherwise: each
// is a process of its own.
const MostPlaces = 32

// TakePlace takes one of the places that a person has in a folder, each of them a locked file. The system frees it when
// the process ends, however it does; free, never nil, does so earlier. Where places cannot be counted, everybody has
// one.
func TakePlace(dir, person string, most int) (free func(), err error) {
	if !model.IsID(person) || os.MkdirAll(dir, 0o700) != nil {
		return func() {}, nil //nolint:nilerr // a full disk must not shut anybody out
	}
	for i := range most {
		place := flock.New(filepath.Join(dir, fmt.Sprintf("%s-%d", person, i)), flock.SetPermissions(0o600))
		switch locked, err := place.TryLock(); {
		case err != nil:
			return func() {}, nil //nolint:nilerr // a full disk must not shut anybody out
		case locked:
			return func() { _ = place.Close() }, nil
		}
	}
	return func() {}, phrase.Refuse(phrase.Say("you have %d sessions already, and may not have more", most),
		phrase.Say("close one of them first"))
}
