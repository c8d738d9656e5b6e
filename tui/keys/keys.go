// Package keys holds every key binding of the dashboard. The help is made from
// them, so that a key cannot work without being explained.
package keys

import (
	"github.com/charmbracelet/bubbles/key"

	"example.org/tiendo/tui/lang"
)

// Map is every binding, with its help in one language.
type Map struct {
	Up, Down, Left, Right, First, Last key.Binding
	ScrollUp, ScrollDown, Open, Back   key.Binding
	NextTab, PreviousTab               key.Binding
	Tabs                               []key.Binding

	Follow, History, GoToDay key.Binding // to where something stands, to how it came about

	Filter, Late, Show, Undo, Language, Theme, Mouse, Reload, Help, Quit key.Binding

	Sync key.Binding // where there is a remote
	Sort key.Binding // lists of units

	Pick, PickSpace, PickTo, Unpick key.Binding // rows for one thing to be done with all of them

	Amend, Add, Remove, AddKey key.Binding // what stands in the roster

	Cycle, Edit            key.Binding // activities
	View, ViewBack         key.Binding // activities: the next view and the one before
	Copy, Channels         key.Binding // messages
	OtherUnit              key.Binding // messages, for the coordinator: both arrows together
	Submit, Accept, Return key.Binding // reports
	Revert, Reviewed       key.Binding // changes
	SaveByHand             key.Binding // changes, where somebody has edited a data file

	Decide                                    key.Binding // where there are two versions: opens both
	TakeFirst, TakeSecond, TakeBoth, EditBoth key.Binding // changes, where two sides differ

	DayBefore, DayAfter key.Binding // as it was
	// of the reports and figures, in a plan that has some
	PeriodBefore, PeriodAfter key.Binding

	Withdraw, Extend, AcceptAll key.Binding // reports
	Remind, CopyReminder        key.Binding // reports
	Write, Export, Preview      key.Binding // reports
	NextMatch, PreviousMatch    key.Binding // reports: in the preview, where something is sought
	Part, ToFigures, ToUnits    key.Binding // reports: one key, by what it shows next
	EditFigure, Column          key.Binding // reports: the figures
	NextUnit, PreviousUnit      key.Binding // reports

	Save, Cancel, NextField, PreviousField, Choose, Mark key.Binding // forms
	OwnEditor                                            key.Binding // forms, in a long text
	About                                                key.Binding // forms: what belongs into the field
	Yes, No                                              key.Binding // questions
	KeepTheirs, PutMine                                  key.Binding // conflicts
}

// bind makes a binding with its help.
func bind(help, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
}

func tabs(w lang.Words) []key.Binding {
	return []key.Binding{
		bind("1", w.T("Goals"), "1"),
		bind("2", w.T("Messages"), "2"),
		bind("3", w.T("Activities"), "3"),
		bind("4", w.T("Reporting"), "4"),
		bind("5", w.T("Changes"), "5"),
		bind("6", w.T("Units and people"), "6"),
	}
}

// New makes the bindings with their help in the language.
func New(w lang.Words) Map {
	// With an input method for Vietnamese on, Telex makes other letters of w, [ and ]: those keys have a twin.
	// A second escape that follows fast comes as one key with Alt.
	const escape, secondEscape = "esc", "alt+esc"
	return Map{
		Up:         bind("↑/k", w.T("row above"), "up", "k"),
		Down:       bind("↓/j", w.T("row below"), "down", "j"),
		Left:       bind("←/h", w.T("to the left"), "left", "h"),
		Right:      bind("→/l", w.T("to the right"), "right", "l"),
		First:      bind("Home/g", w.T("first row"), "home", "g"),
		Last:       bind("End/G", w.T("last row"), "end", "G"),
		ScrollUp:   bind("PgUp", w.T("scroll the text up"), "pgup", "ctrl+b"),
		ScrollDown: bind("PgDn", w.T("scroll the text down"), "pgdown", "ctrl+f"),
		Open:       bind("Enter", w.T("read in full"), "enter"),
		Back:       bind("Esc", w.T("back; clear the filter"), escape, secondEscape),

		NextTab:     bind("Tab", w.T("next tab"), "tab"),
		PreviousTab: bind("Shift+Tab", w.T("previous tab"), "shift+tab"),
		Tabs:        tabs(w),

		Follow:  bind("Enter", w.T("go there"), "enter"),
		History: bind("H", w.T("history of this entry"), "H"),
		GoToDay: bind("d", w.T("go to a day"), "d"),

		Filter:    bind("/", w.T("find"), "/"),
		Late:      bind("!", w.T("only what needs attention"), "!"),
		Show:      bind("f", w.T("all, not done, late, mine"), "f"),
		Undo:      bind("u", w.T("undo"), "u"),
		Language:  bind("L", w.T("Tiếng Việt"), "L"),
		Theme:     bind("T", w.T("colours"), "T"),
		Mouse:     bind("M", w.T("mouse on or off"), "M"),
		Pick:      bind("*", w.T("mark"), "*", "insert"),
		PickSpace: bind(w.T("Space")+"/*", w.T("mark"), " ", "*", "insert"),
		PickTo:    bind("&", w.T("mark up to here"), "&"),
		Unpick:    bind("Esc", w.T("unmark all"), escape, secondEscape),
		Sort:      bind("O", w.T("sort"), "O", "="), // two O make one letter where an input method is on
		Sync:      bind("S", w.T("sync"), "S"),
		Reload:    bind("Ctrl+R", w.T("read the files again"), "ctrl+r"),
		Help:      bind("?", w.T("keys"), "?"),
		Quit:      bind("q", w.T("quit"), "q", "ctrl+c"),

		Amend:  bind("E", w.T("edit"), "E"),
		Add:    bind("+", w.T("add"), "+"),
		Remove: bind("Del/D", w.T("remove"), "delete", "D"),
		AddKey: bind("K", w.T("add an SSH key"), "K"),

		Cycle: bind(w.T("Space"), w.T("change status"), " "),
		Edit:  bind("e", w.T("edit"), "e"),

		View:     bind("v", w.T("to do, matrix, checklist"), "v"),
		ViewBack: bind("V", w.T("the view before"), "V"),

		Copy:     bind("y", w.T("copy"), "y"),
		Channels: bind("e", w.T("where used"), "e"),

		OtherUnit: bind("← →", w.T("other unit"), "left", "h", "right", "l"),

		Submit: bind("s", w.T("submit"), "s"),
		Accept: bind("a", w.T("accept"), "a"),
		Return: bind("r", w.T("return"), "r"),

		Withdraw:      bind("w/t", w.T("withdraw acceptance"), "w", "t"),
		Extend:        bind("x", w.T("extend"), "x"),
		AcceptAll:     bind("A", w.T("accept all waiting"), "A"),
		Remind:        bind("m", w.T("remind"), "m"),
		CopyReminder:  bind("y", w.T("copy reminder"), "y"),
		Write:         bind("e", w.T("write"), "e"),
		Export:        bind("o", w.T("export the report"), "o"),
		Preview:       bind("i", w.T("preview"), "i"),
		NextMatch:     bind("n", w.T("next match"), "n"),
		PreviousMatch: bind("p", w.T("previous match"), "p"),
		Part:          bind("v", w.T("the Office's part"), "v"),
		ToFigures:     bind("v", w.T("figures"), "v"),
		ToUnits:       bind("v", w.T("the reports"), "v"),
		EditFigure:    bind("Enter/e", w.T("edit the figure"), "enter", "e"),
		Column:        bind("← →", w.T("other figure"), "left", "h", "right", "l"),
		NextUnit:      bind("n/→", w.T("next unit"), "n", "right", "l"),
		PreviousUnit:  bind("p/←", w.T("previous unit"), "p", "left", "h"),

		Revert:   bind("r", w.T("undo this change"), "r"),
		Reviewed: bind("m", w.T("mark as reviewed up to here"), "m"),

		SaveByHand: bind("s", w.T("save what was edited by hand"), "s"),

		Decide:     bind("Enter", w.T("decide between the versions"), "enter"),
		TakeFirst:  bind("a", w.T("take version A"), "a"),
		TakeSecond: bind("b", w.T("take version B"), "b"),
		TakeBoth:   bind("c", w.T("keep both"), "c"),
		EditBoth:   bind("e", w.T("join both"), "e"),

		DayBefore:    bind("[/Ctrl+←", w.T("view the previous day"), "[", "ctrl+left"),
		DayAfter:     bind("]/Ctrl+→", w.T("view the next day, up to today"), "]", "ctrl+right"),
		PeriodBefore: bind("<", w.T("the period before"), "<"),
		PeriodAfter:  bind(">", w.T("the period after"), ">"),

		Save:          bind("Ctrl+S", w.T("save"), "ctrl+s"),
		Cancel:        bind("Esc", w.T("leave"), escape, secondEscape),
		NextField:     bind("Tab", w.T("next field"), "tab", "down"),
		PreviousField: bind("Shift+Tab", w.T("previous field"), "shift+tab", "up"),
		Choose:        bind("← →", w.T("choose"), "left", "right", " "),
		OwnEditor:     bind("Ctrl+O", w.T("open in your editor"), "ctrl+o"),
		About:         bind("F1/Ctrl+G", w.T("what belongs here"), "f1", "ctrl+g"),
		Mark:          bind(w.T("Space"), w.T("choose"), " "),

		Yes: bind(w.T("y"), w.T("yes"), "y", "c"),
		No:  bind(w.T("n"), w.T("no"), "n", "k", escape, secondEscape),

		KeepTheirs: bind("g", w.T("keep theirs"), "g"),
		PutMine:    bind("t", w.T("replace with mine"), "t"),
	}
}

// Moving lists the bindings that move about; they are the same on every tab.
func (m Map) Moving() []key.Binding {
	return []key.Binding{m.Up, m.Down, m.Left, m.Right, m.First, m.Last, m.ScrollUp, m.ScrollDown, m.Open, m.Back}
}

// Everywhere lists the bindings that work on every tab.
func (m Map) Everywhere() []key.Binding {
	return append([]key.Binding{m.NextTab, m.PreviousTab}, append(append([]key.Binding{}, m.Tabs...),
		m.Filter, m.Late, m.Show, m.Undo, m.History, m.GoToDay, m.DayBefore, m.DayAfter, m.Reload,
		m.Language, m.Theme, m.Mouse, m.Help, m.Quit)...)
}
