// Package store is the only code that opens the data files: it loads and checks
// them, and it makes every change, durably and under one lock.
package store

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/model/review"
)

// Repository is what the store needs of git. model/history implements it.
type Repository interface {
	Lookout
	Merging
	// Dir is a folder inside the git directory for the lock, temporary files and
	// notes; git never shows what lies there.
	Dir() string
	// Commit records the file of commit.Path as it stands in the work tree, and
	// nothing else, and gives the short hash of a commit that holds commit.Content.
	// An error is a reason to wait: the file stays, and the commit is tried again later; but
	// with model.ErrHeldElsewhere somebody else has committed that content.
	Commit(ctx context.Context, commit review.Commit) (hash string, err error)
	// Begin gets a commit by an author ready while its file is still to be written. Finish makes it as Commit does. Drop
	// is called in any case: nothing is committed after it, nor without finish.
	Begin(ctx context.Context, by review.Commit) (finish func(context.Context, review.Commit) (string, error), drop func())
	// CommitContent records an earlier content of the file, which has already
	// been overtaken in the work tree, without touching the work tree.
	CommitContent(ctx context.Context, commit review.Commit, content []byte) (hash string, err error)
	// Heal takes away, without waiting, what a killed git of ours has left in the way of others. For an exchange that
	// was stopped in the middle it waits, and finishes it.
	Heal(ctx context.Context)
	// Mend makes the index hold of the path what the last commit holds, where a killed git has not come to that.
	Mend(ctx context.Context, path string) error
	// Ready says why no commit can be made now; nil when one can.
	Ready() error
	Versions
}

// Versions are what files were before, and are in the last commit.
type Versions interface {
	// HeadHolds begins to ask whether the last commit holds exactly this content for the
	// path. What it returns waits for the answer, which is about the commit that was the
	// last one at the call, also when others are made meanwhile.
	HeadHolds(ctx context.Context, path string, content []byte) func() (bool, error)
	// Around is what a file was before a commit, and what the commit left in it; nil where it was not there, or cannot
	// be read.
	Around(ctx context.Context, path, commit string) (before, after []byte)
	// Earlier are the last versions of a file on this branch, the newest first and at most so many; fewer where git
	// cannot read them.
	Earlier(ctx context.Context, path string, most int) [][]byte
}

// Lookout is what git says to those who only look at a data folder. model/history implements it.
type Lookout interface {
	// StillHas finds, among the files that are missing in the data folder dir, those that the last commit holds and
	// of which nobody has told git that they are to go. The names are paths within the data folder, and a record may
	// lie in any folder below progress/. It is asked at every reading as long as files are missing.
	StillHas(ctx context.Context, dir string, missing []string) (map[string]review.MissingFile, error)
	// ByHand is how to settle the conflict whose marks a file holds; zero during a merge, in which tiendo settles it, and
	// where nobody knows what they come from.
	ByHand(ctx context.Context) phrase.Sentence
}

// noGit looks at a data folder that is not in a git repository.
type noGit struct{}

func (noGit) StillHas(context.Context, string, []string) (map[string]review.MissingFile, error) {
	return map[string]review.MissingFile{}, nil
}

func (noGit) ByHand(context.Context) phrase.Sentence { return phrase.Sentence{} }

// Rosters remember the roster for those whom it lets in, so that nobody is shut out, or becomes somebody else, while
// somebody is editing it.
type Rosters interface {
	// Sound is told of the bytes of units.toml as often as they are read and hold no error.
	Sound(source []byte)
	// Earlier are earlier bytes of units.toml, the newest first. Nobody has looked for errors in them.
	Earlier() [][]byte
}

// Options are what a store is given from outside.
type Options struct {
	Repository Repository       // nil: the data is not in a git repository, git cannot be run, or nothing is to be written
	Without    phrase.Sentence  // why there is no repository
	Lookout    Lookout          // in place of a Repository, where the folder is only looked at
	Rosters    Rosters          // nil: a roster with an error is all there is
	Now        func() time.Time // the clock; nil is time.Now
	Shown      string           // the data folder as messages write it; "" is the folder itself
	Cache      string           // a folder for what was read, to be read faster; "" is none
}

// Store is one data folder.
type Store struct {
	reader
	history Repository      // nil: nothing is committed
	without phrase.Sentence // why there is no history
	now     func() time.Time

	turn    chan struct{} // holds one: whose turn it is to write
	private string        // without a history: where lock and temporary files lie; of whoever has the turn
	raised  bool          // a change has named the second version of the format in plan.toml; of whoever has the turn
	step    func(string)  // told how far a write has come; only tests set it
}

// reader finds and reads the files of a data folder. It writes nothing, and knows of git only what a Lookout says.
type reader struct {
	dir     string // absolute
	shown   string
	lookout Lookout
	rosters Rosters // nil: no other roster takes the place of one with an error
	quick   rosterCache

	// snapshot is what the files hold, by their paths, when they lie in no folder; nil otherwise.
	snapshot map[string][]byte

	*memory
}

// memory is what was read, so that the same bytes are not read again. Those who read at the same time share it.
type memory struct {
	basing sync.Mutex   // held while plan and roster are read
	texts  decode.Texts // of records: many say the same
	mutex  sync.Mutex   // guards what follows
	cache  map[string]cachedFile
	bases  recent[*base]             // plan and roster
	parsed map[string]recent[parsed] // progress files by path
	office recent[parsedOffice]      // report.toml
	seen   map[string]stamp          // of every file at the last Load
	missed []string                  // the files that were missing at the last Load
	lost   map[string]phrase.Problem // those of them that git still had, by name
}

func newMemory() *memory {
	return &memory{cache: map[string]cachedFile{}, parsed: map[string]recent[parsed]{}}
}

// recent are the last few versions of something: those who read the history at the same time are not far apart.
type recent[T any] []T

// maxRecent is how many versions are remembered.
const maxRecent = 4

// find gives the version that is asked for.
func (r recent[T]) find(wanted func(T) bool) (version T, found bool) {
	at := slices.IndexFunc(r, wanted)
	if at < 0 {
		return version, false
	}
	return r[at], true
}

// with has one version more, the newest one first; the oldest one may go.
func (r recent[T]) with(version T) recent[T] {
	return append(recent[T]{version}, r[:min(len(r), maxRecent-1)]...)
}

// Open makes a store on a data folder, the one that holds plan.toml. It reads nothing yet.
func Open(dir string, options Options) (*Store, error) {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	store := &Store{
		reader: reader{dir: absolute, shown: options.Shown, lookout: options.Lookout, rosters: options.Rosters,
			quick: newRosterCache(options.Cache, absolute), memory: newMemory()},
		history: options.Repository, without: options.Without, now: options.Now, turn: make(chan struct{}, 1),
	}
	if options.Repository != nil {
		store.lookout = options.Repository
	} else if store.lookout == nil {
		store.lookout = noGit{}
	}
	if store.shown == "" {
		store.shown = absolute
	}
	if store.now == nil {
		store.now = time.Now
	}
	if store.without.IsZero() {
		store.without = phrase.Say("git cannot be run")
	}
	return store, nil
}

// showPath writes a path inside the data folder as messages show it.
func (s *reader) showPath(path string) string {
	relative, err := filepath.Rel(s.dir, path)
	if err != nil || strings.HasPrefix(relative, "..") {
		return path
	}
	return filepath.ToSlash(filepath.Join(s.shown, relative))
}
