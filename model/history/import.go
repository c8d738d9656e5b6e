package history

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"example.org/tiendo/model"
)

// Imported is a commit to come and what its file holds then.
type Imported struct {
	model.Commit
	Content []byte
}

// Import adds many commits at once on top of the last one, and brings the work tree to
// the newest of them. It is for a folder that was just made up: work that is in no commit would be lost.
func (r *Repository) Import(ctx context.Context, versions []Imported) error {
	if len(versions) == 0 {
		return nil
	}
	var stream bytes.Buffer
	signed := func(role, name, email string, at time.Time) {
		fmt.Fprintf(&stream, "%s %s <%s> %d %s\n", role, identity(name), identity(email), at.Unix(), at.Format("-0700"))
	}
	block := func(content []byte) { fmt.Fprintf(&stream, "data %d\n%s\n", len(content), content) }
	for i, version := range versions {
		path, err := r.relative(version.Path)
		if err != nil {
			return err
		}
		stream.WriteString("commit refs/heads/main\n")
		signed("author", version.AuthorName, version.AuthorEmail, version.When)
		signed("committer", committerName, committerEmail, version.When)
		block([]byte(version.Message))
		if i == 0 {
			stream.WriteString("from refs/heads/main^0\n")
		}
		fmt.Fprintf(&stream, "M 100644 inline %s\n", path)
		block(version.Content)
	}
	if _, err := run(ctx, r.top, stream.Bytes(), nil, "fast-import", "--quiet"); err != nil {
		return err
	}
	_, err := run(ctx, r.top, nil, nil, "reset", "--quiet", "--hard")
	return err
}
