package history

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/history/gitrun"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
	"example.org/tiendo/model/text"
)

// maxDiff is how much of a diff is shown, in lines.
const maxDiff = 2_000

// Marks say of which plan it is kept how far it has been reviewed.
type Marks struct {
	Dir    string // its data folder
	Plan   string // its id
	Reader Reader
}

// markName is how a person is named in a mark; whoever is on no roster has one of their own.
func markName(person string) string { return cmp.Or(person, "local") }

// ref is the mark of a person.
func (m *Marks) ref(person string) string { return review.ReviewRefs + m.Plan + "/" + markName(person) }

// Reviewed is the commit up to which a person has reviewed; "" when they have not begun.
func (r *Repository) Reviewed(ctx context.Context, marks Marks, person string) (string, error) {
	if err := r.OnlyPlan(ctx, marks); err != nil {
		return "", err
	}
	for _, ref := range []string{marks.ref(person), review.ReviewedRefs + markName(person)} {
		out, err := r.run(ctx, nil, nil, "rev-parse", "--verify", "--quiet", ref+"^{commit}")
		if gitrun.ExitCode(err) == 1 {
			continue
		}
		if err != nil || ref == marks.ref(person) || r.heldOnly(ctx, marks) {
			return strings.TrimSpace(string(out)), err
		}
	}
	return "", nil
}

// MarkReviewed keeps that a person has reviewed everything up to a commit; with "" that they have reviewed nothing.
func (r *Repository) MarkReviewed(ctx context.Context, marks Marks, person, commit string) error {
	if !model.IsID(marks.Plan) {
		return phrase.Refuse(phrase.Say("the plan has no usable id, so nobody can keep how far it has been reviewed"),
			phrase.Say("`tiendo check` names what is wrong in %s", planFile))
	}
	if err := r.OnlyPlan(ctx, marks); err != nil {
		return err
	}
	if commit == "" {
		return r.changePatiently(ctx, "update-ref", "-d", marks.ref(person))
	}
	hash, err := r.Resolve(ctx, commit)
	if err != nil {
		return err
	}
	return r.changePatiently(ctx, "update-ref", "-m", "tiendo: reviewed", marks.ref(person), hash)
}

// tagSkipped is how git ls-files marks what the work tree need not hold.
const tagSkipped = "S"

// anyPlan are the plans of a repository, wherever they lie; a pattern, which git takes only where it is told so.
const anyPlan = ":(glob)**/" + planFile

var withPatterns = []string{"GIT_LITERAL_PATHSPECS=0"}

// OnlyPlan says that another plan of the repository has the same id, so that the id does not tell which is meant.
func (r *Repository) OnlyPlan(ctx context.Context, marks Marks) error {
	own, err := r.Folder(marks.Dir)
	if err != nil {
		return err
	}
	named, err := r.planFiles(ctx)
	if err != nil {
		return err
	}
	for entry := range strings.SplitSeq(named, "\x00") {
		tag, name, _ := strings.Cut(entry, " ")
		if name == "" || name == path.Join(own, planFile) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(r.top, filepath.FromSlash(name)))
		if err != nil && tag == tagSkipped {
			content, err = r.ask(ctx, "cat-file", "blob", ":"+name)
		}
		if err != nil {
			continue // it is to go, or cannot be read: who looks into that plan is told
		}
		if planID(ctx, marks.Reader, content) == marks.Plan {
			return phrase.Refuse(phrase.Say("two plans of this repository have the id %q: %s and %s", marks.Plan,
				path.Join(own, planFile), text.Line(name)),
				phrase.Say("give one of them another id: the line id below [plan] in its %s", planFile))
		}
	}
	return nil
}

// planFiles names the plans in the index, each after its tag. Git is asked again only once HEAD or the index has
// changed.
func (r *Repository) planFiles(ctx context.Context) (string, error) {
	state := r.state(r.Head())
	r.asked.mutex.Lock()
	defer r.asked.mutex.Unlock()
	if r.asked.index != state {
		out, err := r.run(ctx, nil, withPatterns, "ls-files", "-t", "-z", "--", anyPlan)
		if err != nil {
			return "", err
		}
		r.asked.index, r.asked.named = state, string(out)
	}
	return r.asked.named, nil
}

// planID is the id in the bytes of a plan; "" where there is none.
func planID(ctx context.Context, reader Reader, content []byte) string {
	campaign, _ := reader.Load(ctx, map[string][]byte{planFile: content}) // the roster is missing, and is not wanted
	if campaign == nil {
		return ""
	}
	return campaign.Plan.ID
}

// heldOnly reports whether the repository has never held any other plan, as far as its history can be read.
func (r *Repository) heldOnly(ctx context.Context, marks Marks) bool {
	state := r.state(r.Head()) + marks.Plan
	r.asked.mutex.Lock()
	defer r.asked.mutex.Unlock()
	if r.asked.plans != state {
		r.asked.plans, r.asked.only = state, r.askHeldOnly(ctx, marks)
	}
	return r.asked.only
}

func (r *Repository) askHeldOnly(ctx context.Context, marks Marks) bool {
	out, err := r.run(ctx, nil, withPatterns, "log", "--all", "--full-history", "-z", "--format=", "--raw",
		"--no-abbrev", "--no-renames", "--root",
		"--no-show-signature", "--no-color", "--no-textconv", "--no-ext-diff", "--", anyPlan)
	if err != nil {
		return false
	}
	var ids []string
	for field := range strings.SplitSeq(string(out), "\x00") {
		if file, is := parseRaw(strings.TrimPrefix(field, "\n"), ""); is {
			ids = append(append(ids, file.after), file.before...)
		}
	}
	objects := r.objects(ctx)
	defer objects.close()
	plans, err := objects.fetch(ids)
	if err != nil {
		return false
	}
	for _, plan := range plans {
		if id := planID(ctx, marks.Reader, plan.bytes); plan.err != nil || id != marks.Plan && id != "" {
			return false
		}
	}
	return true
}

// Unread lists the commits that others have made to the data since a person has
// reviewed, newest first, at most so many. Merges count only as far as they decided
// something or left something out.
func (r *Repository) Unread(ctx context.Context, marks Marks, person model.Person, most int) ([]string, error) {
	reviewed, err := r.Reviewed(ctx, marks, person.ID)
	if err != nil {
		return nil, err
	}
	all, err := r.since(ctx, marks, reviewed, most)
	var unread []string
	for _, one := range all {
		if person.Email == "" || !strings.EqualFold(one.by, person.Email) {
			unread = append(unread, one.hash)
		}
	}
	return unread, err
}

// made is a commit to the data, by the address of who made it.
type made struct{ hash, by string }

// since are the commits to the data since one, or of all times. Git is asked again only once HEAD is another one.
func (r *Repository) since(ctx context.Context, marks Marks, reviewed string, most int) ([]made, error) {
	edge, err := r.edge()
	if err != nil {
		return nil, err
	}
	head, question := r.Head(), fmt.Sprint(marks.Dir, "\x00", reviewed, "\x00", most)
	state := head + fmt.Sprint(edge)
	r.asked.mutex.Lock()
	defer r.asked.mutex.Unlock()
	if r.asked.head != state {
		r.asked.head, r.asked.since = state, map[string][]made{}
	}
	if all, known := r.asked.since[question]; known {
		return all, nil
	}
	all, err := r.askSince(ctx, marks, reviewed, most)
	if err == nil && head != "" && head == r.Head() {
		r.asked.since[question] = all
	}
	return all, err
}

func (r *Repository) askSince(ctx context.Context, marks Marks, reviewed string, most int) ([]made, error) {
	folder, err := r.Folder(marks.Dir)
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
		// nothing is committed yet
		if strings.Contains(err.Error(), "unknown revision") || strings.Contains(err.Error(), "bad revision") {
			return nil, r.Unborn(ctx)
		}
		return nil, err
	}
	var all []made
	var merges []string
	for record := range strings.SplitSeq(string(out), "\x00") {
		lines := strings.Split(record, "\n")
		hashes := strings.Fields(lines[0])
		if len(hashes) == 0 || len(lines) < 2 {
			continue
		}
		all = append(all, made{strings.Clone(hashes[0]), strings.TrimSpace(lines[1])})
		if len(hashes) > 2 {
			merges = append(merges, hashes[0])
		}
	}
	return r.withoutBareMerges(ctx, marks.Dir, marks.Reader, all, merges)
}

// withoutBareMerges leaves out the merges that neither decided nor left out anything.
func (r *archive) withoutBareMerges(ctx context.Context, dir string, reader Reader, commits []made,
	merges []string) ([]made, error) {
	if len(merges) == 0 {
		return commits, nil
	}
	tell := map[string]bool{}
	err := r.Log(ctx, dir, reader, LogOptions{Range: merges, NoWalk: true}, func(revision review.Revision) bool {
		tell[revision.Hash] = true
		return true
	})
	return slices.DeleteFunc(commits, func(commit made) bool {
		return slices.Contains(merges, commit.hash) && !tell[commit.hash]
	}), err
}

// Diff is what a commit changed in the data, as git shows it, line by line and
// made safe; of a very long one the beginning.
func (r *archive) Diff(ctx context.Context, dir, commit string) ([]string, error) {
	folder, err := r.Folder(dir)
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
		"show", "--format=", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-show-signature",
		"--diff-merges=combined", commit, "--",
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
