package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/tiendo/model"
	"example.org/tiendo/model/calendar"
	"example.org/tiendo/model/field"
)

// toml writes the progress in the layout of the embedded files.
func (p *progress) toml(from *source, unit model.Unit) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", unit.Name)
	for _, activity := range from.plan.Activities {
		if !activity.AssignedTo(&unit) {
			continue
		}
		entry := p.Activities[activity.ID]
		if entry.Status == "" {
			entry.Status = model.Todo
		}
		writeEntry(&b, activity, entry)
	}
	for _, message := range from.plan.Messages {
		if use, ok := p.Messages[message.ID]; ok {
			fmt.Fprintf(&b, "[message.%s]\nchannels = %s\n", message.ID, list(use.Channels))
			writeSignature(&b, use.By, use.At)
			b.WriteByte('\n')
		}
	}
	writeReport(&b, p.Report)
	return b.String()
}

func writeEntry(b *strings.Builder, activity model.Activity, entry model.Entry) {
	fmt.Fprintf(b, "[activity.%s]\nstatus   = %q\n", activity.ID, string(entry.Status))
	writeSignature(b, entry.By, entry.At)
	if entry.EditedBy != "" {
		fmt.Fprintf(b, "edited_by = %q\nedited_at = %s\n", entry.EditedBy, entry.EditedAt.Format(time.RFC3339))
	}
	if entry.Note != "" {
		fmt.Fprintf(b, "note     = %q\n", entry.Note)
	}
	if len(entry.Evidence) > 0 {
		fmt.Fprintf(b, "evidence = %s\n", list(entry.Evidence))
	}
	b.WriteByte('\n')
	if len(entry.Figures) == 0 {
		return
	}
	fmt.Fprintf(b, "[activity.%s.figures]\n", activity.ID)
	for _, indicator := range activity.Indicators {
		if figure, ok := entry.Figures[indicator.ID]; ok {
			fmt.Fprintf(b, "%s = %s\n", indicator.ID, strconv.FormatFloat(figure, 'f', -1, 64))
		}
	}
	b.WriteByte('\n')
}

func writeSignature(b *strings.Builder, by string, at time.Time) {
	if by != "" && !at.IsZero() {
		fmt.Fprintf(b, "by       = %q\nat       = %s\n", by, at.Format(time.RFC3339))
	}
}

func writeReport(b *strings.Builder, report model.Report) {
	b.WriteString("[report]\n")
	if report.Status != model.NotSent {
		fmt.Fprintf(b, "status   = %q\n", string(report.Status))
	}
	writeSignature(b, report.By, report.At)
	for _, f := range model.ReportFields[3:] { // after status and signature
		fact := f.At(&report)
		if field.Empty(fact) {
			continue
		}
		switch fact := fact.(type) {
		case *string:
			fmt.Fprintf(b, "%s = %q\n", f.Key, *fact)
		case *[]string:
			fmt.Fprintf(b, "%s = %s\n", f.Key, list(*fact))
		case *time.Time:
			fmt.Fprintf(b, "%s = %s\n", f.Key, fact.Format(time.RFC3339))
		case *calendar.Day:
			fmt.Fprintf(b, "%s = %s\n", f.Key, fact)
		case *bool:
			fmt.Fprintf(b, "%s = %t\n", f.Key, *fact)
		}
	}
}

func list(words []string) string {
	quoted := slices.Clone(words)
	for i := range quoted {
		quoted[i] = strconv.Quote(quoted[i])
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
