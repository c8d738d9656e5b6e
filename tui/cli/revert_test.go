package cli

import (
	"context"
	"errors"
	"strings"
	"testing"

	"example.org/tiendo/model"
	"example.org/tiendo/model/store"
	"example.org/tiendo/model/workspace"
)

// fullDisk makes some changes and then no more; what undoes them it still makes.
type fullDisk struct {
	*store.Store // nil: nothing else is asked of it

	room int
	made []model.Change
}

func (d *fullDisk) Apply(_ context.Context, change model.Change) (model.Receipt, error) {
	if !change.Restore {
		if d.room == 0 {
			return model.Receipt{}, errors.New("no space left")
		}
		d.room--
	}
	d.made = append(d.made, change)
	return model.Receipt{Change: change, Value: change.New}, nil
}

// When a later change cannot be made, those before it are put back, the last one first.
func TestSeveralChangesOrNone(t *testing.T) {
	change := func(unit string) model.Change {
		return model.Change{
			Unit: unit, Subject: model.Subject{Kind: model.SubjectActivity, ID: "talk"},
			Seen: model.Entry{Status: model.Done}, New: model.Entry{Status: model.Todo},
		}
	}
	disk := &fullDisk{room: 2}
	err := applyAll(context.Background(), &App{}, &workspace.Workspace{Store: disk}, []model.Change{change("a"), change("b"), change("c")})
	if err == nil || err.Error() != "no space left" {
		t.Errorf("error %v", err)
	}
	var units strings.Builder
	for _, change := range disk.made {
		units.WriteString(change.Unit)
	}
	if last := disk.made[len(disk.made)-1]; units.String() != "abba" || model.As[model.Entry](last.New).Status != model.Done {
		t.Errorf("changes of %s, the last one to %s", units.String(), model.As[model.Entry](last.New).Status)
	}
}
