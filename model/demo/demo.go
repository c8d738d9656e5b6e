// Package demo makes up a campaign to look at: the real plan and units, with
// people and progress that are invented and say so.
package demo

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"regexp"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/decode"
	"example.org/tiendo/model/field"
)

// MaxUnits is how many units a roster can have before its file is larger than data files may be.
const MaxUnits = 10_000

// DefaultSeed makes a picture with something of every state in it.
const DefaultSeed = 30

// Today is the day up to which the progress is made up.
func Today() calendar.Day { return calendar.Date(2019, time.December, 10) }

// note marks every file of a demonstration.
const note = "# DỮ LIỆU GIẢ ĐỊNH: người, tiến độ, số liệu và bốn thời hạn sớm hơn (dòng `until` trong plan.toml) " +
	"không có thật.\n# Thư mục giả định này chỉ để làm quen với chương trình.\n\n"

// Options say what to make up.
type Options struct {
	Units int    // how many units; 0 for those of the embedded roster
	Seed  uint64 // the same seed makes the same bytes
}

// source is what the embedded files say, as far as progress is made up from it.
type source struct {
	text, report string // of the plan, and of the Office's part
	plan         model.Plan
	starts       time.Time
	groups       []model.Group
	units        []model.Unit
}

// campaign is all that is made up.
type campaign struct {
	from     *source
	plan     string
	people   []model.Person
	progress []*progress // of each unit, in their order
}

func makeUp(data fs.FS, options Options) (*campaign, error) {
	from, err := readSource(data)
	if err != nil {
		return nil, err
	}
	if options.Units > 0 {
		from.units = resize(from.units, options.Units)
	}
	random := rand.New(rand.NewPCG(options.Seed, 0))
	made := &campaign{from: from, people: people(random, from.units)}
	if made.plan, err = markPlan(from.text); err != nil {
		return nil, err
	}
	for i, unit := range from.units {
		made.progress = append(made.progress, makeProgress(random, from, unit, i, staffOf(made.people, unit.ID),
			made.people[0]))
	}
	return made, nil
}

// files are the data files, by path inside the plan folder, with the progress up to a moment.
func (c *campaign) files(until time.Time) map[string][]byte {
	files := map[string][]byte{
		"data/plan.toml":   []byte(note + c.plan),
		"data/report.toml": []byte(note + c.from.report + officeTexts),
		"data/units.toml":  []byte(note + writeRoster(c.from, c.people)),
	}
	for i := range c.progress {
		files[c.path(i)] = c.record(i, until)
	}
	return files
}

func (c *campaign) path(unit int) string { return "data/progress/" + c.from.units[unit].ID + ".toml" }

// record is the progress file of a unit as it was at a moment.
func (c *campaign) record(unit int, until time.Time) []byte {
	return []byte(note + c.progress[unit].until(until).toml(c.from, c.from.units[unit]))
}

// Files makes the data files, by path inside the plan folder.
func Files(data fs.FS, options Options) (map[string][]byte, error) {
	made, err := makeUp(data, options)
	if err != nil {
		return nil, err
	}
	return made.files(Today().Midnight(made.from.plan.TimeZone)), nil
}

func readSource(data fs.FS) (*source, error) {
	var texts [3][]byte
	for i, name := range []string{decode.PlanFile, decode.RosterFile, decode.ReportFile} {
		var err error
		if texts[i], err = fs.ReadFile(data, "data/"+name); err != nil {
			return nil, err
		}
	}
	names := decode.NewNames()
	rosterFile, planFile := decode.Parse(decode.RosterFile, texts[1]), decode.Parse(decode.PlanFile, texts[0])
	roster := decode.Roster(rosterFile, names)
	plan := decode.Plan(planFile, names)
	for _, file := range []*decode.File{rosterFile, planFile} {
		if problem := file.FirstError(); problem != nil {
			return nil, *problem
		}
	}
	return &source{text: string(texts[0]), report: string(texts[2]), plan: plan,
		starts: plan.Starts.Midnight(plan.TimeZone), groups: roster.Groups, units: roster.Units}, nil
}

// resize keeps the first units and makes up more where there are too few. The
// first one is the coordinator's, to which all report.
func resize(units []model.Unit, wanted int) []model.Unit {
	units = units[:min(len(units), wanted)]
	groups := []string{units[0].Group, units[len(units)-1].Group}
	for i := len(units); i < wanted; i++ {
		group := groups[0]
		if i%5 == 4 {
			group = groups[1]
		}
		units = append(units, model.Unit{ID: fmt.Sprintf("don-vi-%d", i+1), Name: fmt.Sprintf("Đơn vị ví dụ %d", i+1),
			Group: group})
	}
	return units
}

// markPlan marks the plan as made up and gives some activities deadlines of
// their own. Every other byte of the plan stays.
func markPlan(plan string) (string, error) {
	plan, err := insertAfter(plan, `(?m)^\[plan\]\n`,
		"made_up  = "+Today().String()+"  # dữ liệu giả định: “hôm nay” là ngày này\n")
	if err != nil {
		return "", err
	}
	// Days that an office might set for itself. The plan sets none before its end, and a demonstration must show what
	// is late and what is due soon.
	for id, day := range map[string]string{"treo-bang-ron": "2019-12-02", "quan-triet-can-bo": "2019-11-29",
		"quan-triet-doan-vien": "2019-11-29", "tuyen-truyen-chu-truong": "2019-12-12"} {
		plan, err = insertAfter(plan, `(?m)^\[\[activity\]\]\nid *= "`+id+`"\n`,
			"until    = "+day+"  # giả định, không có trong kế hoạch\n")
		if err != nil {
			return "", err
		}
	}
	return plan, nil
}

func insertAfter(text, place, line string) (string, error) {
	at := regexp.MustCompile(place).FindStringIndex(text)
	if at == nil {
		return "", fmt.Errorf("the embedded plan has no place like %s", place)
	}
	return text[:at[1]] + line + text[at[1]:], nil
}

func writeRoster(from *source, people []model.Person) string {
	var b strings.Builder
	b.WriteString("schema = 1\n\n# Nhóm và đơn vị: kế hoạch không liệt kê đơn vị, danh sách này là ví dụ.\n")
	for _, group := range from.groups {
		writeTable(&b, model.SubjectGroup, 4, model.GroupFields, &group)
	}
	for _, unit := range from.units {
		writeTable(&b, model.SubjectUnit, 0, model.UnitFields, &unit)
	}
	b.WriteString("\n# Người giả định, không có thật.\n")
	for _, person := range people {
		writeTable(&b, model.SubjectPerson, 5, model.PersonFields, &person)
	}
	return b.String()
}

func writeTable[T any](b *strings.Builder, kind model.SubjectKind, width int, fields []field.Field[T], record *T) {
	fmt.Fprintf(b, "[[%s]]\n", kind)
	writeFields(b, width, fields, record)
	b.WriteByte('\n')
}
