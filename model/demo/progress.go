package demo

import (
	"math/rand/v2"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/duty"
)

// pace is how eager a unit is.
type pace int

const (
	prompt pace = iota
	steady
	slow
)

// paces give four prompt, four steady and two slow units of ten, and among the
// first ten every kind of report.
func paceOf(index int) pace {
	return [...]pace{prompt, steady, slow, prompt, steady, prompt, steady, slow, prompt, steady}[index%10]
}

// lastDay is the last day of the made-up progress, a Friday, counted from the start of
// the campaign; Steps go on from there.
const lastDay = 21

// progress is what is made up for one unit.
type progress struct {
	model.Progress
	random      *rand.Rand
	from        *source
	staff       model.Person
	coordinator model.Person
}

func makeProgress(random *rand.Rand, from *source, unit model.Unit, index int, staff,
	coordinator model.Person) *progress {
	p := &progress{
		Progress: model.Progress{Unit: unit.ID, Activities: map[string]model.Entry{}, Messages: map[string]model.Use{}},
		random:   random, from: from, staff: staff, coordinator: coordinator,
	}
	pace := paceOf(index)
	table := activityTable()
	for _, activity := range from.plan.Activities {
		words, known := table[activity.ID]
		switch role := activity.Role(unit.ID, unit.Group); {
		case !known || role == duty.None:
		case role == duty.Support:
			p.Activities[activity.ID] = supporting(p.entry(activity, words, pace))
		default:
			p.Activities[activity.ID] = p.entry(activity, words, pace)
		}
	}
	p.use(pace)
	p.report(pace, index)
	return p
}

// supporting is what a unit writes that supports an activity: all but the status.
func supporting(entry model.Entry) model.Entry {
	if entry.Status == model.NA || entry.Status == model.Todo {
		return model.Entry{Status: model.Todo}
	}
	return model.Entry{Status: model.Todo, EditedBy: entry.By, EditedAt: entry.At, Note: entry.Note,
		Evidence: entry.Evidence, Figures: entry.Figures}
}

func (p *progress) entry(activity model.Activity, words activityWords, pace pace) model.Entry {
	// A prompt unit has sent its report, so nothing is left to do.
	chance := p.random.IntN(100)
	switch {
	case pace == prompt && p.random.IntN(20) == 0 &&
		(activity.ID == "treo-bang-ron" || activity.ID == "trang-thong-tin-dien-tu"):
		reason := notApplicable()[0]
		if activity.ID != "treo-bang-ron" {
			reason = notApplicable()[1]
		}
		return model.Entry{Status: model.NA, By: p.staff.ID, At: p.moment(1, 6), Note: reason}
	case pace == prompt, chance < words.done*2/3 && pace == steady, chance < words.done/3:
		return p.finished(activity, words, pace)
	case chance < 80 && pace == steady, chance < 55:
		return model.Entry{
			Status: model.Doing, By: p.staff.ID, At: p.moment(max(words.firstDay-2, 0), 24), Note: p.pick(words.doing),
		}
	default:
		return model.Entry{Status: model.Todo}
	}
}

func (p *progress) finished(activity model.Activity, words activityWords, pace pace) model.Entry {
	last := words.lastDay
	if pace == slow {
		last = 25
	}
	entry := model.Entry{
		Status: model.Done, By: p.staff.ID, At: p.moment(words.firstDay, last),
		Note: p.pick(words.finished), Figures: map[string]float64{},
	}
	if p.random.IntN(3) > 0 {
		entry.Evidence = []string{p.pick(words.evidence)}
	}
	for _, indicator := range activity.Indicators {
		// Part of the units forget a figure; a blank is not a nought.
		if pace != prompt && p.random.IntN(8) == 0 {
			continue
		}
		figure := p.figure(indicator.ID)
		if whole, ok := entry.Figures[indicator.PartOf]; ok {
			figure = float64(int(whole) * (35 + p.random.IntN(40)) / 100)
		} else if indicator.PartOf != "" {
			continue
		}
		entry.Figures[indicator.ID] = figure
	}
	return entry
}

// figure makes up a figure that is possible for an office of that size.
func (p *progress) figure(indicator string) float64 {
	between := func(low, high, step int) float64 { return float64(low + p.random.IntN((high-low)/step+1)*step) }
	switch indicator {
	case "to-roi":
		return between(30, 200, 10)
	case "ap-phich":
		return between(2, 12, 1)
	case "pano", "dien-hinh":
		return between(0, 2, 1)
	case "nguoi-tham-du":
		return between(18, 95, 1)
	case "ty-le-quan-triet":
		return between(92, 100, 1)
	case "kinh-phi":
		return between(500_000, 5_000_000, 100_000)
	default:
		return between(1, 4, 1)
	}
}

// moment is a time in office hours between two days of the campaign, both
// counted from its start; a weekend moves to the Friday before, or to the Monday after the first one.
func (p *progress) moment(first, last int) time.Time {
	day := p.from.starts.AddDate(0, 0, first+p.random.IntN(max(last-first, 0)+1))
	switch day.Weekday() {
	case time.Saturday:
		day = day.AddDate(0, 0, -1)
	case time.Sunday:
		day = day.AddDate(0, 0, 1)
	default:
	}
	// The last days are those of the steps.
	if latest := p.from.starts.AddDate(0, 0, lastDay); day.After(latest) {
		day = latest
	}
	minutes := 7*60 + 40 + p.random.IntN(8*60+40)
	return day.Add(time.Duration(minutes)*time.Minute + time.Duration(p.random.IntN(60))*time.Second)
}

// decision is a moment of the coordinator's, after office hours of the last day.
func (p *progress) decision(minute int) time.Time {
	return p.from.starts.AddDate(0, 0, lastDay).Add(16*time.Hour + time.Duration(30+minute)*time.Minute)
}

func (p *progress) pick(words []string) string { return words[p.random.IntN(len(words))] }

func (p *progress) channel() string {
	return p.from.plan.Channels[p.random.IntN(len(p.from.plan.Channels))].ID
}

// use makes up where the unit used messages.
func (p *progress) use(pace pace) {
	count := [...]int{4, 2, 1}[pace]
	for range count {
		message := p.from.plan.Messages[p.random.IntN(len(p.from.plan.Messages))].ID
		if _, used := p.Messages[message]; used {
			continue
		}
		use := model.Use{By: p.staff.ID, At: p.moment(2, 24), Channels: []string{p.channel()}}
		if second := p.channel(); second != use.Channels[0] && p.random.IntN(2) == 0 {
			use.Channels = append(use.Channels, second)
		}
		p.Messages[message] = use
	}
}

// report makes up the unit's report: prompt units have sent theirs, the next write at it.
func (p *progress) report(pace pace, index int) {
	filled := reportTable()[p.random.IntN(len(reportTable()))]
	filled.By = p.staff.ID
	switch {
	case pace == prompt:
		filled.SubmittedAt = p.decision(-1 - p.moment(lastDay, lastDay).Minute()%10) // after all else is done
		filled.At, filled.Status = filled.SubmittedAt, model.Submitted
		switch index % 10 {
		case 0:
			filled.Status, filled.By, filled.At = model.Accepted, p.coordinator.ID, p.decision(17)
		case 3:
			filled.Status, filled.By, filled.At = model.Returned, p.coordinator.ID, p.decision(31)
			filled.Reason = p.pick(returnReasons())
		case 8: // finished and about to be sent
			filled.Status, filled.SubmittedAt = model.Draft, time.Time{}
		}
		p.Report = filled
	case pace == steady && index%10 == 4:
		filled.Status, filled.At, filled.Recommendations = model.Draft, p.moment(22, 24), ""
		p.Report = filled
	case pace == slow && index%10 == 7: // it has asked for more time
		p.Report = model.Report{
			By: p.coordinator.ID, At: p.decision(4),
			ExtendedUntil: calendar.Date(2019, time.December, 18), ExtensionReason: extensionReason,
		}
	}
}
