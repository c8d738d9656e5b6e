package planform

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"example.org/tiendo/model"
	"example.org/tiendo/model/part"
	"example.org/tiendo/model/phrase"
	"example.org/tiendo/tui/event"
	"example.org/tiendo/tui/form"
	"example.org/tiendo/tui/frame"
	"example.org/tiendo/tui/frame/frametest"
)

// under is a tab with some parts of the plan under the cursor, and nothing else.
type under []model.Subject

func (under) Update(tea.Msg, *frame.Frame) tea.Cmd { return nil }
func (under) Settle(*frame.Frame)                  {}
func (under) View(*frame.Frame, int, int) string   { return "" }
func (under) Bindings(*frame.Frame) []key.Binding  { return nil }
func (under) Refusal(*frame.Frame) error           { return nil }
func (under) Capturing() bool                      { return false }
func (u under) Parts(*frame.Frame) []model.Subject { return u }
func kindsOf(kinds ...string) func(*model.Plan) []string {
	return func(*model.Plan) []string { return kinds }
}

// desk is the tab with its forms on the plan as issued, and what was asked for in them.
type desk struct {
	t    *testing.T
	tab  *Tab
	f    *frame.Frame
	made *frametest.Made
	plan []byte
	said []tea.Msg
}

func newDesk(t *testing.T, inner under, kinds ...string) *desk {
	t.Helper()
	f, made := frametest.New(t, phrase.English, frametest.Lan())
	plan, err := os.ReadFile(filepath.Join("..", "..", "data", "plan.toml"))
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, f: f, made: made, plan: plan}
	d.tab = Around(inner, func() ([]byte, error) { return d.plan, nil }, kindsOf(kinds...))
	return d
}

// press types keys, and carries out what they ask for.
func (d *desk) press(keys ...string) {
	for _, name := range keys {
		d.carryOut(d.tab.Update(frametest.Key(name), d.f))
	}
}

func (d *desk) carryOut(command tea.Cmd) {
	if command == nil {
		return
	}
	switch answer := command().(type) {
	case nil:
	case tea.BatchMsg:
		for _, part := range answer {
			d.carryOut(part)
		}
	default:
		d.said = append(d.said, answer)
		if saved, is := answer.(event.Saved); is {
			d.f.Changes.Settle(saved)
		}
		d.carryOut(d.tab.Update(answer, d.f))
	}
}

func (d *desk) view() string { return d.tab.View(d.f, 100, 60) }

// wants checks the one change that was made: the keys that it sets, as KEY=TOML, "-KEY" for those that it takes away.
func (d *desk) wants(name, subject string, keys ...string) model.Change {
	d.t.Helper()
	if len(*d.made) != 1 {
		d.t.Fatalf("%s: %d changes were made, %v\n%s", name, len(*d.made), d.said, d.view())
	}
	change := (*d.made)[0]
	before, after := model.As[model.Part](change.Seen), model.As[model.Part](change.New)
	var differ []string
	for key := range before {
		if _, stays := after[key]; !stays {
			differ = append(differ, "-"+key)
		}
	}
	for key, value := range after {
		if key == model.Place {
			differ = append(differ, "after "+value.Value.(string))
		} else if before[key].TOML != value.TOML {
			differ = append(differ, key+"="+value.TOML)
		}
	}
	slices.Sort(differ)
	slices.Sort(keys)
	if change.Subject.ID != subject || !slices.Equal(differ, keys) {
		d.t.Errorf("%s: %s: %q, want %s: %q", name, change.Subject.ID, differ, subject, keys)
	}
	if d.tab.Capturing() {
		d.t.Errorf("%s: the form is still open", name)
	}
	return change
}

// kindOf says what kind of field of a form it is.
func kindOf(field *form.Field) string {
	switch {
	case field.Line != nil:
		return "line"
	case field.Area != nil:
		return "text"
	default:
		return "choice of " + strings.Join(field.Choice.Options[:min(2, len(field.Choice.Options))], "/")
	}
}

// The form of each kind has a field for each key of the file, in their order, as it is typed best.
func TestFieldsOfForms(t *testing.T) {
	f, _ := frametest.New(t, phrase.English, frametest.Lan())
	for kind, want := range map[string]string{
		"goal":    "Kind: choice of —/aim; Text: text; Note on the wording: text; Reason: line",
		"message": "Text: text; Note on the wording: text; Reason: line",
		"channel": "Name: line; Reason: line",
		"section": "Kind: choice of —/activity; Text: text; Reason: line",
		"activity": "Section: choice of —/activity; Title: line; Text: text; Note on the wording: text; Goals: choice of " +
			"Tuyên truyền, phổ biến",
		"indicator": "Name: line; Measure: line; How it is summed: choice of —/added up; " +
			"Target of each unit: line; Targets of single units: line; " +
			"Target of all units together: line; Reason: line",
		"period":    "Name: line; Deadline: line; Deadline, that day not included: line; Last day of the figures: line; Reason: line",
		"heading":   "Text: text; Note on the wording: text; Reason: line",
		"calendar":  "Public holidays: line; Last day off: choice of —/the day stays; Reason: line",
		"signature": "Titles of who signs: line; Name: line; Reason: line",
	} {
		var said []string
		for _, field := range newPartForm(f, part.Subject(kind, ""), nil).fields() {
			said = append(said, field.Label+": "+kindOf(field))
		}
		if got := strings.Join(said, "; "); !strings.HasPrefix(got, want) {
			t.Errorf("%s:\n%s, want\n%s", kind, got, want)
		}
	}
	for _, kind := range append(part.Kinds(), part.Tables()...) {
		p := newPartForm(f, part.Subject(kind, ""), nil)
		fields, at := p.fields(), 0
		for _, of := range part.Fields(kind) {
			if of.Refers == part.ToIndicator {
				continue // of an activity that is not there
			}
			if want := phrase.Capital(of.Label.String()); p.inputs[at].of.Key != of.Key || fields[at].Label != want {
				t.Errorf("%s: field %d is %q, want %q", kind, at, fields[at].Label, want)
			}
			at++
		}
		if len(fields) != at+1 {
			t.Errorf("%s: %d fields, want %d: one for each key, and the reason", kind, len(fields), at+1)
		}
	}
}

// Whatever stands in the plan stands in its form, and a form that is opened and saved changes nothing.
func TestFormsShowWhatStands(t *testing.T) {
	d := newDesk(t, nil)
	campaign := d.f.Board.Campaign
	var subjects []model.Subject
	for _, table := range []string{"plan", "document", "signature", "reporting", "calendar"} {
		subjects = append(subjects, part.Subject(table, ""))
	}
	for i := range campaign.Plan.Activities {
		activity := &campaign.Plan.Activities[i]
		subjects = append(subjects, part.Subject("activity", activity.ID))
		for j := range activity.Indicators {
			subjects = append(subjects, part.Subject("indicator", activity.ID+"/"+activity.Indicators[j].ID))
		}
	}
	for i := range campaign.Plan.Goals {
		subjects = append(subjects, part.Subject("goal", campaign.Plan.Goals[i].ID))
	}
	for i := range campaign.Plan.Messages {
		subjects = append(subjects, part.Subject("message", campaign.Plan.Messages[i].ID))
	}
	for _, subject := range subjects {
		stands := part.Of(d.plan, subject)
		kind, _ := part.Split(subject)
		p := newPartForm(d.f, subject, stands)
		shown := map[string]string{}
		for _, input := range p.inputs {
			shown[input.of.Key] = input.typed(part.Typed(input.of, stands[input.of.Key]))
		}
		for _, of := range part.Fields(kind) {
			if was := part.Typed(of, stands[of.Key]); shown[of.Key] != was {
				t.Errorf("%s: %s shows %q, want %q", subject.ID, of.Key, shown[of.Key], was)
			}
		}
		if read, err := p.read(stands); err != nil || !stands.SameContent(read) && len(stands) > 0 {
			t.Errorf("%s: unchanged it says %v, %v", subject.ID, read, err)
		}
	}
}

// What is typed into a form is one change of the keys that it is about.
func TestWhatFormsSave(t *testing.T) {
	tab := func(n int) []string { return slices.Repeat([]string{"tab"}, n) }
	keys := func(parts ...any) []string {
		var all []string
		for _, part := range parts {
			switch part := part.(type) {
			case string:
				all = append(all, part)
			case []string:
				all = append(all, part...)
			}
		}
		return all
	}
	activity, banners := part.Subject("activity", "treo-bang-ron"), "indicator/treo-bang-ron/bang-ron"
	for name, test := range map[string]struct {
		under   under
		kinds   []string
		keys    []string
		subject string
		want    []string
	}{
		"a deadline without its year": {under{activity}, nil, keys("E", tab(10), "2/12", "ctrl+s"), "activity/treo-bang-ron",
			[]string{"until=2019-12-02"}},
		"nobody supports": {under{activity}, nil, keys("E", tab(7), " ", "ctrl+s"), "activity/treo-bang-ron",
			[]string{"support=[]"}},
		"who supports": {under{activity}, nil, keys("E", tab(7), "right", " ", "right", " ", "ctrl+s"), "activity/treo-bang-ron",
			[]string{`support=["phong-don-vi", "doan-the"]`}},
		"a deadline in the place of another": {under{part.Subject("reporting", "")}, nil, keys("E", tab(4), "13/12", "ctrl+s"),
			"reporting", []string{"until=2019-12-13", "-before"}},
		"days off": {under{part.Subject("calendar", "")}, nil, keys("E", "20/11, 2/12/2019", "tab", "right", "ctrl+s"), "calendar",
			[]string{"holidays=[2019-11-20, 2019-12-02]", `weekend="strict"`}},
		"a target of units": {under{{Kind: model.SubjectPlan, ID: banners}}, nil, keys("E", tab(4), "1000", "ctrl+s"), banners,
			[]string{"target=1000"}},
		"targets of single units": {under{{Kind: model.SubjectPlan, ID: banners}}, nil, keys("E", tab(5), "van-phong=20, thanh-tra=4", "ctrl+s"),
			banners, []string{"targets={ van-phong = 20, thanh-tra = 4 }"}},
		"a goal": {under{part.Subject("goal", "tiet-kiem")}, []string{"goal"}, keys("+", "right", "right", "tab", "Đúng hạn", "ctrl+s"),
			"goal/dung-han", []string{`id="dung-han"`, `kind="requirement"`, `text="Đúng hạn"`, "after tiet-kiem"}},
		"a goal with an id that is taken": {under{part.Subject("goal", "tiet-kiem")}, []string{"goal"},
			keys("+", "right", "right", "tab", "Tiết kiệm", "ctrl+s"), "goal/tiet-kiem-2",
			[]string{`id="tiet-kiem-2"`, `kind="requirement"`, `text="Tiết kiệm"`, "after tiet-kiem"}},
		"an id of one's own": {under{part.Subject("goal", "tiet-kiem")}, []string{"goal"},
			keys("+", "right", "right", "tab", "Tiết kiệm", tab(2), "cho-nhanh", "ctrl+s"), "goal/cho-nhanh",
			[]string{`id="cho-nhanh"`, `kind="requirement"`, `text="Tiết kiệm"`, "after tiet-kiem"}},
		"an indicator beside another one": {under{{Kind: model.SubjectPlan, ID: banners}, activity}, []string{"indicator"},
			keys("+", "Cờ", "tab", "cái", "ctrl+s"), "indicator/treo-bang-ron/co",
			[]string{`id="co"`, `measure="cái"`, `name="Cờ"`, `sum="add"`, "after bang-ron"}},
		"an indicator of an activity": {under{activity}, []string{"indicator"},
			keys("+", "Cờ", "tab", "cái", "ctrl+s"), "indicator/treo-bang-ron/co",
			[]string{`id="co"`, `measure="cái"`, `name="Cờ"`, `sum="add"`}},
	} {
		d := newDesk(t, test.under, test.kinds...)
		d.press(test.keys...)
		d.wants(name, test.subject, test.want...)
	}
}

// Words of the document are changed only with the document that changes them; it and the reason go into the change.
func TestVerbatimWordsNeedTheirSource(t *testing.T) {
	d := newDesk(t, under{part.Subject("goal", "tiet-kiem")})
	d.press("E", "tab", "x", "ctrl+s")
	if !strings.Contains(d.view(), "this is the official wording — name the document that changes them") ||
		len(*d.made) > 0 {
		t.Fatalf("changed without its source: %v\n%s", *d.made, d.view())
	}
	d.press("tab", "tab", "Công văn 99", "tab", "in nhầm", "ctrl+s")
	change := d.wants("with its source", "goal/tiet-kiem", "text="+part.Of(d.plan, part.Subject("goal", "tiet-kiem"))["text"].
		TOML[:len(part.Of(d.plan, part.Subject("goal", "tiet-kiem"))["text"].TOML)-1]+`x"`)
	if change.Source != "Công văn 99" || change.Reason != "in nhầm" {
		t.Errorf("source %q, reason %q", change.Source, change.Reason)
	}
}

// What cannot be saved is said in the form, with what is wanted, and stays typed.
func TestFormsRefuse(t *testing.T) {
	for name, test := range map[string]struct {
		under under
		kinds []string
		keys  []string
		says  string
	}{
		"a day that is none":      {under{part.Subject("calendar", "")}, nil, []string{"E", "31/2"}, "public holidays: \"31/2\" is not a day"},
		"nobody and somebody":     {under{part.Subject("activity", "treo-bang-ron")}, nil, append(append([]string{"E"}, slices.Repeat([]string{"tab"}, 7)...), " ", "right", " "), "support: nobody, and yet phong-don-vi"},
		"a new one without words": {nil, []string{"goal"}, []string{"+", "right", "right", "tab", "tab", "x"}, "invalid id"},
		"an id that is none":      {nil, []string{"channel"}, []string{"+", "Loa", "tab", "Loa"}, "invalid id"},
		"an id that is taken":     {nil, []string{"channel"}, []string{"+", "Loa", "tab", "website"}, "the id \"website\" is taken"},
		"what must not be empty":  {nil, []string{"channel"}, []string{"+", "tab", "loa"}, "name: this must not be empty"},
	} {
		d := newDesk(t, test.under, test.kinds...)
		d.press(append(test.keys, "ctrl+s")...)
		if view := d.view(); !strings.Contains(view, test.says) {
			t.Errorf("%s: the form does not say %q:\n%s", name, test.says, view)
		}
		if len(*d.made) > 0 || !d.tab.Capturing() {
			t.Errorf("%s: %v was made", name, *d.made)
		}
	}
}

// Where several are meant it is asked which; Esc leaves the question.
func TestChooser(t *testing.T) {
	d := newDesk(t, under{part.Subject("activity", "treo-bang-ron"), part.Subject("reporting", "")}, "activity", "section")
	d.press("E")
	if view := d.view(); !strings.Contains(view, "activity “Treo băng rôn, khẩu hiệu”") || !strings.Contains(view, "reporting") {
		t.Fatal(view)
	}
	d.press("down", "enter")
	if view := d.view(); !strings.Contains(view, "Edit · reporting") {
		t.Error(view)
	}
	d.press("esc", "+", "esc")
	if d.tab.Capturing() {
		t.Error("the question is still open")
	}
	d = newDesk(t, nil)
	d.press("E")
	if said, is := d.said[0].(event.Noticed); !is || !strings.Contains(said.Text, "there is no entry under the cursor") {
		t.Error(d.said)
	}
}

// Plan.toml with an error in it opens no form: where and what is said.
func TestBrokenPlanOpensNoForm(t *testing.T) {
	d := newDesk(t, under{part.Subject("goal", "tiet-kiem")}, "goal")
	d.tab.source = func() ([]byte, error) {
		return nil, phrase.Problem{File: "data/plan.toml", Line: 12, Column: 3, What: phrase.Say("a key is missing")}
	}
	for _, name := range []string{"E", "+", "D"} {
		d.said = nil
		d.press(name)
		if said, is := d.said[len(d.said)-1].(event.Noticed); !is || !strings.Contains(said.Text, "data/plan.toml:12:3") {
			t.Errorf("%s: %v", name, d.said)
		}
	}
	if d.tab.Capturing() {
		t.Error("a form is open")
	}
}
