package show

import "example.org/tiendo/model/review"

type syncJSON struct {
	Version   int      `json:"version"`
	Remote    string   `json:"remote"`
	Received  int      `json:"received"`
	Sent      int      `json:"sent"`
	Waiting   int      `json:"waiting"` // -1: not known
	Merged    string   `json:"merged"`
	Conflicts int      `json:"conflicts"` // files of which a version is set aside
	Disputes  int      `json:"disputes"`
	Tries     int      `json:"tries"`
	Notices   []string `json:"notices"`
	Error     string   `json:"error"`
}

// SyncJSON is `sync --json`: what was exchanged, and the error if it failed.
func (p *Printer) SyncJSON(result review.SyncResult, err error) error {
	told := syncJSON{
		Version: JSONVersion, Remote: result.Remote, Received: result.Received, Sent: result.Sent, Waiting: result.Waiting,
		Merged: result.Merged, Conflicts: result.Conflicts, Disputes: result.Disputes, Tries: result.Tries,
		Notices: []string{},
	}
	for _, notice := range result.Notices {
		told.Notices = append(told.Notices, p.Words.Say(notice))
	}
	if err != nil {
		told.Error = p.Words.Error(err)
	}
	return p.JSON(told)
}
