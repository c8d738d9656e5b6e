package history

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// reviewedRefs is where it is kept up to which commit each coordinator has reviewed.
const reviewedRefs = "refs/tiendo/reviewed/"

// maxDiff is how much of a diff is shown, in lines.
const maxDiff = 2_000

// reviewedRef is the ref of a person; whoever is on no roster has one of their own.
func reviewedRef(person string) string {
	if person == "" {
		person = "local"
	}
	return reviewedRefs + person
}

// Reviewed is the commit up to which a person has reviewed; "" when they have not begun.
func (r *Repository) Reviewed(ctx context.Context, person string) (string, error) {
	out, err := run(ctx, r.top, nil, nil, "rev-parse", "--verify", "--quiet", reviewedRef(person)+"^{commit}")
	if err != nil {
		if exitCode(err) == 1 {
			return "", nil
		}
		return "", err
	}
	return strings.TrimSpace(string(out)), nil
}

// MarkReviewed keeps that a person has reviewed everything up to a commit.
func (r *Repository) MarkReviewed(ctx context.Context, person, commit string) error {
	hash, err := r.Resolve(ctx, commit)
	if err != nil {
		return err
	}
	_, err = run(ctx, r.top, nil, nil, "update-ref", "-m", "tiendo: reviewed", reviewedRef(person), hash)
	return err
}

// Unread lists the commits that others have made to the data since a person has
// reviewed, newest first, at most so many. Merges count only as far as they decided
// something or left something out.
func (r *Repository) Unread(ctx context.Context, dir string, reader Reader, person model.Person, most int) ([]string, error) {
	folder, err := r.folder(dir)
	if err != nil {
		return nil, err
	}
	reviewed, err := r.Reviewed(ctx, person.ID)
	if err != nil {
		return nil, err
	}
	arguments := []string{
		"log", fmt.Sprintf("--max-count=%d", most), "--format=%x00%H %P%n%ae", "--full-history", "--no-patch",
		"--no-show-signature", "--no-color", "HEAD",
	}
	if reviewed != "" {
		arguments = append(arguments, "^"+reviewed)
	}
	out, err := r.ask(ctx, append(append(arguments, "--"), dataPaths(folder)...)...)
	if err != nil {
		if strings.Contains(err.Error(), "unknown revision") || strings.Contains(err.Error(), "bad revision") { // nothing is committed yet
			return nil, r.Unborn(ctx)
		}
		return nil, err
	}
	var unread, merges []string
	for record := range strings.SplitSeq(string(out), "\x00") {
		lines := strings.Split(record, "\n")
		hashes := strings.Fields(lines[0])
		if len(hashes) == 0 || len(lines) < 2 || person.Email != "" && strings.EqualFold(strings.TrimSpace(lines[1]), person.Email) {
			continue
		}
		unread = append(unread, hashes[0])
		if len(hashes) > 2 {
			merges = append(merges, hashes[0])
		}
	}
	return r.withoutBareMerges(ctx, dir, reader, unread, merges)
}

// withoutBareMerges leaves out the merges that neither decided nor left out anything.
func (r *Repository) withoutBareMerges(ctx context.Context, dir string, reader Reader, commits, merges []string) ([]string, error) {
	if len(merges) == 0 {
		return commits, nil
	}
	tell := map[string]bool{}
	err := r.Log(ctx, dir, reader, LogOptions{Range: merges, NoWalk: true}, func(revision review.Revision) bool {
		tell[revision.Hash] = true
		return true
	})
	return slices.DeleteFunc(commits, func(commit string) bool { return slices.Contains(merges, commit) && !tell[commit] }), err
}

// Diff is what a commit changed in the data, as git shows it, line by line and
// made safe; of a very long one the beginning.
func (r *Repository) Diff(ctx context.Context, dir, commit string) ([]string, error) {
	folder, err := r.folder(dir)
	if err != nil {
		return nil, err
	}
	edge, err := r.edge()
	if err != nil {
		return nil, err
	}
	if edge[commit] {
		return nil, (&review.Revision{Boundary: true}).Untold()
	}
	arguments := append([]string{
		"show", "--format=", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-show-signature", "--diff-merges=combined", commit, "--",
	}, dataPaths(folder)...)
	out, err := r.ask(ctx, arguments...)
	if err != nil {
		return nil, err
	}
	var lines []string
	for line := range strings.Lines(string(out)) {
		if len(lines) == maxDiff {
			return append(lines, "…"), nil
		}
		lines = append(lines, text.Line(strings.TrimRight(line, "\r\n")))
	}
	return lines, nil
}
