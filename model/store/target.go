package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/field"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// target is the file that a change is to be written to, as it stands now.
type target struct {
	path   string // absolute
	src    []byte
	exists bool
	begins []byte       // what a file that does not exist begins with
	now    model.Value  // of the subject
	person model.Person // who changes it; nobody settles what others have done
	// finish makes the commit, of which git has been told already that it comes; nil: nothing has been begun.
	finish func(context.Context, review.Commit) (hash string, err error)
	// operations are the edits that give the subject a value.
	operations func(value model.Value) []edit.Operation
	// filled takes what was to be filled in out of the comments of edited bytes; nil: there is nothing of that kind.
	filled func(out []byte, value model.Value) []byte
	// version makes edited bytes name the version of their format that they need; nil: there is one only.
	version func(ctx context.Context, out []byte) []byte
	// check reads edited bytes by the loader's own rules and refuses those that say
	// anything else than the value for the subject, and for all others what they said before.
	check func(out []byte, value model.Value) error
	// warned is what the loader warns of in edited bytes and has not before; nil: it does not say.
	warned func(out []byte) []phrase.Sentence
	// told are the differences that edited bytes make, of the plan, which has no value for each of its facts.
	told func(out []byte) []review.Difference
}

// target finds and reads the file of a change, and checks the change against it.
func (s *Store) target(campaign *model.Campaign, base *base, list *listing, change model.Change) (target, error) {
	switch kind := change.Subject.Kind; {
	case kind.OnRoster():
		return s.rosterTarget(campaign, base, change)
	case kind.InPlan():
		return planTarget(s, campaign, base, list, change)
	case kind.OfOffice():
		return s.officeTarget(campaign, base, change)
	}
	return s.progressTarget(campaign, base, list, change)
}

func (s *Store) progressTarget(campaign *model.Campaign, base *base, list *listing, change model.Change) (target,
	error) {
	file, err := s.current(campaign, base, list, change)
	if err != nil {
		return target{}, err
	}
	subject := change.Subject
	now, content := subject.Of(&file.progress), file.src
	var begins []byte
	if unit := campaign.Roster.Unit(change.Unit); !file.exists && unit != nil {
		begins = emptyProgress(&campaign.Plan, unit, "")
		content = begins
	}
	return target{
		path: file.path, src: file.src, exists: file.exists, begins: begins, now: now,
		operations: func(value model.Value) []edit.Operation { return operations(content, subject, now, value) },
		check: func(out []byte, value model.Value) error {
			after := s.parseProgress(base, change.Unit, file.path, out)
			got := subject.Of(&after.progress)
			if !got.Equal(value) || !othersEqual(file.progress, after.progress, subject) {
				return s.unfaithful(file.path)
			}
			return nil
		},
	}, nil
}

// unfaithful refuses an edit that does not say what was meant.
func (s *reader) unfaithful(path string) error {
	return phrase.Refuse(phrase.Say("%s would not read back as it was meant, so nothing was written", s.shownFile(path)),
		phrase.Say("this is a fault of tiendo: keep the file and report it"))
}

// current reads the unit's file as it stands now and checks the change against it.
func (s *reader) current(campaign *model.Campaign, base *base, list *listing, change model.Change) (progressFile,
	error) {
	if _, err := campaign.Unit(change.Unit); err != nil {
		return progressFile{}, err
	}
	if err := campaign.MayChange(change.Person, change.Unit); err != nil {
		return progressFile{}, err
	}
	file := s.readProgress(base, change.Unit, list)
	fresh := *campaign
	fresh.Progress = map[string]model.Progress{change.Unit: file.progress}
	if err := fresh.Check(change); err != nil {
		return file, err
	}
	problem, bad := file.bad[change.Subject]
	if file.broken != nil {
		problem, bad = *file.broken, true
	}
	if bad {
		return file, s.mendFirst(problem)
	}
	return file, nil
}

// othersEqual compares everything but one subject.
func othersEqual(before, after model.Progress, except model.Subject) bool {
	return !slices.ContainsFunc(append(before.Subjects(), after.Subjects()...), func(subject model.Subject) bool {
		return subject != except && !subject.Of(&before).Equal(subject.Of(&after))
	})
}

// rosterTarget is units.toml. The base was read under the lock of this change.
func (s *Store) rosterTarget(campaign *model.Campaign, base *base, change model.Change) (target, error) {
	path := filepath.Join(s.dir, decode.RosterFile)
	if err := campaign.Check(change); err != nil {
		return target{}, err
	}
	before := decode.Parse(s.shownFile(path), base.rosterSource)
	roster := decode.Roster(before, decode.NewNames())
	if first := before.FirstError(); first != nil && (before.Broken || !onlyWithoutCoordinator(before.Problems)) {
		return target{}, s.mendFirst(*first)
	}
	subject := change.Subject
	return target{
		path: path, src: base.rosterSource, exists: true, now: roster.Of(subject),
		operations: func(value model.Value) []edit.Operation {
			return rosterOperations(base.rosterSource, subject, &roster, value)
		},
		check: func(out []byte, value model.Value) error {
			after := decode.Parse(s.shownFile(path), out)
			got := decode.Roster(after, decode.NewNames())
			if first := phrase.FirstNew(after.Problems, before.Problems); first != nil {
				return &phrase.Refusal{What: first.What, Hint: first.Hint}
			}
			if len(after.Problems) > len(before.Problems) {
				last := after.Problems[len(after.Problems)-1]
				return &phrase.Refusal{What: last.What, Hint: last.Hint}
			}
			if !got.Of(subject).Equal(value) || !othersOnRoster(roster, got, subject) {
				return s.unfaithful(path)
			}
			return nil
		},
	}, nil
}

// PlanSource are the bytes of plan.toml, in which package part finds the parts of the plan. The error says what is
// wrong in it.
func PlanSource(s *Store) ([]byte, error) {
	path := filepath.Join(s.dir, decode.PlanFile)
	src, _, err := s.readFile(path)
	if err != nil {
		return nil, err
	}
	if file := decode.Parse(s.shownFile(path), src); file.Broken {
		return nil, s.mendFirst(*file.FirstError())
	}
	return src, nil
}

// planTarget is plan.toml. The base was read under the lock of this change.
func planTarget(s *Store, campaign *model.Campaign, base *base, list *listing, change model.Change) (target, error) {
	path, subject := filepath.Join(s.dir, decode.PlanFile), change.Subject
	if err := campaign.Check(change); err != nil {
		return target{}, err
	}
	if err := part.Check(change); err != nil {
		return target{}, err
	}
	read := func(src []byte) (*decode.File, model.Plan) {
		names := decode.NewNames()
		decode.Roster(decode.Parse(decode.RosterFile, base.rosterSource), names)
		file := decode.Parse(s.shownFile(path), src)
		return file, decode.Plan(file, names)
	}
	before, plan := read(base.planSource)
	if first := before.FirstError(); first != nil && before.Broken { // another one may be what is set right here
		return target{}, s.mendFirst(*first)
	}
	var now model.Value = part.Whole(base.planSource, subject)
	return target{
		path: path, src: base.planSource, exists: true, now: now,
		operations: func(value model.Value) []edit.Operation {
			return part.Operations(base.planSource, subject, model.As[model.Part](value))
		},
		filled: func(out []byte, value model.Value) []byte {
			was, is := part.Of(base.planSource, subject), model.As[model.Part](value)
			var keys []string
			for key := range is {
				if was[key].TOML != is[key].TOML {
					keys = append(keys, key)
				}
			}
			return decode.Filled(out, part.At(out, subject), keys)
		},
		version: func(ctx context.Context, out []byte) []byte {
			return withVersion(ctx, s, path, base.planSource, out, change.Restore, read)
		},
		check: func(out []byte, value model.Value) error {
			after, changed := read(out)
			if err := part.CheckRecords(campaign, &changed); err != nil {
				return err
			}
			fresh := phrase.FirstNew(after.Problems, before.Problems)
			if fresh = cmp.Or(fresh, newOfKind(after.Problems, before.Problems, decode.UnknownKey)); fresh != nil {
				return &phrase.Refusal{What: fresh.What, Hint: fresh.Hint}
			}
			if err := s.recordsFit(base, &changed, campaign, list); err != nil {
				return err
			}
			if !part.Faithful(base.planSource, out, subject, model.As[model.Part](value)) {
				return s.unfaithful(path)
			}
			return nil
		},
		warned: func(out []byte) []phrase.Sentence {
			after, _ := read(out)
			return phrase.NewWarnings(after.Problems, before.Problems)
		},
		told: func(out []byte) []review.Difference {
			_, changed := read(out)
			earlier, later := *campaign, *campaign
			earlier.Plan, later.Plan = plan, changed
			return review.ComparePlans(&earlier, &later)
		},
	}, nil
}

// withVersion makes edited bytes of plan.toml name the version of its format: the second one with its first key that an
// older program misreads, and the first one again where an undo takes the last such key away. Where somebody wrote the
// second one before it was needed, it stays.
func withVersion(ctx context.Context, s *Store, path string, src, out []byte, restore bool,
	read func([]byte) (*decode.File, model.Plan)) []byte {
	before, _ := read(src)
	named := func(src []byte, version int) []byte {
		other, err := edit.Apply(src, edit.Set(edit.Path{"schema"}, version))
		if err != nil {
			return src
		}
		return other
	}
	misread := func(src []byte, known []phrase.Problem) bool { // by an older program, or under the first version
		under1, _ := read(named(src, 1))
		return newOfKind(under1.Problems, known, decode.MisreadKey) != nil ||
			phrase.FirstNew(under1.Problems, before.Problems) != nil
	}
	needs := func(src []byte) bool { return misread(src, nil) }
	switch {
	case schemaOf(out) == 1 && misread(out, before.Problems):
		if under2, _ := read(named(out, 2)); phrase.FirstNew(under2.Problems, before.Problems) == nil {
			s.raised = true
			return named(out, 2)
		}
	case restore && schemaOf(out) == 2 && needs(src) && !needs(out) && raised(ctx, s, path, needs):
		return named(out, 1)
	}
	return out
}

// raised reports whether a change has named the second version of the format in plan.toml together with the first key
// that needs it: this process has, or the history says so.
func raised(ctx context.Context, s *Store, path string, needs func([]byte) bool) bool {
	const most = 1_000 // versions of the file
	if s.raised || s.history == nil {
		return s.raised
	}
	versions := s.history.Earlier(ctx, path, most)
	for i, version := range versions {
		if schemaOf(version) == 1 {
			return i > 0 && needs(versions[i-1])
		}
	}
	return false
}

// schemaOf is the version of the format that a file names; 0 for none.
func schemaOf(src []byte) int64 {
	document, err := edit.Parse(src)
	if err != nil {
		return 0
	}
	version, _ := document.Find("schema").Value().(int64)
	return version
}

// recordsFit refuses a changed plan under which the record of a unit has an error that it does not have now.
func (s *reader) recordsFit(now *base, changed *model.Plan, campaign *model.Campaign, list *listing) error {
	later := &base{plan: *changed, roster: now.roster, planWhole: now.planWhole, rosterWhole: now.rosterWhole}
	for i := range campaign.Roster.Units {
		unit := campaign.Roster.Units[i].ID
		file := s.readProgress(now, unit, list)
		if !file.exists || file.broken != nil {
			continue
		}
		after := s.parseAnew(later, unit, file.path, file.src)
		if fresh := phrase.FirstNew(after.problems, file.problems); fresh != nil {
			return phrase.Refuse(phrase.Say("%s has recorded something that would have no place any more: %s: %s",
				campaign.Roster.Units[i].Name, fresh.Place(), fresh.What), phrase.Say("take it out of the record first"))
		}
		for _, uncounted := range []string{decode.UnknownKey, decode.ReportBeforePeriods, decode.FiguresBeforePeriods} {
			if fresh := newOfKind(after.problems, file.problems, uncounted); fresh != nil {
				return phrase.Refuse(phrase.Say("%s has recorded something that would count nowhere any more: %s: %s",
					campaign.Roster.Units[i].Name, fresh.Place(), fresh.What),
					phrase.Say("leave the periods as they are: reports and figures were recorded by them"))
			}
		}
	}
	return nil
}

// newOfKind is the first problem of a kind that was not there before, by its words.
func newOfKind(after, before []phrase.Problem, format string) *phrase.Problem {
	for i := range after {
		stood := func(p phrase.Problem) bool { return p.What.String() == after[i].What.String() }
		if after[i].What.Format == format && !slices.ContainsFunc(before, stood) {
			return &after[i]
		}
	}
	return nil
}

// onlyWithoutCoordinator reports that a roster lacks nothing but its coordinator, as one that was just begun.
func onlyWithoutCoordinator(problems []phrase.Problem) bool {
	return !slices.ContainsFunc(phrase.ErrorsIn(problems), func(p phrase.Problem) bool {
		return p.What.Format != decode.NoCoordinator
	})
}

// mendFirst refuses to write where an error stands.
func (s *reader) mendFirst(problem phrase.Problem) error {
	if problem.InConflict {
		problem = withWayOut(s.lookout.ByHand(context.Background()), problem)
	}
	return phrase.Refuse(
		phrase.Say("%s: nothing is written here while there is an error: %s", problem.Place(), problem.What),
		model.MendHint(problem))
}

// othersOnRoster compares everything but one subject.
func othersOnRoster(before, after model.Roster, except model.Subject) bool {
	if before.OwnKeys != after.OwnKeys {
		return false
	}
	var all []model.Subject
	for _, roster := range []*model.Roster{&before, &after} {
		for _, kind := range model.RosterKinds() {
			for _, id := range roster.IDs(kind) {
				all = append(all, model.Subject{Kind: kind, ID: id})
			}
		}
	}
	return !slices.ContainsFunc(all, func(subject model.Subject) bool {
		return subject != except && !before.Of(subject).Equal(after.Of(subject))
	})
}

// rosterOperations add a table at the end of its kind, change one, or take one away.
func rosterOperations(src []byte, subject model.Subject, roster *model.Roster, after model.Value) []edit.Operation {
	kind := string(subject.Kind)
	at := slices.Index(roster.IDs(subject.Kind), subject.ID)
	switch before := roster.Of(subject).(type) {
	case *model.Person:
		return tableOperations(src, kind, at, model.PersonFields, before, model.As[*model.Person](after))
	case *model.Group:
		return tableOperations(src, kind, at, model.GroupFields, before, model.As[*model.Group](after))
	default:
		return tableOperations(src, kind, at, model.UnitFields, model.As[*model.Unit](before), model.As[*model.Unit](after))
	}
}

// tableOperations are the edits of one element of an array of tables: nil before it is there, or when it is to go.
func tableOperations[T any](src []byte, kind string, at int, fields []field.Field[T],
	before, after *T) []edit.Operation {
	switch {
	case before == nil:
		return []edit.Operation{edit.AppendTable(edit.Path{kind}, keysOf(fields, after)...)}
	case after == nil:
		return []edit.Operation{edit.Delete(edit.Path{kind, at})}
	}
	w := writer{src: src, table: edit.Path{kind, at}}
	fieldOperations(&w, fields, before, after)
	return w.operations
}

// keysOf are the keys of a new table: whatever the record says.
func keysOf[T any](fields []field.Field[T], record *T) []edit.KeyValue {
	var keys []edit.KeyValue
	for _, f := range fields {
		keys = appendFact(keys, f.Key, f.At(record))
	}
	return keys
}

// prepareProgress makes the file of a new unit, with a table for each of its
// activities: when two clones add a table to one file, git's merge conflicts, and
// when they edit tables that are there, it does not. Without the file the unit
// can work all the same, so that a failure is only said.
func (s *Store) prepareProgress(ctx context.Context, change model.Change, receipt *model.Receipt) {
	campaign, base, err := s.load(ctx, &change.Subject.ID, nil)
	if err != nil {
		receipt.Notices = append(receipt.Notices, reasonOf(err))
		return
	}
	unit := campaign.Roster.Unit(change.Subject.ID)
	if problem, broken := campaign.Broken[unit.ID]; broken { // also a record that git still has
		receipt.Notices = append(receipt.Notices, phrase.Say("%s: %s", problem.Place(), problem.What))
		return
	}
	if _, there := campaign.Progress[unit.ID]; there {
		return
	}
	path := filepath.Join(s.dir, decode.ProgressFolder, unit.ID+decode.Extension)
	content := EmptyProgress(&campaign.Plan, unit)
	if file := s.parseProgress(base, unit.ID, path, content); len(file.problems) > 0 {
		receipt.Notices = append(receipt.Notices, file.problems[0].What)
		return
	}
	message := phrase.In(campaign.Plan.Language).T("prepare the progress file")
	commit := s.commitOf(change.Person, path, fmt.Sprintf("%s: %s\n\nUnit: %s\n", unit.ID, message, unit.ID))
	made := model.Receipt{}
	if err := s.write(ctx, target{path: path}, content, commit, &made); err != nil {
		receipt.Notices = append(receipt.Notices,
			phrase.Say("%s is not made yet; the unit's first change makes it: %s", s.shownFile(path),
				reasonOf(cmp.Or(errors.Unwrap(err), err))))
	}
	receipt.Notices = append(receipt.Notices, made.Notices...)
	if receipt.Pending.IsZero() {
		receipt.Pending = made.Pending
	}
}

// EmptyProgress is the record of a unit that has not begun, with a table for each of its activities.
func EmptyProgress(plan *model.Plan, unit *model.Unit) []byte {
	return emptyProgress(plan, unit, fmt.Sprintf("status   = %q\n", string(model.Todo)))
}

// emptyProgress is an empty record with some words in the table of each activity. A record that is made at the first
// change has none: two clones may each make it, and what nobody has said is no version of anything.
func emptyProgress(plan *model.Plan, unit *model.Unit, words string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n", strings.TrimSpace(unit.Name))
	for i := range plan.Activities {
		if activity := &plan.Activities[i]; activity.AssignedTo(unit) {
			fmt.Fprintf(&b, "[activity.%s]\n%s\n", activity.ID, words)
		}
	}
	b.WriteString("[report]\n")
	return b.Bytes()
}
