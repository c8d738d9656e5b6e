package store

import (
	"context"
	"os"
	"slices"

	"example.org/tiendo/model"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/edit"
	"example.org/tiendo/model/phrase"
)

// Version is one data file as it was at some time, wherever it lies now. Of Plan,
// Roster and Record at most one is set; without any the file holds something that
// would be lost in words, or nothing that this program knows, and Source says it all.
type Version struct {
	Plan     *model.Plan
	Roster   *model.Roster
	Record   *model.Progress // of an unnamed unit: who it was stands in no file
	Comments []string
	Source   []byte
	Base     model.Campaign // plan and roster as they are now, for names
}

// ReadVersion reads a file as what its content says it is: git's diff driver is
// given earlier versions under other names.
func (s *reader) ReadVersion(ctx context.Context, path string) (*Version, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	base := s.loadBase(ctx, nil)
	version := &Version{Source: source, Base: model.Campaign{Plan: base.plan, Roster: base.roster}}
	r := decode.Parse("", source)
	if len(r.Problems) > 0 {
		return version, nil
	}
	version.Comments = edit.Comments(string(source))
	root := r.Document.Root()
	is := func(key string, kind edit.Kind) bool { return root.Child(key).Kind() == kind }
	switch {
	case is("plan", edit.Table):
		if plan := decode.Plan(r, decode.AnyNames()); !losesInWords(r.Problems) {
			version.Plan = &plan
		}
	case is("unit", edit.TableArray), is("group", edit.TableArray), is("person", edit.TableArray):
		// An address or a key that is none is only warned of, and left out.
		if roster := decode.Roster(r, decode.AnyNames()); len(r.Problems) == 0 {
			version.Roster = &roster
		}
	case base.failed == nil && (is("activity", edit.Table) || is("message", edit.Table) || is("report", edit.Table)):
		if file := s.parseAnew(base, "", path, source); !losesInWords(file.problems) {
			version.Record = &file.progress
		}
	}
	return version, nil
}

// losesInWords reports whether a record holds what its words would not say: an
// error, or a key that means nothing here. Of other warnings all is kept.
func losesInWords(problems []phrase.Problem) bool {
	return slices.ContainsFunc(problems, func(problem phrase.Problem) bool {
		return !problem.Warning || problem.What.Format == decode.UnknownKey
	})
}
